"""Those who wait when the run begins (rule 18): traces worked by hand, and who they are."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.engine import luck
from sim.engine.codes import AWAY
from sim.engine.model import compiled
from sim.engine.population import SHORTEST_WAIT, population
from sim.measures.lives import lives
from sim.measures.money import account
from sim.measures.queues import STAGE_SUMS, queues
from sim.measures.record import Record
from sim.measures.waits import wait_sums
from sim.scenario.scenario import Scenario

from ..measures.test_money import PENNY, borne, paid
from .worlds import Data, days, lived, moves, needy, people, plain, story

ONE = {"clerks": {"posts": 1}}


def desk(**other: Any) -> Data:
    return {"desk": {"team": "clerks", "hours": days(2), **other}}


# -- traces -----------------------------------------------------------------------------------------------------------


def test_who_has_waited_longest_comes_first_and_all_of_them_before_newcomers() -> None:
    assert story(plain(desk(), ONE), people(-30.0, -10.0, 0.5)) == [
        (0, "desk", -30.0, 0.0, 2.0, "routed"),
        (1, "desk", -10.0, 2.0, 4.0, "routed"),
        (2, "desk", 0.5, 4.0, 6.0, "routed"),
    ]


def test_those_who_have_waited_equally_long_come_by_number() -> None:
    told = story(plain(desk(), ONE), people(-30.0, -10.0, -10.0, -10.0))
    assert [(step[0], step[3]) for step in told] == [(0, 0.0), (1, 2.0), (2, 4.0), (3, 6.0)]


def test_patience_begins_with_the_run() -> None:
    """Both have 3 days of it from day 0, however long they have waited."""
    world = plain({"desk": {"team": "clerks", "hours": days(5), "gives_up_after_days": {"fixed": 3}}}, ONE)
    assert story(world, people(-30.0, -1.0)) == [
        (0, "desk", -30.0, 0.0, 5.0, "routed"),
        (1, "desk", -1.0, None, 3.0, "gave_up"),
    ]


def test_the_limit_of_the_line_is_not_for_them_but_for_all_who_come_after_them() -> None:
    """Three wait where one may. At 1 two still do, and 3 is turned away; so is 0 at 2, who comes to the line anew."""
    stages = {**desk(queue_limit=1, next={"again": "rest"}), "again": {**desk(queue_limit=1)["desk"]}}
    told = story(plain(stages, ONE), people(-9.0, -8.0, -7.0, 1.0))
    assert told[:2] == [(0, "desk", -9.0, 0.0, 2.0, "routed"), (0, "again", 2.0, None, 2.0, "full")]
    assert told[-1] == (3, "desk", 1.0, None, 1.0, "full")
    assert [step[3] for step in told if step[1] == "desk"] == [0.0, 2.0, 4.0, None]


@pytest.mark.usefixtures("average_luck")
def test_the_course_and_the_way_out_of_the_area_begin_with_the_run() -> None:
    """Of two who wait for 0, at work to 2: 1 recovers at 1.5 and 2, at level high, has left at 1."""
    group = {"eases_after_days": {"low": 1.5}, "leaves_after_days": {"high": 1}}
    world = needy(desk(), ONE, group=group)
    crowd = people({"arrival": -9.0, "level": "moderate"}, -8.0, {"arrival": -7.0, "level": "high"})
    assert story(world, crowd) == [
        (0, "desk", -9.0, 0.0, 2.0, "routed"),
        (1, "desk", -8.0, None, 1.5, "recovered"),
        (2, "desk", -7.0, None, 1.0, "left_area"),
    ]
    assert moves(world, crowd, None) == [(1, 1.5, "low", "none", "eased"), (2, 1.0, "high", "none", "left_area")]


@pytest.mark.usefixtures("average_luck")
def test_each_pathway_says_where_they_wait_and_they_come_back_to_its_start() -> None:
    """0 waits for the second desk; done at 2, back at 2 + 5 as everyone: at the first."""
    stages = {"first": desk(next={"second": "rest"})["desk"], "second": desk()["desk"]}
    waiting: Data = {"waiting_at_start": {"people": 1, "days_waited": 30}, "waiting_at": "second"}
    world = needy(stages, ONE, comes_back_after_days={"low": 5}, asks_after_days={"low": 40}, **waiting)
    told = lived(world, people(-30.0)).visits
    assert story(world, people(-30.0))[:3] == [
        (0, "second", -30.0, 0.0, 2.0, "routed"),
        (0, "first", 7.0, 7.0, 9.0, "routed"),
        (0, "second", 9.0, 9.0, 11.0, "routed"),
    ]
    assert told.approach.tolist()[:3] == [1, 2, 2]
    assert story(world.with_values({"pathways.p.waiting_at": "first"}), people(-30.0))[0][1] == "first"


def test_with_no_service_they_are_in_need_and_nothing_else() -> None:
    world = needy(desk(), ONE)
    assert compiled(world, None).waiting_at == AWAY
    assert len(lived(world, people(-30.0, 2.0), None).visits) == 0


# -- who they are -----------------------------------------------------------------------------------------------------


def town(waiting: Data | None = None, **changes: Any) -> Scenario:
    mix = {"level_at_arrival": {"low": 0.4, "high": "rest"}, "number_of_needs": {"one": 0.5, "two": "rest"}}
    groups = {"a": {**mix, "share": 0.7}, "b": {**mix, "share": 0.3, "level_at_arrival": {"crisis": 1.0}}}
    top: Data = {"groups": groups, "arrivals": {"per_day": 3.0}, "place": {"households": {"north": 60, "south": 40}}}
    top |= {"waiting_at_start": waiting} if waiting else {}
    return needy(desk(), ONE, **{**top, **changes})


LIST = {"people": 2000, "days_waited": {"mean": 60, "sd": 40}}


def test_the_list_changes_nobody_elses_luck() -> None:
    alone, crowd, other = (population(town(given), 0) for given in (None, LIST, {"people": 9, "days_waited": 5}))
    for people_too in (crowd, other):
        came = people_too.arrival >= 0
        assert all(np.array_equal(one, two[came]) for one, two in zip(alone, people_too, strict=True))
    assert (int((crowd.arrival < 0).sum()), int((other.arrival < 0).sum())) == (2000, 9)


def test_a_longer_list_only_adds_people_to_it() -> None:
    short, long = (population(town({**LIST, "people": number}), 0) for number in (50, 80))
    first, all_of_them = ({base: row for *row, base in rows(people_too)} for people_too in (short, long))
    assert first.items() <= all_of_them.items()
    assert len(all_of_them) == len(first) + 30


def rows(people_too: Any) -> list[tuple[Any, ...]]:
    return list(zip(*(column.tolist() for column in people_too), strict=True))


def test_they_stand_first_and_have_luck_of_their_own_stream() -> None:
    crowd = population(town(LIST), 2)
    assert (np.diff(crowd.arrival) >= 0).all()
    expected = luck.citizen_bases(1, 2, "waiting", 0, 2000)
    assert set(crowd.base[:2000].tolist()) == set(expected.tolist())


def test_they_are_of_the_groups_by_share_and_of_the_levels_and_places_of_their_group() -> None:
    crowd = population(town(LIST), 0)
    group, level, place = (column[:2000] for column in (crowd.group, crowd.level, crowd.neighbourhood))
    for flags, share in (
        (group == 1, 0.3),
        (level[group == 0] == 1, 0.4),
        (place == 0, 0.6),
        (crowd.needs[:2000][group == 1] == 2, 0.5),
    ):
        assert abs(flags.mean() - share) < 4 * np.sqrt(share * (1 - share) / flags.size)
    assert set(level[group == 1]) == {4}
    assert abs(-crowd.arrival[:2000].mean() - 60) < 4 * 40 / np.sqrt(2000)


def test_with_arrivals_of_their_own_the_groups_wait_in_proportion_to_them() -> None:
    own = {name: {**{k: v for k, v in group.items() if k != "share"}, "arrivals": {"per_day": rate}}
           for (name, group), rate in zip(town().data["groups"].items(), (1, 3), strict=True)}  # fmt: skip
    data = {name: value for name, value in town(LIST).data.items() if name != "arrivals"}
    crowd = population(Scenario.from_data("own", {**data, "groups": own}), 0)
    assert abs((crowd.group[:2000] == 1).mean() - 0.75) < 4 * np.sqrt(0.75 * 0.25 / 2000)


def test_even_who_has_waited_no_time_was_there_before_the_run() -> None:
    crowd = population(town({"people": 5, "days_waited": {"fixed": 0}}), 0)
    assert crowd.arrival[:5].tolist() == [-SHORTEST_WAIT] * 5
    assert crowd.arrival[5] > 0


# -- what they are to the measures ------------------------------------------------------------------------------------


def test_they_are_served_but_not_counted_even_without_a_warm_up() -> None:
    world = town({"people": 40, "days_waited": 60})
    crowd = population(world, 0)
    record = Record(world, "p", crowd, lived(world, crowd))
    assert (record.cohort.first, record.citizens.arrival[40] > 0) == (40, True)
    assert record.visits.started[0] == 0.0
    columns = lives(record)
    assert all(np.isfinite(column[~np.isinf(column)]).all() and (column >= 0).all() for column in columns.values())


def test_a_line_that_was_there_counts_as_waiting_but_not_as_waits_of_the_window() -> None:
    """One week's window, 1 served at once. 0 and 1 waited 30 days before: over 28 days and under 182 when it begins.

    Days waited in the window: 2 (citizen 1 starts at 2) and 3.5 (citizen 2, from 0.5 to 4).
    """
    world = plain(desk(), ONE)
    crowd = people(-30.0, -30.0, 0.5)
    found = queues(Record(world, "p", crowd, lived(world, crowd)))
    sums = dict(zip(STAGE_SUMS, found.stages[0].tolist(), strict=True))
    sums |= dict(zip(wait_sums(world), found.wait_sums[0, 0].tolist(), strict=True))
    assert (sums["wait_days"], sums["started"], sums["joined"]) == (3.5, 1, 1)
    assert (sums["waiting_days"], sums["waiting_days_28"], sums["waiting_days_182"]) == (5.5, 2.0, 0.0)
    assert found.waiting[0, 0] == 1


def test_money_adds_up_to_the_penny_with_a_list_and_without_a_warm_up() -> None:
    data = town({"people": 40, "days_waited": 60}).data
    data["pathways"]["p"]["teams"]["clerks"] |= {"gbp_per_worked_hour": 20, "hours_per_week": 168}
    data["pathways"]["p"]["contract"] = {"bidding": {"gbp_a_year": 900}}
    world = Scenario.from_data("priced", data)
    crowd = population(world, 0)
    made = Record(world, "p", crowd, lived(world, crowd))
    assert borne(made, account(made)) == pytest.approx(paid(account(made)), abs=PENNY)
