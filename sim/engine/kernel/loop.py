"""The event loop: what falls due, in the order of rule 1, and those who arrive."""

from __future__ import annotations

from sim.engine.clock import (
    ARRIVAL,
    COMING,
    END_OF_DELAY,
    END_OF_PATIENCE,
    END_OF_WORK,
    LEAVING_AREA,
    LEVEL_CHANGE,
    MOVING_UP,
    SHIFT_CHANGE,
    WILL_NOT_WAIT,
)
from sim.engine.codes import AWAY
from sim.engine.instants import NEVER
from sim.engine.kernel import course, service
from sim.engine.kernel.agenda import (
    NEXT_ARRIVAL,
    cancel,
    event_of,
    event_of_row,
    expect,
    expect_next,
    is_more_due,
    kind_of,
)
from sim.engine.kernel.calendar import change_shift, expect_change_of_shift, next_change
from sim.engine.kernel.instants import instant
from sim.engine.kernel.jit import entry, jitted
from sim.engine.kernel.layout import ABSENT, NOBODY, NOT_COMING, Row, World
from sim.engine.kernel.tables import (
    agenda,
    arrivals,
    arriving_groups,
    arriving_levels,
    arriving_luck,
    arriving_needs,
    arriving_neighbourhoods,
    asks,
    citizens,
    kept,
    teams,
    visits_with,
)
from sim.engine.kernel.visiting import end, finish, give_up, go, leave_area, start_work, take_course
from sim.engine.tables import OPEN
from sim.scenario.vocabulary import LOW

DONE, PAUSED, NO_ROOM = range(3)
"""How `advance` comes back: at the end, after as many events as asked for, or for want of rows."""


@entry
def advance(worlds: Row, most_events: int) -> int:
    """Let things happen until the horizon, or until so many events have, or until rows run out."""
    world = worlds[0]
    if not world.is_open:
        _open_up(world)
    for _ in range(most_events):
        if not _has_room(world):
            return NO_ROOM
        if world.expected == 0:
            return DONE if _has_written_open_visits(world) else NO_ROOM
        event = agenda(world)[0]
        world.now = event.when
        row = _happens(world, kind_of(event.key), event_of(event.key))
        if not is_more_due(world, row):
            start_work(world)
        if row != NOBODY:
            expect_next(world, row)
    return PAUSED


@jitted
def _has_room(world: World) -> bool:
    """Whether there are rows for all that one event may write, and for one who arrives."""
    visits_left = world.visit_rows - world.visits_written
    changes_left = world.change_rows - world.changes_written
    return world.free != NOBODY and visits_left >= world.number_of_stages + 2 and changes_left >= 2


@jitted
def _open_up(world: World) -> None:
    """The first arrival, and the shifts of day 0."""
    world.is_open = 1
    if world.people:
        expect_next_arrival(world)
    for team in range(world.number_of_teams):
        if teams(world)[team].number_of_shifts:
            if next_change(world, team) == 0:
                change_shift(world, team)
            service.take_up_shift(world, team)
            expect_change_of_shift(world, team)


@jitted
def _has_written_open_visits(world: World) -> bool:
    """Write down the visits open at the horizon, as far as there is room; whether all are."""
    while world.closed < world.rows:
        citizen = citizens(world)[world.closed]
        if citizen.number != NOBODY and citizen.state != ABSENT:
            if not _has_room(world):
                return False
            finish(world, world.closed, NEVER, OPEN)
        world.closed += 1
    return True


@jitted
def _happens(world: World, kind: int, what: int) -> int:
    """One thing that falls due; the row of the citizen for whom it does, whose next is to be put on the agenda."""
    if kind == ARRIVAL:
        return _arrive(world)
    if kind == SHIFT_CHANGE:
        change_shift(world, what - 1)
        service.take_up_shift(world, what - 1)
        expect_change_of_shift(world, what - 1)
        return NOBODY
    row = what - event_of_row(world, 0)
    _befalls(world, kind, row)
    return row


@jitted
def _befalls(world: World, kind: int, row: int) -> None:
    """One thing that falls due for a citizen."""
    if kind in (END_OF_WORK, END_OF_DELAY):
        end(world, row)
    elif kind == LEVEL_CHANGE:
        take_course(world, row)
    elif kind == COMING:
        citizens(world)[row].coming = NOT_COMING
        _approach(world, row, world.start)
    elif kind in (END_OF_PATIENCE, WILL_NOT_WAIT):
        give_up(world, row)
    elif kind == LEAVING_AREA:
        leave_area(world, row)
    elif kind == MOVING_UP:
        service.move_up(world, row)


# -- arriving, coming forward and coming back -------------------------------------------------------------------------


@jitted
def expect_next_arrival(world: World) -> None:
    """Put the next of the population on the agenda; nobody after the last."""
    number = _next_to_come(world)
    if number < world.waiting:
        expect(world, NEXT_ARRIVAL, world.waiting_from, ARRIVAL, number)
    elif number < world.people:
        expect(world, NEXT_ARRIVAL, instant(arrivals(world)[number]), ARRIVAL, number)
    else:
        cancel(world, NEXT_ARRIVAL)


@jitted
def _next_to_come(world: World) -> int:
    """Who comes in next. Who waits already stands first in the population, and comes before others of that instant."""
    if world.waiting_came == world.waiting:
        return world.arrived
    if world.arrived < world.people and instant(arrivals(world)[world.arrived]) < world.waiting_from:
        return world.arrived
    return world.waiting_came


@jitted
def _remembered(world: World) -> int:
    """A row for the next of the population."""
    row, number = world.free, _next_to_come(world)
    citizen = citizens(world)[row]
    world.free = citizen.next
    if number < world.waiting:
        world.waiting_came += 1
    else:
        world.arrived += 1
    citizen.number, citizen.own_luck = number, arriving_luck(world)[number]
    citizen.arrival = instant(arrivals(world)[number])
    citizen.group, citizen.neighbourhood = arriving_groups(world)[number], arriving_neighbourhoods(world)[number]
    citizen.level, citizen.needs, citizen.last_seen = arriving_levels(world)[number], arriving_needs(world)[number], LOW
    citizen.approach = citizen.seq = 0
    citizen.state, citizen.occupies = ABSENT, 0
    course.stop(citizen)
    for level in range(citizen.entries.size):
        citizen.entries[level] = 0
    for luck in range(world.number_of_lucks):
        visits_with(world)[row * world.number_of_lucks + luck] = 0
    for team in range(world.number_of_teams):
        kept(world)[row * world.number_of_teams + team] = NOBODY
    return row


@jitted
def _arrive(world: World) -> int:
    """The need arises; or they come to the line they wait in already (rule 18). The citizen's row."""
    row = _remembered(world)
    expect_next_arrival(world)
    citizen = citizens(world)[row]
    if world.has_levels:
        course.arise(world, row)
    if citizen.arrival < 0 and world.waiting_at != AWAY:
        _approach(world, row, world.waiting_at)
    elif asks(world)[citizen.level] == 0:
        _approach(world, row, world.start)
    else:
        course.asks_later(world, row)
    return row


@jitted
def _approach(world: World, row: int, stage: int) -> None:
    citizens(world)[row].approach += 1
    go(world, row, stage)
