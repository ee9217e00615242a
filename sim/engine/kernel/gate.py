"""What a visit came to: gate, help, and the way on (rules 8, 12 and 13)."""

from __future__ import annotations

from sim.engine.codes import AWAY, CRITERIA, FIT, MISSED, ROUTE, SEEN
from sim.engine.kernel.course import change
from sim.engine.kernel.draws import luck_at
from sim.engine.kernel.jit import jitted
from sim.engine.kernel.layout import Rows, World
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
from sim.scenario.vocabulary import CRISIS, LOW, NONE

PASSED = -1


@jitted
def is_attended(world: World, citizen: Rows) -> bool:
    """Whether the citizen will be there."""
    share = world.stages[citizen.stage, citizen.group].missed
    return share == 0.0 or luck_at(world, citizen, MISSED) >= share


@jitted
def _seen(world: World, citizen: Rows) -> int:
    """The level as the gate sees it: one too low, one too high or true."""
    stage, level = world.stages[citizen.stage, citizen.group], citizen.level
    u = luck_at(world, citizen, SEEN)
    if u < stage.too_low:
        return max(level - 1, LOW)
    return min(level + 1, CRISIS) if u >= 1.0 - stage.too_high else level


@jitted
def _refusal(world: World, citizen: Rows) -> int:
    """The reason of a refusal, or PASSED. The first test failed is the reason."""
    stage = world.stages[citizen.stage, citizen.group]
    if citizen.seen < stage.gate_level:
        return REFUSED_LEVEL
    if citizen.needs > stage.most_needs:
        return REFUSED_NEEDS
    return REFUSED_CRITERIA if luck_at(world, citizen, CRITERIA) < stage.outside else PASSED


@jitted
def _helped(world: World, row: int) -> int:
    """Whether the help fitted; a fit takes needs and the level down."""
    citizen = world.citizens[row]
    stage = world.stages[citizen.stage, citizen.group]
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
    citizen = world.citizens[row]
    stage = world.stages[citizen.stage, citizen.group]
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
def _route(world: World, citizen: Rows) -> int:
    """The next stage, or AWAY; by the level seen where a gate has looked."""
    level = citizen.seen if citizen.seen else citizen.level
    routes = world.route_row[citizen.stage, level, citizen.group, citizen.needs]
    at = 0
    if world.route_edge[routes, 0] < 1.0:
        u = luck_at(world, citizen, ROUTE)
        while u >= world.route_edge[routes, at]:
            at += 1
    return world.route_to[routes, at]


@jitted
def onward(world: World, citizen: Rows, what: int) -> int:
    """The stage a visit of this outcome leads to, or AWAY."""
    if citizen.level == NONE:
        return AWAY
    if what == WAS_MISSED:
        return world.stages[citizen.stage, citizen.group].after_missed
    goes_on = what in (ROUTED, HELPED_FIT, HELPED_UNFIT)
    return _route(world, citizen) if goes_on else AWAY
