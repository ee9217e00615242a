"""How a pathway that has been laid out is drawn: boxes, bands, ways out and labels, as SVG."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from markupsafe import Markup

from sim.reporting import pathway_wording as wording
from sim.reporting.colours import INK, Look
from sim.reporting.pathway_boxes import box_drawn, lines
from sim.reporting.pathway_cells import LINE, SMALL, Cell, rounded
from sim.reporting.pathway_graph import ASIDE, ONWARD, Flows, Link
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
PAPER = 960.0
"""A drawing wider than this could not be read on an upright page [px]."""
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
    signs: frozenset[str]

    @property
    def least(self) -> int:
        """The least width at which its letters can still be read on a screen [px]."""
        return round(self.width * SHRINKS_TO)

    @property
    def full(self) -> int:
        """The width at which it is shown where there is room [px]."""
        return round(self.width)

    @property
    def is_turned(self) -> bool:
        """Whether paper has to be turned for it."""
        return self.width > PAPER

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
        return Picture(svg, width, height, frozenset(self._signs()))

    def _signs(self) -> Iterator[str]:
        """Signs that stand in it."""
        yield from self.entering
        yield from ("again" for link in self.flows.links if link.kind in ASIDE)
        for cell in self.cells.values():
            yield from (note.icon for note in cell.notes)
            yield from (["gate"] if cell.has_gate else []) + (["delay"] if cell.is_delay else [])

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
            yield from self._band(((0.0, end[1]), end), route.width, " ".join(self.first))
            y = end[1] - route.width / 2 - 5 - LINE * (len(self.first) - 1)
            yield from lines(0.0, y, self.first)
        if "again" in self.entering:
            yield from self._coming_back(self._route("again"))

    def _coming_back(self, route: Route) -> Iterator[Markup]:
        end, left = route.points[-1], route.width / 2 + 1
        lane = self.layout.height + LANE + route.width / 2
        points = ((self.layout.width, lane), (left, lane), (left, end[1]), end)
        words = wording.COMING_BACK.format(n=rounded(self.flows.begun_again))
        yield from self._pipe(points, route.width, words, dashed=True)
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
        yield path(band(stopped, width), tag("title", said), fill=tinted(self.look.line, TINT), stroke=self.look.ink,
                   stroke_width=0.8, **look)  # fmt: skip
        yield self._arrow(end, (1, 0), width)

    def _pipe(self, points: tuple[Point, ...], width: float, said: str, dashed: bool = False) -> Iterator[Markup]:
        """A band that turns corners, with an arrow at its end."""
        (x, y), (before_x, before_y) = points[-1], points[-2]
        way = (1, 0) if x > before_x else (0, 1 if y > before_y else -1)
        drawn = pipe([*points[:-1], (x - ARROW * way[0], y - ARROW * way[1])], width)
        look: dict[str, str | float] = {"stroke_dasharray": DASHES} if dashed else {}
        yield path(drawn, tag("title", said), fill="none", stroke=self.look.ink, stroke_width=width + 1.6, **look)
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
            yield from box_drawn(cell, self.layout.boxes[name], self.look, self.hatch)

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


def _candidates(route: Route) -> Iterator[Point]:
    """Places on a link for its label, the best first."""
    points = route.points
    if route.kind != "forward":
        one, other = points[len(points) // 2 - 1 : len(points) // 2 + 1]
        yield (one[0] + other[0]) / 2, one[1]
        return
    pairs = list(pairwise((*points[:-2], (points[-2][0] - ARROW, points[-2][1]), points[-1])))
    bends = pairs[1::2]
    for one, other in pairs[2:-2:2]:
        yield (one[0] + other[0]) / 2, one[1]
    for share in ALONG:
        for one, other in bends:
            yield along(one, other, share)
