"""The event loop, and what happens to a citizen: the reference engine's methods, in the same order."""

from __future__ import annotations

import math

from sim.engine.clock import (
    ARRIVAL,
    COMING,
    END_OF_DELAY,
    END_OF_PATIENCE,
    END_OF_WORK,
    LEAVING_AREA,
    LEVEL_CHANGE,
    SHIFT_CHANGE,
)
from sim.engine.codes import AWAY, DELAY, PATIENCE, WEEKS, WORK
from sim.engine.kernel import course, service
from sim.engine.kernel.agenda import KIND, NEXT_ARRIVAL, cancel, event_of, expect
from sim.engine.kernel.calendar import change_shift, done, expect_change_of_shift, next_change
from sim.engine.kernel.draws import drawn
from sim.engine.kernel.gate import is_attended, onward, outcome
from sim.engine.kernel.jit import entry, jitted
from sim.engine.kernel.layout import ABSENT, BUSY, ENDS, EVENTS, NOBODY, NOT_COMING, WAITS, Row, World
from sim.engine.kernel.tables import (
    agenda,
    arrivals,
    arriving_groups,
    arriving_levels,
    arriving_luck,
    arriving_needs,
    arriving_neighbourhoods,
    asks,
    called,
    cells,
    citizens,
    kept,
    stage_for,
    stage_of,
    teams,
    visits,
    visits_with,
)
from sim.engine.tables import FULL, GAVE_UP, LEFT_AREA, OPEN, RECOVERED
from sim.scenario.vocabulary import LOW, NONE

DONE, PAUSED, NO_ROOM = range(3)
"""How `advance` comes back: at the end, after as many events as asked for, or for want of rows."""


@entry
def advance(worlds: Row, most_events: int) -> int:
    """Let things happen until the horizon, or until so many events have, or until rows run out."""
    world = worlds[0]
    for _ in range(most_events):
        if world.expected == 0:
            return DONE
        if not _has_room(world):
            return NO_ROOM
        event = agenda(world)[0]
        world.now, key, what = event.due, event.key, event.what
        cancel(world, what)
        _happens(world, key >> KIND, what)
        if world.expected == 0 or agenda(world)[0].due > world.now:
            _start_work(world)
    return PAUSED


@jitted
def _has_room(world: World) -> bool:
    """Whether there are rows for all that one event may write, and for one who arrives."""
    visits_left = world.visit_rows - world.visits_written
    changes_left = world.change_rows - world.changes_written
    return world.free != NOBODY and visits_left >= world.number_of_stages + 2 and changes_left >= 2


@entry
def open_up(worlds: Row) -> None:
    """The first arrival, and the shifts of day 0."""
    world = worlds[0]
    expect_next_arrival(world)
    for team in range(world.number_of_teams):
        if teams(world)[team].number_of_shifts:
            if next_change(world, team) == 0:
                change_shift(world, team)
            service.take_up_shift(world, team)
            expect_change_of_shift(world, team)


@jitted
def _happens(world: World, kind: int, what: int) -> None:
    """One thing that falls due."""
    row = (what - 1 - world.number_of_teams) // EVENTS
    if kind in (END_OF_WORK, END_OF_DELAY):
        _end(world, row)
    elif kind == ARRIVAL:
        _arrive(world)
    elif kind == LEVEL_CHANGE:
        _take_course(world, row)
    elif kind == COMING:
        citizens(world)[row].coming = NOT_COMING
        _approach(world, row, world.start)
    elif kind == END_OF_PATIENCE:
        _give_up(world, row)
    elif kind == LEAVING_AREA:
        _leave_area(world, row)
    elif kind == SHIFT_CHANGE:
        change_shift(world, what - 1)
        service.take_up_shift(world, what - 1)
        expect_change_of_shift(world, what - 1)


# -- arriving, coming forward and coming back -------------------------------------------------------------------------


@jitted
def expect_next_arrival(world: World) -> None:
    """Put the next of the population on the agenda."""
    number = world.arrived
    if number < world.people:
        expect(world, NEXT_ARRIVAL, max(arrivals(world)[number], 0.0), ARRIVAL, number)


