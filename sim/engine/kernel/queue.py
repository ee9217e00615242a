"""Waiting lines: pairing heaps whose nodes are the rows of those who wait (Fredman et al. 1986).

Joining and a change of rank cost a few steps, leaving from anywhere O(log n) on average, and no memory but three
numbers a citizen. The order is that of rule 11: (rank, joined, citizen).
"""

from __future__ import annotations

from sim.engine.kernel.jit import jitted
from sim.engine.kernel.layout import NOBODY, Rows


@jitted
def _goes_first(citizens: Rows, one: int, other: int) -> bool:
    a, b = citizens[one], citizens[other]
    if a.rank != b.rank:
        return a.rank < b.rank
    if a.joined != b.joined:
        return a.joined < b.joined
    return a.number < b.number


@jitted
def _meld(citizens: Rows, one: int, other: int) -> int:
    """One line of two; its first."""
    if one == NOBODY:
        return other
    if other == NOBODY:
        return one
    if not _goes_first(citizens, one, other):
        one, other = other, one
    below = citizens[one].child
    citizens[other].next, citizens[other].before = below, one
    if below != NOBODY:
        citizens[below].before = other
    citizens[one].child = other
    return one


@jitted
def joined(citizens: Rows, first: int, row: int) -> int:
    """The line after someone has joined; its first."""
    citizen = citizens[row]
    citizen.child = citizen.next = citizen.before = NOBODY
    return _meld(citizens, first, row)


@jitted
def _children_as_one(citizens: Rows, row: int) -> int:
    """The children of a node melded in pairs from the left, then from the right; their first."""
    left = citizens[row].child
    pairs = NOBODY
    while left != NOBODY:
        right = citizens[left].next
        rest = NOBODY if right == NOBODY else citizens[right].next
        citizens[left].next = NOBODY
        if right != NOBODY:
            citizens[right].next = NOBODY
        pair = _meld(citizens, left, right)
        citizens[pair].next = pairs
        pairs, left = pair, rest
    whole = NOBODY
    while pairs != NOBODY:
        rest = citizens[pairs].next
        citizens[pairs].next = NOBODY
        whole = _meld(citizens, whole, pairs)
        pairs = rest
    if whole != NOBODY:
        citizens[whole].before = NOBODY
    return whole


@jitted
def left(citizens: Rows, first: int, row: int) -> int:
    """The line after someone, wherever they stand, has left it; its first."""
    below = _children_as_one(citizens, row)
    if row == first:
        return below
    before, after = citizens[row].before, citizens[row].next
    if citizens[before].child == row:
        citizens[before].child = after
    else:
        citizens[before].next = after
    if after != NOBODY:
        citizens[after].before = before
    return _meld(citizens, first, below)
