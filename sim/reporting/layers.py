"""Layers of a directed graph: how far each node lies from the start, which links lead back, and who stands above whom.

Loops are cut at the links that lead back to a node one has come through; layers are longest paths; long links are cut
into slots, one a layer, so that they have room; the order within a layer is by barycentre (Sugiyama and others, 1981).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

SWEEPS = 8

Pair = tuple[str, str]
Slot = str | tuple[int, int]
"""What takes up room in a layer: a node by its name, or a link on its way through, by its number and the layer."""


@dataclass(frozen=True)
class Layers:
    """Slots by layer, top to bottom; the slots each forward link runs through, by its number; links that lead back."""

    slots: tuple[tuple[Slot, ...], ...]
    chains: Mapping[int, tuple[Slot, ...]]
    back: frozenset[int]


def layered(nodes: Sequence[str], links: Sequence[Pair], roots: Sequence[str]) -> Layers:
    """The layers of a graph; `roots` come first, then whatever cannot be come to from them."""
    back = _leading_back(nodes, links, roots)
    forward = {at: link for at, link in enumerate(links) if at not in back}
    depth = _depths(nodes, list(forward.values()))
    chains = {at: _chain(at, link, depth) for at, link in forward.items()}
    return Layers(_ordered(_filled(nodes, depth, chains), chains.values()), chains, frozenset(back))


def _leading_back(nodes: Sequence[str], links: Sequence[Pair], roots: Sequence[str]) -> set[int]:
    """Links to a node on the way by which one came, or to the node itself."""
    onward: dict[str, list[tuple[int, str]]] = {node: [] for node in nodes}
    for at, (source, target) in enumerate(links):
        onward[source].append((at, target))
    done: set[str] = set()
    back: set[int] = set()
    for root in (*roots, *nodes):
        if root not in done:
            _walk(root, onward, done, back)
    return back


def _walk(root: str, onward: Mapping[str, list[tuple[int, str]]], done: set[str], back: set[int]) -> None:
    way, open_links = {root}, [(root, iter(onward[root]))]
    while open_links:
        node, rest = open_links[-1]
        at, target = next(rest, (-1, ""))
        if at < 0:
            done.add(node)
            way.discard(node)
            open_links.pop()
        elif target in way:
            back.add(at)
        elif target not in done:
            way.add(target)
            open_links.append((target, iter(onward[target])))


def _depths(nodes: Sequence[str], links: Sequence[Pair]) -> dict[str, int]:
    """The longest path to each node, in links; there are no loops, so as many rounds as nodes suffice."""
    depth = dict.fromkeys(nodes, 0)
    for _ in nodes:
        for source, target in links:
            depth[target] = max(depth[target], depth[source] + 1)
    return depth


def _chain(at: int, link: Pair, depth: Mapping[str, int]) -> tuple[Slot, ...]:
    source, target = link
    return (source, *((at, layer) for layer in range(depth[source] + 1, depth[target])), target)


def _filled(nodes: Sequence[str], depth: Mapping[str, int], chains: Mapping[int, Sequence[Slot]]) -> list[list[Slot]]:
    """Slots by layer; passing links above, because below a node stands how people leave from it."""
    layers: list[list[Slot]] = [[] for _ in range(1 + max(depth.values(), default=-1))]
    for chain in chains.values():
        for slot in chain[1:-1]:
            layers[slot[1]].append(slot)  # type: ignore[index]
    for node in nodes:
        layers[depth[node]].append(node)
    return layers


def _ordered(layers: list[list[Slot]], chains: Iterable[Sequence[Slot]]) -> tuple[tuple[Slot, ...], ...]:
    """The layers, each in the order with which the fewest links cross of those that barycentres come to."""
    steps = [pair for chain in chains for pair in pairwise(chain)]
    best, fewest = [list(layer) for layer in layers], crossings(layers, steps)
    for sweep in range(SWEEPS):
        for at in range(1, len(layers)) if sweep % 2 == 0 else range(len(layers) - 2, -1, -1):
            _by_barycentre(layers[at], layers[at - 1 if sweep % 2 == 0 else at + 1], steps)
        if (now := crossings(layers, steps)) < fewest:
            best, fewest = [list(layer) for layer in layers], now
    return tuple(tuple(layer) for layer in best)


def _by_barycentre(layer: list[Slot], beside: Sequence[Slot], steps: Sequence[tuple[Slot, Slot]]) -> None:
    """Put a layer in the order of the mean place of what its slots are linked to in the layer beside it."""
    place = {slot: at for at, slot in enumerate(beside)}
    linked: dict[Slot, list[int]] = {}
    for one, other in steps:
        for mine, its in ((one, other), (other, one)):
            if its in place:
                linked.setdefault(mine, []).append(place[its])
    own = {slot: float(at) for at, slot in enumerate(layer)}
    layer.sort(key=lambda slot: sum(linked[slot]) / len(linked[slot]) if slot in linked else own[slot])


def crossings(layers: Sequence[Sequence[Slot]], steps: Iterable[tuple[Slot, Slot]]) -> int:
    """How many pairs of links cross between neighbouring layers."""
    place = {slot: (at, row) for at, layer in enumerate(layers) for row, slot in enumerate(layer)}
    ends = [(place[one][0], place[one][1], place[other][1]) for one, other in steps]
    return sum(a[0] == b[0] and (a[1] - b[1]) * (a[2] - b[2]) < 0 for at, a in enumerate(ends) for b in ends[at + 1 :])
