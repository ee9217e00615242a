"""The table of waits by group and by level on joining: a row a kind of citizen, a column a stage."""

from __future__ import annotations

from sim.reporting import queues_wording as said
from sim.reporting import wording
from sim.reporting.amounts import printed_unit
from sim.reporting.names import plain_name, spoken
from sim.reporting.results import Results
from sim.reporting.tables import BY, Cell, Table, estimate, group_name, measure_cell

KINDS = ("group", "level_joined")


def waits_by_kind(results: Results, basis: str, pathway: str) -> Table | None:
    """Mean waits, and shares of those who started over each target, of every stage that a team works."""
    table = results.summary
    table = table[(table["basis"] == basis) & (table["pathway"] == pathway) & table["by"].isin(KINDS)]
    over = [f"waits_over_{days}_days" for days in results.scenario.wait_targets_days]
    table = table[table["measure"].isin(["wait_days", *over])]
    at = {(row["measure"], row["by"], row["group"], row["part"]): row for _, row in table.iterrows()}
    stages = list(dict.fromkeys(table["part"]))
    whom = sorted(dict.fromkeys(zip(table["by"], table["group"], strict=True)), key=lambda one: KINDS.index(one[0]))
    rows = tuple(
        (
            measure_cell(measure),
            Cell(group_name(results, by, group), BY[by]),
            Cell(printed_unit(unit)),
            *(estimate(at.get((measure, by, group, stage))) for stage in stages),
        )
        for measure, unit in (("wait_days", "days"), *((name, "share") for name in over))
        for by, group in whom
    )
    caption = said.BY_KIND.format(pathway=spoken(pathway), basis=wording.BASIS_SHORT[basis])
    head = ("Measure", "Citizens", "Unit", *map(plain_name, stages))
    return Table(caption, head, rows) if rows else None
