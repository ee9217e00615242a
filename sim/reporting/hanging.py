"""Section: what the answer hangs on: shares of the spread by grade, tornadoes, the worth of knowing a number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from sim.reporting import study_figures as figures
from sim.reporting import study_wording as wording
from sim.reporting.amounts import amount, counted, exact_number, listed, with_unit
from sim.reporting.evidence import GRADES
from sim.reporting.names import about, spoken
from sim.reporting.number_names import number_name, short
from sim.reporting.page import Chart, Section, chart
from sim.reporting.provenance import basis
from sim.reporting.studied import SHOWN, Told, by_difference, study_table
from sim.reporting.tables import Cell, Table
from sim.reporting.wording import BASIS_SHORT

LEAST_WORTH = 0.5
"""Pounds a year below which knowing a number is worth nothing."""


def section(results: Told) -> Section | None:
    """What the answer hangs on; None where no study was made."""
    found = by_difference(study_table(results, "grades"))
    if not found:
        return None
    charts = (_grades_chart(results, found), *_tornadoes(results))
    first = [rows for rows in found if rows["basis"].iloc[0] == results.bases[0]]
    said = (wording.HANGS, *(grades_said(results, rows) for rows in first), *worth_said(results))
    tables = tuple(filter(None, (_worth_table(results),)))
    return Section("hangs-on", wording.HANGS_HEADING, said, charts, tables, "charts hanging")


def of(rows: pd.DataFrame, results: Told) -> dict[str, Any]:
    """What the rows of one difference are of, for a sentence."""
    row = rows.iloc[0]
    return {
        "about": about(row["measure"]),
        "basis": BASIS_SHORT[row["basis"]],
        "pathway": spoken(row["pathway"]),
        "against": spoken(results.compared[0]),
    }


def percent(share: float) -> str:
    """A share as whole per cent."""
    return f"{100 * share:.0f}%"


def grades_said(results: Told, rows: pd.DataFrame) -> str:
    """How much of what is open about a difference rests on each grade of evidence."""
    largest = rows[rows["share"] >= 0.005].sort_values("share", ascending=False)
    parts = [
        (wording.GRADE if place else wording.FIRST_GRADE)[row["grade"]].format(share=percent(row["share"]))
        for place, (_, row) in enumerate(largest.iterrows())
    ]
    template = wording.GRADES if parts else wording.NOTHING_OPEN
    explained = percent(float(rows["explained"].iloc[0]))
    return template.format(parts=listed(parts), explained=explained, **of(rows, results))


def _grades_chart(results: Told, found: list[pd.DataFrame]) -> Chart:
    head = ("Difference", *(f"Grade {grade}" for grade in GRADES), "Accounted for")
    rows = tuple(_grades_row(results, rows) for rows in found)
    table = Table(wording.GRADES_TITLE, head, rows)
    least = min(float(rows["explained"].iloc[0]) for rows in found)
    said = wording.GRADES_SENTENCE.format(least=percent(least))
    bases = dict.fromkeys(str(rows["basis"].iloc[0]) for rows in found)
    draws = f"{int(max(rows['draws'].iloc[0] for rows in found)):,}"
    under = wording.UNDER_GRADES.format(basis=basis(*bases), draws=draws)
    return chart("grades", wording.GRADES_TITLE, figures.grades(results, found), said, table, under)


def _grades_row(results: Told, rows: pd.DataFrame) -> tuple[Cell, ...]:
    shares = dict(zip(rows["grade"], rows["share"], strict=True))
    cells = (Cell(percent(shares.get(grade, 0.0)), is_number=True) for grade in GRADES)
    known = Cell(percent(float(rows["explained"].iloc[0])), is_number=True)
    return Cell(figures.named(results, rows)), *cells, known


def _tornadoes(results: Told) -> Iterator[Chart]:
    """A tornado for each difference on the first basis, of the numbers that move it most."""
    for rows in by_difference(study_table(results, "drivers")):
        first = rows.iloc[0]
        largest = rows[rows["rank"] <= SHOWN].sort_values("rank")
        if first["basis"] == results.bases[0] and len(largest):
            words = of(rows, results)
            name = words["about"][0].upper() + words["about"][1:]
            title = wording.TORNADO_TITLE.format(about=name, basis=words["basis"])
            if len(results.compared) > 2:
                title = f"{title}, {words['pathway']}"
            figure, table = figures.tornado(largest, _given(results, rows)), tornado_table(rows)
            name = f"tornado-{first['pathway']}-{first['measure']}"
            yield chart(name, title, figure, _tornado_said(results, largest), table, under_runs(largest))


def under_runs(rows: pd.DataFrame) -> str:
    """What a picture of runs beside the draws says under itself."""
    over = counted(int(rows["replications"].iloc[0]), "replication")
    return wording.UNDER_RUNS.format(basis=basis(str(rows["basis"].iloc[0])), replications=over)


def _given(results: Told, rows: pd.DataFrame) -> float:
    """The difference with the numbers as given, over the replications of the tornado."""
    flips, first = study_table(results, "flips"), rows.iloc[0]
    mine = flips[(flips["basis"] == first["basis"]) & (flips["pathway"] == first["pathway"])]
    return float(mine[mine["measure"] == first["measure"]]["mean"].iloc[0])


def _tornado_said(results: Told, largest: pd.DataFrame) -> str:
    row = largest.iloc[0]
    unit = str(row["unit"])
    at_low, at_high, given = (
        _signed(value, unit) for value in (row["at_low"], row["at_high"], _given(results, largest))
    )
    low, high = short(row["range_low"]), short(row["range_high"])
    name = quoted(row["path"])
    return wording.TORNADO.format(number=name, low=at_low, at_low=low, high=at_high, at_high=high, given=given)


def _signed(value: float, unit: str) -> str:
    """A difference where a number is moved; or that it could not be run."""
    return wording.NOT_RUN if pd.isna(value) else amount(value, unit, signed=True)


def tornado_table(rows: pd.DataFrame) -> Table:
    """The numbers of a difference, those that move it most first."""
    unit = str(rows["unit"].iloc[0])
    head = (
        "Number",
        "Grade",
        "Low end",
        "As given",
        "High end",
        "At the low end",
        "At the high end",
        "Low to high",
        "Share of the spread",
    )
    chosen = rows.sort_values(["rank", "share"], ascending=[True, False])
    chosen = chosen[chosen["rank"].notna() | (chosen["share"] >= 0.005)]
    return Table(wording.TORNADO_TABLE, head, tuple(_tornado_row(row, unit) for _, row in chosen.iterrows()))


def _tornado_row(row: pd.Series, unit: str) -> tuple[Cell, ...]:
    half = (row["swing_high"] - row["swing_low"]) / 2
    swing = Cell(
        amount(row["swing"], unit, half_width=half, signed=True),
        f"{_signed(row['swing_low'], unit)} to {_signed(row['swing_high'], unit)}" if half > 0 else "",
        is_number=True,
    )
    ends = (row["range_low"], row["value"], row["range_high"])
    return (
        Cell(number_name(row["path"]).in_full, row["path"]),
        Cell(row["grade"]),
        *(Cell(short(value), is_number=True) for value in ends),
        *(Cell(_end(row, name, unit), is_number=True) for name in ("at_low", "at_high")),
        swing,
        Cell(percent(row["share"]), is_number=True),
    )


def _end(row: pd.Series, name: str, unit: str) -> str:
    """The difference at an end of a number's range; nothing for a number that was tried at neither."""
    return "–" if pd.isna(row["rank"]) else _signed(row[name], unit)


