"""From a model and a population to the rows the compiled engine works on."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.engine.calendars import CLOSED, changes_of_shift, open_days_a_week
from sim.engine.codes import AWAY
from sim.engine.kernel import layout
from sim.engine.kernel.jit import IS_COMPILED
from sim.engine.kernel.layout import EVENTS, NOBODY, Rows, World
from sim.engine.model import Model
from sim.engine.population import Population

FIRST_ROWS = 1 << 10
"""Citizens remembered at first; doubled when they run out."""

BUFFER_ROWS = 1 << 14
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


def built(model: Model, population: Population) -> World:
    """The world before anything has happened."""
    citizens = rows(FIRST_ROWS, layout.CITIZEN)
    link_free(citizens, 0)
    events = 1 + len(model.speed) + EVENTS * FIRST_ROWS
    return World(
        run=_run(model, population),
        stages=_stages(model),
        **_laws(model),
        route_row=model.route_row, route_edge=model.route_edge, route_to=model.route_to,
        **_teams(model),
        groups=_filled(layout.GROUP, worsens=model.worsens, eases=model.eases, leaves=model.leaves,
                       relapses=model.relapses),
        asks=model.asks, comes_back=model.comes_back,
        arrival=population.arrival, group=population.group, neighbourhood=population.neighbourhood,
        level=population.level, needs=population.needs, base=population.base,
        citizens=citizens,
        visits_with=np.zeros((FIRST_ROWS, 1 + int(model.stage_luck.max(initial=0))), np.int64),
        kept=np.full((FIRST_ROWS, len(model.speed)), NOBODY, np.int64),
        due=np.zeros(events), key=np.zeros(events, np.int64), what=np.zeros(events, np.int64),
        place=np.full(events, NOBODY, np.int64),
        visits=rows(BUFFER_ROWS, layout.VISIT), level_changes=rows(BUFFER_ROWS, layout.LEVEL_CHANGE),
    )  # fmt: skip


def _run(model: Model, population: Population) -> Rows:
    run = rows(1, layout.RUN)
    for name in ("horizon", "pace_during_help", "start", "waiting_at", "has_levels"):
        run[name] = getattr(model, name)
    run["people"] = len(population)
    return run


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
    return {"laws": laws, "tables": np.concatenate([np.empty(0), *model.law_tables])}


def _teams(model: Model) -> dict[str, Rows]:
    number, neighbourhoods = model.cell.shape
    shifts = _filled(
        layout.SHIFT, begins=model.shift_begins, ends=model.shift_ends, count=model.shift_count, step=model.shift_step
    )
    spans = list(zip(model.first_shift[:-1], model.first_shift[1:], strict=True))
    weeks = [(model.shift_begins[low:high].tolist(), model.shift_ends[low:high].tolist()) for low, high in spans]
    changes = [changes_of_shift(*week) for week in weeks]
    teams = _filled(
        layout.TEAM, keeps=model.keeps, covers=model.covers, order=model.order, speed=model.speed,
        first_shift=model.first_shift[:-1], number_of_shifts=np.diff(model.first_shift),
        open_days=[open_days_a_week(*week) for week in weeks], shift=np.full(number, CLOSED),
        first_change=np.cumsum([0, *map(len, changes)])[:-1], number_of_changes=[len(of) for of in changes],
        pauses=np.array([any(shift == CLOSED for _, shift in of) for of in changes], np.bool_) & ~model.same_day,
    )  # fmt: skip
    flat = [change for of in changes for change in of]
    of_team = np.repeat(np.arange(number), neighbourhoods)
    return {
        "teams": teams,
        "group_rank": model.group_rank,
        "cell_of": model.cell + neighbourhoods * np.arange(number)[:, np.newaxis],
        "cells": _filled(
            layout.CELL, team=of_team, capacity=model.places.ravel(), first=np.full(of_team.size, NOBODY),
            first_held=np.full(of_team.size, NOBODY),
        ),
        "called": np.zeros(of_team.size, np.int64),
        "shifts": shifts,
        "posts": np.stack([model.shift_whole, model.shift_top, model.shift_bottom, model.shift_phase], axis=2),
        "changes_of_shift": _filled(
            layout.CHANGE_OF_SHIFT, day=[day for day, _ in flat], shift=[shift for _, shift in flat]
        ),
    }  # fmt: skip


def link_free(citizens: Rows, first: int) -> None:
    """Chain the rows from `first` on as free ones."""
    citizens["number"][first:] = NOBODY
    citizens["next"][first:] = np.arange(first + 1, citizens.size + 1)
    citizens["next"][-1] = NOBODY


def with_more_citizens(world: World) -> World:
    """The same world with room to remember twice as many."""
    before = world.citizens.size

    citizens = rows(2 * before, layout.CITIZEN)
    citizens[:before] = world.citizens
    link_free(citizens, before)
    world.run["free"] = before
    more = EVENTS * before
    return world._replace(
        citizens=citizens,
        visits_with=np.concatenate([world.visits_with, np.zeros_like(world.visits_with)]),
        kept=np.concatenate([world.kept, np.full_like(world.kept, NOBODY)]),
        due=np.concatenate([world.due, np.zeros(more)]),
        key=np.concatenate([world.key, np.zeros(more, np.int64)]),
        what=np.concatenate([world.what, np.zeros(more, np.int64)]),
        place=np.concatenate([world.place, np.full(more, NOBODY, np.int64)]),
    )
