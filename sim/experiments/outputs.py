"""Outputs: the long tables of a results folder, made from a comparison."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from sim.experiments.comparison import Comparison
from sim.experiments.estimates import Key
from sim.experiments.statistics import half_width, ratio, ratio_pseudo_values
from sim.measures.arrays import Floats, Ints
from sim.measures.definitions import CURVES, DEFINITIONS, SUBGROUP_CURVES
from sim.measures.money import Entry, one_off_entries
from sim.measures.reached import subgroup_weeks
from sim.measures.reductions import Reduction
from sim.measures.subgroups import Subgroup, subgroups
from sim.scenario.scenario import Scenario
from sim.scenario.vocabulary import DAYS_A_WEEK, DAYS_A_YEAR

Row = dict[str, Any]


def replications_table(result: Comparison) -> pd.DataFrame:
    """Each replication's own value of every measure of everyone, stages and teams (long)."""
    found = [
        ({"basis": basis, "pathway": name, **key._asdict(), "unit": DEFINITIONS[key.measure].unit}, estimate.values)
        for basis, place, name in _arms(result)
        for key, estimate in result.estimates[place].items()
        if key.by == "all"
    ]
    numbers = [one.number for one in result.replications]
    named = pd.DataFrame([row for row, _ in found]).loc[np.repeat(np.arange(len(found)), len(numbers))]
    table = named.reset_index(drop=True).assign(
        replication=np.tile(numbers, len(found)), value=np.concatenate([values for _, values in found])
    )
    return table[["basis", "pathway", "replication", "measure", "unit", "by", "group", "part", "value"]]


def curves_table(result: Comparison) -> pd.DataFrame:
    """Shares reached by day since the need arose, and people waiting by calendar day, with 95% bands."""
    frames = []
    for basis, place, name in _arms(result):
        reductions = [one.reductions[place] for one in result.replications]
        where = {"basis": basis, "pathway": name}
        if result.plan.scenario.has_levels:
            frames += [
                _curve(where | what, weeks, mean, values)
                for what, weeks, mean, values in _shares(result.plan.scenario, reductions)
            ]
        if result.plan.arms[place].pathway:
            waiting = np.array([one.queues.waiting for one in reductions])
            for at, team in enumerate(result.plan.scenario.pathways[name].teams):
                what, people = {"curve": "waiting", "by": "all", "group": "", "part": team}, waiting[:, at]
                frames.append(_curve(where | what, np.arange(people.shape[1]), people.mean(axis=0), people))
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=list(CURVE_COLUMNS))


CURVE_COLUMNS = ("basis", "pathway", "curve", "by", "group", "part", "day", "mean", "low", "high")


def _shares(scenario: Scenario, reductions: Sequence[Reduction]) -> Iterator[tuple[Row, Ints, Floats, Floats]]:
    """Curves of everyone and of subgroups: what each is of, weeks, shares, and values whose spread bounds them."""
    everyone, *others = subgroups(scenario)
    counts = np.array([one.curves for one in reductions])
    coarse = np.array([one.subgroup_curves for one in reductions])
    citizens = np.array([one.sums[:, one.columns.index("citizens")] for one in reductions])
    for at, curve in enumerate(CURVES):
        weeks = np.arange(counts.shape[2])
        yield _of_curve(curve, everyone), weeks, *_share(counts[:, at], citizens[:, 0])
    for at, curve in enumerate(SUBGROUP_CURVES):
        for row, part in enumerate(others):
            yield _of_curve(curve, part), subgroup_weeks(scenario), *_share(coarse[:, at, row], citizens[:, 1 + row])


def _of_curve(curve: str, part: Subgroup) -> Row:
    return {"curve": curve, "by": part.by, "group": part.group, "part": ""}


def _share(reached: Floats, citizens: Floats) -> tuple[Floats, Floats]:
    """Shares by week, and values by replication and week: a mean where every replication has such citizens, else a
    ratio of sums with jackknife pseudo-values, as for measures.
    """
    if (citizens > 0).all():
        shares = reached / citizens[:, None]
        return shares.mean(axis=0), shares
    return ratio(reached, citizens[:, None]), ratio_pseudo_values(reached, citizens[:, None])


def _curve(what: Row, weeks: Ints, mean: Floats, values: Floats) -> pd.DataFrame:
    half = half_width(values)
    return pd.DataFrame(
        {**what, "day": weeks * DAYS_A_WEEK, "mean": mean, "low": np.maximum(mean - half, 0.0), "high": mean + half}
    )[list(CURVE_COLUMNS)]


