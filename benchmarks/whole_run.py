"""A whole run of `anytown` from the command line, compiled code in its cache: how long, and where the time goes."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import ClassVar

from benchmarks.start_up import of_children
from benchmarks.work import cpu_so_far
from sim.engine.engines import prepare
from sim.experiments.experiment import Options, Stage, Watcher, run
from sim.experiments.folders import write_results
from sim.experiments.workers import default_workers
from sim.reporting.pages import write_pages
from sim.scenario.scenario import Scenario, load

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Share:
    """A phase of the run, and the processor seconds it takes."""

    name: str
    seconds: float


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
    """A run in a process of its own, then its phases in this one."""
    prepare()
    options = ["--quick"] if quick else []
    with TemporaryDirectory(prefix="benchmark-") as folder:
        words = [sys.executable, "run_scenarios.py", "run", "anytown", "--out", folder, *options]
        words += ["--replications", str(replications)]
        before, began = of_children(), perf_counter()
        subprocess.run(words, cwd=ROOT, check=True, capture_output=True)
        seconds, processor = perf_counter() - began, of_children() - before
    wanted = None if quick else replications
    phases = _phases(load("anytown"), Options(quick=quick, replications=wanted, workers=1))
    return WholeRun(replications, default_workers(), seconds, processor, tuple(phases), _peak_megabytes_of_children())


class _Phases(Watcher):
    """Processor seconds of the phases of a run, by the phase that follows the start of each."""

    names: ClassVar[dict[str, str]] = {
        "warm_up": "warm-up checked (5 pilots on two histories)",
        "equal_help": "equal help found (5 pilots of each factor tried)",
        "first": "replications",
        "second": "replications, second stage",
        "demand": "arrivals x 0.8 and x 1.2",
        "variants": "sceptic, advocate and null (10 replications of each)",
    }

    def __init__(self) -> None:
        self.began, self.shares, self.name = _processor(), list[Share](), "plan"

    def begin(self, replications: int | None, stage: Stage) -> None:  # noqa: ARG002
        """A phase begins, and so the one before it has ended."""
        self.over(self.names[stage])

    def over(self, following: str) -> None:
        """The phase at hand has ended."""
        now = _processor()
        self.shares.append(Share(self.name, now - self.began))
        self.began, self.name = now, following


def _phases(scenario: Scenario, options: Options) -> list[Share]:
    """The phases of the run on one thread, in this process."""
    phases = _Phases()
    experiment = run(scenario, options, phases)
    phases.over("tables and report")
    with TemporaryDirectory(prefix="benchmark-") as place:
        write_results(experiment, Path(place) / "anytown", command="benchmark", finish=write_pages)
    phases.over("")
    return phases.shares


def _processor() -> float:
    return cpu_so_far().both


def _peak_megabytes_of_children() -> float:
    """Peak memory of the largest process that this one has started [MB]; NaN where the system does not tell."""
    try:
        import resource
    except ImportError:
        return float("nan")
    scale = 1e6 if sys.platform == "darwin" else 1e3
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / scale
