"""Pounds in are pounds out: the ledger reckoned a second time, line by line, and set beside the measures."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import NamedTuple

import numpy as np

from sim.experiments.estimates import Key, estimates
from sim.experiments.verifying.findings import Part, counted, judged, said
from sim.experiments.verifying.subject import name_of
from sim.measures.arrays import hours_within, per_citizen
from sim.measures.money import MARGIN, Account, account, years
from sim.measures.record import Record
from sim.measures.reductions import reduced
from sim.scenario.pathways import Pathway
from sim.scenario.vocabulary import CRISIS, PURPOSES

PENNY = 0.005
ROUNDING = 1e-12
CRISIS_LINES = ("crisis entries", "days in crisis")

Lines = dict[str, float]


class Sides(NamedTuple):
    """Two ways to reckon one sum [GBP]."""

    what: str
    one: float
    other: float

    @property
    def agree(self) -> bool:
        """Whether they are the same to the penny."""
        return abs(self.one - self.other) <= PENNY + ROUNDING * abs(self.one)


def balanced(record: Record) -> Part:
    """Whether the ledger balances, line by line with a second reckoning, with what citizens bear and the measures."""
    money = account(record)
    sides = [*_both_ends(money), *_lines(record, money), *_measures(record, money)]
    wrong = [f"{one.what} {said(one.one, 'GBP')}, not {said(one.other, 'GBP')}" for one in sides if not one.agree]
    nobody = [entry.line for entry in money.ledger if not (entry.payer and entry.receiver)]
    wrong += [f"`{line}` lacks a payer or a receiver" for line in nobody]
    total = said(math.fsum(entry.gbp for entry in money.ledger), "GBP")
    good = f"{total} over {years(record):.3g} years in {counted(len(money.ledger), 'line')} agree to the penny"
    return Part(name_of(record), "; ".join(wrong) or good, judged(not wrong))


def _both_ends(money: Account) -> list[Sides]:
    by_payer: Lines = defaultdict(float)
    by_receiver: Lines = defaultdict(float)
    for entry in money.ledger:
        by_payer[entry.payer] += entry.gbp
        by_receiver[entry.receiver] += entry.gbp
    return [Sides("paid by all payers", math.fsum(by_payer.values()), math.fsum(by_receiver.values()))]


def _lines(record: Record, money: Account) -> list[Sides]:
    """Each line of the ledger beside a second reckoning. A line of a new kind must be reckoned in `reckoned` too."""
    written: Lines = defaultdict(float)
    for entry in money.ledger:
        written[entry.line] += entry.gbp
    again = reckoned(record)
    names = [name for name in {**written, **again} if name in again]
    return [Sides(f"line `{name}`", written.get(name, 0.0), again[name]) for name in names]


def reckoned(record: Record) -> Lines:
    """The ledger's lines from the scenario's facts and the tables alone [GBP]."""
    lines: Lines = defaultdict(float)
    pathway, span = record.pathway, years(record)
    if pathway is not None:
        staff = {
            name: team.posts * team.hours_per_week * team.weeks_per_year * team.gbp_per_worked_hour * span
            for name, team in pathway.teams.items()
            if team.gbp_per_worked_hour
        }
        fees = _fees(record, pathway)
        for name, gbp in (*staff.items(), *fees.items()):
            lines[name] += gbp
        for name, gbp in contract(pathway, sum(staff.values()), sum(fees.values()), span).items():
            lines[name] += gbp
    return lines | _crises(record)


def _fees(record: Record, pathway: Pathway) -> Lines:
    weeks, visits = record.scenario.run.weeks, record.visits
    begun = (visits.started >= weeks.cohort_from) & (visits.started < weeks.horizon)
    count = np.bincount(visits.stage[begun], minlength=len(pathway.stages))
    prices = {name: stage.fee_gbp for name, stage in pathway.stages.items()}
    return {name: float(count[at]) * price for at, (name, price) in enumerate(prices.items()) if price}


def contract(pathway: Pathway, staff: float, fees: float, span: float) -> Lines:
    """What the lines of a contract come to over `span` years [GBP]: fixed and of staff, then of all, margin last."""
    lines: Lines = {}
    so_far = staff + fees
    others = {name: line for name, line in pathway.contract.items() if name != MARGIN}
    plain = {name: line for name, line in others.items() if line.share_of_all is None}
    of_all = {name: line for name, line in others.items() if line.share_of_all is not None}
    for turn in (plain, of_all, {MARGIN: pathway.contract[MARGIN]} if MARGIN in pathway.contract else {}):
        lines |= {
            name: (line.gbp_a_year or 0.0) * span
            + (line.share_of_staff or 0.0) * staff
            + (line.share_of_all or 0.0) * so_far
            for name, line in turn.items()
        }
        so_far = staff + fees + sum(lines.values())
    return lines


def _crises(record: Record) -> Lines:
    """Crises in the window: entries, and days as the number at that level, integrated [GBP]."""
    crisis, weeks = record.scenario.crisis, record.scenario.run.weeks
    if crisis is None or not record.scenario.has_levels:
        return {}
    people, changes = record.citizens, record.changes
    entered = np.concatenate([people.arrival[people.level == CRISIS], changes.day[changes.to_level == CRISIS]])
    left = changes.day[changes.from_level == CRISIS]
    low, high = weeks.cohort_from, weeks.horizon
    entries = ((entered >= low) & (entered < high)).sum()
    days = (high - np.clip(entered, low, high)).sum() - (high - np.clip(left, low, high)).sum()
    return dict(zip(CRISIS_LINES, (entries * crisis.gbp_per_entry, days * crisis.gbp_per_day), strict=True))


def yearly(money: Account) -> float:
    """What is paid for service and contract [GBP]. Costs of another purpose, crises and what comes once, stay apart."""
    return math.fsum(entry.gbp for entry in money.ledger if entry.purpose in (*PURPOSES, "contract"))


def _measures(record: Record, money: Account) -> list[Sides]:
    """What citizens bear, and what the measures say, beside the ledger."""
    reduction, columns = reduced(record)
    service = yearly(money)
    parts = ("service_cost", "contract_cost", *(("crisis_cost",) if "crisis_cost" in columns else ()))
    sides = [
        Sides("the cohort's public cost", columns["public_cost"].sum(), sum(columns[name].sum() for name in parts))
    ]
    if record.pathway_name is None:
        return sides
    spend = estimates(record.scenario, record.pathway_name, [reduction]).get(Key("spend_a_year"))
    sides.append(Sides("spend a year x years", (spend.point if spend else 0.0) * years(record), service))
    if (record.citizens.arrival >= record.scenario.run.weeks.cohort_from).any():  # else there is nobody to bear it
        sides.append(Sides("what citizens bear", _borne(record, money), service))
    return sides


def _borne(record: Record, money: Account) -> float:
    """What everybody bears in the window of service and contract, cohort or not [GBP]."""
    weeks, visits, people = record.scenario.run.weeks, record.visits, record.citizens
    low, high = weeks.cohort_from, weeks.horizon
    begun = (visits.started >= low) & (visits.started < high)
    borne = per_citizen(visits.citizen, len(people), hours_within(visits, low, high) * money.rate + begun * money.fee)
    borne = borne + (people.arrival >= low) * money.idle
    return float((borne * (1 + money.contract_factor) + (people.arrival >= low) * money.contract_each).sum())
