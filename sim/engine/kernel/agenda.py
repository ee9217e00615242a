"""The agenda: what falls due, in the order of rule 1. A heap of four branches in which every event knows its place.

Events are numbered: 0 the next arrival, 1 .. T the change of shift of a team, then four for each row of a citizen.
"""

from __future__ import annotations

from sim.engine.kernel.jit import jitted
from sim.engine.kernel.layout import EVENTS, NOBODY, World
from sim.engine.kernel.tables import agenda, agenda_places

KIND = 40
"""Bits of a key below the kind of event; they hold the number of the citizen or team."""

NEXT_ARRIVAL = 0


@jitted
def event_of(world: World, row: int, which: int) -> int:
    """The number of a citizen's event."""
    return 1 + world.number_of_teams + EVENTS * row + which


@jitted
def _is_before(world: World, one: int, due: float, key: int) -> bool:
    """Whether what stands at place `one` comes before an event of this time and key."""
    other = agenda(world)[one]
    return other.due < due or (other.due == due and other.key < key)


@jitted
def _put(world: World, place: int, due: float, key: int, what: int) -> None:
    event = agenda(world)[place]
    event.due, event.key, event.what = due, key, what
    agenda_places(world)[what] = place


@jitted
def _move(world: World, one: int, place: int) -> None:
    """What stands at place `one` comes to stand at another."""
    event = agenda(world)[one]
    _put(world, place, event.due, event.key, event.what)


@jitted
def _rise(world: World, place: int, due: float, key: int, what: int) -> None:
    while place > 0:
        above = (place - 1) >> 2
        if _is_before(world, above, due, key):
            break
        _move(world, above, place)
        place = above
    _put(world, place, due, key, what)


@jitted
def _sink(world: World, place: int, due: float, key: int, what: int) -> None:
    size = world.expected
    while True:
        first = 4 * place + 1
        if first >= size:
            break
        least = first
        for other in range(first + 1, min(first + 4, size)):
            if _is_before(world, other, agenda(world)[least].due, agenda(world)[least].key):
                least = other
        if not _is_before(world, least, due, key):
            break
        _move(world, least, place)
        place = least
    _put(world, place, due, key, what)


@jitted
def expect(world: World, what: int, due: float, kind: int, number: int) -> None:
    """An event falls due then, and at no other time; at or after the horizon: never."""
    if not due < world.horizon:
        cancel(world, what)
        return
    key = (kind << KIND) + number
    place = agenda_places(world)[what]
    if place == NOBODY:
        place = world.expected
        world.expected += 1
        _rise(world, place, due, key, what)
    elif _is_before(world, place, due, key):
        _sink(world, place, due, key, what)
    else:
        _rise(world, place, due, key, what)


@jitted
def cancel(world: World, what: int) -> None:
    """An event falls due no more."""
    place = agenda_places(world)[what]
    if place == NOBODY:
        return
    agenda_places(world)[what] = NOBODY
    world.expected -= 1
    last = world.expected
    if place == last:
        return
    moved = agenda(world)[last]
    due, key, event = moved.due, moved.key, moved.what
    if place > 0 and not _is_before(world, (place - 1) >> 2, due, key):
        _rise(world, place, due, key, event)
    else:
        _sink(world, place, due, key, event)
