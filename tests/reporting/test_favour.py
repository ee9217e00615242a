"""Whom results favour on each basis, in words whichever way it comes out, and what survives a variant."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from sim.reporting import favour, variants
from sim.reporting.results import Results, read_results
from sim.reporting.sentences import answer

from .folders import FINDINGS, Finding, Made, write_folder

Findings = dict[tuple[str, str], Finding]
LESS, MORE = (-30.0, -40.0, -20.0, "sooner_or_less"), (30.0, 20.0, 40.0, "later_or_more")
UNCLEAR, SAME = (5.0, -5.0, 15.0, "no_clear_difference"), (0.5, -2.0, 3.0, "no_difference_that_matters")
PERHAPS = (5.0, 1.0, 9.0, "no_clear_difference")
UNSTEADY = (-30.0, -40.0, -20.0, "unsteady")
NOT_JUDGED = (-3.0, -7.0, -1.0, "not_judged")


def findings(basis: str, help_: Finding, need: Finding, cost: Finding) -> dict[tuple[str, str], Finding]:
    return {(basis, "days_to_help"): help_, (basis, "days_in_need"): need, (basis, "public_cost"): cost}


def results(
    folder: Path, *found: dict[tuple[str, str], Finding], **variants_: dict[tuple[str, str], Finding]
) -> Results:
    told = dict(FINDINGS)
    for one in found:
        told |= one
    bases = list(dict.fromkeys(basis for one in found for basis, _ in one))

    def edit(data: dict[str, object]) -> None:
        data["bases"] = bases

    kept = {key: value for key, value in told.items() if key[0] in bases}
    return read_results(write_folder(folder, Made(kept, edit=edit, variants=variants_)))


@pytest.mark.parametrize(
    ("basis", "found", "favours", "words"),
    [
        ("as_specified", (LESS, LESS, LESS), "pathway", "sooner for less money"),
        ("as_specified", (MORE, MORE, MORE), "against", "later for more money"),
        ("as_specified", (LESS, LESS, MORE), "trade_off", "sooner for more money"),
        ("as_specified", (LESS, LESS, SAME), "pathway", "sooner for about the same money"),
        ("as_specified", (LESS, MORE, SAME), "trade_off",
         "helped sooner, in need for longer for about the same money"),
        ("as_specified", (UNCLEAR, UNCLEAR, UNCLEAR), "neither",
         "no clear difference in time at a cost not clearly different"),
        ("as_specified", (SAME, SAME, SAME), "neither",
         "no difference in time that matters for about the same money"),
        ("as_specified", (SAME, LESS, MORE), "trade_off", "helped as soon, in need for less time for more money"),
        ("equal_spend", (LESS, LESS, NOT_JUDGED), "pathway", "sooner for the same money"),
        ("equal_spend", (MORE, MORE, NOT_JUDGED), "against", "later for the same money"),
        ("equal_spend", (UNCLEAR, SAME, NOT_JUDGED), "neither",
         "helped not clearly sooner or later, in need as long for the same money"),
        ("equal_help", (MORE, NOT_JUDGED, LESS), "pathway", "in need as long for less money, helped later"),
        ("equal_help", (LESS, NOT_JUDGED, MORE), "against", "in need as long for more money, helped sooner"),
        ("equal_help", (LESS, NOT_JUDGED, UNCLEAR), "neither",
         "in need as long at a cost not clearly different, helped sooner"),
        ("as_specified", (LESS, LESS, PERHAPS), "pathway", "sooner for more money (may not matter)"),
        ("as_specified", (PERHAPS, PERHAPS, LESS), "pathway", "later (may not matter) for less money"),
        ("as_specified", (PERHAPS, UNCLEAR, UNCLEAR), "neither",
         "helped later (may not matter), in need not clearly longer or shorter at a cost not clearly different"),
        ("as_specified", (LESS, UNSTEADY, LESS), "unsteady", "no steady verdict"),
    ],
)  # fmt: skip
def test_a_basis_is_told_whichever_way_it_comes_out(
    tmp_path: Path, basis: str, found: tuple[Finding, Finding, Finding], favours: str, words: str
) -> None:
    (told,) = favour.verdicts(results(tmp_path, findings(basis, *found)), "local")
    assert (told.favours, told.words) == (favours, words)


@pytest.mark.parametrize(
    ("measure", "found", "words"),
    [
        ("days_in_need", LESS, "in need for less time"),
        ("days_in_need", PERHAPS, "in need for longer (may not matter)"),
        ("days_in_need", SAME, "in need as long"),
        ("days_to_help", LESS, "sooner"),
        ("days_to_help", UNCLEAR, "no clear difference in time"),
    ],
)
def test_sooner_is_said_of_help_alone(tmp_path: Path, measure: str, found: Finding, words: str) -> None:
    """Of the time spent in need by itself nothing is sooner or later."""
    whole = results(tmp_path, findings("as_specified", found, found, found))
    alone = replace(whole, manifest={**whole.manifest, "headlines": [measure]})
    (told,) = favour.verdicts(alone, "local")
    assert told.words == words


BOTH_LESS = (findings("as_specified", LESS, LESS, SAME), findings("equal_spend", LESS, LESS, NOT_JUDGED))


def test_all_bases_together(tmp_path: Path) -> None:
    agreed = results(tmp_path / "a", *BOTH_LESS)
    assert favour.overall(agreed, "local") == "favours local on every basis, local unchecked"
    split = results(tmp_path / "b", BOTH_LESS[0], findings("equal_spend", MORE, MORE, NOT_JUDGED))
    assert favour.overall(split, "local") == "depends on basis, local unchecked"


def test_what_survives_a_variant_and_what_does_not(tmp_path: Path) -> None:
    sceptic = {**findings("as_specified", LESS, LESS, SAME), **findings("equal_spend", MORE, MORE, NOT_JUDGED)}
    null = {**findings("as_specified", LESS, LESS, SAME), **findings("equal_spend", LESS, LESS, NOT_JUDGED)}
    found = results(tmp_path, *BOTH_LESS, sceptic=sceptic, null=null)
    assert favour.survives(found, "local", "sceptic") == "no: for the same spend"
    assert favour.survives(found, "local", "null") == "yes"
    assert favour.survives(found, "local", "advocate") == "not run"
    said = " ".join(variants.said(found))
    assert "changes for the same spend (‘later for the same money’ in place of ‘sooner for the same money’)" in said
    assert "Whom each basis favours stays the same" in said
    table = variants.table(found)
    assert table is not None
    assert [row[0].text for row in table.rows] == ["the file’s own"] * 2 + ["sceptic"] * 2 + ["null"] * 2


def test_a_basis_that_a_variant_cannot_reach_is_named(tmp_path: Path) -> None:
    found = results(tmp_path, *BOTH_LESS, null=findings("as_specified", LESS, LESS, SAME))
    assert favour.survives(found, "local", "null") == "yes (for the same spend out of reach)"
    assert "stays the same (for the same spend out of reach)." in " ".join(variants.said(found))


def test_where_no_basis_favours_either_there_is_nothing_to_survive(tmp_path: Path) -> None:
    plain = findings("as_specified", UNCLEAR, SAME, SAME)
    found = results(tmp_path, plain, sceptic=plain)
    assert favour.survives(found, "local", "sceptic") == "nothing to survive"
    assert "No basis favoured either to begin with" in " ".join(variants.said(found))


def test_a_pathway_with_fewer_checks_than_the_first_is_called_unchecked(tmp_path: Path) -> None:
    found = results(tmp_path, *BOTH_LESS)
    assert favour.is_less_checked(found, "local") and not favour.is_less_checked(found, "outsourced")
    assert any("‘local’ is unchecked" in sentence for sentence in answer(found).sentences)


def test_a_pathway_with_some_checks_but_fewer_is_called_less_checked(tmp_path: Path) -> None:
    found = results(tmp_path, *BOTH_LESS)
    of_first = found.checks[found.checks["pathway"] == "outsourced"]
    assert len(of_first) == 2
    checks = pd.concat([of_first, of_first[:1].assign(pathway="local")])
    fewer = replace(found, checks=checks)
    assert favour.overall(fewer, "local").endswith("local less checked")
    assert any("‘local’ is less checked" in one for one in favour.less_checked_sentences(fewer))
