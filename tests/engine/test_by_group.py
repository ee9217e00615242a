"""Times that differ by group: each group by its own law, all others by the law of the stage. Worked by hand."""

from __future__ import annotations

from typing import Any

import pytest

from sim.engine.codes import AWAY
from sim.engine.model import compiled
from sim.scenario.scenario import Scenario

from .worlds import Data, days, lived, people, plain, story

GROUPS = {name: {"share": "rest" if name == "c" else 0.3} for name in ("a", "b", "c")}
CROWD = [{"arrival": 0.0, "group": 0}, {"arrival": 0.0, "group": 1}, {"arrival": 0.0, "group": 2}]


def world(stages: Data, posts: Any = "unlimited", **team: Any) -> Scenario:
    teams = {"clerks": {"posts": posts, **team}} if any("team" in stage for stage in stages.values()) else {}
    return plain(stages, teams, groups=GROUPS)


def ends(scenario: Scenario) -> list[float | None]:
    return [step[4] for step in story(scenario, people(*CROWD))]


@pytest.mark.parametrize(("unit", "a_day"), [("hours", 24), ("minutes", 1440)])
def test_work_by_group(unit: str, a_day: int) -> None:
    """3 days for b and 2 for the others, in either unit."""
    by_group = {"b": {"fixed": 3 * a_day}}
    stage = {"team": "clerks", unit: {"fixed": 2 * a_day}, f"{unit}_by_group": by_group}
    assert ends(world({"desk": stage})) == [2.0, 3.0, 2.0]


def test_minutes_by_group_beside_minutes() -> None:
    """Posts work round the clock: 720 minutes are half a day, 2,880 two days; 1 waits for the one post."""
    stage = {"team": "clerks", "minutes": {"fixed": 720}, "minutes_by_group": {"b": {"fixed": 2880}}}
    world = plain({"desk": stage}, {"clerks": {"posts": 1}}, groups={"a": {"share": 0.5}, "b": {"share": 0.5}})
    crowd = people({"arrival": 0.0, "group": 1}, {"arrival": 0.0, "group": 0})
    assert [step[3:5] for step in story(world, crowd)] == [(0.0, 2.0), (2.0, 2.5)]


def test_weeks_and_hours_by_group_apart() -> None:
    """Group b holds a place for 2 weeks, a takes 9 hours of work; all else is as for everyone: 1 week and 5 hours."""
    stage = {
        "team": "clerks",
        "hours": {"fixed": 5},
        "hours_by_group": {"a": {"fixed": 9}},
        "weeks": {"fixed": 1},
        "weeks_by_group": {"b": {"fixed": 2}},
    }
    made = world({"case": stage}, works="caseload")
    assert ends(made) == [7.0, 14.0, 7.0]
    assert lived(made, people(*CROWD)).visits.staff_hours.tolist() == [9.0, 5.0, 5.0]


def test_delay_by_group() -> None:
    stage = {"delay_days": {"fixed": 2}, "delay_days_by_group": {"a": {"fixed": 1}, "c": {"fixed": 5}}}
    assert ends(world({"pause": stage})) == [1.0, 2.0, 5.0]


def test_patience_of_one_group_alone_leaves_the_others_endlessly_patient() -> None:
    """0 is served to day 4; b gives up at 1.5 days; c waits, and is served from 4."""
    stage = {"team": "clerks", "hours": days(4), "gives_up_after_days_by_group": {"b": {"fixed": 1.5}}}
    assert story(world({"desk": stage}, posts=1), people(*CROWD)) == [
        (0, "desk", 0.0, 0.0, 4.0, "routed"),
        (1, "desk", 0.0, None, 1.5, "gave_up"),
        (2, "desk", 0.0, 4.0, 8.0, "routed"),
    ]


def test_patience_by_group_beside_that_of_the_others() -> None:
    """Group b waits half a day longer than the others, who give up at 3 and go where the file says."""
    stage = {
        "team": "clerks",
        "hours": days(4),
        "gives_up_after_days": {"fixed": 3},
        "gives_up_after_days_by_group": {"b": {"fixed": 3.5}},
        "on_give_up": "pause",
    }
    made = world({"desk": stage, "pause": {"delay_days": {"fixed": 1}}}, posts=1)
    assert [step[1:5] for step in story(made, people(*CROWD))] == [
        ("desk", 0.0, 0.0, 4.0),
        ("desk", 0.0, None, 3.5),
        ("pause", 3.5, 3.5, 4.5),
        ("desk", 0.0, None, 3.0),
        ("pause", 3.0, 3.0, 4.0),
    ]


def test_an_extra_for_each_further_need_belongs_to_the_law_it_stands_in() -> None:
    """With 3 needs: b takes 1 day and half a day for each of 2 further needs; the others 2 days and no more."""
    stage = {"team": "clerks", "hours": days(2), "hours_by_group": {"b": {"fixed": 24, "each_further_need": 12}}}
    crowd = people(*({**row, "needs": 3} for row in CROWD))
    assert [step[4] for step in story(world({"desk": stage}), crowd)] == [2.0, 2.0, 2.0]
    fewer = people(*({**row, "needs": 2} for row in CROWD))
    assert [step[4] for step in story(world({"desk": stage}), fewer)] == [2.0, 1.5, 2.0]


def test_a_law_of_several_groups_is_compiled_once() -> None:
    gamma, other = {"law": "gamma", "mean": 3, "sd": 1}, {"law": "gamma", "mean": 3, "sd": 2}
    made = compiled(world({"desk": {"team": "clerks", "hours": gamma, "hours_by_group": {"b": other}}}), "p")
    assert made.stage_law.tolist() == [[[0, AWAY, AWAY, AWAY], [1, AWAY, AWAY, AWAY], [0, AWAY, AWAY, AWAY]]]
    assert len(made.laws) == len(made.law_tables) == 2
