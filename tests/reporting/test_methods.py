"""The methods page: every item of the guidelines, filled from the run or visibly open, and the log of assumptions."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest

from sim.reporting import methods
from sim.reporting.methods_answers import answers
from sim.reporting.methods_items import AQUA, CHEERS, GUIDELINES, OPEN, STRESS, Guideline
from sim.reporting.methods_wording import ANSWERS, FILLED, NOT_FILLED, PARTLY
from sim.reporting.quotes import quotes
from sim.reporting.results import Results

from .conftest import Maker
from .study_made import write_study

GUIDES = pytest.mark.parametrize("guide", GUIDELINES, ids=[one.id for one in GUIDELINES])


def page(results: Results) -> str:
    return unescape(methods.render(results, quotes(results)))


def filled(results: Results, guide: Guideline) -> dict[str, methods.Filled]:
    known = answers(results, quotes(results))
    return {f"{item.number} {item.name}": methods.fill(item, known) for item in guide.items}


def test_the_items_are_those_of_the_guidelines() -> None:
    numbers = [item.number for item in STRESS.items]
    assert numbers[:3] == ["1.1", "1.2", "1.3"] and len(numbers) == len(set(numbers)) == 24
    assert {number[0] for number in numbers} == set("123456")
    assert [item.number for item in CHEERS.items] == [str(number) for number in range(1, 29)]
    rigour = [item.name for item in AQUA.items if item.number == "RIGOUR"]
    assert "".join(name[0] for name in rigour) == "RIGOUR"


@GUIDES
def test_every_answer_named_by_an_item_is_known_and_none_is_spare(guide: Guideline) -> None:
    named = {name for item in guide.items for name in item.answers}
    assert {name for name in named if not name.startswith(OPEN)} <= set(ANSWERS)


def test_no_answer_is_spare() -> None:
    named = {name for guide in GUIDELINES for item in guide.items for name in item.answers}
    assert set(ANSWERS) - named <= {"entities_plain"}


@GUIDES
def test_every_item_is_filled_or_says_that_it_is_open(plain: Results, delays: Results, guide: Guideline) -> None:
    for results in (plain, delays):
        for name, one in filled(results, guide).items():
            assert one.answers or one.open, name
            assert all("nobody has filled this" in gap for gap in one.open)
            assert all(answer and "{" not in answer and "None" not in answer for answer in one.answers), name


def test_what_only_people_can_say_is_open(plain: Results) -> None:
    aqua, cheers = filled(plain, AQUA), filled(plain, CHEERS)
    assert {aqua[name].state for name in ("Roles Commissioner", "Delivery Sign-off")} == {NOT_FILLED}
    assert cheers["27 Source of funding"].state == NOT_FILLED
    assert cheers["10 Discount rate"].state == PARTLY


def test_ranges_that_were_not_run_are_a_gap(plain: Results) -> None:
    for guide, name in (
        (AQUA, "Analysis Uncertainty"),
        (CHEERS, "20 Uncertainty"),
        (CHEERS, "24 Effect of uncertainty"),
    ):
        one = filled(plain, guide)[name]
        assert one.state != FILLED and "plausible ranges" in " ".join(one.open)


def test_figures_come_from_the_run(made: Maker) -> None:
    told = page(made(manifest={"seed": 4711, "replications": 77, "seconds": 123.0}))
    assert "seed (4711)" in told and "77 replications" in told and "123 seconds" in told


def test_verification_is_open_until_verify_was_run(made: Maker) -> None:
    results = made()
    assert filled(results, AQUA)["Analysis Verification"].state == PARTLY
    dossier = {"verdicts": {"pass": 12, "fail": 1, "not_applicable": 3}}
    (results.folder / "verify.json").write_text(json.dumps(dossier), encoding="utf-8")
    one = filled(results, AQUA)["Analysis Verification"]
    assert one.state == FILLED and "12 pass, 1 fail, 3 not applicable" in " ".join(one.answers)
    (results.folder / "verify.json").write_text("[1]", encoding="utf-8")
    assert filled(results, AQUA)["Analysis Verification"].state == PARTLY


def test_the_log_has_every_assumption_and_nothing_else(plain: Results) -> None:
    assumed = {fact.path for fact in plain.scenario.facts if fact.grade == "D"}
    rows = methods.log(plain).rows
    assert {row[0].text for row in rows} == assumed and len(rows) == len(assumed)
    why = {row[0].text: row[5].text for row in rows}
    assert why["crisis.gbp_per_day"] == "open: no reason is given"


def test_a_plain_network_says_what_does_not_apply(delays: Results) -> None:
    told = page(delays)
    assert "nothing in this scenario has a price" in told and "has no need levels" in told
    assert "recover" not in told.partition('id="log"')[0].partition('id="stress"')[2].partition('id="aqua"')[0]


def test_the_pathways_stand_in_words(plain: Results) -> None:
    told = page(plain)
    for name in plain.compared:
        assert f"THE PATHWAY {name.upper()}" in told
    assert not re.search(r"<script", told)


def test_the_log_says_where_shares_of_uncertainty_stand_once_they_are_known(made: Maker) -> None:
    results = made()
    assert "is not known until plausible ranges have been run" in page(results)
    write_study(results.folder)
    told = page(results)
    assert "stands in report.html and drivers.csv" in told and "is not known until" not in told
