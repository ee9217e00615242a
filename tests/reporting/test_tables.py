"""A cell says what its interval supports, and nothing that cannot be."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from sim.reporting.results import Results
from sim.reporting.tables import comparisons, estimate, with_owed


def row(unit: str, mean: float, half: float) -> pd.Series:
    return pd.Series({"unit": unit, "mean": mean, "low": mean - half, "high": mean + half})


@pytest.mark.parametrize(
    ("mean", "half", "below"), [(0.02, 0.05, "0 to 7"), (0.97, 0.05, "92 to 100"), (0.5, 0.05, "45 to 55")]
)
def test_the_interval_of_a_share_stays_within_0_and_100_per_cent(mean: float, half: float, below: str) -> None:
    assert estimate(row("share", mean, half)).below == below


def test_the_interval_of_a_difference_of_shares_and_of_an_amount_may_lie_below_nothing() -> None:
    assert estimate(row("share", 0.02, 0.05), signed=True).below == "−3 to +7"
    assert estimate(row("days", 2, 5)).below == "−3 to 7"


def test_shares_of_single_citizens_are_no_differences(plain: Results) -> None:
    pairs = plain.comparison["measure"] == "helped_sooner"
    shown = plain.comparison.copy()
    shown.loc[pairs, ["mean", "low", "high"]] = [0.02, -0.03, 0.07]
    cell = comparisons(replace(plain, comparison=shown), "as_specified", per=("pair",)).rows[0][2]
    assert (cell.text, cell.below) == ("2", "0 to 7")


def test_what_is_owed_stands_under_the_last_cost_and_nowhere_without_one(plain: Results) -> None:
    told = plain.manifest
    costs = replace(plain, manifest={**told, "headlines": ["service_cost", "days_in_need"]})
    assert with_owed(costs) == ["service_cost", "owed_in_need", "owed_hours", "days_in_need"]
    assert with_owed(replace(plain, manifest={**told, "headlines": ["days_in_need"]})) == ["days_in_need"]
