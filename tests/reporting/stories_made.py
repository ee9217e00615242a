"""Made-up stories of three citizens, written to the letter of results/README.md: their numbers mean nothing."""

from __future__ import annotations

from typing import Any

from sim.scenario.vocabulary import NO_SERVICE

Data = dict[str, Any]

ARRIVAL = 400.0
WHO = {"arrival": ARRIVAL, "neighbourhood": "north", "level_at_arrival": "moderate", "needs_at_arrival": 2, "of": 2000}
SHOWN = {50: (-12.0, 801), 10: (-340.0, 802), 90: (45.0, 803)}
"""Difference and number of the citizens, by percentile."""


def stories(data: Data, *, last_day: float) -> list[Data]:
    """Rows of `stories.csv` for the pathways that the scenario's data compare, and for no service."""
    return [
        WHO | {"basis": data["bases"][0], "percentile": percentile, "difference": difference, "citizen": number,
               "group": next(iter(data["groups"])), "pathway": name} | row
        for percentile, (difference, number) in SHOWN.items()
        for name in (*data["compare"], NO_SERVICE)
        for row in (*_levels(percentile, last_day), *(_visits(data["pathways"][name]) if name != NO_SERVICE else ()))
    ]  # fmt: skip


def level(name: str, started: float, ended: float, cause: str = "arose", **more: Any) -> Data:
    """A spell at a need level, days since the need arose."""
    times = {"started": ARRIVAL + started, "ended": ARRIVAL + ended}
    return {"kind": "level", "level": name, "cause": cause, "gbp_at_once": 0.0, "gbp_evenly": 0.0} | times | more


def visit(stage: str, seq: int, joined: float, started: float | None, ended: float | None, **more: Any) -> Data:
    """A visit, days since the need arose; it ends when it was due."""
    days = {"joined": joined, "started": started, "due": ended if started is not None else None, "ended": ended}
    row: Data = {name: None if day is None else ARRIVAL + day for name, day in days.items()}
    row |= {"kind": "visit", "approach": 1, "seq": seq, "stage": stage, "staff_hours": 1.0, "level_ended": "high"}
    return row | {"level_seen": "", "attended": 1, "outcome": "routed", "gbp_at_once": 0.0, "gbp_evenly": 0.0} | more


def _levels(percentile: int, last_day: float) -> list[Data]:
    return [
        level("moderate", 0, 60),
        level("crisis", 60, 80, "worsened", gbp_at_once=700.0, gbp_evenly=800.0),
        level("high", 80, percentile * 10, "eased"),
        level("none", percentile * 10, last_day, "eased"),
    ]


def _visits(pathway: Data) -> list[Data]:
    stages = pathway["stages"]
    start, helping = pathway["starts_at"], next((name for name, stage in stages.items() if "help" in stage), None)
    asked = visit(start, 1, 5, 9, 10, gbp_evenly=100.0, outcome="refused_level", level_seen="low")
    back = visit(start, 2, 40, 41, 42, gbp_evenly=100.0, approach=2)
    if helping is None:
        return [asked, back]
    return [asked, back, visit(helping, 3, 42, 50, 90, gbp_evenly=900.0, approach=2, outcome="helped_fit")]
