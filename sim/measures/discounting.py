"""Discounting: a pound t days after the need arose counts for (1 + rate)^(-t / 365.25).

What is paid at an instant (a fee, an entry to crisis) counts by its day. What accrues evenly (staff hours over a visit,
days in crisis) is integrated over its time: from a to b, the integral of e^(-kt) is (e^(-ka) - e^(-kb)) / k. The
contract adds to each pound of service on the day that pound falls. What no visit can bear accrues evenly over
follow-up.
"""

from __future__ import annotations

import math

import numpy as np

from sim.measures.arrays import Floats, per_citizen, stops
from sim.measures.followed import Followed
from sim.measures.money import Account, Borne
from sim.scenario.vocabulary import CRISIS

DAYS_A_CALENDAR_YEAR = 365.25


def daily_pace(rate: float) -> float:
    """The k of e^(-kt) for a discount rate a year, t in days."""
    return math.log1p(rate) / DAYS_A_CALENDAR_YEAR


def discounted_days(begin: Floats, end: Floats, pace: float) -> Floats:
    """Days from `begin` to `end`, each counting for e^(-pace t); 0 where either is missing or there are none."""
    length = np.where(end > begin, end - begin, 0.0)
    counted = length if pace == 0 else -np.expm1(-pace * length) / pace
    return np.where(length > 0, counted * np.exp(-pace * begin), 0.0)


def discounted_cost(life: Followed, money: Account) -> Floats:
    """Public cost of each citizen within follow-up, discounted to the day the need arose [GBP]."""
    pace = daily_pace(life.record.scenario.discount_rate)
    return _service_and_contract(life, money.whole, pace) + _crisis(life, pace)


def _service_and_contract(life: Followed, money: Borne, pace: float) -> Floats:
    began = life.visits.started - life.arrival[life.visits.citizen]
    at_start = np.where(life.started, np.exp(-pace * began), 0.0)
    borne = _hours(life, pace) * money.rate[life.chosen] + money.fee[life.chosen] * at_start
    length = life.end - life.arrival
    evenly = discounted_days(np.zeros(life.count), length, pace) / length
    service = life.sum(borne) + money.idle * evenly
    return service * (1 + money.contract_factor) + money.contract_each * evenly


def _hours(life: Followed, pace: float) -> Floats:
    """Staff hours of each visit worked within follow-up, each counting by its day [hours]."""
    visits, arrival = life.visits, life.arrival[life.visits.citizen]
    planned = visits.due - visits.started
    began, over = visits.started - arrival, np.minimum(stops(visits), life.stop) - arrival
    share = discounted_days(began, over, pace) / np.where(planned > 0, planned, 1.0)
    at_once = (planned == 0) & life.started
    return np.where(at_once, np.exp(-pace * began), share) * visits.staff_hours


def _crisis(life: Followed, pace: float) -> Floats:
    crisis, spells = life.record.scenario.crisis, life.spells
    if crisis is None:
        return np.zeros(life.count)
    since = life.arrival[spells.citizen]
    begin, end = spells.begin - since, spells.end - since
    gbp = crisis.gbp_per_entry * np.exp(-pace * begin) + crisis.gbp_per_day * discounted_days(begin, end, pace)
    return per_citizen(spells.citizen, life.count, gbp * (spells.level == CRISIS))
