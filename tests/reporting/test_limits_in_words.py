"""Unlimited posts and full queues are told in `explain` and in a citizen's story."""

from __future__ import annotations

import math

import pandas as pd

from sim.reporting.explain import explained
from sim.reporting.step_order import in_order
from sim.reporting.story import story
from sim.scenario.scenario import Scenario
from tests.scenario.files import LINE, edited

from .test_story import CITIZEN, VISIT

DESK = "pathways.line.stages.desk"
OTHER = {"team": "clerks", "hours": 1.0}


def line(*edits: tuple[str, object]) -> Scenario:
    return Scenario.from_data("line", edited(LINE, *edits))


def said(*edits: tuple[str, object]) -> str:
    return " ".join(explained(line(*edits)).split())


def test_unlimited_posts_are_told_without_a_number_of_them() -> None:
    told = said(("pathways.line.teams.clerks", {"posts": "unlimited"}))
    assert "clerks: unlimited posts, so that nobody waits; 168 hours a week" in told
    assert "inf" not in told.split("SOURCES")[0].replace("information", "")


def test_a_full_queue_is_told_with_where_it_leads() -> None:
    assert "Nobody waits: who finds no post free is turned away and leaves." in said((f"{DESK}.queue_limit", 0))
    other = ("pathways.line.stages.other", OTHER)
    told = said((f"{DESK}.queue_limit", 1200), (f"{DESK}.when_full", "other"), other)
    assert "At most 1,200 may wait for the team: who finds the queue full is turned away and goes to “other”." in told


def test_a_stage_behind_a_full_queue_is_one_of_the_steps() -> None:
    world = line((f"{DESK}.queue_limit", 3), (f"{DESK}.when_full", "other"), ("pathways.line.stages.other", OTHER))
    assert in_order(world.pathways["line"]) == ["desk", "other"]


def test_where_the_first_list_waits_comes_when_a_citizen_may_first_come_there() -> None:
    """The list waits for the last of three; newcomers come to the second before."""
    stages = {
        "desk": {"team": "clerks", "hours": 1, "next": {"pause": "rest"}},
        "pause": {"delay_days": 1, "next": {"other": "rest"}},
        "other": OTHER,
    }
    waiting = ("waiting_at_start", {"people": 3, "days_waited": 2})
    world = line(("pathways.line.stages", stages), ("pathways.line.waiting_at", "other"), waiting)
    assert in_order(world.pathways["line"]) == ["desk", "pause", "other"]


def test_who_is_turned_away_is_told_so_in_one_line() -> None:
    row = VISIT | {"stage": "desk", "joined": 200.0, "ended": 200.0, "outcome": "full", "started": math.nan}
    none = pd.DataFrame(columns=["citizen", "day", "from_level", "to_level", "cause"])
    groups = ("groups.older_people", {"share": 1.0})
    told = story(line(groups), "line", CITIZEN, pd.DataFrame([row]), none, end=210.0).splitlines()
    assert told[2] == "  Day    0.0  Makes contact for the first time. Desk: turned away, the queue is full."
