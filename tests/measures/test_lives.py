"""The table of lives against figures worked by hand: every column of five citizens."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.measures.lives import lives
from sim.measures.record import Record

from .small_town import ASK, CHANGES, CITIZENS, TOWN, small_town
from .written import changes, record, visit, visits

FACTOR = 46_611.7 / 106_850
"""Contract 4,270 + 10,675 + 24,359 + 7,307.70 (worked in test_money) over staff 106,750 and fees 100."""

NEVER = np.inf

# One figure a citizen: 1, 2, 3, 4, 5.
NEED = {
    "days_to_help": [24, 300, 90, 420, 420],  # 31 - 7; leaves 308 - 8; recovers 100 - 10; never, never
    "days_in_need": [200, 300, 90, 420, 420],
    "days_in_crisis": [0, 10, 0, 21, 0],
    "crises": [0, 1, 0, 1, 0],  # the need of 4 arose there
    "days_before_asking": [10, 0, 90, 0, 0],  # 3 never asked: to recovery
    "asked": [1, 1, 0, 1, 1],
    "right_helped": [1, 0, 0, 0, 0],
    "days_to_right_help": [24, 0, 0, 0, 0],
    "never_helped": [0, 1, 1, 0, 0],
}
REACHED = {
    "helped": [24, NEVER, NEVER, 390, 9],
    "right_help": [24, NEVER, NEVER, NEVER, NEVER],
    "recovered": [200, NEVER, 90, NEVER, NEVER],  # 3 on day 90 exactly: by day 90
    "gave_up": [NEVER, NEVER, NEVER, 8, NEVER],
    "left": [NEVER, 300, NEVER, NEVER, NEVER],
}
AT_THE_END = {
    "state_resolved": [0, 0, 0, 0, 0],
    "state_recovered": [1, 0, 1, 0, 0],
    "state_in_help": [0, 0, 0, 1, 0],
    "state_waiting_or_deciding": [0, 0, 0, 0, 0],
    "state_away_in_need": [0, 0, 0, 0, 1],  # comes back at high
    "state_left_in_need": [0, 0, 0, 0, 0],
    "state_died_or_moved": [0, 1, 0, 0, 0],
    "owed_in_need": [0, 0, 0, 1, 1],
    "owed_in_help": [0, 0, 0, 1, 0],
    "owed_hours": [0, 0, 0, 6, 0],  # 30 of the 60 days of 12 hours
}
FATE = {  # 1 had right help on day 24, and recovered only afterwards
    "fate_right_help_by_28_days": [1, 0, 0, 0, 0],
    "fate_right_help_later": [0, 0, 0, 0, 0],
    "fate_recovered": [0, 0, 1, 0, 0],
    "fate_left": [0, 1, 0, 0, 0],
    "fate_never": [0, 0, 0, 1, 1],  # 4 is in help, of which nobody knows yet whether it fits; that of 5 did not
}
CONTACTS = {
    "contacts": [3, 2, 0, 2, 2],  # the delays and the visit given up are none
    "assessments": [2, 2, 0, 1, 1],
    "handoffs": [1, 0, 0, 1, 1],  # desk to workers; coming back is none
    "gave_up": [0, 0, 0, 1, 0],
    "refusals": [1, 2, 0, 0, 0],
    "refused_level": [1, 1, 0, 0, 0],
    "refused_needs": [0, 0, 0, 0, 0],
    "refused_criteria": [0, 1, 0, 0, 0],
    "approaches": [2, 2, 0, 2, 1],
    "failure_approaches": [1, 1, 0, 1, 0],
    "approaches_ended": [2, 2, 0, 1, 1],  # the second of 4 goes on
    "approaches_ended_unhelped": [1, 2, 0, 1, 0],
    "left_with_need": [1, 1, 0, 1, 1],  # the first ended by 364 days before the end, need open
    "returned_within_364_days": [1, 1, 0, 1, 0],
}
HOURS = {
    "hours_deciding": [5, 5, 0, 1, 1],
    "hours_helping": [10, 0, 0, 6, 8],
    "hours_running": [0, 0, 0, 0, 0],
    "citizen_hours": [15, 5, 0, 7, 9],
}
SERVICE = [42_625, 7_625, 0, 22_625, 29_525]
CRISIS = [0, 1100, 0, 1540, 0]
CASH = [5 * 762.5 + 35_000, 5 * 762.5, 0, 762.5 + 21_000 + 20, 762.5 + 28_000]  # half of the desk, a fifth of the fee
CASH_FACTOR = (7_307.7 + 0.4 * 24_359 + 0 * 10_675 + 4_270) / 106_850
MONEY = {
    "cost_deciding": [7_625, 7_625, 0, 1_525, 1_525],  # hours x 1,525
    "cost_helping": [35_000, 0, 0, 21_000, 28_000],  # hours x 3,500
    "cost_running": [0, 0, 0, 100, 0],  # the fee
    "service_cost": SERVICE,
    "contract_cost": [cost * FACTOR for cost in SERVICE],
    "crisis_cost": [0, 700 + 10 * 40, 0, 700 + 21 * 40, 0],
    "public_cost": [cost * (1 + FACTOR) + crisis for cost, crisis in zip(SERVICE, CRISIS, strict=True)],
    "cashable_service_cost": CASH,
    "cashable_contract_cost": [cost * CASH_FACTOR for cost in SERVICE],
    "cashable_crisis_cost": [0, 110, 0, 154, 0],  # a tenth
    "cashable_cost": [
        cash + cost * CASH_FACTOR + crisis / 10 for cash, cost, crisis in zip(CASH, SERVICE, CRISIS, strict=True)
    ],
    "refusing_rightly": [1_525 * (1 + FACTOR), 0, 0, 0, 0],
    "refusing_wrongly": [0, 7_625 * (1 + FACTOR), 0, 0, 0],
    "refusing": [1_525 * (1 + FACTOR), 7_625 * (1 + FACTOR), 0, 0, 0],
}


def at(day: float) -> float:
    """What a pound so many days after the need arose counts for."""
    return float(1.035 ** (-day / 365.25))


def over(begin: float, end: float) -> float:
    """Days from one day to another, each counting by its day: the integral of 1.035^(-t / 365.25)."""
    return (at(begin) - at(end)) * 365.25 / math.log(1.035)


DISCOUNTED_SERVICE = [
    # 1: 4 hours over days 12 to 14 since the need arose, 10 over days 24 to 44, 1 on day 144
    1_525 * (4 / 2 * over(12, 14) + over(144, 145)) + 3_500 * 10 / 20 * over(24, 44),
    1_525 * (2 * over(1, 2) + 3 / 2 * over(54, 56)),  # 2
    0,
    # 4: the fee on day 30; of 12 hours over 60 days from day 390 on, those within follow-up
    1_525 * over(29, 30) + 100 * at(30) + 3_500 * 12 / 60 * over(390, 420),
    1_525 * over(0, 1) + 3_500 * 8 / 21 * over(9, 30),  # 5
]
DISCOUNTED_CRISIS = [0, 700 * at(92) + 40 * over(92, 102), 0, 700 + 40 * over(0, 21), 0]
DISCOUNTED = {
    "public_cost_discounted": [
        cost * (1 + FACTOR) + crisis for cost, crisis in zip(DISCOUNTED_SERVICE, DISCOUNTED_CRISIS, strict=True)
    ]
}
STRICT = {"days_to_help_strict": "days_to_help", "right_helped_strict": "right_helped"}
STRICT |= {"never_helped_strict": "never_helped"}
FIRST_YEAR = {  # the help of 4 begins after it
    "days_to_help_within_364_days": [24, 300, 90, 364, 364],
    "days_in_need_within_364_days": [200, 300, 90, 364, 364],
    "public_cost_within_364_days": [
        cost * (1 + FACTOR) + crisis
        for cost, crisis in zip([42_625, 7_625, 0, 1_525 + 100, 29_525], CRISIS, strict=True)
    ],
}
BY_DAY = {f"{name}_by_{day}_days": np.array(days) <= day for name, days in REACHED.items() for day in (28, 90, 364)}
SINCE = {f"day_{name}": days for name, days in REACHED.items()}
WORKED = NEED | SINCE | BY_DAY | AT_THE_END | CONTACTS | HOURS | MONEY | FIRST_YEAR | {"citizens": [1] * 5}
WORKED |= DISCOUNTED | FATE | {name: NEED[plain] for name, plain in STRICT.items()}  # support takes 10 hours


def test_every_column_of_lives_is_worked_by_hand() -> None:
    assert set(lives(small_town())) == set(WORKED)


@pytest.mark.parametrize("name", WORKED)
def test_lives_are_as_worked_by_hand(name: str) -> None:
    assert lives(small_town())[name] == pytest.approx(np.array(WORKED[name], dtype=np.float64), rel=1e-12)


def test_without_service_only_course_and_crisis_are_left() -> None:
    columns = lives(Record(TOWN, None, CITIZENS, record(TOWN, CITIZENS, moved=CHANGES).tables))
    assert set(columns) == set(WORKED)
    assert columns["days_to_help"].tolist() == columns["days_in_need"].tolist() == [200, 300, 90, 420, 420]
    assert columns["state_left_in_need"].tolist() == [0, 0, 0, 1, 1]
    assert columns["public_cost"].tolist() == columns["crisis_cost"].tolist() == [0, 1100, 0, 1540, 0]
    assert columns["days_before_asking"].tolist() == [200, 300, 90, 420, 420]
    assert columns["cashable_cost"].tolist() == columns["cashable_crisis_cost"].tolist() == [0, 110, 0, 154, 0]
    assert columns["public_cost_discounted"] == pytest.approx(DISCOUNTED_CRISIS)
    nothing = {*CONTACTS, *HOURS, *MONEY} - {f"{kind}_cost" for kind in ("public", "crisis", "cashable")}
    nothing -= {"cashable_crisis_cost"}
    assert not any(columns[name].any() for name in nothing)


def test_who_waits_at_the_end_is_owed_the_mean_work_of_the_stage() -> None:
    """Citizen 5 of another town joins the desk, whose work takes 2 hours on average, and waits there at the end."""
    waiting = visits(visit(5, ASK, 20, ended=None, outcome="open"))
    owed = lives(record(TOWN, CITIZENS, waiting, changes()))["owed_hours"]
    assert owed.tolist() == [0, 0, 0, 0, 2]
