"""Tables as spreadsheets save them: a workbook, or a CSV file whatever its marks, separators and line ends."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from sim.errors import Fault, ScenarioError, did_you_mean
from sim.scenario.cells import unprotected
from sim.scenario.workbooks import workbook_lines

LARGEST_SHEET_BYTES = 5_000_000
SEPARATORS = (",", ";", "\t")
WORKBOOK = b"PK"
NEARLY = 0.75
"""As alike as this, two names are taken for one misspelt."""
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Row:
    """A row that is not empty: its number as the spreadsheet counts, its cells by column, trimmed, and what stood
    between them.
    """

    number: int
    cells: dict[str, str]
    separator: str = ","


def sheet_rows(file: Path, needed: Sequence[str], known: Sequence[str]) -> list[Row]:
    """The rows below the header, which must hold the columns `needed`.

    Columns of one's own may stand beside the `known`, unless their name is nearly that of one of these.

    Raises
    ------
    ScenarioError
        If the file cannot be read as a table, or a row has more cells than the header has names.
    """
    separator, lines = _lines(file, needed)
    head = [name.strip().lower() for name in lines[0][1]]
    rows, faults = [], list(_head_faults(head, known))
    for number, cells in lines[1:]:
        if any(cell.strip() for cell in cells[len(head) :]):
            problem = f"has {len(cells)} cells, but the header names {len(head)} columns"
            faults.append(Fault(f"row {number}", problem, "put a cell that holds a comma in quotes"))
        elif any(cell.strip() for cell in cells):
            named = dict(zip(head, cells, strict=False))
            rows.append(Row(number, {name: unprotected(cell.strip()) for name, cell in named.items()}, separator))
    if faults:
        raise ScenarioError(file.name, faults)
    return rows


def _head_faults(head: Sequence[str], known: Sequence[str]) -> Iterator[Fault]:
    """Columns that would be read over one another, or be passed over though they seem to say something."""
    for name in dict.fromkeys(head):
        words = [*re.split(r"[^a-z]+", name), *get_close_matches(name, known, n=1, cutoff=NEARLY)]
        meant = next((word for word in words if word in known), None)
        if name not in known and meant:
            yield Fault("row 1", f"the column `{name}` is not read", f"call it `{meant}`, or otherwise")
        elif name in known and head.count(name) > 1:
            yield Fault("row 1", f"has {head.count(name)} columns `{name}`", "keep one of them")


def _lines(file: Path, needed: Sequence[str]) -> tuple[str, list[tuple[int, list[str]]]]:
    """What stands between cells, and the rows with their numbers, from the header on."""
    data = _bytes(file)
    found: list[str] = []
    for separator, lines in _tables(file, data):
        head = [name.strip().lower() for name in lines[0][1]] if lines else []
        if set(needed) <= set(head):
            return separator, lines
        found = max(found, head, key=len)
    missing = [name for name in needed if name not in found]
    problem = f"its first row has no column {' and no column '.join(f'`{name}`' for name in missing)}"
    raise ScenarioError(file.name, [Fault("row 1", problem, did_you_mean(missing[0], found))])


def _tables(file: Path, data: bytes) -> Iterator[tuple[str, list[tuple[int, list[str]]]]]:
    """The table that the file may be, once for each mark that may stand between cells."""
    if data.startswith(WORKBOOK):
        yield "", workbook_lines(file.name, data)
    else:
        text = _text(file, data)
        yield from ((separator, list(_split(file, text, separator))) for separator in SEPARATORS)


def _split(file: Path, text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of the text with their numbers; a first row that only names the separator is passed over."""
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), start=1):
            if number > 1 or not text.startswith("sep="):
                yield number, cells
    except csv.Error as error:
        raise ScenarioError(file.name, [Fault("", f"is not CSV: {error}", "save it as CSV (UTF-8)")]) from None


def _bytes(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            data = opened.read(LARGEST_SHEET_BYTES + 1)
    except OSError as error:
        raise ScenarioError(file.name, [Fault("", f"cannot be read: {error.strerror}", "check the name")]) from None
    if len(data) > LARGEST_SHEET_BYTES:
        raise ScenarioError(file.name, [Fault("", "is too large for a table of inputs", "expected at most 5 MB")])
    return data


def _text(file: Path, data: bytes) -> str:
    for encoding in ("utf-16",) if data.startswith(UTF_16) else ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ScenarioError(file.name, [Fault("", "is not text", "save it as CSV (UTF-8)")])
