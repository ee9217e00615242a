"""Rule 2: whole microseconds. Work that fills a day exactly is done by closing; and limits are limits.

The right numbers are counted in minutes and whole visits, without the engine's arithmetic of time.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.engine.engines import ENGINES, Engine, simulate
from sim.engine.instants import A_DAY, LONGEST, NEVER, day_of, days_between, in_days, instants, span
from sim.engine.model import compiled
from sim.engine.population import population
from sim.measures.overtime import hours_beside_shifts
from sim.measures.record import Record
from sim.scenario.scenario import load

from .worlds import lived, people, plain

WEEKS = 8
FILLING = [(minutes, hours) for minutes in (5, 7, 12, 20, 48, 60) for hours in (6, 7, 8) if hours * 60 % minutes == 0]
"""Lengths of a visit [minutes] and of a day [hours] that hold a whole number of visits."""


def work(minutes: int) -> dict[str, Any]:
    """A fixed length as files say it: minutes; a third of an hour also as hours."""
    return {"minutes": {"fixed": minutes}}


def clinic(stage: dict[str, Any], hours: int, finish: str) -> Any:
    team = {"posts": 1, "open": {"mon-fri": f"08:00-{8 + hours:02d}:00"}, "finish": finish}
    weeks = {"warm_up": 0, "cohort": WEEKS, "follow_up": 1}
    return plain({"see": {"team": "doctor", **stage}}, {"doctor": team}, run={"weeks": weeks})


@pytest.mark.parametrize("finish", ["same day", "next day"])
@pytest.mark.parametrize(("minutes", "hours"), FILLING)
@pytest.mark.parametrize("engine", ENGINES)
def test_visits_that_fill_a_day_exactly_are_done_by_closing(
    minutes: int, hours: int, finish: str, engine: Engine
) -> None:
    a_day = hours * 60 // minutes
    stages = [work(minutes), *([{"hours": {"fixed": 1 / 3}}] if minutes == 20 else [])]
    for stage in stages:
        world = clinic(stage, hours, finish)
        crowd = people(*[0.0] * (a_day * 5 * (WEEKS + 1)))
        tables = simulate(compiled(world, "p"), crowd, engine)
        ended = tables.visits.ended
        by_week = np.bincount((ended // 7).astype(int), minlength=WEEKS + 1)
        assert (by_week[:WEEKS] == 5 * a_day).all()
        assert (np.floor(tables.visits.started) == np.floor(ended)).all()
        late = hours_beside_shifts(Record(world, "p", crowd, tables), 0.0, 7.0 * WEEKS)
        assert not late.overtime.any() and not late.unserved.any()


def test_a_list_that_waits_for_a_full_day_of_hours_gets_as_many_as_the_day_holds() -> None:
    """Ten one-hour visits a day of ten hours, five days a week: 50 a week, where drift let 52.7 through."""
    world = clinic({"minutes": {"fixed": 60}}, 10, "same day")
    ended = lived(world, people(*[0.0] * 60 * WEEKS)).visits.ended
    assert np.bincount((ended[~np.isnan(ended)] // 7).astype(int))[:WEEKS].tolist() == [50] * WEEKS


@given(st.floats(0, 25_000), st.floats(0, 25_000))
def test_days_become_microseconds_once_and_come_back(begin: float, end: float) -> None:
    first, last = sorted(int(one) for one in instants(np.array([begin, end])))
    assert days_between(first, last) == (last - first) / 86_400e6
    assert instants(in_days(np.array([first, last]))).tolist() == [first, last]
    assert day_of(first) == in_days(np.array([first]))[0]


@pytest.mark.parametrize(
    ("days", "expected"),
    [(0.0, 0), (-1.0, 0), (1e-30, 1), (0.4 / A_DAY, 1), (0.6 / A_DAY, 1), (1.6 / A_DAY, 2), (7 / 1440, 420_000_000),
     (1 / 3, 28_800_000_000), (math.inf, LONGEST), (1e300, LONGEST)],
)  # fmt: skip
def test_a_length_of_time_is_rounded_once_and_is_nothing_only_if_it_was(days: float, expected: int) -> None:
    assert span(days) == expected


def test_what_never_happens_has_no_day() -> None:
    assert math.isnan(day_of(NEVER)) and instants([math.nan, 1.0]).tolist() == [NEVER, A_DAY]


# -- limits at 0 (rule 10) --------------------------------------------------------------------------------------------

SECONDS = 1 / 86_400


def quiet(patience: Any, **other: Any) -> Any:
    """A desk that is busy a tenth of the time: 2.4 come a day, an hour each on average."""
    stage = {"team": "clerks", "hours": 1, "gives_up_after_days": patience, **other}
    run = {"seed": 1, "weeks": {"warm_up": 0, "cohort": 260, "follow_up": 1}}
    return plain({"desk": stage}, {"clerks": {"posts": 1}}, arrivals={"per_day": 2.4}, run=run)


def lost(world: Any) -> float:
    """The share who did not wait to be served."""
    crowd = population(world, 0)
    return float(np.mean(np.isnan(lived(world, crowd).visits.started)))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_those_who_will_not_wait_are_lost_only_when_the_desk_is_busy(seed: int) -> None:
    """One in five: of all who come, 0.2 x the share of time the desk is busy, which is nearly that of those who wait.

    Four standard errors of a share of 4,368 who come. Of those who find the desk free none may be lost.
    """
    fifth = quiet({"values": [0, 7], "shares": [0.2, 0.8]}).with_values({"run.seed": seed})
    expected, number = 0.2 * 0.1, 2.4 * 7 * 260
    assert abs(lost(fifth) - expected) < 4 * math.sqrt(expected / number)


@pytest.mark.parametrize("posts", [1, 3])
def test_patience_of_nothing_is_erlangs_loss_system(posts: int) -> None:
    """The share lost is Erlang's B for the load offered; the visits are those of a line in which nobody may wait."""
    load_offered = 2.0
    team, rate = {"clerks": {"posts": posts}}, {"per_day": 24 * load_offered}
    run = {"seed": 7, "weeks": {"warm_up": 4, "cohort": 52, "follow_up": 1}}

    def line(**limit: Any) -> Any:
        return plain({"desk": {"team": "clerks", "hours": 1, **limit}}, team, arrivals=rate, run=run)

    by_limit, by_patience = line(queue_limit=0), line(gives_up_after_days={"fixed": 0})
    crowd = population(by_limit, 0)
    one, other = (lived(world, crowd).visits for world in (by_limit, by_patience))
    assert np.array_equal(one.started, other.started, equal_nan=True)
    weights = [load_offered**k / math.factorial(k) for k in range(posts + 1)]
    blocked = weights[-1] / sum(weights)
    settled = crowd.arrival[other.citizen] > 28
    found = np.isnan(other.started[settled]).mean()
    assert abs(found - blocked) < 4 * math.sqrt(blocked / settled.sum()) * math.sqrt(1 + load_offered)


