"""Lives: a row per cohort citizen, a column per countable thing, all within the citizen's own follow-up.

Every measure per citizen is a sum of one column over a sum of another; `citizens.csv` is this table.
"""

from __future__ import annotations

import numpy as np

from sim.engine import tables as t
from sim.measures.approaches import any_in, sum_in
from sim.measures.arrays import Flags, Floats, Ints, first_day, hours_owed, hours_within, number, per_citizen
from sim.measures.followed import Followed
from sim.measures.money import Account, account, purpose_of, team_of
from sim.measures.record import Record
from sim.scenario.vocabulary import CRISIS, DAYS_A_YEAR, LEVELS, NONE, PURPOSES

Columns = dict[str, Floats]

HELPED_BY_DAYS = (28, 90, 364, 1092)
STATES = ("resolved", "recovered", "in_help", "waiting_or_deciding", "away_in_need", "left_in_need", "died_or_moved")
REFUSALS = {"level": t.REFUSED_LEVEL, "needs": t.REFUSED_NEEDS, "criteria": t.REFUSED_CRITERIA}


def lives(record: Record, money: Account | None = None) -> Columns:
    """The table of lives of a record's cohort: columns of equal length, one number a citizen."""
    followed = Followed(record)
    money = money or account(record)
    columns: Columns = {"citizens": np.ones(followed.count)}
    columns |= _need(followed) if record.scenario.has_levels else {}
    columns |= _contacts(followed)
    columns |= _approaches(followed)
    columns |= _hours(followed)
    columns |= _money(followed, money, columns)
    return columns


def _need(life: Followed) -> Columns:
    recovered, left, resolved = (life.ends_need(cause) for cause in (t.EASED, t.MOVED_AWAY, t.HELPED))
    days, crises = _days_at_levels(life)
    unaided_end = np.minimum(np.minimum(recovered, left), life.end)
    right = first_day(life.visits.citizen, life.count, life.visits.started, life.fitted)
    asked = first_day(life.visits.citizen, life.count, life.visits.joined, np.ones(len(life.visits), np.bool_))
    helped = first_day(life.visits.citizen, life.count, life.visits.started, life.is_help & life.started)
    gave_up = first_day(life.visits.citizen, life.count, life.visits.ended, _gave_up(life))
    got = np.isfinite(right)
    columns = {
        "days_to_help": np.minimum(right, unaided_end) - life.arrival,
        "days_in_need": sum(days[1:], np.zeros(life.count)),
        "days_in_crisis": days[CRISIS],
        "crises": crises,
        "days_before_asking": np.minimum(asked, unaided_end) - life.arrival,
        "asked": number(np.isfinite(asked)),
        "right_helped": number(got),
        "days_to_right_help": np.where(got, right - life.arrival, 0.0),
        "never_helped": number(np.isinf(helped)),
    }
    reached = {"helped": helped, "right_help": right, "recovered": recovered, "gave_up": gave_up, "left": left}
    for name, day in reached.items():
        columns[f"day_{name}"] = day - life.arrival
        for within in HELPED_BY_DAYS:
            if within <= life.record.scenario.run.weeks.follow_up_days:
                columns[f"{name}_by_{within}_days"] = number(day - life.arrival <= within)
    return columns | _states(life, recovered, left, resolved)


def _gave_up(life: Followed) -> Flags:
    return np.asarray((life.visits.outcome == t.GAVE_UP) & life.ended, np.bool_)


def _days_at_levels(life: Followed) -> tuple[list[Floats], Floats]:
    """Days at each level within follow-up, and entries to crisis (a need that arises there is one)."""
    spells = life.spells
    days = spells.end - spells.begin
    at = [per_citizen(spells.citizen, life.count, days * (spells.level == number)) for number in range(len(LEVELS))]
    return at, per_citizen(spells.citizen, life.count, spells.level == CRISIS)


def _states(life: Followed, recovered: Floats, left: Floats, resolved: Floats) -> Columns:
    """The state at the end of follow-up: one of STATES for each citizen (rule 14), and what is owed then."""
    there = life.visits.joined <= life.stop
    there &= np.isnan(life.visits.ended) | (life.visits.ended > life.stop)
    in_help = life.sum(there & life.is_help & life.started) > 0
    level = _level_at_end(life)
    coming = _is_coming(life, level)
    in_turn = (
        ("died_or_moved", np.isfinite(left)),
        ("resolved", np.isfinite(resolved)),
        ("recovered", np.isfinite(recovered)),
        ("in_help", in_help),
        ("waiting_or_deciding", life.sum(there) > 0),
        ("away_in_need", coming),
        ("left_in_need", np.ones(life.count, np.bool_)),
    )
    columns: Columns = {}
    free = np.ones(life.count, np.bool_)
    for name, flag in in_turn:
        columns[f"state_{name}"] = number(free & flag)
        free &= ~flag
    columns["owed_in_need"] = number(level > NONE)
    columns["owed_in_help"] = number(in_help)
    columns["owed_hours"] = life.sum(hours_owed(life.visits, life.stop))
    return columns


def _level_at_end(life: Followed) -> Ints:
    """Level at the end of follow-up: that of the last spell, spells being in order."""
    level = np.zeros(life.count, np.int64)
    level[life.spells.citizen] = life.spells.level
    return level


