"""Prices: one price doubled doubles its line of the ledger, and no line that is not a share of it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

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
from sim.experiments.verifying.pounds import CRISIS_LINES, PENNY, ROUNDING, overtime
from sim.experiments.verifying.subject import Run, Subject, runs
from sim.measures.money import MARGIN, account, one_off_entries
from sim.measures.record import Record
from sim.scenario.pathways import Pathway

TEST = "Prices doubled"
WAYS = ("gbp_a_year", "share_of_staff", "share_of_all")


class Price(NamedTuple):
    """Prices that together make a line, and so double it; or one that adds so much to it when it doubles [GBP]."""

    paths: tuple[str, ...]
    line: str
    adds: float | None = None


class Lines(NamedTuple):
    """The lines of a ledger, what is paid once among them, and what of each is cashable [GBP]."""

    gbp: dict[str, float]
    cashable: dict[str, float]


def doubled(subject: Subject) -> Finding:
    """Each price of each pathway doubled in turn, on the same visits; each cashable share halved."""
    tried = (
        "each price doubled in turn, on the same visits: its line doubles, and no other but those reckoned on it; each "
        "cashable share halved: no line changes but in what is cashable of it"
    )
    if not subject.scenario.has_money:
        return not_applicable(TEST, tried, "nothing in this scenario has a price")
    return gathered(TEST, tried, subject.crew.each(_looked_at, runs(subject.short, subject.arms)))


def _looked_at(run: Run) -> Part:
    record = run.record
    found, shares = prices(record), cashable_shares(record)
    if not found:
        return Part(run.name, "nothing has a price", NOT_APPLICABLE)
    before = _lines(record)
    wrong = [said_wrong for price in found if (said_wrong := _wrong(record, price, before))]
    wrong += [said_wrong for path, line in shares.items() if (said_wrong := _wrong_share(record, path, line, before))]
    good = f"{counted(len(found), 'price')}, each its own line"
    good += f"; {counted(len(shares), 'cashable share')}" if shares else ""
    return Part(run.name, "; ".join(wrong) or good, judged(not wrong))


def prices(record: Record) -> list[Price]:
    """Every price, with the line of the ledger that it pays for. A price of a new kind must be added."""
    crisis, found = record.scenario.crisis, []
    if record.pathway is not None:
        here = f"pathways.{record.pathway_name}"
        found += [*_of_teams(record, record.pathway, here), *_of_the_rest(record.pathway, here)]
    if crisis is not None and record.scenario.has_levels:
        ways_of_crisis = zip(("gbp_per_entry", "gbp_per_day"), CRISIS_LINES, strict=True)
        found += [Price((f"crisis.{way}",), line) for way, line in ways_of_crisis if getattr(crisis, way)]
    return found


def _of_teams(record: Record, pathway: Pathway, here: str) -> Iterator[Price]:
    """The pay of teams; where an hour of overtime has a price of its own, the two make the line."""
    for name, team in pathway.teams.items():
        if team.gbp_per_worked_hour:
            pay, late = (f"{here}.teams.{name}.gbp_per_{kind}_hour" for kind in ("worked", "overtime"))
            has_late = bool(team.gbp_per_overtime_hour) and overtime(record, name) > 0
            dated = [f"{pay}_from_week.{week}" for week in team.gbp_per_worked_hour_from_week]
            yield Price((pay, *dated, late) if has_late else (pay, *dated), name)
            if has_late:
                yield Price((late,), name, overtime(record, name))


def _of_the_rest(pathway: Pathway, here: str) -> Iterator[Price]:
    """Fees, lines of the contract and costs paid once."""
    for name in [name for name, stage in pathway.stages.items() if stage.fee_gbp and name not in pathway.teams]:
        yield Price((f"{here}.stages.{name}.fee_gbp",), name)
    for name, line in pathway.contract.items():
        for way in [way for way in WAYS if getattr(line, way)]:
            yield Price((f"{here}.contract.{name}.{way}",), name)
    for name, one in pathway.one_off.items():
        if one.gbp:
            yield Price((f"{here}.one_off.{name}.gbp",), _once(name))


def cashable_shares(record: Record) -> dict[str, str]:
    """The line of the ledger that each cashable share is of, by the share's path."""
    pathway, found = record.pathway, dict[str, str]()
    if pathway is not None:
        here = f"pathways.{record.pathway_name}"
        paid = {name for name, team in pathway.teams.items() if team.gbp_per_worked_hour and team.cashable}
        fees = {name for name, stage in pathway.stages.items() if stage.fee_gbp and stage.fee_cashable}
        found |= {f"{here}.teams.{name}.cashable": name for name in sorted(paid)}
        found |= {f"{here}.stages.{name}.fee_cashable": name for name in sorted(fees - set(pathway.teams))}
        found |= {f"{here}.contract.{name}.cashable": name for name, line in pathway.contract.items() if line.cashable}
        found |= {f"{here}.one_off.{name}.cashable": _once(name) for name, o in pathway.one_off.items() if o.cashable}
    return found


