"""Progress, on stderr, while replications run."""

from __future__ import annotations

from functools import partial
from threading import Lock
from time import monotonic
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import TimeRemainingColumn as TimeLeft

from sim.engine.engines import prepare
from sim.experiments.experiment import Stage, Watcher
from sim.experiments.verifying.dossier import Observer
from sim.experiments.verifying.findings import Finding

SILENT_SECONDS = 2.0
"""Nobody is left without a word for much longer than this."""

STAGES: dict[Stage, str] = {
    "warm_up": "runs to check the warm-up",
    "equal_help": "runs to find the posts for the same time in need",
    "first": "replications",
    "second": "second stage, for the precision asked",
    "demand": "runs at other arrivals",
    "fit": "runs to fit numbers",
    "variants": "runs of its variants",
    "ranges": "runs of draws from the ranges",
    "tornado": "runs with one number at an end of its range",
    "break_even": "runs along the ranges of the largest numbers",
    "flips": "runs of what would change the answer",
    "elements": "runs of combinations of elements",
}


def prepared_engine(*, quiet: bool = False) -> None:
    """Have the compiled engine ready, with a word where it must be compiled first."""
    prepare(partial(_said_plainly, Console(stderr=True, quiet=quiet)))


def _said_plainly(console: Console, text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)


class Bar(Watcher):
    """A bar with the replications done, time passed and time left; plain lines where stderr is no terminal."""

    def __init__(self, title: str, *, quiet: bool = False) -> None:
        console = Console(stderr=True, quiet=quiet)
        self._console, self._title = console, title
        self._shown, self._lock = 0, Lock()
        self._task: TaskID | None = None
        self._progress = Progress(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeLeft(),
            console=console, disable=not console.is_terminal,
        )  # fmt: skip

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._progress.stop()

    def prepares(self, text: str) -> None:
        """Say that there is a wait, why, and how often; or what is wrong with the place that would spare it."""
        _said_plainly(self._console, text)

    def begin(self, replications: int | None, stage: Stage) -> None:
        """Show that so many replications begin."""
        self._shown, self._total = 0, replications
        self._task = self._progress.add_task(f"{self._title}: {STAGES[stage]}", total=replications)
        self._say(f"{self._title}: {'' if replications is None else f'{replications} '}{STAGES[stage]}")

    def done(self, replications: int) -> None:
        """Show that so many more are done; any thread may tell it."""
        with self._lock:
            self._shown += replications
            if self._task is not None:
                self._progress.advance(self._task, replications)
            of = "" if self._total is None else f" of {self._total}"
            self._say(f"{self._title}: {self._shown}{of} done")

    def _say(self, text: str) -> None:
        if not self._console.is_terminal:
            self._console.print(text, highlight=False, soft_wrap=True)


class TestsBar(Observer):
    """A bar with the tests done; plain lines where stderr is no terminal."""

    def __init__(self, title: str, *, quiet: bool = False) -> None:
        self._console, self._title = Console(stderr=True, quiet=quiet), title
        self._progress = Progress(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
            console=self._console, disable=not self._console.is_terminal,
        )  # fmt: skip
        self._task = self._progress.add_task(title, total=None)
        self._name, self._runs, self._told = "", 0, monotonic()

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._progress.stop()

    def begin(self, tests: int, seconds: float) -> None:
        """Show how many tests there are, and about how long they will take."""
        self._progress.update(self._task, total=tests)
        about = f"{max(1, round(seconds))} seconds" if seconds < 90 else f"{round(seconds / 60)} minutes"
        self._console.print(f"{self._title}: {tests} tests, about {about}", highlight=False, soft_wrap=True)

    def test(self, name: str) -> None:
        """Show that a test begins."""
        self._name, self._runs = name, 0
        self._progress.update(self._task, description=f"{self._title}: {name}")
        self._say(f"{name} ..")

    def task(self) -> None:
        """Show that one more run is done, if nothing was said for a while."""
        self._runs += 1
        self._progress.update(self._task, description=f"{self._title}: {self._name}, run {self._runs}")
        if monotonic() - self._told > SILENT_SECONDS:
            self._say(f"{self._name}: {self._runs} done")

    def found(self, finding: Finding) -> None:
        """Show that a test is done."""
        self._progress.advance(self._task)
        self._say(f"{finding.test}: {finding.verdict.replace('_', ' ')}")

    def _say(self, text: str) -> None:
        self._told = monotonic()
        if not self._console.is_terminal:
            self._console.print(f"{self._title}: {text}", highlight=False, soft_wrap=True)
