"""Chances: in which share of draws what is so, as the draws are and with the noise of single runs taken out.

A chance here is a share of draws from the ranges that the file states or is given, and no more: it is not calibrated on
anything that came true. Every set of chances of one kind splits the draws into parts that add up to 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from sim.measures.arrays import Flags, Floats

NEITHER = "no_difference"
"""Where a difference is exactly 0, as between two pathways that are the same."""

QUADRANTS = ("sooner_and_cheaper", "sooner_and_dearer", "later_and_cheaper", "later_and_dearer")
SIGNS = ("less", "more")
MATTERING = ("less_by_what_matters", "no_difference_that_matters", "more_by_what_matters")


class Chance(NamedTuple):
    """In which share of draws something is so: as they are, and without noise."""

    chance: str
    raw: float
    corrected: float


def quadrants(days: Floats, cost: Floats, days_quiet: Floats, cost_quiet: Floats) -> list[Chance]:
    """Sooner or later, cheaper or dearer; `_quiet` are the differences without noise."""
    return _both(_quadrants(days, cost), _quadrants(days_quiet, cost_quiet))


def _quadrants(days: Floats, cost: Floats) -> Iterator[tuple[str, Flags]]:
    for name, by_days, by_cost in zip(QUADRANTS, (-1, -1, 1, 1), (-1, 1, -1, 1), strict=True):
        yield name, np.asarray((np.sign(days) == by_days) & (np.sign(cost) == by_cost))
    yield NEITHER, np.asarray((days == 0) | (cost == 0))


def signs(values: Floats, quiet: Floats) -> list[Chance]:
    """Less or more than in the pathway it is set against."""
    return _both(_signs(values), _signs(quiet))


def _signs(values: Floats) -> Iterator[tuple[str, Flags]]:
    yield SIGNS[0], values < 0
    yield SIGNS[1], values > 0
    yield NEITHER, values == 0


def mattering(values: Floats, quiet: Floats, matters: float) -> list[Chance]:
    """Less, or more, by more than what matters, or neither."""
    return _both(_mattering(values, matters), _mattering(quiet, matters))


def _mattering(values: Floats, matters: float) -> Iterator[tuple[str, Flags]]:
    flags = (values < -matters, np.abs(values) <= matters, values > matters)
    yield from zip(MATTERING, flags, strict=True)


def _both(raw: Iterator[tuple[str, Flags]], quiet: Iterator[tuple[str, Flags]]) -> list[Chance]:
    return [
        Chance(name, float(found.mean()), float(corrected.mean()))
        for (name, found), (_, corrected) in zip(raw, quiet, strict=True)
    ]


def best(benefits: Floats) -> Floats:
    """The share of draws in which each of several is the best of them (draws, several); draws that tie are shared."""
    top = benefits == benefits.max(axis=1, keepdims=True)
    return np.asarray((top / top.sum(axis=1, keepdims=True)).mean(axis=0))
