"""A need that comes back (rule 14), as whole timelines worked by hand.

Under `average_luck` every exponential time is its mean: "eases after 4 days" is after exactly 4.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sim.measures.lives import lives
from sim.measures.record import Record
from sim.scenario.scenario import Scenario

from .conftest import Given
from .worlds import days, lived, moves, needy, people, story

pytestmark = pytest.mark.usefixtures("average_luck")

ONE = {"clerks": {"posts": 1}}
LOW = {"arrival": 0.0, "level": "low"}
BACK = {"eases_after_days": {"low": 4}, "relapses_after_days": 10}
FOUR_WEEKS = {"weeks": {"warm_up": 0, "cohort": 1, "follow_up": 3}}
PAUSE = {"pause": {"delay_days": {"fixed": 300}}}


def desk(work_days: float = 0.5, run: Any = FOUR_WEEKS, group: Any = BACK, **other: Any) -> Scenario:
    """A desk with one clerk."""
    stage = {name: other.pop(name) for name in ("help",) if name in other}
    return needy({"desk": {"team": "clerks", "hours": days(work_days), **stage}}, ONE, group=group, run=run, **other)


def test_who_was_away_goes_on_with_what_was_left_of_the_way_back() -> None:
    """Left at 0.5, due back at 6.5. Well at 4, with r = 2.5 / 6; in need again at 4 + 10; back at 14 + 2.5 = 16.5.

    Well again at 14 + 4; the next relapse, at 28, is past the end of the run.
    """
    world = desk(comes_back_after_days={"low": 6})
    assert story(world, people(LOW)) == [
        (0, "desk", 0.0, 0.0, 0.5, "routed"),
        (0, "desk", 16.5, 16.5, 17.0, "routed"),
    ]
    assert moves(world, people(LOW)) == [
        (0, 4.0, "low", "none", "eased"),
        (0, 14.0, "none", "low", "relapsed"),
        (0, 18.0, "low", "none", "eased"),
    ]


def test_who_had_not_asked_yet_asks_after_what_was_left_of_that_time() -> None:
    """Would ask at 6. Well from 4 to 14, with r = 2 / 6: asks at 14 + 2."""
    world = desk(asks_after_days={"low": 6})
    assert story(world, people(LOW)) == [(0, "desk", 16.0, 16.0, 16.5, "routed")]


def test_the_time_runs_from_the_end_of_the_visit_under_way() -> None:
    """Well at 4, seen to the end at 7: in need again at 7 + 10, and back after a whole mean: 17 + 3 = 20."""
    world = desk(7, comes_back_after_days={"low": 3})
    assert moves(world, people(LOW))[:2] == [(0, 4.0, "low", "none", "eased"), (0, 17.0, "none", "low", "relapsed")]
    assert story(world, people(LOW)) == [
        (0, "desk", 0.0, 0.0, 7.0, "recovered"),
        (0, "desk", 20.0, 20.0, 27.0, "recovered"),
    ]


def test_a_need_resolved_by_help_comes_back_low_and_single() -> None:
    """High and three needs, all met at 1: in need again at 11, low with one need, and back at 11 + 3."""
    world = desk(1, group={"relapses_after_days": 10}, help={"fits": 1.0, "meets": "all"},
                 comes_back_after_days={"low": 3})  # fmt: skip
    visits = lived(world, people({"arrival": 0.0, "level": "high", "needs": 3})).visits
    assert visits.joined.tolist() == [0.0, 14.0]
    assert (visits.level_joined.tolist(), visits.needs_joined.tolist()) == ([3, 1], [3, 1])


def test_who_waits_and_recovers_leaves_the_line_and_relapses_from_then_on() -> None:
    """0, who does not ease, is served to 9. 1 leaves the line at 4 and comes back after the relapse of 14."""
    group = {"eases_after_days": {"low": 4}, "relapses_after_days": 10}
    world = desk(9, group=group, comes_back_after_days={"low": 3})
    assert [step for step in story(world, people({"arrival": 0.0, "level": "high"}, LOW)) if step[0] == 1] == [
        (1, "desk", 0.0, None, 4.0, "recovered"),
        (1, "desk", 17.0, 17.0, 26.0, "recovered"),
    ]


def test_the_clock_of_leaving_the_area_stands_still_without_need() -> None:
    """Would leave at 7. Well from 4 to 14, with r = 3 / 7: gone at 14 + 3, for good."""
    group = {**BACK, "leaves_after_days": {"low": 7}}
    assert moves(needy(PAUSE, group=group), people(LOW)) == [
        (0, 4.0, "low", "none", "eased"),
        (0, 14.0, "none", "low", "relapsed"),
        (0, 17.0, "low", "none", "left_area"),
    ]


def test_after_help_that_slows_it_is_broken_off_need_worsens_at_full_speed_again() -> None:
    """At half pace worse at 4, but well at 3, which ends the delay that helps. In need at 13, worse at 13 + 2."""
    group = {"eases_after_days": {"low": 3}, "worsens_after_days": {"low": 2}, "relapses_after_days": 10}
    stages = {"talks": {"delay_days": {"fixed": 300}, "help": {"fits": 0.0}}}
    world = needy(stages, group=group, course={"pace_during_help": 0.5})
    assert moves(world, people(LOW))[1:3] == [
        (0, 13.0, "none", "low", "relapsed"),
        (0, 15.0, "low", "moderate", "worsened"),
    ]


def test_each_relapse_draws_by_how_many_there_were(average_luck: Callable[[Given], None]) -> None:
    """The first after 10. The second has r = 2: well at 14 + 4, in need again at 18 + 20."""
    average_luck({("citizen/relapses", 0, 1): 0.8646647167633873})
    told = moves(needy(PAUSE, group=BACK), people(LOW), None)
    assert [move[1] for move in told if move[4] == "relapsed"][:2] == [14.0, pytest.approx(38.0)]


def test_a_group_without_relapses_has_none() -> None:
    assert len(moves(needy(PAUSE, group={"eases_after_days": {"low": 4}}), people(LOW))) == 1


# -- what it means for the measures -----------------------------------------------------------------------------------


def figures(world: Scenario, *rows: Any) -> dict[str, float]:
    """The life of the first citizen."""
    crowd = people(*rows)
    return {name: column[0] for name, column in lives(Record(world, "p", crowd, lived(world, crowd))).items()}


def test_an_approach_after_a_relapse_is_no_failure_demand() -> None:
    """The same two approaches, the first of which ended in need; without the recovery between it is failure demand."""
    after = figures(desk(comes_back_after_days={"low": 6}), LOW)
    straight = figures(desk(group={}, comes_back_after_days={"low": 20}), LOW)
    assert (after["approaches"], after["failure_approaches"]) == (2, 0)
    assert (straight["approaches"], straight["failure_approaches"]) == (2, 1)


def test_days_to_help_stop_at_the_first_recovery_and_the_state_is_that_at_the_end() -> None:
    """In need from 0 to 4 and from 14 on, when right help begins at 16 and ends it at 17; in need again from 27.

    Follow-up ends at 21: resolved by then, though recovered once. Days in need: 4 + 3.
    """
    world = desk(1, asks_after_days={"low": 6}, help={"fits": 1.0, "meets": "all"})
    told = figures(world, LOW)
    assert (told["days_to_help"], told["days_in_need"]) == (4.0, 7.0)
    assert (told["right_helped"], told["days_to_right_help"]) == (1, 16.0)
    assert (told["day_recovered"], told["state_recovered"], told["state_resolved"]) == (4.0, 0, 1)


def test_who_is_in_need_again_at_the_end_is_in_need() -> None:
    """Well from 4 to 12, and followed to 14: away in need. With relapses 2 days sooner they are well again at 14."""
    run = {"weeks": {"warm_up": 0, "cohort": 1, "follow_up": 2}}
    world = desk(group={**BACK, "relapses_after_days": 8}, run=run, comes_back_after_days={"low": 50})
    again = figures(world, LOW)
    assert (again["state_away_in_need"], again["owed_in_need"], again["state_recovered"]) == (1, 1, 0)
    well = figures(world.with_values({"groups.adults.relapses_after_days": 6}), LOW)
    assert (well["state_away_in_need"], well["owed_in_need"], well["state_recovered"]) == (0, 0, 1)
    assert (again["days_in_need"], well["days_in_need"]) == (6.0, 8.0)
