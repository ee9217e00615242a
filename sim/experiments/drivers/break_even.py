"""Break-even: where, along the range of one number, the interval of a difference holds 0."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from scipy.interpolate import make_lsq_spline

from sim.experiments.statistics import half_width
from sim.measures.arrays import Flags, Floats

GRID = 17
KNOTS = 3
"""Knots inside the range of the cubic spline: stiff enough that noise makes no crossing of its own."""

FINE = 401
LEAST_POINTS = 3


class Region(NamedTuple):
    """A stretch of a number's range, in its unit."""

    low: float
    high: float


class BreakEven(NamedTuple):
    """Where the interval holds 0 (`open`), where the smoothed mean is 0 (`points`), and how often the sign changes.

    `signs` are those of the difference wherever its interval holds no 0, one after another along the range; `ends` the
    smoothed difference at the low and at the high end.
    """

    open: tuple[Region, ...]
    points: tuple[float, ...]
    signs: tuple[int, ...]
    ends: tuple[float, float]

    @property
    def crossings(self) -> int:
        """How often the difference goes clearly from one side of 0 to the other."""
        return max(0, len(self.signs) - 1)


def grid(low: float, high: float) -> Floats:
    """The values at which a difference is found [the number's unit]."""
    return np.linspace(low, high, GRID)


def break_even(at: Floats, values: Floats) -> BreakEven | None:
    """The break-even of a difference found at these values of a number.

    Every replication's curve is smoothed alike and the interval taken across replications, so that the luck they
    share along the range is not counted as many times as there are points.

    Parameters
    ----------
    at : Floats
        Values of the number, rising (points,).
    values : Floats
        The difference there, by replication (points, replications); NaN where the value may not stand.

    Returns
    -------
    BreakEven or None
        None where fewer than three values could be tried.
    """
    known = np.isfinite(values).all(axis=1)
    if known.sum() < LEAST_POINTS:
        return None
    fine = np.linspace(at[known][0], at[known][-1], FINE)
    smooth = smoothed(at[known], values[known], fine)
    mean, half = smooth.mean(axis=1), half_width(smooth.T)
    is_open = np.abs(mean) <= half
    return BreakEven(
        tuple(_stretches(fine, is_open)),
        tuple(_zeros(fine, mean)),
        _signs(np.sign(mean[~is_open])),
        (float(mean[0]), float(mean[-1])),
    )


def smoothed(at: Floats, values: Floats, fine: Floats) -> Floats:
    """Each column of `values` as a cubic spline by least squares, at finer places; a parabola where points are few."""
    if len(at) < GRID // 2:
        powers = np.polynomial.polynomial.polyvander(_unit(at, at), 2)
        weights, *_ = np.linalg.lstsq(powers, values, rcond=None)
        return np.asarray(np.polynomial.polynomial.polyvander(_unit(fine, at), 2) @ weights)
    inner = np.quantile(at, np.arange(1, KNOTS + 1) / (KNOTS + 1))
    knots = np.concatenate([[at[0]] * 4, inner, [at[-1]] * 4])
    return np.asarray(make_lsq_spline(at, values, knots, k=3)(fine))


def _unit(values: Floats, span: Floats) -> Floats:
    return np.asarray((values - span[0]) / (span[-1] - span[0]))


def _stretches(fine: Floats, is_open: Flags) -> list[Region]:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], is_open, [False]]).astype(int)))
    return [Region(float(fine[begin]), float(fine[end - 1])) for begin, end in edges.reshape(-1, 2)]


def _zeros(fine: Floats, mean: Floats) -> list[float]:
    """Where the mean crosses 0, on straight lines between fine places."""
    before = np.flatnonzero(mean[:-1] * mean[1:] < 0)
    share = mean[before] / (mean[before] - mean[before + 1])
    return [float(zero) for zero in fine[before] + share * (fine[before + 1] - fine[before])]


def _signs(clear: Floats) -> tuple[int, ...]:
    """The signs, each once for as long as it lasts."""
    told = clear.astype(int).tolist()
    return tuple(told[:1] + [after for before, after in pairwise(told) if after != before])
