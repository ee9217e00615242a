"""Compositions: shares that must add up to 1, drawn so that they do.

Shares with a stated range are drawn from it, and the others give way to them. Where two others share what is left, the
first is drawn and the second takes what it leaves; where more do, each is drawn, the rest too, and all are brought to
what is left in proportion: so a small rest stays small, whatever the large shares come to. Where none gives way, or
those drawn leave nothing, all are brought to 1 in proportion.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from sim.measures.arrays import Floats
from sim.scenario.uncertain import Mix, Uncertain

Values = dict[str, Floats]
"""Numbers by path, one a draw."""


class Composition(NamedTuple):
    """Shares that add up to 1, by path: those `given`, by a range or as they are, and the `free` that give way."""

    given: dict[str, float]
    free: dict[str, float]
    rest: str | None

    @property
    def drawn(self) -> tuple[str, ...]:
        """The free shares that must be drawn."""
        count = len(self.free)
        return tuple(self.free)[: count if count > 2 else count - 1]


def composition(mix: Mix, varying: Mapping[str, Uncertain]) -> Composition:
    """The shares of a mix, by what becomes of them where these numbers vary."""
    given = {
        path: share
        for path, share in mix.shares.items()
        if path != mix.rest and (path not in varying or varying[path].is_stated)
    }
    free = {path: share for path, share in mix.shares.items() if path not in given and share > 0}
    return Composition(given, free, mix.rest)


def composed(mix: Composition, drawn: Mapping[str, Floats], draws: int) -> Values:
    """The shares in every draw, of those drawn; they add up to 1."""
    given = {path: drawn.get(path, np.full(draws, share)) for path, share in mix.given.items()}
    taken = sum(given.values(), np.zeros(draws))
    scale = np.where(taken > 1, 1 / np.maximum(taken, 1.0), 1.0) if mix.free or mix.rest else 1 / taken
    left = np.maximum(0.0, 1 - taken * scale)
    return {path: share * scale for path, share in given.items()} | _shared_out(mix, drawn, left)


def _shared_out(mix: Composition, drawn: Mapping[str, Floats], left: Floats) -> Values:
    """What the free shares make of what is left."""
    if len(mix.free) == 2:
        first, second = mix.free
        part = np.minimum(left, drawn[first] * left / math.fsum(mix.free.values()))
        return {first: part, second: left - part}
    if len(mix.free) < 2:
        return dict.fromkeys(mix.free, left)
    weights = sum((drawn[path] for path in mix.free), np.zeros(left.size))
    return {path: drawn[path] * left / weights for path in mix.free}
