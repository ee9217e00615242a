"""Workbooks: a table as a spreadsheet file (.xlsx), written and read back with openpyxl."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any
from zipfile import BadZipFile

from sim.errors import Fault, ScenarioError

SUFFIX = ".xlsx"
MOST_ROWS, MOST_COLUMNS = 20_000, 100
WIDTHS = {"path": 60, "meaning": 60, "source": 24, "note": 60}

Cell = str | int | float
Line = tuple[int, list[str]]


def workbook(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A workbook with one table: numbers as numbers, and texts as texts, whatever they begin with."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet("inputs")
    sheet.freeze_panes = "A2"
    for place, name in enumerate(head):
        sheet.column_dimensions[chr(ord("A") + place)].width = WIDTHS.get(name, 12)
    for row in (head, *rows):
        cells = [WriteOnlyCell(sheet, value=None if cell == "" else cell) for cell in row]
        for cell in cells:
            if isinstance(cell.value, str):
                cell.data_type = "s"  # else a text that begins with = would be a formula
        sheet.append(cells)
    text = io.BytesIO()
    book.save(text)
    return text.getvalue()


def workbook_lines(name: str, data: bytes) -> list[Line]:
    """The rows of the first sheet of a workbook called `name`, with their numbers, as a CSV file would have them.

    Raises
    ------
    ScenarioError
        If it is no such workbook, too large, or has a formula whose result is not saved in it.
    """
    results, formulas = (_rows(name, data, results=of_results) for of_results in (True, False))
    if len(results) > MOST_ROWS:
        raise ScenarioError(name, [Fault("", f"has over {MOST_ROWS:,} rows", "keep the table of inputs alone")])
    for number, (result, formula) in enumerate(zip(results, formulas, strict=True), start=1):
        if any(one is None and other is not None for one, other in zip(result, formula, strict=True)):
            problem = "holds a formula without its result"
            raise ScenarioError(name, [Fault(f"row {number}", problem, "write the number itself")])
    return [(number, [_text(cell) for cell in row]) for number, row in enumerate(results, start=1)]


def _rows(name: str, data: bytes, *, results: bool) -> list[Sequence[Any]]:
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what a spreadsheet adds beside the cells
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=results, keep_links=False)
            return list(islice(_first_sheet(book), MOST_ROWS + 1))
    except (BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError, OSError, EOFError):
        problem = "is not a workbook that can be read"
        raise ScenarioError(name, [Fault("", problem, "save it again as .xlsx, or as CSV (UTF-8)")]) from None


def _first_sheet(book: Any) -> Iterator[Sequence[Any]]:
    yield from book.worksheets[0].iter_rows(values_only=True, max_col=MOST_COLUMNS)


def _text(cell: Any) -> str:
    """A cell as a CSV file would have it."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return str(int(cell))
    return "" if cell is None else str(cell)
