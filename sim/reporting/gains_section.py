"""The section on who gains and who loses: forest plots of subgroups, then single citizens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from sim.reporting import cautions, provenance, tables, wording
from sim.reporting import gains_wording as said
from sim.reporting.amounts import amount, bare, printed_unit
from sim.reporting.colours import look
from sim.reporting.forest import Span, scale, span_of, strip
from sim.reporting.gains import Gain, gains, is_same, losses, of_measure
from sim.reporting.names import plain_name
from sim.reporting.page import Section
from sim.reporting.results import Results
from sim.reporting.singles import Singles, singles
from sim.reporting.tables import Table


@dataclass(frozen=True)
class Row:
    """A row of a forest: who, the difference drawn, and written."""

    name: str
    strip: Markup
    mean: str
    interval: str


@dataclass(frozen=True)
class Forest:
    """The differences in one headline: a title, a caption, its scale, the words for less and more, rows by kind."""

    title: str
    caption: str
    ways: str
    scale: Markup
    kinds: tuple[tuple[str, tuple[Row, ...]], ...]


@dataclass(frozen=True)
class Pair:
    """A pathway set against the first on one basis."""

    id: str
    title: str
    said: tuple[str, ...]
    forests: tuple[Forest, ...]
    singles: Singles | None
    under: str
    """What its pictures say under themselves."""


@dataclass(frozen=True)
class Pane:
    """What is shown on one basis: each other pathway, and the tables behind them."""

    pairs: tuple[Pair, ...]
    tables: tuple[Table, ...]


def who_gains(results: Results) -> Section | None:
    """The headlines by group, level at arrival, needs and neighbourhood, as differences from the first pathway."""
    panes = [(wording.BASIS[basis], _pane(results, basis)) for basis in results.bases]
    shown = [(name, pane) for name, pane in panes if pane.pairs or pane.tables]
    if not shown:
        return None
    drawn = any(pair.forests for _, pane in shown for pair in pane.pairs)
    more: dict[str, object] = {
        "panes": shown, "legend": said.BASIS, "behind": said.TABLES, "stamp": said.STAMP, "head": said.HEAD,
    }  # fmt: skip
    told = (said.HOW_TO_READ, said.NOT_ADJUSTED) if drawn else ()
    return Section("groups", said.HEADING, told, template="gains.html.j2", more=more)


def _pane(results: Results, basis: str) -> Pane:
    run = [pathway for pathway in results.compared[1:] if (basis, pathway) in results.arms]
    pairs = tuple(filter(None, (_pair(results, basis, pathway) for pathway in run)))
    behind = (tables.by_group(results, basis, measure) for measure in results.headlines)
    return Pane(pairs, tuple(table for table in behind if table))


def _pair(results: Results, basis: str, pathway: str) -> Pair | None:
    first = results.compared[0]
    found = [kinds for measure in results.headlines if (kinds := gains(results, basis, pathway, measure))]
    single = singles(results, basis, pathway)
    if not found and single is None:
        return None
    told = [losses(pathway, first, found), *map(of_measure, found)] if found else []
    title = said.PAIR.format(pathway=plain_name(pathway), against=plain_name(first), basis=wording.BASIS_SHORT[basis])
    return Pair(
        id=f"gains-{pathway}-{basis}",
        title=title[:1].upper() + title[1:],
        said=(*told, *_cautions(results, basis, pathway)),
        forests=tuple(_forest(results, kinds) for kinds in found if not is_same(kinds)),
        singles=single,
        under=f"{provenance.basis(basis)} {said.NOT_ADJUSTED_HERE}",
    )


def _cautions(results: Results, basis: str, pathway: str) -> list[str]:
    """Why nothing is to be concluded of what is shown, where that is so."""
    first = results.compared[0]
    rows = [results.difference(basis, pathway, first, measure) for measure in results.headlines]
    verdicts = [str(row["verdict"]) for row in rows if row is not None]
    told = cautions.not_judged((basis, verdict) for verdict in verdicts)
    if "unsteady" in verdicts:
        told.append(said.UNSTEADY.format(why=cautions.why_unsteady(results, basis, {pathway, first})))
    return told


def _forest(results: Results, found: Sequence[Gain]) -> Forest:
    first = found[0].found
    less, more = first.words
    factor = 100.0 if first.unit == "share" else 1.0
    ends = [value * factor for gain in found for value in (gain.found.mean, gain.found.low, gain.found.high)]
    span = span_of(ends, first.matters * factor)
    named = {
        "measure": plain_name(first.measure).capitalize(), "unit": printed_unit(first.unit, difference=True),
        "pathway": plain_name(first.pathway), "against": plain_name(first.against),
        "basis": wording.BASIS_SHORT[first.basis],
    }  # fmt: skip
    kinds = groupby(found, key=lambda gain: gain.by)
    return Forest(
        title=said.SHORT_TITLE.format(**named),
        caption=said.FOREST.format(**named),
        ways=said.WAYS.format(less=less, more=more),
        scale=scale(span),
        kinds=tuple((said.KINDS[by], tuple(_row(results, one, span, factor) for one in of)) for by, of in kinds),
    )


def _row(results: Results, gain: Gain, span: Span, factor: float) -> Row:
    found = gain.found
    mean, low, high = (
        bare(value, found.unit, half_width=found.half_width, signed=True)
        for value in (found.mean, found.low, found.high)
    )
    drawn = strip(
        span,
        found.mean * factor,
        found.low * factor,
        found.high * factor,
        look(results, found.pathway),
        is_clear=gain.is_less or gain.is_more,
        told=amount(found.mean, found.unit, half_width=found.half_width, signed=True),
    )
    name = gain.name if gain.by != "needs" else f"{gain.name} {'need' if gain.group == 'one' else 'needs'}"
    return Row(name[:1].upper() + name[1:], drawn, mean, f"{low} to {high}" if found.low < found.high else "")
