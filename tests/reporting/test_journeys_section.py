"""What the film's section says and holds: the day in words and in a table, and data that reads back as it was."""

from __future__ import annotations

import base64
import json
from html import unescape

import numpy as np
import pytest

from sim.reporting.journeys import Film, film
from sim.reporting.journeys_pools import AWAY, FIRST_OF_STAGES, UNASKED
from sim.reporting.journeys_section import _told, journeys, packed
from sim.reporting.page import Section
from sim.reporting.report import TEMPLATES, render
from sim.reporting.results import Results
from sim.scenario.vocabulary import NO_SERVICE

from .conftest import Maker
from .test_journeys import visit, write


@pytest.fixture(scope="module")
def shown(real: Results) -> Film:
    found = film(real)
    assert found
    return found


@pytest.fixture(scope="module")
def section(real: Results) -> Section:
    found = journeys(real)
    assert found
    return found


def test_the_sentence_gives_the_counts_of_its_day(shown: Film) -> None:
    said, day = _told(shown), shown.year
    assert f"On day {day}, when the year ends" in said
    for one in shown.journeys:
        need = one.counts[day, UNASKED] + one.counts[day, AWAY] + one.counts[day, FIRST_OF_STAGES:].sum()
        if one.pathway == NO_SERVICE:
            assert said.endswith(f"and {need} with no service.")
        else:
            assert f"{need} with ‘{one.pathway}’ (" in said
            assert f"{one.helped[day]} with ‘{one.pathway}’" in said


def test_the_columns_of_the_table_add_up(section: Section) -> None:
    """On each day those in all places are those whose need had arisen."""
    for panel in section.more["panels"]:  # type: ignore[attr-defined]
        lines = {row[0].text: [int(cell.text.replace(",", "")) for cell in row[1:]] for row in panel.table.rows}
        lines.pop("Right help begun by then", None)
        arisen = lines.pop("Citizens whose need had arisen")
        assert np.sum(list(lines.values()), axis=0).tolist() == arisen and arisen[-1] > 0


def test_the_data_read_back_are_the_moves(real: Results, shown: Film, section: Section) -> None:
    data = json.loads(str(section.more["data"]))
    assert [len(base64.b64decode(data[name])) for name in ("level", "group", "number")] == [
        size * len(shown.people) for size in (1, 1, 4)
    ]
    for told, one in zip(data["journeys"], shown.journeys, strict=True):
        moves, day, pool = (
            np.frombuffer(base64.b64decode(told[name]), kind)
            for name, kind in (("moves", "<u2"), ("day", "<u2"), ("pool", "u1"))
        )
        assert np.repeat(np.arange(moves.size), moves).tolist() == one.moves.citizen.tolist()
        assert day.tolist() == one.moves.day.tolist() and pool.tolist() == one.moves.pool.tolist()
        assert all(told["said"][p] for p in set(pool.tolist())), "each pool that is ever entered has words"


def test_numbers_are_packed_as_bytes() -> None:
    assert packed([1, 258], "<u2") == base64.b64encode(b"\x01\x00\x02\x01").decode()


def test_the_page_holds_a_bay_for_each_pool_ever_entered(page_of_real: str, section: Section, shown: Film) -> None:
    page = page_of_real
    start = page.index('<section id="journeys"')
    panels = page[start : page.index("</section>", start)].split('<article class="journey"')[1:]
    for panel, one in zip(panels, shown.journeys, strict=True):
        for pool in set(one.moves.pool.tolist()):
            assert f'data-pool="{pool}"' in panel and f'data-count="{pool}">' in panel


def test_it_never_plays_by_itself() -> None:
    """The clock runs only from a press of the button, and heeds a wish for less motion."""
    script = (TEMPLATES / "journeys.js").read_text(encoding="utf-8")
    assert script.count("playing = true") == 1 and "playing ? stop() : start()" in script
    assert script.count("start()") == 2, "its definition, and the button"
    assert "prefers-reduced-motion" in script


def made_with_visits(made: Maker, **differs: object) -> Results:
    results = made(**differs)
    write(results.folder, [visit(50, 1, next(iter(results.scenario.pathways["outsourced"].stages)), (4, 6, 7))], {})
    return results


def test_hostile_text_shows_as_text(made: Maker) -> None:
    bad = "</script><script>alert('x')</script>"

    def edit(data: dict[str, dict[str, dict[str, dict[str, dict[str, object]]]]]) -> None:
        stages = data["pathways"]["outsourced"]["stages"]
        stages[next(iter(stages))]["title"] = bad

    page = render(made_with_visits(made, edit=edit))
    start = page.index('<section id="journeys"')
    mine = page[start : page.index("</section>", start)]
    assert "<script>alert" not in mine and bad in unescape(mine)
    assert "\\u003c/script\\u003e" in mine


def test_where_visits_were_not_kept_it_says_so(made: Maker) -> None:
    found = journeys(made())
    assert found and "not in this folder" in found.said[0]


def test_without_need_levels_or_a_cohort_there_is_no_film(delays: Results, nobody: Results) -> None:
    assert journeys(delays) is None and journeys(nobody) is None


def test_who_asks_at_once_is_not_said_to_have_yet_to_ask(made: Maker) -> None:
    """Everyone asks in the moment in which their need arises: nobody is ever between the two."""
    results = made()
    stage = next(iter(results.scenario.pathways["outsourced"].stages))
    times = {50: 0.5, 51: 2.2, 52: 3.0}
    write(results.folder, [visit(one, 1, stage, (at, at + 9, at + 9.5)) for one, at in times.items()], {})
    found = film(results)
    assert found
    need = _told(found).split("Still in need are ")[1]
    assert need.startswith("3 with ‘outsourced’ (0 waiting, with staff or in help and 3 asked before")
    assert "3 with ‘local’ (3 not yet asked, 0 waiting" in need
