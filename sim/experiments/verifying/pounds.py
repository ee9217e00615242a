"""Pounds in are pounds out: the ledger reckoned a second time, line by line, and set beside the measures."""

from __future__ import annotations

import math
from collections import defaultdict
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from sim.experiments.estimates import Key, estimates
from sim.experiments.spending import costs_to_payers, spending
from sim.experiments.verifying.beyond_shifts import overtime_hours
from sim.experiments.verifying.findings import Part, counted, judged, said
from sim.experiments.verifying.openings import dated_posts
from sim.experiments.verifying.subject import name_of
from sim.measures.arrays import Floats, hours_within, per_citizen
from sim.measures.money import MARGIN, Account, Borne, account, years
from sim.measures.record import Record
from sim.measures.reductions import reduced
from sim.scenario.pathways import Pathway
from sim.scenario.teams import Team
from sim.scenario.vocabulary import CRISIS, DAYS_A_WEEK, PURPOSES, WEEKS_A_YEAR

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
    """Each line of the ledger, and its cashable part, beside a second reckoning. A line of a new kind must be reckoned
    in `reckoned` too.
    """
    written: tuple[Lines, Lines] = (defaultdict(float), defaultdict(float))
    for entry in money.ledger:
        written[0][entry.line] += entry.gbp
        written[1][entry.line] += entry.cashable_gbp
    words = ("line", "the cashable part of line")
    return [
        Sides(f"{what} `{name}`", before.get(name, 0.0), again.get(name, 0.0))
        for what, before, again in zip(words, written, reckoned(record), strict=True)
        for name in {**before, **again}
    ]


def reckoned(record: Record) -> tuple[Lines, Lines]:
    """The ledger's lines, and what of them is cashable, from the scenario's facts and the tables alone [GBP]."""
    pathway, span, crisis = record.pathway, years(record), record.scenario.crisis
    found = [(name, gbp, crisis.cashable if crisis else 0.0) for name, gbp in _crises(record).items()]
    if pathway is not None:
        staff = {
            name: pay(team, span, record.scenario.run.weeks.counted) + overtime(record, name)
            for name, team in pathway.teams.items()
        }
        fees = _fees(record, pathway)
        lines = contract(pathway, sum(staff.values()), sum(fees.values()), span)
        found += [(name, gbp, pathway.teams[name].cashable) for name, gbp in staff.items() if gbp]
        found += [(name, gbp, pathway.stages[name].fee_cashable) for name, gbp in fees.items()]
        found += [(name, gbp, pathway.contract[name].cashable) for name, gbp in lines.items()]
    whole: Lines = defaultdict(float)
    cashable: Lines = defaultdict(float)
    for name, gbp, share in found:
        whole[name] += gbp
        cashable[name] += gbp * share
    return whole, cashable


def pay(team: Team, span: float, weeks: int) -> float:
    """What a team's posts, or those on its rota, are paid over `span` years, so many weeks, busy or not [GBP]."""
    if not team.gbp_per_worked_hour:
        return 0.0
    if team.rota is None:
        hours_a_year = (team.posts or 0.0) * (team.hours_per_week or 0.0) * team.weeks_per_year
    else:
        hours_a_year = WEEKS_A_YEAR * math.fsum(shift.hours * shift.heads for shift in team.shifts)
    if not (team.posts_from_week or team.gbp_per_worked_hour_from_week):
        return hours_a_year * (1 - team.other_work) * team.gbp_per_worked_hour * span
    a_post = (team.hours_per_week or 0.0) * team.weeks_per_year if team.rota is None else hours_a_year
    total = 0.0
    for week in range(weeks):
        posts, prices = dated_posts(team, week), [int(s) for s in team.gbp_per_worked_hour_from_week if int(s) <= week]
        heads = 1.0 if team.rota is not None else team.posts if posts is None else posts
        price = team.gbp_per_worked_hour_from_week[str(max(prices))] if prices else team.gbp_per_worked_hour
        total += (heads or 0.0) * price
    return a_post * (1 - team.other_work) * total / weeks * span