@jitted
def _remembered(world: World) -> int:
    """A row for the next of the population."""
    row, number = world.free, world.arrived
    citizen = citizens(world)[row]
    world.free = citizen.next
    world.arrived += 1
    citizen.number, citizen.own_luck, citizen.arrival = number, arriving_luck(world)[number], arrivals(world)[number]
    citizen.group, citizen.neighbourhood = arriving_groups(world)[number], arriving_neighbourhoods(world)[number]
    citizen.level, citizen.needs, citizen.last_seen = arriving_levels(world)[number], arriving_needs(world)[number], LOW
    citizen.approach = citizen.seq = citizen.may_leave = 0
    citizen.coming, citizen.state, citizen.occupies = NOT_COMING, ABSENT, 0
    for level in range(citizen.entries.size):
        citizen.entries[level] = 0
    for luck in range(world.number_of_lucks):
        visits_with(world)[row * world.number_of_lucks + luck] = 0
    for team in range(world.number_of_teams):
        kept(world)[row * world.number_of_teams + team] = NOBODY
    return row


@jitted
def _arrive(world: World) -> None:
    """The need arises; or the run begins, and they wait already (rule 18)."""
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


@jitted
def _approach(world: World, row: int, stage: int) -> None:
    citizens(world)[row].approach += 1
    _go(world, row, stage)


# -- a visit: joined, started, ended ----------------------------------------------------------------------------------


@jitted
def _go(world: World, row: int, stage: int) -> None:
    """On to a stage, and on from those whose line is full; or away."""
    while stage != AWAY:
        if not _turned_away(world, row, stage):
            return
        _finish(world, row, world.now, FULL)
        stage = stage_for(world, stage, citizens(world)[row].group).when_full
    _leave(world, row)


@jitted
def _turned_away(world: World, row: int, place: int) -> bool:
    """A citizen comes to a stage: a delay begins at once, work waits for a post, if there is room."""
    citizen, now = citizens(world)[row], world.now
    stage = stage_for(world, place, citizen.group)
    citizen.stage, citizen.count = place, visits_with(world)[row * world.number_of_lucks + stage.luck]
    visits_with(world)[row * world.number_of_lucks + stage.luck] += 1
    citizen.seq += 1
    waited = citizen.arrival < 0 and citizen.seq == 1
    citizen.joined = citizen.arrival if waited else now
    citizen.started = citizen.due = math.nan
    citizen.visit_level, citizen.visit_needs, citizen.seen = citizen.level, citizen.needs, 0
    citizen.staff_hours, citizen.attended, citizen.cell = 0.0, 1, NOBODY
    if stage.team == AWAY:
        _begin(world, row, now + drawn(world, citizen, DELAY), END_OF_DELAY)
        return False
    if not waited and service.is_full(world, row, stage.team, stage.queue_limit):
        return True
    service.await_work(world, row, stage.team)
    if stage.law[PATIENCE] != AWAY:
        due = now + drawn(world, citizen, PATIENCE)
        expect(world, event_of(world, row, ENDS), due, END_OF_PATIENCE, citizen.number)
    return False


@jitted
def _start_work(world: World) -> None:
    """Cells in order start work for their own while they can; then idle posts of teams that cover look further."""
    if world.number_called == 0:
        return
    for at in range(world.number_called):
        place = called(world)[at]
        cells(world)[place].is_called = 0
        row = service.next_held(world, place)
        while row != NOBODY:
            _start(world, row)
            row = service.next_held(world, place)
        row = service.next_own(world, place)
        while row != NOBODY:
            _start(world, row)
            row = service.next_own(world, place)
    for at in range(world.number_called):
        row = service.next_of_another(world, called(world)[at])
        while row != NOBODY:
            _start(world, row)
            row = service.next_of_another(world, called(world)[at])
    world.number_called = 0


@jitted
def _start(world: World, row: int) -> None:
    """Work starts: a post is busy for as long as its hours take, a place on a caseload for weeks."""
    citizen = citizens(world)[row]
    stage = stage_of(world, citizen)
    citizen.attended = is_attended(world, citizen)
    citizen.staff_hours = drawn(world, citizen, WORK)
    if stage.law[WEEKS] != AWAY:
        due = world.now + drawn(world, citizen, WEEKS)
    else:
        due = done(world, stage.team, citizen.staff_hours / teams(world)[stage.team].speed)
    _begin(world, row, due, END_OF_WORK)


