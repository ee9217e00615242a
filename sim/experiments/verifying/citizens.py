"""Citizens in are citizens out and inside: nobody is lost, nobody is in two places, nobody's time runs backwards."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.engine import tables as t
from sim.engine.population import days_come_in
from sim.experiments.verifying.findings import Part, counted, judged
from sim.experiments.verifying.subject import name_of
from sim.experiments.verifying.visiting import faults, unmet
from sim.measures.record import Record
from sim.scenario.vocabulary import DAYS_A_WEEK, NONE

MOMENTS = 6
"""The balance is struck so many times, evenly over the run, the last at its end."""


class Balance(NamedTuple):
    """Where everyone is who has arrived by a day."""

    day: float
    arrived: int
    at_a_stage: int
    away_in_need: int
    need_ended: int
    left: int

    @property
    def holds(self) -> bool:
        """Whether the parts make up the whole."""
        return self.arrived == self.at_a_stage + self.away_in_need + self.need_ended + self.left

    def __str__(self) -> str:
        said = f"by day {self.day:,.0f} {counted(self.arrived, 'citizen')} arrived: {self.at_a_stage:,} at a stage"
        parts = {"away in need": self.away_in_need, "with need ended": self.need_ended, "left": self.left}
        said += "".join(f", {number:,} {words}" for words, number in parts.items() if number)
        return said if self.holds else f"{said}, which does not add up"


def nobody_lost(record: Record) -> Part:
    """Whether who arrived is at a stage, away in need or out, at several times, and each visit fits the one before."""
    struck = [balance(record, day) for day in _moments(record)]
    wrong = [str(one) for one in struck if not one.holds]
    wrong += [f"{counted(number, 'visit')} {what}" for what, number in faults(record).items()]
    if missing := unmet(record):
        wrong.append(f"{counted(missing, 'citizen')} who did not come forward when they should have")
    if broken := _broken_chains(record):
        wrong.append(f"{counted(broken, 'level change')} from a level the citizen was not at")
    good = f"{struck[-1]}; {counted(len(record.visits), 'visit')}, none overlapping, backwards or astray"
    return Part(name_of(record), "; ".join(wrong) or good, judged(not wrong))


def _moments(record: Record) -> list[float]:
    horizon = record.scenario.run.weeks.horizon
    weeks = horizon / DAYS_A_WEEK
    return [*(float(DAYS_A_WEEK * round(weeks * k / MOMENTS)) for k in range(1, MOMENTS)), horizon]


def balance(record: Record, day: float) -> Balance:
    """The balance at a day. Those at a stage are counted as visits joined less visits ended; the others by person.

    A citizen with no levels who is at no stage has left if ever seen; one never seen is nowhere, and is missed. Who
    waited at the start arrived before day 0; whose need returns is away in need again.
    """
    visits, people = record.visits, record.citizens
    arrived = days_come_in(record.scenario, people) <= day
    begun = (visits.joined <= day) & arrived[visits.citizen]  # who waits already joined before they are there
    inside = begun & ~(visits.ended <= day)
    here = np.zeros(len(people), np.bool_)
    here[visits.citizen[inside]] = True
    away = arrived & ~here
    if not record.scenario.has_levels:
        seen = np.zeros(len(people), np.bool_)
        seen[visits.citizen[begun]] = True
        need, gone, ended = np.zeros_like(seen), away & seen, np.zeros_like(seen)
    else:
        level, moved = people.level.copy(), np.zeros(len(people), np.bool_)
        before = record.changes.day <= day
        level[record.changes.citizen[before]] = record.changes.to_level[before]  # of several the last stays
        moved[record.changes.citizen[before & (record.changes.cause == t.MOVED_AWAY)]] = True
        need, gone, ended = away & (level != NONE), away & moved, away & (level == NONE) & ~moved
    present = int(begun.sum() - (visits.ended <= day).sum())
    return Balance(day, int(arrived.sum()), present, int(need.sum()), int(ended.sum()), int(gone.sum()))


def _broken_chains(record: Record) -> int:
    """Level changes that do not begin where the one before ended, or the citizen arrived; or come after the citizen has
    left the area; or raise a level from none without a relapse.
    """
    changes = record.changes
    if not len(changes):
        return 0
    first = np.append(True, changes.citizen[1:] != changes.citizen[:-1])
    before = np.where(first, record.citizens.level[changes.citizen], np.append(0, changes.to_level[:-1]))
    early = changes.day < days_come_in(record.scenario, record.citizens)[changes.citizen]
    gone = ~first & np.append(False, changes.cause[:-1] == t.MOVED_AWAY)
    risen = (changes.from_level == NONE) != (changes.cause == t.RELAPSED)
    broken = (changes.from_level != before) | (changes.from_level == changes.to_level)
    return int((broken | early | gone | risen).sum())
