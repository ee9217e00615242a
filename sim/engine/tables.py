"""The two tables that leave an engine: visits and level changes. Nothing else does.

An engine writes rows as things happen and hands them over in batches; a table has them citizen by citizen, a column an
array. A visit takes 64 bytes as a row and 63 as columns, a level change 24 and 15; while a table is made there
are both.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.float64]
IntColumn = NDArray[np.signedinteger[Any]]
"""Whole numbers, no wider than need be: of a citizen, stage or level."""

Rows = Any
"""An array of rows of `VISIT_ROW` or `CHANGE_ROW`."""

OUTCOMES = (
    "routed",
    "helped_fit",
    "helped_unfit",
    "refused_level",
    "refused_needs",
    "refused_criteria",
    "missed",
    "gave_up",
    "full",
    "recovered",
    "left_area",
    "open",
)
(ROUTED, HELPED_FIT, HELPED_UNFIT, REFUSED_LEVEL, REFUSED_NEEDS, REFUSED_CRITERIA,
 MISSED, GAVE_UP, FULL, RECOVERED, LEFT_AREA, OPEN) = range(12)  # fmt: skip

CAUSES = ("worsened", "eased", "helped", "left_area", "relapsed")
WORSENED, EASED, HELPED, MOVED_AWAY, RELAPSED = range(5)


class Visits(NamedTuple):
    """One row a visit, in order of citizen and seq. Times are days, not reached: NaN.

    `due` is when the work or delay was planned to end: hours accrue evenly from `started` to `due`. `level_seen` is 0
    where no gate looked; `attended` is 0 where the citizen was not there, though staff were, and else 1.
    """

    citizen: IntColumn
    approach: IntColumn
    seq: IntColumn
    stage: IntColumn
    neighbourhood: IntColumn
    joined: Column
    started: Column
    due: Column
    ended: Column
    staff_hours: Column
    needs_joined: IntColumn
    level_joined: IntColumn
    needs_ended: IntColumn
    level_ended: IntColumn
    level_seen: IntColumn
    attended: IntColumn
    outcome: IntColumn

    def __len__(self) -> int:
        return int(self.citizen.size)


class LevelChanges(NamedTuple):
    """One row a change of need level, in order of citizen and day: by the course, by help, by leaving the area,
    or by a relapse (from none to low).
    """

    citizen: IntColumn
    day: Column
    from_level: IntColumn
    to_level: IntColumn
    cause: IntColumn

    def __len__(self) -> int:
        return int(self.citizen.size)


class Tables(NamedTuple):
    """What an engine gives: visits and level changes."""

    visits: Visits
    changes: LevelChanges


VISIT_ROW = np.dtype(
    [
        *((name, "i4") for name in ("citizen", "approach", "seq")),
        *((name, "i2") for name in ("stage", "neighbourhood")),
        *((name, "f8") for name in ("joined", "started", "due", "ended", "staff_hours")),
        *((name, "i1") for name in Visits._fields[10:]),
    ],
    align=True,
)
CHANGE_ROW = np.dtype(
    [("citizen", "i4"), ("day", "f8"), *((name, "i1") for name in LevelChanges._fields[2:])], align=True
)

_ROWS_AT_ONCE = 1 << 12
"""So many rows fit in the processor's own memory while their columns are read from them."""


def picked(rows: Rows, which: Any = None) -> Rows:
    """A copy of some rows, by their places or by flags, or of all. As bytes: numpy would copy them field by field."""
    plain = _plain(rows)
    return (plain.copy() if which is None else plain[which]).view(rows.dtype)


def put(rows: Rows, places: IntColumn, values: Rows) -> None:
    """Write `values` over the rows in these places; of several for one place the last stays."""
    _plain(rows)[places] = _plain(values)


def together(kind: np.dtype[np.void], parts: Iterable[Rows]) -> Rows:
    """The rows of all parts, one after another."""
    return np.concatenate([np.empty(0, _plain_kind(kind)), *map(_plain, parts)]).view(kind)


def _plain(rows: Rows) -> Rows:
    return rows.view(_plain_kind(rows.dtype))


def _plain_kind(kind: np.dtype[np.void]) -> np.dtype[np.void]:
    return np.dtype((np.void, kind.itemsize))


class Batch(NamedTuple):
    """Rows as an engine wrote them, those of a citizen in order; and a look at who was at a stage after the last.

    To be used, or copied, before the next batch is asked for: an engine writes to the same place again.
    `under_way` gives the citizens who are at a stage, and the approach of each that it belongs to.
    """

    visits: Rows
    changes: Rows
    under_way: Callable[[], tuple[IntColumn, IntColumn]]


def tables(visits: Iterable[Rows], changes: Iterable[Rows]) -> Tables:
    """The tables of all these rows, citizen by citizen; those of a citizen stay in the order in which they came."""
    return Tables(
        Visits(*_columns(together(VISIT_ROW, visits))), LevelChanges(*_columns(together(CHANGE_ROW, changes)))
    )


def gathered(batches: Iterable[Batch]) -> Tables:
    """The tables of a whole run."""
    found = [(picked(one.visits), picked(one.changes)) for one in batches]
    return tables([visits for visits, _ in found], [changes for _, changes in found])


def _columns(rows: Rows) -> Iterator[Any]:
    """Each column of some rows, citizen by citizen, as an array of its own."""
    columns = {name: np.empty(rows.size, rows.dtype[name]) for name in rows.dtype.names}
    order = _by_citizen(rows["citizen"])
    for low in range(0, rows.size, _ROWS_AT_ONCE):
        some = slice(low, low + _ROWS_AT_ONCE)
        there = picked(rows, order[some])
        for name, column in columns.items():
            column[some] = there[name]
    return iter(columns.values())


def _by_citizen(citizen: IntColumn) -> IntColumn:
    """The order in which rows stand citizen by citizen: each with its place in one number, for these sort fastest."""
    return np.sort((citizen.astype(np.int64) << 32) | np.arange(citizen.size)) & 0xFFFFFFFF


class Written:
    """Rows of one kind, written one after another while the reference engine runs."""

    def __init__(self, kind: np.dtype[np.void]) -> None:
        self._kind = kind
        self._packed = struct.Struct(f"@{''.join(kind[name].char for name in kind.names or ())}0d").pack
        self._bytes = bytearray()

    def write(self, *row: float) -> None:
        """Add a row."""
        self._bytes += self._packed(*row)

    def rows(self) -> Rows:
        """All rows, in the order in which they were written."""
        return np.frombuffer(bytes(self._bytes), self._kind)
