"""No demand: where nobody comes, only fixed spend is left, and it is what the posts and the fixed lines cost."""

from __future__ import annotations

import math
from typing import Any

from sim.experiments.verifying.findings import (
    NOT_APPLICABLE,
    Finding,
    Part,
    counted,
    gathered,
    judged,
    said,
)
from sim.experiments.verifying.pounds import PENNY, contract, pay, yearly
from sim.experiments.verifying.subject import Run, Subject, runs
from sim.measures.money import account, years
from sim.measures.record import Record
from sim.scenario.scaling import arrivals_given
from sim.scenario.scenario import Scenario

TEST = "No demand"


def no_demand(subject: Subject) -> Finding:
    """Arrivals set to nothing: no visits, no fees, no crises; spend is the posts' pay and the contract upon it."""
    empty = without_demand(subject.short)
    tried = "arrivals set to nothing: no visits, fees or crises, and spend just the posts' pay and the contract on it"
    return gathered(TEST, tried, subject.crew.each(_looked_at, runs(empty, subject.arms)))


def without_demand(scenario: Scenario) -> Scenario:
    """The scenario with no arrivals, however they are given, and nobody waiting at the start."""
    values: dict[str, Any] = {f"{path}arrivals": {"per_day": 0.0} for path in arrivals_given(scenario)}
    if scenario.waiting_at_start is not None:
        values["waiting_at_start.people"] = 0
    return scenario.with_values(values)


def _looked_at(run: Run) -> Part:
    record = run.record
    if len(record.citizens):
        return Part(run.name, "citizens are there from the start, whatever the arrivals", NOT_APPLICABLE)
    wrong = [counted(len(record.visits), "visit")] if len(record.visits) else []
    money, fixed = account(record), fixed_spend(record)
    spent = yearly(money) + math.fsum(entry.gbp for entry in money.ledger if entry.purpose == "crisis")
    if abs(spent - fixed) > PENNY:
        wrong.append(f"{said(spent, 'GBP')} spent, though posts and contract cost {said(fixed, 'GBP')}")
    good = f"no visits; {said(fixed, 'GBP')} over {years(record):.3g} years" if fixed else "no visits, nothing spent"
    return Part(run.name, "; ".join(wrong) or good, judged(not wrong))


def fixed_spend(record: Record) -> float:
    """What a pathway costs if nobody comes: the pay of its posts, and its contract [GBP]."""
    pathway, span = record.pathway, years(record)
    if pathway is None:
        return 0.0
    staff = math.fsum(pay(team, span, record.scenario.run.weeks.counted) for team in pathway.teams.values())
    return staff + math.fsum(contract(pathway, staff, 0.0, span).values())
