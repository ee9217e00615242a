"""Histograms of times, so that medians over replications can be pooled without keeping every visit.

Bins are logarithmic, 32 to each doubling from 2^-14 days (5 seconds) to 2^13 days (22 years), the first for 0. Within a
bin values are taken as evenly spread, so that a quantile is off by less than 2.2%, and by far less where many fall.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.measures.arrays import Floats, Ints

BINS_PER_DOUBLING = 32
LOWEST, HIGHEST = -14, 13
BINS = (HIGHEST - LOWEST) * BINS_PER_DOUBLING + 1
EDGES = np.concatenate([[0.0], 2.0 ** (np.arange(BINS) / BINS_PER_DOUBLING + LOWEST)])

Counts = NDArray[np.int64]

Sparse = NDArray[np.int32]
"""Histograms one after another with what is empty left out: the places of bins, and how many fall in each (2, n)."""


def histogram(days: Floats) -> Counts:
    """How many of `days` fall in each bin; NaN and infinite values are left out."""
    return np.bincount(bins(days[np.isfinite(days)]), minlength=BINS)


def histograms(part: Ints, days: Floats, parts: int) -> Counts:
    """A histogram of the `days` of each of `parts` parts (parts, bins)."""
    cells = part.astype(np.int64) * BINS + bins(days)
    return np.bincount(cells, minlength=parts * BINS).reshape(parts, BINS)


def bins(days: Floats) -> Ints:
    """The bin that each of these finite times falls in."""
    known = np.clip(days, 0.0, EDGES[-1] * (1 - 1e-12))
    return np.searchsorted(EDGES, known, side="right") - 1


def sparse(counts: Counts) -> Sparse:
    """Histograms, the last axis being bins, in one array without their empty bins."""
    flat = counts.ravel()
    places = np.flatnonzero(flat)
    return np.stack([places, flat[places]]).astype(np.int32)


def unpacked(found: Sequence[Sparse], part: int) -> Counts:
    """The histogram in one place of each of several `sparse` arrays (len(found), bins)."""
    counts = np.zeros((len(found), BINS), np.int64)
    for row, (places, numbers) in zip(counts, found, strict=True):
        low, high = np.searchsorted(places, [part * BINS, (part + 1) * BINS])
        row[places[low:high] - part * BINS] = numbers[low:high]
    return counts


def quantile(counts: Counts, share: float) -> float:
    """The value below which `share` of the counted values lie [days]; NaN if nothing was counted."""
    return float(quantiles(counts[None], share)[0])


def quantiles(counts: Counts, share: float) -> Floats:
    """The same for each of several histograms (n, bins)."""
    cumulated = np.cumsum(counts, axis=1)
    total, rows = cumulated[:, -1], np.arange(len(counts))
    wanted = share * total
    place = (cumulated < wanted[:, None]).sum(axis=1)
    before = cumulated[rows, np.maximum(place, 1) - 1]
    inside = (wanted - before) / np.maximum(counts[rows, place], 1)
    found = np.where(place == 0, 0.0, EDGES[place] + inside * (EDGES[place + 1] - EDGES[place]))
    return np.where(total > 0, found, np.nan)
