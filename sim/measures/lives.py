"""Lives: a row per cohort citizen, a column per countable thing, all within the citizen's own follow-up.

Every measure per citizen is a sum of one column over a sum of another; `citizens.csv` is this table.
"""

from __future__ import annotations

import numpy as np

from sim.engine import tables as t
from sim.measures.approaches import any_in
from sim.measures.arrays import Flags, Floats, Ints, first_day, hours_owed, number, per_citizen
from sim.measures.costs import costs
from sim.measures.discounting import discounted_cost
from sim.measures.fates import fates
from sim.measures.followed import Followed
from sim.measures.headline_lives import headline_columns
from sim.measures.money import Account, account
from sim.measures.need import at_levels, days_to_help, turns
from sim.measures.record import Record
from sim.scenario.vocabulary import DAYS_A_YEAR, NONE, PURPOSES

Columns = dict[str, Floats]

HELPED_BY_DAYS = (28, 90, 364, 1092)
STATES = ("resolved", "recovered", "in_help", "waiting_or_deciding", "away_in_need", "left_in_need", "died_or_moved")
REFUSALS = {"level": t.REFUSED_LEVEL, "needs": t.REFUSED_NEEDS, "criteria": t.REFUSED_CRITERIA}


def lives(record: Record, money: Account | None = None) -> Columns:
    """The table of lives of a record's cohort: columns of equal length, one number a citizen."""
    return lives_of(Followed(record), money or account(record))


def lives_of(life: Followed, money: Account) -> Columns:
    """The table of lives of a cohort that is followed already."""
    record, columns = life.record, _lives(life, money)
    if record.scenario.has_money and _is_long(record):
        columns["public_cost_discounted"] = discounted_cost(life, money)
    return columns | _first_year(record, money)


def _is_long(record: Record) -> bool:
    return record.scenario.run.weeks.follow_up_days > DAYS_A_YEAR


def _first_year(record: Record, money: Account) -> Columns:
    """The headlines within the first 364 days, where follow-up is longer."""
    if not _is_long(record):
        return {}
    columns = headline_columns(Followed(record, DAYS_A_YEAR), money)
    return {f"{name}_within_364_days": column for name, column in columns.items()}


def _lives(followed: Followed, money: Account) -> Columns:
    record = followed.record
    columns: Columns = {"citizens": np.ones(followed.count)}
    columns |= _need(followed) if record.scenario.has_levels else {}
    columns |= _contacts(followed)
    columns |= _refusals(followed) if record.scenario.has_levels else {}
    columns |= _approaches(followed)
    columns |= _coming_back(followed) if record.scenario.has_levels else {}
    columns |= _hours(followed)
    columns |= costs(followed, money, columns) if record.scenario.has_money else {}
    return columns


def _need(life: Followed) -> Columns:
    turn, level = turns(life), at_levels(life)
    right, recovered, left, unaided_end = turn
    strictly = first_day(life.visits.citizen, life.count, life.visits.started, life.fitted & life.is_long_help)
    asked = first_day(life.visits.citizen, life.count, life.visits.joined, np.ones(len(life.visits), np.bool_))
    helped, held = (
        first_day(life.visits.citizen, life.count, life.visits.started, of_help & life.attended)
        for of_help in (life.is_help, life.is_long_help)
    )
    gave_up = first_day(life.visits.citizen, life.count, life.visits.ended, _gave_up(life))
    got = np.isfinite(right)
    columns = {
        "days_to_help": days_to_help(life, turn),
        "days_in_need": level.in_need,
        "days_in_crisis": level.in_crisis,
        "crises": level.crises,
        "days_before_asking": np.minimum(asked, unaided_end) - life.arrival,
        "asked": number(np.isfinite(asked)),
        "right_helped": number(got),
        "days_to_right_help": np.where(got, right - life.arrival, 0.0),
        "never_helped": number(np.isinf(helped)),
        # Need that other help ended is over all the same: the clock stops, and nobody is credited.
        "days_to_help_strict": np.minimum(np.minimum(strictly, life.ends_need(t.HELPED)), unaided_end) - life.arrival,
        "right_helped_strict": number(np.isfinite(strictly)),
        "never_helped_strict": number(np.isinf(held)),
    }
    reached = {"helped": helped, "right_help": right, "recovered": recovered, "gave_up": gave_up, "left": left}
    for name, day in reached.items():
        since = columns[f"day_{name}"] = _since(life, day)
        for within in HELPED_BY_DAYS:
            if within <= life.record.scenario.run.weeks.follow_up_days:
                columns[f"{name}_by_{within}_days"] = number(since <= within)
    came = (columns[f"day_{name}"] for name in ("right_help", "recovered", "left"))
    return columns | fates(*came) | _states(life)


