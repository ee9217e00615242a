"""Shapes: which kinds of value may stand at each key, as the fields declare it."""

from __future__ import annotations

import types
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from sim.scenario.keys import OR_TEXT, Detail

TABLE, LIST, TEXT, NUMBER, FLAG, DATE = "table", "list", "text", "number", "flag", "date"
SIMPLE = {str: TEXT, int: NUMBER, float: NUMBER, bool: FLAG, date: DATE}


@dataclass(frozen=True)
class Shape:
    """The kinds of value that may stand at a place, and what may stand inside a table or a list there."""

    kinds: frozenset[str] = frozenset({TABLE, LIST, *SIMPLE.values()})
    model: type[BaseModel] | None = None
    names: Shape | None = None
    items: Shape | None = None
    remedy: str = ""
    """What to do about another kind, where no field says so."""

    @property
    def names_things(self) -> bool:
        """Whether a table there has things by name, which are tables themselves."""
        return self.names is not None and self.names.kinds == {TABLE}

    def within(self, name: str) -> Shape:
        """What may stand at a key of a table there."""
        if self.model is None:
            return self.names or ANY
        return shape_of_key(self.model, name) if name in self.model.model_fields else WORDS.get(name, ANY)


ANY = Shape()
ONE_TEXT = Shape(frozenset({TEXT}))
TEXTS = Shape(frozenset({LIST}), items=ONE_TEXT)
WORDS = {
    **dict.fromkeys(("source", "note", "like"), ONE_TEXT),
    "drop": replace(TEXTS, remedy='write it as drop = ["stages.x"]'),
    "changes": replace(TEXTS, remedy='write it as changes = ["x"]'),
}
"""Words of the language that may stand in many a table, beside the keys that its fields declare."""


@cache
def shape_of_key(model: type[BaseModel], name: str) -> Shape:
    """The shape that a field declares."""
    declared = model.model_fields[name]
    return _or_text(shape_of(declared.annotation), declared.metadata)


def shape_of(annotation: Any) -> Shape:
    """The shape that an annotation declares."""
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _or_text(shape_of(inside[0]), inside[1:])
    if origin in (Union, types.UnionType):
        return _either([shape_of(part) for part in inside])
    if origin is dict:
        return Shape(frozenset({TABLE}), names=shape_of(inside[1]))
    if origin is list:
        return Shape(frozenset({LIST}), items=shape_of(inside[0]))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        bare = {NUMBER} if issubclass(annotation, Detail) and annotation.may_be_bare else set()
        return Shape(frozenset({TABLE, *bare}), model=annotation)
    simple = [type(value) for value in inside] if origin is Literal else [annotation]
    return Shape(frozenset(SIMPLE[one] for one in simple if one in SIMPLE))


def _either(shapes: list[Shape]) -> Shape:
    kinds = frozenset[str]().union(*(shape.kinds for shape in shapes))
    table = next((shape for shape in shapes if TABLE in shape.kinds), Shape())
    return Shape(kinds, table.model, table.names, next((shape.items for shape in shapes if shape.items), None))


def _or_text(shape: Shape, metadata: Any) -> Shape:
    return replace(shape, kinds=shape.kinds | {TEXT}) if OR_TEXT in metadata else shape
