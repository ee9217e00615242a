"""What a scenario promises: values at paths, inheritance, changes, writing, pickling."""

from __future__ import annotations

import pickle
import tomllib
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from sim.errors import RequestError, ScenarioError
from sim.scenario.facts import numbers
from sim.scenario.paths import look_up
from sim.scenario.resolving import resolved
from sim.scenario.scenario import Scenario, load
from sim.scenario.writing import written
from tests.scenario.files import FOLDER, LINE, Data, edited, village

TWO_LIKE_ONE = """
extends = "village"
[pathways.wide]
like = "outsourced"
changes = ["no_gates"]
[pathways.twin]
like = "outsourced"
[changes.no_gates]
drop = ["stages.call.gate", "stages.assessment.gate", "stages.second_assessment"]
"stages.assessment.next" = { package = "rest" }
"""


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return Scenario.from_data("village", village())


@pytest.fixture
def family(tmp_path: Path) -> Scenario:
    """A file that extends the village by two pathways like its first."""
    (tmp_path / "village.toml").write_bytes((FOLDER / "village.toml").read_bytes())
    (tmp_path / "family.toml").write_text(TWO_LIKE_ONE, encoding="utf-8")
    return load(tmp_path / "family.toml")


def meaning(scenario: Scenario) -> Data:
    """The plain values of a scenario by path, defaults left out."""
    return scenario.model_dump(exclude_unset=True)


def differing(one: Scenario, other: Scenario) -> set[str]:
    """Paths at which two scenarios differ in meaning."""

    def leaves(data: Any, path: str = "") -> dict[str, Any]:
        if not isinstance(data, dict):
            return {path: data}
        return {where: leaf for name, inner in data.items() for where, leaf in leaves(inner, f"{path}.{name}").items()}

    left, right = leaves(meaning(one)), leaves(meaning(other))
    return {path[1:] for path in left.keys() | right.keys() if left.get(path) != right.get(path)}


def test_a_path_set_to_its_own_value_gives_an_equal_scenario(scenario: Scenario) -> None:
    for path, given in numbers(resolved(scenario.data).data):
        assert scenario.with_values({path: given}) == scenario, path
    whole = dict(numbers(resolved(scenario.data).data))
    assert scenario.with_values(whole) == scenario


def test_a_number_table_keeps_its_evidence_while_its_value_stands(scenario: Scenario) -> None:
    changed = scenario.with_values({"place.adults": 8000, "place.band_d_homes": 9})
    facts = {fact.path: fact for fact in changed.facts}
    assert facts["place.adults"].source == "made-up-census"
    moved = {fact.path: fact for fact in scenario.with_values({"place.adults": 8001}).facts}
    assert (moved["place.adults"].source, moved["place.adults"].grade) == (None, "D")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("place.adults", 9000),
        ("pathways.local.teams.workers.posts", 30),
        ("pathways.outsourced.stages.call.minutes.mean", 14.0),
        ("pathways.outsourced.stages.package.help.fits.one", 0.7),
        ("run.weeks.cohort", 14),
        ("changes.none", None),
    ],
)
def test_a_value_changes_just_its_path(scenario: Scenario, path: str, value: Any) -> None:
    if value is not None:
        assert differing(scenario, scenario.with_values({path: value})) == {path}


def test_a_value_where_a_bare_time_stands_sets_its_mean(scenario: Scenario) -> None:
    changed = scenario.with_values({"pathways.outsourced.stages.call.gives_up_after_days.mean": 2.0})
    assert differing(scenario, changed) == {"pathways.outsourced.stages.call.gives_up_after_days.mean"}


def test_a_key_left_to_its_default_can_be_set() -> None:
    line = Scenario.from_data("line", LINE)
    assert line.with_values({"run.quick.cohort": 9}).run.quick.cohort == 9
    assert line.with_values({"pathways.line.stages.desk.gives_up_after_days": 3}).pathways["line"].stages["desk"]
    with pytest.raises(ScenarioError, match="there is no `dsk` on this path; did you mean `desk`"):
        line.with_values({"pathways.line.stages.dsk.hours": 1})


INHERITED = {
    "pathways.outsourced.stages.assessment.hours.mean": "pathways.outsourced.stages.second_assessment.hours.mean",
    "groups.older_people.worsens_after_days.low": "groups.working_age.worsens_after_days.low",
    "team_defaults.hours_per_week": "pathways.local.teams.workers.hours_per_week",
}


@pytest.mark.parametrize("path", INHERITED)
def test_a_value_at_its_origin_changes_all_who_inherit_it(scenario: Scenario, path: str) -> None:
    changed = scenario.with_values({path: 36.5})
    heirs = {where for where in differing(scenario, changed) if where != path}
    assert INHERITED[path] in heirs
    assert all(where.split(".")[-2:] == path.split(".")[-2:] or "hours_per_week" in where for where in heirs)


