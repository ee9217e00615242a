"""A missed visit uses staff time and costs its fee, and is no contact, no help and none of the citizen's own time."""

from __future__ import annotations

from typing import Any

import pytest

from sim.measures.lives import lives
from sim.scenario.scenario import Scenario

from ..engine.worlds import people
from .written import record, visit, visits

ASK, TALK = range(2)
END = 7.0 + 364.0


def town(**other: Any) -> Scenario:
    """Asking is work that is paid by the hour, talking is help that is bought; both are worked by appointment."""
    ask = {"team": "desk", "purpose": "deciding", "hours": 2, "missed": {"share": 0.1}, "next": {"talk": "rest"}}
    talk = {
        "team": "talkers",
        "purpose": "helping",
        "hours": 3,
        "help": {"fits": 0.5},
        "fee_gbp": 30,
        "travel_hours": 1.5,
    }
    return Scenario.from_data(
        "town",
        {
            "title": "A small town",
            "price_year": "2024-25",
            "compare": ["p"],
            "arrivals": {"per_day": 1},
            "run": {"weeks": {"warm_up": 1, "cohort": 1, "follow_up": 52}},
            "groups": {"a": {"share": 0.5, "level_at_arrival": {"low": 1.0}}, "b": {"level_at_arrival": {"low": 1.0}}},
            "pathways": {
                "p": {
                    "starts_at": "ask",
                    "teams": {
                        "desk": {"posts": 1, "hours_per_week": 35, "gbp_per_worked_hour": 10},
                        "talkers": {"posts": 1},
                    },
                    "stages": {"ask": {**ask, **other}, "talk": {**talk, "missed": {"share": 0.1}}},
                }
            },
        },
    )


def life(*rows: Any, scenario: Scenario | None = None) -> dict[str, float]:
    """The life of a citizen who arrived on day 7, and as the whole cohort."""
    made = record(scenario or town(), people({"arrival": 7, "level": "low"}), visits(*rows))
    return {name: float(column[0]) for name, column in lives(made).items()}


def missed(stage: int, start: float, hours: float = 4, **other: Any) -> Any:
    given = {"due": start + 2, "outcome": "missed", **other}
    return visit(0, stage, start, start, hours=hours, level="low", attended=0, **given)


def test_a_missed_decision_is_staff_time_and_nothing_else() -> None:
    came = visit(0, ASK, 20, 20, due=22, hours=2, level="low")
    found = life(missed(ASK, 10), came)
    assert (found["contacts"], found["assessments"], found["asked"]) == (1, 1, 1)
    assert (found["hours_deciding"], found["citizen_hours"]) == (6, 2)
    assert found["days_before_asking"] == 3  # to day 10, when they came to the door
    alone = life(came)
    assert found["service_cost"] == pytest.approx(alone["service_cost"])  # one citizen bears all the team costs


def test_missed_help_is_no_help_and_its_fee_is_due() -> None:
    found = life(missed(TALK, 10))
    assert (found["never_helped"], found["helped_by_28_days"], found["contacts"]) == (1, 0, 0)
    assert (found["approaches_ended"], found["approaches_ended_unhelped"]) == (1, 1)
    assert found["cost_helping"] == 30
    assert (found["hours_helping"], found["citizen_hours"]) == (4, 0)


@pytest.mark.parametrize(("attended", "state"), [(1, "in_help"), (0, "waiting_or_deciding")])
def test_under_way_at_the_end_a_missed_visit_is_not_being_in_help(attended: int, state: str) -> None:
    found = life(visit(0, TALK, 10, END - 1, due=END + 1, hours=4, level="low", attended=attended, outcome="missed"))
    assert found[f"state_{state}"] == 1
    assert found["owed_in_help"] == attended
    assert (found["owed_hours"], found["citizen_hours"]) == (2, (2 + 1.5) * attended)


@pytest.mark.parametrize("outcome", ["recovered", "left_area", "open"])
def test_however_it_is_broken_off_a_missed_visit_is_no_contact(outcome: str) -> None:
    found = life(missed(TALK, 10, ended=11, outcome=outcome))
    assert (found["contacts"], found["never_helped"], found["citizen_hours"]) == (0, 1, 0)


def test_who_is_seen_by_one_team_again_has_not_changed_hands_by_a_missed_visit_to_another() -> None:
    rows = [visit(0, stage, day, day, due=day + 1, level="low") for stage, day in ((ASK, 10), (ASK, 14))]
    assert life(rows[0], missed(TALK, 11), rows[1])["handoffs"] == 0
    assert life(rows[0], visit(0, TALK, 11, 11, due=13, level="low"), rows[1])["handoffs"] == 2


def test_travel_counts_once_a_visit_at_its_start_within_follow_up() -> None:
    """Three visits: over, begun with the last instant of follow-up, begun after it. One waited for in vain beside."""
    over = visit(0, TALK, 10, 10, due=13, hours=3, level="low", outcome="helped_unfit")
    late = visit(0, TALK, 20, END, due=END + 3, hours=3, level="low", outcome="helped_unfit")
    later = visit(0, TALK, 20, END + 0.1, due=END + 3.1, hours=3, level="low", outcome="helped_unfit")
    never = visit(0, TALK, 20, ended=25, level="low", outcome="gave_up")
    assert [life(row)["citizen_hours"] for row in (over, late, later, never)] == [4.5, 1.5, 0, 0]


def test_hours_owed_to_who_waits_are_those_of_their_group() -> None:
    waiting = visit(0, ASK, 10, level="low", outcome="open")
    assert life(waiting)["owed_hours"] == 2
    by_group = {name: town(hours_by_group={name: 5}) for name in ("a", "b")}
    assert [life(waiting, scenario=by_group[name])["owed_hours"] for name in ("a", "b")] == [5, 2]
