"""The speed to reach: what is wanted, what was measured, and whether that is enough."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from benchmarks.measured import Measured
from benchmarks.ours import COMPILED
from benchmarks.rounds import Row

FLAT = 1.5
"""The dearest citizen may cost so many times the cheapest, whatever the size."""


@dataclass(frozen=True)
class Target:
    """One number to reach: at least `wanted`, or at most; NaN where it was not measured."""

    what: str
    bound: Literal["at least", "at most"]
    wanted: float
    found: float
    unit: str

    @property
    def verdict(self) -> str:
        """In a word or two."""
        if math.isnan(self.found):
            return "not measured"
        enough = self.found >= self.wanted if self.bound == "at least" else self.found <= self.wanted
        return "met" if enough else "NOT MET"


def targets(measured: Measured) -> list[Target]:
    """Every target, in the order of the tables."""
    return [*_peers(measured), *_anytown(measured), *_start_up(measured), *_growth(measured), *_threads(measured)]


def _peers(measured: Measured) -> list[Target]:
    row = next((one.row(COMPILED) for one in measured.comparisons if one.workload == "referral"), None)

    def found(name: str) -> float:
        return math.nan if row is None else float(getattr(row, name))

    assert {"as_fast_as_simpy", "as_fast_as_simmer", "times_tuned", "times_generic"} <= set(Row.__dataclass_fields__)
    return [
        Target("W2, as fast as SimPy as people write it", "at least", 120, found("as_fast_as_simpy"), "times"),
        Target("W2, as fast as R simmer", "at least", 60, found("as_fast_as_simmer"), "times"),
        Target("W2, the time of C by hand", "at most", 2.5, found("times_tuned"), "times"),
        Target("W2, the time of C for any pathway", "at most", 1.5, found("times_generic"), "times"),
    ]


def _anytown(measured: Measured) -> list[Target]:
    found = measured.anytown
    return [
        Target("W3, as fast as our reference engine", "at least", 60, found.ratio if found else math.nan, "times"),
        Target("W3, the same of the engine alone", "at least", 60, found.engine_ratio if found else math.nan, "times"),
    ]


def _start_up(measured: Measured) -> list[Target]:
    found = measured.start_up
    return [
        Target("First start on a machine, which compiles", "at most", 20, found.cold.wall if found else math.nan, "s"),
        Target("Later starts, imports included", "at most", 1.5, found.cached.wall if found else math.nan, "s"),
    ]


def _growth(measured: Measured) -> list[Target]:
    spreads = [(each.what, each.spread) for each in measured.by_length]
    spreads += [("Giving up from one line", each.spread) for each in measured.by_line if each.what == COMPILED]
    return [
        Target(f"{what}: dearest citizen over cheapest", "at most", FLAT, spread, "times") for what, spread in spreads
    ]


def _threads(measured: Measured) -> list[Target]:
    found = measured.threads.ratio if measured.threads else math.nan
    return [Target("Two threads, as fast as one", "at least", 1.7, found, "times")]