@pytest.mark.parametrize("path", INHERITED.values())
def test_a_value_at_an_heir_changes_just_the_heir(scenario: Scenario, path: str) -> None:
    assert differing(scenario, scenario.with_values({path: 36.5})) == {path}


def test_pathways_inherit_through_like_and_extends(family: Scenario) -> None:
    path = "stages.package.hours.mean"
    changed = family.with_values({f"pathways.outsourced.{path}": 11.0})
    assert differing(family, changed) == {f"pathways.{name}.{path}" for name in ("outsourced", "wide", "twin")}
    changed = family.with_values({f"pathways.twin.{path}": 11.0})
    assert differing(family, changed) == {f"pathways.twin.{path}"}
    assert family.pathways["twin"].stages == family.pathways["outsourced"].stages
    assert family.pathways["twin"].title == ""


def test_what_a_change_cuts_off_is_pruned_and_listed(family: Scenario, scenario: Scenario) -> None:
    assert list(family.pathways["wide"].stages) == ["call", "booking", "assessment", "package"]
    assert family.pathways["wide"].stages["call"].gate is None
    changed = scenario.with_change("no_threshold")
    assert changed.pruned == ("pathways.outsourced.stages.second_assessment",)
    assert changed.applied == ("no_threshold",)
    assert "second_assessment" not in changed.pathways["outsourced"].stages


def test_a_pathway_like_one_that_a_change_prunes_keeps_its_own_stages(family: Scenario) -> None:
    own = family.with_values({"pathways.twin.stages.assessment.next.second_assessment": 0.5})
    changed = own.with_change("no_threshold")
    assert "second_assessment" not in changed.pathways["outsourced"].stages
    assert "second_assessment" in changed.pathways["twin"].stages
    assert changed.pathways["twin"].stages["second_assessment"].hours == own.pathways["twin"].stages["assessment"].hours


def test_an_unreachable_stage_written_in_a_pathway_with_like_is_a_fault() -> None:
    data = edited(village(), ("pathways.twin", {"like": "outsourced", "stages": {"lonely": {"delay_days": 1}}}))
    with pytest.raises(ScenarioError, match=r"pathways.twin.stages.lonely: no route leads to this stage"):
        Scenario.from_data("test", data)


def test_a_change_sets_its_lines_and_no_more(scenario: Scenario) -> None:
    lines = scenario.data["changes"]["sceptic"]
    changed = scenario.with_change("sceptic")
    assert differing(scenario, changed) == set(lines)
    assert all(look_up(meaning(changed), path) == value for path, value in lines.items())


def test_a_change_that_is_not_offered_is_refused(scenario: Scenario, family: Scenario) -> None:
    with pytest.raises(RequestError, match="village offers no change `scptic`; did you mean `sceptic`"):
        scenario.with_change("scptic")
    with pytest.raises(RequestError, match="family offers no change `no_gates`"):
        family.with_change("no_gates")


def test_an_inherited_key_without_effect_is_left_out_and_a_written_one_refused() -> None:
    defaults = ("team_defaults.keeps", True)
    assert not Scenario.from_data("test", edited(village(), defaults)).pathways["outsourced"].teams["assessors"].keeps
    with pytest.raises(ScenarioError, match="`keeps` has no effect on an appointments team"):
        Scenario.from_data("test", edited(village(), ("pathways.outsourced.teams.assessors.keeps", True)))


def test_checks_and_sources_are_read_as_they_stand() -> None:
    data = edited(village(), ("sources.made-up-costs.weakness", "value = 3"))
    assert Scenario.from_data("test", data).sources["made-up-costs"].weakness == "value = 3"
    with pytest.raises(ScenarioError, match=r"checks.no_direct_support.value: unknown key `value`"):
        Scenario.from_data("test", edited(village(), ("checks.no_direct_support.value", 3)))


def test_value_tables_stand_wherever_numbers_do() -> None:
    routes = {"second_assessment": {"value": 0.3, "range": [0.1, 0.5]}, "package": "rest"}
    hours = {"mean": {"value": 4.0, "range": [3, 5]}, "sd": {"value": 2}}
    data = edited(
        village(),
        ("pathways.outsourced.stages.assessment.next", routes),
        ("pathways.outsourced.stages.assessment.hours", hours),
        ("pathways.local.stages.support.help.fits", {"value": 0.5, "range": [0.2, 0.6]}),
    )
    pathways = Scenario.from_data("test", data).pathways
    assert pathways["outsourced"].stages["assessment"].next == {"second_assessment": 0.3, "package": "rest"}
    help_given = pathways["local"].stages["support"].help
    assert help_given is not None
    assert help_given.fits.shares == (0.5,) * 4


