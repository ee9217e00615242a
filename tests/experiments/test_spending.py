"""Who pays what, a year and once; how soon it is paid back; and whether a verdict stands where a chat is no help."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest

from sim.experiments.comparison import Comparison
from sim.experiments.experiment import Options, run
from sim.experiments.outputs import ledger_table
from sim.experiments.spending import payback
from sim.scenario.scenario import Scenario
from tests.experiments.worlds import village, without_paid_overtime

LOCAL = "pathways.local.one_off"


def compared(scenario: Scenario) -> Comparison:
    return run(scenario, Options(replications=3, workers=1)).comparison


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    """The village, its crises paid for by the NHS, its services by two different payers."""
    return compared(village(pathways__local__payer="the trust", crisis__cashable=0.1))


def chosen(table: pd.DataFrame, **wanted: object) -> pd.DataFrame:
    for column, value in wanted.items():
        table = table[table[column] == value]
    return table


def value(table: pd.DataFrame, **wanted: object) -> float:
    (found,) = chosen(table, **wanted)["mean"]
    return float(found)


# -- paying back ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("extra", "saving", "least", "most", "said"),
    [
        (100, 50, 40, 80, (2.0, 1.25, 2.5, "pays_back")),
        (100, 50, -10, 80, (2.0, 1.25, math.inf, "may_never_pay_back")),
        (100, -5, -50, 40, (math.inf, 2.5, math.inf, "may_never_pay_back")),
        (100, -5, -9, -1, (math.inf, math.inf, math.inf, "never_pays_back")),
        (100, 0, 0, 0, (math.inf, math.inf, math.inf, "never_pays_back")),
        (0, -5, -9, -1, (0.0, 0.0, 0.0, "nothing_to_pay_back")),
        (-20, 50, 40, 80, (0.0, 0.0, 0.0, "nothing_to_pay_back")),
    ],
)
def test_years_to_pay_back_are_the_sum_over_the_saving_and_never_where_nothing_is_saved(
    extra: float, saving: float, least: float, most: float, said: tuple[float, float, float, str]
) -> None:
    assert tuple(payback(extra, saving, least, most).values()) == said


def cheaper(**values: Any) -> Scenario:
    """The village with local workers at 20 GBP an hour, its set-up 60,000 and its double running 30,000 (half cash)."""
    return village(pathways__local__teams__workers__gbp_per_worked_hour=20, **values)


def test_payback_is_the_extra_cost_paid_once_over_the_yearly_saving() -> None:
    """Posts and contract have no chance in them, and overtime is free: 26 posts x 37 x 42 x 20 GBP x 1.08 for local."""
    found = compared(without_paid_overtime(cheaper()))
    local = 26 * 37 * 42 * 20 * 1.08
    outsourced = (1.2 * 30 + 10 * 50 + 12 * 40) * 37 * 42
    outsourced = (outsourced + 30_000) * 1.05
    row = chosen(found.differences, measure="payback_years").iloc[0]
    assert [row["mean"], row["low"], row["high"]] == pytest.approx([90_000 / (outsourced - local)] * 3)
    assert (row["verdict"], row["basis"], row["against"]) == ("pays_back", "as_specified", "outsourced")
    cash = chosen(found.differences, measure="cashable_payback_years").iloc[0]
    assert cash["mean"] == pytest.approx(75_000 / (outsourced - local))


def test_what_the_first_pathway_pays_once_is_set_against_it() -> None:
    found = compared(cheaper(pathways__outsourced__one_off={"renewal": {"gbp": 100_000}}))
    assert set(chosen(found.differences, measure="payback_years")["verdict"]) == {"nothing_to_pay_back"}


def test_where_nothing_is_saved_it_is_never_paid_back(comparison: Comparison) -> None:
    (row,) = chosen(comparison.differences, measure="payback_years").to_dict("records")
    assert math.isinf(row["mean"]) and row["verdict"] == "never_pays_back"


def test_there_is_no_payback_without_a_cost_paid_once_nor_for_the_same_spend() -> None:
    plain = compared(village(pathways__local__one_off={}))
    assert not plain.differences["measure"].str.contains("payback").any()
    assert not plain.summary["measure"].str.contains("one_off").any()


# -- by payer ---------------------------------------------------------------------------------------------------------


def test_what_payers_bear_adds_up_to_what_a_citizen_costs(comparison: Comparison) -> None:
    table = chosen(comparison.summary, basis="as_specified")
    for pathway in ("outsourced", "local", "no_service"):
        for by, group in (("all", ""), ("group", "older_people"), ("needs", "two")):
            mine = chosen(table, pathway=pathway, by=by, group=group)
            for whole in ("service_cost", "contract_cost", "crisis_cost"):
                parts = chosen(mine, measure=f"{whole}_to_payer")
                assert parts["mean"].sum() == pytest.approx(value(mine, measure=whole))
            for whole, parts_of in (("public_cost", "cost"), ("cashable_cost", "cashable_cost")):
                parts = chosen(mine, measure=f"{parts_of}_to_payer")
                assert set(parts["part"]) == {"council", "the trust", "nhs"}
                assert parts["mean"].sum() == pytest.approx(value(mine, measure=whole))


def test_each_payer_bears_its_own(comparison: Comparison) -> None:
    table = chosen(comparison.summary, basis="as_specified", by="all")
    local = chosen(table, pathway="local")
    assert value(local, measure="cost_to_payer", part="council") == 0
    assert value(local, measure="cost_to_payer", part="nhs") == pytest.approx(value(local, measure="crisis_cost"))
    assert value(local, measure="cashable_cost_to_payer", part="nhs") == pytest.approx(
        0.1 * value(local, measure="crisis_cost")
    )
    trust = value(local, measure="service_cost") + value(local, measure="contract_cost")
    assert value(local, measure="cost_to_payer", part="the trust") == pytest.approx(trust)


def test_what_a_payer_bears_is_differenced_though_it_pays_in_one_pathway_only(comparison: Comparison) -> None:
    found = chosen(comparison.differences, basis="as_specified", measure="cost_to_payer", by="all", pathway="local")
    less = {row["part"]: row for row in chosen(found, against="outsourced").to_dict("records")}
    assert less["council"]["high"] < 0 < less["the trust"]["low"]
    assert set(chosen(found, against="no_service")["part"]) == {"council", "the trust", "nhs"}


def test_a_payer_of_everything_bears_it_all() -> None:
    table = compared(village(crisis__payer="council")).summary
    mine = chosen(table, basis="as_specified", pathway="local", by="all")
    assert value(mine, measure="cost_to_payer", part="council") == pytest.approx(value(mine, measure="public_cost"))
    assert set(chosen(mine, measure="cost_to_payer")["part"]) == {"council"}


# -- the ledger -------------------------------------------------------------------------------------------------------


def test_the_ledger_holds_what_is_paid_once_apart_from_what_is_paid_a_year(comparison: Comparison) -> None:
    table = chosen(ledger_table(comparison), basis="as_specified", pathway="local")
    once = chosen(table, purpose="one_off").set_index("line")
    assert once["gbp_once"].to_dict() == {"set_up": 60_000, "double_running": 30_000}
    assert once["cashable_gbp_once"].to_dict() == {"set_up": 60_000, "double_running": 15_000}
    assert once["receiver"].to_dict() == {"set_up": "local_organisations", "double_running": "contractor"}
    assert set(once["payer"]) == {"the trust"} and not once["gbp_a_year"].any()
    yearly = table[~table["purpose"].isin(["one_off", "crisis"])]
    assert not yearly["gbp_once"].any()
    mine = chosen(comparison.summary, basis="as_specified", pathway="local")
    assert yearly["gbp_a_year"].sum() == pytest.approx(value(mine, measure="spend_a_year"), abs=0.005)
    assert yearly["cashable_gbp_a_year"].sum() == pytest.approx(value(mine, measure="cashable_spend_a_year"), abs=0.005)
    assert value(mine, measure="one_off_cost") == 90_000
    assert value(mine, measure="cashable_one_off_cost") == 75_000
    assert value(mine, measure="one_off_cost_per_household") == 20  # 4,500 households


def test_what_is_paid_once_moves_no_other_cost(comparison: Comparison) -> None:
    dearer = compared(
        village(pathways__local__payer="the trust", crisis__cashable=0.1, pathways__local__one_off__set_up__gbp=9e6)
    )
    keys = ["basis", "pathway", "measure", "by", "group", "part"]
    before, after = (one.summary.set_index(keys)["mean"] for one in (comparison, dearer))
    moved = before.index[(before != after) & before.notna()]
    assert {key[2] for key in moved} == {"one_off_cost", "cashable_one_off_cost", "one_off_cost_per_household"}


# -- strictly ---------------------------------------------------------------------------------------------------------


def chatty(*, hours_of_chat: float) -> Scenario:
    """Nobody waits anywhere. `slow` helps 20 days later with 10 hours; `chat` at once, with one of four needs."""
    staff = {"staff": {"posts": "unlimited"}}
    support = {"team": "staff", "purpose": "helping", "hours": 10, "help": {"fits": 0.5}}
    chat = {"team": "staff", "purpose": "helping", "hours": hours_of_chat, "help": {"fits": 0.9, "eases_levels": 0}}
    pause = {"delay_days": {"fixed": 20}, "next": {"support": "rest"}}
    stages = {"pause": pause, "support": support}
    return Scenario.from_data(
        "chatty",
        {
            "title": "A chat or help", "compare": ["slow", "chat"], "arrivals": {"per_week": 40},
            "run": {"weeks": {"warm_up": 1, "cohort": 4, "follow_up": 10}, "precision": {"days_to_help": 1},
                    "matters": {"days_to_help": 2}},
            "groups": {"all": {"level_at_arrival": {"moderate": 1.0}, "number_of_needs": {"four": 1.0}}},
            "pathways": {
                "slow": {"starts_at": "pause", "teams": staff, "stages": stages},
                "chat": {"starts_at": "chat", "teams": staff, "stages": {"chat": chat}},
            },
        },
    )  # fmt: skip


def verdicts(result: Comparison) -> tuple[str, str, str]:
    """The verdict on days to help, that on the strict count, and whether the first stands."""
    table = chosen(result.differences, against="slow", by="all", part="").to_dict("records")
    rows = {str(row["measure"]): row for row in table}
    plain, strict = rows["days_to_help"], rows["days_to_help_strict"]
    assert plain["headline"] and not strict["headline"] and plain["matters"] == strict["matters"] == 2
    return str(plain["verdict"]), str(strict["verdict"]), str(plain["strict"])


def test_a_verdict_that_rests_on_a_chat_does_not_stand() -> None:
    said = verdicts(compared(chatty(hours_of_chat=0.5)))
    assert said == ("sooner_or_less", "later_or_more", "does not stand: later_or_more")


def test_a_verdict_stands_where_no_help_is_short() -> None:
    assert verdicts(compared(chatty(hours_of_chat=1))) == ("sooner_or_less", "sooner_or_less", "stands")


def test_only_the_verdict_on_days_to_help_is_asked_whether_it_stands(comparison: Comparison) -> None:
    """In the village nothing is steady in so short a time: there is no verdict that could stand."""
    assert not comparison.differences["strict"].fillna("").any()
    said = compared(chatty(hours_of_chat=1)).differences
    said = said[said["strict"].fillna("") != ""]
    assert set(said["measure"]) == {"days_to_help"} and set(said["against"]) == {"slow"}
