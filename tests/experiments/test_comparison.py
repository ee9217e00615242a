"""Differences, verdicts and what is said of them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.errors import RequestError, ScenarioError
from sim.experiments.comparison import headlines, verdict
from sim.experiments.estimates import Key
from sim.experiments.experiment import Experiment, Options, quickened, run
from sim.experiments.outputs import curves_table
from sim.measures.definitions import DEFINITIONS
from sim.measures.subgroups import subgroups
from tests.experiments.worlds import line, village


@pytest.fixture(scope="module")
def experiment() -> Experiment:
    return run(village(gbp_per_day_in_need=[0, 20]), Options(replications=3, workers=1))


def rows(experiment: Experiment, **wanted: object) -> pd.DataFrame:
    found = experiment.comparison.differences
    for column, value in wanted.items():
        found = found[found[column] == value]
    return found


@pytest.mark.parametrize(
    ("low", "high", "matters", "said"),
    [
        (-9.0, -8.0, 7.0, "sooner_or_less"),
        (8.0, 9.0, 7.0, "later_or_more"),
        (-9.0, 8.0, 7.0, "no_clear_difference"),
        (-3.0, 4.0, 7.0, "no_difference_that_matters"),
        (1.0, 4.0, 7.0, "no_difference_that_matters"),
        (1.0, 9.0, 7.0, "no_clear_difference"),
        (-14.0, -6.0, 7.0, "no_clear_difference"),
        (1.0, 4.0, None, "later_or_more"),
        (-1.0, 4.0, None, "no_clear_difference"),
    ],
)
def test_a_verdict_needs_an_interval_and_a_threshold(low: float, high: float, matters: float | None, said: str) -> None:
    assert verdict({"low": low, "high": high, "matters": matters}) == said


def test_a_difference_is_the_mean_of_paired_differences(experiment: Experiment) -> None:
    found = experiment.comparison.estimates
    one, other = (found[place][Key("days_in_need")].values for place in (1, 0))
    row = rows(experiment, basis="as_specified", against="outsourced", measure="days_in_need", by="all").iloc[0]
    gap = one - other
    assert row["mean"] == pytest.approx(gap.mean())
    t_three_headlines_2_degrees = 7.6488
    half = t_three_headlines_2_degrees * gap.std(ddof=1) / np.sqrt(3)
    assert row["high"] - row["mean"] == pytest.approx(half, rel=1e-4)


def test_headlines_and_what_is_made_of_them_are_adjusted_and_nothing_else(experiment: Experiment) -> None:
    table = experiment.comparison.differences
    assert set(table[table["headline"]]["measure"]) == {"days_to_help", "days_in_need", "public_cost"}
    of_headlines = table["measure"].isin(["net_benefit", "cost_per_day_in_need_avoided"])
    of_headlines |= (table["measure"] == "days_to_help_strict") & (table["by"] == "all")
    assert (table["adjusted"] == (table["headline"] | of_headlines)).all()
    assert (table["interval"] == "simulation noise only").all()


def test_on_equal_spend_there_is_no_verdict_on_cost(experiment: Experiment) -> None:
    found = rows(experiment, basis="equal_spend", against="outsourced", measure="public_cost", by="all")
    assert found["verdict"].tolist() == ["not_judged"]


def test_counted_strictly_nothing_stands_where_no_stage_of_help_takes_an_hour() -> None:
    """Where all help is a chat, nobody is helped strictly in either pathway: that says nothing."""
    short = {"run.weeks": {"warm_up": 4, "cohort": 4, "follow_up": 13}}
    options = Options(replications=2, workers=1, check_warm_up=False, variants=False)
    staffed = run(village().with_values(short), options)
    found = rows(staffed, basis="as_specified", against="outsourced", measure="days_to_help", by="all")
    assert found["strict"].iloc[0]
    helps = ("local.stages.support", "outsourced.stages.package")
    chats = {f"pathways.{stage}.hours": {"mean": 0.5, "sd": 0.2} for stage in helps}
    chat = village().with_values({**short, **chats})
    found = rows(run(chat, options), basis="as_specified", against="outsourced", measure="days_to_help", by="all")
    assert found["strict"].iloc[0] == ""


def test_every_pathway_is_also_set_against_no_service(experiment: Experiment) -> None:
    found = rows(experiment, basis="as_specified", against="no_service", measure="days_in_need", by="all")
    assert found["pathway"].tolist() == ["outsourced", "local"]


def test_what_different_people_ask_for_is_never_differenced(experiment: Experiment) -> None:
    assert not experiment.comparison.differences["measure"].str.contains("who_asked").any()
    assert experiment.comparison.summary["measure"].str.contains("who_asked").any()


def test_net_benefit_at_a_value_of_0_is_the_cost_saved(experiment: Experiment) -> None:
    found = rows(experiment, basis="as_specified", against="outsourced", by="all").set_index(["measure", "part"])[
        "mean"
    ]
    assert found["net_benefit", "0 GBP a day"] == pytest.approx(-found["public_cost", ""])
    avoided = -found["days_in_need", ""]
    assert found["net_benefit", "20 GBP a day"] == pytest.approx(20 * avoided - found["public_cost", ""])
    dearer_and_better = found["public_cost", ""] > 0 < avoided
    assert (("cost_per_day_in_need_avoided", "") in found.index) == dearer_and_better
    if dearer_and_better:
        assert found["cost_per_day_in_need_avoided", ""] == pytest.approx(found["public_cost", ""] / avoided)


def test_nothing_is_weighed_against_a_cost_that_the_basis_made_equal(experiment: Experiment) -> None:
    weighed = ("net_benefit", "cost_per_day_in_need_avoided")
    between, from_nobody = (
        rows(experiment, basis="equal_spend", against=against, by="all") for against in ("outsourced", "no_service")
    )
    assert not between["measure"].isin(weighed).any()
    assert (from_nobody["measure"] == "net_benefit").any(), "against nobody the basis makes nothing equal"


def test_whatever_is_measured_without_service_is_set_against_it(experiment: Experiment) -> None:
    """Every measure of a whole pathway but those never differenced, and those that are a share of nothing there."""
    table = experiment.comparison.summary
    whole = {name for name, one in DEFINITIONS.items() if one.per in ("citizen", "share", "payer", "pathway")}
    keys = ["measure", "by", "group", "part"]
    for basis in ("as_specified", "equal_spend"):
        for pathway in ("outsourced", "local"):
            mine = table[(table["basis"] == basis) & (table["pathway"] == pathway) & table["measure"].isin(whole)]
            found = rows(experiment, basis=basis, pathway=pathway, against="no_service")
            missing = set(map(tuple, mine[keys].values)) - set(map(tuple, found[keys].values))
            assert {measure for measure, *_ in missing} == UNDEFINED_WITHOUT_SERVICE


UNDEFINED_WITHOUT_SERVICE = {
    # a ratio of different people
    "contacts_per_citizen_who_asked", "public_cost_per_citizen_who_asked",
    # nobody is helped, nobody approaches, nothing is spent
    "days_to_help_if_helped", "days_to_help_if_helped_median", "failure_demand", "approaches_unhelped",
    "approaches_per_person", "spent_deciding",
}  # fmt: skip


def test_what_is_spent_is_also_set_against_nothing_spent(experiment: Experiment) -> None:
    found = rows(experiment, basis="as_specified", pathway="local", against="no_service", by="all")
    known = experiment.comparison.summary
    known = known[(known["basis"] == "as_specified") & (known["pathway"] == "local") & (known["by"] == "all")]
    for measure in ("spend_a_year", "service_cost_per_household", "one_off_cost", "approaches_a_week"):
        (less,), (whole,) = (table[table["measure"] == measure]["mean"] for table in (found, known))
        assert less == whole > 0


def test_what_is_spent_is_also_said_on_a_band_d_bill(experiment: Experiment) -> None:
    """The bill is 2,000 GBP a year on each of 3,500 homes."""
    found = rows(experiment, basis="as_specified", pathway="local", against="no_service", by="all")
    (share,), (spend,) = (found[found["measure"] == name]["mean"] for name in ("share_of_band_d_bill", "spend_a_year"))
    assert share == pytest.approx(spend / 3500 / 2000)


def test_every_measure_appears_in_the_summary_or_the_differences(experiment: Experiment) -> None:
    """Only what lies beyond these short windows may be absent."""
    seen = set(experiment.comparison.summary["measure"]) | set(experiment.comparison.differences["measure"])
    missing = set(DEFINITIONS) - seen
    beyond = {name for name in DEFINITIONS if any(f"_{days}_days" in name for days in (90, 182, 364, 1092))}
    assert missing <= beyond | {"returned_within_364_days", "cost_per_day_in_need_avoided", "public_cost_discounted"}


def test_subgroups_average_to_the_whole(experiment: Experiment) -> None:
    """A mean over everyone is the mean of its groups, weighted by their citizens, in each replication."""
    for by in ("group", "level_at_arrival", "needs", "neighbourhood"):
        for one in experiment.comparison.replications:
            table = one.reductions[0]
            names = list(table.columns)
            chosen = [place for place, part in enumerate(subgroups(experiment.scenario)) if part.by == by]
            total = table.sums[chosen].sum(axis=0)
            assert total == pytest.approx(table.sums[0], rel=1e-9), names


def test_a_curve_of_a_subgroup_passes_through_its_measure_with_the_same_interval(experiment: Experiment) -> None:
    """Each pathway is told once under each of the two bases, and so is no service."""
    curves, summary = curves_table(experiment.comparison), experiment.comparison.summary
    at = curves[(curves["day"] == 28) & (curves["by"] != "all")]
    for curve in ("helped", "right_help"):
        of_measure = summary[summary["measure"] == f"{curve}_by_28_days"]
        both = at[at["curve"] == curve].merge(of_measure, on=["basis", "pathway", "by", "group"])
        assert len(both) == 2 * 3 * (len(subgroups(experiment.scenario)) - 1)
        assert curve != "helped" or both["mean_x"].max() > 0
        for end in ("mean", "low", "high"):
            expected = both[f"{end}_y"] if end != "low" else np.maximum(both["low_y"], 0.0)
            assert both[f"{end}_x"].tolist() == pytest.approx(expected.tolist(), nan_ok=True)


def test_a_plain_network_has_queues_and_no_need_no_help_no_cost_no_no_service() -> None:
    result = run(line(), Options(replications=2, workers=1)).comparison
    measures = set(result.summary["measure"])
    assert {"wait_days", "utilisation", "waiting"} <= measures
    assert not {name for name in measures if DEFINITIONS[name].needs}
    assert set(result.summary["pathway"]) == {"line"}
    assert result.differences.empty
    assert result.headlines == []
    assert set(curves_table(result)["curve"]) == {"waiting"}


def test_headlines_are_those_the_file_names() -> None:
    named = village(run__precision={"crises": 0.1}, run__matters={"crises": 0.2})
    assert headlines(named) == ["crises"]
    with pytest.raises(ScenarioError, match=r"run.precision.crisess: is no measure of a citizen.*`crises`"):
        headlines(village(run__precision={"crisess": 0.1}, run__matters={"crisess": 0.2}))


def test_a_check_of_what_is_no_measure_is_refused() -> None:
    with pytest.raises(ScenarioError, match=r"checks.no_direct_support.measure.*approaches_unhelped"):
        run(village(checks__no_direct_support__measure="aproaches_unhelped"), Options(replications=2, workers=1))


def test_one_replication_is_refused() -> None:
    with pytest.raises(RequestError, match="at least 2"):
        run(village(), Options(replications=1))


def test_a_quick_run_has_short_windows_and_one_stage() -> None:
    scenario = village(run__quick={"warm_up": 2, "cohort": 2, "follow_up": 3, "replications": 2})
    experiment = run(scenario, Options(quick=True, workers=1))
    assert experiment.scenario.run.weeks == quickened(scenario).run.weeks
    assert experiment.scenario.run.weeks.follow_up == 3
    assert len(experiment.comparison.replications) == 2
    assert experiment.second_stage_wanted is None


def test_replications_come_in_two_stages() -> None:
    scenario = village(
        run__replications=3, run__most_replications=5,
        run__precision={"days_in_need": 0.001}, run__matters={"days_in_need": 1},
    )  # fmt: skip
    experiment = run(scenario, Options(workers=1))
    assert experiment.first_stage == 3
    assert experiment.second_stage_wanted == len(experiment.comparison.replications) == 5
    content = village(
        run__replications=3, run__most_replications=5,
        run__precision={"days_in_need": 1000}, run__matters={"days_in_need": 1},
    )  # fmt: skip
    assert len(run(content, Options(workers=1)).comparison.replications) == 3
