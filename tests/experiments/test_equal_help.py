"""Equal help: the factor is found, where it exists; where it does not, that is said and nothing is clamped."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.engine.population import population
from sim.experiments.arms import Arm, plan
from sim.experiments.basis import scaled
from sim.experiments.comparison import Comparison, verdict
from sim.experiments.equal_help import TOLERANCE, EqualHelp, Search, equal_help
from sim.experiments.estimates import Estimate, Key
from sim.experiments.experiment import Experiment, Options, run
from sim.experiments.pilot_error import NO_ERROR, Need, PilotError, paired_error, slopes
from sim.experiments.pilots import ALONE, PILOT_NUMBERS
from sim.experiments.replications import ran, replicate
from sim.experiments.statistics import half_width
from sim.experiments.steadiness import notices
from sim.measures.reductions import reduced
from sim.scenario.scenario import Scenario
from tests.experiments.worlds import twins, village

BASES = ["as_specified", "equal_help"]


def sized(factor: float) -> Scenario:
    """The village's outsourced pathway beside one just like it, with so many times the posts."""
    data = twins(run__weeks={"warm_up": 26, "cohort": 13, "follow_up": 26}).data
    teams = data["pathways"]["outsourced"]["teams"]
    data["bases"] = BASES
    data["pathways"]["twin"]["teams"] = {name: {"posts": team["posts"] * factor} for name, team in teams.items()}
    return Scenario.from_data("twins", data)


@pytest.fixture(scope="module")
def experiment() -> Experiment:
    scenario = village(bases=["as_specified", "equal_spend", "equal_help"])
    return run(scenario, Options(replications=3, workers=1))


def test_two_pathways_alike_have_factor_1_and_one_arm_for_both_bases() -> None:
    agreed = plan(twins().with_values({"bases": BASES}))
    assert [one.factor for one in agreed.equal_help] == [1.0]
    assert [footing.arms for footing in agreed.footings] == [(0, 1, 2), (0, 1, 2)]
    found = Comparison(agreed, (replicate(agreed, 0), replicate(agreed, 1))).differences
    rows = found[(found["basis"] == "equal_help") & (found["against"] == "outsourced") & found["headline"]]
    assert len(rows) == 3 and (rows[["mean", "low", "high"]] == 0).all(axis=None)


@pytest.mark.parametrize(("posts", "factor"), [(2.0, 0.5), (0.5, 2.0), (4.0, 0.25)])
def test_a_pathway_that_differs_in_its_posts_alone_is_brought_back_exactly(posts: float, factor: float) -> None:
    (found,) = equal_help(sized(posts))
    assert (found.factor, found.residual, found.is_in_reach) == (factor, 0.0, True)


def test_between_octaves_the_factor_is_found_within_the_tolerance_in_few_runs() -> None:
    scenario = sized(3.0)
    first = Search(scenario, "outsourced", "compiled", ALONE)
    target, search = first.days(1.0), Search(scenario, "twin", "compiled", ALONE, first.needs(1.0))
    (found,) = equal_help(scenario)
    assert abs(found.reached_days - target) <= TOLERANCE * target
    assert search.days(found.factor) == found.reached_days
    # need falls as posts grow, so the factor lies between any two that are known to be on either side
    assert search.days(0.8 * found.factor) > target > search.days(1.25 * found.factor)


def test_the_days_reached_are_those_of_a_run_with_so_many_posts() -> None:
    """Worked out anew by the measures, from every citizen of the pilot's replications."""
    (found,) = equal_help(village())
    posts = scaled(village(), "local", found.factor)
    days = people = 0.0
    for number in PILOT_NUMBERS:
        table, _ = reduced(ran(Arm("local", posts), population(posts, number)))
        days += table.sums[0, table.columns.index("days_in_need")]
        people += table.sums[0, table.columns.index("citizens")]
    assert found.reached_days == pytest.approx(days / people, rel=1e-12)


def useless() -> Scenario:
    """Help that never fits: no number of posts is enough."""
    fits = "pathways.local.stages.support.help.fits"
    return village(bases=BASES).with_values({fits: dict.fromkeys(("one", "two", "three", "four"), 0.0)})


