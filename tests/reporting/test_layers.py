"""Layers: links lead onward but for those that close a loop, long ones have a slot in each layer, few cross."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from sim.reporting.layers import Pair, crossings, layered


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[str], list[Pair]]:
    """Up to 20 nodes and links of any kind between them: loops, links to oneself, the same link twice."""
    nodes = [f"n{at}" for at in range(draw(st.integers(1, 20)))]
    ends = st.tuples(st.sampled_from(nodes), st.sampled_from(nodes))
    return nodes, draw(st.lists(ends, max_size=40))


def test_layers_are_longest_paths_and_a_link_back_closes_a_loop() -> None:
    found = layered(["a", "b", "c"], [("a", "b"), ("b", "c"), ("a", "c"), ("c", "a"), ("b", "b")], ["a"])
    assert [set(layer) for layer in found.slots] == [{"a"}, {"b", (2, 1)}, {"c"}]
    assert found.back == {3, 4}
    assert found.chains[2] == ("a", (2, 1), "c")


def test_links_that_need_not_cross_do_not() -> None:
    links = [("s", "a"), ("s", "b"), ("a", "y"), ("b", "x")]
    found = layered(["s", "a", "b", "x", "y"], links, ["s"])
    assert crossings([["a", "b"], ["x", "y"]], links[2:]) == 1
    assert crossings(found.slots, links) == 0


def test_what_cannot_be_come_to_from_the_start_has_its_place_too() -> None:
    found = layered(["a", "b", "lost"], [("a", "b"), ("lost", "b")], ["a"])
    assert found.slots == (("a", "lost"), ("b",)) or found.slots == (("lost", "a"), ("b",))


@settings(max_examples=40, deadline=None)
@given(graphs())
def test_every_node_stands_once_and_every_link_onward_goes_layer_by_layer(graph: tuple[list[str], list[Pair]]) -> None:
    nodes, links = graph
    found = layered(nodes, links, nodes[:1])
    place = {slot: at for at, layer in enumerate(found.slots) for slot in layer}
    assert sorted(slot for slot in place if isinstance(slot, str)) == sorted(nodes)
    assert sum(map(len, found.slots)) == len(place)
    assert set(found.chains) | found.back == set(range(len(links))) and not set(found.chains) & found.back
    for at, chain in found.chains.items():
        assert (chain[0], chain[-1]) == links[at]
        assert all(place[other] == place[one] + 1 for one, other in pairwise(chain))
