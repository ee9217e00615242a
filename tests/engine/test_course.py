"""How a need moves and what moves with it: rules 7, 8 and 9, as whole timelines worked by hand.

Under `average_luck` every exponential time is its mean: "worsens after 10 days" is after exactly 10.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from .conftest import Given
from .worlds import days, moves, needy, people, story

pytestmark = pytest.mark.usefixtures("average_luck")

ONE = {"clerks": {"posts": 1}}
LONG_PAUSE: dict[str, Any] = {"pause": {"delay_days": {"fixed": 300}}}
LOW, MODERATE = {"arrival": 0.0, "level": "low"}, {"arrival": 0.0, "level": "moderate"}


# -- the course by itself ---------------------------------------------------------------------------------------------


def test_the_earlier_of_worsening_and_easing_acts_and_both_are_drawn_anew() -> None:
    """From moderate: worse after 10 or milder after 6, so low at 6; worse again after 5, at 11; low again at 17."""
    group = {"worsens_after_days": {"low": 5, "moderate": 10}, "eases_after_days": {"low": 50, "moderate": 6}}
    world = needy(LONG_PAUSE, group=group, run={"weeks": {"warm_up": 0, "cohort": 1, "follow_up": 2}})
    assert moves(world, people(MODERATE)) == [
        (0, 6.0, "moderate", "low", "eased"),
        (0, 11.0, "low", "moderate", "worsened"),
        (0, 17.0, "moderate", "low", "eased"),
    ]


def test_worsening_acts_first_on_a_tie() -> None:
    group = {"worsens_after_days": {"moderate": 6}, "eases_after_days": {"moderate": 6}}
    assert moves(needy(LONG_PAUSE, group=group), people(MODERATE)) == [(0, 6.0, "moderate", "high", "worsened")]


def test_crisis_eases_back_to_high_and_low_to_none() -> None:
    """Crisis to high after 1 day, moderate at 3, low at 6, none at 10; nothing happens after that."""
    group = {"eases_after_days": {"crisis": 1, "high": 2, "moderate": 3, "low": 4}}
    assert moves(needy(LONG_PAUSE, group=group), people({"arrival": 0.0, "level": "crisis"})) == [
        (0, 1.0, "crisis", "high", "eased"),
        (0, 3.0, "high", "moderate", "eased"),
        (0, 6.0, "moderate", "low", "eased"),
        (0, 10.0, "low", "none", "eased"),
    ]


def test_each_entry_to_a_level_draws_with_its_own_count(average_luck: Callable[[Given], None]) -> None:
    """Low worsens after a mean of 4: the first time r = 1, the second r is given as ln 4, so after 4 ln 4 = 5.545."""
    average_luck({("course.low/worsens", 0, 1): 0.75})
    group = {"worsens_after_days": {"low": 4}, "eases_after_days": {"moderate": 1}}
    told = moves(needy(LONG_PAUSE, group=group), people(LOW))
    assert [move[1] for move in told[:3]] == [4.0, 5.0, pytest.approx(5 + 4 * 1.3862943611198906)]


def test_the_course_runs_with_no_service_at_all() -> None:
    group = {"eases_after_days": {"low": 9}}
    assert moves(needy(LONG_PAUSE, group=group), people(LOW), None) == [(0, 9.0, "low", "none", "eased")]


# -- the pace during help ---------------------------------------------------------------------------------------------


def helped(pace: float, **group: Any) -> Any:
    """A world whose help lasts from day 2 (after a pause) to day 6, and never fits."""
    stages = {
        "pause": {"delay_days": {"fixed": 2}, "next": {"help": "rest"}},
        "help": {"team": "clerks", "hours": days(4), "help": {"fits": 0.0}},
    }
    return needy(stages, ONE, group=group, course={"pace_during_help": pace})


@pytest.mark.parametrize(
    ("pace", "day"),
    [
        (1.0, 10.0),  # as if there were no help
        (0.5, 12.0),  # at 2 the rest is 8, which at half pace is due at 18; at 6 the rest is (18 - 6) / 2 = 6
        (0.25, 13.0),  # due at 2 + 8 / 0.25 = 34; at 6 the rest is 28 / 4 = 7
        (0.0, 14.0),  # stands still from 2 to 6, with a rest of 8
    ],
)
def test_worsening_runs_at_its_pace_during_help(pace: float, day: float) -> None:
    assert moves(helped(pace, worsens_after_days={"low": 10}), people(LOW)) == [(0, day, "low", "moderate", "worsened")]


def test_worsening_may_fall_due_during_help() -> None:
    """The rest of 1 at day 2 is due at 2 + 1 / 0.5 = 4."""
    assert moves(helped(0.5, worsens_after_days={"low": 3}), people(LOW)) == [(0, 4.0, "low", "moderate", "worsened")]


def test_a_level_entered_during_help_worsens_at_the_pace_of_help() -> None:
    """Eased to low at 4, worse after 5: at half pace due at 14; at 6 the rest is (14 - 6) / 2 = 4, so at 10."""
    group = {"eases_after_days": {"moderate": 4}, "worsens_after_days": {"low": 5}}
    assert moves(helped(0.5, **group), people(MODERATE))[:2] == [
        (0, 4.0, "moderate", "low", "eased"),
        (0, 10.0, "low", "moderate", "worsened"),
    ]


def test_easing_runs_at_full_speed_during_help() -> None:
    world = helped(0.0, worsens_after_days={"high": 9}, eases_after_days={"low": 5})
    assert moves(world, people(LOW)) == [(0, 5.0, "low", "none", "eased")]


def test_waiting_for_help_does_not_slow_worsening() -> None:
    """Help is under way from 4 only, when 0 is done; at pace 0 the rest of 6 waits until 8 and is due at 14."""
    stages = {"help": {"team": "clerks", "hours": days(4), "help": {"fits": 0.0}}}
    world = needy(stages, ONE, group={"worsens_after_days": {"moderate": 10}}, course={"pace_during_help": 0.0})
    assert moves(world, people(LOW, MODERATE)) == [(1, 14.0, "moderate", "high", "worsened")]


# -- what a level change does, by state (rule 8) ----------------------------------------------------------------------

EASES = {"eases_after_days": {"low": 3}}


def test_not_yet_asked_and_eased_to_none_they_never_ask() -> None:
    world = needy(LONG_PAUSE, group=EASES, asks_after_days={"low": 4})
    assert story(world, people(LOW)) == []
    assert moves(world, people(LOW)) == [(0, 3.0, "low", "none", "eased")]


def test_a_delay_runs_on_through_a_level_change_but_ends_with_the_need() -> None:
    worse = needy(LONG_PAUSE, group={"worsens_after_days": {"low": 3}})
    assert story(worse, people(LOW)) == [(0, "pause", 0.0, 0.0, 300.0, "routed")]
    assert story(needy(LONG_PAUSE, group=EASES), people(LOW)) == [(0, "pause", 0.0, 0.0, 3.0, "recovered")]


def test_who_waits_and_is_eased_to_none_leaves_the_line_at_once() -> None:
    """1 is gone at 3, before 0 is done at 5; 2 starts then. The need of 0, seen meanwhile, ends only with the work."""
    stages = {"desk": {"team": "clerks", "hours": days(5)}}
    crowd = people({"arrival": 0.0, "level": "high"}, LOW, {"arrival": 1.0, "level": "high"})
    assert story(needy(stages, ONE, group=EASES), crowd) == [
        (0, "desk", 0.0, 0.0, 5.0, "routed"),
        (1, "desk", 0.0, None, 3.0, "recovered"),
        (2, "desk", 1.0, 5.0, 10.0, "routed"),
    ]


@pytest.mark.parametrize("more", [{}, {"help": {"fits": 1.0}}, {"gate": {"eligible_from": "crisis"}}])
def test_work_is_finished_though_the_need_has_ended_and_leads_nowhere(more: dict[str, Any]) -> None:
    """Recovered at 3, seen to the end at 5: no refusal, no fit, no way on."""
    stages = {"desk": {"team": "clerks", "hours": days(5), "next": {"pause": "rest"}, **more}, **LONG_PAUSE}
    world = needy(stages, ONE, group=EASES)
    assert story(world, people(LOW)) == [(0, "desk", 0.0, 0.0, 5.0, "recovered")]
    assert moves(world, people(LOW)) == [(0, 3.0, "low", "none", "eased")]


def test_the_gate_and_the_routes_use_the_level_at_the_end_of_the_visit() -> None:
    """Low at the start of the work, moderate from 3, at the end of it 5: eligible, and routed as moderate."""
    stages = {
        "desk": {
            "team": "clerks",
            "hours": days(5),
            "gate": {"eligible_from": "moderate"},
            "next_by_level": {"moderate": {"pause": "rest"}},
        },
        "pause": {"delay_days": {"fixed": 1}},
    }
    world = needy(stages, ONE, group={"worsens_after_days": {"low": 3}})
    assert [step[1] for step in story(world, people(LOW))] == ["desk", "pause"]


def test_leaving_the_area_ends_a_visit_at_once_and_frees_the_post() -> None:
    """0 leaves at 2 in the middle of 5 days' work: 1 starts then, and leaves the area at 1 + 6 = 7, its work done."""
    stages = {"desk": {"team": "clerks", "hours": days(5)}}
    world = needy(stages, ONE, group={"leaves_after_days": {"low": 2, "high": 6}})
    crowd = people(LOW, {"arrival": 1.0, "level": "high"})
    assert story(world, crowd) == [
        (0, "desk", 0.0, 0.0, 2.0, "left_area"),
        (1, "desk", 1.0, 2.0, 7.0, "left_area"),
    ]
    assert moves(world, crowd) == [(0, 2.0, "low", "none", "left_area"), (1, 7.0, "high", "none", "left_area")]


