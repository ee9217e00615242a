"""The two engines: one contract, `simulate(model, population)`, and the same visits and level changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal, get_args

from sim.engine import reference
from sim.engine.model import Model
from sim.engine.population import Population
from sim.engine.tables import Batch, Tables, gathered
from sim.errors import printable

Engine = Literal["compiled", "reference"]
ENGINES: tuple[Engine, ...] = get_args(Engine)
DEFAULT: Engine = "compiled"

SECONDS_TO_PREPARE = 20
"""About how long it takes to compile the compiled engine, once on a machine [seconds]."""


def simulate(model: Model, population: Population, engine: Engine = DEFAULT) -> Tables:
    """What happens to `population` in the pathway of `model`: visits and level changes, by either engine."""
    return gathered(batches(model, population, engine))


def batches(model: Model, population: Population, engine: Engine = DEFAULT) -> Iterator[Batch]:
    """The same as the engine writes it: the compiled one in batches as it goes, the reference one all at once."""
    if engine == "reference":
        return iter([reference.written(model, population)])
    from sim.engine.kernel import simulating  # numba takes half a second to import

    return simulating.batches(model, population)


def prepare(say: Callable[[str], None] = lambda _: None) -> None:
    """Compile the compiled engine, or fetch it from where it was kept; `say` is told what a user should know of it."""
    from sim.engine.kernel import simulating
    from sim.engine.kernel.jit import is_kept, kept_at

    place = kept_at()
    for why in place.refused:
        say(f"note: {printable(why)}")
    if not is_kept():
        how_often = "once" if place.folder else "each time, as there is no folder to keep it in"
        say(f"preparing the fast engine, {how_often}, about {SECONDS_TO_PREPARE} s")
    simulating.prepare()
