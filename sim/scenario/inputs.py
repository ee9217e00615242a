"""The numbers of a scenario as a table to edit in a spreadsheet, and such a table read back."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from sim.errors import Fault, ScenarioError, did_you_mean
from sim.scenario.cells import protected
from sim.scenario.facts import Fact
from sim.scenario.keys import shown
from sim.scenario.scenario import Scenario
from sim.scenario.sheets import Row, sheet_rows
from sim.scenario.typed import has_decimal_comma, refuse_thousands, typed_number
from sim.scenario.workbooks import Cell, workbook

COLUMNS = ("path", "meaning", "unit", "value", "low", "high", "source", "grade", "note")
NEEDED = ("path", "value")
NUMBERS = ("value", "low", "high")
SHOWN_ALIKE = 1e-8
"""A spreadsheet shows some ten digits of a number and saves what it shows: closer than this is unchanged."""

DECIMAL_COMMAS = Fault(
    "",
    "its numbers have decimal commas",
    "save it again with English settings, or replace each such comma by a point",
)


def inputs_table(scenario: Scenario) -> str:
    """Every number of the scenario that is an input, as CSV: path, meaning, unit, value, range, source, grade, note."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(COLUMNS)
    for fact in scenario.facts:
        table.writerow(map(protected, _cells(fact)))
    return text.getvalue()


def inputs_workbook(scenario: Scenario) -> bytes:
    """The same table as a workbook (.xlsx)."""
    return workbook(COLUMNS, map(_cells, scenario.facts))


def _cells(fact: Fact) -> tuple[Cell, ...]:
    """A number as the cells of its row, in the order of the columns."""
    low, high = fact.range or ("", "")
    return (fact.path, fact.meaning, fact.unit, fact.value, low, high, fact.source or "", fact.grade, fact.note)


def with_inputs(scenario: Scenario, file: Path) -> Scenario:
    """The scenario with the values that differ in a table written by `inputs_table` and edited since.

    An empty cell, and a row or column left out, change nothing. A number with another value stands without its old
    range, source and note, unless one of these cells was changed too: then it has what the row says.

    Raises
    ------
    ScenarioError
        If the table cannot be read or a value may not stand; names every such row.
    """
    faults: list[Fault] = []
    rows = _known(sheet_rows(file, NEEDED, COLUMNS), scenario, faults)
    values = {row.fact.path: row.value for row in rows if row.changes and not row.faults}
    try:
        changed = scenario.with_settings(values)
        Scenario.from_data(changed.name, changed.data)
    except ScenarioError as error:
        faults += _at_rows(error.faults, rows)
    if faults:
        raise ScenarioError(file.name, faults)
    return changed


@dataclass(frozen=True)
class Given:
    """A row of the table beside the number of the scenario that it is about."""

    row: Row
    fact: Fact

    @property
    def changes(self) -> dict[str, Any]:
        """What the row says otherwise than the scenario, by column; cells with a fault say nothing."""
        old = _old(self.fact)
        return {name: new for name in old if _differs(new := self._read(name), old[name])}

    @property
    def faults(self) -> list[Fault]:
        """What is wrong with the cells of the row."""
        found = [self._number_fault(name) for name in NUMBERS]
        found += [self._fixed_fault(name, remedy) for name, remedy in FIXED.items()]
        if self.fact.range is None and bool(self._cell("low")) != bool(self._cell("high")):
            missing = "high" if self._cell("low") else "low"
            found.append(self._fault(f"`{missing}` is missing", "give both ends of the range, or neither"))
        return [fault for fault in found if fault]

    @property
    def value(self) -> Any:
        """What is to stand at the path: a bare number, or one with its evidence."""
        changes, old = self.changes, self.fact
        if set(changes) == {"value"}:
            return changes["value"]
        now = {**_old(old), **changes}
        ends = [now["low"], now["high"]]
        table = {"value": now["value"], "source": now["source"], "note": now["note"]}
        table["range"] = None if ends == [None, None] else ends
        if "value" not in changes:
            table |= {"certain": old.certain if table["range"] is None else None}
        return {name: part for name, part in table.items() if part not in (None, "")}

    def _cell(self, name: str) -> str:
        return self.row.cells.get(name, "")

    def _read(self, name: str) -> Any:
        """What a cell says; None if it says nothing."""
        if name not in NUMBERS:
            return self._cell(name) or None
        try:
            return typed_number(self._cell(name)) if self._cell(name) else None
        except ValueError:
            return None

    def _number_fault(self, name: str) -> Fault | None:
        try:
            if self._cell(name):
                typed_number(self._cell(name))
            if self.row.separator == ";" and name in self.changes:
                refuse_thousands(self._cell(name))
        except ValueError as error:
            problem, _, remedy = str(error).partition("; ")
            return self._fault(f"{name} {problem}", remedy + (f" [{self.fact.unit}]" if self.fact.unit else ""))
        return None

    def _fixed_fault(self, name: str, remedy: str) -> Fault | None:
        given, stands = self._cell(name), getattr(self.fact, name)
        if given and _saved(given) != _saved(stands):
            return self._fault(f"{name} {shown(given)} is not {shown(stands)}", remedy)
        return None

    def _fault(self, problem: str, remedy: str) -> Fault:
        return Fault(f"row {self.row.number}: {self.fact.path}", problem, remedy)


