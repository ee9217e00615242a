"""A made-up results folder, written to the letter of results/README.md: its numbers mean nothing."""

from __future__ import annotations

import json
import math
import os
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
import tomlkit

from sim.measures import fates
from sim.measures.definitions import DEFINITIONS
from sim.reporting.results import COLUMNS
from sim.scenario.vocabulary import NO_SERVICE

from .stories_made import stories

VILLAGE = Path(__file__).parents[1] / "scenarios" / "village.toml"
HEADLINES = ("days_to_help", "days_in_need", "public_cost")
FOLLOWED = 1092
ARRIVALS = (0.8, 1.0, 1.2)
TRICKS = "\x1b[2J\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\r\x07"
"""What moves a cursor, or turns a line round."""
NOISE = {"interval": "simulation noise only", "replications": 12}

FATES: Mapping[str, Sequence[float]] = {
    "outsourced": (0.124, 0.31, 0.28, 0.056, 0.23),
    "local": (0.343, 0.286, 0.22, 0.051, 0.1),
    NO_SERVICE: (0.0, 0.0, 0.55, 0.09, 0.36),
}
"""What became of citizens by pathway, as shares; a pathway not named here is as the first."""

Data = dict[str, Any]
WHOLE = ("citizen", "share", "payer", "pathway")
PAYERS = ("council", "nhs")
PAYBACK: Data = {"verdict": "pays_back", "headline": False}
Finding = tuple[float, float, float, str]
"""Mean, low and high of a headline difference, and its verdict."""

FINDINGS: Mapping[tuple[str, str], Finding] = {
    ("as_specified", "days_to_help"): (-41.3, -47.2, -35.4, "sooner_or_less"),
    ("as_specified", "days_in_need"): (-3.0, -9.0, 3.0, "no_clear_difference"),
    ("as_specified", "public_cost"): (312.0, 250.0, 374.0, "later_or_more"),
    ("equal_spend", "days_to_help"): (-35.0, -41.0, -29.0, "sooner_or_less"),
    ("equal_spend", "days_in_need"): (1.0, -2.0, 4.0, "no_difference_that_matters"),
    ("equal_spend", "public_cost"): (-40.0, -70.0, -10.0, "not_judged"),
}


@dataclass(frozen=True)
class Made:
    """What to write: findings by basis and headline, and how the scenario and the manifest differ from plain."""

    findings: Mapping[tuple[str, str], Finding]
    edit: Callable[[Data], None] = lambda data: None
    manifest: Mapping[str, Any] | None = None
    checks_pass: Sequence[bool] = (True, True)
    demand: Mapping[tuple[float, str], str] = field(default_factory=dict)
    """Verdicts that are not those of the run itself, by factor on arrivals and headline."""

    variants: Mapping[str, Mapping[tuple[str, str], Finding]] = field(default_factory=dict)
    """Findings of variants, by name of the variant, and by basis and headline."""

    stories: Callable[[Data], list[Data]] = lambda data: stories(data, last_day=FOLLOWED)
    """Rows of the citizens shown."""

    def data(self) -> Data:
        """The scenario's data."""
        data = tomllib.loads(VILLAGE.read_text(encoding="utf-8"))
        data["run"]["weeks"] = {"warm_up": 156, "cohort": 52, "follow_up": 156}
        self.edit(data)
        return data


def write_folder(folder: Path, made: Made | None = None) -> Path:
    """Write the results folder and say where it is."""
    made = made or Made(FINDINGS)
    folder.mkdir(parents=True, exist_ok=True)
    data = made.data()
    scenario = tomlkit.dumps(data)
    for name in OF_THE_SCENARIO:
        (folder / name).write_text(_of_scenario(name, scenario), encoding="utf-8", newline="")
    tables = {
        "comparison.csv": _comparison(data, made.findings),
        "checks.csv": _checks(data, made.checks_pass),
        "demand.csv": _demand(data, made.demand) if has_levels(data) else [],
        "variants.csv": _variants(data, made) if has_levels(data) else [],
        "stories.csv": made.stories(data) if has_levels(data) else [],
    }
    for name, rows in tables.items():
        (folder / name).write_text(_as_csv(name, rows), encoding="utf-8", newline="")
    (folder / "scenario.resolved.toml").write_text(scenario, encoding="utf-8")
    (folder / "manifest.json").write_text(json.dumps(_manifest(data) | dict(made.manifest or {})), encoding="utf-8")
    return folder


