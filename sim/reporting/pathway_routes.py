"""Which way the links of a diagram run between boxes that have been placed: numbers alone, in px."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sim.reporting.layers import Layers, Slot

PORT = 17.0
"""A link takes at least so much of a box's side, so that its label has a line of its own."""
LANE_LABEL = 18.0
ARROW = 9.0
ALONG = 8.0
"""Between a box and a line that runs up beside it, and between two such lines."""

Point = tuple[float, float]


@dataclass(frozen=True)
class Node:
    """A box to be placed: its width and least height, and the room it needs above and below itself."""

    name: str
    width: float
    box: float
    above: float = 0.0
    below: float = 0.0


@dataclass(frozen=True)
class Edge:
    """A link to be drawn between two boxes, or from a box to itself, and how wide."""

    source: str
    target: str
    width: float


@dataclass(frozen=True)
class Rect:
    """A rectangle by its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right side."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower side."""
        return self.y + self.height

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return self.y + self.height / 2

    def overlaps(self, other: Rect) -> bool:
        """Whether the two have any room in common; touching is not overlapping."""
        is_beside = self.right <= other.x or other.right <= self.x
        return not (is_beside or self.bottom <= other.y or other.bottom <= self.y)


@dataclass(frozen=True)
class Route:
    """The middle line of a link: from box to box, through the layers between; `forward`, `back` or `self`."""

    kind: str
    points: tuple[Point, ...]
    width: float


def port(edge: Edge) -> float:
    """How much of a box's side a link takes."""
    return max(edge.width + 3, PORT)


@dataclass(frozen=True)
class Columns:
    """The left and right side of the layer each slot stands in, where each line that runs up beside one lies, and the
    width of all.
    """

    of: Mapping[Slot, tuple[float, float]]
    beside: Mapping[tuple[int, str], float]
    width: float


def columns_of(
    layers: Layers, nodes: Mapping[str, Node], edges: Sequence[Edge], lanes: Sequence[int], gap: float
) -> Columns:
    """The columns of the layers, left to right; of lines beside one, the longest link's lies farthest out."""
    of: dict[Slot, tuple[float, float]] = {}
    beside: dict[tuple[int, str], float] = {}
    x = 0.0
    for place, layer in enumerate(layers.slots):
        for at in (at for at in reversed(lanes) if edges[at].target in layer):
            beside[at, "target"] = x + edges[at].width / 2
            x += edges[at].width + ALONG
        x += ARROW if place == 0 and x else 0.0
        right = x + max((nodes[slot].width for slot in layer if isinstance(slot, str)), default=0.0)
        of |= dict.fromkeys(layer, (x, right))
        x = right
        for at in (at for at in lanes if edges[at].source in layer):
            beside[at, "source"] = x + ALONG + edges[at].width / 2
            x += edges[at].width + ALONG
        x += gap if place < len(layers.slots) - 1 else 0.0
    return Columns(of, beside, x)


@dataclass(frozen=True)
class Placed:
    """Everything placed but the links, which it routes."""

    edges: Sequence[Edge]
    layers: Layers
    columns: Columns
    boxes: Mapping[str, Rect]
    middles: Mapping[Slot, float]
    lanes: Sequence[int]

    def route(self, at: int) -> Route:
        """The way of one link."""
        edge = self.edges[at]
        if edge.source == edge.target:
            return Route("self", self._round_itself(at), edge.width)
        if at in self.layers.back:
            return Route("back", self._back(at), edge.width)
        return Route("forward", self._forward(at), edge.width)

    def _forward(self, at: int) -> tuple[Point, ...]:
        source, *passed, target = self.layers.chains[at]
        start, end = self._port(at, "source"), self._port(at, "target")
        points = [start, (self.columns.of[source][1], start[1])]
        for slot in passed:
            points += [(x, self.middles[slot]) for x in self.columns.of[slot]]
        return (*points, (self.columns.of[target][0], end[1]), end)

    def _back(self, at: int) -> tuple[Point, ...]:
        start, end = self._port(at, "source"), self._port(at, "target")
        out, home = self.columns.beside[at, "source"], self.columns.beside[at, "target"]
        above = self.lanes[self.lanes.index(at) + 1 :]
        y = sum(self.edges[one].width + LANE_LABEL for one in above) + LANE_LABEL + self.edges[at].width / 2
        return (start, (out, start[1]), (out, y), (home, y), (home, end[1]), end)

    def _round_itself(self, at: int) -> tuple[Point, ...]:
        """Out at the top of the box near its right side, and in again near its left, the widest innermost."""
        edge = self.edges[at]
        box = self.boxes[edge.source]
        loops = [one for one, other in enumerate(self.edges) if other.source == other.target == edge.source]
        outside = sum(self.edges[one].width + ALONG for one in loops[loops.index(at) + 1 :])
        inset = ALONG + outside + edge.width / 2
        under = sum(self.edges[one].width + LANE_LABEL for one in loops[: loops.index(at)])
        y = box.y - ARROW - under - edge.width / 2
        left, right = box.x + inset, box.right - inset
        return ((right, box.y), (right, y), (left, y), (left, box.y))

    def _port(self, at: int, end: str) -> Point:
        """Where a link leaves its source, or comes to its target."""
        box = self.boxes[getattr(self.edges[at], end)]
        order = self._order(getattr(self.edges[at], end), end)
        room = [port(self.edges[one]) for one in order]
        y = box.middle - sum(room) / 2 + sum(room[: order.index(at)]) + room[order.index(at)] / 2
        return (box.right if end == "source" else box.x), y

    def _order(self, node: str, end: str) -> list[int]:
        """Links at one side of a box, top to bottom: those that come from or go to the lanes above, then by height."""
        mine = [at for at, edge in enumerate(self.edges) if getattr(edge, end) == node and edge.source != edge.target]
        return sorted(mine, key=lambda at: self._height_of_next(at, end))

    def _height_of_next(self, at: int, end: str) -> float:
        if at in self.layers.back:
            return float(self.lanes.index(at) - len(self.lanes))
        slot = self.layers.chains[at][1 if end == "source" else -2]
        return self.boxes[slot].middle if isinstance(slot, str) else self.middles[slot]
