"""Every fault names the path, the value, what was expected and the remedy."""

from __future__ import annotations

import pytest

from sim.errors import ScenarioError
from sim.scenario.scenario import Scenario
from tests.scenario.fault_cases import ONE_FAULT
from tests.scenario.files import LINE, edited, faults, only_fault, village

PATHWAY = "pathways.outsourced"
STAGES = f"{PATHWAY}.stages"
TEAMS = f"{PATHWAY}.teams"


@pytest.mark.parametrize("case", ONE_FAULT)
def test_a_fault_names_path_value_and_remedy(case: str) -> None:
    change, said = ONE_FAULT[case]
    message = only_fault(edited(village(), change))
    assert all(words in message for words in said), message


def test_a_fault_of_a_change_listed_by_a_pathway_names_both() -> None:
    data = edited(village(), ("changes.wide", {"teams.workers.pots": 3}), ("pathways.local.changes", ["wide"]))
    assert "did you mean `posts`?" in only_fault(data)
    data = edited(village(), ("changes.wide", {"teams.workrs.posts": 3}), ("pathways.local.changes", ["wide"]))
    assert "changes.wide.teams.workrs.posts: in pathways.local: there is no `workrs`" in only_fault(data)


def test_like_in_a_circle_of_two_is_told_once() -> None:
    message = only_fault(edited(village(), ("groups.older_people.like", "working_age")))
    assert "`like` runs in a circle: older_people -> working_age -> older_people; drop one of these" in message


def test_levels_stand_in_all_groups_or_in_none() -> None:
    message = only_fault(edited(village(), ("groups.working_age", {"share": "rest"})))
    assert "groups.working_age.level_at_arrival: levels stand in some groups but not in working_age" in message


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("crisis", {"gbp_per_day": 1}),
        ("course", {"pace_during_help": 0.5}),
        ("pathways.line.comes_back_after_days", {"low": 3}),
        ("pathways.line.asks_after_days", {"low": 3}),
        ("pathways.line.stages.desk.gate", {"outside_criteria": 0.5}),
        ("pathways.line.stages.desk.help", {"fits": 0.5}),
        ("pathways.line.stages.desk.next_by_level", {"low": {"leave": 1.0}}),
    ],
)
def test_what_needs_levels_is_refused_without_them(path: str, value: object) -> None:
    message = only_fault(edited(LINE, ("price_year", "2024-25"), (path, value)))
    assert f"{path}: has no effect without need levels; give every group a `level_at_arrival`, or drop it" in message


@pytest.mark.parametrize(
    ("edits", "said"),
    [
        ([("compare", ["local"])], "bases: equal_help needs two pathways to compare"),
        (
            [("pathways.local.teams.workers.gbp_per_worked_hour", 0)],
            "bases: equal_help cannot be reached: `local` has no paid team to make larger or smaller",
        ),
    ],
)
def test_equal_help_needs_a_second_pathway_and_a_team_to_make_larger(
    edits: list[tuple[str, object]], said: str
) -> None:
    message = only_fault(edited(village(), ("bases", ["equal_help"]), *edits))
    assert said in message and "drop it from `bases` (known: as_specified, equal_spend, equal_help)" in message


def test_equal_help_needs_need_levels() -> None:
    twin = {**LINE["pathways"]["line"], "teams": {"clerks": {"posts": 2, "hours_per_week": 37}}}
    twin["teams"]["clerks"]["gbp_per_worked_hour"] = 20
    data = edited(LINE, ("price_year", "2024-25"), ("pathways.twin", twin), ("compare", ["line", "twin"]))
    assert "equal_help needs citizens with need levels" in only_fault(edited(data, ("bases", ["equal_help"])))


def test_prices_without_a_price_year_are_refused() -> None:
    data = edited(LINE, ("pathways.line.stages.desk.fee_gbp", 5))
    assert "price_year: is missing, but the file has prices; say of which year they are" in only_fault(data)


def test_a_cost_paid_once_is_a_price() -> None:
    data = edited(LINE, ("pathways.line.one_off.set_up", {"gbp": 5}))
    assert "price_year: is missing, but the file has prices" in only_fault(data)


def test_a_discount_rate_where_nothing_has_a_price_is_refused() -> None:
    message = only_fault(edited(LINE, ("discount_rate", 0.02)))
    assert "discount_rate: has no effect: nothing in the file has a price; drop it, or give prices" in message


def test_a_loop_that_cannot_be_left_is_refused() -> None:
    data = edited(
        LINE,
        ("pathways.line.stages.desk.next", {"form": 1.0, "leave": "rest"}),
        ("pathways.line.stages.form", {"delay_days": 1, "next": {"desk": "rest"}}),
    )
    message = only_fault(data)
    assert "who comes here never leaves: desk, form route only to each other" in message
    assert "let a share of them `leave`" in message


