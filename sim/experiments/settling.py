"""Settling: how long a history a run has before its cohort, and whether a longer one would move the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sim.experiments.pilots import PILOT_REPLICATIONS

Outcome = Literal["accepted", "doubled", "too_short", "growing", "not_checked"]
"""`accepted`: as the file gives it. `doubled`: until twice as long moved nothing. `too_short`: as long as may be, and
not known to be enough. `growing`: at the longest history tried the answer still moves and a backlog grows, so that it
stays as given.
"""


@dataclass(frozen=True)
class WarmUp:
    """The warm-up of a run: the weeks given and used, what came of doubling it, and why."""

    given: int
    used: int
    outcome: Outcome
    why: str = ""
    pilots: int = PILOT_REPLICATIONS
    """How many replications the check rests on."""

    @property
    def is_settled(self) -> bool:
        """Whether the answer does not hang on the length of the warm-up, as far as was checked."""
        return self.outcome not in ("too_short", "growing")
