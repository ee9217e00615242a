"""A measure: what it is called, its unit, what it means and how it is reckoned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Per = Literal["citizen", "share", "payer", "pathway", "stage", "team", "difference", "pair"]


@dataclass(frozen=True)
class Definition:
    """A measure: a sum of one column over a sum of another.

    `per` says what it is a number of: `citizen` (divided by the cohort, the same people in every pathway), `share` (a
    ratio of sums over all replications), `payer` (of what a citizen costs, the part one payer bears), `pathway` (as a
    whole), `stage` or `team` (in the cohort window, everyone counted), `difference` (only between two pathways), `pair`
    (citizen by citizen between two pathways).
    """

    name: str
    unit: str
    sentence: str
    per: Per
    top: str
    bottom: str = "citizens"
    needs: Literal["", "levels", "money", "crisis"] = ""

    @property
    def formula(self) -> str:
        """How it is reckoned, in the names of the columns it is made of."""
        if self.per in ("citizen", "share", "payer"):
            return f"sum of {self.top} / sum of {self.bottom}"
        return f"{self.top} / {self.bottom}" if self.bottom else self.top


def of_citizen(name: str, unit: str, sentence: str, top: str = "", needs: str = "levels") -> Definition:
    """A measure of a citizen: the sum of a column, by default the one of its name, over the cohort."""
    return Definition(name, unit, sentence, "citizen", top or name, "citizens", needs)  # type: ignore[arg-type]


def share_of(name: str, sentence: str, top: str, bottom: str, needs: str = "levels", unit: str = "share") -> Definition:
    """A measure that is one sum over another."""
    return Definition(name, unit, sentence, "share", top, bottom, needs)  # type: ignore[arg-type]
