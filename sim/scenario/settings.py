"""Settings: values a person gives by path beside a file, on the command line or in a table of inputs."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from sim.errors import Fault, RequestError, did_you_mean
from sim.scenario.facts import NOT_EVIDENCE, is_number
from sim.scenario.keys import shown
from sim.scenario.origins import TEAM_DEFAULTS
from sim.scenario.paths import Data, model_at
from sim.scenario.typed import looks_typed, taken_number

BY_HAND = "set for this run, in place of the file's own number"
"""What is noted of a number that was set, so that no source of the file is taken to stand behind it."""

TAG_LETTERS = 8
OPENING = ("[", "{", '"', "'")
QUOTED = re.compile(r"""["'](\d\d:\d\d-\d\d:\d\d)["']""")
"""A span of hours as a file has it; in a path it needs no quotation marks."""


def setting(text: str, option: str = "--set", tell: Callable[[str], None] = print) -> tuple[str, Any]:
    """Path and value of what was typed as `PATH=VALUE` after `option`; `tell` is given how an odd number was read.

    Raises
    ------
    RequestError
        If there is no `=`, nothing before it, or the value begins as a list, a table or a quotation and is none.
    """
    path, sign, value = text.partition("=")
    path = QUOTED.sub(r"\1", path.strip())
    if not sign or not path:
        raise RequestError(f"{option} {text}: expected PATH=VALUE, such as {option} place.adults=210000")
    return path, _value(f"{option} {path}", value.strip(), tell)


def _value(given: str, text: str, tell: Callable[[str], None]) -> Any:
    """The value as TOML reads it; what TOML does not know is text."""
    try:
        read = tomllib.loads(f"value = {text}")
    except (tomllib.TOMLDecodeError, ValueError, RecursionError):
        read = {}
    if set(read) == {"value"}:
        return read["value"]
    if looks_typed(text):
        try:
            number, said = taken_number(text)
        except ValueError as error:
            raise RequestError(f"{given}: {error}") from None
        if said:
            tell(f"{given}: {said}")
        return number
    if not text or text.startswith(OPENING):
        what = "is missing" if not text else f"{shown(text)} is not a whole list, table or text of TOML"
        raise RequestError(f"{given}: the value {what}; expected such as 12, true, [0, 10] or {{ mean = 4, sd = 3 }}")
    return text


def settings_tag(settings: Mapping[str, str]) -> str:
    """A short safe name for these settings, the same whatever their order; empty for none."""
    if not settings:
        return ""
    digest = hashlib.sha256(json.dumps(dict(settings), sort_keys=True).encode()).hexdigest()
    return f"set-{digest[:TAG_LETTERS]}"


def as_text(value: Any) -> str:
    """A value that was set, on one line."""
    return json.dumps(value, ensure_ascii=False, default=str)


def noted(path: str, value: Any) -> Any:
    """The value with each bare number in it marked as set by hand, where numbers of the file have evidence."""
    if path.partition(".")[0] in NOT_EVIDENCE:
        return value
    if isinstance(value, Mapping) and "value" not in value:
        return {name: noted(path, inner) for name, inner in value.items()}
    return {"value": value, "note": BY_HAND} if is_number(value) else value


def unknown_paths(meaning: Data, paths: Mapping[str, Any], root: type[BaseModel]) -> Iterator[Fault]:
    """The paths at which nothing stands and nothing may stand, each with the closest that there is.

    `meaning` is the file's data with all that is inherited worked out, `root` the type at its top.
    """
    for path in paths:
        if path.partition(".")[0] == "changes":
            yield Fault(path, "a change is no number to set", "apply it whole: --with NAME")
        elif not _may_stand(meaning, path.split("."), root):
            yield Fault(path, "there is no such path", did_you_mean(path, _closest_first(meaning, path)))


def _may_stand(meaning: Data, parts: list[str], root: type[BaseModel]) -> bool:
    """Whether something stands at the path, or its first unknown name is a key of the language or a new route."""
    node: Any = meaning
    for depth, name in enumerate(parts):
        if isinstance(node, Mapping) and name in node:
            node = node[name]
            continue
        model = model_at(root, _declared(parts[:depth]))
        routed = any(part.startswith("next") for part in parts[max(0, depth - 2) : depth])
        return routed if model is None else name in model.model_fields
    return True


def _declared(parts: list[str]) -> list[str]:
    return ["pathways", "any", "teams", "any", *parts[1:]] if parts[:1] == [TEAM_DEFAULTS] else parts


def _closest_first(meaning: Data, path: str) -> list[str]:
    """Every path of the data; those that end as this one does come first, for the search looks at so many only."""
    ending = path.rpartition(".")[2]
    return sorted(_paths(meaning, ""), key=lambda known: known.rpartition(".")[2] != ending)


def _paths(data: Mapping[str, Any], above: str) -> Iterator[str]:
    for name, value in data.items():
        here = f"{above}.{name}" if above else name
        yield here
        if isinstance(value, Mapping) and here not in ("changes", "sources"):
            yield from _paths(value, here)
