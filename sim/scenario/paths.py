"""Paths: the dotted keys of a file, the one address of every number in it."""

from __future__ import annotations

import json
import re
import types
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from sim.errors import Fault, did_you_mean
from sim.scenario.keys import Detail
from sim.scenario.vocabulary import NEEDS

PLAIN_PART = re.compile(r"[A-Za-z0-9_-]+|\[\d+\]|\d\d:\d\d-\d\d:\d\d")

Data = dict[str, Any]

NAMED: Data = {
    **{name: {} for name in ("run", "place", "arrivals", "waiting_at_start", "crisis", "course", "team_defaults")},
    "groups": {"*": {}},
    "pathways": {"*": {"teams": {"*": {}}, "stages": {"*": {}}, "contract": {"*": {}}, "one_off": {"*": {}}}},
    "changes": {"*": {}},
    "checks": {"*": {}},
    "targets": {"*": {}},
    "price_indices": {"*": {}},
    "published_remission": {"*": {}},
    "correlations": {"*": {}},
    "sources": {"*": {}},
}
"""Where named things live: they merge key by key. Any other value (a law, a gate, routes) is replaced whole."""


def unshared(data: Any) -> Any:
    """A copy of data in which no two places share a table, so that setting one path never sets another."""
    kind = type(data)  # told at once: a file is copied hundreds of times while its ranges are tried
    if kind is dict:
        return {name: unshared(value) if type(value) in TABLES else value for name, value in data.items()}
    if kind is list:
        return [unshared(value) for value in data]
    return {name: unshared(value) for name, value in data.items()} if isinstance(data, Mapping) else data


TABLES = (dict, list)


def merged(base: Mapping[str, Any], over: Mapping[str, Any], named: Mapping[str, Any]) -> Data:
    """`base` with `over` laid on it: named things key by key, other values whole."""
    result: Data = unshared(base)
    for name, value in over.items():
        inner = named.get(name, named.get("*"))
        both = isinstance(value, dict) and isinstance(result.get(name), dict)
        result[name] = merged(result[name], value, inner) if both and inner is not None else unshared(value)
    return result


def assign(raw: Data, resolved: Mapping[str, Any], path: str, value: Any, root: type[BaseModel]) -> Fault | None:
    """Set `path` in `raw` to `value`; where the way there is inherited, copy just what must be replaced whole.

    `root` is the type at the top of `raw`, `NAMED` its named tables. Returns the fault if there is no such path.
    """
    node: Data = raw
    full: Any = resolved
    named: Mapping[str, Any] | None = NAMED if "pathways" in root.model_fields else NAMED["pathways"]["*"]
    *way, last = path.split(".")
    for depth, name in enumerate(way):
        named = None if named is None else named.get(name, named.get("*"))
        if not isinstance(full, Mapping) or name not in full:
            holder = model_at(root, way[:depth])
            if holder is None or name not in holder.model_fields:
                choices = full if isinstance(full, Mapping) else ()
                return Fault(path, f"there is no `{name}` on this path", did_you_mean(name, choices))
            full = {**full, name: {}} if isinstance(full, Mapping) else {name: {}}
        full = full[name]
        node[name] = _opened(node.get(name), full, name, replaced_whole=named is None)
        node = node[name]
    means = full.get(last) if isinstance(full, Mapping) else full
    if not (_is_number_table(node.get(last)) and same(means, value)):  # else the evidence of the table still holds
        node[last] = value
    return None


def _is_number_table(written: Any) -> bool:
    return isinstance(written, dict) and "value" in written


def same(one: Any, other: Any) -> bool:
    """Whether two values of a file are equal and not merely alike, as true and 1 are."""
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def _opened(written: Any, inherited: Any, name: str, *, replaced_whole: bool) -> Data:
    """The table to step into: as written, or copied if inherited whole; a bare time opens as its mean."""
    if isinstance(written, dict) and "value" not in written:
        return written
    if isinstance(inherited, dict) and written is None:
        return unshared(inherited) if replaced_whole else {}
    bare = written if written is not None else inherited
    return {count: unshared(bare) for count in NEEDS} if name == "fits" else {"mean": bare}


def removed(data: Data, path: str) -> Fault | None:
    """Take `path` out of `data`; the fault if it is not there, else None."""
    node: Any = data
    *way, last = path.split(".")
    for name in (*way, last):
        table, node = node, node.get(name) if isinstance(node, dict) else None
        if not isinstance(table, dict) or name not in table:
            choices = table if isinstance(table, dict) else ()
            return Fault("drop", f"there is no `{name}` to drop at `{path}`", did_you_mean(name, choices))
    del table[last]
    return None


def dotted(parts: Iterable[str]) -> str:
    """The path made of `parts`; a part that is no plain name stands in quotes, as in a file."""
    written = (part if PLAIN_PART.fullmatch(part) else json.dumps(part, ensure_ascii=False) for part in parts)
    return ".".join(written).replace(".[", "[")


def look_up(data: Mapping[str, Any], path: str) -> Any:
    """The value at `path`, or None where there is none."""
    node: Any = data
    for name in path.split("."):
        if not isinstance(node, Mapping):
            return None
        node = node.get(name)
    return node


def stands(data: Mapping[str, Any], path: str) -> bool:
    """Whether something is written at `path` itself."""
    above, _, last = path.rpartition(".")
    table = look_up(data, above) if above else data
    return isinstance(table, Mapping) and last in table


def parts_of(annotation: Any) -> Iterator[Any]:
    """The types an annotation is made of, unions and Annotated opened."""
    if get_origin(annotation) is Annotated:
        yield from parts_of(get_args(annotation)[0])
    elif get_origin(annotation) in (Union, types.UnionType):
        for part in get_args(annotation):
            yield from parts_of(part)
    else:
        yield annotation


def step(kind: Any, name: str) -> Any:
    """The type met when going from type `kind` by key `name`; None if there is no such key."""
    for part in parts_of(kind):
        if isinstance(part, type) and issubclass(part, BaseModel):
            field = part.model_fields.get(name)
            return field.annotation if field else None
        if get_origin(part) is dict:
            return get_args(part)[1]
    return None


def model_at(root: type[BaseModel], path: list[str]) -> type[BaseModel] | None:
    """The model class whose keys may stand at `path`; None if it is a table of names or no table."""
    kind: Any = root
    for name in path:
        kind = step(kind, name)
    return next((part for part in parts_of(kind) if isinstance(part, type) and issubclass(part, BaseModel)), None)


@lru_cache(maxsize=4096)
def unit_and_meaning(root: type[BaseModel], path: str) -> tuple[str, str]:
    """Unit and meaning of the key at `path`, as its field declares them; the nearest declared above, if none."""
    kind: Any = root
    unit = meaning = ""
    for name in path.split("."):
        model = next((p for p in parts_of(kind) if isinstance(p, type) and issubclass(p, BaseModel)), None)
        field = model.model_fields.get(name) if model else None
        if field is not None:
            extra = field.json_schema_extra
            own = str(extra.get("unit", "")) if isinstance(extra, dict) else ""
            unit = unit if own.startswith("as the") else own or unit
            said = field.description or ""
            in_detail = model is not None and issubclass(model, Detail) and meaning
            meaning = f"{meaning}: {said}" if in_detail else said
        kind = step(kind, name)
    return unit, meaning
