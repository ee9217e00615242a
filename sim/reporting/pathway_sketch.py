"""How a pathway that has been laid out is drawn: boxes, bands, ways out and labels, as SVG."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from markupsafe import Markup

from sim.reporting import pathway_wording as wording
from sim.reporting.colours import INK, PURPOSES, QUIET, WASH, Look
from sim.reporting.icons import ICONS
from sim.reporting.pathway_cells import DROP, ICON, LINE, PAD, SMALL, TITLE, TITLE_LINE, TURN, Cell, WayOut, rounded
from sim.reporting.pathway_cells import way_out_text as words_from
from sim.reporting.pathway_graph import ASIDE, ONWARD, REFUSED, Flows, Link
from sim.reporting.pathway_layout import Layout
from sim.reporting.pathway_routes import ARROW, Point, Rect, Route
from sim.reporting.shapes import along, band, path, pipe, tag, text, text_width, tinted

MARGIN = 8.0
LANE = 30.0
"""Below all, for those who come back [px]."""
TINT, TINT_AGAIN = 0.30, 0.10
INSIDE = 15.0
"""A band at least so wide has its label inside it [px]."""
DASHES = "7 4"
GATE = 7.5
LABEL = 12.0
"""Size of the letters of a number on a band [px]."""
SHRINKS_TO = 0.84
SCROLLS = (("wide", 900), ("middling", 590), ("narrow", 330))
ALONG = (0.5, 0.3, 0.7, 0.15, 0.85)
"""Where along a bend of a band its label may stand, the best first."""
HALO: dict[str, str | float] = {"stroke": "#ffffff", "stroke_width": 3, "paint_order": "stroke"}


@dataclass(frozen=True)
class Picture:
    """An SVG and its size [px]."""

    svg: Markup
    width: float
    height: float

    @property
    def least(self) -> int:
        """The least width at which its letters can still be read on a screen [px]."""
        return round(self.width * SHRINKS_TO)

    @property
    def full(self) -> int:
        """The width at which it is shown where there is room [px]."""
        return round(self.width)

    @property
    def scrolls(self) -> str:
        """On which screens it has to be scrolled: on any but the widest, on small ones, or on telephones."""
        return next((name for name, width in SCROLLS if self.least > width), "")


@dataclass(frozen=True)
class Sketch:
    """Everything that is drawn of a pathway, and where."""

    flows: Flows
    layout: Layout
    cells: Mapping[str, Cell]
    look: Look
    hatch: str
    entering: tuple[str, ...]
    first: tuple[str, ...]
    taken: list[Rect] = field(default_factory=list)

    def picture(self, said: str) -> Picture:
        """The drawing as it stands on the page; `said` tells of it those who do not see it."""
        width, height = self.layout.width + 2 * MARGIN, self.layout.height + 2 * MARGIN + self._lane
        self.taken.extend(self.layout.boxes[name] for name in self.cells)
        drawn = Markup().join((*self._comings(), *self._links(), *self._boxes(), *self._labels()))
        inside = tag("g", drawn, transform=f"translate({MARGIN:g},{MARGIN:g})")
        svg = tag("svg", self._pattern(), inside, viewBox=f"0 0 {width:.0f} {height:.0f}", width=width, height=height,
                  role="img", aria_label=said)  # fmt: skip
        return Picture(svg, width, height)

    @property
    def _lane(self) -> float:
        return LANE + self._route("again").width if "again" in self.entering else 0.0

    def _route(self, coming: str) -> Route:
        return self.layout.routes[self.entering.index(coming)]

    def _pattern(self) -> Markup:
        """Hatching, for help that did not fit."""
        line = path(("M", (0.0, 0.0), "V6"), stroke=self.look.line, stroke_width=4)
        hatching = tag("pattern", line, id=self.hatch, width=6, height=6, patternUnits="userSpaceOnUse",
                       patternTransform="rotate(45)")  # fmt: skip
        return tag("defs", hatching)

    def _comings(self) -> Iterator[Markup]:
        """Those who come for the first time, and those who come back, on a lane below all."""
        if "first" in self.entering:
            route = self._route("first")
            end = route.points[-1]
            yield from self._band(((0.0, end[1]), end), route.width, wording.FIRST_TIME.format(n=""))
            y = end[1] - route.width / 2 - 5 - LINE * (len(self.first) - 1)
            yield from _lines(0.0, y, self.first)
        if "again" in self.entering:
            yield from self._coming_back(self._route("again"))

    def _coming_back(self, route: Route) -> Iterator[Markup]:
        end, left = route.points[-1], route.width / 2 + 1
        lane = self.layout.height + LANE + route.width / 2
        points = ((self.layout.width, lane), (left, lane), (left, end[1]), end)
        yield from self._pipe(points, route.width, dashed=True)
        words = wording.COMING_BACK.format(n=rounded(self.flows.begun_again))
        y = lane + 4.3 if route.width >= INSIDE else lane - route.width / 2 - 7
        yield text(left + route.width / 2 + 24, y, words, font_size=SMALL, fill=INK)

    def _drawn(self) -> list[tuple[Link, Route]]:
        """Links with their routes, the widest first: it lies lowest."""
        routes = self.layout.routes[len(self.entering) :]
        return sorted(zip(self.flows.links, routes, strict=True), key=lambda pair: -pair[1].width)

    def _links(self) -> Iterator[Markup]:
        for link, route in self._drawn():
            if route.kind == "forward":
                yield from self._band(route.points, route.width, self._said(link), link.kind in ASIDE)
        for link, route in self._drawn():
            if route.kind != "forward":
                yield from self._pipe(route.points, route.width, self._said(link), dashed=link.kind in ASIDE)

    def _said(self, link: Link) -> str:
        ends = f"{self.flows.step(link.source).title} → {self.flows.step(link.target).title}"
        number = wording.ASIDE[link.kind].format(n=f"{link.a_year:,.0f}")
        return f"{ends}, {number}"

    def _band(self, points: tuple[Point, ...], width: float, said: str, dashed: bool = False) -> Iterator[Markup]:
        """A level band with an arrow at its end."""
        end = points[-1]
        stopped = tuple((min(x, end[0] - ARROW), y) for x, y in points)
        look: dict[str, str | float] = {"stroke_dasharray": DASHES} if dashed else {}
        yield path(band(stopped, width), tag("title", said), fill=tinted(self.look.line, TINT), stroke=self.look.line,
                   stroke_width=0.8, **look)  # fmt: skip
        yield self._arrow(end, (1, 0), width)

    def _pipe(self, points: tuple[Point, ...], width: float, said: str = "", dashed: bool = False) -> Iterator[Markup]:
        """A band that turns corners, with an arrow at its end."""
        (x, y), (before_x, before_y) = points[-1], points[-2]
        way = (1, 0) if x > before_x else (0, 1 if y > before_y else -1)
        drawn = pipe([*points[:-1], (x - ARROW * way[0], y - ARROW * way[1])], width)
        look: dict[str, str | float] = {"stroke_dasharray": DASHES} if dashed else {}
        yield path(drawn, tag("title", said), fill="none", stroke=self.look.line, stroke_width=width + 1.6, **look)
        if width > 2:
            tint = tinted(self.look.line, TINT_AGAIN if dashed else TINT)
            yield path(drawn, fill="none", stroke=tint, stroke_width=width)
        yield self._arrow((x, y), way, width)

    def _arrow(self, tip: Point, way: tuple[int, int], width: float) -> Markup:
        half = max(width / 2 + 2.5, 4.5)
        (x, y), (right, down) = tip, way
        base = (x - ARROW * right, y - ARROW * down)
        sides = [(base[0] + half * down * sign, base[1] + half * right * sign) for sign in (-1, 1)]
        return path(("M", tip, "L", sides[0], "L", sides[1], "Z"), fill=self.look.ink)

    def _boxes(self) -> Iterator[Markup]:
        for name, cell in self.cells.items():
            box = self.layout.boxes[name]
            yield from _box(cell, box)
            yield from self._ways_out(cell, box)
            if cell.has_gate:
                yield _gate(box.x + 2 + max(sum(way.width for way in cell.ways_out) / 2, GATE), box.bottom)

    def _ways_out(self, cell: Cell, box: Rect) -> Iterator[Markup]:
        """A trunk down from the box, off which each way out turns to the right, the first from its right side."""
        trunk = sum(way.width for way in cell.ways_out)
        right, y, end = box.x + 2 + trunk, box.bottom + DROP, box.x + 2 + trunk + TURN
        for way in cell.ways_out:
            middle = y + max(LINE, way.width + 4) / 2
            if way.width:
                yield path(_turning(right, way.width, box.bottom, middle, end), fill=self._fill(way.end),
                           stroke=self._edge(way.end), stroke_width=0.8)  # fmt: skip
                yield self._end(way.end, (end, middle), way.width)
            yield from _way_words(box.x + words_from(trunk), middle + 4.3, way)
            right, y = right - way.width, y + way.height

    def _fill(self, end: str) -> str:
        fills = {REFUSED: INK, "helped_fit": self.look.line, "helped_unfit": f"url(#{self.hatch})"}
        return fills.get(end, "#c9cdd3")

    def _edge(self, end: str) -> str:
        return {REFUSED: INK, "helped_fit": self.look.line, "helped_unfit": self.look.line}.get(end, QUIET)

    def _end(self, end: str, at: Point, width: float) -> Markup:
        """How a way out ends: those refused at a bar, all others in an arrow."""
        x, y = at
        half = max(width / 2 + 2.5, 5.0)
        if end == REFUSED:
            return path(("M", (x, y - half), "V", short_y(y + half)), stroke=INK, stroke_width=3)
        return path(("M", (x + ARROW, y), "L", (x, y - half), "L", (x, y + half), "Z"), fill=self._edge(end))

    def _labels(self) -> Iterator[Markup]:
        """How many go each way, where there is room for the number."""
        for link, route in self._drawn():
            words = self._label(link, route)
            if words and (place := self._place(route, text_width(words, LABEL))):
                halo: dict[str, str | float] = {} if route.width >= INSIDE else HALO
                yield text(place[0], place[1], words, font_size=LABEL, fill=INK, text_anchor="middle", **halo)

    def _label(self, link: Link, route: Route) -> str:
        if link.a_year < 0.5:
            return ""
        said = wording.AGAIN if route.kind == "self" and link.kind == ONWARD else wording.ASIDE[link.kind]
        return said.format(n=rounded(link.a_year))

    def _place(self, route: Route, width: float) -> Point | None:
        """Where a label may stand without hiding another or a box; None where there is nowhere."""
        for x, y in _candidates(route):
            base = y + 4.3 if route.width >= INSIDE and route.kind == "forward" else y - route.width / 2 - 4.5
            room = Rect(x - width / 2, base - LABEL + 2, width, LABEL)
            if not any(room.overlaps(other) for other in self.taken):
                self.taken.append(room)
                return x, base
        return None


def short_y(y: float) -> str:
    """A height in a path."""
    return f"{y:.1f}"


def _candidates(route: Route) -> Iterator[Point]:
    """Places on a link for its label, the best first."""
    points = route.points
    if route.kind != "forward":
        yield (points[-2][0] + points[-3][0]) / 2, points[-3][1]
        return
    pairs = list(pairwise((*points[:-2], (points[-2][0] - ARROW, points[-2][1]), points[-1])))
    bends = pairs[1::2]
    for one, other in pairs[2:-2:2]:
        yield (one[0] + other[0]) / 2, one[1]
    for share in ALONG:
        for one, other in bends:
            yield along(one, other, share)


def _lines(x: float, y: float, lines: tuple[str, ...], ink: str = INK) -> Iterator[Markup]:
    for at, line in enumerate(lines):
        yield text(x, y + at * LINE, line, font_size=SMALL, fill=ink)


def _way_words(x: float, y: float, way: WayOut) -> Iterator[Markup]:
    """The words of a way out: its number first, and loudest."""
    number, _, words = way.said[0].partition(" ")
    loud = tag("tspan", number, font_weight=700)
    yield tag("text", loud, f" {words}", x=x, y=y, font_size=SMALL, fill=INK)
    yield from _lines(x, y + LINE, way.said[1:])
    yield from _lines(x, y + LINE * len(way.said), way.more, QUIET)


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
            yield tag("g", ICONS[note.icon], transform=f"translate({x:.1f},{y - 10:.1f})", fill="none", stroke=QUIET,
                      stroke_width=1.4)  # fmt: skip
        yield from _lines(x + ICON, y, note.lines)
        y += LINE * len(note.lines)


def _gate(x: float, y: float) -> Markup:
    corners: list[str | Point] = ["M", (x - GATE, y), "L", (x, y - GATE), "L", (x + GATE, y), "L", (x, y + GATE), "Z"]
    return path(corners, fill="#ffffff", stroke=INK, stroke_width=2)
