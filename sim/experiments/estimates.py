"""Estimates: every measure of one arm over its replications, with what is needed to difference it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from sim.experiments.statistics import ratio, ratio_pseudo_values
from sim.measures.arrays import Floats
from sim.measures.definition import Definition
from sim.measures.definitions import DEFINITIONS
from sim.measures.endings import endings, likely_endings
from sim.measures.entries import ENTRIES, entries_asked
from sim.measures.histograms import Counts, quantile, quantiles, unpacked
from sim.measures.queues import STAGE_SUMS, TEAM_SUMS, weekly_slope
from sim.measures.reductions import Reduction
from sim.measures.returns import RETURNED, days_asked
from sim.measures.subgroups import subgroups
from sim.measures.waits import kinds, wait_sums
from sim.scenario.pathways import Pathway
from sim.scenario.scenario import Scenario
from sim.scenario.vocabulary import DAYS_A_WEEK


class Key(NamedTuple):
    """What an estimate is of: a measure, of whom (`by`, `group`), and of which stage or team (`part`)."""

    measure: str
    by: str = "all"
    group: str = ""
    part: str = ""


class Estimate(NamedTuple):
    """A measure over replications: the estimate, values whose spread gives its interval, and each replication's own.

    For a mean, `pseudo` and `values` are the same; for a ratio or a median `pseudo` are jackknife pseudo-values.
    """

    point: float
    pseudo: Floats
    values: Floats


Estimates = dict[Key, Estimate]
Rows = Iterator[tuple[Key, Estimate]]


def estimates(scenario: Scenario, pathway: str | None, reductions: Sequence[Reduction]) -> Estimates:
    """Every measure but those of spending that means something for this arm, over these replications."""
    found = dict(_of_lives(scenario, reductions)) | dict(_of_approaches(scenario, pathway, reductions))
    found |= dict(_of_pathway(scenario, reductions))
    if pathway is not None:
        found |= dict(_of_stages(scenario, scenario.pathways[pathway], reductions))
        found |= dict(_of_teams(scenario, list(scenario.pathways[pathway].teams), reductions))
    return {key: one for key, one in found.items() if np.isfinite(one.point)}


def meant(definition: Definition, scenario: Scenario) -> bool:
    """Whether a measure means anything in this scenario: need, money and crisis measures are else absent, not zero."""
    there = {
        "": True,
        "levels": scenario.has_levels,
        "money": scenario.has_money,
        "crisis": scenario.crisis is not None and scenario.has_levels,
    }
    return there[definition.needs]


def mean_estimate(values: Floats) -> Estimate:
    """The estimate of a mean over replications."""
    return Estimate(float(values.mean()), values, values)


def ratio_estimate(tops: Floats, bottoms: Floats) -> Estimate:
    """The estimate of a ratio of sums over replications."""
    own = np.divide(tops, bottoms, out=np.full(tops.shape, np.nan), where=bottoms != 0)
    return Estimate(float(ratio(tops, bottoms)), ratio_pseudo_values(tops, bottoms), own)


def _of_lives(scenario: Scenario, reductions: Sequence[Reduction]) -> Rows:
    columns = {name: place for place, name in enumerate(reductions[0].columns)}
    sums = np.array([one.sums for one in reductions])
    for definition in DEFINITIONS.values():
        if definition.per not in ("citizen", "share") or not meant(definition, scenario):
            continue
        if definition.top not in columns or definition.bottom not in columns:
            continue
        tops, bottoms = sums[:, :, columns[definition.top]], sums[:, :, columns[definition.bottom]]
        for place, part in enumerate(subgroups(scenario)):
            top, bottom = tops[:, place], bottoms[:, place]
            a_mean = definition.per == "citizen" and bool((bottom > 0).all())
            made = mean_estimate(top / bottom) if a_mean else ratio_estimate(top, bottom)
            yield Key(definition.name, part.by, part.group), made


def _of_pathway(scenario: Scenario, reductions: Sequence[Reduction]) -> Rows:
    weeks = scenario.run.weeks
    begun, people, first = np.array([one.flow for one in reductions]).T
    yield Key("approaches_a_week"), mean_estimate(begun / weeks.cohort)
    yield Key("new_people_asking_a_week"), mean_estimate(first / weeks.cohort)
    yield Key("approaches_per_person"), ratio_estimate(begun, people)
    if scenario.has_levels:
        to_right_help = np.array([one.to_right_help for one in reductions])
        yield Key("days_to_help_if_helped_median"), quantile_estimate(to_right_help, 0.5)


def _of_approaches(scenario: Scenario, pathway: str | None, reductions: Sequence[Reduction]) -> Rows:
    """How approaches end, who is back how soon, and entries past a stage."""
    ended, came = (np.array([getattr(one, name) for one in reductions]) for name in ("endings", "returns"))
    given = scenario.pathways[pathway] if pathway else None
    likely = likely_endings(given)
    for place, whom in enumerate(subgroups(scenario)):
        for at, name in enumerate(endings(given)):
            if name in likely or ended[:, :, at].any():
                made = ratio_estimate(ended[:, place, at], ended[:, place].sum(axis=1))
                yield Key("outcome_share", whom.by, whom.group, name), made
        for at, days in enumerate(days_asked(scenario)):
            begun, back = came[:, place, at].T
            yield Key(RETURNED, whom.by, whom.group, str(days)), ratio_estimate(back, begun)
    entered = np.array([one.entries for one in reductions])
    for at, entry in enumerate(entries_asked(scenario, pathway)):
        yield Key(ENTRIES, part=entry.part), mean_estimate(entered[:, at] / scenario.run.weeks.cohort)


def _of_stages(scenario: Scenario, pathway: Pathway, reductions: Sequence[Reduction]) -> Rows:
    sums = np.array([one.queues.stages for one in reductions])
    for place, (name, stage) in enumerate(pathway.stages.items()):
        of = {column: sums[:, place, at] for at, column in enumerate(STAGE_SUMS)}
        for at, whom in enumerate(kinds(scenario) if stage.team else kinds(scenario)[:1]):
            for measure, made in _of_waits(scenario, reductions, place, at, is_worked=stage.team is not None):
                yield Key(measure, whom.by, whom.group, name), made
        yield Key("lost", part=name), ratio_estimate(of["lost"], of["joined"])
        yield Key("throughput", part=name), mean_estimate(of["ended"] / scenario.run.weeks.cohort)
        yield Key("days_at_stage", part=name), ratio_estimate(of["stay_days"], of["stays"])
        yield Key("passed", part=name), ratio_estimate(of["passed"], of["gated"])
        stays = unpacked([one.queues.stays for one in reductions], place)
        for suffix, share in (("25th", 0.25), ("median", 0.5), ("75th", 0.75)):
            yield Key(f"days_at_stage_{suffix}", part=name), quantile_estimate(stays, share)


def _of_waits(
    scenario: Scenario, reductions: Sequence[Reduction], stage: int, kind: int, *, is_worked: bool
) -> Iterator[tuple[str, Estimate]]:
    """The waits of one kind of visits at a stage; shares over the targets only where a team works it."""
    sums = np.array([one.queues.wait_sums[stage, kind] for one in reductions])
    of = {column: sums[:, at] for at, column in enumerate(wait_sums(scenario))}
    days = unpacked([one.queues.waits for one in reductions], stage * len(kinds(scenario)) + kind)
    yield "wait_days", ratio_estimate(of["wait_days"], of["started"])
    yield "wait_days_median", quantile_estimate(days, 0.5)
    yield "wait_days_90th", quantile_estimate(days, 0.9)
    yield "waiting", mean_estimate(of["waiting_days"] / (scenario.run.weeks.cohort * DAYS_A_WEEK))
    for target in scenario.wait_targets_days if is_worked else ():
        yield f"waits_over_{target}_days", ratio_estimate(of[f"started_{target}"], of["started"])
        yield f"waiting_over_{target}_days", ratio_estimate(of[f"waiting_days_{target}"], of["waiting_days"])


def quantile_estimate(counts: Counts, share: float) -> Estimate:
    """The estimate of a pooled quantile, from histograms by replication."""
    pooled, size = counts.sum(axis=0), counts.shape[0]
    point = quantile(pooled, share)
    without = quantiles(pooled - counts, share)
    return Estimate(point, size * point - (size - 1) * without, quantiles(counts, share))


def _of_teams(scenario: Scenario, names: list[str], reductions: Sequence[Reduction]) -> Rows:
    weeks = scenario.run.weeks
    sums = np.array([one.queues.teams for one in reductions])
    waiting = np.array([one.queues.waiting for one in reductions])
    window = waiting[:, :, weeks.warm_up : weeks.warm_up + weeks.cohort + 1]
    for place, name in enumerate(names):
        of = {column: sums[:, place, at] for at, column in enumerate(TEAM_SUMS)}
        yield Key("utilisation", part=name), ratio_estimate(of["used_days"], of["capacity_days"])
        for hours in ("overtime_hours", "unserved_hours"):
            yield Key(hours, part=name), mean_estimate(of[hours] / weeks.cohort)
        yield Key("backlog", part=name), mean_estimate(of["waiting_days"] / (weeks.cohort * DAYS_A_WEEK))
        yield Key("backlog_growth", part=name), mean_estimate(weekly_slope(window[:, place]))


def difference(one: Estimate, other: Estimate) -> Estimate:
    """`one` minus `other`, paired over replications."""
    return Estimate(one.point - other.point, one.pseudo - other.pseudo, one.values - other.values)


def combined(make: Callable[[Floats, Floats], Floats], top: Estimate, bottom: Estimate) -> Estimate:
    """An estimate made from two others, with a jackknife over replications."""
    count = top.values.size
    point = make(np.array(top.values.mean()), np.array(bottom.values.mean()))
    without = make(
        (top.values.sum() - top.values) / max(1, count - 1), (bottom.values.sum() - bottom.values) / max(1, count - 1)
    )
    return Estimate(float(point), count * point - (count - 1) * without, make(top.values, bottom.values))
