"""Facts: every number a file gives, with what stands behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from sim.errors import Fault, did_you_mean
from sim.scenario.faults import faults_of
from sim.scenario.paths import Data, removed, unit_and_meaning
from sim.scenario.plans import GRADES, Grade, NumberTable, Source
from sim.scenario.prices import OF_THE_FILE, Original, Prices, brought

NOT_EVIDENCE = (
    *("run", "checks", "targets", "published_remission", "price_indices", "sources", "changes", "correlations"),
)
"""Tables whose numbers are plans or comparisons, not inputs that need evidence."""

NO_NUMBER_TABLES = ("checks", "targets", "published_remission", "price_indices", "sources", "correlations")
"""Tables whose keys `source`, `note` and `value` are their own."""

EVIDENCE_OF_A_TABLE = ("source", "note")
"""Keys that any table of bare numbers may carry, to say where they come from."""


@dataclass(frozen=True)
class Fact:
    """A number of the file: its path, value, unit and meaning, and the evidence for it.

    A price stands in the scenario's price year; `original` is what was published, where that is of another year.
    """

    path: str
    value: float
    unit: str
    meaning: str
    range: tuple[float, float] | None = None
    source: str | None = None
    note: str = ""
    original: Original | None = None
    certain: str | None = None
    grade: Grade = "D"


def is_number(value: object) -> bool:
    """Whether a value of the file is a number (true and false are not)."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def plain(data: Mapping[str, Any]) -> dict[str, Any]:
    """The data with each `{ value = .. }` replaced by its value, a price in those of the file, and no evidence."""
    prices = Prices.of(data)
    return {name: value if name in NO_NUMBER_TABLES else _plain(value, prices) for name, value in data.items()}


def _plain(data: Any, prices: Prices) -> Any:
    if isinstance(data, Mapping):
        if "value" in data:
            return _plain(brought(data, prices), prices)
        return {name: _plain(inner, prices) for name, inner in data.items() if name not in EVIDENCE_OF_A_TABLE}
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


def evidence_faults(data: Mapping[str, Any], sources: Mapping[str, Any], root: type[BaseModel]) -> Iterator[Fault]:
    """What is wrong with the number tables of a file, and sources and price indices they name that do not exist."""
    prices = Prices.of(data)
    for path, given in numbers(data):
        if isinstance(given, Mapping):
            yield from _table_faults(path, given, sources)
            yield from _price_faults(path, given, prices, root)


def _table_faults(path: str, given: Mapping[str, Any], sources: Mapping[str, Any]) -> Iterator[Fault]:
    try:
        NumberTable.model_validate(dict(given))
    except ValidationError as error:
        yield from faults_of(error, NumberTable, under=path)
    source, grade = given.get("source"), given.get("grade")
    if isinstance(source, str) and source not in sources:
        yield Fault(f"{path}.source", f"there is no source `{source}`", did_you_mean(source, sources))
    elif grade in GRADES:
        of_source = sources[source].get("grade") if source and isinstance(sources[source], Mapping) else "D"
        if of_source in GRADES and grade <= of_source:
            problem = f"`{grade}` is not below the {of_source} it has without"
            yield Fault(f"{path}.grade", problem, "a number may only be graded lower than its source; drop it")


def _price_faults(path: str, given: Mapping[str, Any], prices: Prices, root: type[BaseModel]) -> Iterator[Fault]:
    fault = prices.fault(given)
    if fault is not None and fault[0] != OF_THE_FILE:
        yield Fault(f"{path}.{fault[0]}", *fault[1:])
    elif fault is not None and prices.price_year:
        yield Fault("price_year", *fault[1:])
    in_place = path.partition(".")[0] != "changes"
    if "price_year" in given and in_place and not unit_and_meaning(root, _declared(path))[0].startswith("GBP"):
        yield Fault(f"{path}.price_year", "has no effect: this is no price", "drop it")


def _declared(path: str) -> str:
    """The path at which the key of a number is declared."""
    return path.replace("team_defaults.", "pathways.any.teams.any.", 1)


def idle_evidence(data: Mapping[str, Any], path: str = "") -> Iterator[Fault]:
    """Tables that name evidence but hold no bare number it could be evidence for."""
    for name, value in data.items():
        here = f"{path}.{name}" if path else name
        if not isinstance(value, Mapping) or "value" in value or here in (*NO_NUMBER_TABLES, "changes"):
            continue
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
    prices = Prices.of(data)
    for path, given in numbers({name: value for name, value in data.items() if name not in NOT_EVIDENCE}):
        unit, meaning = unit_and_meaning(root, _declared(path))
        yield _fact(path, given, unit, meaning, sources, prices)


def _fact(path: str, given: Any, unit: str, meaning: str, sources: Mapping[str, Source], prices: Prices) -> Fact:
    if not isinstance(given, Mapping):
        return Fact(path, given, unit, meaning)
    table = NumberTable.model_validate(dict(given))
    original = prices.original(given)
    factor = original.factor if original else 1
    return Fact(
        path=path,
        value=table.value * factor,
        unit=unit,
        meaning=meaning,
        range=(table.range[0] * factor, table.range[1] * factor) if table.range else None,
        source=table.source,
        note=table.note,
        original=original,
        certain=table.certain,
        grade=_grade(table, original, sources, prices),
    )


def _grade(table: NumberTable, original: Original | None, sources: Mapping[str, Source], prices: Prices) -> Grade:
    """The lowest of the grades of the source, of the number itself, and of the index that brings it to today's prices.

    A year for which the index is only interpolated leaves no more than a C.
    """
    if table.source is None or table.source not in sources:
        return "D"
    grades = {sources[table.source].grade, table.grade or "A"}
    if original is not None:
        of_index = sources.get(prices.source_of(original.index))
        grades |= {of_index.grade if of_index else "D", "C" if original.is_interpolated else "A"}
    return max(grades)