def test_leaving_the_area_ends_waiting() -> None:
    world = needy({"desk": {"team": "clerks", "hours": days(9)}}, ONE, group={"leaves_after_days": {"low": 2}})
    assert story(world, people({"arrival": 0.0, "level": "high"}, LOW)) == [
        (0, "desk", 0.0, 0.0, 9.0, "routed"),
        (1, "desk", 0.0, None, 2.0, "left_area"),
    ]


def test_leaving_the_area_ends_being_away() -> None:
    """Done at 1, due back at 5; gone at 4."""
    world = needy(
        {"desk": {"team": "clerks", "hours": days(1)}},
        ONE,
        group={"leaves_after_days": {"low": 4}},
        comes_back_after_days={"low": 4},
    )
    assert story(world, people(LOW)) == [(0, "desk", 0.0, 0.0, 1.0, "routed")]
    assert moves(world, people(LOW)) == [(0, 4.0, "low", "none", "left_area")]


# -- times whose mean depends on the level (rule 9) -------------------------------------------------------------------

SHORT = {"desk": {"team": "clerks", "hours": days(1)}}


def joined(world: Any, *rows: Any) -> list[float]:
    """The days on which approaches began."""
    return [float(step[2] or 0.0) for step in story(world, people(*rows)) if step[1] == "desk"]


