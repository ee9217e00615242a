"""What `ranges` prints when it is done, in plain text 100 columns wide."""

from __future__ import annotations

import textwrap
from pathlib import Path

from sim.errors import printable
from sim.reporting import ranges_said as said
from sim.reporting.console import WIDTH, columns
from sim.reporting.ranges_read import Ranges
from sim.reporting.tables import Table
from sim.scenario.scenario import Scenario


def printed(found: Ranges, scenario: Scenario, folder: Path, report: Path | None) -> str:
    """What the draws say: the range of each headline difference, chances, cautions, and where the files are."""
    title = printable(f"{scenario.title}: plausible ranges")
    where = (
        f"Report: {report}"
        if report
        else f"Tables: {folder}. For a report, run {scenario.name} first, to the same --out."
    )
    parts = [
        f"{title}\n{'=' * min(len(title), WIDTH)}",
        _filled(said.what(found)),
        _laid_out(said.range_table(found, scenario)),
        *map(_filled, said.answer(found, scenario)),
        *map(_laid_out, filter(None, [said.matters_table(found, scenario)])),
        "\n".join(_filled(f"! {caution}") for caution in said.cautions(found, scenario)),
        where,
    ]
    return "\n\n".join(parts) + "\n"


def _laid_out(table: Table) -> str:
    rows = [[cell.text for cell in row] for row in table.rows]
    return f"{table.caption}\n{columns(table.head, rows)}"


def _filled(text: str) -> str:
    return textwrap.fill(printable(text), WIDTH)
