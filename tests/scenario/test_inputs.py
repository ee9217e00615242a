"""The table of inputs: written, edited as a spreadsheet would, read back; what may not be is refused by row."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from sim.errors import ScenarioError
from sim.scenario.inputs import COLUMNS, inputs_table, with_inputs
from sim.scenario.scenario import Scenario, load
from tests.scenario.files import edited, village

Table = list[list[str]]

ADULTS, ARRIVALS, ENTRY = "place.adults", "arrivals.per_1000_adults_a_year", "crisis.gbp_per_entry"


@pytest.fixture(scope="module")
def plain() -> Scenario:
    return Scenario.from_data("village", edited(village(), ("arrivals.per_1000_adults_a_year.note", "2,080 – a year")))


def table_of(scenario: Scenario, **cells: str) -> Table:
    """The table as rows; `cells` are values to write, by path and column as in `place.adults|value`."""
    rows = list(csv.reader(io.StringIO(inputs_table(scenario))))
    for place, text in cells.items():
        path, _, column = place.partition("|")
        next(row for row in rows if row[0] == path)[COLUMNS.index(column)] = text
    return rows


def saved(folder: Path, rows: Table, *, separator: str = ",", encoding: str = "utf-8", end: str = "\n") -> Path:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator=end).writerows(rows)
    file = folder / "x.csv"
    file.write_bytes(text.getvalue().encode(encoding, errors="replace"))
    return file


def number_of(rows: Table, path: str) -> int:
    return next(place for place, row in enumerate(rows, start=1) if row[0] == path)


def refusal(scenario: Scenario, file: Path) -> list[str]:
    with pytest.raises(ScenarioError) as refused:
        with_inputs(scenario, file)
    return str(refused.value).splitlines()


def test_the_table_has_every_number_with_its_meaning_unit_and_evidence(plain: Scenario) -> None:
    head, *rows = table_of(plain)
    assert tuple(head) == COLUMNS
    assert [row[0] for row in rows] == [fact.path for fact in plain.facts]
    found = dict(zip(head, next(row for row in rows if row[0] == ENTRY), strict=True))
    wanted = {"unit": "GBP", "value": "700", "low": "400", "high": "1000", "source": "made-up-costs", "grade": "C"}
    assert found.items() >= wanted.items()
    assert all(row[1] for row in rows)


@pytest.mark.parametrize("name", ["village", "anytown"])
def test_a_table_not_edited_changes_nothing(plain: Scenario, tmp_path: Path, name: str) -> None:
    scenario = plain if name == "village" else load(name)
    assert with_inputs(scenario, saved(tmp_path, table_of(scenario))) is scenario


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "ascii"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_it_survives_what_spreadsheets_do(
    plain: Scenario, tmp_path: Path, encoding: str, separator: str, end: str
) -> None:
    rows = table_of(plain, **{f"{ADULTS}|value": "9000"})
    file = saved(tmp_path, rows, separator=separator, encoding=encoding, end=end)
    changed = with_inputs(plain, file)
    assert changed.settings == {ADULTS: "9000"}
    assert changed.place.adults == 9000


def mixed(rows: Table) -> Table:
    """Rows turned round and some dropped, columns turned round and some dropped, blanks, and a column of one's own."""
    keep = [COLUMNS.index(name) for name in ("note", "value", "path")]
    return [[*(f" {row[place]} " for place in keep), "mine"] for row in (rows[0], *rows[20:0:-1])] + [["", "", "", ""]]


def emptied(rows: Table) -> Table:
    return [rows[0], *([row[0], *[""] * 8] if row[0] != ADULTS else row for row in rows[1:])]


@pytest.mark.parametrize("done", [mixed, emptied])
def test_rows_and_columns_may_be_moved_dropped_or_emptied(
    plain: Scenario, tmp_path: Path, done: Callable[[Table], Table]
) -> None:
    rows = done(table_of(plain, **{f"{ADULTS}|value": "9000"}))
    assert with_inputs(plain, saved(tmp_path, rows)).settings == {ADULTS: "9000"}


