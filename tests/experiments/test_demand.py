"""The answer at fewer and at more arrivals is that of a run with so many, and at factor 1 the run's own."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from sim.engine.population import population
from sim.experiments.arms import plan
from sim.experiments.comparison import Comparison
from sim.experiments.demand import DEMAND_COLUMNS, FACTORS, MOST_REPLICATIONS, demand
from sim.experiments.experiment import Experiment, Options, run
from sim.experiments.pilots import ALONE
from sim.experiments.replications import replicate
from sim.experiments.settling import WarmUp
from sim.scenario.scaling import with_arrivals
from sim.scenario.scenario import Scenario
from tests.experiments.worlds import line, twins, village

NUMBERS = ["mean", "low", "high"]
QUIETLY = Options(replications=3, workers=1, check_warm_up=False)


@pytest.fixture(scope="module")
def experiment() -> Experiment:
    return run(village(), QUIETLY)


def differences(table: pd.DataFrame, factor: float) -> pd.DataFrame:
    return table[(table["factor"] == factor) & (table["against"] == "outsourced")].set_index("measure")


def headlines(result: Comparison) -> pd.DataFrame:
    """The headline differences as specified, as a run itself tells them."""
    table = result.differences
    chosen = (table["basis"] == "as_specified") & (table["against"] == "outsourced") & table["headline"]
    return table[chosen].set_index("measure")


def test_at_factor_1_it_is_the_run_itself(experiment: Experiment) -> None:
    own, found = headlines(experiment.comparison), differences(experiment.demand, 1.0)
    pd.testing.assert_frame_equal(found[NUMBERS], own[NUMBERS], check_exact=True)
    assert found["verdict"].tolist() == own["verdict"].tolist()
    summary = experiment.comparison.summary
    chosen = (summary["basis"] == "as_specified") & (summary["by"] == "all") & summary["measure"].isin(list(own.index))
    means = experiment.demand[(experiment.demand["factor"] == 1) & (experiment.demand["against"] == "")]
    keys = ["measure", "pathway"]
    mine = summary[chosen].set_index(keys)[NUMBERS].loc[list(means.set_index(keys).index)]
    pd.testing.assert_frame_equal(means.set_index(keys)[NUMBERS], mine, check_exact=True)


@pytest.mark.parametrize(("factor", "people"), [(0.8, 208.0), (1.2, 312.0)])
def test_at_other_factors_it_is_a_run_of_a_file_that_says_so(
    experiment: Experiment, factor: float, people: float
) -> None:
    """The file says 260 people per 1,000 adults a year."""
    other = run(village(arrivals__per_1000_adults_a_year=people, bases=["as_specified"]), QUIETLY)
    own, found = headlines(other.comparison), differences(experiment.demand, factor)
    pd.testing.assert_frame_equal(found[NUMBERS], own[NUMBERS], check_exact=True)
    assert found["verdict"].tolist() == own["verdict"].tolist()


def test_at_factor_1_all_replications_are_used_and_at_the_others_the_first_10() -> None:
    agreed = plan(village(bases=["as_specified"]))
    result = Comparison(agreed, tuple(replicate(agreed, number) for number in range(MOST_REPLICATIONS + 2)))
    begun: list[int] = []
    found = demand(result, ALONE, begun.append)
    assert begun == [2 * 2 * MOST_REPLICATIONS]
    used = found.groupby("factor")["replications"].unique().map(list).to_dict()
    assert used == {0.8: [MOST_REPLICATIONS], 1.0: [MOST_REPLICATIONS + 2], 1.2: [MOST_REPLICATIONS]}
    own, mine = headlines(result), differences(found, 1.0)
    pd.testing.assert_frame_equal(mine[NUMBERS], own[NUMBERS], check_exact=True)
    assert mine["verdict"].tolist() == own["verdict"].tolist()


def test_two_pathways_alike_do_not_differ_at_any_factor() -> None:
    found = run(twins(), QUIETLY).demand
    rows = found[found["against"] == "outsourced"]
    assert rows["factor"].tolist() == [factor for factor in FACTORS for _ in range(3)]
    assert (rows[NUMBERS] == 0).all(axis=None)


@pytest.mark.parametrize("factor", [0.8, 1.2])
def test_so_many_times_the_arrivals_bring_so_many_times_the_people(factor: float) -> None:
    """Counts are Poisson: within 4 standard errors; the factor turned round is not."""
    usual = village(run__weeks={"warm_up": 104, "cohort": 4, "follow_up": 4})
    count, expected = len(population(with_arrivals(usual, factor), 0)), factor * 40 * 112
    assert abs(count - expected) < 4 * expected**0.5
    assert abs(count - expected / factor**2) > 4 * expected**0.5


def test_an_answer_that_has_not_settled_has_no_steady_verdict_at_any_factor() -> None:
    agreed = replace(plan(twins()), warm_up=WarmUp(8, 8, "growing", "so it was found"))
    result = Comparison(agreed, (replicate(agreed, 0), replicate(agreed, 1)))
    found = demand(result, ALONE, lambda _: None)
    assert set(found[found["against"] == "outsourced"]["verdict"]) == {"unsteady"}


def test_a_backlog_that_grows_with_more_people_only_takes_the_verdict_from_those() -> None:
    """15 a week, an hour each, for a clerk with 16.5 hours: at 0.8 times 12 hours are asked, at 1.2 times 18."""
    data = twins().data
    stage = {"team": "clerks", "purpose": "helping", "hours": {"fixed": 1.0}}
    clerks = {"posts": 1, "hours_per_week": 16.5, "weeks_per_year": 52, "share_with_citizens": 1.0}
    desk = {"starts_at": "desk", "teams": {"clerks": clerks}, "stages": {"desk": stage}}
    data |= {"pathways": {"outsourced": desk, "twin": {"like": "outsourced"}}, "arrivals": {"per_week": 15.0}}
    data["groups"] = {"all": {"level_at_arrival": {"low": 1.0}}}
    data["run"] |= {"weeks": {"warm_up": 52, "cohort": 52, "follow_up": 4}}
    data["run"] |= {"precision": {"days_in_need": 1.0}, "matters": {"days_in_need": 1.0}}
    for gone in ("crisis", "checks", "course", "changes", "gbp_per_day_in_need", "published_remission"):
        data.pop(gone, None)
    found = run(Scenario.from_data("desk", data), replace(QUIETLY, replications=5)).demand
    verdicts = found[found["against"] == "outsourced"].set_index("factor")["verdict"]
    assert verdicts[0.8] == "no_difference_that_matters" and verdicts[1.2] == "unsteady"


def test_a_plain_network_has_no_headlines_to_show() -> None:
    made = run(line(), QUIETLY)
    assert made.demand.empty and list(made.demand.columns) == list(DEMAND_COLUMNS)
