"""Outcomes: one replication of a scenario reduced to its headlines, on each basis, and many of them at once.

This is the lean way through the program, for whatever asks a scenario many times over with other numbers: plausible
ranges, what the answer hangs on, the nearest flip. The formulas are those of a whole run; all but the headlines and
whether a backlog grows is left out. `no_service` is not among them, and neither is the basis `equal_help`, whose factor
would take dozens of runs for each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from sim.engine.engines import DEFAULT, Engine
from sim.engine.population import Population, population
from sim.errors import ScenarioError
from sim.experiments.arms import Arm
from sim.experiments.basis import NOTHING_BOUGHT, Bought, bought, factor_without_pilot, hangs_on_use, scaled, spend
from sim.experiments.comparison import headlines
from sim.experiments.replications import measured
from sim.experiments.workers import Crew
from sim.measures.arrays import Flags, Floats
from sim.measures.headline_values import headline_values
from sim.measures.rising import rising
from sim.scenario.easing import with_caseloads_eased
from sim.scenario.scenario import Scenario
from sim.scenario.vocabulary import Basis

MOST_STEPS = 2
"""Runs that look for the posts of equal spend, where what is bought hangs on how many are seen."""

NEAR = 0.001
"""As near as this to the first pathway's spend, as a share of it, is near enough."""


class Cell(NamedTuple):
    """A pathway on a basis."""

    basis: Basis
    pathway: str


class Refused(NamedTuple):
    """What could not be run: the first fault of a scenario with the values of a task, or of a pathway on a basis."""

    path: str
    problem: str


class Outcomes(NamedTuple):
    """Headlines by cell and measure (N, M), in the order of `cells` and `headlines`; and by cell whether a backlog
    grows, and how far spend is off the first pathway's, as a share of it (0 but on equal spend).

    `eased`: paths at which a post held more cases than its hours allowed, and was brought down to those. `refused`:
    cells that could not be run, as where equal spend is out of reach, and why; they have no values.
    """

    values: Floats
    growing: Flags
    residual: Floats
    eased: tuple[str, ...] = ()
    refused: tuple[tuple[Cell, Refused], ...] = ()


class _Ran(NamedTuple):
    """One arm in one replication: its headlines, whether a backlog grows, what it bought and how far it is off."""

    values: Floats
    growing: bool
    bought: Bought
    residual: float = 0.0


Known = dict[tuple[int, str, str], _Ran]
"""What arms came to: by replication, pathway, and all that either is made of."""


class Task(NamedTuple):
    """A scenario to run in one replication, with other values at these paths.

    `known` are arms that were run before: one that these values do not touch is not run again. It is added to.
    """

    scenario: Scenario
    values: Mapping[str, Any]
    number: int
    engine: Engine = DEFAULT
    known: Known | None = None


def bases_of(scenario: Scenario) -> tuple[Basis, ...]:
    """The bases that outcomes are found on: those of the scenario but equal help; at the least as specified."""
    given: tuple[Basis, ...] = tuple(basis for basis in scenario.bases if basis != "equal_help")
    return given or ("as_specified",)


def cells(scenario: Scenario) -> tuple[Cell, ...]:
    """What the rows of `Outcomes.values` are: on each basis every pathway compared, the first of them first."""
    return tuple(Cell(basis, name) for basis in bases_of(scenario) for name in scenario.compare)


def differences(scenario: Scenario, values: Floats) -> Floats:
    """Values (.., N, M) less those of the first pathway on the same basis; its own are 0."""
    first = [place - place % len(scenario.compare) for place in range(len(cells(scenario)))]
    return np.asarray(values - values[..., first, :])


def outcomes(scenario: Scenario, number: int, engine: Engine = DEFAULT, known: Known | None = None) -> Outcomes:
    """Run every pathway of a scenario on its bases, in one replication; arms that are `known` are not run again."""
    run = _Run(scenario, number, engine, known)
    found = {cell: run.at(cell) for cell in cells(scenario)}
    nothing = _Ran(np.full(len(headlines(scenario)), np.nan), growing=False, bought=NOTHING_BOUGHT)
    ran = [nothing if isinstance(one, Refused) else one for one in found.values()]
    return Outcomes(
        np.array([one.values for one in ran]),
        np.array([one.growing for one in ran]),
        np.array([one.residual for one in ran]),
        refused=tuple((cell, one) for cell, one in found.items() if isinstance(one, Refused)),
    )


