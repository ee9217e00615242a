"""Ranging: a scenario asked again with every uncertain number drawn from its range, many times."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from sim.engine.engines import DEFAULT, Engine
from sim.errors import RequestError
from sim.experiments.comparison import headlines
from sim.experiments.experiment import Watcher
from sim.experiments.folders import csv_text, machine, scenario_hash, versions
from sim.experiments.hidden import journal_of
from sim.experiments.outcomes import bases_of
from sim.experiments.ranges.drawing import Drawing, drawing
from sim.experiments.ranges.draws import REPEATED, Draws, draw
from sim.experiments.ranges.journal import Journal
from sim.experiments.ranges.tables import Tables, repeated
from sim.experiments.warm_up import with_warm_up
from sim.experiments.workers import crew, default_workers
from sim.scenario.paring import pared
from sim.scenario.scenario import Scenario

RANGES_VERSION = 1
JOURNAL = "draws.jsonl"


@dataclass(frozen=True)
class Effort:
    """How many draws, on how many workers, by which engine."""

    draws: int = 1000
    workers: int | None = None
    engine: Engine = DEFAULT


@dataclass(frozen=True)
class Ranged:
    """What came of the draws, and how; `given` is the scenario before its warm-up was made as long as its run's."""

    given: Scenario
    draws: Draws
    tables: Tables
    effort: Effort
    known_before: int
    started: datetime
    seconds: float

    def files(self, command: str, journal: str) -> dict[str, str]:
        """The files that a results folder is given, by name; `journal` holds every run of every draw."""
        told = json.dumps(self.as_dict(command), indent=2, ensure_ascii=False) + "\n"
        made = {name: csv_text(getattr(self.tables, name)) for name in ("draws", "ranges", "chances", "acceptability")}
        return {**{f"{name}.csv": text for name, text in made.items()}, JOURNAL: journal, "ranges.json": told}

    def as_dict(self, command: str) -> dict[str, Any]:
        """How the draws came about, as plain data: enough to repeat them."""
        draws, scenario = self.draws, self.draws.drawing.scenario
        return {
            "ranges_version": RANGES_VERSION,
            "scenario": self.given.name,
            "applied": list(self.given.applied),
            "settings": self.given.settings,
            "seed": scenario.run.seed,
            "weeks": scenario.run.weeks.model_dump(),
            "bases": list(bases_of(scenario)),
            "left_out": [basis for basis in scenario.bases if basis not in bases_of(scenario)],
            "draws": int(draws.points.size),
            "run_again": {"draws": repeated(draws), "replications": REPEATED},
            "share_refused": draws.share_refused,
            "refused": _counted(draws),
            "share_eased": float(draws.eased.mean()),
            "share_growing": float(draws.growing.any(axis=1).mean()),
            "noise_share": _noise_shares(self.tables, draws),
            "spend_off": float(np.abs(draws.residual).max(initial=0.0)),
            "numbers": _numbers(draws.drawing),
            "correlations": {
                name: [*one.between, one.rank] for name, one in scenario.correlations.items()
            },
            "engine": self.effort.engine,
            "versions": versions(),
            "machine": machine(),
            "started": self.started.isoformat(timespec="seconds"),
            "seconds": round(self.seconds, 2),
            "known_before": self.known_before,
            "command": command,
            "hashes": {"scenario.resolved.toml": scenario_hash(self.given)},
        }  # fmt: skip


def _counted(draws: Draws) -> list[dict[str, Any]]:
    """Why points were refused, the commonest reason first."""
    counts: dict[str, int] = {}
    for one in draws.refused.values():
        counts[one.path] = counts.get(one.path, 0) + 1
    said = {one.path: one.problem for one in reversed(draws.refused.values())}
    ordered = sorted(counts, key=lambda path: -counts[path])
    return [{"path": path, "draws": counts[path], "problem": said[path]} for path in ordered]


def _noise_shares(tables: Tables, draws: Draws) -> dict[str, float]:
    """By headline the largest share of the variance of a difference that is the noise of single runs."""
    differences = tables.ranges[tables.ranges["against"] != ""]
    found = {}
    for name in draws.measures:
        rows = differences[differences["measure"] == name]
        noise, of_ranges = rows["noise_sd"] ** 2, rows["range_sd"] ** 2
        found[name] = float((noise / (noise + of_ranges)).fillna(0.0).max()) if len(rows) else 0.0
    return found


