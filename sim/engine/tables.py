"""The two tables that leave an engine: visits and level changes. Nothing else does."""

from __future__ import annotations

import struct
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.float64]
IntColumn = NDArray[np.int64]

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


class Rows:
    """Rows of numbers, written one after another while an engine runs."""

    def __init__(self, width: int) -> None:
        self._width = width
        self._packed = struct.Struct(f"{width}d").pack
        self._bytes = bytearray()

    def write(self, *row: float) -> None:
        """Add a row."""
        self._bytes += self._packed(*row)

    def in_order(self, first: int, second: int) -> Column:
        """All rows as one array, in order of two of their columns."""
        rows = np.frombuffer(self._bytes, dtype=np.float64).reshape(-1, self._width)
        return rows[np.lexsort((rows[:, second], rows[:, first]))]


def visits_table(rows: Rows) -> Visits:
    """The visits written, in order of citizen and seq."""
    times = {"joined", "started", "due", "ended", "staff_hours"}
    return Visits(*_columns(rows.in_order(0, 2), Visits._fields, times))


def changes_table(rows: Rows) -> LevelChanges:
    """The level changes written, in order of citizen and day."""
    return LevelChanges(*_columns(rows.in_order(0, 1), LevelChanges._fields, {"day"}))


def _columns(rows: Column, names: tuple[str, ...], times: set[str]) -> list[Any]:
    return [rows[:, i].copy() if name in times else rows[:, i].astype(np.int64) for i, name in enumerate(names)]
