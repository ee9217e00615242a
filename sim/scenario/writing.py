"""Writing a scenario back to TOML: self-contained, `extends` followed, sources included."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.items import InlineTable, Table

from sim.errors import RequestError, ScenarioError
from sim.scenario.changes import is_for_a_pathway
from sim.scenario.paths import NAMED
from sim.scenario.resolving import settled
from sim.scenario.scenario import Scenario

Remark = Callable[[str], str]
"""What to say of the key at a path; nothing if empty."""


def no_remark(path: str) -> str:  # noqa: ARG001
    """Nothing, of any key."""
    return ""


def written(scenario: Scenario, *, head: str = "", remark: Remark = no_remark) -> str:
    """The text of a file that says all that this scenario says, and needs no other file.

    Reading it gives the same scenario. Its first line is `head`, or the scenario's name and the changes already
    applied; below stands what was set. Where any change was applied, no further change of the whole file is offered.
    Keys with numbers carry what `remark` says of their path.
    """
    document = tomlkit.document()
    document.add(tomlkit.comment(head or f"Resolved from the scenario `{scenario.name}`{_applied(scenario.applied)}."))
    for path, value in scenario.settings.items():
        document.add(tomlkit.comment(f"Set: {path} = {value}"))
    for name, value in _ordered(_to_write(scenario), NAMED):
        document.add(name, _item(value, NAMED.get(name), name, remark))
    return tomlkit.dumps(document)


def _to_write(scenario: Scenario) -> dict[str, Any]:
    """The data to write: where changes were applied, without them; what is inherited is written out only if it must."""
    data = scenario.data
    if not scenario.applied:
        return data
    kept = {name: change for name, change in data.get("changes", {}).items() if is_for_a_pathway(change)}
    lean = {name: value for name, value in data.items() if name != "changes"} | ({"changes": kept} if kept else {})
    try:
        again = Scenario.from_data(scenario.name, lean)
    except ScenarioError:
        return settled(data)
    return lean if again.model_dump() == scenario.model_dump() else settled(data)


def inline(value: Any) -> str:
    """A value as it stands on one line of a file."""
    return str(tomlkit.item(_item(value, None, "", no_remark)).as_string())


def write_new(file: Path, text: str | bytes, *, encoding: str = "utf-8") -> None:
    """Write a text, or bytes as they are, to a file that must not exist yet.

    Raises
    ------
    RequestError
        If there is one already, or it cannot be written.
    """
    try:
        opened = file.open("xb")
    except FileExistsError:
        raise RequestError(f"{file}: is there already; choose another name, or move it") from None
    except OSError as error:
        raise RequestError(f"{file}: cannot be written: {error.strerror}; choose another place") from None
    is_whole = False
    try:
        with opened:
            opened.write(text if isinstance(text, bytes) else text.encode(encoding))
        is_whole = True
    except OSError as error:
        raise RequestError(f"{file}: cannot be written: {error.strerror}; choose another place") from None
    finally:
        if not is_whole:
            file.unlink(missing_ok=True)


def _applied(changes: tuple[str, ...]) -> str:
    return f" with {', '.join(changes)}" if changes else ""


def _ordered(data: Mapping[str, Any], named: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """The entries, those that become [tables] of their own last, as TOML asks."""
    return sorted(data.items(), key=lambda entry: _is_named(entry[1], named.get(entry[0], named.get("*"))))


def _is_named(value: Any, named: Any) -> bool:
    return isinstance(value, Mapping) and named is not None


def _item(value: Any, named: Mapping[str, Any] | None, path: str, remark: Remark) -> Any:
    """A value as TOML: named things as [tables], everything else on one line."""
    if not isinstance(value, Mapping):
        return value if not isinstance(value, list) else [_item(inner, None, "", no_remark) for inner in value]
    if named is None:
        table: Table | InlineTable = tomlkit.inline_table()
        for name, inner in value.items():
            table.add(written_key(name), _item(inner, None, "", no_remark))
        return table
    table = tomlkit.table()
    for name, inner in _ordered(value, named):
        below = named.get(name, named.get("*"))
        item = _item(inner, below, f"{path}.{name}", remark)
        table.add(written_key(name), item if _is_named(inner, below) else _remarked(item, remark(f"{path}.{name}")))
    return table


def _remarked(value: Any, said: str) -> Any:
    """The item with a comment after it, if there is anything to say of it."""
    if not said:
        return value
    return tomlkit.item(value).comment(said)


def written_key(name: str) -> Any:
    """The name as one key, even where it holds dots, as the lines of a change do."""
    return tomlkit.key([name])
