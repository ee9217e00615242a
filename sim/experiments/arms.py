"""Arms: the pathways that are run, each on the basis it is run on."""

from __future__ import annotations

from dataclasses import dataclass

from sim.engine.engines import DEFAULT, Engine
from sim.experiments.basis import EqualSpend, equal_spend, scaled
from sim.experiments.equal_help import EqualHelp, equal_help
from sim.experiments.pilot_error import NO_ERROR, PilotError
from sim.experiments.pilots import ALONE, Hands
from sim.experiments.settling import WarmUp
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
    equal_help: tuple[EqualHelp, ...] = ()
    all_visits: bool = False
    engine: Engine = DEFAULT
    warm_up: WarmUp | None = None
    """What was found of the warm-up; None: nobody looked."""
    headlines_only: bool = False
    """Only the headline differences from the first pathway are wanted: nobody runs on luck of their own, and there are
    no examples and no `no_service`.
    """

    @property
    def is_settled(self) -> bool:
        """Whether the answer does not hang on the length of the warm-up, as far as was checked."""
        return self.warm_up is None or self.warm_up.is_settled

    @property
    def factors(self) -> dict[str, dict[str, float]]:
        """The factors on paid posts, by basis and pathway; of pathways that a basis cannot reach there is none."""
        found: dict[str, dict[str, float]] = {}
        if self.equal_spend:
            found["equal_spend"] = {one.pathway: one.factor for one in self.equal_spend}
        if self.equal_help:
            found["equal_help"] = {one.pathway: one.factor for one in self.equal_help if one.is_in_reach}
        return found

    def pilot_error(self, footing: Footing, place: int) -> PilotError:
        """What the pilots that found the posts of an arm add to its intervals on this footing."""
        if footing.basis != "equal_help":
            return NO_ERROR
        return next((one.error for one in self.equal_help if one.pathway == self.arms[place].pathway), NO_ERROR)


def plan(
    scenario: Scenario,
    *,
    all_visits: bool = False,
    engine: Engine = DEFAULT,
    hands: Hands = ALONE,
    headlines_only: bool = False,
) -> Plan:
    """The arms and footings of a scenario's bases. An arm that is the same on two bases is run once.

    A pathway that equal help cannot reach has no arm on that basis; if that leaves nothing to compare on it, and there
    are other bases, it has no footing. The pathways as specified are always run: the answer at other arrivals is set
    beside them. `hands` run the pilots of equal help.

    Raises
    ------
    ScenarioError
        If the first pathway's spend cannot be reached.
    """
    arms = [Arm(name, scenario) for name in scenario.compare]
    nobody: tuple[int, ...] = ()
    if scenario.has_levels and not headlines_only:
        nobody = (len(arms),)
        arms.append(Arm(None, scenario))
    spent, spending = equal_spend(scenario, engine) if "equal_spend" in scenario.bases else (scenario, ())
    helping = equal_help(scenario, engine, hands) if "equal_help" in scenario.bases else ()
    footings = []
    for basis in scenario.bases:
        others = _others(basis, scenario, spent, helping)
        if others or len(scenario.compare) == 1 or len(scenario.bases) == 1:
            places = tuple(_place(arms, arm) for arm in others)
            footings.append(Footing(basis, (0, *places, *nobody)))
    return Plan(
        scenario, tuple(arms), tuple(footings), spending, helping, all_visits, engine, headlines_only=headlines_only
    )


def _others(basis: Basis, scenario: Scenario, spent: Scenario, helping: tuple[EqualHelp, ...]) -> list[Arm]:
    """The arms set against the first on a basis; `spent` is the scenario with all brought to its spend."""
    if basis == "equal_help":
        reached = [one for one in helping if one.is_in_reach]
        return [Arm(one.pathway, scaled(scenario, one.pathway, one.factor)) for one in reached]
    return [Arm(name, spent if basis == "equal_spend" else scenario) for name in scenario.compare[1:]]


def _place(arms: list[Arm], arm: Arm) -> int:
    """Where the arm stands among those to run; it is added if none of them is the same."""
    for place, known in enumerate(arms):
        if known.pathway == arm.pathway and known.scenario is arm.scenario:
            return place
    arms.append(arm)
    return len(arms) - 1
