"""A queue whose posts follow the week, solved numerically: the stationary law of its Markov chain from week to week.

States are (busy, waiting). Arrivals are Poisson, work is exponential. In each stretch of the week the chain has a
constant generator G, so that its law goes from p to p exp(G t); at a change of shift those waiting start as posts come.
The law at the start of a week is the fixed point of a whole week. Nothing here is taken from the engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import expm

Floats = NDArray[np.float64]


class Stretch(NamedTuple):
    """So many days with so many posts; None: closed."""

    days: float
    posts: int | None


class Means(NamedTuple):
    """Averages over the week: number waiting [people], at work beyond those on shift [post-days a week]."""

    waiting: float
    overtime: float


def week(
    stretches: Sequence[Stretch], arrivals_per_day: float, work_days: float, *, same_day: bool, most_waiting: int
) -> Means:
    """Averages of the stationary week; `most_waiting` cuts the chain where the queue hardly ever reaches."""
    most_busy = max(stretch.posts or 0 for stretch in stretches)
    shape = (most_busy + 1, most_waiting + 1)
    busy, waiting = (states.ravel() for states in np.indices(shape))
    moved = [_moved(stretch, arrivals_per_day, 1 / work_days, shape, same_day=same_day) for stretch in stretches]
    whole = np.linalg.multi_dot([step for start, over, _ in moved for step in (start, over)])
    law = _fixed_point(whole)
    means = Means(0.0, 0.0)
    for stretch, (start, over, spent) in zip(stretches, moved, strict=True):
        inside = law @ start @ spent
        at_work = stretch.posts is not None or same_day
        beyond = float(inside @ np.maximum(busy - (stretch.posts or 0), 0)) if at_work else 0.0
        means = Means(means.waiting + float(inside @ waiting), means.overtime + beyond)
        law = law @ start @ over
    return Means(means.waiting / sum(stretch.days for stretch in stretches), means.overtime)


def mean_number(arrivals_per_day: float, work_days: float, posts: int, days: Floats, most: int) -> Floats:
    """Mean number in an M/M/c queue that was empty at day 0, at each of `days`."""
    numbers = np.arange(most + 1)
    rates = np.diag(np.full(most, arrivals_per_day), 1)
    rates += np.diag(np.minimum(numbers[1:], posts) / work_days, -1)
    generator = rates - np.diag(rates.sum(axis=1))
    return np.array([float(expm(generator * day)[0] @ numbers) for day in days])


def _moved(
    stretch: Stretch, arrivals: float, per_day: float, shape: tuple[int, int], *, same_day: bool
) -> tuple[Floats, Floats, Floats]:
    """Of a stretch: its matrices of those who start as it begins, of going through it, and of the time spent in it."""
    number = shape[0] * shape[1]
    start, generator = np.zeros((number, number)), np.zeros((number, number))
    posts = 0 if stretch.posts is None else stretch.posts
    for busy, waiting in np.ndindex(shape):
        here = busy * shape[1] + waiting
        taken = min(waiting, max(0, posts - busy))
        start[here, (busy + taken) * shape[1] + waiting - taken] = 1.0
        if busy < posts:
            generator[here, (busy + 1) * shape[1] + waiting] += arrivals
        elif waiting + 1 < shape[1]:
            generator[here, busy * shape[1] + waiting + 1] += arrivals
        if busy and (stretch.posts is not None or same_day):
            follows = bool(waiting) and busy - 1 < posts
            generator[here, (busy - 1 + follows) * shape[1] + waiting - follows] += busy * per_day
    generator -= np.diag(generator.sum(axis=1))
    both = np.block([[generator, np.eye(number)], [np.zeros((number, 2 * number))]])  # Van Loan (1978)
    moved = expm(both * stretch.days)
    return start, moved[:number, :number], moved[:number, number:]


def _fixed_point(chain: Floats) -> Floats:
    """The stationary law of a stochastic matrix."""
    number = len(chain)
    system = np.vstack([chain.T - np.eye(number), np.ones(number)])
    law, *_ = np.linalg.lstsq(system, np.append(np.zeros(number), 1.0), rcond=None)
    return np.asarray(law, dtype=np.float64)
