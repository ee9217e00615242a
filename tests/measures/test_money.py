"""Money: every pound has a payer and a receiver, and what citizens bear is what was paid."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sim.engine.tables import Visits
from sim.measures.lives import Columns, lives
from sim.measures.money import Account, Borne, Entry, account, contract_lines, one_off_entries, payers, yearly_spend
from sim.measures.record import Record
from sim.scenario.scenario import Scenario

from ..engine.worlds import people
from .runs import COSTS, PATHWAYS, ran, village
from .small_town import CITIZENS, DATA, TOWN, small_town
from .written import record, visit, visits

PENNY = 0.005


def repriced(data: dict[str, Any], factor: float) -> dict[str, Any]:
    """The data of a scenario with every sum of money times `factor`; shares stay."""
    made: dict[str, Any] = {}
    for key, value in data.items():
        if "cashable" in key and not factor:
            continue  # no part of nothing
        if key.startswith(("gbp_per_", "gbp_a_year", "fee_gbp")) and key != "gbp_per_day_in_need":
            made[key] = (value["value"] if isinstance(value, dict) else value) * factor
        else:
            made[key] = repriced(value, factor) if isinstance(value, dict) else value
    return {**made, "bases": ["as_specified"]} if "bases" in made else made


def town(factor: float = 0.0, **prices: float) -> Scenario:
    """The small town with every price times `factor`, without shares of anything, then some paths set."""
    data = repriced({**DATA}, factor)
    pathway = data["pathways"]["p"]
    pathway["contract"] = {"bidding": pathway["contract"]["bidding"]}
    return Scenario.from_data("town", data).with_values(prices)


def costs(scenario: Scenario) -> Columns:
    made = small_town()
    return lives(Record(scenario, "p", made.citizens, made.tables))


# -- the ledger worked by hand ----------------------------------------------------------------------------------------

LEDGER = {
    # the desk's 14 hours were all deciding, the workers' 24.4 all helping
    ("desk", "deciding", "council", "charity"): 21_350,
    ("workers", "helping", "council", "charity"): 85_400,
    ("grant", "running", "council", "charity"): 100,
    ("bidding", "contract", "council", "lawyers"): 4_270,  # 3,640 a year for 427 of 364 days
    ("overhead", "contract", "council", "charity"): 10_675,  # 0.1 x 106,750
    ("premises", "contract", "council", "landlord"): 24_359,  # 0.2 x (106,750 + 100 + 4,270 + 10,675)
    ("margin", "contract", "council", "owners"): 7_307.7,  # 0.05 x (121,795 + 24,359), though it stands first
    # entries: 2 on day 100, 4 on day 12; days: 2 has 10, 4 has 21
    ("crisis entries", "crisis", "nhs", "hospitals"): 1_400,
    ("days in crisis", "crisis", "nhs", "hospitals"): 1_240,
}


def test_the_ledger_is_as_worked_by_hand() -> None:
    ledger = account(small_town()).ledger
    found = {(entry.line, entry.purpose, entry.payer, entry.receiver): entry.gbp for entry in ledger}
    assert found == pytest.approx(LEDGER, rel=1e-12)
    assert len(found) == len(ledger)


CASHABLE = {
    "desk": 10_675,  # half of it
    "workers": 85_400,
    "grant": 20,  # a fifth
    "bidding": 4_270,
    "overhead": 0,  # none
    "premises": 9_743.6,  # 0.4 x 24,359
    "margin": 7_307.7,
    "crisis entries": 140,  # a tenth
    "days in crisis": 124,
}


def test_what_is_cashable_of_each_line_is_as_worked_by_hand() -> None:
    assert {entry.line: entry.cashable_gbp for entry in account(small_town()).ledger} == pytest.approx(CASHABLE)


def test_what_is_paid_once_stands_apart_from_the_account_and_has_payer_and_receiver() -> None:
    once = [Entry("set_up", "one_off", "council", "builders", 120_000, 30_000),
            Entry("exit", "one_off", "council", "charity", 5_000, 5_000)]  # fmt: skip
    assert list(one_off_entries(TOWN.pathways["p"])) == once
    assert not {"set_up", "exit"} & {entry.line for entry in account(small_town()).ledger}
    without = {
        **DATA,
        "pathways": {"p": {key: value for key, value in DATA["pathways"]["p"].items() if key != "one_off"}},
    }
    same = Record(Scenario.from_data("town", without), "p", CITIZENS, small_town().tables)
    assert account(same).ledger == account(small_town()).ledger
    assert lives(same)["public_cost"].tolist() == lives(small_town())["public_cost"].tolist()


def test_payers_are_named_once() -> None:
    assert payers(TOWN) == ("council", "nhs")
    assert payers(TOWN.with_values({"crisis.payer": "council"})) == ("council",)


def test_contract_lines_keep_the_order_of_the_file() -> None:
    lines = contract_lines(TOWN.pathways["p"], 106_750, 100, 427 / 364)
    assert [line.line for line in lines] == ["margin", "premises", "overhead", "bidding"]


def test_spend_a_year_is_staff_fees_and_contract() -> None:
    """Staff 91,000; overhead 9,100; bidding 3,640; premises 0.2 x 103,840 = 20,768; margin 0.05 x 124,608."""
    assert yearly_spend(TOWN.pathways["p"], fees_a_year=100) == pytest.approx(124_608 + 6_230.4)
    assert yearly_spend(TOWN.pathways["p"], factor=0.0) == pytest.approx(3_640 * 1.2 * 1.05)


def test_money_out_is_money_in() -> None:
    """Over all payers and receivers the sums agree, and nobody pays or is paid without a name."""
    balance: dict[str, float] = defaultdict(float)
    for entry in account(small_town()).ledger:
        assert entry.payer and entry.receiver and entry.line and entry.gbp >= 0
        balance[entry.payer] -= entry.gbp
        balance[entry.receiver] += entry.gbp
    assert sum(balance.values()) == pytest.approx(0, abs=PENNY)
    assert balance["council"] == pytest.approx(-153_461.7)
    assert balance["nhs"] == -2_640


# -- what citizens bear is what was paid ------------------------------------------------------------------------------


def worked(visits: Visits, row: int, low: float, high: float) -> float:
    """Staff hours of one visit between two days, by the wording: evenly from started to due, until ended."""
    started, due, ended = (float(column[row]) for column in (visits.started, visits.due, visits.ended))
    if np.isnan(started):
        return 0.0
    stop = due if np.isnan(ended) else min(due, ended)
    if due == started:
        return float(visits.staff_hours[row]) if low <= started < high else 0.0
    return max(0.0, min(stop, high) - max(started, low)) / (due - started) * float(visits.staff_hours[row])


def borne(made: Record, money: Account) -> float:
    """What everyone bears in the window, cohort or not, visit by visit and crisis by crisis [GBP]."""
    service = served(made, money.whole)
    return service + contracted(made, service, money.whole) + crises(made)


def cashable(made: Record, money: Account) -> float:
    """The part of it that is cashable [GBP]."""
    crisis = made.scenario.crisis
    contract = contracted(made, served(made, money.whole), money.cashable)
    return served(made, money.cashable) + contract + crises(made) * (crisis.cashable if crisis else 0)


def arriving(made: Record) -> int:
    """How many arrive in the window."""
    return sum(day >= made.scenario.run.weeks.cohort_from for day in made.citizens.arrival)


def served(made: Record, money: Borne) -> float:
    """What everyone bears of the service in the window [GBP]."""
    weeks, table = made.scenario.run.weeks, made.visits
    low, high = weeks.cohort_from, weeks.horizon
    service = arriving(made) * money.idle
    for row in range(len(table)):
        service += worked(table, row, low, high) * money.rate[row]
        service += money.fee[row] if low <= table.started[row] < high else 0.0
    return float(service)


def contracted(made: Record, service: float, money: Borne) -> float:
    """What everyone bears of the contract, added to so much of service [GBP]."""
    return service * money.contract_factor + arriving(made) * money.contract_each


def crises(made: Record) -> float:
    """What crises cost in the window, life by life [GBP]."""
    weeks, price = made.scenario.run.weeks, made.scenario.crisis
    low, high = weeks.cohort_from, weeks.horizon
    if price is None:
        return 0.0
    total, since = 0.0, {}
    for citizen, (day, level) in enumerate(zip(made.citizens.arrival, made.citizens.level, strict=True)):
        if level == 4:
            since[citizen] = day
            total += price.gbp_per_entry * (low <= day < high)
    for citizen, day, old, new in zip(*made.changes[:4], strict=True):
        if new == 4:
            since[citizen] = day
            total += price.gbp_per_entry * (low <= day < high)
        elif old == 4:
            total += price.gbp_per_day * max(0.0, min(day, high) - max(since.pop(citizen), low))
    return float(total + sum(price.gbp_per_day * max(0.0, high - max(day, low)) for day in since.values()))


def paid(money: Account) -> float:
    return sum(entry.gbp for entry in money.ledger)


def paid_in_cash(money: Account) -> float:
    return sum(entry.cashable_gbp for entry in money.ledger)


def test_the_small_town_bears_what_is_paid() -> None:
    money = account(small_town())
    assert borne(small_town(), money) == pytest.approx(paid(money), abs=PENNY)
    assert cashable(small_town(), money) == pytest.approx(paid_in_cash(money), abs=PENNY)
    assert 0.1 * paid(money) < paid_in_cash(money) < 0.9 * paid(money)


@pytest.mark.parametrize("pathway", PATHWAYS)
def test_the_village_bears_what_is_paid_to_the_penny(pathway: str | None) -> None:
    made = ran(pathway)
    money = account(made)
    assert paid(money) > 10_000
    assert borne(made, money) == pytest.approx(paid(money), abs=PENNY)
    assert cashable(made, money) == pytest.approx(paid_in_cash(money), abs=PENNY)


def test_the_check_finds_a_rate_a_millionth_too_high() -> None:
    made = ran("outsourced")
    money = account(made)
    wrong = replace(money, whole=replace(money.whole, rate=money.whole.rate * (1 + 1e-6)))
    assert borne(made, wrong) != pytest.approx(paid(money), abs=PENNY)


def test_lives_bear_the_whole_ledger_if_all_fall_in_the_cohort_and_end_in_time() -> None:
    """Everyone in the small town's cohort, all over well before the end: lives and ledger are the same money."""
    days = (8.0, 9.0, 13.0)
    rows = [visit(at, 0, day, day + 1, due=day + 3, hours=2) for at, day in enumerate(days)]
    rows.insert(1, visit(0, 3, 20, 20, due=30))
    made = record(TOWN, people(*days), visits(*rows))
    money = account(made)
    assert money.whole.idle == pytest.approx(85_400 / 3)  # nobody went to the workers
    assert money.whole.contract_each == 0
    assert lives(made, money)["public_cost"].sum() == pytest.approx(paid(money), abs=PENNY)
    assert lives(made, money)["cashable_cost"].sum() == pytest.approx(paid_in_cash(money), abs=PENNY)


