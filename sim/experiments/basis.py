"""Bases: functions from scenario to scenario. Nothing downstream knows that bases exist."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from scipy import optimize

from sim.engine.engines import DEFAULT, Engine, batches
from sim.engine.model import compiled
from sim.engine.population import population
from sim.errors import Fault, ScenarioError
from sim.experiments.pilots import PILOT_NUMBERS, PILOT_REPLICATIONS
from sim.measures.money import account, overtime_pay, yearly_spend, years
from sim.measures.record import Record
from sim.measures.sieve import sifted
from sim.scenario.pathways import Pathway
from sim.scenario.scenario import Scenario
from sim.scenario.teams import Team
from sim.scenario.vocabulary import PURPOSES

POSTS_DECIMALS = 4
LARGEST_RESIDUAL = 0.005
NEAR = 0.001
"""As near as this to the first pathway's spend, as a share of it, is near enough."""

OCTAVES = 8
"""Posts are halved or doubled at most so often."""

FINEST_STEP = 0.001
"""Factors nearer than this, in octaves, are not told apart: where whole places come and go, spend moves in steps."""


@dataclass(frozen=True)
class EqualSpend:
    """A pathway brought to the first pathway's yearly spend by one factor on its paid posts."""

    pathway: str
    factor: float
    target_gbp_a_year: float
    spend_gbp_a_year: float

    @property
    def residual(self) -> float:
        """How far the spend is off its target, as a share of it."""
        return self.spend_gbp_a_year / self.target_gbp_a_year - 1 if self.target_gbp_a_year else 0.0


def equal_spend(scenario: Scenario, engine: Engine = DEFAULT) -> tuple[Scenario, tuple[EqualSpend, ...]]:
    """The scenario with every other pathway's paid posts scaled to spend yearly what the first spends (rule 17).

    Spend is staff, fees and contract lines, before crisis. Without fees and overtime the factor has a closed form;
    else these come from pilots of 5 replications with numbers of their own, and the factor is found by Brent's method:
    what is bought hangs on how many are seen, so that a fixed point of it may be missed or run away.

    Returns
    -------
    tuple
        The scaled scenario, and for each other pathway its factor and what is left over.

    Raises
    ------
    ScenarioError
        If a pathway spends more than the first with next to no staff, or less with 256 times as much, or the first
        spends nothing.
    """
    first, *others = scenario.compare
    target = spend(scenario, first, _pilot(scenario, first, engine))
    if target <= 0:
        problem = f"equal_spend cannot be reached: `{first}` spends nothing"
        remedy = "drop equal_spend from `bases`, or give its teams, stages or contract a price"
        raise ScenarioError(f"{scenario.name}.toml", [Fault("bases", problem, remedy)])
    found = []
    for name in others:
        if hangs_on_use(scenario.pathways[name]):
            factor = _found(scenario, name, target, engine)
        else:
            factor = factor_without_pilot(scenario, name, target)
        solved = scaled(scenario, name, factor)
        found.append(EqualSpend(name, factor, target, spend(solved, name, _pilot(solved, name, engine))))
    for one in found:
        scenario = scaled(scenario, one.pathway, one.factor)
    return scenario, tuple(found)


class Bought(NamedTuple):
    """What only a run can tell of what a pathway spends: fees and overtime [GBP/year]."""

    fees: float
    overtime: float


NOTHING_BOUGHT = Bought(0.0, 0.0)


def hangs_on_use(pathway: Pathway) -> bool:
    """Whether anything is bought, or worked in paid overtime."""
    overtime = any(team.may_work_overtime and team.gbp_per_hour_of_overtime for team in pathway.teams.values())
    return overtime or any(stage.fee_gbp for stage in pathway.stages.values())


def spend(scenario: Scenario, name: str, buys: Bought, factor: float = 1.0) -> float:
    """What a pathway spends in a year with so many times its posts, beside what it buys [GBP/year]."""
    return yearly_spend(scenario.pathways[name], buys.fees, factor, buys.overtime, scenario.run.weeks.counted)


