"""Agreement: both engines on one scenario, visit by visit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.engine.engines import ENGINES, simulate
from sim.engine.model import compiled
from sim.engine.population import population
from sim.engine.tables import OUTCOMES
from sim.scenario.scenario import Scenario
from sim.scenario.vocabulary import NO_SERVICE


@dataclass(frozen=True)
class Agreement:
    """Whether the engines gave the same in one pathway and replication.

    `different` names the table of the first row that differs, visits before level changes, and `rows` gives that row as
    each engine has it, by engine; None and empty where all is the same to the last bit.
    """

    pathway: str
    replication: int
    visits: int
    level_changes: int
    different: str | None
    rows: dict[str, dict[str, float | str | None]]


def agreements(scenario: Scenario, replications: int) -> Iterator[Agreement]:
    """Both engines in every pathway of a scenario and with no service, replication after replication."""
    names = [*scenario.pathways, *([None] if scenario.has_levels else [])]
    for replication in range(replications):
        people = population(scenario, replication)
        for name in names:
            model = compiled(scenario, name)
            both = {engine: simulate(model, people, engine) for engine in ENGINES}
            stages = list(scenario.pathways[name].stages) if name else []
            different, rows = _first_difference(both, stages)
            visits, changes = both["reference"]
            yield Agreement(name or NO_SERVICE, replication, len(visits), len(changes), different, rows)


def _first_difference(both: dict[Any, Any], stages: list[str]) -> tuple[str | None, dict[str, Any]]:
    one, other = both.values()
    for place, name in enumerate(("visits", "level_changes")):
        row = first_different(one[place], other[place])
        if row is not None:
            return name, {engine: _told(tables[place], row, stages) for engine, tables in both.items()}
    return None, {}


def first_different(one: Any, other: Any) -> int | None:
    """The first row in which two tables differ, or that only one of them has; None if they are equal throughout."""
    common = min(len(one), len(other))
    differs = np.zeros(common, np.bool_)
    for left, right in zip(one, other, strict=True):
        a, b = left[:common], right[:common]
        differs |= (a != b) & ~((a != a) & (b != b))  # NaN, where a time was not reached, is the same as NaN
    if differs.any():
        return int(np.argmax(differs))
    return None if len(one) == len(other) else common


def _told(table: Any, row: int, stages: list[str]) -> dict[str, float | str | None]:
    """A row of a table by column; stages and outcomes by name."""
    if row >= len(table):
        return {}
    told: dict[str, Any] = {name: column[row].item() for name, column in table._asdict().items()}
    if "stage" in told:
        told |= {"stage": stages[told["stage"]], "outcome": OUTCOMES[told["outcome"]]}
    return told
