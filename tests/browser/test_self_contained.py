"""A page needs no network, shows hostile text as text, and fits a desk, a phone and a sheet of paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from sim.reporting.report import write_report
from tests.reporting.folders import FINDINGS, Data, Made, write_folder

from .conftest import NARROW, WIDE, opened

MOST_BYTES = 6_000_000
HOSTILE = "<script>window.hacked = 1</script><img src=x onerror='window.hacked = 2'>\"'&amp; {{ 7*7 }}"


def test_nothing_is_asked_of_a_network_and_every_chart_is_drawn(browser: Browser, report: Path) -> None:
    with opened(browser, report) as (page, told):
        page.evaluate("for (const it of document.querySelectorAll('details')) it.open = true")
        for plot in page.query_selector_all(".plot"):
            plot.scroll_into_view_if_needed()
            plot.wait_for_selector("svg.main-svg", state="attached", timeout=10_000)
        assert page.query_selector_all(".plot")
    assert not told


def test_a_page_that_asks_for_something_is_noticed(browser: Browser, tmp_path: Path) -> None:
    page_that_asks = tmp_path / "asks.html"
    page_that_asks.write_text("<!DOCTYPE html><title>x</title><img src='https://example.org/x.png'>")
    with opened(browser, page_that_asks) as (_, told):
        assert any("example.org" in line for line in told)


def test_hostile_text_shows_as_text(browser: Browser, tmp_path: Path) -> None:
    def edit(data: Data) -> None:
        data["title"] = data["question"] = HOSTILE
        for pathway in data["pathways"].values():
            pathway["title"] = HOSTILE

    file = write_report(write_folder(tmp_path / "hostile", Made(FINDINGS, edit)))
    with opened(browser, file) as (page, told):
        assert page.inner_text("h1") == HOSTILE
        assert page.evaluate("window.hacked") is None
    assert not told


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_nothing_stands_out_at_the_side(browser: Browser, report: Path, width: int) -> None:
    """Wide tables scroll inside their boxes; the page itself does not."""
    with opened(browser, report, width) as (page, _):
        page.evaluate("for (const it of document.querySelectorAll('details')) it.open = true")
        page.wait_for_timeout(300)
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width


def test_it_prints_and_is_light(browser: Browser, report: Path) -> None:
    with opened(browser, report) as (page, told):
        assert page.pdf(format="A4").startswith(b"%PDF")
    assert not told
    assert report.stat().st_size < MOST_BYTES