def worth_said(results: Told) -> Iterator[str]:
    """What the number most worth knowing is worth, at each value of a day in need."""
    nothing = []
    for value, rows in study_table(results, "information").groupby("gbp_per_day_in_need", sort=True):
        best = rows.iloc[int(rows["gbp_a_year"].argmax())]
        day = with_unit(exact_number(float(str(value))), "GBP")
        if best["gbp_a_year"] < LEAST_WORTH:
            nothing.append(day)
        else:
            gbp = with_unit(f"{_rounded(best['gbp_a_year']):,.0f}", "GBP")
            yield wording.WORTH.format(value=day, number=quoted(best["path"]), gbp=gbp)
    if nothing:
        yield wording.WORTH_NOTHING.format(value=listed(nothing, "or"))


def quoted(path: str) -> str:
    """The name of a number inside a sentence."""
    return f"‘{number_name(path).in_full}’"


def _rounded(gbp: float) -> float:
    """To two figures: a regression tells no more."""
    return float(f"{gbp:.2g}")


def _worth_table(results: Told) -> Table | None:
    """The numbers worth most to know, at each value of a day [GBP a year]."""
    table = study_table(results, "information")
    if table.empty:
        return None
    wide = table.pivot_table(index="path", columns="gbp_per_day_in_need", values="gbp_a_year", sort=False)
    best = wide.max(axis=1).sort_values(ascending=False)
    best = best[best >= LEAST_WORTH].head(SHOWN)
    heads = (f"At £{exact_number(float(value))} a day [£ a year]" for value in wide.columns)
    rows = tuple(
        (
            Cell(number_name(str(path)).in_full, str(path)),
            *(Cell(f"{_rounded(value):,.0f}", is_number=True) for value in wide.loc[path]),
        )
        for path in best.index
    )
    return Table(wording.WORTH_HEADING, ("Number", *heads), rows) if rows else None
