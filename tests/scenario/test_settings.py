"""Values set by path: read as typed, refused with the closest path or the remedy, and never mistaken for the file's."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from sim.errors import RequestError, ScenarioError
from sim.scenario.scenario import Scenario
from sim.scenario.settings import setting, settings_tag
from sim.scenario.typed import typed_number
from sim.scenario.writing import written
from tests.scenario.files import LINE, edited, village

WORKERS = "pathways.local.teams.workers"


@pytest.fixture(scope="module")
def plain() -> Scenario:
    return Scenario.from_data("village", village())


def fact(scenario: Scenario, path: str) -> Any:
    return next(one for one in scenario.facts if one.path == path)


@pytest.mark.parametrize(
    ("text", "path", "value"),
    [
        ("place.adults=210000", "place.adults", 210000),
        ("place.adults = 2e5", "place.adults", 2e5),
        ("a.b=0.5", "a.b", 0.5),
        ("a.b=true", "a.b", True),
        ("title=My town = ours", "title", "My town = ours"),
        ('title="5"', "title", "5"),
        ("bases=['as_specified']", "bases", ["as_specified"]),
        ("a.hours={ mean = 4, sd = 3 }", "a.hours", {"mean": 4, "sd": 3}),
    ],
)
def test_what_is_typed_is_read_as_toml_and_what_is_no_toml_as_text(text: str, path: str, value: Any) -> None:
    assert setting(text) == (path, value)
    assert type(setting(text)[1]) is type(value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("place.adults", "expected PATH=VALUE"),
        ("=5", "expected PATH=VALUE"),
        ("a.b=", "the value is missing"),
        ("a.b=[1,", "is not a whole list, table or text"),
        ("a.b=1.234,5", "write 1234.5"),
        ("a.b=0,650", "write 0.650"),
        ("a.b=12%", "write 0.12"),
    ],
)
def test_what_cannot_be_read_is_refused(text: str, said: str) -> None:
    with pytest.raises(RequestError, match=r"--set") as refusal:
        setting(text)
    assert said in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "write"),
    [
        ("1,5", "1.5"), ("12,345,678", "12345678"), ("2 000", "2000"), ("2\u00a0000.5", "2000.5"),
        ("1.234,5", "1234.5"), ("£54", "54"), ("54 €", "54"), ("7.5%", "0.075"), ("2_000", "2000"), ("-3'000", "-3000"),
    ],
)  # fmt: skip
def test_a_number_that_is_not_plain_is_answered_with_the_plain_one(text: str, write: str) -> None:
    with pytest.raises(ValueError, match="is not a plain number") as refusal:
        typed_number(text)
    assert str(refusal.value).partition("; ")[2].split(" or ")[0].split(" if ")[0] == f"write {write}"


@pytest.mark.parametrize("text", ["", "abc", "nan", "inf", "0x10", "1e", "--2", "1.2.3", "9" * 100])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"expected one such as 12 or 0\.68"):
        typed_number(text)


@pytest.mark.parametrize(("text", "value"), [("12", 12), ("-0.5", -0.5), (" 3. ", 3.0), (".5", 0.5), ("1E+5", 1e5)])
def test_a_plain_number_is_read(text: str, value: float) -> None:
    assert typed_number(text) == value
    assert isinstance(typed_number("12"), int)


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("place.adlts", 5, "place.adlts: there is no such path; did you mean `place.adults`?"),
        ("pathways.local.teams.wrokers.posts", 5, f"did you mean `{WORKERS}.posts`?"),
        ("place.households.nroth", 5, "did you mean `place.households.north`?"),
        ("team_defaults.hours_per_wek", 5, "did you mean `team_defaults.hours_per_week`?"),
        ("changes.sceptic", 5, "apply it whole: --with NAME"),
        (f"{WORKERS}.cases_each", 30, "at most 11 cases each"),
        ("place.adults", "many", "expected a number [people]"),
        ("pathways.local.stages.conversation.next.suport", 0.1, "there is no stage `suport`; did you mean `support`?"),
    ],
)
def test_what_may_not_be_set_is_refused_with_a_remedy(plain: Scenario, path: str, value: Any, said: str) -> None:
    with pytest.raises(ScenarioError) as refusal:
        plain.with_settings({path: value})
    assert said in str(refusal.value)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("place.adults", 9000),
        ("team_defaults.hours_per_week", 36),
        (f"{WORKERS}.hours_per_week", 36),
        ("pathways.local.stages.conversation.on_give_up", "support"),
        ("pathways.outsourced.stages.call.next", {"booking": 0.9, "leave": "rest"}),
        ("pathways.outsourced.stages.call.next.leave", 0.1),
        ("pathways.outsourced.stages.call.gives_up_after_days.mean", 2),
        ("groups.working_age.title", "All others"),
        ("compare", ["local"]),
    ],
)
def test_any_path_where_something_may_stand_can_be_set(plain: Scenario, path: str, value: Any) -> None:
    bases = {"bases": ["as_specified"]} if path == "compare" else {}
    changed = plain.with_settings({path: value, **bases})
    assert changed.model_dump() != plain.model_dump()
    assert path in changed.settings


def test_a_number_that_was_set_has_no_source_even_where_its_table_gives_one(plain: Scenario) -> None:
    sourced = edited(village(), ("groups.older_people.worsens_after_days.source", "made-up-course"))
    scenario = Scenario.from_data("village", sourced)
    path = "groups.older_people.worsens_after_days"
    changed = scenario.with_settings({f"{path}.low": 500, "crisis.gbp_per_entry": 800})
    assert [fact(scenario, f"{path}.{level}").grade for level in ("low", "high")] == ["B", "B"]
    assert [fact(changed, f"{path}.{level}").grade for level in ("low", "high")] == ["D", "B"]
    assert fact(changed, "crisis.gbp_per_entry").source is None
    assert fact(changed, "crisis.gbp_per_entry").range is None


def test_what_equals_the_file_is_no_setting_and_keeps_its_evidence(plain: Scenario) -> None:
    same = plain.with_settings({"place.adults": 8000, "arrivals.per_1000_adults_a_year": 260})
    assert same.settings == {}
    assert fact(same, "place.adults").source == "made-up-census"


def test_settings_outlast_whatever_is_changed_after_them(plain: Scenario) -> None:
    changed = plain.with_settings({"place.adults": 9000}).with_change("sceptic").with_values({"run.seed": 4})
    again = changed.with_settings({WORKERS + ".posts": 27})
    assert again.settings == {"place.adults": "9000", WORKERS + ".posts": "27"}
    assert again.applied == ("sceptic",)
    assert plain.settings == {}


def test_the_tag_tells_settings_apart_and_not_their_order() -> None:
    one, other = {"a": "1", "b": "2"}, {"b": "2", "a": "1"}
    assert settings_tag(one) == settings_tag(other) != settings_tag({"a": "2", "b": "1"})
    assert settings_tag({}) == ""
    assert settings_tag(one).replace("-", "").isalnum()


def test_a_written_scenario_names_what_was_set_in_comments_that_no_text_can_end() -> None:
    changed = Scenario.from_data("line", LINE).with_settings({"title": 'A\n[run] # "x"', "arrivals.per_day": 11})
    text = written(changed)
    assert "# Set: arrivals.per_day = 11" in text
    assert Scenario.from_data("line", tomllib.loads(text)).model_dump() == changed.model_dump()


def test_a_number_set_in_a_table_with_one_source_leaves_no_source_without_a_number(plain: Scenario) -> None:
    path = "pathways.outsourced.contract.bidding"
    changed = plain.with_settings({f"{path}.gbp_a_year": 15_000})
    assert fact(plain, f"{path}.gbp_a_year").source == "made-up-costs"
    assert fact(changed, f"{path}.gbp_a_year").source is None
    assert changed.pathways["outsourced"].contract["bidding"].gbp_a_year == 15_000


def test_a_source_given_with_a_setting_that_it_says_nothing_of_is_still_a_fault(plain: Scenario) -> None:
    line = {"gbp_a_year": {"value": 5}, "source": "made-up-costs"}
    with pytest.raises(ScenarioError, match="has no effect: there is no bare number here"):
        plain.with_settings({"pathways.outsourced.contract.bidding": line})
