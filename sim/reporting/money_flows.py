"""Who pays whom: the ledger of a year as bands from payers to receivers, drawn as SVG between two columns of names."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from sim.reporting import money_wording as said
from sim.reporting.amounts import amount, listed, plain_number
from sim.reporting.colours import PURPOSES, look
from sim.reporting.names import plain_name, spoken
from sim.reporting.results import Results
from sim.reporting.shapes import Point, band, path, tag, tinted, wrapped

ACROSS = 1000.0
"""Width of a drawing in its own units: it is drawn as wide as there is room."""
TALLEST = 150.0
"""Height of all the money of the dearest pathway [px]."""
LINE = 17.0
"""Height of a line of words beside a drawing [px]."""
NAME_WIDTH, NAME_SIZE = 104.0, 13.6
"""Room for a name, and the size of its letters [px]."""
MOST_LINES = 4
MILLION = 1e6
PENNY = 0.01


@dataclass(frozen=True)
class Flow:
    """Money of a year from a payer to a receiver, for service and contract or for crises [GBP]."""

    payer: str
    receiver: str
    kind: str
    gbp: float


@dataclass(frozen=True)
class Named:
    """A payer or a receiver: the lines of its name, its money in words, how far down and how much room it has [px]."""

    lines: tuple[str, ...]
    gbp: str
    down: float
    room: float


@dataclass(frozen=True)
class Drawing:
    """The money of one pathway: payers, bands, receivers, the height of it all [px], and its words."""

    title: str
    ink: str
    sentence: str
    payers: tuple[Named, ...]
    bands: Markup
    receivers: tuple[Named, ...]
    height: float


def money_flows(results: Results, basis: str, pathway: str) -> list[Flow]:
    """The yearly money of a pathway by payer, receiver and kind, in the ledger's order; paid once is not in it."""
    table = results.ledger
    table = table[(table["basis"] == basis) & (table["pathway"] == pathway) & (table["gbp_a_year"] != 0)]
    sums: dict[tuple[str, str, str], list[float]] = {}
    for row in table.to_dict("records"):
        kind = "crisis" if row["purpose"] == "crisis" else "service"
        sums.setdefault((row["payer"], row["receiver"], kind), []).append(float(row["gbp_a_year"]))
    return [Flow(*who, math.fsum(found)) for who, found in sums.items()]


def drawings(results: Results, basis: str) -> list[Drawing]:
    """The money of every pathway on a basis, all to one scale; none where nobody pays anything."""
    found = {pathway: money_flows(results, basis, pathway) for on, pathway in results.arms if on == basis}
    most = max((_total(flows) for flows in found.values()), default=0.0)
    return [_drawing(results, name, flows, TALLEST / most) for name, flows in found.items() if flows] if most else []


def _total(flows: Sequence[Flow]) -> float:
    return math.fsum(flow.gbp for flow in flows)


def _drawing(results: Results, pathway: str, flows: Sequence[Flow], scale: float) -> Drawing:
    payers, receivers = (_column(_by(flows, side), scale) for side in ("payer", "receiver"))
    style = look(results, pathway)
    colours = {"service": tinted(style.line, 0.45), "crisis": PURPOSES["crisis"].colour}
    sentence = told(pathway, flows)
    height = max(_foot(payers), _foot(receivers))
    drawn = tag(
        "svg", *_bands(flows, payers, receivers, scale, colours), class_="flows-svg", height=height, role="img",
        aria_label=sentence, viewBox=f"0 0 {ACROSS:g} {height:g}", preserveAspectRatio="none",
    )  # fmt: skip
    title = plain_name(pathway)
    return Drawing(title, style.ink, sentence, tuple(payers.values()), drawn, tuple(receivers.values()), height)


def _by(flows: Sequence[Flow], side: str) -> dict[str, float]:
    """Money by payer, or by receiver."""
    names = dict.fromkeys(getattr(flow, side) for flow in flows)
    return {name: math.fsum(flow.gbp for flow in flows if getattr(flow, side) == name) for name in names}


def _column(sums: Mapping[str, float], scale: float) -> dict[str, Named]:
    """Names from the top down, each with room for its band and for its words."""
    made, down = {}, 0.0
    for name, gbp in sums.items():
        lines = tuple(wrapped(_title(name), NAME_WIDTH, NAME_SIZE, MOST_LINES))
        room = max(gbp * scale, LINE * (1 + len(lines)))
        made[name] = Named(lines, _gbp(gbp), down, room)
        down += room + 6
    return made


def _foot(column: Mapping[str, Named]) -> float:
    return math.ceil(max(one.down + one.room for one in column.values()))


def _bands(
    flows: Sequence[Flow], payers: Mapping[str, Named], receivers: Mapping[str, Named], scale: float,
    colours: Mapping[str, str],
) -> list[Markup]:  # fmt: skip
    left, right = ({name: one.down for name, one in side.items()} for side in (payers, receivers))
    drawn = []
    for flow in flows:
        height = max(1.0, flow.gbp * scale)
        start: Point = (0.0, left[flow.payer] + height / 2)
        end: Point = (ACROSS, right[flow.receiver] + height / 2)
        left[flow.payer] += height
        right[flow.receiver] += height
        points = [start, (0.1 * ACROSS, start[1]), (0.9 * ACROSS, end[1]), end]
        drawn.append(path(band(points, height), fill=colours[flow.kind], stroke="#ffffff", stroke_width=0.5))
    return drawn


def told(pathway: str, flows: Sequence[Flow]) -> str:
    """Who pays how much and who receives how much of a pathway's money, and that it balances."""
    if not flows:
        return said.FLOW_NONE.format(pathway=spoken(pathway))
    payers, receivers = _by(flows, "payer"), _by(flows, "receiver")
    return said.FLOW_TOLD.format(
        pathway=spoken(pathway),
        paid=listed([said.FROM.format(name=_title(name), gbp=_gbp(gbp)) for name, gbp in payers.items()]),
        received=listed([said.TO.format(name=_title(name), gbp=_gbp(gbp)) for name, gbp in receivers.items()]),
        balance=balance(math.fsum(payers.values()), math.fsum(receivers.values())),
    )


def balance(paid: float, received: float) -> str:
    """Whether what is paid is what is received, to the penny."""
    if abs(paid - received) < PENNY:
        return said.BALANCES.format(gbp=_gbp(paid))
    return said.OUT_OF_BALANCE.format(paid=_gbp(paid), received=_gbp(received))


def _title(name: str) -> str:
    return plain_name(name) if name else said.NAMELESS


def _gbp(value: float) -> str:
    """Money of a year to three figures, a million and more in millions."""
    return said.MILLIONS.format(number=plain_number(value / MILLION)) if value >= MILLION else amount(value, "GBP")
