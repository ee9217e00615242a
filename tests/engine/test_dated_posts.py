"""Posts and prices with dates: traces by hand, against a transient Markov chain, and to the penny."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.linalg import expm

from sim.engine.engines import simulate
from sim.engine.model import compiled
from sim.engine.population import population
from sim.errors import ScenarioError
from sim.experiments.basis import scaled
from sim.experiments.experiment import Options, run
from sim.experiments.verifying.beyond_shifts import overtime_hours
from sim.experiments.verifying.posts import kept_to
from sim.experiments.verifying.pounds import balanced
from sim.measures.money import account
from sim.measures.overtime import hours_beside_shifts
from sim.measures.queues import TEAM_SUMS, queues
from sim.measures.record import Record

from ..theory.observing import STANDARD_ERRORS
from .worlds import days, lived, people, plain

WEEK = 7.0


def desk(team: dict[str, Any], length: float = 2.0, warm_up: int = 0, **other: Any) -> Any:
    run = {"weeks": {"warm_up": warm_up, "cohort": 2, "follow_up": 2}}
    return plain({"desk": {"team": "clerks", "hours": days(length)}}, {"clerks": team}, run=run, **other)


def begun(world: Any, crowd: Any) -> list[float]:
    return list(map(float, lived(world, crowd).visits.started))


def test_more_posts_are_there_from_monday_of_their_week_on() -> None:
    """One post to day 7, three from then on. 3 starts at 6 and ends at 8; two more are there at 7."""
    world = desk({"posts": 1, "posts_from_week": {"1": 3}})
    assert begun(world, people(*[0.0] * 6)) == [0.0, 2.0, 4.0, 6.0, 7.0, 7.0]


def test_weeks_count_from_the_start_of_the_cohort_window() -> None:
    """A week of warm-up: week 1 of the cohort begins on day 14."""
    world = desk({"posts": 1, "posts_from_week": {"1": 3}}, warm_up=1)
    assert begun(world, people(*[6.0] * 7)) == [6.0, 8.0, 10.0, 12.0, 14.0, 14.0, 14.0]


def test_fewer_posts_interrupt_nobody() -> None:
    """Three start on day 6 and end on day 9, though one post is there from 7; the next starts when all have gone."""
    world = desk({"posts": 3, "posts_from_week": {"1": 1}}, 3.0)
    crowd = people(6.0, 6.0, 6.0, 6.5, 6.5)
    assert begun(world, crowd) == [6.0, 6.0, 6.0, 9.0, 12.0]
    late = hours_beside_shifts(Record(world, "p", crowd, lived(world, crowd)), 0.0, 14.0)
    assert late.overtime.tolist() == [2 * 2 * 24.0]


def test_dates_hold_for_teams_that_open_and_close_and_for_parts_of_posts() -> None:
    """Open on Mondays and Tuesdays: one post, then a half, there on Tuesdays: 1, 8 and 15; then two on Mondays too."""
    team = {"posts": 1, "posts_from_week": {"1": 0.5, "2": 2}, "open": {"mon-tue": "00:00-24:00"}}
    assert begun(desk(team, 1.0), people(*[0.0] * 7)) == [0.0, 1.0, 8.0, 14.0, 14.0, 15.0, 15.0]


def test_several_dates_and_neighbourhoods() -> None:
    """Half of two posts each; from week 1 of four. The south has its own line."""
    team = {"posts": 2, "posts_from_week": {"1": 4}, "per_neighbourhood": True}
    world = desk(team, 7.0, place={"households": {"north": 5, "south": 5}})
    crowd = people(0.0, 0.0, 0.0, {"arrival": 0.0, "neighbourhood": 1}, {"arrival": 1.0, "neighbourhood": 1})
    assert begun(world, crowd) == [0.0, 7.0, 7.0, 0.0, 7.0]


def test_a_caseload_grows_and_shrinks_by_its_places() -> None:
    """Two places; from week 1 one. 2 waits until both of the first have gone and one place is left, on day 14."""
    stage = {"case": {"team": "workers", "hours": {"fixed": 1}, "weeks": {"fixed": 2}}}
    team = {"works": "caseload", "posts": 1, "cases_each": 2}
    run = {"weeks": {"warm_up": 0, "cohort": 3, "follow_up": 3}}
    fewer = plain(stage, {"workers": {**team, "posts_from_week": {"1": 0.5}}}, run=run)
    more = plain(stage, {"workers": {**team, "posts_from_week": {"1": 1.5}}}, run=run)
    crowd = people(0.0, 0.0, 0.0, 0.0)
    assert begun(fewer, crowd) == pytest.approx([0.0, 0.0, 14.0, 28.0])
    assert begun(more, crowd) == pytest.approx([0.0, 0.0, 7.0, 14.0])


def paid(**team: Any) -> Any:
    clerks = {"posts": 2, "hours_per_week": 40, "gbp_per_worked_hour": 20, "open": {"mon-fri": "08:00-18:00"}, **team}
    run = {"weeks": {"warm_up": 1, "cohort": 4, "follow_up": 6}}
    stage = {"desk": {"team": "clerks", "hours": 3, "purpose": "helping"}}
    return plain(stage, {"clerks": clerks}, arrivals={"per_day": 4}, run=run)


def recorded(world: Any) -> Record:
    crowd = population(world, 0)
    return Record(world, "p", crowd, simulate(compiled(world, "p"), crowd))


@pytest.mark.parametrize(
    ("team", "expected"),
    [
        ({}, 2 * 40 * 20 * 10),
        ({"posts_from_week": {"3": 5}}, (2 * 3 + 5 * 7) * 40 * 20),
        ({"gbp_per_worked_hour_from_week": {"4": 30}}, 2 * 40 * (20 * 4 + 30 * 6)),
        (
            {"posts_from_week": {"3": 5}, "gbp_per_worked_hour_from_week": {"4": 30}},
            40 * (2 * 3 * 20 + 5 * 20 + 5 * 6 * 30),
        ),
        ({"posts_from_week": {"99": 5}}, 2 * 40 * 20 * 10),
    ],
)  # fmt: skip
def test_the_ledger_pays_the_posts_and_prices_of_every_week(team: dict[str, Any], expected: float) -> None:
    """Ten weeks are counted, of 40 hours; nobody works longer where posts never fall."""
    record = recorded(paid(**team))
    (staff,) = account(record).ledger
    assert staff.gbp == pytest.approx(expected, abs=0.005)
    assert balanced(record).verdict == "pass"
    assert all(part.verdict in ("pass", "not_applicable") for part in kept_to(record))


def test_overtime_is_paid_at_the_price_of_its_week() -> None:
    """Posts fall in week 5, when the price rises; the second reckoning agrees on the hours."""
    record = recorded(paid(posts=6, posts_from_week={"5": 0.5}, gbp_per_worked_hour_from_week={"5": 50}))
    assert balanced(record).verdict == "pass"
    weeks = record.scenario.run.weeks
    hours = float(hours_beside_shifts(record, weeks.cohort_from, weeks.horizon).overtime[0])
    assert (
        hours == pytest.approx(overtime_hours(record, "clerks", (weeks.cohort_from, weeks.horizon)), abs=1e-6)
        and hours > 0
    )
    (staff,) = account(record).ledger
    assert staff.gbp == pytest.approx(40 * (6 * 5 * 20 + 0.5 * 5 * 50) + 50 * hours)


def test_a_caseload_that_begins_with_nobody_has_the_hours_of_those_who_come() -> None:
    """Two posts of 10 hours from week 1 on: 20 hours in each of 3 weeks, of which two cases of 4 hours take 8."""
    team = {"works": "caseload", "posts": 0, "posts_from_week": {"1": 2}, "cases_each": 2, "hours_per_week": 10}
    stage = {"case": {"team": "workers", "hours": {"fixed": 4}, "weeks": {"fixed": 2}}}
    world = plain(stage, {"workers": team}, run={"weeks": {"warm_up": 0, "cohort": 3, "follow_up": 1}})
    crowd = people(0.0, 0.0)
    beside = hours_beside_shifts(Record(world, "p", crowd, lived(world, crowd)), 0.0, 28.0)
    assert (beside.overtime.tolist(), beside.unserved.tolist()) == ([0.0], [pytest.approx(3 * 20 - 2 * 4)])


def test_use_is_of_the_posts_there_on_average() -> None:
    record = recorded(paid(posts_from_week={"1": 4}))
    (row,) = queues(record).teams
    assert row[TEAM_SUMS.index("capacity_days")] == pytest.approx((2 + 4 * 3) / 4 * 4 * 5 * 10 / 24)


def test_a_factor_holds_for_posts_that_begin_at_none() -> None:
    team = scaled(paid(posts=0, posts_from_week={"1": 4}), "p", 2).pathways["p"].teams["clerks"]
    assert team.posts_by_week == ((0, 0.0), (1, 8.0))


def test_a_factor_on_posts_holds_at_every_date() -> None:
    team = scaled(paid(posts_from_week={"3": 5}), "p", 1.5).pathways["p"].teams["clerks"]
    assert team.posts_by_week == ((0, 3.0), (3, 7.5))


@pytest.mark.parametrize(
    ("team", "words"),
    [
        ({"posts": 2, "posts_from_week": {"0": 3}}, "posts_from_week"),
        ({"posts": 2, "posts_from_week": {"1.5": 3}}, "posts_from_week"),
        ({"posts": 2, "posts_from_week": {"4": -1}}, "posts_from_week.4"),
        ({"posts": "unlimited", "posts_from_week": {"4": 3}}, "has no effect where posts are unlimited"),
        ({"rota": {"mon": {"08:00-12:00": 1}}, "posts_from_week": {"4": 3}}, "has no effect beside a `rota`"),
        ({"posts": 2, "gbp_per_worked_hour_from_week": {"4": 3}}, "has no effect on a team without"),
    ],
)
def test_dates_that_make_no_sense_are_refused(team: dict[str, Any], words: str) -> None:
    with pytest.raises(ScenarioError, match="from_week") as refused:
        desk(team)
    assert words in str(refused.value)


# -- theory -----------------------------------------------------------------------------------------------------------

ARRIVALS, WORK = 3.0, 0.5
MOST = 60


def chain(posts: int) -> Any:
    """Generator of the number in an M/M/c line."""
    numbers = np.arange(MOST + 1)
    rates = np.diag(np.full(MOST, ARRIVALS), 1) + np.diag(np.minimum(numbers[1:], posts) / WORK, -1)
    return rates - np.diag(rates.sum(axis=1))


def mean_numbers(posts: tuple[int, int], at: Any) -> Any:
    """Mean number there at each day of `at`, from empty, where the posts change on day 14."""
    first, later = chain(posts[0]), chain(posts[1])
    half = expm(first * 14)[0]
    law = [(expm(first * day)[0] if day <= 14 else half @ expm(later * (day - 14))) for day in at]
    return np.array(law) @ np.arange(MOST + 1)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_a_line_whose_posts_grow_is_as_the_chain_says(seed: int) -> None:
    """One post, which two thirds of the work would overload, and three from week 2 on: 200 runs from empty."""
    at = np.array([7.0, 13.5, 15.0, 18.0, 24.0])
    run = {"seed": seed, "weeks": {"warm_up": 0, "cohort": 3, "follow_up": 1}}
    team = {"posts": 1, "posts_from_week": {"2": 3}}
    world = plain({"desk": {"team": "clerks", "hours": 24 * WORK}}, {"clerks": team},
                  arrivals={"per_day": ARRIVALS}, run=run)  # fmt: skip
    model, counts = compiled(world, "p"), []
    for replication in range(200):
        visits = simulate(model, population(world, replication)).visits
        counts.append([((visits.joined <= day) & ~(visits.ended <= day)).sum() for day in at])
    found, error = np.mean(counts, axis=0), np.std(counts, axis=0, ddof=1) / np.sqrt(200)
    assert (np.abs(found - mean_numbers((1, 3), at)) < STANDARD_ERRORS * error).all()
    for wrong in ((1, 1), (3, 3), (1, 2)):
        assert not (np.abs(found - mean_numbers(wrong, at)) < STANDARD_ERRORS * error).all()


def test_a_team_that_begins_with_nobody_is_paid_and_not_said_to_have_no_posts() -> None:
    world = paid(posts=0, posts_from_week={"1": 4})
    assert world.pathways["p"].teams["clerks"].is_paid
    assert not paid(posts=0).pathways["p"].teams["clerks"].is_paid
    found = run(world, Options(replications=2, workers=1)).comparison.notices
    assert "nobody_served" not in {notice.kind for notice in found}
