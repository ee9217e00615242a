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


def weibull(shape: float, scale: float) -> Any:
    return stats.weibull_min(c=shape, scale=scale)


def by_its_moments(name: str, law: Any) -> dict[str, Any]:
    """A law as a file gives it: by the mean and standard deviation that scipy says it has."""
    return {"law": name, "mean": law.mean(), "sd": law.std()}


WEIBULLS = [weibull(shape, 3.0) for shape in (0.25, 0.7, 1.0, 2.5, 40.0, 5_000.0)]
PHASES = [(0.6, 1.0), (0.9, 4.0), (0.99, 0.5)]
"""Share of the short phase and mean of the whole, of hyperexponential laws with balanced means."""


def means_of(short: float, mean: float) -> tuple[float, float]:
    """Means of the two phases, each with half of the mean of the whole."""
    return mean / 2 / short, mean / 2 / (1 - short)


def two_phases(short: float, mean: float) -> dict[str, Any]:
    """A law by its first two moments: E[X^2] of an exponential phase of mean m is 2 m^2."""
    brief, long = means_of(short, mean)
    variance = 2 * (short * brief**2 + (1 - short) * long**2) - mean**2
    return {"law": "hyperexponential", "mean": mean, "sd": math.sqrt(variance)}


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
        *((by_its_moments("weibull", law), law, 1e-8) for law in WEIBULLS),
        ({"low": 2.0, "mode": 3.0, "high": 7.0}, stats.triang(0.2, 2.0, 5.0), 1e-12),
        ({"low": 2.0, "mode": 2.0, "high": 7.0}, stats.triang(0.0, 2.0, 5.0), 1e-12),
        ({"low": 2.0, "mode": 7.0, "high": 7.0}, stats.triang(1.0, 2.0, 5.0), 1e-12),
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
        ({"law": "weibull", "mean": 4.5, "sd": 3.0}, 4.5, 3.0),
        ({"law": "weibull", "mean": 4.5, "sd": 6.0}, 4.5, 6.0),
        ({"law": "hyperexponential", "mean": 4.5, "sd": 6.0}, 4.5, 6.0),
        ({"low": 2.0, "mode": 3.0, "high": 7.0}, stats.triang(0.2, 2.0, 5.0).mean(), stats.triang(0.2, 2.0, 5.0).std()),
        ({"values": [8.0, 1.0, 3.0], "shares": [0.2, 0.5, 0.3]}, 3.0, math.sqrt(0.5 + 2.7 + 12.8 - 9)),
    ],
)
def test_mean_and_spread_are_those_the_file_asked_for(given: dict[str, Any], mean: float, sd: float) -> None:
    """Averages over 400,000 equal strips, whose own error is far below the tolerance."""
    drawn = values(given, MIDPOINTS[::4])
    assert drawn.mean() == pytest.approx(mean, rel=5e-4)
    assert drawn.std() == pytest.approx(sd, rel=5e-3, abs=1e-12)


@pytest.mark.parametrize(("short", "mean"), PHASES)
def test_as_many_end_before_a_hyperexponential_quantile_as_its_uniform_says(short: float, mean: float) -> None:
    """Held against the two phases of scipy: the chance to end before, or for large uniforms to last, is u or 1 - u.

    A relative error e of the quantile moves these by less than e relatively to u; to 1 - u by e times the phases' age.
    """
    brief, long = (stats.expon(scale=one) for one in means_of(short, mean))
    found = values(two_phases(short, mean), GRID)
    low = GRID < 0.5
    before = short * brief.cdf(found) + (1 - short) * long.cdf(found)
    beyond = short * brief.sf(found) + (1 - short) * long.sf(found)
    assert before[low] == pytest.approx(GRID[low], rel=1e-4)
    assert beyond[~low] == pytest.approx(1 - GRID[~low], rel=1e-3)


def test_an_empirical_quantile_is_the_least_value_whose_share_is_reached() -> None:
    """Shares a half, 0.3 and 0.2 of 1, 3 and 8: the steps are at 0.5 and 0.8, each still in its value."""
    given = {"values": [8, 1, 3], "shares": [0.2, 0.5, 0.3]}
    found = values(given, [2.0**-53, 0.2, 0.5, np.nextafter(0.5, 1), 0.79, 0.81, 1 - 2.0**-53])
    assert found.tolist() == [1, 1, 1, 3, 3, 8, 8]


def test_empirical_shares_that_miss_1_by_rounding_still_reach_the_last_value() -> None:
    given = {"values": list(range(1, 11)), "shares": [0.1] * 10}
    assert values(given, [0.95, 1 - 2.0**-53]).tolist() == [10, 10]


@pytest.mark.parametrize("given", [{"law": "exponential", "mean": 4.0}, {"mean": 4.5, "sd": 3.0},
                                   {"law": "gamma", "mean": 14.0, "sd": 6.0},
                                   {"law": "weibull", "mean": 14.0, "sd": 6.0},
                                   {"law": "hyperexponential", "mean": 1.0, "sd": 10.0},
                                   {"low": 1.0, "mode": 4.0, "high": 9.0}])  # fmt: skip
def test_a_quantile_rises_with_its_uniform(given: dict[str, Any]) -> None:
    assert (np.diff(values(given, GRID)) > 0).all()


@pytest.mark.parametrize("given", [{"law": "exponential", "mean": 4.0}, {"mean": 4.5, "sd": 3.0}, {"fixed": 3.0},
                                   {"law": "gamma", "mean": 14.0, "sd": 6.0}, {"low": 1.0, "high": 2.0},
                                   {"law": "weibull", "mean": 14.0, "sd": 6.0}, {"low": 1, "mode": 2, "high": 9},
                                   {"law": "hyperexponential", "mean": 4.0, "sd": 6.0},
                                   {"values": [1, 2], "shares": [0.3, 0.7]}])  # fmt: skip
def test_minutes_are_sixtieths_of_hours(given: dict[str, Any]) -> None:
    assert values(given, GRID, 1 / 60) == pytest.approx(values(given, GRID) / 60, rel=1e-12)


@pytest.mark.parametrize("given", [{"law": "exponential", "mean": 4.0}, {"mean": 4.5, "sd": 3.0}, {"fixed": 3.0},
                                   {"law": "gamma", "mean": 0.1, "sd": 0.9}, {"low": 0.0, "high": 2.0},
                                   {"law": "weibull", "mean": 0.1, "sd": 1.0}, {"low": 0, "mode": 0, "high": 9},
                                   {"law": "weibull", "mean": 1.0, "sd": 1e-9},
                                   {"law": "hyperexponential", "mean": 0.1, "sd": 1.0},
                                   {"law": "hyperexponential", "mean": 1.0, "sd": 1.0000001},
                                   {"values": [0, 2], "shares": [0.3, 0.7]}])  # fmt: skip
def test_no_uniform_gives_a_negative_or_endless_time(given: dict[str, Any]) -> None:
    extreme = values(given, [2.0**-53, 1 - 2.0**-53])
    assert (extreme >= 0).all() and np.isfinite(extreme).all()


def test_the_normal_score_is_that_of_scipy() -> None:
    assert [normal_score(float(u)) for u in GRID] == pytest.approx(special.ndtri(GRID), rel=2e-15, abs=2e-15)


def test_the_table_of_a_gamma_law_rises() -> None:
    for shape in (0.05, 1.0, 50.0):
        assert (np.diff(gamma_table(shape)) >= 0).all()