def scaled(scenario: Scenario, pathway: str, factor: float) -> Scenario:
    """The scenario with the paid posts of one pathway times `factor`, to 4 decimals; those on a rota too."""
    teams = scenario.pathways[pathway].teams
    paid = {f"pathways.{pathway}.teams.{name}": team for name, team in teams.items() if team.is_paid}
    heads = {path: value for under, team in paid.items() for path, value in _heads(under, team).items()}
    return scenario.with_values({path: round(value * factor, POSTS_DECIMALS) for path, value in heads.items()})


def _heads(path: str, team: Team) -> dict[str, float]:
    """How many work for a team, by path."""
    if team.rota is None:
        later = {f"{path}.posts_from_week.{week}": posts for week, posts in team.posts_from_week.items()}
        return {f"{path}.posts": team.mean_posts, **later}
    return {f"{path}.rota.{days}.{hours}": n for days, times in team.rota.items() for hours, n in times.items()}


def factor_without_pilot(scenario: Scenario, name: str, target: float, buys: Bought = NOTHING_BOUGHT) -> float:
    """The factor on paid posts that brings a pathway to a yearly spend, where what it `buys` is known [GBP/year].

    Spend is then a straight line in the factor.

    Raises
    ------
    ScenarioError
        If the pathway spends more than that without any staff.
    """
    nothing = spend(scenario, name, buys, 0.0)
    if target <= nothing:
        raise _out_of_reach(scenario, name, "without any staff already", nothing, target)
    return (target - nothing) / (spend(scenario, name, buys, 1.0) - nothing)


def _found(scenario: Scenario, name: str, target: float, engine: Engine) -> float:
    """The factor at which pilots spend what the first pathway spends."""
    known: dict[float, float] = {}

    def beyond(octaves: float) -> float:
        factor = 2.0**octaves
        if octaves not in known:
            changed = scaled(scenario, name, factor)
            known[octaves] = spend(changed, name, _pilot(changed, name, engine)) / target - 1
        return 0.0 if abs(known[octaves]) <= NEAR else known[octaves]

    way = -1.0 if beyond(0.0) > 0 else 1.0
    last = next((way * step for step in range(OCTAVES + 1) if beyond(way * step) * way >= 0), None)
    if last is None:
        with_what = f"with {f'{2**OCTAVES} times' if way > 0 else f'1/{2**OCTAVES} of'} its staff"
        raise _out_of_reach(scenario, name, with_what, (1 + beyond(way * OCTAVES)) * target, target)
    if beyond(last):
        optimize.brentq(beyond, last - way, last, xtol=FINEST_STEP)
    return float(2.0 ** min(known, key=lambda octaves: abs(known[octaves])))


def _out_of_reach(scenario: Scenario, name: str, with_what: str, spend: float, target: float) -> ScenarioError:
    problem = f"equal_spend cannot be reached: `{name}` spends {spend:,.0f} GBP a year {with_what}"
    remedy = f"the first pathway spends {target:,.0f}; drop equal_spend from `bases`, or change fees or fixed lines"
    return ScenarioError(f"{scenario.name}.toml", [Fault("bases", problem, remedy)])


def _pilot(scenario: Scenario, name: str, engine: Engine) -> Bought:
    """Fees and overtime a year of a pathway, over replications that the experiment does not use."""
    if not hangs_on_use(scenario.pathways[name]):
        return NOTHING_BOUGHT
    model, found = compiled(scenario, name), []
    for replication in PILOT_NUMBERS:
        citizens = population(scenario, replication)
        found.append(bought(sifted(scenario, name, citizens, batches(model, citizens, engine))))
    fees, overtime = (sum(kind) / PILOT_REPLICATIONS for kind in zip(*found, strict=True))
    return Bought(fees, overtime)


def bought(record: Record) -> Bought:
    """Fees and overtime a year of a pathway in one replication [GBP/year]."""
    pathway, span = record.pathway, years(record)
    if pathway is None or not hangs_on_use(pathway):
        return NOTHING_BOUGHT
    weeks = record.scenario.run.weeks.counted
    staff = sum(team.mean_paid_gbp_a_year(weeks) for team in pathway.teams.values()) * span
    worked_late = float(overtime_pay(record, pathway).sum())
    service = sum(entry.gbp for entry in account(record).ledger if entry.purpose in PURPOSES)
    return Bought((service - staff - worked_late) / span, worked_late / span)
