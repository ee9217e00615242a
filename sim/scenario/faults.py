"""Pydantic's findings in the words of the file: path, value, what was expected, remedy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from sim.errors import Fault, did_you_mean
from sim.scenario.keys import PATTERNS, shown
from sim.scenario.laws import Law
from sim.scenario.paths import dotted, model_at, step, unit_and_meaning
from sim.scenario.stages import Stage
from sim.scenario.teams import Team

_EXPECTED = {
    "greater_than": "expected above {gt}",
    "greater_than_equal": "expected at least {ge}",
    "less_than": "expected below {lt}",
    "less_than_equal": "expected at most {le}",
    "finite_number": "expected an ordinary number, not NaN or infinity",
    "float_type": "expected a number",
    "int_type": "expected a whole number",
    "int_from_float": "expected a whole number",
    "string_type": "expected text in quotes",
    "bool_type": "expected true or false",
    "list_type": "expected a list in [ ]",
    "dict_type": "expected a table of names",
    "model_type": "expected a table in {{ }}",
    "literal_error": "expected {expected}",
    "date_type": "expected a date such as 2026-11-22",
    "date_from_datetime_inexact": "expected a date such as 2026-11-22",
    "string_too_long": "expected at most {max_length} letters",
    "too_short": "expected at least {min_length}",
    "too_long": "expected at most {max_length}",
}

_LAW = "expected a number, or a table such as {{ mean = 4.5, sd = 3 }}"
_TABLE_FOR_NUMBER = "expected a number: write 1.5, or { value = 1.5, range = [1, 2] }"
_NUMBER_WANTED = ("float_type", "int_type")
_OF_A_UNION = ("float", "int", "str", "constrained-str")
_KEY = "[key]"

_PREEMPTION = "work begun cannot be broken off here; nearest is an `order`: who goes first of those who wait"
_BATCHES = "people are seen one by one here; nearest are fewer `hours` for each, and a team's `open` hours"
_TWO_AT_ONCE = "a stage is worked by one `team` here; nearest are two stages in turn, or a team of such pairs"
CANNOT_BE_SAID = {
    **dict.fromkeys(("preempt", "preempts", "preemptive", "preemption", "interrupts", "priority"), _PREEMPTION),
    **dict.fromkeys(("batch", "batches", "batch_size", "group_size", "together"), _BATCHES),
    **dict.fromkeys(("teams", "also_needs", "also", "resources", "resource", "and_team", "second_team"), _TWO_AT_ONCE),
}
"""Keys that people try for what the language cannot say, and what comes nearest."""

NOT_EVERYTHING = (Stage, Team)


def faults_of(error: ValidationError, root: type[BaseModel], under: str = "") -> Iterator[Fault]:
    """One fault for each thing pydantic found wrong in data whose top is `root` and stands at path `under`."""
    for detail in error.errors(include_url=False):
        fault = _fault(detail, root)
        path = ".".join(part for part in (under, fault.path) if part)
        yield Fault(path, fault.problem, fault.remedy)


def _fault(detail: Mapping[str, Any], root: type[BaseModel]) -> Fault:
    path = _known(root, [f"[{part}]" if isinstance(part, int) else part for part in detail["loc"]])
    where, kind = dotted(path), detail["type"]
    model = model_at(root, path[:-1])
    if kind == "extra_forbidden":
        instead = CANNOT_BE_SAID.get(path[-1]) if model is not None and issubclass(model, NOT_EVERYTHING) else None
        known = model.model_fields if model else ()
        return Fault(where, f"unknown key `{path[-1]}`", instead or did_you_mean(path[-1], known))
    unit, meaning = unit_and_meaning(root, ".".join(path)) if path else ("", "")
    if kind == "missing":
        return Fault(where, f"`{path[-1]}` is missing", f"add it: {meaning}" + (f" [{unit}]" if unit else ""))
    if kind == "value_error":
        problem, _, remedy = str(detail["ctx"]["error"]).partition("; ")
        return Fault(where, problem, remedy)
    return Fault(where, f"{shown(detail['input'])} is not allowed", _expected(detail, model_at(root, path), unit))


def _expected(detail: Mapping[str, Any], model: type[BaseModel] | None, unit: str) -> str:
    kind, given = detail["type"], detail["input"]
    if kind in _NUMBER_WANTED and isinstance(given, dict):
        return _TABLE_FOR_NUMBER
    if kind == "float_type" and isinstance(given, int) and not isinstance(given, bool):
        return "expected a smaller number"
    if kind == "string_pattern_mismatch":
        return PATTERNS[detail["ctx"]["pattern"]]
    words = _LAW if kind == "model_type" and model is Law else _EXPECTED.get(kind, str(detail["msg"]))
    if kind == "model_type" and model is not None and model is not Law:
        must = [f"`{name}`" for name, field in model.model_fields.items() if field.is_required()]
        words += f" with {' and '.join(must)}" if must else ""
    said = words.format(**{name: _limit(value) for name, value in detail.get("ctx", {}).items()})
    return said + (f" [{unit}]" if unit and "expected a" in said else "")


def _limit(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _known(root: type[BaseModel], loc: list[str]) -> list[str]:
    """The location without pydantic's own words for branches of a union and the like."""
    path: list[str] = []
    kind: Any = root
    for place, name in enumerate(loc):
        if name == _KEY and path and place == len(loc) - 1:
            continue
        following = step(kind, name)
        if following is None and (name in _OF_A_UNION or place < len(loc) - 1) and not _is_key(loc, place):
            continue
        path.append(name)
        kind = following
    return path


def _is_key(loc: list[str], place: int) -> bool:
    """Whether the next word says that this one is a key that may not stand here."""
    return loc[place + 1 : place + 2] == [_KEY]
