"""The citizens whose visits are kept: an even sample of the cohort, the same with every pathway."""

from __future__ import annotations

import numpy as np

from sim.measures.arrays import Ints

VISITS_OF_CITIZENS = 2000
"""So many citizens of the cohort have their visits kept, unless all are asked for."""


def evenly(count: int, most: int = VISITS_OF_CITIZENS) -> Ints:
    """Places of at most so many of `count` citizens, evenly spread in order of arrival; all where they are no more.

    Citizens are numbered as their need arises, so an even spread of numbers covers all of the cohort's year.
    """
    kept = min(count, most)
    return np.arange(kept) * count // max(kept, 1)
