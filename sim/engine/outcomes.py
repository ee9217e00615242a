"""What a visit came to: gate and help, with the level and needs at its end."""

from __future__ import annotations

from sim.engine.citizens import Visit
from sim.engine.codes import AWAY
from sim.engine.needs import Needs
from sim.engine.stages import Stages
from sim.engine.tables import HELPED, HELPED_FIT, HELPED_UNFIT, MISSED, RECOVERED, ROUTED
from sim.scenario.vocabulary import LOW, NONE

GOES_ON = (ROUTED, HELPED_FIT, HELPED_UNFIT)
"""Outcomes after which a citizen still in need takes the stage's routes."""


def outcome(visit: Visit, stages: Stages, needs: Needs) -> int:
    """The outcome of a visit that has run its time; help that fits acts at once."""
    if visit.citizen.level == NONE:
        return RECOVERED
    if not visit.attended:
        return MISSED
    if stages.has_gate[visit.stage]:
        visit.seen = visit.citizen.seen = stages.seen(visit)
        refusal = stages.refusal(visit)
        if refusal is not None:
            return refusal
    return _helped(visit, stages, needs) if stages.has_help[visit.stage] else ROUTED


def onward(visit: Visit, what: int, stages: Stages) -> int:
    """The stage a visit of this outcome leads to, or AWAY."""
    if visit.citizen.level == NONE:
        return AWAY
    if what == MISSED:
        return stages.after_missed[visit.stage]
    return stages.route(visit) if what in GOES_ON else AWAY


def _helped(visit: Visit, stages: Stages, needs: Needs) -> int:
    """Whether the help fitted; a fit takes needs and the level down (rule 13)."""
    if not stages.fits(visit):
        return HELPED_UNFIT
    citizen, stage = visit.citizen, visit.stage
    citizen.needs = 0 if stages.meets_all[stage] else citizen.needs - 1
    level = NONE if citizen.needs == 0 else max(LOW, citizen.level - stages.eases_levels[stage])
    if level != citizen.level:
        needs.change(citizen, level, HELPED)
    return HELPED_FIT
