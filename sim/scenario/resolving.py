"""From what a file says to what it means: `like`, `changes`, `drop` and `team_defaults` worked out on plain data."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from sim.errors import Fault, did_you_mean
from sim.scenario.facts import plain
from sim.scenario.paths import NAMED, Data, assign, merged, removed
from sim.scenario.vocabulary import LEAVE

PATHWAY_PARTS: Data = NAMED["pathways"]["*"]


def resolved(data: Data) -> tuple[Data, list[Fault]]:
    """The plain meaning of a file's data, and the faults met on the way."""
    faults: list[Fault] = []
    result: Data = plain(data)
    changes = _table(result.pop("changes", {}))
    defaults = _table(result.pop("team_defaults", {}))
    if "groups" in result:
        result["groups"] = _likes(_table(result["groups"]), {}, "groups", faults)
    written = _table(result.get("pathways", {}))
    pathways = _likes(written, PATHWAY_PARTS, "pathways", faults)
    for name, pathway in pathways.items():
        if isinstance(pathway, dict):
            whole = _pathway(pathway, changes, defaults, f"pathways.{name}", faults)
            pathways[name] = pruned(whole) if {"like", "changes"} & written[name].keys() else whole
    result["pathways"] = pathways
    return result, faults


def _table(value: Any) -> Data:
    return dict(value) if isinstance(value, Mapping) else {}


def _pathway(pathway: Data, changes: Data, defaults: Data, path: str, faults: list[Fault]) -> Data:
    pathway = deepcopy(pathway)
    asked = pathway.pop("changes", [])
    for change in asked if isinstance(asked, list) else []:
        if change not in changes:
            faults.append(Fault(f"{path}.changes", f"there is no change `{change}`", did_you_mean(change, changes)))
            continue
        faults += apply_change(pathway, _settled(pathway, defaults, path, []), changes[change], PATHWAY_PARTS)
    return _settled(pathway, defaults, path, faults)


def _settled(pathway: Data, defaults: Data, path: str, faults: list[Fault]) -> Data:
    """The pathway with the `like` of its stages and teams followed and the team defaults filled in."""
    result = deepcopy(pathway)
    for kind in ("stages", "teams"):
        if isinstance(result.get(kind), dict):
            result[kind] = _likes(result[kind], {}, f"{path}.{kind}", faults)
    for name, team in _table(result.get("teams", {})).items():
        if isinstance(team, dict):
            result["teams"][name] = {**deepcopy(defaults), **team}
    return result


def apply_change(target: Data, meaning: Data, change: Any, named: Mapping[str, Any]) -> list[Fault]:
    """Lay a change's lines (`path = value`, and `drop = [paths]`) on `target`, whose resolved form is `meaning`."""
    lines = _table(change)
    faults = []
    for path in lines.pop("drop", []):
        faults.append(removed(target, path))
    for path, value in lines.items():
        faults.append(assign(target, meaning, path, deepcopy(value), named))
    return [fault for fault in faults if fault]


def _likes(things: Data, named: Mapping[str, Any], path: str, faults: list[Fault]) -> Data:
    """Named things with `like` followed: the other's keys, less those dropped, under one's own."""
    done: Data = {}

    def follow(name: str, trail: tuple[str, ...]) -> Any:
        if name in done:
            return done[name]
        own = things[name]
        if not isinstance(own, dict) or "like" not in own:
            return done.setdefault(name, deepcopy(own))
        other = own["like"]
        if not isinstance(other, str) or other not in things:
            faults.append(Fault(f"{path}.{name}.like", f"there is no `{other}` here", did_you_mean(str(other), things)))
            return done.setdefault(name, {})
        if other in (*trail, name):
            circle = " -> ".join((*trail, name, other))
            faults.append(Fault(f"{path}.{name}.like", f"`like` runs in a circle: {circle}", "drop one of these"))
            return done.setdefault(name, {})
        return done.setdefault(name, _inherited(follow(other, (*trail, name)), own, named, f"{path}.{name}", faults))

    return {name: follow(name, ()) for name in things}


def _inherited(base: Any, own: Data, named: Mapping[str, Any], path: str, faults: list[Fault]) -> Data:
    base = deepcopy(base) if isinstance(base, dict) else {}
    base.pop("title", None)
    dropped = own.get("drop", [])
    for gone in dropped if isinstance(dropped, list) else []:
        fault = removed(base, gone)
        if fault:
            faults.append(Fault(f"{path}.{fault.path}", fault.problem, fault.remedy))
    return merged(base, {key: value for key, value in own.items() if key not in ("like", "drop")}, named)


def reachable(pathway: Mapping[str, Any]) -> set[str]:
    """Stages a citizen can reach from the pathway's start, read from plain data."""
    stages = _table(pathway.get("stages", {}))
    found: set[str] = set()
    todo = [pathway.get("starts_at")]
    while todo:
        name = todo.pop()
        if isinstance(name, str) and name in stages and name not in found:
            found.add(name)
            todo.extend(targets(stages[name]))
    return found


def targets(stage: Any) -> set[str]:
    """Stages the plain data of a stage routes to, `leave` left out."""
    stage = _table(stage)
    tables = [stage.get("next", {})]
    for kind in ("next_by_level", "next_by_group", "next_by_needs"):
        tables.extend(_table(stage.get(kind, {})).values())
    found = {str(name) for table in tables for name in _table(table)}
    if isinstance(stage.get("on_give_up"), str):
        found.add(stage["on_give_up"])
    return found - {LEAVE}


def pruned(pathway: Data) -> Data:
    """The pathway without the stages a change has cut off, and without teams and routes left with nothing to do."""
    kept = reachable(pathway)
    stages = {name: stage for name, stage in _table(pathway.get("stages", {})).items() if name in kept}
    at_work = {stage.get("team") for stage in stages.values() if isinstance(stage, dict)}
    worked = {stage.get("team") for stage in _table(pathway.get("stages", {})).values() if isinstance(stage, dict)}
    teams = {
        name: team for name, team in _table(pathway.get("teams", {})).items() if name in at_work or name not in worked
    }
    return {**pathway, "stages": stages, "teams": teams}
