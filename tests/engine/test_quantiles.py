"""Rule 4: one uniform number in, one value of the law out, held against scipy."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from scipy import special, stats

from sim.engine.quantiles import compiled_law, gamma_table, normal_score, quantile
from sim.scenario.laws import Law

GRID = np.concatenate([10.0 ** np.arange(-12, -2), np.linspace(0.01, 0.99, 197), 1 - 10.0 ** np.arange(-3, -12, -1.0)])
MIDPOINTS = (np.arange(400_000) + 0.5) / 400_000


def values(given: dict[str, Any], u: Any, scale: float = 1.0) -> Any:
    """The law's value at each of `u`."""
    tables: list[Any] = []
    law = compiled_law(Law.model_validate(given), scale, tables)
    plain = [table.tolist() for table in tables]
    return np.array([quantile(law, plain, float(each)) for each in u])


def lognormal(mean: float, sd: float) -> Any:
    spread = math.sqrt(math.log1p((sd / mean) ** 2))
    return stats.lognorm(s=spread, scale=mean / math.sqrt(1 + (sd / mean) ** 2))


def gamma(mean: float, sd: float) -> Any:
    return stats.gamma(a=(mean / sd) ** 2, scale=sd * sd / mean)


@pytest.mark.parametrize(
    ("given", "law", "relative"),
    [
        ({"law": "exponential", "mean": 4.0}, stats.expon(scale=4.0), 1e-13),
        ({"mean": 4.5, "sd": 3.0}, lognormal(4.5, 3.0), 1e-12),
        ({"mean": 1.0, "sd": 10.0}, lognormal(1.0, 10.0), 1e-12),
        ({"low": 2.0, "high": 5.0}, stats.uniform(2.0, 3.0), 1e-13),
        ({"law": "gamma", "mean": 14.0, "sd": 6.0}, gamma(14.0, 6.0), 1e-4),
        ({"law": "gamma", "mean": 5.0, "sd": 5.0}, gamma(5.0, 5.0), 1e-4),
        ({"law": "gamma", "mean": 1.0, "sd": 1 / math.sqrt(0.05)}, gamma(1.0, 1 / math.sqrt(0.05)), 1e-4),
        ({"law": "gamma", "mean": 100.0, "sd": 1.0}, gamma(100.0, 1.0), 1e-4),
    ],
)
def test_quantiles_are_those_of_scipy(given: dict[str, Any], law: Any, relative: float) -> None:
    expected = law.ppf(GRID)
    real = expected > 1e-290
    assert values(given, GRID)[real] == pytest.approx(expected[real], rel=relative)


@pytest.mark.parametrize(
    ("given", "mean", "sd"),
    [
        ({"law": "exponential", "mean": 4.0}, 4.0, 4.0),
        ({"mean": 4.5, "sd": 3.0}, 4.5, 3.0),
        ({"law": "gamma", "mean": 14.0, "sd": 6.0}, 14.0, 6.0),
        ({"low": 2.0, "high": 5.0}, 3.5, 3 / math.sqrt(12)),
        ({"fixed": 7.0}, 7.0, 0.0),
    ],
)
def test_mean_and_spread_are_those_the_file_asked_for(given: dict[str, Any], mean: float, sd: float) -> None:
    """Averages over 400,000 equal strips, whose own error is far below the tolerance."""
    drawn = values(given, MIDPOINTS[::4])
    assert drawn.mean() == pytest.approx(mean, rel=5e-4)
    assert drawn.std() == pytest.approx(sd, rel=5e-3, abs=1e-12)


@pytest.mark.parametrize("given", [{"law": "exponential", "mean": 4.0}, {"mean": 4.5, "sd": 3.0},
                                   {"law": "gamma", "mean": 14.0, "sd": 6.0}])  # fmt: skip
def test_a_quantile_rises_with_its_uniform(given: dict[str, Any]) -> None:
    assert (np.diff(values(given, GRID)) > 0).all()


@pytest.mark.parametrize("given", [{"law": "exponential", "mean": 4.0}, {"mean": 4.5, "sd": 3.0}, {"fixed": 3.0},
                                   {"law": "gamma", "mean": 14.0, "sd": 6.0}, {"low": 1.0, "high": 2.0}])  # fmt: skip
def test_minutes_are_sixtieths_of_hours(given: dict[str, Any]) -> None:
    assert values(given, GRID, 1 / 60) == pytest.approx(values(given, GRID) / 60, rel=1e-12)


@pytest.mark.parametrize("given", [{"law": "exponential", "mean": 4.0}, {"mean": 4.5, "sd": 3.0}, {"fixed": 3.0},
                                   {"law": "gamma", "mean": 0.1, "sd": 0.9}, {"low": 0.0, "high": 2.0}])  # fmt: skip
def test_no_uniform_gives_a_negative_or_endless_time(given: dict[str, Any]) -> None:
    extreme = values(given, [2.0**-53, 1 - 2.0**-53])
    assert (extreme >= 0).all() and np.isfinite(extreme).all()


def test_the_normal_score_is_that_of_scipy() -> None:
    assert [normal_score(float(u)) for u in GRID] == pytest.approx(special.ndtri(GRID), rel=2e-15, abs=2e-15)


def test_the_table_of_a_gamma_law_rises() -> None:
    for shape in (0.05, 1.0, 50.0):
        assert (np.diff(gamma_table(shape)) >= 0).all()
