"""The film shows what was reckoned: its counts on any day, played or gone to, are those of the moves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from sim.reporting.journeys import Film, film
from sim.reporting.report import write_report
from sim.reporting.results import read_results
from tests.reporting.folders import FINDINGS, Made, write_folder
from tests.reporting.lives_made import write_lives

from .conftest import NARROW, WIDE, opened
from .test_accessible import RULES, unfold

COUNTS = """
() => [...document.querySelectorAll(".journey")].map((panel) => Object.fromEntries(
  [...panel.querySelectorAll("[data-count]")].map((it) => [it.dataset.count, Number(it.textContent.replace(",", ""))])))
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_folder(tmp_path_factory.mktemp("film") / "village", Made(FINDINGS))
    write_lives(folder)
    return write_report(folder)


@pytest.fixture(scope="module")
def shown(report: Path) -> Film:
    found = film(read_results(report.parent))
    assert found
    return found


@pytest.fixture
def page(browser: Browser, report: Path) -> Iterator[Page]:
    with opened(browser, report) as (page, told):
        yield page
        assert not told


def day_of(page: Page) -> int:
    return int(page.inner_text(".film-day"))


def wait_for_day(page: Page, day: int) -> None:
    """Let it play until it has come to a day."""
    for _ in range(200):
        if day_of(page) >= day:
            return
        page.wait_for_timeout(50)
    pytest.fail(f"it did not come to day {day}")


def agree(page: Page, shown: Film) -> None:
    """What the page says of the day it is at is what was reckoned for it."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    told, day = page.evaluate(COUNTS), day_of(page)
    for counts, one in zip(told, shown.journeys, strict=True):
        expected = {str(pool): int(n) for pool, n in enumerate(one.counts[day]) if n or str(pool) in counts}
        assert counts == expected, f"day {day}, {one.pathway}"


def test_counts_are_those_reckoned_on_any_day_gone_to(page: Page, shown: Film) -> None:
    """Forwards, backwards, a few days on (which steps) and many (which jumps)."""
    for day in (0, 1, 3, 16, 17, 200, 190, 364, shown.days, 0, 95):
        page.fill(".film-days input", str(day))
        agree(page, shown)
        assert day_of(page) == day
        assert page.get_attribute(".film-days input", "aria-valuetext") == f"day {day} of {shown.days}"


def test_counts_are_those_reckoned_while_it_plays(page: Page, shown: Film) -> None:
    page.fill(".film-days input", "0")
    page.focus(".film-play")
    page.keyboard.press("Enter")
    wait_for_day(page, 10)
    page.keyboard.press("Space")
    assert page.inner_text(".film-play") == "Play"
    agree(page, shown)
    assert day_of(page) > 9


def test_it_does_not_play_by_itself(page: Page, shown: Film) -> None:
    page.wait_for_timeout(400)
    assert day_of(page) == shown.year
    agree(page, shown)


def test_arrow_keys_move_along_the_days(page: Page, shown: Film) -> None:
    page.focus(".film-days input")
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    agree(page, shown)
    assert day_of(page) == shown.year - 3


def test_a_citizen_is_followed_in_every_panel(page: Page, shown: Film) -> None:
    """Where the citizen is said to be is where the moves have them."""
    page.fill(".film-days input", "120")
    page.click(".film-follow")
    who = page.inner_text(".film-who p")
    place = int(who.split(":")[0].removeprefix("Citizen ").replace(",", "")) - 900
    said = page.eval_on_selector_all(".journey-where", "all => all.map((it) => it.textContent)")
    for one, where in zip(shown.journeys, said, strict=True):
        mine = one.moves.within((one.moves.citizen == place) & (one.moves.day <= 120))
        pool = int(mine.pool[-1])
        beside = page.evaluate(
            "([name, pool]) => { const film = JSON.parse(document.getElementById('film-data').textContent);"
            " return film.journeys.find((it) => it.name === name).said[pool] }",
            [one.pathway.replace("_", " "), pool],
        )
        assert where == beside
    page.click(".film-unfollow")
    assert page.is_hidden(".film-who")


def test_every_citizen_is_drawn(page: Page, shown: Film) -> None:
    """At rest no two dots lie on one another: a dot 7 px across inks 38, give or take what its edge comes to."""
    inked = page.evaluate(
        "() => [...document.querySelectorAll('.journey canvas')].map((it) => { const d = it.getContext('2d')"
        ".getImageData(0, 0, it.width, it.height).data; let n = 0; for (let i = 3; i < d.length; i += 4)"
        " if (d[i] > 127) n++; return n })"
    )
    here = int(shown.journeys[0].counts[shown.year].sum())
    least, most = (here * dots for dots in (20, 49))
    assert all(least <= pixels <= most for pixels in inked)
    assert len(set(inked)) == 1, "the same citizens, so as many dots in every panel"


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_it_has_no_fault_that_axe_finds_and_fits(browser: Browser, report: Path, width: int) -> None:
    with opened(browser, report, width) as (page, told):
        page.click(".film-follow")
        unfold(page)
        assert not Axe().run(page, "#journeys", RULES).response["violations"]
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width
        assert not told


def test_less_motion_is_heeded(browser: Browser, report: Path, shown: Film) -> None:
    """Played with a wish for less motion, days go by in whole weeks, and dots do not glide."""
    with opened(browser, report) as (page, told):
        page.emulate_media(reduced_motion="reduce")
        page.fill(".film-days input", "0")
        page.click(".film-play")
        wait_for_day(page, 7)
        days = {day_of(page) for _ in range(20)}
        assert all(day % 7 == 0 for day in days)
        assert not told
