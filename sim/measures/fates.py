"""Fates: what came first for each citizen after the need arose. Everyone has exactly one."""

from __future__ import annotations

import numpy as np

from sim.measures.arrays import Floats, number

IN_TIME_DAYS = 28
FATES = ("right_help_by_28_days", "right_help_later", "recovered", "left", "never")


def fates(right_help: Floats, recovered: Floats, left: Floats) -> dict[str, Floats]:
    """Who has which fate: 1 or 0, a column for each of FATES; the columns add up to 1 for every citizen.

    The arguments are days since the need arose, infinite for what did not happen within follow-up. The earliest of
    them decides, and what a relapse brings later changes nothing: a fate is what stopped `days_to_help`.
    """
    # At one instant need ends, or its owner leaves, before any work starts: of equal days the first row stays.
    first = np.argmin([np.full_like(left, np.inf), recovered, left, right_help], axis=0)
    is_in_time = right_help <= IN_TIME_DAYS
    held = ((first == 3) & is_in_time, (first == 3) & ~is_in_time, first == 1, first == 2, first == 0)
    return {f"fate_{fate}": number(flag) for fate, flag in zip(FATES, held, strict=True)}
