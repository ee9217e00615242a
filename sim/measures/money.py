"""Money: a function of visits, level changes and prices. Every pound has a payer and a receiver.

A team costs what it is paid, busy or not. Its loaded rate is that cost from the start of the cohort to the end of the
run over the hours used in it, so that who uses an hour also bears the idle time round it; what all citizens bear adds
up to what is paid.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.measures.arrays import Flags, Floats, Ints, hours_within, of_stages
from sim.measures.overtime import overtime_hours
from sim.measures.record import Record
from sim.scenario.pathways import ContractLine, Pathway
from sim.scenario.scenario import Scenario
from sim.scenario.vocabulary import CRISIS, DAYS_A_WEEK, DAYS_A_YEAR, PURPOSES

MARGIN = "margin"
CONTRACT, CRISIS_LINES, ONCE = "contract", "crisis", "one_off"
"""What the lines of a ledger are for, beside the purposes of stages."""


@dataclass(frozen=True)
class Entry:
    """A line of the ledger: what was paid in the window, for what, by whom, to whom, and the part that is cashable.

    Both sums are in GBP. A cost paid once has purpose `one_off` and belongs to no window.
    """

    line: str
    purpose: str
    payer: str
    receiver: str
    gbp: float
    cashable_gbp: float


@dataclass(frozen=True)
class Borne:
    """What comes down on visits and citizens, of all that was paid or of its cashable part.

    `rate` and `fee` are what each visit bears: GBP per staff hour, and GBP at its start. `idle` is what no visit can
    bear, because a team served nobody, for each citizen arriving in the window [GBP]. The contract adds
    `contract_factor` to each pound of service, cashable or not; where there is no pound to add to, it is
    `contract_each` for each citizen arriving in the window [GBP].
    """

    rate: Floats
    fee: Floats
    contract_factor: float
    idle: float
    contract_each: float


@dataclass(frozen=True)
class Account:
    """The money of one pathway in the window from the start of the cohort to the end of the run."""

    ledger: tuple[Entry, ...]
    whole: Borne
    cashable: Borne


@dataclass(frozen=True)
class _Paid:
    """What was paid in the window: by team [GBP], as fees [GBP], and the hours used of each team."""

    by_team: Floats
    hours: Floats
    hours_of_team: Floats
    fees: Floats
    team: Ints

    @property
    def service(self) -> float:
        """All that was paid to teams and as fees [GBP]."""
        return float(self.by_team.sum() + self.fees.sum())

    @property
    def unused(self) -> Flags:
        """Which teams served nobody."""
        return np.equal(self.hours_of_team, 0.0)


def account(record: Record) -> Account:
    """What was paid in the window, and how it comes down on visits."""
    crisis = _crisis_entries(record)
    pathway = record.pathway
    if pathway is None:
        nothing = Borne(np.empty(0), np.empty(0), 0.0, 0.0, 0.0)
        return Account(tuple(crisis), nothing, nothing)
    paid = _paid(record, pathway)
    lines = contract_lines(pathway, float(paid.by_team.sum()), float(paid.fees.sum()), years(record))
    teams, stages = pathway.teams.values(), pathway.stages.values()
    return Account(
        ledger=(*_staff_entries(record, pathway, paid), *_fee_entries(record, paid), *lines, *crisis),
        whole=_borne(
            record,
            paid,
            paid.by_team,
            [stage.fee_gbp or 0.0 for stage in stages],
            sum(entry.gbp for entry in lines),
        ),
        cashable=_borne(
            record,
            paid,
            paid.by_team * np.array([team.cashable for team in teams]),
            [(stage.fee_gbp or 0.0) * stage.fee_cashable for stage in stages],
            sum(entry.cashable_gbp for entry in lines),
        ),
    )


def _borne(record: Record, paid: _Paid, by_team: Floats, fees: list[float], contract: float) -> Borne:
    """How so much paid by team [GBP], in fees by stage [GBP] and for the contract [GBP] comes down."""
    rates = np.divide(by_team, paid.hours_of_team, out=np.zeros_like(by_team), where=~paid.unused)
    arriving = int((record.citizens.arrival >= record.scenario.run.weeks.cohort_from).sum())
    return Borne(
        rate=np.append(rates, 0.0)[paid.team],
        fee=of_stages(fees, record.visits.stage),
        contract_factor=contract / paid.service if paid.service else 0.0,
        idle=float(by_team[paid.unused].sum()) / arriving if arriving else 0.0,
        contract_each=contract / arriving if arriving and not paid.service else 0.0,
    )


def years(record: Record) -> float:
    """Length of the window [years of 364 days]."""
    weeks = record.scenario.run.weeks
    return (weeks.horizon - weeks.cohort_from) / DAYS_A_YEAR


def _paid(record: Record, pathway: Pathway) -> _Paid:
    weeks, visits = record.scenario.run.weeks, record.visits
    hours = hours_within(visits, weeks.cohort_from, weeks.horizon)
    team = record.team
    fees = of_stages([stage.fee_gbp or 0.0 for stage in record.stages], visits.stage)
    inside = (visits.started >= weeks.cohort_from) & (visits.started < weeks.horizon)
    return _Paid(
        by_team=_paid_to_teams(record, pathway),
        hours=hours,
        hours_of_team=np.array([hours[team == place].sum() for place in range(len(pathway.teams))]),
        fees=np.where(inside, fees, 0.0),
        team=team,
    )


def _paid_to_teams(record: Record, pathway: Pathway) -> Floats:
    """What each team is paid in the window: the hours of its posts, busy or not, and overtime [GBP]."""
    weeks = record.scenario.run.weeks.counted
    regular = np.array([team.mean_paid_gbp_a_year(weeks) * years(record) for team in pathway.teams.values()])
    return regular + overtime_pay(record, pathway)


def overtime_pay(record: Record, pathway: Pathway) -> Floats:
    """What each team is paid in the window for hours worked beyond those on shift (rule 5) [GBP]."""
    teams, weeks = list(pathway.teams.values()), record.scenario.run.weeks
    if not any(team.gbp_per_hour_of_overtime for team in teams):
        return np.zeros(len(teams))
    prices = np.array([team.gbp_per_hour_of_overtime for team in teams])
    paid = np.asarray(overtime_hours(record, weeks.cohort_from, weeks.horizon) * prices)
    for place, team in enumerate(teams):
        if team.gbp_per_worked_hour_from_week and team.gbp_per_overtime_hour is None:
            spans = team.spans_of_a_price(weeks.counted)
            paid[place] = sum(_overtime_in(record, low, high)[place] * price for low, high, price in spans)
    return paid


def _overtime_in(record: Record, low: int, high: int) -> Floats:
    """Overtime of each team from one week of the cohort window to another [hours]."""
    since = record.scenario.run.weeks.cohort_from
    return overtime_hours(record, since + DAYS_A_WEEK * low, since + DAYS_A_WEEK * high)


def contract_lines(pathway: Pathway, staff: float, fees: float, span: float) -> list[Entry]:
    """The contract over `span` years, given what staff and fees cost in them [GBP].

    Fixed sums and shares of staff come first, then shares of all so far, the margin last on everything.
    """
    so_far = staff + fees
    amounts: dict[str, float] = {}
    for turn in (_is_plain, _is_share_of_all, _is_margin):
        chosen = {name: line for name, line in pathway.contract.items() if turn(name, line)}
        amounts |= {name: _amount(line, staff, so_far, span) for name, line in chosen.items()}
        so_far = staff + fees + sum(amounts.values())
    return [
        Entry(
            name,
            CONTRACT,
            pathway.payer,
            line.receiver or pathway.provider,
            amounts[name],
            amounts[name] * line.cashable,
        )
        for name, line in pathway.contract.items()
    ]


def one_off_entries(pathway: Pathway) -> tuple[Entry, ...]:
    """What is paid once, and is in no other line."""
    return tuple(
        Entry(name, ONCE, pathway.payer, one.receiver or pathway.provider, one.gbp, one.gbp * one.cashable)
        for name, one in pathway.one_off.items()
    )


def payers(scenario: Scenario) -> tuple[str, ...]:
    """Who pays for any pathway compared, or for crises, each once."""
    named = [scenario.pathways[name].payer for name in scenario.compare]
    return tuple(dict.fromkeys([*named, *([scenario.crisis.payer] if scenario.crisis else [])]))


def _is_margin(name: str, _: ContractLine) -> bool:
    return name == MARGIN


def _is_share_of_all(name: str, line: ContractLine) -> bool:
    return name != MARGIN and line.share_of_all is not None


def _is_plain(name: str, line: ContractLine) -> bool:
    return name != MARGIN and line.share_of_all is None


def _amount(line: ContractLine, staff: float, so_far: float, span: float) -> float:
    fixed = (line.gbp_a_year or 0.0) * span
    return fixed + (line.share_of_staff or 0.0) * staff + (line.share_of_all or 0.0) * so_far


def yearly_spend(
    pathway: Pathway, fees_a_year: float = 0.0, factor: float = 1.0, overtime_a_year: float = 0.0, weeks: int = 1
) -> float:
    """What the pathway costs its payer in a year with `factor` times the posts [GBP/year], crisis left out.

    Where posts or prices have dates it is the mean over so many weeks from the start of the cohort window.
    """
    staff = factor * sum(team.mean_paid_gbp_a_year(weeks) for team in pathway.teams.values()) + overtime_a_year
    return staff + fees_a_year + sum(entry.gbp for entry in contract_lines(pathway, staff, fees_a_year, 1.0))


def _staff_entries(record: Record, pathway: Pathway, paid: _Paid) -> list[Entry]:
    """What each team was paid, by what its hours went on; the pay of a team that served nobody is `running`."""
    purpose, entries = record.purpose, []
    for place, (name, team) in enumerate(pathway.teams.items()):
        shares = np.array([paid.hours[(paid.team == place) & (purpose == at)].sum() for at in range(len(PURPOSES))])
        shares = shares / shares.sum() if shares.sum() else np.eye(len(PURPOSES))[-1]
        for at, gbp in enumerate(map(float, paid.by_team[place] * shares)):
            if gbp:
                entries.append(Entry(name, PURPOSES[at], pathway.payer, pathway.provider, gbp, gbp * team.cashable))
    return entries


def _fee_entries(record: Record, paid: _Paid) -> list[Entry]:
    assert record.pathway is not None
    payer, receiver, entries = record.pathway.payer, record.pathway.provider, []
    for at, (name, stage) in enumerate(record.pathway.stages.items()):
        if stage.fee_gbp:
            gbp = float(paid.fees[record.visits.stage == at].sum())
            purpose = stage.purpose or PURPOSES[-1]
            entries.append(Entry(name, purpose, payer, receiver, gbp, gbp * stage.fee_cashable))
    return entries


def _crisis_entries(record: Record) -> list[Entry]:
    """What crises cost other services in the window, whoever had them."""
    crisis, weeks = record.scenario.crisis, record.scenario.run.weeks
    if crisis is None:
        return []
    spells = record.spells
    at_crisis = spells.level == CRISIS
    begins = at_crisis & (spells.begin >= weeks.cohort_from) & (spells.begin < weeks.horizon)
    days = spells.days_within(weeks.cohort_from, weeks.horizon)[at_crisis].sum()
    amounts = {"crisis entries": begins.sum() * crisis.gbp_per_entry, "days in crisis": days * crisis.gbp_per_day}
    return [
        Entry(line, CRISIS_LINES, crisis.payer, crisis.receiver, float(gbp), float(gbp) * crisis.cashable)
        for line, gbp in amounts.items()
    ]
