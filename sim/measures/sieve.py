"""The sieve: of all that happens in a run, what its measures need, kept batch by batch as the engine hands it over.

Nothing that was over before the cohort window is in any measure but the weekly number waiting, which is counted before
it is let go. So of a warm-up, however long, no visits are kept: 28 bytes for each citizen are all that it costs here.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from sim.engine.population import Population
from sim.engine.tables import CHANGE_ROW, VISIT_ROW, Batch, Rows, Visits, picked, put, tables, together
from sim.measures.arrays import Flags, Ints
from sim.measures.record import Record
from sim.measures.waiting import weekly_steps
from sim.scenario.scenario import Scenario

NOT_ANY = np.iinfo(np.int32).max


def sifted(scenario: Scenario, pathway: str | None, citizens: Population, batches: Iterable[Batch]) -> Record:
    """The record of a run with what measures need: every approach that was not over before the cohort window, whole;
    level changes from then on, and the last before of each citizen; and how those let go had waited, week by week.
    """
    sieve = _Sieve(scenario, pathway, len(citizens))
    for batch in batches:
        sieve.take(batch)
    kept = tables(sieve.visits, [sieve.last_changes(), *sieve.changes])
    return Record(scenario, pathway, citizens, kept, sieve.let_go)


class _Sieve:
    """What has been kept so far."""

    def __init__(self, scenario: Scenario, pathway: str | None, citizens: int) -> None:
        self.visits: list[Rows] = []
        self.changes: list[Rows] = []
        self._scenario, self._pathway, self._since = scenario, pathway, scenario.run.weeks.cohort_from
        self._under_way = np.empty(0, VISIT_ROW)
        self._first_kept = np.full(citizens, NOT_ANY, np.int32)
        self._last_change = np.full(citizens, -1, CHANGE_ROW)
        self.let_go = self._steps(self._under_way, np.empty(0, np.bool_))

    def take(self, batch: Batch) -> None:
        """Keep what is needed of a batch, and count who waits in the rest."""
        self._take_visits(batch)
        early = batch.changes["day"] < self._since
        before = picked(batch.changes, early)
        put(self._last_change, before["citizen"], before)
        self.changes.append(picked(batch.changes, ~early))

    def last_changes(self) -> Rows:
        """Of each citizen the last level change before the cohort window."""
        return picked(self._last_change, self._last_change["citizen"] >= 0)

    def _take_visits(self, batch: Batch) -> None:
        rows = together(VISIT_ROW, [self._under_way, batch.visits]) if self._under_way.size else batch.visits
        late = ~(rows["ended"] < self._since)
        if not late.all():
            wanted = self._is_wanted(rows, picked(rows, late), batch)
            self.let_go += self._steps(rows, ~wanted)
            rows = picked(rows, wanted)
        elif rows is batch.visits:
            rows = picked(rows)
        is_cohort_window = bool(late.any())
        self.visits += [rows] if is_cohort_window else []
        self._under_way = rows[:0] if is_cohort_window else rows

    def _is_wanted(self, rows: Rows, late: Rows, batch: Batch) -> Flags:
        """Which visits belong to an approach that is under way or has late visits, or to one that came after."""
        first = self._first_kept
        first[batch.citizen] = batch.approach
        first[late["citizen"][::-1]] = late["approach"][::-1]  # of a citizen's several the first stays
        wanted = rows["approach"] >= first[rows["citizen"]]
        first[batch.citizen] = NOT_ANY
        return np.asarray(wanted)

    def _steps(self, rows: Rows, which: Flags) -> Ints:
        columns = Visits(*(rows[name] for name in Visits._fields))
        return weekly_steps(self._scenario, self._pathway, columns, which)
