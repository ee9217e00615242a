"""Posts, places and lines: rules 5, 6, 10, 11, 15 and 16, as whole timelines worked by hand."""

from __future__ import annotations

import math
from typing import Any

import pytest

from .worlds import days, lived, needy, people, plain, story

ONE = {"clerks": {"posts": 1}}


def desk(team: dict[str, Any], hours: Any, **other: Any) -> Any:
    return plain({"desk": {"team": "clerks", "hours": hours, **other}}, {"clerks": team})


def test_a_line_is_served_first_come_first_served_by_as_many_as_there_are_posts() -> None:
    """Two posts, two days each. 2 waits from 1 until 0 is done at 2; 3 from 1.5 until 1 is done at 2.5."""
    world = desk({"posts": 2}, days(2))
    assert story(world, people(0.0, 0.5, 1.0, 1.5)) == [
        (0, "desk", 0.0, 0.0, 2.0, "routed"),
        (1, "desk", 0.5, 0.5, 2.5, "routed"),
        (2, "desk", 1.0, 2.0, 4.0, "routed"),
        (3, "desk", 1.5, 2.5, 4.5, "routed"),
    ]


def test_who_joined_at_the_same_instant_is_served_in_order_of_citizen() -> None:
    assert [step[3] for step in story(desk({"posts": 1}, days(1)), people(0.0, 0.0, 0.0))] == [0.0, 1.0, 2.0]


def test_nobody_starts_where_there_are_no_posts() -> None:
    world = desk({"posts": 0.001}, days(1))
    assert story(world, people(0.0, 1.0)) == [
        (0, "desk", 0.0, None, None, "open"),
        (1, "desk", 1.0, None, None, "open"),
    ]


def test_half_a_post_is_there_every_second_day_and_its_work_is_not_interrupted() -> None:
    """floor((k+1)/2) > floor(k/2) for k = 1, 3, 5. 0 starts with day 1 and runs on through day 2, to 2.5.

    1 must wait for day 3, though nobody is at work from 2.5. 3.0 + 1.5 = 4.5; 2 starts with day 5.
    """
    assert story(desk({"posts": 0.5}, days(1.5)), people(0.0, 0.25, 0.5)) == [
        (0, "desk", 0.0, 1.0, 2.5, "routed"),
        (1, "desk", 0.25, 3.0, 4.5, "routed"),
        (2, "desk", 0.5, 5.0, 6.5, "routed"),
    ]


def test_a_fraction_adds_to_the_whole_posts() -> None:
    """1.5 posts: one on days 0, 2 and 4, two on days 1, 3 and 5; three days' work each.

    1 starts with day 1 beside 0. 0 is done at 3, and day 3 has two posts: 2 starts. 1 is done at 4, but day 4 has one
    post, at which 2 is busy: 3 starts with day 5.
    """
    assert story(desk({"posts": 1.5}, days(3)), people(0.0, 0.0, 0.0, 0.0)) == [
        (0, "desk", 0.0, 0.0, 3.0, "routed"),
        (1, "desk", 0.0, 1.0, 4.0, "routed"),
        (2, "desk", 0.0, 3.0, 6.0, "routed"),
        (3, "desk", 0.0, 5.0, 8.0, "routed"),
    ]


def test_work_takes_its_hours_at_the_speed_of_a_post() -> None:
    """42 hours a week, 26 weeks of 52, half with citizens: 1.5 hours a day, so 3 hours take 2 days."""
    team = {"posts": 1, "hours_per_week": 42, "weeks_per_year": 26, "share_with_citizens": 0.5}
    world = desk(team, {"fixed": 3})
    assert story(world, people(1.0)) == [(0, "desk", 1.0, 1.0, 3.0, "routed")]
    assert lived(world, people(1.0)).visits.staff_hours == [3.0]


def test_minutes_are_sixtieths_of_hours() -> None:
    world = plain({"desk": {"team": "clerks", "minutes": {"fixed": 90}}}, ONE)
    assert lived(world, people(0.0)).visits.staff_hours == [1.5]


def test_each_further_need_adds_to_the_work() -> None:
    """24 hours and 12 more for each of two further needs: 48, which take two days."""
    stage = {"desk": {"team": "clerks", "hours": {"fixed": 24, "each_further_need": 12}}}
    assert story(needy(stage, ONE), people({"arrival": 0.0, "needs": 3})) == [(0, "desk", 0.0, 0.0, 2.0, "routed")]


# -- patience ---------------------------------------------------------------------------------------------------------


