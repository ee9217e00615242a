"""Rules 12 and 13: who passes a gate and what help does, worked by hand.

Under `average_luck` every uniform number is 0.632, so that a share of 0 never happens and a share of 1 always does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sim.scenario.scenario import Scenario

from .conftest import Given
from .worlds import days, lived, moves, needy, people, story

pytestmark = pytest.mark.usefixtures("average_luck")

ONE = {"clerks": {"posts": 1}}
LEVELS = ("low", "moderate", "high", "crisis")


def gated(gate: dict[str, Any], **stage: Any) -> Scenario:
    """A desk of one day's work with a gate, then a pause of one day."""
    desk = {"team": "clerks", "hours": days(1), "gate": gate, "next": {"pause": "rest"}, **stage}
    return needy({"desk": desk, "pause": {"delay_days": {"fixed": 1}}}, ONE)


def outcome(world: Scenario, level: str = "low", needs: int = 1) -> str:
    """What the first visit came to."""
    return story(world, people({"arrival": 0.0, "level": level, "needs": needs}))[0][5]


def level_seen(world: Scenario, level: str) -> int:
    return int(lived(world, people({"arrival": 0.0, "level": level})).visits.level_seen[0])


# -- the gate ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("eligible_from", "passing"), [("low", 4), ("moderate", 3), ("high", 2), ("crisis", 1)])
def test_the_gate_opens_from_its_level(eligible_from: str, passing: int) -> None:
    outcomes = [outcome(gated({"eligible_from": eligible_from}), level) for level in LEVELS]
    assert outcomes == ["refused_level"] * (4 - passing) + ["routed"] * passing


@pytest.mark.parametrize(
    ("most", "expected"),
    [(1, ["routed"] + ["refused_needs"] * 3), (3, ["routed"] * 3 + ["refused_needs"]), (4, ["routed"] * 4)],
)
def test_more_needs_than_it_takes_are_refused_as_too_complex(most: int, expected: list[str]) -> None:
    assert [outcome(gated({"most_needs": most}), needs=needs) for needs in (1, 2, 3, 4)] == expected


def test_outside_the_criteria_is_refused_as_such() -> None:
    assert outcome(gated({"outside_criteria": 1.0})) == "refused_criteria"
    assert outcome(gated({"outside_criteria": 0.0})) == "routed"


def test_the_first_test_failed_is_the_reason() -> None:
    """All three fail: it is the level. With the level right it is the needs."""
    gate = {"eligible_from": "high", "most_needs": 1, "outside_criteria": 1.0}
    assert outcome(gated(gate), "low", needs=2) == "refused_level"
    assert outcome(gated(gate), "high", needs=2) == "refused_needs"
    assert outcome(gated(gate), "high", needs=1) == "refused_criteria"


def test_a_refusal_ends_the_approach() -> None:
    assert story(gated({"eligible_from": "high"}), people(0.0)) == [(0, "desk", 0.0, 0.0, 1.0, "refused_level")]


def test_the_level_is_seen_one_too_low_or_too_high_and_clamped() -> None:
    """Seen too low, crisis is 3, low stays 1; seen too high, low is 2, crisis stays 4."""
    for error, seen in (("seen_too_low", [1, 1, 2, 3]), ("seen_too_high", [2, 3, 4, 4])):
        assert [level_seen(gated({"eligible_from": "low", error: 1.0}), level) for level in LEVELS] == seen
    assert [level_seen(gated({"eligible_from": "low"}), level) for level in LEVELS] == [1, 2, 3, 4]


@pytest.mark.parametrize(("u", "seen"), [(0.0999, 2), (0.1, 3), (0.7999, 3), (0.8, 4)])
def test_too_low_takes_the_lowest_luck_and_too_high_the_highest(
    average_luck: Callable[[Given], None], u: float, seen: int
) -> None:
    """With 0.1 too low and 0.2 too high, u below 0.1 is one down and u from 0.8 is one up."""
    average_luck({("desk/seen", 0, 0): u})
    assert level_seen(gated({"eligible_from": "low", "seen_too_low": 0.1, "seen_too_high": 0.2}), "high") == seen


def test_a_wrong_look_decides_who_passes_and_where_they_go() -> None:
    """Moderate, seen as high: passes a gate from high, and takes the route of high."""
    by_level = {"high": {"pause": "rest"}, "moderate": {"leave": "rest"}}
    world = gated({"eligible_from": "high", "seen_too_high": 1.0}, next={"leave": "rest"}, next_by_level=by_level)
    assert [step[1] for step in story(world, people({"arrival": 0.0, "level": "moderate"}))] == ["desk", "pause"]


def test_the_level_is_looked_at_anew_at_each_visit(average_luck: Callable[[Given], None]) -> None:
    """Seen as low the first time (u = 0.05), as moderate the second: refused, then let through."""
    average_luck({("desk/seen", 0, 0): 0.05})
    desk = {"team": "clerks", "hours": days(1), "gate": {"eligible_from": "moderate", "seen_too_low": 0.1}}
    world = needy({"desk": desk}, ONE, comes_back_after_days={"moderate": 2})
    told = story(world, people({"arrival": 0.0, "level": "moderate"}))
    assert [step[5] for step in told[:3]] == ["refused_level", "routed", "routed"]