def _old(fact: Fact) -> dict[str, Any]:
    """What the scenario says, by column of the table that may be edited."""
    low, high = fact.range or (None, None)
    return {"value": fact.value, "low": low, "high": high, "source": fact.source, "note": fact.note}


def _differs(new: Any, old: Any) -> bool:
    """Whether a cell says something else: numbers beyond what a spreadsheet rounds, texts beyond what it loses."""
    if new is None:
        return False
    if isinstance(new, str):
        return _saved(new) != _saved(old or "")
    return old is None or not math.isclose(new, old, rel_tol=SHOWN_ALIKE)


FIXED = {
    "unit": "a number stands in its own unit: convert the value, and leave the unit",
    "grade": "a grade is that of the source: leave it, and name another source",
}


def _saved(text: str) -> str:
    """The text but for blanks, and for signs an old spreadsheet cannot save."""
    return " ".join(text.encode("ascii", errors="replace").decode().split())


def _known(rows: list[Row], scenario: Scenario, faults: list[Fault]) -> list[Given]:
    """The rows about numbers of the scenario; `faults` gets what is wrong with these and with the others."""
    facts = {fact.path: fact for fact in scenario.facts}
    met: dict[str, int] = {}
    found = []
    for row in rows:
        path = row.cells.get("path", "")
        where = f"row {row.number}: {path}" if path else f"row {row.number}"
        if not path:
            faults.append(Fault(where, "its path is missing", "write the path, or empty the row"))
        elif path not in facts:
            faults.append(Fault(where, f"is no number of {scenario.name}", did_you_mean(path, facts)))
        elif path in met:
            faults.append(Fault(where, f"stands in row {met[path]} too", "keep one of the two"))
        else:
            met[path] = row.number
            found.append(Given(row, facts[path]))
            faults += found[-1].faults
    if any(has_decimal_comma(row.cells.get(name, "")) for row in rows for name in NUMBERS):
        faults.insert(0, DECIMAL_COMMAS)
    return found


def _at_rows(faults: tuple[Fault, ...], rows: list[Given]) -> Iterator[Fault]:
    """Faults of the changed scenario, each with the rows it comes from where these can be told."""
    for fault in faults:
        told = [str(row.row.number) for row in rows if row.changes and _concerns(fault.path, row.fact.path)]
        where = f"row{'s' if len(told) > 1 else ''} {', '.join(told)}: " if told else ""
        yield Fault(f"{where}{fault.path}", fault.problem, fault.remedy)


def _concerns(fault: str, path: str) -> bool:
    """Whether a fault at one path may come from a value at another: the same, inside it, or a part of it."""
    return fault == path or fault.startswith(f"{path}.") or path.startswith(f"{fault}.") or fnmatchcase(path, fault)
