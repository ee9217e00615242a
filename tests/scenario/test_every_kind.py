"""Every key of the language with values of every kind and size: a scenario, or clear messages that name the key."""

from __future__ import annotations

import math
from datetime import date, datetime
from functools import cache
from typing import Any

import pytest

from sim.errors import ScenarioError
from sim.scenario.scenario import Scenario
from tests.scenario.files import LINE, Data, edited
from tests.scenario.test_every_key import FILES, ROWS

HUGE = 16**4000
DEEP: Any = 1
for _ in range(400):
    DEEP = {"a": DEEP}

REFUSED: dict[str, Any] = {
    "a whole number of 4,000 digits": HUGE,
    "the same below 0": -HUGE,
    "400 digits": -(10**400),
    "nan": math.nan,
    "infinity": math.inf,
    "text of 100 kB": "x" * 100_000,
    "a list of huge numbers": [HUGE],
    "a list of lists": [[1, [2]], {"a": []}],
    "a date and time": datetime(2020, 1, 1, 12),
}
"""What may stand at no key."""

ODD: dict[str, Any] = {
    "below 0": -1,
    "nearly 0": 5e-324,
    "no text": "",
    "text": "x",
    "no list": [],
    "a list": ["x"],
    "no table": {},
    "a table": {"a": 1},
    "a huge number in a table": {"a": HUGE, "value": HUGE},
    "a number table of nothing": {"value": {}, "range": [HUGE], "source": 3, "index": {}, "price_year": []},
    "true": True,
    "a date": date(2020, 1, 1),
    "deep tables": DEEP,
}
"""What may stand at some keys."""

PLACES = sorted({(file, path) for file, path, _, _ in ROWS})
WORDS = ("like", "drop", "changes", "source", "note")
HOLDERS = ("pathways.local", "pathways.local.teams.workers", "pathways.local.stages.support", "groups.older_people")


@cache
def data_of(file: str) -> Data:
    return FILES[file]()


def put(file: str, path: str, value: Any) -> Data:
    """The data of a file with a value at a path, a bare number on the way there opened as a table."""
    data = edited(data_of(file))
    *way, last = path.split(".")
    node: Any = data
    for name in way:
        if not isinstance(node.get(name), dict) or "value" in node[name]:
            node[name] = {}
        node = node[name]
    node[last] = value
    return data


def told(data: Data) -> list[str] | None:
    """The lines that are said of data; None if it is sound. Any other exception is a bug."""
    try:
        Scenario.from_data("test", data)
    except ScenarioError as error:
        return str(error).splitlines()
    return None


def names(path: str) -> set[str]:
    """The words by which a message may name a key: itself, or what holds it."""
    parts = path.split(".")
    return {".".join(parts[depth:]) for depth in range(len(parts))} | {".".join(parts[:-1])}


@pytest.mark.parametrize("kind", [*REFUSED, *ODD])
def test_every_key_answers_a_value_of_every_kind_and_size(kind: str) -> None:
    value = {**REFUSED, **ODD}[kind]
    for file, path in PLACES:
        lines = told(put(file, path, value))
        if lines is None:
            assert kind in ODD, f"{path} takes {kind}"
            continue
        assert any(path.rpartition(".")[2] in line or path.rpartition(".")[0] in line for line in lines), (path, lines)
        assert all(line.isprintable() and len(line) < 2_000 for line in lines), path


@pytest.mark.parametrize("kind", REFUSED)
@pytest.mark.parametrize("word", WORDS)
def test_words_that_no_field_declares_are_judged_too(kind: str, word: str) -> None:
    for holder in HOLDERS:
        lines = told(put("full", f"{holder}.{word}", REFUSED[kind]))
        assert lines is not None and any(f"{holder}.{word}" in line for line in lines), (holder, lines)


@pytest.mark.parametrize("kind", REFUSED)
def test_a_value_is_judged_in_a_change_as_where_it_is_laid(kind: str) -> None:
    change = {"pathways.line.teams.clerks.posts": REFUSED[kind]}
    lines = told(edited(LINE, ("changes", {"more": change})))
    assert lines is not None and "changes.more" in lines[0] and "posts" in lines[0], lines


@pytest.mark.parametrize("kind", [*REFUSED, *ODD])
@pytest.mark.parametrize("name", ["changes", "team_defaults", "sources", "price_indices", "correlations", "groups"])
def test_a_whole_table_of_another_kind_is_told(kind: str, name: str) -> None:
    lines = told(edited(LINE, (name, {**REFUSED, **ODD}[kind])))
    assert lines is None or any(name in line for line in lines)
    assert lines is not None or kind in ODD


def test_what_is_left_out_is_told_once_and_not_as_missing() -> None:
    data = edited(LINE, ("pathways.line.stages.desk.team", 35), ("pathways.line.teams.clerks.posts", [1]))
    assert told(data) == [
        "test.toml: pathways.line.stages.desk.team: 35 is not allowed; expected text in quotes",
        "test.toml: pathways.line.teams.clerks.posts: [1] is not allowed; expected a number [posts]",
    ]


def test_what_is_inherited_is_judged_where_it_is_written() -> None:
    data = edited(LINE, ("pathways.b", {"like": "line", "stages": {"desk": {"next_by_level": 5}}}))
    lines = told(data) or []
    assert lines == [
        "test.toml: pathways.b.stages.desk.next_by_level: 5 is not allowed; expected a table of names [share]"
    ]
