"""Reductions: what a worker sends home of one pathway in one replication. Sums, histograms and curves, never visits.

Reductions of the same arm add up, replication by replication, to everything that is reported.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from sim.engine import tables as t
from sim.measures.arrays import Floats
from sim.measures.endings import endings_of_citizens
from sim.measures.entries import direct_entries
from sim.measures.followed import Followed
from sim.measures.histograms import Counts, histogram
from sim.measures.lives import Columns, lives_of
from sim.measures.money import Entry, account
from sim.measures.queues import Queues, queues
from sim.measures.reached import reached, reached_by_subgroup
from sim.measures.record import Record
from sim.measures.returns import returns_of_citizens
from sim.measures.subgroups import membership
from sim.scenario.vocabulary import DAYS_A_YEAR


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
    the need arose (5, follow-up weeks + 1), and `subgroup_curves` two of them for every subgroup but everyone, at fewer
    weeks (2, K - 1, steps); `to_right_help` the histogram of days to right help of those who got it. `endings` counts
    approaches by how they ended (K, endings), `returns` those followed for so many days and, of them, those followed by
    another (K, days, 2), `entries` visits of each kind of direct entry.
    """

    columns: tuple[str, ...]
    sums: Floats
    queues: Queues
    flow: Floats
    curves: Floats
    subgroup_curves: Floats
    to_right_help: Counts
    endings: Floats
    returns: Floats
    entries: Floats
    ledger: tuple[Entry, ...]
    flows: tuple[Flow, ...]


def reduced(record: Record) -> tuple[Reduction, Columns]:
    """The reduction of a record, and the table of lives it is made from."""
    money, life = account(record), Followed(record)
    columns = lives_of(life, money)
    names = tuple(name for name in columns if not name.startswith("day_"))
    table = np.column_stack([columns[name] for name in names])
    belongs = membership(record)
    return (
        Reduction(
            columns=names,
            sums=np.einsum("kc,cm->km", belongs, table),
            queues=queues(record),
            flow=_flow(record),
            curves=reached(record, columns),
            subgroup_curves=reached_by_subgroup(record, columns, belongs[1:]),
            to_right_help=histogram(columns.get("day_right_help", np.empty(0))),
            endings=belongs @ endings_of_citizens(life),
            returns=np.einsum("kc,cdn->kdn", belongs, returns_of_citizens(life)),
            entries=direct_entries(record),
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
