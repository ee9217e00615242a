"""The compiled engine from outside: a model and a population in, visits and level changes out."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.engine.kernel.building import Memory, rows
from sim.engine.kernel.jit import IS_COMPILED
from sim.engine.kernel.layout import NOBODY, WORLD
from sim.engine.kernel.loop import DONE, NO_ROOM, PAUSED, advance
from sim.engine.model import Model
from sim.engine.population import Population
from sim.engine.tables import Batch, Tables, gathered

EVENTS_A_CALL = 1_000_000
"""After so many events the interpreter has its turn: for Ctrl-C, and for progress."""


def simulate(model: Model, population: Population) -> Tables:
    """What happens to `population` in the pathway of `model`: visits and level changes.

    The same as `reference.simulate` gives, to the last bit where the platform's mathematical functions are the same.
    """
    return gathered(batches(model, population))


def batches(model: Model, population: Population) -> Iterator[Batch]:
    """The same, row by row as it happens: in batches, so that who needs a part of it need not hold all of it."""
    memory = Memory(model, population)
    worlds, state = memory.worlds, PAUSED
    while state != DONE:
        with np.errstate(over="warn" if IS_COMPILED else "ignore"):
            state = advance(worlds, EVENTS_A_CALL)
        if state == NO_ROOM and worlds["free"][0] == NOBODY:
            memory.grow()
        yield memory.carried_off()


def prepare() -> None:
    """Have everything compiled that `simulate` needs, by a world in which nobody comes."""
    advance(rows(1, WORLD), 0)
