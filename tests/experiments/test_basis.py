"""Equal spend: one factor, a closed form without fees, a pilot with them."""

from __future__ import annotations

import pytest

from sim.errors import ScenarioError
from sim.experiments.arms import plan
from sim.experiments.basis import equal_spend, scaled
from sim.experiments.estimates import Key
from sim.experiments.experiment import Options, run
from sim.experiments.outputs import ledger_table
from sim.measures.money import yearly_spend
from sim.scenario.scenario import Scenario
from tests.experiments.worlds import village


def small() -> Scenario:
    """Two pathways whose money can be worked by hand.

    first: 10 posts x 40 h x 50 weeks x 50 GBP = 1,000,000; a fixed line of 100,000; margin 10% of 1,100,000 = 110,000:
    1,210,000 in all. second: 5 posts = 500,000, coordination 10% of staff: 550,000.
    """
    team = {"posts": 10, "hours_per_week": 40, "weeks_per_year": 50, "gbp_per_worked_hour": 50}
    stage = {"team": "team", "purpose": "helping", "hours": 2.0}
    return Scenario.from_data(
        "small",
        {
            "title": "Small",
            "price_year": "2024-25",
            "compare": ["first", "second"],
            "bases": ["as_specified", "equal_spend"],
            "run": {"weeks": {"warm_up": 2, "cohort": 4, "follow_up": 4}},
            "arrivals": {"per_week": 30},
            "groups": {"all": {"level_at_arrival": {"low": 1.0}}},
            "pathways": {
                "first": {
                    "starts_at": "help", "teams": {"team": team}, "stages": {"help": stage},
                    "contract": {"office": {"gbp_a_year": 100_000}, "margin": {"share_of_all": 0.1}},
                },
                "second": {
                    "starts_at": "help", "teams": {"team": team | {"posts": 5}}, "stages": {"help": stage},
                    "contract": {"coordination": {"share_of_staff": 0.1}},
                },
            },
        },
    )  # fmt: skip


def test_yearly_spend_worked_by_hand() -> None:
    scenario = small()
    assert yearly_spend(scenario.pathways["first"]) == pytest.approx(1_210_000)
    assert yearly_spend(scenario.pathways["second"]) == pytest.approx(550_000)


def test_without_fees_the_factor_has_a_closed_form() -> None:
    """1,210,000 / 550,000 = 2.2: 11 posts."""
    solved, (found,) = equal_spend(small())
    assert found.factor == pytest.approx(2.2)
    assert solved.pathways["second"].teams["team"].posts == 11.0
    assert found.residual == pytest.approx(0, abs=1e-9)


def test_the_first_pathway_is_left_as_it_is() -> None:
    scenario = small()
    solved, _ = equal_spend(scenario)
    assert solved.pathways["first"] == scenario.pathways["first"]


def test_with_fees_the_pilot_brings_the_spend_within_half_a_per_cent() -> None:
    data = small().data
    data["pathways"]["second"]["teams"]["team"]["posts"] = 0.05
    data["pathways"]["second"]["stages"]["help"]["next"] = {"bought": "rest"}
    data["pathways"]["second"]["stages"]["bought"] = {"delay_days": 3.0, "purpose": "helping", "fee_gbp": 400}
    solved, (found,) = equal_spend(Scenario.from_data("small", data))
    assert abs(found.residual) < 0.005
    assert found.factor > 10
    assert found.spend_gbp_a_year == pytest.approx(1_210_000, rel=0.005)
    assert solved.pathways["second"].teams["team"].posts == pytest.approx(0.05 * found.factor, abs=1e-4)


def test_where_fees_hang_on_how_many_are_seen_the_spend_is_still_made_equal() -> None:
    """Each post sees 38.5 / 8 = 4.8 a week, who cost 400 each: 4 posts spend 800,000, and 5 the 998,800 of the first.

    Taking fees as they were and solving for staff goes to and fro between 6 posts and 4.
    """
    data = small().data
    data["pathways"]["first"]["teams"]["team"]["posts"] = 8.08
    second = data["pathways"]["second"]
    second["contract"] = {}
    second["teams"]["team"]["posts"] = 4
    second["stages"]["help"] |= {"hours": 8.0, "next": {"bought": "rest"}}
    second["stages"]["bought"] = {"delay_days": 3.0, "purpose": "helping", "fee_gbp": 400}
    data["run"]["weeks"] = {"warm_up": 52, "cohort": 52, "follow_up": 4}
    _, (found,) = equal_spend(Scenario.from_data("small", data))
    assert abs(found.residual) < 0.005
    a_post = 100_000 + 40 * 50 / 8 * 400
    assert found.factor == pytest.approx((808_000 + 100_000) * 1.1 / (4 * a_post), rel=0.02)


