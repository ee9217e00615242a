"""Draws in compiled code: luck and quantiles, operation by operation those of the reference engine."""

from __future__ import annotations

import math

import numpy as np

from sim.engine import quantiles as q
from sim.engine.codes import CRITERIA
from sim.engine.kernel.jit import jitted, jitted_from
from sim.engine.kernel.layout import Row, World
from sim.engine.kernel.tables import law_tables, laws, stage_of
from sim.engine.luck import FIRST, GOLDEN, SECOND, UNIT

_GOLDEN, _FIRST, _SECOND = np.uint64(GOLDEN), np.uint64(FIRST), np.uint64(SECOND)
_30, _27, _31, _12 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(12)

normal_score = jitted_from(q.normal_score, ratio=jitted_from(q.ratio))
_read = jitted_from(q.read_table)
_triangular = jitted_from(q.triangular)


@jitted
def uniform(base: np.uint64, name: np.uint64, count: int) -> float:
    """The uniform number of a key (rules 3 and 4)."""
    x = base + name + np.uint64(count) * _GOLDEN
    x = (x ^ (x >> _30)) * _FIRST
    x = (x ^ (x >> _27)) * _SECOND
    return (float((x ^ (x >> _31)) >> _12) + 0.5) * UNIT


@jitted
def quantile(law: Row, tables: Row, u: float) -> float:
    """The value below which the law lies with probability `u` [the engine's unit]."""
    kind = law.kind
    if kind == q.EXPONENTIAL:
        return -law.a * math.log(1.0 - u)
    if kind == q.LOGNORMAL:
        return math.exp(law.a + law.b * normal_score(u))
    if kind == q.FIXED:
        return law.a
    if kind == q.TABLE:
        return law.a * math.exp(_read(tables[law.table : law.table + law.length], normal_score(u)))
    if kind == q.UNIFORM:
        return law.a + law.b * u
    if kind == q.WEIBULL:
        return law.a * (-math.log1p(-u)) ** law.b
    if kind == q.TRIANGULAR:
        return _triangular(law.a, law.b, law.c, u)
    return _step(tables[law.table : law.table + law.length], u)


@jitted
def _step(table: Row, u: float) -> float:
    """The least value of an empirical law whose cumulative share reaches `u`."""
    number = table.size // 2
    return table[number + min(np.searchsorted(table[:number], u), number - 1)]


@jitted
def drawn(world: World, citizen: Row, what: int) -> float:
    """The visit's value of the stage's law for `what`, with the needs open now [days, or staff hours for WORK]."""
    stage = stage_of(world, citizen)
    law = laws(world)[stage.law[what]]
    value = quantile(law, law_tables(world), uniform(citizen.own_luck, stage.draw[what], citizen.count))
    return value + law.each_further_need * (citizen.needs - 1) if law.each_further_need != 0.0 else value


@jitted
def luck_at(world: World, citizen: Row, what: int) -> float:
    """The visit's uniform number for `what`; for the criteria the same for life."""
    stage = stage_of(world, citizen)
    return uniform(citizen.own_luck, stage.draw[what], 0 if what == CRITERIA else citizen.count)


@jitted
def exponential(base: np.uint64, name: np.uint64, count: int) -> float:
    """An exponential number of mean 1."""
    return -math.log(1.0 - uniform(base, name, count))
