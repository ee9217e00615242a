"""Equal help: the factor on a pathway's paid posts with which its citizens are in need for as long as the first's."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from scipy import optimize

from sim.engine.engines import DEFAULT, Engine, batches
from sim.engine.model import compiled
from sim.engine.population import population
from sim.experiments.basis import scaled
from sim.experiments.pilots import ALONE, PILOT_NUMBERS, Hands
from sim.experiments.stopping import unless_stopped
from sim.measures.lives import lives
from sim.measures.sieve import sifted
from sim.scenario.scenario import Scenario

OCTAVES = 4
"""Posts are halved or doubled at most so often."""

TOLERANCE = 0.001
"""As near as this to the first pathway's days in need, as a share of them, is near enough: inside a pilot's noise."""

FINEST_STEP = 0.001
"""Factors nearer than this, in octaves, are not told apart: where whole places come and go, need moves in steps."""

FACTOR_DECIMALS = 6


@dataclass(frozen=True)
class EqualHelp:
    """A pathway brought to the first pathway's days in need by one factor on its paid posts.

    Where that is out of reach, the factor is the last one tried, and the days are those it comes to.
    """

    pathway: str
    factor: float
    target_days: float
    reached_days: float
    is_in_reach: bool = True

    @property
    def residual(self) -> float:
        """How far the days in need are off their target, as a share of it."""
        return self.reached_days / self.target_days - 1 if self.target_days else 0.0


def equal_help(scenario: Scenario, engine: Engine = DEFAULT, hands: Hands = ALONE) -> tuple[EqualHelp, ...]:
    """For each other pathway the factor on its paid posts that makes `days_in_need` equal to the first pathway's.

    Found by Brent's method on the logarithm of the factor, over 5 pilot replications with numbers of their own and on
    common luck, so that every factor meets the same people. At least a sixteenth, at most 16 times the posts are tried.
    """
    first, *others = scenario.compare
    target = Search(scenario, first, engine, hands).days(1.0)
    return tuple(_solved(Search(scenario, name, engine, hands, target)) for name in others)


class Pilot(NamedTuple):
    """One pathway to run in one pilot replication."""

    scenario: Scenario
    pathway: str
    number: int
    engine: Engine


class Need(NamedTuple):
    """Days in need of a cohort, and how many citizens they are of."""

    days: float
    citizens: int


def need(pilot: Pilot) -> Need:
    """How long the cohort of one pilot replication is in need."""
    citizens = population(pilot.scenario, pilot.number)
    written = batches(compiled(pilot.scenario, pilot.pathway), citizens, pilot.engine)
    days = lives(sifted(pilot.scenario, pilot.pathway, citizens, unless_stopped(written)))["days_in_need"]
    return Need(float(days.sum()), days.size)


@dataclass(frozen=True)
class Search:
    """Days in need of a pathway by the factor on its posts: each factor is run once."""

    scenario: Scenario
    pathway: str
    engine: Engine
    hands: Hands
    target: float = 0.0
    known: dict[float, float] = field(default_factory=dict)

    def days(self, factor: float) -> float:
        """Mean days in need of a citizen with so many times the posts."""
        if factor not in self.known:
            changed = scaled(self.scenario, self.pathway, factor)
            pilots = [Pilot(changed, self.pathway, number, self.engine) for number in PILOT_NUMBERS]
            found = self.hands.each(need, pilots)
            people = sum(one.citizens for one in found)
            self.known[factor] = math.fsum(one.days for one in found) / people if people else 0.0
        return self.known[factor]

    def off(self, octaves: float) -> float:
        """Days in need beyond the target with 2^octaves times the posts; 0 where near enough."""
        beyond = self.days(factor_of(octaves)) - self.target
        return 0.0 if abs(beyond) <= TOLERANCE * self.target else beyond

    @property
    def nearest(self) -> float:
        """The factor tried that comes nearest to the target."""
        return min(self.known, key=lambda factor: abs(self.known[factor] - self.target))


def factor_of(octaves: float) -> float:
    """The factor of so many doublings."""
    return float(round(2.0**octaves, FACTOR_DECIMALS))


def _solved(search: Search) -> EqualHelp:
    ends = list(_walk(search))
    last = ends[-1]
    crossed = search.off(last) * search.off(0.0) <= 0
    if search.off(last) and crossed:
        optimize.brentq(search.off, ends[-2], last, xtol=FINEST_STEP)
    factor = search.nearest if crossed else factor_of(last)
    return EqualHelp(search.pathway, factor, search.target, search.days(factor), crossed)


def _walk(search: Search) -> Iterator[float]:
    """Octaves tried: from the posts as they are, twice as many at a time, or half, until the target is passed."""
    yield 0.0
    begun = search.off(0.0)
    way = math.copysign(1.0, begun)
    for step in range(1, OCTAVES + 1) if begun else ():
        yield way * step
        if search.off(way * step) * begun <= 0:
            return
