"""The answer at one glance: each headline as a bar a pathway, and under it the difference in large figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from sim.measures.definitions import DEFINITIONS
from sim.reporting import brief_wording as wording
from sim.reporting import cautions
from sim.reporting.amounts import is_share, printed_unit, size, stated, with_unit
from sim.reporting.colours import INK, Look, look
from sim.reporting.differences import Difference, difference_of, is_of_unclear_size, span, verdict
from sim.reporting.names import plain_name
from sim.reporting.results import Results
from sim.reporting.tables import estimate, prices
from sim.scenario.vocabulary import NO_SERVICE

SAID_IN_SIZE = ("sooner_or_less", "later_or_more")


@dataclass(frozen=True)
class Bar:
    """A pathway's mean, with its interval in words and how long it is drawn [% of the longest]."""

    name: str
    look: Look
    mean: str
    interval: str
    length: float


@dataclass(frozen=True)
class Gap:
    """How a pathway differs from what it is set against: in large figures, and its interval under them.

    In the pathway's colour only where it clearly differs.
    """

    of: str
    ink: str
    large: str
    interval: str


@dataclass(frozen=True)
class Card:
    """One headline: its heading, its bars, its differences."""

    heading: str
    prices: str
    bars: tuple[Bar, ...]
    gaps: tuple[Gap, ...]


def cards(results: Results) -> list[Card]:
    """A card a headline, on the first basis; none where nobody is in the cohort or no headline is named."""
    if cautions.nobody(results):
        return []
    made = (_card(results, measure) for measure in results.headlines)
    return [card for card in made if card.bars]


def _card(results: Results, measure: str) -> Card:
    name, unit = plain_name(measure).capitalize(), DEFINITIONS[measure].unit
    is_said = unit.lower() in name.lower() or _stands_with_it(unit)
    heading = name if is_said else wording.GLANCE_HEADING.format(measure=name, unit=printed_unit(unit))
    return Card(heading, prices(results, measure), tuple(_bars(results, measure)), tuple(_gaps(results, measure)))


def _stands_with_it(unit: str) -> bool:
    return unit == "GBP" or is_share(unit)


def _bars(results: Results, measure: str) -> Iterator[Bar]:
    found = [(name, results.overall(results.bases[0], name, measure)) for name in results.pathways]
    known = [(name, row) for name, row in found if row is not None and pd.notna(row["mean"])]
    longest = max((float(row["mean"]) for _, row in known), default=0.0)
    for name, row in known:
        cell = estimate(row)
        length = max(0.0, 100 * float(row["mean"]) / longest) if longest > 0 else 0.0
        mean = with_unit(cell.text, row["unit"], difference=False) if _stands_with_it(row["unit"]) else cell.text
        yield Bar(plain_name(name), look(results, name), mean, cell.below, round(length, 1))


def _gaps(results: Results, measure: str) -> Iterator[Gap]:
    first, *others = results.compared
    pairs = [(other, first) for other in others] or [(first, NO_SERVICE)]
    for pathway, against in pairs:
        row = results.difference(results.bases[0], pathway, against, measure)
        if row is not None and pd.notna(row["mean"]):
            yield _gap(results, difference_of(row, price_year=""))


def _gap(results: Results, found: Difference) -> Gap:
    of = wording.LESS.format(pathway=plain_name(found.pathway), against=plain_name(found.against))
    interval = wording.INTERVAL.format(span=span(found)) if found.low < found.high else ""
    if is_of_unclear_size(found):
        interval += wording.PERHAPS.format(matters=stated(found.matters, found.unit, difference=True))
    clearly = found.verdict in SAID_IN_SIZE
    return Gap(of, look(results, found.pathway).ink if clearly else INK, _large(found), interval)


def _large(found: Difference) -> str:
    """How much less or more where that is the verdict (or there is none to be had); else the verdict in words."""
    if found.is_none:
        return wording.SAME
    if found.verdict and found.verdict not in SAID_IN_SIZE and not is_of_unclear_size(found):
        return verdict(found)
    less, more = found.words
    said = size(found.mean, found.unit, half_width=found.half_width)
    return wording.CLEAR.format(size=said, word=less if found.mean < 0 else more)
