"""Ways to spoil the text of a scenario file: byte by byte, word by word, and value by value."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from random import Random
from typing import Any

WORD = re.compile(r'"[^"\n]*"|[\w.]+|[^\w\s]')
BYTES = b"\x00\xff\"'[]{}=.,#\n\\-+_e0 9\xc3"
WORDS = (
    *("0", "-1", "1e-320", "1e308", "nan", "-inf", "0x" + "f" * 4000, "9" * 400, "true", '""', "[]", "{}", "[[]]"),
    *("{ value = 1 }", "{ value = {} }", "{ fixed = 0 }", '"rest"', '"leave"', '"unlimited"', "2020-01-01", "like"),
    *("drop", "changes", "value", "range", "source", '"' + "x" * 20_000 + '"', "a" * 300, ".".join("a" * 40), '"a.b"'),
    *("[x]", "[[x]]", "=", "\n", "#", '"""', "'''", "mean", "sd", "next", "hours_by_group", "rota", "open", "extends"),
)
VALUES: tuple[Any, ...] = (
    *(0, -1, 1, 2, 0.5, 1e-320, 1e-9, 1e12, 1e300, 10**30, 16**3000, float("nan"), float("inf"), True, False),
    *("", "x", "rest", "leave", "unlimited", "caseload", "same day", "x" * 20_000, "a.b", "\x1b[2J", "ä" * 50),
    *([], [1], ["x"], [[1, [2]]], [{}], {}, {"a": 1}, {"value": 1}, {"value": {}}, {"fixed": 0}, {"rest": "rest"}),
    *({"value": 1, "range": [0, 2]}, {"value": 1, "index": {}, "price_year": "2013-14"}, {"mean": 1, "sd": 2}),
    *({"low": 1, "high": 2}, {"values": [0, 7], "shares": [0.2, 0.8]}, {"mon-fri": {"08:00-12:00": 1}}),
)

LARGEST_SCALED = 1e15

Mutation = Callable[[str, Random], str | bytes]


def bytewise(text: str, luck: Random) -> bytes:
    """Some bytes changed, put in, taken out, moved or doubled."""
    data = bytearray(text.encode())
    for _ in range(luck.choice((1, 1, 2, 4, 16))):
        at, length = luck.randrange(len(data) + 1), luck.choice((1, 1, 2, 8, 200))
        piece = (
            bytes(luck.choice(BYTES) for _ in range(length)) if luck.random() < 0.7 else bytes(data[at : at + length])
        )
        how = luck.randrange(3)
        data[at : at + (0 if how == 0 else length)] = b"" if how == 1 else piece
    return bytes(data)


def wordwise(text: str, luck: Random) -> str:
    """Some words exchanged for others of the file or of the language, left out, doubled, or repeated many times."""
    for _ in range(luck.choice((1, 1, 1, 2, 3, 8))):
        found = list(WORD.finditer(text))
        if not found:
            return text
        here, there = luck.choice(found), luck.choice(found)
        new = luck.choice((luck.choice(WORDS), there[0], "", f"{here[0]} {here[0]}", here[0] * luck.choice((3, 3000))))
        text = text[: here.start()] + new + text[here.end() :]
    return text


def treewise(text: str, luck: Random) -> str:
    """Some values set, taken out, renamed, exchanged or copied elsewhere, and the file written anew."""
    data = tomllib.loads(text)
    for _ in range(luck.choice((1, 1, 1, 2, 3, 6))):
        _change(data, luck)
    return "".join(f"{json.dumps(name)} = {_written(value)}\n" for name, value in data.items())


def _written(value: Any) -> str:
    """A value as TOML, on one line: a fiftieth of the time that a library takes which keeps the style of a file."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(name)} = {_written(inner)}" for name, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_written, value)) + "]"
    if isinstance(value, int) and not isinstance(value, bool):
        return hex(value) if value > 2**64 else str(value)
    return (
        value.isoformat() if isinstance(value, date) else repr(value) if isinstance(value, float) else json.dumps(value)
    )


def _places(table: dict[str, Any]) -> list[tuple[dict[str, Any], str]]:
    found = [(table, name) for name in table]
    for value in table.values():
        found += _places(value) if isinstance(value, dict) else []
    return found


def _change(data: dict[str, Any], luck: Random) -> None:
    places = _places(data)
    if not places:
        return
    (table, name), (other, key) = luck.choice(places), luck.choice(places)
    copied = deepcopy(luck.choice((other[key], luck.choice(VALUES))))
    how = luck.randrange(6)
    if how == 0:
        del table[name]
    elif how == 1:
        table[luck.choice((key, name[:-1] or "x", "like", "drop", "value", "x" * 300, ""))] = table.pop(name)
    elif how == 2 and type(table[name]) in (int, float) and abs(table[name]) < LARGEST_SCALED:
        table[name] = luck.choice((-table[name], table[name] * 1e-12, table[name] * 1000, table[name] / 2, 0))
    elif how == 3 and isinstance(table[name], dict):
        table[name][luck.choice((key, "like", "value", "source", "changes"))] = copied
    else:
        table[name] = copied if how == 4 else deepcopy(luck.choice(VALUES))


MUTATIONS: dict[str, Mutation] = {"bytes": bytewise, "words": wordwise, "tree": treewise}
