"""A visit: joined, started, ended or broken off, and where it leads: the methods of the reference engine in order."""

from __future__ import annotations

from sim.engine.clock import END_OF_DELAY, END_OF_PATIENCE, END_OF_WORK, WILL_NOT_WAIT
from sim.engine.codes import AWAY, DELAY, PATIENCE, WEEKS, WORK
from sim.engine.instants import NEVER
from sim.engine.kernel import course, service
from sim.engine.kernel.agenda import expect_next
from sim.engine.kernel.calendar import done
from sim.engine.kernel.draws import drawn
from sim.engine.kernel.gate import is_attended, onward, outcome
from sim.engine.kernel.instants import day_of, span
from sim.engine.kernel.jit import jitted
from sim.engine.kernel.layout import ABSENT, BUSY, NOBODY, WAITS, World
from sim.engine.kernel.tables import called, cells, citizens, stage_for, stage_of, teams, visits, visits_with
from sim.engine.tables import FULL, GAVE_UP, LEFT_AREA, RECOVERED
from sim.scenario.vocabulary import NONE


@jitted
def go(world: World, row: int, stage: int) -> None:
    """On to a stage, and on from those whose line is full; or away."""
    while stage != AWAY:
        if not _turned_away(world, row, stage):
            return
        finish(world, row, world.now, FULL)
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
    citizen.joined = now + citizen.arrival if waited else now
    citizen.started = citizen.due = NEVER
    citizen.visit_level, citizen.visit_needs, citizen.seen = citizen.level, citizen.needs, 0
    citizen.staff_hours, citizen.attended, citizen.moved_up, citizen.cell = 0.0, 1, 0, NOBODY
    if stage.team == AWAY:
        _begin(world, row, now + span(drawn(world, citizen, DELAY)), END_OF_DELAY)
        return False
    if not waited and service.is_full(world, row, stage.team, stage.queue_limit):
        return True
    service.await_work(world, row, stage.team)
    if stage.law[PATIENCE] != AWAY:
        patience = span(drawn(world, citizen, PATIENCE))
        citizen.ends_due, citizen.ends_as = now + patience, END_OF_PATIENCE if patience else WILL_NOT_WAIT
    if stage.moves_up != NEVER and not citizen.is_held:
        citizen.rise_due = max(now, citizen.joined + stage.moves_up)
    return False


@jitted
def start_work(world: World) -> None:
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
        due = world.now + span(drawn(world, citizen, WEEKS))
    else:
        due = done(world, stage.team, span(citizen.staff_hours / teams(world)[stage.team].speed))
    _begin(world, row, due, END_OF_WORK)
    expect_next(world, row)


@jitted
def _begin(world: World, row: int, due: int, kind: int) -> None:
    citizen = citizens(world)[row]
    citizen.state, citizen.started, citizen.due = BUSY, world.now, due
    citizen.ends_due, citizen.ends_as = due, kind
    if stage_of(world, citizen).slows and citizen.attended:
        course.set_pace(world, row, world.pace_during_help)


@jitted
def end(world: World, row: int) -> None:
    """Work or a delay is over: gate, help, and the way on."""
    citizen = citizens(world)[row]
    citizen.ends_due = NEVER
    service.free(world, row)
    if stage_of(world, citizen).slows and citizen.attended:
        course.set_pace(world, row, 1.0)
    what = outcome(world, row)
    target = onward(world, citizen, what)
    finish(world, row, world.now, what)
    go(world, row, target)


@jitted
def finish(world: World, row: int, ended: int, what: int) -> None:
    """Write the visit down; the citizen is between stages."""
    citizen = citizens(world)[row]
    written = visits(world)[world.visits_written]
    world.visits_written += 1
    written.citizen, written.approach, written.seq = citizen.number, citizen.approach, citizen.seq
    written.stage, written.neighbourhood = citizen.stage, citizen.neighbourhood
    written.joined, written.started = day_of(citizen.joined), day_of(citizen.started)
    written.due, written.ended = day_of(citizen.due), day_of(ended)
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
    course.stop(citizens(world)[row])
    citizens(world)[row].number = NOBODY
    citizens(world)[row].next = world.free
    world.free = row


# -- what ends a visit before its time --------------------------------------------------------------------------------


@jitted
def give_up(world: World, row: int) -> None:
    """Patience is at an end."""
    citizen = citizens(world)[row]
    citizen.ends_due = NEVER
    service.stop_waiting(world, row)
    finish(world, row, world.now, GAVE_UP)
    go(world, row, stage_of(world, citizen).on_give_up)


@jitted
def take_course(world: World, row: int) -> None:
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
def leave_area(world: World, row: int) -> None:
    """Death or moving away ends everything."""
    if citizens(world)[row].state != ABSENT:
        _break_off(world, row, LEFT_AREA)
    course.leaves_for_good(world, row)
    _leave(world, row)


@jitted
def _break_off(world: World, row: int, what: int) -> None:
    """A visit ends before its time."""
    citizens(world)[row].ends_due = NEVER
    if citizens(world)[row].state == WAITS:
        service.stop_waiting(world, row)
    else:
        service.free(world, row)
    finish(world, row, world.now, what)
