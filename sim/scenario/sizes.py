"""Sizes: how many values a file's data holds, as written and once all that is inherited is written out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sim.errors import Fault
from sim.scenario.paths import Data

MOST_VALUES = 60_000
"""Values of a file with all that `like` inherits and `changes` lay on it: ten times those of the largest shipped."""

APART = ("pathways", "groups", "sources", "changes")


def values_in(data: Any) -> int:
    """How many values stand in the data."""
    if isinstance(data, Mapping):
        return 1 + sum(map(values_in, data.values()))
    return 1 + sum(map(values_in, data)) if isinstance(data, list) else 1


def size_faults(data: Data) -> Iterator[Fault]:
    """Data that a few words make too large to be written out, and so to be run."""
    total = values_made(data)
    if total > MOST_VALUES:
        problem = f"what its `like` and `changes` make holds some {total:,} values"
        yield Fault("", problem, f"expected at most {MOST_VALUES:,}: give fewer pathways, groups, stages or teams")


def values_made(data: Data) -> int:
    """How many values the data holds with all that is inherited written out, sources and changes left out."""
    defaults = values_in(data.get("team_defaults", {}))
    sizes = {
        name: _written_out(pathway, defaults) * (1 + len(pathway.get("changes", [])))
        for name, pathway in data.get("pathways", {}).items()
    }
    total = sum(_with_inherited(sizes, data.get("pathways", {})).values())
    total += sum(_with_inherited(_sizes(data.get("groups", {})), data.get("groups", {})).values())
    return total + values_in({name: value for name, value in data.items() if name not in APART})


def _written_out(pathway: Data, defaults: int) -> int:
    """How many values a pathway's own words make."""
    teams, stages = pathway.get("teams", {}), pathway.get("stages", {})
    inherited = sum(sum(_with_inherited(_sizes(things), things).values()) for things in (teams, stages))
    return values_in({**pathway, "teams": {}, "stages": {}}) + inherited + defaults * len(teams)


def _sizes(things: Data) -> dict[str, int]:
    return {name: values_in(thing) for name, thing in things.items()}


def _with_inherited(sizes: Mapping[str, int], things: Data) -> dict[str, int]:
    """The size of each thing with that of the one it is like, and so on; circles are told elsewhere."""
    found: dict[str, int] = {}
    for name in things:
        trail = [name]
        while (other := things[trail[-1]].get("like")) in things and other not in found and other not in trail:
            trail.append(other)
        for one in reversed(trail):
            found[one] = sizes[one] + found.get(things[one].get("like", ""), 0)
    return found