def test_patience_runs_in_calendar_time_and_ends_where_the_file_says() -> None:
    """1 gives up at 1.5 and leaves; with `on_give_up` they go to the pause and are done at 2.5."""
    leaving = desk({"posts": 1}, days(4), gives_up_after_days={"fixed": 1})
    assert story(leaving, people(0.0, 0.5))[1:] == [(1, "desk", 0.5, None, 1.5, "gave_up")]
    stages = {
        "desk": {"team": "clerks", "hours": days(4), "gives_up_after_days": {"fixed": 1}, "on_give_up": "pause"},
        "pause": {"delay_days": {"fixed": 1}},
    }
    assert story(plain(stages, ONE), people(0.0, 0.5))[1:] == [
        (1, "desk", 0.5, None, 1.5, "gave_up"),
        (1, "pause", 1.5, 1.5, 2.5, "routed"),
    ]


def test_patience_is_drawn_anew_at_each_joining(average_luck: Any) -> None:
    """Mean 2 days. 1 draws r = 2 the first time and gives up after 4 days, r = 1 the second and gives up after 2."""
    stages = {
        "desk": {"team": "clerks", "hours": days(50), "gives_up_after_days": 2, "on_give_up": "pause"},
        "pause": {"delay_days": {"fixed": 1}, "next": {"desk": 0.99, "leave": "rest"}},
    }
    average_luck({("desk/patience", 1, 0): 1 - math.exp(-2.0)})
    expected: list[Any] = [
        (1, "desk", 0.0, None, pytest.approx(4.0, rel=1e-12), "gave_up"),
        (1, "pause", pytest.approx(4.0), pytest.approx(4.0), pytest.approx(5.0), "routed"),
        (1, "desk", pytest.approx(5.0), None, pytest.approx(7.0), "gave_up"),
    ]
    assert story(plain(stages, ONE), people(0.0, 0.0))[1:4] == expected


def test_patience_ends_with_the_wait() -> None:
    """Work of 5 days is not disturbed by a patience of 1."""
    world = desk({"posts": 1}, days(5), gives_up_after_days={"fixed": 1})
    assert story(world, people(0.0)) == [(0, "desk", 0.0, 0.0, 5.0, "routed")]


def test_who_gave_up_is_passed_over() -> None:
    """1 is gone at 1.0, so 2 starts when 0 is done at 1.5."""
    stages = {
        "sort": {"delay_days": {"fixed": 0}, "next_by_group": {"calm": {"desk": "rest"}, "hasty": {"rush": "rest"}}},
        "desk": {"team": "clerks", "hours": days(1.5)},
        "rush": {"team": "clerks", "hours": days(1.5), "gives_up_after_days": {"fixed": 0.5}},
    }
    world = plain(stages, ONE, groups={"calm": {"share": 0.5}, "hasty": {"share": 0.5}})
    crowd = people(0.0, {"arrival": 0.5, "group": 1}, 0.75)
    assert [step for step in story(world, crowd) if step[1] != "sort"] == [
        (0, "desk", 0.0, 0.0, 1.5, "routed"),
        (1, "rush", 0.5, None, 1.0, "gave_up"),
        (2, "desk", 0.75, 1.5, 3.0, "routed"),
    ]


def test_a_line_keeps_its_order_when_most_of_it_has_given_up() -> None:
    """Of 300 who join, every third is patient; the line is swept on the way, and they start in the order they came."""
    by_group = {"calm": {"desk": "rest"}, "hasty": {"rush": "rest"}, "first": {"long": "rest"}}
    stages = {
        "sort": {"delay_days": {"fixed": 0}, "next_by_group": by_group},
        "desk": {"team": "clerks", "hours": days(0.5)},
        "rush": {"team": "clerks", "hours": days(0.5), "gives_up_after_days": {"fixed": 0.25}},
        "long": {"team": "clerks", "hours": days(5)},
    }
    world = plain(stages, ONE, groups={name: {"share": 1 / 3} for name in ("calm", "hasty", "first")})
    crowd = people({"arrival": 0.0, "group": 2}, *({"arrival": 1.0, "group": int(at % 3 > 0)} for at in range(300)))
    started = [(step[0], step[3]) for step in story(world, crowd) if step[1] == "desk"]
    assert started == [(1 + 3 * place, 5.0 + 0.5 * place) for place in range(100)]


# -- caseloads --------------------------------------------------------------------------------------------------------


def caseload(stages: dict[str, Any], *, places: float = 1, keeps: bool = False, **other: Any) -> Any:
    team = {"works": "caseload", "posts": places, "cases_each": 1, "keeps": keeps}
    return plain(stages, {"workers": team, **other})


def test_a_place_is_held_for_its_weeks_and_frees_when_they_end() -> None:
    """One place, one week each. The hours are noted beside and take no time of their own."""
    world = caseload({"case": {"team": "workers", "hours": {"fixed": 10}, "weeks": {"fixed": 1}}})
    assert story(world, people(0.0, 1.0)) == [
        (0, "case", 0.0, 0.0, 7.0, "routed"),
        (1, "case", 1.0, 7.0, 14.0, "routed"),
    ]
    assert lived(world, people(0.0, 1.0)).visits.staff_hours.tolist() == [10.0, 10.0]


