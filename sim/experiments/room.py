"""Room: whether this machine has the memory that a run takes, said before the run and not by its end.

A file is not wrong because a machine is small: `check` only remarks on it, and a run is refused.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from sim.errors import RequestError
from sim.scenario.scenario import Scenario

BYTES_OF_PROGRAM = 250_000_000
"""What Python, the libraries and the compiled engine take before anyone comes."""

BYTES_OF_ARRIVAL = 250
"""What each citizen of a whole replication takes: drawn, known to the engine, and looked at by the measures."""

BYTES_OF_VISITS = 1_900
"""What each citizen from the cohort window on takes besides: visits and level changes, and what measures make of them.

Both by `python -m benchmarks.memory`, from the peak of a process at two sizes; those of the dearest of four scenarios,
rounded up. What was measured is 58% to 94% of what they come to.
"""

CGROUPS = Path("/sys/fs/cgroup")
GIGABYTE = 1e9


@dataclass(frozen=True)
class Room:
    """How many citizens one replication has, and what it takes to run some replications side by side [bytes]."""

    citizens: int
    kept: int
    workers: int

    @property
    def of_one(self) -> int:
        """What one replication takes."""
        return BYTES_OF_ARRIVAL * self.citizens + BYTES_OF_VISITS * self.kept

    @property
    def needed(self) -> int:
        """What all at work take."""
        return BYTES_OF_PROGRAM + self.workers * self.of_one

    def lacking(self, available: int) -> str:
        """What to say where that is more than there is; empty where it is not."""
        if self.needed <= available:
            return ""
        fitting = (available - BYTES_OF_PROGRAM) // max(1, self.of_one)
        remedy = "Lower arrivals or shorten run.weeks"
        if fitting >= 1:
            remedy = f"Use --workers {fitting}, lower arrivals or shorten run.weeks"
        needed, free = self.needed / GIGABYTE, available / GIGABYTE
        return (
            f"a replication has about {self.citizens:,} citizens, and {self.workers:,} at once need about "
            f"{needed:,.1f} GB of memory. This machine has {free:,.1f} GB free. {remedy}."
        )


def room_for(scenario: Scenario, workers: int) -> Room:
    """What so many replications of a scenario take."""
    weeks, a_day = scenario.run.weeks, sum(scenario.arrivals_a_day.values())
    waiting = scenario.waiting_at_start.people if scenario.waiting_at_start else 0
    kept = a_day * (weeks.horizon - weeks.cohort_from)
    return Room(round(a_day * weeks.horizon + waiting), round(kept + waiting), workers)


def refuse_without_room(scenario: Scenario, workers: int) -> None:
    """Refuse a run for which this machine has not the memory, with a RequestError."""
    if why := room_for(scenario, workers).lacking(available()):
        raise RequestError(f"{scenario.name}: {why}")


def available() -> int:
    """Memory that this process may still take: what is free, or less where a container allows less [bytes]."""
    return min(int(psutil.virtual_memory().available), *_left_in_groups())


def _left_in_groups() -> list[int]:
    """What is left in each control group that this process is in, the second version's (Linux)."""
    try:
        inside = Path("/proc/self/cgroup").read_text(encoding="ascii").rpartition("::")[2].strip()
    except (OSError, UnicodeError):
        inside = "/"
    group, found = CGROUPS / inside.lstrip("/"), [int(psutil.virtual_memory().total)]
    for folder in (group, *group.parents):
        with suppress(OSError, ValueError):
            limit, used = (int((folder / f"memory.{name}").read_text()) for name in ("max", "current"))
            found.append(max(0, limit - used + _given_back(folder)))
        if folder == CGROUPS:
            break
    return found


def _given_back(folder: Path) -> int:
    """Pages of files that count as used, and that the kernel takes back when memory is asked for."""
    lines = (line.split() for line in (folder / "memory.stat").read_text().splitlines())
    return next((int(value) for name, value in lines if name == "inactive_file"), 0)
