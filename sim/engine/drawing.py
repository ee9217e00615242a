"""Many values of a law at once: what `quantiles.quantile` gives for one uniform number, for an array of them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import special

from sim.engine import quantiles as q
from sim.scenario.laws import Law

Floats = NDArray[np.float64]


def drawn(law: Law, u: Floats) -> Floats:
    """The value below which the law lies with probability `u`, 0 < u < 1, for each [the unit of the law's key].

    Equal to `quantile` to the last few bits, not to the last one: the population is made once for both engines.
    """
    tables: list[Floats] = []
    row = q.compiled_law(law, 1.0, tables)
    if row.kind == q.TABLE:
        scores = np.linspace(-q.TABLE_REACH, q.TABLE_REACH, q.TABLE_POINTS)
        return np.asarray(row.a * np.exp(np.interp(special.ndtri(u), scores, tables[0])), dtype=np.float64)
    if row.kind == q.EMPIRICAL:
        totals, values = np.split(tables[0], 2)
        return np.asarray(values[np.minimum(np.searchsorted(totals, u), totals.size - 1)], dtype=np.float64)
    return np.asarray(_closed(row, u), dtype=np.float64)


def _closed(row: q.LawRow, u: Floats) -> Any:
    """Values of a law with a closed quantile."""
    kind, a, b, c = row[:4]
    if kind == q.EXPONENTIAL:
        return -a * np.log1p(-u)
    if kind == q.LOGNORMAL:
        return np.exp(a + b * special.ndtri(u))
    if kind == q.WEIBULL:
        return a * (-np.log1p(-u)) ** b
    if kind == q.UNIFORM:
        return a + b * u
    if kind == q.TRIANGULAR:
        return a + b * np.where(u < c, np.sqrt(u * c), 1.0 - np.sqrt((1.0 - u) * (1.0 - c)))
    return np.full(u.size, a)
