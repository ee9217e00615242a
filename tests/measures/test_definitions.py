"""The table of definitions: complete, made of columns that exist, and readable."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from sim.measures.definition import Definition, Per
from sim.measures.definitions import CURVES, DEFINITIONS
from sim.measures.fates import FATES
from sim.measures.headline_lives import HEADLINES
from sim.measures.lives import HELPED_BY_DAYS, REFUSALS, STATES, Columns, lives
from sim.measures.queues import queues
from sim.scenario.scenario import Scenario

from ..engine.worlds import Data, people
from ..scenario.files import LINE
from .small_town import DATA
from .written import record

UNITS = {
    "GBP", "GBP a day", "GBP a year", "approaches a week", "count", "days", "hours", "hours a week", "people",
    "people a week",     "share", "staff hours", "visits a week", "years",
}  # fmt: skip

OF_LIVES = [name for name, one in DEFINITIONS.items() if one.per in ("citizen", "share")]

IN_THE_DESIGN = {
    "days_to_help", "days_in_need", "public_cost", "days_to_help_if_helped",
    "days_to_help_if_helped_median", "gave_up", "never_helped",
    "days_in_crisis", "crises", "days_before_asking", "contacts", "assessments", "handoffs", "approaches", "refusals",
    "failure_demand", "hours_deciding", "hours_helping", "hours_running", "spent_deciding", "cost_of_refusing",
    "cost_of_refusing_rightly", "cost_of_refusing_wrongly", "service_cost", "contract_cost", "crisis_cost",
    "service_cost_per_household", "council_tax_equivalent", "cost_per_day_in_need_avoided", "net_benefit",
    "citizen_hours", "wait_days", "wait_days_median", "wait_days_90th", "waiting", "waiting_over_28_days",
    "waiting_over_182_days", "lost", "throughput", "days_at_stage", "days_at_stage_25th", "days_at_stage_median",
    "days_at_stage_75th", "approaches_unhelped", "returned_within_364_days", "helped_sooner", "helped_later",
    "helped_same", "helped_sooner_own_luck", "utilisation", "backlog", "backlog_growth", "owed_in_need",
    "owed_in_help", "owed_hours", "cashable_cost", "cashable_service_cost", "cashable_contract_cost",
    "cashable_crisis_cost", "cost_to_payer", "service_cost_to_payer", "contract_cost_to_payer", "crisis_cost_to_payer",
    "public_cost_discounted", "one_off_cost", "payback_years", "cashable_payback_years", "days_to_help_strict",
    *(f"state_{state}" for state in STATES), *(f"fate_{fate}" for fate in FATES),
    *(f"refused_{reason}" for reason in REFUSALS),
    *(f"{curve}_by_{day}_days" for curve in CURVES for day in HELPED_BY_DAYS),
}  # fmt: skip


def everything() -> Columns:
    """Lives of a scenario that has all there is, followed long enough for the last of the days."""
    weeks = {"warm_up": 1, "cohort": 1, "follow_up": max(HELPED_BY_DAYS) // 7}
    full = Scenario.from_data("full", {**DATA, "run": {"weeks": weeks}})
    return lives(record(full, people(8)))


def test_every_measure_of_the_design_is_defined() -> None:
    assert set(DEFINITIONS) >= IN_THE_DESIGN


@pytest.mark.parametrize("name", OF_LIVES)
def test_a_measure_of_citizens_is_made_of_columns_of_lives_and_its_formula_names_them(name: str) -> None:
    one, columns = DEFINITIONS[name], everything()
    assert one.top in columns and one.bottom in columns
    assert one.formula == f"sum of {one.top} / sum of {one.bottom}"
    assert (one.bottom == "citizens") == (one.per == "citizen")


def test_every_column_of_lives_is_part_of_a_measure_or_a_day() -> None:
    used = {part for name in OF_LIVES for part in (DEFINITIONS[name].top, DEFINITIONS[name].bottom)}
    assert set(everything()) - used == {f"day_{curve}" for curve in CURVES}


@pytest.mark.parametrize("one", DEFINITIONS.values(), ids=DEFINITIONS)
def test_a_definition_reads_well(one: Definition) -> None:
    assert one.unit and one.formula
    assert re.fullmatch(r"[A-Z0-9].*[a-z0-9)]\.", one.sentence), one.sentence
    assert len(one.sentence) < 240
    assert one.unit != "share" or one.bottom


def test_every_definition_is_of_a_kind_a_unit_and_a_need_there_is() -> None:
    """Report, files and columns choose by these words: one misspelt would be a measure that is never shown."""
    for name, one in DEFINITIONS.items():
        assert one.name == name and name.isidentifier() and name.islower()
        assert one.per in get_args(Per)
        assert one.needs in ("", "levels", "money", "crisis")
        assert one.unit in UNITS


def test_a_ratio_names_both_its_parts() -> None:
    for one in DEFINITIONS.values():
        assert one.formula.endswith(one.bottom)
        assert one.top in one.formula


def test_headlines_are_measures_of_citizens() -> None:
    assert all(DEFINITIONS[name].per == "citizen" for name in HEADLINES)


def test_what_a_scenario_lacks_is_absent_and_not_zero() -> None:
    """A plain line has no column of a measure of levels, money or crisis, however many people come."""
    line = Scenario.from_data("line", LINE)
    made = record(line, people(8), pathway="line")
    columns = lives(made)
    there = {name for name in OF_LIVES if {DEFINITIONS[name].top, DEFINITIONS[name].bottom} <= set(columns)}
    by_purpose = {"hours_deciding", "hours_helping"}  # columns of zeros, which `needs` keeps out
    assert {DEFINITIONS[name].needs for name in there - by_purpose} == {""}
    assert {name for name in OF_LIVES if not DEFINITIONS[name].needs} == there - by_purpose
    assert queues(made).stages.shape[0] == 1


def columns_of(data: Data) -> set[str]:
    return set(lives(record(Scenario.from_data("less", data), people(8))))


def test_without_crisis_prices_only_the_cost_of_crises_is_absent() -> None:
    data = Scenario.from_data("full", DATA).data
    del data["crisis"]
    assert columns_of(DATA) - columns_of(data) == {"crisis_cost", "cashable_crisis_cost"}


def test_without_any_price_all_money_is_absent_and_nothing_else() -> None:
    data = Scenario.from_data("full", DATA).data
    pathway = data["pathways"]["p"]
    del data["crisis"], pathway["contract"], pathway["one_off"]
    for key in ("fee_gbp", "fee_cashable", "purpose"):
        del pathway["stages"]["grant"][key]
    for team in pathway["teams"].values():
        del team["gbp_per_worked_hour"]
        team.pop("cashable", None)
    gbp = {one.top for one in DEFINITIONS.values() if one.unit == "GBP" and one.per in ("citizen", "share")}
    assert columns_of(DATA) - columns_of(data) == gbp
