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

TENTH = {"share": 0.1}
OTHER = {"team": "clerks", "hours": 1}
SEEN = "most in need first"

Edit = tuple[str, Any]
GROUPS: list[Edit] = [("groups.a", {"share": 0.5}), ("groups.b", {"share": 0.5})]


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
    # appointments that are missed
    "all missed, again and again": (
        [(f"{DESK}.missed", {"share": 1})],
        f'{DESK}.missed: all are missed, again and again; give a share below 1, or then = "leave"',
    ),
    "missed and then something else": (
        [(f"{DESK}.missed", {"share": 0.1, "then": "rebooked"})],
        f"{DESK}.missed.then: 'rebooked' is not allowed; expected 'again' or 'leave'",
    ),
    "missed without a share": ([(f"{DESK}.missed", {})], f"{DESK}.missed.share: `share` is missing; add it: share of"),
    "missed on a caseload": (
        [(CLERKS, {"works": "caseload", "posts": 1, "cases_each": 5}), (f"{DESK}.weeks", 2), (f"{DESK}.missed", TENTH)],
        f"{DESK}.missed: has no effect: `clerks` holds a caseload, and only appointments are missed; "
        'drop it, or set works = "appointments"',
    ),
    "a delay that is missed": (
        [(DESK, {**PAUSE, "missed": TENTH}), ("pathways.line.teams", {})],
        f"{DESK}: `missed` has no effect on a delay; drop it or name a team",
    ),
    "missed work that takes no time": (
        [(f"{DESK}.hours", {"fixed": 0}), (f"{DESK}.missed", TENTH)],
        f"{DESK}.next: a loop that takes no time: desk -> desk; give one of these stages a time above 0",
    ),
    # travel
    "travel to a delay": (
        [(DESK, {**PAUSE, "travel_hours": 1}), ("pathways.line.teams", {})],
        f"{DESK}: `travel_hours` has no effect on a delay; drop it or name a team",
    ),
    "travel below 0": (
        [(f"{DESK}.travel_hours", -1)],
        f"{DESK}.travel_hours: -1 is not allowed; expected at least 0",
    ),
    # times by group
    "hours by group alone": (
        [*GROUPS, (DESK, {"team": "clerks", "minutes": 5, "hours_by_group": {"a": 1}})],
        f"{DESK}: `hours_by_group` stands here, but the work is given in `minutes`; write `minutes_by_group`",
    ),
    "weeks by group alone": (
        [*GROUPS, (f"{DESK}.weeks_by_group", {"a": 1})],
        f"{DESK}: `weeks_by_group` needs `weeks` beside it, for the groups it does not name; "
        "give it, or drop `weeks_by_group`",
    ),
    "hours of no group": (
        [*GROUPS, (f"{DESK}.hours_by_group", {})],
        f"{DESK}.hours_by_group: {{}} is not allowed; expected at least 1 [hours]",
    ),
    "hours of an unknown group": (
        [*GROUPS, (f"{DESK}.hours_by_group", {"bb": 1})],
        f"{DESK}.hours_by_group: there is no group `bb`; did you mean `b`?",
    ),
    "hours of each group": (
        [*GROUPS, (f"{DESK}.hours_by_group", {"b": 1, "a": 2})],
        f"{DESK}.hours: has no effect: each group has its own in `hours_by_group`; "
        "leave one of them out there, for whom this holds",
    ),
    "patience of each group": (
        [*GROUPS, (f"{DESK}.gives_up_after_days", 3), (f"{DESK}.gives_up_after_days_by_group", {"b": 1, "a": 2})],
        f"{DESK}.gives_up_after_days: has no effect: each group has its own in `gives_up_after_days_by_group`; "
        "leave one of them out there, for whom this holds",
    ),
    "hours by group of a delay": (
        [*GROUPS, (DESK, {**PAUSE, "hours_by_group": {"a": 1}}), ("pathways.line.teams", {})],
        f"{DESK}: `hours_by_group` has no effect on a delay; drop it or name a team",
    ),
    "patience by group where nobody waits": (
        [*GROUPS, (CLERKS, UNLIMITED), (f"{DESK}.gives_up_after_days_by_group", {"a": 3})],
        f"{DESK}.gives_up_after_days_by_group: has no effect: nobody waits, `clerks` has unlimited posts; drop it",
    ),
    "a loop that takes no time for one group": (
        [
            *GROUPS,
            (f"{DESK}.hours_by_group", {"b": {"fixed": 0}}),
            (f"{DESK}.next", {"desk": 0.5, "leave": "rest"}),
        ],
        f"{DESK}.next: a loop that takes no time: desk -> desk; give one of these stages a time above 0",
    ),
    # orders of a line
    "order in other words": (
        [(f"{DESK}.order", "worst first")],
        f"{DESK}.order: 'worst first' is not allowed; expected 'first come', 'most in need first', "
        "'most in true need first', or a list of groups, the first served first",
    ),
    "order of no groups": ([(f"{DESK}.order", [])], f"{DESK}.order: [] is not allowed; expected 'first come', "),
    "order of a delay": (
        [(DESK, {**PAUSE, "order": "first come"}), ("pathways.line.teams", {})],
        f"{DESK}: `order` has no effect on a delay; drop it or name a team",
    ),
    "order where nobody waits": (
        [*GROUPS, (CLERKS, UNLIMITED), (f"{DESK}.order", ["a"])],
        f"{DESK}.order: has no effect: nobody waits, `clerks` has unlimited posts; drop it",
    ),
    "order by need where there are no levels": (
        [(f"{DESK}.order", "most in true need first")],
        f"{DESK}.order: has no effect without need levels; give every group a `level_at_arrival`, or drop it",
    ),
    "order by a level that nobody sees": (
        [("groups.all", {"level_at_arrival": {"low": 1.0}}), (f"{DESK}.purpose", "deciding"), (f"{DESK}.order", SEEN)],
        f"{DESK}.order: 'most in need first' has no effect: the pathway has no gate at which a level is seen; "
        "give a stage a `gate`, or write 'most in true need first'",
    ),
    "order of an unknown group": (
        [*GROUPS, (f"{DESK}.order", ["aa"])],
        f"{DESK}.order: there is no group `aa`; did you mean `a`?",
    ),
    "order that names a group twice": (
        [*GROUPS, (f"{DESK}.order", ["b", "b"])],
        f"{DESK}.order: names the group `b` 2 times; name each once",
    ),
    "order of the only group": (
        [("groups.all", {"share": 1.0}), (f"{DESK}.order", ["all"])],
        f"{DESK}.order: has no effect: there is no other group to go before; drop it",
    ),
    "two orders before one team": (
        [*GROUPS, (f"{DESK}.order", ["b"]), (f"{DESK}.next", {"other": 1}), ("pathways.line.stages.other", OTHER)],
        "pathways.line.stages.other.order: is 'first come', being left out, but is ['b'] at `desk`, worked by "
        "`clerks` too, and those who wait for a team stand in one line; write the same order at each stage of the team",
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


def test_a_stage_inherits_no_key_that_says_nothing_of_its_team() -> None:
    """A caseload stage `like` an appointment that may be missed; a stage nobody waits at `like` one with a line."""
    case = {"like": "desk", "team": "workers", "weeks": 2}
    free = {"like": "desk", "team": "anybody"}
    data = edited(
        LINE,
        *GROUPS,
        (f"{DESK}.missed", TENTH),
        (f"{DESK}.order", ["b"]),
        (f"{DESK}.gives_up_after_days", 9),
        (f"{DESK}.gives_up_after_days_by_group", {"b": 9}),
        (f"{DESK}.next", {"case": 0.5, "free": "rest"}),
        ("pathways.line.stages.case", {**case, "next": {"leave": "rest"}}),
        ("pathways.line.stages.free", {**free, "next": {"leave": "rest"}}),
        ("pathways.line.teams.workers", {"works": "caseload", "posts": 9, "cases_each": 9}),
        ("pathways.line.teams.anybody", UNLIMITED),
    )
    assert faults(data) == ()
    assert [fault.path for fault in faults(edited(data, ("pathways.line.stages.case.missed", TENTH)))] == [
        "pathways.line.stages.case.missed"
    ]


def test_orders_before_different_teams_may_differ() -> None:
    data = edited(LINE, *GROUPS, (f"{DESK}.order", ["b"]), (f"{DESK}.next", {"other": 1}))
    others = {"team": "others", "hours": 1, "order": ["a"]}
    assert faults(edited(data, ("pathways.line.teams.others.posts", 1), ("pathways.line.stages.other", others))) == ()


def test_patience_of_each_group_needs_no_other() -> None:
    assert faults(edited(LINE, *GROUPS, (f"{DESK}.gives_up_after_days_by_group", {"b": 1, "a": 2}))) == ()


def test_a_loop_of_no_time_for_no_one_group_is_none() -> None:
    """The desk takes no time for b and the other stage none for a: nobody goes round at once."""
    nothing = {"fixed": 0}
    data = edited(
        LINE,
        *GROUPS,
        (f"{DESK}.hours_by_group", {"b": nothing}),
        (f"{DESK}.next", {"other": 1}),
        (
            "pathways.line.stages.other",
            {**OTHER, "hours_by_group": {"a": nothing}, "next": {"desk": 0.5, "leave": "rest"}},
        ),
    )
    assert faults(data) == ()


@pytest.mark.parametrize(("cases", "fits"), [(12, True), (13, False)])
def test_a_caseload_is_reckoned_with_the_hours_and_weeks_of_each_group(cases: int, fits: bool) -> None:
    """Of a, 0.75 with 2 needs: 8 + 4 hours in 2 weeks; of b, 0.25 with 1: 12 hours in 6 weeks.

    On average 12 hours in 3 weeks: 4 hours a week each, and a post has 50.
    """
    case = {
        "team": "clerks",
        "hours": {"fixed": 8, "each_further_need": 4},
        "hours_by_group": {"b": {"fixed": 12}},
        "weeks": {"fixed": 2},
        "weeks_by_group": {"b": {"fixed": 6}},
        "purpose": "deciding",
    }
    level = {"level_at_arrival": {"low": 1.0}}
    data = edited(
        LINE,
        ("groups.a", {"share": 0.75, **level, "number_of_needs": {"two": 1.0}}),
        ("groups.b", {"share": 0.25, **level}),
        (DESK, case),
        (CLERKS, {"works": "caseload", "posts": 1, "hours_per_week": 50, "cases_each": cases}),
    )
    if fits:
        assert faults(data) == ()
    else:
        said = (
            "50.0 hours a week with citizens in a post, 52.0 needed by 13 cases each at stage `desk`; at most 12 cases"
        )
        assert said in only_fault(data)


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
