"""A picture away from its page says which run it is of, on what basis, and how far it can be trusted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html.parser import HTMLParser

import pytest

from sim.reporting import library_page
from sim.reporting.provenance import basis, intervals, of_differences, stamp, stamp_of_many
from sim.reporting.report import render
from sim.reporting.results import Results
from sim.reporting.sentences import answer, rests_on
from sim.reporting.wording import NOT_COMPARABLE

from .conftest import Maker
from .test_report import HOSTILE, VOID, Page, hostile
from .test_sentences import plain_network


@dataclass
class Element:
    """An element that is open: its attributes, and how many `data-says` stand in it."""

    tag: str
    given: dict[str, str]
    says: int = 0


class Labelled(HTMLParser):
    """For every picture of a page the labelled element round it that its scripts will find."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[Element] = []
        self.ids: list[str] = []
        self.found: dict[str, Element] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids += [given["id"]] if "id" in given else []
        for round_it in self.open:
            round_it.says += "data-says" in given
        if tag not in VOID:
            self.open.append(Element(tag, given))
        if "data-picture" in given:
            assert given["data-picture"] not in self.found
            self.found[given["data-picture"]] = next(
                one for one in reversed(self.open) if "aria-labelledby" in one.given
            )

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag


def pages(plain: Results, real: Results, plain_page: str, page_of_real: str) -> Iterator[str]:
    yield plain_page
    yield page_of_real
    yield library_page.render([plain, real])


def test_every_picture_has_a_title_and_a_sentence_where_scripts_look_for_them(
    plain: Results, real: Results, plain_page: str, page_of_real: str
) -> None:
    for page in pages(plain, real, plain_page, page_of_real):
        read = Labelled(page)
        assert read.found
        for name, round_it in read.found.items():
            assert round_it.given["aria-labelledby"] in read.ids, name
            assert round_it.says >= 1, name


def test_every_chart_and_every_drawing_can_be_taken_away(plain_page: str) -> None:
    text = plain_page
    read, page = Labelled(text), Page(text)
    charts = {given["data-chart"] for given in page.named("script") if "data-chart" in given}
    assert charts and charts < set(read.found)
    assert {"hundred", "drawn-1", "drawn-2", "life-50", "life-10", "life-90"} <= set(read.found)
    keys = {given["data-key"] for _, given in page.tags if "data-key" in given}
    assert keys and keys <= set(read.ids)


def test_what_it_rests_on_is_said_as_the_answer_says_it(made: Maker) -> None:
    for passed, said in (((True, False), "1 of 2 checks against published figures failed"), ((True, True), "all of 2")):
        results = made(checks_pass=passed)
        evidence = next(line for line in stamp(results).lines if line.startswith("This rests on"))
        assert said in evidence and evidence.startswith(rests_on(results))
        assert any(sentence in evidence for sentence in answer(results).sentences)


def test_the_run_is_named_in_the_picture_and_in_its_files_name(plain: Results) -> None:
    found = stamp(plain)
    assert found.name == f"village-{plain.run_code}" and len(plain.run_code) == 8
    assert found.title == plain.manifest["title"]
    assert f"Scenario village, run {plain.run_code}. Made with Service pathways" in found.lines[-1]


def test_another_seed_is_another_run(made: Maker) -> None:
    assert stamp(made()).name != stamp(made(manifest={"seed": 7})).name


def test_intervals_are_noise_only_until_ranges_are_run(plain: Results) -> None:
    assert intervals(plain) == (
        "Intervals, where shown, are 95%, over 12 replications where nothing else is said, and hold simulation noise "
        "only; plausible ranges of the inputs have not been run."
    )
    ranged = replace(plain, summary=plain.summary.assign(interval="plausible ranges and simulation noise"))
    assert "hold plausible ranges and simulation noise." in intervals(ranged)
    assert "only" not in intervals(ranged) and "not been run" not in intervals(ranged)


def test_a_quick_run_warns_on_every_picture_and_a_full_one_does_not(made: Maker) -> None:
    assert stamp(made(manifest={"quick": True})).warning.startswith(f"{NOT_COMPARABLE}: this was a quick run")
    assert stamp(made()).warning == ""


def test_a_changed_run_says_so(made: Maker) -> None:
    changed = made(manifest={"applied": ["sceptic"], "settings": {"place.adults": "9000"}})
    assert "Not the plain file: run with sceptic, place.adults = 9000." in stamp(changed).lines
    assert not any("plain file" in line for line in stamp(made()).lines)


def test_money_has_its_price_year_and_a_network_without_money_none(made: Maker) -> None:
    assert stamp(made()).prices == "Money in 2024-25 prices."
    found = stamp(made(edit=plain_network, checks_pass=()))
    assert found.prices == "" and "nothing was checked against published figures" in " ".join(found.lines)


def test_one_basis_and_several() -> None:
    assert basis("equal_spend") == "Basis: for the same spend."
    assert basis("as_specified", "equal_spend") == "Bases: as specified and for the same spend."


def test_adjusted_intervals_are_said_to_be(plain: Results) -> None:
    first = plain.compared[0]
    assert "Intervals are adjusted for three headlines (Bonferroni)." in of_differences(plain, first)
    unadjusted = replace(plain, comparison=plain.comparison.assign(adjusted=False))
    assert of_differences(unadjusted, first) == basis(*plain.bases)


def test_nobody_in_the_cohort_is_said(nobody: Results) -> None:
    assert "nobody's need arose" in " ".join(stamp(nobody).lines)


def test_hostile_text_reaches_scripts_as_text(made: Maker) -> None:
    results = made(edit=hostile)
    text = str(stamp(results).data)
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text)["title"] == results.manifest["title"]
    assert "<script>alert(1)</script>" in results.manifest["title"] and "<script>" in HOSTILE
    page = Page(render(results))
    assert next(text for given, text in page.scripts if given.get("id") == "stamp") == text


@pytest.mark.parametrize("quick", [True, False])
def test_the_overview_names_every_run_it_is_made_of(made: Maker, real: Results, quick: bool) -> None:
    other = made(manifest={"quick": quick})
    found = stamp_of_many([other])
    assert f"village (run {other.run_code})" in found.lines[-1]
    assert bool(found.warning) is quick
    both = stamp_of_many([made(), real])
    assert both.lines[0].startswith("2 scenarios") and real.run_code in both.lines[-1]
