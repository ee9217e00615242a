"""What each citizen of the cohort bears of service, contract and crisis, and what of it is cashable [GBP].

What no visit can bear accrues evenly over follow-up, so that who is followed for a part of it bears that part.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from sim.engine import tables as t
from sim.measures.approaches import sum_in
from sim.measures.arrays import Floats, per_citizen
from sim.measures.followed import Followed
from sim.measures.money import Account, Borne
from sim.measures.need import AtLevels
from sim.scenario.plans import Crisis
from sim.scenario.vocabulary import LEVELS, PURPOSES

REFUSED = (t.REFUSED_LEVEL, t.REFUSED_NEEDS, t.REFUSED_CRITERIA)


def costs(life: Followed, money: Account, columns: dict[str, Floats]) -> dict[str, Floats]:
    """Columns of money, made from the account and from the crises among the `columns` already there."""
    borne, found = _of_service(life, money)
    cashable = life.sum(_of_visits(life, money.cashable)) + life.part * money.cashable.idle
    service = found["service_cost"]
    parts = {"service": (service, cashable)}
    parts["contract"] = (_contract(life, service, money.whole), _contract(life, service, money.cashable))
    crisis = life.record.scenario.crisis
    if crisis is not None:
        gbp = _of_crises(crisis, columns["crises"], columns["days_in_crisis"])
        parts["crisis"] = (gbp, gbp * crisis.cashable)
    for name, (whole, part) in parts.items():
        found |= {f"{name}_cost": whole, f"cashable_{name}_cost": part}
    found["public_cost"], found["cashable_cost"] = (
        _together(life, [both[which] for both in parts.values()]) for which in (0, 1)
    )
    if life.record.scenario.has_levels:
        found |= _refusing(life, borne * (1 + money.whole.contract_factor))
    return found


def public_cost(life: Followed, money: Account, level: AtLevels) -> Floats:
    """The column of that name alone: service, contract and crises [GBP]."""
    service, crisis = _of_service(life, money)[1]["service_cost"], life.record.scenario.crisis
    crises = [_of_crises(crisis, level.crises, level.in_crisis)] if crisis is not None else []
    return _together(life, [service, _contract(life, service, money.whole), *crises])


def _of_service(life: Followed, money: Account) -> tuple[Floats, dict[str, Floats]]:
    """What each visit bears of teams and fees, and the columns it comes to: by purpose, and all of it [GBP]."""
    borne = _of_visits(life, money.whole)
    found = {f"cost_{name}": life.sum(borne * (life.purpose == at)) for at, name in enumerate(PURPOSES)}
    found["cost_running"] = found["cost_running"] + life.part * money.whole.idle
    return borne, {**found, "service_cost": _together(life, found.values())}


def _of_crises(crisis: Crisis, crises: Floats, days: Floats) -> Floats:
    return crises * crisis.gbp_per_entry + days * crisis.gbp_per_day


def _together(life: Followed, parts: Iterable[Floats]) -> Floats:
    return np.asarray(sum(parts, np.zeros(life.count)))


def _of_visits(life: Followed, money: Borne) -> Floats:
    return life.hours * money.rate[life.chosen] + money.fee[life.chosen] * life.started


def _contract(life: Followed, service: Floats, money: Borne) -> Floats:
    return service * money.contract_factor + life.part * money.contract_each


def _refusing(life: Followed, borne: Floats) -> dict[str, Floats]:
    """What went on approaches that ended in a refusal: rightly (true level below the gate) or wrongly [GBP]."""
    parts = life.approaches
    refused = np.isin(parts.outcome, REFUSED) & (parts.ended <= life.end[parts.citizen])
    stages = life.record.stages
    gates = [LEVELS.index(stage.gate.eligible_from) if stage.gate else 0 for stage in stages]
    below = parts.level_ended < life.of_stage(gates)[parts.last]
    spent = sum_in(borne, parts)
    rightly = per_citizen(parts.citizen, life.count, spent * (refused & below))
    wrongly = per_citizen(parts.citizen, life.count, spent * (refused & ~below))
    return {"refusing_rightly": rightly, "refusing_wrongly": wrongly, "refusing": rightly + wrongly}
