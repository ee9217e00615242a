"""Stopping: a thread whose work is no longer wanted leaves it before the next batch."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from sim.experiments.stopping import Stopped, heed, unless_stopped


def test_an_order_given_while_a_batch_is_at_work_stops_the_thread_before_the_next() -> None:
    order, looked_at = threading.Event(), list[int]()

    def batches() -> Iterator[int]:
        for batch in range(10):
            if batch == 3:
                order.set()
            yield batch

    with ThreadPoolExecutor(1, initializer=heed, initargs=(order,)) as pool:
        at_work = pool.submit(lambda: looked_at.extend(unless_stopped(batches())))
        with pytest.raises(Stopped):
            at_work.result(timeout=10)
    assert looked_at == [0, 1, 2]


def test_a_thread_that_heeds_no_order_does_all_of_its_work() -> None:
    assert list(unless_stopped(range(10))) == list(range(10))
