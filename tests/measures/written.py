"""Records written by hand: visits and level changes row by row, so that every figure can be worked on paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np

from sim.engine.population import Population
from sim.engine.tables import CAUSES, OUTCOMES, LevelChanges, Tables, Visits
from sim.measures.record import Record
from sim.scenario.scenario import Scenario

from ..engine.worlds import LEVEL

Row = Mapping[str, Any]
Change = tuple[int, float, str, str, str]

_TIMES = ("joined", "started", "due", "ended", "staff_hours")


def visit(citizen: int, stage: int, joined: float, started: float | None = None, **other: Any) -> Row:
    """A visit: `due` and `ended` are when it was planned to end and did (by default as planned); None: not reached.

    Levels are names; `seen` is the level a gate saw. What is not said: first approach, level moderate, one need,
    first neighbourhood, no hours, routed.
    """
    due = other.get("due")
    level = LEVEL[other.get("level", "moderate")]
    return {
        "citizen": citizen,
        "approach": other.get("approach", 1),
        "stage": stage,
        "neighbourhood": 0,
        "joined": joined,
        "started": started,
        "due": due,
        "ended": other.get("ended", due),
        "staff_hours": other.get("hours", 0.0),
        "needs_joined": 1,
        "level_joined": level,
        "needs_ended": 1,
        "level_ended": LEVEL[other["left_at"]] if "left_at" in other else level,
        "level_seen": LEVEL[other["seen"]] if "seen" in other else 0,
        "attended": other.get("attended", 1),
        "outcome": OUTCOMES.index(other.get("outcome", "routed")),
    }


def visits(*rows: Row) -> Visits:
    """The table of visits given in order of citizen and time."""
    seen: Counter[int] = Counter()
    numbered = []
    for row in rows:
        seen[row["citizen"]] += 1
        numbered.append({**row, "seq": seen[row["citizen"]]})
    return Visits(**{name: _column(name, [row[name] for row in numbered]) for name in Visits._fields})


def _column(name: str, values: list[Any]) -> Any:
    if name in _TIMES:
        return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
    return np.array(values, dtype=np.int64)


def changes(*rows: Change) -> LevelChanges:
    """The table of level changes (citizen, day, from, to, cause) given in order of citizen and day."""
    citizen, day, old, new, cause = zip(*rows, strict=True) if rows else ((),) * 5
    return LevelChanges(
        citizen=np.array(citizen, dtype=np.int64),
        day=np.array(day, dtype=np.float64),
        from_level=np.array([LEVEL[name] for name in old], dtype=np.int64),
        to_level=np.array([LEVEL[name] for name in new], dtype=np.int64),
        cause=np.array([CAUSES.index(name) for name in cause], dtype=np.int64),
    )


def record(
    scenario: Scenario,
    citizens: Population,
    made: Visits | None = None,
    moved: LevelChanges | None = None,
    pathway: str | None = "p",
) -> Record:
    """The record of what was written."""
    none = visits() if made is None else made
    return Record(scenario, pathway, citizens, Tables(none, changes() if moved is None else moved))
