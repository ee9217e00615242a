"""Teams at work: lines, posts and places, who starts next (rules 5, 10, 11, 15, 16 and 19)."""

from __future__ import annotations

from sim.engine.codes import GROUP_RANK, NEED_SEEN, TRUE_NEED
from sim.engine.instants import NEVER
from sim.engine.kernel import queue
from sim.engine.kernel.calendar import posts_now
from sim.engine.kernel.jit import jitted
from sim.engine.kernel.layout import ABSENT, NOBODY, WAITS, Row, World
from sim.engine.kernel.tables import called, cell_places, cells, citizens, group_ranks, kept, teams
from sim.scenario.vocabulary import CRISIS


@jitted
def call(world: World, place: int) -> None:
    """A cell may have work to start: put it among those called, in order."""
    if cells(world)[place].is_called:
        return
    cells(world)[place].is_called = 1
    at = world.number_called
    world.number_called += 1
    while at > 0 and called(world)[at - 1] > place:
        called(world)[at] = called(world)[at - 1]
        at -= 1
    called(world)[at] = place


@jitted
def _free(world: World, place: int) -> None:
    cell = cells(world)[place]
    cell.busy -= 1
    if cell.waiting or teams(world)[cell.team].covers:
        call(world, place)


@jitted
def _rank(world: World, citizen: Row, team: int) -> int:
    """The citizen's rank before a team: the lowest is served first."""
    order = teams(world)[team].order
    if order == GROUP_RANK:
        return max(group_ranks(world)[team * world.number_of_groups + citizen.group] - citizen.moved_up, 0)
    if order in (TRUE_NEED, NEED_SEEN):
        return -min((citizen.level if order == TRUE_NEED else citizen.last_seen) + citizen.moved_up, CRISIS)
    return 0


@jitted
def await_work(world: World, row: int, team: int) -> None:
    """Join the line of a team; those for whom it holds a place pass the line by."""
    citizen = citizens(world)[row]
    held = kept(world)[row * world.number_of_teams + team]
    citizen.state = WAITS
    citizen.is_held = held != NOBODY
    if held != NOBODY:
        citizen.cell, citizen.rank = held, 0
        queue.join(world, queue.held(held), row)
        call(world, held)
        return
    place = cell_places(world)[team * world.number_of_neighbourhoods + citizen.neighbourhood]
    citizen.cell, citizen.rank = place, _rank(world, citizen, team)
    queue.join(world, queue.own(place), row)
    cells(world)[place].waiting += 1
    if teams(world)[team].covers:
        for other in _cells_of(world, team):
            if cells(world)[other].busy < cells(world)[other].capacity:
                call(world, other)
    elif cells(world)[place].busy < cells(world)[place].capacity:
        call(world, place)


@jitted
def _cells_of(world: World, team: int) -> range:
    """Places of a team's cells."""
    width = world.number_of_neighbourhoods
    return range(team * width, (team + 1) * width)


@jitted
def _spare(cell: Row) -> int:
    """Posts or places that are free."""
    return max(0, cell.capacity - cell.busy)


@jitted
def is_full(world: World, row: int, team: int, limit: int) -> bool:
    """Whether someone who comes now is turned away: no post is free, and `limit` others wait."""
    if kept(world)[row * world.number_of_teams + team] != NOBODY:
        return False
    place = cell_places(world)[team * world.number_of_neighbourhoods + citizens(world)[row].neighbourhood]
    lent = 0
    if teams(world)[team].covers:
        for other in _cells_of(world, team):
            if other != place:
                lent += max(0, _spare(cells(world)[other]) - cells(world)[other].waiting)
    return cells(world)[place].waiting - _spare(cells(world)[place]) - lent >= limit


@jitted
def stop_waiting(world: World, row: int) -> None:
    """Leave the line, to be served or not."""
    citizen = citizens(world)[row]
    citizen.state, citizen.rise_due = ABSENT, NEVER
    if citizen.is_held:
        queue.leave(world, queue.held(citizen.cell), row)
    else:
        queue.leave(world, queue.own(citizen.cell), row)
        cells(world)[citizen.cell].waiting -= 1


@jitted
def reorder(world: World, row: int) -> None:
    """The citizen's level has changed: another place in the line, where that goes by the true level."""
    citizen = citizens(world)[row]
    if citizen.state != WAITS or citizen.is_held:
        return
    team = cells(world)[citizen.cell].team
    if teams(world)[team].order == TRUE_NEED:
        _change_place(world, row, team)


@jitted
def move_up(world: World, row: int) -> None:
    """Who still waits counts one rank higher from now on."""
    citizen = citizens(world)[row]
    citizen.rise_due, citizen.moved_up = NEVER, 1
    _change_place(world, row, cells(world)[citizen.cell].team)


@jitted
def _change_place(world: World, row: int, team: int) -> None:
    """Stand in the line where the rank now says."""
    citizen = citizens(world)[row]
    queue.leave(world, queue.own(citizen.cell), row)
    citizen.rank = _rank(world, citizen, team)
    queue.join(world, queue.own(citizen.cell), row)


@jitted
def free(world: World, row: int) -> None:
    """Give back the post or place, if it was held for this visit alone."""
    citizen = citizens(world)[row]
    if citizen.occupies:
        citizen.occupies = 0
        _free(world, citizen.cell)


@jitted
def release(world: World, row: int) -> None:
    """Give back the places held for the citizen until now."""
    for team in range(world.number_of_teams):
        if kept(world)[row * world.number_of_teams + team] != NOBODY:
            _free(world, kept(world)[row * world.number_of_teams + team])
            kept(world)[row * world.number_of_teams + team] = NOBODY


@jitted
def take_up_shift(world: World, team: int) -> None:
    """So many posts are there now."""
    width = world.number_of_neighbourhoods
    for place in _cells_of(world, team):
        cells(world)[place].capacity = posts_now(world, team, place - team * width)
        call(world, place)


@jitted
def next_held(world: World, place: int) -> int:
    """The next for whom the cell holds a place already, taken from the line; NOBODY if there is none."""
    row = queue.first(world, queue.held(place))
    if row != NOBODY:
        stop_waiting(world, row)
    return row


@jitted
def next_own(world: World, place: int) -> int:
    """The next of the cell's own line, with a post or place of it; NOBODY if there is none for them or none waits."""
    cell = cells(world)[place]
    return _served(world, place, queue.first(world, queue.own(place))) if cell.busy < cell.capacity else NOBODY


@jitted
def next_of_another(world: World, place: int) -> int:
    """The first in line in the next neighbourhood where anyone waits, with a post or place of this cell."""
    cell = cells(world)[place]
    if not teams(world)[cell.team].covers or cell.busy >= cell.capacity:
        return NOBODY
    width = world.number_of_neighbourhoods
    for more in range(1, width):
        other = cell.team * width + (place - cell.team * width + more) % width
        if cells(world)[other].waiting:
            return _served(world, place, queue.first(world, queue.own(other)))
    return NOBODY


@jitted
def _served(world: World, place: int, row: int) -> int:
    """Who leaves the line for a post or place of this cell: for the visit alone, or until the approach ends."""
    if row == NOBODY:
        return NOBODY
    stop_waiting(world, row)
    citizen, cell = citizens(world)[row], cells(world)[place]
    cell.busy += 1
    citizen.cell = place
    if teams(world)[cell.team].keeps:
        kept(world)[row * world.number_of_teams + cell.team] = place
    else:
        citizen.occupies = 1
    return row
