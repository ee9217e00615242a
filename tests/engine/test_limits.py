"""Unlimited posts, and queues that turn people away (rule 19), as whole timelines worked by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.engine.codes import NO_LIMIT
from sim.engine.model import compiled
from sim.measures.queues import TEAM_SUMS, queues
from sim.measures.record import Record
from sim.scenario.scenario import Scenario

from .worlds import Data, days, lived, needy, people, plain, story

ONE = {"clerks": {"posts": 1}}
TWO_PLACES = {"households": {"north": 1, "south": 1}}


def desk(limit: int, **other: Any) -> Data:
    return {"team": "clerks", "hours": days(2), "queue_limit": limit, **other}


# -- unlimited posts --------------------------------------------------------------------------------------------------


def test_nobody_waits_for_a_team_with_unlimited_posts() -> None:
    world = plain({"desk": {"team": "clerks", "hours": days(2)}}, {"clerks": {"posts": "unlimited"}})
    assert story(world, people(0.0, 0.0, 0.5)) == [
        (0, "desk", 0.0, 0.0, 2.0, "routed"),
        (1, "desk", 0.0, 0.0, 2.0, "routed"),
        (2, "desk", 0.5, 0.5, 2.5, "routed"),
    ]


def test_nobody_waits_for_an_unlimited_caseload_in_any_neighbourhood() -> None:
    team = {"works": "caseload", "posts": "unlimited"}
    stage = {"team": "workers", "hours": 1, "weeks": {"fixed": 1}}
    world = plain({"case": stage}, {"workers": team}, place=TWO_PLACES)
    assert compiled(world, "p").places.tolist() == [[NO_LIMIT, NO_LIMIT]]
    crowd = people(0.0, {"arrival": 1.0, "neighbourhood": 1}, 1.0)
    assert [step[3:5] for step in story(world, crowd)] == [(0.0, 7.0), (1.0, 8.0), (1.0, 8.0)]


def test_no_share_of_unlimited_posts_is_used() -> None:
    def used(posts: Any) -> dict[str, float]:
        world = plain({"desk": {"team": "clerks", "hours": days(1)}}, {"clerks": {"posts": posts}})
        citizens = people(0.0, 3.0)
        row = queues(Record(world, "p", citizens, lived(world, citizens))).teams[0]
        return dict(zip(TEAM_SUMS, row.tolist(), strict=True))

    idle = {"overtime_hours": 0.0, "unserved_hours": 24 * 12.0}
    assert used(2) == {"used_days": 2.0, "capacity_days": 14.0, **idle, "waiting_days": 0.0}
    nothing = dict.fromkeys(idle, 0.0)
    assert used("unlimited") == {"used_days": 2.0, "capacity_days": 0.0, **nothing, "waiting_days": 0.0}


# -- queues that turn people away -------------------------------------------------------------------------------------


def test_who_finds_as_many_waiting_as_may_wait_is_turned_away() -> None:
    """0 is served to 2; 1 waits; 2 finds one waiting and is turned away; at 2 the post goes to 1, so 3 may wait."""
    assert story(plain({"desk": desk(1)}, ONE), people(0.0, 0.5, 1.0, 2.5)) == [
        (0, "desk", 0.0, 0.0, 2.0, "routed"),
        (1, "desk", 0.5, 2.0, 4.0, "routed"),
        (2, "desk", 1.0, None, 1.0, "full"),
        (3, "desk", 2.5, 4.0, 6.0, "routed"),
    ]


def test_with_a_limit_of_0_nobody_waits() -> None:
    """1 finds the one post busy. The work of 0 ends at 2 before 2 arrives at 2 (rule 1): the post is free for 2."""
    assert story(plain({"desk": desk(0)}, ONE), people(0.0, 1.0, 2.0)) == [
        (0, "desk", 0.0, 0.0, 2.0, "routed"),
        (1, "desk", 1.0, None, 1.0, "full"),
        (2, "desk", 2.0, 2.0, 4.0, "routed"),
    ]


def test_of_those_who_come_at_one_instant_as_many_stay_as_find_a_post_or_may_wait() -> None:
    """Two posts, one may wait: of four at day 0 the first two start, the third waits, the fourth is turned away."""
    world = plain({"desk": desk(1)}, {"clerks": {"posts": 2}})
    assert story(world, people(0.0, 0.0, 0.0, 0.0)) == [
        (0, "desk", 0.0, 0.0, 2.0, "routed"),
        (1, "desk", 0.0, 0.0, 2.0, "routed"),
        (2, "desk", 0.0, 2.0, 4.0, "routed"),
        (3, "desk", 0.0, None, 0.0, "full"),
    ]


def test_a_post_just_given_up_is_free_for_one_who_is_sent_round_again() -> None:
    """0 is done at 2, and finds at 2 the post they left; 1, who came at 1, was turned away."""
    stages = {"desk": {**desk(0), "next": {"again": "rest"}}, "again": desk(0)}
    assert story(plain(stages, ONE), people(0.0, 1.0)) == [
        (0, "desk", 0.0, 0.0, 2.0, "routed"),
        (0, "again", 2.0, 2.0, 4.0, "routed"),
        (1, "desk", 1.0, None, 1.0, "full"),
    ]


def test_who_is_turned_away_goes_where_the_file_says_at_once() -> None:
    """1 finds the desk full and is served by the others; 2 finds both full and pauses, and all within the instant."""
    stages = {
        "desk": desk(0, when_full="second"),
        "second": {**desk(0, when_full="pause"), "team": "others"},
        "pause": {"delay_days": {"fixed": 1}},
    }
    world = plain(stages, {"others": {"posts": 1}, "clerks": {"posts": 1}})
    assert story(world, people(0.0, 0.0, 1.0)) == [
        (0, "desk", 0.0, 0.0, 2.0, "routed"),
        (1, "desk", 0.0, None, 0.0, "full"),
        (1, "second", 0.0, 0.0, 2.0, "routed"),
        (2, "desk", 1.0, None, 1.0, "full"),
        (2, "second", 1.0, None, 1.0, "full"),
        (2, "pause", 1.0, 1.0, 2.0, "routed"),
    ]


def test_all_who_wait_for_the_team_count_whatever_stage_they_wait_at() -> None:
    """1 waits at the other stage of the team, which has no limit: 2 finds them there and is turned away."""
    stages = {
        "sort": {"delay_days": {"fixed": 0}, "next_by_group": {"a": {"desk": "rest"}, "b": {"other": "rest"}}},
        "desk": desk(1),
        "other": {"team": "clerks", "hours": days(2)},
    }
    world = plain(stages, ONE, groups={"a": {"share": 0.5}, "b": {"share": 0.5}})
    crowd = people(0.0, {"arrival": 0.5, "group": 1}, 1.0, {"arrival": 1.5, "group": 1})
    assert [step[1:] for step in story(world, crowd) if step[1] != "sort"] == [
        ("desk", 0.0, 0.0, 2.0, "routed"),
        ("other", 0.5, 2.0, 4.0, "routed"),
        ("desk", 1.0, None, 1.0, "full"),
        ("other", 1.5, 4.0, 6.0, "routed"),
    ]


@pytest.mark.parametrize(("apart", "outcomes"), [(True, ["routed", "full", "routed"]), (False, ["routed"] * 3)])
def test_each_neighbourhood_has_a_queue_of_its_own_to_fill(apart: bool, outcomes: list[str]) -> None:
    """Two posts over two places. 1 of the north finds the northern post busy, though the south's is free."""
    team = {"posts": 2, "per_neighbourhood": apart}
    world = plain({"desk": desk(0)}, {"clerks": team}, place=TWO_PLACES)
    crowd = people(0.0, 0.5, {"arrival": 2.25, "neighbourhood": 1})
    assert [step[5] for step in story(world, crowd)] == outcomes


