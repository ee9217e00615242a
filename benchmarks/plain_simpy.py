"""Two models written the way people write SimPy, to measure an engine against: a line and a referral pathway.

Nothing is tuned and nothing is shared with the engine. Times are in days, work is in hours, and posts work round the
clock at full speed, so that work of h hours takes h / 24 days. Citizens arrive until so many have come, and each is
followed to the end.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Generator
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import simpy

Steps = Generator[simpy.Event, Any, None]
Law = Callable[[], float]
HOURS_A_DAY = 24


@dataclass(frozen=True)
class Line:
    """W1, an M/M/5 line: 27 a day at 4 hours each keep 4.5 of 5 posts busy, a load of 0.9."""

    arrivals_per_day: float = 27.0
    work_mean_hours: float = 4.0
    posts: int = 5


@dataclass(frozen=True)
class Referral:
    """W2, the referral pathway; every share is of those who get so far.

    `turned_away` of contacts, `turned_away_back` of those turned away, `not_eligible` of the assessed,
    `assessed_again` of the eligible, `present_again` of the helped. As routes of a stage, after contact: back 0.175,
    gone 0.175, waiting list the rest; after assessment: gone 0.30, elsewhere 0.28, help the rest; after help: back
    0.20. Contact and all delays are exponential, assessments lognormal, help gamma. Loads are about 0.86 to 0.89.
    """

    arrivals_per_day: float = 48.0
    contact_posts: int = 2
    contact_mean_hours: float = 0.65
    contact_gbp_per_hour: float = 30.0
    turned_away: float = 0.35
    turned_away_back: float = 0.50
    turned_away_back_mean_days: float = 14.0
    patience_mean_days: float = 2.0
    assessment_posts: int = 9
    assessment_mean_hours: float = 4.5
    assessment_sd_hours: float = 3.0
    assessment_gbp_per_hour: float = 54.0
    not_eligible: float = 0.30
    assessed_again: float = 0.40
    elsewhere_posts: int = 3
    elsewhere_mean_hours: float = 5.5
    elsewhere_sd_hours: float = 3.0
    elsewhere_gbp_per_hour: float = 54.0
    help_posts: int = 19
    help_mean_hours: float = 14.0
    help_sd_hours: float = 6.0
    help_gbp_per_hour: float = 41.0
    present_again: float = 0.20
    present_again_mean_days: float = 30.0


LINE = Line()
REFERRAL = Referral()


@dataclass(frozen=True)
class LineResult:
    """What W1 comes to, per citizen who came."""

    citizens: int
    mean_wait_days: float  # joined to started
    waited: float  # share who did not start at once


@dataclass(frozen=True)
class ReferralResult:
    """What W2 comes to, per citizen who came."""

    citizens: int
    mean_wait_days: float  # all queues of all approaches, given up or not
    mean_contacts: float  # pieces of work started
    mean_staff_hours: float
    mean_cost_gbp: float
    mean_reentries: float  # times of coming back
    gave_up: float  # share who ended by giving up on the waiting list
    helped: float  # share who started help at least once
    mean_days_to_help_if_helped: float  # first arrival to the start of the first help, over those helped


@dataclass
class Citizen:
    """One citizen and what has befallen them so far."""

    arrived: float
    wait_days: float = 0.0
    contacts: int = 0
    staff_hours: float = 0.0
    cost_gbp: float = 0.0
    reentries: int = 0
    gave_up: bool = False
    days_to_help: float | None = None


def exponential(luck: np.random.Generator, mean: float) -> Law:
    """Exponential law by its mean."""
    return partial(luck.exponential, mean)


def lognormal(luck: np.random.Generator, mean: float, sd: float) -> Law:
    """Lognormal law by its own mean and sd: variance of the log is ln(1 + (sd / mean)^2)."""
    variance = math.log(1 + (sd / mean) ** 2)
    return partial(luck.lognormal, math.log(mean) - variance / 2, math.sqrt(variance))


def gamma(luck: np.random.Generator, mean: float, sd: float) -> Law:
    """Gamma law by its own mean and sd: shape (mean / sd)^2."""
    return partial(luck.gamma, (mean / sd) ** 2, sd**2 / mean)


def chance(luck: np.random.Generator, share: float) -> Callable[[], bool]:
    """Whether something that happens with a `share` does."""
    return lambda: luck.random() < share


class LineModel:
    """Citizens join one queue, are seen, and go."""

    def __init__(self, line: Line, seed: int) -> None:
        arrival, work = streams(seed, 2)
        self.env = simpy.Environment()
        self.team = simpy.Resource(self.env, capacity=line.posts)
        self.between_arrivals_days = exponential(arrival, 1 / line.arrivals_per_day)
        self.work_hours = exponential(work, line.work_mean_hours)
        self.waits: list[float] = []

    def arrivals(self, citizens: int) -> Steps:
        """So many citizens come, one after another."""
        for _ in range(citizens):
            yield self.env.timeout(self.between_arrivals_days())
            self.env.process(self.citizen())

    def citizen(self) -> Steps:
        """Wait for a post, be seen, go."""
        joined = self.env.now
        with self.team.request() as turn:
            yield turn
            self.waits.append(self.env.now - joined)
            yield self.env.timeout(self.work_hours() / HOURS_A_DAY)


class ReferralLuck:
    """Every law of W2, each on its own stream; the order here is the order of the streams."""

    def __init__(self, facts: Referral, seed: int) -> None:
        luck = iter(streams(seed, 13))
        self.between_arrivals_days = exponential(next(luck), 1 / facts.arrivals_per_day)
        self.contact_hours = exponential(next(luck), facts.contact_mean_hours)
        self.turned_away = chance(next(luck), facts.turned_away)
        self.turned_away_back = chance(next(luck), facts.turned_away_back)
        self.turned_away_back_days = exponential(next(luck), facts.turned_away_back_mean_days)
        self.patience_days = exponential(next(luck), facts.patience_mean_days)
        self.assessment_hours = lognormal(next(luck), facts.assessment_mean_hours, facts.assessment_sd_hours)
        self.not_eligible = chance(next(luck), facts.not_eligible)
        self.assessed_again = chance(next(luck), facts.assessed_again)
        self.elsewhere_hours = lognormal(next(luck), facts.elsewhere_mean_hours, facts.elsewhere_sd_hours)
        self.help_hours = gamma(next(luck), facts.help_mean_hours, facts.help_sd_hours)
        self.present_again = chance(next(luck), facts.present_again)
        self.present_again_days = exponential(next(luck), facts.present_again_mean_days)


class ReferralModel:
    """Contact, waiting list, assessment, perhaps another elsewhere, help; and round again for some."""

    def __init__(self, facts: Referral, seed: int, most_reentries: int | None) -> None:
        self.env = simpy.Environment()
        self.facts = facts
        self.luck = ReferralLuck(facts, seed)
        self.most_reentries = most_reentries
        self.contact_centre = simpy.Resource(self.env, capacity=facts.contact_posts)
        self.assessors = simpy.Resource(self.env, capacity=facts.assessment_posts)
        self.assessors_elsewhere = simpy.Resource(self.env, capacity=facts.elsewhere_posts)
        self.helpers = simpy.Resource(self.env, capacity=facts.help_posts)
        self.citizens: list[Citizen] = []

    def arrivals(self, citizens: int) -> Steps:
        """So many citizens come, one after another."""
        for _ in range(citizens):
            yield self.env.timeout(self.luck.between_arrivals_days())
            self.citizens.append(Citizen(arrived=self.env.now))
            self.env.process(self.journey(self.citizens[-1]))

    def journey(self, citizen: Citizen) -> Steps:
        """Approach after approach, for as long as the citizen comes back."""
        while True:
            back_after_days = yield from self.approach(citizen)
            if back_after_days is None or citizen.reentries == self.most_reentries:
                return
            citizen.reentries += 1
            yield self.env.timeout(back_after_days)

    def approach(self, citizen: Citizen) -> Generator[simpy.Event, Any, float | None]:
        """From contact to the end; returns the days until the citizen is back, None if never."""
        facts, luck = self.facts, self.luck
        yield from self.seen(citizen, self.contact_centre, luck.contact_hours, facts.contact_gbp_per_hour)
        if luck.turned_away():
            return luck.turned_away_back_days() if luck.turned_away_back() else None
        yield from self.assessed_if_patient(citizen)
        if citizen.gave_up or luck.not_eligible():
            return None
        if luck.assessed_again():
            yield from self.seen(citizen, self.assessors_elsewhere, luck.elsewhere_hours, facts.elsewhere_gbp_per_hour)
        yield from self.seen(citizen, self.helpers, luck.help_hours, facts.help_gbp_per_hour)
        return luck.present_again_days() if luck.present_again() else None

    def seen(self, citizen: Citizen, team: simpy.Resource, hours: Law, gbp_per_hour: float) -> Steps:
        """Wait for a post of the team, however long, and be seen."""
        joined = self.env.now
        with team.request() as turn:
            yield turn
            citizen.wait_days += self.env.now - joined
            if team is self.helpers and citizen.days_to_help is None:
                citizen.days_to_help = self.env.now - citizen.arrived
            yield self.work(citizen, hours, gbp_per_hour)

    def assessed_if_patient(self, citizen: Citizen) -> Steps:
        """Wait for an assessor or give up, whichever comes first."""
        joined = self.env.now
        with self.assessors.request() as turn:
            met = yield turn | self.env.timeout(self.luck.patience_days())
            citizen.wait_days += self.env.now - joined
            if turn in met:
                yield self.work(citizen, self.luck.assessment_hours, self.facts.assessment_gbp_per_hour)
            else:
                citizen.gave_up = True

    def work(self, citizen: Citizen, law: Law, gbp_per_hour: float) -> simpy.Timeout:
        """One piece of work, put down to the citizen as it starts."""
        hours = law()
        citizen.contacts += 1
        citizen.staff_hours += hours
        citizen.cost_gbp += hours * gbp_per_hour
        return self.env.timeout(hours / HOURS_A_DAY)


def streams(seed: int, number: int) -> list[np.random.Generator]:
    """Independent generators, one for each use of chance."""
    return [np.random.default_rng(each) for each in np.random.SeedSequence(seed).spawn(number)]


def run_line(citizens: int, seed: int, *, line: Line = LINE) -> LineResult:
    """W1 from empty until the last of so many citizens has gone."""
    model = LineModel(line, seed)
    model.env.process(model.arrivals(citizens))
    model.env.run()
    waits = np.array(model.waits)
    return LineResult(len(waits), mean_wait_days=float(waits.mean()), waited=float((waits > 0).mean()))


def run_referral(
    citizens: int, seed: int, *, facts: Referral = REFERRAL, most_reentries: int | None = None
) -> ReferralResult:
    """W2 from empty until the last of so many citizens has gone; nobody comes back more than `most_reentries` times."""
    model = ReferralModel(facts, seed, most_reentries)
    model.env.process(model.arrivals(citizens))
    model.env.run()
    return summary(model.citizens)


def summary(citizens: list[Citizen]) -> ReferralResult:
    """What W2 comes to, from what has befallen each citizen."""
    number = len(citizens)
    to_help = [each.days_to_help for each in citizens if each.days_to_help is not None]
    return ReferralResult(
        citizens=number,
        mean_wait_days=math.fsum(each.wait_days for each in citizens) / number,
        mean_contacts=sum(each.contacts for each in citizens) / number,
        mean_staff_hours=math.fsum(each.staff_hours for each in citizens) / number,
        mean_cost_gbp=math.fsum(each.cost_gbp for each in citizens) / number,
        mean_reentries=sum(each.reentries for each in citizens) / number,
        gave_up=sum(each.gave_up for each in citizens) / number,
        helped=len(to_help) / number,
        mean_days_to_help_if_helped=math.fsum(to_help) / len(to_help) if to_help else math.nan,
    )
