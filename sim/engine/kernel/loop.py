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
from sim.engine.kernel.layout import ABSENT, BUSY, ENDS, EVENTS, NOBODY, NOT_COMING, WAITS, World
from sim.engine.tables import FULL, GAVE_UP, LEFT_AREA, OPEN, RECOVERED
from sim.scenario.vocabulary import LOW, NONE

DONE, PAUSED, NO_ROOM = range(3)
"""How `advance` comes back: at the end, after as many events as asked for, or for want of rows."""


@entry
def advance(world: World, most_events: int) -> int:
    """Let things happen until the horizon, or until so many events have, or until rows run out.

    One event may write at most a visit for each stage and one more, and one level change more than that is never
    needed; that many rows must be left before it.
    """
    run = world.run[0]
    spare = world.stages.shape[0] + 2
    for _ in range(most_events):
        if run.agenda == 0:
            return DONE
        if run.visits + spare > world.visits.size or run.changes + 2 > world.level_changes.size or run.free == NOBODY:
            return NO_ROOM
        run.now, key, what = world.due[0], world.key[0], world.what[0]
        cancel(world, what)
        _happens(world, key >> KIND, what)
        if run.agenda == 0 or world.due[0] > run.now:
            _start_work(world)
    return PAUSED


@entry
def open_up(world: World) -> None:
    """The first arrival, and the shifts of day 0."""
    expect_next_arrival(world)
    for team in range(world.teams.size):
        if world.teams[team].number_of_shifts:
            if next_change(world, team) == 0:
                change_shift(world, team)
            service.take_up_shift(world, team)
            expect_change_of_shift(world, team)


@jitted
def _happens(world: World, kind: int, what: int) -> None:
    """One thing that falls due."""
    row = (what - 1 - world.teams.size) // EVENTS
    if kind in (END_OF_WORK, END_OF_DELAY):
        _end(world, row)
    elif kind == ARRIVAL:
        _arrive(world)
    elif kind == LEVEL_CHANGE:
        _take_course(world, row)
    elif kind == COMING:
        world.citizens[row].coming = NOT_COMING
        _approach(world, row, world.run[0].start)
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
    number = world.run[0].arrived
    if number < world.run[0].people:
        expect(world, NEXT_ARRIVAL, max(world.arrival[number], 0.0), ARRIVAL, number)


@jitted
def _remembered(world: World) -> int:
    """A row for the next of the population."""
    run = world.run[0]
    row, number = run.free, run.arrived
    citizen = world.citizens[row]
    run.free = citizen.next
    run.arrived += 1
    citizen.number, citizen.own_luck, citizen.arrival = number, world.base[number], world.arrival[number]
    citizen.group, citizen.neighbourhood = world.group[number], world.neighbourhood[number]
    citizen.level, citizen.needs, citizen.last_seen = world.level[number], world.needs[number], LOW
    citizen.approach = citizen.seq = citizen.may_leave = 0
    citizen.coming, citizen.state, citizen.occupies = NOT_COMING, ABSENT, 0
    for level in range(citizen.entries.size):
        citizen.entries[level] = 0
    world.visits_with[row, :] = 0
    world.kept[row, :] = NOBODY
    return row


@jitted
def _arrive(world: World) -> None:
    """The need arises; or the run begins, and they wait already (rule 18)."""
    row = _remembered(world)
    expect_next_arrival(world)
    citizen, run = world.citizens[row], world.run[0]
    if run.has_levels:
        course.arise(world, row)
    if citizen.arrival < 0 and run.waiting_at != AWAY:
        _approach(world, row, run.waiting_at)
    elif world.asks[citizen.level] == 0:
        _approach(world, row, run.start)
    else:
        course.asks_later(world, row)


@jitted
def _approach(world: World, row: int, stage: int) -> None:
    world.citizens[row].approach += 1
    _go(world, row, stage)


# -- a visit: joined, started, ended ----------------------------------------------------------------------------------


@jitted
def _go(world: World, row: int, stage: int) -> None:
    """On to a stage, and on from those whose line is full; or away."""
    while stage != AWAY:
        if not _turned_away(world, row, stage):
            return
        _finish(world, row, world.run[0].now, FULL)
        stage = world.stages[stage, world.citizens[row].group].when_full
    _leave(world, row)


