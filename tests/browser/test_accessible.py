"""Pages hold to WCAG 2.2 AA as far as axe-core can tell, and keys do what a mouse does."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from .conftest import NARROW, WIDE, opened

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong: the rule, and where."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {node['target']} {node.get('failureSummary', '')}" for one in found for node in one["nodes"]]


def unfold(page: Page) -> None:
    """Open all that is folded, and let charts be drawn."""
    page.evaluate("for (const it of document.querySelectorAll('details')) it.open = true")
    page.wait_for_timeout(300)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_report_has_no_fault_that_axe_finds(browser: Browser, report: Path, width: int) -> None:
    with opened(browser, report, width) as (page, told):
        unfold(page)
        assert not violations(page)
        assert not told


def test_axe_finds_a_fault_where_there_is_one(browser: Browser, tmp_path: Path) -> None:
    page_with_faults = tmp_path / "wrong.html"
    page_with_faults.write_text(
        "<!DOCTYPE html><html><head><title>x</title></head><body><main><h1>x</h1>"
        "<p style='color: #bbb; background: white'>too faint</p><button></button></main></body></html>"
    )
    with opened(browser, page_with_faults) as (page, _):
        found = {line.split(":")[0] for line in violations(page)}
    assert {"color-contrast", "button-name", "html-has-lang"} <= found


def test_the_first_key_leads_to_the_answer(browser: Browser, report: Path) -> None:
    with opened(browser, report) as (page, _):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to the answer"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"


def test_every_control_can_be_reached_by_keys_and_is_seen_to_be(browser: Browser, report: Path) -> None:
    """Going through the page by Tab reaches every control in sight once, and each shows that it has the focus."""
    with opened(browser, report) as (page, _):
        wanted = page.evaluate(CONTROLS)
        reached = set()
        for _ in range(len(wanted) + 20):
            page.keyboard.press("Tab")
            where, outlined = page.evaluate(FOCUSED)
            assert where is None or outlined, where
            reached.add(where)
    assert wanted
    assert set(wanted) <= reached


CONTROLS = """
() => {
  const otherwise = (it) => it.type === "radio" && !it.checked;  // arrow keys lead there
  const all = [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")];
  const seen = all.filter((it) => it.checkVisibility({ visibilityProperty: true }) && !it.disabled && !otherwise(it));
  all.forEach((it, place) => { it.dataset.place = place; });
  return seen.map((it) => it.dataset.place);
}
"""
FOCUSED = """
() => {
  const it = document.activeElement;
  const style = getComputedStyle(it);
  const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  return [it.dataset.place ?? null, outlined || style.boxShadow !== "none"];
}
"""
