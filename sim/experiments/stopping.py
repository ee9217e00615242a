"""Stopping: how a thread at work learns that its work is no longer wanted."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from typing import TypeVar

Thing = TypeVar("Thing")

_here = threading.local()


class Stopped(Exception):  # noqa: N818
    """The work of this thread is no longer wanted."""


def heed(order: threading.Event) -> None:
    """Have this thread stop once the order is given."""
    _here.order = order


def unless_stopped(things: Iterable[Thing]) -> Iterator[Thing]:
    """The same things, one after another.

    Raises
    ------
    Stopped
        Before the next, if this thread is to stop.
    """
    order = getattr(_here, "order", None)
    for thing in things:
        if order is not None and order.is_set():
            raise Stopped
        yield thing
