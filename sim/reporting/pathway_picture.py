"""A pathway as a picture: an SVG made of its flows, that asks nothing of any network."""

from __future__ import annotations

from collections.abc import Sequence

from sim.reporting import pathway_wording as wording
from sim.reporting.colours import Look
from sim.reporting.layers import layered
from sim.reporting.pathway_cells import (
    LINE,
    SMALL,
    THINNEST,
    cell,
    rounded,
    widths,
)  # fmt: skip
from sim.reporting.pathway_graph import Flows
from sim.reporting.pathway_layout import laid_out
from sim.reporting.pathway_routes import Edge, Node
from sim.reporting.pathway_sketch import Picture, Sketch
from sim.reporting.shapes import wrapped

MOST = 46.0
"""The widest band [px]."""
ENTRY = "\x00entry"
"""Where citizens come from: takes room like a stage, and no stage can be called so."""
ENTRY_WIDTH = 16.0
ENTRY_WORDS = 64.0
CELL_WIDTHS = ((3, 200.0, 100.0), (5, 164.0, 74.0), (99, 132.0, 54.0))
"""Up to so many layers: how wide a cell is, and how far apart they stand [px]."""


def scale_of(many: Sequence[Flows]) -> float:
    """How wide one visit a year is drawn, the same in all drawings that are to be compared [px]."""
    most = max((max([one.begun, *(one.entering(s.name) for s in one.steps)]) for one in many), default=0.0)
    return MOST / most if most else 0.0


def picture(flows: Flows, neighbourhoods: int, look: Look, scale: float, name: str, said: str) -> Picture:
    """The drawing of a pathway; `name` sets its patterns apart from those of other drawings, `said` tells of it all."""
    _, width, gap = next(given for given in CELL_WIDTHS if _layers(flows) <= given[0] or given is CELL_WIDTHS[-1])
    cells = {step.name: cell(flows, step, neighbourhoods, width, scale) for step in flows.steps}
    entering = widths(flows, scale)
    links = [Edge(link.source, link.target, max(link.a_year * scale, THINNEST)) for link in flows.links]
    edges = [*(Edge(ENTRY, flows.start, each) for each in entering.values()), *links]
    first = wrapped(wording.FIRST_TIME.format(n=rounded(flows.begun_first)), ENTRY_WORDS, SMALL, 4)
    entry = [Node(ENTRY, ENTRY_WIDTH + entering.get("again", 0.0), 0.0, above=len(first) * LINE)] if entering else []
    roots = [*(node.name for node in entry), flows.start]
    layout = laid_out([*entry, *(one.node for one in cells.values())], edges, roots, gap)
    return Sketch(flows, layout, cells, look, f"hatch-{name}", tuple(entering), tuple(first)).picture(said)


def _layers(flows: Flows) -> int:
    """How many stages an approach goes through at most, loops apart."""
    links = [(link.source, link.target) for link in flows.links]
    return len(layered([step.name for step in flows.steps], links, [flows.start]).slots)
