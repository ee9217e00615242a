"""What a second thread is worth to the compiled engine."""

from __future__ import annotations

import gc
import statistics
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from time import perf_counter

from benchmarks import ours
from benchmarks.work import Means

ROUNDS = 9


@dataclass(frozen=True)
class Threads:
    """The same replications of W2 on one thread and on two: medians of some rounds [wall seconds]."""

    replications: int
    citizens: int
    one: float
    two: float
    ratio: float
    """Median of the ratios within a round."""


def measured(replications: int, citizens: int) -> Threads:
    """Population, engine and lives of so many replications, on one thread and on two in turn."""
    _run(citizens, 0)
    rounds = [(_seconds(1, replications, citizens), _seconds(2, replications, citizens)) for _ in range(ROUNDS)]
    return Threads(
        replications,
        citizens,
        one=statistics.median(one for one, _ in rounds),
        two=statistics.median(two for _, two in rounds),
        ratio=statistics.median(one / two for one, two in rounds),
    )


def _seconds(threads: int, replications: int, citizens: int) -> float:
    gc.collect()
    began = perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        for means in pool.map(partial(_run, citizens), range(replications)):
            assert means["helped"] > 0
    return perf_counter() - began


def _run(citizens: int, seed: int) -> Means:
    return ours.compiled_means("referral")(citizens, seed)