def _numbers(deck: Drawing) -> list[dict[str, Any]]:
    """Every number drawn, with its range and law."""
    return [
        {
            "path": number.path, "value": number.value, "range": [number.low, number.high], "unit": number.unit,
            "stated": number.is_stated, "grade": number.grade, "law": type(law).__name__.lower(), "of": list(law),
        }
        for number, law in zip(deck.numbers, deck.spreads, strict=True)
    ]  # fmt: skip


def ranged(given: Scenario, folder: Path, effort: Effort, watcher: Watcher) -> tuple[Ranged, Journal]:
    """Draw every uncertain number of a scenario, many times, and run what is drawn.

    Draws known from before, cut short or complete, are not run again: they stand in a journal in the hidden folder
    beside the results while they are run, and in the folder of results afterwards. The warm-up is that of the run in
    the folder, if it is of this scenario.

    Returns
    -------
    tuple
        What came of the draws, and the journal, to be closed once it is kept in the folder.

    Raises
    ------
    RequestError
        If there is nothing to compare or to draw, or more than half of the draws may not be.
    """
    started, clock = datetime.now(UTC), perf_counter()
    deck = drawing(pared(as_it_ran(given, folder)))
    _refuse(deck)
    notes = _journal(given, deck, folder, effort.engine)
    before = len(notes.known)
    with crew(effort.workers or default_workers(), watcher.done, effort.engine) as hands:
        found = draw(deck, effort.draws, hands, notes, lambda runs: watcher.begin(runs, "ranges"), effort.engine)
    took = perf_counter() - clock
    return Ranged(given, found, Tables(found), effort, before, started, took), notes


def _refuse(deck: Drawing) -> None:
    """Refuse a scenario that has no differences to draw."""
    scenario = deck.scenario
    if len(scenario.compare) < 2:
        problem = f"{scenario.name} compares one pathway only, and ranges are of differences"
        raise RequestError(f"{problem}; name another in `compare`")
    if not headlines(scenario):
        raise RequestError(f"{scenario.name} has no headlines; name a measure in run.precision and run.matters")
    if not deck.numbers:
        raise RequestError(f"{scenario.name} has no number that varies: each is `certain`; give one a range")


def as_it_ran(scenario: Scenario, folder: Path) -> Scenario:
    """The scenario with the warm-up that its run in the folder used; as given if there is no run of it there."""
    return _run_in(scenario, folder) or scenario


def is_run_of(scenario: Scenario, folder: Path) -> bool:
    """Whether a run of this very scenario lies in the folder."""
    return _run_in(scenario, folder) is not None


def _run_in(scenario: Scenario, folder: Path) -> Scenario | None:
    """The scenario as its run in the folder has it; None if there is no run of it there."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        ran = with_warm_up(scenario, int(manifest["warm_up"]["used"]))
        known = manifest["hashes"]["scenario.resolved.toml"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return ran if scenario_hash(ran) == known else None


def _journal(given: Scenario, deck: Drawing, folder: Path, engine: Engine) -> Journal:
    """The journal of these draws: that of a run cut short, or else of one complete in the folder, or a new one."""
    beside = journal_of(folder)
    if not beside.exists() and (folder / JOURNAL).exists():
        with suppress(OSError):
            shutil.copyfile(folder / JOURNAL, beside)
    of: Mapping[str, Any] = {
        "ranges_version": RANGES_VERSION,
        "scenario": scenario_hash(given),
        "warm_up": deck.scenario.run.weeks.warm_up,
        "seed": deck.scenario.run.seed,
        "engine": engine,
        "program": _program(),
    }
    return Journal(beside, of)


def _program() -> str:
    """A hash of what of the program makes draws: those of an older one are not to be mixed with its own."""
    found = hashlib.sha256()
    for layer in ("scenario", "engine", "measures", "experiments"):
        for file in sorted((Path(__file__).parents[2] / layer).rglob("*.py")):
            found.update(file.read_bytes())
    return found.hexdigest()
