"""Stories hold every level and visit within follow-up, and their costs add up to what the citizen cost."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.engine.tables import Visits
from sim.measures.lives import lives
from sim.measures.record import Record
from sim.measures.stories import COLUMNS, stories_table
from sim.scenario.scenario import Scenario

from .small_town import CHANGES, CITIZENS, DATA, VISITS, small_town
from .written import record

CONTRACT = 153_461.7 / 106_850
"""Staff 106,750 and one fee of 100; overhead 10,675, bidding 4,270, premises 24,359, margin 7,307.7 on top of them."""

DESK, WORKERS = 1_525.0 * CONTRACT, 3_500.0 * CONTRACT


@pytest.fixture(scope="module")
def town() -> Record:
    return small_town()


def of(town: Record, citizen: int, kind: str) -> pd.DataFrame:
    table = stories_table(town, np.arange(5))
    return table[(table["citizen"] == citizen) & (table["kind"] == kind)]


def rows(table: pd.DataFrame, *columns: str) -> list[tuple[Any, ...]]:
    return list(table[list(columns)].itertuples(index=False, name=None))


def test_levels_run_from_arrival_to_the_end_of_follow_up_and_crises_cost(town: Record) -> None:
    """Citizen 2: crisis from day 100 to 110: 700 at once, 10 days of 40; citizen 4 arrives in crisis: 21 days."""
    found = rows(of(town, 2, "level"), "level", "cause", "started", "ended", "gbp_at_once", "gbp_evenly")
    assert found == [
        ("moderate", "arose", 8, 38, 0, 0),
        ("high", "worsened", 38, 100, 0, 0),
        ("crisis", "worsened", 100, 110, 700, 400),
        ("high", "eased", 110, 308, 0, 0),
        ("none", "left_area", 308, 428, 0, 0),
    ]
    found = rows(of(town, 4, "level"), "level", "started", "ended", "gbp_at_once", "gbp_evenly")
    assert found == [("crisis", 12, 33, 700, 840), ("high", 33, 432, 0, 0)]


def test_visits_cost_their_hours_within_follow_up_and_fees_at_once(town: Record) -> None:
    """Citizen 4 gives up, is seen for an hour, has a grant of 100, and 6 of 12 hours of help within follow-up."""
    found = of(town, 4, "visit")
    assert list(found["stage"]) == ["ask", "ask", "grant", "support"]
    assert list(found["gbp_at_once"]) == pytest.approx([0, 0, 100 * CONTRACT, 0])
    assert list(found["gbp_evenly"]) == pytest.approx([0, DESK, 0, 6 * WORKERS])


def test_the_rows_of_a_citizen_add_up_to_the_public_cost(town: Record) -> None:
    table = stories_table(town, np.arange(5))
    gbp = table["gbp_at_once"] + table["gbp_evenly"]
    assert list(gbp.groupby(table["citizen"]).sum()) == pytest.approx(list(lives(town)["public_cost"]))


def test_what_no_visit_bears_falls_on_the_first_level() -> None:
    """Nobody is served: pay 106,750, overhead 10,675, bidding 4,270, premises 24,339, margin 7,301.7, over six."""
    nobody = record(town_of({}), CITIZENS, None, CHANGES)
    table = stories_table(nobody, np.arange(5))
    first = table[table["cause"] == "arose"]
    borne = first["gbp_at_once"] - 700 * (first["level"] == "crisis")
    assert list(borne) == pytest.approx([153_335.7 / 6] * 5)
    gbp = (table["gbp_at_once"] + table["gbp_evenly"]).groupby(table["citizen"]).sum()
    assert list(gbp) == pytest.approx(list(lives(nobody)["public_cost"]))


def town_of(change: dict[str, Any]) -> Scenario:
    return Scenario.from_data("small_town", {**DATA, **change})


def test_only_the_citizens_chosen_are_told_of(town: Record) -> None:
    assert set(stories_table(town, np.array([0, 2]))["citizen"]) == {1, 3}
    assert stories_table(town, np.arange(0)).empty


def test_without_service_only_the_course_is_told() -> None:
    alone = stories_table(record(town_of({}), CITIZENS, None, CHANGES, pathway=None), np.arange(5))
    assert set(alone["kind"]) == {"level"}
    assert alone["gbp_at_once"].sum() == 1400 and alone["gbp_evenly"].sum() == 1240


def test_visits_that_take_no_time_cost_at_once() -> None:
    """Citizen 5 is seen for an hour that takes no time on the clock."""
    due = np.where(VISITS.citizen == 5, VISITS.started, VISITS.due)
    at_once = Visits(**{**VISITS._asdict(), "due": due})
    found = of(record(town_of({}), CITIZENS, at_once, CHANGES), 5, "visit")
    assert found["gbp_evenly"].sum() == 0 and found["gbp_at_once"].sum() > 0


def test_without_levels_there_are_no_stories() -> None:
    line = {"starts_at": "desk", "teams": {"desk": {"posts": 1}}, "stages": {"desk": {"team": "desk", "hours": 1}}}
    data = {"title": "A line", "compare": ["p"], "arrivals": {"per_day": 1}, "pathways": {"p": line}}
    plain = Scenario.from_data("line", data)
    table = stories_table(record(plain, CITIZENS, None, None), np.arange(5))
    assert table.empty and list(table) == list(COLUMNS)
