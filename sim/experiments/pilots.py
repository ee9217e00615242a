"""Pilots: short series of runs before an experiment, with numbers of their own, to find what its plan needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

PILOT_REPLICATIONS = 5
PILOT_FIRST = 1_000_000
"""Number of the first pilot replication: far from those of the experiment, so that its luck is its own."""

PILOT_NUMBERS = range(PILOT_FIRST, PILOT_FIRST + PILOT_REPLICATIONS)

Task = TypeVar("Task")
Made = TypeVar("Made")


class Hands(Protocol):
    """Whoever does tasks: a crew of workers, or the caller alone."""

    def each(self, do: Callable[[Task], Made], tasks: Iterable[Task]) -> list[Made]:
        """What `do`, a function of a module, makes of each task, in the order of the tasks."""
        ...


class Alone:
    """Does one task after another, here."""

    def each(self, do: Callable[[Task], Made], tasks: Iterable[Task]) -> list[Made]:
        """What `do` makes of each task, in the order of the tasks."""
        return [do(task) for task in tasks]


ALONE = Alone()
