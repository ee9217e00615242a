"""Whatever is done to the data of a sound file, the answer is a scenario or a list of its faults, never a crash."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.errors import ScenarioError
from sim.scenario.scenario import Scenario
from tests.scenario.files import Data, faults, village

KEYS = ("rest", "leave", "value", "range", "like", "drop", "changes", "source", "note", "works", "call")
ODD_KEYS = ("", "a.b", "[key]", "ä\x00")
VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 2, 1.5, 1e300, 10**400, math.nan, math.inf, -0.0, 5e-324),
    *("", "rest", "leave", "x", "call", "older_people", "caseload", "\x00", "9" * 100),
    *(
        [],
        [1],
        [[1, 2]],
        ["sceptic"],
        ["stages.call"],
        [{}],
        {},
        {"value": 1},
        {"value": {"value": []}},
        {"range": [2, 1]},
    ),
    *({"value": 1, "range": [math.nan, "x"]}, {"like": "call"}, {"rest": "rest"}, {"mean": 1, "sd": 1}, {"fixed": 0}),
)


def places(data: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every place in the data."""
    if isinstance(data, dict):
        for name, inner in data.items():
            yield (*path, name)
            yield from places(inner, (*path, name))


PLACES = sorted(places(village()))


def mutate(data: Data, path: tuple[str, ...], how: str, key: str, value: Any) -> None:
    node: Any = data
    for name in path[:-1]:
        node = node.get(name) if isinstance(node, dict) else None
    if not isinstance(node, dict) or path[-1] not in node:
        return
    if how == "delete":
        del node[path[-1]]
    elif how == "rename":
        node[key] = node.pop(path[-1])
    elif how == "add" and isinstance(node[path[-1]], dict):
        node[path[-1]][key] = deepcopy(value)
    else:
        node[path[-1]] = deepcopy(value)


MUTATION = st.tuples(
    st.sampled_from(PLACES),
    st.sampled_from(["delete", "rename", "replace", "add"]),
    st.sampled_from(KEYS + ODD_KEYS) | st.sampled_from([path[-1] for path in PLACES]),
    st.sampled_from(VALUES),
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(MUTATION, min_size=1, max_size=4))
def test_a_spoilt_file_gives_a_scenario_or_its_faults(mutations: list[tuple[tuple[str, ...], str, str, Any]]) -> None:
    data = village()
    for path, how, key, value in mutations:
        mutate(data, path, how, key, value)
    found = faults(data)
    assert all(str(fault).isprintable() for fault in found)


PATHS = sorted({".".join(path) for path in PLACES})
ODD_PATHS = ["", ".", "a..b", "title.x.y", "compare.0"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(
        st.sampled_from([*PATHS, "", ".", "a..b", "title.x.y", "compare.0"]), st.sampled_from(VALUES), max_size=3
    )
)
def test_any_value_at_any_path_gives_a_scenario_or_its_faults(values: dict[str, Any]) -> None:
    scenario = Scenario.from_data("village", village())
    with contextlib.suppress(ScenarioError):
        assert isinstance(scenario.with_values(values), Scenario)
