"""Appointments that are missed: staff time is used, nothing is decided, and then again or away. Worked by hand."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest

from .conftest import Given
from .worlds import Data, days, lived, moves, needy, people, plain, story

ONE = {"clerks": {"posts": 1}}
FIRST_MISSED: Given = {("desk/missed", 0, 0): 0.05}
"""Citizen 0 misses the first appointment; under average luck nobody misses another."""

Give = Callable[[Given], None]


def desk(length: float = 2, then: str = "again", **other: Any) -> Data:
    return {"team": "clerks", "hours": days(length), "missed": {"share": 0.1, "then": then}, **other}


def test_who_missed_an_appointment_goes_behind_those_already_waiting(average_luck: Give) -> None:
    """0 is not there; the clerk is busy to day 2 all the same. At 2 they join behind 1, who came at 1."""
    average_luck(FIRST_MISSED)
    world = plain({"desk": desk()}, ONE)
    assert story(world, people(0.0, 1.0)) == [
        (0, "desk", 0.0, 0.0, 2.0, "missed"),
        (0, "desk", 2.0, 4.0, 6.0, "routed"),
        (1, "desk", 1.0, 2.0, 4.0, "routed"),
    ]
    visits = lived(world, people(0.0, 1.0)).visits
    assert visits.staff_hours.tolist() == [48.0, 48.0, 48.0]
    assert visits.attended.tolist() == [0, 1, 1]


def test_the_draw_decides_who_misses(average_luck: Give) -> None:
    """A share of 0.1: a draw below it is missed, a draw of just 0.1 is not."""
    average_luck({("desk/missed", 0, 0): 0.0999, ("desk/missed", 1, 0): 0.1})
    outcomes = [step[5] for step in story(plain({"desk": desk()}, ONE), people(0.0, 9.0))]
    assert outcomes == ["missed", "routed", "routed"]


def test_again_is_a_new_visit_with_patience_of_its_own(average_luck: Give) -> None:
    """Work takes 4 days, patience lasts 3.5, each time anew.

    0 rejoins at 4, when the post goes to 1 for 4 days; at 4 + 3.5 they give up. 1 was patient to 4.5.
    """
    average_luck(FIRST_MISSED)
    world = plain({"desk": desk(4, gives_up_after_days={"fixed": 3.5})}, ONE)
    assert story(world, people(0.0, 1.0)) == [
        (0, "desk", 0.0, 0.0, 4.0, "missed"),
        (0, "desk", 4.0, None, 7.5, "gave_up"),
        (1, "desk", 1.0, 4.0, 8.0, "routed"),
    ]


def test_the_count_of_a_stages_luck_goes_up_with_a_missed_visit(average_luck: Give) -> None:
    """Exponential work of mean 24 hours: under average luck 1 day. A draw of 0.5 for the second visit is ln 2 days."""
    average_luck({**FIRST_MISSED, ("desk/work", 0, 1): 0.5})
    world = plain({"desk": {**desk(), "hours": 24}}, ONE)
    visits = lived(world, people(0.0)).visits
    assert visits.started.tolist() == [0.0, 1.0]
    assert visits.ended.tolist() == [1.0, pytest.approx(1 + math.log(2), abs=0.5 / 86_400e6)]


def test_missed_and_leave_ends_the_approach_with_need_open(average_luck: Give) -> None:
    """0 leaves at 2, comes back 3 days later, and is seen."""
    average_luck(FIRST_MISSED)
    world = needy({"desk": desk(then="leave")}, ONE, comes_back_after_days={"low": 3})
    visits = lived(world, people(0.0)).visits
    assert story(world, people(0.0))[:2] == [
        (0, "desk", 0.0, 0.0, 2.0, "missed"),
        (0, "desk", 5.0, 5.0, 7.0, "routed"),
    ]
    assert visits.approach.tolist()[:2] == [1, 2]


def test_a_missed_visit_meets_no_gate_and_gives_no_help(average_luck: Give) -> None:
    """The gate would refuse them; the help would fit. First nothing of the kind, then the refusal."""
    average_luck(FIRST_MISSED)
    gate, sure = {"eligible_from": "high"}, {"fits": 1.0, "meets": "all"}
    strict, open_to_all = needy({"desk": desk(help=sure, gate=gate)}, ONE), needy({"desk": desk(help=sure)}, ONE)
    assert [step[5] for step in story(strict, people(0.0))] == ["missed", "refused_level"]
    assert lived(strict, people(0.0)).visits.level_seen.tolist() == [0, 1]
    assert [step[5] for step in story(open_to_all, people(0.0))] == ["missed", "helped_fit"]
    assert moves(open_to_all, people(0.0)) == [(0, 4.0, "low", "none", "helped")]


def test_a_missed_visit_does_not_slow_worsening(average_luck: Give) -> None:
    """Help stops the worsening. Unattended, the level rises on day 1; the rest, 1 day, starts after the help at 4."""
    average_luck(FIRST_MISSED)
    world = needy(
        {"desk": desk(help={"fits": 0.0})},
        ONE,
        group={"worsens_after_days": {"low": 1, "moderate": 2}},
        course={"pace_during_help": 0.0},
    )
    assert moves(world, people(0.0)) == [
        (0, 1.0, "low", "moderate", "worsened"),
        (0, 5.0, "moderate", "high", "worsened"),
    ]


def test_a_need_that_ends_during_a_missed_visit_is_recovered(average_luck: Give) -> None:
    """None on day 1; the staff are busy to day 2, when the visit is over, and they do not come again."""
    average_luck(FIRST_MISSED)
    for stage in (desk(), desk(help={"fits": 1.0})):
        world = needy({"desk": stage}, ONE, group={"eases_after_days": {"low": 1}})
        assert story(world, people(0.0)) == [(0, "desk", 0.0, 0.0, 2.0, "recovered")]
        assert lived(world, people(0.0)).visits.attended.tolist() == [0]


def test_leaving_the_area_breaks_a_missed_visit_off(average_luck: Give) -> None:
    """0 is gone on day 1, and the post is free for 1."""
    average_luck(FIRST_MISSED)
    world = needy({"desk": desk()}, ONE, group={"leaves_after_days": {"low": 1}})
    assert story(world, people(0.0, 0.5)) == [
        (0, "desk", 0.0, 0.0, 1.0, "left_area"),
        (1, "desk", 0.5, 1.0, 1.5, "left_area"),
    ]


def test_who_missed_finds_the_queue_full_like_anyone(average_luck: Give) -> None:
    """At 2 two others wait for the team, and one of them is about to start: one who may wait is there already."""
    average_luck(FIRST_MISSED)
    stages = {
        "sort": {"delay_days": {"fixed": 0}, "next_by_group": {"a": {"desk": "rest"}, "b": {"other": "rest"}}},
        "desk": desk(queue_limit=1),
        "other": {"team": "clerks", "hours": days(2)},
    }
    world = plain(stages, ONE, groups={"a": {"share": 0.5}, "b": {"share": 0.5}})
    crowd = people(0.0, {"arrival": 0.5, "group": 1}, {"arrival": 1.0, "group": 1})
    assert [step for step in story(world, crowd) if step[0] == 0][1:] == [
        (0, "desk", 0.0, 0.0, 2.0, "missed"),
        (0, "desk", 2.0, None, 2.0, "full"),
    ]


def test_a_share_of_none_changes_nothing() -> None:
    crowd = people(*(float(day) / 2 for day in range(20)))
    without = plain({"desk": {**desk(), "missed": {"share": 0.0}}}, ONE)
    plainly = plain({"desk": {"team": "clerks", "hours": days(2)}}, ONE)
    assert story(without, crowd) == story(plainly, crowd)