def test_a_place_not_kept_goes_to_the_next_in_line_between_two_visits() -> None:
    """0 is done with `first` at 7, goes back in line for `second` behind 1 and holds the place from 14 to 21."""
    stages = two_visits()
    assert story(caseload(stages), people(0.0, 1.0)) == [
        (0, "first", 0.0, 0.0, 7.0, "routed"),
        (0, "second", 7.0, 14.0, 21.0, "routed"),
        (1, "first", 1.0, 7.0, 14.0, "routed"),
        (1, "second", 14.0, 21.0, 28.0, "routed"),
    ]


def test_a_place_kept_is_held_from_the_first_visit_to_the_end_of_the_approach() -> None:
    """0 goes straight on to `second` at 7 and leaves at 14; only then is the place free for 1."""
    assert story(caseload(two_visits(), keeps=True), people(0.0, 1.0)) == [
        (0, "first", 0.0, 0.0, 7.0, "routed"),
        (0, "second", 7.0, 7.0, 14.0, "routed"),
        (1, "first", 1.0, 14.0, 21.0, "routed"),
        (1, "second", 21.0, 21.0, 28.0, "routed"),
    ]


def test_a_place_is_kept_while_the_citizen_is_elsewhere() -> None:
    """0 pauses from 7 to 10 between two visits; the place stays theirs, and 1 starts when they leave at 17."""
    stages = {
        "first": {"team": "workers", "hours": {"fixed": 1}, "weeks": {"fixed": 1}, "next": {"pause": "rest"}},
        "pause": {"delay_days": {"fixed": 3}, "next": {"second": "rest"}},
        "second": {"team": "workers", "hours": {"fixed": 1}, "weeks": {"fixed": 1}},
    }
    told = story(caseload(stages, keeps=True), people(0.0, 1.0))
    assert told[:4] == [
        (0, "first", 0.0, 0.0, 7.0, "routed"),
        (0, "pause", 7.0, 7.0, 10.0, "routed"),
        (0, "second", 10.0, 10.0, 17.0, "routed"),
        (1, "first", 1.0, 17.0, 24.0, "routed"),
    ]


def test_a_place_kept_is_given_up_with_the_approach_even_while_waiting_elsewhere() -> None:
    """0 keeps a place from 0, waits for the expert from 7 and gives up at 9: the place is free for 1 at 9."""
    stages = {
        "first": {"team": "workers", "hours": {"fixed": 1}, "weeks": {"fixed": 1}, "next": {"expert": "rest"}},
        "expert": {"team": "experts", "hours": 1, "gives_up_after_days": {"fixed": 2}},
    }
    told = story(caseload(stages, keeps=True, experts={"posts": 0.001}), people(0.0, 1.0))
    assert told == [
        (0, "first", 0.0, 0.0, 7.0, "routed"),
        (0, "expert", 7.0, None, 9.0, "gave_up"),
        (1, "first", 1.0, 9.0, 16.0, "routed"),
        (1, "expert", 16.0, None, 18.0, "gave_up"),
    ]


def two_visits() -> dict[str, Any]:
    visit = {"team": "workers", "hours": {"fixed": 1}, "weeks": {"fixed": 1}}
    return {"first": {**visit, "next": {"second": "rest"}}, "second": visit}


# -- neighbourhoods ---------------------------------------------------------------------------------------------------


def test_each_neighbourhood_is_served_by_its_own_posts_only() -> None:
    """Two posts over two equal neighbourhoods. 1 of the north waits for 0, though the south's post is idle until 1."""
    crowd = people(0.0, 0.5, {"arrival": 1.0, "neighbourhood": 1})
    place = {"households": {"north": 10, "south": 10}}
    stage = {"desk": {"team": "clerks", "hours": days(2)}}
    apart = plain(stage, {"clerks": {"posts": 2, "per_neighbourhood": True}}, place=place)
    pooled = plain(stage, {"clerks": {"posts": 2}}, place=place)
    assert [step[3] for step in story(apart, crowd)] == [0.0, 2.0, 1.0]
    assert [step[3] for step in story(pooled, crowd)] == [0.0, 0.5, 2.0]


def test_a_post_over_three_neighbourhoods_is_there_in_each_every_third_day() -> None:
    """floor((k+1)/3) > floor(k/3) for k = 2, 5, 8: exact thirds, in all three on the same day."""
    place = {"households": {"north": 1, "centre": 1, "south": 1}}
    world = plain({"desk": {"team": "clerks", "hours": days(1)}}, {"clerks": {"posts": 1, "per_neighbourhood": True}},
                  place=place)  # fmt: skip
    crowd = people(*({"arrival": 0.0, "neighbourhood": at % 3} for at in range(6)))
    assert [step[3] for step in story(world, crowd)] == [2.0, 2.0, 2.0, 5.0, 5.0, 5.0]
