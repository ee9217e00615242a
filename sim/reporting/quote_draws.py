"""What draws from plausible ranges say of a quote, where they have been run; without them, nothing."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from sim.experiments.ranges.chances import NEITHER
from sim.reporting.differences import Difference
from sim.reporting.reading import read_table
from sim.reporting.schema import RANGES, STUDY

CHANCES, GRADES = "chances.csv", "grades.csv"
CLAIMS = {
    "sooner_or_less": "less_by_what_matters",
    "later_or_more": "more_by_what_matters",
    "no_difference_that_matters": "no_difference_that_matters",
}
"""What must be so in a draw for it to agree with a verdict on a size; with what says only which way, the sign must."""


def is_claim(one: Difference) -> bool:
    """Whether what is said of a difference is something a draw can agree with: that it is not clear is nothing such."""
    return one.is_none or one.reading != "no_clear_difference"


@dataclass(frozen=True)
class DrawsSaid:
    """Shares of draws in which something is so, and shares of the uncertainty by grade of evidence, as tables."""

    chances: pd.DataFrame
    grades: pd.DataFrame

    @property
    def number(self) -> int:
        """How many draws there were."""
        return int(self.chances["draws"].max()) if len(self.chances) else 0

    def agreeing(self, one: Difference) -> float | None:
        """Share of draws that agree with what is said of a difference; None where it was not drawn, or claims nothing.

        The smaller of the share as drawn and of that without the noise of single runs.
        """
        if not is_claim(one):
            return None
        if one.is_none:
            return self._share(one, "sign", NEITHER)
        by_size = self._share(one, "matters", CLAIMS[one.verdict]) if one.verdict in CLAIMS else None
        if by_size is not None or one.verdict == "no_difference_that_matters":
            return by_size
        return self._share(one, "sign", "less" if one.mean < 0 else "more")

    def _share(self, one: Difference, kind: str, chance: str) -> float | None:
        where = {"basis": one.basis, "pathway": one.pathway, "against": one.against, "measure": one.measure}
        rows = _rows(self.chances, where | {"kind": kind, "chance": chance})
        if rows.empty:
            return None
        raw, corrected = float(rows["raw"].iloc[0]), float(rows["corrected"].iloc[0])
        return raw if math.isnan(corrected) else min(raw, corrected)

    def assumed(self, one: Difference) -> float | None:
        """Share of the uncertainty of a difference that rests on assumptions; None where that was not studied."""
        where = {"basis": one.basis, "pathway": one.pathway, "measure": one.measure, "grade": "D"}
        rows = _rows(self.grades, where)
        return None if rows.empty or rows["share"].isna().all() else float(rows["share"].iloc[0])


def _rows(table: pd.DataFrame, where: dict[str, str]) -> pd.DataFrame:
    for column, value in where.items():
        table = table[table[column] == value]
    return table


def read_draws(folder: Path) -> DrawsSaid | None:
    """What draws from plausible ranges say, as it lies in a results folder; None where they have not been run.

    Raises
    ------
    ResultsError
        If a table of them cannot be read.
    """
    if not (folder / CHANCES).is_file():
        return None
    grades = STUDY["grades"]
    made = read_table(folder / GRADES, grades) if (folder / GRADES).is_file() else pd.DataFrame(columns=grades.columns)
    return DrawsSaid(read_table(folder / CHANCES, RANGES["chances"]), made)
