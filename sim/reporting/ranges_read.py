"""The plausible ranges as they lie in a results folder."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from sim.errors import ResultsError
from sim.reporting.paragraphs import one_line

RANGES_VERSION = 1
COLUMNS = {
    "ranges": (
        "basis",
        "pathway",
        "against",
        "measure",
        "unit",
        "median",
        "low",
        "high",
        "mean",
        "range_sd",
        "noise_sd",
    ),
    "chances": ("basis", "pathway", "against", "kind", "measure", "chance", "raw", "corrected"),
    "acceptability": ("basis", "pathway", "gbp_per_day_in_need", "is_stated", "raw", "corrected"),
}
"""The tables read, and the columns each must have."""

WORDS = ("basis", "pathway", "against", "kind", "measure", "chance", "unit")
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
    try:
        told = _cleaned(json.loads(file.read_text(encoding="utf-8")))
        tables = {name: _table(folder / f"{name}.csv", columns) for name, columns in COLUMNS.items()}
        draws = pd.read_csv(folder / "draws.csv")
        version = told["ranges_version"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ResultsError(f"{file}: cannot be read ({error}); run the ranges again") from None
    if version != RANGES_VERSION:
        raise ResultsError(f"{file}: is of another version of the program; run the ranges again")
    return Ranges(told, draws=draws.rename(columns=one_line), **tables)


def _table(path: Path, columns: tuple[str, ...]) -> pd.DataFrame:
    kinds: dict[str, Any] = {name: "str" if name in WORDS else "float64" for name in columns if name != "is_stated"}
    missing = {name: [""] for name, kind in kinds.items() if kind == "float64"}
    table = pd.read_csv(path, dtype=kinds, keep_default_na=False, na_values=missing)
    for name in columns:
        if kinds.get(name) == "str":
            table[name] = table[name].map(one_line).astype("object")
    return table[list(columns)]


def _cleaned(told: Any) -> Any:
    if isinstance(told, dict):
        return {one_line(name): _cleaned(inner) for name, inner in told.items()}
    if isinstance(told, list):
        return [_cleaned(inner) for inner in told]
    return one_line(told) if isinstance(told, str) else told
