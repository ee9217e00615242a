"""Rules 1, 2 and 10: what comes first at one instant, and times used as computed."""

from __future__ import annotations

from itertools import pairwise, permutations
from typing import Any

import numpy as np
import pytest

from sim.engine import clock
from sim.engine.citizens import Citizen, Visit
from sim.engine.clock import Clock, Due
from sim.engine.model import compiled
from sim.engine.population import population
from sim.engine.tables import OUTCOMES
from sim.engine.teams import Teams

from .worlds import days, lived, moves, needy, people, plain, story

KINDS = [
    clock.LEVEL_CHANGE,
    clock.LEAVING_AREA,
    clock.END_OF_WORK,
    clock.SHIFT_CHANGE,
    clock.END_OF_PATIENCE,
    clock.END_OF_DELAY,
    clock.COMING,
    clock.ARRIVAL,
]


def happened(*events: tuple[int, int, int], horizon: int = 10) -> list[tuple[int, int, int] | str]:
    """What a clock did with (due, kind, citizen), in order; "start" where work could start."""
    log: list[tuple[int, int, int] | str] = []

    def note(event: Due) -> None:
        log.append(event.subject)

    ticking = Clock(horizon, dict.fromkeys([*KINDS, clock.WILL_NOT_WAIT], note))
    for event in events:
        ticking.at(*event, event)
    ticking.run_by_instants(lambda: log.append("start"))
    return log


@pytest.mark.parametrize("first", range(len(KINDS) - 1))
def test_adjacent_kinds_of_one_instant_come_in_the_order_of_rule_1(first: int) -> None:
    earlier, later = (1, KINDS[first], 7), (1, KINDS[first + 1], 0)
    assert happened(later, earlier) == happened(earlier, later) == [earlier, later, "start"]


def test_within_a_kind_citizens_come_in_order() -> None:
    due = [(1, clock.END_OF_DELAY, citizen) for citizen in (0, 1, 2)]
    assert all(happened(*order) == [*due, "start"] for order in permutations(due))


def test_those_who_will_not_wait_leave_after_work_has_started_and_it_is_tried_again() -> None:
    """Rule 10: work starts when all else is done, and once more after each who leaves."""
    leaves = [(1, clock.WILL_NOT_WAIT, citizen) for citizen in (0, 1)]
    comes = (1, clock.ARRIVAL, 9)
    expected = [comes, "start", leaves[0], "start", leaves[1], "start"]
    assert all(happened(*order) == expected for order in permutations([*leaves, comes]))


def test_time_goes_before_kind() -> None:
    late, soon = (2, clock.LEVEL_CHANGE, 0), (1, clock.ARRIVAL, 9)
    assert happened(late, soon) == [soon, "start", late, "start"]


def test_nothing_happens_at_or_after_the_horizon() -> None:
    inside, outside = (9, clock.ARRIVAL, 0), (10, clock.ARRIVAL, 1)
    assert happened(outside, inside) == [inside, "start"]
    assert Clock(10, {}).at(*outside, None) is None


def test_a_cancelled_event_passes_without_effect() -> None:
    log: list[Any] = []
    ticking = Clock(10, {clock.ARRIVAL: lambda event: log.append(event.subject)})
    event = ticking.at(1, clock.ARRIVAL, 0, "cancelled")
    assert event is not None
    event.cancel()
    ticking.at(1, clock.ARRIVAL, 1, "kept")
    ticking.run_by_instants(lambda: None)
    assert log == ["kept"]


def test_a_level_change_comes_before_leaving_the_area(average_luck: Any) -> None:
    """Eased to none on day 3, when they would have left the area too: recovered, and gone already."""
    world = needy(
        {"wait": {"delay_days": {"fixed": 5}}},
        group={"eases_after_days": {"low": 3}, "leaves_after_days": {"low": 3}},
    )
    assert story(world, people(0.0)) == [(0, "wait", 0.0, 0.0, 3.0, "recovered")]
    assert moves(world, people(0.0)) == [(0, 3.0, "low", "none", "eased")]


