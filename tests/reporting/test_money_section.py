"""Money from payer to receiver is what the measures say is spent; refusing is split as the measures split it."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd
import pytest

from sim.reporting.money_flows import TALLEST, balance, drawings, money_flows, told
from sim.reporting.money_section import money, refused
from sim.reporting.report import render
from sim.reporting.results import Results

from .conftest import Maker
from .folders import Data
from .test_sentences import plain_network


def row(measure: str, mean: float, half: float = 1.0) -> pd.Series:
    return pd.Series({"measure": measure, "unit": "GBP", "mean": mean, "low": mean - half, "high": mean + half})


def test_the_flows_of_a_year_are_the_spend_of_a_year_and_the_crises(real: Results) -> None:
    for basis, pathway in real.arms:
        flows = money_flows(real, basis, pathway)
        spend = real.overall(basis, pathway, "spend_a_year")
        service = sum(flow.gbp for flow in flows if flow.kind == "service")
        assert service == pytest.approx(0.0 if spend is None else float(spend["mean"]), rel=1e-6)
        assert sum(flow.gbp for flow in flows if flow.kind == "crisis") > 0


def test_what_is_paid_is_received_and_both_sides_are_named(plain: Results) -> None:
    said = told("local", money_flows(plain, "as_specified", "local"))
    assert said == (
        "With ‘local’, a year's money comes from council (£2.59m); it goes to provider (£2.59m). "
        "What is paid and what is received, £2.59m, balance to the penny."
    )


def test_an_account_that_does_not_balance_would_be_said() -> None:
    assert "balance to the penny" in balance(1000.0, 1000.004)
    assert balance(1000.0, 999.0) == "What is paid (£1,000) and what is received (£999) DO NOT BALANCE."


def test_bands_are_as_tall_as_their_money_on_one_scale(real: Results) -> None:
    found = drawings(real, "as_specified")
    totals = {name: sum(flow.gbp for flow in money_flows(real, "as_specified", name)) for name in real.pathways}
    assert [drawing.title for drawing in found] == [name.replace("_", " ") for name in real.pathways]
    for drawing, total in zip(found, totals.values(), strict=True):
        assert str(drawing.bands).count("<path") == len(
            money_flows(real, "as_specified", drawing.title.replace(" ", "_"))
        )
        tall = 0.0
        for shape in re.findall(r'd="([^"]*)"', str(drawing.bands)):
            points = [tuple(map(float, point.split(","))) for point in re.findall(r"[\d.]+,[\d.]+", shape)]
            tall += max(y for x, y in points if x == 0) - min(y for x, y in points if x == 0)
        assert tall == pytest.approx(TALLEST * total / max(totals.values()), abs=2.5)


def test_names_have_room_for_their_words_and_do_not_overlap(real: Results) -> None:
    for drawing in drawings(real, "as_specified"):
        for column in (drawing.payers, drawing.receivers):
            feet = [0.0, *(one.down + one.room for one in column)]
            assert all(one.down >= foot for one, foot in zip(column, feet, strict=False))
            assert all(one.room >= 17 * (1 + len(one.lines)) for one in column) and feet[-1] <= drawing.height


def test_refusing_is_split_and_nothing_spent_is_said_to_be_nothing() -> None:
    whole, rightly, wrongly = row("w", 536.4, 40.0), row("r", 64.2, 4.0), row("x", 472.2, 38.0)
    assert refused("local", rightly, wrongly, whole) == (
        "With ‘local’, £536 a citizen (£500 to £580) went on approaches that ended in a refusal, £64 of it on citizens "
        "refused rightly and £472 on citizens refused wrongly."
    )
    none = row("n", 0.0, 0.0)
    assert refused("local", none, none, none) == (
        "With ‘local’, nothing was spent on approaches that ended in a refusal."
    )


def test_a_real_run_splits_all_of_what_refusing_cost(real: Results) -> None:
    for basis, pathway in real.arms:
        found = [real.overall(basis, pathway, f"cost_of_refusing{of}") for of in ("", "_rightly", "_wrongly")]
        whole, *parts = (float(one["mean"]) for one in found if one is not None)
        assert sum(parts) == pytest.approx(whole, abs=1e-6)


def test_the_cashable_part_of_a_bar_is_that_of_the_cost(plain: Results) -> None:
    section = money(plain)
    assert section is not None
    bars = section.more["cashable"].bars  # type: ignore[attr-defined]
    whole, part = (plain.overall("as_specified", "local", name) for name in ("public_cost", "cashable_cost"))
    assert whole is not None and part is not None
    (local, _) = (bar for bar in bars if bar.name == "local")
    (cashable, _), (rest, _) = local.parts
    assert cashable / (cashable + rest) == pytest.approx(float(part["mean"]) / float(whole["mean"]))


def test_nothing_priced_has_no_such_section(made: Maker) -> None:
    assert money(made(edit=plain_network)) is None


def test_hostile_names_of_payers_and_receivers_show_as_text(plain: Results) -> None:
    hostile = "<script>alert(1)</script>" + "w" * 60
    ledger = plain.ledger.assign(payer=hostile, receiver=hostile)
    page = render(replace(plain, ledger=ledger))
    assert "<script>alert" not in page and "&lt;script&gt;alert(1)" in page


def test_no_ledger_draws_no_flows(made: Maker) -> None:
    def free(data: Data) -> None:
        data["price_year"] = "2024-25"

    results = made(edit=free)
    assert drawings(replace(results, ledger=results.ledger.iloc[:0]), "as_specified") == []
