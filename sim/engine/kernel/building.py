"""From a model and a population to the rows the compiled engine works on."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.engine.calendars import CLOSED, changes_of_shift, open_time_a_week
from sim.engine.codes import AWAY
from sim.engine.instants import NEVER
from sim.engine.kernel import layout
from sim.engine.kernel.jit import ARRAYS, IS_COMPILED
from sim.engine.kernel.layout import ABSENT, NOBODY
from sim.engine.model import Model
from sim.engine.population import Population
from sim.engine.tables import CHANGE_ROW, VISIT_ROW, Batch

Rows = Any
"""An array of rows."""

FIRST_ROWS = 1 << 10
"""Citizens remembered at first; doubled when they run out."""

BUFFER_ROWS = 1 << 13
"""Rows of visits, and of level changes, before they are carried off."""


def rows(number: int, kind: np.dtype[np.void]) -> Rows:
    """So many rows of zeros; in plain Python with their fields as attributes."""
    made = np.zeros(number, kind)
    return made if IS_COMPILED else made.view(np.recarray)


def _filled(kind: np.dtype[np.void], **columns: Any) -> Rows:
    """Rows with these columns."""
    made = rows(len(next(iter(columns.values()))), kind)
    for name, column in columns.items():
        made[name] = column
    return made


def _places(number: int) -> Rows:
    """So many places on the agenda with nothing on them."""
    return _filled(layout.EVENT, when=np.full(number, NEVER))


class Memory:
    """The world, and the tables it has the addresses of."""

    def __init__(self, model: Model, population: Population) -> None:
        """Before anything has happened."""
        self.worlds = rows(1, layout.WORLD)
        self._tables: dict[str, Rows] = {}
        for name in ("horizon", "pace_during_help", "start", "waiting_at", "waiting_from", "has_levels"):
            self.worlds[name] = getattr(model, name)
        stages, groups = model.stage_law.shape[:2]
        teams, neighbourhoods = model.cell.shape
        lucks = 1 + int(model.stage_luck.max(initial=0))
        self._set_sizes(stages=stages, groups=groups, teams=teams, neighbourhoods=neighbourhoods, lucks=lucks,
                        targets=model.route_edge.shape[1])  # fmt: skip
        self.worlds["people"] = len(population)
        self.worlds["waiting"] = self.worlds["arrived"] = np.count_nonzero(population.arrival < 0)
        self._hold(stages=_stages(model), **_laws(model), **_teams(model), **_arriving(population))
        self._hold(route_rows=model.route_row, route_edges=model.route_edge, route_targets=model.route_to)
        self._hold(groups=_filled(layout.GROUP, worsens=model.worsens, eases=model.eases, leaves=model.leaves,
                                  relapses=model.relapses), asks=model.asks, comes_back=model.comes_back)  # fmt: skip
        self._hold(visits=rows(BUFFER_ROWS, VISIT_ROW), level_changes=rows(BUFFER_ROWS, CHANGE_ROW))
        self.worlds["visit_rows"] = self.worlds["change_rows"] = BUFFER_ROWS
        self._hold_citizens(rows(FIRST_ROWS, layout.CITIZEN), 0)
        self._hold(agenda=_places(1 + teams + FIRST_ROWS + 3))
        for name, empty, of_each in (("visits_with", 0, lucks), ("kept", NOBODY, teams)):
            self._hold(**{name: np.full(FIRST_ROWS * of_each, empty, np.int32)})
        self._hold(agenda_places=np.full(1 + teams + FIRST_ROWS, NOBODY, np.int32))

    def _set_sizes(self, **sizes: int) -> None:
        for name, size in sizes.items():
            self.worlds[f"number_of_{name}"] = size

    def _hold(self, **tables: Rows) -> None:
        for name, given in tables.items():
            held = np.ascontiguousarray(given).reshape(-1)
            assert held.dtype == layout.TABLES[name]
            self._tables[name] = held if IS_COMPILED else held.view(type(given))
            self.worlds[name] = held.ctypes.data
            if not IS_COMPILED:
                ARRAYS[held.ctypes.data] = self._tables[name]

    def _hold_citizens(self, citizens: Rows, first: int) -> None:
        """Remember citizens in these rows, those from `first` on free."""
        citizens["number"][first:] = NOBODY
        citizens["next"][first:] = np.arange(first + 1, citizens.size + 1)
        citizens["next"][-1] = NOBODY
        self.worlds["free"], self.worlds["rows"] = first, citizens.size
        self._hold(citizens=citizens)

    def grow(self) -> None:
        """Make room to remember twice as many citizens."""
        before = self._tables["citizens"].size
        citizens = rows(2 * before, layout.CITIZEN)
        citizens[:before] = self._tables["citizens"]
        self._hold_citizens(citizens, before)
        more = {
            "visits_with": np.zeros_like(self._tables["visits_with"]),
            "kept": np.full_like(self._tables["kept"], NOBODY),
            "agenda": _places(before),
            "agenda_places": np.full(before, NOBODY, np.int32),
        }
        self._hold(**{name: np.concatenate([self._tables[name], added]) for name, added in more.items()})

    def carried_off(self) -> Batch:
        """What has been written since the last time, where it stands: more will be written over it."""
        visits, changes = (
            self._tables[name][: self.worlds[count][0]].view(kind)
            for name, count, kind in (
                ("visits", "visits_written", VISIT_ROW),
                ("level_changes", "changes_written", CHANGE_ROW),
            )
        )
        self.worlds["visits_written"] = self.worlds["changes_written"] = 0
        return Batch(visits, changes, self._under_way)

    def _under_way(self) -> tuple[Rows, Rows]:
        """Citizens who are at a stage, and the approach of each."""
        citizens = self._tables["citizens"]
        there = np.flatnonzero((citizens["number"] != NOBODY) & (citizens["state"] != ABSENT))
        return citizens["number"][there], citizens["approach"][there]


def _arriving(population: Population) -> dict[str, Rows]:
    return {
        "arrivals": population.arrival,
        "arriving_groups": population.group,
        "arriving_neighbourhoods": population.neighbourhood,
        "arriving_levels": population.level,
        "arriving_needs": population.needs,
        "arriving_luck": population.base,
    }


def _stages(model: Model) -> Rows:
    """A row for each stage and group."""
    stages, groups = model.stage_law.shape[:2]
    made = np.zeros((stages, groups), layout.STAGE)
    columns = {
        "team": model.stage_team, "luck": model.stage_luck, "missed": model.missed, "draw": model.stage_draw,
        "after_missed": model.after_missed, "gate_level": model.gate_level, "too_low": model.gate_too_low,
        "too_high": model.gate_too_high, "outside": model.gate_outside, "most_needs": model.gate_most_needs,
        "helps": model.has_help, "fits": model.fits, "meets_all": model.meets_all, "eases_levels": model.eases_levels,
        "on_give_up": model.on_give_up, "queue_limit": model.queue_limit, "when_full": model.when_full,
        "moves_up": model.moves_up,
        "slows": model.has_help & (model.pace_during_help < 1),
    }  # fmt: skip
    for name, column in columns.items():
        made[name] = column.reshape(stages, 1, *made[name].shape[2:])
    made["law"] = model.stage_law
    return made if IS_COMPILED else made.view(np.recarray)


def _laws(model: Model) -> dict[str, Rows]:
    lengths = [table.size for table in model.law_tables]
    begins = np.cumsum([0, *lengths])
    laws = rows(len(model.laws), layout.LAW)
    for at, law in enumerate(model.laws):
        for name in ("kind", "a", "b", "c", "each_further_need"):
            laws[name][at] = getattr(law, name)
        if law.table != AWAY:
            laws["table"][at], laws["length"][at] = begins[law.table], lengths[law.table]
    return {"laws": laws, "law_tables": np.concatenate([np.empty(0), *model.law_tables])}


def _calendars(model: Model, changes: list[list[tuple[int, int]]]) -> dict[str, Rows]:
    """The calendars, their shifts and posts, and when in the week each changes its shift."""
    flat = [change for of in changes for change in of]
    return {
        "calendars": _filled(
            layout.CALENDAR, week=model.calendar_week, first_shift=model.first_shift[:-1],
            number_of_shifts=np.diff(model.first_shift), first_change=np.cumsum([0, *map(len, changes)])[:-1],
            number_of_changes=np.array([len(of) for of in changes], np.int64),
        ),
        "shifts": _filled(
            layout.SHIFT, begins=model.shift_begins, ends=model.shift_ends, quantum=model.shift_quantum,
            quanta=model.shift_quanta,
        ),
        "posts": _filled(
            layout.POSTS, whole=model.shift_whole.ravel(), top=model.shift_top.ravel(),
            bottom=model.shift_bottom.ravel(),
        ),
        "changes_of_shift": _filled(
            layout.CHANGE_OF_SHIFT, begins=[begins for begins, _ in flat], shift=[shift for _, shift in flat]
        ),
    }  # fmt: skip


def _teams(model: Model) -> dict[str, Rows]:
    number, neighbourhoods = model.cell.shape
    spans = list(zip(model.first_shift[:-1], model.first_shift[1:], strict=True))
    weeks = [(model.shift_begins[low:high].tolist(), model.shift_ends[low:high].tolist()) for low, high in spans]
    changes = [changes_of_shift(*week) for week in weeks]
    first, last = model.first_calendar[:-1], model.first_calendar[1:] - 1
    made = _calendars(model, changes)
    calendars = made["calendars"]
    teams = _filled(
        layout.TEAM, keeps=model.keeps, covers=model.covers, order=model.order, speed=model.speed,
        calendar=first, last_calendar=last, shift=np.full(number, CLOSED),
        first_shift=calendars["first_shift"][first], number_of_shifts=calendars["number_of_shifts"][first],
        first_change=calendars["first_change"][first], number_of_changes=calendars["number_of_changes"][first],
        open_time=np.array([open_time_a_week(*week) for week in weeks], np.int64)[first],
        pauses=np.array([any(shift == CLOSED for _, shift in of) for of in changes], np.bool_)[first] & ~model.same_day,
    )  # fmt: skip
    of_team = np.repeat(np.arange(number), neighbourhoods)
    return {
        "teams": teams,
        "group_ranks": model.group_rank,
        "cell_places": model.cell + neighbourhoods * np.arange(number)[:, np.newaxis],
        "cells": _filled(layout.CELL, team=of_team, capacity=model.places.ravel()),
        "lines": _filled(layout.LINE, **dict.fromkeys(("head", "tail", "heap"), np.full(2 * of_team.size, NOBODY))),
        "called": np.zeros(of_team.size, np.int64),
        **made,
    }  # fmt: skip
