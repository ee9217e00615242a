"""Who goes first of those who wait (rules 8 and 11): worked by hand, ties among them, and against a sorted list."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.engine.citizens import Citizen, Visit
from sim.engine.lines import Line
from sim.engine.model import compiled
from sim.engine.teams import Teams

from .worlds import Data, days, needy, people, plain, story

ONE = {"clerks": {"posts": 1}}
SEEN, TRUE = "most in need first", "most in true need first"
GROUPS = {name: {"share": share} for name, share in (("a", 0.5), ("b", 0.25), ("c", 0.25))}


def desk(order: Any, **other: Any) -> Data:
    return {"team": "clerks", "hours": days(4), "order": order, **other}


def turns(told: list[Any], stage: str = "desk") -> list[int]:
    """The citizens in the order in which they were served at a stage."""
    served = sorted(
        (started, citizen) for citizen, name, _, started, *_ in told if name == stage and started is not None
    )
    return [citizen for _, citizen in served]


# -- by true need -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("order", "expected"), [(TRUE, [0, 2, 1]), ("first come", [0, 1, 2])])
def test_the_worst_off_goes_first(order: str, expected: list[int]) -> None:
    """At 4 the post falls free: 1, low, has waited since 1, and 2, high, since 2."""
    crowd = people(0.0, 1.0, {"arrival": 2.0, "level": "high"})
    assert turns(story(needy({"desk": desk(order)}, ONE), crowd)) == expected


def test_who_worsens_while_waiting_goes_before_others(average_luck: Any) -> None:
    """Low worsens after 2 days. 1 is moderate from 3, as 2 is since joining at 2: equal, and 1 joined first.

    3 joins at 2.5 and is still low at 4: last, and moderate from 4.5, when that no longer matters.
    """
    world = needy({"desk": desk(TRUE)}, ONE, group={"worsens_after_days": {"low": 2}})
    crowd = people(0.0, 1.0, {"arrival": 2.0, "level": "moderate"}, 2.5)
    assert [step[2:] for step in story(world, crowd)] == [
        (0.0, 0.0, 4.0, "routed"),
        (1.0, 4.0, 8.0, "routed"),
        (2.0, 8.0, 12.0, "routed"),
        (2.5, 12.0, 16.0, "routed"),
    ]


def test_who_eases_while_waiting_falls_behind(average_luck: Any) -> None:
    """High eases after 1 day: 1, high at 1, is moderate at 2; 2 joined at 3 as high and is so until 4.

    At 4 both the change of 2 and the end of work fall due: the change comes first (rule 1), so 1, there longer, goes.
    With half a day more of being high, 2 goes.
    """
    crowd = people(0.0, {"arrival": 1.0, "level": "high"}, {"arrival": 3.0, "level": "high"})
    soon = needy({"desk": desk(TRUE)}, ONE, group={"eases_after_days": {"high": 1}})
    late = needy({"desk": desk(TRUE)}, ONE, group={"eases_after_days": {"high": 1.5}})
    assert turns(story(soon, crowd)) == [0, 1, 2]
    assert turns(story(late, crowd)) == [0, 2, 1]


def test_a_level_that_rises_and_falls_leaves_one_place(average_luck: Any) -> None:
    """1 is low, moderate from 1.5, low from 2, and so on; at 4 they are low, and 2 goes first."""
    group = {"worsens_after_days": {"low": 0.5}, "eases_after_days": {"moderate": 0.5}}
    crowd = people(0.0, 1.0, {"arrival": 2.0, "level": "high"})
    told = story(needy({"desk": desk(TRUE)}, ONE, group=group), crowd)
    assert turns(told) == [0, 2, 1]
    assert [step[0] for step in told] == [0, 1, 2]


def test_equal_need_falls_to_who_joined_first_and_then_to_the_citizen() -> None:
    """All are high. 2 joined at 1; 1, after a delay of 2 days for b, at 2.5, as 3 did: the number decides."""
    sort = {"delay_days": {"fixed": 0}, "delay_days_by_group": {"b": {"fixed": 2}}, "next": {"desk": "rest"}}
    world = needy({"sort": sort, "desk": desk(TRUE)}, ONE, groups={"a": {"share": 0.5}, "b": {"share": 0.5}})
    rows = ({"arrival": 0.5, "group": 1}, {"arrival": 1.0}, {"arrival": 2.5})
    crowd = people(0.0, *({**row, "level": "high"} for row in rows))
    assert turns(story(world, crowd)) == [0, 2, 1, 3]


def test_a_change_of_level_puts_nobody_in_line_whose_place_is_held() -> None:
    case = {"team": "workers", "hours": 1, "weeks": 1, "order": TRUE}
    team = {"workers": {"works": "caseload", "posts": 1, "cases_each": 1, "keeps": True}}
    teams = Teams(compiled(needy({"case": case}, team), "p"))
    citizen = Citizen(0, 0, 0, 0, 1, 1, 0)
    visit = citizen.visit = Visit(citizen, 0, 0, 0)
    citizen.kept, citizen.level = (teams.cells[0],), 3
    teams.await_work(visit, 0)
    teams.reorder(citizen)
    assert not teams.cells[0].line and teams.cells[0].kept == [visit]


# -- by need as seen --------------------------------------------------------------------------------------------------


def looking(order: str, **group: Any) -> Any:
    """Group a is looked at by a gate on its way; group b goes straight to the desk."""
    look = {"delay_days": {"fixed": 0}, "gate": {"eligible_from": "low"}, "next": {"desk": "rest"}}
    sort = {"delay_days": {"fixed": 0}, "next_by_group": {"a": {"look": "rest"}, "b": {"desk": "rest"}}}
    groups = {name: {"share": 0.5, **group} for name in ("a", "b")}
    back = {"comes_back_after_days": {"high": 1, "low": 1}}
    return needy({"sort": sort, "look": look, "desk": desk(order)}, ONE, groups=groups, **back)


def test_who_was_never_seen_counts_as_low(average_luck: Any) -> None:
    """1 in crisis was never seen; 2, seen as moderate, goes first; 3, seen as low, is the equal of 1 and came later."""
    crowd = people(
        {"arrival": 0.0, "group": 1},
        {"arrival": 1.0, "group": 1, "level": "crisis"},
        {"arrival": 2.0, "level": "moderate"},
        {"arrival": 3.0, "level": "low"},
    )
    assert turns(story(looking(SEEN), crowd))[:4] == [0, 2, 1, 3]


@pytest.mark.parametrize(("order", "expected"), [(SEEN, [0, 2, 1]), (TRUE, [0, 1, 2])])
def test_the_level_seen_holds_until_another_is_seen(average_luck: Any, order: str, expected: list[int]) -> None:
    """1, in crisis, was never seen; 2 was seen as high at 1 and is low from 2. As seen 2 goes first, in truth 1."""
    crowd = people(
        {"arrival": 0.0, "group": 1},
        {"arrival": 0.5, "group": 1, "level": "crisis"},
        {"arrival": 1.0, "level": "high"},
    )
    world = looking(order, eases_after_days={"high": 0.5, "moderate": 0.5})
    assert turns(story(world, crowd))[:3] == expected


def test_the_gate_may_err_and_the_order_errs_with_it() -> None:
    """2 is seen as moderate though low; 1, seen truly as low, came before."""
    groups = {"a": {"share": 0.5}, "b": {"share": 0.5}}
    sort = {"delay_days": {"fixed": 0}, "next_by_group": {"a": {"worse": "rest"}, "b": {"well": "rest"}}}
    worse, well = ({"delay_days": {"fixed": 0}, "gate": gate, "next": {"desk": "rest"}}
                   for gate in ({"seen_too_high": 1.0}, {"eligible_from": "low"}))  # fmt: skip
    world = needy({"sort": sort, "worse": worse, "well": well, "desk": desk(SEEN)}, ONE, groups=groups)
    crowd = people({"arrival": 0.0, "group": 1}, {"arrival": 1.0, "group": 1}, {"arrival": 2.0})
    assert turns(story(world, crowd)) == [0, 2, 1]


def test_what_was_seen_in_one_approach_counts_in_the_next(average_luck: Any) -> None:
    """The desk has the gate. 0 is seen to be in crisis, refused at 4, and back at 5: they go before 2, who waits."""
    gate = {"eligible_from": "low", "outside_criteria": 1.0}
    world = needy({"desk": desk(SEEN, gate=gate)}, ONE, comes_back_after_days={"crisis": 1})
    crowd = people({"arrival": 0.0, "level": "crisis"}, {"arrival": 3.0, "level": "crisis"}, {"arrival": 4.5})
    told = [step for step in story(world, crowd) if step[2] is not None and step[2] < 8]
    assert [(step[0], step[2], step[3]) for step in told] == [
        (0, 0.0, 0.0),
        (0, 5.0, 8.0),
        (1, 3.0, 4.0),
        (2, 4.5, None),
    ]


# -- by group ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (["c", "a"], [0, 4, 1, 3, 2]),
        (["b"], [0, 2, 1, 3, 4]),
        (["a"], [0, 1, 3, 2, 4]),
        (["c", "b", "a"], [0, 4, 2, 1, 3]),
    ],
)
def test_groups_go_as_listed_and_all_others_after_them_as_they_came(order: list[str], expected: list[int]) -> None:
    """1 and 3 are of a, 2 of b, 4 of c, and they came in this order while 0 was served."""
    groups = [0, 0, 1, 0, 2]
    crowd = people(*({"arrival": at / 4, "group": group} for at, group in enumerate(groups)))
    assert turns(story(plain({"desk": desk(order)}, ONE, groups=GROUPS), crowd)) == expected


def test_all_stages_of_a_team_stand_in_one_line() -> None:
    """2 of b waits at the other stage of the team and goes before 1 of a."""
    stages = {
        "sort": {"delay_days": {"fixed": 0}, "next_by_group": {"b": {"other": "rest"}}, "next": {"desk": "rest"}},
        "desk": desk(["b"]),
        "other": desk(["b"]),
    }
    told = story(plain(stages, ONE, groups=GROUPS), people(0.0, 1.0, {"arrival": 2.0, "group": 1}))
    assert [(step[0], step[3]) for step in told if step[1] != "sort"] == [(0, 0.0), (1, 8.0), (2, 4.0)]


def test_each_neighbourhood_has_a_line_of_its_own_to_put_in_order() -> None:
    """In the south nobody waits before 2, who starts at once; in the north 3 of b passes 1."""
    team = {"clerks": {"posts": 2, "per_neighbourhood": True}}
    world = plain({"desk": desk(["b"])}, team, groups=GROUPS, place={"households": {"north": 1, "south": 1}})
    crowd = people(0.0, 1.0, {"arrival": 1.5, "neighbourhood": 1}, {"arrival": 2.0, "group": 1})
    assert [step[3] for step in story(world, crowd)] == [0.0, 8.0, 1.5, 4.0]


def test_patience_and_limits_hold_whatever_the_order() -> None:
    """Two may wait: 1 and 2. 3 of b is turned away; 1 gives up at 3.5, so that 4 of b may wait, and goes first."""
    stage = desk(["b"], queue_limit=2, gives_up_after_days={"fixed": 2.5})
    crowd = people(0.0, 1.0, 2.0, {"arrival": 2.5, "group": 1}, {"arrival": 3.75, "group": 1})
    assert story(plain({"desk": stage}, ONE, groups=GROUPS), crowd) == [
        (0, "desk", 0.0, 0.0, 4.0, "routed"),
        (1, "desk", 1.0, None, 3.5, "gave_up"),
        (2, "desk", 2.0, None, 4.5, "gave_up"),
        (3, "desk", 2.5, None, 2.5, "full"),
        (4, "desk", 3.75, 4.0, 8.0, "routed"),
    ]


def test_whose_place_is_held_passes_the_line_whatever_the_order(average_luck: Any) -> None:
    """0 keeps the one place through the pause, while 1 waits in crisis; a change of level there moves nobody."""
    case = {"team": "workers", "hours": 1, "weeks": {"fixed": 1}, "order": TRUE}
    stages = {
        "first": {**case, "next": {"pause": "rest"}},
        "pause": {"delay_days": {"fixed": 1}, "next": {"second": "rest"}},
        "second": case,
    }
    team = {"workers": {"works": "caseload", "posts": 1, "cases_each": 1, "keeps": True}}
    world = needy(stages, team, group={"worsens_after_days": {"low": 8}})
    told = story(world, people(0.0, {"arrival": 1.0, "level": "crisis"}))
    assert told[2:4] == [(0, "second", 8.0, 8.0, 15.0, "routed"), (1, "first", 1.0, 15.0, 22.0, "routed")]


# -- the line itself --------------------------------------------------------------------------------------------------


def waiting(number: int, rank: int = 0, joined: int = 0) -> Visit:
    visit = Visit(Citizen(number, 0, 0, 0, 1, 1, 0), 0, 0, joined)
    visit.waiting, visit.rank = True, rank
    return visit


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("jjmmmlf"), st.integers(0, 9), st.integers(0, 4)), max_size=120))
def test_a_line_is_a_list_kept_in_order(steps: list[tuple[str, int, int]]) -> None:
    """Steps: j, one joins; m, one who waits gets a rank, perhaps the same; l, one leaves; f, the first is served."""
    line, there = Line(), list[Visit]()
    for number, (step, which, rank) in enumerate(steps):
        if step == "j":
            there.append(waiting(number, rank, joined=which))
            line.join(there[-1])
        elif step == "f":
            first = min(there, key=lambda visit: (visit.rank, visit.joined, visit.citizen.number), default=None)
            assert line.first() is first
            there = [visit for visit in there if visit is not first]
        elif there:
            visit = there[which % len(there)]
            if step == "m":
                line.move(visit, rank)
            else:
                visit.waiting = False
                there.remove(visit)
                line.forget()
        assert line.waiting == len(there)


def test_a_line_in_which_all_move_again_and_again_stays_small() -> None:
    """1,000 wait and each is moved 100 times: unswept that is 101,000 entries, swept at most twice 1,000 and a few."""
    line, luck = Line(), np.random.default_rng(0)
    there = [waiting(number) for number in range(1000)]
    for visit in there:
        line.join(visit)
    most = 0
    for _ in range(100):
        for visit, rank in zip(there, luck.integers(-4, 0, 1000).tolist(), strict=True):
            line.move(visit, rank)
            most = max(most, len(line._heap))
    assert most <= 2 * 1000 + 2
    assert line.waiting == 1000
