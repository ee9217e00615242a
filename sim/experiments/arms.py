"""Arms: the pathways that are run, each on the basis it is run on."""

from __future__ import annotations

from dataclasses import dataclass

from sim.engine.engines import DEFAULT, Engine
from sim.experiments.basis import EqualSpend, equal_spend
from sim.scenario.scenario import Scenario
from sim.scenario.vocabulary import NO_SERVICE, Basis


@dataclass(frozen=True)
class Arm:
    """One pathway to run: its name (None: no service) and the scenario that says what it is."""

    pathway: str | None
    scenario: Scenario

    @property
    def name(self) -> str:
        """Name of the pathway, `no_service` where nobody helps."""
        return self.pathway or NO_SERVICE


@dataclass(frozen=True)
class Footing:
    """A basis and the arms compared on it, as places among the arms of the plan; `no_service` last, if it is there."""

    basis: Basis
    arms: tuple[int, ...]


@dataclass(frozen=True)
class Plan:
    """What to run in every replication, and how the arms are to be compared. Can be sent to another process."""

    scenario: Scenario
    arms: tuple[Arm, ...]
    footings: tuple[Footing, ...]
    equal_spend: tuple[EqualSpend, ...] = ()
    all_visits: bool = False
    engine: Engine = DEFAULT


def plan(scenario: Scenario, *, all_visits: bool = False, engine: Engine = DEFAULT) -> Plan:
    """The arms and footings of a scenario's bases. An arm that is the same on two bases is run once.

    Raises
    ------
    ScenarioError
        If a basis cannot be reached.
    """
    arms = [Arm(name, scenario) for name in scenario.compare]
    count = len(arms)
    nobody: tuple[int, ...] = ()
    if scenario.has_levels:
        arms.append(Arm(None, scenario))
        nobody = (count,)
    footings: list[Footing] = []
    found: tuple[EqualSpend, ...] = ()
    for basis in scenario.bases:
        if basis == "as_specified":
            footings.append(Footing(basis, (*range(count), *nobody)))
        else:
            scaled, found = equal_spend(scenario, engine)
            others = tuple(range(len(arms), len(arms) + count - 1))
            arms += [Arm(name, scaled) for name in scenario.compare[1:]]
            footings.append(Footing(basis, (0, *others, *nobody)))
    return Plan(scenario, tuple(arms), tuple(footings), found, all_visits, engine)
