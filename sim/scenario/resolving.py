"""From what a file says to what it means: `like`, `changes`, `drop` and `team_defaults` worked out on plain data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from sim.errors import Fault, did_you_mean
from sim.scenario.changes import apply_change, asked, dropped_by
from sim.scenario.facts import plain, spelt_out
from sim.scenario.keys import shown
from sim.scenario.paths import NAMED, Data, merged, removed, unshared
from sim.scenario.pathways import Pathway
from sim.scenario.stages import ONWARD_KEYS, TEAM_STAGE_KEYS, WAITING_KEYS, ousting
from sim.scenario.team_sense import has_price, idle_keys
from sim.scenario.vocabulary import LEAVE, UNLIMITED

PATHWAY_PARTS: Data = NAMED["pathways"]["*"]
LONGEST_CHAIN = 50


class Resolved(NamedTuple):
    """The plain meaning of a file's data, the faults met on the way, and paths of what changes have cut off."""

    data: Data
    faults: list[Fault]
    pruned: tuple[str, ...]


def resolved(data: Data) -> Resolved:
    """The plain meaning of a file's data."""
    return _worked_out(plain(data))


def settled(data: Data) -> Data:
    """The data with every `like`, pathway's `changes` and `team_defaults` worked out, evidence kept, changes gone."""
    return _worked_out(spelt_out(data)).data


def _worked_out(result: Data) -> Resolved:
    faults: list[Fault] = []
    changes = _table(result.pop("changes", {}))
    defaults = _table(result.pop("team_defaults", {}))
    if isinstance(result.get("groups"), dict):
        own = result["groups"]
        result["groups"] = {
            name: _coming_one_way(group, own[name]) for name, group in followed(own, {}, "groups", faults).items()
        }
    written = result.get("pathways")
    if not isinstance(written, dict):
        return Resolved(result, faults, ())
    pathways = followed(written, PATHWAY_PARTS, "pathways", faults)
    gone: list[str] = []
    for name, pathway in pathways.items():
        if isinstance(pathway, dict):
            whole = _pathway(pathway, changes, defaults, f"pathways.{name}", faults)
            inherits = bool({"like", "changes"} & written[name].keys())
            worked = _teams_of(_table(pathway.get("stages"))) if "changes" in written[name] else set()
            pathways[name] = pruned(whole, _own_stages(written[name]), worked) if inherits else whole
            gone += [f"pathways.{name}.{path}" for path in lost(whole, pathways[name])]
    return Resolved({**result, "pathways": pathways}, faults, tuple(gone))


def _table(value: Any) -> Data:
    return dict(value) if isinstance(value, Mapping) else {}


def _own_stages(written: Data) -> set[str]:
    """Stages written in a pathway that has a `like`: these are never pruned, so that a slip is not hidden."""
    return set(_table(written.get("stages", {}))) if "like" in written and "changes" not in written else set()


def _pathway(pathway: Data, changes: Data, defaults: Data, path: str, faults: list[Fault]) -> Data:
    pathway = unshared(pathway)
    for change in asked(pathway, changes, path, faults):
        found = apply_change(pathway, _settled(pathway, defaults, path, []), changes[change], Pathway)
        faults += [Fault(f"changes.{change}.{one.path}", f"in {path}: {one.problem}", one.remedy) for one in found]
    pathway.pop("changes", None)
    return _settled(pathway, defaults, path, faults)


def _settled(pathway: Data, defaults: Data, path: str, faults: list[Fault]) -> Data:
    """The pathway with the `like` of its stages and teams followed and the team defaults filled in."""
    result = {name: value for name, value in unshared(pathway).items() if name != "changes"}
    for kind in ("teams", "stages"):
        own = result.get(kind)
        if isinstance(own, dict):
            whole = followed(own, {}, f"{path}.{kind}", faults)
            if kind == "teams":
                whole = {name: _with_defaults(team, defaults) for name, team in whole.items()}
            teams = _table(result.get("teams"))
            result[kind] = {name: _without_idle(thing, own[name], kind, teams) for name, thing in whole.items()}
    return result


def _with_defaults(team: Any, defaults: Data) -> Any:
    return {**unshared(defaults), **team} if isinstance(team, dict) else team


def _without_idle(thing: Any, own: Any, kind: str, teams: Data) -> Any:
    """The stage or team without inherited keys that have no effect on it; written there, they are a fault."""
    if not isinstance(thing, dict) or not isinstance(own, dict):
        return thing
    idle = _idle_of_team(thing, own) if kind == "teams" else _idle_of_stage(thing, own, teams)
    return {key: value for key, value in thing.items() if key in own or key not in idle}


def _idle_of_team(team: Data, own: Data) -> set[str]:
    """Keys without effect on a team, or that stand in the way of what it says itself of its hours."""
    ousted = {"posts", "open"} if "rota" in own else {"rota"} if {"posts", "open"} & own.keys() else set()
    left = {key: value for key, value in team.items() if key in own or key not in ousted}
    return ousted | set(idle_keys(left) if isinstance(team.get("works", ""), str) else ())


def _coming_one_way(group: Any, own: Any) -> Any:
    """The group without an inherited share where it has arrivals of its own, and the other way round."""
    if not isinstance(group, dict) or not isinstance(own, dict):
        return group
    gone = {"share"} if "arrivals" in own else {"arrivals"} if "share" in own else set()
    return {key: value for key, value in group.items() if key in own or key not in gone}


