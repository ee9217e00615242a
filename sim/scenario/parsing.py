"""Parsing: from TOML text to plain data, with work that a text can ask for bounded before it is done.

Python's parser takes time, and memory, with the square of the parts of a dotted key: keys are looked at before it is.
"""

from __future__ import annotations

import re
import tomllib
from typing import Any

from sim.scenario.paths import Data

DEEPEST_TABLE = 10
"""No key of a scenario lies so deep."""

MOST_WORDS = 60_000
"""Parts of keys, values, tables and lists in a file: some ten times those of the largest scenario shipped."""

_PART = r"""(?:[\w-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')"""
_TOKEN = re.compile(
    r"""#[^\n]*+"""  # a comment
    r'''|"""(?:[^"\\]|\\.|"(?!""))*+(?:"{3,5}|\Z)'''  # a text of many lines, perhaps without an end
    r"""|'''(?:[^']|'(?!''))*+(?:'{3,5}|\Z)"""
    rf"""|(?P<key>{_PART}(?:[ \t]*+\.[ \t]*+{_PART})*+)"""
    r"""|(?P<open>[\[{])|[^"'#\w\[{]++|.""",
    re.DOTALL,
)
_ONE_PART = re.compile(_PART)


class TooMuchError(ValueError):
    """A text asks for more work than any scenario does; says what, and after `; ` what to do."""


def parsed(text: str) -> Data:
    """The data of a TOML text.

    Raises
    ------
    TooMuchError
        If tables lie too deep in it, or it holds too many values.
    tomllib.TOMLDecodeError, RecursionError, ValueError
        If it is not TOML.
    """
    words = 0
    for token in _TOKEN.finditer(text):
        key = token["key"]
        if key is None and token["open"] is None:
            continue
        parts = 1 if key is None or "." not in key else sum(1 for _ in _ONE_PART.finditer(key))
        if parts > DEEPEST_TABLE:
            raise TooMuchError(TOO_DEEP)
        words += parts
        if words > MOST_WORDS:
            raise TooMuchError(f"holds over {MOST_WORDS:,} words, numbers and brackets; expected parameters, not data")
    data = tomllib.loads(text)
    if _is_too_deep(data):
        raise TooMuchError(TOO_DEEP)
    return data


TOO_DEEP = f"tables stand in tables over {DEEPEST_TABLE} deep; no key of a scenario lies so deep"


def _is_too_deep(data: Data) -> bool:
    """Whether tables or lists are nested deeper than any key of the language."""
    layer: list[Any] = [data]
    for _ in range(DEEPEST_TABLE):
        tables = [thing.values() if isinstance(thing, dict) else thing for thing in layer]
        layer = [inner for table in tables for inner in table if isinstance(inner, (dict, list))]
    return bool(layer)
