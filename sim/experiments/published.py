"""Published figures of a scenario, its checks and targets: each names a measure, and a part if it is one of a part."""

from __future__ import annotations

from collections.abc import Iterator

from sim.errors import Fault, ScenarioError, did_you_mean
from sim.measures.definitions import DEFINITIONS
from sim.scenario.plans import Check, Target
from sim.scenario.scenario import Scenario
from sim.scenario.vocabulary import NO_SERVICE

NEVER_PUBLISHED = ("difference", "pair", "payer")
"""Kinds of measure that say more than one pathway, stage or team can."""


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
    for kind, part in (("stage", figure.stage), ("team", figure.team)):
        if definition.per == kind and part is None:
            problem = f"`{figure.measure}` is a measure of a {kind}: say of which"
            yield Fault(f"{path}.{kind}", "is missing", problem)
            return
        if definition.per != kind and part is not None:
            problem = f"has no effect: `{figure.measure}` is no measure of a {kind}"
            yield Fault(f"{path}.{kind}", problem, "drop it")
            return
    if isinstance(figure, Check) and figure.pathway not in (*scenario.compare, NO_SERVICE):
        problem = f"`{figure.pathway}` is not compared"
        yield Fault(f"{path}.pathway", problem, "add it to `compare`, or drop the check")
