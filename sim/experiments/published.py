"""Published figures of a scenario, its checks and targets: each names a measure, and a part if it is one of a part."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from sim.errors import Fault, ScenarioError, did_you_mean
from sim.measures.definition import Definition, Per
from sim.measures.definitions import DEFINITIONS
from sim.measures.endings import likely_endings
from sim.scenario.plans import Check, Target
from sim.scenario.scenario import Scenario
from sim.scenario.vocabulary import NO_SERVICE

NEVER_PUBLISHED = ("difference", "pair", "payer")
"""Kinds of measure that say more than one pathway, stage or team can."""

NAMED_BY: Mapping[Per, tuple[tuple[str, ...], str]] = {
    "stage": (("stage",), "a stage"),
    "team": (("team",), "a team"),
    "ending": (("ending",), "a way of ending"),
    "return": (("days",), "a number of days"),
    "entry": (("stage", "not_through"), "two stages"),
}
"""By kind of measure the keys that say of which part it is, and what these name."""

PART_KEYS = ("stage", "not_through", "team", "ending", "days")


def check_measures(scenario: Scenario) -> None:
    """Refuse checks and targets that no measure can be set beside.

    Raises
    ------
    ScenarioError
        Naming each of them, with the remedy.
    """
    faults = [
        fault
        for kind, figures in (("checks", scenario.checks), ("targets", scenario.targets))
        for name, figure in figures.items()
        for fault in _faults(scenario, f"{kind}.{name}", figure)
    ]
    if faults:
        raise ScenarioError(f"{scenario.name}.toml", faults)


def _faults(scenario: Scenario, path: str, figure: Check | Target) -> Iterator[Fault]:
    definition = DEFINITIONS.get(figure.measure)
    if definition is None or definition.per in NEVER_PUBLISHED:
        known = [name for name, known in DEFINITIONS.items() if known.per not in NEVER_PUBLISHED]
        remedy = did_you_mean(figure.measure, known)
        yield Fault(f"{path}.measure", f"there is no measure `{figure.measure}`", remedy)
        return
    faults = [*_part_faults(path, figure, definition), *_value_faults(scenario, path, figure)]
    if faults:
        yield from faults
        return
    if isinstance(figure, Check) and figure.pathway not in (*scenario.compare, NO_SERVICE):
        problem = f"`{figure.pathway}` is not compared"
        yield Fault(f"{path}.pathway", problem, "add it to `compare`, or drop the check")


def _part_faults(path: str, figure: Check | Target, definition: Definition) -> Iterator[Fault]:
    """Keys that say of which part a figure is: those that its measure needs, and no other."""
    needed, of = NAMED_BY.get(definition.per, ((), ""))
    for key in PART_KEYS:
        given = getattr(figure, key) is not None
        if key in needed and not given:
            yield Fault(f"{path}.{key}", "is missing", f"`{figure.measure}` is a measure of {of}: say of which")
        if given and key not in needed:
            whom = next(what for keys, what in NAMED_BY.values() if key in keys)
            yield Fault(f"{path}.{key}", f"has no effect: `{figure.measure}` is no measure of {whom}", "drop it")


def _value_faults(scenario: Scenario, path: str, figure: Check | Target) -> Iterator[Fault]:
    """Ways of ending that the pathway does not have (a change may take one away), and targets that the file lacks."""
    pathway = scenario.pathways.get(figure.pathway)
    ways = likely_endings(pathway)
    if figure.ending is not None and figure.ending not in ways and not scenario.applied:
        yield Fault(f"{path}.ending", f"no approach ends in `{figure.ending}`", did_you_mean(figure.ending, ways))
    found = re.fullmatch(r"wait(?:s|ing)_over_([0-9]+)_days", figure.measure)
    if found and int(found[1]) not in scenario.wait_targets_days:
        targets = sorted({*scenario.wait_targets_days, int(found[1])})
        problem = f"`wait_targets_days` does not hold {found[1]}, so that this is not measured"
        yield Fault(f"{path}.measure", problem, f"write wait_targets_days = {targets} at the top of the file")
