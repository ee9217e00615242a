"""Shapley values of a game: what each element adds, averaged over all orders of adding them (Shapley 1953)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.experiments.drivers.shares import weight
from sim.measures.arrays import Floats


class Contributions(NamedTuple):
    """What each element contributes (elements, ...): over all orders, as the first to come in, and as the last."""

    shapley: Floats
    first_in: Floats
    last_in: Floats


def contributions(worth: Floats) -> Contributions:
    """What each element contributes to the worth of all together, less that of none.

    Parameters
    ----------
    worth : Floats
        Of every set of elements (2^elements, ...): element k is in the set of row r where bit k of r is 1.

    Returns
    -------
    Contributions
        `shapley` adds up over elements to the worth of all less that of none, whatever the other axes hold.
    """
    elements = int(worth.shape[0]).bit_length() - 1
    rows = np.arange(worth.shape[0])
    sizes = np.array([int(row).bit_count() for row in rows])
    shapley = []
    for element in range(elements):
        without = rows[(rows >> element & 1) == 0]
        gains = worth[without | 1 << element] - worth[without]
        shapley.append(np.tensordot([weight(size, elements) for size in sizes[without]], gains, axes=1))
    alone = [1 << element for element in range(elements)]
    last = rows[-1]
    return Contributions(
        np.array(shapley),
        worth[alone] - worth[0],
        worth[last] - worth[[last ^ bit for bit in alone]],
    )
