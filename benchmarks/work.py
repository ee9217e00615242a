"""The work that all engines do, and what one run of it gives: processor time, and means that must agree."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Literal

from benchmarks.plain_simpy import LineResult, ReferralResult

Workload = Literal["line", "referral"]
TITLES: dict[Workload, str] = {"line": "W1, a line", "referral": "W2, the referral pathway"}

MEANS: dict[Workload, tuple[str, ...]] = {
    "line": ("mean_wait_days", "waited"),
    "referral": (
        "mean_wait_days",
        "mean_contacts",
        "mean_staff_hours",
        "mean_reentries",
        "gave_up",
        "helped",
        "mean_days_to_help_if_helped",
    ),
}
"""What is compared, as `plain_simpy.LineResult` and `ReferralResult` say it; cost follows from staff hours."""

Means = dict[str, float]
MILLION = 1_000_000


@dataclass(frozen=True)
class Cpu:
    """Processor time [seconds]: in the program itself, and in the system on its behalf."""

    user: float
    system: float

    @property
    def both(self) -> float:
        """All of it [seconds]."""
        return self.user + self.system

    def __sub__(self, earlier: Cpu) -> Cpu:
        return Cpu(self.user - earlier.user, self.system - earlier.system)


@dataclass(frozen=True)
class Outcome:
    """One run of one engine."""

    cpu: Cpu
    means: Means


Run = Callable[[int, int], Outcome]
"""So many citizens, from an empty service until the last has gone, with this seed."""


@dataclass(frozen=True)
class Engine:
    """One that does the work: its name, its runs by workload, and how many citizens it gets beside others."""

    name: str
    runs: Mapping[Workload, Run]
    pace: float = 1.0
    """Citizens of a run, as a multiple of those of a middling engine: enough to time it, and no more."""

    def citizens(self, middling: int) -> int:
        """Citizens of one of its runs."""
        return max(2, round(self.pace * middling))


class MissingError(Exception):
    """An engine is not there; says why, in words for a table."""


def cpu_so_far() -> Cpu:
    """Processor time of this process up to now; all of it is called user where the system does not tell."""
    try:
        import resource
    except ImportError:
        return Cpu(time.process_time(), 0.0)
    used = resource.getrusage(resource.RUSAGE_SELF)
    return Cpu(used.ru_utime, used.ru_stime)


def timed(run: Callable[[int, int], Means]) -> Run:
    """The same with its processor time. Earlier garbage is nobody's: it goes before the clock starts."""

    def timed_run(citizens: int, seed: int) -> Outcome:
        gc.collect()
        before = cpu_so_far()
        means = run(citizens, seed)
        return Outcome(cpu_so_far() - before, means)

    return timed_run


def means_of(result: LineResult | ReferralResult) -> Means:
    """What is compared of a result."""
    workload: Workload = "line" if isinstance(result, LineResult) else "referral"
    values = asdict(result)
    return {name: values[name] for name in MEANS[workload]}
