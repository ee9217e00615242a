"""Subjects for the tests of the dossier: small scenarios, looked at in this process alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sim.experiments.verifying.subject import Subject, subject_of
from sim.experiments.workers import Crew
from sim.scenario.scenario import Scenario, load

SCENARIOS = Path(__file__).parents[2] / "scenarios"
SMALL = {"warm_up": 6, "cohort": 3, "follow_up": 5}


def alone() -> Crew:
    """A crew of this process, so that what a test breaks is broken for it."""
    return Crew(None, lambda _: None)


def subject(scenario: Scenario, replications: int = 4) -> Subject:
    """The subject of a dossier on a scenario."""
    return subject_of(scenario, replications, alone())


def named(name: str, **values: Any) -> Scenario:
    """A scenario of the tests; paths with __ for dots."""
    return load(SCENARIOS / f"{name}.toml").with_values({path.replace("__", "."): at for path, at in values.items()})


def village(**values: Any) -> Scenario:
    """The village in windows of a few weeks, quick ones the same."""
    return named("village", **{"run__weeks": SMALL, "run__quick": {**SMALL, "replications": 4}, **values})


def line(stage: dict[str, Any] | None = None, team: dict[str, Any] | None = None, **top: Any) -> Scenario:
    """One stage and its team: M/M/2 at 80% load where nothing else is said."""
    weeks = {"warm_up": 8, "cohort": 24, "follow_up": 1}
    return Scenario.from_data(
        "line",
        {
            "title": "A line",
            "compare": ["line"],
            "run": {"seed": 1, "weeks": weeks, "quick": {"warm_up": 8, "cohort": 8, "follow_up": 1}},
            "arrivals": {"per_day": 38.4},
            **top,
            "pathways": {
                "line": {
                    "starts_at": "desk",
                    "teams": {"clerks": {"posts": 2, **(team or {})}},
                    "stages": {"desk": {"team": "clerks", "hours": 1.0, **(stage or {})}},
                }
            },
        },
    )
