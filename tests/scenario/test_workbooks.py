"""The table of inputs as a workbook: written, edited as a spreadsheet would, read back."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from sim.errors import ScenarioError
from sim.scenario.inputs import COLUMNS, inputs_workbook, with_inputs
from sim.scenario.scenario import Scenario
from tests.scenario.files import edited, village

ADULTS = "place.adults"


@pytest.fixture
def scenario() -> Scenario:
    return Scenario.from_data("village", edited(village(), ("arrivals.per_1000_adults_a_year.note", "=1+1")))


def changed(scenario: Scenario, folder: Path, path: str, value: object) -> Path:
    """The workbook with another value of the number at a path, saved by openpyxl."""
    book = load_workbook(io.BytesIO(inputs_workbook(scenario)))
    row = next(row for row in book.active.iter_rows() if row[0].value == path)
    row[COLUMNS.index("value")].value = value
    book.save(folder / "mine.xlsx")
    return folder / "mine.xlsx"


def test_numbers_are_numbers_and_texts_are_texts(scenario: Scenario) -> None:
    book = load_workbook(io.BytesIO(inputs_workbook(scenario)))
    head, *rows = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert head == list(COLUMNS) and [row[0] for row in rows] == [fact.path for fact in scenario.facts]
    row = next(row for row in rows if row[0] == "crisis.gbp_per_entry")
    assert row[3:6] == [700, 400, 1000]
    cell = next(cell for row in book.active.iter_rows() for cell in row if cell.value == "=1+1")
    assert cell.data_type == "s"  # no formula


def test_a_workbook_is_read_back_as_it_was(scenario: Scenario, tmp_path: Path) -> None:
    file = tmp_path / "mine.xlsx"
    file.write_bytes(inputs_workbook(scenario))
    assert with_inputs(scenario, file).settings == {}


def test_a_number_edited_in_a_workbook_is_taken(scenario: Scenario, tmp_path: Path) -> None:
    found = with_inputs(scenario, changed(scenario, tmp_path, ADULTS, 9000.0))
    assert found.place.adults == 9000 and found.settings == {ADULTS: "9000"}


@pytest.mark.parametrize("name", ["mine.csv", "mine.XLSX", "mine"])
def test_a_workbook_is_known_by_what_it_holds_not_by_its_name(scenario: Scenario, tmp_path: Path, name: str) -> None:
    file = changed(scenario, tmp_path, ADULTS, 9000.0).rename(tmp_path / name)
    assert with_inputs(scenario, file).place.adults == 9000


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("9.000,5", "value '9.000,5' is not a plain number; write 9000.5"),
        ("=A1*2", "holds a formula without its result; write the number itself"),
        (-3, "-3 is not allowed; expected above 0 [people]"),
        (True, "'True' is not a plain number"),
    ],
)
def test_what_may_not_stand_is_refused_by_row(scenario: Scenario, tmp_path: Path, value: object, said: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        with_inputs(scenario, changed(scenario, tmp_path, ADULTS, value))
    number = 2 + [fact.path for fact in scenario.facts].index(ADULTS)
    assert any(f"row {number}" in line and said in line for line in str(refused.value).splitlines())


@pytest.mark.parametrize("end", [0.1, 0.5, 0.9, 0.99])
def test_a_workbook_cut_short_is_refused(scenario: Scenario, tmp_path: Path, end: float) -> None:
    file, whole = tmp_path / "cut.xlsx", inputs_workbook(scenario)
    file.write_bytes(whole[: int(end * len(whole))])
    with pytest.raises(ScenarioError, match=r"is not a workbook that can be read"):
        with_inputs(scenario, file)
