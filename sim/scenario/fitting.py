"""Fitting: what is of a kind that its key does not take is told, and left out before anything relies on it.

So in all that reads a file's data after this, a key holds what its field declares, or nothing: tables are tables,
numbers are finite and texts are short.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, time
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError

from sim.errors import MOST_FAULTS, Fault
from sim.scenario.changes import is_for_a_pathway
from sim.scenario.facts import NO_NUMBER_TABLES
from sim.scenario.faults import faults_of
from sim.scenario.keys import shown
from sim.scenario.origins import TEAM_DEFAULTS
from sim.scenario.paths import Data, dotted
from sim.scenario.pathways import Pathway
from sim.scenario.plans import NumberTable
from sim.scenario.shapes import ANY, DATE, FLAG, LIST, NUMBER, SIMPLE, TABLE, TEXT, WORDS, Shape, shape_of
from sim.scenario.teams import Team

LARGEST_SIZE = 2.0**63
LONGEST_TEXT = 10_000

KINDS = ((bool, FLAG), ((int, float), NUMBER), (str, TEXT), (Mapping, TABLE), (list, LIST), ((date, time), DATE))
IN_WORDS = {
    FLAG: "true or false", NUMBER: "a number", TEXT: "text in quotes", TABLE: "a table in { }", LIST: "a list in [ ]",
    DATE: "a date such as 2026-11-22",
}  # fmt: skip

ONE_TABLE = Shape(frozenset({TABLE}), remedy='write [changes.NAME] and below it lines such as "a.b" = 1')
TOP = {TEAM_DEFAULTS: shape_of(Team), "changes": replace(ONE_TABLE, names=ONE_TABLE)}
"""What no field of a file declares: it is gone once a file is worked out."""

MISFIT: Any = object()
"""Stands for a value that is left out."""


class Spot(NamedTuple):
    """A place in a file: its path, the shape of what may stand there, and how that is reached from a field.

    `model` has the field, whose rules word the messages, and `way` begins with its name. `has_evidence`: whether a
    number may stand there as a table with its source.
    """

    path: tuple[str, ...]
    shape: Shape
    model: type[BaseModel] | None = None
    way: tuple[str | int, ...] = ()
    has_evidence: bool = True

    def under(self, name: str) -> Spot:
        """The place of a key in a table that stands here."""
        model, way = (self.model, (*self.way, name)) if self.shape.model is None else (self.shape.model, (name,))
        return self._replace(path=(*self.path, name), shape=self.shape.within(name), model=model, way=way)

    def at(self, place: int) -> Spot:
        """The place of an item in a list that stands here."""
        path, way = (*self.path, f"[{place}]"), (*self.way, 0)
        return self._replace(path=path, shape=self.shape.items or ANY, way=way, has_evidence=False)


class Fitted(NamedTuple):
    """The data that fits, a fault for each value left out, and whether whole tables of the file are among these."""

    data: Data
    faults: list[Fault]
    lacks_tables: bool


def fitted(data: Mapping[str, Any], root: type[BaseModel]) -> Fitted:
    """The data without what is of a kind that its key does not take, and a fault for each such value.

    `root` is the type at the top of a file.
    """
    fitting = Fitting(root)
    return Fitted(fitting.inside(data, Spot((), Shape(model=root))), fitting.faults, fitting.lacks_tables)


class Fitting:
    """One going through of a file's data. `faults` are as many as are ever shown, and one more."""

    def __init__(self, root: type[BaseModel]) -> None:
        self.root = root
        self.faults: list[Fault] = []
        self.lacks_tables = False

    def kept(self, value: Any, spot: Spot) -> Any:
        """The value without what does not fit inside it; MISFIT where it does not fit itself."""
        kind = next((kind for types, kind in KINDS if isinstance(value, types)), "")
        if kind == TABLE and "value" in value and spot.has_evidence and not spot.shape.names_things:
            return self._number_table(value, spot)
        if kind not in spot.shape.kinds or _is_beyond(value):
            return self._misfit(value, spot)
        if kind == LIST:
            given = [self.kept(one, spot.at(place)) for place, one in enumerate(value)]
            return MISFIT if any(one is MISFIT for one in given) else given
        return self.inside(value, spot) if kind == TABLE else value

    def inside(self, table: Mapping[str, Any], spot: Spot) -> Data:
        """A table without what does not fit in it."""
        found: Data = {}
        is_declared = bool(spot.path) and spot.path[0] != "changes"
        for name, value in table.items():
            if is_declared and SIMPLE.get(type(value)) in spot.shape.within(name).kinds and not _is_beyond(value):
                found[name] = value  # as nearly all are: told at once, for a file may be read hundreds of times
                continue
            inner = self._spot(name, value, spot)
            if name == "value" and spot.shape.names_things:
                continue  # a word of the language, told beside the other names
            kept = self.kept(value, inner)
            if kept is not MISFIT:
                found[name] = kept
            elif spot.shape.names_things:
                found[name] = {}  # so that it is not also told that nothing is called so
        return found

    def _spot(self, name: str, value: Any, above: Spot) -> Spot:
        """The place of a key; the top of a file and its changes have words that no field declares."""
        if not above.path:
            shape = TOP[name] if name in TOP else above.shape.within(name) if name in self.root.model_fields else ANY
            return above.under(name)._replace(shape=shape, has_evidence=name not in NO_NUMBER_TABLES)
        if above.path == ("changes",):
            return Spot((*above.path, name), ONE_TABLE, Pathway if is_for_a_pathway(value) else self.root)
        return self._line(name, above) if above.path[0] == "changes" and len(above.path) == 2 else above.under(name)

    def _line(self, line: str, change: Spot) -> Spot:
        """The place that a line of a change sets, or one of the words about a change."""
        path = (*change.path, line)
        if line in WORDS:
            return Spot(path, WORDS[line])
        spot = Spot(path, Shape(model=change.model))
        for name in line.split("."):
            spot = spot.under(name)
        return spot._replace(path=path)

    def _number_table(self, table: Mapping[str, Any], spot: Spot) -> Any:
        """A number with its evidence, where a number may stand."""
        if NUMBER not in spot.shape.kinds:
            return self._misfit(table["value"], spot)
        found = self.inside(table, Spot(spot.path, Shape(model=NumberTable), has_evidence=False))
        return found if "value" in found else MISFIT

    def _misfit(self, value: Any, spot: Spot) -> Any:
        self.lacks_tables |= len(spot.path) == 1 and TABLE in spot.shape.kinds
        if len(self.faults) <= MOST_FAULTS:
            self.faults.append(Fault(dotted(spot.path), *_worded(value, spot)))
        return MISFIT