# facts


def test_facts_list_every_number_of_the_file_once_with_unit_and_meaning(scenario: Scenario) -> None:
    facts = scenario.facts
    assert len({fact.path for fact in facts}) == len(facts)
    text = (FOLDER / "village.toml").read_text(encoding="utf-8")
    inputs = {name: part for name, part in tomllib.loads(text).items() if name in village() and name not in PLANS}

    def count(data: Any) -> int:
        if isinstance(data, dict):
            return 1 if "value" in data else sum(map(count, data.values()))
        return isinstance(data, (int, float)) and not isinstance(data, bool)

    assert len(facts) == sum(map(count, inputs.values()))
    assert all(fact.unit and fact.meaning for fact in facts), [fact for fact in facts if not fact.unit]


PLANS = ("run", "checks", "published_remission", "sources", "changes")


def test_a_fact_carries_its_evidence(scenario: Scenario) -> None:
    facts = {fact.path: fact for fact in scenario.facts}
    arrivals = facts["arrivals.per_1000_adults_a_year"]
    assert (arrivals.value, arrivals.range, arrivals.grade, arrivals.unit) == (260, (220, 300), "A", "people")
    assert facts["groups.older_people.eases_after_days.low"].grade == "B"
    assert facts["groups.older_people.eases_after_days.high"].grade == "D"
    assert facts["pathways.outsourced.contract.bidding.gbp_a_year"].source == "made-up-costs"
    assert facts["pathways.outsourced.stages.assessment.hours.mean"].unit == "hours"
    assert facts["groups.older_people.level_at_arrival.low"].meaning == (
        "need level when the need arises: share at level low"
    )


def test_a_source_of_a_table_holds_for_every_bare_number_in_it() -> None:
    data = edited(village(), ("place.source", "made-up-course"))
    facts = {fact.path: fact for fact in Scenario.from_data("test", data).facts}
    assert facts["place.households.north"].source == facts["place.band_d_homes"].source == "made-up-course"
    assert facts["place.adults"].source == "made-up-census"


# writing and pickling


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.toml")), ids=lambda file: file.stem)
def test_a_written_scenario_reads_as_the_same_scenario(file: Path) -> None:
    scenario = load(file)
    again = Scenario.from_data(scenario.name, tomllib.loads(written(scenario)))
    assert again == scenario
    assert again.facts == scenario.facts
    assert written(scenario).startswith(f"# Resolved from the scenario `{file.stem}`.")


def test_a_written_change_needs_no_other_file(family: Scenario) -> None:
    for changed in (family, family.with_change("no_threshold"), family.with_change("sceptic")):
        again = Scenario.from_data(changed.name, tomllib.loads(written(changed)))
        assert again.model_dump() == changed.model_dump()
        facts = {fact.path: fact for fact in again.facts}
        assert all(facts[fact.path] == fact for fact in changed.facts if fact.path in facts)
    assert "extends" not in written(family)
    assert written(changed).startswith("# Resolved from the scenario `family` with sceptic.")


def test_a_hostile_text_survives_writing() -> None:
    title = "\x1b[2J\"'\\ ]]> \n[x]\ty = 3 # \u202e"
    scenario = Scenario.from_data("line", edited(LINE, ("title", title)))
    assert Scenario.from_data("line", tomllib.loads(written(scenario))) == scenario


def posts_of(scenario: Scenario) -> tuple[float, tuple[str, ...], int]:
    """What another process sees of a scenario."""
    return scenario.pathways["local"].teams["workers"].mean_posts, scenario.applied, len(scenario.facts)


def test_a_scenario_survives_pickling_and_spawning(scenario: Scenario) -> None:
    changed = scenario.with_change("sceptic")
    assert pickle.loads(pickle.dumps(changed)) == changed
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert pool.submit(posts_of, changed).result() == posts_of(changed)


def test_an_error_survives_pickling() -> None:
    with pytest.raises(ScenarioError) as raised:
        Scenario.from_data("test", edited(village(), ("titel", 1)))
    again = pickle.loads(pickle.dumps(raised.value))
    assert (again.file, again.faults, str(again)) == ("test.toml", raised.value.faults, str(raised.value))


def test_a_scenario_is_frozen_and_its_data_a_copy(scenario: Scenario) -> None:
    with pytest.raises(ValueError, match="frozen"):
        scenario.title = "other"  # type: ignore[misc]
    scenario.data["place"]["adults"] = 3
    assert scenario == Scenario.from_data("village", village())
