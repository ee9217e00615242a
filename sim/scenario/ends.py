"""Range ends: every number of a file must be allowed to turn out as low, and as high, as its range says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sim.errors import Fault, ScenarioError
from sim.scenario.facts import numbers
from sim.scenario.paths import Data, look_up
from sim.scenario.prices import IN_PRICES

Try = Callable[[Data], object]
"""Makes a scenario of data, or raises a ScenarioError."""


class End(NamedTuple):
    """One end of the range of the number at a path, and how far that lies from the number itself."""

    path: str
    side: str
    value: float
    step: float


def batches(data: Data) -> list[list[End]]:
    """The ends of all ranges, so that no two in a batch bear on one another: those of one law, table or contract.

    Of shares in one table, which only have to add up, the ends that lie furthest speak for all.
    """
    kin: dict[str, list[End]] = {}
    for path, given in numbers(data):
        if isinstance(given, Mapping) and given.get("range") and not path.startswith("changes."):
            ends = [End(path, side, end, end - given["value"]) for side, end in zip(SIDES, given["range"], strict=True)]
            kin.setdefault(_kin(path), []).extend(ends)
    columns = [_furthest(ends) if _only_adds_up(name) else ends for name, ends in kin.items()]
    longest = max(map(len, columns), default=0)
    return [[ends[place] for ends in columns if place < len(ends)] for place in range(longest)]


SIDES = ("low", "high")
SHARES_OF_GROUPS = "groups.*.share"


def _kin(path: str) -> str:
    """What the number at a path stands together with: its table; for a share of a group or of a contract, all those."""
    *above, last = path.split(".")
    if above[:1] == ["groups"] and last == "share":
        return SHARES_OF_GROUPS
    if above == ["place", "households"]:
        return path  # each neighbourhood for itself
    return ".".join(above[:-1] if above[-2:-1] == ["contract"] else above) or last


def _only_adds_up(kin: str) -> bool:
    """Whether numbers that stand together there are shares, of which nothing is asked but their size and their sum."""
    return kin == SHARES_OF_GROUPS or any(name.startswith("next") for name in kin.split(".")[-2:])


def _furthest(ends: Sequence[End]) -> list[End]:
    """The ends that change the sum most, up and down, and those that are the least and the greatest themselves."""
    orders: list[Callable[[End], float]] = [lambda end: end.step, lambda end: end.value]
    return list(dict.fromkeys(pick(ends, key=order) for order in orders for pick in (min, max)))


def end_faults(
    ends: Sequence[End], copy: Callable[[], Data], attempt: Try, one_by_one: Iterator[int]
) -> Iterator[Fault]:
    """Those of a batch of ends that may not stand where the value stands, the other numbers being as they are.

    They are tried together. Where it is not plain which of them is at fault they are tried one by one, as long as
    `one_by_one` goes on.
    """
    faults = _faults(ends, copy, attempt)
    blamed = {fault: [end for end in ends if _concerns(fault.path, end.path)] for fault in faults}
    if all(len(found) == 1 for found in blamed.values()):
        yield from (_told(found[0], fault) for fault, found in blamed.items())
        return
    alone = [(end, found) for end, _ in zip(ends, one_by_one, strict=False) if (found := _faults([end], copy, attempt))]
    yield from (_told(end, found[0]) for end, found in alone)
    if not alone:
        yield from (Fault(one.path, f"at an end of a range: {one.problem}", one.remedy) for one in faults[:1])


def _concerns(fault: str, path: str) -> bool:
    """Whether a fault is of the number at a path, of something in it, or of the table that holds it."""
    return fault == path or fault.startswith(f"{path}.") or path.startswith(f"{fault}.")


def _told(end: End, fault: Fault) -> Fault:
    problem = f"the {end.side} end of its range, {end.value:g}, may not stand: "
    return Fault(end.path, f"{problem}{fault.path}: {fault.problem}", fault.remedy)


def _faults(ends: Sequence[End], copy: Callable[[], Data], attempt: Try) -> tuple[Fault, ...]:
    """The faults of the data with its numbers at these ends."""
    data = copy()
    for end in ends:
        _put(data, end.path, end.value)
    try:
        attempt(data)
    except ScenarioError as error:
        return error.faults
    return ()


def _put(data: Data, path: str, value: float) -> None:
    above, _, name = path.rpartition(".")
    node: Any = look_up(data, above) if above else data
    known = node[name] if isinstance(node[name], dict) else {}
    node[name] = {**{word: known[word] for word in IN_PRICES if word in known}, "value": value}
