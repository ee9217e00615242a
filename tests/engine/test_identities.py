"""What must hold whatever the numbers: identical pathways, no staff, no needs, one more post."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from sim.engine.population import population

from .worlds import lived, needy, people, plain, same

STAGES: dict[str, Any] = {
    "call": {"team": "clerks", "minutes": 60, "gives_up_after_days": 2, "gate": {"eligible_from": "moderate",
             "seen_too_low": 0.1, "seen_too_high": 0.2}, "next": {"case": "rest"}},
    "case": {"team": "workers", "hours": 5, "weeks": {"mean": 4, "sd": 2}, "help": {"fits": 0.5}},
}  # fmt: skip
TEAMS = {"clerks": {"posts": 0.3}, "workers": {"works": "caseload", "posts": 2, "cases_each": 6, "keeps": True}}
COURSE = {
    "worsens_after_days": {"low": 90, "moderate": 90, "high": 90},
    "eases_after_days": {"low": 90, "moderate": 90, "high": 90, "crisis": 20},
    "leaves_after_days": {"low": 900, "crisis": 300},
}


def test_identical_pathways_give_identical_tables() -> None:
    world = needy(STAGES, TEAMS, group=COURSE, comes_back_after_days={"low": 40, "high": 10})
    data = world.data
    data["pathways"]["q"] = {"like": "p"}
    twins = type(world).from_data("twins", data)
    crowd = population(twins, 0)
    one, other = lived(twins, crowd), lived(twins, crowd, "q")
    assert len(one.visits) > 500 and len(one.changes) > 500
    assert same(one, other)


def test_with_no_staff_nobody_is_ever_started() -> None:
    world = needy(STAGES, {**TEAMS, "clerks": {"posts": 0.0}}, group=COURSE, comes_back_after_days={"low": 40})
    visits = lived(world, population(world, 0)).visits
    assert len(visits) > 300
    assert np.isnan(visits.started).all()
    assert not visits.staff_hours.any()


def test_with_no_service_there_are_no_visits() -> None:
    world = needy(STAGES, TEAMS, group=COURSE)
    assert len(lived(world, population(world, 0), None).visits) == 0


def waits(posts: int, seed: int, hours: Any) -> Any:
    run = {"seed": seed, "weeks": {"warm_up": 0, "cohort": 1, "follow_up": 9}}
    team = {"clerks": {"posts": posts}}
    world = plain({"desk": {"team": "clerks", "hours": hours}}, team, arrivals={"per_day": 11.0}, run=run)
    visits = lived(world, population(world, 0)).visits
    return np.where(np.isnan(visits.started), np.inf, visits.started) - visits.joined


@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize("hours", [4, {"mean": 4, "sd": 12}])
def test_one_more_post_lengthens_nobodys_wait(seed: int, hours: Any) -> None:
    """One stage, first come first served, common luck; two posts are far from enough, five more than enough."""
    by_posts = [waits(posts, seed, hours) for posts in (1, 2, 3, 5)]
    for fewer, more in pairwise(by_posts):
        assert (more <= fewer + 1e-9).all()
    assert by_posts[0].mean() > by_posts[-1].mean()


def test_everyone_at_once_is_served_in_turn() -> None:
    world = plain({"desk": {"team": "clerks", "hours": {"fixed": 24}}}, {"clerks": {"posts": 4}})
    visits = lived(world, people(*[1.0] * 100)).visits
    assert np.array_equal(visits.started, 1.0 + np.arange(100) // 4)
