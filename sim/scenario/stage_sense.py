"""Whether the keys of stages make sense with the teams that work them, with the groups and with each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sim.errors import Fault, did_you_mean
from sim.scenario.keys import shown
from sim.scenario.stages import BY_GROUP, BY_NEED_SEEN, BY_TRUE_NEED, WAITING_KEYS, Stage
from sim.scenario.teams import Team


def stage_faults(
    path: str, stages: Mapping[str, Stage], teams: Mapping[str, Team], groups: Sequence[str]
) -> Iterator[Fault]:
    """What makes no sense in the stages under `path`, which are well formed by themselves; `groups` are the file's."""
    for name, stage in stages.items():
        team = teams.get(stage.team or "")
        if team is not None:
            yield from _team_faults(f"{path}.{name}", stage, team)
        yield from _idle_by_group(f"{path}.{name}", stage, groups)
    yield from _line_faults(path, stages)
    yield from _idle_gates(path, stages)


def _idle_gates(path: str, stages: Mapping[str, Stage]) -> Iterator[Fault]:
    """Gates that turn nobody away, and errors in seeing a level that nothing goes by."""
    ordered = any(stage.order == BY_NEED_SEEN for stage in stages.values())
    for name, stage in stages.items():
        gate = stage.gate
        if gate is None or ordered or "eligible_from" in gate.model_fields_set:
            continue
        here = f"{path}.{name}.gate"
        for key in () if stage.next_by_level else ("seen_too_low", "seen_too_high"):
            if key in gate.model_fields_set:
                problem = "has no effect: neither the gate nor the routes go by the level seen"
                yield Fault(f"{here}.{key}", problem, "give `eligible_from` or `next_by_level`, or drop it")
        if not gate.model_fields_set:
            yield Fault(here, "has no effect: it is empty, and everyone passes", "give `eligible_from`, or drop it")


def _team_faults(path: str, stage: Stage, team: Team) -> Iterator[Fault]:
    for key in WAITING_KEYS if team.is_unlimited and not team.closes else ():
        if key in stage.model_fields_set:
            yield Fault(f"{path}.{key}", f"has no effect: nobody waits, `{stage.team}` has unlimited posts", "drop it")
    if stage.missed is not None and team.works == "caseload":
        problem = f"has no effect: `{stage.team}` holds a caseload, and only appointments are missed"
        yield Fault(f"{path}.missed", problem, 'drop it, or set works = "appointments"')


def _idle_by_group(path: str, stage: Stage, groups: Sequence[str]) -> Iterator[Fault]:
    """Laws and orders that hold for nobody, or for all alike."""
    for base, by_group in BY_GROUP.items():
        if getattr(stage, base) is not None and groups and set(groups) <= set(getattr(stage, by_group)):
            problem = f"has no effect: each group has its own in `{by_group}`"
            yield Fault(f"{path}.{base}", problem, "leave one of them out there, for whom this holds")
    if "next" in stage.model_fields_set and groups and set(groups) <= set(stage.next_by_group):
        problem = "has no effect: each group has routes of its own in `next_by_group`"
        yield Fault(f"{path}.next", problem, "leave one of them out there, for whom this holds, or drop it")
    if isinstance(stage.order, list) and len(groups) == 1 and stage.order == list(groups):
        yield Fault(f"{path}.order", "has no effect: there is no other group to go before", "drop it")


def _line_faults(path: str, stages: Mapping[str, Stage]) -> Iterator[Fault]:
    """Stages of one team, before which all stand in one line, with different orders."""
    first: dict[str, str] = {}
    for name, stage in stages.items():
        if stage.team is None:
            continue
        other = first.setdefault(stage.team, name)
        if stage.order != stages[other].order:
            problem = (
                f"{_order(stage)}, but {_order(stages[other])} at `{other}`, worked by `{stage.team}` too, and those "
                "who wait for a team stand in one line"
            )
            yield Fault(f"{path}.{name}.order", problem, "write the same order at each stage of the team")


def _order(stage: Stage) -> str:
    return f"is {shown(stage.order)}" + ("" if "order" in stage.model_fields_set else ", being left out")


def unseen_faults(path: str, stages: Mapping[str, Mapping[str, Any]]) -> Iterator[Fault]:
    """Orders by the level last seen where no stage has a gate to see it, in plain data of a file with levels."""
    if any("gate" in stage for stage in stages.values()):
        return
    for name, stage in stages.items():
        if stage.get("order") == BY_NEED_SEEN:
            problem = f"{BY_NEED_SEEN!r} has no effect: the pathway has no gate at which a level is seen"
            yield Fault(f"{path}.{name}.order", problem, f"give a stage a `gate`, or write {BY_TRUE_NEED!r}")


def group_name_faults(path: str, stage: Mapping[str, Any], groups: Mapping[str, Any]) -> Iterator[Fault]:
    """Names of groups in the plain data of a stage that no group has, or that stand twice."""
    named = {key: stage[key] for key in (*BY_GROUP.values(), "next_by_group") if isinstance(stage.get(key), dict)}
    order = stage.get("order")
    listed = [name for name in order if isinstance(name, str)] if isinstance(order, list) else []
    for key, names in {**named, "order": listed}.items():
        for name in names:
            if name not in groups:
                yield Fault(f"{path}.{key}", f"there is no group `{name}`", did_you_mean(name, groups))
    for name, times in Counter(listed).items():
        if times > 1:
            yield Fault(f"{path}.order", f"names the group `{name}` {times} times", "name each once")
