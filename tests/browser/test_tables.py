"""In a browser: tables sort, filter and download what they show; the contents fold on a phone; texts are copied."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page

from sim.reporting.report import write_report
from sim.reporting.results import read_results
from sim.reporting.tables import estimate
from tests.reporting.folders import FINDINGS, Data, Made, write_folder

from .conftest import NARROW, opened

Row = dict[str, str]


@pytest.fixture(scope="module")
def page(browser: Browser, report: Path) -> Iterator[Page]:
    """The report, opened once: each test chooses its own rows."""
    with opened(browser, report) as (standing, told):
        yield standing
        assert not told


def chosen(place: Locator, name: str, label: str) -> None:
    place.get_by_label(name, exact=True).select_option(label=label)


def grid(page: Page, name: str = "values") -> Locator:
    """A long table, once it is drawn."""
    found = page.locator(f".grid[data-name='{name}']")
    found.get_by_label("Find", exact=True).fill("")
    for name, label in (("Basis", "any"), ("Pathway", "any"), ("Of whom", "all citizens")):
        chosen(found, name, label)
    found.locator("tbody tr").first.wait_for()
    return found


def column(table: Locator, place: int) -> list[str]:
    return [row.split("\t")[place] for row in table.locator("tbody").inner_text().split("\n")]


def downloaded(page: Page, place: Locator) -> list[Row]:
    with page.expect_download() as waited:
        place.get_by_role("button", name="Download CSV").first.click()
    text = Path(waited.value.path()).read_text(encoding="utf-8-sig")
    assert waited.value.suggested_filename.endswith(".csv")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_rows_chosen_are_shown_counted_and_downloaded_unrounded(page: Page, report: Path) -> None:
    results = read_results(report.parent)
    values = grid(page)
    values.get_by_label("Find", exact=True).fill("public cost local")
    chosen(values, "Of whom", "any")
    rows = downloaded(page, values)
    assert f"{len(rows)} of " in values.locator(".shown").inner_text()
    summary = results.summary
    for row in rows:
        kept = summary[(summary["basis"] == row["basis"]) & (summary["pathway"] == "local")]
        kept = kept[(kept["measure"] == row["measure"]) & (kept["part"] == row["part"])]
        kept = kept[(kept["by"] == row["by"]) & (kept["group"] == row["group"])]
        assert [float(row[end]) for end in ("mean", "low", "high")] == list(kept[["mean", "low", "high"]].iloc[0])
        assert (row["unit"], row["price_year"], row["run_code"]) == ("GBP", "2024-25", results.run_code)
    assert {row["measure"] for row in rows} >= {"public_cost", "public_cost_discounted"}


def test_numbers_are_printed_as_in_the_rest_of_the_page(page: Page, report: Path) -> None:
    results = read_results(report.parent)
    values = grid(page)
    chosen(values, "Pathway", "outsourced")
    lines = [row.split("\t") for row in values.locator("tbody").inner_text().split("\n")]
    assert len(lines) == 100
    for line in lines:
        row = results.overall("as_specified", "outsourced", line[0].replace(" ", "_"), line[8].replace(" ", "_"))
        assert line[2] == estimate(row).text


def test_a_heading_sorts_up_and_then_down_and_says_so(page: Page) -> None:
    values = grid(page)
    values.get_by_label("Find", exact=True).fill("days in need")
    heading = values.locator("th", has_text="Mean")
    for way, turned in (("ascending", False), ("descending", True)):
        heading.get_by_role("button").click()
        found = [float(text.replace(",", "")) for text in column(values, 2)]
        assert len(set(found)) > 2 and found == sorted(found, reverse=turned)
        assert heading.get_attribute("aria-sort") == way


def test_more_rows_are_drawn_when_asked_for(page: Page) -> None:
    values = grid(page)
    chosen(values, "Of whom", "any")
    before = values.locator("tbody tr").count()
    values.get_by_role("button", name="more").click()
    assert (before, values.locator("tbody tr").count()) == (100, 200)


def test_a_basis_is_shown_with_what_no_basis_changes(page: Page) -> None:
    values = grid(page)
    values.get_by_label("Find", exact=True).fill("public cost within")
    chosen(values, "Basis", "for the same spend")
    assert sorted(column(values, 1)) == ["local", "no service", "outsourced"]


def test_numbers_used_can_be_chosen_by_grade(page: Page, report: Path) -> None:
    section = page.locator("#numbers")
    chosen(section, "Grade", "D")
    found = [row["Path"] for row in downloaded(page, section)]
    facts = read_results(report.parent).scenario.facts
    assert found == [fact.path for fact in facts if fact.grade == "D"] and len(found) < len(facts)


def test_a_text_that_a_spreadsheet_would_run_is_kept_a_text(browser: Browser, tmp_path: Path) -> None:
    def edit(data: Data) -> None:
        data["place"]["adults"]["note"] = '=HYPERLINK("https://example.org/")'

    file = write_report(write_folder(tmp_path / "formula", Made(FINDINGS, edit)))
    with opened(browser, file) as (page, _):
        rows = downloaded(page, page.locator("#numbers"))
    (note,) = (row["Note"] for row in rows if row["Path"] == "place.adults")
    assert note.startswith("'=HYPERLINK(")


def test_the_rows_of_a_quick_run_carry_its_warning(browser: Browser, tmp_path: Path) -> None:
    file = write_report(write_folder(tmp_path / "quick", Made(FINDINGS, manifest={"quick": True})))
    with opened(browser, file) as (page, _):
        assert {row["warning"] for row in downloaded(page, grid(page))} == {"NOT COMPARABLE"}


def test_without_script_the_measures_of_all_citizens_can_be_read(browser: Browser, report: Path) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(report.as_uri())
    assert page.locator("#measures noscript table, #measures table").count() >= 4
    assert page.locator("nav a").first.is_visible()
    context.close()


def test_the_contents_fold_on_a_phone_and_lead_to_their_part(browser: Browser, report: Path) -> None:
    with opened(browser, report, NARROW) as (page, _):
        link = page.locator("nav a", has_text="Numbers")
        assert not link.is_visible()
        page.locator("nav summary").click()
        link.click()
        assert not link.is_visible()
        page.wait_for_function("document.querySelector('nav [aria-current]')?.textContent === 'Numbers'")
        top = page.evaluate("document.getElementById('numbers').getBoundingClientRect().top")
        bar = page.evaluate("document.querySelector('nav').getBoundingClientRect().bottom")
        assert bar <= top + 30


@pytest.mark.parametrize("name", ["command", "citation", "bibtex"])
def test_what_is_there_to_be_copied_is_copied(page: Page, name: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    button = page.locator(f"button[data-copy='copy-{name}']")
    button.click()
    button.get_by_text("Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator(f"#copy-{name}").inner_text()
