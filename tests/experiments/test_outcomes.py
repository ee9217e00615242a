"""The lean way through the program comes to the numbers of a whole run, and says no where a whole run does."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.engine.population import population
from sim.errors import ScenarioError
from sim.experiments.arms import Arm, plan
from sim.experiments.comparison import headlines
from sim.experiments.estimates import Key, estimates
from sim.experiments.outcomes import (
    NEAR,
    Cell,
    Known,
    Outcomes,
    Refused,
    Task,
    bases_of,
    cells,
    differences,
    evaluate,
    outcome,
    outcomes,
)
from sim.experiments.replications import measured, replicate
from sim.experiments.workers import crew
from sim.measures.headline_values import headline_values
from sim.measures.record import Record
from sim.measures.rising import rising
from sim.scenario.easing import with_caseloads_eased
from sim.scenario.scenario import Scenario, load
from tests.experiments.worlds import line, village, without_paid_overtime

BOROUGH = Path(__file__).parents[1] / "scenarios" / "borough.toml"


def borough() -> Scenario:
    return load(BOROUGH).with_values({"run.weeks": {"warm_up": 12, "cohort": 8, "follow_up": 12}})


def quiet(_: int) -> None:
    pass


def test_the_headlines_are_those_of_a_whole_run_to_the_last_bit() -> None:
    """Where nothing is bought nor overtime paid: a whole run has pilots for that, this way its own replication."""
    scenario = without_paid_overtime(village())
    agreed = plan(scenario)
    found, whole = outcomes(scenario, 1), replicate(agreed, 1)
    for cell, values in zip(cells(scenario), found.values, strict=True):
        footing = next(one for one in agreed.footings if one.basis == cell.basis)
        place = next(at for at in footing.arms if agreed.arms[at].pathway == cell.pathway)
        arm = agreed.arms[place]
        told = estimates(arm.scenario, arm.pathway, [whole.reductions[place]])
        assert values.tolist() == [told[Key(name)].point for name in headlines(scenario)]


def test_measures_other_than_the_usual_three_come_from_the_whole_table_of_lives() -> None:
    scenario = village()
    record = measured(Arm("local", scenario), population(scenario, 0))
    usual, more = headline_values(record, ["days_in_need"]), headline_values(record, ["days_in_need", "contacts"])
    assert more[0] == usual[0]
    assert more[1] > 0


def test_cells_go_basis_by_basis_with_the_first_pathway_first_and_without_equal_help() -> None:
    scenario = village(bases=["as_specified", "equal_spend", "equal_help"])
    assert cells(scenario) == (
        Cell("as_specified", "outsourced"),
        Cell("as_specified", "local"),
        Cell("equal_spend", "outsourced"),
        Cell("equal_spend", "local"),
    )
    assert bases_of(village(bases=["equal_help"])) == ("as_specified",)


def test_differences_are_from_the_first_pathway_of_the_same_basis() -> None:
    values = np.array([[[10.0], [7.0], [20.0], [25.0]]])
    assert differences(village(), values).tolist() == [[[0.0], [-3.0], [0.0], [5.0]]]


def test_with_fees_equal_spend_is_near_in_each_replication_by_itself() -> None:
    """Rule 17 allows a pilot half a per cent; a replication that is its own pilot should come nearer, or say so."""
    found = outcomes(borough(), 3)
    assert np.abs(found.residual).max() < 5 * NEAR
    assert found.residual[:3].tolist() == [0.0, 0.0, 0.0]
    assert found.values[3, 0] != found.values[1, 0]


def test_where_cases_take_more_hours_than_a_post_has_it_holds_as_many_as_it_has_hours_for() -> None:
    """The file's own refusal names the most whole cases; the eased number lies from there to one more."""
    scenario, path = village(), "pathways.local.teams.workers.cases_each"
    with pytest.raises(ScenarioError) as refused:
        scenario.with_values({path: 400})
    most = min(map(int, re.findall(r"at most (\d+) cases", str(refused.value))))
    eased, paths = with_caseloads_eased(scenario.with_values({path: 400}, full_caseloads=False))
    assert paths == (path,)
    assert most <= (eased.pathways["local"].teams["workers"].cases_each or 0) < most + 1
    assert with_caseloads_eased(scenario) == (scenario, ())
    found = outcome(Task(scenario, {path: 400}, 1))
    assert isinstance(found, Outcomes)
    assert found.eased == (path,)
    assert found.values.tolist() == outcomes(eased, 1).values.tolist()