def test_leaving_the_area_comes_before_the_end_of_work(average_luck: Any) -> None:
    world = needy(
        {"desk": {"team": "clerks", "hours": days(3)}},
        {"clerks": {"posts": 1}},
        group={"leaves_after_days": {"low": 3}},
    )
    assert story(world, people(0.0)) == [(0, "desk", 0.0, 0.0, 3.0, "left_area")]


def test_a_level_change_comes_before_the_end_of_work(average_luck: Any) -> None:
    """The need ends on day 3 with the work: recovered unaided, though the help would have fitted."""
    stage = {"team": "clerks", "hours": days(3), "help": {"fits": 1.0}}
    world = needy({"desk": stage}, {"clerks": {"posts": 1}}, group={"eases_after_days": {"low": 3}})
    assert story(world, people(0.0)) == [(0, "desk", 0.0, 0.0, 3.0, "recovered")]
    assert moves(world, people(0.0)) == [(0, 3.0, "low", "none", "eased")]


def test_a_level_change_comes_before_coming_back(average_luck: Any) -> None:
    """Away from day 1, due back on day 5, when the need ends by itself: they do not come."""
    world = needy(
        {"desk": {"team": "clerks", "hours": days(1)}},
        {"clerks": {"posts": 1}},
        group={"eases_after_days": {"low": 5}},
        comes_back_after_days={"low": 4},
    )
    assert story(world, people(0.0)) == [(0, "desk", 0.0, 0.0, 1.0, "routed")]


def test_a_shift_change_comes_before_work_starts() -> None:
    """Half a post: none on day 0, one on day 1. Patience of exactly a day is out before the work can start."""
    stage = {"team": "clerks", "hours": days(0.25)}
    impatient = plain({"desk": {**stage, "gives_up_after_days": {"fixed": 1}}}, {"clerks": {"posts": 0.5}})
    patient = plain({"desk": {**stage, "gives_up_after_days": {"fixed": 1.01}}}, {"clerks": {"posts": 0.5}})
    assert story(impatient, people(0.0)) == [(0, "desk", 0.0, None, 1.0, "gave_up")]
    assert story(patient, people(0.0)) == [(0, "desk", 0.0, 1.0, 1.25, "routed")]


def test_patience_due_when_a_post_falls_free_beats_the_start() -> None:
    """0 is served to day 2; 1 would start then, but their patience of 2 days ends at that instant; 2 starts."""
    stage = {"team": "clerks", "hours": days(2), "gives_up_after_days": {"fixed": 2}}
    world = plain({"desk": stage}, {"clerks": {"posts": 1}})
    assert story(world, people(0.0, 0.0, 0.5)) == [
        (0, "desk", 0.0, 0.0, 2.0, "routed"),
        (1, "desk", 0.0, None, 2.0, "gave_up"),
        (2, "desk", 0.5, 2.0, 4.0, "routed"),
    ]


def test_work_starts_only_when_all_that_is_due_has_joined() -> None:
    """On day 2 the work of 1 ends first and takes them to the second desk; then the delay of 0 ends there too.

    Both joined on day 2, so 0 is served first, to day 3, though 1 was there before them.
    """
    world = plain(
        {
            "sorting": {"delay_days": {"fixed": 0}, "next_by_group": {"a": {"pause": "rest"}, "b": {"desk": "rest"}}},
            "pause": {"delay_days": {"fixed": 2}, "next": {"second": "rest"}},
            "desk": {"team": "clerks", "hours": days(2), "next": {"second": "rest"}},
            "second": {"team": "others", "hours": days(1)},
        },
        {"clerks": {"posts": 1}, "others": {"posts": 1}},
        groups={"a": {"share": 0.5}, "b": {"share": 0.5}},
    )
    crowd = people({"arrival": 0.0, "group": 0}, {"arrival": 0.0, "group": 1})
    assert story(world, crowd)[2] == (0, "second", 2.0, 2.0, 3.0, "routed")
    assert story(world, crowd)[5] == (1, "second", 2.0, 3.0, 4.0, "routed")


