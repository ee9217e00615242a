"""The report holds everything, fetches nothing, and shows hostile text as text."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from sim.errors import ResultsError
from sim.reporting import brief, captions
from sim.reporting.packed import packed_plotly
from sim.reporting.paragraphs import one_line
from sim.reporting.report import CHART_SCRIPTS, SCRIPTS, render, write_report
from sim.reporting.results import Results
from sim.reporting.sentences import answer
from sim.reporting.wording import NOT_COMPARABLE

from .conftest import Maker
from .folders import TRICKS, Data, write_folder
from .test_sentences import one_pathway, plain_network

VOID = {"meta", "br", "hr", "img", "input", "link", "wbr"}
HOSTILE = """<script>alert(1)</script></script><img src=x onerror=alert(2)>"'&amp; {{ 7*7 }} \u2028"""

OTHER_SCRIPTS = ("stamp", "packed-plotly", "table-words", "rows-values", "rows-differences", *CHART_SCRIPTS, *SCRIPTS)
"""What stands in a script of its own, beside the data of each chart."""


class Page(HTMLParser):
    """What stands on a page: tags with attributes, the text shown, the scripts, and each table's parts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.shown: list[str] = []
        self.scripts: list[tuple[dict[str, str], str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append((tag, given))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "script":
            self.scripts.append((given, ""))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "script":
            self.scripts[-1] = (self.scripts[-1][0], self.scripts[-1][1] + data)
        elif "style" not in self.open:
            self.shown.append(data)

    @property
    def text(self) -> str:
        return "".join(self.shown)

    def named(self, *tags: str) -> Iterator[dict[str, str]]:
        return (attributes for tag, attributes in self.tags if tag in tags)

    @property
    def figures(self) -> list[Data]:
        return [json.loads(text) for attributes, text in self.scripts if "data-chart" in attributes]


@pytest.fixture(scope="module")
def text(plain_page: str) -> str:
    return plain_page


@pytest.fixture(scope="module")
def page(text: str) -> Page:
    return Page(text)


@pytest.fixture(scope="module")
def real_page(page_of_real: str) -> Page:
    return Page(page_of_real)


def assert_fetches_nothing(page: Page) -> None:
    fetching = {"src", "srcset", "data", "poster", "action", "background", "manifest"}
    assert not [(tag, given) for tag, given in page.tags if fetching & set(given)]
    assert not list(page.named("link", "iframe", "object", "embed", "base", "form"))


def test_nothing_is_fetched_from_anywhere(page: Page, text: str) -> None:
    assert_fetches_nothing(page)
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert style and "url(" not in style[1] and "@import" not in style[1]
    policy = next(given["content"] for given in page.named("meta") if "http-equiv" in given)
    assert "default-src 'none'" in policy and "http" not in policy


def test_links_lead_only_to_sources_and_to_the_page_itself(page: Page) -> None:
    ids = {given["id"] for _, given in page.tags if "id" in given}
    for link in (given["href"] for given in page.named("a")):
        assert link.startswith("https://example.org/") or link.removeprefix("#") in ids


def test_plotly_stands_in_the_page_once_and_packed(text: str) -> None:
    assert text.count(packed_plotly()) == 1 and "plotly.js v" not in text


def test_every_measure_of_the_results_appears(page: Page, plain: Results) -> None:
    ids = {given.get("id") for given in page.named("th")}
    for measure in {*plain.summary["measure"], *plain.comparison["measure"]}:
        assert f"measure-{measure}" in ids
        assert page.text.count(measure.replace("_", " ")) >= 1


def test_every_number_of_the_scenario_appears_with_its_unit_source_and_grade(
    page: Page, plain: Results, text: str
) -> None:
    for fact in plain.scenario.facts:
        assert fact.path in page.text
    assert "8,000" in page.text and "A census that nobody took" in page.text and "2,080 a year" in page.text
    counts = [sum(fact.grade == grade for fact in plain.scenario.facts) for grade in "ABCD"]
    cells = re.findall(r"<th scope=\"row\">([ABCD])</th><td>[^<]*</td><td class=\"number\">(\d+)</td>", text)
    assert [(grade, int(count)) for grade, count in cells] == list(zip("ABCD", counts, strict=True))


def test_the_answer_stands_on_the_page_word_for_word_in_short_and_in_full(page: Page, plain: Results) -> None:
    for sentence in (*brief.answer(plain).sentences, *answer(plain).sentences):
        assert sentence in page.text


def test_every_table_has_a_caption_and_every_heading_cell_a_scope(page: Page) -> None:
    assert len(list(page.named("table"))) == len(list(page.named("caption"))) > 20
    assert all(given.get("scope") in ("row", "col") for given in page.named("th"))


def test_headings_go_down_one_level_at_a_time(page: Page) -> None:
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_page_has_landmarks_a_language_and_a_way_past_the_navigation(page: Page) -> None:
    tags = [tag for tag, _ in page.tags]
    assert next(page.named("html"))["lang"] == "en-GB"
    assert all(tags.count(one) == 1 for one in ("header", "nav", "main", "footer"))
    first_link = next(page.named("a"))
    assert first_link["href"] == "#main" and next(page.named("main"))["id"] == "main"


def test_ids_are_unique(page: Page) -> None:
    ids = [given["id"] for _, given in page.tags if "id" in given]
    assert len(ids) == len(set(ids))


def test_each_chart_has_words_for_those_who_cannot_see_it_and_a_table_behind_it(page: Page) -> None:
    plots = [given for given in page.named("div") if given.get("role") == "img"]
    assert len(plots) == len(page.figures) > 8
    assert all(len(given["aria-label"]) > 40 for given in plots)
    assert page.text.count("The numbers behind this chart") == len(plots)


def hostile(data: Data) -> None:
    data["title"] = data["question"] = HOSTILE
    data["pathways"]["local"]["title"] = HOSTILE
    data["groups"]["older_people"]["title"] = HOSTILE
    data["pathways"]["outsourced"]["teams"]["assessors"]["title"] = HOSTILE
    data["place"]["adults"]["note"] = HOSTILE
    data["sources"]["made-up-census"]["title"] = HOSTILE
    data["sources"]["made-up-census"]["link"] = "javascript:alert(3)"


def test_hostile_text_shows_as_text_and_runs_nowhere(made: Maker) -> None:
    notice = {"kind": "x", "pathway": "local", "basis": "as_specified", "text": HOSTILE}
    results = made(edit=hostile, manifest={"notices": [notice], "command": HOSTILE, "machine": HOSTILE})
    page = Page(render(results))
    assert page.text.count(one_line(HOSTILE)) >= 6
    assert_fetches_nothing(page)
    assert not [given for _, given in page.tags if any(name.startswith("on") for name in given)]
    assert not [given for given in page.named("a") if given["href"].startswith("javascript")]
    assert len(page.scripts) == len(page.figures) + len(OTHER_SCRIPTS)


def test_no_text_of_the_scenario_can_turn_a_line_of_the_page_round(made: Maker) -> None:
    def edit(data: Data) -> None:
        data["title"] = data["question"] = data["pathways"]["local"]["title"] = f"Safe{TRICKS}"
        data["place"]["adults"]["note"] = data["sources"]["made-up-census"]["title"] = TRICKS

    notice = {"kind": "x", "pathway": "local", "basis": "as_specified", "text": TRICKS}
    page = Page(render(made(edit=edit, manifest={"notices": [notice]})))
    assert page.text.count("Safe") >= 3 and "\\u202e" in page.text
    assert not set(TRICKS) & set(page.text) - set("[2J")
    shown = json.dumps(page.figures, ensure_ascii=False)
    assert not set(TRICKS) & set(shown) - set("[2J")


def test_what_is_owed_at_the_end_stands_under_the_cost_in_the_headline_section(plain: Results, text: str) -> None:
    section = text.split('<section id="headlines"')[1].split("</section>")[0]
    rows = re.findall(r"<th scope=\"row\">([a-z ]+) \[", section)
    expected = ["days to help", "days in need", "public cost", "owed in need", "owed hours"]
    assert rows == expected * len(plain.bases)
    for basis in plain.bases:
        said = captions.owed(plain, basis)
        assert said[1:] in html.unescape(section) and "whoever keeps people waiting looks cheaper for it." in said


def test_adjusted_intervals_and_verdicts_withheld_are_explained_where_they_stand(text: str) -> None:
    sections = {name: text.split(f'<section id="{name}"')[1].split("</section>")[0] for name in
                ("differences", "no-service", "measures")}  # fmt: skip
    said = "Intervals are adjusted for three headlines (Bonferroni)."
    assert said in sections["differences"] and said in sections["no-service"]
    assert "Not judged: the money spent on the service is equal a year." in sections["differences"]
    assert "Not judged:" not in sections["no-service"]
    assert "public cost are adjusted for three headlines (Bonferroni); no other interval is" in sections["measures"]


def test_the_checks_of_a_quick_run_are_neither_passed_nor_failed(made: Maker) -> None:
    page = render(made(manifest={"quick": True}, checks_pass=(True, False)))
    assert page.count("<td>not judged</td>") >= 2
    assert not re.findall(r"<td class=\"(pass|fail)\">", page) and ">FAIL<" not in page


def test_an_empty_cohort_is_reported_as_empty(nobody: Results) -> None:
    page = Page((nobody.folder / "report.html").read_text(encoding="utf-8"))
    assert "Nobody is in the cohort" in page.text
    assert "nan" not in re.findall(r"\w+", page.text.lower())
    ids = {given.get("id") for given in page.named("section")}
    assert {"answer", "numbers", "run"} <= ids and not {"headlines", "helped"} & ids


def test_delays_alone_are_reported(delays: Results) -> None:
    assert "days at stage" in Page((delays.folder / "report.html").read_text(encoding="utf-8")).text


def test_one_need_is_no_needs(text: str) -> None:
    cells = re.findall(r"<th scope=\"row\">(one|two)<small>(\w+)</small>", text)
    assert set(cells) <= {("one", "need"), ("two", "needs")} and cells


def test_figures_data_can_hold_nothing_that_ends_its_script(text: str) -> None:
    for figure in re.findall(r"<script type=\"application/json\"[^>]*>(.*?)</script>", text, re.DOTALL):
        assert not set("<>&\u2028\u2029") & set(figure)


def test_a_quick_run_says_not_comparable_at_both_ends_and_in_its_title(made: Maker) -> None:
    page = render(made(manifest={"quick": True}))
    body = page.split("<body ")[1]
    assert f"<title>{NOT_COMPARABLE}" in page
    assert NOT_COMPARABLE in body[:600] and NOT_COMPARABLE in body.split("<footer>")[1][:400]
    assert NOT_COMPARABLE not in render(made())


def test_a_changed_run_says_so_in_its_title_under_it_and_in_how_it_was_run(made: Maker) -> None:
    page = render(made(manifest={"applied": ["sceptic"], "settings": {"place.adults": "9000", "title": '"<b>"'}}))
    assert "(changed)</title>" in page
    assert "run with sceptic, place.adults = 9000, title = &#34;&lt;b&gt;&#34;." in page
    assert "place.adults = 9000; title = " in page.split("Values set for this run")[1][:200]
    assert "(changed)" not in render(made()) and "Not the plain file" not in render(made())


def test_a_failed_check_is_shown_plainly_and_first(made: Maker) -> None:
    page = render(made(checks_pass=(True, False)))
    results = re.findall(r"<td class=\"(pass|fail)\">(\w+)</td>", page)
    assert results == [("fail", "FAIL"), ("pass", "pass")]
    assert "1 of 2 checks against published figures failed." in page


def test_a_plain_network_has_no_section_on_need_help_or_money(made: Maker) -> None:
    page = Page(render(made(edit=plain_network, checks_pass=())))
    ids = {given.get("id") for given in page.named("section")}
    assert ids == {"answer", "quotes", "measures", "teams", "numbers", "checks", "run", "definitions"}
    assert "wait days" in page.text and "nan" not in page.text.lower().split()


def test_one_pathway_is_reported_beside_no_service(made: Maker) -> None:
    page = Page(render(made(edit=one_pathway)))
    ids = {given.get("id") for given in page.named("section")}
    assert "no-service" in ids and "differences" not in ids


def test_a_real_run_is_reported_whole(real_page: Page, real: Results) -> None:
    ids = {given.get("id") for given in real_page.named("th", "section")}
    assert {f"measure-{measure}" for measure in real.summary["measure"]} <= ids
    assert {"answer", "helped", "money", "teams", "ledger", "run"} <= ids
    assert_fetches_nothing(real_page)


def test_the_page_is_written_beside_the_results(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "village")
    assert write_report(folder) == folder / "report.html"
    assert (folder / "report.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_a_page_that_cannot_be_written_is_an_error_of_results(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "village")
    (folder / "report.html").mkdir()
    with pytest.raises(ResultsError, match=r"report.html: cannot be written"):
        write_report(folder)


def test_the_contents_are_short_entries_that_lead_to_the_parts_in_their_order(page: Page, text: str) -> None:
    contents = text.split('<nav aria-label="Contents">')[1].split("</nav>")[0]
    entries = re.findall(r'<a href="#([a-z-]+)">([^<]+)</a>', contents)
    assert [name for name, _ in entries] == [
        "answer", "hundred", "helped", "money", "drawn", "journeys", "one-citizen", "groups", "teams", "firm", "quotes",
        "measures", "numbers", "run",
    ]  # fmt: skip
    assert max(len(words) for _, words in entries) < 16
    standing = [given["id"] for given in page.named("section")]
    places = [standing.index(name) for name, _ in entries]
    assert places == sorted(places)


def test_every_section_stands_in_the_part_the_contents_lead_to(text: str) -> None:
    heads = re.findall(r'<h2 id="([a-z-]+)-heading">(?:<span class="place">(\d+)</span> )?', text)
    numbers = [int(number) for _, number in heads if number]
    assert numbers == list(range(1, 15))
    under = dict(heads)
    assert under["firm"] == "10" and not any(under[name] for name in ("differences", "no-service", "demand"))
