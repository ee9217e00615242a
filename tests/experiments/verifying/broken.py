"""Ways to break the engine, the measures or the draws, so that a test of the dossier has something to find."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import pytest

from sim.engine.codes import WEEKS, WORK
from sim.engine.model import Model, compiled
from sim.engine.population import Population, population
from sim.engine.stages import Stages
from sim.engine.tables import Batch, Tables, gathered
from sim.experiments import replications
from sim.scenario.scenario import Scenario
from sim.scenario.teams import Team


def model(patch: pytest.MonkeyPatch, change: Callable[[Model, str | None], Model]) -> None:
    """The engine runs another model than the scenario says."""
    patch.setattr(replications, "compiled", lambda scenario, name: change(compiled(scenario, name), name))


def visits(patch: pytest.MonkeyPatch, change: Callable[[dict[str, Any]], None]) -> None:
    """The engine writes other visits than happened: `change` alters columns in place."""

    def gathered_otherwise(batches: Iterable[Batch]) -> Tables:
        tables = gathered(batches)
        columns = {name: column.copy() for name, column in tables.visits._asdict().items()}
        if len(tables.visits):
            change(columns)
        return tables._replace(visits=type(tables.visits)(**columns))

    patch.setattr(replications, "gathered", gathered_otherwise)


def crowd(patch: pytest.MonkeyPatch, where: Any, keep: Callable[[Scenario, Population], Any]) -> None:
    """Only some citizens come: `keep` says which; `where` is the module that asks for them."""

    def some(scenario: Scenario, number: int) -> Population:
        everyone = population(scenario, number)
        columns: list[Any] = [column[keep(scenario, everyone)] for column in everyone]
        return Population(*columns)

    patch.setattr(where, "population", some)


def pay(patch: pytest.MonkeyPatch, change: Callable[[float], float]) -> None:
    """The measures take another pay for a team than its posts cost."""
    honest = Team.paid_gbp_a_year.fget  # type: ignore[attr-defined]
    patch.setattr(Team, "paid_gbp_a_year", property(lambda team: change(honest(team))))


def later_visit(columns: dict[str, Any]) -> int:
    """The row of a visit that follows another of the same citizen in the same approach, both begun and over."""
    same = (np.diff(columns["citizen"]) == 0) & (np.diff(columns["approach"]) == 0)
    lasted = columns["ended"] > columns["started"]
    return int(np.flatnonzero(same & lasted[1:] & lasted[:-1])[0]) + 1


def service(patch: pytest.MonkeyPatch, factor: float) -> None:
    """All service takes `factor` times as long as the file says."""
    drawn = Stages.drawn

    def longer(self: Stages, visit: Any, what: int) -> float:
        return drawn(self, visit, what) * (factor if what in (WORK, WEEKS) else 1.0)

    patch.setattr(Stages, "drawn", longer)