@jitted
def _begin(world: World, row: int, due: float, kind: int) -> None:
    citizen = citizens(world)[row]
    citizen.state, citizen.started, citizen.due = BUSY, world.now, due
    expect(world, event_of(world, row, ENDS), due, kind, citizen.number)
    if stage_of(world, citizen).slows and citizen.attended:
        course.set_pace(world, row, world.pace_during_help)


@jitted
def _end(world: World, row: int) -> None:
    """Work or a delay is over: gate, help, and the way on."""
    citizen = citizens(world)[row]
    service.free(world, row)
    if stage_of(world, citizen).slows and citizen.attended:
        course.set_pace(world, row, 1.0)
    what = outcome(world, row)
    target = onward(world, citizen, what)
    _finish(world, row, world.now, what)
    _go(world, row, target)


@jitted
def _finish(world: World, row: int, ended: float, what: int) -> None:
    """Write the visit down; the citizen is between stages."""
    citizen = citizens(world)[row]
    written = visits(world)[world.visits_written]
    world.visits_written += 1
    written.citizen, written.approach, written.seq = citizen.number, citizen.approach, citizen.seq
    written.stage, written.neighbourhood = citizen.stage, citizen.neighbourhood
    written.joined, written.started, written.due, written.ended = citizen.joined, citizen.started, citizen.due, ended
    written.staff_hours, written.attended, written.outcome = citizen.staff_hours, citizen.attended, what
    written.needs_joined, written.level_joined = citizen.visit_needs, citizen.visit_level
    written.needs_ended, written.level_ended, written.level_seen = citizen.needs, citizen.level, citizen.seen
    citizen.state = ABSENT


@jitted
def _leave(world: World, row: int) -> None:
    """The approach is over; who has need open will come back, and who has none may have one again."""
    service.release(world, row)
    if world.has_levels and citizens(world)[row].level != NONE:
        course.comes_back_later(world, row)
    elif course.may_relapse(world, row):
        course.relapses_later(world, row)
    else:
        _forget(world, row)


@jitted
def _forget(world: World, row: int) -> None:
    """Nothing more can befall them: give their row back."""
    for which in range(EVENTS):
        cancel(world, event_of(world, row, which))
    citizens(world)[row].number = NOBODY
    citizens(world)[row].next = world.free
    world.free = row


# -- what ends a visit before its time --------------------------------------------------------------------------------


@jitted
def _give_up(world: World, row: int) -> None:
    """Patience is at an end."""
    citizen = citizens(world)[row]
    service.stop_waiting(world, row)
    _finish(world, row, world.now, GAVE_UP)
    _go(world, row, stage_of(world, citizen).on_give_up)


@jitted
def _take_course(world: World, row: int) -> None:
    """The level moves by itself; what follows depends on where the citizen is (rule 8)."""
    course.take_course(world, row)
    citizen = citizens(world)[row]
    if citizen.level != NONE:
        service.reorder(world, row)
    elif citizen.state == ABSENT:
        _leave(world, row)
    elif citizen.state == WAITS or citizen.cell == NOBODY:
        _break_off(world, row, RECOVERED)
        _leave(world, row)


@jitted
def _leave_area(world: World, row: int) -> None:
    """Death or moving away ends everything."""
    if citizens(world)[row].state != ABSENT:
        _break_off(world, row, LEFT_AREA)
    course.leaves_for_good(world, row)
    _leave(world, row)


@jitted
def _break_off(world: World, row: int, what: int) -> None:
    """A visit ends before its time."""
    cancel(world, event_of(world, row, ENDS))
    if citizens(world)[row].state == WAITS:
        service.stop_waiting(world, row)
    else:
        service.free(world, row)
    _finish(world, row, world.now, what)


@entry
def write_open_visits(worlds: Row, first: int) -> int:
    """Write down the visits open at the horizon from row `first` on, as far as there is room; where to go on."""
    world = worlds[0]
    for row in range(first, world.rows):
        if world.visits_written == world.visit_rows:
            return row
        if citizens(world)[row].number != NOBODY and citizens(world)[row].state != ABSENT:
            _finish(world, row, math.nan, OPEN)
    return world.rows