@pytest.mark.parametrize(
    "keys",
    [
        lambda short: {"gives_up_after_days": {"fixed": short}},
        lambda short: {"gives_up_after_days": {"values": [short, 7], "shares": [0.5, 0.5]}},
    ],
)
def test_a_law_at_0_is_the_limit_of_laws_near_0(keys: Any) -> None:
    """Patience of 0 and of a second differ only for those who would be served within that second."""
    at_0, near_0 = (lost(quiet(keys(short)["gives_up_after_days"])) for short in (0, SECONDS))
    assert abs(at_0 - near_0) < 2e-3
    assert 0.02 < at_0 < 0.2


@pytest.mark.parametrize("key", ["delay_days", "hours"])
def test_times_of_0_are_the_limit_of_times_near_0(key: str) -> None:
    """A delay or work of nothing: the waits for the desk behind it are those behind a microsecond."""

    def waits(short: float) -> Any:
        first: dict[str, Any] = {key: {"fixed": short}, "next": {"desk": "rest"}}
        teams = {"clerks": {"posts": 1}, **({"greeters": {"posts": 1}} if key == "hours" else {})}
        if key == "hours":
            first["team"] = "greeters"
        stages = {"first": first, "desk": {"team": "clerks", "hours": 6}}
        world = plain(
            stages, teams, arrivals={"per_day": 3.0}, run={"weeks": {"warm_up": 0, "cohort": 20, "follow_up": 1}}
        )
        crowd = population(world, 0)
        visits = lived(world, crowd).visits
        at_desk = visits.stage == 1
        return (visits.started - visits.joined)[at_desk]

    at_0, near_0 = waits(0.0), waits(2.4e-9)
    assert at_0.size == near_0.size and np.nanmax(np.abs(at_0 - near_0)) < 1e-6


def test_those_who_will_not_wait_are_passed_on_at_once() -> None:
    """0 is served. 1 will not wait and goes to the other desk in that instant, where a post is free."""
    stages = {
        "desk": {"team": "one", "hours": {"fixed": 24}, "gives_up_after_days": {"fixed": 0}, "on_give_up": "other"},
        "other": {"team": "two", "hours": {"fixed": 12}, "gives_up_after_days": {"fixed": 0}},
    }
    world = plain(stages, {"one": {"posts": 1}, "two": {"posts": 1}})
    visits = lived(world, people(0.0, 0.5, 0.5, 1.0)).visits
    rows = zip(visits.citizen.tolist(), visits.stage.tolist(), visits.started.tolist(), strict=True)
    started = {(citizen, stage): start for citizen, stage, start in rows}
    assert started[0, 0] == 0.0 and started[1, 1] == 0.5 and started[3, 0] == 1.0
    assert math.isnan(started[1, 0]) and math.isnan(started[2, 0]) and math.isnan(started[2, 1])


def test_a_shipped_scenario_has_only_whole_microseconds() -> None:
    world = load("anytown").with_values({"run.weeks.warm_up": 0, "run.weeks.cohort": 4, "run.weeks.follow_up": 4})
    visits = simulate(compiled(world, "local"), population(world, 0)).visits
    for column in (visits.joined, visits.started, visits.ended):
        known = column[~np.isnan(column)]
        assert known.size and np.array_equal(in_days(instants(known)), known)