def test_a_task_that_may_not_be_is_refused_with_the_reason_and_the_others_go_on() -> None:
    scenario = village()
    tasks = [Task(scenario, {}, 1), Task(scenario, {"pathways.local.teams.workers.cases_each": -1}, 1)]
    with crew(2, quiet) as hands:
        good, bad = evaluate(tasks, hands)
    assert isinstance(good, Outcomes)
    assert isinstance(bad, Refused)
    assert bad.path == "pathways.local.teams.workers.cases_each"
    assert "-1" in bad.problem


def test_any_number_of_workers_gives_the_same_in_the_same_order() -> None:
    scenario = village()
    tasks = [Task(scenario, {"arrivals.per_1000_adults_a_year": rate}, number) for number, rate in ((4, 20), (5, 30))]
    with crew(2, quiet) as hands:
        together = list(evaluate(tasks, hands))
    for one, task in zip(together, tasks, strict=True):
        alone = outcome(task)
        assert isinstance(one, Outcomes)
        assert isinstance(alone, Outcomes)
        assert one.values.tolist() == alone.values.tolist()


@pytest.mark.parametrize(("per_day", "grows"), [(2.0, True), (0.5, False)])
def test_a_backlog_grows_where_work_comes_faster_than_it_can_be_done(per_day: float, *, grows: bool) -> None:
    """One post does one visit a day: at two a day the queue grows without end, at one every other day it settles."""
    scenario = line(per_day=per_day, weeks={"warm_up": 60, "cohort": 52, "follow_up": 4})
    record = measured(Arm("line", scenario), population(scenario, 0))
    assert rising(record).tolist() == [grows]


def test_a_queue_that_settled_before_the_window_seldom_is_taken_to_grow() -> None:
    """At 80% use an M/M/1 queue swings widely; the rule errs in 1 of 40 runs if its standard error is right, so over
    40 runs more than 4 would happen once in 300 times.
    """
    scenario = line(per_day=0.8, weeks={"warm_up": 156, "cohort": 52, "follow_up": 4})
    told = [rising(measured(Arm("line", scenario), population(scenario, number)))[0] for number in range(40)]
    assert sum(told) <= 4


def test_an_arm_that_is_known_and_not_touched_is_not_run_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """It comes to the same to the last bit; where anything bears on it, a price or another replication, it is run."""
    ran: list[str | None] = []

    def counted(arm: Arm, *rest: Any) -> Record:
        ran.append(arm.pathway)
        return measured(arm, *rest)

    monkeypatch.setattr("sim.experiments.outcomes.measured", counted)
    scenario, known = without_paid_overtime(village()), Known()
    first, second = scenario.compare[:2]
    asked = [
        ({}, 0, {first, second}),
        ({f"pathways.{second}.comes_back_after_days.low": 77.0}, 0, {second}),
        ({f"pathways.{second}.comes_back_after_days.low": 78.0}, 0, {second}),
        ({f"pathways.{first}.comes_back_after_days.low": 77.0}, 0, {first}),
        ({"crisis.gbp_per_entry": 1000.0}, 0, {first, second}),
        ({}, 1, {first, second}),
        ({}, 0, set()),
    ]
    for values, number, anew in asked:
        ran.clear()
        found = outcome(Task(scenario, values, number, known=known))
        assert isinstance(found, Outcomes) and set(ran) == anew
        alone = outcome(Task(scenario, values, number))
        assert isinstance(alone, Outcomes) and alone.values.tobytes() == found.values.tobytes()
