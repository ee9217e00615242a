"""What the compiled engine works on: rows of plain numbers, one kind of row for each kind of thing.

A citizen has a row while the engine must remember them, and gives it back; what has happened is written to the rows of
visits and level changes, which are carried off when they are full. So a run takes 48 bytes for each citizen there will
be (the population), and for each row of a citizen 232, with 4 more for each luck and each team: in whatever line, for a
line is made of these rows. Rows are doubled when all are taken, so that there are at most twice as many as citizens who
were ever in the system at one time, and half as many again for the moment of doubling. Nothing else grows, and nothing
but memory limits it (and 2^29 citizens).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.engine.tables import CHANGE_ROW, VISIT_ROW

Row = Any
"""A row with named fields."""

World = Any
"""The one row of `WORLD`."""

NOBODY = -1
"""The row of no citizen, the place of no cell, the position of what is not on the agenda."""

ABSENT, WAITS, BUSY = range(3)
"""Whether a citizen is at no stage, waits at one, or is in work or delay."""

NOT_COMING, WILL_ASK, WILL_COME_BACK = range(3)


def _row(**fields: str | tuple[str, int]) -> np.dtype[np.void]:
    made: list[Any] = [(name, kind) if isinstance(kind, str) else (name, *kind) for name, kind in fields.items()]
    return np.dtype(made, align=True)


STAGE = _row(
    team="i8", luck="i8", missed="f8", after_missed="i8", gate_level="i8", too_low="f8", too_high="f8", outside="f8",
    most_needs="i8", helps="i8", fits=("f8", 5), meets_all="i8", eases_levels="i8", on_give_up="i8", queue_limit="i8",
    moves_up="i8", when_full="i8", slows="i8", draw=("u8", 9), law=("i8", 4),
)  # fmt: skip

LAW = _row(kind="i8", a="f8", b="f8", c="f8", table="i8", length="i8", each_further_need="f8")

TEAM = _row(
    keeps="i8", covers="i8", order="i8", speed="f8", shifts="i8", calendar="i8", last_calendar="i8",
    first_shift="i8", number_of_shifts="i8", open_time="i8", pauses="i8", shift="i8", week="i8", begun_in="i8",
    change="i8", first_change="i8", number_of_changes="i8",
)  # fmt: skip

CALENDAR = _row(week="i8", first_shift="i8", number_of_shifts="i8", first_change="i8", number_of_changes="i8")

SHIFT = _row(begins="i8", ends="i8", quantum="i8", quanta="i8")

POSTS = _row(whole="i8", top="i8", bottom="i8")

CHANGE_OF_SHIFT = _row(begins="i8", shift="i8")

EVENT = _row(when="i8", key="i8")

CELL = _row(team="i8", capacity="i8", busy="i8", waiting="i8", is_called="i8")

LINE = _row(head="i8", tail="i8", heap="i8")

GROUP = _row(worsens=("f8", 5), eases=("f8", 5), leaves=("f8", 5), relapses="f8")

CITIZEN = _row(
    # what may befall them, in the order of rule 1 at one instant: the first of it is on the agenda
    worsen_due="i8", ease_due="i8", leave_due="i8", rise_due="i8", ends_due="i8", come_due="i8", number="i4",
    may_leave="i1", ends_as="i1", coming="i1", state="i1",
    # who they are, and where their need stands
    own_luck="u8", level="i1", needs="i1", last_seen="i1", visit_level="i1", visit_needs="i1", seen="i1",
    attended="i1", occupies="i1", is_held="i1", moved_up="i1", group="i2", neighbourhood="i2", stage="i2",
    # the course, and the times that depend on the level
    pace="f8", rest="f8", leave_rest="f8", come_rest="f8", entries=("i4", 5), approach="i4", seq="i4", count="i4",
    # the visit
    joined="i8", started="i8", due="i8", staff_hours="f8", arrival="i8",
    # the line: a list or a heap whose nodes are citizens
    cell="i4", rank="i4", child="i4", next="i4", before="i4",
)  # fmt: skip
"""In the order in which they are used, most used first, and no wider than need be: a row is fetched from far away."""


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
    "lines": LINE,  # (T, N, 2): the cell's own, and of those for whom it holds a place
    "called": np.dtype("i8"),  # (T x N,) places of cells that may have work to start, in order
    "calendars": CALENDAR,  # of all teams, those of a team in order of their weeks
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
    "visits_with": np.dtype("i4"),  # (citizens, lucks) how often each was at stages of a luck
    "kept": np.dtype("i4"),  # (citizens, T) where a team holds a place for them
    "agenda": EVENT,
    "agenda_places": np.dtype("i4"),  # where on the agenda each event is
    "visits": VISIT_ROW,
    "level_changes": CHANGE_ROW,
}
"""The tables of the world; those of two dimensions row after row."""

WORLD = _row(
    now="i8", horizon="i8", pace_during_help="f8", start="i8", waiting_at="i8", has_levels="i8", people="i8",
    number_of_stages="i8", number_of_groups="i8", number_of_teams="i8", number_of_neighbourhoods="i8",
    number_of_lucks="i8", number_of_targets="i8", rows="i8", visit_rows="i8", change_rows="i8",
    is_open="i8", closed="i8", arrived="i8", waiting_from="i8", waiting="i8", waiting_came="i8",
    expected="i8", free="i8", visits_written="i8", changes_written="i8",
    number_called="i8",
    **dict.fromkeys(TABLES, "i8"),
)  # fmt: skip
"""Where the engine stands: what is fixed, sizes, counts, and the address of each table."""
