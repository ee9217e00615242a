"""Opening hours and rotas: rules 1, 5, 6 and 16 as whole timelines worked by hand. Day 0 is a Monday."""

from __future__ import annotations

from itertools import count
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.engine.calendars import CLOSED, add_open_time, changes_of_shift, open_time, open_time_a_week
from sim.engine.instants import A_DAY, A_WEEK

from .worlds import days, people, plain, story

HALF_DAYS = {"mon-fri": "06:00-18:00"}


def desk(team: dict[str, Any], hours: Any, **other: Any) -> Any:
    return plain({"desk": {"team": "clerks", "hours": hours, **other}}, {"clerks": team})


def starts(world: Any, crowd: Any) -> list[tuple[float | None, float | None]]:
    return [(step[3], step[4]) for step in story(world, crowd)]


# -- closing ----------------------------------------------------------------------------------------------------------


def test_work_not_done_at_closing_is_gone_on_with_first_at_the_next_opening() -> None:
    """Open 0.25 to 0.75 each weekday. 0 starts at 0.5 and has 0.25 left at closing; 1.25 + 0.25 = 1.5.

    1 joined at 0.5 too and waits for the post, though 0 is not at work from 0.75 to 1.25: 1.5 + 0.5 is 1.75 and then
    0.25 more from 2.25.
    """
    assert starts(desk({"posts": 1, "open": HALF_DAYS}, days(0.5)), people(0.5, 0.5)) == [(0.5, 1.5), (1.5, 2.5)]


def test_work_of_the_same_day_runs_on_after_closing() -> None:
    """0 runs on to 1.0. 1 cannot start then, for the team is closed; at opening, 1.25, it can."""
    world = desk({"posts": 1, "open": HALF_DAYS, "finish": "same day"}, days(0.5))
    assert starts(world, people(0.5, 0.5)) == [(0.5, 1.0), (1.25, 1.75)]


def test_work_done_just_at_closing_needs_no_other_day() -> None:
    assert starts(desk({"posts": 1, "open": HALF_DAYS}, days(0.25)), people(0.5)) == [(0.5, 0.75)]


def test_a_weekend_is_stepped_over_and_whole_weeks_too() -> None:
    """Five half days a week. From Friday 4.5: 0.25 till closing, 2.25 to go, four days and a half: Friday 11.25 + 0.25.

    Ten half days and 0.25 from Monday 0.25: two whole weeks to Friday 11.75, then 14.25 + 0.25.
    """
    assert starts(desk({"posts": 1, "open": HALF_DAYS}, days(2.5)), people(4.5)) == [(4.5, 11.5)]
    assert starts(desk({"posts": 1, "open": HALF_DAYS}, days(5.25)), people(0.25)) == [(0.25, 14.5)]
    assert starts(desk({"posts": 1, "open": HALF_DAYS}, days(5)), people(0.25)) == [(0.25, 11.75)]


def test_work_takes_its_hours_at_the_speed_of_open_hours() -> None:
    """21 of 42 hours with citizens, 26 weeks of 52: 10.5 hours a week in 60 open hours. 1.05 hours need 6 of them."""
    team = {"posts": 1, "hours_per_week": 42, "weeks_per_year": 26, "share_with_citizens": 0.5, "open": HALF_DAYS}
    assert starts(desk(team, {"fixed": 1.05}), people(0.25)) == [(0.25, 0.5)]


def test_nobody_starts_while_the_team_is_closed_and_patience_runs_on() -> None:
    """Who comes at 0.75, just at closing, waits for 1.25: half a day's patience ends before, a little more does not."""
    world = desk({"posts": 2, "open": HALF_DAYS}, days(0.25), gives_up_after_days={"fixed": 0.49})
    assert starts(world, people(0.75)) == [(None, 1.24)]
    patient = desk({"posts": 2, "open": HALF_DAYS}, days(0.25), gives_up_after_days={"fixed": 0.51})
    assert starts(patient, people(0.75)) == [(1.25, 1.5)]


def test_nobody_has_room_in_a_closed_team_with_no_queue() -> None:
    world = desk({"posts": 2, "open": HALF_DAYS}, days(0.25), queue_limit=0)
    assert [step[5] for step in story(world, people(0.0, 0.25, 0.75))] == ["full", "routed", "full"]