def _is_coming(life: Followed, level: Ints) -> Flags:
    """Whether someone outside would still come forward or back at the level they have."""
    pathway = life.record.pathway
    if pathway is None:
        return np.zeros(life.count, np.bool_)
    asked = per_citizen(life.visits.citizen, life.count) > 0
    asks = pathway.asks_after_days.days if pathway.asks_after_days else (0.0,) * 4
    first, again = (
        np.array([False, *(mean is not None for mean in means)]) for means in (asks, pathway.comes_back_after_days.days)
    )
    return np.where(asked, again[level], first[level])


def _contacts(life: Followed) -> Columns:
    seen = life.started & life.by_team
    deciding = (purpose_of(life.record) == PURPOSES.index("deciding"))[life.chosen]
    refused = {
        f"refused_{reason}": life.sum((life.visits.outcome == code) & life.ended) for reason, code in REFUSALS.items()
    }
    return {
        "contacts": life.sum(seen),
        "assessments": life.sum(seen & deciding),
        "handoffs": life.sum(_is_handoff(life, seen)),
        "refusals": sum(refused.values(), np.zeros(life.count)),
        **refused,
        "gave_up": number(life.sum(_gave_up(life)) > 0),
    }


def _is_handoff(life: Followed, seen: Flags) -> Flags:
    """Visits by another team than the one that last saw the citizen in the same approach."""
    rows = np.flatnonzero(seen)
    team = team_of(life.record)[life.chosen][rows]
    approach = life.approaches.of_visits(len(life.visits))[rows]
    flags = np.zeros(len(life.visits), np.bool_)
    flags[rows[1:]] = (approach[1:] == approach[:-1]) & (team[1:] != team[:-1])
    return flags


def _approaches(life: Followed) -> Columns:
    parts = life.approaches
    stop = life.end[parts.citizen]
    ended = parts.ended <= stop
    with_need = ended & (parts.level_ended > NONE) & (parts.outcome != t.LEFT_AREA)
    unhelped = ended & ~any_in(life.is_help & life.started, parts)

    def total(flags: Flags) -> Floats:
        return per_citizen(parts.citizen, life.count, flags)

    columns = {
        "approaches": per_citizen(parts.citizen, life.count),
        "failure_approaches": total(parts.is_failure_demand),
        "approaches_ended": total(ended),
        "approaches_ended_unhelped": total(unhelped),
    }
    could = with_need & (parts.ended <= stop - DAYS_A_YEAR)
    first = np.append(True, parts.citizen[1:] != parts.citizen[:-1])[: parts.citizen.size]
    following = np.append(parts.begun[1:], np.inf)[: parts.citizen.size]
    alone = np.append(parts.citizen[1:] != parts.citizen[:-1], True)[: parts.citizen.size]
    back = could & ~alone & (following - parts.ended <= DAYS_A_YEAR)
    columns["left_with_need"] = total(could & first)
    columns["returned_within_364_days"] = total(back & first)
    return columns


def _hours(life: Followed) -> Columns:
    hours = hours_within(life.visits, life.arrival[life.visits.citizen], life.stop)
    purpose = purpose_of(life.record)[life.chosen]
    columns = {f"hours_{name}": life.sum(hours * (purpose == at)) for at, name in enumerate(PURPOSES)}
    return columns | {"citizen_hours": life.sum(hours)}


def _money(life: Followed, money: Account, columns: Columns) -> Columns:
    """What each citizen bears of service, contract and crisis [GBP]."""
    scenario = life.record.scenario
    if not scenario.has_money:
        return {}
    purpose = purpose_of(life.record)[life.chosen]
    hours = hours_within(life.visits, life.arrival[life.visits.citizen], life.stop)
    borne = hours * money.rate[life.chosen] + money.fee[life.chosen] * life.started
    costs = {f"cost_{name}": life.sum(borne * (purpose == at)) for at, name in enumerate(PURPOSES)}
    costs["cost_running"] = costs["cost_running"] + money.idle
    costs["service_cost"] = sum(costs.values(), np.zeros(life.count))
    costs["contract_cost"] = life.sum(borne) * money.contract_factor
    costs |= _refusing(life, borne * (1 + money.contract_factor))
    crisis = scenario.crisis
    if crisis is not None and scenario.has_levels:
        costs["crisis_cost"] = columns["crises"] * crisis.gbp_per_entry
        costs["crisis_cost"] += columns["days_in_crisis"] * crisis.gbp_per_day
    else:
        costs["crisis_cost"] = np.zeros(life.count)
    costs["spend"] = costs["service_cost"] + costs["contract_cost"]
    costs["public_cost"] = costs["spend"] + costs["crisis_cost"]
    return costs


def _refusing(life: Followed, borne: Floats) -> Columns:
    """What went on approaches that ended in a refusal: rightly (true level below the gate) or wrongly [GBP]."""
    parts = life.approaches
    refused = np.isin(parts.outcome, list(REFUSALS.values())) & (parts.ended <= life.end[parts.citizen])
    stages = life.record.stages
    gates = [LEVELS.index(stage.gate.eligible_from) if stage.gate else 0 for stage in stages]
    below = parts.level_ended < life.of_stage(gates)[parts.last]
    spent = sum_in(borne, parts)
    rightly = per_citizen(parts.citizen, life.count, spent * (refused & below))
    wrongly = per_citizen(parts.citizen, life.count, spent * (refused & ~below))
    return {"refusing_rightly": rightly, "refusing_wrongly": wrongly, "refusing": rightly + wrongly}
