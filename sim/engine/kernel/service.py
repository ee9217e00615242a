"""Teams at work: lines, posts and places, who starts next (rules 5, 10, 11, 15, 16 and 19)."""

from __future__ import annotations

from sim.engine.codes import GROUP_RANK, NEED_SEEN, TRUE_NEED
from sim.engine.kernel import queue
from sim.engine.kernel.calendar import posts
from sim.engine.kernel.jit import jitted
from sim.engine.kernel.layout import ABSENT, NOBODY, WAITS, Rows, World


@jitted
def call(world: World, place: int) -> None:
    """A cell may have work to start: put it among those called, in order."""
    if world.cells[place].is_called:
        return
    world.cells[place].is_called = 1
    at = world.run[0].called
    world.run[0].called += 1
    while at > 0 and world.called[at - 1] > place:
        world.called[at] = world.called[at - 1]
        at -= 1
    world.called[at] = place


@jitted
def _free(world: World, place: int) -> None:
    cell = world.cells[place]
    cell.busy -= 1
    if cell.first != NOBODY or world.teams[cell.team].covers:
        call(world, place)


@jitted
def _rank(world: World, citizen: Rows, team: int) -> int:
    """The citizen's rank before a team: the lowest is served first."""
    order = world.teams[team].order
    if order == GROUP_RANK:
        return world.group_rank[team, citizen.group]
    if order == TRUE_NEED:
        return -citizen.level
    return -citizen.last_seen if order == NEED_SEEN else 0


@jitted
def await_work(world: World, row: int, team: int) -> None:
    """Join the line of a team; those for whom it holds a place pass the line by."""
    citizen = world.citizens[row]
    held = world.kept[row, team]
    citizen.state = WAITS
    citizen.is_held = held != NOBODY
    if held != NOBODY:
        citizen.cell, citizen.rank = held, 0
        world.cells[held].first_held = queue.joined(world.citizens, world.cells[held].first_held, row)
        call(world, held)
        return
    place = world.cell_of[team, citizen.neighbourhood]
    citizen.cell, citizen.rank = place, _rank(world, citizen, team)
    world.cells[place].first = queue.joined(world.citizens, world.cells[place].first, row)
    world.cells[place].waiting += 1
    if world.teams[team].covers:
        for other in _cells(world, team):
            if world.cells[other].busy < world.cells[other].capacity:
                call(world, other)
    elif world.cells[place].busy < world.cells[place].capacity:
        call(world, place)


@jitted
def _cells(world: World, team: int) -> range:
    """Places of a team's cells."""
    width = world.cell_of.shape[1]
    return range(team * width, (team + 1) * width)


@jitted
def _spare(cell: Rows) -> int:
    """Posts or places that are free."""
    return max(0, cell.capacity - cell.busy)


@jitted
def is_full(world: World, row: int, team: int, limit: int) -> bool:
    """Whether someone who comes now is turned away: no post is free, and `limit` others wait."""
    if world.kept[row, team] != NOBODY:
        return False
    place = world.cell_of[team, world.citizens[row].neighbourhood]
    lent = 0
    if world.teams[team].covers:
        for other in _cells(world, team):
            if other != place:
                lent += max(0, _spare(world.cells[other]) - world.cells[other].waiting)
    return world.cells[place].waiting - _spare(world.cells[place]) - lent >= limit


@jitted
def stop_waiting(world: World, row: int) -> None:
    """Leave the line, to be served or not."""
    citizen = world.citizens[row]
    cell = world.cells[citizen.cell]
    citizen.state = ABSENT
    if citizen.is_held:
        cell.first_held = queue.left(world.citizens, cell.first_held, row)
    else:
        cell.first = queue.left(world.citizens, cell.first, row)
        cell.waiting -= 1


@jitted
def reorder(world: World, row: int) -> None:
    """The citizen's level has changed: another place in the line, where that goes by the true level."""
    citizen = world.citizens[row]
    if citizen.state != WAITS or citizen.is_held:
        return
    team = world.cells[citizen.cell].team
    if world.teams[team].order == TRUE_NEED:
        cell = world.cells[citizen.cell]
        cell.first = queue.left(world.citizens, cell.first, row)
        citizen.rank = _rank(world, citizen, team)
        cell.first = queue.joined(world.citizens, cell.first, row)


@jitted
def free(world: World, row: int) -> None:
    """Give back the post or place, if it was held for this visit alone."""
    citizen = world.citizens[row]
    if citizen.occupies:
        citizen.occupies = 0
        _free(world, citizen.cell)


@jitted
def release(world: World, row: int) -> None:
    """Give back the places held for the citizen until now."""
    for team in range(world.teams.size):
        if world.kept[row, team] != NOBODY:
            _free(world, world.kept[row, team])
            world.kept[row, team] = NOBODY


@jitted
def take_up_shift(world: World, team: int) -> None:
    """So many posts are there now."""
    width = world.cell_of.shape[1]
    for place in _cells(world, team):
        world.cells[place].capacity = posts(world, team, place - team * width)
        call(world, place)


@jitted
def next_held(world: World, place: int) -> int:
    """The next for whom the cell holds a place already, taken from the line; NOBODY if there is none."""
    row = world.cells[place].first_held
    if row != NOBODY:
        stop_waiting(world, row)
    return row


@jitted
def next_own(world: World, place: int) -> int:
    """The next of the cell's own line, with a post or place of it; NOBODY if there is none for them or none waits."""
    cell = world.cells[place]
    return _served(world, place, cell.first) if cell.busy < cell.capacity else NOBODY


@jitted
def next_of_another(world: World, place: int) -> int:
    """The first in line in the next neighbourhood where anyone waits, with a post or place of this cell."""
    cell = world.cells[place]
    if not world.teams[cell.team].covers or cell.busy >= cell.capacity:
        return NOBODY
    width = world.cell_of.shape[1]
    for more in range(1, width):
        other = cell.team * width + (place - cell.team * width + more) % width
        if world.cells[other].first != NOBODY:
            return _served(world, place, world.cells[other].first)
    return NOBODY


@jitted
def _served(world: World, place: int, row: int) -> int:
    """Who leaves the line for a post or place of this cell: for the visit alone, or until the approach ends."""
    if row == NOBODY:
        return NOBODY
    stop_waiting(world, row)
    citizen, cell = world.citizens[row], world.cells[place]
    cell.busy += 1
    citizen.cell = place
    if world.teams[cell.team].keeps:
        world.kept[row, cell.team] = place
    else:
        citizen.occupies = 1
    return row
