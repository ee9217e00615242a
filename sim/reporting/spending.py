"""Where the money goes: GBP per citizen by purpose, as the charts, sentences and tables tell it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sim.reporting.amounts import amount
from sim.reporting.results import Results

COSTS = {
    "deciding": "cost_deciding",
    "helping": "cost_helping",
    "running": "cost_running",
    "contract": "contract_cost",
    "crisis": "crisis_cost",
}
"""The measure of each purpose's money; together they are `public_cost`."""


@dataclass(frozen=True)
class Spending:
    """What one pathway spends on a citizen, by purpose, and half the width of the interval of the total [GBP]."""

    basis: str
    pathway: str
    by_purpose: dict[str, float]
    half_width: float

    @property
    def total(self) -> float:
        """Public cost per citizen [GBP]."""
        return math.fsum(self.by_purpose.values())

    def said(self, gbp: float) -> str:
        """An amount of this money: all are rounded alike, so that parts and total agree."""
        return amount(gbp, "GBP", half_width=self.half_width)


def spending(results: Results) -> list[Spending]:
    """What each pathway spends, on each basis that changes it; empty where nothing has a price."""
    return [made for basis, pathway in results.arms if (made := _spending(results, basis, pathway))]


def _spending(results: Results, basis: str, pathway: str) -> Spending | None:
    rows = {purpose: results.overall(basis, pathway, cost) for purpose, cost in COSTS.items()}
    if all(row is None for row in rows.values()):
        return None
    total = results.overall(basis, pathway, "public_cost")
    half_width = math.nan if total is None else float(total["high"] - total["low"]) / 2
    by_purpose = {purpose: 0.0 if row is None else float(row["mean"]) for purpose, row in rows.items()}
    return Spending(basis, pathway, by_purpose, half_width)
