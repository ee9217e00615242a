"""The pathways drawn: flows add up, words and pictures agree with hand-worked numbers, hostile text shows as text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations
from xml.etree import ElementTree

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.reporting.colours import PATHWAYS
from sim.reporting.drawn import Drawn, drawn, map_of, of_hundred, sentence
from sim.reporting.page import Section
from sim.reporting.pathway_cells import cell, rounded, share_in_words, way_out_text
from sim.reporting.pathway_graph import Flows, Link, Step, flows_of
from sim.reporting.pathway_picture import MOST, picture, scale_of
from sim.reporting.report import render
from sim.reporting.results import COLUMNS, Results
from sim.reporting.shapes import text_width, wrapped
from sim.scenario.stages import Stage

from .conftest import Maker
from .folders import Data
from .test_report import HOSTILE, Page
from .test_sentences import one_pathway, plain_network

OUTSOURCED = (
    ("call", "leave", "refused_level", 300.0),
    ("call", "leave", "gave_up", 100.0),
    ("call", "booking", "routed", 600.0),
    ("booking", "assessment", "routed", 590.0),
    ("booking", "leave", "recovered", 10.0),
    ("assessment", "leave", "refused_needs", 90.0),
    ("assessment", "leave", "refused_criteria", 100.0),
    ("assessment", "second_assessment", "routed", 40.0),
    ("assessment", "package", "routed", 360.0),
    ("second_assessment", "package", "routed", 40.0),
    ("package", "leave", "helped_fit", 200.0),
    ("package", "leave", "helped_unfit", 180.0),
)
LOCAL = (
    ("conversation", "support", "routed", 500.0),
    ("conversation", "leave", "left_area", 20.0),
    ("support", "leave", "helped_fit", 480.0),
    ("support", "leave", "helped_unfit", 20.0),
)
BEGUN = {"outsourced": (1000.0, 400.0), "local": (520.0, 520.0)}
"""Approaches a year, and how many of them the first of their people."""


def with_flows(results: Results, **flows: Iterable[tuple[str, str, str, float]]) -> Results:
    """Results with these flows on every basis, and with as many approaches begun as `BEGUN` says."""
    rows = [(basis, name, *row) for basis in results.bases for name, given in flows.items() for row in given]
    summary = results.summary.copy()
    for name, numbers in BEGUN.items():
        for measure, number in zip(("approaches_a_week", "new_people_asking_a_week"), numbers, strict=True):
            summary.loc[(summary["pathway"] == name) & (summary["measure"] == measure), "mean"] = number / 52
    return replace(results, flows=pd.DataFrame(rows, columns=list(COLUMNS["flows.csv"])), summary=summary)


@pytest.fixture
def hand(plain: Results) -> Results:
    return with_flows(plain, outsourced=OUTSOURCED, local=LOCAL)


def flows(results: Results, name: str) -> Flows:
    return flows_of(results, results.bases[0], name)


def shown(section: Section | None) -> list[Drawn]:
    assert section is not None
    found = section.more["drawn"]
    assert isinstance(found, list)
    return found


def made_of(stages: dict[str, Data], links: Iterable[Link] = (), begun: float = 100.0) -> Flows:
    """Flows of stages that nobody leaves."""
    steps = [Step(name, Stage.model_validate(stage), None, 0.0, False, 0.0, {}, {}, 0.0)
             for name, stage in stages.items()]  # fmt: skip
    return Flows("line", next(iter(stages)), tuple(steps), tuple(links), begun, begun)


def test_what_comes_to_a_stage_leaves_it_but_for_those_still_there(hand: Results) -> None:
    outsourced = flows(hand, "outsourced")
    came = {step.name: outsourced.entering(step.name) for step in outsourced.steps}
    assert came == pytest.approx(
        {"call": 1000, "booking": 600, "assessment": 590, "second_assessment": 40, "package": 400}
    )
    staying = {step.name: outsourced.staying(step.name) for step in outsourced.steps}
    assert staying == pytest.approx({**dict.fromkeys(came, 0.0), "package": 20})
    assert outsourced.begun - sum(outsourced.ends.values()) == pytest.approx(sum(staying.values()))


@pytest.mark.parametrize("name", ["outsourced", "local"])
def test_a_real_run_loses_nobody(real: Results, name: str) -> None:
    found = flows(real, name)
    staying = sum(found.staying(step.name) for step in found.steps)
    assert found.begun > 0 and found.begun_again > 0
    assert found.begun - sum(found.ends.values()) == pytest.approx(staying)
    for step in found.steps:
        row = real.overall(real.bases[0], name, "passed", step.name)
        if step.gate is not None and row is not None:
            assert 1 - step.refused_share == pytest.approx(float(row["mean"]), abs=0.02)


def test_the_sentence_tells_of_a_hundred_and_where_most_leave(hand: Results) -> None:
    assert sentence(flows(hand, "outsourced")) == (
        "About 1,000 approaches a year begin, 600 of them by people who have come before. Of 100 approaches that end, "
        "50 are refused before any help, 10 end with giving up the wait, 21 end with help that fitted, 18 end with "
        "help that did not fit and 1 ends because the need passed by itself. The stage where most leave is ‘call’: 41 "
        "of the 100, chiefly refused (“not enough of a problem”)."
    )
    assert sentence(flows(hand, "local")) == (
        "About 520 approaches a year begin. Of 100 approaches that end, 92 end with help that fitted, 4 end with help "
        "that did not fit and 4 end with death or moving away. Nobody is refused, because no stage has a gate. The "
        "stage where most leave is ‘support’: 96 of the 100, chiefly with help that fitted."
    )


def test_a_gate_behind_help_is_not_said_to_refuse_before_any(hand: Results) -> None:
    found = flows(hand, "outsourced")
    back = replace(found, links=(*found.links, Link("package", "assessment", "onward", 1.0)))
    assert "before any help" not in sentence(back) and "50 are refused, 10" in sentence(back)


def test_nobody_and_nobody_ended_are_said(hand: Results) -> None:
    found = flows(hand, "local")
    assert sentence(replace(found, begun=0.0)) == "Nobody came in the cohort window."
    empty = replace(found, steps=tuple(replace(step, ends={}) for step in found.steps))
    assert sentence(empty).endswith("None ended in the cohort window.")


@given(st.dictionaries(st.text(max_size=3), st.floats(0, 1e6), max_size=9))
def test_parts_of_a_hundred_add_up_to_it(parts: dict[str, float]) -> None:
    whole = of_hundred(parts)
    if whole:
        assert sum(whole.values()) == 100 and set(whole) == set(parts)
        total = sum(parts.values())
        assert all(abs(whole[name] - 100 * part / total) < 1 + 1e-6 for name, part in parts.items())


def test_every_pathway_is_drawn_to_the_same_scale(hand: Results) -> None:
    both = [flows(hand, name) for name in ("outsourced", "local")]
    scale = scale_of(both)
    assert scale * 1000 == MOST and scale_of([both[1]]) * 520 == MOST and scale_of([]) == 0
    outsourced, local = (_widths(one.picture.svg) for one in shown(drawn(hand)))
    assert outsourced["call → booking, 600"] == pytest.approx(600 * scale, abs=0.11)
    assert outsourced["assessment → second assessment, 40"] == pytest.approx(40 * scale, abs=0.11)
    assert local["conversation → support, 500"] == pytest.approx(500 * scale, abs=0.11)


def _widths(svg: str) -> dict[str, float]:
    """How wide each level band is where it begins, by what it says of itself."""
    found = {}
    for shape in (one for one in ElementTree.fromstring(svg).iter("path") if one.findtext("title")):
        ys = [float(point.split(",")[1]) for point in re.findall(r"[\d.]+,[\d.]+", shape.get("d", ""))]
        found[shape.findtext("title", "")] = abs(ys[-1] - ys[0])
    return found


def test_the_picture_tells_gates_refusals_teams_delays_and_who_comes_back(hand: Results) -> None:
    outsourced, local = (_texts(one.picture.svg) for one in shown(drawn(hand)))
    for words in ("300 refused", "33% at the gate", "needs 90", "criteria 100", "7 days", "coming back: 600 approaches",
                  "20 more come than leave", "11 cases each", "1.2 posts"):  # fmt: skip
        assert words in outsourced, words
    assert "for all their stages" in outsourced and "in 3 neighbourhoods" in local and "keeps the case" in local
    assert "coming back" not in local and "refused" not in local


def _texts(svg: str) -> str:
    """All that is written in a drawing, one line after another."""
    return " ".join("".join(text.itertext()) for text in ElementTree.fromstring(svg).iter("text"))


def test_the_drawing_is_told_in_words_and_stands_before_its_table(hand: Results) -> None:
    page = Page(render(hand))
    pictures = [given for given in page.named("svg") if given.get("role") == "img"]
    drawings = [given for given in pictures if " come; " in (given["aria-label"] or "")]
    assert len(drawings) == 2 == page.text.count("The numbers behind this drawing")
    assert "call: 1,000 come; 300 refused and 100 gave up waiting; on to booking 600." in drawings[0]["aria-label"]
    assert map_of(flows(hand, "local"))[1] == "support: 500 come; 480 help fitted and 20 help did not fit."
    told = shown(drawn(hand))[0].table
    assert told is not None and len(told.rows) == len(OUTSOURCED)


def test_links_that_nobody_went_are_drawn_thin_and_without_a_number(plain: Results) -> None:
    nobody = with_flows(plain, outsourced=(), local=())
    found = flows(nobody, "outsourced")
    assert {(link.source, link.target) for link in found.links} >= {("call", "booking"), ("assessment", "package")}
    assert not any(link.a_year for link in found.links) and not found.ends
    assert "→ booking" in shown(drawn(nobody))[0].picture.svg


def test_posts_are_those_of_the_basis_drawn(made: Maker) -> None:
    def for_the_same_spend(data: Data) -> None:
        data["bases"] = ["equal_spend", "as_specified"]

    results = made(edit=for_the_same_spend)
    factor = results.manifest["basis_factors"]["equal_spend"]["local"]
    assert flows_of(results, "equal_spend", "local").step("support").posts == pytest.approx(26 * factor)
    assert flows_of(results, "as_specified", "local").step("support").posts == 26
    assert "for the same spend" in shown(drawn(results))[1].title


def test_one_pathway_and_five_are_drawn_and_a_plain_network_or_nobody_is_not(made: Maker, nobody: Results) -> None:
    assert len(shown(drawn(made(edit=one_pathway)))) == 1

    def five(data: Data) -> None:
        for at in range(3):
            data["pathways"][f"more_{at}"] = dict(data["pathways"]["local"])
            data["compare"].append(f"more_{at}")

    many = shown(drawn(made(edit=five)))
    assert [one.colour for one in many] == [look.line for look in PATHWAYS]
    assert drawn(made(edit=plain_network, checks_pass=())) is None
    assert drawn(nobody) is None


def test_hostile_text_is_drawn_as_text(made: Maker) -> None:
    def hostile(data: Data) -> None:
        stages = data["pathways"]["outsourced"]["stages"]
        stages["call"]["title"] = HOSTILE
        stages["call"]["gate"]["called"] = HOSTILE
        stages["booking"]["title"] = "W" * 400
        stages["package"]["title"] = "\u202eright to left \u05d0\u05d1\u05d2"
        data["pathways"]["outsourced"]["teams"]["assessors"]["title"] = HOSTILE

    results = with_flows(made(edit=hostile), outsourced=OUTSOURCED, local=LOCAL)
    svg = shown(drawn(results))[0].picture.svg
    tags = {element.tag for element in ElementTree.fromstring(svg).iter()}
    assert tags == {"svg", "defs", "pattern", "path", "g", "rect", "circle", "text", "tspan", "title"}
    assert "<script>alert" in _texts(svg).replace(" ", "") and "\u202e" not in svg
    assert Page(render(results)).text.count("alert(1)") >= 1


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 20), st.data())
def test_one_to_twenty_stages_however_linked_are_drawn_and_their_words_stay_inside(
    count: int, data: st.DataObject
) -> None:
    names = [f"s{at}" for at in range(count)]
    title = st.text("abc mW", min_size=1, max_size=60).filter(str.strip)
    stages = {name: {"title": data.draw(title), "delay_days": 3} for name in names}
    ends = st.tuples(st.sampled_from(names), st.sampled_from(names), st.sampled_from(("onward", "gave_up", "missed")))
    links = [Link(*end, 30.0) for end in data.draw(st.lists(ends, max_size=30))]
    found = made_of(stages, links)
    made = picture(found, 1, PATHWAYS[0], scale_of([found]), "x", "told")
    root = ElementTree.fromstring(made.svg)
    boxes = [tuple(float(rect.get(side, "")) for side in ("x", "y", "width", "height")) for rect in root.iter("rect")]
    assert len(boxes) == count
    for (x, y, wide, high), (u, v, broad, tall) in combinations(boxes, 2):
        assert x + wide <= u or u + broad <= x or y + high <= v or v + tall <= y
    for x, y, wide, high in boxes:
        assert x >= 0 and x + wide <= made.width and y >= 0 and y + high <= made.height


def test_the_words_of_ways_out_and_titles_keep_to_their_column(hand: Results) -> None:
    found = flows(hand, "outsourced")
    for step in found.steps:
        one = cell(found, step, 3, 132.0, scale_of([found]))
        left = way_out_text(sum(way.width for way in one.ways_out))
        assert all(left + text_width(line, 12.5) <= one.width + 1
                   for way in one.ways_out for line in (*way.said, *way.more))  # fmt: skip
        assert all(text_width(line, 13.5) <= one.width for line in one.title)


def test_numbers_and_shares_are_rounded_for_reading_and_never_to_nothing() -> None:
    assert [rounded(n) for n in (0.0, 0.2, 7.4, 984.0, 13_584.0)] == ["0", "<1", "7", "984", "13,600"]
    assert [share_in_words(s) for s in (0.0, 0.001, 0.475, 0.999, 1.0)] == ["0%", "<1%", "48%", ">99%", "100%"]


def test_words_are_wrapped_within_a_width_and_cut_with_a_sign() -> None:
    assert wrapped("one two", 1000, 12, 3) == ["one two"]
    assert wrapped("one two three", 30, 12, 2)[-1].endswith("…")
    assert all(text_width(line, 12) <= 60 for line in wrapped("W" * 30, 60, 12, 9))
