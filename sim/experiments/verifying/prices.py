"""Prices: one price doubled doubles its line of the ledger, and no line that is not a share of it."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import replace

from sim.experiments.verifying.findings import (
    NOT_APPLICABLE,
    Finding,
    Part,
    counted,
    gathered,
    judged,
    not_applicable,
    said,
)
from sim.experiments.verifying.pounds import CRISIS_LINES, PENNY, ROUNDING
from sim.experiments.verifying.subject import Run, Subject, runs
from sim.measures.money import MARGIN, account
from sim.measures.record import Record

TEST = "Prices doubled"


def doubled(subject: Subject) -> Finding:
    """Each price of each pathway doubled in turn, on the same visits."""
    tried = "each price doubled in turn, on the same visits: its line doubles, and no other but those reckoned on it"
    if not subject.scenario.has_money:
        return not_applicable(TEST, tried, "nothing in this scenario has a price")
    return gathered(TEST, tried, subject.crew.each(_looked_at, runs(subject.short, subject.arms)))


def _looked_at(run: Run) -> Part:
    record = run.record
    found = prices(record)
    if not found:
        return Part(run.name, "nothing has a price", NOT_APPLICABLE)
    before = _lines(record)
    wrong = [said_wrong for path, line in found.items() if (said_wrong := _wrong(record, path, line, before))]
    return Part(run.name, "; ".join(wrong) or f"{counted(len(found), 'price')}, each its own line", judged(not wrong))


def prices(record: Record) -> dict[str, str]:
    """The line of the ledger that each price pays for, by the price's path. A price of a new kind must be added."""
    found: dict[str, str] = {}
    pathway, crisis = record.pathway, record.scenario.crisis
    if pathway is not None:
        here = f"pathways.{record.pathway_name}"
        paid = {name for name, team in pathway.teams.items() if team.gbp_per_worked_hour}
        found |= {f"{here}.teams.{name}.gbp_per_worked_hour": name for name in paid}
        fees = {name for name, stage in pathway.stages.items() if stage.fee_gbp}
        found |= {f"{here}.stages.{name}.fee_gbp": name for name in fees - set(pathway.teams)}
        for name, line in pathway.contract.items():
            ways = ("gbp_a_year", "share_of_staff", "share_of_all")
            found |= {f"{here}.contract.{name}.{way}": name for way in ways if getattr(line, way)}
    if crisis is not None and record.scenario.has_levels:
        ways_of_crisis = zip(("gbp_per_entry", "gbp_per_day"), CRISIS_LINES, strict=True)
        found |= {f"crisis.{way}": line for way, line in ways_of_crisis if getattr(crisis, way)}
    return found


def _wrong(record: Record, path: str, line: str, before: dict[str, float]) -> str:
    """What is wrong with the ledger when the price at a path is doubled; empty if nothing is."""
    price: object = record.scenario
    for name in path.split("."):
        price = price[name] if isinstance(price, dict) else getattr(price, name)
    assert isinstance(price, float)
    after = _lines(replace(record, scenario=record.scenario.with_values({path: 2 * price})))
    for name in {**before, **after}:
        was, now = before.get(name, 0.0), after.get(name, 0.0)
        wanted = 2 * was if name == line else was
        if abs(now - wanted) > PENNY + ROUNDING * abs(wanted) and (name == line or not _is_share(record, name)):
            return f"with {path} doubled, line `{name}` goes from {said(was, 'GBP')} to {said(now, 'GBP')}"
    return ""


def _is_share(record: Record, line: str) -> bool:
    """Whether a line is reckoned on others."""
    lines = record.pathway.contract if record.pathway else {}
    return line == MARGIN or (line in lines and lines[line].gbp_a_year is None)


def _lines(record: Record) -> dict[str, float]:
    lines: dict[str, list[float]] = defaultdict(list)
    for entry in account(record).ledger:
        lines[entry.line].append(entry.gbp)
    return {name: math.fsum(gbp) for name, gbp in lines.items()}
