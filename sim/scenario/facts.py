"""Facts: every number a file gives, with what stands behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from sim.errors import Fault, did_you_mean
from sim.scenario.plans import Grade, NumberTable, Source

NOT_EVIDENCE = ("run", "checks", "sources", "changes")
"""Tables whose numbers are plans or comparisons, not inputs that need evidence."""

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
    return {name: value if name in ("checks", "sources") else _plain(value) for name, value in data.items()}


def _plain(data: Any) -> Any:
    if isinstance(data, Mapping):
        if "value" in data:
            return _plain(data["value"])
        return {name: _plain(inner) for name, inner in data.items() if name not in EVIDENCE_OF_A_TABLE}
    return list(data) if isinstance(data, list) else data


def numbers(data: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    """Every number written in the data, as (path, bare number or number table).

    A `source` or `note` in a table of bare numbers holds for each of them.
    """
    held = {name: data[name] for name in EVIDENCE_OF_A_TABLE if name in data and path.split(".")[0] != "checks"}
    for name, value in data.items():
        here = f"{path}.{name}" if path else name
        if is_number(value):
            yield here, {"value": value, **held} if held else value
        elif isinstance(value, Mapping) and "value" in value:
            yield here, value
        elif isinstance(value, Mapping):
            yield from numbers(value, here)


def number_table(path: str, given: Mapping[str, Any]) -> tuple[NumberTable | None, list[Fault]]:
    """The number table written at `path`, and what is wrong with it."""
    try:
        table = NumberTable.model_validate(dict(given))
    except ValidationError as error:
        return None, [_fault(path, detail) for detail in error.errors()]
    if table.range is not None and not table.range[0] <= table.value <= table.range[1]:
        low, high = table.range
        problem = f"the range [{low:g}, {high:g}] does not hold the value {table.value:g}"
        return table, [Fault(path, problem, "widen the range or mend the value")]
    if table.range is not None and table.certain:
        return table, [Fault(path, "a number that is `certain` has no range", "drop one of the two")]
    return table, []


def _fault(path: str, detail: Mapping[str, Any]) -> Fault:
    where = ".".join(str(part) for part in detail["loc"][:1])
    if detail["type"] == "extra_forbidden":
        return Fault(path, f"unknown key `{where}`", did_you_mean(where, NumberTable.model_fields))
    got = f", got {detail['input']!r}" if detail["type"] != "missing" else ""
    return Fault(f"{path}.{where}", f"{detail['msg'].lower()}{got}", "write it as { value = 1.5, range = [1, 2] }")


def fact(path: str, given: Any, unit: str, meaning: str, sources: Mapping[str, Source]) -> Fact:
    """The fact written at `path`: a bare number is an assumption, grade D."""
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