def test_where_no_number_of_posts_is_enough_the_basis_is_left_out_and_that_is_said() -> None:
    scenario = useless()
    agreed = plan(scenario)
    (found,) = agreed.equal_help
    assert (found.factor, found.is_in_reach) == (16.0, False)
    assert found.reached_days > found.target_days * (1 + TOLERANCE)
    assert [footing.basis for footing in agreed.footings] == ["as_specified"]
    result = run(scenario, Options(replications=2, workers=1)).comparison
    assert set(result.differences["basis"]) == {"as_specified"}
    (said,) = [one for one in result.notices if one.kind == "out_of_reach"]
    assert (said.basis, said.pathway) == ("equal_help", "local")
    assert f"not reached, from 1 to 16 times the posts: 16 times come to {found.reached_days:,.1f} days" in said.text
    assert f"{found.target_days:,.1f} with outsourced" in said.text


def test_where_even_a_sixteenth_of_the_posts_is_better_that_is_said() -> None:
    """The first pathway helps nobody; the other has nobody to lose: its paid team stands in nobody's way."""
    data = useless().data
    data["compare"] = ["local", "outsourced"]
    data["pathways"]["outsourced"]["asks_after_days"] = {"low": 1, "moderate": 1, "high": 1, "crisis": 1}
    outsourced = data["pathways"]["outsourced"]
    for team in outsourced["teams"].values():
        team["gbp_per_worked_hour"] = 0
    outsourced["teams"]["porters"] = {"posts": 1, "hours_per_week": 37, "gbp_per_worked_hour": 20}
    outsourced["stages"]["package"]["next"] = {"farewell": "rest"}
    outsourced["stages"]["farewell"] = {"team": "porters", "purpose": "running", "minutes": 1}
    scenario = Scenario.from_data("village", data)
    (found,) = equal_help(scenario)
    agreed = plan(scenario.with_values({"bases": ["as_specified"]}))
    made = Comparison(agreed, (replicate(agreed, 0), replicate(agreed, 1))).estimates
    (said,) = [one.text for one in notices(replace(agreed, equal_help=(found,)), made) if one.kind == "out_of_reach"]
    assert said.startswith(
        "equal help was not reached, from all the posts to a sixteenth of them: a sixteenth comes to "
    )
    assert (found.factor, found.is_in_reach, found.error) == (1 / 16, False, NO_ERROR)
    assert found.reached_days < found.target_days * (1 - TOLERANCE)


def test_days_in_need_are_not_judged_and_money_is(experiment: Experiment) -> None:
    found = experiment.comparison.differences
    rows = found[(found["basis"] == "equal_help") & (found["against"] == "outsourced") & (found["by"] == "all")]
    verdicts = rows.set_index("measure")["verdict"]
    assert verdicts["days_in_need"] == "not_judged"
    assert verdicts["public_cost"] not in ("not_judged", "") and verdicts["days_to_help"] not in ("not_judged", "")
    assert not (rows["measure"] == "cost_per_day_in_need_avoided").any()
    days = rows.set_index("measure")[["low", "high"]].loc["days_in_need"]
    assert days["low"] < 0 < days["high"]


def test_the_second_stage_aims_at_the_headline_differences_of_the_bases_asked_and_at_no_others(
    experiment: Experiment,
) -> None:
    """3 bases x 3 headlines of local less outsourced, basis by basis; none of them from no service."""
    result = experiment.comparison
    wanted = result.differences_wanted()
    assert [one.half_width for one in wanted] == list(experiment.scenario.run.precision.values()) * 3
    found = result.differences
    rows = found[found["headline"] & (found["against"] == "outsourced")]
    by_basis = [rows[rows["basis"] == basis].set_index("measure")["mean"] for basis in experiment.scenario.bases]
    expected = [means[name] for means in by_basis for name in experiment.scenario.run.precision]
    assert [one.difference.point for one in wanted] == pytest.approx(expected)


def test_what_whole_places_leave_over_is_said_from_half_a_per_cent() -> None:
    agreed = plan(village())
    found = Comparison(agreed, (replicate(agreed, 0), replicate(agreed, 1))).estimates
    for reached, said in ((100.6, True), (99.3, True), (100.4, False)):
        told = notices(replace(agreed, equal_help=(EqualHelp("local", 0.5, 100.0, reached),)), found)
        assert ("residual" in {one.kind for one in told}) is said


