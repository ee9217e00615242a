"""Running again: no more of a scenario than one figure needs, with the replications it had."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sim.engine.engines import DEFAULT, Engine
from sim.experiments.arms import Footing, Plan, plan
from sim.experiments.comparison import Comparison
from sim.experiments.experiment import Stage, quickened
from sim.experiments.folders import write_csv
from sim.experiments.warm_up import with_warm_up
from sim.experiments.workers import crew, replications
from sim.scenario.reading import shipped_folder
from sim.scenario.scenario import Scenario, load
from sim.scenario.vocabulary import Basis

Begin = Callable[[int | None, Stage], None]


@dataclass(frozen=True)
class Wanted:
    """A figure to be found again: of which pathway against which, on which basis, over how many replications."""

    basis: Basis
    pathway: str
    against: str
    replications: int
    engine: Engine = DEFAULT


@dataclass(frozen=True)
class Told:
    """What a results folder says of how its scenario was made from a file."""

    applied: tuple[str, ...]
    settings: Mapping[str, str]
    quick: bool
    warm_up_given: int
    warm_up_used: int


def run_again(
    scenario: Scenario, wanted: Wanted, workers: int, begin: Begin, done: Callable[[int], None]
) -> Comparison:
    """The comparison of the pathways that a figure is of, on its basis and the first.

    The warm-up is taken as the scenario has it. The factor of a basis is found anew, by its pilots where it needs any.

    Raises
    ------
    ScenarioError
        If the basis cannot be reached.
    """
    bases = list(dict.fromkeys([scenario.bases[0], wanted.basis]))
    with crew(workers, done, wanted.engine) as hands:
        if wanted.basis == "equal_help":
            begin(None, "equal_help")
        agreed = plan(scenario.with_values({"bases": bases}), engine=wanted.engine, hands=hands)
    agreed = _lean(agreed, {scenario.compare[0], wanted.pathway, wanted.against})
    begin(wanted.replications, "first")
    return Comparison(agreed, tuple(replications(agreed, range(wanted.replications), workers, done)))


def _lean(agreed: Plan, names: set[str]) -> Plan:
    """The plan with the arms of these names alone."""
    kept = [place for place, arm in enumerate(agreed.arms) if arm.name in names]
    arms = tuple(agreed.arms[place] for place in kept)
    return replace(agreed, arms=arms, footings=tuple(_renumbered(footing, kept) for footing in agreed.footings))


def _renumbered(footing: Footing, kept: list[int]) -> Footing:
    return Footing(footing.basis, tuple(kept.index(place) for place in footing.arms if place in kept))


def write_tables(found: Comparison, folder: Path, *, quick: bool) -> None:
    """Write the summary and the comparison, as a run writes them."""
    write_csv(found.summary, folder / "summary.csv", quick)
    write_csv(found.differences, folder / "comparison.csv", quick)


def file_now(name: str, given: Path | None) -> Path | None:
    """The file of a scenario as it is now: the one given, one of that name in this folder, or the shipped one."""
    places = [given] if given else [Path(f"{name}.toml"), shipped_folder() / f"{name}.toml"]
    return next((place for place in places if place.is_file()), given)


def scenario_now(file: Path, told: Told) -> Scenario:
    """The scenario in a file as it is now, changed, set and made short or long as it was for some results.

    Raises
    ------
    ScenarioError, RequestError
        If the file is no scenario, or can no longer be changed so.
    """
    scenario = load(file)
    for change in told.applied:
        scenario = scenario.with_change(change)
    scenario = scenario.with_settings({path: _value(text) for path, text in told.settings.items()})
    scenario = quickened(scenario) if told.quick else scenario
    same_start = scenario.run.weeks.warm_up == told.warm_up_given
    return with_warm_up(scenario, told.warm_up_used) if same_start else scenario


def _value(text: str) -> Any:
    return json.loads(text)
