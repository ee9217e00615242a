"""The stages of a pathway as arrays: their laws, draws, gates, help, routes, and the order of the lines before them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.engine import luck
from sim.engine.codes import AWAY, COME_FIRST, GROUP_RANK, NEED_SEEN, NO_LIMIT, TRUE_NEED, WHATS
from sim.engine.instants import NEVER, span
from sim.engine.quantiles import LawRow, compiled_law
from sim.scenario.laws import Law
from sim.scenario.pathways import Pathway
from sim.scenario.stages import BY_NEED_SEEN, BY_TRUE_NEED, FIRST_COME, Stage
from sim.scenario.vocabulary import DAYS_A_WEEK, LEAVE, LEVELS, MINUTES_AN_HOUR, NEEDS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

HOURS_IN = {"minutes": 1 / MINUTES_AN_HOUR, "hours": 1.0}
"""Keys of staff work, each with its unit [hours]."""

DAYS_IN = {"weeks": float(DAYS_A_WEEK), "delay_days": 1.0, "gives_up_after_days": 1.0}
"""Keys of calendar time, each with its unit [days]."""

ORDERS = {FIRST_COME: COME_FIRST, BY_NEED_SEEN: NEED_SEEN, BY_TRUE_NEED: TRUE_NEED}


class Laws:
    """Collects the laws of a pathway as rows, and the tables some of them need."""

    def __init__(self) -> None:
        self.rows: list[LawRow] = []
        self.tables: list[Floats] = []
        self._known: dict[int, int] = {}

    def add(self, law: Law | None, scale: float) -> int:
        """Its row; one and the same law, standing for several groups, has one row."""
        if law is None:
            return AWAY
        if id(law) not in self._known:
            self.rows.append(compiled_law(law, scale, self.tables))
            self._known[id(law)] = len(self.rows) - 1
        return self._known[id(law)]


def stage_arrays(pathway: Pathway, groups: list[str], laws: Laws) -> dict[str, Any]:
    """What a model says of each stage but its routes; the laws of its times are added to `laws`."""
    stages = list(pathway.stages.values())
    names, teams = list(pathway.stages), list(pathway.teams)
    lucks = [stage.luck or name for name, stage in pathway.stages.items()]
    return {
        "stage_team": ints([AWAY if stage.team is None else teams.index(stage.team) for stage in stages]),
        "stage_luck": ints([sorted(set(lucks)).index(name) for name in lucks]),
        "stage_draw": np.array(
            [[luck.name_hash(f"{name}/{what}") for what in WHATS] for name in lucks], np.uint64
        ).reshape(len(stages), len(WHATS)),
        "stage_law": ints([[_law_rows(stage, group, laws) for group in groups] for stage in stages]).reshape(
            len(stages), len(groups), 1 + len(DAYS_IN)
        ),
        "missed": floats([stage.missed.share if stage.missed else 0.0 for stage in stages]),
        "after_missed": ints([_after_missed(place, stage) for place, stage in enumerate(stages)]),
        "gate_level": ints([LEVELS.index(stage.gate.eligible_from) if stage.gate else 0 for stage in stages]),
        "gate_too_low": floats([stage.gate.seen_too_low if stage.gate else 0.0 for stage in stages]),
        "gate_too_high": floats([stage.gate.seen_too_high if stage.gate else 0.0 for stage in stages]),
        "gate_outside": floats([stage.gate.outside_criteria if stage.gate else 0.0 for stage in stages]),
        "gate_most_needs": ints([stage.gate.most_needs or 4 if stage.gate else 4 for stage in stages]),
        "has_help": np.array([stage.help is not None for stage in stages], np.bool_),
        "fits": floats([(0.0, *(stage.help.fits.shares if stage.help else (0.0,) * 4)) for stage in stages]).reshape(
            len(stages), 1 + len(NEEDS)
        ),
        "meets_all": np.array([bool(stage.help and stage.help.meets == "all") for stage in stages], np.bool_),
        "eases_levels": ints([stage.help.eases_levels if stage.help else 0 for stage in stages]),
        "on_give_up": ints([_place(names, stage.on_give_up or LEAVE) for stage in stages]),
        "queue_limit": ints([NO_LIMIT if stage.queue_limit is None else stage.queue_limit for stage in stages]),
        "moves_up": ints(
            [NEVER if stage.moves_up_after_days is None else span(stage.moves_up_after_days) for stage in stages]
        ),
        "when_full": ints([_place(names, stage.when_full or LEAVE) for stage in stages]),
    }


def _moves_up(stage: Stage) -> int:
    return NEVER if stage.moves_up_after_days is None else span(stage.moves_up_after_days)


def _place(names: list[str], target: str) -> int:
    return AWAY if target == LEAVE else names.index(target)


def _after_missed(place: int, stage: Stage) -> int:
    return place if stage.missed is not None and stage.missed.then == "again" else AWAY


def _law_rows(stage: Stage, group: str, laws: Laws) -> list[int]:
    """Rows of a group's laws for work, weeks, delay and patience."""
    work = "minutes" if stage.minutes is not None else "hours"
    scales = {work: HOURS_IN[work], **DAYS_IN}
    return [laws.add(stage.law(base, group), scale) for base, scale in scales.items()]


def route_arrays(pathway: Pathway, groups: list[str]) -> dict[str, Any]:
    """The routes of a model, one row for each table of shares that differs."""
    stages = list(pathway.stages.values())
    names = list(pathway.stages)
    rows: dict[tuple[tuple[int, float], ...], int] = {}
    row_of = np.zeros((len(stages), len(LEVELS), len(groups), len(NEEDS) + 1), np.int64)
    for place, level, group, needs in np.ndindex(row_of.shape):
        shares = stages[place].routes_for(level, groups[group], max(needs, 1))
        row = tuple((_place(names, to), share) for to, share in shares.items())
        row_of[place, level, group, needs] = rows.setdefault(row, len(rows))
    width = max(map(len, rows), default=1)
    edges, targets = np.ones((len(rows), width)), np.full((len(rows), width), AWAY, np.int64)
    for row, at in rows.items():
        edges[at, : len(row)] = np.cumsum([share for _, share in row])
        targets[at] = [to for to, _ in row] + [row[-1][0]] * (width - len(row))
        edges[at, len(row) - 1 :] = 1.0
    return {"route_row": row_of, "route_edge": edges, "route_to": targets}


def order_arrays(pathway: Pathway, groups: list[str]) -> dict[str, Any]:
    """The order of each team's line, that of any of its stages, which all have the same."""
    by_team = {stage.team: stage.order for stage in pathway.stages.values()}
    orders = [by_team[team] for team in pathway.teams]
    named = [order if isinstance(order, list) else [] for order in orders]
    ranks = [[names.index(group) if group in names else len(names) for group in groups] for names in named]
    return {
        "order": ints([GROUP_RANK if isinstance(order, list) else ORDERS[order] for order in orders]),
        "group_rank": ints(ranks).reshape(len(orders), len(groups)),
    }


def floats(values: object) -> Floats:
    """An array of them."""
    return np.array(values, dtype=np.float64)


def ints(values: object) -> Ints:
    """An array of them."""
    return np.array(values, dtype=np.int64)
