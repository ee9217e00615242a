"""Identical pathways: one set against a copy of itself must differ by exactly nothing."""

from __future__ import annotations

import numpy as np

from sim.experiments.arms import Arm, Footing, Plan
from sim.experiments.estimates import Estimates, Key, estimates
from sim.experiments.verifying.findings import Finding, Part, gathered, judged
from sim.experiments.verifying.subject import Subject
from sim.scenario.scenario import Scenario

TEST = "Identical pathways"
REPLICATIONS = 2


def identical(subject: Subject) -> Finding:
    """The first pathway against a copy of itself under another name: 0 in every measure, to the last digit."""
    first = subject.scenario.compare[0]
    scenario, twin = with_copy(subject.short, first)
    arms = (Arm(first, scenario), Arm(twin, scenario))
    found = subject.replicated(Plan(scenario, arms, (Footing("as_specified", (0, 1)),)), REPLICATIONS)
    one, other = (
        estimates(scenario, name, [replication.reductions[at] for replication in found])
        for at, name in enumerate((first, twin))
    )
    odd = differing(one, other)
    tried = f"`{first}` against a copy of itself called `{twin}`, on the same citizens, {REPLICATIONS} replications"
    said = f"{len(one):,} figures (measures by group, stage and team), all exactly the same in both"
    if odd:
        said = f"{len(odd):,} of {len(one):,} figures differ, {odd[0].measure} {odd[0].part} first".replace("  ", " ")
    return gathered(TEST, tried, [Part(first, said, judged(bool(one) and not odd))], when_good=said)


def with_copy(scenario: Scenario, pathway: str) -> tuple[Scenario, str]:
    """The scenario with one more pathway, like `pathway` in everything but its name; and that name."""
    stem, count = pathway[:50], 2
    while f"{stem}_{count}" in scenario.pathways:
        count += 1
    twin = f"{stem}_{count}"
    return scenario.with_values({f"pathways.{twin}": {"like": pathway}}), twin


def differing(one: Estimates, other: Estimates) -> list[Key]:
    """The figures that are not the same in both, or in one only."""
    apart = [key for key in one if key not in other or not _same(one, other, key)]
    return [*apart, *(key for key in other if key not in one)]


def _same(one: Estimates, other: Estimates, key: Key) -> bool:
    return np.array_equal(one[key].values, other[key].values, equal_nan=True) and one[key].point == other[key].point
