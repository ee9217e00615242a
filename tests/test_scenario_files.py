"""The scenarios shipped are well written: they load, their changes apply, and what they claim has a source."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import pytest

from sim.experiments.estimates import Key
from sim.experiments.experiment import Options, run
from sim.experiments.fitting import fit
from sim.measures.course import remission
from sim.reporting.fitting import stands
from sim.scenario.reading import shipped_folder
from sim.scenario.scenario import Scenario, load
from sim.scenario.vocabulary import VARIANTS
from sim.scenario.writing import written

FILES = sorted(shipped_folder().glob("*.toml"))


@pytest.fixture(scope="module", params=FILES, ids=lambda file: file.stem)
def scenario(request: pytest.FixtureRequest) -> Scenario:
    path: Path = request.param
    return load(path)


def test_there_is_anytown() -> None:
    assert "anytown" in {file.stem for file in FILES}


def test_every_change_that_a_run_may_apply_gives_a_valid_scenario(scenario: Scenario) -> None:
    for change in scenario.changes:
        if not any(change in pathway.get("changes", []) for pathway in scenario.data["pathways"].values()):
            assert scenario.with_change(change) != scenario, change


def test_every_source_used_says_what_is_weak_or_is_an_official_figure(scenario: Scenario) -> None:
    for fact in scenario.facts:
        if fact.source:
            source = scenario.sources[fact.source]
            assert source.checked is not None, fact.source
            assert source.weakness or source.grade == "A", fact.source


def test_no_check_is_also_an_input(scenario: Scenario) -> None:
    """A number used to set or fit an input is never also a check: no figure stands on both sides."""
    inputs = {(fact.source, fact.value) for fact in scenario.facts if fact.source}
    assert scenario.checks
    for name, check in scenario.checks.items():
        assert (check.source, check.published) not in inputs, name


NEEDED_OF_A_SOURCE = ("title", "publisher", "year", "link", "grade", "checked", "licence", "weakness")


def test_every_shared_source_is_told_whole() -> None:
    for name, source in load("anytown").sources.items():
        missing = [key for key in NEEDED_OF_A_SOURCE if not getattr(source, key)]
        assert not missing, f"{name}: {missing}"


def test_no_number_known_from_memory_passes_for_evidence(scenario: Scenario) -> None:
    for fact in scenario.facts:
        if "from memory" in fact.note:
            assert fact.grade == "D", fact.path


LEAST_CHECKS = 5
ROUNDED = 0.005
"""Ends of prices brought from another year may be written rounded."""


def test_each_has_a_question_checks_variants_and_a_page(scenario: Scenario) -> None:
    assert scenario.question.endswith("?")
    assert len(scenario.compare) >= 2
    assert len(scenario.checks) >= LEAST_CHECKS
    assert set(VARIANTS) <= set(scenario.changes)
    page = (shipped_folder() / "README.md").read_text(encoding="utf-8")
    assert f"## `{scenario.name}`" in page


@pytest.mark.parametrize("name", ["sceptic", "advocate"])
def test_every_contested_number_stands_at_an_end_of_its_range(scenario: Scenario, name: str) -> None:
    ranges = {fact.path: fact.range for fact in scenario.facts if fact.range}
    before = {fact.path: fact.value for fact in scenario.facts}
    moved = scenario.with_change(name)
    changed = [fact for fact in moved.facts if fact.path in before and fact.value != before[fact.path]]
    assert changed
    for fact in changed:
        assert any(fact.value == pytest.approx(end, rel=ROUNDED) for end in ranges[fact.path]), fact.path


def test_sceptic_and_advocate_pull_apart(scenario: Scenario) -> None:
    """No number stands at the same end in both."""
    before = {fact.path: fact.value for fact in scenario.facts}
    ends = [
        {fact.path: fact.value for fact in scenario.with_change(name).facts if fact.value != before.get(fact.path)}
        for name in ("sceptic", "advocate")
    ]
    for path in ends[0].keys() & ends[1].keys():
        assert ends[0][path] != ends[1][path], path


def test_where_nothing_but_process_is_left_help_works_the_same(scenario: Scenario) -> None:
    plain = scenario.with_change("null")
    first, *others = (
        {repr(stage.help) for stage in plain.pathways[name].stages.values() if stage.help} for name in plain.compare
    )
    for other in others:
        assert other <= first


@pytest.mark.slow
def test_every_fitted_number_stands(scenario: Scenario) -> None:
    for found in fit(scenario) if scenario.targets else ():
        assert stands(found), (found.name, found.reached_before, found.target.published)


def test_a_change_applied_and_written_counts_no_number_twice() -> None:
    moved = load("anytown").with_change("sceptic")
    again = Scenario.from_data("anytown", tomllib.loads(written(moved)))
    assert again.model_dump() == moved.model_dump()
    assert again.facts == moved.facts


def test_the_three_switches_move_only_what_they_should() -> None:
    """Ownership changes no stage and no team; scale changes only pooling; design leaves the owner alone."""
    anytown = load("anytown")
    outsourced, in_house = (anytown.pathways[name] for name in ("outsourced", "in_house"))
    assert (outsourced.stages, outsourced.teams) == (in_house.stages, in_house.teams)
    assert not in_house.contract
    local, pooled = (anytown.pathways[name] for name in ("local", "local_pooled"))
    assert local.stages == pooled.stages
    changed = pooled.teams["workers"].model_copy(update={"per_neighbourhood": True})
    assert changed == local.teams["workers"]
    assert in_house.provider == pooled.provider == in_house.payer


def test_the_course_of_anytown_lies_between_what_was_published() -> None:
    """As its notes claim: above trial waiting lists at 2 and 6 months (11%, 29%), below untreated depression (53%)."""
    anytown = load("anytown")
    ended = {days: remission(anytown, days).ended for days in (61, 91, 182, 364)}
    waiting_lists, untreated = (anytown.published_remission[name] for name in ("waiting_lists", "untreated_depression"))
    assert ended[61] >= 0.11
    assert ended[91] <= (untreated.by_3_months or 0)
    assert (waiting_lists.by_6_months or 1) <= ended[182] <= (untreated.by_6_months or 0)
    assert ended[364] <= (untreated.by_12_months or 0)


@pytest.mark.slow
def test_each_line_of_the_sceptic_favours_outsourcing() -> None:
    """Each line alone, on common luck, moves some headline difference (local less outsourced) up, none clearly down.

    Within the noise of 3 replications of a short window: 4 standard errors of the change.
    """
    anytown = load("anytown").with_values(
        {"run.weeks": {"warm_up": 39, "cohort": 8, "follow_up": 52}, "bases": ["as_specified"]}
    )
    lines = {path: value for path, value in anytown.data["changes"]["sceptic"].items() if path != "drop"}
    before = headline_differences(anytown)
    for path, value in lines.items():
        change = headline_differences(anytown.with_values({path: value})) - before
        error = change.std(axis=0, ddof=1) / 3**0.5
        assert (change.mean(axis=0) > 0).any(), path
        assert (change.mean(axis=0) > -4 * error - 1e-9).all(), path


def headline_differences(scenario: Scenario) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Local less outsourced in the three headlines, by replication."""
    found = run(scenario, Options(replications=3)).comparison.estimates
    names = ("days_to_help", "days_in_need", "public_cost")
    return np.array([found[1][Key(name)].values - found[0][Key(name)].values for name in names]).T
