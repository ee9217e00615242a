"""A value set in a pathway stands, whatever changes the pathway lists."""

from __future__ import annotations

from functools import cache

import pytest

from sim.experiments.basis import NEAR, equal_spend, scaled
from sim.scenario.scenario import Scenario, load

POSTS = "pathways.all_six.teams.package_workers.posts"


@cache
def elements() -> Scenario:
    return load("anytown").with_change("elements")


def test_a_value_that_a_change_of_the_pathway_sets_can_be_set_over_it_again_and_again() -> None:
    once = elements().with_values({POSTS: 150.0})
    twice = once.with_values({POSTS: 120.0})
    assert [one.pathways["all_six"].teams["package_workers"].posts for one in (elements(), once, twice)] == [
        200,
        150,
        120,
    ]
    assert twice.pathways["outsourced"] == elements().pathways["outsourced"]
    assert twice.pathways["design"] == elements().pathways["design"]


def test_a_value_inside_what_a_change_replaces_whole_can_be_set() -> None:
    path = "pathways.all_six.stages.low_level.help.fits.two"
    fits = elements().with_values({path: 0.2}).pathways["all_six"].stages["low_level"].help
    assert fits is not None
    assert fits.fits.model_dump() == {"one": 0.5, "two": 0.2, "three": 0.42, "four": 0.38}


def test_what_was_set_is_written_down_and_read_again() -> None:
    changed = elements().with_settings({POSTS: 150})
    again = Scenario.from_data(changed.name, changed.data)
    assert again.pathways["all_six"].teams["package_workers"].posts == 150
    assert again.changes == elements().changes


@pytest.mark.parametrize("pathway", ["design", "all_six"])
def test_posts_that_a_change_sets_are_scaled(pathway: str) -> None:
    halved = scaled(elements(), pathway, 0.5).pathways[pathway].teams
    whole = elements().pathways[pathway].teams
    assert {name: 2 * team.mean_posts for name, team in halved.items()} == {
        name: team.mean_posts for name, team in whole.items()
    }


def test_equal_spend_reaches_the_posts_that_changes_set_wherever_spend_is_a_straight_line() -> None:
    """Overtime costs nothing here: what is spent hangs on the posts alone."""
    paths = (f"pathways.{name}.teams.{team}" for name, one in elements().pathways.items() for team in one.teams)
    _, found = equal_spend(elements().with_values({f"{path}.gbp_per_overtime_hour": 0.0 for path in paths}))
    assert {"design", "all_six"} <= {one.pathway for one in found}
    assert all(abs(one.residual) < 1e-4 for one in found), "whole pounds of the first pathway's spend"


def test_equal_spend_comes_near_where_overtime_is_paid_beside_the_posts() -> None:
    _, found = equal_spend(elements())
    assert {"design", "all_six"} <= {one.pathway for one in found}
    assert all(abs(one.residual) <= NEAR for one in found)