def test_a_loop_that_takes_no_time_is_refused() -> None:
    data = edited(
        LINE,
        ("pathways.line.stages.desk.hours", {"fixed": 0}),
        ("pathways.line.stages.desk.next", {"form": 0.5, "leave": "rest"}),
        ("pathways.line.stages.form", {"delay_days": {"fixed": 0}, "next": {"desk": "rest"}}),
    )
    message = only_fault(data)
    assert "a loop that takes no time: desk -> form -> desk; give one of these stages a time above 0" in message
    assert not faults(edited(data, ("pathways.line.stages.form.delay_days", {"fixed": 1})))


def test_a_mistake_in_a_thing_others_are_like_is_told_once_where_it_stands() -> None:
    message = only_fault(edited(village(), ("groups.older_people.worsens_after_days.low", -1)))
    assert message.startswith("groups.older_people.worsens_after_days.low: -1 is not allowed")


def test_a_mistake_in_team_defaults_is_told_once_where_it_stands() -> None:
    assert only_fault(edited(village(), ("team_defaults.share_with_citizens", 2))).startswith(
        "team_defaults.share_with_citizens: 2 is not allowed; expected at most 1"
    )


@pytest.mark.parametrize("word", ["value", "range", "source", "note", "like", "drop", "changes", "leave", "rest"])
def test_words_of_the_language_are_no_names(word: str) -> None:
    data = edited(village(), (f"{STAGES}.{word}", {"delay_days": 1}))
    assert any(f"`{word}` is a word of the language" in str(fault) for fault in faults(data))


def test_every_fault_of_a_file_is_told_at_once() -> None:
    data = edited(
        village(),
        ("titel", "x"),
        ("compare", ["outsourced", "locl"]),
        ("run.seed", -1),
        ("place.adults", {"value": 8000, "range": [9000, 10000]}),
        ("groups.older_people.worsens_after_days.low", 0),
        (f"{STAGES}.call.gate.eligible_from", "modrate"),
        (f"{STAGES}.booking.next", {"assessment": 0.5}),
        (f"{STAGES}.extra", {"delay_days": 3}),
        (f"{TEAMS}.package_workers.cases_each", 14),
        (f"{TEAMS}.idle", {"posts": 1}),
        (f"{PATHWAY}.contract.management", {"gbp_a_year": 1}),
        ("checks.no_direct_support.source", "nowhere"),
    )
    with pytest.raises(ScenarioError) as raised:
        Scenario.from_data("test", data)
    lines = str(raised.value).splitlines()
    wanted = ("titel", "compare[1]", "run.seed", "place.adults", "groups.older_people.worsens_after_days.low",
              "gate.eligible_from", "booking.next", "stages.extra", "package_workers.cases_each", "teams.idle",
              "contract.management", "no_direct_support.source")  # fmt: skip
    assert len(lines) == len(wanted)
    assert all(line.startswith("test.toml: ") for line in lines)
    assert all(sum(f"{words}:" in line for line in lines) == 1 for words in wanted)


def test_a_hostile_text_is_kept_and_cannot_write_to_the_terminal() -> None:
    title = "\x1b[2J<script>alert('x')</script>\nrm -rf"
    assert Scenario.from_data("test", edited(LINE, ("title", title))).title == title
    message = only_fault(edited(LINE, ("evil\x1b[2J\nkey", 1)))
    assert message.isprintable()
    assert "unknown key" in message


def test_nothing_is_wrong_with_the_unedited_files() -> None:
    assert not faults(village())
    assert not faults(LINE)


def test_each_end_that_may_not_stand_is_told_though_many_ranges_are_tried_together() -> None:
    """Two that share a table, two that do not, and one that only the other end of its law makes wrong."""
    data = edited(
        village(),
        ("groups.older_people.share", {"value": 0.6, "range": [0.5, 1.2]}),
        ("pathways.outsourced.stages.call.gives_up_after_days", {"value": 1, "range": [0, 3]}),
        (
            "pathways.outsourced.stages.booking.delay_days",
            {"low": 3, "mode": {"value": 5, "range": [2, 6]}, "high": {"value": 9, "range": [4, 10]}},
        ),
    )
    told = [(fault.path.rpartition(".")[2], fault.problem.split(",")[0]) for fault in faults(data)]
    assert sorted(told) == [
        ("gives_up_after_days", "the low end of its range"),
        ("high", "the low end of its range"),
        ("mode", "the low end of its range"),
        ("share", "the high end of its range"),
    ]
