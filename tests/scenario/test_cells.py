"""Cells of tables: nothing that a spreadsheet runs or a terminal obeys, and every text comes back as it was."""

from __future__ import annotations

import csv
import io
import unicodedata

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sim.experiments.folders import csv_text
from sim.scenario.cells import protected, unprotected

HARMFUL = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
awkward = st.text(alphabet="=+-@'\\u01bU 9.eE\t\r\n\x1b\x00\x7f\u202e\u2028\ufeff\U000e0001a,\"＝", max_size=12)


@given(st.one_of(awkward, st.text()))
@example("=1+1")
@example("'=1+1")
@example("''=1+1")
@example("\\u001b")
@example("\\\\u001b")
@example("\\U0000001b")
@example("\\uffff\x1b")
@example("\x1b]8;;http://x\x07")
def test_every_text_comes_back_as_it_was(text: str) -> None:
    assert unprotected(protected(text)) == text


@given(awkward)
def test_no_text_can_be_taken_for_a_formula_or_a_command(text: str) -> None:
    cell = protected(text)
    assert not any(unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp") for sign in cell)
    assert not cell.startswith(HARMFUL) or all(float(part) is not None for part in cell.split(" "))


@pytest.mark.parametrize("number", ["-3.2", "+4", "-1e-05", "-3.2 4.1 -5", -3.2, -7])
def test_numbers_stay_numbers(number: object) -> None:
    assert protected(number) == str(number)


@pytest.mark.parametrize("formula", ["-3.2+cmd|' /C calc'!A0", "-a", "+1 2 x", "@SUM(1)", "=1", "-", "- 3", "-1-1"])
def test_what_only_begins_like_a_number_is_no_number(formula: str) -> None:
    assert protected(formula) == f"'{formula}"


def test_a_table_has_its_texts_protected_and_its_numbers_as_they_are() -> None:
    table = pd.DataFrame(
        {
            "=name": ["=1+1", "b", "@x"],
            "number": [-3.25, np.nan, 1.0],
            "is_so": [True, False, True],
            "count": [-1, 2, 3],
        }
    )
    table["odd"] = pd.Series(["-x", None, -2.5], dtype="object")
    rows = list(csv.reader(io.StringIO(csv_text(table))))
    assert rows == [
        ["'=name", "number", "is_so", "count", "odd"],
        ["'=1+1", "-3.25", "True", "-1", "'-x"],
        ["b", "", "False", "2", ""],
        ["'@x", "1", "True", "3", "-2.5"],
    ]
