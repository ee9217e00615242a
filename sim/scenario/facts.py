"""Facts: every number a file gives, with what stands behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from sim.errors import Fault, did_you_mean
from sim.scenario.faults import faults_of
from sim.scenario.keys import shown
from sim.scenario.paths import Data, removed, unit_and_meaning
from sim.scenario.plans import Grade, NumberTable, Source

NOT_EVIDENCE = ("run", "checks", "published_remission", "sources", "changes")
"""Tables whose numbers are plans or comparisons, not inputs that need evidence."""

NO_NUMBER_TABLES = ("checks", "published_remission", "sources")
"""Tables whose keys `source`, `note` and `value` are their own."""

EVIDENCE_OF_A_TABLE = ("source", "note")
"""Keys that any table of bare numbers may carry, to say where they come from."""


@dataclass(frozen=True)
class Fact:
    """A number of the file: its path, value, unit and meaning, and the evidence for it."""

    path: str
    value: float
    unit: str
    meaning: str
    range: tuple[float, float] | None = None
    source: str | None = None
    note: str = ""
    price_year: str | None = None
    certain: str | None = None
    grade: Grade = "D"


def is_number(value: object) -> bool:
    """Whether a value of the file is a number (true and false are not)."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def plain(data: Mapping[str, Any]) -> dict[str, Any]:
    """The data with each `{ value = .. }` replaced by its value, and what tables say of their evidence left out."""
    return {name: value if name in NO_NUMBER_TABLES else _plain(value) for name, value in data.items()}


def _plain(data: Any) -> Any:
    if isinstance(data, Mapping):
        if "value" in data:
            return _plain(data["value"])
        return {name: _plain(inner) for name, inner in data.items() if name not in EVIDENCE_OF_A_TABLE}
    return list(data) if isinstance(data, list) else data


def numbers(data: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Every number written in the data, checks and sources left out, as (path, bare number or number table).

    A `source` or `note` in a table holds for each bare number in it, however deep; a number table speaks for itself.
    """
    yield from _numbers({name: value for name, value in data.items() if name not in NO_NUMBER_TABLES}, "", {})


def _numbers(data: Mapping[str, Any], path: str, above: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    held = {**above, **evidence(data)} if path else {}
    for name, value in data.items():
        here = f"{path}.{name}" if path else name
        if path and name in EVIDENCE_OF_A_TABLE:
            continue
        if is_number(value):
            yield here, {"value": value, **held} if held else value
        elif isinstance(value, Mapping) and "value" in value:
            yield here, value
        elif isinstance(value, Mapping):
            yield from _numbers(value, here, held)


def spelt_out(data: Mapping[str, Any]) -> dict[str, Any]:
    """The data with the evidence a table gives for its bare numbers written at each number instead."""
    return {name: value if name in NO_NUMBER_TABLES else _spelt_out(value, {}) for name, value in data.items()}


def _spelt_out(data: Any, above: Mapping[str, Any]) -> Any:
    if is_number(data):
        return {"value": data, **above} if above else data
    if not isinstance(data, Mapping) or "value" in data:
        return data
    held = {**above, **evidence(data)}
    return {name: _spelt_out(value, held) for name, value in data.items() if name not in EVIDENCE_OF_A_TABLE}


def evidence(table: Mapping[str, Any]) -> dict[str, Any]:
    """What a table says of the evidence for its numbers."""
    return {name: table[name] for name in EVIDENCE_OF_A_TABLE if isinstance(table.get(name), str)}


def evidence_faults(data: Mapping[str, Any], sources: Mapping[str, Any]) -> Iterator[Fault]:
    """What is wrong with the number tables of a file, and sources they name that do not exist."""
    for path, given in numbers(data):
        if isinstance(given, Mapping):
            try:
                source = NumberTable.model_validate(dict(given)).source
            except ValidationError as error:
                yield from faults_of(error, NumberTable, under=path)
                source = given.get("source")
            if isinstance(source, str) and source not in sources:
                yield Fault(f"{path}.source", f"there is no source `{source}`", did_you_mean(source, sources))


def idle_evidence(data: Mapping[str, Any], path: str = "") -> Iterator[Fault]:
    """Tables that name evidence but hold no bare number it could be evidence for."""
    for name, value in data.items():
        here = f"{path}.{name}" if path else name
        if not isinstance(value, Mapping) or "value" in value or here in (*NO_NUMBER_TABLES, "changes"):
            continue
        for word in EVIDENCE_OF_A_TABLE:
            if word in value and not isinstance(value[word], str):
                yield Fault(f"{here}.{word}", f"{shown(value[word])} is not allowed", "expected text in quotes")
        for word in evidence(value) if set(value) - set(EVIDENCE_OF_A_TABLE) else ():
            if not any(isinstance(given, Mapping) and word in given for _, given in _numbers(value, here, {})):
                yield Fault(f"{here}.{word}", IDLE, "move it to a number")
        yield from idle_evidence(value, here)


IDLE = "has no effect: there is no bare number here"


def drop_idle_evidence(data: Data, is_own: Callable[[str], bool]) -> None:
    """Take out of `data` what tables say of numbers that are no longer bare; what `is_own`, by its path, stays.

    It was inherited, or stood there before a number was set: no slip of whoever gave the number.
    """
    for fault in tuple(idle_evidence(data)):
        if fault.problem == IDLE and not is_own(fault.path):
            removed(data, fault.path)


def facts_of(data: Mapping[str, Any], sources: Mapping[str, Source], root: type[BaseModel]) -> Iterator[Fact]:
    """The fact behind every number that is an input: a bare number is an assumption, grade D."""
    for path, given in numbers({name: value for name, value in data.items() if name not in NOT_EVIDENCE}):
        declared = path.replace("team_defaults.", "pathways.any.teams.any.", 1)
        unit, meaning = unit_and_meaning(root, declared)
        yield _fact(path, given, unit, meaning, sources)


def _fact(path: str, given: Any, unit: str, meaning: str, sources: Mapping[str, Source]) -> Fact:
    if not isinstance(given, Mapping):
        return Fact(path, given, unit, meaning)
    table = NumberTable.model_validate(dict(given))
    source = sources.get(table.source or "")
    return Fact(
        path=path,
        value=table.value,
        unit=unit,
        meaning=meaning,
        range=(table.range[0], table.range[1]) if table.range else None,
        source=table.source,
        note=table.note,
        price_year=table.price_year,
        certain=table.certain,
        grade=source.grade if source else "D",
    )
