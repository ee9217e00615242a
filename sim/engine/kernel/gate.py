"""What a visit came to: gate, help, and the way on (rules 8, 12 and 13)."""

from __future__ import annotations

from sim.engine.codes import AWAY, CRITERIA, FIT, MISSED, ROUTE, SEEN
from sim.engine.kernel.course import change
from sim.engine.kernel.draws import luck_at
from sim.engine.kernel.jit import jitted
from sim.engine.kernel.layout import Row, World
from sim.engine.kernel.tables import citizens, route_edges, route_rows, route_targets, stage_of
from sim.engine.tables import (
    HELPED,
    HELPED_FIT,
    HELPED_UNFIT,
    RECOVERED,
    REFUSED_CRITERIA,
    REFUSED_LEVEL,
    REFUSED_NEEDS,
    ROUTED,
)
from sim.engine.tables import MISSED as WAS_MISSED
from sim.scenario.vocabulary import CRISIS, LEVELS, LOW, NEEDS, NONE

PASSED = -1

LEVELS_AND_NONE, NEEDS_AND_NONE = len(LEVELS), 1 + len(NEEDS)


@jitted
def is_attended(world: World, citizen: Row) -> bool:
    """Whether the citizen will be there."""
    share = stage_of(world, citizen).missed
    return share == 0.0 or luck_at(world, citizen, MISSED) >= share


@jitted
def _seen(world: World, citizen: Row) -> int:
    """The level as the gate sees it: one too low, one too high or true."""
    stage, level = stage_of(world, citizen), citizen.level
    u = luck_at(world, citizen, SEEN)
    if u < stage.too_low:
        return max(level - 1, LOW)
    return min(level + 1, CRISIS) if u >= 1.0 - stage.too_high else level


@jitted
def _refusal(world: World, citizen: Row) -> int:
    """The reason of a refusal, or PASSED. The first test failed is the reason."""
    stage = stage_of(world, citizen)
    if citizen.seen < stage.gate_level:
        return REFUSED_LEVEL
    if citizen.needs > stage.most_needs:
        return REFUSED_NEEDS
    return REFUSED_CRITERIA if luck_at(world, citizen, CRITERIA) < stage.outside else PASSED


@jitted
def _helped(world: World, row: int) -> int:
    """Whether the help fitted; a fit takes needs and the level down."""
    citizen = citizens(world)[row]
    stage = stage_of(world, citizen)
    if not luck_at(world, citizen, FIT) < stage.fits[citizen.needs]:
        return HELPED_UNFIT
    citizen.needs = 0 if stage.meets_all else citizen.needs - 1
    level = NONE if citizen.needs == 0 else max(LOW, citizen.level - stage.eases_levels)
    if level != citizen.level:
        change(world, row, level, HELPED)
    return HELPED_FIT


@jitted
def outcome(world: World, row: int) -> int:
    """The outcome of a visit that has run its time; help that fits acts at once."""
    citizen = citizens(world)[row]
    stage = stage_of(world, citizen)
    if citizen.level == NONE:
        return RECOVERED
    if not citizen.attended:
        return WAS_MISSED
    if stage.gate_level > 0:
        citizen.seen = citizen.last_seen = _seen(world, citizen)
        refusal = _refusal(world, citizen)
        if refusal != PASSED:
            return refusal
    return _helped(world, row) if stage.helps else ROUTED


@jitted
def _route(world: World, citizen: Row) -> int:
    """The next stage, or AWAY; by the level seen where a gate has looked."""
    level = citizen.seen if citizen.seen else citizen.level
    of = ((citizen.stage * LEVELS_AND_NONE + level) * world.number_of_groups + citizen.group) * NEEDS_AND_NONE
    at = world.number_of_targets * route_rows(world)[of + citizen.needs]
    if route_edges(world)[at] < 1.0:
        u = luck_at(world, citizen, ROUTE)
        while u >= route_edges(world)[at]:
            at += 1
    return route_targets(world)[at]


@jitted
def onward(world: World, citizen: Row, what: int) -> int:
    """The stage a visit of this outcome leads to, or AWAY."""
    if citizen.level == NONE:
        return AWAY
    if what == WAS_MISSED:
        return stage_of(world, citizen).after_missed
    goes_on = what in (ROUTED, HELPED_FIT, HELPED_UNFIT)
    return _route(world, citizen) if goes_on else AWAY