def test_the_error_of_the_pilots_is_that_of_paired_differences() -> None:
    """10 citizens a pilot, 1, 2, 3, 4 and 5 days apart: sd 1.58, over the root of 5."""
    one = [Need(10.0 * (50 + apart), 10) for apart in (1, 2, 3, 4, 5)]
    other = [Need(500.0, 10)] * 5
    assert paired_error(one, other) == pytest.approx(2.5**0.5 / 5**0.5)
    assert paired_error(one, one) == 0.0


def test_where_need_does_not_move_with_posts_no_interval_is_known_and_nothing_is_clear() -> None:
    one, none = np.ones(1), np.zeros(1)
    still = {Key("days_in_need"): Estimate(50.0, one, one), Key("public_cost"): Estimate(900.0, none, none)}
    dearer = {**still, Key("public_cost"): Estimate(1000.0, none, none)}
    error = PilotError(2.0, slopes(still, dearer))
    assert error.moves(Key("days_in_need")) == 2.0 and np.isnan(error.moves(Key("public_cost")))
    half = float(half_width(np.arange(5.0), 3, error.moves(Key("public_cost"))))
    assert np.isnan(half) and verdict({"low": -half, "high": half, "matters": 10.0}) == "no_clear_difference"


def test_what_a_day_is_worth_holds_the_error_of_days_and_of_money_together(experiment: Experiment) -> None:
    result = experiment.comparison
    (footing,) = [one for one in result.plan.footings if one.basis == "equal_help"]
    (error,) = [one.error for one in result.plan.equal_help]
    first, local = (result.estimates[place] for place in footing.arms[:2])
    cost, need = ((local[key].values - first[key].values) for key in (Key("public_cost"), Key("days_in_need")))
    table = result.differences
    rows = table[(table["basis"] == "equal_help") & (table["against"] == "outsourced")]
    for _, row in rows[rows["measure"] == "net_benefit"].iterrows():
        value = float(row["part"].split()[0])
        moves = error.days * (value + error.slopes[Key("public_cost")])
        expected = float(half_width(-value * need - cost, 3, moves))
        assert row["high"] - row["mean"] == pytest.approx(expected)
    assert (rows["measure"] == "net_benefit").any()


def test_two_pathways_alike_have_no_error() -> None:
    (found,) = equal_help(twins())
    assert found.error == NO_ERROR and found.error.moves(Key("public_cost")) == 0.0


def test_measures_go_with_days_in_need_as_they_do_further_off() -> None:
    """Slopes are found a quarter of an octave to either side; here from half the posts to twice as many."""
    scenario = village(run__weeks={"warm_up": 26, "cohort": 13, "follow_up": 26})
    (found,) = equal_help(scenario)
    assert found.error.slopes[Key("days_in_need")] == 1.0
    ends = []
    for times in (0.5, 2.0):
        posts = scaled(scenario, "local", times * found.factor)
        tables = [reduced(ran(Arm("local", posts), population(posts, number)))[0] for number in PILOT_NUMBERS]
        at = [tables[0].columns.index(name) for name in ("public_cost", "days_in_need", "citizens")]
        ends.append(np.sum([table.sums[0, at] for table in tables], axis=0))
    (cost, days, people), (dearer, shorter, _) = ends
    assert people and found.error.slopes[Key("public_cost")] == pytest.approx(
        (cost - dearer) / (days - shorter), rel=0.5
    )


def test_intervals_hold_the_error_of_the_pilots_on_this_basis_and_on_no_other(experiment: Experiment) -> None:
    result = experiment.comparison
    (error,) = [one.error for one in result.plan.equal_help]
    assert error.days > 0 > error.slopes[Key("public_cost")]
    table = result.differences
    for footing in result.plan.footings:
        first, local, _ = footing.arms
        for name in ("days_in_need", "public_cost", "days_to_help"):
            apart = result.estimates[local][Key(name)].pseudo - result.estimates[first][Key(name)].pseudo
            moves = error.days * error.slopes[Key(name)] if footing.basis == "equal_help" else 0.0
            chosen = (table["basis"] == footing.basis) & (table["against"] == "outsourced") & table["headline"]
            (row,) = table[chosen & (table["measure"] == name)].to_dict("records")
            assert row["high"] - row["mean"] == pytest.approx(float(half_width(apart, 3, moves)))
