"""The week of a team: how many are there, and when work is done (rules 5 and 6)."""

from __future__ import annotations

from sim.engine.calendars import CLOSED, add_open_time, next_shift
from sim.engine.clock import SHIFT_CHANGE
from sim.engine.instants import A_WEEK
from sim.engine.kernel.agenda import expect
from sim.engine.kernel.jit import jitted, jitted_from
from sim.engine.kernel.layout import World
from sim.engine.kernel.tables import calendars, changes_of_shift, posts, shifts, teams

_add_open_time = jitted_from(add_open_time, next_shift=jitted_from(next_shift))


@jitted
def next_change(world: World, team: int) -> int:
    """When a team's shift next changes."""
    of = teams(world)[team]
    return A_WEEK * of.week + changes_of_shift(world)[of.first_change + of.change].begins


@jitted
def expect_change_of_shift(world: World, team: int) -> None:
    """Put it on the agenda."""
    expect(world, 1 + team, next_change(world, team), SHIFT_CHANGE, team)


@jitted
def change_shift(world: World, team: int) -> None:
    """The team's next shift begins, or it closes; a new week may bring another calendar."""
    of = teams(world)[team]
    of.first_shift = calendars(world)[of.calendar].first_shift
    of.number_of_shifts = calendars(world)[of.calendar].number_of_shifts
    of.shift = changes_of_shift(world)[of.first_change + of.change].shift
    of.begun_in = of.week
    of.change += 1
    if of.change == of.number_of_changes:
        of.week, of.change = of.week + 1, 0
        if of.calendar < of.last_calendar and calendars(world)[of.calendar + 1].week <= of.week:
            of.calendar += 1
            of.first_change = calendars(world)[of.calendar].first_change
            of.number_of_changes = calendars(world)[of.calendar].number_of_changes


@jitted
def posts_now(world: World, team: int, neighbourhood: int) -> int:
    """How many are there now: whole posts, and the fraction of one if its turn has come."""
    of = teams(world)[team]
    if of.shift == CLOSED:
        return 0
    shift = shifts(world)[of.first_shift + of.shift]
    there = posts(world)[(of.first_shift + of.shift) * world.number_of_neighbourhoods + neighbourhood]
    quantum = shift.quantum + shift.quanta * of.begun_in
    return there.whole + int((quantum + 1) * there.top // there.bottom > quantum * there.top // there.bottom)


@jitted
def done(world: World, team: int, needed: int) -> int:
    """When work that a team starts now is done, which needs so much open time."""
    of, now = teams(world)[team], world.now
    if not of.pauses:
        return now + needed
    mine = shifts(world)[of.first_shift : of.first_shift + of.number_of_shifts]
    return _add_open_time(mine.begins, mine.ends, of.open_time, of.shift, now, needed)