def _since(life: Followed, day: Floats) -> Floats:
    """Days from each citizen's arrival to `day`, to the nearest billionth.

    So what takes 28 days happened by day 28, on whatever day it began: the digits lost in adding do not decide it.
    """
    return np.round(day - life.arrival, 9)


def _gave_up(life: Followed) -> Flags:
    return np.asarray((life.visits.outcome == t.GAVE_UP) & life.ended, np.bool_)


def _states(life: Followed) -> Columns:
    """The state at the end of follow-up: one of STATES for each citizen (rule 14), and what is owed then."""
    there = ~life.ended
    in_help = life.sum(there & life.is_help & life.attended) > 0
    coming = _is_coming(life, life.level)
    in_turn = (
        ("died_or_moved", life.without_need(t.MOVED_AWAY)),
        ("resolved", life.without_need(t.HELPED)),
        ("recovered", life.without_need(t.EASED)),
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
    columns["owed_in_need"] = number(life.level > NONE)
    columns["owed_in_help"] = number(in_help)
    awaited = there & ~life.started & (life.team >= 0)
    groups = life.record.scenario.groups
    mean_work = life.of_stage_and_group(
        [[stage.expected_hours(group) for group in groups] for stage in life.record.stages]
    )
    columns["owed_hours"] = life.sum(hours_owed(life.visits, life.stop) + awaited * mean_work)
    return columns


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
    return {
        "contacts": life.sum(life.seen),
        "assessments": life.sum(life.seen & (life.purpose == PURPOSES.index("deciding"))),
        "handoffs": life.sum(_is_handoff(life)),
        "gave_up": number(life.sum(_gave_up(life)) > 0),
    }


def _refusals(life: Followed) -> Columns:
    by_reason = {
        f"refused_{reason}": life.sum((life.visits.outcome == code) & life.ended) for reason, code in REFUSALS.items()
    }
    return {"refusals": sum(by_reason.values(), np.zeros(life.count)), **by_reason}


def _is_handoff(life: Followed) -> Flags:
    """Visits by another team than the one that last saw the citizen in the same approach."""
    rows = np.flatnonzero(life.seen)
    team = life.team[rows]
    approach = life.approaches.of_visits(len(life.visits))[rows]
    flags = np.zeros(len(life.visits), np.bool_)
    flags[rows[1:]] = (approach[1:] == approach[:-1]) & (team[1:] != team[:-1])
    return flags


def _approaches(life: Followed) -> Columns:
    return {"approaches": per_citizen(life.approaches.citizen, life.count)}


def _coming_back(life: Followed) -> Columns:
    """How approaches ended, and who came back after one that ended with need open."""
    parts = life.approaches
    stop = life.end[parts.citizen]
    ended = parts.ended <= stop
    unhelped = ended & ~any_in(life.is_help & life.attended, parts)
    with_need = ended & (parts.level_ended > NONE) & (parts.outcome != t.LEFT_AREA)
    could = (parts.number == 1) & with_need & (parts.ended <= stop - DAYS_A_YEAR)
    following = np.append(parts.begun[1:], np.inf)[: parts.ended.size]
    alone = np.append(parts.citizen[1:] != parts.citizen[:-1], True)[: parts.ended.size]
    back = could & ~alone & (following - parts.ended <= DAYS_A_YEAR)
    flags = {
        "failure_approaches": parts.is_failure_demand,
        "approaches_ended": ended,
        "approaches_ended_unhelped": unhelped,
        "left_with_need": could,
        "returned_within_364_days": back,
    }
    return {name: per_citizen(parts.citizen, life.count, flag) for name, flag in flags.items()}


def _hours(life: Followed) -> Columns:
    columns = {f"hours_{name}": life.sum(life.hours * (life.purpose == at)) for at, name in enumerate(PURPOSES)}
    travel = life.of_stage([stage.travel_hours or 0.0 for stage in life.record.stages])
    return columns | {"citizen_hours": life.sum((life.hours * life.visits.attended) + travel * life.seen)}
