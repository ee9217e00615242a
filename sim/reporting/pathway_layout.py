"""Where the boxes of a diagram stand and which way its links run: numbers alone, in px, and nothing of how it looks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from sim.reporting.layers import Layers, Slot, layered
from sim.reporting.pathway_routes import ARROW, LANE_LABEL, Edge, Node, Placed, Rect, Route, columns_of, port

BETWEEN_CELLS = 18.0
"""Between what stands one above another in a layer."""
PASSING = 20.0
ROUNDS = 6


@dataclass(frozen=True)
class Layout:
    """Boxes, the cells they stand in (with the room above and below), a route for each edge, and the size of all."""

    boxes: Mapping[str, Rect]
    cells: Mapping[str, Rect]
    routes: tuple[Route, ...]
    width: float
    height: float


def laid_out(nodes: Sequence[Node], edges: Sequence[Edge], roots: Sequence[str], gap: float) -> Layout:
    """The layout of a diagram, left to right; `gap` is the least distance between two layers."""
    pairs = [(edge.source, edge.target) for edge in edges]
    layers = layered([node.name for node in nodes], pairs, roots)
    grown = {node.name: _grown(node, edges) for node in nodes}
    lanes = _lanes(edges, layers)
    heights = _heights(layers, grown, edges)
    tops = _tops(layers, heights, grown, edges)
    down = sum(edges[at].width + LANE_LABEL for at in lanes) - min(tops.values(), default=0.0)
    columns = columns_of(layers, grown, edges, lanes, gap)
    cells, boxes = {}, {}
    for name, node in grown.items():
        x, _ = columns.of[name]
        cells[name] = Rect(x, tops[name] + down, node.width, heights[name])
        boxes[name] = Rect(x, tops[name] + down + node.above, node.width, node.box)
    middles: dict[Slot, float] = {
        slot: top + down + heights[slot] / 2 for slot, top in tops.items() if not isinstance(slot, str)
    }
    placed = Placed(edges, layers, columns, boxes, middles, lanes)
    bottom = max((cell.bottom for cell in cells.values()), default=0.0)
    bottom = max([bottom, *(middle + heights[slot] / 2 for slot, middle in middles.items())])
    return Layout(boxes, cells, tuple(placed.route(at) for at in range(len(edges))), columns.width, bottom)


def _grown(node: Node, edges: Sequence[Edge]) -> Node:
    """The node with a box high enough for what comes and goes, and room above it for links to itself."""
    loops = [edge for edge in edges if edge.source == edge.target == node.name]
    sides = [
        sum(port(edge) for edge in edges if getattr(edge, end) == node.name and edge not in loops)
        for end in ("source", "target")
    ]
    above = node.above + sum(loop.width + LANE_LABEL for loop in loops) + (ARROW if loops else 0.0)
    return replace(node, box=max(node.box, *sides), above=above)


def _lanes(edges: Sequence[Edge], layers: Layers) -> list[int]:
    """Links that lead back to another box, the shortest first: its lane is the lowest."""
    depth = {slot: at for at, layer in enumerate(layers.slots) for slot in layer}
    back = [at for at in sorted(layers.back) if edges[at].source != edges[at].target]
    return sorted(back, key=lambda at: depth[edges[at].source] - depth[edges[at].target])


def _heights(layers: Layers, nodes: Mapping[str, Node], edges: Sequence[Edge]) -> dict[Slot, float]:
    heights: dict[Slot, float] = {name: node.above + node.box + node.below for name, node in nodes.items()}
    passing = [slot for layer in layers.slots for slot in layer if not isinstance(slot, str)]
    return heights | {slot: max(edges[slot[0]].width, PASSING) for slot in passing}


def _tops(
    layers: Layers, heights: Mapping[Slot, float], nodes: Mapping[str, Node], edges: Sequence[Edge]
) -> dict[Slot, float]:
    """The top of every slot, so that links run as level as they can and nothing overlaps."""
    hold = {slot: nodes[slot].above + nodes[slot].box / 2 if isinstance(slot, str) else heights[slot] / 2
            for layer in layers.slots for slot in layer}  # fmt: skip
    tops = {slot: top for layer in layers.slots for slot, top in zip(layer, _stacked(layer, heights), strict=True)}
    linked = _linked(layers, edges)
    for turn in range(ROUNDS + 1):
        for layer in layers.slots if turn % 2 == 0 else reversed(layers.slots):
            wanted = []
            for slot in layer:
                pulls = linked[turn % 2].get(slot, [])
                weight = sum(width for _, width in pulls)
                pulled = sum((tops[other] + hold[other]) * width for other, width in pulls)
                wanted.append(pulled / weight - hold[slot] if pulls else tops[slot])
            tops |= dict(zip(layer, settled(wanted, [heights[slot] for slot in layer]), strict=True))
    return tops


def _stacked(layer: Sequence[Slot], heights: Mapping[Slot, float]) -> list[float]:
    return [0.0, *accumulate(heights[slot] + BETWEEN_CELLS for slot in layer[:-1])][: len(layer)]


def _linked(layers: Layers, edges: Sequence[Edge]) -> tuple[dict[Slot, list[tuple[Slot, float]]], ...]:
    """What each slot is linked to in the layer before it, and in the layer after it, and by how wide a link."""
    before: dict[Slot, list[tuple[Slot, float]]] = {}
    after: dict[Slot, list[tuple[Slot, float]]] = {}
    for at, chain in layers.chains.items():
        for one, other in pairwise(chain):
            before.setdefault(other, []).append((one, edges[at].width))
            after.setdefault(one, []).append((other, edges[at].width))
    return before, after


def settled(wanted: Sequence[float], heights: Sequence[float]) -> list[float]:
    """Tops nearest to those wanted (least squares) with which nothing overlaps; the order stays.

    Less what must lie above each, tops may not fall: an isotonic regression, by pooling neighbours that would.
    """
    offsets = [0.0, *accumulate(height + BETWEEN_CELLS for height in heights[:-1])]
    pools: list[list[float]] = []
    for one in (top - offset for top, offset in zip(wanted, offsets, strict=False)):
        pools.append([one])
        while len(pools) > 1 and _mean(pools[-2]) > _mean(pools[-1]):
            pools[-2:] = [pools[-2] + pools[-1]]
    level = [_mean(pool) for pool in pools for _ in pool]
    return [top + offset for top, offset in zip(level, offsets, strict=False)]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