def in_full(found: Outcomes | Refused) -> Outcomes | Refused:
    """What a task came to where all its cells could be run; else why the first of the others could not."""
    return found.refused[0][1] if isinstance(found, Outcomes) and found.refused else found


def outcome(task: Task) -> Outcomes | Refused:
    """What a task comes to, or why it may not be; a pathway that cannot be run on a basis is refused by itself.

    Caseloads are eased: where cases turn out to take more hours, a worker holds fewer of them. To refuse such values
    would leave out just those in which the work is heavy.
    """
    try:
        scenario, eased = with_caseloads_eased(task.scenario.with_values(task.values, full_caseloads=False))
        return outcomes(scenario, task.number, task.engine, task.known)._replace(eased=eased)
    except ScenarioError as error:
        return _refused(error)


def _refused(error: ScenarioError) -> Refused:
    return Refused(error.faults[0].path, error.faults[0].problem)


def evaluate(tasks: Iterable[Task], hands: Crew) -> Iterator[Outcomes | Refused]:
    """What each task comes to, in their order, as soon as it is known; `hands` are `workers.crew(..)`."""
    return hands.in_turn(outcome, tasks)


class _Run:
    """One replication of a scenario: its citizens, and the pathways as specified, each run once."""

    def __init__(self, scenario: Scenario, number: int, engine: Engine, known: Known | None) -> None:
        self._scenario, self._number, self._engine = scenario, number, engine
        self._names, self._known = headlines(scenario), known
        self._specified: dict[str, _Ran] = {}

    @cached_property
    def _citizens(self) -> Population:
        return population(self._scenario, self._number)

    def at(self, cell: Cell) -> _Ran | Refused:
        """What a pathway comes to on a basis, or why it cannot be brought to it."""
        if cell.basis == "as_specified" or cell.pathway == self._scenario.compare[0]:
            return self._as_specified(cell.pathway)
        try:
            return self._at_equal_spend(cell.pathway)
        except ScenarioError as error:
            return _refused(error)

    def _as_specified(self, name: str) -> _Ran:
        if name not in self._specified:
            self._specified[name] = self._ran(self._scenario, name)
        return self._specified[name]

    def _ran(self, scenario: Scenario, name: str) -> _Ran:
        if self._known is None:
            return self._run(scenario, name)
        key = self._number, name, _made_of(scenario, name)
        if key not in self._known:
            self._known[key] = self._run(scenario, name)
        return self._known[key]

    def _run(self, scenario: Scenario, name: str) -> _Ran:
        record = measured(Arm(name, scenario), self._citizens, self._engine)
        return _Ran(headline_values(record, self._names), bool(rising(record).any()), bought(record))

    def _spend(self, name: str, ran: _Ran, factor: float = 1.0) -> float:
        return spend(self._scenario, name, ran.bought, factor)

    def _at_equal_spend(self, name: str) -> _Ran:
        """The pathway brought to the first one's yearly spend.

        In closed form where nothing is bought. Else what it buys is at first taken to be what this very replication
        bought as specified, and then, once, to lie on the straight line through the two spends known (a secant step).
        """
        first = self._scenario.compare[0]
        target = self._spend(first, self._as_specified(first))
        if not hangs_on_use(self._scenario.pathways[name]):
            return self._scaled(name, factor_without_pilot(self._scenario, name, target), target)
        known = {1.0: self._as_specified(name)}
        factor = factor_without_pilot(self._scenario, name, target, known[1.0].bought)
        for _ in range(MOST_STEPS):
            found = known[factor] = self._scaled(name, factor, target)
            if abs(found.residual) <= NEAR:
                break
            factor = self._secant(name, known, target)
        return found

    def _scaled(self, name: str, factor: float, target: float) -> _Ran:
        ran = self._ran(scaled(self._scenario, name, factor), name)
        return ran._replace(residual=self._spend(name, ran, factor) / target - 1 if target else 0.0)

    def _secant(self, name: str, known: Mapping[float, _Ran], target: float) -> float:
        """Where the straight line through the last two factors tried, by what was spent, meets the target."""
        (one, before), (other, after) = list(known.items())[-2:]
        spent, then = self._spend(name, before, one), self._spend(name, after, other)
        return other + (target - then) * (other - one) / (then - spent) if then != spent else other


def _made_of(scenario: Scenario, name: str) -> str:
    """All of a scenario that a pathway's headlines can hang on: everything but the other pathways and the bases."""
    others = {other for other in scenario.pathways if other != name}
    return scenario.model_dump_json(exclude={"pathways": others, "bases": True})
