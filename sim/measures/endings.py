"""Endings: the named ways in which approaches end. Each approach has exactly one, so that their shares add up to 1."""

from __future__ import annotations

import numpy as np

from sim.engine import tables as t
from sim.measures.arrays import Floats, Ints
from sim.measures.followed import Followed
from sim.scenario.pathways import Pathway
from sim.scenario.stages import Stage
from sim.scenario.vocabulary import LEAVE

OPEN, RECOVERED, LEFT = "open", "recovered", "left the area"
GAVE_UP, FULL, MISSED = "gave up", "turned away: full", "missed the appointment"

_OF_ANY_STAGE = {
    t.GAVE_UP: GAVE_UP, t.FULL: FULL, t.MISSED: MISSED, t.RECOVERED: RECOVERED, t.LEFT_AREA: LEFT, t.OPEN: OPEN,
}  # fmt: skip
_REFUSED = (t.REFUSED_LEVEL, t.REFUSED_NEEDS, t.REFUSED_CRITERIA)
_HELPED = (t.HELPED_FIT, t.HELPED_UNFIT)


def endings(pathway: Pathway | None) -> list[str]:
    """A name for every way in which any approach could end, in the order of stages; what befalls anyone comes last.

    Refusals have the name that the file gives them (`called`), or that of the stage.
    """
    stages = pathway.stages if pathway else {}
    own = [name for stage, given in stages.items() for name in (refused(stage, given), _left(stage, given))]
    return list(dict.fromkeys([*own, *_OF_ANY_STAGE.values()]))


def likely_endings(pathway: Pathway | None) -> list[str]:
    """Those of them that the gates, routes and lines of the pathway may bring about."""
    stages = pathway.stages if pathway else {}
    own = {name for stage, given in stages.items() for name in _of_stage(stage, given)}
    may = own | _of_any(list(stages.values()))
    return [name for name in endings(pathway) if name in may]


def helped(stage: str) -> str:
    """What it is called to leave with help from a stage, whether it fitted or not."""
    return f"helped: {stage}"


def nothing(stage: str) -> str:
    """What it is called to leave after a stage by its routes, without help."""
    return f"nothing, after {stage}"


def refused(stage: str, given: Stage) -> str:
    """What a refusal at a stage is called."""
    return f"refused: {given.gate.called}" if given.gate and given.gate.called else f"refused at {stage}"


def _of_stage(name: str, given: Stage) -> list[str]:
    found = [refused(name, given)] if given.gate is not None and given.gate.may_refuse else []
    may_leave = given.help is not None or any(LEAVE in routes for routes in given.all_routes)
    return [*found, _left(name, given)] if may_leave else found


def _left(name: str, given: Stage) -> str:
    """What it is called to leave after a stage by its routes."""
    return helped(name) if given.help else nothing(name)


def _of_any(stages: list[Stage]) -> set[str]:
    """Endings that are not of one stage, as far as the stages may bring them about."""
    found = {RECOVERED, LEFT, OPEN}
    found |= {GAVE_UP} if any(stage.may_give_up for stage in stages) else set()
    found |= {FULL} if any(stage.queue_limit is not None for stage in stages) else set()
    return found | ({MISSED} if any(stage.missed for stage in stages) else set())


def endings_of_citizens(life: Followed) -> Floats:
    """How many approaches of each citizen, begun within follow-up, ended in each way by its end (cohort, endings)."""
    ways, parts = len(endings(life.record.pathway)), life.approaches
    cells = parts.citizen * ways + _ways(life)
    return np.bincount(cells, minlength=life.count * ways).reshape(life.count, ways).astype(np.float64)


def _ways(life: Followed) -> Ints:
    """The place among `endings` of how each approach ended.

    It is what its last visit came to. Whom a route then let leave was helped where they had help last, or else came
    away with nothing.
    """
    visits, parts = life.visits, life.approaches
    if not parts.first.size:
        return np.zeros(0, np.int64)
    was_help = np.isin(visits.outcome, _HELPED)
    last_help = np.maximum.accumulate(np.where(was_help, np.arange(len(visits)), -1))[parts.last]
    told = np.where((parts.outcome == t.ROUTED) & (last_help >= parts.first), last_help, parts.last)
    is_over = parts.ended <= life.end[parts.citizen]
    return _places(life)[visits.stage[told], np.where(is_over, visits.outcome[told], t.OPEN)]


def _places(life: Followed) -> Ints:
    """The place among `endings` of each outcome (columns) at each stage (rows)."""
    pathway = life.record.pathway
    names = {name: place for place, name in enumerate(endings(pathway))}
    rows = []
    for stage, given in (pathway.stages if pathway else {}).items():
        said = _OF_ANY_STAGE | dict.fromkeys(_REFUSED, refused(stage, given))
        said |= dict.fromkeys((t.ROUTED, *_HELPED), _left(stage, given))
        rows.append([names[said[outcome]] for outcome in range(len(t.OUTCOMES))])
    return np.array(rows, dtype=np.int64).reshape(-1, len(t.OUTCOMES))
