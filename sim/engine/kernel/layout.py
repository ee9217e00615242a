"""What the compiled engine works on: rows of plain numbers, one kind of row for each kind of thing.

A citizen has a row while the engine must remember them, and gives it back; what has happened is written to the rows of
visits and level changes, which are carried off when they are full.
"""

from __future__ import annotations

from typing import Any

import numpy as np

Row = Any
"""A row with named fields."""

World = Any
"""The one row of `WORLD`."""

NOBODY = -1
"""The row of no citizen, the place of no cell, the position of what is not on the agenda."""

EVENTS = 4
"""Things that may fall due for one citizen: level change, leaving the area, end of what they are at, coming."""
(CHANGES, LEAVES, ENDS, COMES) = range(EVENTS)

ABSENT, WAITS, BUSY = range(3)
"""Whether a citizen is at no stage, waits at one, or is in work or delay."""

NOT_COMING, WILL_ASK, WILL_COME_BACK = range(3)


def _row(**fields: str | tuple[str, int]) -> np.dtype[np.void]:
    made: list[Any] = [(name, kind) if isinstance(kind, str) else (name, *kind) for name, kind in fields.items()]
    return np.dtype(made, align=True)


STAGE = _row(
    team="i8", luck="i8", missed="f8", after_missed="i8", gate_level="i8", too_low="f8", too_high="f8", outside="f8",
    most_needs="i8", helps="i8", fits=("f8", 5), meets_all="i8", eases_levels="i8", on_give_up="i8", queue_limit="i8",
    when_full="i8", slows="i8", draw=("u8", 9), law=("i8", 4),
)  # fmt: skip

LAW = _row(kind="i8", a="f8", b="f8", c="f8", table="i8", length="i8", each_further_need="f8")

TEAM = _row(
    keeps="i8", covers="i8", order="i8", speed="f8", shifts="i8", first_shift="i8", number_of_shifts="i8",
    open_days="f8", pauses="i8", shift="i8", week="i8", counted="i8", change="i8", first_change="i8",
    number_of_changes="i8",
)  # fmt: skip

SHIFT = _row(begins="f8", ends="f8", count="i8", step="i8")

POSTS = _row(whole="i8", top="i8", bottom="i8", phase="i8")

CHANGE_OF_SHIFT = _row(day="f8", shift="i8")

EVENT = _row(due="f8", key="i8", what="i8")

CELL = _row(team="i8", capacity="i8", busy="i8", first="i8", waiting="i8", first_held="i8", is_called="i8")

GROUP = _row(worsens=("f8", 5), eases=("f8", 5), leaves=("f8", 5), relapses="f8")

CITIZEN = _row(
    number="i8", own_luck="u8", arrival="f8", group="i8", neighbourhood="i8", level="i8", needs="i8", last_seen="i8",
    approach="i8", seq="i8", entries=("i8", 5),
    # the course, and the times that depend on the level
    pace="f8", rest="f8", worsen_due="f8", ease_due="f8", may_leave="i8", leave_rest="f8", leave_due="f8",
    coming="i8", come_rest="f8", come_due="f8",
    # the visit
    state="i8", stage="i8", count="i8", joined="f8", started="f8", due="f8", staff_hours="f8", visit_level="i8",
    visit_needs="i8", seen="i8", attended="i8", cell="i8", occupies="i8", is_held="i8", rank="i8",
    # the line: a heap whose nodes are citizens
    child="i8", next="i8", before="i8",
)  # fmt: skip

VISIT = _row(
    citizen="i8", approach="i8", seq="i8", stage="i8", neighbourhood="i8", joined="f8", started="f8", due="f8",
    ended="f8", staff_hours="f8", needs_joined="i8", level_joined="i8", needs_ended="i8", level_ended="i8",
    level_seen="i8", attended="i8", outcome="i8",
)  # fmt: skip

LEVEL_CHANGE = _row(citizen="i8", day="f8", from_level="i8", to_level="i8", cause="i8")


TABLES: dict[str, Any] = {
    "stages": STAGE,  # (S, G)
    "laws": LAW,
    "law_tables": np.dtype("f8"),  # values of the laws' tables, one after another
    "route_rows": np.dtype("i8"),  # (S, 5 levels, G, 5 needs)
    "route_edges": np.dtype("f8"),  # (R, M)
    "route_targets": np.dtype("i8"),  # (R, M)
    "teams": TEAM,
    "group_ranks": np.dtype("i8"),  # (T, G)
    "cell_places": np.dtype("i8"),  # (T, N)
    "cells": CELL,  # (T, N)
    "called": np.dtype("i8"),  # (T x N,) places of cells that may have work to start, in order
    "shifts": SHIFT,
    "posts": POSTS,  # (H, N)
    "changes_of_shift": CHANGE_OF_SHIFT,  # of all teams
    "groups": GROUP,
    "asks": np.dtype("f8"),  # (5,)
    "comes_back": np.dtype("f8"),  # (5,)
    "arrivals": np.dtype("f8"),  # the population, column by column
    "arriving_groups": np.dtype("i8"),
    "arriving_neighbourhoods": np.dtype("i8"),
    "arriving_levels": np.dtype("i8"),
    "arriving_needs": np.dtype("i8"),
    "arriving_luck": np.dtype("u8"),
    "citizens": CITIZEN,
    "visits_with": np.dtype("i8"),  # (citizens, lucks) how often each was at stages of a luck
    "kept": np.dtype("i8"),  # (citizens, T) where a team holds a place for them
    "agenda": EVENT,
    "agenda_places": np.dtype("i8"),  # where on the agenda each event is
    "visits": VISIT,
    "level_changes": LEVEL_CHANGE,
}
"""The tables of the world; those of two dimensions row after row."""

WORLD = _row(
    now="f8", horizon="f8", pace_during_help="f8", start="i8", waiting_at="i8", has_levels="i8", people="i8",
    number_of_stages="i8", number_of_groups="i8", number_of_teams="i8", number_of_neighbourhoods="i8",
    number_of_lucks="i8", number_of_targets="i8", rows="i8", visit_rows="i8", change_rows="i8",
    arrived="i8", expected="i8", free="i8", visits_written="i8", changes_written="i8", number_called="i8",
    **dict.fromkeys(TABLES, "i8"),
)  # fmt: skip
"""Where the engine stands: what is fixed, sizes, counts, and the address of each table."""
