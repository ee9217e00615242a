"""Hours worked beyond those on shift (rule 5): by hand, against a sum minute by minute, and against what is paid."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.engine.engines import simulate
from sim.engine.model import compiled
from sim.engine.population import Population, population
from sim.engine.tables import Tables, Visits
from sim.measures.money import account
from sim.measures.overtime import _in_order, hours_beside_shifts
from sim.measures.record import Record
from sim.scenario.scenario import Scenario

from ..engine.worlds import lived, people, plain


def beside(world: Scenario, crowd: Population, low: float, high: float) -> tuple[float, float]:
    found = hours_beside_shifts(Record(world, "p", crowd, lived(world, crowd)), low, high)
    return float(found.overtime[0]), float(found.unserved[0])


def test_a_shift_that_falls_from_ten_to_one_leaves_nine_in_overtime() -> None:
    """Ten start five hours at 08:00; from 09:00 one is on shift until 18:00, so nine work four hours beyond it."""
    rota = {"mon-sun": {"08:00-09:00": 10, "09:00-18:00": 1}}
    world = plain({"desk": {"team": "clerks", "hours": {"fixed": 5}}}, {"clerks": {"rota": rota}})
    assert beside(world, people(*[0.0] * 10), 0.0, 1.0) == (36.0, 5.0)


def test_every_day_of_it() -> None:
    """Ten start at 08:00, and one at 13:00 when they have gone: 55 hours a day on 19 of shift."""
    rota = {"mon-sun": {"08:00-09:00": 10, "09:00-18:00": 1}}
    world = plain({"desk": {"team": "clerks", "hours": {"fixed": 5}}}, {"clerks": {"rota": rota}})
    assert beside(world, people(*[0.0] * 200), 0.0, 7.0) == (7 * 36.0, 0.0)


def test_time_stands_still_while_a_team_is_closed_and_work_waits() -> None:
    """Two start two hours at 16:00 on Monday. One is on shift on Tuesday, from 08:00: one hour beyond it, once."""
    rota = {"mon": {"16:00-17:00": 2}, "tue": {"08:00-17:00": 1}}
    world = plain({"desk": {"team": "clerks", "hours": {"fixed": 2}}}, {"clerks": {"rota": rota}})
    assert beside(world, people(0.0, 0.0), 0.0, 7.0) == (1.0, 8.0)


def test_a_part_post_that_goes_leaves_its_visit_in_overtime() -> None:
    """Half a post round the clock is there on Tuesday; work of a day begun at noon runs half a day into Wednesday."""
    world = plain({"desk": {"team": "clerks", "hours": {"fixed": 24}}}, {"clerks": {"posts": 0.5}})
    assert beside(world, people(1.5), 0.0, 3.0) == (12.0, 12.0)


def test_paid_hours_are_those_of_a_post_in_an_hour_of_being_open() -> None:
    """As above; a post is paid for 21 of 168 hours a week, half of them with citizens: 1.5 hours in 12."""
    team = {"posts": 0.5, "hours_per_week": 42, "weeks_per_year": 26, "share_with_citizens": 0.5}
    world = plain({"desk": {"team": "clerks", "hours": {"fixed": 1.5}}}, {"clerks": team})
    assert beside(world, people(1.5), 0.0, 3.0) == pytest.approx((1.5, 1.5))


def test_a_caseload_works_overtime_where_its_hours_exceed_those_paid() -> None:
    """A post of 10 hours a week, half with citizens, holds two cases of 7 hours a week: 28 paid for 10 each week."""
    team = {"works": "caseload", "posts": 1, "cases_each": 2, "hours_per_week": 10, "share_with_citizens": 0.5}
    case = {"team": "workers", "hours": {"fixed": 7}, "weeks": {"fixed": 1}}
    world = plain({"case": {**case, "hours": {"fixed": 2.5}}}, {"workers": team})
    crowd = people(*[0.0] * 8)
    tables = lived(world, crowd)
    longer = Visits(**{**tables.visits._asdict(), "staff_hours": np.full(8, 7.0)})  # no file may ask for so much
    more = Tables(longer, tables.changes)
    found = hours_beside_shifts(Record(world, "p", crowd, more), 0.0, 28.0)
    assert (float(found.overtime[0]), float(found.unserved[0])) == pytest.approx((4 * (28 - 10), 0.0))


def minute_by_minute(world: Scenario, crowd: Population, days: int) -> tuple[float, float]:
    """The same sums by looking at every minute: who is at work, who is on shift by the file."""
    visits = lived(world, crowd).visits
    team = world.pathways["p"].teams["clerks"]
    middle = (np.arange(days * 1440) + 0.5) / 1440
    week = middle % 7
    there = np.zeros(middle.size)
    for shift in team.shifts:
        there += shift.heads * ((shift.begins <= week) & (week < shift.ends))
    at_work = np.zeros(middle.size)
    for start, end in zip(visits.started, np.where(np.isnan(visits.ended), visits.due, visits.ended), strict=True):
        if not np.isnan(start):
            at_work += (start <= middle) & (middle < end)
    if team.finish != "same day":
        at_work *= there > 0
    return float(np.maximum(at_work - there, 0).sum() / 60), float(np.maximum(there - at_work, 0).sum() / 60)


@pytest.mark.parametrize("finish", ["same day", "next day"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_is_the_sum_over_every_minute(finish: str, seed: int) -> None:
    rota = {"mon-fri": {"08:00-10:00": 3, "10:00-12:00": 1, "13:00-16:30": 2}}
    run = {"seed": seed, "weeks": {"warm_up": 0, "cohort": 4, "follow_up": 1}}
    stage = {"team": "clerks", "minutes": {"mean": 55, "sd": 30}}
    world = plain({"desk": stage}, {"clerks": {"rota": rota, "finish": finish}}, arrivals={"per_day": 11}, run=run)
    crowd = population(world, 0)
    found, expected = beside(world, crowd, 0.0, 28.0), minute_by_minute(world, crowd, 28)
    assert found[0] > 1 and found[1] > 1
    assert found == pytest.approx(expected, abs=0.02 * crowd.arrival.size)


# -- no work is free --------------------------------------------------------------------------------------------------


def paid_clerks(**team: Any) -> Scenario:
    rota = {"mon-sun": {"08:00-09:00": 10, "09:00-18:00": 1}}
    stage = {"team": "clerks", "hours": {"fixed": 5}, "purpose": "helping"}
    clerks = {"rota": rota, "gbp_per_worked_hour": 10, **team}
    run = {"weeks": {"warm_up": 1, "cohort": 4, "follow_up": 4}}
    return plain({"desk": stage}, {"clerks": clerks}, arrivals={"per_day": 12}, run=run)


@pytest.mark.parametrize(("own", "rate"), [({}, 10), ({"gbp_per_overtime_hour": 16}, 16)])
def test_the_ledger_pays_hours_on_shift_and_every_hour_worked_beyond_them(own: dict[str, Any], rate: float) -> None:
    """19 hours of shift a day at GBP 10. Worked beyond it are all hours of the visits that no post on shift was for."""
    world = paid_clerks(**own)
    crowd = population(world, 0)
    record = Record(world, "p", crowd, simulate(compiled(world, "p"), crowd))
    (staff,) = account(record).ledger
    low, high = 7.0, 63.0
    overtime, idle = (float(one[0]) for one in hours_beside_shifts(record, low, high))
    assert staff.gbp == pytest.approx(10 * 19 * 56 + rate * overtime)
    used = 5.0 * float(((record.visits.started >= low) & (record.visits.started < high)).sum())
    assert overtime == pytest.approx(used - (19 * 56 - idle), abs=100)  # but for visits across the edges
    assert overtime > 1000


@pytest.mark.parametrize("longest", [1, 1 << 16, 1 << 33, 1 << 61])
def test_moments_are_put_in_order_whatever_their_size(longest: int) -> None:
    times = np.random.default_rng(1).integers(0, longest, 5_000)
    assert np.array_equal(times[_in_order(times)], np.sort(times))
