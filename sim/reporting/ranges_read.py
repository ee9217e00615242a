"""The plausible ranges as they lie in a results folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from pandas.api.types import is_numeric_dtype

from sim.errors import ResultsError
from sim.reporting.reading import held_to, read_cell, read_json, read_table, read_text
from sim.reporting.schema import RANGES, RangesTold

RANGES_VERSION = 1
AGAIN = "run the ranges again"
DRAWN = "|"
"""Between basis, pathway and measure in the name of a column of draws."""


@dataclass(frozen=True)
class Ranges:
    """What came of draws from the plausible ranges."""

    told: Mapping[str, Any]
    ranges: pd.DataFrame
    chances: pd.DataFrame
    acceptability: pd.DataFrame
    draws: pd.DataFrame

    def range_of(self, basis: str, pathway: str, against: str, measure: str) -> pd.Series | None:
        """The row of a headline, or of its difference from the pathway it is set against; None if there is none."""
        table = self.ranges
        rows = table[(table["basis"] == basis) & (table["pathway"] == pathway) & (table["against"] == against)]
        rows = rows[rows["measure"] == measure]
        return None if rows.empty else rows.iloc[0]

    def chances_of(self, basis: str, pathway: str, kind: str, measure: str = "") -> dict[str, tuple[float, float]]:
        """Chances of a kind by name, as (raw, corrected)."""
        table = self.chances
        rows = table[(table["basis"] == basis) & (table["pathway"] == pathway) & (table["kind"] == kind)]
        rows = rows[rows["measure"] == measure] if measure else rows
        return {row["chance"]: (float(row["raw"]), float(row["corrected"])) for _, row in rows.iterrows()}

    def drawn(self, basis: str, pathway: str, measure: str) -> pd.Series:
        """A headline of a pathway, draw by draw."""
        return self.draws[DRAWN.join((basis, pathway, measure))]


def read_ranges(folder: Path) -> Ranges | None:
    """The plausible ranges in a results folder; None where they have not been run.

    Raises
    ------
    ResultsError
        If they cannot be read, or were written by another version of the program.
    """
    file = folder / "ranges.json"
    if not file.exists():
        return None
    told = read_json(file, AGAIN)
    if not isinstance(told, dict) or told.get("ranges_version") != RANGES_VERSION:
        raise ResultsError(f"{file}: is of another version of the program; {AGAIN}")
    told = held_to(RangesTold, told, file, AGAIN)
    tables = {name: read_table(folder / f"{name}.csv", schema) for name, schema in RANGES.items()}
    return Ranges(told, draws=_draws(folder / "draws.csv", told), **tables)


def _draws(path: Path, told: Mapping[str, Any]) -> pd.DataFrame:
    """The draws: a row each, and in every column but those of yes and no a number."""
    read_text(path, AGAIN)
    try:
        draws = pd.read_csv(path).rename(columns=read_cell)
    except (ValueError, OverflowError, pd.errors.ParserError) as error:
        raise ResultsError(f"{path}: is not the table expected ({error}); {AGAIN}") from None
    odd = [name for name, column in draws.items() if not is_numeric_dtype(column.dtype)]
    if odd:
        raise ResultsError(f"{path}: {odd[0]} holds something else than numbers; {AGAIN}")
    if len(draws) != told["draws"]:
        raise ResultsError(f"{path}: has {len(draws)} rows for {told['draws']} draws; {AGAIN}")
    return draws
