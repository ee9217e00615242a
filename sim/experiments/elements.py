"""What each element contributes: the first pathway with every combination of a file's elements, as a game.

The elements are the changes that one pathway lists beside `like = "<the first pathway>"`, at least two of them; where
several pathways do, the one that lists most. Each combination is brought to the first pathway's spend anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from sim.errors import RequestError
from sim.experiments.comparison import headlines
from sim.experiments.drivers.game import Contributions, contributions
from sim.experiments.outcomes import Outcomes, Refused, Task, bases_of, differences, evaluate, in_full
from sim.experiments.statistics import half_width
from sim.experiments.workers import Crew
from sim.measures.arrays import Floats
from sim.measures.definitions import DEFINITIONS
from sim.scenario.scenario import Scenario

SETS_A_TASK = 8
"""So many combinations run beside the first pathway in one task: it is run again for each task."""

FEWEST, MOST = 2, 8
"""Elements of a game; the combinations double with each."""

SET = "set_of_elements_{row}"

ELEMENT_COLUMNS = (
    "basis", "measure", "unit", "element", "mean", "low", "high", "first_in", "first_in_low", "first_in_high",
    "last_in", "last_in_low", "last_in_high", "replications",
)  # fmt: skip

ALL_TOGETHER = ""
"""In place of an element: all of them, which is what the parts add up to."""


class Elements(NamedTuple):
    """The elements of a scenario: their names, and the pathway that has them all."""

    pathway: str
    names: tuple[str, ...]


def elements_of(scenario: Scenario) -> Elements | None:
    """The elements a scenario offers; None where no pathway is the first one with two changes or more."""
    first = scenario.compare[0]
    lists = {
        name: tuple(given.get("changes", ()))
        for name, given in scenario.data["pathways"].items()
        if given.get("like") == first
    }
    name = max(lists, key=lambda one: len(lists[one]), default="")
    return Elements(name, lists[name]) if name and len(lists[name]) >= FEWEST else None


def elements(
    scenario: Scenario, replications: int, hands: Crew, begin: Callable[[int], None] = lambda _: None
) -> pd.DataFrame:
    """What each element contributes to each headline difference from the first pathway, on each basis.

    Shapley values within each replication, so that they add up exactly, with paired intervals over replications.

    Raises
    ------
    RequestError
        If the file has no elements, or more than eight.
    ScenarioError
        If a combination may not be, or cannot reach the first pathway's spend.
    """
    offered = elements_of(scenario)
    if offered is None:
        problem = f'{scenario.name}: no pathway is `like = "{scenario.compare[0]}"` with two changes or more'
        raise RequestError(f"{problem}; write one that lists the elements in `changes`, as `all_six` in anytown")
    if len(offered.names) > MOST:
        raise RequestError(f"{scenario.name}: {len(offered.names)} elements are too many; at most {MOST} can be told")
    worth = worth_of_sets(scenario, offered.names, range(replications), hands, begin)
    return pd.DataFrame(_rows(scenario, offered.names, worth), columns=list(ELEMENT_COLUMNS))


def with_sets(scenario: Scenario, names: tuple[str, ...], rows: range) -> Scenario:
    """The scenario comparing its first pathway with these combinations: element k is in row r where bit k of r is 1."""
    data, first = scenario.data, scenario.compare[0]
    sets = {SET.format(row=row): [name for at, name in enumerate(names) if row >> at & 1] for row in rows}
    for name, chosen in sets.items():
        data["pathways"][name] = {"like": first, "title": name, "changes": chosen}
    data |= {"compare": [first, *sets], "bases": list(bases_of(scenario))}
    return Scenario.from_data(scenario.name, data, is_tried=True)


def worth_of_sets(
    scenario: Scenario, names: tuple[str, ...], numbers: range, hands: Crew, begin: Callable[[int], None]
) -> Floats:
    """Differences of each combination from the first pathway (2^elements, replications, bases, measures)."""
    rows = range(1, 2 ** len(names))
    parts = [rows[at : at + SETS_A_TASK] for at in range(0, len(rows), SETS_A_TASK)]
    scenarios = [with_sets(scenario, names, part) for part in parts]
    begin(len(parts) * len(numbers))
    tasks = [Task(changed, {}, number) for changed in scenarios for number in numbers]
    found = map(in_full, evaluate(tasks, hands))
    worth = np.zeros((len(rows) + 1, len(numbers), len(bases_of(scenario)), len(headlines(scenario))))
    for part, changed in zip(parts, scenarios, strict=True):
        for at in range(len(numbers)):
            worth[part.start : part.stop, at] = _by_set(changed, next(found))
    return worth


def _by_set(changed: Scenario, found: Outcomes | Refused) -> Floats:
    """Differences of the sets of a task (sets, bases, measures)."""
    if isinstance(found, Refused):
        raise RequestError(f"{changed.name}: a combination of its elements may not be: {found.path}: {found.problem}")
    of = differences(changed, found.values).reshape(len(changed.bases), len(changed.compare), -1)
    return np.asarray(of[:, 1:].transpose(1, 0, 2))


def _rows(scenario: Scenario, names: tuple[str, ...], worth: Floats) -> Iterator[dict[str, Any]]:
    found = contributions(worth)
    for at_basis, basis in enumerate(bases_of(scenario)):
        for at_measure, measure in enumerate(headlines(scenario)):
            what = {"basis": basis, "measure": measure, "unit": DEFINITIONS[measure].unit}
            here = (slice(None), slice(None), at_basis, at_measure)
            yield from _of_measure(what, names, Contributions(*(part[here] for part in found)), worth[here])


def _of_measure(
    what: dict[str, Any], names: tuple[str, ...], found: Contributions, worth: Floats
) -> Iterator[dict[str, Any]]:
    columns = ("mean", "low", "high"), *(tuple(f"{one}{end}" for end in ("", "_low", "_high")) for one in ENDS)
    for at, name in enumerate((*names, ALL_TOGETHER)):
        parts = found if name else (worth[None, -1],)
        estimates = [dict(zip(heads, _estimate(part[at if name else 0]), strict=True))
                     for heads, part in zip(columns, parts, strict=False)]  # fmt: skip
        yield {
            **what,
            "element": name,
            "replications": worth.shape[1],
            **{k: v for one in estimates for k, v in one.items()},
        }


ENDS = ("first_in", "last_in")


def _estimate(values: Floats) -> tuple[float, float, float]:
    """Mean and 95% interval over replications."""
    mean, half = float(values.mean()), float(half_width(values))
    return mean, mean - half, mean + half