def test_who_is_fed_back_queues_behind_those_already_waiting() -> None:
    """0 is sent round again at day 1, when 1 has waited for half a day: 1 goes first."""
    world = plain(
        {"desk": {"team": "clerks", "hours": days(1), "next": {"again": "rest"}},
         "again": {"team": "clerks", "hours": days(1)}},
        {"clerks": {"posts": 1}},
    )  # fmt: skip
    assert story(world, people(0.0, 0.5)) == [
        (0, "desk", 0.0, 0.0, 1.0, "routed"),
        (0, "again", 1.0, 2.0, 3.0, "routed"),
        (1, "desk", 0.5, 1.0, 2.0, "routed"),
        (1, "again", 2.0, 3.0, 4.0, "routed"),
    ]


def test_work_that_takes_no_time_is_done_again_and_again_within_an_instant() -> None:
    """One post sees all three at day 1, one after another, and the next team sees them all at day 1 too."""
    world = plain(
        {"sign": {"team": "clerks", "hours": days(0), "next": {"desk": "rest"}},
         "desk": {"team": "others", "hours": days(1)}},
        {"clerks": {"posts": 1}, "others": {"posts": 3}},
    )  # fmt: skip
    told = story(world, people(1.0, 1.0, 1.0))
    assert [step[3:5] for step in told if step[1] == "sign"] == [(1.0, 1.0)] * 3
    assert [step[3:5] for step in told if step[1] == "desk"] == [(1.0, 2.0)] * 3


def test_work_of_no_time_goes_round_the_teams_within_an_instant() -> None:
    """All at day 0: 0 at `one`; then 1 at `one` beside 0 at `two`; then 0 at `three`, which takes the post to day 1."""
    world = plain(
        {"one": {"team": "first", "hours": days(0), "next": {"two": "rest"}},
         "two": {"team": "second", "hours": days(0), "next": {"three": "rest"}},
         "three": {"team": "first", "hours": days(1)}},
        {"first": {"posts": 1}, "second": {"posts": 1}},
    )  # fmt: skip
    assert story(world, people(0.0, 0.0)) == [
        (0, "one", 0.0, 0.0, 0.0, "routed"),
        (0, "two", 0.0, 0.0, 0.0, "routed"),
        (0, "three", 0.0, 0.0, 1.0, "routed"),
        (1, "one", 0.0, 0.0, 0.0, "routed"),
        (1, "two", 0.0, 0.0, 0.0, "routed"),
        (1, "three", 0.0, 1.0, 2.0, "routed"),
    ]


def test_teams_start_in_file_order_and_neighbourhoods_in_order() -> None:
    """The pooled second team takes 0 before 1, who joined it at the same instant; the first team goes before it."""
    team = {"posts": 2, "per_neighbourhood": True}
    world = plain(
        {"one": {"team": "first", "hours": 1, "next": {"two": "rest"}}, "two": {"team": "second", "hours": 1}},
        {"first": team, "second": {"posts": 2}},
        place={"households": {"north": 1, "south": 1}},
    )
    teams, joined = Teams(compiled(world, "p")), []
    for number, (team_at, neighbourhood) in enumerate([(1, 1), (1, 0), (0, 1), (0, 0)]):
        visit = Visit(Citizen(number, 0, 0, neighbourhood, 1, 1, 0), team_at, 0, 0)
        teams.await_work(visit, team_at)
        joined.append(visit)
    assert [visit.citizen.number for visit in teams.starting()] == [3, 2, 0, 1]


def test_a_visit_ends_at_its_due_time_to_the_last_bit_and_the_next_joins_then() -> None:
    world = plain(
        {"pause": {"delay_days": {"mean": 3, "sd": 2}, "next": {"desk": "rest"}},
         "desk": {"team": "clerks", "hours": {"mean": 20, "sd": 9}, "next": {"pause": 0.3, "leave": "rest"}}},
        {"clerks": {"posts": 2}},
    )  # fmt: skip
    crowd = population(world, 0)
    visits = lived(world, crowd).visits
    over = visits.outcome == OUTCOMES.index("routed")
    assert over.sum() > 500
    assert np.array_equal(visits.ended[over], visits.due[over])
    for earlier, later in pairwise(range(len(visits))):
        if visits.citizen[earlier] == visits.citizen[later]:
            assert visits.joined[later] == visits.ended[earlier]
        else:
            assert visits.joined[later] == crowd.arrival[visits.citizen[later]]
