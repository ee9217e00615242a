"""Pools: the places in which citizens stand on a day, the same grammar for every pathway."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sim.measures.arrays import Ints
from sim.reporting import journeys_wording as words
from sim.reporting.names import plain_name
from sim.reporting.step_order import in_order
from sim.scenario.pathways import Pathway
from sim.scenario.stages import Stage

UNASKED, AWAY, RESOLVED, RECOVERED, LEFT, FIRST_OF_STAGES = range(6)
"""The pools that every pathway has, and where those of its stages begin: for each, waiting and then in work."""

ENDS = (RESOLVED, RECOVERED, LEFT)
MOST_ROWS = 8
"""So many stages have a row of their own; of more, those in which the fewest are share one."""

DELAY, WORK, HELP, MIXED = "delay", "work", "help", "mixed"


@dataclass(frozen=True)
class Row:
    """A stage as it is drawn: its title, and whether it is a delay, work, help, or stages of several kinds."""

    title: str
    kind: str


@dataclass(frozen=True)
class Pools:
    """The pools of a pathway: its stages, in order, and the row on which each stands."""

    stages: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def count(self) -> int:
        """How many pools there are."""
        return FIRST_OF_STAGES + 2 * len(self.rows)

    @property
    def waiting(self) -> Ints:
        """The pool of those who wait, by row."""
        return FIRST_OF_STAGES + 2 * np.arange(len(self.rows))

    @property
    def in_work(self) -> Ints:
        """The pool of those whose visit is under way, by row: a delay is waited for from end to end."""
        return self.waiting + np.array([row.kind != DELAY for row in self.rows], dtype=np.bool_)


def pools_of(pathway: Pathway | None) -> Pools:
    """The pools of a pathway, a row for each stage; None: nobody helps, and there is no stage."""
    stages = in_order(pathway) if pathway else []
    rows = [_row(name, pathway.stages[name]) for name in stages] if pathway else []
    return Pools(tuple(stages), tuple(rows))


def _row(name: str, stage: Stage) -> Row:
    kind = HELP if stage.help is not None else WORK if stage.team is not None else DELAY
    return Row(stage.title or plain_name(name), kind)


def folded(pools: Pools, peaks: Ints) -> tuple[Pools, Ints]:
    """The pools with at most so many rows as can be drawn, and the pool that each of the given ones becomes.

    `peaks` holds the most that stand in each pool on any day. Where there are too many rows, those with the lowest
    peaks share the last one.
    """
    if len(pools.rows) <= MOST_ROWS:
        return pools, np.arange(pools.count)
    of_row = peaks[FIRST_OF_STAGES:].reshape(-1, 2).sum(axis=1)
    own = np.sort(np.argsort(-of_row, kind="stable")[: MOST_ROWS - 1])
    becomes = np.full(len(pools.rows), MOST_ROWS - 1)
    becomes[own] = np.arange(MOST_ROWS - 1)
    rows = (*(pools.rows[place] for place in own), Row(words.OTHER_STEPS, MIXED))
    of_stages = FIRST_OF_STAGES + (2 * becomes[:, None] + np.arange(2)).ravel()
    return replace(pools, rows=rows), np.append(np.arange(FIRST_OF_STAGES), of_stages)
