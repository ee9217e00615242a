"""Fitting: against what can be reckoned, on common luck, and what is out of reach."""

from __future__ import annotations

import pytest

from sim.errors import ScenarioError
from sim.experiments.fitting import fit
from sim.reporting.fitting import fitted_in_words, stands
from sim.scenario.scenario import Scenario
from tests.scenario.files import LINE, Data, edited

TARGET = {"pathway": "line", "source": "books"}
BOOKS = {"title": "b", "publisher": "p", "year": 2024, "grade": "A"}
DESK = "pathways.line.stages.desk"


def line(*changes: tuple[str, object]) -> Data:
    """An M/M/2 line of 10 a day, an hour each, in windows long enough to fit by."""
    weeks = ("run.weeks", {"warm_up": 4, "cohort": 52, "follow_up": 4})
    return edited(LINE, weeks, ("sources.books", BOOKS), *changes)


def test_arrivals_are_fitted_to_a_throughput() -> None:
    """Of 105 a week with everyone served: 15 a day, within 4 standard errors of a Poisson count over 5 years."""
    target = {**TARGET, "measure": "approaches_a_week", "published": 105.0, "fits": "arrivals.per_day"}
    (found,) = fit(Scenario.from_data("line", line(("targets.requests", target))))
    assert found.before == 10
    error = 15 * (15 * 364 * 5) ** -0.5
    assert found.after == pytest.approx(15, abs=4 * error + 0.05)
    assert found.reached == pytest.approx(105, rel=0.01)


def test_two_numbers_are_fitted_to_a_target_each_though_one_moves_both() -> None:
    """Use = arrivals x hours / (2 posts x 24 hours): 140 a week and 60% of their time give 1.44 hours."""
    targets = {
        "requests": {**TARGET, "measure": "approaches_a_week", "published": 140.0, "fits": "arrivals.per_day"},
        "use": {**TARGET, "measure": "utilisation", "team": "clerks", "published": 0.6, "fits": f"{DESK}.hours"},
    }
    scenario = Scenario.from_data("line", line(("targets", targets)))
    requests, use = fit(scenario)
    assert requests.after == pytest.approx(20, rel=0.02)
    assert use.after == pytest.approx(1.44, rel=0.03)
    assert requests.reached == pytest.approx(140, rel=0.01)
    assert use.reached == pytest.approx(0.6, rel=0.01)
    assert not stands(requests)
    assert "arrivals.per_day = " in fitted_in_words("line", [requests, use])


def test_what_the_file_has_stands_where_it_reaches_its_target() -> None:
    target = {**TARGET, "measure": "approaches_a_week", "published": 70.0, "fits": "arrivals.per_day"}
    once = fit(Scenario.from_data("line", line(("targets.requests", target))))[0]
    again = line(("targets.requests", target), ("arrivals.per_day", once.after))
    (found,) = fit(Scenario.from_data("line", again))
    assert found.after == pytest.approx(once.after, rel=0.005)
    assert stands(found)
    assert "stands" in fitted_in_words("line", [found])


def test_what_the_pilots_cannot_tell_from_the_target_stands() -> None:
    target = {**TARGET, "measure": "approaches_a_week", "published": 70.0, "fits": "arrivals.per_day"}
    (found,) = fit(Scenario.from_data("line", line(("targets.requests", target))))
    t_99_with_4_degrees = 4.604
    least = 1.5 / t_99_with_4_degrees
    near = ((70.6, 0.0, True), (71.5, 0.0, False), (71.5, 1.01 * least, True), (71.5, 0.99 * least, False))
    for reached, error, is_so in near:
        assert stands(found._replace(reached_before=reached, standard_error=error)) is is_so


def test_a_target_out_of_reach_of_its_range_is_told() -> None:
    target = {**TARGET, "measure": "approaches_a_week", "published": 700.0, "fits": "arrivals.per_day"}
    data = line(("targets.requests", target), ("arrivals.per_day", {"value": 10, "range": [8, 12]}))
    with pytest.raises(ScenarioError, match=r"targets.requests: out of reach: with arrivals.per_day from 8 to 12"):
        fit(Scenario.from_data("line", data))


def test_a_target_of_what_is_not_measured_is_told() -> None:
    target = {**TARGET, "measure": "days_to_hlep", "published": 7.0, "fits": "arrivals.per_day"}
    with pytest.raises(ScenarioError, match=r"targets\.requests\.measure"):
        fit(Scenario.from_data("line", line(("targets.requests", target))))


def test_without_targets_there_is_nothing_to_fit() -> None:
    with pytest.raises(ScenarioError, match="nothing is fitted here"):
        fit(Scenario.from_data("line", line()))


def test_a_range_that_begins_at_0_is_looked_through_from_there() -> None:
    target = {**TARGET, "measure": "approaches_a_week", "published": 35.0, "fits": "arrivals.per_day"}
    wide = ("arrivals.per_day", {"value": 10, "range": [0, 20]})
    (found,) = fit(Scenario.from_data("line", line(("targets.requests", target), wide)))
    assert found.after == pytest.approx(5, rel=0.05)
    assert found.reached == pytest.approx(35, rel=0.01)


def test_a_share_without_a_range_is_looked_for_among_shares() -> None:
    """Of 70 who come a week, 42 are sent on if 0.6 are; four times the given 0.3 would be no share."""
    target = {**TARGET, "measure": "throughput", "stage": "again", "published": 42.0, "fits": f"{DESK}.next.again"}
    desks = (f"{DESK}.next", {"again": 0.3, "leave": "rest"}), ("pathways.line.stages.again", {"delay_days": 1})
    (found,) = fit(Scenario.from_data("line", line(("targets.sent", target), *desks)))
    assert found.before == 0.3
    assert found.after == pytest.approx(0.6, rel=0.05)


def test_nothing_can_be_fitted_to_0() -> None:
    target = {**TARGET, "measure": "approaches_a_week", "published": 0.0, "fits": "arrivals.per_day"}
    with pytest.raises(ScenarioError, match=r"targets\.requests\.published.*expected above 0"):
        Scenario.from_data("line", line(("targets.requests", target)))


def test_a_number_of_0_without_a_range_has_nowhere_to_go() -> None:
    target = {**TARGET, "measure": "approaches_a_week", "published": 7.0, "fits": "arrivals.per_day"}
    with pytest.raises(ScenarioError, match=r"out of reach: with arrivals\.per_day from 0 to 0"):
        fit(Scenario.from_data("line", line(("targets.requests", target), ("arrivals.per_day", 0.0))))
