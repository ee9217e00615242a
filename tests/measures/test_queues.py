"""Queues against figures worked by hand, and against what theory says of any queue."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import numpy as np
import pytest

from sim.engine.engines import simulate
from sim.engine.model import compiled
from sim.engine.population import population
from sim.measures.arrays import Floats
from sim.measures.histograms import Counts, histogram, unpacked
from sim.measures.queues import STAGE_SUMS, TEAM_SUMS, Queues, queues, weekly_slope
from sim.measures.record import Record
from sim.measures.waits import SUMS, kinds, wait_sums
from sim.scenario.scenario import Scenario

from ..engine.worlds import needy, people, plain
from ..theory.observing import STANDARD_ERRORS
from .written import record, visit, visits

DESK, PAUSE, CARE, UNSEEN = range(4)

OFFICE = needy(
    {
        "desk": {
            "team": "clerks",
            "hours": 1,
            "gate": {"eligible_from": "low"},
            "next": {"pause": 0.5, "unseen": 0.1, "leave": "rest"},
        },
        "pause": {"delay_days": {"fixed": 10}, "next": {"care": "rest"}},
        "care": {"team": "workers", "hours": 1, "weeks": 1, "next": {"pause": 0.5, "leave": "rest"}},
        "unseen": {"delay_days": {"fixed": 1}},
    },
    {
        "clerks": {"posts": 2},
        "workers": {"works": "caseload", "posts": 0.7, "cases_each": 3, "keeps": True},
    },
    run={"weeks": {"warm_up": 1, "cohort": 10, "follow_up": 10}},
)
"""The cohort window is days 7 to 77, the run ends on day 147. The workers have floor(0.7 x 3) = 2 places."""

ROWS = visits(
    # joined before the window, waits in it for 40 days, 14 of them beyond the 28th; passes the gate
    visit(0, DESK, 5, 47, due=57, seen="moderate"),
    # care from 60 to 65 and 75 to 80, its place kept from 60 to 80
    visit(0, CARE, 57, 60, due=65),
    visit(0, PAUSE, 65, 65, due=75),
    visit(0, CARE, 75, 75, due=80),
    # waits 7 days, is refused
    visit(1, DESK, 10, 17, due=27, seen="moderate", outcome="refused_criteria"),
    # in care from 70 on, to the end of the run
    visit(1, CARE, 68, 70, due=200, ended=None, approach=2, outcome="open"),
    # gives up after 40 days, 12 of them beyond the 28th
    visit(2, DESK, 20, ended=60, outcome="gave_up"),
    # still waiting at the end
    visit(3, DESK, 70, outcome="open"),
    # starts as the window ends
    visit(4, DESK, 76, 77, due=80, seen="moderate"),
    # joins as the window ends
    visit(5, DESK, 77, 78, due=79, seen="moderate"),
    # joins and starts as the window begins, cut short
    visit(6, DESK, 7, 7, due=17, ended=12, outcome="left_area"),
)


@cache
def office() -> Queues:
    return queues(record(OFFICE, people(*[0.0] * 7), ROWS))


def sums(stage: int) -> dict[str, float]:
    return named(OFFICE, office(), stage)


def named(scenario: Scenario, found: Queues, stage: int) -> dict[str, float]:
    """All sums of a stage by name; the waits are those of everyone."""
    own = dict(zip(STAGE_SUMS, found.stages[stage].tolist(), strict=True))
    return own | dict(zip(wait_sums(scenario), found.wait_sums[stage, 0].tolist(), strict=True))


def waited(stage: int) -> Counts:
    """The histogram of everyone's waits at a stage."""
    (found,) = unpacked([office().waits], stage * len(kinds(OFFICE)))
    return np.asarray(found)


def stayed(stage: int) -> Counts:
    (found,) = unpacked([office().stays], stage)
    return np.asarray(found)


def team(place: int) -> dict[str, float]:
    return dict(zip(TEAM_SUMS, office().teams[place].tolist(), strict=True))


def test_the_sums_of_a_stage_are_as_worked_by_hand() -> None:
    assert sums(DESK) == {
        "wait_days": 7 + 1 + 0,  # of 1, 4, 6
        "started": 3,
        "waiting_days": 40 + 7 + 40 + 7 + 1,  # of 0, 1, 2, 3 and 4, in the window only
        "waiting_days_28": 14 + 12,
        "waiting_days_182": 0,
        "started_28": 0,
        "started_182": 0,
        "joined": 5,  # 1, 2, 3, 4, 6
        "lost": 1,  # 2
        "ended": 3,  # 0, 1 and 6; 2 never started
        "stay_days": 17 + 40 + 4 + 5,  # of 1, 2, 4, 6; 3 is still there
        "stays": 4,
        "gated": 2,  # 0 and 1; nobody looked at 6
        "passed": 1,
    }


def test_a_delay_has_stays_and_no_waits() -> None:
    nothing = dict.fromkeys((*STAGE_SUMS, *wait_sums(OFFICE)), 0)
    assert sums(PAUSE) == nothing | {"started": 1, "joined": 1, "ended": 1, "stay_days": 10, "stays": 1}


def test_a_stage_nobody_visits_has_no_sums() -> None:
    assert not any(sums(UNSEEN).values())
    assert not waited(UNSEEN).any() and not stayed(UNSEEN).any()


def test_posts_are_used_while_work_goes_on() -> None:
    # 47 to 57, 17 to 27, 7 to 12 where it was cut short; 77 to 80 lies outside; on shift day and night
    idle = {"overtime_hours": 0, "unserved_hours": 24 * (2 * 70 - 25)}
    assert team(0) == {"used_days": 25, "capacity_days": 2 * 70, **idle, "waiting_days": 95}