def _idle_of_stage(stage: Data, own: Data, teams: Data) -> tuple[str, ...]:
    free: tuple[str, ...] = () if has_price(stage.get("fee_gbp")) else ("fee_cashable",)
    free += ("next",) if ousting(stage) else ()
    if "delay_days" in own:
        return (*IDLE_STAGE_KEYS, *free, *(() if "fee_gbp" in stage else ("purpose",)))
    team = _table(teams.get(str(stage.get("team"))))
    waiting = WAITING_KEYS if team.get("posts") == UNLIMITED and "open" not in team else ()
    return (*free, *waiting, *(("missed",) if team.get("works") == "caseload" else ()))


IDLE_STAGE_KEYS = ("team", *TEAM_STAGE_KEYS)


def followed(things: Data, named: Mapping[str, Any], path: str, faults: list[Fault]) -> Data:
    """Named things with `like` followed: the other's keys, less those dropped, under one's own."""
    done: Data = {}

    def whole(name: str, trail: tuple[str, ...]) -> Any:
        if name not in done:
            own = things[name]
            linked = isinstance(own, dict) and "like" in own
            done[name] = inherited(name, own, trail) if linked else unshared(own)
        return done[name]

    def inherited(name: str, own: Data, trail: tuple[str, ...]) -> Any:
        here, other = f"{path}.{name}", own["like"]
        fault = _like_fault(f"{here}.like", other, things, (*trail, name))
        if fault:
            faults.append(fault)
            return {key: unshared(value) for key, value in own.items() if key not in ("like", "drop")}
        return _inherited(whole(other, (*trail, name)), own, named, here, faults)

    return {name: whole(name, ()) for name in things}


def _like_fault(path: str, other: Any, things: Data, trail: tuple[str, ...]) -> Fault | None:
    if other not in things:
        return Fault(path, f"there is no {shown(other)} here to be like", did_you_mean(other, things))
    if other in trail:
        circle = " -> ".join((*trail[trail.index(other) :], other))
        return Fault(path, f"`like` runs in a circle: {circle}", "drop one of these")
    if len(trail) > LONGEST_CHAIN:
        return Fault(path, f"`like` follows `like` over {LONGEST_CHAIN} times", "make them like the first of them")
    return None


def _inherited(base: Any, own: Data, named: Mapping[str, Any], path: str, faults: list[Fault]) -> Data:
    base = unshared(base) if isinstance(base, dict) else {}
    base.pop("title", None)
    for gone in dropped_by(own):
        fault = removed(base, gone)
        if fault:
            faults.append(Fault(f"{path}.{fault.path}", fault.problem, fault.remedy))
    return merged(base, {key: value for key, value in own.items() if key not in ("like", "drop")}, named)


def reachable(pathway: Mapping[str, Any]) -> set[str]:
    """Stages a citizen can reach from the pathway's start, or from where some wait, read from plain data."""
    stages = _table(pathway.get("stages", {}))
    found: set[str] = set()
    todo = [pathway.get("starts_at"), pathway.get("waiting_at")]
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
    found |= {stage[key] for key in ONWARD_KEYS if isinstance(stage.get(key), str)}
    return found - {LEAVE}


def pruned(pathway: Data, kept: set[str] | None = None, worked: set[str] | None = None) -> Data:
    """The pathway without the stages a change has cut off, `kept` spared, and without teams left with nothing to do.

    `worked`: teams that had something to do before the change; one that never had is a slip, and stays to be told.
    """
    stages = _table(pathway.get("stages", {}))
    left = {name: stage for name, stage in stages.items() if name in reachable(pathway) | (kept or set())}
    at_work, worked = _teams_of(left), _teams_of(stages) | (worked or set())
    teams = _table(pathway.get("teams", {}))
    busy = {name: team for name, team in teams.items() if name in at_work or name not in worked}
    return {**pathway, **({"stages": left} if stages else {}), **({"teams": busy} if teams else {})}


def lost(before: Data, after: Data) -> list[str]:
    """Paths of the stages and teams of a pathway that pruning took away."""
    return [
        f"{kind}.{name}"
        for kind in ("stages", "teams")
        for name in _table(before.get(kind, {}))
        if name not in _table(after.get(kind, {}))
    ]


def _teams_of(stages: Data) -> set[str]:
    """Names of the teams at work in the stages."""
    teams = [stage.get("team") for stage in stages.values() if isinstance(stage, dict)]
    return {team for team in teams if isinstance(team, str)}


def pruned_from(data: Data) -> list[str]:
    """Take out of data as written the stages and teams that a change of the whole file has cut off; their paths.

    Where another pathway is `like` one that loses something, each first becomes a pathway of its own.
    """
    paths = _cut_off(data)
    if paths:
        data["pathways"] = followed(data["pathways"], PATHWAY_PARTS, "pathways", [])
        paths = _cut_off(data)
    for path in paths:
        removed(data, path)
    return paths


def _cut_off(data: Data) -> list[str]:
    """Paths of stages and teams written in the data that nothing leads to."""
    pathways = _tables(resolved(data).data.get("pathways"))
    return [f"pathways.{name}.{path}" for name in pathways for path in lost(pathways[name], pruned(pathways[name]))]


def _tables(value: Any) -> dict[str, Data]:
    return {name: inner for name, inner in _table(value).items() if isinstance(inner, dict)}