def _is_beyond(value: Any) -> bool:
    """Whether a number or a text is larger than any of a scenario."""
    if isinstance(value, str):
        return len(value) > LONGEST_TEXT
    return isinstance(value, (int, float)) and not abs(value) <= LARGEST_SIZE


def _worded(value: Any, spot: Spot) -> tuple[str, str]:
    """Problem and remedy of a value that does not fit, in the words of its field where it has any."""
    if isinstance(value, str) and _is_beyond(value):
        return f"a text of {len(value):,} letters is not allowed", f"expected at most {LONGEST_TEXT:,}"
    found = next(_field_faults(value, spot), None)
    if found is not None:
        return found.problem, found.remedy
    if isinstance(value, (int, float)) and _is_beyond(value):
        return f"{shown(value)} is not allowed", "expected a smaller, ordinary number"
    expected = " or ".join(words for kind, words in IN_WORDS.items() if kind in spot.shape.kinds)
    return f"{shown(value)} is not allowed", spot.shape.remedy or f"expected {expected}"


def _field_faults(value: Any, spot: Spot) -> Iterator[Fault]:
    """What pydantic says of a value that stands alone under its field."""
    if spot.model is None or not spot.way or spot.way[0] not in spot.model.model_fields:
        return
    first = str(spot.way[0])
    for part in reversed(spot.way):
        value = [value] if part == 0 else {part: value}
    try:
        spot.model.model_validate(value)
    except ValidationError as error:
        for fault in faults_of(error, spot.model):
            if fault.path == first or fault.path.startswith((f"{first}.", f"{first}[")):
                yield fault
