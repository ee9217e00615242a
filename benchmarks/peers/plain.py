"""SimPy as people write it, as a peer: see `benchmarks.plain_simpy`."""

from __future__ import annotations

from benchmarks.plain_simpy import run_line, run_referral
from benchmarks.work import Engine, means_of, timed

NAME = "SimPy, as people write it"


def engine() -> Engine:
    """It is always there: our reference engine is on SimPy."""
    return Engine(
        NAME,
        {
            "line": timed(lambda citizens, seed: means_of(run_line(citizens, seed))),
            "referral": timed(lambda citizens, seed: means_of(run_referral(citizens, seed))),
        },
    )