def flows_table(result: Comparison) -> pd.DataFrame:
    """Visits a year by stage, where they went and outcome, in the cohort window, mean over replications."""
    rows: list[Row] = []
    for basis, place, name in _arms(result):
        for one in result.replications:
            rows += [
                {"basis": basis, "pathway": name, "from_stage": flow.stage, "to": flow.to, "outcome": flow.outcome,
                 "a_year": flow.a_year / len(result.replications)}
                for flow in one.reductions[place].flows
            ]  # fmt: skip
    columns = ["basis", "pathway", "from_stage", "to", "outcome"]
    frame = pd.DataFrame(rows, columns=[*columns, "a_year"])
    return frame.groupby(columns, sort=False)[["a_year"]].sum().reset_index()


def ledger_table(result: Comparison) -> pd.DataFrame:
    """What is paid a year (mean over replications) or once, line by line, by whom and to whom [GBP a year, GBP]."""
    weeks = result.plan.scenario.run.weeks
    years = len(result.replications) * (weeks.horizon - weeks.cohort_from) / DAYS_A_YEAR
    rows: list[Row] = []
    for basis, place, name in _arms(result):
        where = {"basis": basis, "pathway": name}
        for one in result.replications:
            rows += [where | _line(entry, 1 / years, 0.0) for entry in one.reductions[place].ledger]
        pathway = result.plan.scenario.pathways.get(name)
        rows += [where | _line(entry, 0.0, 1.0) for entry in (one_off_entries(pathway) if pathway else ())]
    columns = ["basis", "pathway", "line", "purpose", "payer", "receiver"]
    frame = pd.DataFrame(rows, columns=[*columns, *LEDGER_SUMS])
    return frame.groupby(columns, sort=False)[list(LEDGER_SUMS)].sum().reset_index()


LEDGER_SUMS = ("gbp_a_year", "cashable_gbp_a_year", "gbp_once", "cashable_gbp_once")


def _line(entry: Entry, a_year: float, once: float) -> Row:
    """A line of the ledger, counted so many times a year, or once."""
    sums = (entry.gbp * a_year, entry.cashable_gbp * a_year, entry.gbp * once, entry.cashable_gbp * once)
    who = {"line": entry.line, "purpose": entry.purpose, "payer": entry.payer, "receiver": entry.receiver}
    return {**who, **dict(zip(LEDGER_SUMS, sums, strict=True))}


def checks_table(result: Comparison) -> pd.DataFrame:
    """Each published figure beside the model's, as specified."""
    rows = [_check_row(result, name) for name in result.plan.scenario.checks]
    return pd.DataFrame(rows, columns=list(CHECK_COLUMNS))


CHECK_COLUMNS = (
    "name", "title", "pathway", "measure", "part", "unit", "model", "low", "high", "published", "tolerance", "passed",
    "source", "note",
)  # fmt: skip


def _check_row(result: Comparison, name: str) -> Row:
    check = result.plan.scenario.checks[name]
    key = Key(check.measure, part=check.part)
    place = next((at for at, arm in enumerate(result.plan.arms) if arm.name == check.pathway), None)
    estimate = result.estimates[place].get(key) if place is not None else None
    model = estimate.point if estimate else np.nan
    half = float(half_width(estimate.pseudo)) if estimate else np.nan
    return {
        "name": name,
        "title": check.title,
        "pathway": check.pathway,
        "measure": check.measure,
        "part": check.part,
        "unit": DEFINITIONS[check.measure].unit,
        "model": model,
        "low": model - half,
        "high": model + half,
        "published": check.published,
        "tolerance": check.tolerance,
        "passed": bool(abs(model - check.published) <= check.tolerance),
        "source": check.source,
        "note": check.note,
    }


def examples_table(result: Comparison, what: str) -> pd.DataFrame:
    """Lives (`citizens`) or visits (`visits`) of the first replication, each arm once: under the first of its bases."""
    examples, bases = result.replications[0].examples, dict[int, str]()
    for basis, place, _ in _arms(result):
        bases.setdefault(place, basis)
    tables: list[pd.DataFrame] = [
        getattr(examples[place], what).assign(basis=basis, pathway=result.plan.arms[place].name)
        for place, basis in bases.items()
    ]
    table = pd.concat([table for table in tables if len(table)] or tables[:1], ignore_index=True)
    front = ["basis", "pathway"]
    return table[[*front, *(column for column in table if column not in front)]]


def _arms(result: Comparison) -> Iterator[tuple[str, int, str]]:
    """Each arm once under each basis: (basis, place, name)."""
    for footing in result.plan.footings:
        for place in footing.arms:
            yield footing.basis, place, result.plan.arms[place].name
