"""Targets for waits: how long is too long, such as four weeks, or 18."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated

from pydantic import AfterValidator, Field

from sim.scenario.keys import key, shown

MOST_TARGETS = 12
MOST_DAYS = 36_500

USUAL_TARGETS = (28, 182)
"""Where a file does not say [days]."""

WholeDays = Annotated[int, Field(ge=0, le=MOST_DAYS)]


def _rising(days: list[int]) -> list[int]:
    if any(later <= earlier for earlier, later in pairwise(days)):
        raise ValueError(f"{shown(days)} does not rise from each target to the next; write {sorted(set(days))}")
    if len(days) > MOST_TARGETS:
        raise ValueError(f"here stand {len(days)} targets; keep at most {MOST_TARGETS}")
    return days


WaitTargets = Annotated[list[WholeDays], Field(min_length=1), AfterValidator(_rising)]

WAIT_TARGETS = key(
    "waits longer than each of these are shown for every stage worked by a team: as a share of those who started (a "
    "flow), and of those waiting (a stock)",
    "days",
    default_factory=lambda: list(USUAL_TARGETS),
)
"""The key of a file that holds them."""
