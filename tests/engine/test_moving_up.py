"""`moves_up_after_days` (rule 10): who has waited so long counts one rank higher. By hand, and against another program.

The other program is a list: it is sorted anew each time somebody can be served, from what a visit's own row says.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.engine.model import compiled
from sim.engine.population import Population, population
from sim.measures.waiting import weekly_steps

from .worlds import days, lived, needy, people, plain, story

ONE = {"clerks": {"posts": 1}}
TRUE = "most in true need first"


def desk(length: float = 2, **other: Any) -> Any:
    return {"desk": {"team": "clerks", "hours": days(length), "order": TRUE, **other}}


def served(told: Any) -> list[tuple[int, float]]:
    return sorted(((step[0], step[3]) for step in told if step[3] is not None), key=lambda pair: pair[1])


def at(arrival: float, level: str, **other: Any) -> dict[str, Any]:
    return {"arrival": arrival, "level": level, **other}


def test_who_has_waited_long_enough_goes_before_those_who_were_one_level_worse() -> None:
    """0 is served to day 2. 1 (low) waits from 0.5, and from 2.5 on counts as moderate; 2 and 3 are moderate.

    At 2 comes 2, the worse of the two. At 4 1 counts as 3 does, and has waited longer. Without it 3 goes before 1.
    """
    crowd = people(at(0.0, "low"), at(0.5, "low"), at(1.0, "moderate"), at(2.5, "moderate"))
    assert served(story(needy(desk(moves_up_after_days=2), ONE), crowd)) == [(0, 0.0), (2, 2.0), (1, 4.0), (3, 6.0)]
    assert served(story(needy(desk(), ONE), crowd)) == [(0, 0.0), (2, 2.0), (3, 4.0), (1, 6.0)]


def test_it_happens_once_and_never_above_the_highest() -> None:
    """1 (low) never counts as more than moderate: 2 (high) goes first at 4. 3 (crisis) is not put before 4 (crisis)
    by it: of those who count alike the longest wait goes first, as ever.
    """
    crowd = people(at(0.0, "low"), at(0.25, "low"), at(0.5, "crisis"), at(1.9, "crisis"), at(3.0, "high"))
    told = served(story(needy(desk(moves_up_after_days=0.5), ONE), crowd))
    assert told == [(0, 0.0), (2, 2.0), (3, 4.0), (4, 6.0), (1, 8.0)]


def test_a_change_of_level_while_waiting_keeps_the_rise(average_luck: Any) -> None:
    """1 (low) counts as moderate from 1.5; at 3.5 it worsens and counts as high, before 2 (high)."""
    world = needy(desk(4, moves_up_after_days=1), ONE, group={"worsens_after_days": {"low": 3}, "eases_after_days": {}})
    crowd = people(at(0.0, "crisis"), at(0.5, "low"), at(3.75, "high"))
    assert served(story(world, crowd)) == [(0, 0.0), (1, 4.0), (2, 8.0)]


def test_groups_move_up_too_but_not_before_the_first_of_them() -> None:
    """Group b counts with a after a day: at 2 the one of b has waited longer than the one of a."""
    stage = {"desk": {"team": "clerks", "hours": days(2), "order": ["a", "b"], "moves_up_after_days": 1}}
    groups = {"a": {"share": 0.5}, "b": {"share": 0.5}}
    world = plain(stage, ONE, groups=groups)
    rows = (at(0.0, "low"), at(0.5, "low", group=1), at(0.75, "low"), at(1.75, "low", group=1))
    assert served(story(world, people(*rows))) == [(0, 0.0), (1, 2.0), (2, 4.0), (3, 6.0)]


def test_those_who_waited_before_the_run_have_moved_up_already() -> None:
    """0 has waited 30 days and counts as moderate at once; 1 (low) came on day -1; 2 (moderate) on day -2."""
    crowd = people(at(-30.0, "low"), at(-2.0, "moderate"), at(-1.0, "low"))
    told = served(story(needy(desk(moves_up_after_days=7), ONE), crowd))
    assert told == [(0, 0.0), (1, 2.0), (2, 4.0)]


def by_list(arrival: Any, level: Any, work: Any, after: float) -> Any:
    """When each is served by one clerk, from a list: the worst first, one level more after so many days of waiting."""
    started, free, todo = np.full(len(arrival), np.nan), 0.0, list(range(len(arrival)))
    waiting: list[int] = []
    while todo or waiting:
        if not waiting:
            free = max(free, arrival[todo[0]])
        while todo and arrival[todo[0]] <= free:
            waiting.append(todo.pop(0))
        now = free
        best = min(waiting, key=lambda who: (-min(4, level[who] + (now - arrival[who] >= after)), arrival[who], who))
        waiting.remove(best)
        started[best], free = now, now + work[best]
    return started


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_is_what_a_sorted_list_gives(seed: int) -> None:
    """Two thousand who come to a busy desk: every start, and the wrong threshold is found out."""
    world = needy(
        {"desk": {"team": "clerks", "hours": 5, "order": TRUE, "moves_up_after_days": 1.5}}, ONE,
        arrivals={"per_day": 4.6}, run={"seed": seed, "weeks": {"warm_up": 0, "cohort": 60, "follow_up": 1}},
    )  # fmt: skip
    crowd: Population = population(world, 0)
    visits = lived(world, crowd).visits
    begun = ~np.isnan(visits.started)
    work = np.where(begun, visits.due - visits.started, 0.0)
    for after, agrees in ((1.5, True), (2.0, False), (1e9, False)):
        expected = by_list(crowd.arrival, crowd.level, work, after)
        difference = np.abs(expected - visits.started)[begun]
        assert (difference.max() < 1e-6) == agrees
    assert begun.sum() > 1500


# -- those who wait from the cohort window on -------------------------------------------------------------------------


def listed(where: str) -> Any:
    run = {"weeks": {"warm_up": 2, "cohort": 1, "follow_up": 1}}
    waiting = {"people": 0, "days_waited": 1, "at": where}
    stage = {"team": "clerks", "hours": days(2), "gives_up_after_days": {"fixed": 5}}
    return plain({"desk": stage}, ONE, run=run, waiting_at_start=waiting)


def test_those_who_wait_come_to_the_line_when_the_cohort_does() -> None:
    """Day 14. 1 came on day 13 and is being served to day 15. The two of the list joined 30 and 3 days before day 14,
    so that they go before 3, who came on 13.5; their patience of five days begins on day 14.
    """
    crowd = people(-30.0, -3.0, 13.0, 13.5, 14.5)
    assert story(listed("cohort"), crowd) == [
        (0, "desk", 14.0 - 30.0, 15.0, 17.0, "routed"),
        (1, "desk", 14.0 - 3.0, 17.0, 19.0, "routed"),
        (2, "desk", 13.0, 13.0, 15.0, "routed"),
        (3, "desk", 13.5, None, 18.5, "gave_up"),
        (4, "desk", 14.5, 19.0, 21.0, "routed"),
    ]
    assert story(listed("start"), crowd)[:2] == [
        (0, "desk", -30.0, 0.0, 2.0, "routed"),
        (1, "desk", -3.0, 2.0, 4.0, "routed"),
    ]


def test_they_are_on_no_weekly_count_before_they_come() -> None:
    world = listed("cohort").with_values({"waiting_at_start.people": 2})
    crowd = people(-30.0, -3.0, 13.0)
    waiting = np.cumsum(weekly_steps(world, "p", lived(world, crowd).visits), axis=1)[0]
    assert waiting.tolist()[:4] == [0, 0, 2, 0]


def test_the_warm_up_before_them_is_as_without_them() -> None:
    base = plain(
        {"desk": {"team": "clerks", "hours": 8}}, ONE, arrivals={"per_day": 2.0},
        run={"weeks": {"warm_up": 4, "cohort": 4, "follow_up": 4}},
        waiting_at_start={"people": 40, "days_waited": 20, "at": "cohort"},
    )  # fmt: skip
    crowd, alone = population(base, 0), population(base.with_values({"waiting_at_start.people": 0}), 0)
    one, other = (lived(base, these).visits for these in (crowd, alone))
    assert np.array_equal(crowd.arrival[40:], alone.arrival)
    early, before = one.started[(one.citizen >= 40) & (one.started < 28)], other.started[other.started < 28]
    assert np.array_equal(early, before)
    joined = one.joined[one.citizen < 40]
    assert ((joined < 28) & (one.started[one.citizen < 40] >= 28)).all()
    assert compiled(base, "p").waiting_from == 28 * 86_400_000_000


def test_other_work_is_neither_capacity_nor_cost() -> None:
    """A quarter of 40 hours goes elsewhere: 30 remain, at the speed and at the price of 30."""
    team = {"posts": 2, "hours_per_week": 40, "gbp_per_worked_hour": 20}
    whole, part = (
        plain({"desk": {"team": "t", "hours": 1, "purpose": "helping"}}, {"t": {**team, **more}})
        .pathways["p"]
        .teams["t"]
        for more in ({}, {"other_work": 0.25})
    )
    assert part.hours_an_open_day == 0.75 * whole.hours_an_open_day == pytest.approx(30 / 7)
    assert part.paid_gbp_a_year == 0.75 * whole.paid_gbp_a_year == pytest.approx(2 * 30 * 52 * 20)