def test_a_first_row_that_names_the_separator_is_passed_over(plain: Scenario, tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text("sep=;\npath;value\nplace.adults;9000\n", encoding="utf-8")
    assert with_inputs(plain, file).settings == {ADULTS: "9000"}
    file.write_text("sep=;\npath;value\nplace.adults;many\n", encoding="utf-8")
    assert refusal(plain, file)[0].startswith("x.csv: row 3: place.adults: ")


def test_digits_that_a_spreadsheet_does_not_show_are_no_change(tmp_path: Path) -> None:
    exact = Scenario.from_data("village", edited(village(), (ADULTS, 8000 / 3)))
    rows = table_of(exact, **{f"{ADULTS}|value": "2666.666667"})
    assert with_inputs(exact, saved(tmp_path, rows)) is exact


def test_a_changed_value_loses_its_evidence_and_all_others_keep_theirs(plain: Scenario, tmp_path: Path) -> None:
    changed = with_inputs(plain, saved(tmp_path, table_of(plain, **{f"{ENTRY}|value": "800"})))
    before = {fact.path: fact for fact in plain.facts}
    after = {fact.path: fact for fact in changed.facts}
    assert (after[ENTRY].value, after[ENTRY].source, after[ENTRY].range, after[ENTRY].grade) == (800, None, None, "D")
    assert {path for path in before if before[path] != after[path]} == {ENTRY}


def test_a_row_whose_evidence_is_edited_has_what_it_says(plain: Scenario, tmp_path: Path) -> None:
    edits = {f"{ENTRY}|value": "800", f"{ENTRY}|note": "our audit", f"{ADULTS}|source": "made-up-requests"}
    edits |= {f"{ARRIVALS}|low": "250", f"{ARRIVALS}|high": "270"}
    changed = with_inputs(plain, saved(tmp_path, table_of(plain, **edits)))
    after = {fact.path: fact for fact in changed.facts}
    assert (after[ENTRY].value, after[ENTRY].range, after[ENTRY].note) == (800, (400, 1000), "our audit")
    assert (after[ADULTS].value, after[ADULTS].source, after[ADULTS].certain) == (8000, "made-up-requests", "counted")
    assert (after[ARRIVALS].value, after[ARRIVALS].range) == (260, (250, 270))
    assert set(changed.settings) == {ENTRY, ADULTS, ARRIVALS}


def test_every_fault_of_every_row_is_told_at_once_with_row_path_value_and_remedy(
    plain: Scenario, tmp_path: Path
) -> None:
    cases = "pathways.outsourced.teams.package_workers.cases_each"
    edits = {f"{ADULTS}|value": "9,000", f"{ENTRY}|source": "made-up-cots", "place.band_d_homes|unit": "houses"}
    edits |= {"groups.older_people.share|value": "1.2", f"{cases}|value": "15", f"{ARRIVALS}|value": "600"}
    edits |= {f"{ARRIVALS}|note": "x", "crisis.gbp_per_day|low": "10", "place.band_d_bill|grade": "B"}
    rows = table_of(plain, **edits)
    rows += [["place.adlts", "", "", "5", "", "", "", "", ""], [ADULTS, "", "", "5", "", "", "", "", ""]]
    rows += [["", "", "", "5", "", "", "", "", ""]]
    told = refusal(plain, saved(tmp_path, rows))
    wanted = [
        (ADULTS, "'9,000' is not a plain number; write 9000"),
        (f"{ENTRY}.source", "did you mean `made-up-costs`?"),
        ("place.band_d_homes", "unit 'houses' is not 'homes'; a number stands in its own unit"),
        ("groups.older_people.share", "1.2 is not allowed; expected a share from 0 to 1"),
        (cases, "at most 12 cases each"),
        (ARRIVALS, "the range [220, 300] does not hold the value 600; widen it or mend the value"),
        ("crisis.gbp_per_day", "`high` is missing; give both ends"),
        ("place.band_d_bill", "grade 'B' is not 'A'; a grade is that of the source"),
    ]
    for path, words in wanted:
        row = number_of(rows, path.removesuffix(".source"))
        assert any(line.startswith(f"x.csv: row {row}: {path}: ") and words in line for line in told), (path, told)
    assert any("place.adlts: is no number of village; did you mean `place.adults`?" in line for line in told)
    assert any(f"stands in row {number_of(rows, ADULTS)} too" in line for line in told)
    assert any("its path is missing" in line for line in told)
    assert len(told) == len(wanted) + 3


def test_a_range_is_tried_at_both_ends(plain: Scenario, tmp_path: Path) -> None:
    path = "groups.older_people.share"
    (told,) = refusal(plain, saved(tmp_path, table_of(plain, **{f"{path}|high": "1.1"})))
    assert f"{path}: the high end of its range, 1.1, may not stand" in told


def test_decimal_commas_are_told_once_and_by_row(plain: Scenario, tmp_path: Path) -> None:
    rows = [[*row[:3], row[3].replace(".", ","), *row[4:]] for row in table_of(plain)]
    first, *others = refusal(plain, saved(tmp_path, rows, separator=";"))
    assert first.startswith("x.csv: its numbers have decimal commas; save it again with English settings")
    assert len(others) == sum("," in row[3] for row in rows) > 20


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "its first row has no column `path`"),
        (b"path,vlaue\nplace.adults,5\n", "no column `value`; did you mean `vlaue`?"),
        (b"PK\x03\x04", "is not a workbook that can be read"),
        (b"path,value\nplace.adults,9,000\n", "row 2: has 3 cells, but the header names 2 columns"),
        (b"path,value\nplace.adults,\x81\n", "is not text"),
        (b'path,value\nplace.adults,"9' + b"0" * 200_000, "is not CSV"),
        (b"x" * 5_000_001, "is too large"),
    ],
)
def test_what_is_no_table_of_inputs_is_refused(plain: Scenario, tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "x.csv"
    file.write_bytes(content)
    (told,) = refusal(plain, file)
    assert said in told


def test_a_file_that_is_not_there_is_told(plain: Scenario, tmp_path: Path) -> None:
    (told,) = refusal(plain, tmp_path / "no.csv")
    assert "no.csv: cannot be read" in told


def test_no_cell_is_taken_for_a_formula_and_none_changes_by_it(tmp_path: Path) -> None:
    noted = edited(village(), ("arrivals.per_1000_adults_a_year.note", "=HYPERLINK(1)"))
    scenario = Scenario.from_data("village", noted)
    rows = table_of(scenario)
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)
    assert with_inputs(scenario, saved(tmp_path, rows)) is scenario


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("path,value,value\nplace.adults,210000,220000\n", "row 1: has 2 columns `value`; keep one of them"),
        ("path,value,range_low\nplace.adults,210000,9\n", "row 1: the column `range_low` is not read; call it `low`"),
        ("path,value,hihg\nplace.adults,210000,9\n", "row 1: the column `hihg` is not read; call it `high`"),
        ("path;value\nplace.adults;210.000\n", "value '210.000' may be 210000 or 210; write 210000 or 210"),
        ("path;value\nplace.adults;1.250\n", "may be 1250 or 1.25"),
    ],
)
def test_what_would_be_read_otherwise_than_meant_is_refused(
    plain: Scenario, tmp_path: Path, text: str, said: str
) -> None:
    file = tmp_path / "x.csv"
    file.write_text(text, encoding="utf-8")
    assert said in refusal(plain, file)[0]


def test_points_are_decimal_points_where_commas_stand_between_cells(plain: Scenario, tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text("path,value,my remarks\nplace.adults,210.000,as saved with three decimals\n", encoding="utf-8")
    assert with_inputs(plain, file).place.adults == 210
