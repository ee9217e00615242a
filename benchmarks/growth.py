"""What a citizen costs the compiled engine as runs grow, and as a line grows from whose middle people give up."""

from __future__ import annotations

import gc
import statistics
from collections.abc import Callable
from dataclasses import astuple, dataclass

import numpy as np
import simpy

from benchmarks import ours
from benchmarks.plain_simpy import Steps
from benchmarks.work import MEANS, MILLION, TITLES, Cpu, Run, cpu_so_far, timed

MOST_REPEATS = 7


@dataclass(frozen=True)
class Growth:
    """Processor time a citizen by number of citizens: the median of some runs of each length."""

    what: str
    sizes: tuple[int, ...]
    costs: tuple[Cpu, ...]
    """Microseconds a citizen."""

    @property
    def totals(self) -> tuple[float, ...]:
        """In the program and in the system together, for memory that grows is paid for in the system."""
        return tuple(cost.user + cost.system for cost in self.costs)

    @property
    def spread(self) -> float:
        """The dearest over the cheapest: 1 if perfectly flat."""
        return max(self.totals) / min(self.totals)


def by_length(sizes: tuple[int, ...]) -> list[Growth]:
    """W1 and W2 on the compiled engine, in runs of so many citizens."""
    costs = {workload: _cost_of(timed(ours.compiled_means(workload))) for workload in MEANS}
    return [
        Growth(TITLES[workload], sizes, tuple(_median(cost, size) for size in sizes))
        for workload, cost in costs.items()
    ]


def _cost_of(run: Run) -> Callable[[int], Cpu]:
    return lambda size: run(size, 1).cpu


def by_line(sizes: tuple[int, ...]) -> list[Growth]:
    """Joining one line together and giving up from its middle, with so many in it: ours and plain SimPy.

    SimPy's line is searched from the front, so it has the longest left out.
    """
    engines: tuple[tuple[str, Callable[[int], None], tuple[int, ...]], ...] = (
        (ours.COMPILED, lambda length: ours.run_impatient_line(length, "compiled"), sizes),
        (ours.REFERENCE, lambda length: ours.run_impatient_line(length, "reference"), sizes),
        ("SimPy, as people write it", _plain_impatient_line, sizes[:-1]),
    )
    return [Growth(name, each, tuple(_median(_cpu_of(run), size) for size in each)) for name, run, each in engines]


def _cpu_of(run: Callable[[int], None]) -> Callable[[int], Cpu]:
    def spent(size: int) -> Cpu:
        gc.collect()
        before = cpu_so_far()
        run(size)
        return cpu_so_far() - before

    return spent


def _median(spent: Callable[[int], Cpu], size: int) -> Cpu:
    """Median microseconds a citizen; short runs are repeated more often, and the first of all is thrown away."""
    repeats = min(MOST_REPEATS, max(1, MILLION // size // 5))
    spent(min(size, 1_000))
    runs = [spent(size) for _ in range(repeats)]
    return Cpu(*(statistics.median(parts) / size * MILLION for parts in zip(*map(astuple, runs), strict=True)))


def _plain_impatient_line(length: int) -> None:
    env = simpy.Environment()
    team = simpy.Resource(env, capacity=1)

    def held() -> Steps:
        with team.request() as turn:
            yield turn
            yield env.timeout(3.0)

    def impatient(days: float) -> Steps:
        with team.request() as turn:
            yield turn | env.timeout(days)

    env.process(held())
    for days in np.random.default_rng(1).uniform(1.0, 2.0, length):
        env.process(impatient(float(days)))
    env.run()
