"""Rule 1 in the engine itself: each pair of kinds that stand next to each other, due at one instant.

Where nobody may wait (queue_limit = 0) or but one, who comes first has the room: that tells which was dealt with first.
Level change before leaving the area, and that before the end of work, are in test_order.py.
"""

from __future__ import annotations

from typing import Any

import pytest

from sim.scenario.scenario import Scenario

from .worlds import Data, Step, days, needy, people, plain, story

OPENS = {"posts": 1, "open": {"mon-sun": "06:00-18:00"}}
FORTNIGHT = {"weeks": {"warm_up": 0, "cohort": 1, "follow_up": 1}}
A, B = ({"arrival": 0.0, "group": group} for group in (0, 1))


def at_the_window(steps: list[Step]) -> list[Step]:
    return [step for step in steps if step[1] == "window"]


def window(limit: int = 0, work: float = 1.0) -> Data:
    return {"team": "clerks", "hours": days(work), "queue_limit": limit}


def before_opening(first: Data) -> Scenario:
    """A stage, and then a window that opens at 0.25."""
    stages = {"first": {**first, "next": {"window": "rest"}}, "window": window(work=0.25)}
    return plain(stages, {"others": {"posts": 1}, "clerks": OPENS} if "team" in first else {"clerks": OPENS})


def test_the_end_of_work_comes_before_a_change_of_shift() -> None:
    """Done elsewhere at 0.25, just as the window opens: they find it closed still, and nobody may wait."""
    work = {"team": "others", "hours": days(0.25)}
    assert at_the_window(story(before_opening(work), people(0.0))) == [(0, "window", 0.25, None, 0.25, "full")]


def test_a_change_of_shift_comes_before_the_end_of_a_delay() -> None:
    delay = {"delay_days": {"fixed": 0.25}}
    assert at_the_window(story(before_opening(delay), people(0.0))) == [(0, "window", 0.25, 0.25, 0.5, "routed")]


def test_a_change_of_shift_comes_before_the_end_of_patience() -> None:
    """1 waits elsewhere behind 0 and gives up at 0.25, for the window, which is open by then."""
    work = {"team": "others", "hours": days(3), "gives_up_after_days": {"fixed": 0.25}, "on_give_up": "window"}
    told = story(before_opening(work), people(0.0, 0.0))
    assert told[-2:] == [(1, "first", 0.0, None, 0.25, "gave_up"), (1, "window", 0.25, 0.25, 0.5, "routed")]


def parted(pause: float, limit: int, **other: Any) -> Scenario:
    """Group `a` goes straight to the window, group `b` after a pause."""
    by_group = {"a": {"window": "rest"}, "b": {"pause": "rest"}}
    stages = {
        "sorting": {"delay_days": {"fixed": 0}, "next_by_group": by_group},
        "pause": {"delay_days": {"fixed": pause}, "next": {"window": "rest"}},
        "window": {**window(limit), **other.pop("window", {})},
    }
    groups = {"a": {"share": 0.5}, "b": {"share": 0.5}}
    return needy(stages, {"clerks": {"posts": 1}}, groups=groups, run=FORTNIGHT, **other)


def test_the_end_of_patience_comes_before_the_end_of_a_delay() -> None:
    """0 is served to day 3 and 1 waits, the one who may, to the end of their patience on day 2, when 2 comes."""
    patience = {"hours": days(3), "gives_up_after_days": {"fixed": 2}}
    assert at_the_window(story(parted(2, 1, window=patience), people(A, A, B))) == [
        (0, "window", 0.0, 0.0, 3.0, "routed"),
        (1, "window", 0.0, None, 2.0, "gave_up"),
        (2, "window", 2.0, 3.0, 6.0, "routed"),
    ]


@pytest.mark.usefixtures("average_luck")
def test_the_end_of_a_delay_comes_before_coming_back() -> None:
    """0 leaves on day 1 with need open and is back on day 5; the pause of 1 ends then, and they have the post."""
    world = parted(3, 0, comes_back_after_days={"low": 4})
    told = at_the_window(story(world, people(A, {"arrival": 2.0, "group": 1})))
    assert (1, "window", 5.0, 5.0, 6.0, "routed") in told
    assert (0, "window", 5.0, None, 5.0, "full") in told


@pytest.mark.usefixtures("average_luck")
def test_coming_back_comes_before_an_arrival() -> None:
    """0 is back on day 5, when the need of 1 arises."""
    world = needy({"window": window()}, {"clerks": {"posts": 1}}, run=FORTNIGHT, comes_back_after_days={"low": 4})
    told = story(world, people(0.0, 5.0))
    assert (0, "window", 5.0, 5.0, 6.0, "routed") in told
    assert (1, "window", 5.0, None, 5.0, "full") in told


def test_within_a_kind_the_lower_number_comes_first_whichever_was_known_first() -> None:
    """The long delay of 1 has been under way since day 1, the second delay of 0 since day 2; both end on day 4."""
    by_group = {"a": {"one": "rest"}, "b": {"long": "rest"}}
    stages = {
        "sorting": {"delay_days": {"fixed": 0}, "next_by_group": by_group},
        "one": {"delay_days": {"fixed": 2}, "next": {"two": "rest"}},
        "two": {"delay_days": {"fixed": 2}, "next": {"window": "rest"}},
        "long": {"delay_days": {"fixed": 3}, "next": {"window": "rest"}},
        "window": window(),
    }
    world = plain(stages, {"clerks": {"posts": 1}}, groups={"a": {"share": 0.5}, "b": {"share": 0.5}})
    assert at_the_window(story(world, people(A, {"arrival": 1.0, "group": 1}))) == [
        (0, "window", 4.0, 4.0, 5.0, "routed"),
        (1, "window", 4.0, None, 4.0, "full"),
    ]


def test_who_comes_to_a_free_post_just_as_it_closes_keeps_the_place_until_it_opens() -> None:
    """The letter of rules 1 and 19: work ends before the shift does, so at 0.75 a post was free and nobody is lost."""
    stages = {"first": {"team": "others", "hours": days(0.75), "next": {"window": "rest"}}, "window": window(0, 0.25)}
    world = plain(stages, {"others": {"posts": 1}, "clerks": OPENS})
    assert at_the_window(story(world, people(0.0))) == [(0, "window", 0.75, 1.25, 1.5, "routed")]


@pytest.mark.usefixtures("average_luck")
def test_leaving_the_area_comes_before_the_end_of_patience() -> None:
    """1 waits behind 0 and would give up on day 2, when they move away."""
    stage = {"team": "clerks", "hours": days(9), "gives_up_after_days": {"fixed": 2}}
    group = {"leaves_after_days": {"moderate": 2}}
    world = needy({"window": stage}, {"clerks": {"posts": 1}}, group=group, run=FORTNIGHT)
    told = story(world, people(0.0, {"arrival": 0.0, "level": "moderate"}))
    assert told[1] == (1, "window", 0.0, None, 2.0, "left_area")
