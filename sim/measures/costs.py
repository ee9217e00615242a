"""What each citizen of the cohort bears of service, contract and crisis, and what of it is cashable [GBP]."""

from __future__ import annotations

import numpy as np

from sim.engine import tables as t
from sim.measures.approaches import sum_in
from sim.measures.arrays import Floats, per_citizen
from sim.measures.followed import Followed
from sim.measures.money import Account, Borne
from sim.scenario.vocabulary import LEVELS, PURPOSES

REFUSED = (t.REFUSED_LEVEL, t.REFUSED_NEEDS, t.REFUSED_CRITERIA)


def costs(life: Followed, money: Account, columns: dict[str, Floats]) -> dict[str, Floats]:
    """Columns of money, made from the account and from the crises among the `columns` already there."""
    borne = _of_visits(life, money.whole)
    found = {f"cost_{name}": life.sum(borne * (life.purpose == at)) for at, name in enumerate(PURPOSES)}
    found["cost_running"] = found["cost_running"] + money.whole.idle
    service = found["service_cost"] = sum(found.values(), np.zeros(life.count))
    cashable = life.sum(_of_visits(life, money.cashable)) + money.cashable.idle
    parts = {"service": (service, cashable)}
    parts["contract"] = (_contract(service, money.whole), _contract(service, money.cashable))
    crisis = life.record.scenario.crisis
    if crisis is not None:
        gbp = columns["crises"] * crisis.gbp_per_entry + columns["days_in_crisis"] * crisis.gbp_per_day
        parts["crisis"] = (gbp, gbp * crisis.cashable)
    for name, (whole, part) in parts.items():
        found |= {f"{name}_cost": whole, f"cashable_{name}_cost": part}
    found["public_cost"], found["cashable_cost"] = (
        sum((both[which] for both in parts.values()), np.zeros(life.count)) for which in (0, 1)
    )
    if life.record.scenario.has_levels:
        found |= _refusing(life, borne * (1 + money.whole.contract_factor))
    return found


def _of_visits(life: Followed, money: Borne) -> Floats:
    return life.hours * money.rate[life.chosen] + money.fee[life.chosen] * life.started


def _contract(service: Floats, money: Borne) -> Floats:
    return service * money.contract_factor + money.contract_each


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
