"""Visits one after another: what no life may hold, found by going through the visits and level changes of everyone.

Each function counts the visits at fault. A feature that sends citizens on in a way of its own must extend `_onward`.
"""

from __future__ import annotations

import numpy as np

from sim.engine import tables as t
from sim.engine.population import waiting_from_day
from sim.measures.arrays import Flags, Floats, Ints
from sim.measures.record import Record
from sim.scenario.keys import filled
from sim.scenario.stages import Stage
from sim.scenario.vocabulary import LEAVE, NONE

LEAVES = -1
ROUNDING = 1e-9
"""Days."""
REFUSED = (t.REFUSED_LEVEL, t.REFUSED_NEEDS, t.REFUSED_CRITERIA)


def faults(record: Record) -> dict[str, int]:
    """How many visits are at fault in which way; what is 0 is left out."""
    visits = record.visits
    if not len(visits):
        return {}
    next_stage, gap = _what_follows(record)
    found = {
        "with a negative time": _backwards(record),
        "that overlap another of the same citizen": _overlapping(record),
        "followed by one that no route leads to, or by none": ~_may_follow(record, next_stage),
        "not followed at once by the next": gap,
        "that begin an approach elsewhere than the pathway says": _begun_elsewhere(record),
        "missed or attended against what the stage says": _at_odds_with_missed(record),
        "at another level than the level changes say": _at_another_level(record),
    }
    return {what: int(which.sum()) for what, which in found.items() if which.any()}


def unmet(record: Record) -> int:
    """Citizens who should have come forward at once when their need arose, or waited at the start, and did not."""
    pathway = record.pathway
    if pathway is None:
        return 0
    visits, first = record.visits, np.full(len(record.citizens), np.nan)
    opening = np.append(True, np.diff(visits.citizen) != 0)[: len(visits)]
    first[visits.citizen[opening]] = visits.joined[opening]
    at_once = (record.citizens.arrival < 0) | (pathway.asks_after_days is None)
    since = record.citizens.arrival + (record.citizens.arrival < 0) * waiting_from_day(record.scenario)
    late = at_once & ~(np.abs(first - since) <= ROUNDING)  # of one never seen `first` is NaN
    return int(late.sum())


def _backwards(record: Record) -> Flags:
    visits = record.visits
    horizon = record.scenario.run.weeks.horizon
    late = (visits.joined > horizon) | (visits.started > horizon) | (visits.ended > horizon)
    early = visits.joined < record.citizens.arrival[visits.citizen]
    turned = (visits.started < visits.joined) | (visits.due < visits.started) | (visits.ended < visits.joined)
    return early | late | turned | (visits.ended < visits.started) | (visits.staff_hours < 0)


def _overlapping(record: Record) -> Flags:
    """Visits that had not ended when the citizen's next began, one after which nothing was written among them."""
    visits = record.visits
    same = visits.citizen[1:] == visits.citizen[:-1]
    return np.append(same & ~(visits.joined[1:] >= visits.ended[:-1]), False)


def _what_follows(record: Record) -> tuple[Ints, Flags]:
    """The stage of the next visit in the same approach (LEAVES: none), and whether there is a gap before it."""
    visits = record.visits
    same = (visits.citizen[1:] == visits.citizen[:-1]) & (visits.approach[1:] == visits.approach[:-1])
    following = np.append(np.where(same, visits.stage[1:], LEAVES), LEAVES)
    gap = np.append(same & (visits.joined[1:] != visits.ended[:-1]), False)
    return following, gap


def _begun_elsewhere(record: Record) -> Flags:
    """First visits of an approach at another stage than where the pathway starts, or where those at the start wait."""
    visits, pathway = record.visits, record.pathway
    assert pathway is not None
    same = (visits.citizen[1:] == visits.citizen[:-1]) & (visits.approach[1:] == visits.approach[:-1])
    names = list(pathway.stages)
    start, waiting = names.index(pathway.starts_at), names.index(pathway.waiting_at or pathway.starts_at)
    waits = (record.citizens.arrival[visits.citizen] < 0) & (visits.seq == 1)
    return np.asarray(np.append(True, ~same) & (visits.stage != np.where(waits, waiting, start)))


def _at_odds_with_missed(record: Record) -> Flags:
    """Visits not attended where nothing is missed, and visits called missed by those who were there."""
    visits = record.visits
    may_miss = np.array([stage.missed is not None for stage in record.stages])[visits.stage]
    unattended = visits.attended == 0
    ran_on = np.isin(visits.outcome, (t.MISSED, t.RECOVERED, t.LEFT_AREA, t.OPEN))
    return np.asarray((unattended & ~(may_miss & ran_on)) | (~unattended & (visits.outcome == t.MISSED)))


def _may_follow(record: Record, next_stage: Ints) -> Flags:
    """Whether what follows each visit is among what the scenario lets follow its outcome."""
    visits, names = record.visits, list(record.pathway.stages) if record.pathway else []
    allowed = np.zeros((len(t.OUTCOMES), len(names), len(names) + 1), np.bool_)  # the last: leaves
    for place, stage in enumerate(record.stages):
        for outcome in range(len(t.OUTCOMES)):
            targets = [LEAVES if to == LEAVE else names.index(to) for to in _onward(stage, names[place], outcome)]
            allowed[outcome, place, targets] = True
    over = record.scenario.has_levels & (visits.level_ended == NONE)
    return np.where(over, next_stage == LEAVES, allowed[visits.outcome, visits.stage, next_stage])


def _onward(stage: Stage, name: str, outcome: int) -> set[str]:
    """Where a citizen may be after a visit with this outcome, need still open."""
    if outcome in (t.ROUTED, t.HELPED_FIT, t.HELPED_UNFIT):
        return {target for routes in stage.all_routes for target, share in filled(routes).items() if share > 0}
    if outcome == t.GAVE_UP:
        return {stage.on_give_up or LEAVE}
    if outcome == t.FULL:
        return {stage.when_full or LEAVE}
    if outcome == t.MISSED:
        return set() if stage.missed is None else {name} if stage.missed.then == "again" else {LEAVE}
    return {LEAVE}


def _at_another_level(record: Record) -> Flags:
    """Visits whose level when joined or ended is not that of the level changes, just before or just after."""
    visits = record.visits
    if not record.scenario.has_levels:
        return np.zeros(len(visits), np.bool_)
    joined = _disagrees(record, visits.joined, visits.level_joined)
    ended = _disagrees(record, np.where(np.isnan(visits.ended), np.inf, visits.ended), visits.level_ended)
    return joined | ended


def _disagrees(record: Record, day: Floats, level: Ints) -> Flags:
    before, after = (levels_at(record, record.visits.citizen, day, at_once=at_once) for at_once in (False, True))
    return np.asarray((level != before) & (level != after), np.bool_)


def levels_at(record: Record, citizen: Ints, day: Floats, *, at_once: bool = True) -> Ints:
    """The need level of each citizen on each day, changes on that very day counted if `at_once`."""
    people, changes = record.citizens, record.changes
    who = np.concatenate([np.arange(len(people)), changes.citizen, citizen])
    when = np.concatenate([np.full(len(people), -np.inf), changes.day, day])
    level = np.concatenate([people.level, changes.to_level, np.zeros_like(citizen)])
    known = len(people) + len(changes)
    asks = np.arange(who.size) >= known
    order = np.lexsort((asks if at_once else ~asks, when, who))
    last = np.maximum.accumulate(np.where(asks[order], -1, np.arange(who.size)))
    found = np.empty(who.size, np.int64)
    found[order] = level[order][last]
    return found[known:]