def test_who_has_given_up_leaves_room_for_another() -> None:
    """1 gives up at 1.5, so that 2 may wait at 1.75."""
    world = plain({"desk": desk(1, gives_up_after_days={"fixed": 1})}, ONE)
    assert story(world, people(0.0, 0.5, 1.75)) == [
        (0, "desk", 0.0, 0.0, 2.0, "routed"),
        (1, "desk", 0.5, None, 1.5, "gave_up"),
        (2, "desk", 1.75, 2.0, 4.0, "routed"),
    ]


def test_patience_that_ends_at_the_instant_of_joining_leaves_room() -> None:
    """Rule 1: patience comes before arrivals. 1 gives up at 1.5, and 2, who comes at 1.5, may wait."""
    world = plain({"desk": desk(1, gives_up_after_days={"fixed": 1})}, ONE)
    assert story(world, people(0.0, 0.5, 1.5))[2] == (2, "desk", 1.5, 2.0, 4.0, "routed")


def test_who_has_a_place_kept_is_never_turned_away() -> None:
    """0 keeps the one place; the queue before it is full with 1 when 0 comes back from the pause, and 0 goes on."""
    case = {"team": "workers", "hours": 1, "weeks": {"fixed": 1}, "queue_limit": 1}
    stages = {
        "first": {**case, "next": {"pause": "rest"}},
        "pause": {"delay_days": {"fixed": 1}, "next": {"second": "rest"}},
        "second": case,
    }
    team = {"works": "caseload", "posts": 1, "cases_each": 1, "keeps": True}
    told = story(plain(stages, {"workers": team}), people(0.0, 1.0, 2.0))
    assert told[2:5] == [
        (0, "second", 8.0, 8.0, 15.0, "routed"),
        (1, "first", 1.0, 15.0, 22.0, "routed"),
        (1, "pause", 22.0, 22.0, 23.0, "routed"),
    ]
    assert told[-1] == (2, "first", 2.0, None, 2.0, "full")


def test_who_is_turned_away_with_need_open_comes_back(average_luck: Any) -> None:
    """1 is turned away at 1, and comes back 3 days on, when the desk is free."""
    world = needy({"desk": desk(0)}, ONE, comes_back_after_days={"low": 3})
    told = story(world, people(0.0, 1.0))
    assert told[1] == (0, "desk", 5.0, None, 5.0, "full")
    assert [step for step in told if step[0] == 1][:2] == [
        (1, "desk", 1.0, None, 1.0, "full"),
        (1, "desk", 4.0, 4.0, 6.0, "routed"),
    ]


def test_a_visit_turned_away_uses_no_staff_and_no_time() -> None:
    visits = lived(plain({"desk": desk(0)}, ONE), people(0.0, 1.0)).visits
    assert visits.staff_hours.tolist() == [48.0, 0.0]
    assert np.isnan(visits.due[1]) and np.isnan(visits.started[1])


def limited(limit: int | None) -> Scenario:
    stage = desk(0)
    return plain({"desk": {**stage, "queue_limit": limit} if limit is not None else days_only(stage)}, ONE)


def days_only(stage: Data) -> Data:
    return {key: value for key, value in stage.items() if key != "queue_limit"}


def test_a_limit_never_reached_changes_nothing() -> None:
    crowd = people(*(float(day) for day in range(20)))
    assert story(limited(19), crowd) == story(limited(None), crowd)
    assert story(limited(8), crowd) != story(limited(None), crowd)
