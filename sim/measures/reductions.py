"""Reductions: what a worker sends home of one pathway in one replication. Sums, histograms and curves, never visits.

Reductions of the same arm add up, replication by replication, to everything that is reported.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from sim.engine import tables as t
from sim.measures.arrays import Flags, Floats, number
from sim.measures.definitions import CURVES
from sim.measures.histograms import Counts, histogram
from sim.measures.lives import Columns, lives
from sim.measures.money import Entry, account
from sim.measures.queues import Queues, queues
from sim.measures.record import Record
from sim.scenario.scenario import Scenario
from sim.scenario.vocabulary import DAYS_A_WEEK, DAYS_A_YEAR, LEVELS, NEEDS


class Subgroup(NamedTuple):
    """Whom a measure is of: everyone, or one value of `by`."""

    by: str
    group: str


class Flow(NamedTuple):
    """Visits a year that went one way, in the cohort window."""

    stage: str
    to: str
    outcome: str
    a_year: float


class Reduction(NamedTuple):
    """One pathway in one replication, reduced.

    `columns` names the sums over lives, `sums` holds them by subgroup (K, C); `flow` holds sums over the cohort window:
    approaches begun, people who began one, first approaches; `curves` the cumulated number of citizens by week since
    the need arose (5, follow-up weeks + 1); `to_right_help` the histogram of days to right help of those who got it.
    """

    columns: tuple[str, ...]
    sums: Floats
    queues: Queues
    flow: Floats
    curves: Floats
    to_right_help: Counts
    ledger: tuple[Entry, ...]
    flows: tuple[Flow, ...]


def subgroups(scenario: Scenario) -> list[Subgroup]:
    """Everyone, then by group, by level at arrival and by number of needs."""
    parts = [Subgroup("all", "")]
    if len(scenario.groups) > 1:
        parts += [Subgroup("group", name) for name in scenario.groups]
    if scenario.has_levels:
        parts += [Subgroup("level_at_arrival", level) for level in LEVELS[1:]]
    if any(group.number_of_needs for group in scenario.groups.values()):
        parts += [Subgroup("needs", number) for number in NEEDS]
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
    return np.ones(len(record.cohort), np.bool_)


def reduced(record: Record) -> tuple[Reduction, Columns]:
    """The reduction of a record, and the table of lives it is made from."""
    money = account(record)
    columns = lives(record, money)
    names = tuple(name for name in columns if not name.startswith("day_"))
    table = np.column_stack([columns[name] for name in names])
    return (
        Reduction(
            columns=names,
            sums=np.einsum("kc,cm->km", membership(record), table),
            queues=queues(record),
            flow=_flow(record),
            curves=_curves(record, columns),
            to_right_help=histogram(columns.get("day_right_help", np.empty(0))),
            ledger=money.ledger,
            flows=tuple(_flows(record)),
        ),
        columns,
    )


def _flow(record: Record) -> Floats:
    """Approaches begun in the cohort window, people who began one, and first approaches begun."""
    weeks, parts = record.scenario.run.weeks, record.approaches
    inside = (parts.begun >= weeks.cohort_from) & (parts.begun < weeks.cohort_to)
    first = inside & (parts.number == 1)
    people = np.count_nonzero(np.diff(parts.citizen[inside], prepend=-1))  # they stand in order
    return np.array([inside.sum(), people, first.sum()], dtype=np.float64)


def _curves(record: Record, columns: Columns) -> Floats:
    """Citizens who had reached each point by the end of each week since their need arose, cumulated."""
    days = np.arange(record.scenario.run.weeks.follow_up + 1) * float(DAYS_A_WEEK)
    known = [columns.get(f"day_{curve}", np.empty(0)) for curve in CURVES]
    return np.array([np.searchsorted(np.sort(day), days, side="right") for day in known], dtype=np.float64)


def _flows(record: Record) -> list[Flow]:
    """Visits a year by stage, where they went next, and outcome."""
    visits, weeks = record.visits, record.scenario.run.weeks
    if record.pathway is None or not len(visits):
        return []
    inside = (visits.ended >= weeks.cohort_from) & (visits.ended < weeks.cohort_to)
    same = np.append((np.diff(visits.citizen) == 0) & (np.diff(visits.approach) == 0), False)
    following = np.where(same, np.append(visits.stage[1:], -1), -1)
    names = ["leave", *record.pathway.stages]
    shape = len(names), len(names), len(t.OUTCOMES)
    kinds = np.ravel_multi_index((1 + visits.stage[inside], 1 + following[inside], visits.outcome[inside]), shape)
    counts = np.bincount(kinds, minlength=math.prod(shape)).reshape(shape)
    a_year = DAYS_A_YEAR / (weeks.cohort_to - weeks.cohort_from)
    return [
        Flow(names[stage], names[to], t.OUTCOMES[outcome], float(counts[stage, to, outcome] * a_year))
        for stage, to, outcome in np.argwhere(counts).tolist()
    ]
