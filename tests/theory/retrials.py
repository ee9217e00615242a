"""What theory gives of a queue without waiting room whose callers try again; nothing here knows the engine.

References
----------
.. [1] Falin, G. I. and Templeton, J. G. C. (1997). Retrial Queues. Chapman & Hall, London; sections 1.1 and 2.1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import lil_matrix
from scipy.sparse.linalg import spsolve


@dataclass(frozen=True)
class Retrials:
    """A retrial queue in its steady state."""

    busy: float
    """Mean number of lines in use."""
    trying: float
    """Mean number who will try again."""
    engaged: float
    """Share of attempts that find all lines in use."""


def retrials(
    arrivals_per_day: float, service_days: float, lines: int, pause_days: float, persistent: float, most: int = 200
) -> Retrials:
    """M/M/c/c with retrials: who finds all lines in use tries again, with chance `persistent`, after a pause.

    The chain of (lines in use, callers who will try again), cut at `most` of these, solved as a sparse linear system.
    """
    states = [(busy, trying) for busy in range(lines + 1) for trying in range(most + 1)]
    place = {state: at for at, state in enumerate(states)}
    rates = lil_matrix((len(states), len(states)))
    for (busy, trying), here in place.items():
        moves: list[tuple[tuple[int, int], float]] = [((busy - 1, trying), busy / service_days)]
        if busy < lines:
            moves += [((busy + 1, trying), arrivals_per_day), ((busy + 1, trying - 1), trying / pause_days)]
        else:
            moves += [
                ((busy, trying + 1), arrivals_per_day * persistent),
                ((busy, trying - 1), trying / pause_days * (1 - persistent)),
            ]
        for state, rate in moves:
            if rate and state in place:
                rates[place[state], here] += rate
                rates[here, here] -= rate
    rates[0, :] = 1.0
    law = spsolve(rates.tocsc(), np.eye(1, len(states)).ravel())
    busy, trying = np.array(states).T
    attempts = arrivals_per_day + trying / pause_days
    return Retrials(
        busy=float(law @ busy),
        trying=float(law @ trying),
        engaged=float((law * attempts)[busy == lines].sum() / (law @ attempts)),
    )


def one_line(arrivals_per_day: float, service_days: float, pause_days: float) -> Retrials:
    """The same with one line and callers who never give up, in closed form; [1]_ section 1.1.

    With r the load and t the rate of trying again: r lines in use, r (arrivals + r t) / ((1 - r) t) who will try again.
    """
    load = arrivals_per_day * service_days
    trying = load * (arrivals_per_day + load / pause_days) / (1 - load) * pause_days
    return Retrials(busy=load, trying=trying, engaged=float("nan"))
