"""Finding: the study and the elements of a scenario, as the files that a results folder is given."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any, Literal

from sim.experiments.drivers.from_ranges import study_of_draws
from sim.experiments.drivers.tables import Tables
from sim.experiments.elements import elements
from sim.experiments.experiment import Watcher
from sim.experiments.folders import csv_text, scenario_hash, versions
from sim.experiments.ranges.draws import Draws
from sim.experiments.ranges.ranging import as_it_ran
from sim.experiments.workers import crew, default_workers
from sim.scenario.scenario import Scenario

STUDY_VERSION = 1
LEAST_DRAWS = 64
"""From fewer draws nothing is learnt of what the answer hangs on."""


@dataclass(frozen=True)
class Effort:
    """How many replications of each thing tried, and on how many workers."""

    replications: int = 5
    workers: int | None = None


@dataclass(frozen=True)
class Found:
    """What was found of a scenario, as tables by the name of their file, and how."""

    name: Literal["study", "elements"]
    given: Scenario
    tables: Tables
    effort: Effort
    draws: int
    started: datetime
    seconds: float

    def files(self, command: str) -> dict[str, str]:
        """The files that a results folder is given, by name."""
        told = json.dumps(self.as_dict(command), indent=2, ensure_ascii=False) + "\n"
        return {**{f"{name}.csv": csv_text(table) for name, table in self.tables.items()}, f"{self.name}.json": told}

    def as_dict(self, command: str) -> dict[str, Any]:
        """How it came about, as plain data: enough to repeat it."""
        return {
            "study_version": STUDY_VERSION,
            "scenario": self.given.name,
            "applied": list(self.given.applied),
            "settings": self.given.settings,
            "draws": self.draws,
            "replications": self.effort.replications,
            "versions": versions(),
            "started": self.started.isoformat(timespec="seconds"),
            "seconds": round(self.seconds, 2),
            "command": command,
            "hashes": {"scenario.resolved.toml": scenario_hash(self.given)},
        }


def studied_in(given: Scenario, draws: Draws, effort: Effort, watcher: Watcher) -> Found:
    """What the answer of a scenario hangs on, and what would change it."""
    started, clock = datetime.now(UTC), perf_counter()
    with crew(effort.workers or default_workers(), watcher.done) as hands:
        tables = study_of_draws(draws, effort.replications, hands, watcher.begin)
    return Found("study", given, tables, effort, int(draws.points.size), started, perf_counter() - clock)


def elements_in(given: Scenario, folder: Path, effort: Effort, watcher: Watcher) -> Found:
    """What each element contributes, on the warm-up of the run in the folder if it is of this scenario.

    Raises
    ------
    RequestError
        If the file has no elements.
    """
    started, clock = datetime.now(UTC), perf_counter()
    scenario = as_it_ran(given, folder)
    with crew(effort.workers or default_workers(), watcher.done) as hands:
        table = elements(scenario, effort.replications, hands, lambda runs: watcher.begin(runs, "elements"))
    return Found("elements", given, {"elements": table}, effort, 0, started, perf_counter() - clock)
