"""How long a new process takes to have the compiled engine: the first time on a machine, and later."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from dataclasses import astuple, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = "from benchmarks.ours import compiled_means; compiled_means('referral')(100, 1)"
"""Imports, the scenario read, and 100 citizens sent through it."""

IMPORTS = "import benchmarks.ours, sim.engine.kernel.simulating"
CACHED_STARTS = 5


@dataclass(frozen=True)
class Start:
    """A process from its start to its end [seconds]: by the clock, and of the processor, which neighbours spare."""

    wall: float
    processor: float


@dataclass(frozen=True)
class StartUp:
    """The first start of all, a later one, and how much of the later one is Python itself and all imports."""

    cold: Start
    cached: Start
    imports: Start


def measured() -> StartUp:
    """Once with an empty cache of compiled code, then some times with what that left."""
    with TemporaryDirectory(prefix="benchmark-") as cache:
        cold = _started(PROGRAM, cache)
        return StartUp(cold, _typical(PROGRAM, cache), _typical(IMPORTS, cache))


def _typical(program: str, cache: str) -> Start:
    """Medians of some starts."""
    starts = [_started(program, cache) for _ in range(CACHED_STARTS)]
    wall, processor = (statistics.median(parts) for parts in zip(*map(astuple, starts), strict=True))
    return Start(wall, processor)


def _started(program: str, cache: str) -> Start:
    """A Python process of its own; compiled code is kept under `cache` (on Linux)."""
    before, began = of_children(), perf_counter()
    words = [sys.executable, "-c", program]
    subprocess.run(words, cwd=ROOT, env={**os.environ, "XDG_CACHE_HOME": cache}, check=True)
    return Start(perf_counter() - began, of_children() - before)


def of_children() -> float:
    """Processor seconds of all processes that this one has started and that have ended."""
    spent = os.times()
    return spent.children_user + spent.children_system
