"""The two tables that leave an engine: visits and level changes. Nothing else does."""

from __future__ import annotations

from array import array
from typing import NamedTuple

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

CAUSES = ("worsened", "eased", "helped", "left_area")
WORSENED, EASED, HELPED, MOVED_AWAY = range(4)


class Visits(NamedTuple):
    """One row a visit, in order of citizen and seq. Times are days, not reached: NaN.

    `due` is when the work or delay was planned to end: hours accrue evenly from `started` to `due`. `level_seen` is 0
    where no gate looked.
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
    outcome: IntColumn

    def __len__(self) -> int:
        return int(self.citizen.size)


class LevelChanges(NamedTuple):
    """One row a change of need level, in order of citizen and day: by the course, by help, or by leaving the area."""

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


def visits_table(cells: array[float]) -> Visits:
    """The visits whose fields stand one after another in `cells`, put in order."""
    rows = np.frombuffer(cells, dtype=np.float64).reshape(-1, len(Visits._fields)) if cells else np.empty((0, 16))
    rows = rows[np.lexsort((rows[:, 2], rows[:, 0]))]
    times = {"joined", "started", "due", "ended", "staff_hours"}
    return Visits(
        *(rows[:, i].copy() if name in times else rows[:, i].astype(np.int64) for i, name in enumerate(Visits._fields))
    )


def changes_table(cells: array[float]) -> LevelChanges:
    """The level changes whose fields stand one after another in `cells`, put in order."""
    rows = np.frombuffer(cells, dtype=np.float64).reshape(-1, 5) if cells else np.empty((0, 5))
    rows = rows[np.lexsort((rows[:, 1], rows[:, 0]))]
    return LevelChanges(
        *(rows[:, i].copy() if name == "day" else rows[:, i].astype(np.int64)
          for i, name in enumerate(LevelChanges._fields))
    )
