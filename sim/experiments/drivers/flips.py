"""The nearest flip: the smallest joint move of at most three numbers that takes a difference to the other side of 0.

Moves are in units of each number's own range: -1 is its low end, 0 its value, 1 its high end. It is looked for on a
metamodel, along rays, and is only ever the smallest found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np

from sim.measures.arrays import Floats

MOST_NUMBERS = 3
STEPS = 40
ANGLES = 64
RAYS_IN_SPACE = 256

Asked = Callable[[Floats], Floats]
"""A difference at moves of all numbers (points, numbers)."""


class Flip(NamedTuple):
    """A joint move: which numbers by place, how far each goes, and its length (root of the sum of squares)."""

    places: tuple[int, ...]
    moves: tuple[float, ...]

    @property
    def length(self) -> float:
        """How far it is, in half-widths of ranges."""
        return float(np.sqrt(np.sum(np.square(self.moves))))

    @property
    def furthest(self) -> float:
        """How many times as far the move could go before one of its numbers leaves its range."""
        return 1 / max(abs(move) for move in self.moves)

    def without_trifles(self, least: float) -> Flip:
        """The move without those of its numbers that go less far than `least`, unless none is left."""
        kept = [(place, move) for place, move in zip(self.places, self.moves, strict=True) if abs(move) >= least]
        return Flip(*map(tuple, zip(*kept, strict=True))) if kept else self

    def times(self, factor: float) -> Flip:
        """The move along the same ray, so many times as far."""
        return Flip(self.places, tuple(move * factor for move in self.moves))


def nearest_flip(ask: Asked, numbers: int, tried: Sequence[int]) -> Flip | None:
    """The smallest joint move found that takes the difference across 0; None if no three numbers can.

    Parameters
    ----------
    ask : callable
        The difference at moves of all numbers (points, numbers); not 0 where nothing moves.
    numbers : int
        How many numbers there are.
    tried : sequence of int
        Places of the numbers that may move.
    """
    side = float(np.sign(ask(np.zeros((1, numbers)))[0]))
    found = list(_flips(ask, numbers, tried, side))
    return min(found, key=lambda flip: flip.length, default=None)


def _flips(ask: Asked, numbers: int, tried: Sequence[int], side: float) -> Iterator[Flip]:
    """The smallest move along the rays of each set of numbers."""
    for size in range(1, MOST_NUMBERS + 1):
        rays = _rays(size)
        lengths = 1 / np.abs(rays).max(axis=1)
        for places in combinations(tried, size):
            reached = _reached(ask, numbers, places, rays * lengths[:, None], side)
            if np.isfinite(reached).any():
                best = int(np.nanargmin(np.where(np.isfinite(reached), reached * lengths, np.nan)))
                moves = rays[best] * lengths[best] * reached[best]
                yield Flip(places, tuple(float(move) for move in moves))


def _reached(ask: Asked, numbers: int, places: tuple[int, ...], ends: Floats, side: float) -> Floats:
    """How far along each ray, as a share of its length in the box of ranges, the difference is first 0; else inf."""
    shares = np.arange(STEPS + 1) / STEPS
    points = np.zeros((len(ends) * len(shares), numbers))
    points[:, list(places)] = (shares[:, None, None] * ends).reshape(-1, len(places))
    lead = side * ask(points).reshape(len(shares), len(ends))
    lost = lead <= 0
    first = np.argmax(lost, axis=0)
    rows = np.arange(len(ends))
    before, after = lead[np.maximum(first - 1, 0), rows], lead[first, rows]
    share = (first - 1 + before / np.where(before > after, before - after, 1.0)) / STEPS
    return np.where(lost.any(axis=0), share, np.inf)


def _rays(size: int) -> Floats:
    """Directions of so many numbers, about evenly spread (rays, numbers)."""
    if size == 1:
        return np.array([[-1.0], [1.0]])
    if size == 2:
        angles = 2 * np.pi * np.arange(ANGLES) / ANGLES
        return np.column_stack([np.cos(angles), np.sin(angles)])
    heights = 1 - (2 * np.arange(RAYS_IN_SPACE) + 1) / RAYS_IN_SPACE
    turns = np.pi * (3 - 5**0.5) * np.arange(RAYS_IN_SPACE)
    wide = np.sqrt(1 - heights**2)
    return np.column_stack([wide * np.cos(turns), wide * np.sin(turns), heights])