def test_coming_back_is_rescaled_when_the_level_changes() -> None:
    """Left at 1, due at 11. Moderate from 6: r = (11 - 6) / 10 = 0.5, so due at 6 + 0.5 x 4 = 8. Then 9 + 4 = 13."""
    world = needy(
        SHORT,
        ONE,
        group={"worsens_after_days": {"low": 6}},
        comes_back_after_days={"low": 10, "moderate": 4},
        run={"weeks": {"warm_up": 0, "cohort": 1, "follow_up": 1}},
    )
    assert joined(world, LOW) == [0.0, 8.0, 13.0]


def test_where_no_mean_is_given_nobody_comes_back_and_the_rest_is_kept() -> None:
    """Left at 1, due at 11. Moderate from 6 to 9, with r = 0.5 kept; low again at 9: due at 9 + 0.5 x 10 = 14."""
    world = needy(
        SHORT,
        ONE,
        group={"worsens_after_days": {"low": 6}, "eases_after_days": {"moderate": 3}},
        comes_back_after_days={"low": 10},
        run={"weeks": {"warm_up": 0, "cohort": 1, "follow_up": 1}},
    )
    assert joined(world, LOW) == [0.0]
    longer = world.with_values({"run.weeks.follow_up": 3})
    assert joined(longer, LOW)[1] == 14.0


def test_coming_forward_is_rescaled_when_the_level_changes() -> None:
    """Would ask at 20. Moderate from 5: r = 15 / 20 = 0.75, so asks at 5 + 0.75 x 4 = 8."""
    world = needy(SHORT, ONE, group={"worsens_after_days": {"low": 5}}, asks_after_days={"low": 20, "moderate": 4})
    assert joined(world, LOW) == [8.0]


def test_leaving_the_area_is_rescaled_when_the_level_changes() -> None:
    """Would leave at 20. Moderate from 5: r = 0.75, so leaves at 5 + 0.75 x 8 = 11."""
    group = {"worsens_after_days": {"low": 5}, "leaves_after_days": {"low": 20, "moderate": 8}}
    assert moves(needy(LONG_PAUSE, group=group), people(LOW))[1] == (0, 11.0, "moderate", "none", "left_area")


def test_each_coming_back_draws_by_its_approach(average_luck: Callable[[Given], None]) -> None:
    """Mean 4. After the first approach r = 1: back at 1 + 4 = 5. After the second r = 2: back at 6 + 8 = 14."""
    average_luck({("citizen/comes_back", 0, 2): 0.8646647167633873})
    run = {"weeks": {"warm_up": 0, "cohort": 1, "follow_up": 2}}
    assert joined(needy(SHORT, ONE, comes_back_after_days={"low": 4}, run=run), LOW)[:3] == [
        0.0,
        5.0,
        pytest.approx(14.0),
    ]
