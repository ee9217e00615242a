"""Back within so many days of a first contact, and entries past a stage: worked by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.experiments.estimates import Estimates, Key, estimates
from sim.measures.entries import Entry, direct_entries, entries_asked
from sim.measures.followed import Followed
from sim.measures.lives import lives
from sim.measures.reductions import reduced
from sim.measures.returns import days_asked, returns_of_citizens
from sim.scenario.scenario import Scenario

from ..engine.worlds import needy, people
from .written import Row, record, visit, visits

CALL, ASSESS, PANEL, SHORT, LONG = range(5)
STAFF = {"team": "staff", "hours": 1}
HELP = {**STAFF, "purpose": "helping", "help": {"fits": 0.5}}


def town(**checks: Any) -> Scenario:
    """Short help comes after an assessment, with a panel or without; long help after both. The cohort is of days 7 to
    21, follow-up is 56 days.
    """
    stages = {
        "call": {**STAFF, "gate": {"eligible_from": "moderate"}, "next": {"assess": "rest"}},
        "assess": {**STAFF, "gate": {"eligible_from": "moderate"}, "next": {"panel": 0.5, "short": "rest"}},
        "panel": {**STAFF, "next": {"short": 0.5, "long": "rest"}},
        "short": {**HELP, "next": {"long": 0.1, "leave": "rest"}},
        "long": HELP,
    }
    run = {"weeks": {"warm_up": 1, "cohort": 2, "follow_up": 8}}
    made = needy(stages, {"staff": {"posts": 2}}, run=run)
    named = {name: {"pathway": "p", "published": 1, "tolerance": 1, "source": "s", **given}
             for name, given in checks.items()}  # fmt: skip
    source = {"s": {"title": "t", "publisher": "p", "year": 2020, "grade": "B"}}
    return Scenario.from_data("town", {**made.data, "checks": named, "sources": source} if named else made.data)


def approach(citizen: int, number: int, begun: float, days: float) -> Row:
    return visit(citizen, CALL, begun, begun, due=begun + days, approach=number, outcome="refused_level")


BACK = (
    # 0 ends follow-up on day 64: four approaches, 20, 28 and 8 days apart; after the last there are 0 days to go
    approach(0, 1, 8, 15), approach(0, 2, 28, 1), approach(0, 3, 56, 1), approach(0, 4, 64, 1),
    # 1 is followed from day 10 to 66: one, on day 38, 28 days before the end; and one after it
    approach(1, 1, 38, 2), approach(1, 2, 67, 1),
    # 2 is not of the cohort
    approach(2, 1, 22, 1), approach(2, 2, 24, 1),
)  # fmt: skip


def returned(scenario: Scenario) -> dict[int, list[float]]:
    """How many approaches were followed for so many days, and how many of them by another."""
    counts = returns_of_citizens(Followed(record(scenario, people(8.0, 10.0, 22.0), visits(*BACK)))).sum(axis=0)
    return dict(zip(days_asked(scenario), counts.tolist(), strict=True))


def test_returns_are_as_worked_by_hand() -> None:
    """28 days: of 0 those of days 8 and 28 (36 to go), each back by the 28th day; of 1 that of day 38, not back."""
    assert returned(town()) == {28: [3, 2], 90: [0, 0], 364: [0, 0]}
    asked = town(soon={"measure": "returned_within_days", "days": 8}, later={"measure": "days_in_need"})
    # 8 days: of 0 those of days 8, 28 and 56, of 1 that of 38; back in 8 days only after the third
    assert returned(asked) == {8: [4, 1], 28: [3, 2], 90: [0, 0], 364: [0, 0]}
    assert returned(town(soon={"measure": "returned_within_days", "days": 7}))[7] == [4, 0]


def estimated(scenario: Scenario, *rows: Row, crowd: Any) -> Estimates:
    return estimates(scenario, "p", [reduced(record(scenario, crowd, visits(*rows)))[0]])


def test_the_share_back_is_of_approaches_and_needs_them_to_be_followed_so_long() -> None:
    found = estimated(town(), *BACK, crowd=people(8.0, 10.0, 22.0))
    assert found[Key("returned_within_days", part="28")].point == pytest.approx(2 / 3)
    assert Key("returned_within_days", part="90") not in found


def test_it_counts_from_the_first_contact_where_the_older_measure_counts_from_the_end() -> None:
    """One approach of 300 days, and another 100 days after its end: 400 days after its beginning."""
    data = town().data
    data["run"]["weeks"]["follow_up"] = 156
    long = Scenario.from_data("long", data)
    rows = (approach(0, 1, 8, 300), approach(0, 2, 408, 1))
    made = record(long, people(8.0), visits(*rows))
    columns = lives(made)
    assert (columns["left_with_need"].sum(), columns["returned_within_364_days"].sum()) == (1, 1)
    # the older measure is of first approaches, this one of all: the second is followed for long enough too
    at = days_asked(long).index(364)
    assert returns_of_citizens(Followed(made)).sum(axis=0)[at].tolist() == [2, 0]


def test_a_return_after_28_days_is_within_28_whatever_the_day_it_began() -> None:
    begun = np.sort(7 + 13 * np.random.default_rng(0).random(300)).tolist()
    rows = [row for at, day in enumerate(begun) for row in (approach(at, 1, day, 1), approach(at, 2, day + 28, 1))]
    assert {(day + 28) - day > 28 for day in begun} == {True, False}
    counts = returns_of_citizens(Followed(record(town(), people(*begun), visits(*rows)))).sum(axis=0)
    assert counts[0].tolist() == [600, 300]  # the second has 28 of its 56 days to go


# -- entries ----------------------------------------------------------------------------------------------------------


def walk(citizen: int, begun: float, *stages: int, approach: int = 1) -> list[Row]:
    return [
        visit(citizen, stage, begun + day, begun + day, due=begun + day + 1, approach=approach)
        for day, stage in enumerate(stages)
    ]


WALKS = (
    *walk(0, 8, CALL, ASSESS, SHORT, LONG),  # short past the panel, and long
    *walk(1, 8, CALL, ASSESS, PANEL, SHORT, LONG),  # neither
    *walk(2, 9, CALL, ASSESS, SHORT, PANEL, LONG),  # short before the panel
    *walk(2, 16, CALL, ASSESS, SHORT, approach=2),  # an approach of its own: short on day 18
    *walk(3, 1, CALL, ASSESS, SHORT),  # joined before the window
    *walk(4, 19, CALL, ASSESS, SHORT, LONG),  # joins as the window ends, on day 21
)


def test_entries_past_a_stage_are_as_worked_by_hand() -> None:
    """By default those to help, past a stage with a gate or a decision that there is a way round."""
    scenario = town()
    pairs = [Entry("short", "panel"), Entry("long", "panel")]
    assert entries_asked(scenario, "p") == pairs
    made = record(scenario, people(*[0.0] * 5), visits(*WALKS))
    assert direct_entries(made).tolist() == [3, 1]
    found = estimated(scenario, *WALKS, crowd=people(*[0.0] * 5))
    assert found[Key("entries_direct", part="short, not through panel")].point == 3 / 2
    assert found[Key("entries_direct", part="long, not through panel")].point == 1 / 2


def test_nothing_is_counted_past_a_decision_that_leads_to_no_help() -> None:
    data = town().data
    stages = data["pathways"]["p"]["stages"]
    stages["appeal"] = {**STAFF, "purpose": "deciding"}
    stages["call"]["next"] = {"appeal": 0.1, "assess": "rest"}
    assert entries_asked(Scenario.from_data("appeals", data), "p") == [Entry("short", "panel"), Entry("long", "panel")]


def test_a_check_may_ask_for_any_two_stages() -> None:
    asked = {"measure": "entries_direct", "stage": "long", "not_through": "short"}
    scenario = town(past=asked, same={**asked, "not_through": "long"})
    assert entries_asked(scenario, "p")[2:] == [Entry("long", "short"), Entry("long", "long")]
    rows = visits(*walk(0, 8, CALL, ASSESS, PANEL, LONG, LONG), *walk(1, 8, CALL, ASSESS, SHORT, LONG))
    counted = direct_entries(record(scenario, people(0.0, 0.0), rows))
    assert counted[2:].tolist() == [2, 2]  # the two of citizen 0; the first of each, since the next came through it


def test_a_pathway_without_such_stages_and_no_service_have_no_entries_past_any() -> None:
    plain = needy({"desk": STAFF}, {"staff": {"posts": 1}})
    assert entries_asked(plain, "p") == [] == entries_asked(town(), None)
    assert direct_entries(record(plain, people(0.0), visits())).size == 0
