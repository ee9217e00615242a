"""The compiled engine from outside: a model and a population in, visits and level changes out."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.engine.kernel.building import built, with_more_citizens
from sim.engine.kernel.jit import IS_COMPILED
from sim.engine.kernel.layout import Rows, World
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
        return _simulated(built(model, population))


def _simulated(world: World) -> Tables:
    visits: list[Rows] = []
    changes: list[Rows] = []
    open_up(world)
    while (state := advance(world, EVENTS_A_CALL)) != DONE:
        if state == NO_ROOM and world.run["free"][0] < 0:
            world = with_more_citizens(world)
        _carry_off(world, visits, changes)
    written = 0
    while written < world.citizens.size:
        _carry_off(world, visits, changes)
        written = write_open_visits(world, written)
    _carry_off(world, visits, changes)
    return Tables(Visits(*_columns(visits, "citizen", "seq")), LevelChanges(*_columns(changes, "citizen", "day")))


def _carry_off(world: World, visits: list[Rows], changes: list[Rows]) -> None:
    """Take what has been written, and make room."""
    run = world.run
    visits.append(np.array(world.visits[: run["visits"][0]]))
    changes.append(np.array(world.level_changes[: run["changes"][0]]))
    run["visits"] = run["changes"] = 0


def _columns(parts: list[Rows], first: str, second: str) -> list[Any]:
    """The columns of all rows, in order of two of them."""
    whole = np.concatenate(parts)
    order = np.lexsort((whole[second], whole[first]))
    return [whole[name][order] for name in whole.dtype.names]