# -- numbers on shift -------------------------------------------------------------------------------------------------


def test_a_rota_says_how_many_are_at_work_and_a_fall_interrupts_nobody() -> None:
    """Monday to Wednesday two until noon, then one; open on from 0.5, so nobody goes home at noon.

    0 and 1 start at 0.25 and work on past noon to 0.625; 2 waits until one post is idle and one is there: 0.625.
    """
    rota = {"mon-wed": {"06:00-12:00": 2, "12:00-18:00": 1}}
    world = desk({"rota": rota}, days(0.375))
    assert starts(world, people(0.25, 0.25, 0.25)) == [(0.25, 0.625), (0.25, 0.625), (0.625, 1.5)]


def test_a_shift_of_nobody_does_not_close_the_team() -> None:
    """Nobody comes on at noon, but the work of 0 goes on: a fall in the number, here to none, interrupts nobody."""
    world = desk({"rota": {"mon-sun": {"06:00-12:00": 1, "12:00-18:00": 0}}}, days(0.375))
    assert starts(world, people(0.25, 0.5)) == [(0.25, 0.625), (1.25, 1.625)]


def test_a_fraction_of_a_post_comes_with_its_quantum_of_open_time() -> None:
    """Half a post, open Monday and Thursday: quanta 0 (day 0), 1 (3), 2 (7), 3 (10); there in 1 and 3."""
    opens = {"mon": "00:00-24:00", "thu": "00:00-24:00"}
    assert starts(desk({"posts": 0.5, "open": opens}, days(1)), people(0.0, 0.0)) == [(3.0, 4.0), (10.0, 11.0)]


def test_a_fraction_on_a_rota_comes_with_the_quanta_of_the_time_that_has_it() -> None:
    """Half a head on Monday and on Thursday, two quanta a week: there on Thursdays. Half a head on Monday beside one
    and a half on Thursday: a quantum a week each, so that Mondays of odd weeks have one and their Thursdays two.
    """
    alike = {"rota": {"mon": {"00:00-24:00": 0.5}, "thu": {"00:00-24:00": 0.5}}}
    assert starts(desk(alike, days(1)), people(0.0, 0.0, 0.0)) == [(3.0, 4.0), (10.0, 11.0), (17.0, 18.0)]
    apart = {"rota": {"mon": {"00:00-24:00": 0.5}, "thu": {"00:00-24:00": 1.5}}}
    four = people(0.0, 0.0, 0.0, 0.0)
    assert starts(desk(apart, days(1)), four) == [(3.0, 4.0), (7.0, 8.0), (10.0, 11.0), (10.0, 11.0)]


def test_a_quantum_may_end_while_the_team_is_open() -> None:
    """Half a post, open 4 hours on Monday and 8 on Tuesday: quanta of 6 hours, the second from 2 hours into Tuesday."""
    world = desk({"posts": 0.5, "open": {"mon": "00:00-04:00", "tue": "00:00-08:00"}}, {"fixed": 3})
    tuesday = 1 + 2 / 24
    expected = [[tuesday, tuesday + 3 / 24], [tuesday + 3 / 24, tuesday + 6 / 24]]
    assert np.array(starts(world, people(0.0, 0.0))) == pytest.approx(np.array(expected))


def test_unlimited_posts_serve_everyone_when_they_are_open() -> None:
    world = desk({"posts": "unlimited", "open": HALF_DAYS}, days(0.25))
    assert starts(world, people(0.0, 0.0, 0.3)) == [(0.25, 0.5), (0.25, 0.5), (0.3, 0.55)]


# -- ties (rule 1) ----------------------------------------------------------------------------------------------------


def test_work_that_ends_as_the_team_closes_frees_no_post_before_the_next_opening() -> None:
    """End of work comes before the change of shift, but nobody starts until both are dealt with."""
    assert starts(desk({"posts": 1, "open": HALF_DAYS}, days(0.25)), people(0.5, 0.5)) == [(0.5, 0.75), (1.25, 1.5)]


