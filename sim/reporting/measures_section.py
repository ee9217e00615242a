"""The section of every measure: tables that sort, filter and download, and what stands in for them without script."""

from __future__ import annotations

from sim.measures.definitions import DEFINITIONS
from sim.reporting import cautions, measure_rows, tables, wording
from sim.reporting import tables_wording as words
from sim.reporting.amounts import listed
from sim.reporting.names import plain_name
from sim.reporting.page import Section
from sim.reporting.results import Results
from sim.reporting.tables import Table


def measures(results: Results) -> Section:
    """Every measure, and every difference."""
    packed = tuple(filter(None, (measure_rows.values(results), measure_rows.differences(results))))
    said = (words.ABOUT, cautions.which_adjusted(results), *_individuals_said(results))
    more: dict[str, object] = {"packed": packed, "plain": _plain(results), "without_script": words.FALLBACK}
    alone = tuple(table for basis in results.bases if (table := _individuals(results, basis)).rows)
    return Section("measures", "Every measure", said, tables=alone, template="measures.html.j2", more=more)


def _plain(results: Results) -> list[Table]:
    """The measures and differences of all citizens, for those whose browser runs no script."""
    found = [tables.measures(results, basis) for basis in results.bases]
    found += [tables.comparisons(results, basis) for basis in results.bases]
    return [table for table in found if table.rows]


def _individuals(results: Results, basis: str) -> Table:
    table = tables.comparisons(results, basis, per=("pair",))
    caption = f"Who individually is helped sooner, {wording.BASIS_SHORT[basis]}: a property of the model, not quotable"
    return Table(caption, table.head, table.rows)


def _individuals_said(results: Results) -> tuple[str, ...]:
    names = [
        name for name, d in DEFINITIONS.items() if d.per == "pair" and (results.comparison["measure"] == name).any()
    ]
    return (wording.INDIVIDUALS.format(measures=listed([plain_name(name) for name in names])),) if names else ()
