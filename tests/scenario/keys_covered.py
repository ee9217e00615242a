"""Every key of the language with the tests that cover it. Run `python -m tests.scenario.keys_covered` for the table.

The row is that of test_every_key.py that shows the key's effect. A trace, theory or money test covers a key if it,
or what its module prepares for all its tests, writes the key.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from sim.scenario.key_table import tables
from sim.scenario.plans import NumberTable
from tests.scenario.test_every_key import MODEL, POPULATION, ROWS, passed

TESTS = Path(__file__).resolve().parents[1]
WORKED = ("engine", "theory", "measures", "experiments")
"""Folders of tests with figures worked by hand, from theory or from conservation."""

Key = tuple[str, str]


def keys() -> list[Key]:
    """Every key as (table, key), in the order of the language."""
    return [(model.__name__, name) for _, model in tables() if model is not NumberTable for name in model.model_fields]


@cache
def rows() -> dict[Key, tuple[str, frozenset[str]]]:
    """By key the first row that changes it: its path, and what it changes."""
    found: dict[Key, tuple[str, frozenset[str]]] = {}
    for _, path, value, changes in ROWS:
        for whole in (path, *(f"{path}.{name}" for name in (value if isinstance(value, dict) else ()))):
            for key in list(passed(whole))[-1:]:
                found.setdefault(key, (whole, frozenset(changes)))
    for _, path, _, changes in ROWS:
        for key in passed(path):
            found.setdefault(key, (path, frozenset(changes)))
    return found


@cache
def written_in() -> dict[str, tuple[str, ...]]:
    """By word the tests that write it, as `folder/module::test`, or the module where all its tests have it."""
    found: dict[str, list[str]] = {}
    for folder in WORKED:
        for file in sorted((TESTS / folder).glob("test_*.py")):
            text = file.read_text(encoding="utf-8")
            for name, part in _parts(text):
                for word in set(re.findall(r'(?<=")\w+(?=")|\b\w+(?==)|(?<=\.)\w+', part)):
                    found.setdefault(word, []).append(f"{folder}/{file.stem}{f'::{name}' if name else ''}")
    return {word: tuple(sorted(places, key=lambda place: "::" not in place)) for word, places in found.items()}


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """Each test of a module with its text, and all else under no name."""
    rest = []
    for node in ast.parse(text).body:
        part = ast.get_source_segment(text, node) or ""
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield node.name, part
        else:
            rest.append(part)
    yield "", "\n".join(rest)


def worked(key: Key) -> tuple[str, ...]:
    """Tests with figures from outside that write a key, those first that its name is in the name of."""
    return tuple(sorted(written_in().get(key[1], ()), key=lambda place: key[1].split("_")[0] not in place))


def reaches_an_engine(key: Key) -> bool:
    """Whether the key's row changes what an engine is given."""
    return bool(rows().get(key, ("", frozenset[str]()))[1] & {MODEL, POPULATION})


def main() -> None:
    """Print the table as Markdown."""
    print("| table | key | row of test_every_key | worked by hand or from theory |\n|---|---|---|---|")  # noqa: T201
    for key in keys():
        path = rows().get(key, ("(a test of its own)", frozenset()))[0]
        first, *others = worked(key) or ("",)
        more = f" and {len(others)} more" if others else ""
        print(f"| {key[0]} | `{key[1]}` | `{path}` | {first}{more} |")  # noqa: T201


if __name__ == "__main__":
    main()
