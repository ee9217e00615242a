"""The section on where the money goes: by purpose, cashable or not, from whom to whom, and what refusing cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from sim.reporting import captions, costs, figures, provenance
from sim.reporting import money_wording as said
from sim.reporting.amounts import amount, bare
from sim.reporting.colours import PURPOSES, look
from sim.reporting.money_flows import drawings, money_flows
from sim.reporting.names import plain_name, spoken
from sim.reporting.page import Section, chart
from sim.reporting.results import Results
from sim.reporting.shapes import tinted
from sim.reporting.spending import spending
from sim.reporting.tables import Cell, Table, estimate
from sim.reporting.wording import BASIS_SHORT

RIGHTLY, WRONGLY = tinted(PURPOSES["deciding"].colour, 0.35), PURPOSES["deciding"].colour
CASHABLE = ("public_cost", "cashable_cost")
MUCH, WHOLE_POUNDS = 100.0, 3.0
"""From so many pounds on pence are left out, as for a half-width of so many."""
REFUSING = ("cost_of_refusing_rightly", "cost_of_refusing_wrongly", "cost_of_refusing")


@dataclass(frozen=True)
class Bar:
    """A bar of parts, each with its width [%] and colour, and the words beside it."""

    name: str
    below: str
    parts: tuple[tuple[float, str], ...]
    words: str


@dataclass(frozen=True)
class Bars:
    """Bars to one scale, with what they say and the table behind them."""

    id: str
    title: str
    said: tuple[str, ...]
    bars: tuple[Bar, ...]
    table: Table


def money(results: Results) -> Section | None:
    """Where the money goes, per citizen and a year."""
    spent = spending(results)
    if not spent:
        return None
    prices = costs.in_prices(results)
    behind = costs.by_purpose(results, spent)
    title = said.BY_PURPOSE.format(prices=prices)
    drawn = chart("money", title, figures.money(results), captions.money(results), behind)
    more: dict[str, object] = {
        "cashable": _cashable(results, prices),
        "refusing": _refusing(results, prices),
        "flows": drawings(results, results.bases[0]),
        "flows_title": said.FLOWS.format(prices=prices),
        "flows_said": said.FLOWS_SAID,
        "under": provenance.basis(results.bases[0]),
        "flows_table": _flows_table(results, prices),
        "behind": said.BEHIND,
    }
    told, tables = captions.costs(results), tuple(costs.cost_tables(results))
    return Section("money", said.HEADING, told, (drawn,), tables, template="money.html.j2", more=more)


def _cashable(results: Results, prices: str) -> Bars | None:
    """The public cost of each pathway on each basis that changes it, and the cashable part of it."""
    pairs = {
        arm: [results.overall(*arm, measure) for measure in ("public_cost", "cashable_cost")] for arm in results.arms
    }
    known = {arm: (whole, part) for arm, (whole, part) in pairs.items() if whole is not None and part is not None}
    most = max((float(whole["mean"]) for whole, _ in known.values()), default=0.0)
    if not most:
        return None
    return Bars(
        "cashable",
        said.CASHABLE.format(prices=prices),
        (said.CASHABLE_SAID,),
        tuple(_cashable_bar(results, arm, *rows, most) for arm, rows in known.items()),
        Table(
            said.CASHABLE_TABLE.format(prices=prices),
            said.CASHABLE_HEAD,
            tuple((_arm(*arm), *map(estimate, rows)) for arm, rows in known.items()),
        ),
    )


def _cashable_bar(results: Results, arm: tuple[str, str], whole: pd.Series, part: pd.Series, most: float) -> Bar:
    basis, pathway = arm
    style, full, cash = look(results, pathway), float(whole["mean"]), float(part["mean"])
    parts = ((100 * cash / most, style.line), (100 * (full - cash) / most, tinted(style.line, 0.3)))
    words = said.CASHABLE_OF.format(cashable=_gbp(part), whole=_gbp(whole)) if full else said.NOTHING
    return Bar(plain_name(pathway), _basis(results, basis), parts, words)


def _basis(results: Results, basis: str) -> str:
    return BASIS_SHORT[basis] if len(results.bases) > 1 else ""


def _arm(basis: str, pathway: str) -> Cell:
    return Cell(plain_name(pathway), BASIS_SHORT[basis])


def _refusing(results: Results, prices: str) -> Bars | None:
    """What was spent on approaches that ended in a refusal, rightly and wrongly; none where nobody can be refused."""
    arms = [arm for arm in results.arms if arm[1] in results.compared]
    rows = {arm: [results.overall(*arm, measure) for measure in REFUSING] for arm in arms}
    known = {arm: [row for row in found if row is not None] for arm, found in rows.items()}
    known = {arm: found for arm, found in known.items() if len(found) == len(REFUSING)}
    most = max((float(whole["mean"]) for *_, whole in known.values()), default=0.0)
    if not known:
        return None
    first = {arm: found for arm, found in known.items() if arm[0] == results.bases[0]}
    return Bars(
        "refusing",
        said.REFUSING.format(prices=prices),
        (said.REFUSING_SAID, *(refused(pathway, *found) for (_, pathway), found in first.items())),
        tuple(_refusing_bar(results, arm, found, most) for arm, found in known.items()) if most else (),
        Table(
            said.REFUSED_TABLE.format(prices=prices),
            said.REFUSED_HEAD,
            tuple((_arm(*arm), *map(estimate, found)) for arm, found in known.items()),
        ),
    )


def refused(pathway: str, rightly: pd.Series, wrongly: pd.Series, whole: pd.Series) -> str:
    """What refusing cost with a pathway, split into rightly and wrongly; that it cost nothing where it did not."""
    if not whole["mean"]:
        return said.REFUSED_NONE.format(pathway=spoken(pathway))
    said_whole, said_rightly, said_wrongly = _rounded_alike(whole, rightly, wrongly)
    half_width = max(_half(whole), _finest(whole, rightly, wrongly))
    low, high = (amount(float(whole[end]), "GBP", half_width=half_width) for end in ("low", "high"))
    return said.REFUSED.format(
        pathway=spoken(pathway), whole=said_whole, low=low, high=high, rightly=said_rightly, wrongly=said_wrongly
    )


def _rounded_alike(*rows: pd.Series) -> list[str]:
    """Amounts rounded as the narrowest of their intervals supports, so that parts add up to their whole."""
    return [amount(float(row["mean"]), "GBP", half_width=_finest(*rows)) for row in rows]


def _finest(*rows: pd.Series) -> float:
    """The narrowest half-width; of amounts that come to much, one that leaves no pence."""
    much = max(float(row["mean"]) for row in rows) >= MUCH
    return max(min(map(_half, rows)), WHOLE_POUNDS if much else 0.0)


def _half(row: pd.Series) -> float:
    return float(row["high"] - row["low"]) / 2


def _refusing_bar(results: Results, arm: tuple[str, str], found: Sequence[pd.Series], most: float) -> Bar:
    basis, pathway = arm
    rightly, wrongly, whole = found
    parts = ((100 * float(rightly["mean"]) / most, RIGHTLY), (100 * float(wrongly["mean"]) / most, WRONGLY))
    said_rightly, said_wrongly = _rounded_alike(rightly, wrongly)
    words = said.REFUSED_BESIDE.format(rightly=said_rightly, wrongly=said_wrongly)
    return Bar(plain_name(pathway), _basis(results, basis), parts, words if whole["mean"] else said.NOTHING)


def _gbp(row: pd.Series) -> str:
    return amount(float(row["mean"]), "GBP", half_width=_half(row))


def _flows_table(results: Results, prices: str) -> Table:
    """A year's money by payer, receiver and kind, for every pathway and basis."""
    rows = [
        (
            _arm(basis, pathway),
            Cell(plain_name(flow.payer)),
            Cell(plain_name(flow.receiver)),
            Cell(said.KINDS[flow.kind]),
            Cell(bare(flow.gbp, "GBP"), is_number=True),
        )
        for basis, pathway in results.arms
        for flow in money_flows(results, basis, pathway)
    ]
    return Table(said.FLOWS_TABLE.format(prices=prices), said.FLOWS_HEAD, tuple(rows))
