"""The packed tables hold every number of the results once, and print it as the rest of the page does."""

from __future__ import annotations

import base64
import gzip
import json
import math
from collections.abc import Mapping
from typing import Any

import pandas as pd
import pytest

from sim.measures.definitions import DEFINITIONS
from sim.reporting import measure_rows
from sim.reporting.measure_rows import Packed
from sim.reporting.results import Results
from sim.reporting.tables import estimate

from .conftest import Maker
from .folders import FINDINGS
from .test_report import HOSTILE, hostile
from .test_sentences import plain_network

Row = dict[str, Any]


def unpacked(packed: Packed | None) -> Any:
    assert packed
    return json.loads(gzip.decompress(base64.b64decode(packed.data)))


def rows(packed: Packed | None) -> list[Row]:
    """Each row with the columns of its CSV."""
    told = unpacked(packed)
    found: list[Row] = [{end: told[end][at] for end in ("mean", "low", "high")} for at in range(len(told["mean"]))]
    for column in told["columns"]:
        for at, row in zip(column["at"], found, strict=True):
            row |= dict(zip(column["csv"], column["levels"][at][1], strict=True))
    return found


def changed_by_basis(row: Mapping[Any, Any]) -> bool:
    return "local" in (row["pathway"], row.get("against"))


def test_every_number_of_the_summary_stands_once_unrounded(plain: Results) -> None:
    found = rows(measure_rows.values(plain))
    keys = ["basis", "pathway", "measure", "by", "group", "part"]
    at = {tuple(row[key] for key in keys): row["mean"] for row in found}
    assert len(at) == len(found)
    for row in plain.summary.to_dict("records"):
        basis = row["basis"] if changed_by_basis(row) else "every_basis"
        if row["basis"] == "as_specified" or changed_by_basis(row):
            assert at.pop((basis, *(row[key] for key in keys[1:]))) == row["mean"]
    assert not at


def test_every_difference_stands_once_but_none_between_single_citizens(plain: Results) -> None:
    found = rows(measure_rows.differences(plain))
    table = plain.comparison
    pairs = table["measure"].map(lambda measure: DEFINITIONS[measure].per == "pair")
    kept = table[~pairs & ((table["basis"] == "as_specified") | (table["pathway"] == "local"))]
    assert pairs.any() and len(found) == len(kept)
    assert sorted(row["mean"] for row in found) == sorted(kept["mean"])


def test_a_difference_clear_but_for_its_size_is_shown_as_such_and_saved_as_the_verdict_it_has(made: Maker) -> None:
    perhaps = (5.0, 1.0, 9.0, "no_clear_difference")
    told = unpacked(measure_rows.differences(made(findings={**FINDINGS, ("as_specified", "days_in_need"): perhaps})))
    (verdicts,) = [column for column in told["columns"] if column["head"] == "Verdict"]
    assert ["longer (may not matter)", ["no_clear_difference"]] in verdicts["levels"]


def test_money_carries_its_price_year_and_nothing_else_does(plain: Results) -> None:
    for row in rows(measure_rows.values(plain)):
        assert (row["price_year"] == "2024-25") == row["unit"].startswith("GBP")


def printed(told: Any, row: int) -> str:
    """A mean as the page's script prints it."""
    unit = told["units"][told["unit"][row]]
    places = told["places"][row]
    value = round(told["mean"][row] * (100 if unit["share"] else 1), places) + 0.0
    text = f"{abs(value):,.{2 if unit['pounds'] and places > 0 else max(0, places)}f}"
    return ("−" if value < 0 else "+" if told["signed"] and value > 0 else "") + text


@pytest.mark.parametrize("name", ["values", "differences"])
def test_numbers_are_rounded_as_in_every_other_table(real: Results, name: str) -> None:
    packed = measure_rows.values(real) if name == "values" else measure_rows.differences(real)
    told, compared = unpacked(packed), 0
    for at, row in enumerate(rows(packed)):
        if str(at) not in told["printed"]:
            known = {what: math.nan if value is None else value for what, value in row.items()}  # few such people
            shown = estimate(pd.Series(known), signed=name == "differences").text
            assert printed(told, at) == shown, row
            compared += 1
    assert compared > 100


def test_years_that_never_come_are_never(made: Maker) -> None:
    results = made()
    table = results.comparison
    table.loc[table["unit"] == "years", ["mean", "high"]] = float("inf")
    told = unpacked(measure_rows.differences(results))
    assert ["never", "3.1", "never"] in told["printed"].values()
    assert "inf" in told["mean"]


def test_what_is_missing_is_left_out(made: Maker) -> None:
    results = made()
    before = len(rows(measure_rows.values(results)))
    results.summary.loc[results.summary["measure"] == "days_to_help", "mean"] = float("nan")
    after = rows(measure_rows.values(results))
    assert len(after) < before and not any(row["measure"] == "days_to_help" for row in after)


def test_a_plain_network_has_values_and_no_table_of_nothing(made: Maker) -> None:
    results = made(edit=plain_network, checks_pass=())
    assert {row["basis"] for row in rows(measure_rows.values(results))} == {"as_specified"}
    empty = results.comparison.iloc[:0]
    assert measure_rows.differences(Results(**{**vars(results), "comparison": empty})) is None


def test_hostile_text_is_packed_out_of_the_page_s_sight(made: Maker) -> None:
    packed = measure_rows.values(made(edit=hostile))
    assert packed and set(packed.data) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=")
    assert any("alert(1)" in level for column in unpacked(packed)["columns"] for level, _ in column["levels"])
    assert HOSTILE not in packed.data


def test_the_same_results_are_packed_the_same(plain: Results) -> None:
    assert measure_rows.values(plain) == measure_rows.values(plain)
