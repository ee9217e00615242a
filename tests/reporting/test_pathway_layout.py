"""The layout: nothing overlaps, every link runs from box to box, and all of it lies on the sheet."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.reporting.layers import layered
from sim.reporting.pathway_layout import BETWEEN_CELLS, Layout, laid_out, settled
from sim.reporting.pathway_routes import Edge, Node, Rect

from .test_layers import graphs

GAP = 50.0


@st.composite
def diagrams(draw: st.DrawFn) -> tuple[list[Node], list[Edge]]:
    """Boxes of any size with links of any width."""
    names, links = draw(graphs())
    size = st.floats(20, 200)
    nodes = [Node(name, draw(st.floats(150, 200)), draw(size), below=draw(size)) for name in names]
    return nodes, [Edge(source, target, draw(st.floats(1, 40))) for source, target in links]


def test_tops_are_as_wanted_where_there_is_room_and_share_the_lack_of_it_where_there_is_none() -> None:
    assert settled([0.0, 100.0], [10.0, 10.0]) == [0.0, 100.0]
    near = settled([0.0, 0.0], [10.0, 10.0])
    assert near == [-(10 + BETWEEN_CELLS) / 2, (10 + BETWEEN_CELLS) / 2]
    assert settled([], []) == []


def test_a_chain_stands_in_a_row_from_left_to_right() -> None:
    nodes = [Node(name, 100, 40) for name in "abc"]
    layout = laid_out(nodes, [Edge("a", "b", 10), Edge("b", "c", 10)], ["a"], GAP)
    assert [layout.boxes[name] for name in "abc"] == [Rect(150.0 * at, 0, 100, 40) for at in range(3)]
    assert layout.routes[0].points == ((100, 20), (100, 20), (150, 20), (150, 20))
    assert (layout.width, layout.height) == (400, 40)


def test_a_link_back_runs_above_all_and_a_link_to_oneself_above_its_box() -> None:
    nodes = [Node(name, 100, 40) for name in "ab"]
    layout = laid_out(nodes, [Edge("a", "b", 4), Edge("b", "a", 6), Edge("b", "b", 8)], ["a"], GAP)
    back, self = layout.routes[1:]
    assert (back.kind, self.kind) == ("back", "self")
    top = min(cell.y for cell in layout.cells.values())
    assert back.points[2][1] == back.points[3][1] <= top - 3
    assert layout.cells["b"].y < self.points[1][1] < layout.boxes["b"].y
    assert self.points[0][0] > self.points[-1][0] and self.points[0][1] == layout.boxes["b"].y


@settings(max_examples=40, deadline=None)
@given(diagrams())
def test_no_cell_lies_over_another_nor_any_passing_link_over_a_cell(drawn: tuple[list[Node], list[Edge]]) -> None:
    nodes, edges = drawn
    layout = laid_out(nodes, edges, [nodes[0].name], GAP)
    for one, other in combinations(layout.cells.values(), 2):
        assert not one.overlaps(other)
    for route in layout.routes:
        passing = list(pairwise(route.points))[2:-2:2] if route.kind == "forward" else []
        for (left, y), (right, _) in passing:
            lane = Rect(left, y - route.width / 2, right - left, route.width)
            assert not any(lane.overlaps(cell) for cell in layout.cells.values())


@settings(max_examples=40, deadline=None)
@given(diagrams())
def test_every_link_runs_from_its_box_to_its_box_each_at_a_place_of_its_own(
    drawn: tuple[list[Node], list[Edge]],
) -> None:
    nodes, edges = drawn
    layout = laid_out(nodes, edges, [nodes[0].name], GAP)
    ends: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for edge, route in zip(edges, layout.routes, strict=True):
        if route.kind == "self":
            continue
        (x0, y0), (x1, y1) = route.points[0], route.points[-1]
        source, target = layout.boxes[edge.source], layout.boxes[edge.target]
        assert x0 == source.right and x1 == target.x
        assert source.y <= y0 <= source.bottom and target.y <= y1 <= target.bottom
        ends.setdefault((edge.source, "out"), []).append((y0, edge.width))
        ends.setdefault((edge.target, "in"), []).append((y1, edge.width))
    for side in ends.values():
        for (one, wide), (other, broad) in combinations(side, 2):
            assert abs(one - other) >= (wide + broad) / 2


@settings(max_examples=40, deadline=None)
@given(diagrams())
def test_all_of_it_lies_on_the_sheet(drawn: tuple[list[Node], list[Edge]]) -> None:
    nodes, edges = drawn
    layout = laid_out(nodes, edges, [nodes[0].name], GAP)
    for cell in layout.cells.values():
        assert cell.x >= 0 and cell.y >= 0 and cell.right <= layout.width + 1e-6
        assert cell.bottom <= layout.height + 1e-6
    for x, y, half in _corners(layout):
        assert half - 1e-6 <= x <= layout.width - half + 1e-6 or half == 0
        assert 0 <= y <= layout.height


def _corners(layout: Layout) -> list[tuple[float, float, float]]:
    """Points of all links, with half the width of those that run up and down."""
    return [(x, y, route.width / 2 if route.kind == "back" and 0 < at < len(route.points) - 1 else 0.0)
            for route in layout.routes for at, (x, y) in enumerate(route.points)]  # fmt: skip


def test_twenty_stages_one_after_another_are_twenty_layers() -> None:
    names = [f"s{at}" for at in range(20)]
    links = list(pairwise(names))
    assert len(layered(names, links, names[:1]).slots) == 20
    layout = laid_out([Node(name, 100, 40) for name in names], [Edge(*link, 5) for link in links], names[:1], GAP)
    assert layout.width == pytest.approx(20 * 100 + 19 * GAP)
