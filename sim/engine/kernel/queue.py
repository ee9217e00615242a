"""Waiting lines, in the order of rule 11: (rank, joined, citizen).

Who comes after all in a line is put at its end, and leaves it from anywhere in a few steps: so first come, first served
costs next to nothing. Who comes before any of those stands in a pairing heap beside (Fredman et al. 1986): joining and
a change of rank cost a few steps there, leaving O(log n) on average. Both are made of the rows of those who wait, and
take no memory but three numbers a citizen.
"""

from __future__ import annotations

from sim.engine.kernel.jit import jitted
from sim.engine.kernel.layout import NOBODY, Row, World
from sim.engine.kernel.tables import citizens, lines

IN_ORDER = -2
"""The child of those who stand at the end of their line, and not in its heap."""


@jitted
def own(place: int) -> int:
    """The line of a cell."""
    return 2 * place


@jitted
def held(place: int) -> int:
    """The line of those for whom a cell holds a place already."""
    return 2 * place + 1


@jitted
def first(world: World, line: int) -> int:
    """Who is served next; NOBODY if nobody waits."""
    it = lines(world)[line]
    if it.heap == NOBODY or (it.head != NOBODY and _goes_first(world, it.head, it.heap)):
        return it.head
    return it.heap


@jitted
def join(world: World, line: int, row: int) -> None:
    """Someone comes to wait."""
    it = lines(world)[line]
    if it.tail == NOBODY or _goes_first(world, it.tail, row):
        _put_last(world, it, row)
    else:
        citizen = citizens(world)[row]
        citizen.child = citizen.next = citizen.before = NOBODY
        it.heap = _meld(world, it.heap, row)


@jitted
def leave(world: World, line: int, row: int) -> None:
    """Someone, wherever they stand, waits no more."""
    it = lines(world)[line]
    if citizens(world)[row].child == IN_ORDER:
        _take_out(world, it, row)
    else:
        it.heap = _without(world, it.heap, row)


@jitted
def _put_last(world: World, line: Row, row: int) -> None:
    citizen = citizens(world)[row]
    citizen.child, citizen.before, citizen.next = IN_ORDER, line.tail, NOBODY
    if line.tail == NOBODY:
        line.head = row
    else:
        citizens(world)[line.tail].next = row
    line.tail = row


@jitted
def _take_out(world: World, line: Row, row: int) -> None:
    before, after = citizens(world)[row].before, citizens(world)[row].next
    if before == NOBODY:
        line.head = after
    else:
        citizens(world)[before].next = after
    if after == NOBODY:
        line.tail = before
    else:
        citizens(world)[after].before = before


@jitted
def _goes_first(world: World, one: int, other: int) -> bool:
    a, b = citizens(world)[one], citizens(world)[other]
    if a.rank != b.rank:
        return a.rank < b.rank
    if a.joined != b.joined:
        return a.joined < b.joined
    return a.number < b.number


@jitted
def _meld(world: World, one: int, other: int) -> int:
    """One heap of two; its first."""
    if one == NOBODY:
        return other
    if other == NOBODY:
        return one
    if not _goes_first(world, one, other):
        one, other = other, one
    below = citizens(world)[one].child
    citizens(world)[other].next, citizens(world)[other].before = below, one
    if below != NOBODY:
        citizens(world)[below].before = other
    citizens(world)[one].child = other
    return one


@jitted
def _children_as_one(world: World, row: int) -> int:
    """The children of a node melded in pairs from the left, then from the right; their first."""
    left = citizens(world)[row].child
    pairs = NOBODY
    while left != NOBODY:
        right = citizens(world)[left].next
        rest = NOBODY if right == NOBODY else citizens(world)[right].next
        citizens(world)[left].next = NOBODY
        if right != NOBODY:
            citizens(world)[right].next = NOBODY
        pair = _meld(world, left, right)
        citizens(world)[pair].next = pairs
        pairs, left = pair, rest
    whole = NOBODY
    while pairs != NOBODY:
        rest = citizens(world)[pairs].next
        citizens(world)[pairs].next = NOBODY
        whole = _meld(world, whole, pairs)
        pairs = rest
    if whole != NOBODY:
        citizens(world)[whole].before = NOBODY
    return whole


@jitted
def _without(world: World, first: int, row: int) -> int:
    """The heap after someone has left it; its first."""
    below = _children_as_one(world, row)
    if row == first:
        return below
    before, after = citizens(world)[row].before, citizens(world)[row].next
    if citizens(world)[before].child == row:
        citizens(world)[before].child = after
    else:
        citizens(world)[before].next = after
    if after != NOBODY:
        citizens(world)[after].before = before
    return _meld(world, first, below)
