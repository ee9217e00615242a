"""The library: several scenarios side by side, whichever way they come out, as text, as a page and as a chart."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sim.errors import ResultsError
from sim.reporting.library import entries
from sim.reporting.library_figures import overview, relatives
from sim.reporting.library_page import MARK, PAGE, render, write_library
from sim.reporting.library_text import library
from sim.reporting.results import Results, read_results

from .folders import FINDINGS, Finding, Made, write_folder

LESS, MORE = (-30.0, -40.0, -20.0, "sooner_or_less"), (30.0, 20.0, 40.0, "later_or_more")
NOT_JUDGED = (-3.0, -7.0, -1.0, "not_judged")


def flipped() -> dict[tuple[str, str], Finding]:
    """The same, found against local."""
    bad = {key: MORE for key in FINDINGS if key[1] != "public_cost"}
    costs = {("as_specified", "public_cost"): MORE, ("equal_spend", "public_cost"): NOT_JUDGED}
    return bad | costs


@pytest.fixture
def both(tmp_path: Path) -> list[Results]:
    good = {key: LESS if key[1] != "public_cost" else found for key, found in FINDINGS.items()}
    first = write_folder(tmp_path / "first", Made(good, variants={"null": good}))
    second = write_folder(tmp_path / "second", Made(flipped(), manifest={"scenario": "second_<b>town</b>"}))
    return [read_results(first), read_results(second)]


def test_the_text_has_every_headline_verdict_check_and_grade(both: list[Results]) -> None:
    text = " ".join(library(both, Path("index.html")).split())
    for said in (
        "village: local set against outsourced",
        "as specified, sooner",
        "later for more money",
        "favours outsourced on every basis",
        "null, yes",
        "2 passed, 0 failed",
        "Numbers by grade: A ",
        "Overview: index.html",
        "no service",
    ):
        assert said in text, said
    assert "sceptic" not in text, "it was not run"


def test_the_page_is_whole_links_to_every_report_and_fetches_nothing(both: list[Results]) -> None:
    page = render(both)
    assert MARK in page
    assert {"first/report.html", "second/report.html"} <= set(re.findall(r'href="([^"#]+)"', page))
    markup = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', markup)
    assert "<b>town</b>" not in page, "a name is text, not markup"
    assert page.count('data-chart="') == 3
    assert page.count("The numbers behind this chart") == 3


def test_each_sentence_counts_what_its_chart_shows(both: list[Results]) -> None:
    page = render(both)
    for measure in ("days to help", "days in need"):
        assert f"{measure} is lower than with the first pathway in 1 of 2 comparisons" in page
    assert "and higher in 1; in 0 it is neither, and 0 had no steady verdict" in page


def test_the_chart_draws_differences_as_shares_of_the_first_pathway(both: list[Results]) -> None:
    told = entries(both)
    found = relatives(told, "days_to_help")
    assert len(found) == 4
    of = float(both[0].overall("as_specified", "outsourced", "days_to_help")["mean"])  # type: ignore[index]
    assert found[0].mean == pytest.approx(-30 / of)
    drawn = [trace for trace in overview(told, "days_to_help").data if trace.x[0] is not None]
    assert [trace.x[0] for trace in drawn] == pytest.approx([one.mean for one in found])
    costs = relatives(told, "public_cost")
    assert {one.difference.basis for one in costs} == {"as_specified"}, "what a basis makes equal is not drawn"


def test_a_page_of_somebody_elses_is_not_replaced(both: list[Results], tmp_path: Path) -> None:
    (tmp_path / PAGE).write_text("<p>my site</p>", encoding="utf-8")
    with pytest.raises(ResultsError, match="is not of this program"):
        write_library(tmp_path, both)
    assert (tmp_path / PAGE).read_text(encoding="utf-8") == "<p>my site</p>"
    (tmp_path / PAGE).unlink()
    assert write_library(tmp_path, both) == tmp_path / PAGE
    write_library(tmp_path, both)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".unfinished", "first", PAGE, "second"]
