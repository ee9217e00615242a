"""Pictures leave the page as files that say what they are of, whatever the screen; a browser that cannot says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page

from sim.reporting.provenance import stamp
from sim.reporting.report import write_report
from sim.reporting.results import read_results
from tests.reporting.folders import FINDINGS, Data, Made, write_folder

from .conftest import NARROW, WIDE, opened
from .test_self_contained import HOSTILE

SVG = "{http://www.w3.org/2000/svg}"
WIDE_PX = 960
PNG_SIGN = b"\x89PNG\r\n\x1a\n"
OUTSIDE = re.compile(r"(href|src)=\"(?!#)|url\((?!#)")
PICTURES = ("chart-money", "hundred", "drawn-1", "life-50")
"""One of every kind: drawn by plotly, of people, of a pathway, of a life."""


def taken(page: Page, picture: str, kind: str) -> tuple[str, bytes]:
    """The name and content of a picture's file, by its button."""
    with page.expect_download() as download:
        page.locator(f'[data-picture="{picture}"] + .downloads button', has_text=f"({kind})").click()
    return download.value.suggested_filename, download.value.path().read_bytes()


def words(svg: bytes) -> str:
    """All that is written in a picture, in order."""
    return " ".join("".join(text.itertext()) for text in ElementTree.fromstring(svg).iter(f"{SVG}text"))


@pytest.fixture(scope="module", params=[WIDE, NARROW])
def at_a_width(browser: Browser, report: Path, request: pytest.FixtureRequest) -> Iterator[tuple[Page, list[str]]]:
    """The page on a desk and on a phone, opened once: to take a picture away changes nothing of it."""
    with opened(browser, report, request.param) as shown:
        yield shown


@pytest.mark.parametrize("picture", PICTURES)
def test_a_picture_says_what_it_is_of(at_a_width: tuple[Page, list[str]], report: Path, picture: str) -> None:
    found = stamp(read_results(report.parent))
    page, told = at_a_width
    name, svg = taken(page, picture, "SVG")
    title = page.evaluate(f"pictures.titleOf(document.querySelector('[data-picture=\"{picture}\"]'))")
    assert name == f"{found.name}-{picture}.svg"
    said = words(svg)
    for line in (title, found.title, *found.lines):
        assert line in said
    assert "Basis" in said or "Bases" in said
    assert (found.prices in said) is ("£" in said)
    assert int(ElementTree.fromstring(svg).attrib["width"]) >= WIDE_PX
    assert not OUTSIDE.search(svg.decode()) and "foreignObject" not in svg.decode()
    assert not told


@pytest.mark.parametrize("at_a_width", [WIDE], indirect=True)
@pytest.mark.parametrize("picture", PICTURES)
def test_it_is_a_png_twice_the_size(at_a_width: tuple[Page, list[str]], picture: str) -> None:
    page, told = at_a_width
    _, svg = taken(page, picture, "SVG")
    name, png = taken(page, picture, "PNG")
    size = ElementTree.fromstring(svg).attrib
    wide, high = (int.from_bytes(png[at : at + 4], "big") for at in (16, 20))
    assert name.endswith(".png") and png.startswith(PNG_SIGN)
    assert (wide, high) == (2 * int(size["width"]), 2 * int(size["height"]))
    assert not told


def test_hostile_text_stays_text_in_a_quick_runs_picture(browser: Browser, tmp_path: Path) -> None:
    def edit(data: Data) -> None:
        data["title"] = HOSTILE

    file = write_report(write_folder(tmp_path / "hostile", Made(FINDINGS, edit, manifest={"quick": True})))
    with opened(browser, file) as (page, told):
        _, svg = taken(page, "chart-money", "SVG")
        assert page.evaluate("window.hacked") is None
    assert "window.hacked = 1" in words(svg) and "NOT COMPARABLE" in words(svg)
    assert not list(ElementTree.fromstring(svg).iter(f"{SVG}script"))
    assert not told


def test_a_browser_that_cannot_inflate_says_so_and_points_to_the_tables(browser: Browser, report: Path) -> None:
    context = browser.new_context(offline=True)
    context.add_init_script("delete window.DecompressionStream")
    page = context.new_page()
    page.goto(report.as_uri())
    page.wait_for_selector(".plot.failed")
    failed = page.locator(".plot.failed")
    assert failed.count() == page.locator(".plot").count() > 8
    assert "stand in the table below" in failed.first.inner_text()
    assert failed.first.get_attribute("role") is None
    assert not page.locator(".plot.failed + .downloads").first.is_visible()
    _, svg = taken(page, "hundred", "SVG")
    assert "Of 100 citizens" in words(svg)
    context.close()


def test_all_charts_are_drawn_when_the_page_has_loaded(browser: Browser, report: Path) -> None:
    with opened(browser, report) as (page, told):
        counts = "[document.querySelectorAll('.plot').length, document.querySelectorAll('.plot.js-plotly-plot').length]"
        plots, drawn = page.evaluate(counts)
        assert plots == drawn > 8
        assert page.evaluate("document.querySelectorAll('iframe').length") == 0
    assert not told
