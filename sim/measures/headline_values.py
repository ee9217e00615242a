"""The mean of a few measures over the cohort of one record: headlines from their own columns, others from all lives."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.measures.arrays import Floats
from sim.measures.definitions import DEFINITIONS
from sim.measures.followed import Followed
from sim.measures.headline_lives import HEADLINES, headline_columns
from sim.measures.lives import Columns, lives
from sim.measures.record import Record


def headline_values(record: Record, names: Sequence[str]) -> Floats:
    """Measures of a citizen over the cohort of a record, in the order of their names; NaN without a cohort."""
    columns = _few(record, names) if set(names) <= set(HEADLINES) and record.scenario.has_levels else lives(record)
    return np.array([_mean(columns, name) for name in names])


def _few(record: Record, names: Sequence[str]) -> Columns:
    life = Followed(record)
    return {"citizens": np.ones(life.count), **headline_columns(life, names=names)}


def _mean(columns: Columns, name: str) -> float:
    """The sum of a measure's column over that of what it is divided by, both summed as a reduction sums them."""
    top, bottom = DEFINITIONS[name].top, DEFINITIONS[name].bottom
    if top not in columns or not columns[bottom].any():
        return float("nan")
    table = np.column_stack([columns[top], columns[bottom]])
    sums = np.einsum("kc,cm->km", np.ones((1, len(table))), table)[0]
    return float(sums[0] / sums[1])
