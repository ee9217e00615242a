"""Section: what would change the answer: the nearest flip, every number at its worst, break-even by number."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from sim.reporting import study_wording as wording
from sim.reporting.amounts import amount, bare, listed, plain_number
from sim.reporting.hanging import of, quoted
from sim.reporting.names import plain_name
from sim.reporting.number_names import number_name, short
from sim.reporting.page import Section
from sim.reporting.studied import Told, by_difference, study_table
from sim.reporting.tables import Cell, Table, estimate
from sim.reporting.wording import BASIS, BASIS_SHORT, LESS_MORE, LOWER_HIGHER


def section(results: Told) -> Section | None:
    """What would change the answer; None where no study was made."""
    flips = by_difference(study_table(results, "flips"))
    if not flips:
        return None
    said = (*(flip_said(results, rows) for rows in flips), *corner_said(results), wording.BREAK_EVEN)
    tables = tuple(filter(None, (corner_table(results), _break_even_table(results))))
    return Section("turns", wording.TURNS_HEADING, said, tables=tables)


def flip_said(results: Told, rows: pd.DataFrame) -> str:
    """The nearest flip of a difference, in words."""
    first, words = rows.iloc[0], of(rows, results)
    less, more = LESS_MORE.get(first["unit"], LOWER_HIGHER)
    words |= {"word": less if first["mean"] < 0 else more, "basis": BASIS[first["basis"]]}
    return wording.FLIP[first["outcome"]].format(
        **words,
        what=wording.FLIP_IF.format(**words),
        moves=listed([_move(row) for _, row in rows.iterrows()]) if first["path"] else "",
        length=plain_number(first["length"], 1),
        there=_there(first),
        why=first["why"],
    )


def _move(row: pd.Series) -> str:
    return wording.MOVE.format(number=quoted(row["path"]), to=short(row["to"]), value=short(row["value"]))


def _there(row: pd.Series) -> str:
    """The difference after the move, with its interval; nothing where there is no such move, or it was not run."""
    if pd.isna(row["there"]):
        return ""
    half = (row["there_high"] - row["there_low"]) / 2
    mean = amount(row["there"], row["unit"], half_width=half, signed=True)
    low, high = (bare(row[name], row["unit"], half_width=half, signed=True) for name in ("there_low", "there_high"))
    return f"{mean} ({low} to {high})"


def corner_said(results: Told) -> tuple[str, ...]:
    """What that corner is, what could not stand in it, and for which differences it could not be run."""
    table = study_table(results, "opponents")
    if table.empty:
        return ()
    left = sorted({path for text in table["left_out"] for path in text.split()})
    names = listed([number_name(path).in_full for path in left])
    out = wording.LEFT_OUT.format(count=f"{len(left)} number{'s' * (len(left) != 1)}", numbers=names)
    return (wording.CORNER, *([out] if left else []), *_corners_not_run(results, table))


def _corners_not_run(results: Told, table: pd.DataFrame) -> Iterator[str]:
    for rows in by_difference(table[table["worst"].isna()]):
        words, why = of(rows, results), rows["why"].iloc[0]
        yield wording.CORNER_NOT_RUN.format(**{**words, "basis": BASIS[rows["basis"].iloc[0]]}, why=why)


def corner_table(results: Told) -> Table | None:
    """Each difference with every number at its worst end for the side that leads, beside it as given."""
    rows = tuple(_corner_row(row) for _, row in study_table(results, "opponents").iterrows())
    return Table(wording.CORNER_TITLE, wording.CORNER_HEAD, rows, is_open=True) if rows else None


def _corner_row(row: pd.Series) -> tuple[Cell, ...]:
    worst = pd.Series({"unit": row["unit"], "mean": row["worst"], "low": row["worst_low"], "high": row["worst_high"]})
    return (
        Cell(BASIS_SHORT[row["basis"]]),
        Cell(plain_name(row["pathway"])),
        Cell(f"{plain_name(row['measure'])} [{row['unit'].replace('GBP', '£')}]"),
        estimate(row, signed=True),
        estimate(worst, signed=True),
        Cell(_still_leads(row)),
    )


def _still_leads(row: pd.Series) -> str:
    """Whether the side that leads as given does so in the corner too, if it could be run."""
    if pd.isna(row["worst"]):
        return wording.NOT_RUN
    if row["worst_low"] <= 0 <= row["worst_high"]:
        return wording.NOT_CLEARLY
    return "yes" if (row["worst"] > 0) == (row["mean"] > 0) else "no"


def _break_even_table(results: Told) -> Table | None:
    found = study_table(results, "break_even")
    groups = found.groupby(["basis", "pathway", "measure", "path"], sort=False)
    rows = tuple(_break_even_row(rows) for _, rows in groups)
    return Table(wording.BREAK_EVEN_TITLE, wording.BREAK_EVEN_HEAD, rows) if rows else None


def _break_even_row(rows: pd.DataFrame) -> tuple[Cell, ...]:
    row = rows.iloc[0]
    open_ = [
        f"{short(a)} to {short(b)}" for a, b in zip(rows["region_low"], rows["region_high"], strict=True) if a == a
    ]
    return (
        Cell(number_name(row["path"]).in_full, row["path"]),
        Cell(BASIS_SHORT[row["basis"]]),
        Cell(plain_name(row["pathway"])),
        Cell(plain_name(row["measure"])),
        Cell(short(row["value"]), is_number=True),
        Cell(f"{short(row['range_low'])} to {short(row['range_high'])}", is_number=True),
        Cell(row["crossed"]),
        Cell(listed(open_) or wording.NOWHERE, is_number=True),
    )