@jitted
def _turned_away(world: World, row: int, place: int) -> bool:
    """A citizen comes to a stage: a delay begins at once, work waits for a post, if there is room."""
    citizen, now = world.citizens[row], world.run[0].now
    stage = world.stages[place, citizen.group]
    citizen.stage, citizen.count = place, world.visits_with[row, stage.luck]
    world.visits_with[row, stage.luck] += 1
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
    run = world.run[0]
    if run.called == 0:
        return
    for at in range(run.called):
        place = world.called[at]
        world.cells[place].is_called = 0
        row = service.next_held(world, place)
        while row != NOBODY:
            _start(world, row)
            row = service.next_held(world, place)
        row = service.next_own(world, place)
        while row != NOBODY:
            _start(world, row)
            row = service.next_own(world, place)
    for at in range(run.called):
        row = service.next_of_another(world, world.called[at])
        while row != NOBODY:
            _start(world, row)
            row = service.next_of_another(world, world.called[at])
    run.called = 0


@jitted
def _start(world: World, row: int) -> None:
    """Work starts: a post is busy for as long as its hours take, a place on a caseload for weeks."""
    citizen = world.citizens[row]
    stage = world.stages[citizen.stage, citizen.group]
    citizen.attended = is_attended(world, citizen)
    citizen.staff_hours = drawn(world, citizen, WORK)
    if stage.law[WEEKS] != AWAY:
        due = world.run[0].now + drawn(world, citizen, WEEKS)
    else:
        due = done(world, stage.team, citizen.staff_hours / world.teams[stage.team].speed)
    _begin(world, row, due, END_OF_WORK)


@jitted
def _begin(world: World, row: int, due: float, kind: int) -> None:
    citizen = world.citizens[row]
    citizen.state, citizen.started, citizen.due = BUSY, world.run[0].now, due
    expect(world, event_of(world, row, ENDS), due, kind, citizen.number)
    if world.stages[citizen.stage, citizen.group].slows and citizen.attended:
        course.set_pace(world, row, world.run[0].pace_during_help)


@jitted
def _end(world: World, row: int) -> None:
    """Work or a delay is over: gate, help, and the way on."""
    citizen = world.citizens[row]
    service.free(world, row)
    if world.stages[citizen.stage, citizen.group].slows and citizen.attended:
        course.set_pace(world, row, 1.0)
    what = outcome(world, row)
    target = onward(world, citizen, what)
    _finish(world, row, world.run[0].now, what)
    _go(world, row, target)


@jitted
def _finish(world: World, row: int, ended: float, what: int) -> None:
    """Write the visit down; the citizen is between stages."""
    citizen, run = world.citizens[row], world.run[0]
    written = world.visits[run.visits]
    run.visits += 1
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
    if world.run[0].has_levels and world.citizens[row].level != NONE:
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
    world.citizens[row].number = NOBODY
    world.citizens[row].next = world.run[0].free
    world.run[0].free = row


# -- what ends a visit before its time --------------------------------------------------------------------------------


@jitted
def _give_up(world: World, row: int) -> None:
    """Patience is at an end."""
    citizen = world.citizens[row]
    service.stop_waiting(world, row)
    _finish(world, row, world.run[0].now, GAVE_UP)
    _go(world, row, world.stages[citizen.stage, citizen.group].on_give_up)


@jitted
def _take_course(world: World, row: int) -> None:
    """The level moves by itself; what follows depends on where the citizen is (rule 8)."""
    course.take_course(world, row)
    citizen = world.citizens[row]
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
    if world.citizens[row].state != ABSENT:
        _break_off(world, row, LEFT_AREA)
    course.leaves_for_good(world, row)
    _leave(world, row)


@jitted
def _break_off(world: World, row: int, what: int) -> None:
    """A visit ends before its time."""
    cancel(world, event_of(world, row, ENDS))
    if world.citizens[row].state == WAITS:
        service.stop_waiting(world, row)
    else:
        service.free(world, row)
    _finish(world, row, world.run[0].now, what)


@entry
def write_open_visits(world: World, first: int) -> int:
    """Write down the visits open at the horizon from row `first` on, as far as there is room; where to go on."""
    for row in range(first, world.citizens.size):
        if world.run[0].visits == world.visits.size:
            return row
        if world.citizens[row].number != NOBODY and world.citizens[row].state != ABSENT:
            _finish(world, row, math.nan, OPEN)
    return world.citizens.size
