"""Keys of stages and teams that make no sense where they stand are refused by name, with the remedy."""

from __future__ import annotations

from typing import Any

import pytest

from sim.scenario.scenario import Scenario
from tests.scenario.files import LINE, Data, edited, faults, only_fault, village

DESK = "pathways.line.stages.desk"
CLERKS = "pathways.line.teams.clerks"
UNLIMITED = {"posts": "unlimited"}
PAUSE = {"delay_days": 1}

Edit = tuple[str, Any]


def levels() -> Data:
    """A plain line whose citizens have levels."""
    group = {"share": 1.0, "level_at_arrival": {"low": 0.5, "high": 0.5}}
    return edited(LINE, ("groups.all", group), (f"{DESK}.purpose", "deciding"))


CASES: dict[str, tuple[list[Edit], str]] = {
    # unlimited posts
    "unlimited posts that are paid": (
        [(CLERKS, {**UNLIMITED, "hours_per_week": 37, "gbp_per_worked_hour": 30})],
        f"{CLERKS}: unlimited posts cannot be paid by the hour, for there is no number of them; "
        "set gbp_per_worked_hour = 0 and give the stages a `fee_gbp`, or give a number of posts",
    ),
    "posts in other words": (
        [(CLERKS, {"posts": "many"})],
        f"{CLERKS}.posts: 'many' is not allowed; expected a number [posts], or 'unlimited'",
    ),
    "unlimited posts of each neighbourhood": (
        [("place.households", {"north": 1, "south": 1}), (CLERKS, {**UNLIMITED, "per_neighbourhood": True})],
        f"{CLERKS}: `per_neighbourhood` has no effect where posts are unlimited; drop it, or give a number",
    ),
    "cases of unlimited posts": (
        [(CLERKS, {**UNLIMITED, "works": "caseload", "cases_each": 9}), (f"{DESK}.weeks", 2)],
        f"{CLERKS}: `cases_each` has no effect where posts are unlimited; drop it, or give a number",
    ),
    "hours of unlimited places": (
        [(CLERKS, {**UNLIMITED, "works": "caseload", "hours_per_week": 37}), (f"{DESK}.weeks", 2)],
        f"{CLERKS}: `hours_per_week` has no effect where posts are unlimited; drop it, or give a number",
    ),
    "patience where nobody waits": (
        [(CLERKS, UNLIMITED), (f"{DESK}.gives_up_after_days", 3)],
        f"{DESK}.gives_up_after_days: has no effect: nobody waits, `clerks` has unlimited posts; drop it",
    ),
    # parts of a price that are cashable
    "cashable part of a team that is not paid": (
        [(CLERKS, {"posts": 2, "cashable": 0.5})],
        f"{CLERKS}: `cashable` has no effect on a team without `gbp_per_worked_hour`; give it, or drop it",
    ),
    "cashable part of a fee of nothing": (
        [(f"{DESK}.fee_gbp", 0), (f"{DESK}.fee_cashable", 0.5)],
        f"{DESK}: `fee_cashable` has no effect without `fee_gbp`; give it, or drop `fee_cashable`",
    ),
    # limits of queues
    "limit where nobody waits": (
        [(CLERKS, UNLIMITED), (f"{DESK}.queue_limit", 3)],
        f"{DESK}.queue_limit: has no effect: nobody waits, `clerks` has unlimited posts; drop it",
    ),
    "limit of a delay": (
        [(DESK, {**PAUSE, "queue_limit": 3}), ("pathways.line.teams", {})],
        f"{DESK}: `queue_limit` has no effect on a delay; drop it or name a team",
    ),
    "part of a person": (
        [(f"{DESK}.queue_limit", 2.5)],
        f"{DESK}.queue_limit: 2.5 is not allowed; expected a whole number [people]",
    ),
    "limit below 0": ([(f"{DESK}.queue_limit", -1)], f"{DESK}.queue_limit: -1 is not allowed; expected at least 0"),
    "somewhere to go from a queue never full": (
        [(f"{DESK}.when_full", "leave")],
        f"{DESK}: `when_full` has no effect without `queue_limit`; give it, or drop `when_full`",
    ),
    "nowhere to go from a full queue": (
        [(f"{DESK}.queue_limit", 3), (f"{DESK}.when_full", "dsk")],
        f"{DESK}.when_full: there is no stage `dsk`; did you mean `desk`?",
    ),
    "full queues that send on in a circle": (
        [
            (f"{DESK}.queue_limit", 3),
            (f"{DESK}.when_full", "other"),
            ("pathways.line.stages.other", {"team": "clerks", "hours": 1, "queue_limit": 3, "when_full": "desk"}),
        ],
        f"{DESK}.when_full: these send on to each other whom they have no room for: desk -> other -> desk; "
        "let one of them `leave`, or drop a `queue_limit`",
    ),
    "full queue that sends on to itself": (
        [(f"{DESK}.queue_limit", 3), (f"{DESK}.when_full", "desk")],
        f"{DESK}.when_full: these send on to each other whom they have no room for: desk -> desk; "
        "let one of them `leave`, or drop a `queue_limit`",
    ),
    "full queue that sends on by a delay of no time": (
        [
            (f"{DESK}.queue_limit", 3),
            (f"{DESK}.when_full", "pause"),
            ("pathways.line.stages.pause", {"delay_days": {"fixed": 0}, "next": {"desk": 0.5, "leave": "rest"}}),
        ],
        f"{DESK}.next: a loop that takes no time: desk -> pause -> desk; give one of these stages a time above 0",
    ),
    "no patience at all, and back at once": (
        [(f"{DESK}.gives_up_after_days", {"fixed": 0}), (f"{DESK}.on_give_up", "desk")],
        f"{DESK}.next: a loop that takes no time: desk -> desk; give one of these stages a time above 0",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_makes_no_sense_is_refused_with_the_remedy(case: str) -> None:
    edits, said = CASES[case]
    assert said in only_fault(edited(LINE, *edits))


def test_what_a_stage_or_team_inherits_without_effect_is_left_out() -> None:
    """A pause `like` a desk with a limit, and an unlimited team under defaults for all teams, are no slips."""
    limited = (f"{DESK}.queue_limit", 3)
    pause = ("pathways.line.stages.pause", {"like": "desk", **PAUSE})
    to_pause = (f"{DESK}.when_full", "pause")
    assert faults(edited(LINE, limited, to_pause, pause)) == ()
    defaults = ("team_defaults", {"hours_per_week": 37, "per_neighbourhood": True})
    place = ("place.households", {"north": 1, "south": 1})
    assert faults(edited(LINE, defaults, place, (CLERKS, UNLIMITED))) == ()


def test_a_cashable_part_inherited_where_there_is_no_price_is_left_out() -> None:
    """A bought team under defaults for paid ones, and a stage like a bought one but without its fee, are no slips."""
    price = ("price_year", "2024-25")
    defaults = ("team_defaults", {"hours_per_week": 37, "gbp_per_worked_hour": {"value": 50}, "cashable": 0.5})
    bought = (CLERKS, {"posts": 2, "gbp_per_worked_hour": {"value": 0}})
    paid = ("pathways.line.teams.others", {"posts": 2})
    fee = (f"{DESK}.fee_gbp", {"value": 9, "certain": "agreed"})
    part = (f"{DESK}.fee_cashable", 0.5)
    onward = (f"{DESK}.next", {"free": "rest"})
    free = ("pathways.line.stages.free", {"like": "desk", "drop": ["fee_gbp"], "next": {"leave": 1}, "team": "others"})
    data = edited(LINE, price, defaults, bought, paid, fee, part, onward, free)
    assert faults(data) == ()
    line = Scenario.from_data("line", data).pathways["line"]
    assert (line.teams["others"].cashable, line.stages["desk"].fee_cashable) == (0.5, 0.5)
    assert "cashable" not in line.teams["clerks"].model_fields_set
    assert "fee_cashable" not in line.stages["free"].model_fields_set


def test_a_stage_reached_only_from_a_full_queue_is_not_pruned() -> None:
    overflow = {"delay_days": 1}
    data = edited(
        village(),
        ("pathways.outsourced.stages.call.queue_limit", 3),
        ("pathways.outsourced.stages.call.when_full", "overflow"),
        ("pathways.outsourced.stages.overflow", overflow),
        ("pathways.copy", {"like": "outsourced"}),
    )
    assert faults(data) == ()
