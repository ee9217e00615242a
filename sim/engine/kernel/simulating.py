"""The compiled engine from outside: a model and a population in, visits and level changes out."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.engine.kernel.building import Memory, rows
from sim.engine.kernel.jit import IS_COMPILED
from sim.engine.kernel.layout import NOBODY, WORLD
from sim.engine.kernel.loop import DONE, NO_ROOM, advance, open_up, write_open_visits
from sim.engine.model import Model
from sim.engine.population import Population
from sim.engine.tables import LevelChanges, Tables, Visits

EVENTS_A_CALL = 1_000_000
"""After so many events the interpreter has its turn: for Ctrl-C, and for progress."""


def simulate(model: Model, population: Population) -> Tables:
    """What happens to `population` in the pathway of `model`: visits and level changes.

    The same as `reference.simulate` gives, to the last bit where the platform's mathematical functions are the same.
    """
    with np.errstate(over="warn" if IS_COMPILED else "ignore"):
        return _simulated(Memory(model, population))


def prepare() -> None:
    """Have everything compiled that `simulate` needs, by a world in which nobody comes."""
    worlds = rows(1, WORLD)
    open_up(worlds)
    advance(worlds, 0)
    write_open_visits(worlds, 0)


def _simulated(memory: Memory) -> Tables:
    written: list[tuple[Any, Any]] = []
    worlds = memory.worlds
    open_up(worlds)
    while (state := advance(worlds, EVENTS_A_CALL)) != DONE:
        if state == NO_ROOM and worlds["free"][0] == NOBODY:
            memory.grow()
        written.append(memory.carried_off())
    row = 0
    while row < worlds["rows"][0]:
        written.append(memory.carried_off())
        row = write_open_visits(worlds, row)
    written.append(memory.carried_off())
    visits, changes = zip(*written, strict=True)
    return Tables(Visits(*_columns(visits)), LevelChanges(*_columns(changes)))


def _columns(parts: tuple[Any, ...]) -> list[Any]:
    """The columns of all rows, citizen by citizen; those of a citizen stay in the order in which they were written."""
    whole = np.concatenate(parts)
    order = np.argsort(whole["citizen"], kind="stable")
    return [whole[name][order] for name in whole.dtype.names or ()]
