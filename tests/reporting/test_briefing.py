"""The briefing: three sentences chosen by a rule, what they do not show, and no more than fits one page."""

from __future__ import annotations

import re
from typing import Any

from sim.measures.limits_wording import NOT_SUITABLE_FOR
from sim.reporting import briefing
from sim.reporting.quotes import quotes
from sim.reporting.results import Results

from .conftest import Maker
from .folders import FINDINGS

MOST_WORDS = 640
"""With a picture of 100, so many words fill a page of A4 as its style sets them."""


def page(results: Results) -> str:
    return briefing.render(results, quotes(results))


def text(results: Results) -> str:
    body = re.sub(r"<(style|svg).*?</\1>", " ", page(results), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def measures(results: Results) -> list[tuple[str, str]]:
    return [(one.measure, one.basis) for one in briefing.three(results, quotes(results))]


def test_the_headlines_on_the_first_basis_with_money_second(plain: Results) -> None:
    first = "as_specified"
    assert measures(plain) == [("days_to_help", first), ("public_cost", first), ("days_in_need", first)]


def test_a_basis_that_turns_a_headline_round_takes_the_last_place(made: Maker) -> None:
    turned = {**FINDINGS, ("equal_spend", "days_to_help"): (35.0, 29.0, 41.0, "later_or_more")}
    assert measures(made(findings=turned))[-1] == ("days_to_help", "equal_spend")
    both = {**turned, ("as_specified", "days_to_help"): (35.0, 29.0, 41.0, "later_or_more")}
    assert measures(made(findings=both))[-1] == ("days_in_need", "as_specified")


def test_of_several_pathways_one_sentence_each(made: Maker) -> None:
    def more(data: dict[str, Any]) -> None:
        for name in ("third", "fourth", "fifth"):
            data["pathways"][name] = dict(data["pathways"]["local"])
            data["compare"].append(name)

    results = made(edit=more)
    chosen = briefing.three(results, quotes(results))
    assert [one.pathway for one in chosen] == ["local", "third", "fourth"]
    assert {one.measure for one in chosen} == {"days_to_help"}
    assert "The report compares 1 pathway more." in text(results)


def test_what_it_says_of_itself(plain: Results) -> None:
    told = text(plain)
    assert NOT_SUITABLE_FOR in told and "What it does not show" in told
    assert "Intervals hold simulation noise only" in told
    assert "No published figure stands beside ‘local’." in told
    for one in briefing.three(plain, quotes(plain)):
        assert one.sentence in told and one.code in told
    assert f"quote {briefing.three(plain, quotes(plain))[0].code}" in told


def test_whom_it_favours_with_other_numbers(made: Maker) -> None:
    flipped = {key: (-mean, -high, -low, "later_or_more") for key, (mean, low, high, _) in FINDINGS.items()}
    results = made(variants={"sceptic": flipped, "null": dict(FINDINGS)})
    assert "With other numbers, whom it favours changes (sceptic) and stays the same (null)." in text(results)


def test_a_quick_run_says_so_and_that_nothing_may_be_quoted(made: Maker) -> None:
    told = text(made(manifest={"quick": True}))
    assert "NOT COMPARABLE" in told and "Nothing here may be quoted." in told


def test_however_long_the_words_it_stays_a_page(made: Maker) -> None:
    long = "An endless title that somebody thought of, " * 50
    told = text(made(manifest={"title": long, "question": long}))
    assert len(told.split()) < MOST_WORDS
    style = page(made())
    assert re.search(r"@page { size: A4", style) and re.search(r"\.sheet { height: 2\d\dmm; overflow: hidden", style)


def test_it_needs_no_script_and_no_network(plain: Results) -> None:
    assert "<script" not in page(plain) and not re.search(r'(src|href)="https?:', page(plain))


def test_where_nobody_came_it_says_there_is_nothing_to_quote(nobody: Results) -> None:
    assert "There is nothing to quote" in text(nobody)


def test_of_a_network_without_teams_it_is_still_a_page(delays: Results) -> None:
    told = text(delays)
    assert NOT_SUITABLE_FOR in told and "need" not in told.replace("in need of", "")


def test_a_backlog_is_told_where_it_grows_in_what_the_sentences_are_of(made: Maker) -> None:
    """The three sentences are as specified, of local against outsourced."""

    def told(basis: str, pathway: str) -> bool:
        notice = {"kind": "growing_backlog", "basis": basis, "pathway": pathway, "team": "workers", "text": "grows"}
        return "A backlog was still growing" in text(made(manifest={"notices": [notice]}))

    assert told("as_specified", "local") and told("as_specified", "outsourced")
    assert not told("equal_spend", "local")
