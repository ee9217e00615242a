"""The village, run once for all tests, followed for a year so that curves end where a measure stands."""

from __future__ import annotations

from functools import cache
from typing import Any

from sim.engine.engines import simulate
from sim.engine.model import compiled
from sim.engine.population import Population, population
from sim.engine.tables import Tables
from sim.measures.record import Record
from sim.scenario.scenario import Scenario

from ..scenario.files import village as village_data

PATHWAYS = ("outsourced", "local", None)
COSTS = (
    "cost_deciding", "cost_helping", "service_cost", "contract_cost", "crisis_cost", "public_cost", "refusing",
    "refusing_rightly", "refusing_wrongly", "cashable_service_cost", "cashable_contract_cost", "cashable_cost",
)  # fmt: skip
"""Columns of money in which the outsourced village has something."""


@cache
def village() -> Scenario:
    """The village with a year of follow-up."""
    data = village_data()
    data["run"]["weeks"] = {"warm_up": 8, "cohort": 8, "follow_up": 52}
    return Scenario.from_data("village", data)


@cache
def crowd() -> Population:
    """Its citizens."""
    return population(village(), 0)


@cache
def lived(pathway: str | None) -> Tables:
    """What happens to them."""
    return simulate(compiled(village(), pathway), crowd())


def ran(pathway: str | None, data: dict[str, Any] | None = None) -> Record:
    """The record of a pathway of the village; `data` may give it other prices, which change nothing that happens."""
    scenario = Scenario.from_data("village", data) if data else village()
    return Record(scenario, pathway, crowd(), lived(pathway))
