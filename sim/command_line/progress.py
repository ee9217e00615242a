"""Progress, on stderr, while replications run."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import TimeRemainingColumn as TimeLeft

from sim.experiments.experiment import Watcher

STAGES = {1: "replications", 2: "second stage, for the precision asked"}


class Bar(Watcher):
    """A bar with the replications done, time passed and time left; plain lines where stderr is no terminal."""

    def __init__(self, title: str, *, quiet: bool = False) -> None:
        console = Console(stderr=True, quiet=quiet)
        self._console, self._title = console, title
        self._shown = 0
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

    def prepares(self, seconds: int) -> None:
        """Say that there is a wait, why, and that it comes once."""
        self._console.print(f"preparing the fast engine, once, about {seconds} s", highlight=False)

    def begin(self, replications: int, stage: int) -> None:
        """Show that so many replications begin."""
        self._shown, self._total = 0, replications
        self._task = self._progress.add_task(f"{self._title}: {STAGES[stage]}", total=replications)
        self._say(f"{self._title}: {replications} {STAGES[stage]}")

    def done(self, replications: int) -> None:
        """Show that so many more are done."""
        self._shown += replications
        if self._task is not None:
            self._progress.advance(self._task, replications)
        self._say(f"{self._title}: {self._shown} of {self._total} done")

    def _say(self, text: str) -> None:
        if not self._console.is_terminal:
            self._console.print(text, highlight=False, soft_wrap=True)
