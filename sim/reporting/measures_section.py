"""The section of every measure: tables that sort, filter and download, and what stands in for them without script."""

from __future__ import annotations

from sim.reporting import cautions, measure_rows, tables
from sim.reporting import tables_wording as words
from sim.reporting.page import Section
from sim.reporting.results import Results
from sim.reporting.tables import Table


def measures(results: Results) -> Section:
    """Every measure, and every difference."""
    packed = tuple(filter(None, (measure_rows.values(results), measure_rows.differences(results))))
    said = (words.ABOUT, cautions.which_adjusted(results))
    more: dict[str, object] = {"packed": packed, "plain": _plain(results), "without_script": words.FALLBACK}
    return Section("measures", "Every measure", said, template="measures.html.j2", more=more)


def _plain(results: Results) -> list[Table]:
    """The measures and differences of all citizens, for those whose browser runs no script."""
    found = [tables.measures(results, basis) for basis in results.bases]
    found += [tables.comparisons(results, basis) for basis in results.bases]
    return [table for table in found if table.rows]
