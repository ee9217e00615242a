"""Section: what each element contributes to the difference from the first pathway."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from sim.experiments.elements import ALL_TOGETHER, elements_of
from sim.experiments.judging import is_judged
from sim.reporting import study_figures as figures
from sim.reporting import study_wording as wording
from sim.reporting.amounts import amount, counted
from sim.reporting.hanging import under_runs
from sim.reporting.names import about, plain_name, spoken
from sim.reporting.page import Chart, Section, chart
from sim.reporting.studied import Told, study_table
from sim.reporting.tables import Cell, Table, estimate
from sim.reporting.wording import BASIS_SHORT


def section(results: Told) -> Section | None:
    """What each element contributes; None where that was not run."""
    said = introduction(results)
    if not said:
        return None
    charts = tuple(_charts(study_table(results, "elements")))
    return Section("elements", wording.ELEMENTS_HEADING, (said,), charts, charts_class="charts narrow")


def introduction(results: Told) -> str:
    """What the elements are, how they were told apart and what that is not; empty where it was not run."""
    table, offered = study_table(results, "elements"), elements_of(results.scenario)
    if table.empty or offered is None:
        return ""
    return wording.ELEMENTS.format(
        first=spoken(results.compared[0]),
        last=spoken(offered.pathway),
        count=len(offered.names),
        rebased=wording.REBASED if (table["basis"] == "equal_spend").any() else "",
    )


def element_tables(results: Told) -> Iterator[Table]:
    """What each element contributes, a table for each difference."""
    for (basis, measure), rows in _shown(study_table(results, "elements")):
        yield _table(_title(basis, measure), rows)


def _shown(table: pd.DataFrame) -> Iterator[tuple[tuple[str, str], pd.DataFrame]]:
    """The rows of each basis and measure, without what the basis makes equal, which is no answer there."""
    for (basis, measure), rows in table.groupby(["basis", "measure"], sort=False):
        if is_judged(str(basis), str(measure)):
            yield (str(basis), str(measure)), rows


def _title(basis: str, measure: str) -> str:
    name = about(measure)
    return wording.ELEMENT_TITLE.format(about=name[0].upper() + name[1:], basis=BASIS_SHORT[basis])


def _charts(table: pd.DataFrame) -> Iterator[Chart]:
    for (basis, measure), rows in _shown(table):
        title = _title(basis, measure)
        parts, whole = rows[rows["element"] != ALL_TOGETHER], rows[rows["element"] == ALL_TOGETHER].iloc[0]
        figure = figures.elements(rows, float(whole["mean"]))
        yield chart(
            f"elements-{basis}-{measure}", title, figure, _said(parts, whole), _table(title, rows), under_runs(rows)
        )


def _said(parts: pd.DataFrame, whole: pd.Series) -> str:
    row = parts.iloc[int(parts["mean"].abs().argmax())]
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
