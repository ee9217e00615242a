"""Origins: where in a file the value at a path is written, when it is inherited from somewhere else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from itertools import accumulate
from typing import Any

from sim.errors import Fault
from sim.scenario.paths import look_up, stands
from sim.scenario.resolving import LONGEST_CHAIN

TEAM_DEFAULTS = "team_defaults"


def origin(data: Mapping[str, Any], path: str) -> str | None:
    """The path at which the value of `path` is written in a file's data; None if it is written nowhere.

    A pathway's own `changes` are not looked into.
    """
    return Origins(data).of(path)


class Origins:
    """Where values of a file's data are written. Each path is looked for once, however many ways lead to it."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = data
        self._found: dict[str, str | None] = {}

    def of(self, path: str, steps: int = 3 * LONGEST_CHAIN) -> str | None:
        """The path at which the value of `path` is written; None if it is written nowhere within so many steps."""
        if path not in self._found:
            self._found[path] = None  # so that whatever runs in a circle ends here
            self._found[path] = path if stands(self._data, path) else self._inherited(path, steps - 1)
        return self._found[path]

    def _inherited(self, path: str, steps: int) -> str | None:
        others = self._sources(path, steps) if steps > 0 else ()
        return next((found for other in others if (found := self.of(other, steps)) is not None), None)

    def _sources(self, path: str, steps: int) -> Iterator[str]:
        """Paths a value may come from, nearest first: by the `like` of a pathway, of a stage or team; team defaults."""
        parts = path.split(".")
        if parts[0] in ("groups", "pathways") and len(parts) > 2:
            yield from self._through_like(parts[:1], parts[1], parts[2:], steps)
        if parts[0] == "pathways" and len(parts) > 4 and parts[2] in ("stages", "teams"):
            yield from self._through_like(parts[:3], parts[3], parts[4:], steps)
            if parts[2] == "teams":
                yield ".".join((TEAM_DEFAULTS, *parts[4:]))

    def _through_like(self, place: list[str], name: str, rest: list[str], steps: int) -> Iterator[str]:
        if rest[0] == "like" and len(place) == 1:
            return
        written_at = self.of(".".join((*place, name, "like")), steps)
        other = look_up(self._data, written_at) if written_at else None
        if isinstance(other, str) and other != name:
            yield ".".join((*place, other, *rest))


def without_echoes(faults: Iterable[Fault], data: Mapping[str, Any], misfits: Sequence[Fault] = ()) -> list[Fault]:
    """The faults, each once at the place where it is written and not again wherever it is inherited.

    `misfits` are those of values that were left out: what is only missing for that reason is not told.
    """
    faults = list(dict.fromkeys(faults))
    left_out = {fault.path.partition("[")[0].removesuffix(".value") for fault in misfits}
    leading = [fault for fault in faults if fault.path.endswith((".value", ".like"))]
    own, origins = set(misfits), Origins(data)
    faults = [
        fault for fault in faults
        if fault in own or not (_follows(fault, leading, data) or _is_left_out(fault, left_out, origins))
    ]  # fmt: skip
    said = {(fault.path, fault.problem) for fault in faults}
    kept = []
    for fault in faults:
        source = origins.of(fault.path) or fault.path
        if source.startswith(f"{TEAM_DEFAULTS}."):
            kept.append(Fault(source, fault.problem, fault.remedy))
        elif source == fault.path or (source, fault.problem) not in said:
            kept.append(fault)
    return sorted(set(kept))


def _is_left_out(fault: Fault, left_out: set[str], origins: Origins) -> bool:
    """Whether a fault is of a value that was left out, of what is in it, or of the table that now lacks it."""
    if not left_out:
        return False
    path = origins.of(fault.path) or fault.path
    if "*" in path:
        return any(fnmatchcase(one, path) for one in left_out)
    above = [path, *accumulate(path.split("."), lambda way, name: f"{way}.{name}")]
    lacking = {one.partition('."')[0] if one.endswith('"') else one.rpartition(".")[0] for one in left_out}
    is_team = path.startswith("pathways.") and path.split(".")[2:3] == ["teams"]
    return path in lacking or not left_out.isdisjoint(above) or (is_team and TEAM_DEFAULTS in lacking)


def _follows(fault: Fault, faults: list[Fault], data: Mapping[str, Any]) -> bool:
    """Whether a fault only follows from another: from a `like` that leads nowhere, or a `value` that is no number."""
    for other in faults:
        thing, _, key = other.path.rpartition(".")
        if key == "value" and fault.path == thing:
            return True
        if key == "like" and (fault.path == thing or fault.path.startswith(f"{thing}.")) and fault is not other:
            return fault.path == thing or not stands(data, fault.path)
    return False
