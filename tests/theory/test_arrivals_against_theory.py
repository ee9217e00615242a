"""Arrivals, relapses and the queues they make against what theory says.

Tolerance: 4 standard errors of independent replications (or the same probability, 6e-5, in tests of fit), on three
seeds; for each a model that is wrong on purpose must fail the same test.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from scipy import stats
from scipy.linalg import expm

from sim.engine.population import Population, population
from sim.engine.tables import Tables
from sim.scenario.scenario import Scenario

from . import formulas
from .arrival_formulas import fixed_transform, gamma_transform, gi_m_c, present_at, stayed_lognormal, stayed_uniform
from .observing import (
    REPLICATIONS,
    Data,
    Observe,
    apart,
    cohort_alone,
    disagreeing,
    levels_by_day,
    observed,
    of_cohort,
    present,
    waits,
)

SEEDS = (0, 1, 2)
seeds = pytest.mark.parametrize("seed", SEEDS)
slow = pytest.mark.slow
FAR = 6e-5
"""The probability of lying 4 standard errors away."""

DESK = {"desk": {"team": "t", "hours": 1.0}}
MANY = {"t": {"posts": 999}}


def world(arrivals: Data, stages: Data = DESK, teams: Any = MANY, weeks: tuple[int, int, int] = (0, 51, 1),
          **top: Any) -> Scenario:  # fmt: skip
    """A pathway `p` with these arrivals."""
    run = {"seed": 0, "weeks": dict(zip(("warm_up", "cohort", "follow_up"), weeks, strict=True))}
    pathway = {"starts_at": next(iter(stages)), "stages": stages, "teams": teams, **top.pop("pathway", {})}
    return Scenario.from_data(
        "theory",
        {"title": "Theory", "compare": ["p"], "arrivals": arrivals, "run": run, "pathways": {"p": pathway}, **top},
    )


def arrivals_of(scenario: Scenario, seed: int, replications: int = REPLICATIONS) -> list[Any]:
    """Days of arrival in independent replications."""
    seeded = scenario.with_values({"run.seed": seed})
    return [population(seeded, replication).arrival for replication in range(replications)]


# -- the time between arrivals ----------------------------------------------------------------------------------------

SHAPE = 4.0  # of the Weibull law below in closed form: 1 / power
LAWS: dict[str, tuple[Data, Any]] = {
    "exponential": ({"mean": 0.2}, stats.expon(scale=0.2)),
    "lognormal": ({"mean": 0.2, "sd": 0.1}, stats.lognorm(math.sqrt(math.log(1.25)), scale=0.2 / math.sqrt(1.25))),
    "gamma": ({"law": "gamma", "mean": 0.2, "sd": 0.4}, stats.gamma(0.25, scale=0.8)),
    "weibull": (
        {"law": "weibull", "mean": float(stats.weibull_min(SHAPE).mean()) / 5,
         "sd": float(stats.weibull_min(SHAPE).std()) / 5},
        stats.weibull_min(SHAPE, scale=0.2),
    ),
    "uniform": ({"low": 0.1, "high": 0.3}, stats.uniform(0.1, 0.2)),
    "triangular": ({"low": 0.1, "mode": 0.15, "high": 0.35}, stats.triang(0.2, 0.1, 0.25)),
}  # fmt: skip
"""Laws of mean about 0.2 days, and the same in scipy."""

WHOLE = {
    "fixed": ({"fixed": 0.2}, 0.2, 0.0),
    "empirical": ({"values": [0.1, 1.1], "shares": [0.9, 0.1]}, 0.2, 0.09),
    "hyperexponential": ({"law": "hyperexponential", "mean": 0.2, "sd": 0.5}, 0.2, 0.25),
}
"""Laws whose mean and variance are known by hand."""


@seeds
@pytest.mark.parametrize("law", LAWS)
def test_the_time_between_arrivals_has_its_law(seed: int, law: str) -> None:
    given, known = LAWS[law]
    gaps = np.concatenate([np.diff(days) for days in arrivals_of(world({"days_between": given}), seed, 3)])
    assert stats.kstest(gaps, known.cdf).pvalue > FAR
    assert not stats.kstest(gaps * 1.5, known.cdf).pvalue > FAR


def spread(scenario: Scenario, seed: int) -> dict[str, Any]:
    """Mean and variance of the time between arrivals, replication by replication."""
    gaps = [np.diff(days) for days in arrivals_of(scenario, seed)]
    return {"mean": np.array([one.mean() for one in gaps]), "variance": np.array([one.var(ddof=1) for one in gaps])}


@seeds
@pytest.mark.parametrize("law", ["empirical", "hyperexponential", *LAWS])
def test_the_time_between_arrivals_has_its_mean_and_variance(seed: int, law: str) -> None:
    given = (LAWS | WHOLE)[law][0]
    known = LAWS[law][1].stats("mv") if law in LAWS else WHOLE[law][1:]
    found = spread(world({"days_between": given}), seed)
    assert not disagreeing(found, dict(zip(("mean", "variance"), map(float, known), strict=True)))
    if law != "exponential":
        assert "variance" in disagreeing(spread(world({"days_between": 0.2}), seed), {"variance": float(known[1])})


def test_a_fixed_time_between_arrivals_is_kept_to_over_the_whole_run() -> None:
    (days,) = arrivals_of(world({"days_between": {"fixed": 0.2}}), 0, 1)
    assert days == pytest.approx(0.2 * np.arange(1, days.size + 1), abs=1e-9)


# -- a queue of arrivals that are not Poisson -------------------------------------------------------------------------

BETWEEN = {
    "gamma": ({"law": "gamma", "mean": 0.05, "sd": 0.08}, gamma_transform(0.05, 0.08)),
    "fixed": ({"fixed": 0.05}, fixed_transform(0.05)),
}


def queue(arrivals: Data, posts: int) -> Scenario:
    """Exponential work that fills four fifths of the posts, at 20 arrivals a day."""
    desk = {"team": "t", "hours": 24 * 0.04 * posts}
    return world(arrivals, {"desk": desk}, {"t": {"posts": posts}}, weeks=(4, 8, 1))


def queueing(scenario: Scenario, _: Population, tables: Tables) -> Mapping[str, float]:
    queued = waits(scenario, tables.visits)
    return {"wait": queued.mean(), "waited": (queued > 0).mean()}


@seeds
@pytest.mark.parametrize(
    ("law", "posts"),
    [("gamma", 1), pytest.param("fixed", 1, marks=slow), pytest.param("gamma", 3, marks=slow), ("fixed", 3)],
)
def test_gi_m_c(seed: int, law: str, posts: int) -> None:
    given, transform = BETWEEN[law]
    theory = gi_m_c(transform, 0.04 * posts, posts)
    expected = {"wait": theory.mean_days, "waited": theory.probability}
    assert not disagreeing(observed(queue({"days_between": given}, posts), queueing, seed=seed), expected)


@seeds
@pytest.mark.parametrize("law", BETWEEN)
def test_poisson_arrivals_are_told_from_others_of_the_same_rate(seed: int, law: str) -> None:
    theory = gi_m_c(BETWEEN[law][1], 0.04, 1)
    expected = {"wait": theory.mean_days, "waited": theory.probability}
    assert disagreeing(observed(queue({"per_day": 20}, 1), queueing, seed=seed), expected) == set(expected)


@pytest.mark.parametrize("posts", [1, 2, 5])
def test_the_formula_of_gi_m_c_gives_mmc_for_poisson_arrivals(posts: int) -> None:
    poisson = gi_m_c(lambda s: 20 / (20 + s), 0.037 * posts, posts)
    known = formulas.mmc(20, 0.037 * posts, posts)
    assert poisson.probability == pytest.approx(known.wait_probability, rel=1e-7)
    assert poisson.mean_days == pytest.approx(known.mean_wait_days, rel=1e-7)


# -- profiles ---------------------------------------------------------------------------------------------------------

WEEKLY = {"mon": 0.3, "tue": 0.2, "wed": 0.2, "thu": 0.15, "fri": "rest"}
DAILY = {"08:00-10:30": 0.5, "10:30-12:00": 0.1, "13:00-18:00": "rest"}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
YEARLY = {month: 1 + 0.8 * math.sin(2 * math.pi * (at + 0.5) / 12) for at, month in enumerate(MONTHS)}
YEARLY = {month: rate / sum(YEARLY.values()) for month, rate in YEARLY.items()}
MANY_A_DAY = {"per_day": 50}


def minutes(hours: str) -> int:
    return int(hours[:2]) * 60 + int(hours[3:])


def minute_rates() -> Any:
    """The rate of each minute of the year under all three profiles, mean 1, straight from their definition."""
    at = np.arange(364 * 1440)
    week = np.array([0.3, 0.2, 0.2, 0.15, 0.15, 0, 0])[at // 1440 % 7] * 7
    day = np.zeros(at.size)
    for span, share in (("08:00-10:30", 0.5), ("10:30-12:00", 0.1), ("13:00-18:00", 0.4)):
        begin, end = minutes(span[:5]), minutes(span[6:])
        day[(at % 1440 >= begin) & (at % 1440 < end)] = share * 1440 / (end - begin)
    rate = week * day * np.array(list(YEARLY.values()))[at // 43_680] * 12
    return rate / rate.mean()


def cells(days: Any) -> Any:
    """Counts by month, weekday and hour."""
    keys = [days % 364 // (364 / 12), days // 1 % 7, days % 1 * 24 // 1]
    return np.histogramdd(np.stack(keys, axis=1), bins=(range(13), range(8), range(25)))[0].ravel()


def misfit(days: Any) -> float:
    """The probability of counts by month, weekday and hour so far from the profile, with none where there is none."""
    expected = np.histogramdd(
        np.stack([np.arange(524_160) // 43_680, np.arange(524_160) // 1440 % 7, np.arange(524_160) % 1440 // 60], 1),
        bins=(range(13), range(8), range(25)), weights=minute_rates(),
    )[0].ravel()  # fmt: skip
    found, some = cells(days), expected > 0
    if found[~some].any():
        return 0.0
    return float(stats.chisquare(found[some], expected[some] / expected.sum() * found.sum()).pvalue)


@seeds
def test_people_come_by_month_weekday_and_hour_as_the_profile_says(seed: int) -> None:
    full = {**MANY_A_DAY, "weekly": WEEKLY, "daily": DAILY, "yearly": YEARLY}
    (days,) = arrivals_of(world(full, weeks=(0, 155, 1)), seed, 1)
    assert abs(days.size - 50 * 1092) < 4 * math.sqrt(50 * 1092)
    assert misfit(days) > FAR
    without = ({name: given for name, given in full.items() if name != left} for left in ("weekly", "daily", "yearly"))
    for other in without:
        (wrong,) = arrivals_of(world(other, weeks=(0, 155, 1)), seed, 1)
        assert misfit(wrong) < FAR
    nearly = {**full, "weekly": {**WEEKLY, "mon": 0.24, "tue": 0.26}}
    assert misfit(arrivals_of(world(nearly, weeks=(0, 155, 1)), seed, 1)[0]) < FAR


EVEN = {
    "weekly": {**dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat"), 1 / 7), "sun": "rest"},
    "daily": {"00:00-08:20": 500 / 1440, "08:20-24:00": "rest"},
    "yearly": {**dict.fromkeys(MONTHS[:11], 1 / 12), "dec": "rest"},
}


@pytest.mark.parametrize("names", [("weekly",), ("daily",), ("yearly",), ("weekly", "daily", "yearly")])
@pytest.mark.parametrize("rate", [{"per_day": 1.7}, {"days_between": {"law": "gamma", "mean": 0.7, "sd": 0.35}}])
def test_an_even_profile_is_none_even_after_fifty_years(names: tuple[str, ...], rate: Data) -> None:
    weeks = (0, 52 * 50, 1)
    (even,) = arrivals_of(world({**rate, **{name: EVEN[name] for name in names}}, weeks=weeks), 0, 1)
    (none,) = arrivals_of(world(rate, weeks=weeks), 0, 1)
    assert even == pytest.approx(none, abs=1e-9, rel=0)


def test_a_profile_is_as_exact_in_a_late_year_as_in_the_first() -> None:
    """One a day, in working hours only: each falls at eight, in year 50 as in year 1, but for the digits of a sum."""
    (days,) = arrivals_of(
        world({"days_between": {"fixed": 1.0}, "daily": {"08:00-18:00": 1.0}}, weeks=(0, 2600, 1)), 0, 1
    )
    assert days == pytest.approx(np.arange(1, days.size + 1) + 8 / 24, abs=1e-12 * 18_200)


@seeds
@pytest.mark.parametrize(("sd", "dispersion"), [(0.4, 4.0), pytest.param(0.1, 0.25, marks=slow)])
def test_a_profile_keeps_how_unevenly_a_renewal_process_comes(seed: int, sd: float, dispersion: float) -> None:
    """Variance over mean of the number in two years is the squared sd over mean of the gaps, whatever the profile."""
    given = {"days_between": {"law": "gamma", "mean": 0.2, "sd": sd}, "daily": DAILY, "yearly": YEARLY}
    counts = np.array([days.size for days in arrivals_of(world(given, weeks=(0, 103, 1)), seed, 100)])
    ratio, error = counts.var(ddof=1) / counts.mean(), math.sqrt(2 / 99)
    assert abs(ratio / dispersion - 1) < 4 * error
    assert not abs(ratio / 1.0 - 1) < 4 * error


# -- Mt/G/infinity ----------------------------------------------------------------------------------------------------

HOURLY = {f"{hour:02}:00-{hour + 1:02}:00": 1 + 0.8 * math.sin(2 * math.pi * (hour + 0.5) / 24) for hour in range(24)}
HOURLY = {span: rate / 24 for span, rate in HOURLY.items()}
CLOCK = (0.0, 0.3, 0.55, 0.8)
SERVICE = {
    "fixed": ({"fixed": 0.4}, lambda t: min(t, 0.4)),
    "uniform": ({"low": 0.1, "high": 0.9}, stayed_uniform(0.1, 0.9)),
    "lognormal": ({"mean": 0.4, "sd": 0.4}, stayed_lognormal(0.4, 0.4)),
}


def by_the_clock(scenario: Scenario, _: Population, tables: Tables) -> Mapping[str, float]:
    """Mean number in the delay at some times of day, from the fifth week on, when all have long been the same."""
    days = np.arange(28.0, scenario.run.weeks.horizon)
    return {f"at {time}": present(tables.visits, 0, days + time).mean() for time in CLOCK}


def delay(arrivals: Data, law: Any, weeks: tuple[int, int, int] = (0, 15, 1)) -> Scenario:
    return world(arrivals, {"pause": {"delay_days": law}}, {}, weeks=weeks)


def hourly_theory(law: str) -> dict[str, float]:
    edges, rates = [hour / 24 for hour in range(25)], [20 * 24 * share for share in HOURLY.values()]
    return {f"at {time}": present_at(28 + time, edges, rates, SERVICE[law][1]) for time in CLOCK}


@seeds
@pytest.mark.parametrize("law", ["fixed", "uniform", pytest.param("lognormal", marks=slow)])
def test_mt_g_infinity_by_the_hour(seed: int, law: str) -> None:
    seen = observed(delay({"per_day": 20, "daily": HOURLY}, SERVICE[law][0]), by_the_clock, seed=seed)
    assert not disagreeing(seen, hourly_theory(law))


@seeds
@pytest.mark.parametrize(
    ("arrivals", "law"),
    [({"per_day": 20}, {"fixed": 0.4}), ({"per_day": 20, "daily": HOURLY}, {"fixed": 0.45})],
)
def test_mt_g_infinity_without_the_hours_or_of_a_longer_delay_is_found_out(
    seed: int, arrivals: Data, law: Data
) -> None:
    assert disagreeing(observed(delay(arrivals, law), by_the_clock, seed=seed), hourly_theory("fixed"))


DATES = (380.0, 470.0, 560.0, 650.0)


def by_the_date(_: Scenario, __: Population, tables: Tables) -> Mapping[str, float]:
    counts = present(tables.visits, 0, np.array(DATES))
    return {f"on {date}": float(count) for date, count in zip(DATES, counts, strict=True)}


@seeds
def test_mt_g_infinity_by_the_month(seed: int) -> None:
    """The number lags behind the rate by weeks; a year that begins half a year later is found out."""
    edges, rates = [month * 364 / 12 for month in range(13)], [5 * 12 * share for share in YEARLY.values()]
    expected = {f"on {date}": present_at(date, edges, rates, stayed_uniform(20, 60)) for date in DATES}
    law, weeks = {"low": 20.0, "high": 60.0}, (0, 103, 1)
    assert not disagreeing(
        observed(delay({"per_day": 5, "yearly": YEARLY}, law, weeks), by_the_date, seed=seed), expected
    )
    turned = dict(zip(MONTHS, np.roll(list(YEARLY.values()), 6).tolist(), strict=True))
    assert disagreeing(observed(delay({"per_day": 5, "yearly": turned}, law, weeks), by_the_date, seed=seed), expected)


# -- relapses ---------------------------------------------------------------------------------------------------------

LOW, MODERATE, WELL, GONE = range(4)
GROUP: Data = {
    "share": 1.0, "level_at_arrival": {"low": 0.5, "moderate": 0.5}, "worsens_after_days": {"low": 60},
    "eases_after_days": {"low": 40, "moderate": 30}, "leaves_after_days": {"low": 300, "moderate": 150},
}  # fmt: skip
WHEN = np.array([14.0, 42.0, 100.0, 200.0])


def rates() -> Any:
    """Rates a day between low, moderate, well and gone; moderate cannot worsen."""
    made = np.zeros((4, 4))
    made[LOW, MODERATE], made[LOW, WELL], made[LOW, GONE] = 1 / 60, 1 / 40, 1 / 300
    made[MODERATE, LOW], made[MODERATE, GONE] = 1 / 30, 1 / 150
    made[WELL, LOW] = 1 / 50
    np.fill_diagonal(made, -made.sum(axis=1))
    return made


def relapsing(relapses: float = 50, **pathway: Any) -> Scenario:
    group = {**GROUP, "relapses_after_days": relapses}
    stages = {"glance": {"delay_days": {"fixed": 0}}}
    return world({"per_day": 20}, stages, {}, weeks=(0, 4, 29), groups={"a": group}, pathway=pathway)


def levels(scenario: Scenario, citizens: Population, tables: Tables) -> Mapping[str, float]:
    """Shares at low and at moderate some days after the need arose, of the cohort."""
    found = levels_by_day(citizens, tables.changes, WHEN)[of_cohort(scenario, citizens)]
    shares = {name: (found == level).mean(axis=0) for name, level in (("low", 1), ("moderate", 2))}
    return {f"{name} {day:g}": share[at] for name, share in shares.items() for at, day in enumerate(WHEN.tolist())}


def alone(scenario: Scenario, observe: Observe, seed: int, pathway: str | None = "p") -> dict[str, Any]:
    """What is seen of the cohort with nobody behind it."""
    return observed(scenario, observe, seed=seed, crowd=cohort_alone, pathway=pathway)


@seeds
def test_need_that_comes_back_is_the_markov_chain_it_should_be(seed: int) -> None:
    start = np.array([0.5, 0.5, 0.0, 0.0])
    expected = {
        f"{name} {day:g}": (start @ expm(rates() * day))[at]
        for at, name in ((LOW, "low"), (MODERATE, "moderate")) for day in WHEN.tolist()
    }  # fmt: skip
    assert not disagreeing(alone(relapsing(), levels, seed, None), expected)
    assert disagreeing(alone(relapsing(70), levels, seed, None), expected)


@seeds
def test_who_relapses_comes_back_at_the_rate_of_the_level_and_no_faster_or_slower(seed: int) -> None:
    """Visits take no time, so that the approaches by day T are 1 and 1 / 20 a day at low, and none at other levels.

    The days at low by T are the integral of the chain's share there.
    """
    horizon = 29 * 7.0
    fine = np.linspace(0, horizon, 2001)
    start = np.array([0.5, 0.5, 0.0, 0.0])
    step = expm(rates() * (fine[1] - fine[0]))
    shares = [start]
    for _ in fine[1:]:
        shares.append(shares[-1] @ step)
    at_low = float(np.trapezoid(np.array(shares)[:, LOW], fine))

    def approaching(scenario: Scenario, citizens: Population, tables: Tables) -> Mapping[str, float]:
        visits, cohort = tables.visits, of_cohort(scenario, citizens)
        within = cohort[visits.citizen] & (visits.joined <= citizens.arrival[visits.citizen] + horizon)
        return {"approaches": within.sum() / cohort.sum()}

    expected = {"approaches": 1 + at_low / 20}
    world = relapsing(comes_back_after_days={"low": 20})
    assert not disagreeing(alone(world, approaching, seed), expected)
    slower = relapsing(comes_back_after_days={"low": 22})
    assert disagreeing(alone(slower, approaching, seed), expected)


def test_the_tolerance_is_that_of_the_other_tests_of_theory() -> None:
    assert 2 * stats.norm.sf(4) == pytest.approx(FAR, rel=0.1)
    assert apart(np.array([1.0, 3.0]), 2.0) == 0.0
