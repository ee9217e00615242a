"""W1 and W2 in salabim, as its manual has it: components that request, hold and release; yieldless, no animation."""

from __future__ import annotations

import importlib
import math
from typing import Any

import numpy as np

from benchmarks.peers.installed import imported
from benchmarks.plain_simpy import (
    HOURS_A_DAY,
    LINE,
    REFERRAL,
    Citizen,
    Law,
    LineResult,
    ReferralLuck,
    ReferralResult,
    exponential,
    streams,
    summary,
)
from benchmarks.work import Engine, means_of, timed

NAME = "salabim"
PACE = 0.5


def engine() -> Engine:
    """salabim, if it is installed; its processes need greenlet."""
    imported("salabim", "greenlet")
    return Engine(
        NAME,
        {
            "line": timed(lambda citizens, seed: means_of(run_line(citizens, seed))),
            "referral": timed(lambda citizens, seed: means_of(run_referral(citizens, seed))),
        },
        PACE,
    )


def run_line(citizens: int, seed: int) -> LineResult:
    """W1 from empty until the last of so many citizens has gone."""
    sim: Any = importlib.import_module("salabim")
    env = sim.Environment(yieldless=True)
    clerks = sim.Resource("clerks", capacity=LINE.posts)
    arrival, work = streams(seed, 2)
    work_hours = exponential(work, LINE.work_mean_hours)
    waits: list[float] = []

    class Person(sim.Component):  # type: ignore[misc]
        def process(self) -> None:
            joined = env.now()
            self.request(clerks)
            waits.append(env.now() - joined)
            self.hold(work_hours() / HOURS_A_DAY)
            self.release(clerks)

    _come(sim, Person, citizens, exponential(arrival, 1 / LINE.arrivals_per_day))
    env.run()
    found = np.array(waits)
    return LineResult(found.size, float(found.mean()), float((found > 0).mean()))


def run_referral(citizens: int, seed: int) -> ReferralResult:
    """W2 from empty until the last of so many citizens has gone."""
    sim: Any = importlib.import_module("salabim")
    env = sim.Environment(yieldless=True)
    luck, everybody = ReferralLuck(REFERRAL, seed), list[Citizen]()
    pathway = _Pathway(env, luck, _Teams(sim))

    class Person(sim.Component):  # type: ignore[misc]
        def process(self) -> None:
            citizen = Citizen(arrived=env.now())
            everybody.append(citizen)
            while (back_after_days := pathway.approach(self, citizen)) is not None:
                citizen.reentries += 1
                self.hold(back_after_days)

    _come(sim, Person, citizens, luck.between_arrivals_days)
    env.run()
    return summary(everybody)


def _come(sim: Any, person: Any, citizens: int, between_days: Law) -> None:
    """So many citizens come, one after another."""

    class Arrivals(sim.Component):  # type: ignore[misc]
        def process(self) -> None:
            for _ in range(citizens):
                self.hold(between_days())
                person()

    Arrivals()


class _Teams:
    """The four teams of W2."""

    def __init__(self, sim: Any) -> None:
        self.contact_centre = sim.Resource("contact centre", capacity=REFERRAL.contact_posts)
        self.assessors = sim.Resource("assessors", capacity=REFERRAL.assessment_posts)
        self.assessors_elsewhere = sim.Resource("assessors elsewhere", capacity=REFERRAL.elsewhere_posts)
        self.helpers = sim.Resource("helpers", capacity=REFERRAL.help_posts)


class _Pathway:
    """One approach after another, of a component that stands for a citizen."""

    def __init__(self, env: Any, luck: ReferralLuck, teams: _Teams) -> None:
        self.env, self.luck, self.teams = env, luck, teams

    def approach(self, person: Any, citizen: Citizen) -> float | None:
        """From contact to the end; returns the days until the citizen is back, None if never."""
        luck, teams = self.luck, self.teams
        self.seen(person, citizen, teams.contact_centre, luck.contact_hours)
        if luck.turned_away():
            return luck.turned_away_back_days() if luck.turned_away_back() else None
        self.seen(person, citizen, teams.assessors, luck.assessment_hours, luck.patience_days())
        if citizen.gave_up or luck.not_eligible():
            return None
        if luck.assessed_again():
            self.seen(person, citizen, teams.assessors_elsewhere, luck.elsewhere_hours)
        self.seen(person, citizen, teams.helpers, luck.help_hours)
        return luck.present_again_days() if luck.present_again() else None

    def seen(self, person: Any, citizen: Citizen, team: Any, law: Law, patience_days: float = math.inf) -> None:
        """Wait for a post, as long as patience lasts, and be seen."""
        joined = self.env.now()
        person.request(team, fail_delay=patience_days)
        citizen.wait_days += self.env.now() - joined
        if person.failed():
            citizen.gave_up = True
            return
        if team is self.teams.helpers and citizen.days_to_help is None:
            citizen.days_to_help = self.env.now() - citizen.arrived
        hours = law()
        citizen.contacts += 1
        citizen.staff_hours += hours
        person.hold(hours / HOURS_A_DAY)
        person.release(team)
