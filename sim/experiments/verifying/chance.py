"""Chance: other seeds, and other names for the same neighbourhoods, change nothing beyond noise."""

from __future__ import annotations

import math
from itertools import combinations

from sim.experiments.arms import plan
from sim.experiments.replications import Replication
from sim.experiments.verifying.findings import Finding, Part, gathered, judged, not_applicable, said, several
from sim.experiments.verifying.subject import Subject, rare, runs_said
from sim.experiments.watched import Watched, queues, watched
from sim.scenario.scenario import Scenario

SEEDS = "Other seeds"
NEIGHBOURHOODS = "Order of neighbourhoods"
OTHER_SEEDS = 2
SEED_LIMIT = 2**63


def other_seeds(subject: Subject) -> Finding:
    """Three seeds: no two give headline differences further apart than their joint interval."""
    seeds = [(subject.scenario.run.seed + step) % SEED_LIMIT for step in range(OTHER_SEEDS + 1)]
    tried = f"seeds {', '.join(map(str, seeds))}, {runs_said(subject.replications, subject.watched)} each"
    groups = [_figures(subject.watched, subject.base)]
    for seed in seeds[1:]:
        scenario = subject.watched.with_values({"run.seed": seed})
        groups.append(_figures(scenario, subject.replicated(plan(scenario))))
    return _alike(SEEDS, tried, groups)


def order_of_neighbourhoods(subject: Subject) -> Finding:
    """Neighbourhoods in the other order are other people's, but as many: queues and headlines stay as they are."""
    households = subject.scenario.place.households
    tried = f"place.households in the other order, {runs_said(subject.replications, subject.watched)}"
    if len(households) < 2:
        return not_applicable(NEIGHBOURHOODS, tried, "there are no two neighbourhoods")
    teams = [team for name in subject.compared for team in subject.scenario.pathways[name].teams.values()]
    if len(households) > 2 and any(team.cover for team in teams):
        return not_applicable(NEIGHBOURHOODS, tried, "posts cover for the next neighbourhood in the order of the file")
    turned = in_other_order(subject.watched)
    runs = ((subject.watched, subject.base), (turned, subject.replicated(plan(turned))))
    groups = [[*_queues(*run), *(one for one in _figures(*run) if one.headline)] for run in runs]
    return _alike(NEIGHBOURHOODS, tried, groups)


def in_other_order(scenario: Scenario) -> Scenario:
    """The scenario with its neighbourhoods in reverse, by a detour: a table that only differs in order is no other."""
    households = scenario.place.households
    detour = {name: count + 1 for name, count in households.items()}
    turned = dict(reversed(households.items()))
    return scenario.with_values({"place.households": detour}).with_values({"place.households": turned})


def _figures(scenario: Scenario, found: list[Replication]) -> list[Watched]:
    return watched(plan(scenario), [one.reductions for one in found])


def _queues(scenario: Scenario, found: list[Replication]) -> list[Watched]:
    return queues(plan(scenario), [one.reductions for one in found])


def _alike(test: str, tried: str, groups: list[list[Watched]]) -> Finding:
    """Whether every figure is the same in all groups of replications, beside noise."""
    parts = [_part(list(same)) for same in zip(*groups, strict=True)]
    return gathered(test, tried, parts, when_none="there is no headline and no queue")


def _part(same: list[Watched]) -> Part:
    apart, allowed = max(
        (_apart(one, other) for one, other in combinations(same, 2)), key=lambda pair: pair[0] - pair[1]
    )
    values = several((float(one.values.mean()) for one in same), same[0].unit)
    told = f"{values}; furthest apart {said(apart)}, of {said(allowed)} that chance allows"
    return Part(same[0].of, told, judged(apart <= allowed))


def _apart(one: Watched, other: Watched) -> tuple[float, float]:
    """How far two means are apart, and how far chance alone may put them."""
    noise = math.hypot(one.error, other.error)
    degrees = one.values.size + other.values.size - 2
    return abs(float(one.values.mean() - other.values.mean())), rare(degrees) * noise
