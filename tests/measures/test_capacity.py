"""Places of a caseload, as the engine counts them (rule 15)."""

from __future__ import annotations

from typing import Any

import pytest

from sim.measures.capacity import WHOLE_AREA, caseload_places
from sim.scenario.scenario import Scenario

from ..engine.worlds import plain

CASE = {"hours": 1, "weeks": 10}


def teams(**team: Any) -> Scenario:
    """Clerks, and workers with 11 places: 1.1 posts of 10 cases."""
    stages = {"ask": {"team": "clerks", "hours": 1, "next": {"case": "rest"}}, "case": {"team": "workers", **CASE}}
    workers = {"works": "caseload", "posts": 1.1, "cases_each": 10, **team}
    return plain(
        stages, {"clerks": {"posts": 3}, "workers": workers}, place={"households": {"north": 5, "mid": 3, "south": 2}}
    )


def test_places_are_given_by_neighbourhood_where_each_has_its_own() -> None:
    """5.5, 3.3 and 2.2 of 11: the odd one goes to the largest remainder."""
    found = caseload_places(teams(per_neighbourhood=True), "p", "workers")
    assert found == {"north": 6, "mid": 3, "south": 2}


@pytest.mark.parametrize(("posts", "places"), [(1.1, 11), (0.59, 5)])
def test_places_of_a_pooled_team_are_those_of_the_whole_area(posts: float, places: int) -> None:
    assert caseload_places(teams(posts=posts), "p", "workers") == {WHOLE_AREA: places}
