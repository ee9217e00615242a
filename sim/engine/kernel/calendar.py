"""The week of a team: how many are there, and when work is done (rules 5 and 6)."""

from __future__ import annotations

from sim.engine import calendars
from sim.engine.calendars import CLOSED
from sim.engine.clock import SHIFT_CHANGE
from sim.engine.kernel.agenda import expect
from sim.engine.kernel.jit import jitted, jitted_from
from sim.engine.kernel.layout import World
from sim.scenario.vocabulary import DAYS_A_WEEK

_add_open_time = jitted_from(calendars.add_open_time, next_shift=jitted_from(calendars.next_shift))


@jitted
def next_change(world: World, team: int) -> float:
    """When a team's shift next changes [days]."""
    of = world.teams[team]
    return DAYS_A_WEEK * of.week + world.changes_of_shift[of.first_change + of.change].day


@jitted
def expect_change_of_shift(world: World, team: int) -> None:
    """Put it on the agenda."""
    expect(world, 1 + team, next_change(world, team), SHIFT_CHANGE, team)


@jitted
def change_shift(world: World, team: int) -> None:
    """The team's next shift begins, or it closes."""
    of = world.teams[team]
    of.shift = world.changes_of_shift[of.first_change + of.change].shift
    of.counted = of.week
    of.change += 1
    if of.change == of.number_of_changes:
        of.week, of.change = of.week + 1, 0


@jitted
def posts(world: World, team: int, neighbourhood: int) -> int:
    """How many are there now: whole posts, and the fraction of one if its turn has come."""
    of = world.teams[team]
    if of.shift == CLOSED:
        return 0
    shift = world.shifts[of.first_shift + of.shift]
    there = world.posts[of.first_shift + of.shift, neighbourhood]
    before = (shift.count + shift.step * of.counted) * there[1] + there[3]
    return there[0] + ((before + there[1]) // there[2] > before // there[2])


@jitted
def done(world: World, team: int, days: float) -> float:
    """When work of so many open days that a team starts now is done."""
    of, now = world.teams[team], world.run[0].now
    if not of.pauses:
        return now + days
    mine = world.shifts[of.first_shift : of.first_shift + of.number_of_shifts]
    return _add_open_time(mine.begins, mine.ends, of.open_days, of.shift, now, days)