def overtime(record: Record, name: str) -> float:
    """What a team is paid in the window for hours beyond those on shift [GBP]."""
    assert record.pathway is not None
    team = record.pathway.teams[name]
    weeks, dates = record.scenario.run.weeks, team.gbp_per_worked_hour_from_week
    price = team.gbp_per_worked_hour if team.gbp_per_overtime_hour is None else team.gbp_per_overtime_hour
    if dates and team.gbp_per_overtime_hour is None:
        edges = [0, *sorted(int(week) for week in dates if int(week) < weeks.counted), weeks.counted]
        prices = [price, *(dates[str(week)] for week in edges[1:-1])]
        days = [weeks.cohort_from + DAYS_A_WEEK * week for week in edges]
        spans = zip(prices, pairwise(days), strict=True)
        return sum(each * overtime_hours(record, name, span) for each, span in spans)
    return price * overtime_hours(record, name, (weeks.cohort_from, weeks.horizon)) if price else 0.0


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


def yearly(money: Account, *, cashable: bool = False) -> float:
    """What is paid for service and contract, or what of it is cashable [GBP]. Costs of another purpose, crises and what
    comes once, stay apart.
    """
    paid = (entry for entry in money.ledger if entry.purpose in (*PURPOSES, "contract"))
    return math.fsum(entry.cashable_gbp if cashable else entry.gbp for entry in paid)


def _measures(record: Record, money: Account) -> list[Sides]:
    """What citizens bear, and what the measures say, beside the ledger; the cashable part of both too."""
    reduction, columns = reduced(record)
    kinds = [f"{kind}_cost" for kind in ("service", "contract", "crisis") if f"{kind}_cost" in columns]
    sides = [
        Sides(f"the cohort's {column}", columns[column].sum(), sum(columns[f"{of}{name}"].sum() for name in kinds))
        for column, of in (("public_cost", ""), ("cashable_cost", "cashable_"))
    ]
    known = estimates(record.scenario, record.pathway_name, [reduction])
    known |= dict(costs_to_payers(record.scenario, record.pathway_name, known))
    known |= dict(spending(record.scenario, record.pathway_name, [reduction]))
    found = {key: one.point for key, one in known.items() if key.by == "all"}
    return [*sides, *_to_payers(found), *_of_pathway(record, money, found)]


def _to_payers(found: dict[Key, float]) -> list[Sides]:
    """What a citizen costs all payers together beside what a citizen costs."""
    sides = []
    for whole, part in (("public_cost", "cost_to_payer"), ("cashable_cost", "cashable_cost_to_payer")):
        to_all = math.fsum(gbp for key, gbp in found.items() if key.measure == part)
        sides += [Sides(f"{whole} by payer", to_all, found[Key(whole)])] if Key(whole) in found else []
    return sides


def _of_pathway(record: Record, money: Account, found: dict[Key, float]) -> list[Sides]:
    """What a pathway spends a year and once, and what citizens bear of it."""
    if record.pathway is None:
        return []
    once = record.pathway.one_off.values()
    sides = [
        Sides("costs paid once", found.get(Key("one_off_cost"), 0.0), math.fsum(one.gbp for one in once)),
        Sides(
            "cashable costs paid once",
            found.get(Key("cashable_one_off_cost"), 0.0),
            math.fsum(one.gbp * one.cashable for one in once),
        ),
    ]
    somebody = (record.citizens.arrival >= record.scenario.run.weeks.cohort_from).any()  # else nobody can bear it
    for cashable, words in ((False, ""), (True, "cashable ")):
        paid = yearly(money, cashable=cashable)
        spend = found.get(Key("cashable_spend_a_year" if cashable else "spend_a_year"), 0.0)
        sides.append(Sides(f"{words}spend a year x years", spend * years(record), paid))
        if somebody:
            sides.append(Sides(f"{words}pounds that citizens bear", _borne(record, money, cashable=cashable), paid))
    return sides


def _borne(record: Record, money: Account, *, cashable: bool) -> float:
    """What everybody bears in the window of service and contract, cohort or not [GBP]."""
    here = record.citizens.arrival >= record.scenario.run.weeks.cohort_from
    service = _service(record, money.whole)
    one = money.cashable if cashable else money.whole
    mine = _service(record, one) if cashable else service
    return float((mine + service * one.contract_factor + here * one.contract_each).sum())


def _service(record: Record, one: Borne) -> Floats:
    """What each citizen bears of teams and fees [GBP]: the contract comes upon the whole of it, cashable or not."""
    weeks, visits, people = record.scenario.run.weeks, record.visits, record.citizens
    low, high = weeks.cohort_from, weeks.horizon
    begun = (visits.started >= low) & (visits.started < high)
    borne = per_citizen(visits.citizen, len(people), hours_within(visits, low, high) * one.rate + begun * one.fee)
    return borne + (people.arrival >= low) * one.idle
