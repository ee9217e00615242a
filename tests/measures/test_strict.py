"""Counted strictly, a chat is no help: lives worked by hand beside those of the plain count."""

from __future__ import annotations

import numpy as np
import pytest

from sim.measures.lives import Columns, lives
from sim.scenario.scenario import Scenario

from ..engine.worlds import people
from .written import changes, record, visit, visits

CHAT, SUPPORT = range(2)

CHAT_FIRST = {
    "title": "A chat first",
    "compare": ["p"],
    "arrivals": {"per_day": 1},
    "run": {"weeks": {"warm_up": 1, "cohort": 1, "follow_up": 20}},
    "groups": {"all": {"level_at_arrival": {"moderate": 1.0}}},
    "pathways": {
        "p": {
            "starts_at": "chat",
            "teams": {"staff": {"posts": 3}},
            "stages": {
                "chat": {"team": "staff", "purpose": "helping", "minutes": 59, "help": {"fits": 0.2},
                         "next": {"support": "rest"}},
                "support": {"team": "staff", "purpose": "helping", "minutes": 60, "help": {"fits": 0.5}},
            },
        }
    },
}  # fmt: skip

CITIZENS = people(7, 8, 9, 10)
VISITS = visits(
    # 0: the chat fits at once, but need goes on until support, which fits too
    visit(0, CHAT, 10, 11, due=12, hours=1, left_at="low", outcome="helped_fit"),
    visit(0, SUPPORT, 12, 30, due=32, hours=1, level="low", left_at="none", outcome="helped_fit"),
    # 1: the chat ends the need
    visit(1, CHAT, 8, 20, due=21, hours=1, left_at="none", outcome="helped_fit"),
    # 2: neither fits
    visit(2, CHAT, 9, 9, due=10, hours=1, outcome="helped_unfit"),
    visit(2, SUPPORT, 10, 12, due=13, hours=1, outcome="helped_unfit"),
    # 3: the chat goes on at the end
    visit(3, CHAT, 20, 149, due=160, ended=None, hours=1, outcome="open"),
)
CHANGES = changes(
    (0, 12.0, "moderate", "low", "helped"),
    (0, 32.0, "low", "none", "helped"),
    (1, 21.0, "moderate", "none", "helped"),
)


def found(minutes_of_chat: float = 59) -> Columns:
    path = "pathways.p.stages.chat.minutes"
    scenario = Scenario.from_data("chat", CHAT_FIRST).with_values({path: minutes_of_chat})
    return lives(record(scenario, CITIZENS, VISITS, CHANGES))


WORKED = {
    "days_to_help": [4, 12, 140, 140],  # 11 - 7, 20 - 8, never, never
    "days_to_help_strict": [23, 13, 140, 140],  # 30 - 7; the need of 1 is over on day 21
    "right_helped": [1, 1, 0, 0],
    "right_helped_strict": [1, 0, 0, 0],
    "never_helped": [0, 0, 0, 0],
    "never_helped_strict": [0, 1, 0, 1],
}


@pytest.mark.parametrize("name", WORKED)
def test_a_chat_of_59_minutes_is_no_help_when_counted_strictly(name: str) -> None:
    assert found()[name].tolist() == WORKED[name]


@pytest.mark.parametrize("name", ["days_to_help", "right_helped", "never_helped"])
def test_a_chat_of_an_hour_is_help_even_so(name: str) -> None:
    assert np.array_equal(found(60)[f"{name}_strict"], found(60)[name])
    assert not np.array_equal(found(59)[f"{name}_strict"], found(59)[name])