# -- overtime ---------------------------------------------------------------------------------------------------------


def late_town(**team: object) -> Scenario:
    """The small town with a desk open on Sunday evenings from 20:00 to 23:00 that brings to its end what it began."""
    desk = {"posts": 1, "hours_per_week": 3, "gbp_per_worked_hour": 10, "open": {"sun": "20:00-23:00"}}
    data = {**DATA, "bases": ["as_specified"]}
    pathway = {**DATA["pathways"]["p"], "contract": {"overhead": {"share_of_staff": 0.1}}, "one_off": {}}
    pathway["teams"] = {**pathway["teams"], "desk": {**desk, "finish": "same day", **team}}
    return Scenario.from_data("late", {**data, "pathways": {"p": pathway}})


def hour(day: int, clock: float) -> float:
    return day + clock / 24


LATE = visits(
    # into the window, which begins on Monday, day 7, at 00:00: from 23:00 to 02:00, two hours of it inside
    visit(0, 0, 6, hour(6, 22), due=hour(7, 2), hours=4),
    visit(1, 0, 7, hour(13, 21), due=hour(13, 22), hours=1),  # done before closing
    visit(2, 0, 8, hour(13, 22), due=hour(13, 23.5), hours=1.5),  # half an hour
    # out of it, which ends on day 434: an hour inside, on Sunday, day 433
    visit(4, 0, 400, hour(433, 22), due=hour(434, 3), hours=5, ended=None, outcome="open"),
)


