"""The course of a need, and the times whose mean depends on the level (rules 7, 9 and 14)."""

from __future__ import annotations

import math

import numpy as np

from sim.engine.instants import NEVER
from sim.engine.kernel.draws import exponential
from sim.engine.kernel.instants import day_of, days_between, span
from sim.engine.kernel.jit import jitted
from sim.engine.kernel.layout import NOT_COMING, WILL_ASK, WILL_COME_BACK, Row, World
from sim.engine.kernel.tables import asks, citizens, comes_back, groups, level_changes
from sim.engine.luck import name_hash
from sim.engine.tables import EASED, MOVED_AWAY, RELAPSED, WORSENED
from sim.scenario.vocabulary import LEVELS, NONE

_WORSENS = np.array([name_hash(f"course.{level}/worsens") for level in LEVELS], np.uint64)
_EASES = np.array([name_hash(f"course.{level}/eases") for level in LEVELS], np.uint64)
_LEAVES, _ASKS, _COMES_BACK, _RELAPSES = (
    np.uint64(name_hash(f"citizen/{name}")) for name in ("leaves", "asks", "comes_back", "relapses")
)


@jitted
def _from(now: int, rest: float, pace: float) -> int:
    return now + span(rest / pace) if pace > 0 else NEVER


@jitted
def _at_mean(now: int, rest: float, mean: float) -> int:
    return now + span(rest * mean) if mean < math.inf else NEVER


@jitted
def _days(citizen: Row, name: np.uint64, count: int, mean: float) -> float:
    """The citizen's exponential time of this mean; an infinite mean is never."""
    return exponential(citizen.own_luck, name, count) * mean if mean < math.inf else math.inf


@jitted
def _enter(world: World, row: int, worsens_after: float, eases_after: float) -> None:
    """A level begins, with the days until it worsens (at full pace) and eases."""
    citizen, now = citizens(world)[row], world.now
    citizen.rest = worsens_after
    citizen.worsen_due = _from(now, citizen.rest, citizen.pace)
    citizen.ease_due = now + span(eases_after)


@jitted
def _enter_level(world: World, row: int) -> None:
    """Draw when the new level worsens and when it eases; the earlier acts."""
    citizen = citizens(world)[row]
    level, group = citizen.level, groups(world)[citizen.group]
    count = citizen.entries[level]
    citizen.entries[level] += 1
    worsens = _days(citizen, _WORSENS[level], count, group.worsens[level])
    _enter(world, row, worsens, _days(citizen, _EASES[level], count, group.eases[level]))


@jitted
def arise(world: World, row: int) -> None:
    """The need arises: its course begins, and the time until the citizen dies or moves away."""
    citizen = citizens(world)[row]
    citizen.pace = 1.0
    _enter_level(world, row)
    citizen.may_leave = 1
    citizen.leave_rest = exponential(citizen.own_luck, _LEAVES, 0)
    mean = groups(world)[citizen.group].leaves[citizen.level]
    citizen.leave_due = _at_mean(world.now, citizen.leave_rest, mean)


@jitted
def _coming_mean(world: World, citizen: Row, level: int) -> float:
    return asks(world)[level] if citizen.coming == WILL_ASK else comes_back(world)[level]


@jitted
def asks_later(world: World, row: int) -> None:
    """The citizen will come forward for the first time, after a while that depends on the level."""
    citizens(world)[row].coming = WILL_ASK
    _will_come(world, row, exponential(citizens(world)[row].own_luck, _ASKS, 0))


@jitted
def comes_back_later(world: World, row: int) -> None:
    """The citizen will come back, after a while that depends on the level."""
    citizen = citizens(world)[row]
    citizen.coming = WILL_COME_BACK
    _will_come(world, row, exponential(citizen.own_luck, _COMES_BACK, citizen.approach))


@jitted
def _will_come(world: World, row: int, rest: float) -> None:
    citizen = citizens(world)[row]
    citizen.come_rest = rest
    citizen.come_due = _at_mean(world.now, rest, _coming_mean(world, citizen, citizen.level))


@jitted
def set_pace(world: World, row: int, pace: float) -> None:
    """Worsening goes on at another pace from now; at 0 it stands still and keeps its rest."""
    _set_pace(citizens(world)[row], world.now, pace)


@jitted
def _set_pace(citizen: Row, now: int, pace: float) -> None:
    if citizen.pace > 0 and citizen.rest < math.inf:
        citizen.rest = days_between(now, citizen.worsen_due) * citizen.pace
    citizen.pace = pace
    citizen.worsen_due = _from(now, citizen.rest, pace)


@jitted
def change(world: World, row: int, level: int, cause: int) -> None:
    """The level changes: its own times are drawn anew, those that depend on it go on at another rate."""
    citizen = citizens(world)[row]
    old, now = citizen.level, world.now
    written = level_changes(world)[world.changes_written]
    world.changes_written += 1
    written.citizen, written.day, written.cause = citizen.number, day_of(now), cause
    written.from_level, written.to_level = old, level
    citizen.level = level
    _enter_level(world, row)
    if citizen.may_leave:
        means = groups(world)[citizen.group].leaves
        if means[old] < math.inf:
            citizen.leave_rest = days_between(now, citizen.leave_due) / means[old]
        citizen.leave_due = _at_mean(now, citizen.leave_rest, means[level])
    if citizen.coming != NOT_COMING:
        before = _coming_mean(world, citizen, old)
        if before < math.inf:
            citizen.come_rest = days_between(now, citizen.come_due) / before
        citizen.come_due = _at_mean(now, citizen.come_rest, _coming_mean(world, citizen, level))


@jitted
def take_course(world: World, row: int) -> None:
    """The level moves by itself: one up or down, to none, or by a relapse from none to low."""
    citizen = citizens(world)[row]
    old = citizen.level
    step = 1 if citizen.worsen_due <= citizen.ease_due else -1
    if old == NONE:
        citizen.needs = 1
        change(world, row, old + step, RELAPSED)
        if citizen.coming == NOT_COMING:
            comes_back_later(world, row)
        return
    change(world, row, old + step, WORSENED if step > 0 else EASED)
    if citizen.level == NONE:
        citizen.needs = 0


@jitted
def leaves_for_good(world: World, row: int) -> None:
    """The citizen has left the area: nothing more will befall them."""
    change(world, row, NONE, MOVED_AWAY)
    citizens(world)[row].may_leave = 0


@jitted
def stop(citizen: Row) -> None:
    """No course, yet or any more; nothing befalls the citizen by themselves."""
    citizen.worsen_due = citizen.ease_due = citizen.rise_due = citizen.ends_due = NEVER
    citizen.may_leave, citizen.coming = 0, NOT_COMING


@jitted
def may_relapse(world: World, row: int) -> bool:
    """Whether the need of someone without one may come back; not that of someone who has left the area."""
    citizen = citizens(world)[row]
    return citizen.may_leave != 0 and groups(world)[citizen.group].relapses < math.inf


@jitted
def relapses_later(world: World, row: int) -> None:
    """The need, which has ended, will come back after a while; nothing is under way any more."""
    citizen = citizens(world)[row]
    _set_pace(citizen, world.now, 1.0)
    mean = groups(world)[citizen.group].relapses
    _enter(world, row, _days(citizen, _RELAPSES, citizen.entries[NONE] - 1, mean), math.inf)
