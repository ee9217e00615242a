"""Pydantic's findings in the words of the file: path, value, what was expected, remedy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from sim.errors import Fault, did_you_mean
from sim.scenario.paths import model_at, step, unit_and_meaning

_EXPECTED = {
    "greater_than": "expected above {gt:g}",
    "greater_than_equal": "expected at least {ge:g}",
    "less_than": "expected below {lt:g}",
    "less_than_equal": "expected at most {le:g}",
    "finite_number": "expected an ordinary number, not NaN or infinity",
    "float_type": "expected a number",
    "int_type": "expected a whole number",
    "int_from_float": "expected a whole number",
    "string_type": "expected text in quotes",
    "bool_type": "expected true or false",
    "list_type": "expected a list in [ ]",
    "dict_type": "expected a table in { }",
    "model_type": "expected a table in { }",
    "model_attributes_type": "expected a table in { }",
    "literal_error": "expected {expected}",
    "date_type": "expected a date such as 2026-11-22",
    "string_pattern_mismatch": "expected small letters, digits and _, a letter first",
}


def faults_of(error: ValidationError, root: type[BaseModel]) -> Iterable[Fault]:
    """One fault for each thing pydantic found wrong in a file whose top is `root`."""
    for detail in error.errors():
        yield _fault(detail, root)


def _fault(detail: Mapping[str, Any], root: type[BaseModel]) -> Fault:
    path = _known(root, [str(part) for part in detail["loc"]])
    where = ".".join(path)
    if detail["type"] == "extra_forbidden":
        model = model_at(root, path[:-1])
        return Fault(where, f"unknown key `{path[-1]}`", did_you_mean(path[-1], model.model_fields if model else ()))
    unit, meaning = unit_and_meaning(root, where) if path else ("", "")
    if detail["type"] == "missing":
        return Fault(where, f"`{path[-1]}` is missing", f"add it: {meaning}" + (f" [{unit}]" if unit else ""))
    if detail["type"] == "value_error":
        problem, _, remedy = str(detail["ctx"]["error"]).partition("; ")
        return Fault(where, problem, remedy)
    expected = _EXPECTED.get(detail["type"], detail["msg"]).format(**detail.get("ctx", {}))
    in_unit = f" [{unit}]" if unit and "expected a" in expected else ""
    return Fault(where, f"{_shown(detail['input'])} is not allowed", f"{expected}{in_unit}")


def _known(root: type[BaseModel], loc: list[str]) -> list[str]:
    """The location without pydantic's own words for branches of a union and the like."""
    path: list[str] = []
    kind: Any = root
    for place, name in enumerate(loc):
        following = step(kind, name)
        if following is None and place < len(loc) - 1 and name != "[key]":
            continue
        if following is None and name in ("[key]", "float", "int", "str"):
            continue
        path.append(name)
        kind = following
    return path


def _shown(value: object) -> str:
    text = repr(value) if not isinstance(value, bool) else str(value).lower()
    return text if len(text) <= 60 else text[:57] + "..."
