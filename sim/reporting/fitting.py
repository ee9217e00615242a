"""What `fit` found, as text: each target beside the model, and what its number should be."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence

from sim.experiments.fitting import Fitted
from sim.measures.definitions import DEFINITIONS
from sim.reporting.amounts import bare, exact_number, printed_unit
from sim.reporting.console import WIDTH, columns
from sim.reporting.names import plain_name

STANDS = 0.01
"""A number that leaves the model as near as this to its target, as a share of it, or as the pilots can tell, stands."""


def fitted_in_words(scenario: str, found: Sequence[Fitted]) -> str:
    """Targets, what the model comes to with the number in the file and with the number fitted, and what to write."""
    rows = [_row(one) for one in found]
    head = ["Target", "published", "as in the file", "fitted", "standard error"]
    lines = [_line(one) for one in found]
    about = textwrap.fill(
        f"{scenario}: each number was fitted to one published figure, on 5 pilot replications in the file's windows. "
        "A figure a number was fitted to tests nothing.",
        WIDTH,
    )
    return "\n".join([about, "", columns(head, rows), "", *lines])


def _row(one: Fitted) -> list[str]:
    unit = DEFINITIONS[one.target.measure].unit
    name = one.target.title or plain_name(one.name)
    values = (one.target.published, one.reached_before, one.reached)
    told = [bare(value, unit, half_width=one.standard_error or math.nan) for value in values]
    return [f"{name} [{printed_unit(unit, difference=False)}]", *told, f"± {bare(one.standard_error, unit)}"]


def stands(one: Fitted) -> bool:
    """Whether the number in the file reaches its target, as far as the pilots can tell."""
    near = max(STANDS * abs(one.target.published), one.margin)
    return abs(one.reached_before - one.target.published) <= near


def _line(one: Fitted) -> str:
    now = exact_number(one.before)
    if stands(one):
        return f"{one.target.fits} = {now} stands."
    return f"{one.target.fits} = {exact_number(one.after)}    # in place of {now}"