def test_places_that_are_kept_are_used_from_the_first_visit_to_the_end_of_the_approach() -> None:
    # 60 to 77 through the pause, 70 to 77; waits 57 to 60 and 68 to 70
    idle = {"overtime_hours": 0, "unserved_hours": pytest.approx(0.7 * 24 * 70)}  # the visits take no staff hours
    assert team(1) == {"used_days": 17 + 7, "capacity_days": 2 * 70, **idle, "waiting_days": 3 + 2}


def test_places_that_are_not_kept_are_used_during_visits_alone() -> None:
    data = OFFICE.data
    data["pathways"]["p"]["teams"]["workers"]["keeps"] = False
    loose = Scenario.from_data("loose", data)
    assert queues(record(loose, people(*[0.0] * 7), ROWS)).teams[1, TEAM_SUMS.index("used_days")] == 5 + 2 + 7


def test_the_weekly_number_waiting_is_as_worked_by_hand() -> None:
    # at days 0, 7, 14 ..; on day 77 citizen 4 starts and 5 joins; 3 waits to the end
    assert office().waiting[0].tolist() == [0, 1, 2, 2, 2, 2, 2, 1, 1, 0, 1, 2, *[1] * 10]


def test_histograms_hold_the_waits_and_stays_of_the_window() -> None:
    assert np.array_equal(waited(DESK), histogram(np.array([7.0, 1.0, 0.0])))
    assert np.array_equal(stayed(DESK), histogram(np.array([17.0, 40.0, 4.0, 5.0])))


def test_long_waits_are_a_stock() -> None:
    """One who waits 210 days counts for 182 days among those over 28 days and for 28 among those over 182."""
    data = OFFICE.data | {"run": {"weeks": {"warm_up": 1, "cohort": 40, "follow_up": 1}}}
    long = Scenario.from_data("long", data)
    found = named(long, queues(record(long, people(0.0), visits(visit(0, DESK, 7, 217, due=218)))), DESK)
    assert (found["started_28"], found["started_182"]) == (1, 1)
    assert (found["waiting_days"], found["waiting_days_28"], found["waiting_days_182"]) == (210, 182, 28)


def test_the_weekly_slope_is_that_of_a_line() -> None:
    assert weekly_slope(np.array([[3.0, 5.0, 7.0, 9.0], [4.0, 4.0, 4.0, 4.0]])) == pytest.approx([2.0, 0.0])


# -- theory -----------------------------------------------------------------------------------------------------------

A_DAY, POSTS, HOURS, LOAD = 10.0, 2, 3.84, 0.8
NUMBER = 15


def line(seed: int, stages: dict[str, Any], teams: dict[str, Any]) -> list[Queues]:
    """Replications of a queue with a load of 0.8."""
    run = {"seed": seed, "weeks": {"warm_up": 10, "cohort": 20, "follow_up": 1}}
    scenario = plain(stages, teams, arrivals={"per_day": A_DAY}, run=run)
    model, made = compiled(scenario, "p"), []
    for replication in range(NUMBER):
        crowd = population(scenario, replication)
        made.append(queues(Record(scenario, "p", crowd, simulate(model, crowd))))
    return made


def appointments(seed: int) -> list[Queues]:
    return line(seed, {"desk": {"team": "t", "hours": HOURS}}, {"t": {"posts": POSTS}})


def opened(seed: int) -> list[Queues]:
    """The same hours of posts in a week, all of them in 60 of its 168 hours; work waits for the next day."""
    team = {"posts": POSTS * 168 / 60, "open": {"mon-fri": "08:00-20:00"}}
    return line(seed, {"desk": {"team": "t", "hours": HOURS}}, {"t": team})


def caseload(seed: int) -> list[Queues]:
    """Four places, each held for 0.32 days on average."""
    team = {"works": "caseload", "posts": 2, "cases_each": 2}
    return line(seed, {"desk": {"team": "t", "hours": 1, "weeks": 0.32 / 7}}, {"t": team})


def apart(values: Floats) -> float:
    """How far the mean of independent values lies from 0 [standard errors]."""
    return abs(float(values.mean())) / (float(values.std(ddof=1)) / math.sqrt(values.size))


def column(runs: list[Queues], name: str) -> Floats:
    if name in STAGE_SUMS:
        return np.array([run.stages[0, STAGE_SUMS.index(name)] for run in runs], dtype=np.float64)
    return np.array([run.wait_sums[0, 0, SUMS.index(name)] for run in runs], dtype=np.float64)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_mean_number_waiting_is_the_arrival_rate_times_the_mean_wait(seed: int) -> None:
    """Little's law; with the whole stay in place of the wait it must fail."""
    runs = appointments(seed)
    waiting = column(runs, "waiting_days") / 140
    assert apart(waiting - A_DAY * column(runs, "wait_days") / column(runs, "started")) < STANDARD_ERRORS
    assert apart(waiting - A_DAY * column(runs, "stay_days") / column(runs, "stays")) > STANDARD_ERRORS


@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize("kind", [appointments, opened, caseload])
def test_utilisation_is_the_load(kind: Any, seed: int) -> None:
    """Arrivals a day x days of work / posts or places = 0.8; a load of 0.75 must fail."""
    used, capacity, *_ = np.array([run.teams[0] for run in kind(seed)]).T
    assert apart(used / capacity - LOAD) < STANDARD_ERRORS
    assert apart(used / capacity - 0.75) > STANDARD_ERRORS
