"""How a box of a drawn pathway and what hangs under it are drawn: title, notes, gate and ways out, as SVG."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from sim.reporting.colours import INK, PURPOSES, QUIET, WASH, Look
from sim.reporting.icons import icon
from sim.reporting.pathway_cells import DROP, ICON, LINE, PAD, SMALL, TITLE, TITLE_LINE, TURN, Cell, WayOut
from sim.reporting.pathway_cells import way_out_text as words_from
from sim.reporting.pathway_graph import REFUSED
from sim.reporting.pathway_routes import ARROW, Point, Rect
from sim.reporting.shapes import path, tag, text

GATE = 7.5
STUB = "#c9cdd3"


def box_drawn(cell: Cell, box: Rect, look: Look, hatch: str) -> Iterator[Markup]:
    """A box with its ways out; `look` is the pathway's, `hatch` the name of the hatching in it."""
    yield from _box(cell, box)
    yield from _ways_out(cell, box, look, hatch)
    if cell.has_gate:
        yield _gate(box.x + 2 + max(sum(way.width for way in cell.ways_out) / 2, GATE), box.bottom)


def _ways_out(cell: Cell, box: Rect, look: Look, hatch: str) -> Iterator[Markup]:
    """A trunk down from the box, off which each way out turns to the right, the first from its right side."""
    trunk = sum(way.width for way in cell.ways_out)
    right, y, end = box.x + 2 + trunk, box.bottom + DROP, box.x + 2 + trunk + TURN
    fills = {REFUSED: INK, "helped_fit": look.line, "helped_unfit": f"url(#{hatch})"}
    edges = {REFUSED: INK, "helped_fit": look.ink, "helped_unfit": look.ink}
    for way in cell.ways_out:
        middle, edge = y + max(LINE, way.width + 4) / 2, edges.get(way.end, QUIET)
        if way.width:
            yield path(_turning(right, way.width, box.bottom, middle, end), fill=fills.get(way.end, STUB), stroke=edge,
                       stroke_width=0.8)  # fmt: skip
            yield _end(way.end == REFUSED, (end, middle), way.width, edge)
        yield from _way_words(box.x + words_from(trunk), middle + 4.3, way)
        right, y = right - way.width, y + way.height


def _end(is_refused: bool, at: Point, width: float, colour: str) -> Markup:
    """How a way out ends: for those refused at a bar, for all others in an arrow."""
    x, y = at
    half = max(width / 2 + 2.5, 5.0)
    if is_refused:
        return path(("M", (x, y - half), "L", (x, y + half)), stroke=colour, stroke_width=3)
    return path(("M", (x + ARROW, y), "L", (x, y - half), "L", (x, y + half), "Z"), fill=colour)


def lines(x: float, y: float, said: tuple[str, ...], ink: str = INK) -> Iterator[Markup]:
    """Lines of small text, one under another."""
    for at, line in enumerate(said):
        yield text(x, y + at * LINE, line, font_size=SMALL, fill=ink)


def _way_words(x: float, y: float, way: WayOut) -> Iterator[Markup]:
    """The words of a way out: its number first, and loudest."""
    number, _, words = way.said[0].partition(" ")
    loud = tag("tspan", number, font_weight=700)
    yield tag("text", loud, f" {words}", x=x, y=y, font_size=SMALL, fill=INK)
    yield from lines(x, y + LINE, way.said[1:])
    yield from lines(x, y + LINE * len(way.said), way.more, QUIET)


def _turning(right: float, width: float, top: float, middle: float, end: float) -> list[str | Point]:
    """A band that comes down and turns to the right, from its upper right corner round."""
    left, over, under = right - width, middle - width / 2, middle + width / 2
    bend = min(6.0, max(0.0, end - right) / 2 + 1, over - top)
    return ["M", (left, top), "L", (right, top), "L", (right, over - bend), "Q", (right, over), (right + bend, over),
            "L", (end, over), "L", (end, under), "L", (left + width + bend, under),
            "Q", (left, under), (left, over - bend), "Z"]  # fmt: skip


def _box(cell: Cell, box: Rect) -> Iterator[Markup]:
    fill = PURPOSES[cell.purpose] if cell.purpose else None
    colour, ink = (fill.colour, fill.ink) if fill else ("#ffffff" if cell.is_delay else WASH, INK)
    dashes: dict[str, str | float] = {"stroke_dasharray": "5 4"} if cell.is_delay else {}
    edge = {"rx": 4, "stroke": QUIET, "stroke_width": 1.2, **dashes}
    yield tag("rect", x=box.x, y=box.y, width=box.width, height=box.height, fill="#ffffff", **edge)
    if not cell.is_delay:
        yield tag("rect", x=box.x, y=box.y, width=box.width, height=cell.head, rx=4, fill=colour)
    y = box.y + PAD + TITLE
    yield from (text(box.x + PAD, y + at * TITLE_LINE - 2, line, font_size=TITLE, font_weight=650, fill=ink)
                for at, line in enumerate(cell.title))  # fmt: skip
    y += len(cell.title) * TITLE_LINE
    if cell.purpose:
        yield text(box.x + PAD, y - 3, cell.purpose, font_size=SMALL, font_style="italic", fill=ink)
    yield from _notes(cell, box.x + PAD, box.y + cell.head + PAD + SMALL - 1)


def _notes(cell: Cell, x: float, y: float) -> Iterator[Markup]:
    for note in cell.notes:
        if note.icon:
            yield icon(note.icon, x, y - 10)
        yield from lines(x + ICON, y, note.lines)
        y += LINE * len(note.lines)


def _gate(x: float, y: float) -> Markup:
    corners: list[str | Point] = ["M", (x - GATE, y), "L", (x, y - GATE), "L", (x + GATE, y), "L", (x, y + GATE), "Z"]
    return path(corners, fill="#ffffff", stroke=INK, stroke_width=2)
