"""Headlines alone: of one pathway in one replication just the numbers that verdicts rest on.

By the formulas of the table of lives, so that both come to the same number to the last bit; a draw of the plausible
ranges needs nothing else, and the rest takes most of the time.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.measures.arrays import Floats
from sim.measures.costs import public_cost
from sim.measures.definitions import DEFINITIONS, HEADLINES
from sim.measures.followed import Followed
from sim.measures.lives import Columns, lives
from sim.measures.money import account
from sim.measures.need import at_levels, days_to_help, turns
from sim.measures.record import Record


def headline_values(record: Record, names: Sequence[str]) -> Floats:
    """Measures of a citizen over the cohort of a record, in the order of their names; NaN without a cohort."""
    columns = _few(record, names) if set(names) <= set(HEADLINES) and record.scenario.has_levels else lives(record)
    return np.array([_mean(columns, name) for name in names])


def _mean(columns: Columns, name: str) -> float:
    """The sum of a measure's column over that of what it is divided by, both summed as a reduction sums them."""
    top, bottom = DEFINITIONS[name].top, DEFINITIONS[name].bottom
    if top not in columns or not columns[bottom].any():
        return float("nan")
    table = np.column_stack([columns[top], columns[bottom]])
    sums = np.einsum("kc,cm->km", np.ones((1, len(table))), table)[0]
    return float(sums[0] / sums[1])


def _few(record: Record, names: Sequence[str]) -> Columns:
    """The columns of lives that the three headlines are made of, as far as they are named."""
    life, columns = Followed(record), {}
    level = at_levels(life)
    if "days_to_help" in names:
        columns["days_to_help"] = days_to_help(life, turns(life))
    if "public_cost" in names and record.scenario.has_money:
        columns["public_cost"] = public_cost(life, account(record), level)
    return {"citizens": np.ones(life.count), "days_in_need": level.in_need, **columns}
