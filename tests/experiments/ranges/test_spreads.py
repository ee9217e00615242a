"""Laws fitted to ranges have their 5th and 95th percentile there, by scipy's own distributions."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from sim.experiments.ranges.spreads import Beta, Lognormal, Weibull, spread_of
from sim.scenario.uncertain import Uncertain, given_range


def number(value: float, low: float, high: float, unit: str = "days") -> Uncertain:
    return Uncertain("a.path", value, low, high, unit, is_stated=True, grade="D")


@settings(max_examples=60, deadline=None)
@given(st.floats(1e-4, 0.999), st.floats(1e-4, 0.999))
def test_a_beta_law_has_its_percentiles_where_the_range_has_its_ends(one: float, other: float) -> None:
    low, high = sorted((one, other))
    if high - low < 1e-4:
        return
    law = spread_of(number(low, low, high, "share"))
    assert isinstance(law, Beta)
    assert stats.beta(law.a, law.b).ppf([0.05, 0.95]) == pytest.approx([low, high], rel=1e-6)


@given(st.floats(1e-6, 1e6), st.floats(1.0001, 1e4))
def test_a_lognormal_law_has_its_percentiles_where_the_range_has_its_ends(low: float, ratio: float) -> None:
    law = spread_of(number(low, low, low * ratio))
    assert isinstance(law, Lognormal)
    assert stats.lognorm(law.sd, scale=math.exp(law.mean)).ppf([0.05, 0.95]) == pytest.approx([low, low * ratio])


def test_a_price_that_may_be_nothing_keeps_its_value_as_median_and_its_high_end() -> None:
    law = spread_of(number(40, 0, 120, "GBP"))
    assert isinstance(law, Weibull)
    assert stats.weibull_min(law.shape, scale=law.scale).ppf([0.5, 0.95]) == pytest.approx([40, 120])


@pytest.mark.parametrize(
    ("value", "low", "high", "chances", "at"),
    [
        (0.05, 0.0, 0.11, [0.5, 0.95], [0.05, 0.11]),
        (0.9, 0.5, 1.0, [0.05, 0.5], [0.5, 0.9]),
        (1.0, 0.5, 1.0, [0.05], [0.5]),
        (0.0, 0.0, 0.2, [0.95], [0.2]),
    ],
)
def test_a_share_on_a_bound_keeps_what_can_be_kept(
    value: float, low: float, high: float, chances: list[float], at: list[float]
) -> None:
    law = spread_of(number(value, low, high, "share"))
    assert isinstance(law, Beta)
    assert stats.beta(law.a, law.b).ppf(chances) == pytest.approx(at, rel=1e-6)


def test_a_share_between_the_bounds_is_flat() -> None:
    assert spread_of(number(0.5, 0, 1, "share")) == Beta(1.0, 1.0)


@given(st.floats(0.001, 0.999))
def test_a_share_without_a_range_lies_within_one_of_its_log_odds(value: float) -> None:
    low, high = given_range(value, is_share=True)
    odds = [math.log(share / (1 - share)) for share in (low, value, high)]
    assert np.diff(odds) == pytest.approx([1, 1])


def test_a_time_without_a_range_lies_between_half_and_double() -> None:
    assert given_range(30, is_share=False) == (15, 60)
