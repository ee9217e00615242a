"""The cohort followed: the visits and spells of cohort citizens, each within the citizen's own follow-up.

What happens at the very end of follow-up still counts, as does all that follows from it at the same instant.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim.engine import tables as t
from sim.engine.tables import LevelChanges, Visits
from sim.measures.approaches import Approaches, approaches
from sim.measures.arrays import Flags, Floats, Ints, first_day, hours_within, of_stages, per_citizen
from sim.measures.record import Record
from sim.measures.spells import Spells
from sim.scenario.vocabulary import NONE


@dataclass(frozen=True)
class Followed:
    """The cohort of a record, followed for `days` (left out: all of follow-up): visits cut to the cohort, citizens
    counted from its first.
    """

    record: Record
    days: float | None = None

    @property
    def count(self) -> int:
        """Citizens in the cohort."""
        return len(self.record.cohort)

    @cached_property
    def arrival(self) -> Floats:
        """Day each citizen's need arose."""
        return self.record.citizens.arrival[self.record.cohort.rows]

    @cached_property
    def end(self) -> Floats:
        """Day each citizen's follow-up ends."""
        return self.arrival + (self.days or self.record.scenario.run.weeks.follow_up_days)

    @property
    def part(self) -> float:
        """Days followed as a share of all of follow-up."""
        whole = self.record.scenario.run.weeks.follow_up_days
        return (self.days or whole) / whole

    @cached_property
    def spells(self) -> Spells:
        """Spells of the cohort, cut off at the end of follow-up."""
        spells, cohort = self.record.spells, self.record.cohort
        inside = cohort.holds(spells.citizen)
        citizen = spells.citizen[inside] - cohort.first
        begin, end = spells.begin[inside], np.minimum(spells.end[inside], self.end[citizen])
        within = begin <= self.end[citizen]
        return Spells(citizen[within], spells.level[inside][within], begin[within], end[within])

    @cached_property
    def chosen(self) -> Flags:
        """Which visits of the record are a cohort citizen's and joined within follow-up."""
        visits, cohort = self.record.visits, self.record.cohort
        inside = cohort.holds(visits.citizen)
        place = np.where(inside, visits.citizen - cohort.first, 0)
        return inside & (visits.joined <= self.end[place]) if self.count else inside

    @cached_property
    def visits(self) -> Visits:
        """Those visits, `citizen` counted from the first of the cohort."""
        columns = {name: column[self.chosen] for name, column in self.record.visits._asdict().items()}
        return Visits(**{**columns, "citizen": columns["citizen"] - self.record.cohort.first})

    @cached_property
    def changes(self) -> LevelChanges:
        """Level changes of the cohort within follow-up, `citizen` counted from the first of the cohort."""
        changes, cohort = self.record.changes, self.record.cohort
        inside = cohort.holds(changes.citizen)
        place = np.where(inside, changes.citizen - cohort.first, 0)
        chosen = inside & (changes.day <= self.end[place]) if self.count else inside
        columns = {name: column[chosen] for name, column in changes._asdict().items()}
        return LevelChanges(**{**columns, "citizen": columns["citizen"] - cohort.first})

    @cached_property
    def level(self) -> Ints:
        """Level of each citizen at the end of follow-up: that of the last spell, spells being in order."""
        level = np.zeros(self.count, np.int64)
        level[self.spells.citizen] = self.spells.level
        return level

    @cached_property
    def stop(self) -> Floats:
        """End of follow-up of each visit's citizen."""
        return self.end[self.visits.citizen]

    @cached_property
    def started(self) -> Flags:
        """Which visits started within follow-up."""
        return self.visits.started <= self.stop

    @cached_property
    def attended(self) -> Flags:
        """Which visits started within follow-up with the citizen there."""
        return self.started & (self.visits.attended > 0)

    @cached_property
    def ended(self) -> Flags:
        """Which visits ended within follow-up."""
        return self.visits.ended <= self.stop

    @cached_property
    def team(self) -> Ints:
        """Place of the team that works each visit's stage; -1 for a delay."""
        return self.record.team[self.chosen]

    @cached_property
    def seen(self) -> Flags:
        """Which visits are work by a team, started within follow-up, with the citizen there."""
        return self.attended & (self.team >= 0)

    @cached_property
    def purpose(self) -> Ints:
        """Place among PURPOSES of what each visit is for."""
        return self.record.purpose[self.chosen]

    @cached_property
    def hours(self) -> Floats:
        """Staff hours of each visit worked within follow-up."""
        return hours_within(self.visits, self.arrival[self.visits.citizen], self.stop)

    @cached_property
    def is_help(self) -> Flags:
        """Which visits are to a stage that helps."""
        return self.of_stage([stage.help is not None for stage in self.record.stages]) > 0

    @cached_property
    def is_long_help(self) -> Flags:
        """Which visits are to a stage that helps and takes a mean of at least one staff hour: a chat is none."""
        return self.of_stage([self.record.scenario.is_long_help(stage) for stage in self.record.stages]) > 0

    @cached_property
    def fitted(self) -> Flags:
        """Which visits turned out, within follow-up, to be right help."""
        return np.asarray((self.visits.outcome == t.HELPED_FIT) & self.ended, np.bool_)

    @cached_property
    def approaches(self) -> Approaches:
        """Approaches begun within follow-up."""
        return approaches(self.visits, self.changes)

    def of_stage(self, values: list[float] | list[bool] | list[int]) -> Floats:
        """A number known by stage, for each visit."""
        return of_stages(values, self.visits.stage)

    def of_stage_and_group(self, values: list[list[float]]) -> Floats:
        """A number known by stage and group, for each visit."""
        group = self.record.citizens.group[self.record.cohort.rows][self.visits.citizen]
        table = np.asarray(values or [[0.0] * len(self.record.scenario.groups)], dtype=np.float64)
        return np.asarray(table[self.visits.stage, group])

    def sum(self, weights: Floats | Flags) -> Floats:
        """Sum of a number of visits for each citizen."""
        return per_citizen(self.visits.citizen, self.count, weights)

    def ends_need(self, cause: int) -> Floats:
        """Day each citizen's need first ended within follow-up for this cause; infinite where it did not."""
        changes = self.changes
        which = (changes.cause == cause) & (changes.to_level == NONE)
        return first_day(changes.citizen, self.count, changes.day, which)

    def without_need(self, cause: int) -> Flags:
        """Which citizens have no need at the end of follow-up, it having ended last for this cause."""
        last = np.full(self.count, -1)
        last[self.changes.citizen] = self.changes.cause  # of several changes the last stays
        return np.asarray((self.level == NONE) & (last == cause), np.bool_)