@lru_cache(maxsize=32)
def _of_scenario(name: str, scenario: str) -> str:
    """A table that the scenario alone decides, as text: most tests have the same one."""
    return _as_csv(name, OF_THE_SCENARIO[name](tomllib.loads(scenario)))


def _as_csv(name: str, rows: list[Data]) -> str:
    return str(pd.DataFrame(rows, columns=list(COLUMNS[name])).to_csv(index=False, lineterminator=os.linesep))


def has_levels(data: Data) -> bool:
    return "groups" in data


def arms(data: Data) -> list[tuple[str, str]]:
    """Every (basis, pathway) there are results of."""
    names = [*data["compare"], *([NO_SERVICE] if has_levels(data) else [])]
    return [(basis, name) for basis in data["bases"] for name in names]


def _summary(data: Data) -> list[Data]:
    return [
        row for basis, pathway in arms(data) for row in (*_whole(data, basis, pathway), *_parts(data, basis, pathway))
    ]


def _whole(data: Data, basis: str, pathway: str) -> list[Data]:
    rows = []
    for place, definition in enumerate(DEFINITIONS.values()):
        if definition.per not in WHOLE or (definition.needs and not has_levels(data)):
            continue
        for by, group in [("all", ""), *kinds(data)]:
            mean = 0.37 if definition.unit == "share" else 20.0 + 3 * place + len(pathway) + len(group)
            mean = fates_of(pathway).get(definition.name, mean)
            parts = PAYERS if definition.per == "payer" else ("",)
            rows += [
                _row(basis, pathway, definition.name, mean, mean / 25, by=by, group=group, part=part) for part in parts
            ]
    return rows


def kinds(data: Data) -> list[tuple[str, str]]:
    """The kinds of citizen that are told apart; of levels and needs not all, as if some had nobody."""
    groups = [("group", name) for name in data.get("groups", {})]
    places = [("neighbourhood", name) for name in data.get("place", {}).get("households", {})]
    return [
        *groups,
        *(("level_at_arrival", name) for name in ("low", "high")),
        ("needs", "one"),
        ("needs", "two"),
        *places,
    ]


def fates_of(pathway: str) -> Mapping[str, float]:
    """What became of the citizens of a pathway: shares by name of the measure."""
    shares = FATES.get(pathway, FATES["outsourced"])
    return dict(zip((f"fate_{fate}" for fate in fates.FATES), shares, strict=True))


def _parts(data: Data, basis: str, pathway: str) -> list[Data]:
    told = data["pathways"].get(pathway, {})
    named = {"stage": told.get("stages", {}), "team": told.get("teams", {})}
    return [
        _row(basis, pathway, name, 0.6 if definition.unit == "share" else 7.0 + 5 * at, 0.05, part=part)
        for name, definition in DEFINITIONS.items()
        for at, part in enumerate(named.get(definition.per, {}))
    ]


def _row(basis: str, pathway: str, measure: str, mean: float, half: float, **more: Any) -> Data:
    row: Data = {"basis": basis, "pathway": pathway, "measure": measure, "unit": DEFINITIONS[measure].unit, "by": "all"}
    row |= {"group": "", "part": "", "mean": mean, "low": mean - half, "high": mean + half, "adjusted": False}
    return row | NOISE | more


def _comparison(data: Data, findings: Mapping[tuple[str, str], Finding]) -> list[Data]:
    first, *others = data["compare"]
    pairs = [(other, first) for other in others]
    pairs += [(name, NO_SERVICE) for name in data["compare"]] if has_levels(data) else []
    return [
        row
        for basis in data["bases"]
        for pathway, against in pairs
        for row in _differences(data, basis, pathway, against, findings)
    ]


