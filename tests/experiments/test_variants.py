"""Variants: the very differences that a run with the change gives, over the first replications of the run."""

from __future__ import annotations

import pandas as pd
import pytest

from sim.experiments.experiment import Options, run
from sim.experiments.variants import offered
from sim.scenario.scenario import Scenario
from sim.scenario.vocabulary import VARIANTS
from tests.scenario.files import Data, edited, village

WEEKS = {"warm_up": 8, "cohort": 4, "follow_up": 13}
FITS = "pathways.local.stages.support.help.fits"
OPTIONS = Options(replications=3, workers=1, check_warm_up=False)
PLACE = ["basis", "pathway", "measure"]


def data(*bases: str) -> Data:
    null = {FITS: {"one": 0.5, "two": 0.45, "three": 0.4, "four": 0.4}}
    return edited(village(), ("changes.null", null), ("bases", list(bases)), ("run.weeks", WEEKS))


def headline_rows(table: pd.DataFrame, against: str) -> pd.DataFrame:
    rows = table[table["headline"] & (table["against"] == against) & (table["by"] == "all")]
    return rows.set_index(PLACE)[["mean", "low", "high", "verdict"]]


@pytest.mark.parametrize("bases", [("as_specified", "equal_spend"), ("equal_help",)])
def test_a_variant_gives_what_a_run_with_the_change_gives(bases: tuple[str, ...]) -> None:
    scenario = Scenario.from_data("village", data(*bases))
    found = run(scenario, OPTIONS).variants
    assert list(dict.fromkeys(found["variant"])) == ["sceptic", "null"]
    for name in ("sceptic", "null"):
        apart = run(scenario.with_change(name), OPTIONS)
        assert apart.variants.empty, "it is a variant itself"
        mine = found[found["variant"] == name].set_index(PLACE)[["mean", "low", "high", "verdict"]]
        pd.testing.assert_frame_equal(mine, headline_rows(apart.comparison.differences, "outsourced"), check_exact=True)


def test_variants_differ_from_the_run_and_from_each_other() -> None:
    made = run(Scenario.from_data("village", data("as_specified")), OPTIONS)
    own = headline_rows(made.comparison.differences, "outsourced")["mean"]
    by = {name: rows.set_index(PLACE)["mean"] for name, rows in made.variants.groupby("variant")}
    assert set(by) == {"sceptic", "null"}
    assert (by["null"] != own).any() and (by["sceptic"] != own).any() and (by["null"] != by["sceptic"]).any()


def test_a_spend_that_a_variant_cannot_reach_leaves_the_other_bases() -> None:
    dear = edited(data("as_specified", "equal_spend"), ("pathways.local.contract.office", {"gbp_a_year": 1}))
    dear = edited(dear, ("changes.null", {"pathways.local.contract.office.gbp_a_year": 1e9}))
    made = run(Scenario.from_data("village", dear), OPTIONS)
    reached = made.variants.groupby("variant")["basis"].unique().map(list).to_dict()
    assert reached == {"sceptic": ["as_specified", "equal_spend"], "null": ["as_specified"]}


def test_they_are_left_out_of_a_quick_run_and_where_not_wanted() -> None:
    scenario = Scenario.from_data("village", data("as_specified"))
    quick = run(scenario, Options(quick=True, workers=1))
    unwanted = run(scenario, Options(replications=2, workers=1, check_warm_up=False, variants=False))
    for made in (quick, unwanted):
        assert made.variants.empty
        assert "variant" in made.variants.columns


def test_no_more_than_ten_replications_are_run() -> None:
    scenario = Scenario.from_data("village", data("as_specified"))
    made = run(scenario, Options(replications=12, workers=1, check_warm_up=False))
    assert set(made.variants["replications"]) == {10}


def test_what_a_file_offers() -> None:
    scenario = Scenario.from_data("village", data("as_specified"))
    assert offered(scenario) == ["sceptic", "null"]
    assert offered(scenario.with_change("no_threshold")) == []
    assert VARIANTS == ("sceptic", "advocate", "null")


def test_a_variant_that_can_reach_no_basis_is_left_out_and_the_run_stands() -> None:
    dear = edited(data("equal_spend"), ("pathways.local.contract.office", {"gbp_a_year": 1}))
    dear = edited(dear, ("changes.null", {"pathways.local.contract.office.gbp_a_year": 1e9}))
    made = run(Scenario.from_data("village", dear), OPTIONS)
    assert set(made.variants["variant"]) == {"sceptic"}
    assert len(made.comparison.differences)
