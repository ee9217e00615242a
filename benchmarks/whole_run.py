"""A whole run of `anytown` from the command line, compiled code in its cache: how long, and where the time goes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks import anytown
from benchmarks.start_up import of_children
from benchmarks.work import cpu_so_far
from sim.engine.engines import prepare
from sim.experiments.arms import plan
from sim.experiments.experiment import Options, quickened, run
from sim.experiments.folders import write_results
from sim.experiments.replications import OWN_LUCK_REPLICATIONS, replicate
from sim.experiments.workers import default_workers
from sim.reporting.report import write_report
from sim.scenario.scenario import Scenario, load

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Share:
    """A part of the run: processor seconds once, and how often in the run."""

    name: str
    seconds: float
    times: int

    @property
    def total(self) -> float:
        """Processor seconds in the whole run."""
        return self.seconds * self.times


@dataclass(frozen=True)
class WholeRun:
    """The run as it is started by hand, and its parts as measured beside it."""

    replications: int
    workers: int
    seconds: float
    """From its start to its end [wall seconds]."""
    processor: float
    """Of all its processes together [seconds]."""
    shares: tuple[Share, ...]
    peak_megabytes: float


def measured(replications: int, *, quick: bool) -> WholeRun:
    """A run in a process of its own, then its parts in this one."""
    prepare()
    options = ["--quick"] if quick else []
    with TemporaryDirectory(prefix="benchmark-") as folder:
        words = [sys.executable, "run_scenarios.py", "run", "anytown", "--out", folder, *options]
        words += ["--replications", str(replications)]
        before, began = of_children(), perf_counter()
        subprocess.run(words, cwd=ROOT, check=True, capture_output=True)
        seconds, processor = perf_counter() - began, of_children() - before
    shares = (*_replications(anytown.town(quick=quick, short=False), replications), *_once(replications))
    return WholeRun(replications, default_workers(), seconds, processor, shares, _peak_megabytes_of_children())


def _replications(scenario: Scenario, replications: int) -> list[Share]:
    """Parts of one replication; the rest of it is who is helped sooner in which arm, and sending it home."""
    agreed = plan(scenario)
    found = anytown.parts(agreed, "compiled")
    shares = [Share(part.name, part.cpu.user + part.cpu.system, replications) for part in found]
    own_luck = _spent(lambda: replicate(agreed, OWN_LUCK_REPLICATIONS - 1))
    whole = _spent(lambda: replicate(agreed, OWN_LUCK_REPLICATIONS))
    rest = max(0.0, whole - sum(share.seconds for share in shares))
    return [
        *shares,
        Share("the rest of a replication", rest, replications),
        Share("engine and measures again, on luck of its own", max(0.0, own_luck - whole), OWN_LUCK_REPLICATIONS),
    ]


def _once(replications: int) -> list[Share]:
    """Tables and report, from a run with short windows, with which they do not grow."""
    experiment = run(quickened(load("anytown")), Options(replications=replications))
    with TemporaryDirectory(prefix="benchmark-") as place:
        folder = Path(place) / "anytown"
        tables = _spent(lambda: write_results(experiment, folder, command="benchmark"))
        report = _spent(lambda: write_report(folder))
    return [Share("tables", tables, 1), Share("report", report, 1)]


def _spent(make: Callable[[], object]) -> float:
    """Processor seconds of this process."""
    before = cpu_so_far()
    make()
    spent = cpu_so_far() - before
    return spent.user + spent.system


def _peak_megabytes_of_children() -> float:
    """Peak memory of the largest process that this one has started [MB]; NaN where the system does not tell."""
    try:
        import resource
    except ImportError:
        return float("nan")
    scale = 1e6 if sys.platform == "darwin" else 1e3
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / scale
