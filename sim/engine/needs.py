"""How a citizen's need moves: its own course, help, and the times that depend on its level."""

from __future__ import annotations

import math

from sim.engine.citizens import Citizen
from sim.engine.clock import COMING, LEAVING_AREA, LEVEL_CHANGE, Clock
from sim.engine.course import Course, Exponential
from sim.engine.instants import day_of
from sim.engine.luck import name_hash, uniform
from sim.engine.model import Model
from sim.engine.tables import CHANGE_ROW, EASED, MOVED_AWAY, RELAPSED, WORSENED, Written
from sim.scenario.vocabulary import LEVELS, NONE

_WORSENS = [name_hash(f"course.{level}/worsens") for level in LEVELS]
_EASES = [name_hash(f"course.{level}/eases") for level in LEVELS]
_LEAVES = name_hash("citizen/leaves")
_ASKS = name_hash("citizen/asks")
_COMES_BACK = name_hash("citizen/comes_back")
_RELAPSES = name_hash("citizen/relapses")


class Needs:
    """Everyone's need levels on the clock. Writes down the level changes."""

    def __init__(self, model: Model, clock: Clock) -> None:
        self.clock = clock
        self.changes = Written(CHANGE_ROW)
        self._worsens, self._eases, self._leaves = model.worsens.tolist(), model.eases.tolist(), model.leaves.tolist()
        self._asks, self._comes_back = model.asks.tolist(), model.comes_back.tolist()
        self._relapses = model.relapses.tolist()

    def arise(self, citizen: Citizen) -> None:
        """The need arises: its course begins, and the time until the citizen dies or moves away."""
        citizen.course = Course()
        self._enter_level(citizen)
        means = self._leaves[citizen.group]
        u = uniform(citizen.base, _LEAVES, 0)
        citizen.leaving = Exponential(LEAVING_AREA, u, means, self.clock.now, citizen.level)
        self._await(citizen, citizen.leaving)

    def asks_later(self, citizen: Citizen) -> None:
        """The citizen will come forward for the first time, after a while that depends on the level."""
        self._will_come(citizen, uniform(citizen.base, _ASKS, 0), self._asks)

    def comes_back_later(self, citizen: Citizen) -> None:
        """The citizen will come back, after a while that depends on the level."""
        self._will_come(citizen, uniform(citizen.base, _COMES_BACK, citizen.approach), self._comes_back)

    def may_relapse(self, citizen: Citizen) -> bool:
        """Whether the need of someone without one may come back; not that of someone who has left the area."""
        return citizen.leaving is not None and self._relapses[citizen.group] < math.inf

    def relapses_later(self, citizen: Citizen) -> None:
        """The need, which has ended, will come back after a while; nothing is under way any more (rule 14)."""
        course = citizen.course
        course.set_pace(self.clock.now, 1.0)
        count = course.entries[NONE] - 1
        course.enter(self.clock.now, _days(citizen, _RELAPSES, count, self._relapses[citizen.group]), math.inf)
        self._await_level_change(citizen)

    def take_course(self, citizen: Citizen) -> None:
        """The level moves by itself: one up or down, to none, or by a relapse from none to low."""
        old, step = citizen.level, citizen.course.step
        if old == NONE:
            citizen.needs = 1
            self.change(citizen, old + step, RELAPSED)
            if citizen.coming is None:
                self.comes_back_later(citizen)
            return
        self.change(citizen, old + step, WORSENED if step > 0 else EASED)
        if citizen.level == NONE:
            citizen.needs = 0

    def set_pace(self, citizen: Citizen, pace: float) -> None:
        """Worsening goes on at this share of its speed."""
        course = citizen.course
        course.set_pace(self.clock.now, pace)
        self._await_level_change(citizen)

    def change(self, citizen: Citizen, level: int, cause: int) -> None:
        """The level changes: its own times are drawn anew, those that depend on it go on at another rate."""
        now, old, citizen.level = self.clock.now, citizen.level, level
        self.changes.write(citizen.number, day_of(now), old, level, cause)
        self._enter_level(citizen)
        for time in (citizen.leaving, citizen.coming):
            if time is not None:
                time.change(now, old, level)
                self._await(citizen, time)

    def end(self, citizen: Citizen) -> None:
        """The citizen has left the area: nothing more will befall them."""
        self.change(citizen, NONE, MOVED_AWAY)
        citizen.leaving = None

    def _enter_level(self, citizen: Citizen) -> None:
        """Draw when the new level worsens and when it eases; the earlier acts (rule 7)."""
        level, group, course = citizen.level, citizen.group, citizen.course
        count = course.entries[level]
        course.entries[level] += 1
        course.enter(
            self.clock.now,
            _days(citizen, _WORSENS[level], count, self._worsens[group][level]),
            _days(citizen, _EASES[level], count, self._eases[group][level]),
        )
        self._await_level_change(citizen)

    def _await_level_change(self, citizen: Citizen) -> None:
        course = citizen.course
        if course.event is not None:
            course.event.cancel()
        course.event = self.clock.at(course.due, LEVEL_CHANGE, citizen.number, citizen)

    def _will_come(self, citizen: Citizen, u: float, means: list[float]) -> None:
        citizen.coming = Exponential(COMING, u, means, self.clock.now, citizen.level)
        self._await(citizen, citizen.coming)

    def _await(self, citizen: Citizen, time: Exponential) -> None:
        if time.event is not None:
            time.event.cancel()
        time.event = self.clock.at(time.due, time.kind, citizen.number, citizen)


def _days(citizen: Citizen, name: int, count: int, mean: float) -> float:
    """The citizen's exponential time of this mean; an infinite mean is never."""
    return -math.log(1.0 - uniform(citizen.base, name, count)) * mean if mean < math.inf else math.inf
