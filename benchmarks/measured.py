"""All that a benchmark measures, as one value; what was left out is None or empty."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.anytown import Beside
from benchmarks.engines import Absent
from benchmarks.growth import Growth
from benchmarks.rounds import Comparison
from benchmarks.start_up import StartUp
from benchmarks.threads import Threads
from benchmarks.whole_run import WholeRun


@dataclass(frozen=True)
class Measured:
    """What came of each part."""

    day: str
    machine: str
    comparisons: tuple[Comparison, ...] = ()
    absent: tuple[Absent, ...] = ()
    anytown: Beside | None = None
    by_length: tuple[Growth, ...] = ()
    by_line: tuple[Growth, ...] = ()
    start_up: StartUp | None = None
    threads: Threads | None = None
    whole_run: WholeRun | None = None

    @property
    def agrees(self) -> bool:
        """Whether all engines did the same work."""
        return all(comparison.agrees for comparison in self.comparisons)
