"""What the parts of a scenario must be to each other: names that exist, stages that can be reached and left, hours that
suffice, money that is not counted twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sim.errors import Fault, did_you_mean
from sim.scenario.paths import Data
from sim.scenario.resolving import reachable, targets
from sim.scenario.vocabulary import LEAVE, NO_SERVICE, REST


def reference_faults(data: Mapping[str, Any]) -> Iterator[Fault]:
    """Names used that do not exist, and things that nothing uses, read from plain data that may be faulty elsewhere."""
    pathways = _tables(data.get("pathways"))
    if not pathways:
        yield Fault("pathways", "there is no pathway", "add [pathways.NAME] with `starts_at`, teams and stages")
    if NO_SERVICE in pathways:
        yield Fault(f"pathways.{NO_SERVICE}", "this name is built in", "call the pathway something else")
    yield from _compare_faults(data.get("compare"), pathways)
    for name, pathway in pathways.items():
        yield from _pathway_faults(f"pathways.{name}", pathway, _tables(data.get("groups")))
    for name, check in _tables(data.get("checks")).items():
        yield from _unknown(f"checks.{name}.pathway", check.get("pathway"), [*pathways, NO_SERVICE], "pathway")
        pathway = pathways.get(str(check.get("pathway")), {})
        yield from _unknown(f"checks.{name}.stage", check.get("stage"), _tables(pathway.get("stages")), "stage")
        yield from _unknown(f"checks.{name}.team", check.get("team"), _tables(pathway.get("teams")), "team")


def _tables(value: Any) -> dict[str, Data]:
    """The named tables of a value, whatever else stands there."""
    return {name: inner for name, inner in value.items() if isinstance(inner, dict)} if isinstance(value, dict) else {}


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
        yield Fault("compare", "names no pathway", f"name one or more of: {', '.join(pathways)}")


def _pathway_faults(path: str, pathway: Data, groups: Mapping[str, Any]) -> Iterator[Fault]:
    stages, teams = _tables(pathway.get("stages")), _tables(pathway.get("teams"))
    yield from _unknown(f"{path}.starts_at", pathway.get("starts_at"), stages, "stage")
    for name, stage in stages.items():
        here = f"{path}.stages.{name}"
        yield from _unknown(f"{here}.team", stage.get("team"), teams, "team")
        for target in sorted(targets(stage)):
            yield from _unknown(f"{here}.next", target, [*stages, LEAVE], "stage")
        for group in _tables(stage.get("next_by_group")):
            yield from _unknown(f"{here}.next_by_group", group, groups, "group")
    for name in teams:
        if not any(stage.get("team") == name for stage in stages.values()):
            yield Fault(f"{path}.teams.{name}", "nobody works for this team: no stage names it", "drop it, or use it")
    yield from _flow_faults(path, pathway, stages)


def _flow_faults(path: str, pathway: Data, stages: dict[str, Data]) -> Iterator[Fault]:
    """Stages that cannot be reached, and loops that cannot be left or that take no time."""
    if pathway.get("starts_at") not in stages:
        return
    found = reachable(pathway)
    for name in stages:
        if name not in found:
            yield Fault(f"{path}.stages.{name}", "no route leads to this stage", "route to it, or drop it")
    stuck = sorted(found - _leaving(stages))
    if stuck:
        problem = f"who comes here never leaves: {', '.join(stuck)} route only to each other"
        yield Fault(f"{path}.stages.{stuck[0]}.next", problem, "let a share of them `leave`")
    timeless = _timeless_loop({name: stages[name] for name in stages if name in found})
    if timeless:
        problem = f"a loop that takes no time: {' -> '.join(timeless)}"
        yield Fault(f"{path}.stages.{timeless[0]}.next", problem, "give one of these stages a time above 0")


def _open_targets(stage: Data) -> set[str]:
    """Where a citizen may really go: routes with a share above 0, `leave` among them."""
    tables = [stage.get("next", {LEAVE: REST})]
    for kind in ("next_by_level", "next_by_group", "next_by_needs"):
        tables.extend(_tables(stage.get(kind)).values())
    routed = {name for table in tables if isinstance(table, dict) for name, share in table.items() if share != 0}
    return routed | ({LEAVE} if "gate" in stage else set())


def _leaving(stages: dict[str, Data]) -> set[str]:
    """Stages from which `leave` can be reached."""
    found: set[str] = set()
    grew = True
    while grew:
        fresh = {n for n, stage in stages.items() if n not in found and _open_targets(stage) & (found | {LEAVE})}
        grew = bool(fresh)
        found |= fresh
    return found


def _timeless_loop(stages: dict[str, Data]) -> list[str]:
    """A circle of stages whose time is surely 0, in order; empty if there is none."""
    instant = {name for name, stage in stages.items() if _takes_no_time(stage)}

    def circle(name: str, trail: list[str]) -> list[str]:
        if name in trail:
            return [*trail[trail.index(name) :], name]
        onward = sorted(_open_targets(stages[name]) & instant)
        return next((found for target in onward if (found := circle(target, [*trail, name]))), [])

    return next((found for name in sorted(instant) if (found := circle(name, []))), [])


def _takes_no_time(stage: Data) -> bool:
    laws = [stage[key] for key in ("minutes", "hours", "weeks", "delay_days") if key in stage]
    decisive = [stage["weeks"]] if "weeks" in stage else laws
    return bool(decisive) and all(isinstance(law, dict) and law.get("fixed") == 0 for law in decisive)
