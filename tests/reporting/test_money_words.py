"""Money in words and tables: what is cashable, discounted, borne by whom, paid once and back; help held strictly."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from sim.reporting import captions
from sim.reporting.amounts import years
from sim.reporting.console import comparison
from sim.reporting.costs import cost_tables
from sim.reporting.explain import explained
from sim.reporting.paragraphs import one_line
from sim.reporting.results import Results
from sim.reporting.sentences import answer, counted_strictly
from sim.reporting.tables import Table
from sim.scenario.scenario import Scenario
from tests.scenario.files import edited, village


def with_row(results: Results, measure: str, **values: str | float) -> Results:
    """The results with other values in the rows of one difference from the first pathway, as specified."""
    table = results.comparison.copy()
    rows = (table["measure"] == measure) & (table["basis"] == "as_specified") & (table["against"] == "outsourced")
    for column, value in values.items():
        table.loc[rows, column] = value
    return replace(results, comparison=table)


def told(results: Results) -> str:
    return " ".join(captions.costs(results))


def rows_of(tables: list[Table], caption: str) -> dict[str, list[str]]:
    (table,) = (one for one in tables if one.caption.startswith(caption))
    return {" ".join(cell.text for cell in row[:-3]): [cell.text for cell in row[-3:]] for row in table.rows}


Finding = dict[str, str | float]

PAID_BACK: Finding = {"mean": 4.2, "low": 3.1, "high": 5.3, "verdict": "pays_back"}
PERHAPS: Finding = {"mean": 4.2, "low": 3.1, "high": math.inf, "verdict": "may_never_pay_back"}
NEVER: Finding = {"mean": math.inf, "low": math.inf, "high": math.inf, "verdict": "never_pays_back"}
NOTHING: Finding = {"mean": 0.0, "low": 0.0, "high": 0.0, "verdict": "nothing_to_pay_back"}


@pytest.mark.parametrize(
    ("found", "cash", "said"),
    [
        (PAID_BACK, PAID_BACK, "its lower cost a year pays back in 4.2 years (3.1 to 5.3)."),
        (PAID_BACK, NEVER, "pays back in 4.2 years (3.1 to 5.3); counting only what is cashable, never."),
        (PAID_BACK, PERHAPS, "(3.1 to 5.3); counting only what is cashable, it may never be."),
        (PERHAPS, PAID_BACK, "may never be paid back: it is not clear that service and contract cost less a year; "
                             "counting only what is cashable, 4.2 years (3.1 to 5.3)."),
        (NEVER, NEVER, "is never paid back: service and contract cost no less a year."),
        (NOTHING, NOTHING, "With ‘local’ there is nothing to pay back: no more is paid at once than with ‘outsourced’"),
    ],
)  # fmt: skip
def test_whether_it_is_ever_paid_back_is_plainly_said(plain: Results, found: Finding, cash: Finding, said: str) -> None:
    results = with_row(with_row(plain, "payback_years", **found), "cashable_payback_years", **cash)
    assert said in told(results)
    assert said in one_line(comparison(results)).replace("\\n", " ")


def test_years_that_may_never_end_are_printed_as_never(plain: Results) -> None:
    shown = rows_of(cost_tables(with_row(plain, "payback_years", **PERHAPS)), "Paid once")
    assert shown["payback years years"] == ["–", "4.2", "–"]
    never = cost_tables(with_row(plain, "payback_years", **NEVER))
    assert rows_of(never, "Paid once")["payback years years"] == ["–", "never", "–"]
    (table,) = (one for one in never if one.caption.startswith("Paid once"))
    assert [cell.flag for row in table.rows for cell in row if cell.text == "never"] == ["never pays back"]


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (0.01, "under 0.1"), (0.14, "0.1"), (1.0, "1.0"), (12.34, "12.3"), (math.inf, "never")],
)
def test_years_are_told_to_a_tenth(value: float, text: str) -> None:
    assert years(value) == text


def test_money_is_told_with_its_price_year(plain: Results) -> None:
    for sentence in captions.costs(plain):
        assert ("£" not in sentence) or "(2024-25 prices)" in sentence
    assert all("2024-25 prices" in table.caption for table in cost_tables(plain))
    assert "Discounted at 3.5% a year from the day the need arose" in told(plain)


def test_the_tables_of_cost_hold_each_payer_and_what_is_cashable_on_each_basis(plain: Results) -> None:
    tables = cost_tables(plain)
    for basis in ("as specified", "for the same spend"):
        assert list(rows_of(tables, f"Economic and cashable cost, {basis}"))[-3:] == [
            "all", "all, cashable", "all, discounted",
        ]  # fmt: skip
        payers = rows_of(tables, f"Cost by payer, {basis}")
        assert {"council all", "nhs all", "council all, cashable"} <= set(payers)


def test_a_real_run_adds_up_in_its_tables(real: Results) -> None:
    """By payer and in all, as printed: the council's part and the other's make the whole, to the rounding."""
    for pathway in real.pathways:
        whole = real.overall("as_specified", pathway, "public_cost")
        parts = [real.overall("as_specified", pathway, "cost_to_payer", payer) for payer in ("council", "nhs")]
        assert whole is not None and all(part is not None for part in parts)
        assert sum(float(part["mean"]) for part in parts if part is not None) == pytest.approx(float(whole["mean"]))
    assert "never paid back" in told(real) or "pays back" in told(real) or "may never" in told(real)


@pytest.mark.parametrize(
    ("strict", "said"),
    [
        ({"as_specified": "stands", "equal_spend": "stands"}, "the time in need before right help stands."),
        ({"as_specified": "stands"}, "the time in need before right help stands as specified."),
        (
            {"as_specified": "does not stand: no_clear_difference", "equal_spend": "stands"},
            "right help does not stand as specified: no clear difference; stands for the same spend.",
        ),
        (
            {"as_specified": "does not stand: later_or_more", "equal_spend": "does not stand: later_or_more"},
            "the time in need before right help does not stand: longer.",
        ),
        ({}, ""),
    ],
)
def test_whether_the_verdict_stands_where_a_chat_is_no_help_is_said_in_the_answer(
    plain: Results, strict: dict[str, str], said: str
) -> None:
    table = plain.comparison.copy()
    for basis, text in strict.items():
        rows = (table["measure"] == "days_to_help") & (table["basis"] == basis) & (table["against"] == "outsourced")
        table.loc[rows, "strict"] = text
    results = replace(plain, comparison=table)
    (sentence,) = counted_strictly(results, "local", "outsourced") or [""]
    assert sentence.endswith(said) and (sentence in answer(results).sentences or not strict)
    assert bool(sentence) == bool(strict)


def test_a_scenario_is_explained_with_what_is_cashable_bought_and_paid_once() -> None:
    outsourced, local = "pathways.outsourced", "pathways.local"
    data = edited(
        village(),
        ("changes", {}),
        ("crisis.cashable", 0.25),
        ("discount_rate", 0.02),
        ("run.weeks", {"warm_up": 1, "cohort": 1, "follow_up": 53}),
        (f"{outsourced}.teams.package_workers.gbp_per_worked_hour", 0),
        (f"{outsourced}.stages.package.fee_gbp", 600),
        (f"{outsourced}.stages.package.fee_cashable", 0.9),
        (f"{outsourced}.teams.call_handlers.gbp_per_worked_hour", 0),
        (f"{outsourced}.contract.monitoring.cashable", 0),
        (f"{local}.teams.workers.cashable", 0.4),
    )
    said = one_line(explained(Scenario.from_data("village", data))).replace("\\n", " ")
    said = " ".join(said.split())
    for words in (
        "Each visit is bought for 600 GBP, 90% of it cashable.",
        "bought: paid by the fee of each visit, not by the hour",
        "costs nothing: no price is given",
        "monitoring: 10,000 GBP a year, paid to council, none of it cashable.",
        "busy or not, 40% of it cashable",
        "set up: 60,000 GBP, paid to local organisations.",
        "double running: 30,000 GBP, paid to contractor, 50% of it cashable.",
        "25% of it is cashable.",
        "discounted, at 2% a year from the day the need arises.",
    ):
        assert words in said, words
    plain = Scenario.from_data("village", edited(village(), ("run.weeks.follow_up", 52)))
    assert "discounted" not in explained(plain)