def _differences(
    data: Data, basis: str, pathway: str, against: str, findings: Mapping[tuple[str, str], Finding]
) -> list[Data]:
    rows = []
    for place, (name, definition) in enumerate(DEFINITIONS.items()):
        if definition.per in ("stage", "team") or (definition.needs and not has_levels(data)):
            continue
        if definition.unit == "years":
            if (basis, against) == ("as_specified", data["compare"][0]):
                rows.append(_row(basis, pathway, name, 4.2, 1.1, **PAYBACK, against=against))
            continue
        more: Data = {"against": against, "headline": name in HEADLINES and has_levels(data)}
        mean, half = (-0.04, 0.02) if definition.unit == "share" else (3.5 - place / 9, 1.5)
        mean = fates_of(pathway)[name] - fates_of(against)[name] if name in fates_of(pathway) else mean
        found = findings.get((basis, name)) if more["headline"] else None
        if found:
            more |= {"mean": found[0], "low": found[1], "high": found[2], "adjusted": True}
            more |= {"matters": data["run"]["matters"][name], "verdict": found[3] if against != NO_SERVICE else ""}
        if name == "days_to_help_strict" and basis == "as_specified" and against != NO_SERVICE:
            more |= {"verdict": "no_clear_difference"}
        parts = PAYERS if definition.per == "payer" else ("20 GBP a day" if name == "net_benefit" else "",)
        rows += [_row(basis, pathway, name, mean, half, part=part) | more for part in parts]
        if more["headline"]:
            rows += [
                _row(basis, pathway, name, mean + 9 * at, 3.0, by=by, group=group, against=against)
                for at, (by, group) in enumerate(kinds(data))
            ]
    return rows


def _curves(data: Data) -> list[Data]:
    rows = []
    for place, (basis, pathway) in enumerate(arms(data)):
        where = {"basis": basis, "pathway": pathway}
        served = pathway != NO_SERVICE
        reached = {"helped": 0.66 * served, "right_help": (0.4 + 0.06 * place) * served, "recovered": 0.3, "left": 0.1}
        for curve, most in (reached | {"gave_up": 0.2 * served}).items() if has_levels(data) else ():
            rows += [where | _reached(curve, most, place, day) for day in range(0, FOLLOWED + 1, 7)]
        for curve in ("helped", "right_help") if has_levels(data) else ():
            for at, (by, group) in enumerate(kinds(data)):
                of = {"by": by, "group": group}
                most = reached[curve] + 0.05 * at * served
                rows += [where | _reached(curve, most, place, day) | of for day in range(0, FOLLOWED + 1, 28)]
        for at, team in enumerate(data["pathways"].get(pathway, {}).get("teams", {})):
            for week in range(364):
                mean = 40 * at * (1 - math.exp(-week / 40)) + 2 * math.sin(week / 3) + 2
                rows.append(where | _band("waiting", team, 7 * week, mean, 1.5))
    return rows


def _reached(curve: str, most: float, place: int, day: int) -> Data:
    return _band(curve, "", day, most * (1 - math.exp(-day / (120 + 60 * place))), 0.015)


def _band(curve: str, part: str, day: float, mean: float, half: float) -> Data:
    ends = {"mean": mean, "low": max(0.0, mean - half), "high": mean + half}
    return {"curve": curve, "by": "all", "group": "", "part": part, "day": day, **ends}


def _flows(data: Data) -> list[Data]:
    return [
        {"basis": basis, "pathway": pathway, "from_stage": stage, "to": "leave", "outcome": "routed", "a_year": 417.25}
        for basis, pathway in arms(data)
        for stage in data["pathways"].get(pathway, {}).get("stages", {})
    ]


def _ledger(data: Data) -> list[Data]:
    if not has_levels(data):
        return []
    rows = []
    for basis, pathway in arms(data):
        where = {"basis": basis, "pathway": pathway, "payer": "council", "receiver": "provider"}
        lines = [("crisis entries", "crisis", 210.0 + len(pathway))]
        lines += [] if pathway == NO_SERVICE else [("staff", "helping", 900.0), ("margin", "contract", 130.0)]
        rows += [where | {"line": line, "purpose": what, **_sums(2080 * gbp, 0)} for line, what, gbp in lines]
        once = {"line": "set_up", "purpose": "one_off", **_sums(0, 90_000)}
        rows += [where | once] if pathway == "local" else []
    return rows


