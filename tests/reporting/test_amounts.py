"""Amounts are rounded to what their interval supports, and carry their unit."""

from __future__ import annotations

import math

import pytest

from sim.reporting.amounts import amount, bare, counted, exact_number, listed, size, stated


@pytest.mark.parametrize(
    ("value", "half_width", "expected"),
    [
        (41.27, 6.2, "41"),
        (41.27, 1.4, "41.3"),
        (41.27, 0.62, "41.3"),
        (41.27, 0.04, "41.27"),
        (1234.5, 62, "1,230"),
        (1234.5, 14, "1,234"),
        (1234.5, 140, "1,230"),
        (-3.0, 6.0, "−3"),
        (-0.2, 6.0, "0"),
    ],
)
def test_a_number_is_rounded_to_what_its_interval_supports(value: float, half_width: float, expected: str) -> None:
    assert bare(value, "days", half_width=half_width) == expected


def test_rounding_moves_a_number_by_at_most_a_sixth_of_its_half_width() -> None:
    for exponent in range(-2, 4):
        for first in (1.0, 1.7, 2.5, 3.9, 4.1, 6.0, 9.9):
            half_width = first * 10.0**exponent
            shown = float(bare(math.pi * 1000, "days", half_width=half_width).replace(",", ""))
            assert abs(shown - math.pi * 1000) <= half_width / 6


@pytest.mark.parametrize(
    ("value", "unit", "half_width", "expected"),
    [
        (1240.4, "GBP", 60, "£1,240"),
        (-1240.4, "GBP", 60, "−£1,240"),
        (2.134, "GBP", 0.05, "£2.13"),
        (2.134, "GBP", 0.5, "£2.10"),
        (375.4, "GBP a year", 6, "£375 a year"),
        (0.571, "share", 0.02, "57.1%"),
        (0.571, "share", 0.06, "57%"),
        (1.0, "days", 5, "1 day"),
        (1.0, "staff hours", 5, "1 staff hour"),
        (3.25, "count", 0.02, "3.250"),
        (math.nan, "days", 1, "–"),
    ],
)
def test_an_amount_carries_its_unit(value: float, unit: str, half_width: float, expected: str) -> None:
    assert amount(value, unit, half_width=half_width) == expected


def test_a_difference_of_shares_is_in_percentage_points() -> None:
    assert amount(0.04, "share", half_width=0.01, signed=True) == "+4.0 percentage points"
    assert size(-0.04, "share", half_width=0.01) == "4.0 percentage points"


def test_a_difference_that_rounds_to_nothing_has_no_sign() -> None:
    assert bare(0.2, "days", half_width=6, signed=True) == bare(-0.2, "days", half_width=6, signed=True) == "0"


@pytest.mark.parametrize(
    ("value", "expected"), [(0.1, "0.1"), (8000, "8,000"), (0.00125, "0.00125"), (-2.5, "−2.5"), (1e-3, "0.001")]
)
def test_a_number_of_the_file_is_shown_digit_for_digit(value: float, expected: str) -> None:
    assert exact_number(value) == expected


def test_a_stated_share_is_shown_as_stated() -> None:
    assert stated(0.57, "share") == "57%"
    assert stated(7.0, "days") == "7 days"


def test_words_are_listed_and_counted_as_people_say_them() -> None:
    assert [listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])] == ["a", "a and b", "a, b and c"]
    assert [counted(1, "year"), counted(3, "year"), counted(1.5, "year")] == ["1 year", "3 years", "1.5 years"]
