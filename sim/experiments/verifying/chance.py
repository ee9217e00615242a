"""Chance: other seeds, and other names for the same neighbourhoods, change nothing beyond noise."""

from __future__ import annotations

import math
from functools import partial
from itertools import combinations

from sim.experiments.arms import plan
from sim.experiments.replications import Replication
from sim.experiments.verifying.findings import Finding, Part, gathered, not_applicable, said, several
from sim.experiments.verifying.power import Comparison, people_said, relevant_waiting, until_sure
from sim.experiments.verifying.subject import Subject, rare, runs_said
from sim.experiments.watched import Watched, queues, watched
from sim.scenario.scenario import Scenario

SEEDS = "Other seeds"
NEIGHBOURHOODS = "Order of neighbourhoods"
OTHER_SEEDS = 2
NOTHING = "there is no headline and no queue"
SHARE_OF_FIGURE, SHARE_OF_DIFFERENCE = 0.05, 0.25
VIOLATION = (
    "a quarter of the difference apart, or a twentieth of what the one pathway comes to; of a queue half of it, or one "
    "person"
)
CHANCE = "chance: "
SEED_LIMIT = 2**63


def other_seeds(subject: Subject) -> Finding:
    """Three seeds: no two give headline differences further apart than their joint interval."""
    seeds = [(subject.scenario.run.seed + step) % SEED_LIMIT for step in range(OTHER_SEEDS + 1)]
    scenarios = [subject.watched, *(subject.watched.with_values({"run.seed": seed}) for seed in seeds[1:])]

    def look(count: int) -> list[Part]:
        return _alike([_figures(one, _found(subject, one, count)) for one in scenarios])

    parts = until_sure(look, subject.replications)
    runs = runs_said(_most(subject), subject.watched)
    tried = f"seeds {', '.join(map(str, seeds))}, {runs} each; a violation: {VIOLATION}"
    return gathered(SEEDS, tried, parts, when_none=NOTHING)


def order_of_neighbourhoods(subject: Subject) -> Finding:
    """Neighbourhoods in the other order are other people's, but as many: queues and headlines stay as they are."""
    households = subject.scenario.place.households
    tried = "place.households in the other order"
    if len(households) < 2:
        return not_applicable(NEIGHBOURHOODS, tried, "there are no two neighbourhoods")
    teams = [team for name in subject.compared for team in subject.scenario.pathways[name].teams.values()]
    if len(households) > 2 and any(team.cover for team in teams):
        return not_applicable(NEIGHBOURHOODS, tried, "posts cover for the next neighbourhood in the order of the file")
    scenarios = [subject.watched, in_other_order(subject.watched)]

    def look(count: int) -> list[Part]:
        runs = [(one, _found(subject, one, count)) for one in scenarios]
        return _alike([[*_queues(*run), *(one for one in _figures(*run) if one.headline)] for run in runs])

    parts = until_sure(look, subject.replications)
    tried += f", {runs_said(_most(subject), subject.watched)}; a violation: {VIOLATION}"
    return gathered(NEIGHBOURHOODS, tried, parts, when_none=NOTHING)


def _found(subject: Subject, scenario: Scenario, count: int) -> list[Replication]:
    """The first so many replications of a scenario, those that are there already not run again."""
    agreed = plan(scenario)
    key = f"{CHANCE}{scenario.run.seed}, {', '.join(scenario.place.households)}"
    return subject.in_replications(key, partial(subject.replications_of, agreed), count)


def _most(subject: Subject) -> int:
    return max(len(found) for key, found in subject.known.items() if key.startswith(CHANCE))


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


def _alike(groups: list[list[Watched]]) -> list[Part]:
    """Whether every figure is the same in all groups of replications, beside noise."""
    return [_part(list(same)) for same in zip(*groups, strict=True)]


def _part(same: list[Watched]) -> Part:
    apart, found = max((_apart(one, other) for one, other in combinations(same, 2)), key=_excess)
    values = several((float(one.values.mean()) for one in same), same[0].unit)
    told = f"{values}; furthest apart {said(apart)}, of {said(found.allowed)} that chance allows"
    size = said(found.relevant, same[0].unit) if same[0].headline else people_said(found.relevant)
    against = f"{size} apart"
    return found.part(same[0].of, told, against, good=apart <= found.allowed)


def _excess(pair: tuple[float, Comparison]) -> float:
    return pair[0] - pair[1].allowed


def _apart(one: Watched, other: Watched) -> tuple[float, Comparison]:
    """How far two means are apart, and what decides on it."""
    noise = math.hypot(one.error, other.error)
    degrees = one.values.size + other.values.size - 2
    apart = abs(float(one.values.mean() - other.values.mean()))
    return apart, Comparison(noise, degrees, rare(degrees), _relevant(one))


def _relevant(one: Watched) -> float:
    """From how far apart on two figures of this kind are another answer."""
    mean = abs(float(one.values.mean()))
    if not one.headline:
        return relevant_waiting(mean)
    return max(SHARE_OF_DIFFERENCE * mean, SHARE_OF_FIGURE * abs(one.level))
