"""What is printed of the study: what the answer hangs on, what would change it, and what each element contributes."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from sim.errors import printable
from sim.reporting import study_wording as wording
from sim.reporting.console import WIDTH, columns
from sim.reporting.elements_shown import element_tables, introduction
from sim.reporting.hanging import grades_said, tornado_table, worth_said
from sim.reporting.studied import Told, by_difference, study_table
from sim.reporting.study_figures import named
from sim.reporting.tables import Cell, Table
from sim.reporting.turning import corner_said, corner_table, flip_said

PRINTED = 5
"""Numbers of a tornado that are printed."""


def study_printed(told: Told) -> str:
    """Shares by grade, the largest numbers, flips, the corner, and what the elements contribute."""
    parts = [*_hanging(told), *_turning(told)]
    return "\n\n".join(parts) + "\n\n" + elements_printed(told)


def elements_printed(told: Told) -> str:
    """What each element contributes; empty where the file has none."""
    said = introduction(told)
    if not said:
        return ""
    return (
        "\n\n".join([_heading(wording.ELEMENTS_HEADING), _filled(said), *map(_laid_out, element_tables(told))]) + "\n"
    )


def _hanging(told: Told) -> Iterator[str]:
    yield _heading(wording.HANGS_HEADING)
    yield _filled(wording.HANGS)
    yield from (_filled(grades_said(told, rows)) for rows in by_difference(study_table(told, "grades")))
    for rows in by_difference(study_table(told, "drivers")):
        chosen = tornado_table(rows).rows[:PRINTED]
        yield _laid_out(
            Table(wording.LARGEST.format(name=named(told, rows)), wording.LARGEST_HEAD, tuple(map(_short, chosen)))
        )
    yield from map(_filled, worth_said(told))


def _turning(told: Told) -> Iterator[str]:
    yield _heading(wording.TURNS_HEADING)
    yield from (_filled(flip_said(told, rows)) for rows in by_difference(study_table(told, "flips")))
    yield from map(_filled, corner_said(told))
    yield from (_laid_out(table) for table in (corner_table(told),) if table)


def _short(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Of a row of a tornado the number, its range, what that changes and its share."""
    name, _, low, _, high, _, _, swing, share = row
    return Cell(name.text), Cell(f"{low.text} to {high.text}", is_number=True), Cell(swing.text, is_number=True), share


def _heading(text: str) -> str:
    return f"{text}\n{'-' * len(text)}"


def _laid_out(table: Table) -> str:
    rows = [[cell.text if cell.is_number is False else cell.on_one_line for cell in row] for row in table.rows]
    return f"{printable(table.caption)}\n{columns(table.head, [[printable(text) for text in row] for row in rows])}"


def _filled(text: str) -> str:
    return textwrap.fill(printable(text), WIDTH)
