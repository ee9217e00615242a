"""Scenario data for the tests of the language: read, edited, and what is said of it when it is faulty."""

from __future__ import annotations

import tomllib
from copy import deepcopy
from pathlib import Path
from typing import Any

from sim.errors import Fault, ScenarioError
from sim.scenario.scenario import Scenario

FOLDER = Path(__file__).resolve().parents[1] / "scenarios"
Data = dict[str, Any]
GONE = object()
"""Stands for a key to be taken out."""


def village() -> Data:
    """The data of the small complete scenario."""
    return tomllib.loads((FOLDER / "village.toml").read_text(encoding="utf-8"))


LINE = tomllib.loads("""
title = "A line"
compare = ["line"]
run = { seed = 0, weeks = { warm_up = 1, cohort = 1, follow_up = 1 } }
arrivals.per_day = 10
[pathways.line]
starts_at = "desk"
teams.clerks = { posts = 2 }
stages.desk = { team = "clerks", hours = 1.0 }
""")
"""A plain queueing line."""


def put(data: Data, path: str, value: Any) -> None:
    """Set (or take out) the value at a path of data as written."""
    node = data
    *way, last = path.split("|") if "|" in path else path.split(".")
    for name in way:
        node = node.setdefault(name, {})
    if value is GONE:
        del node[last]
    else:
        node[last] = value


def edited(data: Data, *changes: tuple[str, Any]) -> Data:
    """A copy of the data with other values at some paths."""
    data = deepcopy(data)
    for path, value in changes:
        put(data, path, value if value is GONE else deepcopy(value))
    return data


def faults(data: Data) -> tuple[Fault, ...]:
    """What is wrong with a file of this data; nothing if it is sound."""
    try:
        Scenario.from_data("test", data)
    except ScenarioError as error:
        return error.faults
    return ()


def only_fault(data: Data) -> str:
    """The one thing wrong with a file of this data, as the reader sees it."""
    found = faults(data)
    assert len(found) == 1, found
    return str(found[0])
