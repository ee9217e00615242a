"""What a team can hold, as the engine will count it, and when it is there."""

from __future__ import annotations

import numpy as np

from sim.engine.calendars import open_time, overtime
from sim.engine.model import compiled
from sim.measures.arrays import Floats
from sim.scenario.scenario import Scenario
from sim.scenario.teams import SAME_DAY, Team

WHOLE_AREA = "the whole area"


def caseload_places(scenario: Scenario, pathway: str, team: str) -> dict[str, int]:
    """Open cases a caseload team can hold, by neighbourhood, or in the whole area where it is pooled [places]."""
    row = list(scenario.pathways[pathway].teams).index(team)
    places = compiled(scenario, pathway).places[row]
    if not scenario.pathways[pathway].teams[team].per_neighbourhood:
        return {WHOLE_AREA: int(places.sum())}
    return {name: int(count) for name, count in zip(scenario.place.households, places, strict=True)}


def open_days(team: Team, days: Floats) -> Floats:
    """Time a team was open from day 0 to each of `days`; all of it where it works round the clock [days]."""
    return open_time(*_hours(team), days)


def overtime_days(team: Team, started: Floats, ended: Floats) -> Floats:
    """How long each piece of its work went on after closing; 0 where work waits for the next day [days]."""
    return overtime(*_hours(team), started, ended) if team.finish == SAME_DAY else np.zeros_like(started)


def _hours(team: Team) -> tuple[Floats, Floats]:
    """When the shifts of a team begin and end in the week [days from Monday 00:00]."""
    shifts = team.shifts
    return np.array([shift.begins for shift in shifts]), np.array([shift.ends for shift in shifts])