def test_patience_due_at_opening_beats_a_start_then() -> None:
    world = desk({"posts": 1, "open": HALF_DAYS}, days(0.25), gives_up_after_days={"fixed": 0.25})
    assert [step[5] for step in story(world, people(0.0))] == ["gave_up"]


def test_a_queue_that_opens_as_someone_comes_has_room_for_them() -> None:
    """The change of shift at 0.25 comes before the arrival then: a post is free."""
    world = desk({"posts": 1, "open": HALF_DAYS}, days(0.25), queue_limit=0)
    assert [step[5] for step in story(world, people(0.25))] == ["routed"]
    assert [step[5] for step in story(world, people(0.75))] == ["full"]


# -- cover ------------------------------------------------------------------------------------------------------------

THREE = {"households": {"north": 10, "centre": 10, "south": 10}}


def covering(team: dict[str, Any], *, cover: bool = True) -> Any:
    both = {**team, "per_neighbourhood": True, "cover": cover}
    return plain({"desk": {"team": "clerks", "hours": days(2)}}, {"clerks": both}, place=THREE)


def test_an_idle_post_takes_who_waits_in_the_next_neighbourhood_in_order() -> None:
    """A post each. North's is busy from 0. At 1 two more come to the north: centre and south are idle.

    The cells look in order: centre's next ones are south (nobody) and north: it takes 1. South's next is north: 2.
    """
    crowd = people(0.0, 1.0, 1.0, {"arrival": 1.5, "neighbourhood": 1})
    assert starts(covering({"posts": 3}), crowd) == [(0.0, 2.0), (1.0, 3.0), (1.0, 3.0), (2.0, 4.0)]
    assert starts(covering({"posts": 3}, cover=False), crowd) == [(0.0, 2.0), (2.0, 4.0), (4.0, 6.0), (1.5, 3.5)]


def test_a_neighbourhood_serves_its_own_first_and_its_own_post_before_another() -> None:
    """At 0 one comes in each of north and south: both are served at home, so that centre's post is still free for 2.

    At 2 the posts of north and south fall idle; 4 (north) and 3 (south) wait and are each served at home.
    """
    crowd = people(
        0.0, {"arrival": 0.0, "neighbourhood": 2}, {"arrival": 0.5, "neighbourhood": 1},
        {"arrival": 1.0, "neighbourhood": 2}, {"arrival": 1.5, "neighbourhood": 0},
    )  # fmt: skip
    assert starts(covering({"posts": 3}), crowd) == [(0.0, 2.0), (0.0, 2.0), (0.5, 2.5), (2.0, 4.0), (2.0, 4.0)]


def test_the_next_neighbourhood_is_found_cyclically_and_comes_before_the_longest_wait() -> None:
    """North and centre have a line of one each when the south's post falls idle at 1.5: its next is the north.

    3 of the centre has waited longer than 4 of the north, and waits on, for the post of 0 at 2.
    """
    stages = {
        "sort": {"delay_days": {"fixed": 0}, "next_by_group": {"quick": {"short": "rest"}, "slow": {"desk": "rest"}}},
        "desk": {"team": "clerks", "hours": days(2)},
        "short": {"team": "clerks", "hours": days(1.5)},
    }
    team = {"posts": 3, "per_neighbourhood": True, "cover": True}
    world = plain(stages, {"clerks": team}, place=THREE, groups={"slow": {"share": 0.5}, "quick": {"share": 0.5}})
    crowd = people(
        {"arrival": 0.0}, {"arrival": 0.0, "neighbourhood": 1}, {"arrival": 0.0, "neighbourhood": 2, "group": 1},
        {"arrival": 1.0, "neighbourhood": 1}, {"arrival": 1.25},
    )  # fmt: skip
    begun = {step[0]: step[3] for step in story(world, crowd) if step[1] != "sort"}
    assert begun == {0: 0.0, 1: 0.0, 2: 0.0, 4: 1.5, 3: 2.0}


