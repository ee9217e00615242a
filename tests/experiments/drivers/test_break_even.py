"""Break-even on curves whose zeros are known, with the noise of common luck."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from sim.experiments.drivers.break_even import BreakEven, break_even, grid
from sim.measures.arrays import Floats

REPLICATIONS = 6


def found(curve: Callable[[Floats], Floats], *, shared: float = 0.3, own: float = 0.05, seed: int = 1) -> BreakEven:
    """The break-even on [0, 10] of a curve, each replication of which is shifted as a whole and a little by point."""
    luck = np.random.default_rng(seed)
    at = grid(0.0, 10.0)
    shift, jitter = luck.normal(0, shared, REPLICATIONS), luck.normal(0, own, (at.size, REPLICATIONS))
    told = break_even(at, curve(at)[:, None] + shift + jitter)
    assert told is not None
    return told


def line(x: Floats) -> Floats:
    return np.asarray(2.0 * (x - 4.0))


def bowl(x: Floats) -> Floats:
    return np.asarray(0.5 * (x - 2.0) * (x - 7.0))


def test_a_line_is_crossed_once_and_the_region_holds_its_zero() -> None:
    told = found(line)
    assert told.signs == (-1, 1)
    assert told.crossings == 1
    (region,) = told.open
    assert region.low < 4.0 < region.high
    assert region.high - region.low < 1.0


def test_a_bowl_is_crossed_twice() -> None:
    told = found(bowl)
    assert told.signs == (1, -1, 1)
    assert told.crossings == 2
    assert [region.low < zero < region.high for region, zero in zip(told.open, (2.0, 7.0), strict=True)] == [True, True]


def test_a_curve_that_stays_on_its_side_is_never_crossed() -> None:
    told = found(lambda x: np.asarray(3.0 + 0.1 * x))
    assert (told.crossings, told.open, told.points) == (0, (), ())


def test_a_curve_lost_in_noise_is_open_everywhere() -> None:
    told = found(lambda x: 0 * x, shared=3.0)
    assert told.crossings == 0
    assert told.open[0].low == 0.0
    assert told.open[0].high == 10.0


def test_over_many_repeats_the_region_holds_the_zero_in_95_of_100() -> None:
    """Where the curve is 0, the interval of the smoothed curve is a paired t of the replications: it covers 95%."""
    repeats = 400
    held = [any(r.low <= 4.0 <= r.high for r in found(line, seed=seed).open) for seed in range(repeats)]
    error = (0.95 * 0.05 / repeats) ** 0.5
    assert np.mean(held) == pytest.approx(0.95, abs=3 * error + 0.005)


def test_values_that_may_not_stand_are_left_out_and_too_few_tell_nothing() -> None:
    at = grid(0.0, 10.0)
    values = np.repeat(line(at)[:, None], 3, axis=1)
    values[10:] = np.nan
    told = break_even(at, values)
    assert told is not None
    assert told.points == pytest.approx((4.0,), abs=1e-6)
    values[2:] = np.nan
    assert break_even(at, values) is None
