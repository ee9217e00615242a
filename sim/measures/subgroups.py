"""Subgroups: of whom a measure is, and who belongs."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.measures.arrays import Flags, Floats, number
from sim.measures.record import Record
from sim.scenario.scenario import Scenario
from sim.scenario.vocabulary import LEVELS, NEEDS


class Subgroup(NamedTuple):
    """Whom a measure is of: everyone, or one value of `by`."""

    by: str
    group: str


def subgroups(scenario: Scenario) -> list[Subgroup]:
    """Everyone, then by group, by level at arrival, by number of needs and by neighbourhood, where they differ."""
    parts = [Subgroup("all", "")]
    if len(scenario.groups) > 1:
        parts += [Subgroup("group", name) for name in scenario.groups]
    if scenario.has_levels:
        parts += [Subgroup("level_at_arrival", level) for level in LEVELS[1:]]
    if any(group.number_of_needs for group in scenario.groups.values()):
        parts += [Subgroup("needs", number) for number in NEEDS]
    if len(scenario.place.households) > 1:
        parts += [Subgroup("neighbourhood", name) for name in scenario.place.households]
    return parts


def membership(record: Record) -> Floats:
    """Who belongs to which subgroup: 1 or 0 (K, cohort)."""
    return np.array([number(_belongs(record, part)) for part in subgroups(record.scenario)])


def _belongs(record: Record, part: Subgroup) -> Flags:
    citizens, rows = record.citizens, record.cohort.rows
    if part.by == "group":
        return np.equal(citizens.group[rows], list(record.scenario.groups).index(part.group))
    if part.by == "level_at_arrival":
        return np.equal(citizens.level[rows], LEVELS.index(part.group))
    if part.by == "needs":
        return np.equal(citizens.needs[rows], 1 + NEEDS.index(part.group))
    if part.by == "neighbourhood":
        return np.equal(citizens.neighbourhood[rows], list(record.scenario.place.households).index(part.group))
    return np.ones(len(record.cohort), np.bool_)