def _sums(a_year: float, once: float) -> Data:
    names = ("gbp_a_year", "cashable_gbp_a_year", "gbp_once", "cashable_gbp_once")
    return dict(zip(names, (a_year, a_year / 2, once, once / 2), strict=True))


def _checks(data: Data, passed: Sequence[bool]) -> list[Data]:
    return [
        {"name": f"check_{at}", "title": f"Published figure {at}", "pathway": data["compare"][0], "measure": "contacts",
         "part": "", "unit": "count", "model": 1.52, "low": 1.5, "high": 1.54, "published": 1.4, "tolerance": 0.2,
         "passed": one, "source": "made-up-requests", "note": "a flow"}
        for at, one in enumerate(passed)
    ]  # fmt: skip


def demand_means(pathway: str, measure: str) -> list[float]:
    """What a headline comes to at 0.8, 1 and 1.2 times the arrivals."""
    return [(100.0 + len(pathway)) * (1 + HEADLINES.index(measure)) * factor for factor in ARRIVALS]


def _demand(data: Data, verdicts: Mapping[tuple[float, str], str]) -> list[Data]:
    first, *others = data["compare"]
    rows = []
    for at, factor in enumerate(ARRIVALS):
        for name in HEADLINES:
            told = {
                "factor": factor,
                "measure": name,
                "unit": DEFINITIONS[name].unit,
                "replications": 12 if factor == 1 else 10,
            }
            rows += [
                told | {"pathway": pathway, "against": "", **_ends(demand_means(pathway, name)[at])}
                for pathway in data["compare"]
            ]
            verdict = verdicts.get((factor, name), FINDINGS["as_specified", name][3])
            mean = 0.0 if verdict == "no_clear_difference" else -30.0
            rows += [told | {"pathway": one, "against": first, "verdict": verdict, **_ends(mean)} for one in others]
    return rows


def _variants(data: Data, made: Made) -> list[Data]:
    first, *others = data["compare"]
    return [
        {"variant": name, "basis": basis, "pathway": one, "against": first, "measure": measure,
         "unit": DEFINITIONS[measure].unit, "mean": mean, "low": low, "high": high, "interval": NOISE, "adjusted": True,
         "replications": 10, "headline": True, "matters": 7.0, "verdict": verdict}
        for name, findings in made.variants.items()
        for (basis, measure), (mean, low, high, verdict) in findings.items()
        for one in others
    ]  # fmt: skip


def _ends(mean: float) -> Data:
    return {"mean": mean, "low": mean - 10, "high": mean + 10}


def _manifest(data: Data) -> Data:
    return {
        "results_version": 6, "scenario": "village", "title": data["title"], "question": data.get("question", ""),
        "applied": [], "settings": {}, "quick": False,
        "seed": 20150410, "replications": 12, "first_stage": 6, "second_stage_wanted": 12,
        "warm_up": {"given": 156, "used": 156, "outcome": "accepted", "why": "", "pilots": 5},
        "weeks": data["run"]["weeks"], "bases": data["bases"], "headlines": list(HEADLINES) if has_levels(data) else [],
        "basis_factors": {"equal_spend": {"local": 1.0431}}, "equal_help": [], "notices": [], "engine": "reference",
        "versions": {"python": "3.12.1", "simpy": "4.1.1"}, "machine": "a machine", "started": "2026-11-22T10:00:00",
        "seconds": 12.5, "command": "python run_scenarios.py run village.toml", "cohort_mean": 2081.25,
        "hashes": {"scenario.resolved.toml": "0" * 64},
    }  # fmt: skip


OF_THE_SCENARIO: Mapping[str, Callable[[Data], list[Data]]] = {
    "summary.csv": _summary, "curves.csv": _curves, "flows.csv": _flows, "ledger.csv": _ledger
}  # fmt: skip
"""What makes the tables that the scenario alone decides."""
