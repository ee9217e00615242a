"""Waits: how long visits waited at each stage in the cohort window, for everyone and for each kind of them.

A kind is a group, or the need level on joining, since it is visits that wait: a citizen may come back at another level.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.engine.tables import Visits
from sim.measures.arrays import Flags, Floats, Ints, overlap
from sim.measures.histograms import BINS, Counts, Sparse, bins, sparse
from sim.measures.subgroups import Subgroup
from sim.scenario.scenario import Scenario
from sim.scenario.vocabulary import LEVELS

SUMS = ("wait_days", "started", "waiting_days")
"""Sums of every kind at every stage; behind them stand two for each target."""

BILLION = 9
"""Waits are compared with targets to the nearest billionth of a day: digits lost in subtracting decide nothing."""


class Waits(NamedTuple):
    """Sums by stage and kind (S, K, `wait_sums`), and histograms of the waits of those who started (S x K)."""

    sums: Floats
    days: Sparse


def wait_sums(scenario: Scenario) -> tuple[str, ...]:
    """What the sums are: days waited by those who started, how many these are, days waited in the window by anyone; of
    these days those beyond each target; and of those who started how many had waited longer than each.
    """
    targets = scenario.wait_targets_days
    return (*SUMS, *(f"waiting_days_{days}" for days in targets), *(f"started_{days}" for days in targets))


def kinds(scenario: Scenario) -> list[Subgroup]:
    """Everyone, then by group, where there are several, and by level on joining, where there are levels."""
    groups = list(scenario.groups) if len(scenario.groups) > 1 else []
    levels = LEVELS[1:] if scenario.has_levels else ()
    parts = [Subgroup("all", ""), *(Subgroup("group", name) for name in groups)]
    return [*parts, *(Subgroup("level_joined", level) for level in levels)]


def waits(scenario: Scenario, visits: Visits, group: Ints, until: Floats, joined: Flags, stages: int) -> Waits:
    """The waits of visits that end no sooner than the cohort window begins and join before it ends.

    `group` is that of each visit's citizen, `until` when it stopped waiting, `joined` whether it joined in the window.
    """
    weeks, targets = scenario.run.weeks, scenario.wait_targets_days
    shape = stages, len(scenario.groups), len(LEVELS)
    cells = (visits.stage.astype(np.int64) * shape[1] + group) * shape[2] + visits.level_joined
    rows = np.flatnonzero(joined & ~np.isnan(visits.started))
    started, days = cells[rows], until[rows] - visits.joined[rows]
    rounded = np.round(days, BILLION)

    def total(cell: Ints, weights: Floats | None = None) -> Floats:
        return np.bincount(cell, weights, int(np.prod(shape))).reshape(shape).astype(np.float64)

    waiting = np.flatnonzero(until > np.maximum(visits.joined, weeks.cohort_from))
    of, since, end = cells[waiting], visits.joined[waiting], until[waiting]
    beyond = [overlap(since + target, end, weeks.cohort_from, weeks.cohort_to) for target in (0, *targets)]
    late = [total(started[rounded > target]) for target in targets]
    sums = [total(started, days), total(started), *(total(of, some) for some in beyond), *late]
    return Waits(_by_kind(scenario, np.stack(sums, axis=-1)), _histograms(scenario, started, days, shape))


def _by_kind(scenario: Scenario, sums: Floats) -> Floats:
    """Sums by stage, group and level (S, G, L, M), added up to those by stage and kind (S, K, M)."""
    return _kinds_of(scenario, sums.sum(axis=2), sums.sum(axis=1))


def _kinds_of(scenario: Scenario, by_group: NDArray[Any], by_level: NDArray[Any]) -> NDArray[Any]:
    """What is known by stage and group, and by stage and level, by stage and kind."""
    parts = [by_level.sum(axis=1)[:, None]]
    parts += [by_group] if len(scenario.groups) > 1 else []
    parts += [by_level[:, 1:]] if scenario.has_levels else []
    return np.concatenate(parts, axis=1)


def _histograms(scenario: Scenario, cells: Ints, days: Floats, shape: tuple[int, int, int]) -> Sparse:
    """How many waits fall in each bin, by stage and kind."""
    stages, groups, levels = shape
    bin_of = bins(days)

    def counted(part: Ints, parts: int) -> Counts:
        return np.bincount(part * BINS + bin_of, minlength=stages * parts * BINS).reshape(stages, parts, BINS)

    by_group = counted(cells // levels, groups)
    by_level = counted(cells // (levels * groups) * levels + cells % levels, levels)
    return sparse(_kinds_of(scenario, by_group, by_level))