def test_idle_posts_of_others_leave_room_in_a_limited_queue() -> None:
    """Nobody may wait. North's post is busy; 1 and 2 are taken by centre and south; 3 finds all three busy."""
    stage = {"desk": {"team": "clerks", "hours": days(2), "queue_limit": 0}}
    team = {"posts": 3, "per_neighbourhood": True, "cover": True}
    crowd = people(0.0, 0.5, 0.5, 0.5)
    told = story(plain(stage, {"clerks": team}, place=THREE), crowd)
    assert [step[5] for step in told] == ["routed", "routed", "routed", "full"]
    alone = story(plain(stage, {"clerks": {**team, "cover": False}}, place=THREE), crowd)
    assert [step[5] for step in alone] == ["routed", "full", "full", "full"]


def test_a_place_kept_by_another_neighbourhood_stays_with_its_worker() -> None:
    """North's place is held by 0 till 14. 1 of the north gets centre's at 1.0, and goes on to `second` there at 8."""
    visit = {"team": "workers", "hours": {"fixed": 1}, "weeks": {"fixed": 1}}
    stages = {"first": {**visit, "next": {"second": "rest"}}, "second": visit}
    team = {"works": "caseload", "posts": 2, "cases_each": 1, "keeps": True, "per_neighbourhood": True, "cover": True}
    place = {"households": {"north": 10, "centre": 10}}
    crowd = people(0.0, 1.0, {"arrival": 2.0, "neighbourhood": 1})
    assert story(plain(stages, {"workers": team}, place=place), crowd) == [
        (0, "first", 0.0, 0.0, 7.0, "routed"),
        (0, "second", 7.0, 7.0, 14.0, "routed"),
        (1, "first", 1.0, 1.0, 8.0, "routed"),
        (1, "second", 8.0, 8.0, 15.0, "routed"),
        (2, "first", 2.0, 14.0, 21.0, "routed"),
        (2, "second", 21.0, 21.0, 28.0, "routed"),
    ]


# -- arithmetic -------------------------------------------------------------------------------------------------------

quarters = st.lists(st.integers(0, 28), min_size=2, max_size=8, unique=True).map(sorted)


def week(edges: list[int]) -> tuple[list[int], list[int]]:
    """Shifts between every second pair of quarter days [microseconds]."""
    pairs = [(edges[at] * A_DAY // 4, edges[at + 1] * A_DAY // 4) for at in range(0, len(edges) - 1, 2)]
    return [begin for begin, _ in pairs], [end for _, end in pairs]


def slowly(begins: list[int], ends: list[int], now: int, need: int) -> int:
    """The same, stretch by stretch."""
    for at in count():
        for begin, end in zip(begins, ends, strict=True):
            low, high = max(now, A_WEEK * at + begin), A_WEEK * at + end
            if high > low and need <= high - low:
                return low + need
            need -= max(0, high - low)
    raise AssertionError


@given(quarters, st.integers(0, 200), st.integers(1, 400))
def test_open_time_is_added_as_stretch_by_stretch(edges: list[int], begin: int, need: int) -> None:
    begins, ends = week(edges)
    now, needed = begin * A_DAY // 8, need * A_DAY // 8
    inside = [shift for shift in range(len(begins)) if begins[shift] <= now % A_WEEK < ends[shift]]
    if not inside:
        return
    found = add_open_time(begins, ends, open_time_a_week(begins, ends), inside[0], now, needed)
    assert found == slowly(begins, ends, now, needed)


@given(quarters, st.integers(0, 100), st.integers(0, 100))
def test_open_time_is_the_length_of_the_open_stretches(edges: list[int], one: int, two: int) -> None:
    begins, ends = week(edges)
    low, high = sorted((one * A_DAY // 3, two * A_DAY // 3))
    both = open_time(np.array(begins), np.array(ends), np.array([low, high]))
    stretches = [(A_WEEK * at + b, A_WEEK * at + e) for at in range(6) for b, e in zip(begins, ends, strict=True)]
    assert both[1] - both[0] == sum(max(0, min(high, end) - max(low, begin)) for begin, end in stretches)


def test_shifts_that_meet_do_not_close() -> None:
    assert changes_of_shift([0, 1], [1, 2]) == [(0, 0), (1, 1), (2, CLOSED)]
    assert changes_of_shift([0, 6 * A_DAY], [A_DAY, A_WEEK]) == [(0, 0), (A_DAY, CLOSED), (6 * A_DAY, 1)]