def test_the_criteria_are_drawn_once_for_life(average_luck: Callable[[Given], None]) -> None:
    """Outside at the first visit (u = 0.05) is outside at every visit, whatever later counts would draw."""
    average_luck({("desk/criteria", 0, 0): 0.05})
    desk = {"team": "clerks", "hours": days(1), "gate": {"outside_criteria": 0.1}}
    world = needy({"desk": desk}, ONE, comes_back_after_days={"low": 2})
    outcomes = [step[5] for step in story(world, people(0.0))]
    assert len(outcomes) > 100
    assert set(outcomes[:-1]) == {"refused_criteria"}


def test_a_gate_is_tested_before_help() -> None:
    world = gated({"eligible_from": "high"}, help={"fits": 1.0})
    assert outcome(world, "moderate") == "refused_level"
    assert moves(world, people({"arrival": 0.0, "level": "moderate"})) == []


# -- help -------------------------------------------------------------------------------------------------------------


def helped(**help_: Any) -> Scenario:
    desk = {"team": "clerks", "hours": days(1), "help": {"fits": 1.0, **help_}, "next": {"pause": "rest"}}
    return needy({"desk": desk, "pause": {"delay_days": {"fixed": 1}}}, ONE)


def needs_left(world: Scenario, needs: int) -> int:
    visits = lived(world, people({"arrival": 0.0, "level": "high", "needs": needs})).visits
    return int(visits.needs_ended[0])


def test_a_fit_meets_one_need_or_all() -> None:
    assert [needs_left(helped(meets="one"), needs) for needs in (1, 2, 3, 4)] == [0, 1, 2, 3]
    assert [needs_left(helped(meets="all"), needs) for needs in (1, 2, 3, 4)] == [0, 0, 0, 0]


def test_help_that_does_not_fit_changes_nothing() -> None:
    world = helped(fits=0.0)
    crowd = people({"arrival": 0.0, "level": "high", "needs": 2})
    assert moves(world, crowd) == []
    assert story(world, crowd)[0][5] == "helped_unfit"
    assert lived(world, crowd).visits.needs_ended[0] == 2


@pytest.mark.parametrize(("eases", "to"), [(0, None), (1, "moderate"), (2, "low"), (3, "low")])
def test_a_fit_with_needs_still_open_eases_the_level_but_not_below_low(eases: int, to: str | None) -> None:
    told = moves(helped(eases_levels=eases), people({"arrival": 0.0, "level": "high", "needs": 2}))
    assert told == ([] if to is None else [(0, 1.0, "high", to, "helped")])


def test_who_has_no_need_left_is_resolved_and_leaves_whatever_the_route_says() -> None:
    world = helped(meets="all")
    crowd = people({"arrival": 0.0, "level": "crisis", "needs": 4})
    assert story(world, crowd) == [(0, "desk", 0.0, 0.0, 1.0, "helped_fit")]
    assert moves(world, crowd) == [(0, 1.0, "crisis", "none", "helped")]


def test_who_has_a_need_left_goes_on() -> None:
    told = story(helped(meets="one"), people({"arrival": 0.0, "level": "high", "needs": 2}))
    assert [step[1] for step in told] == ["desk", "pause"]


@pytest.mark.parametrize("needs", [1, 2, 3, 4])
def test_the_chance_of_a_fit_is_that_of_the_needs_open_at_the_end(needs: int) -> None:
    """U is 0.632: help fits just where the chance stands above it."""
    for place, name in enumerate(("one", "two", "three", "four"), start=1):
        fits = dict.fromkeys(("one", "two", "three", "four"), 0.63) | {name: 0.64}
        crowd = people({"arrival": 0.0, "level": "high", "needs": needs})
        assert story(helped(fits=fits), crowd)[0][5] == ("helped_fit" if place == needs else "helped_unfit")


@pytest.mark.parametrize(("u", "outcomes"), [(0.4999, ["helped_fit", "routed"]), (0.5, ["helped_unfit"])])
def test_a_draw_just_at_a_share_lies_beyond_it(
    average_luck: Callable[[Given], None], u: float, outcomes: list[str]
) -> None:
    """Help that fits half of the time and a route that half of them take: a u of just 0.5 is the other half's.

    So it is with criteria that half of them do not fit.
    """
    average_luck({("desk/fit", 0, 0): u, ("desk/route", 0, 0): u, ("desk/criteria", 1, 0): u})
    world = helped(fits=0.5)
    data = world.data
    data["pathways"]["p"]["stages"]["desk"]["next"] = {"pause": 0.5, "leave": "rest"}
    crowd = people({"arrival": 0.0, "level": "high", "needs": 2})
    assert [step[5] for step in story(Scenario.from_data("half", data), crowd)] == outcomes
    refused = story(gated({"outside_criteria": 0.5}), people(0.0, 50.0))[-1][5]
    assert refused == ("refused_criteria" if u < 0.5 else "routed")


def test_needs_met_at_earlier_approaches_stay_met() -> None:
    """Two needs, one met at each approach: back once, then resolved."""
    world = needy(
        {"desk": {"team": "clerks", "hours": days(1), "help": {"fits": 1.0}}}, ONE, comes_back_after_days={"low": 2}
    )
    crowd = people({"arrival": 0.0, "level": "low", "needs": 2})
    assert story(world, crowd) == [(0, "desk", 0.0, 0.0, 1.0, "helped_fit"), (0, "desk", 3.0, 3.0, 4.0, "helped_fit")]
    assert moves(world, crowd) == [(0, 4.0, "low", "none", "helped")]


def test_a_delay_can_be_help_that_is_bought() -> None:
    pause = {"delay_days": {"fixed": 5}, "fee_gbp": 100, "help": {"fits": 1.0}}
    assert story(needy({"pause": pause}), people(0.0)) == [(0, "pause", 0.0, 0.0, 5.0, "helped_fit")]
