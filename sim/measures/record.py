"""A record: all that is known of one pathway in one replication, ready to be measured."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim.engine.population import Population
from sim.engine.tables import LevelChanges, Tables, Visits
from sim.measures.approaches import Approaches, approaches
from sim.measures.arrays import Flags, Ints
from sim.measures.spells import Spells, spells
from sim.measures.waiting import teams_of_stages, weekly_steps
from sim.scenario.pathways import Pathway
from sim.scenario.scenario import Scenario
from sim.scenario.stages import Stage
from sim.scenario.vocabulary import PURPOSES


@dataclass(frozen=True)
class Cohort:
    """Citizens `first` .. `last - 1`."""

    first: int
    last: int

    def __len__(self) -> int:
        return self.last - self.first

    @property
    def rows(self) -> slice:
        """Their rows in the population."""
        return slice(self.first, self.last)

    def holds(self, citizen: Ints) -> Flags:
        """Which of these citizens belong to it."""
        return (citizen >= self.first) & (citizen < self.last)


@dataclass(frozen=True)
class Record:
    """One pathway (None: `no_service`) in one replication: the scenario, the citizens, and what happened to them."""

    scenario: Scenario
    pathway_name: str | None
    citizens: Population
    tables: Tables
    steps: Ints | None = None
    """Where visits over before the cohort window are not in the tables: `weekly_steps` of all there were."""

    @property
    def visits(self) -> Visits:
        """Visits, in order of citizen and seq."""
        return self.tables.visits

    @property
    def changes(self) -> LevelChanges:
        """Level changes, in order of citizen and day."""
        return self.tables.changes

    @property
    def pathway(self) -> Pathway | None:
        """The pathway's facts; None for `no_service`."""
        return self.scenario.pathways[self.pathway_name] if self.pathway_name else None

    @property
    def stages(self) -> list[Stage]:
        """Stages by the number that visits know them by."""
        return list(self.pathway.stages.values()) if self.pathway else []

    @cached_property
    def team(self) -> Ints:
        """Place of the team that works each visit's stage; -1 for a delay."""
        return np.asarray(teams_of_stages(self.pathway)[self.visits.stage])

    @cached_property
    def purpose(self) -> Ints:
        """Place among PURPOSES of what each visit's stage is for; the last where none is given."""
        places = [PURPOSES.index(stage.purpose) if stage.purpose else len(PURPOSES) - 1 for stage in self.stages]
        return np.asarray(places or [0], dtype=np.int64)[self.visits.stage]

    @cached_property
    def waiting(self) -> Ints:
        """How many wait for each team at the start of each week of the run (T, weeks + 1)."""
        steps = weekly_steps(self.scenario, self.pathway_name, self.visits) if self.steps is None else self.steps
        return np.asarray(np.cumsum(steps, axis=1))

    @cached_property
    def approaches(self) -> Approaches:
        """What visits make up: the times anyone came to the front door."""
        return approaches(self.visits, self.changes)

    @cached_property
    def spells(self) -> Spells:
        """Who was at which level, from when to when."""
        return spells(self.citizens, self.changes)

    @cached_property
    def cohort(self) -> Cohort:
        """The citizens whose need arose in the cohort window: they stand together, being in order of arrival."""
        weeks = self.scenario.run.weeks
        first, last = np.searchsorted(self.citizens.arrival, [weeks.cohort_from, weeks.cohort_to])
        return Cohort(int(first), int(last))
