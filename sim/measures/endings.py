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
    t.OPEN: OPEN, t.RECOVERED: RECOVERED, t.LEFT_AREA: LEFT, t.GAVE_UP: GAVE_UP, t.FULL: FULL, t.MISSED: MISSED,
}  # fmt: skip
_REFUSED = (t.REFUSED_LEVEL, t.REFUSED_NEEDS, t.REFUSED_CRITERIA)
_HELPED = (t.HELPED_FIT, t.HELPED_UNFIT)


def endings(pathway: Pathway | None) -> list[str]:
    """Every way in which an approach of a pathway may end, in the order of its stages; what befalls anyone comes last.

    Refusals have the name that the file gives them (`called`), or that of the stage.
    """
    stages = pathway.stages if pathway else {}
    own = [name for stage, given in stages.items() for name in _of_stage(stage, given)]
    return list(dict.fromkeys([*own, *_of_any(list(stages.values()))]))


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
    found += [helped(name)] if given.help else []
    may_leave = any(LEAVE in routes for routes in given.all_routes)
    return [*found, nothing(name)] if may_leave and not given.help else found


def _of_any(stages: list[Stage]) -> list[str]:
    """Endings that are not of one stage, as far as the stages may bring them about."""
    found = [GAVE_UP] if any(stage.may_give_up for stage in stages) else []
    found += [FULL] if any(stage.queue_limit is not None for stage in stages) else []
    found += [MISSED] if any(stage.missed for stage in stages) else []
    return [*found, RECOVERED, LEFT, OPEN]


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
    places = _places(life)[visits.stage[told], np.where(is_over, visits.outcome[told], t.OPEN)]
    assert (places >= 0).all(), "an approach ended in a way that `endings` does not know"
    return places


def _places(life: Followed) -> Ints:
    """The place among `endings` of each outcome (columns) at each stage (rows)."""
    pathway = life.record.pathway
    names = {name: place for place, name in enumerate(endings(pathway))}
    rows = []
    for stage, given in (pathway.stages if pathway else {}).items():
        said = {**_OF_ANY_STAGE, t.ROUTED: helped(stage) if given.help else nothing(stage)}
        said |= dict.fromkeys(_REFUSED, refused(stage, given)) | dict.fromkeys(_HELPED, helped(stage))
        rows.append([names.get(said[outcome], -1) for outcome in range(len(t.OUTCOMES))])
    return np.array(rows, dtype=np.int64).reshape(-1, len(t.OUTCOMES))
