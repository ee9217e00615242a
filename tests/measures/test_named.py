"""Tables with names instead of codes, of the small town worked by hand."""

from __future__ import annotations

import numpy as np

from sim.measures.lives import lives
from sim.measures.named import changes_table, citizens_table, visits_table
from sim.measures.record import Record
from sim.scenario.scenario import Scenario

from ..engine.worlds import people
from .small_town import ASK, CITIZENS, DATA, TOWN, VISITS, small_town
from .written import record, visit, visits


def test_citizens_are_named_with_who_they_are_and_how_it_ended() -> None:
    table = citizens_table(small_town(), lives(small_town()))
    assert table["citizen"].tolist() == [1, 2, 3, 4, 5]
    assert table["arrival"].tolist() == [7, 8, 10, 12, 13]
    assert table["group"].tolist() == ["a", "b", "a", "b", "a"]
    assert table["neighbourhood"].tolist() == ["all"] * 5
    assert table["level_at_arrival"].tolist() == ["moderate", "moderate", "low", "crisis", "high"]
    assert table["needs_at_arrival"].tolist() == [2, 1, 1, 4, 1]
    ends = ["recovered", "died_or_moved", "recovered", "in_help", "away_in_need"]
    assert table["state_at_end"].tolist() == ends
    assert table["fate"].tolist() == ["right_help_by_28_days", "left", "recovered", "never", "never"]
    assert not [name for name in map(str, table) if name.startswith(("state_", "fate_")) and name != "state_at_end"]


def test_days_never_reached_are_empty_and_no_number_is_infinite() -> None:
    table = citizens_table(small_town(), lives(small_town()))
    assert table["day_helped"].isna().tolist() == [False, True, True, False, False]
    assert not np.isinf(table.select_dtypes("number").to_numpy()).any()


def test_visits_are_named_by_stage_level_and_outcome() -> None:
    table = visits_table(small_town(), 1, 3)
    assert table["citizen"].tolist() == [1, 1, 1, 1, 2, 2]
    assert table["stage"].tolist() == ["ask", "pause", "support", "ask", "ask", "ask"]
    assert table["level_seen"].tolist() == ["moderate", "", "", "low", "low", "high"]
    assert table["level_ended"].tolist() == ["moderate", "moderate", "low", "low", "moderate", "high"]
    assert table["outcome"].tolist()[2:] == ["helped_fit", "refused_level", "refused_level", "refused_criteria"]
    assert len(visits_table(small_town(), 0, len(CITIZENS))) == len(VISITS)


def test_visits_are_those_of_the_citizens_asked_for_and_of_nobody_else() -> None:
    assert visits_table(small_town(), 1, 2)["citizen"].tolist() == [1] * 4
    assert set(visits_table(small_town(), 2, 5)["citizen"]) == {2, 4}


def test_neighbourhoods_are_named_where_the_file_names_them() -> None:
    """Citizen 1 lives in the second of two; what they do is said to happen there."""
    scenario = Scenario.from_data("two", {**DATA, "place": {"households": {"north": 10, "south": 20}}})
    crowd = people({"arrival": 7, "neighbourhood": 0}, {"arrival": 8, "neighbourhood": 1})
    rows = visits(visit(0, ASK, 7, 7, due=9), {**visit(1, ASK, 8, 9, due=10), "neighbourhood": 1})
    made = record(scenario, crowd, rows)
    assert visits_table(made, 0, 2)["neighbourhood"].tolist() == ["north", "south"]
    assert citizens_table(made, lives(made))["neighbourhood"].tolist() == ["north", "south"]


def test_changes_are_named_by_level_and_cause() -> None:
    table = changes_table(small_town(), 2, 3)
    assert table[["from_level", "to_level", "cause"]].to_numpy().tolist() == [
        ["moderate", "high", "worsened"],
        ["high", "crisis", "worsened"],
        ["crisis", "high", "eased"],
        ["high", "none", "left_area"],
    ]


def test_without_service_there_are_citizens_and_no_visits() -> None:
    nobody = Record(TOWN, None, CITIZENS, small_town().tables._replace(visits=visits()))
    assert len(citizens_table(nobody, lives(nobody))) == 5
    assert visits_table(nobody, 0, 9).empty
