"""What several scenarios found, side by side, as plain text 100 columns wide."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path

from sim.errors import printable
from sim.reporting.console import WIDTH, columns
from sim.reporting.library import (
    Entry,
    basis_lines,
    entries,
    headline,
    measure_with_unit,
    survival,
)
from sim.reporting.names import plain_name
from sim.reporting.results import Results

HEADING = "All scenarios"


def library(found: Sequence[Results], page: Path | None = None) -> str:
    """One table of all scenarios: headlines, differences, verdicts by basis, what they survive, checks, grades."""
    told = entries(found)
    rows = [row for entry in told for row in (*_headline_rows(entry), *_lines(entry))]
    parts = [HEADING, "=" * len(HEADING), *rows, f"Overview: {page}" if page else ""]
    return "\n".join(part for part in parts if part) + "\n"


def _headline_rows(entry: Entry) -> Iterator[str]:
    results = entry.results
    shown = [entry.against, entry.pathway, *(name for name in results.pathways if name not in results.compared)]
    rows = [
        [measure_with_unit(measure), *(headline(results, name, measure) for name in shown)]
        for measure in results.headlines
    ]
    yield ""
    yield printable(f"{entry.name}: {plain_name(entry.pathway)} set against {plain_name(entry.against)}")
    if rows:
        yield columns(["", *map(plain_name, shown)], rows)


def _lines(entry: Entry) -> Iterator[str]:
    """Verdict and differences by basis, then what all of it comes to."""
    said = [*basis_lines(entry), f"Overall: {entry.overall}. {survival(entry)}"]
    said.append(f"Checks: {entry.checks}. Numbers by grade: {entry.grades}.")
    for one in said:
        yield textwrap.fill(f"- {one}", WIDTH, subsequent_indent="  ")
