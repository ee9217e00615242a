"""Profiles: when on the clock people come, as timelines worked by hand. Day 0 is a Monday, and the year begins with it.

Of arrivals at a steady one a day the k-th falls due at k days; a profile moves it to when the shares say that k days'
worth of people have come.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.engine.profiles import clock_time, profile
from sim.scenario.arrivals import Arrivals

MONTH = 364 / 12
TWO_DAYS = {"weekly": {"mon": 0.5, "wed": "rest"}}
OFFICE = {"daily": {"08:00-12:00": 0.75, "12:00-20:00": "rest"}}
TWO_MONTHS = {"yearly": {"jan": 0.25, "mar": "rest"}}
ALL = {**TWO_DAYS, **OFFICE, **TWO_MONTHS}


def when(given: dict[str, Any], *worth: float) -> Any:
    """When so many days' worth of people have come [days]."""
    made = profile(Arrivals.model_validate({"per_day": 1.0, **given}))
    assert made is not None
    return clock_time(made, np.array(worth))


def exactly(*days: float) -> Any:
    return pytest.approx(days, rel=1e-12, abs=1e-12)


def test_arrivals_at_a_steady_rate_have_no_profile() -> None:
    assert profile(Arrivals.model_validate({"per_day": 1.0})) is None


def test_shares_of_the_week_fill_their_days_evenly() -> None:
    """Half a week's people, 3.5 days' worth, come on Monday and half on Wednesday, at 3.5 times the steady rate."""
    assert when(TWO_DAYS, 0, 1.75, 3.5, 5.25) == exactly(0, 0.5, 2, 2.5)
    assert when(TWO_DAYS, 7, 8.75, 14 + 5.25, 364 + 1.75) == exactly(7, 7.5, 14 + 2.5, 364 + 0.5)


def test_shares_of_the_day_fill_their_hours_evenly() -> None:
    """Three quarters of a day's people come in the four hours from eight; the rest in the eight from noon."""
    hours = when(OFFICE, 0, 0.375, 0.75, 0.875) * 24
    assert hours == exactly(8, 10, 12, 16)
    assert when(OFFICE, 1, 3.375, 364.375) * 24 == exactly(24 + 8, 72 + 10, 364 * 24 + 10)


def test_shares_of_the_year_fill_their_months_evenly() -> None:
    """A quarter of a year's people, 91 days' worth, come in January; the rest in March, and then it is January."""
    assert when(TWO_MONTHS, 0, 45.5, 91, 227.5) == exactly(0, MONTH / 2, 2 * MONTH, 2.5 * MONTH)
    assert when(TWO_MONTHS, 364, 364 + 45.5) == exactly(364, 364 + MONTH / 2)


def test_spans_that_meet_a_change_of_rate_do_not_blur_it() -> None:
    """A span of half past to half past, with the change at 08:30 and the hours left out empty."""
    hours = when({"daily": {"07:15-08:30": 0.5, "08:30-24:00": "rest"}}, 0, 0.25, 0.5, 0.75) * 24
    assert hours == exactly(7.25, 7.875, 8.5, 16.25)


def test_where_shares_say_nothing_but_even_nothing_moves() -> None:
    even = {"weekly": {**dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat"), 1 / 7), "sun": "rest"}}
    assert when(even, 0.25, 6.5, 363.9, 700.5) == pytest.approx([0.25, 6.5, 363.9, 700.5], abs=1e-9)


def test_the_rate_is_the_product_of_the_profiles_and_one_on_average_over_the_year() -> None:
    """January, 30 days and 8 hours, has five Mondays (0 to 28) and four Wednesdays (2 to 23).

    It ends at 08:00 on day 30, a fifth Wednesday, just before its people begin to come. March begins
    at 16:00 on day 60, a Thursday, and ends with day 90, a Sunday: four Mondays (63 to 84), four Wednesdays (65 to 86).
    Each such day counts for 0.25 in January and for 0.75 in March: 9 x 0.25 + 8 x 0.75 = 8.25 a year, so that one of
    January is worth 364 x 0.25 / 8.25 days of steady arrivals, and one of March three times as much.
    """
    day = 364 * 0.25 / 8.25
    made = profile(Arrivals.model_validate({"per_day": 1.0, **ALL}))
    assert made is not None
    assert (made.rate * (made.end - made.begin)).sum() == pytest.approx(364, rel=1e-12)
    assert when(ALL, 0.375 * day, day, 8.75 * day) * 24 == exactly(10, 48 + 8, 28 * 24 + 12)
    assert when(ALL, 9 * day, (9 + 3 * 0.375) * day) * 24 == exactly(63 * 24 + 8, 63 * 24 + 10)


@given(st.lists(st.floats(0, 5_000), min_size=1, max_size=20))
def test_people_come_in_the_order_they_fall_due_and_never_where_nobody_comes(due: list[float]) -> None:
    days = when(ALL, *sorted(due))
    hour = days % 1 * 24
    assert (np.diff(days) >= 0).all()
    assert np.isin((days % 7).astype(int), (0, 2)).all()
    assert ((hour > 8 - 1e-9) & (hour < 20 + 1e-9)).all()
    assert np.isin((days % 364 // MONTH).astype(int), (0, 2)).all()
    assert (days // 364 == np.array(sorted(due)) // 364).all()
