"""A file of one's own: it says what was answered, explains each number, and is as sound as what it was made from."""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest

from sim.errors import RequestError, ScenarioError
from sim.scenario.drafting import MOST_ASKED, drafted, most_telling, refuse_name
from sim.scenario.reading import find, shipped_folder
from sim.scenario.scenario import Scenario, load
from tests.scenario.files import FOLDER

VILLAGE = FOLDER / "village.toml"
ADULTS, HOURS = "place.adults", "pathways.local.stages.support.hours"


def made(folder: Path, source: Path, answers: dict[str, Any] | None = None) -> Path:
    file = folder / "my_town.toml"
    file.write_text(drafted("my_town", source, answers or {}, folder), encoding="utf-8")
    return file


def values_of(scenario: Scenario) -> dict[str, Any]:
    return {**scenario.model_dump(), "title": ""}


@pytest.fixture
def beside(tmp_path: Path) -> Path:
    """The village in the folder where the new file is written, so that it can be extended."""
    shutil.copy(VILLAGE, tmp_path)
    return tmp_path / "village.toml"


def test_it_asks_for_arrivals_adults_the_largest_teams_the_dearest_hours_and_the_shares() -> None:
    asked = [fact.path for fact in most_telling(load("anytown"))]
    assert len(asked) == MOST_ASKED
    assert {ADULTS, "arrivals.per_1000_adults_a_year", "pathways.outsourced.teams.package_workers.posts"} <= set(asked)
    assert {"pathways.local.teams.workers.posts", "team_defaults.gbp_per_worked_hour"} <= set(asked)
    assert {"groups.older_people.share", "crisis.gbp_per_entry"} <= set(asked)


@pytest.mark.parametrize("name", ["mmc_line", "two_class_clinic", "jackson", "village"])
def test_it_asks_only_for_numbers_that_the_file_has_and_for_none_twice(name: str) -> None:
    scenario = load(FOLDER / f"{name}.toml")
    asked = [fact.path for fact in most_telling(scenario)]
    assert 0 < len(asked) == len(set(asked)) <= MOST_ASKED
    assert set(asked) <= {fact.path for fact in scenario.facts}


@pytest.mark.parametrize(
    "answers", [{}, {ADULTS: 9000, f"{HOURS}.mean": 10, f"{HOURS}.sd": 7, "crisis.gbp_per_day": 40}]
)
def test_a_file_in_reach_is_extended_and_means_what_was_answered(beside: Path, answers: dict[str, Any]) -> None:
    file = made(beside.parent, beside, answers)
    text = file.read_text(encoding="utf-8")
    assert 'extends = "village"' in text
    assert values_of(load(file)) == values_of(load(beside).with_values(answers))
    assert [line for line in text.splitlines() if "40" in line and not line.startswith("#")] == []


def test_a_file_out_of_reach_is_copied_whole_with_a_meaning_beside_every_number(tmp_path: Path) -> None:
    answers = {ADULTS: 9000, f"{HOURS}.mean": 10}
    file = made(tmp_path, VILLAGE, answers)
    text = file.read_text(encoding="utf-8")
    assert "extends" not in tomllib.loads(text)
    assert values_of(load(file)) == values_of(load(VILLAGE).with_values(answers))
    assert re.search(r"^adults = .*# adults living in the area \[people\]$", text, re.M)
    inputs = text.partition("[place")[2].partition("[changes")[0]
    numbers = [line for line in inputs.splitlines() if re.match(r"\w+ = .*\d", line) and line.split(" =")[0] in KEYS]
    assert len(numbers) > 20
    assert all(" # " in line for line in numbers), numbers


KEYS = {
    "adults", "posts", "cases_each", "gbp_per_worked_hour", "share", "hours", "weeks", "minutes", "delay_days", "fits",
    "level_at_arrival", "number_of_needs", "eases_after_days", "worsens_after_days", "gbp_per_entry", "next",
    "per_1000_adults_a_year", "hours_per_week", "weeks_per_year", "north", "asks_after_days",
}  # fmt: skip


def test_another_file_of_that_name_in_the_folder_is_not_extended_by_mistake(tmp_path: Path) -> None:
    shutil.copy(FOLDER / "mmc_line.toml", tmp_path / "anytown.toml")
    anytown = find("anytown") if not (Path.cwd() / "anytown").is_file() else shipped_folder() / "anytown.toml"
    file = made(tmp_path, anytown)
    assert "extends" not in tomllib.loads(file.read_text(encoding="utf-8"))
    assert values_of(load(file)) == values_of(load(anytown))


def test_a_file_that_extends_another_beside_it_is_copied_from_elsewhere(tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.mkdir()
    shutil.copy(VILLAGE, there)
    child = there / "child.toml"
    child.write_text('extends = "village"\nplace.adults = 7000\n', encoding="utf-8")
    file = made(tmp_path, child)
    assert load(file).place.adults == 7000


def test_an_own_number_has_no_source_of_the_other_place_and_says_what_it_replaced(beside: Path) -> None:
    path = "pathways.outsourced.contract.bidding.gbp_a_year"
    scenario = load(made(beside.parent, beside, {path: 15_000}))
    (fact,) = [fact for fact in scenario.facts if fact.path == path]
    assert (fact.value, fact.source, fact.note) == (15_000, None, "own figure; village has 20000")


def test_each_number_stands_under_its_meaning_unit_and_source(beside: Path) -> None:
    lines = made(beside.parent, beside, {ADULTS: 9000}).read_text(encoding="utf-8").splitlines()
    place = next(at for at, line in enumerate(lines) if line.startswith("adults = "))
    assert lines[place - 1] == "# adults living in the area [people]"
    kept = lines.index("#gbp_per_entry = 700")
    assert lines[kept - 1] == "# public cost of entering crisis [GBP]; village: made-up-costs, grade C"


def test_a_number_left_behind_its_mark_holds_when_the_mark_is_taken_away(beside: Path) -> None:
    file = made(beside.parent, beside)
    text = re.sub(r"^#(?! )", "", file.read_text(encoding="utf-8"), flags=re.M)
    file.write_text(text, encoding="utf-8")
    assert "\nadults = 8000\n" in text
    assert values_of(load(file)) == values_of(load(beside))


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"place.adlts": 5}, "did you mean `place.adults`?"),
        ({ADULTS: "many"}, "'many' is not a number"),
        ({ADULTS: True}, "true is not a number"),
        ({"pathways.local.teams.workers.cases_each": 30}, "at most 11 cases each"),
    ],
)
def test_an_answer_that_may_not_stand_is_refused(tmp_path: Path, answers: dict[str, Any], said: str) -> None:
    with pytest.raises((RequestError, ScenarioError)) as refusal:
        drafted("my_town", VILLAGE, answers, tmp_path)
    assert said in str(refusal.value)


@pytest.mark.parametrize("name", ["", "my town", "../town", "a/b", "-x", "con", "LPT1", "x" * 61, "é", "a.b", "x\n"])
def test_an_odd_name_is_refused(name: str) -> None:
    with pytest.raises(RequestError, match="cannot name a scenario; use letters, digits"):
        refuse_name(name, VILLAGE)


def test_a_name_with_an_ending_or_the_name_of_the_source_is_refused() -> None:
    with pytest.raises(RequestError, match="give the name alone, 'my_town'"):
        refuse_name("my_town.toml", VILLAGE)
    with pytest.raises(RequestError, match="is the name of what it would be made from"):
        refuse_name("Village", VILLAGE)
    refuse_name("my-town_2", VILLAGE)