def bought(price: float = 0.0) -> Scenario:
    """The first pathway bought outright: a fee of 300 at its help and 20 at a form before it, and no one paid."""
    data = small().data
    first = data["pathways"]["first"]
    first["teams"]["team"]["gbp_per_worked_hour"] = price
    first["stages"]["help"]["fee_gbp"] = 300
    first["stages"]["form"] = {"delay_days": 1, "purpose": "deciding", "fee_gbp": 20, "next": {"help": "rest"}}
    first["starts_at"] = "form"
    return Scenario.from_data("small", data)


def test_a_pathway_bought_outright_sets_what_the_others_may_spend() -> None:
    """30 citizens a week pay 320 each: 499,200 a year, and 100,000 of contract, and the margin on both."""
    solved, (found,) = equal_spend(bought())
    assert found.target_gbp_a_year == pytest.approx((30 * 52 * 320 + 100_000) * 1.1, rel=0.1)
    assert found.residual == pytest.approx(0, abs=1e-4)  # posts have four decimals
    assert yearly_spend(solved.pathways["second"]) == pytest.approx(found.target_gbp_a_year, rel=1e-4)
    assert solved.pathways["first"] == bought().pathways["first"]


def test_work_is_bought_or_staffed_and_never_both() -> None:
    with pytest.raises(ScenarioError, match=r"stages.help.fee_gbp.*paid already.*counted twice"):
        bought(price=50)


def test_what_is_bought_is_paid_by_the_visit_and_borne_by_who_is_seen() -> None:
    result = run(bought(), Options(replications=2, workers=1)).comparison
    ledger = ledger_table(result)
    first = ledger[(ledger["basis"] == "as_specified") & (ledger["pathway"] == "first")].set_index("line")
    assert set(first.index) == {"form", "help", "office", "margin"}
    assert first["purpose"].to_dict() == {"form": "deciding", "help": "helping", "office": "contract",
                                          "margin": "contract"}  # fmt: skip
    deciding, helping, hours = (
        result.estimates[0][Key(name)].point for name in ("cost_deciding", "cost_helping", "hours_helping")
    )
    assert deciding == pytest.approx(20, rel=1e-9) and 0 < helping <= 300 and hours > 0


def test_overtime_is_part_of_the_spend_that_is_made_equal() -> None:
    """The second pathway's team closes after two hours: what it begins and ends late is paid, and posts make room."""
    data = small().data
    data["pathways"]["second"]["teams"]["team"] |= {
        "hours_per_week": 14, "open": {"mon-sun": "09:00-11:00"}, "finish": "same day", "gbp_per_overtime_hour": 500,
    }  # fmt: skip
    solved, (found,) = equal_spend(Scenario.from_data("small", data))
    assert abs(found.residual) < 0.005
    without = yearly_spend(solved.pathways["second"])
    assert without < 0.99 * found.spend_gbp_a_year == pytest.approx(0.99 * 1_210_000, rel=0.005)


def test_fixed_costs_over_the_target_are_refused() -> None:
    data = small().data
    data["pathways"]["second"]["contract"]["palace"] = {"gbp_a_year": 2_000_000}
    with pytest.raises(
        ScenarioError, match=r"bases.*`second` spends 2,000,000 GBP a year without any staff already.*1,210,000"
    ):
        equal_spend(Scenario.from_data("small", data))


def test_a_team_without_pay_is_not_scaled() -> None:
    data = small().data
    data["pathways"]["second"]["teams"]["volunteers"] = {"posts": 3}
    data["pathways"]["second"]["stages"]["help"]["next"] = {"chat": "rest"}
    data["pathways"]["second"]["stages"]["chat"] = {"team": "volunteers", "purpose": "helping", "hours": 1.0}
    teams = scaled(Scenario.from_data("small", data), "second", 2.0).pathways["second"].teams
    assert (teams["team"].posts, teams["volunteers"].posts) == (10.0, 3.0)


def test_arms_that_two_bases_share_are_run_once() -> None:
    agreed = plan(village())
    assert [arm.name for arm in agreed.arms] == ["outsourced", "local", "no_service", "local"]
    assert [footing.arms for footing in agreed.footings] == [(0, 1, 2), (0, 3, 2)]


def test_what_is_paid_a_year_is_equal_on_equal_spend() -> None:
    result = run(village(), Options(replications=2, workers=1)).comparison
    outsourced, scaled_local = result.estimates[0], result.estimates[3]
    assert scaled_local[Key("spend_a_year")].point == pytest.approx(outsourced[Key("spend_a_year")].point, rel=1e-4)


@pytest.mark.parametrize("fee", [0, 100])
def test_a_first_pathway_that_spends_nothing_sets_no_spend(fee: float) -> None:
    data = small().data
    del data["pathways"]["first"]["teams"]["team"]["gbp_per_worked_hour"], data["pathways"]["first"]["contract"]
    second = data["pathways"]["second"]["stages"]
    second["help"]["next"] = {"bought": "rest"}
    second["bought"] = {"delay_days": 1} | ({"fee_gbp": fee, "purpose": "helping"} if fee else {})
    with pytest.raises(ScenarioError, match="`first` spends nothing"):
        equal_spend(Scenario.from_data("small", data))
