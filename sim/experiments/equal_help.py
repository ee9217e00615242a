"""Equal help: the factor on a pathway's paid posts with which its citizens are in need for as long as the first's."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, NamedTuple

from scipy import optimize

from sim.engine.engines import DEFAULT, Engine, batches
from sim.engine.model import compiled
from sim.engine.population import population
from sim.experiments.basis import scaled
from sim.experiments.pilot_error import NO_ERROR, Need, PilotError, paired_error, slopes
from sim.experiments.pilots import ALONE, PILOT_NUMBERS, Hands
from sim.experiments.spending import every_estimate
from sim.experiments.stopping import unless_stopped
from sim.measures.followed import Followed
from sim.measures.headline_lives import headline_columns
from sim.measures.record import Record
from sim.measures.reductions import Reduction, reduced
from sim.measures.sieve import sifted
from sim.scenario.scenario import Scenario

OCTAVES = 4
"""Posts are halved or doubled at most so often."""

SMALLEST_PART = "a sixteenth"
"""What is left of posts halved so often, in words."""

TOLERANCE = 0.001
"""As near as this to the first pathway's days in need, as a share of them, is near enough: inside a pilot's noise."""

FINEST_STEP = 0.001
"""Factors nearer than this, in octaves, are not told apart: where whole places come and go, need moves in steps."""

FACTOR_DECIMALS = 6

SLOPE_OCTAVES = 0.25
"""So far to either side of the factor found, measures are set against days in need."""


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
    error: PilotError = NO_ERROR
    """How well the pilots know where the two are equal."""

    @property
    def residual(self) -> float:
        """How far the days in need are off their target, as a share of it."""
        return self.reached_days / self.target_days - 1 if self.target_days else 0.0

    def as_dict(self) -> dict[str, Any]:
        """What was found, as plain data."""
        kept = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "error"}
        return {**kept, "error_days": self.error.days}


def equal_help(scenario: Scenario, engine: Engine = DEFAULT, hands: Hands = ALONE) -> tuple[EqualHelp, ...]:
    """For each other pathway the factor on its paid posts that makes `days_in_need` equal to the first pathway's.

    Found by Brent's method on the logarithm of the factor, over 5 pilot replications with numbers of their own and on
    common luck, so that every factor meets the same people. Where the posts as they are leave people longer in need,
    up to 16 times as many are tried; where shorter, down to a sixteenth.
    """
    first, *others = scenario.compare
    target = Search(scenario, first, engine, hands).needs(1.0)
    return tuple(_solved(Search(scenario, name, engine, hands, target)) for name in others)


class Pilot(NamedTuple):
    """One pathway to run in one pilot replication."""

    scenario: Scenario
    pathway: str
    number: int
    engine: Engine


def need(pilot: Pilot) -> Need:
    """How long the cohort of one pilot replication is in need."""
    days = headline_columns(Followed(_record(pilot)), names=["days_in_need"])["days_in_need"]
    return Need(float(days.sum()), days.size)


def reduction(pilot: Pilot) -> Reduction:
    """All measures of one pilot replication."""
    return reduced(_record(pilot))[0]


def _record(pilot: Pilot) -> Record:
    citizens = population(pilot.scenario, pilot.number)
    written = batches(compiled(pilot.scenario, pilot.pathway), citizens, pilot.engine)
    return sifted(pilot.scenario, pilot.pathway, citizens, unless_stopped(written))


@dataclass(frozen=True)
class Search:
    """Days in need of a pathway by the factor on its posts: each factor is run once."""

    scenario: Scenario
    pathway: str
    engine: Engine
    hands: Hands
    first: Sequence[Need] = ()
    """What the first pathway comes to, pilot by pilot."""

    known: dict[float, list[Need]] = field(default_factory=dict)

    def needs(self, factor: float) -> list[Need]:
        """Days in need with so many times the posts, pilot by pilot."""
        if factor not in self.known:
            self.known[factor] = self.hands.each(need, self._pilots(factor))
        return self.known[factor]

    def days(self, factor: float) -> float:
        """Mean days in need of a citizen with so many times the posts."""
        return mean_days(self.needs(factor))

    @property
    def target(self) -> float:
        """Mean days in need of a citizen in the first pathway."""
        return mean_days(self.first)

    def off(self, octaves: float) -> float:
        """Days in need beyond the target with 2^octaves times the posts; 0 where near enough."""
        beyond = self.days(factor_of(octaves)) - self.target
        return 0.0 if abs(beyond) <= TOLERANCE * self.target else beyond

    @property
    def nearest(self) -> float:
        """The factor tried that comes nearest to the target."""
        return min(self.known, key=lambda factor: abs(self.days(factor) - self.target))

    def error(self, factor: float) -> PilotError:
        """How well the pilots know that so many times the posts leave people as long in need as the first pathway."""
        days = math.hypot(paired_error(self.needs(factor), self.first), self.days(factor) - self.target)
        if not days:
            return NO_ERROR
        sides = [factor_of(math.log2(factor) + octaves) for octaves in (-SLOPE_OCTAVES, SLOPE_OCTAVES)]
        made = self.hands.each(reduction, [pilot for side in sides for pilot in self._pilots(side)])
        halves = made[: len(PILOT_NUMBERS)], made[len(PILOT_NUMBERS) :]
        fewer, more = (every_estimate(self.scenario, self.pathway, half) for half in halves)
        return PilotError(days, slopes(fewer, more))

    def _pilots(self, factor: float) -> list[Pilot]:
        changed = scaled(self.scenario, self.pathway, factor)
        return [Pilot(changed, self.pathway, number, self.engine) for number in PILOT_NUMBERS]


def mean_days(found: Sequence[Need]) -> float:
    """Mean days in need of a citizen over pilots."""
    people = sum(one.citizens for one in found)
    return math.fsum(one.days for one in found) / people if people else 0.0


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
    error = search.error(factor) if crossed else NO_ERROR
    return EqualHelp(search.pathway, factor, search.target, search.days(factor), crossed, error)


def _walk(search: Search) -> Iterator[float]:
    """Octaves tried: from the posts as they are, twice as many at a time, or half, until the target is passed."""
    yield 0.0
    begun = search.off(0.0)
    way = math.copysign(1.0, begun)
    for step in range(1, OCTAVES + 1) if begun else ():
        yield way * step
        if search.off(way * step) * begun <= 0:
            return
