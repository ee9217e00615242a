"""The agenda: what falls due, in the order of rule 1. A heap of four branches in which every event knows its place.

Events are numbered: 0 the next arrival, 1 .. T the change of shift of a team, then one for each row of a citizen: the
first of all that may befall them. They go by their instants; at one instant by their keys, which hold the kind, the
number of the citizen or team, and last the number of the event.
"""

from __future__ import annotations

from sim.engine.clock import COMING, LEAVING_AREA, LEVEL_CHANGE, MOVING_UP, WILL_NOT_WAIT
from sim.engine.instants import NEVER
from sim.engine.kernel.jit import jitted
from sim.engine.kernel.layout import NOBODY, NOT_COMING, Row, World
from sim.engine.kernel.tables import agenda, agenda_places, citizens

BITS = 29
"""Bits of a key for the number of an event, and for that of a citizen or team."""
_EVENT = (1 << BITS) - 1

NEXT_ARRIVAL = 0


@jitted
def kind_of(key: int) -> int:
    """What kind of event has this key."""
    return key >> (2 * BITS)


@jitted
def event_of(key: int) -> int:
    """The number of the event that has this key."""
    return key & _EVENT


@jitted
def _is_before(world: World, one: int, when: int, key: int) -> bool:
    """Whether what stands at place `one` comes before an event of this instant and key."""
    other = agenda(world)[one]
    return (other.when < when) | ((other.when == when) & (other.key < key))


@jitted
def _put(world: World, place: int, when: int, key: int) -> None:
    event = agenda(world)[place]
    event.when, event.key = when, key
    agenda_places(world)[event_of(key)] = place


@jitted
def _move(world: World, one: int, place: int) -> None:
    """What stands at place `one` comes to stand at another."""
    event = agenda(world)[one]
    _put(world, place, event.when, event.key)


@jitted
def _rise(world: World, place: int, when: int, key: int) -> None:
    while place > 0:
        above = (place - 1) >> 2
        if _is_before(world, above, when, key):
            break
        _move(world, above, place)
        place = above
    _put(world, place, when, key)


@jitted
def _earlier(world: World, one: int, other: int) -> int:
    """Which of two places has what comes first. Without a branch: which it is cannot be foretold."""
    a, b = agenda(world)[one], agenda(world)[other]
    return one + (other - one) * int((b.when < a.when) | ((b.when == a.when) & (b.key < a.key)))


@jitted
def _sink(world: World, place: int, when: int, key: int) -> None:
    while 4 * place + 1 < world.expected:
        first = 4 * place + 1  # behind the last event three places say NEVER
        least = _earlier(world, _earlier(world, first, first + 1), _earlier(world, first + 2, first + 3))
        if not _is_before(world, least, when, key):
            break
        _move(world, least, place)
        place = least
    _put(world, place, when, key)


@jitted
def expect(world: World, what: int, due: int, kind: int, number: int) -> None:
    """An event falls due then, and at no other time; at or after the horizon: never."""
    if due >= world.horizon:
        cancel(world, what)
        return
    key = (int(kind) << (2 * BITS)) + (int(number) << BITS) + what
    place = agenda_places(world)[what]
    if place == NOBODY:
        place = world.expected
        world.expected += 1
        _rise(world, place, due, key)
    elif _is_before(world, place, due, key):
        _sink(world, place, due, key)
    else:
        _rise(world, place, due, key)


@jitted
def cancel(world: World, what: int) -> None:
    """An event falls due no more."""
    place = agenda_places(world)[what]
    if place == NOBODY:
        return
    agenda_places(world)[what] = NOBODY
    world.expected -= 1
    last = world.expected
    when, key = agenda(world)[last].when, agenda(world)[last].key
    agenda(world)[last].when = NEVER
    if place == last:
        return
    if place > 0 and not _is_before(world, (place - 1) >> 2, when, key):
        _rise(world, place, when, key)
    else:
        _sink(world, place, when, key)


@jitted
def _next_of(citizen: Row) -> tuple[int, int]:
    """When what first befalls a citizen falls due, and what kind it is."""
    due, kind = min(citizen.worsen_due, citizen.ease_due), LEVEL_CHANGE
    if citizen.may_leave and citizen.leave_due < due:
        due, kind = citizen.leave_due, LEAVING_AREA
    if citizen.rise_due < due:
        due, kind = citizen.rise_due, MOVING_UP
    if citizen.ends_due < due:
        due, kind = citizen.ends_due, citizen.ends_as
    if citizen.coming != NOT_COMING and citizen.come_due < due:
        due, kind = citizen.come_due, COMING
    return due, kind


@jitted
def expect_next(world: World, row: int) -> None:
    """Put on the agenda what first befalls a citizen; to be called after anything that may have changed it."""
    due, kind = _next_of(citizens(world)[row])
    expect(world, event_of_row(world, row), due, kind, citizens(world)[row].number)


@jitted
def event_of_row(world: World, row: int) -> int:
    """The number of a citizen's event."""
    return 1 + world.number_of_teams + row


@jitted
def is_more_due(world: World, row: int) -> bool:
    """Whether anything else falls due now before work starts (rule 1).

    The next of the citizen in this row is not on the agenda yet.
    """
    least = 0
    if row != NOBODY:
        due, kind = _next_of(citizens(world)[row])
        if due <= world.now and kind != WILL_NOT_WAIT:
            return True
        if agenda_places(world)[event_of_row(world, row)] == 0:  # what has just happened still stands there
            least = _earlier(world, _earlier(world, 1, 2), _earlier(world, 3, 4))
    return agenda(world)[least].when <= world.now and kind_of(agenda(world)[least].key) != WILL_NOT_WAIT
