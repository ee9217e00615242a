"""What is spent, told in tables: economic and cashable, by payer, and once."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from sim.measures.definitions import DEFINITIONS
from sim.reporting import wording
from sim.reporting.amounts import printed_unit
from sim.reporting.names import plain_name
from sim.reporting.results import Results
from sim.reporting.spending import Spending
from sim.reporting.tables import Cell, Table, estimate, measure_cell

PAYBACKS = ("payback_years", "cashable_payback_years")
ONCE = ("one_off_cost", "cashable_one_off_cost", "one_off_cost_per_household")


def by_purpose(results: Results, spent: Sequence[Spending]) -> Table:
    """What is spent on a citizen by purpose: the table behind the chart."""
    rows = tuple(
        (
            Cell(plain_name(one.pathway), wording.BASIS_SHORT[one.basis]),
            *(Cell(one.said(gbp), is_number=True) for gbp in (*one.by_purpose.values(), one.total)),
        )
        for one in spent
    )
    caption = f"£ per citizen within follow-up{in_prices(results)}"
    return Table(caption, ("Pathway", *spent[0].by_purpose, "total"), rows)


def cost_tables(results: Results) -> list[Table]:
    """Economic and cashable cost and cost by payer on each basis, then what is paid once."""
    found = [make(results, basis) for basis in results.bases for make in (_economic_and_cashable, _by_payer)]
    return [table for table in (*found, _once(results)) if table]


def _economic_and_cashable(results: Results, basis: str) -> Table | None:
    rows = [
        (Cell(said, link=f"#measure-{measure}"), *_estimates(results, basis, measure))
        for measure, said in wording.COSTS.items()
        if (results.summary["measure"] == measure).any()
    ]
    what = f"Economic and cashable cost, {wording.BASIS_SHORT[basis]}"
    return _table(results, what, ("Cost",), rows)


def _by_payer(results: Results, basis: str) -> Table | None:
    table = results.summary
    rows = [
        (Cell(plain_name(payer)), Cell(said, link=f"#measure-{measure}"), *_estimates(results, basis, measure, payer))
        for payer in dict.fromkeys(table[table["measure"] == "cost_to_payer"]["part"])
        for measure, said in wording.COSTS_TO_PAYER.items()
        if ((table["measure"] == measure) & (table["part"] == payer)).any()
    ]
    return _table(results, f"Cost by payer, {wording.BASIS_SHORT[basis]}", ("Payer", "Cost"), rows)


def _table(results: Results, what: str, head: tuple[str, ...], rows: Sequence[tuple[Cell, ...]]) -> Table | None:
    caption = f"{what}: £ per citizen within follow-up{in_prices(results)}, mean and 95% interval"
    return Table(caption, (*head, *map(plain_name, results.pathways)), tuple(rows)) if rows else None


def _estimates(results: Results, basis: str, measure: str, part: str = "") -> list[Cell]:
    return [estimate(results.overall(basis, pathway, measure, part)) for pathway in results.pathways]


def _once(results: Results) -> Table | None:
    """What is paid once, and the years it takes to pay back, as specified: posts made equal cost nothing once."""
    basis, first = results.bases[0], results.compared[0]
    known = {*results.summary["measure"], *results.comparison["measure"]}
    rows = [
        (measure_cell(measure), Cell(printed_unit(DEFINITIONS[measure].unit)), *_estimates(results, basis, measure))
        for measure in ONCE
        if measure in known
    ]
    for measure in PAYBACKS:
        found = [results.difference(basis, pathway, first, measure) for pathway in results.pathways]
        if any(row is not None for row in found):
            rows.append((measure_cell(measure), Cell("years"), *map(_payback, found)))
    caption = f"Paid once, and paid back by what is saved a year against {plain_name(first)}{in_prices(results)}"
    return Table(caption, ("Measure", "Unit", *map(plain_name, results.pathways)), tuple(rows)) if rows else None


def _payback(row: pd.Series | None) -> Cell:
    cell = estimate(row)
    return cell if row is None else Cell(cell.text, cell.below, is_number=True, flag=wording.VERDICTS[row["verdict"]])


def in_prices(results: Results) -> str:
    """The price year of what is shown, to be put behind it."""
    return f", {results.scenario.price_year} prices" if results.scenario.price_year else ""
