"""Three citizens are chosen by rule, and are the same in every pathway."""

from __future__ import annotations

import pandas as pd
import pytest

from sim.experiments.comparison import Comparison
from sim.experiments.experiment import Options, run
from sim.experiments.three_stories import FRONT, chosen, three_stories
from sim.measures.stories import COLUMNS
from sim.scenario.scenario import Scenario
from tests.experiments.worlds import line, twins, village


def compared(scenario: Scenario, *, all_visits: bool = False) -> Comparison:
    return run(scenario, Options(replications=2, workers=1, all_visits=all_visits)).comparison


@pytest.fixture(scope="module")
def result() -> Comparison:
    return compared(village())


@pytest.fixture(scope="module")
def table(result: Comparison) -> pd.DataFrame:
    return three_stories(result)


def test_the_nearest_ranks_are_chosen() -> None:
    """Of 20 citizens in order of their difference, the 10th, the 2nd and the 18th."""
    differences = pd.Series([float(-place) for place in range(20)], index=range(100, 120))
    assert chosen(differences) == {50: 110, 10: 118, 90: 102}


def test_ties_stand_in_order_of_number() -> None:
    """Sorted: 5 (-1), then 3, 4, 6, 7 and 9 (0), then 8 (2): the 4th of 7 is 6, the 1st is 5, the 7th is 8."""
    differences = pd.Series([0.0, 0.0, 2.0, 0.0, -1.0, 0.0, 0.0], index=[9, 7, 8, 6, 5, 4, 3])
    assert chosen(differences) == {50: 6, 10: 5, 90: 8}


def test_nobody_is_chosen_twice() -> None:
    assert chosen(pd.Series([3.0], index=[42])) == {50: 42}
    assert chosen(pd.Series([3.0, 1.0], index=[42, 43])) == {50: 43, 90: 42}
    assert chosen(pd.Series([0.0]).head(0)) == {}


def test_the_citizens_are_the_same_in_every_pathway(table: pd.DataFrame) -> None:
    by_pathway = table.groupby("pathway")["citizen"].unique().map(list)
    assert set(by_pathway.index) == {"outsourced", "local", "no_service"}
    assert by_pathway["outsourced"] == by_pathway["local"] == by_pathway["no_service"]
    assert set(table["basis"]) == {"as_specified"}


def test_the_difference_is_the_second_pathway_less_the_first(result: Comparison, table: pd.DataFrame) -> None:
    first, second = (one.citizens.set_index("citizen")["days_to_help"] for one in result.replications[0].examples[:2])
    for citizen, rows in table.groupby("citizen"):
        assert set(rows["difference"]) == {second[citizen] - first[citizen]}
        assert set(rows["of"]) == {len(first)}
    difference = (second - first).sort_values()
    assert difference.iloc[0] < 0 < difference.iloc[-1]
    middle = table[table["percentile"] == 50]["difference"].iloc[0]
    assert (difference < middle).sum() <= len(first) / 2 and (difference > middle).sum() <= len(first) / 2


def test_what_a_life_cost_is_what_the_lives_say(result: Comparison, table: pd.DataFrame) -> None:
    gbp = (table["gbp_at_once"] + table["gbp_evenly"]).groupby([table["pathway"], table["citizen"]]).sum()
    for place, name in enumerate(("outsourced", "local", "no_service")):
        lives = result.replications[0].examples[place].citizens.set_index("citizen")["public_cost"]
        for citizen, cost in gbp[name].items():
            assert cost == pytest.approx(lives[citizen], abs=1e-6)


def test_visits_of_all_do_not_change_who_is_shown(table: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(three_stories(compared(village(), all_visits=True)), table)


def test_twins_differ_by_nothing() -> None:
    table = three_stories(compared(twins()))
    assert set(table["difference"]) == {0.0}


def test_one_pathway_is_set_against_no_service() -> None:
    data = village().data
    data.update(compare=["local"], bases=["as_specified"])
    for name in ("changes", "variants", "checks"):
        data.pop(name, None)
    table = three_stories(compared(Scenario.from_data("alone", data)))
    assert set(table["pathway"]) == {"local", "no_service"} and (table["difference"] <= 0).all()
    assert (table["difference"] < 0).any()


@pytest.mark.parametrize(
    "scenario", [line(weeks={"warm_up": 1, "cohort": 2, "follow_up": 2}), village(arrivals={"per_day": 0.0})]
)
def test_without_levels_or_a_cohort_the_table_is_empty(scenario: Scenario) -> None:
    table = three_stories(compared(scenario))
    assert table.empty and list(table) == [*FRONT, *COLUMNS]