@pytest.mark.parametrize(("team", "rate"), [({"gbp_per_overtime_hour": 15}, 15), ({}, 10)])
def test_overtime_in_the_window_is_paid_beside_the_hours_of_the_posts(team: dict[str, object], rate: float) -> None:
    """Desk: 3 h x 52 weeks x GBP 10 = 1,560 a year for 427 of 364 days; 2 + 0.5 + 1 hours of overtime."""
    made = record(late_town(**team), CITIZENS, LATE)
    money = account(made)
    desk = 1_560 * 427 / 364 + 3.5 * rate
    entries = {entry.line: entry.gbp for entry in money.ledger}
    assert entries["desk"] == pytest.approx(desk)
    assert entries["overhead"] == pytest.approx(0.1 * (desk + 85_400))
    assert borne(made, money) == pytest.approx(paid(money), abs=PENNY)


def test_work_that_waits_for_the_next_day_costs_no_overtime() -> None:
    money = account(record(late_town(finish="next day"), CITIZENS, LATE))
    assert {entry.line: entry.gbp for entry in money.ledger}["desk"] == pytest.approx(1_560 * 427 / 364)


# -- a team that serves nobody, a contract without a service ----------------------------------------------------------


def test_the_pay_of_a_team_that_served_nobody_is_running_and_falls_on_all_who_arrive() -> None:
    made = record(TOWN, CITIZENS)
    money = account(made)
    entries = {entry.line: (entry.purpose, entry.gbp) for entry in money.ledger}
    assert entries["desk"] == ("running", 21_350) and entries["workers"] == ("running", 85_400)
    assert money.whole.idle == pytest.approx(106_750 / 6)  # citizen 0 arrived before the window
    columns = lives(made, money)
    assert columns["cost_running"] == pytest.approx([106_750 / 6] * 5)
    assert columns["service_cost"] == pytest.approx(columns["cost_running"])
    assert columns["cashable_service_cost"] == pytest.approx([(10_675 + 85_400) / 6] * 5)
    assert columns["contract_cost"] == pytest.approx([(4_270 + 10_675 + 24_339 + 7_301.7) / 6] * 5)


