"""Small worlds for hand-worked traces: a pathway from a few keys, citizens row by row, and what happened as a story.

Posts work round the clock, so that 24 hours of work take one day, unless a team says otherwise. Under `average_luck`
(see conftest) every exponential time is exactly its mean, so that the arithmetic of a trace is whole numbers.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from sim.engine import luck, stages
from sim.engine.kernel import simulating as compiled_engine
from sim.engine.model import compiled
from sim.engine.population import Population
from sim.engine.reference import simulate
from sim.engine.tables import CAUSES, OUTCOMES, Tables
from sim.scenario.scenario import Scenario
from sim.scenario.vocabulary import LEVELS

Data = dict[str, Any]
Row = Mapping[str, Any]

TOP = ("place", "course", "arrivals", "waiting_at_start", "groups", "run", "wait_targets_days")
"""Keys of the top of a file; any other key is the pathway's."""

LEVEL = {name: place for place, name in enumerate(LEVELS)}


def days(number: float) -> Data:
    """Work that keeps a post busy for so many days round the clock."""
    return {"fixed": 24 * number}


def plain(stages: Data, teams: Data | None = None, **other: Any) -> Scenario:
    """A pathway `p` without levels; it starts at its first stage. `other` are keys of the pathway, or top tables."""
    return Scenario.from_data("world", _data(stages, teams or {}, other))


def needy(stages: Data, teams: Data | None = None, *, group: Data | None = None, **other: Any) -> Scenario:
    """The same with levels: one group, whose course is what `group` says of it."""
    groups = other.pop("groups", {"adults": {"share": 1.0, **(group or {})}})
    for each in groups.values():
        each.setdefault("level_at_arrival", {"low": 0.25, "moderate": 0.25, "high": 0.25, "crisis": 0.25})
    deciding = {name: {"purpose": "deciding"} if {"team", "fee_gbp"} & stages[name].keys() else {} for name in stages}
    marked = {name: {**deciding[name], **stage} for name, stage in stages.items()}
    return Scenario.from_data("world", {**_data(marked, teams or {}, other), "groups": groups})


def _data(stages: Data, teams: Data, other: Data) -> Data:
    top: Data = {name: other.pop(name) for name in TOP if name in other}
    return {
        "title": "A small world",
        "price_year": "2024-25",
        "compare": ["p"],
        "arrivals": {"per_day": 1.0},
        "run": {"weeks": {"warm_up": 0, "cohort": 1, "follow_up": 51}},
        **top,
        "pathways": {"p": {"starts_at": next(iter(stages)), "stages": stages, "teams": teams, **other}},
    }


def people(*rows: float | Row) -> Population:
    """Citizens by their day of arrival, or by a row of what is not usual: low, one need, first group and place.

    The part of the draws' key that a citizen makes is their own number, so that a draw can be given by it.
    """
    full: list[Data] = [{"arrival": row} if isinstance(row, (int, float)) else dict(row) for row in rows]

    def column(name: str, usual: int) -> Any:
        return np.array([row.get(name, usual) for row in full], dtype=np.int64)

    levels = [LEVEL[row.get("level", "low")] for row in full]
    return Population(
        arrival=np.array([row["arrival"] for row in full], dtype=np.float64),
        group=column("group", 0),
        neighbourhood=column("neighbourhood", 0),
        level=np.array(levels, dtype=np.int64),
        needs=column("needs", 1),
        base=np.arange(len(full), dtype=np.uint64),
    )


def lived(scenario: Scenario, population: Population, pathway: str | None = "p") -> Tables:
    """Both tables of a run: by the reference engine, and the same by the compiled one, whose luck cannot be given."""
    model = compiled(scenario, pathway)
    tables = simulate(model, population)
    if vars(stages)["uniform"] is luck.uniform:
        assert same(tables, compiled_engine.simulate(model, population))
    return tables


Step = tuple[int, str, float | None, float | None, float | None, str]
Move = tuple[int, float, str, str, str]


def story(scenario: Scenario, population: Population, pathway: str = "p") -> list[Step]:
    """Each visit as (citizen, stage, joined, started, ended, outcome), times not reached as None."""
    return steps(lived(scenario, population, pathway), list(scenario.pathways[pathway].stages))


def steps(tables: Tables, stages: list[str]) -> list[Step]:
    """The visits of a run as a story."""
    visits = tables.visits
    columns = (visits.citizen, visits.stage, visits.joined, visits.started, visits.ended, visits.outcome)
    return [
        (citizen, stages[stage], joined, _reached(started), _reached(ended), OUTCOMES[outcome])
        for citizen, stage, joined, started, ended, outcome in zip(*(c.tolist() for c in columns), strict=True)
    ]


def moves(scenario: Scenario, population: Population, pathway: str | None = "p") -> list[Move]:
    """Each level change as (citizen, day, from, to, cause)."""
    changes = lived(scenario, population, pathway).changes
    return [
        (citizen, day, LEVELS[old], LEVELS[new], CAUSES[cause])
        for citizen, day, old, new, cause in zip(*(column.tolist() for column in changes), strict=True)
    ]


def _reached(time: float) -> float | None:
    return None if math.isnan(time) else time


def same(one: Tables, other: Tables) -> bool:
    """Whether two runs gave the same visits and level changes, to the last bit."""
    pairs = zip((*one.visits, *one.changes), (*other.visits, *other.changes), strict=True)
    return all(np.array_equal(left, right, equal_nan=True) for left, right in pairs)
