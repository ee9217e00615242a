"""The briefing and the methods in a browser: accessible, within the screen, and the briefing on one sheet of paper."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from sim.reporting.pages import write_pages
from tests.reporting.folders import FINDINGS, Made, write_folder

from .conftest import NARROW, WIDE, opened
from .test_accessible import unfold, violations

LONG = "A question that somebody asked at some length about very many things, "


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all its pages."""
    folder = write_folder(tmp_path_factory.mktemp("pages") / "village", Made(FINDINGS))
    write_pages(folder)
    return folder


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same of five pathways, with long words, where much must be said against the answer."""

    def more(data: dict[str, Any]) -> None:
        for name in ("third", "fourth", "fifth_with_a_long_name"):
            data["pathways"][name] = dict(data["pathways"]["local"])
            data["compare"].append(name)

    turned = {key: (-mean, -high, -low, "later_or_more") for key, (mean, low, high, _) in FINDINGS.items()}
    growing = {
        "kind": "growing_backlog",
        "basis": "as_specified",
        "pathway": "local",
        "text": "grows",
        "team": "workers",
    }
    told = {"title": LONG * 9, "question": LONG * 9, "notices": [growing]}
    made = Made(FINDINGS, edit=more, manifest=told, variants={"sceptic": turned})
    folder = write_folder(tmp_path_factory.mktemp("crowded") / "village", made)
    write_pages(folder)
    return folder


def sheets(browser: Browser, file: Path) -> int:
    """How many sheets of A4 a page prints to."""
    with opened(browser, file) as (page, _):
        return len(re.findall(rb"/Type\s*/Page[^s]", page.pdf(format="A4", prefer_css_page_size=True)))


def test_a_briefing_prints_to_one_sheet(browser: Browser, pages: Path, crowded: Path) -> None:
    assert sheets(browser, pages / "briefing.html") == 1
    assert sheets(browser, crowded / "briefing.html") == 1
    assert sheets(browser, pages / "methods.html") > 1


def test_nothing_of_a_briefing_is_cut_off_on_paper(browser: Browser, pages: Path) -> None:
    with opened(browser, pages / "briefing.html", 695) as (page, _):  # A4 less its margins
        page.emulate_media(media="print")
        body, inside = page.evaluate(
            "[document.querySelector('.body')].flatMap((it) => [it.clientHeight, it.scrollHeight])"
        )
        assert inside <= body + 1
        sheet, foot = (page.locator(name).bounding_box() for name in (".sheet", "footer"))
        assert sheet and foot and foot["y"] + foot["height"] <= sheet["y"] + sheet["height"] + 1


@pytest.mark.parametrize("name", ["briefing.html", "methods.html"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_pages_have_no_fault_that_axe_finds_and_stay_within_the_screen(
    browser: Browser, pages: Path, name: str, width: int
) -> None:
    with opened(browser, pages / name, width) as (page, told):
        unfold(page)
        assert not violations(page)
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width
        assert not told
