"""Rule 3 in the engine: a draw is known by its name and count, and by nothing else."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.engine.luck import name_hash, uniform
from sim.engine.population import population
from sim.engine.quantiles import compiled_law, quantile
from sim.engine.tables import Visits
from sim.scenario.laws import Law

from .worlds import lived, needy, plain, same

WORK = {"mean": 20, "sd": 9}
ROUND: dict[str, Any] = {"desk": {"team": "clerks", "hours": WORK, "next": {"desk": 0.4, "leave": "rest"}}}
TEAM = {"clerks": {"posts": 3}}


def work_drawn(base: int, name: str, count: int) -> float:
    law = compiled_law(Law.model_validate(WORK), 1.0, [])
    return quantile(law, [], uniform(base, name_hash(f"{name}/work"), count))


def by_place(visits: Visits) -> dict[tuple[int, int], float]:
    """Work by (citizen, seq), of visits that started."""
    columns = (visits.citizen, visits.seq, visits.staff_hours, visits.started)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return {(citizen, seq): hours for citizen, seq, hours, started in rows if started == started}


def test_work_is_drawn_under_the_name_of_the_stage_and_the_count_of_the_visit() -> None:
    world = plain(ROUND, TEAM)
    people = population(world, 0)
    drawn = by_place(lived(world, people).visits)
    assert max(seq for _, seq in drawn) > 3
    for (citizen, seq), hours in drawn.items():
        assert hours == work_drawn(int(people.base[citizen]), "desk", seq - 1)


def test_stages_that_share_a_luck_share_its_count() -> None:
    """`first` is visited once and counts 0; `second`, under the same luck, counts 1."""
    stages = {
        "first": {"team": "clerks", "hours": WORK, "luck": "talk", "next": {"second": "rest"}},
        "second": {"team": "clerks", "hours": WORK, "luck": "talk"},
    }
    world = plain(stages, TEAM)
    people = population(world, 0)
    drawn = by_place(lived(world, people).visits)
    for (citizen, seq), hours in drawn.items():
        assert hours == work_drawn(int(people.base[citizen]), "talk", seq - 1)


def test_a_shared_luck_gives_two_pathways_equal_work() -> None:
    one = plain({"talk": {"team": "clerks", "hours": WORK}}, TEAM)
    other = plain(
        {"wait": {"delay_days": 2, "next": {"visit": "rest"}},
         "visit": {"team": "others", "hours": WORK, "luck": "talk"}},
        {"others": {"posts": 1}},
    )  # fmt: skip
    people = population(one, 0)
    first, second = by_place(lived(one, people).visits), by_place(lived(other, people).visits)
    both = [citizen for citizen, _ in first if (citizen, 2) in second]
    assert len(both) > 200
    assert all(first[citizen, 1] == second[citizen, 2] for citizen in both)


def test_stages_of_different_names_draw_different_work() -> None:
    other = plain({"desk2": ROUND["desk"] | {"next": {"leave": "rest"}}}, TEAM)
    people = population(other, 0)
    first = by_place(lived(plain(ROUND, TEAM), people).visits)
    second = by_place(lived(other, people).visits)
    assert not set(first.values()) & set(second.values())


def test_a_stage_nobody_visits_changes_no_draw() -> None:
    """It stands first in the file, so that every other stage has another number."""
    never = {"never": {"team": "nobody", "hours": WORK}}
    desk = {"desk": {**ROUND["desk"], "next": {"never": 0.0, "desk": 0.4, "leave": "rest"}}}
    with_it = plain({**never, **desk}, {"nobody": {"posts": 1}, **TEAM}, starts_at="desk")
    without = plain(ROUND, TEAM)
    people = population(without, 0)
    one, other = lived(with_it, people), lived(without, people)
    assert len(one.visits) > 500
    assert set(one.visits.stage) == {1}
    for name in set(Visits._fields) - {"stage"}:
        assert np.array_equal(getattr(one.visits, name), getattr(other.visits, name), equal_nan=True)


def test_another_seed_is_another_life() -> None:
    zero, one = (plain(ROUND, TEAM, run=run(seed)) for seed in (0, 1))
    people = population(zero, 0)
    first, second = (lived(each, population(each, 0)).visits.staff_hours for each in (zero, one))
    assert np.array_equal(first, lived(zero, people).visits.staff_hours)
    assert not np.intersect1d(first, second).size


def run(seed: int) -> dict[str, Any]:
    return {"seed": seed, "weeks": {"warm_up": 0, "cohort": 1, "follow_up": 20}}


COURSE = {
    "worsens_after_days": {"low": 40, "moderate": 40, "high": 40},
    "eases_after_days": {"low": 60, "moderate": 40, "high": 40, "crisis": 10},
}


def test_the_course_without_help_is_the_same_in_every_pathway() -> None:
    """Work that never helps leaves the level changes of `no_service` as they are."""
    stage = {"desk": {"team": "clerks", "hours": 20, "help": {"fits": 0.0}, "purpose": "helping"}}
    world = needy(stage, TEAM, group=COURSE, asks_after_days={"low": 9, "high": 3})
    people = population(world, 0)
    served, unserved = lived(world, people).changes, lived(world, people, None).changes
    assert len(served) > 500
    assert all(np.array_equal(one, other) for one, other in zip(served, unserved, strict=True))


@pytest.mark.parametrize("levels", [True, False])
def test_the_same_run_twice_is_the_same_to_the_last_bit(levels: bool) -> None:
    stages = {"desk": {**ROUND["desk"], "gives_up_after_days": 3}}
    world = needy(stages, TEAM, group=COURSE) if levels else plain(stages, TEAM)
    assert same(lived(world, population(world, 5)), lived(world, population(world, 5)))
