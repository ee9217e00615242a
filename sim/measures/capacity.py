"""What a team can hold, as the engine will count it."""

from __future__ import annotations

from sim.engine.model import compiled
from sim.scenario.scenario import Scenario

WHOLE_AREA = "the whole area"


def caseload_places(scenario: Scenario, pathway: str, team: str) -> dict[str, int]:
    """Open cases a caseload team can hold, by neighbourhood, or in the whole area where it is pooled [places]."""
    row = list(scenario.pathways[pathway].teams).index(team)
    places = compiled(scenario, pathway).places[row]
    if not scenario.pathways[pathway].teams[team].per_neighbourhood:
        return {WHOLE_AREA: int(places.sum())}
    return {name: int(count) for name, count in zip(scenario.place.households, places, strict=True)}
