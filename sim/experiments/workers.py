"""Workers: the same tasks, one after another or several at once, with the same results in the same order."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import TypeVar

from sim.engine.engines import DEFAULT, Engine
from sim.engine.population import Population, population
from sim.experiments.arms import Plan
from sim.experiments.replications import Lived, Replication, brought_together, live, replicate
from sim.experiments.stopping import heed

Task = TypeVar("Task")
Made = TypeVar("Made")
Progress = Callable[[int], None]

START_METHOD: str | None = None
"""How worker processes are started; None: the platform's own way."""

_plan: Plan | None = None


def default_workers() -> int:
    """How many at once where nobody says: one for each processor this process may use."""
    try:
        return max(1, len(os.sched_getaffinity(0)))
    except AttributeError:
        return max(1, os.cpu_count() or 1)


def replications(plan: Plan, numbers: Iterable[int], workers: int, done: Progress) -> list[Replication]:
    """The replications of these numbers, in their order whatever the number of workers.

    Arms run on threads, for the compiled engine lets go of the interpreter; with the reference engine replications run
    in processes. Ctrl-C stops them at once; nothing they had begun is kept.
    """
    wanted = list(numbers)
    if workers <= 1:
        return list(_counted((replicate(plan, number) for number in wanted), done))
    if plan.engine == "compiled":
        with _threads(workers) as pool:
            return list(_counted(_on_threads(pool, plan, wanted), done))
    with _processes(plan, min(workers, len(wanted))) as pool:
        return on_executor(pool, wanted, done)


def _on_threads(pool: Executor, plan: Plan, numbers: list[int]) -> Iterator[Replication]:
    places = range(len(plan.arms))
    begun: list[list[Future[Lived]]] = []
    for number in numbers:
        crowd = _Shared(partial(population, plan.scenario, number), len(places))
        begun.append([pool.submit(_live, plan, number, place, crowd) for place in places])
    for number, futures in zip(numbers, begun, strict=True):
        yield brought_together(number, [future.result() for future in futures])
        futures.clear()


class _Shared:
    """The citizens of a replication: made by the first of its arms, let go by the last."""

    def __init__(self, make: Callable[[], Population], users: int) -> None:
        self._make, self._left, self._lock = make, users, threading.Lock()
        self._made: Population | None = None

    def take(self) -> Population:
        """The citizens, for one more arm."""
        with self._lock:
            made = self._made or self._make()
            self._left -= 1
            self._made = made if self._left else None
            return made


def _live(plan: Plan, number: int, place: int, crowd: _Shared) -> Lived:
    return live(plan, number, place, crowd.take())


def on_executor(pool: Executor, numbers: list[int], done: Progress) -> list[Replication]:
    """The replications of these numbers on an executor whose workers know the plan."""
    return Crew(pool, done).each(_replicate, numbers)


def _counted(results: Iterator[Made], done: Progress) -> Iterator[Made]:
    for result in results:
        done(1)
        yield result


class Crew:
    """Does tasks one after another, or on the workers of a pool, with the same results in the same order."""

    def __init__(self, pool: Executor | None, done: Progress) -> None:
        self._pool, self._done = pool, done

    def each(self, do: Callable[[Task], Made], tasks: Iterable[Task]) -> list[Made]:
        """What `do`, a function of a module, makes of each task, in the order of the tasks."""
        return list(self.in_turn(do, tasks))

    def in_turn(self, do: Callable[[Task], Made], tasks: Iterable[Task]) -> Iterator[Made]:
        """The same, each as soon as it and all before it are known."""
        if self._pool is None:
            yield from _counted((do(task) for task in tasks), self._done)
            return
        futures: deque[Future[Made]] = deque(self._pool.submit(do, task) for task in tasks)
        for future in futures:
            future.add_done_callback(lambda finished: self._done(1) if _went_well(finished) else None)
        while futures:
            yield futures.popleft().result()


def _went_well(future: Future[Made]) -> bool:
    return not future.cancelled() and future.exception() is None


@contextmanager
def crew(workers: int, done: Progress, engine: Engine = DEFAULT) -> Iterator[Crew]:
    """Workers for tasks of any kind: threads, or processes where tasks run the reference engine; Ctrl-C stops them."""
    if workers <= 1:
        yield Crew(None, done)
        return
    with _threads(workers) if engine == "compiled" else _processes(None, workers) as pool:
        yield Crew(pool, done)


@contextmanager
def _threads(workers: int) -> Iterator[ThreadPoolExecutor]:
    """A pool of threads; on an interruption they are told to stop, and do before the next batch of visits."""
    order = threading.Event()
    pool = ThreadPoolExecutor(workers, initializer=heed, initargs=(order,))
    try:
        yield pool
    except BaseException:
        order.set()
        raise
    finally:
        pool.shutdown(cancel_futures=order.is_set())


@contextmanager
def _processes(plan: Plan | None, workers: int) -> Iterator[ProcessPoolExecutor]:
    """A pool of processes that know the plan, if there is one; on an interruption they are ended, not waited for."""
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
