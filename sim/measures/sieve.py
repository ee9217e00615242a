"""The sieve: of all that happens in a run, what its measures need, kept batch by batch as the engine hands it over.

Nothing that was over before the cohort window is in any measure but the weekly number waiting, which is counted as
visits come. So of a warm-up, however long, no visits are kept: 28 bytes for each citizen are all that it costs here.
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
FEWEST_HELD = 1 << 15
"""Rows held before they are sifted: 2 MB."""


def sifted(scenario: Scenario, pathway: str | None, citizens: Population, batches: Iterable[Batch]) -> Record:
    """The record of a run with what measures need: every approach that was not over before the cohort window, whole;
    level changes from then on, and the last before of each citizen; and how many waited, week by week.
    """
    sieve = _Sieve(scenario, pathway, len(citizens))
    for batch in batches:
        sieve.take(batch)
    sieve.close()
    kept = tables(sieve.visits, [sieve.last_changes(), *sieve.changes])
    return Record(scenario, pathway, citizens, kept, sieve.steps)


class _Sieve:
    """What has been kept so far. Visits before the cohort window are held until there are many, and then sifted: twice
    as many as were kept last time and citizens then under way, so that each is looked at a few times at most.
    """

    def __init__(self, scenario: Scenario, pathway: str | None, citizens: int) -> None:
        self.visits: list[Rows] = []
        self.changes: list[Rows] = []
        self._scenario, self._pathway, self._since = scenario, pathway, scenario.run.weeks.cohort_from
        self._is_open = False
        self._held, self._enough = 0, FEWEST_HELD
        self._first_kept = np.full(citizens, NOT_ANY, np.int32)
        self._last_change = np.full(citizens, -1, CHANGE_ROW)
        self.steps = self._steps(np.empty(0, VISIT_ROW))

    def take(self, batch: Batch) -> None:
        """Keep what is needed of a batch, or may be."""
        self.steps += self._steps(batch.visits)
        self.visits.append(picked(batch.visits))
        self._held += batch.visits.size
        if not self._is_open:
            self._is_open = not (batch.visits["ended"] < self._since).all()
            if self._is_open or self._held > self._enough:
                self._sift(*batch.under_way())
        early = batch.changes["day"] < self._since
        before = picked(batch.changes, early)
        put(self._last_change, before["citizen"], before)
        self.changes.append(picked(batch.changes, ~early))

    def close(self) -> None:
        """Nothing more comes: where no visit reaches the cohort window, none is kept."""
        if not self._is_open:
            nobody = np.empty(0, np.int32)
            self._sift(nobody, nobody)

    def last_changes(self) -> Rows:
        """Of each citizen the last level change before the cohort window."""
        return picked(self._last_change, self._last_change["citizen"] >= 0)

    def _sift(self, citizen: Ints, approach: Ints) -> None:
        """Let go of the visits held, but those of approaches that are under way or have visits in the window."""
        rows = together(VISIT_ROW, self.visits)
        wanted = self._is_wanted(rows, citizen, approach)
        self.visits = [picked(rows, wanted)]
        self._held = self.visits[0].size
        self._enough = max(FEWEST_HELD, 2 * (self._held + citizen.size))

    def _is_wanted(self, rows: Rows, citizen: Ints, approach: Ints) -> Flags:
        """Which visits belong to an approach that is under way or reaches the window, or to one that came after."""
        late, first = np.flatnonzero(~(rows["ended"] < self._since))[::-1], self._first_kept
        first[citizen] = approach
        first[rows["citizen"][late]] = rows["approach"][late]  # of a citizen's several the first stays
        wanted = rows["approach"] >= first[rows["citizen"]]
        first[citizen] = NOT_ANY
        return np.asarray(wanted)

    def _steps(self, rows: Rows) -> Ints:
        columns = Visits(*(rows[name] for name in Visits._fields))
        return weekly_steps(self._scenario, self._pathway, columns)
