"""Range ends: every number of a file must be allowed to turn out as low, and as high, as its range says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from sim.errors import Fault, ScenarioError
from sim.scenario.facts import numbers
from sim.scenario.paths import Data, look_up
from sim.scenario.prices import IN_PRICES

Try = Callable[[Data], object]
"""Makes a scenario of data, or raises a ScenarioError."""


class End(NamedTuple):
    """One end of the range of the number at a path."""

    path: str
    side: str
    value: float


def end_faults(data: Data, copy: Callable[[], Data], attempt: Try) -> Iterator[Fault]:
    """Ranges of the data whose ends may not stand where the value stands, the other numbers being as they are.

    Ends that cannot bear on one another are tried together, and one by one only where something is wrong.
    """
    for together in _batches(data):
        if _fault(together, copy, attempt) is not None:
            for end in together:
                first = _fault([end], copy, attempt)
                if first is not None:
                    problem = f"the {end.side} end of its range, {end.value:g}, may not stand: "
                    yield Fault(end.path, f"{problem}{first.path}: {first.problem}", first.remedy)


def _batches(data: Data) -> list[list[End]]:
    """All ends, so that no two in a batch are of numbers that one law, table of shares or contract holds together."""
    batches: list[list[End]] = []
    met: dict[str, int] = {}
    for path, given in numbers(data):
        if isinstance(given, Mapping) and given.get("range") and not path.startswith("changes."):
            for side, value in zip(("low", "high"), given["range"], strict=True):
                place = met.setdefault(_kin(path), 0)
                met[_kin(path)] += 1
                if place == len(batches):
                    batches.append([])
                batches[place].append(End(path, side, value))
    return batches


def _kin(path: str) -> str:
    """What the number at a path stands together with: its table; for a share of a group or of a contract, all those."""
    *above, last = path.split(".")
    if above[:1] == ["groups"] and last == "share":
        return "groups.*.share"
    return ".".join(above[:-1] if above[-2:-1] == ["contract"] else above) or last


def _fault(ends: list[End], copy: Callable[[], Data], attempt: Try) -> Fault | None:
    """The first fault of the data with its numbers at these ends; None if there is none."""
    data = copy()
    for end in ends:
        _put(data, end.path, end.value)
    try:
        attempt(data)
    except ScenarioError as error:
        return error.faults[0]
    return None


def _put(data: Data, path: str, value: float) -> None:
    above, _, name = path.rpartition(".")
    node: Any = look_up(data, above) if above else data
    known = node[name] if isinstance(node[name], dict) else {}
    node[name] = {**{word: known[word] for word in IN_PRICES if word in known}, "value": value}
