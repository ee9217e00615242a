"""Judging: on which basis which measure is judged. The one place where that stands."""

from __future__ import annotations

from collections.abc import Mapping

from sim.measures.cost_definitions import COSTS

COST, NEED = "public_cost", "days_in_need"

MADE_EQUAL: Mapping[str, tuple[str, ...]] = {
    "equal_spend": tuple(one.name for one in COSTS if one.per == "citizen" and one.needs == "money"),
    "equal_help": (NEED,),
}
"""What a basis makes equal between pathways is not judged on it; crisis stands apart from the spend made equal."""


def is_judged(basis: str, measure: str) -> bool:
    """Whether a difference between pathways is judged on a basis: what the basis makes equal is not."""
    return measure not in MADE_EQUAL.get(basis, ())