def _once(name: str) -> str:
    return f"{name}, paid once"


def _wrong(record: Record, price: Price, before: Lines) -> str:
    """What is wrong with the ledger when a price is doubled; empty if nothing is."""
    after = _lines(_with(record, price.paths, 2.0))
    for kind in Lines._fields:
        was, now = getattr(before, kind), getattr(after, kind)
        for name in {**was, **now}:
            wanted = was.get(name, 0.0)
            if name == price.line:
                share = before.cashable.get(name, 0.0) / before.gbp[name] if before.gbp.get(name) else 1.0
                adds = None if price.adds is None else price.adds * (1.0 if kind == "gbp" else share)
                wanted = 2 * wanted if adds is None else wanted + adds
            words = _apart(name, was.get(name, 0.0), now.get(name, 0.0), wanted, kind)
            if words and (name == price.line or not _is_share(record, name)):
                return f"with {' and '.join(price.paths)} doubled, {words}"
    return ""


def _wrong_share(record: Record, path: str, line: str, before: Lines) -> str:
    """What is wrong with the ledger when a cashable share is halved; empty if nothing is."""
    after = _lines(_with(record, (path,), 0.5))
    for kind in Lines._fields:
        was, now = getattr(before, kind), getattr(after, kind)
        for name in {**was, **now}:
            half = 0.5 if kind == "cashable" and name == line else 1.0
            if words := _apart(name, was.get(name, 0.0), now.get(name, 0.0), half * was.get(name, 0.0), kind):
                return f"with {path} halved, {words}"
    return ""


def _apart(line: str, was: float, now: float, wanted: float, kind: str) -> str:
    """Where a line goes, if not where it should; empty if it does."""
    if abs(now - wanted) <= PENNY + ROUNDING * abs(wanted):
        return ""
    whole = "line" if kind == "gbp" else "the cashable part of line"
    return f"{whole} `{line}` goes from {said(was, 'GBP')} to {said(now, 'GBP')}"


def _with(record: Record, paths: tuple[str, ...], factor: float) -> Record:
    """The same visits, with the numbers at some paths times a factor."""
    values = {path: factor * _number_at(record, path) for path in paths}
    return replace(record, scenario=record.scenario.with_values(values))


def _number_at(record: Record, path: str) -> float:
    found: object = record.scenario
    for name in path.split("."):
        found = found[name] if isinstance(found, dict) else getattr(found, name)
    assert isinstance(found, (int, float))
    return float(found)


def _is_share(record: Record, line: str) -> bool:
    """Whether a line is reckoned on others."""
    lines = record.pathway.contract if record.pathway else {}
    return line == MARGIN or (line in lines and lines[line].gbp_a_year is None)


def _lines(record: Record) -> Lines:
    whole: dict[str, list[float]] = defaultdict(list)
    cashable: dict[str, list[float]] = defaultdict(list)
    once = one_off_entries(record.pathway) if record.pathway else ()
    entries = [(entry.line, entry) for entry in account(record).ledger]
    for name, entry in (*entries, *((_once(entry.line), entry) for entry in once)):
        whole[name].append(entry.gbp)
        cashable[name].append(entry.cashable_gbp)
    return Lines(*({name: math.fsum(gbp) for name, gbp in kind.items()} for kind in (whole, cashable)))
