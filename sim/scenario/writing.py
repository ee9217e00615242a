"""Writing a scenario back to TOML: self-contained, `extends` followed, sources included."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tomlkit
from tomlkit.items import InlineTable, Table

from sim.scenario.paths import NAMED
from sim.scenario.resolving import settled
from sim.scenario.scenario import Scenario


def written(scenario: Scenario) -> str:
    """The text of a file that says all that this scenario says, and needs no other file.

    Reading it gives the same scenario. Its name and the changes already applied stand in its first line as a comment;
    where any were, all that pathways and groups inherit is written out, and no further change is offered.
    """
    document = tomlkit.document()
    document.add(tomlkit.comment(f"Resolved from the scenario `{scenario.name}`{_applied(scenario.applied)}."))
    for name, value in _ordered(settled(scenario.data) if scenario.applied else scenario.data, NAMED):
        document.add(name, _item(value, NAMED.get(name)))
    return tomlkit.dumps(document)


def _applied(changes: tuple[str, ...]) -> str:
    return f" with {', '.join(changes)}" if changes else ""


def _ordered(data: Mapping[str, Any], named: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """The entries, those that become [tables] of their own last, as TOML asks."""
    return sorted(data.items(), key=lambda entry: _is_named(entry[1], named.get(entry[0], named.get("*"))))


def _is_named(value: Any, named: Any) -> bool:
    return isinstance(value, Mapping) and named is not None


def _item(value: Any, named: Mapping[str, Any] | None) -> Any:
    """A value as TOML: named things as [tables], everything else on one line."""
    if not isinstance(value, Mapping):
        return value if not isinstance(value, list) else [_item(inner, None) for inner in value]
    table: Table | InlineTable = tomlkit.inline_table() if named is None else tomlkit.table()
    for name, inner in _ordered(value, named or {}):
        table.add(_key(name), _item(inner, None if named is None else named.get(name, named.get("*"))))
    return table


def _key(name: str) -> Any:
    """The name as one key, even where it holds dots, as the lines of a change do."""
    return tomlkit.key([name])
