"""Fitting: numbers brought to where the model reaches their published targets, each number to one target."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from scipy import optimize, stats

from sim.engine.engines import DEFAULT, Engine
from sim.errors import Fault, ScenarioError
from sim.experiments.equal_help import Pilot, reduction
from sim.experiments.estimates import Estimate, Key
from sim.experiments.pilots import ALONE, PILOT_NUMBERS, Hands
from sim.experiments.published import check_measures
from sim.experiments.spending import every_estimate
from sim.scenario.paths import look_up
from sim.scenario.plans import Target
from sim.scenario.resolving import resolved
from sim.scenario.scenario import Scenario

NEAR = 0.002
"""As near as this to its target, as a share of it, is near enough."""

FINEST = 0.001
"""Values nearer than this to each other, as a share, are not told apart."""

WIDEST = 4.0
"""A number without a range is looked for between a quarter and four times its value; a share from a quarter of it to
where a quarter of the rest is left.
"""

STANDARD_ERRORS = float(stats.t.ppf(0.995, len(PILOT_NUMBERS) - 1))
"""So many standard errors make half a 99% interval with as few pilots as there are."""

MOST_SWEEPS = 8
FIGURES = 3
"""Figures of a fitted number: more would be false precision."""


class Fitted(NamedTuple):
    """A number before and after it was fitted, and what the model then comes to beside the figure published."""

    name: str
    target: Target
    before: float
    after: float
    reached_before: float
    reached: float
    standard_error: float

    @property
    def margin(self) -> float:
        """How far the pilots may be off by chance alone: half a 99% interval [the measure's unit]."""
        return STANDARD_ERRORS * self.standard_error


def fit(
    scenario: Scenario,
    engine: Engine = DEFAULT,
    hands: Hands = ALONE,
    begin: Callable[[int], None] = lambda _: None,
) -> list[Fitted]:
    """Each number that a target names, so that the model reaches the target; the file itself is left alone.

    One number after another by Brent's method, inside its range (without one, from a quarter to four times its value; a
    share to where a quarter of the rest is left), again and again until every target is met within 0.2%: over 5 pilot
    replications with numbers of their own, on common luck and in the windows of the file. Numbers are rounded to three
    figures.

    Raises
    ------
    ScenarioError
        If the file has no targets, one names no measure of the model, or one is out of reach.
    """
    check_measures(scenario)
    if not scenario.targets:
        fault = Fault("targets", "there are none: nothing is fitted here", "add [targets.NAME] with `fits`")
        raise ScenarioError(f"{scenario.name}.toml", [fault])
    search = Search(scenario, engine, hands, begin)
    before = {name: search.value(target.fits) for name, target in scenario.targets.items()}
    found = dict(before)
    for _ in range(MOST_SWEEPS):
        off = [name for name in found if not search.is_near(name, found)]
        if not off:
            break
        for name in off:
            found[name] = search.solved(name, found)
    after = {name: _rounded(value) for name, value in found.items()}
    return [search.fitted(name, before, after) for name in found]


@dataclass(frozen=True)
class Search:
    """What the model comes to at some values of the fitted numbers: each combination is run once a pathway."""

    scenario: Scenario
    engine: Engine
    hands: Hands
    begin: Callable[[int], None]
    known: dict[tuple[str, tuple[float, ...]], dict[Key, Estimate]] = field(default_factory=dict)

    def value(self, path: str) -> float:
        """The number that stands at a path, in the file's prices."""
        return float(look_up(resolved(self.scenario.data).data, path))

    def estimate(self, name: str, values: dict[str, float]) -> Estimate:
        """What the model comes to for a target."""
        target = self.scenario.targets[name]
        place = (target.pathway, tuple(values.values()))
        if place not in self.known:
            changed = self.scenario.with_values({self._path(one): value for one, value in values.items()})
            self.begin(len(PILOT_NUMBERS))
            made = self.hands.each(reduction, [Pilot(changed, target.pathway, at, self.engine) for at in PILOT_NUMBERS])
            self.known[place] = every_estimate(changed, target.pathway, made)
        key = Key(target.measure, part=target.part)
        if key not in self.known[place]:
            fault = Fault(f"targets.{name}.measure", f"`{target.measure}` means nothing in this file", "name another")
            raise ScenarioError(f"{self.scenario.name}.toml", [fault])
        return self.known[place][key]

    def off(self, name: str, values: dict[str, float]) -> float:
        """How far the model is beyond a target, as a share of it; 0 where near enough."""
        beyond = self.estimate(name, values).point / self.scenario.targets[name].published - 1
        return 0.0 if abs(beyond) <= NEAR else beyond

    def is_near(self, name: str, values: dict[str, float]) -> bool:
        """Whether the model is near enough to a target."""
        return self.off(name, values) == 0

    def solved(self, name: str, values: dict[str, float]) -> float:
        """The value of a target's number that reaches it while the others stand.

        Raises
        ------
        ScenarioError
            If it is reached at no value that the number may have.
        """
        low, high = self._ends(name)

        def off(value: float) -> float:
            return self.off(name, {**values, name: value})

        if low >= high or off(low) * off(high) > 0:
            raise ScenarioError(f"{self.scenario.name}.toml", [self._out_of_reach(name, values, (low, high))])
        shift = FINEST * high if low <= 0 else 0.0  # a range may begin at 0, which has no logarithm

        def at(log: float) -> float:
            return min(max(math.exp(log) - shift, low), high)

        ends = math.log(low + shift), math.log(high + shift)
        return at(optimize.brentq(lambda log: off(at(log)), *ends, xtol=FINEST))

    def fitted(self, name: str, before: dict[str, float], after: dict[str, float]) -> Fitted:
        """What fitting did to the number of a target."""
        now, then = self.estimate(name, after), self.estimate(name, before).point
        error = float(np.std(now.pseudo, ddof=1) / math.sqrt(now.pseudo.size))
        return Fitted(name, self.scenario.targets[name], before[name], after[name], then, now.point, error)

    def _path(self, name: str) -> str:
        return self.scenario.targets[name].fits

    def _ends(self, name: str) -> tuple[float, float]:
        path = self._path(name)
        fact = next((fact for fact in self.scenario.facts if fact.path == path), None)
        if fact is not None and fact.range:
            return fact.range
        value = self.value(path)
        if fact is not None and fact.unit == "share":
            return value / WIDEST, 1 - (1 - value) / WIDEST
        return value / WIDEST, value * WIDEST

    def _out_of_reach(self, name: str, values: dict[str, float], ends: tuple[float, float]) -> Fault:
        target = self.scenario.targets[name]
        low, high = (self.estimate(name, {**values, name: end}).point for end in ends)
        problem = (
            f"out of reach: with {target.fits} from {ends[0]:.4g} to {ends[1]:.4g} the model comes to {low:.4g} and "
            f"{high:.4g}, not to {target.published:g}"
        )
        return Fault(f"targets.{name}", problem, "widen the number's range, if evidence allows, or drop the target")


def _rounded(value: float) -> float:
    return float(f"{value:.{FIGURES}g}")
