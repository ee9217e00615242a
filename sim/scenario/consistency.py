"""What the names in a file must be to each other: they exist, are used, can be reached and left.

Read from plain data, so that these faults are found beside whatever else is wrong.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sim.errors import Fault, did_you_mean
from sim.scenario.facts import is_number
from sim.scenario.keys import filled
from sim.scenario.paths import PLAIN_PART, Data, look_up
from sim.scenario.resolving import reachable
from sim.scenario.stage_sense import group_name_faults
from sim.scenario.stages import BY_GROUP, ONWARD_KEYS
from sim.scenario.vocabulary import LEAVE, NO_SERVICE, REST

OF_NUMBERS = {"value", "range", "source", "note", "grade", "price_year", "index", "certain"}
RESERVED = frozenset({*OF_NUMBERS, "like", "drop", "changes", LEAVE, REST})
"""Words of the language that no stage, team, group, pathway or change may be called."""

ROUTES_BY = ("next_by_level", "next_by_group", "next_by_needs")


def name_faults(data: Mapping[str, Any]) -> Iterator[Fault]:
    """Things called by a word of the language, in data as written."""
    pathways = _tables(data.get("pathways"))
    inside = [(f"pathways.{name}.{kind}", pathway.get(kind)) for name, pathway in pathways.items() for kind in PARTS]
    places = [(kind, data.get(kind)) for kind in ("groups", "pathways", "changes")]
    for path, things in [*places, *inside]:
        for name in things if isinstance(things, dict) else ():
            if name in RESERVED:
                yield Fault(f"{path}.{name}", f"`{name}` is a word of the language, not a name", "call it otherwise")
    if NO_SERVICE in pathways:
        yield Fault(f"pathways.{NO_SERVICE}", "this name is built in", "call the pathway something else")


PARTS = ("teams", "stages", "contract", "one_off")


def reference_faults(data: Mapping[str, Any]) -> Iterator[Fault]:
    """Names used that do not exist, and things that nothing uses, read from plain data that may be faulty elsewhere."""
    pathways = _tables(data.get("pathways"))
    if data.get("pathways") in (None, {}):
        yield Fault("pathways", "there is no pathway", "add [pathways.NAME] with `starts_at`, teams and stages")
    yield from _compare_faults(data.get("compare"), pathways)
    yield from _group_faults(data)
    for name, pathway in pathways.items():
        yield from _pathway_faults(f"pathways.{name}", pathway, _tables(data.get("groups")))
    for kind in ("checks", "targets"):
        for name, figure in _tables(data.get(kind)).items():
            yield from _figure_faults(f"{kind}.{name}", figure, pathways)
    for kind in ("checks", "targets", "published_remission", "price_indices"):
        for name, found in _tables(data.get(kind)).items():
            yield from _unknown(f"{kind}.{name}.source", found.get("source"), _tables(data.get("sources")), "source")
    yield from _fit_faults(data)


def _figure_faults(path: str, figure: Data, pathways: Mapping[str, Data]) -> Iterator[Fault]:
    """Names that a check or a target uses and that do not exist."""
    yield from _unknown(f"{path}.pathway", figure.get("pathway"), [*pathways, NO_SERVICE], "pathway")
    pathway = pathways.get(str(figure.get("pathway")))
    if pathway is not None:
        for key in ("stage", "not_through"):
            yield from _unknown(f"{path}.{key}", figure.get(key), _tables(pathway.get("stages")), "stage")
        yield from _unknown(f"{path}.team", figure.get("team"), _tables(pathway.get("teams")), "team")


WHAT_OF = ("pathway", "measure", "stage", "not_through", "team", "ending", "days")


def _fit_faults(data: Mapping[str, Any]) -> Iterator[Fault]:
    """Targets that fit no number, or one that another fits, and figures that are both target and check."""
    checks = _tables(data.get("checks"))
    fitted: dict[str, str] = {}
    for name, target in _tables(data.get("targets")).items():
        path, fits = f"targets.{name}", target.get("fits")
        if not isinstance(fits, str):
            continue
        if not is_number(look_up(data, fits)):
            yield Fault(f"{path}.fits", f"there is no number `{fits}`", "give the path of the number that is fitted")
        if fits in fitted:
            yield Fault(f"{path}.fits", f"`{fits}` is fitted to `{fitted[fits]}` already", "fit another number")
        fitted.setdefault(fits, name)
        for other, check in checks.items():
            if all(target.get(word) == check.get(word) for word in WHAT_OF):
                problem = f"is what `{name}` was fitted to: it would test nothing"
                yield Fault(f"checks.{other}", problem, "drop the check, or the target")


def _group_faults(data: Mapping[str, Any]) -> Iterator[Fault]:
    groups = data.get("groups")
    if groups == {}:
        yield Fault("groups", "is empty", "add [groups.NAME], or leave [groups] out")
    shares = {name: group.get("share", REST) for name, group in _tables(groups).items()}
    if any("arrivals" in group for group in _tables(groups).values()):
        return
    if not shares or not all(share == REST or (is_number(share) and 0 <= share <= 1) for share in shares.values()):
        return
    try:
        filled(shares)
    except ValueError as error:
        problem, _, remedy = str(error).partition("; ")
        yield Fault("groups.*.share", problem, remedy)


def _tables(value: Any) -> dict[str, Data]:
    """The named tables of a value, whatever else stands there."""
    given = value if isinstance(value, dict) else {}
    return {name: inner for name, inner in given.items() if isinstance(inner, dict) and PLAIN_PART.fullmatch(name)}


def _unknown(path: str, name: object, choices: Any, what: str) -> Iterator[Fault]:
    if isinstance(name, str) and name not in choices:
        yield Fault(path, f"there is no {what} `{name}`", did_you_mean(name, choices))


def _compare_faults(compare: Any, pathways: Mapping[str, Any]) -> Iterator[Fault]:
    if not isinstance(compare, list):
        return
    for place, name in enumerate(compare):
        yield from _unknown(f"compare[{place}]", name, pathways, "pathway")
    if len(set(map(str, compare))) < len(compare):
        yield Fault("compare", "names a pathway twice", "name each once")
    if not compare:
        yield Fault("compare", "names no pathway", did_you_mean("", pathways))


def _pathway_faults(path: str, pathway: Data, groups: Mapping[str, Any]) -> Iterator[Fault]:
    stages, teams = _tables(pathway.get("stages")), _tables(pathway.get("teams"))
    yield from _unknown(f"{path}.starts_at", pathway.get("starts_at"), stages, "stage")
    yield from _unknown(f"{path}.waiting_at", pathway.get("waiting_at"), stages, "stage")
    for name, stage in stages.items():
        here = f"{path}.stages.{name}"
        yield from _unknown(f"{here}.team", stage.get("team"), teams, "team")
        for key in ONWARD_KEYS:
            yield from _unknown(f"{here}.{key}", stage.get(key), [*stages, LEAVE], "stage")
        for where, routes in _routes(stage):
            for target in routes:
                yield from _unknown(f"{here}.{where}", target, [*stages, LEAVE], "stage")
        yield from group_name_faults(here, stage, groups)
    at_work = {stage["team"] for stage in stages.values() if isinstance(stage.get("team"), str)}
    for name in teams if at_work <= teams.keys() else ():
        if not any(stage.get("team") == name for stage in stages.values()):
            yield Fault(f"{path}.teams.{name}", "nobody works for this team: no stage names it", "drop it, or use it")
    yield from _flow_faults(path, pathway, stages, list(groups))


def _routes(stage: Data) -> Iterator[tuple[str, Data]]:
    """Every table of routes of a stage, with its key."""
    if isinstance(stage.get("next"), dict):
        yield "next", stage["next"]
    for kind in ROUTES_BY:
        for name, routes in _tables(stage.get(kind)).items():
            yield f"{kind}.{name}", routes


def _flow_faults(path: str, pathway: Data, stages: dict[str, Data], groups: list[str]) -> Iterator[Fault]:
    """Stages that cannot be reached, and loops that cannot be left or that take no time."""
    if str(pathway.get("starts_at")) not in stages:
        return
    found = reachable(pathway)
    routed = {target for stage in stages.values() for _, routes in _routes(stage) for target in routes}
    for name in stages if routed <= {*stages, LEAVE} else ():
        if name not in found:
            yield Fault(f"{path}.stages.{name}", "no route leads to this stage", "route to it, or drop it")
    open_to = {
        name: {target if target in stages else LEAVE for target in _open_targets(name, stages[name])}
        for name in stages
        if name in found
    }
    leaving = _leaving(open_to)
    stuck = [name for name in open_to if name not in leaving]
    if stuck:
        problem = f"who comes here never leaves: {', '.join(stuck)} route only to each other"
        yield Fault(f"{path}.stages.{stuck[0]}.next", problem, "let a share of them `leave`")
    full = _circle({name: [str(stage["when_full"])] for name, stage in stages.items() if "when_full" in stage})
    if full:
        problem = f"these send on to each other whom they have no room for: {' -> '.join(full)}"
        yield Fault(f"{path}.stages.{full[0]}.when_full", problem, "let one of them `leave`, or drop a `queue_limit`")
    differ = any(key in stage for stage in stages.values() for key in BY_GROUP.values())
    for group in groups if groups and differ else [""]:
        timeless = _circle({name: sorted(_at_once(stages[name], group, open_to[name])) for name in open_to})
        if timeless and not full:
            problem = f"a loop that takes no time: {' -> '.join(timeless)}"
            yield Fault(f"{path}.stages.{timeless[0]}.next", problem, "give one of these stages a time above 0")
            return


def _at_once(stage: Data, group: str, open_to: Iterable[str]) -> set[str]:
    """Where a citizen of a group may go on to at the instant of coming here."""
    if _takes_no_time(stage, group):
        return set(open_to)
    keys = ONWARD_KEYS if _is_nothing(_law(stage, "gives_up_after_days", group)) else ("when_full",)
    return {stage[key] for key in keys if isinstance(stage.get(key), str)}


def _open_targets(name: str, stage: Data) -> set[str]:
    """Where a citizen may really go: routes with a share above 0, `leave` among them, and back after a missed visit."""
    tables = [routes for _, routes in _routes(stage)] or [{}]
    if not isinstance(stage.get("next", {}), dict):
        return {LEAVE}
    routed = {name for routes in tables for name in _taken(routes)}
    routed |= {LEAVE} if "next" not in stage or _may_refuse(stage.get("gate")) else set()
    routed |= _after_missed(name, stage.get("missed"))
    return routed | {stage[key] for key in ONWARD_KEYS if isinstance(stage.get(key), str)}


def _after_missed(name: str, missed: Any) -> set[str]:
    if not isinstance(missed, dict) or not missed.get("share"):
        return set()
    return {LEAVE if missed.get("then") == "leave" else name}


def _taken(routes: Data) -> Iterator[str]:
    """Targets with a share above 0; `rest` has none where the others take all."""
    left = 1 - math.fsum(min(share, 1) for share in routes.values() if is_number(share))
    for name, share in routes.items():
        if (share == REST and left > 1e-9) or (share != REST and share != 0):
            yield name


def _may_refuse(gate: Any) -> bool:
    if not isinstance(gate, dict):
        return False
    return gate.get("eligible_from", "low") != "low" or "most_needs" in gate or bool(gate.get("outside_criteria"))


def _leaving(open_to: Mapping[str, Iterable[str]]) -> set[str]:
    """Stages from which `leave` can be reached."""
    sources: dict[str, list[str]] = {}
    for name, targets in open_to.items():
        for target in targets:
            sources.setdefault(target, []).append(name)
    found, todo = {LEAVE}, [LEAVE]
    while todo:
        fresh = [name for name in sources.get(todo.pop(), ()) if name not in found]
        found.update(fresh)
        todo.extend(fresh)
    return found


def _circle(open_to: Mapping[str, list[str]]) -> list[str]:
    """A circle among these stages, in order and closed; empty if there is none."""
    left = {name: [target for target in targets if target in open_to] for name, targets in open_to.items()}
    while any(ends := [name for name, targets in left.items() if not targets]):
        left = {name: [t for t in targets if t not in ends] for name, targets in left.items() if name not in ends}
    trail: list[str] = []
    name = min(left, default=None)
    while name is not None and name not in trail:
        trail.append(name)
        name = left[name][0]
    return [] if name is None else [*trail[trail.index(name) :], name]


def _takes_no_time(stage: Data, group: str) -> bool:
    laws = [_law(stage, key, group) for key in ("minutes", "hours", "weeks", "delay_days") if key in stage]
    decisive = [_law(stage, "weeks", group)] if "weeks" in stage else laws
    return bool(decisive) and all(map(_is_nothing, decisive))


def _law(stage: Data, key: str, group: str) -> Any:
    """The law of a time for a group, from plain data."""
    own = stage.get(BY_GROUP[key])
    return own[group] if isinstance(own, dict) and group in own else stage.get(key)


def _is_nothing(law: Any) -> bool:
    return isinstance(law, dict) and law.get("fixed") == 0
