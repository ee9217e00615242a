"""The model beside published figures, drawn: a band of tolerance round each figure, and where the model came out."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pandas as pd

from sim.measures.definitions import DEFINITIONS
from sim.reporting import evidence_wording as words
from sim.reporting import wording
from sim.reporting.amounts import stated, with_unit
from sim.reporting.colours import Look, look
from sim.reporting.evidence import check_result
from sim.reporting.names import plain_name
from sim.reporting.results import Results
from sim.reporting.tables import estimate, within

ROOM = 0.12
"""Left free at each end of a strip, of its length."""


@dataclass(frozen=True)
class Strip:
    """One check. Places are along the strip [% of its length]; what is not known has none."""

    title: str
    of: str
    look: Look
    result: str
    in_words: str
    sign: str
    said: str
    band: tuple[float, float]
    published: float
    model: float | None
    interval: tuple[float, float] | None


def strips(results: Results) -> list[Strip]:
    """A strip a check, failures first; each has a scale of its own."""
    table = results.checks.sort_values("passed", kind="stable")
    return [_strip(results, row) for _, row in table.iterrows()]


def _strip(results: Results, row: pd.Series) -> Strip:
    unit = row["unit"] or DEFINITIONS[row["measure"]].unit
    published, tolerance, model = (float(row[name]) for name in ("published", "tolerance", "model"))
    low, high = within(unit, float(row["low"]), float(row["high"]))
    ends = (published - tolerance, published + tolerance)
    place = _scale(value for value in (*ends, model, low, high) if math.isfinite(value))
    result = check_result(results, passed=bool(row["passed"]))
    band = (place(ends[0]), place(ends[1]))
    has_interval = math.isfinite(model) and low < high
    return Strip(
        title=row["title"] or plain_name(row["name"]),
        of=plain_name(row["pathway"]),
        look=look(results, row["pathway"]),
        result=result,
        in_words=wording.CHECK_RESULTS[result],
        sign=words.SIGNS[result],
        said=_said(row, unit),
        band=(band[0], round(band[1] - band[0], 2)),
        published=place(published),
        model=place(model) if math.isfinite(model) else None,
        interval=(place(low), round(place(high) - place(low), 2)) if has_interval else None,
    )


def _scale(values: Iterable[float]) -> Callable[[float], float]:
    """From a value to its place along a strip that holds all of these [% of its length]."""
    found = list(values)
    start, span = min(found), max(found) - min(found) or 1.0
    return lambda value: round(100 * (ROOM + (1 - 2 * ROOM) * (value - start) / span), 2)


def _said(row: pd.Series, unit: str) -> str:
    cell = estimate(pd.Series({"unit": unit, "mean": row["model"], "low": row["low"], "high": row["high"]}))
    model = with_unit(cell.text, unit, difference=False) if math.isfinite(row["model"]) else cell.text
    return words.CHECK.format(
        model=f"{model} ({cell.below})" if cell.below else model,
        published=stated(row["published"], unit),
        tolerance=stated(row["tolerance"], unit, difference=True),
    )
