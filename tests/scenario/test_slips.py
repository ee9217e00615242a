"""What is said where people slipped: the message says what to type, and blames what is at fault."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from sim.errors import ScenarioError, closest, quoted
from sim.scenario.plans import Run
from sim.scenario.scenario import load
from sim.scenario.settings import setting
from sim.scenario.typed import taken_number
from tests.scenario.files import LINE, edited, faults, only_fault

DESK, CLERKS = "pathways.line.stages.desk", "pathways.line.teams.clerks"

PRICED = tomllib.loads("""
title = "Prices of other years"
compare = ["jab"]
price_year = "2024-25"
run = { seed = 1, weeks = { warm_up = 0, cohort = 26, follow_up = 26 }, replications = 2 }
arrivals.per_week = 20
[pathways.jab]
starts_at = "jab"
stages.jab = { purpose = "helping", delay_days = { fixed = 0 } }
[price_indices.energy]
title = "x"
source = "x"
years = { "2019-20" = 100, "2024-25" = 210 }
[sources.x]
title = "x"
publisher = "x"
year = 2024
grade = "C"
""")
FEE = "pathways.jab.stages.jab.fee_gbp"


def test_a_misspelt_index_is_named() -> None:
    fee = {"value": 100, "range": [90, 110], "price_year": "2019-20", "index": "enrgy"}
    said = only_fault(edited(PRICED, (FEE, fee)))
    assert said == f"{FEE}.index: there is no price index `enrgy`; did you mean `energy`?"


def test_the_price_year_that_is_out_of_reach_is_named() -> None:
    fee = {"value": 100, "price_year": "2013-14", "index": "energy"}
    assert only_fault(edited(PRICED, (FEE, fee))).startswith(f"{FEE}.price_year: '2013-14' is no year that `energy`")
    late = edited(PRICED, (FEE, {**fee, "price_year": "2019-20"}), ("price_year", "2031-32"))
    assert only_fault(late).startswith("price_year: '2031-32' is no year that `energy` reaches")


def test_more_replications_than_a_second_stage_may_have_need_no_precision() -> None:
    assert Run.model_validate({"replications": 2000}).replications == 2000
    with_precision = {"precision": {"public_cost": 5.0}, "matters": {"public_cost": 5.0}}
    said = only_fault(edited(LINE, ("run", {"seed": 0, "replications": 2000, **with_precision})))
    assert "most_replications = 120 is below replications = 2000; raise it" in said


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (f"{CLERKS}.posts", 1e-20), (f"{CLERKS}.posts", 1e-320), (f"{CLERKS}.hours_per_week", 1e-300),
        (f"{CLERKS}.weeks_per_year", 1e-20), (f"{CLERKS}.share_with_citizens", 1e-20), (f"{DESK}.hours", 1e-20),
        (f"{DESK}.next", {"leave": "rest", "desk": 1e-320}), ("arrivals.per_day", 1e-300),
        (f"{DESK}.gives_up_after_days", {"fixed": 1e-20}), ("place.households", {"a": 1e-300, "b": 1}),
    ],
)  # fmt: skip
def test_a_number_too_near_to_0_is_refused(path: str, value: Any) -> None:
    assert "is too near to 0; expected at least" in "\n".join(map(str, faults(edited(LINE, (path, value)))))


def test_shares_over_1_of_a_way_onward_are_of_people_who_are_in_one_place() -> None:
    said = only_fault(edited(LINE, (f"{DESK}.next", {"desk": 1, "leave": 1})))
    assert said.startswith(f"{DESK}.next: the shares add up to 2, but a citizen is in one place at a time; lower one")


def test_a_rota_that_never_closes_is_not_told_to_be_given() -> None:
    team = {"rota": {"mon-sun": {"00:00-24:00": 2}}, "finish": "next day"}
    said = only_fault(edited(LINE, (CLERKS, team)))
    assert "`finish` has no effect where a team never closes; drop it, or leave a time out of its hours" in said


def test_laws_by_group_for_every_group_say_how_to_write_them() -> None:
    groups = {"a": {"share": 0.5}, "b": {"share": "rest"}}
    stage = {"team": "clerks", "hours_by_group": {"a": 1, "b": 2}}
    said = "\n".join(map(str, faults(edited(LINE, ("groups", groups), (DESK, stage)))))
    assert said.startswith(f"{DESK}: `hours_by_group` needs `hours` beside it, for the groups it does not name")
    assert "Where all groups have their own, one of them has it as `hours` and is left out of `hours_by_group`" in said


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("preempt", "work begun cannot be broken off here; nearest is an `order`"),
        ("batch_size", "people are seen one by one here"),
        ("teams", "a stage is worked by one `team` here"),
        ("also_needs", "a stage is worked by one `team` here"),
    ],
)
def test_what_cannot_be_said_here_is_answered_with_what_comes_nearest(key: str, said: str) -> None:
    assert f"{DESK}.{key}: unknown key `{key}`; {said}" in only_fault(edited(LINE, (f"{DESK}.{key}", 2)))


@pytest.mark.parametrize(("word", "meant"), [
    ("weekly_slots", None), ("hours_week", "hours_per_week"), ("taem", "team"), ("post", "posts"), ("xyz", None),
])  # fmt: skip
def test_only_what_is_near_is_suggested(word: str, meant: str | None) -> None:
    assert closest(word, ["hours_per_week", "posts", "team", "works"]) == meant


def test_a_table_given_as_a_scenario_is_told_how_to_be_given(tmp_path: Path) -> None:
    folder = tmp_path / "o'neil's"
    folder.mkdir()
    (folder / "mine.csv").write_text("path,value\n")
    with pytest.raises(ScenarioError) as refused:
        load(folder / "mine.csv")
    said = str(refused.value)
    assert said.startswith("mine.csv: is a table of numbers, not a scenario; give it beside one: run anytown --inputs ")
    assert said.endswith(quoted(folder / "mine.csv"))


def test_a_word_of_a_command_is_quoted_as_a_shell_takes_it() -> None:
    assert quoted("o'neil's town.toml") == "'o'\"'\"'neil'\"'\"'s town.toml'"
    assert quoted("town.toml") == "town.toml"


@pytest.mark.parametrize(
    ("typed", "number", "odd"),
    [("210,000", 210_000, True), ("1,234.5", 1234.5, True), (".65", 0.65, True), ("0045", 45, True),
     ("210 000", 210_000, True),
     ("210000", 210_000, False), ("0.65", 0.65, False), ("0", 0, False), ("-3", -3, False)],
)  # fmt: skip
def test_a_number_plain_in_english_is_taken_and_that_is_said(typed: str, number: float, odd: bool) -> None:
    assert taken_number(typed) == (number, f"{typed} is read as {number}" if odd else "")


@pytest.mark.parametrize("typed", ["1.234,5", "1,5", "0,650", "12 %", "1,23,456", "x"])
def test_a_number_that_may_be_another_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"is not a plain number; (write|expected)"):
        taken_number(typed)


@pytest.mark.parametrize(("typed", "value"), [(".65", 0.65), ("0045", 45), ("210,000", 210_000)])
def test_a_number_set_is_taken_and_that_is_said(typed: str, value: float) -> None:
    said: list[str] = []
    assert setting(f"place.adults={typed}", tell=said.append) == ("place.adults", value)
    assert said == [f"--set place.adults: {typed} is read as {value}"]
