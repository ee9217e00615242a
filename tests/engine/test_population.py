"""Rule 3 and the citizens: the same people, on the same day, whatever else the file says."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from scipy import stats

from sim.engine import luck
from sim.engine.population import Population, population
from sim.scenario.scenario import Scenario

from .worlds import needy, plain

STANDARD_ERRORS = 4.0
DESK = {"desk": {"team": "clerks", "hours": 1}}
TEAM = {"clerks": {"posts": 1}}


def of_group(people: Population, group: int) -> dict[int, tuple[Any, ...]]:
    """Everything about the citizens of a group, by base."""
    rows = zip(*(column.tolist() for column in people), strict=True)
    return {row[-1]: (row[0], *row[2:5]) for row in rows if row[1] == group}


def world(**changes: Any) -> Scenario:
    group = {
        "share": 1.0,
        "level_at_arrival": {"low": 0.4, "moderate": 0.3, "high": 0.2, "crisis": 0.1},
        "number_of_needs": {"one": 0.5, "two": 0.25, "three": 0.15, "four": 0.1},
    }
    usual: dict[str, Any] = {
        "groups": {"a": group},
        "arrivals": {"per_day": 20.0},
        "place": {"households": {"north": 60, "south": 30, "west": 10}},
    }
    return needy(DESK, TEAM, **{**usual, **changes})


def test_citizens_come_in_order_of_arrival_before_the_horizon() -> None:
    people = population(world(), 0)
    assert (np.diff(people.arrival) > 0).all()
    assert people.arrival[0] > 0 and people.arrival[-1] < 364


def test_a_population_does_not_depend_on_the_pathway() -> None:
    other = needy(
        {"first": {"delay_days": 3, "next": {"second": "rest"}}, "second": {"team": "others", "hours": 9}},
        {"others": {"posts": 7}},
        groups={"a": world().data["groups"]["a"]},
        arrivals={"per_day": 20.0},
        place={"households": {"north": 60, "south": 30, "west": 10}},
    )
    both = zip(population(world(), 0), population(other, 0), strict=True)
    assert all(np.array_equal(one, two) for one, two in both)


def test_a_group_added_disturbs_nobody() -> None:
    """Group a arrives at 20 a day alone, and as half of 40."""
    group = world().data["groups"]["a"]
    both = {"a": {**group, "share": 0.5}, "b": {"share": 0.5, "level_at_arrival": {"high": 1.0}}}
    alone = population(world(), 0)
    crowd = population(world(groups=both, arrivals={"per_day": 40.0}), 0)
    assert of_group(crowd, 0) == of_group(alone, 0)
    assert len(crowd) > 1.5 * len(alone)
    assert (np.diff(crowd.arrival) > 0).all()


def test_a_longer_run_only_adds_people() -> None:
    short, long = (
        population(world(run={"weeks": {"warm_up": 0, "cohort": 1, "follow_up": weeks}}), 3) for weeks in (10, 40)
    )
    assert all(np.array_equal(one, two[: len(short)]) for one, two in zip(short, long, strict=True))


@pytest.mark.parametrize(("seed", "replication"), [(1, 1), (0, 0), (2, 0)])
def test_another_seed_or_replication_is_another_population(seed: int, replication: int) -> None:
    usual = population(world(run={"seed": 1, "weeks": {"warm_up": 0, "cohort": 1, "follow_up": 9}}), 0)
    other = population(world(run={"seed": seed, "weeks": {"warm_up": 0, "cohort": 1, "follow_up": 9}}), replication)
    assert not np.intersect1d(usual.base, other.base).size
    assert not np.intersect1d(usual.arrival, other.arrival).size


def test_a_rate_by_adults_is_one_by_the_day() -> None:
    """91 of 1,000 adults in a year of 364 days are one in four days for each 1,000; of 8,000, two a day."""
    stages = {"desk": {"team": "clerks", "hours": 1}}
    by_adults = {"arrivals": {"per_1000_adults_a_year": 91}, "place": {"adults": 8000}}
    one = plain(stages, {"clerks": {"posts": 1}}, **by_adults)
    other = plain(stages, {"clerks": {"posts": 1}}, arrivals={"per_day": 2})
    assert one.arrivals_a_day == {"citizens": 2.0}
    assert np.array_equal(population(one, 0).arrival, population(other, 0).arrival)


def test_arrivals_are_poisson_at_the_rate_of_the_file() -> None:
    people = population(world(), 0)
    expected = 20 * 364
    assert abs(len(people) - expected) < STANDARD_ERRORS * math.sqrt(expected)
    assert stats.kstest(np.diff(people.arrival), "expon", args=(0, 1 / 20)).pvalue > 6e-5


def test_a_profile_moves_every_arrival_and_nobody_is_lost_by_it() -> None:
    """One a day falls due at midnight; where nobody comes by night, each comes at eight instead."""
    hours = {"days_between": {"fixed": 1.0}, "daily": {"08:00-18:00": 1.0}}
    days = population(world(arrivals=hours), 0).arrival
    assert days == pytest.approx(np.arange(1, 364) + 8 / 24, abs=1e-9)


@pytest.mark.parametrize("replication", range(5))
def test_people_come_to_the_end_of_the_run_however_unevenly(replication: int) -> None:
    """With a spread of ten means the number of arrivals is off by a tenth of itself as often as not.

    A run of twice the length finds the same people in its first half.
    """
    arrivals = {"days_between": {"law": "hyperexponential", "mean": 0.05, "sd": 0.5}}
    once, twice = (
        population(
            world(arrivals=arrivals, run={"weeks": {"warm_up": 0, "cohort": 1, "follow_up": weeks}}), replication
        )
        for weeks in (25, 51)
    )
    assert np.array_equal(once.arrival, twice.arrival[twice.arrival < 26 * 7])
    assert len(once) > 1000


def test_levels_needs_and_neighbourhoods_have_the_shares_of_the_file() -> None:
    people = population(world(), 0)
    for column, first, shares in (
        (people.level, 1, (0.4, 0.3, 0.2, 0.1)),
        (people.needs, 1, (0.5, 0.25, 0.15, 0.1)),
        (people.neighbourhood, 0, (0.6, 0.3, 0.1)),
    ):
        counts = np.bincount(column - first, minlength=len(shares))
        for count, share in zip(counts, shares, strict=True):
            assert abs(count - len(people) * share) < STANDARD_ERRORS * math.sqrt(len(people) * share * (1 - share))


def test_no_arrivals_is_an_empty_population() -> None:
    assert len(population(world(arrivals={"per_day": 0}), 0)) == 0


def test_without_levels_everyone_is_low_with_one_need() -> None:
    data = world().data
    data["groups"] = {"a": {"share": 1.0}}
    data["pathways"]["p"]["stages"]["desk"].pop("purpose")
    people = population(Scenario.from_data("plain", data), 0)
    assert set(people.level) == {1} and set(people.needs) == {1}


def test_the_key_of_a_citizen_is_made_from_group_stream_and_index() -> None:
    people = population(world(), 2)
    expected = luck.citizen_bases(1, 2, "group/a", 0, len(people))
    assert np.array_equal(people.base, expected)
