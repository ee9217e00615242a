"""Section: what each element contributes to the difference from the first pathway."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from sim.experiments.elements import ALL_TOGETHER, elements_of
from sim.reporting import study_figures as figures
from sim.reporting import study_wording as wording
from sim.reporting.amounts import amount, counted
from sim.reporting.names import about, plain_name, spoken
from sim.reporting.page import Chart, Section, chart
from sim.reporting.results import Results
from sim.reporting.studied import study_table
from sim.reporting.tables import Cell, Table, estimate
from sim.reporting.wording import BASIS_SHORT


def section(results: Results) -> Section | None:
    """What each element contributes; None where that was not run."""
    table = study_table(results, "elements")
    offered = elements_of(results.scenario)
    if table.empty or offered is None:
        return None
    rebased = wording.REBASED if (table["basis"] == "equal_spend").any() else ""
    said = wording.ELEMENTS.format(
        first=spoken(results.compared[0]),
        last=spoken(offered.pathway),
        count=len(offered.names),
        rebased=rebased,
    )
    return Section("elements", wording.ELEMENTS_HEADING, (said,), tuple(_charts(table)), charts_class="charts narrow")


def _charts(table: pd.DataFrame) -> Iterator[Chart]:
    for (basis, measure), rows in table.groupby(["basis", "measure"], sort=False):
        if (basis, measure) != ("equal_spend", "public_cost"):
            name = about(str(measure))
            title = wording.ELEMENT_TITLE.format(about=name[0].upper() + name[1:], basis=BASIS_SHORT[str(basis)])
            parts, whole = rows[rows["element"] != ALL_TOGETHER], rows[rows["element"] == ALL_TOGETHER].iloc[0]
            figure = figures.elements(rows, float(whole["mean"]))
            yield chart(f"elements-{basis}-{measure}", title, figure, _said(parts, whole), _table(title, rows))


def _said(parts: pd.DataFrame, whole: pd.Series) -> str:
    row = parts.loc[parts["mean"].abs().idxmax()]
    unit = str(row["unit"])
    first, last = (
        amount(row[name], unit, half_width=_half(row, f"{name}_"), signed=True) for name in ("first_in", "last_in")
    )
    return wording.ELEMENT_SAYS.format(
        element=f"‘{plain_name(row['element'])}’",
        about=about(str(row["measure"])),
        amount=amount(row["mean"], unit, half_width=_half(row), signed=True),
        whole=amount(whole["mean"], unit, half_width=_half(whole), signed=True),
        first=first,
        last=last,
    )


def _half(row: pd.Series, name: str = "") -> float:
    return float(row[f"{name}high"] - row[f"{name}low"]) / 2


def _table(title: str, rows: pd.DataFrame) -> Table:
    over = counted(int(rows["replications"].iloc[0]), "replication")
    return Table(
        f"{title}: mean and 95% interval over {over}",
        wording.ELEMENT_HEAD,
        tuple(_row(row) for _, row in rows.iterrows()),
    )


def _row(row: pd.Series) -> tuple[Cell, ...]:
    ends = (("mean", "low", "high"), *((one, f"{one}_low", f"{one}_high") for one in ("first_in", "last_in")))
    cells = (
        estimate(
            pd.Series({"unit": row["unit"], **dict(zip(("mean", "low", "high"), row[list(names)], strict=True))}),
            signed=True,
        )
        for names in ends
    )
    return (Cell(plain_name(row["element"]) if row["element"] else wording.ALL_ELEMENTS), *cells)
