"""Small scenarios for the tests of experiments."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from sim.scenario.scenario import Scenario, load

VILLAGE = Path(__file__).parents[1] / "scenarios" / "village.toml"


@cache
def _read() -> Scenario:
    """The village as its file has it."""
    return load(VILLAGE)


def village(**values: Any) -> Scenario:
    """The village with two bases, in windows short enough for a test; paths with __ for dots."""
    short = {"run.weeks": {"warm_up": 8, "cohort": 4, "follow_up": 8}}
    return _read().with_values(short | {path.replace("__", "."): value for path, value in values.items()})


def without_paid_overtime(scenario: Scenario) -> Scenario:
    """The scenario with overtime that costs nothing: what is spent on teams has no chance in it."""
    teams = [f"pathways.{name}.teams.{team}" for name, one in scenario.pathways.items() for team in one.teams]
    return scenario.with_values({f"{path}.gbp_per_overtime_hour": 0.0 for path in teams})


def twins(**values: Any) -> Scenario:
    """The village's outsourced pathway beside one just like it."""
    data = village(**values).data
    data["compare"] = ["outsourced", "twin"]
    data["bases"] = ["as_specified"]
    data["pathways"] = {"outsourced": data["pathways"]["outsourced"], "twin": {"like": "outsourced"}}
    data.pop("changes", None)
    return Scenario.from_data("twins", data)


def line(*, posts: float = 1, per_day: float = 0.7, weeks: dict[str, int] | None = None) -> Scenario:
    """A plain queueing line: one team, exponential work of a day."""
    return Scenario.from_data(
        "line",
        {
            "title": "A line",
            "compare": ["line"],
            "run": {"weeks": weeks or {"warm_up": 4, "cohort": 40, "follow_up": 4}},
            "arrivals": {"per_day": per_day},
            "pathways": {
                "line": {
                    "starts_at": "desk",
                    "teams": {"clerks": {"posts": posts}},
                    "stages": {"desk": {"team": "clerks", "hours": 24.0}},
                }
            },
        },
    )
