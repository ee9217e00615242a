"""What a team can hold, as the engine will count it, and when it is there."""

from __future__ import annotations

from fractions import Fraction

from sim.engine.calendars import open_time
from sim.engine.instants import in_days, instants
from sim.engine.model import compiled, shares_of_neighbourhoods
from sim.measures.arrays import Floats
from sim.scenario.scenario import Scenario
from sim.scenario.teams import Team

WHOLE_AREA = "the whole area"


def caseload_places(scenario: Scenario, pathway: str, team: str) -> dict[str, int]:
    """Open cases a caseload team can hold, by neighbourhood, or in the whole area where it is pooled [places]."""
    row = list(scenario.pathways[pathway].teams).index(team)
    places = compiled(scenario, pathway).places[row]
    if not scenario.pathways[pathway].teams[team].per_neighbourhood:
        return {WHOLE_AREA: int(places.sum())}
    return {name: int(count) for name, count in zip(scenario.place.households, places, strict=True)}


def part_posts(scenario: Scenario, team: Team, heads: float) -> dict[str, Fraction]:
    """What part of a post each neighbourhood has beside whole ones, of so many; or the whole area, where pooled."""
    names = list(scenario.place.households) if team.per_neighbourhood else [WHOLE_AREA]
    shares = shares_of_neighbourhoods(scenario, team)
    return {name: Fraction(repr(float(heads))) * share % 1 for name, share in zip(names, shares, strict=True)}


def open_days(team: Team, days: Floats) -> Floats:
    """Time a team was open from day 0 to each of `days`, of which none is NaN; all of it round the clock [days]."""
    begins, ends = (instants([getattr(shift, end) for shift in team.shifts]) for end in ("begins", "ends"))
    return in_days(open_time(begins, ends, instants(days)))
