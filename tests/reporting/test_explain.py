"""`explain` says everything a file says, in sentences that fit a terminal, and what its course implies."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.engine.model import compiled
from sim.engine.population import population
from sim.engine.reference import simulate
from sim.engine.tables import EASED
from sim.measures.course import remission
from sim.reporting.amounts import exact_number
from sim.reporting.explain import explained
from sim.reporting.paragraphs import in_ratio, routes_in_words
from sim.reporting.step_order import in_order
from sim.scenario.scenario import Scenario, load
from tests.reporting.folders import TRICKS
from tests.scenario.files import FOLDER, LINE, edited, village

YEAR = 364.0


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return Scenario.from_data("village", village())


@pytest.fixture(scope="module")
def text(scenario: Scenario) -> str:
    return explained(scenario)


def one_line(text: str) -> str:
    return " ".join(text.split())


def test_every_number_of_the_file_stands_in_it_with_unit_range_and_grade(scenario: Scenario, text: str) -> None:
    lines = text.splitlines()
    for fact in scenario.facts:
        row = lines[lines.index(fact.path) + 1]
        assert f" {exact_number(fact.value)} {fact.unit} " in row, row
        assert f"grade {fact.grade}  {fact.source or 'assumption'}" in row, row
        if fact.range:
            assert f"range {exact_number(fact.range[0])} to {exact_number(fact.range[1])}" in row, row


def test_it_counts_the_assumptions(scenario: Scenario, text: str) -> None:
    assumed = [fact for fact in scenario.facts if fact.source is None]
    assert f"{len(assumed)} of {len(scenario.facts)} numbers are assumptions" in text


def test_no_line_is_wider_than_100_columns(text: str) -> None:
    assert max(map(len, text.splitlines())) <= 100
    assert max(map(len, explained(load("anytown")).splitlines())) <= 100


def test_every_pathway_stage_team_and_contract_line_is_told(scenario: Scenario, text: str) -> None:
    for name, pathway in scenario.pathways.items():
        part = text[text.index(f"THE PATHWAY {name.upper()}") :]
        for number, stage in enumerate(in_order(pathway), start=1):
            assert f"{number}. {stage.replace('_', ' ')}\n" in part
        assert set(in_order(pathway)) == set(pathway.stages)
        for thing in (*pathway.teams, *pathway.contract):
            assert f"- {thing.replace('_', ' ')}: " in part


def test_refusals_are_told_by_their_name_and_shares_in_words(text: str) -> None:
    said = one_line(text)
    assert "Refused, and told “not ill enough”: whose level is seen to be below moderate, who has more than" in said
    assert "Who passes: 1 in 4 go on to “second assessment”, the rest go on to “package”." in said
    assert "on average 12 minutes (standard deviation 8, lognormal)" in said
    assert "260 places in all (north 115, centre 87, south 58)" in said
    assert "55,944 GBP a year" in said


def test_changes_are_told_with_path_from_and_to(text: str) -> None:
    said = one_line(text)
    assert "course.pace_during_help: from 1 to 0.5" in said
    assert "pathways.local.stages.support.help.fits.one: from 0.6 to 0.45" in said
    assert "pathways.outsourced.stages.call.gate: taken out" in said


def test_an_applied_change_and_what_it_cuts_off_are_told(scenario: Scenario) -> None:
    said = one_line(explained(scenario.with_change("no_threshold")))
    assert "This is the scenario with no_threshold applied." in said
    assert "Cut off by a change, so left out: pathways.outsourced.stages.second_assessment." in said


def test_a_plain_queueing_line_is_told_without_needs_help_or_money() -> None:
    said = explained(Scenario.from_data("line", LINE))
    assert "1. desk" in said
    assert "THE COURSE" not in said
    assert "GBP" not in said


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.toml")), ids=lambda file: file.stem)
def test_every_scenario_of_the_tests_can_be_told(file: object) -> None:
    assert explained(load(str(file))).endswith("\n")


def test_hostile_texts_cannot_write_to_the_terminal() -> None:
    places = ("title", "sources.made-up-costs.title", "sources.made-up-costs.weakness", "pathways.local.title")
    data = edited(village(), *((place, f"one\ntwo{TRICKS}") for place in places))
    told = explained(Scenario.from_data("test", data))
    assert all(line.isprintable() for line in told.split("\n"))
    assert "one two\\x1b" in told


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.25, "1 in 4"), (0.75, "3 in 4"), (0.6, "3 in 5"), (0.08, "8 in 100"), (0.05, "1 in 20"), (0.125, "1 in 8"),
     (0.065, "65 in 1,000"), (1 / 3, "1 in 3"), (0, "none"), (1, "all"), (0.5, "1 in 2"), (0.3, "3 in 10")],
)  # fmt: skip
def test_shares_are_said_as_a_reader_would(share: float, words: str) -> None:
    assert in_ratio(share) == words


def test_routes_are_said_in_shares() -> None:
    assert routes_in_words({"leave": 0.25, "help": "rest"}, {"help": "support"}) == (
        "1 in 4 leave, the rest go on to “support”"
    )
    assert routes_in_words({"leave": 1.0, "help": 0.0}, {}) == "all leave"


# remission


def test_remission_of_one_level_is_two_competing_exponentials() -> None:
    """Worked by hand: from low, easing 100 days, leaving 300: ended(t) = 3/4 (1 - exp(-t (1/100 + 1/300)))."""
    group = {"level_at_arrival": {"low": 1.0}, "eases_after_days": {"low": 100}, "leaves_after_days": {"low": 300}}
    data = edited(LINE, ("groups.all", {"share": 1.0, **group}), ("pathways.line.stages.desk.purpose", "deciding"))
    found = remission(Scenario.from_data("test", data), YEAR)
    gone = 1 - math.exp(-YEAR * (1 / 100 + 1 / 300))
    assert found.ended == pytest.approx(0.75 * gone, abs=1e-12)
    assert found.left_area == pytest.approx(0.25 * gone, abs=1e-12)


def published(*figures: dict[str, object]) -> Scenario:
    given = [{"source": "made-up-costs", **figure} for figure in figures]
    tables = {f"study_{at}": one for at, one in enumerate(given)}
    return Scenario.from_data("test", edited(village(), ("published_remission", tables)))


def test_published_remission_stands_in_rows_beside_the_course_with_source_and_grade(scenario: Scenario) -> None:
    note = "found of people on waiting lists"
    told = explained(published({"by_3_months": 0.23, "by_12_months": 0.53, "note": note}, {"by_12_months": 0.295}))
    rows = {row[:12].strip(): row[12:].split() for row in told.splitlines() if "%" in row}
    course = [f"{remission(scenario, days).ended * 100:.1f}%" for days in (91.0, 182.0, 364.0)]
    assert rows["this course"] == course
    assert rows["study 0"] == ["23.0%", "–", "53.0%"] and rows["study 1"] == ["–", "–", "29.5%"]
    source = scenario.sources["made-up-costs"]
    assert f"study 0: {source.title} ({source.publisher}, {source.year}), grade {source.grade}; {note}." in one_line(
        told
    )
    assert "No published remission figure" not in told


@pytest.mark.parametrize(
    ("shares", "words"),
    [
        ((-0.1, -0.05), "below"),
        ((-0.05, 0.05), "between"),
        ((0.05, 0.1), "above"),
        ((0.0, 0.0), "at"),
        ((0.05,), "above the published figure ("),
        ((-0.05,), "below the published figure ("),
        ((), "no published figure"),
    ],
)
def test_the_course_is_said_to_lie_below_between_or_above_what_is_published(
    scenario: Scenario, shares: tuple[float, ...], words: str
) -> None:
    """Each share is how far the course lies above what a study found."""
    course = remission(scenario, YEAR).ended
    figures = [{"by_12_months": course - share} for share in shares] or [{"by_3_months": 0.5}]
    said = one_line(explained(published(*figures)))  # type: ignore[arg-type]
    begins = f"By 12 months the course lies {words}" if shares else f"By 12 months: {words}"
    assert begins in said


def no_service_shares(scenario: Scenario) -> tuple[float, float, int]:
    """Shares of simulated citizens whose need has ended, or who have left, in the year after it arose; of how many."""
    people = population(scenario, 0)
    changes = simulate(compiled(scenario, None), people).changes
    counted = people.arrival < scenario.run.weeks.cohort_to
    within = (changes.day - people.arrival[changes.citizen] <= YEAR) & counted[changes.citizen]
    ended = np.unique(changes.citizen[within & (changes.to_level == 0) & (changes.cause == EASED)]).size
    left = np.unique(changes.citizen[within & (changes.to_level == 0) & (changes.cause != EASED)]).size
    return ended / counted.sum(), left / counted.sum(), int(counted.sum())


def large(scenario: Scenario, seed: int) -> Scenario:
    weeks = {"warm_up": 0, "cohort": 13, "follow_up": 52}
    return scenario.with_values({"arrivals.per_1000_adults_a_year": 2000, "run.weeks": weeks, "run.seed": seed})


def within_4_standard_errors(share: float, expected: float, citizens: int) -> bool:
    return abs(share - expected) <= 4 * math.sqrt(expected * (1 - expected) / citizens)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_remission_at_12_months_is_what_a_run_without_service_shows(scenario: Scenario, seed: int) -> None:
    expected = remission(scenario, YEAR)
    ended, left, citizens = no_service_shares(large(scenario, seed))
    assert within_4_standard_errors(ended, expected.ended, citizens)
    assert within_4_standard_errors(left, expected.left_area, citizens)


def test_the_remission_of_another_course_is_told_apart(scenario: Scenario) -> None:
    other = scenario.with_values({"groups.older_people.eases_after_days.moderate": 350.0})
    ended, _, citizens = no_service_shares(large(other, 1))
    assert not within_4_standard_errors(ended, remission(scenario, YEAR).ended, citizens)


def test_it_says_what_waits_are_held_against_and_what_published_figures_are_of() -> None:
    figure = {"pathway": "outsourced", "published": 1, "tolerance": 1, "source": "made-up-costs"}
    past = {"measure": "entries_direct", "stage": "package", "not_through": "assessment"}
    checks = (
        ("checks.back", {**figure, "measure": "returned_within_days", "days": 61}),
        ("checks.past", {**figure, **past}),
        ("checks.told", {**figure, "measure": "outcome_share", "ending": "gave up"}),
    )
    told = one_line(explained(Scenario.from_data("v", edited(village(), ("wait_targets_days", [1, 126]), *checks))))
    assert "At every stage that a team works, waits are held against 1 day and 126 days." in told
    assert "measure returned_within_days of outsourced; within 61 days;" in told
    assert "measure entries_direct of outsourced; stage package, not through assessment;" in told
    assert "measure outcome_share of outsourced; gave up;" in told
    assert "waits are held against 28 days and 182 days." in one_line(explained(Scenario.from_data("v", village())))
