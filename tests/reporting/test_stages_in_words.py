"""Missed appointments, orders of a line, times by group and travel are told in `explain` and in a citizen's story."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from sim.reporting.explain import explained
from sim.reporting.story import story
from sim.scenario.scenario import Scenario
from tests.scenario.files import LINE, edited

from .test_story import CITIZEN, VISIT

DESK = "pathways.line.stages.desk"
GROUPS = [("groups.older_people", {"share": 0.5}), ("groups.families", {"share": "rest"})]
LEVELS = ("groups.all", {"share": 1.0, "level_at_arrival": {"low": 1.0}})


def line(*edits: tuple[str, Any]) -> Scenario:
    return Scenario.from_data("line", edited(LINE, *edits))


def said(*edits: tuple[str, Any]) -> str:
    return " ".join(explained(line(*edits)).split())


def test_missed_appointments_are_told_with_what_follows() -> None:
    again = "Of the appointments 1 in 10 are missed: staff time is used all the same, and the citizen "
    assert f"{again}waits again, behind those already waiting." in said((f"{DESK}.missed", {"share": 0.1}))
    assert f"{again}leaves with need open." in said((f"{DESK}.missed", {"share": 0.1, "then": "leave"}))


@pytest.mark.parametrize(
    ("order", "words"),
    [
        (["families"], "families go first, others after them, and among equals who came first"),
        (["families", "older_people"], "families, then older people go first, others after them, and among equals who"),
    ],
)
def test_an_order_by_group_is_told(order: list[str], words: str) -> None:
    assert f"Of those who wait for the team {words}" in said(*GROUPS, (f"{DESK}.order", order))


@pytest.mark.parametrize(
    ("order", "words"),
    [
        ("most in need first", "those go first who were last seen at a gate at the worst level (low if never seen)"),
        ("most in true need first", "those go first whose level is now truly the worst"),
    ],
)
def test_an_order_by_need_is_told(order: str, words: str) -> None:
    gate = (f"{DESK}.gate", {"eligible_from": "low"})
    assert f"Of those who wait for the team {words}, and among equals who came first." in said(
        LEVELS, gate, (f"{DESK}.purpose", "deciding"), (f"{DESK}.order", order)
    )
    assert "Of those who wait" not in said((f"{DESK}.order", "first come"))


def test_times_by_group_are_told_beside_those_of_the_others() -> None:
    told = said(
        *GROUPS,
        (f"{DESK}.hours", {"fixed": 2}),
        (f"{DESK}.hours_by_group", {"families": {"fixed": 3}}),
        (f"{DESK}.gives_up_after_days", {"fixed": 9}),
        (f"{DESK}.gives_up_after_days_by_group", {"older_people": {"fixed": 20}}),
    )
    assert "Work by clerks: always 2 hours; for families always 3 hours." in told
    assert "patience is always 9 days; for older people always 20 days; then they leave." in told


def test_patience_of_some_groups_alone_is_told_as_such() -> None:
    told = said(*GROUPS, (f"{DESK}.gives_up_after_days_by_group", {"families": {"fixed": 20}}))
    assert "Some who wait give up: patience is for families always 20 days; then they leave." in told


def test_travel_is_told() -> None:
    assert "The citizen travels 1.5 hours for it." in said((f"{DESK}.travel_hours", 1.5))


def test_a_missed_appointment_is_told_in_the_story_of_a_citizen() -> None:
    times = {"joined": 200.0, "started": 200.0, "due": 200.125, "ended": 200.125, "staff_hours": 3.0}
    row = VISIT | {"stage": "desk", "outcome": "missed", "attended": 0, **times}
    none = pd.DataFrame(columns=["citizen", "day", "from_level", "to_level", "cause"])
    told = story(line(*GROUPS), "line", CITIZEN, pd.DataFrame([row]), none, end=210.0).splitlines()
    assert told[2] == "  Day    0.0  Makes contact for the first time. Desk: has an appointment at once."
    assert told[3] == "  Day    0.1  Desk is over (3.0 hours of staff time): the appointment was missed."
