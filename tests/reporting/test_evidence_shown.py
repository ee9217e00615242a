"""Checks as a picture, every number with its grade, and how a run is repeated, checked and cited."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from sim.reporting import citing
from sim.reporting.checks_picture import Strip, strips
from sim.reporting.evidence import facts
from sim.reporting.report import render
from sim.reporting.results import Results
from sim.reporting.wording import NOT_COMPARABLE

from .conftest import Maker
from .folders import Data


def strip(results: Results, **values: float) -> Strip:
    for name, value in values.items():
        results.checks[name] = value
    return strips(results)[0]


def in_band(one: Strip) -> bool:
    assert one.model is not None
    return one.band[0] <= one.model <= one.band[0] + one.band[1]


@pytest.mark.parametrize(("model", "inside"), [(1.2, True), (1.6, True), (1.19, False), (1.61, False), (9.0, False)])
def test_the_dot_lies_in_the_band_just_where_the_model_is_within_tolerance(
    made: Maker, model: float, inside: bool
) -> None:
    one = strip(made(), published=1.4, tolerance=0.2, model=model, low=model - 0.01, high=model + 0.01)
    assert in_band(one) == inside


def test_places_along_a_strip_keep_their_distances(made: Maker) -> None:
    one = strip(made(), published=10.0, tolerance=2.0, model=16.0, low=15.0, high=17.0)
    assert one.model is not None and one.interval is not None
    a_unit = one.band[1] / 4
    assert one.model - one.published == pytest.approx(6 * a_unit, abs=0.05)
    assert one.interval[1] == pytest.approx(2 * a_unit, abs=0.05)
    assert min(one.band[0], one.interval[0]) > 0 and one.interval[0] + one.interval[1] < 100


def test_pass_and_fail_are_told_by_word_and_by_shape_and_failures_stand_first(made: Maker) -> None:
    drawn = strips(made(checks_pass=(True, False)))
    assert [(one.result, one.in_words, one.sign) for one in drawn] == [("fail", "FAIL", "✗"), ("pass", "pass", "✓")]
    quick = strips(made(checks_pass=(True, False), manifest={"quick": True}))
    assert {(one.in_words, one.sign) for one in quick} == {("not judged", "?")}


def test_a_model_that_came_to_nothing_has_no_dot(made: Maker) -> None:
    one = strip(made(), model=float("nan"), low=float("nan"), high=float("nan"))
    assert one.model is None and one.interval is None and "model –;" in one.said


def test_without_tolerance_or_interval_a_strip_can_still_be_drawn(made: Maker) -> None:
    one = strip(made(), published=2.0, tolerance=0.0, model=2.0, low=2.0, high=2.0)
    assert one.band[1] == 0 and one.interval is None and one.model == one.published


def test_every_assumption_is_marked_in_the_one_table_of_numbers(plain: Results) -> None:
    table = facts(plain)
    assert len(table.rows) == len(plain.scenario.facts)
    grade = table.head.index("Grade")
    for fact, row in zip(plain.scenario.facts, table.rows, strict=True):
        assert row[0].text == fact.path and row[grade].text == fact.grade
        assert (row[grade].below == "assumption") == (fact.grade == "D")


def test_a_citation_names_program_version_scenario_run_seed_and_date(made: Maker) -> None:
    results = made(manifest={"versions": {"service-pathways": "9.8.7"}})
    said = citing.citation(results)
    for part in ("2026", "version 9.8.7", results.manifest["title"], results.run_code, "seed 20150410", "2026-11-22"):
        assert part in said
    assert NOT_COMPARABLE not in said and ", with " not in said


def test_a_changed_or_quick_run_is_cited_as_one(made: Maker) -> None:
    results = made(manifest={"quick": True, "applied": ["sceptic"]})
    for said in (citing.citation(results), citing.bibtex(results)):
        assert NOT_COMPARABLE in said and "with sceptic" in said


def test_bibtex_stays_one_entry_whatever_the_title_holds(made: Maker) -> None:
    title = "50% of {A} & B_C #1 \\end } ~ ^ $"
    entry = citing.bibtex(made(manifest={"title": title}))
    bare = re.sub(r"\\textbackslash\{\}|\\text\w+\{\}|\\[{}%&#_$]", "", entry)
    assert bare.count("{") == bare.count("}") and not set("%&#$~^\\") & set(bare)
    assert entry.startswith("@software{service-pathways-") and entry.endswith("\n}")


def test_the_number_to_check_is_the_mean_of_its_replications(real: Results) -> None:
    said = citing.check_one(real)
    found = re.search(
        r"basis (\w+), pathway (\w+), measure (\w+), by all. Its mean, ([\d.,]+), is that of the (\d+)", said
    )
    assert found
    basis, pathway, measure, mean, number = found.groups()
    table = pd.read_csv(real.folder / "replications.csv", keep_default_na=False)
    rows = table[(table["basis"] == basis) & (table["pathway"] == pathway) & (table["measure"] == measure)]
    assert len(rows) == int(number)
    assert rows["value"].astype(float).mean() == pytest.approx(float(mean.replace(",", "")), rel=1e-8)


def test_what_it_is_not_for_stands_in_how_it_was_run_and_at_the_foot(plain: Results, plain_page: str) -> None:
    page = plain_page
    section = page.split('<section id="run"')[1].split("</section>")[0]
    for part in (section, page.split("<footer>")[1]):
        assert "Not suitable for decisions about a named person" in part and plain.run_code in part


def test_hostile_titles_stay_text_in_what_is_copied(made: Maker) -> None:
    def edit(data: Data) -> None:
        data["title"] = "</code></pre><script>alert(1)</script>"

    assert "<script>alert(1)" not in render(made(edit=edit))
