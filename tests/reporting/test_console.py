"""What a run prints: everything a reader needs, in plain text that fits the page."""

from __future__ import annotations

from pathlib import Path

from sim.reporting.console import WIDTH, columns, comparison
from sim.reporting.results import Results
from sim.reporting.sentences import caveat
from sim.reporting.wording import NOT_COMPARABLE

from .conftest import Maker
from .test_sentences import one_pathway, plain_network


def test_it_fits_the_page_and_has_no_colour(plain: Results, real: Results) -> None:
    for results in (plain, real):
        text = comparison(results)
        assert max(map(len, text.splitlines())) <= WIDTH
        assert "\x1b" not in text


def test_headlines_differences_verdicts_states_and_checks_are_printed(plain: Results) -> None:
    text = comparison(plain, Path("results/village/report.html"))
    assert " ".join(caveat(plain).split()) in " ".join(text.split())
    assert "−41" in text and "−47 to −35" in text and "shorter" in text
    assert "+310" in text and "+250 to +370" in text and "higher" in text
    assert "not judged" in text and "no clear difference" in text
    assert "waiting or deciding" in text and "died or moved" in text
    assert "Published figure 0" in text and "pass" in text
    assert text.endswith("Report: results/village/report.html\n")


def test_a_quick_run_says_not_comparable_first_and_last(made: Maker) -> None:
    text = comparison(made(manifest={"quick": True}))
    assert text.startswith(NOT_COMPARABLE) and text.endswith(f"{NOT_COMPARABLE}\n")
    assert NOT_COMPARABLE not in comparison(made())


def test_a_failed_check_is_printed_as_failed(made: Maker) -> None:
    assert "FAIL" in comparison(made(checks_pass=(True, False)))


def test_notices_are_printed(made: Maker) -> None:
    notice = {"kind": "x", "pathway": "local", "basis": "equal_spend", "text": "the queue grows"}
    assert "! Local, for the same spend: the queue grows." in comparison(made(manifest={"notices": [notice]}))


def test_changes_applied_are_printed_beside_the_title(made: Maker) -> None:
    assert "(with sceptic)" in comparison(made(manifest={"applied": ["sceptic"]})).splitlines()[0]


def test_one_pathway_and_a_plain_network_are_printed(made: Maker) -> None:
    assert "Difference from no service" in comparison(made(edit=one_pathway))
    text = comparison(made(edit=plain_network, checks_pass=()))
    assert "wait days" in text and "utilisation" in text and "in need" not in text


def test_a_long_cell_is_wrapped_so_that_the_table_keeps_its_width() -> None:
    text = columns(["what", "number"], [["word " * 40, "1,234"], ["short", "5"]])
    assert max(map(len, text.splitlines())) <= WIDTH
    assert text.splitlines()[-1].startswith("short") and text.splitlines()[-1].endswith("5")
