"""Workers: the same tasks, one after another or in several processes, with the same results in the same order."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

from sim.experiments.arms import Plan
from sim.experiments.replications import Replication, replicate

Task = TypeVar("Task")
Made = TypeVar("Made")
Progress = Callable[[int], None]

START_METHOD: str | None = None
"""How worker processes are started; None: the platform's own way."""

_plan: Plan | None = None


def default_workers() -> int:
    """How many processes to use where nobody says: one for each processor this process may use."""
    try:
        return max(1, len(os.sched_getaffinity(0)))
    except AttributeError:
        return max(1, os.cpu_count() or 1)


def replications(plan: Plan, numbers: Iterable[int], workers: int, done: Progress) -> list[Replication]:
    """The replications of these numbers, in their order whatever the number of workers.

    Ctrl-C stops the workers at once; nothing they had begun is kept.
    """
    wanted = list(numbers)
    if workers <= 1 or len(wanted) <= 1:
        return list(_counted((replicate(plan, number) for number in wanted), done))
    with _pool(plan, min(workers, len(wanted))) as pool:
        return on_executor(pool, wanted, done)


def on_executor(pool: Executor, numbers: list[int], done: Progress) -> list[Replication]:
    """The replications of these numbers on an executor whose workers know the plan."""
    futures: list[Future[Replication]] = [pool.submit(_replicate, number) for number in numbers]
    for future in futures:
        future.add_done_callback(lambda finished: done(1) if _went_well(finished) else None)
    return [future.result() for future in futures]


def _went_well(future: Future[Made]) -> bool:
    return not future.cancelled() and future.exception() is None


def _counted(results: Iterator[Made], done: Progress) -> Iterator[Made]:
    for result in results:
        done(1)
        yield result


class Crew:
    """Does tasks one after another, or in the processes of a pool, with the same results in the same order."""

    def __init__(self, pool: Executor | None, done: Progress) -> None:
        self._pool, self._done = pool, done

    def each(self, do: Callable[[Task], Made], tasks: Iterable[Task]) -> list[Made]:
        """What `do`, a function of a module, makes of each task, in the order of the tasks."""
        if self._pool is None:
            return list(_counted((do(task) for task in tasks), self._done))
        futures: list[Future[Made]] = [self._pool.submit(do, task) for task in tasks]
        for future in futures:
            future.add_done_callback(lambda finished: self._done(1) if _went_well(finished) else None)
        return [future.result() for future in futures]


@contextmanager
def crew(workers: int, done: Progress) -> Iterator[Crew]:
    """Workers for tasks of any kind; Ctrl-C stops them at once."""
    if workers <= 1:
        yield Crew(None, done)
        return
    with _pool(None, workers) as pool:
        yield Crew(pool, done)


@contextmanager
def _pool(plan: Plan | None, workers: int) -> Iterator[ProcessPoolExecutor]:
    """A pool whose workers know the plan; on an interruption they are ended, not waited for."""
    others = set(multiprocessing.active_children())
    context = multiprocessing.get_context(START_METHOD)
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_know, initargs=(plan,))
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for child in set(multiprocessing.active_children()) - others:
            child.kill()
        raise
    pool.shutdown()


def know(plan: Plan | None) -> None:
    """Tell a worker the plan, once; None where its tasks bring what they need."""
    global _plan
    _plan = plan


def _know(plan: Plan | None) -> None:
    """Tell a process of its own; Ctrl-C is the parent's to deal with, and an end asked for is taken at once."""
    know(plan)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _replicate(number: int) -> Replication:
    assert _plan is not None, "a worker was not told the plan"
    return replicate(_plan, number)