def test_who_is_followed_for_a_part_of_the_time_bears_that_part_of_what_no_visit_can_bear() -> None:
    """Nobody works and a crisis costs nothing, so that this is all there is."""
    calm = Scenario.from_data("calm", {name: value for name, value in TOWN.data.items() if name != "crisis"})
    columns = lives(record(calm, CITIZENS))
    part = 364 / calm.run.weeks.follow_up_days
    assert part < 1
    assert columns["public_cost"].all()
    assert columns["public_cost_within_364_days"] == pytest.approx(part * columns["public_cost"])


def test_a_contract_without_any_other_cost_is_contract_cost_shared_evenly() -> None:
    columns = costs(town(**{"pathways.p.contract.bidding.gbp_a_year": 3_640.0}))
    assert columns["contract_cost"] == pytest.approx([4_270 / 6] * 5)
    assert not columns["service_cost"].any()
    assert columns["public_cost"] == pytest.approx(columns["contract_cost"])


# -- prices -----------------------------------------------------------------------------------------------------------


def test_all_prices_0_give_cost_0() -> None:
    free = ran("outsourced", repriced(village().data, 0.0))
    columns = lives(free)
    assert not any(columns[name].any() for name in COSTS)
    assert paid(account(free)) == 0
    assert all(lives(ran("outsourced"))[name].any() for name in COSTS)


@pytest.mark.parametrize("pathway", PATHWAYS)
def test_doubled_prices_double_every_cost_and_nothing_else(pathway: str | None) -> None:
    once, twice = lives(ran(pathway)), lives(ran(pathway, repriced(village().data, 2.0)))
    assert set(once) == set(twice)
    for name, column in once.items():
        assert np.array_equal(twice[name], 2 * column if name in COSTS else column), name


def test_a_price_of_1_on_a_team_gives_its_paid_hours() -> None:
    priced = town(**{"pathways.p.teams.desk.gbp_per_worked_hour": 1.0})
    made = Record(priced, "p", CITIZENS, small_town().tables)
    entries = {entry.line: entry.gbp for entry in account(made).ledger if entry.gbp}
    assert entries == pytest.approx({"desk": 1 * 35 * 52 * 427 / 364})
    assert costs(priced)["public_cost"] == pytest.approx(costs(priced)["hours_deciding"] * 2_135 / 14)


COUNTED = {
    "pathways.p.stages.grant.fee_gbp": [0, 0, 0, 1, 0],
    "crisis.gbp_per_entry": [0, 1, 0, 1, 0],
    "crisis.gbp_per_day": [0, 10, 0, 21, 0],
}


@pytest.mark.parametrize("path", COUNTED)
def test_one_price_of_1_and_all_others_0_gives_the_count(path: str) -> None:
    assert costs(town(**{path: 1.0}))["public_cost"].tolist() == COUNTED[path]


def test_without_service_only_crises_are_paid_for() -> None:
    money = account(Record(TOWN, None, CITIZENS, record(TOWN, CITIZENS, moved=small_town().changes).tables))
    assert {entry.purpose for entry in money.ledger} == {"crisis"}
    assert paid(money) == 2_640
