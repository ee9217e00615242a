"""The dossier in words: printed within the page, and written as Markdown that nothing in a file can break."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sim.experiments.verifying.dossier import Dossier
from sim.experiments.verifying.findings import FAIL, NOT_APPLICABLE, NOT_BUILT, PASS, WEAK, Finding, Part
from sim.reporting.console import WIDTH
from sim.reporting.dossier import page, printed, summary
from sim.reporting.wording import NOT_COMPARABLE
from sim.scenario.scenario import Scenario

from ..scenario.files import LINE

FINDINGS = (
    Finding("Identical pathways", "a copy", "all the same", PASS, (Part("line", "all the same"),)),
    Finding(
        "Little's law", "L = lambda W " * 20, "desk: L = 3 people, not 2", FAIL,
        (Part("desk", "L = 3 people, not 2", FAIL), Part("till", "L = 1 person")),
    ),
    Finding("Prices doubled", "each price", "nothing has a price", NOT_APPLICABLE),
)  # fmt: skip


def made(**differs: object) -> Dossier:
    started = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
    weeks = {"warm_up": 1, "cohort": 2, "follow_up": 3}
    dossier = Dossier(Scenario.from_data("line", LINE), FINDINGS, 12, weeks, False, started, 61.2)
    return replace(dossier, **differs)  # type: ignore[arg-type]


def test_what_is_printed_fits_the_page_and_says_every_result() -> None:
    text = printed(made(), Path("results/line"))
    assert max(map(len, text.splitlines())) <= WIDTH
    assert "\x1b" not in text
    for result in ("pass              Identical", "FAIL              Little's law", "not applicable    Prices"):
        assert result in text
    assert "tried: a copy" in text and "found: all the same" in text and "verify.md" in text


def test_the_summary_counts_and_names_what_failed() -> None:
    assert summary(made()) == "3 tests: 1 passed, 1 failed, 1 not applicable. Failed: Little's law."
    unsure = (*FINDINGS[:1], replace(FINDINGS[0], verdict=WEAK), replace(FINDINGS[0], verdict=NOT_BUILT))
    assert summary(made(findings=unsure)) == (
        "3 tests: 1 passed, 0 failed, 1 too weak to tell, 1 could not be built, 0 not applicable."
    )
    assert summary(made(findings=FINDINGS[:1])) == "1 test: 1 passed, 0 failed, 0 not applicable."


def test_a_quick_dossier_says_not_comparable() -> None:
    assert NOT_COMPARABLE in printed(made(quick=True)) and NOT_COMPARABLE in page(made(quick=True), "x")
    assert NOT_COMPARABLE not in printed(made())


def test_the_page_tells_every_part_the_windows_and_the_command() -> None:
    text = page(made(), "python run_scenarios.py verify line.toml")
    assert "`python run_scenarios.py verify line.toml`" in text
    assert "- desk: L = 3 people, not 2 (**FAIL**)" in text and "- till: L = 1 person (pass)" in text
    assert "12 replications of 1 + 2 + 3 weeks" in text
    assert "Made 2026-11-22 09:30 UTC in 61 seconds." in text


def test_no_name_in_a_file_breaks_the_page_or_the_terminal() -> None:
    scenario = Scenario.from_data("line", {**LINE, "title": "a | b <script>\x1b[2J"})
    tricked = (replace(FINDINGS[0], found="<b>|\x1b"),)
    dossier = made(scenario=scenario, findings=tricked)
    for text in (page(dossier, "x"), printed(dossier)):
        assert "\x1b" not in text
    assert "<script>" not in page(dossier, "x") and "<b>" not in page(dossier, "x")


def test_what_was_changed_stands_in_the_title() -> None:
    changed = Scenario.from_data("line", LINE).with_settings({"arrivals.per_day": 12})
    assert "(with arrivals.per_day = 12)" in printed(made(scenario=changed)).splitlines()[0]
