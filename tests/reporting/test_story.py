"""A citizen's story tells what happened, in order, in words."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest

from sim.engine.tables import CAUSES, OUTCOMES
from sim.experiments.tracing import traced
from sim.reporting import story_wording as wording
from sim.reporting.story import story
from sim.scenario.scenario import Scenario, load

from .folders import TRICKS, VILLAGE

VISIT = {
    "citizen": 7, "approach": 1, "seq": 1, "stage": "call", "neighbourhood": "north", "joined": 0.0,
    "started": math.nan, "due": math.nan, "ended": math.nan, "staff_hours": 0.0, "needs_joined": 1,
    "level_joined": "high", "needs_ended": 1, "level_ended": "high", "level_seen": "", "outcome": "open",
}  # fmt: skip
CHANGE = {"citizen": 7, "day": 0.0, "from_level": "moderate", "to_level": "high", "cause": "worsened"}
CITIZEN = pd.Series(
    {"citizen": 7, "arrival": 200.0, "group": "older_people", "neighbourhood": "north", "level_at_arrival": "moderate",
     "needs_at_arrival": 2}
)  # fmt: skip


@pytest.fixture(scope="module")
def village() -> Scenario:
    return load(VILLAGE)


def visits(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame([VISIT | row for row in rows], columns=list(VISIT))


def changes(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame([CHANGE | row for row in rows], columns=list(CHANGE))


def test_a_whole_story_is_told_in_order_of_time(village: Scenario) -> None:
    happened = visits(
        {"stage": "call", "joined": 212.4, "started": 212.525, "ended": 212.6, "staff_hours": 0.25,
         "outcome": "routed"},
        {"stage": "booking", "joined": 212.6, "started": 212.6, "ended": 219.6, "outcome": "routed"},
        {"stage": "assessment", "joined": 219.6, "started": 240.0, "ended": 242.0, "staff_hours": 4.25,
         "outcome": "refused_level", "level_seen": "low"},
        {"approach": 2, "stage": "call", "joined": 290.0, "started": 290.0, "ended": 290.1, "staff_hours": 0.1,
         "outcome": "routed"},
        {"approach": 2, "stage": "booking", "joined": 290.1, "started": 290.1, "ended": 297.1, "outcome": "routed"},
        {"approach": 2, "stage": "assessment", "joined": 297.1, "ended": 300.1, "outcome": "gave_up"},
    )  # fmt: skip
    told = story(village, "outsourced", CITIZEN, happened, changes({"day": 230.0}), end=382.0)
    assert told.splitlines() == [
        "Outsourced: One contract: call centre, assessment, referral on",
        "  Day    0.0  The need arises (Older people, lives in north): level moderate, two needs.",
        "  Day   12.4  Makes contact for the first time. Call: waits 3 hours.",
        "  Day   12.6  Call is over (15 minutes of staff time): passed on to Booking.",
        "  Day   12.6  Booking: nothing happens for 7 days.",
        "  Day   19.6  Assessment: waits 20 days.",
        "  Day   30.0  Things get worse: moderate to high.",
        "  Day   40.0  Assessment begins; it takes 4.2 hours of staff time.",
        "  Day   42.0  Assessment is over: refused, the need is seen as too low (“not ill enough”); "
        "seen as low, truly high.",
        "  Day   90.0  Comes to the front door for the second time. Call: seen at once.",
        "  Day   90.1  Call is over (6 minutes of staff time): passed on to Booking.",
        "  Day   90.1  Booking: nothing happens for 7 days.",
        "  Day   97.1  Assessment: joins the queue.",
        "  Day  100.1  Assessment, after 3 days in the queue: gives up waiting.",
        "  Day  182.0  End of follow-up. Still in need, at level high, and with nobody.",
    ]


def test_help_that_ends_the_need_is_told_before_its_effect(village: Scenario) -> None:
    happened = visits({"stage": "support", "joined": 210.0, "started": 210.0, "ended": 270.0, "staff_hours": 11.0,
                       "outcome": "helped_fit"})  # fmt: skip
    over = changes({"day": 270.0, "from_level": "moderate", "to_level": "none", "cause": "helped"})
    lines = story(village, "local", CITIZEN, happened, over, end=382.0).splitlines()
    assert lines[2:] == [
        "  Day   10.0  Makes contact for the first time. Support begins at once; it takes 11.0 hours of staff time.",
        "  Day   70.0  Support is over: the help fitted.",
        "  Day   70.0  The need is over, thanks to the help.",
        "  Day  182.0  End of follow-up. No need is open.",
    ]


@pytest.mark.parametrize(
    ("visit", "state"),
    [
        ({"joined": 380.0}, "and waiting"),
        ({"joined": 380.0, "started": 381.0}, "and in a stage"),
        ({"joined": 380.0, "started": 380.0, "ended": 381.0, "outcome": "routed"}, "and with nobody"),
        ({"stage": "booking", "joined": 380.0, "started": 380.0}, "and in a delay (Booking)"),
        ({"joined": 381.0, "started": 383.0, "ended": 384.0, "outcome": "routed"}, "and waiting"),
    ],
)
def test_the_end_says_where_the_citizen_stands(village: Scenario, visit: dict[str, Any], state: str) -> None:
    told = story(village, "outsourced", CITIZEN, visits(visit), changes(), end=382.0)
    assert told.splitlines()[-1] == f"  Day  182.0  End of follow-up. Still in need, at level moderate, {state}."


PLAIN = {
    "title": "A line", "compare": ["line"], "arrivals": {"per_day": 100},
    "pathways": {
        "line": {
            "starts_at": "counter", "teams": {"clerks": {"posts": 3}},
            "stages": {
                "counter": {"team": "clerks", "minutes": 20, "next": {"pause": "rest"}},
                "pause": {"title": "a pause", "delay_days": 3},
            },
        }
    },
}  # fmt: skip
NOBODY_IN_NEED = pd.Series(
    {"citizen": 7, "arrival": 200.0, "group": "citizens", "neighbourhood": "all", "level_at_arrival": "low",
     "needs_at_arrival": 1}
)  # fmt: skip


@pytest.mark.parametrize(
    ("visit", "state"),
    [
        ({"joined": 200.0}, "Still waiting."),
        ({"joined": 200.0, "started": 201.0}, "Still being served."),
        ({"joined": 200.0, "started": 201.0, "ended": 202.0, "outcome": "routed"}, "Has left."),
        ({"stage": "pause", "joined": 200.0, "started": 200.0}, "Still in a delay (A pause)."),
    ],
)
def test_in_a_plain_network_nobody_is_said_to_be_in_need(visit: dict[str, Any], state: str) -> None:
    line = Scenario.from_data("line", PLAIN)
    happened = visits({"stage": "counter", **visit})
    told = story(line, "line", NOBODY_IN_NEED, happened, changes(), end=207.0)
    assert told.splitlines()[-1] == f"  Day    7.0  End of follow-up. {state}"
    assert "need" not in told


def test_a_delay_of_no_time_is_not_told_as_a_minute(village: Scenario) -> None:
    delay = visits({"stage": "booking", "joined": 210.0, "started": 210.0, "ended": 210.0, "outcome": "routed"})
    told = story(village, "outsourced", CITIZEN, delay, changes(), end=382.0)
    assert "Booking: at once." in told and "minute" not in told


def test_hostile_titles_cannot_fake_a_line_or_turn_one_round(village: Scenario) -> None:
    fake = f"Call\n  Day    1.0  Recovers{TRICKS}"
    hostile = village.with_values({"pathways.outsourced.stages.call.title": fake, "groups.older_people.title": TRICKS})
    told = story(hostile, "outsourced", CITIZEN, visits({"joined": 210.0}), changes(), end=382.0)
    assert all(line.isprintable() for line in told.split("\n"))
    assert not [line for line in told.split("\n") if line.startswith("  Day    1.0")]


def test_nothing_after_the_end_of_follow_up_is_told(village: Scenario) -> None:
    late = visits({"joined": 250.0, "started": 400.0, "ended": 401.0, "outcome": "routed"})
    told = story(village, "outsourced", CITIZEN, late, changes({"day": 390.0}), end=382.0)
    assert "worse" not in told and "over" not in told and "joins the queue" in told


def test_without_service_only_the_course_is_told(village: Scenario) -> None:
    course = changes({"day": 250.0}, {"day": 260.0, "from_level": "high", "to_level": "none", "cause": "left_area"})
    lines = story(village, "no_service", CITIZEN, visits(), course, end=382.0).splitlines()
    assert lines[0] == "No service: nobody helps"
    assert [line[14:] for line in lines[2:]] == [
        "Things get worse: moderate to high.",
        "Dies or moves away.",
        "End of follow-up. No longer here.",
    ]


def test_someone_who_never_asks_is_said_never_to_ask(village: Scenario) -> None:
    assert "Never makes contact" in story(village, "outsourced", CITIZEN, visits(), changes(), end=382.0)


def test_every_outcome_and_cause_of_the_engine_has_words() -> None:
    assert set(wording.STORY_OUTCOMES) >= set(OUTCOMES)
    assert {name.removesuffix("_to_none") for name in wording.STORY_CHANGES} == set(CAUSES)


def test_stories_of_a_real_run_hold_every_visit_and_change(village: Scenario) -> None:
    quick = village.run.quick
    short = village.with_values({"run.weeks": {"warm_up": 2, "cohort": quick.cohort, "follow_up": quick.follow_up}})
    for number in (90, 97, 105):
        trace = traced(short, number)
        for life in trace.lives:
            told = story(short, life.pathway, trace.citizen, life.visits, life.changes, end=trace.end)
            days = [float(line[6:12]) for line in told.splitlines()[1:] if line.startswith("  Day")]
            assert days == sorted(days)
            assert told.count("Makes contact") == min(1, len(life.visits))
            assert sum(told.count(words) for words in ("Things", "Recovers", "The need is over", "The help brings",
                                                       "Dies or")) == len(life.changes)  # fmt: skip


def test_who_was_on_the_list_is_said_to_be_and_a_relapse_is_told(village: Scenario) -> None:
    """Waited from 30.5 days before the run; followed for a follow-up from its beginning on."""
    waited = CITIZEN.replace({200.0: -30.5})
    happened = visits({"stage": "assessment", "joined": -30.5, "started": 4.0, "ended": 4.1, "outcome": "routed"})
    moved = changes(
        {"day": 3.0, "from_level": "low", "to_level": "none", "cause": "eased"},
        {"day": 9.0, "from_level": "none", "to_level": "low", "cause": "relapsed"},
    )
    told = story(village, "outsourced", waited, happened, moved, end=20.0).splitlines()
    assert told[1] == (
        "  Day    0.0  On the list before the run begins, which is on day 30.5 (Older people, lives in north): "
        "level moderate then, two needs."
    )
    assert "  Day    0.0  Makes contact for the first time. Assessment: waits 34 days." in told
    assert "  Day   39.5  The need is back, at level low." in told
    listed = village.with_values({"waiting_at_start": {"people": 3, "days_waited": {"fixed": 400}}})
    trace = traced(listed, 0)
    assert (trace.citizen["arrival"], trace.end) == (-400.0, listed.run.weeks.follow_up_days)
