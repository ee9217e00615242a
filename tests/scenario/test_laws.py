"""Laws in words and their means: what a reader is told of each is what the file says."""

from __future__ import annotations

from typing import Any

import pytest
from scipy import stats

from sim.scenario.laws import Law


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"law": "weibull", "mean": 4.5, "sd": 3}, "on average 4.5 hours (standard deviation 3, Weibull)"),
        (
            {"law": "hyperexponential", "mean": 4, "sd": 9},
            "on average 4 hours, most much less and a few much more (standard deviation 9, hyperexponential)",
        ),
        ({"low": 1, "mode": 2, "high": 9}, "between 1 and 9 hours, most likely 2"),
        ({"values": [8, 1, 3], "shares": [0.2, 0.5, 0.3]}, "one of 3 values from 1 to 8 hours, on average 3"),
        (
            {"low": 1, "mode": 2, "high": 9, "each_further_need": 3},
            "between 1 and 9 hours, most likely 2, and 3 more for each further need",
        ),
    ],
)
def test_a_law_is_told_in_words(given: dict[str, Any], said: str) -> None:
    assert Law.model_validate(given).in_words("hours") == said


@pytest.mark.parametrize(
    ("given", "mean"),
    [
        ({"law": "weibull", "mean": 4.5, "sd": 3}, 4.5),
        ({"law": "hyperexponential", "mean": 4, "sd": 9}, 4.0),
        ({"low": 1, "mode": 2, "high": 9}, stats.triang(1 / 8, 1, 8).mean()),
        ({"values": [8, 1, 3], "shares": [0.2, 0.5, 0.3]}, 3.0),
    ],
)
def test_the_mean_of_a_law_is_known_without_drawing(given: dict[str, Any], mean: float) -> None:
    assert Law.model_validate(given).expected == pytest.approx(mean, rel=1e-12)


@pytest.mark.parametrize(
    ("given", "law"),
    [
        ({"low": 1, "high": 9}, "uniform"),
        ({"low": 1, "mode": 2, "high": 9}, "triangular"),
        ({"values": [1, 2], "shares": [0.5, 0.5]}, "empirical"),
        ({"mean": 3, "sd": 2}, "lognormal"),
    ],
)
def test_a_law_need_not_be_named_where_its_keys_tell(given: dict[str, Any], law: str) -> None:
    assert Law.model_validate(given).law == law
