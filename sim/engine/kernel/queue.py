"""Waiting lines: pairing heaps whose nodes are the rows of those who wait (Fredman et al. 1986).

Joining and a change of rank cost a few steps, leaving from anywhere O(log n) on average, and no memory but three
numbers a citizen. The order is that of rule 11: (rank, joined, citizen).
"""

from __future__ import annotations

from sim.engine.kernel.jit import jitted
from sim.engine.kernel.layout import NOBODY, World
from sim.engine.kernel.tables import citizens


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
    """One line of two; its first."""
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
def joined(world: World, first: int, row: int) -> int:
    """The line after someone has joined; its first."""
    citizen = citizens(world)[row]
    citizen.child = citizen.next = citizen.before = NOBODY
    return _meld(world, first, row)


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
def left(world: World, first: int, row: int) -> int:
    """The line after someone, wherever they stand, has left it; its first."""
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
