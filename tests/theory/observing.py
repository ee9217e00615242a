"""What a run shows of the quantities that theory gives, replication by replication."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.engine.engines import simulate
from sim.engine.model import compiled
from sim.engine.population import Population, population
from sim.engine.tables import LevelChanges, Tables, Visits
from sim.scenario.scenario import Scenario

STANDARD_ERRORS = 4.0
REPLICATIONS = 30

Floats = NDArray[np.float64]
Observe = Callable[[Scenario, Population, Tables], Mapping[str, float]]
Data = dict[str, Any]


def network(stages: Data, teams: Data, *, a_day: float, weeks: tuple[int, int, int], **other: Any) -> Scenario:
    """A pathway `p` that starts at its first stage; `weeks` are warm-up, cohort and follow-up."""
    top = {name: other.pop(name) for name in ("groups",) if name in other}
    return Scenario.from_data(
        "theory",
        {
            "title": "A system that theory knows",
            "compare": ["p"],
            "arrivals": {"per_day": a_day},
            "run": {"seed": 0, "weeks": dict(zip(("warm_up", "cohort", "follow_up"), weeks, strict=True))},
            **top,
            "pathways": {"p": {"starts_at": next(iter(stages)), "stages": stages, "teams": teams, **other}},
        },
    )


def cohort_alone(scenario: Scenario, replication: int) -> Population:
    """The population with nobody behind the cohort: enough where citizens do not meet."""
    people = population(scenario, replication)
    columns: list[Any] = [column[people.arrival < scenario.run.weeks.cohort_to] for column in people]
    return Population(*columns)


def observed(
    scenario: Scenario,
    observe: Observe,
    *,
    seed: int,
    crowd: Callable[[Scenario, int], Population] = population,
    pathway: str | None = "p",
    number: int = REPLICATIONS,
) -> dict[str, Floats]:
    """Each measure of `observe` in independent replications."""
    seeded = scenario.with_values({"run.seed": seed})
    model = compiled(seeded, pathway)
    rows = []
    for replication in range(number):
        people = crowd(seeded, replication)
        rows.append(observe(seeded, people, simulate(model, people)))
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}


def apart(samples: Floats, expected: float) -> float:
    """How far the mean of independent replications lies from theory [standard errors]."""
    return float(abs(samples.mean() - expected) / (samples.std(ddof=1) / math.sqrt(samples.size)))


def disagreeing(seen: Mapping[str, Floats], expected: Mapping[str, float]) -> set[str]:
    """The measures whose mean lies 4 standard errors or more from theory."""
    return {name for name, value in expected.items() if not apart(seen[name], value) < STANDARD_ERRORS}


# -- what can be seen -------------------------------------------------------------------------------------------------


def in_cohort(scenario: Scenario, visits: Visits) -> NDArray[np.bool_]:
    """Visits that joined in the cohort window, when the system has long been in its steady state."""
    weeks = scenario.run.weeks
    return (visits.joined >= weeks.cohort_from) & (visits.joined < weeks.cohort_to)


def of_cohort(scenario: Scenario, people: Population) -> NDArray[np.bool_]:
    """Citizens whose need arose in the cohort window."""
    weeks = scenario.run.weeks
    return (people.arrival >= weeks.cohort_from) & (people.arrival < weeks.cohort_to)


def waits(scenario: Scenario, visits: Visits, stage: int = 0) -> Floats:
    """Days in the queue of every visit to a stage in the window, whether served or gone."""
    here = in_cohort(scenario, visits) & (visits.stage == stage)
    left_queue = np.where(np.isnan(visits.started), visits.ended, visits.started)
    return np.asarray((left_queue - visits.joined)[here])


def present(visits: Visits, stage: int, instants: Floats) -> NDArray[np.int64]:
    """How many are at a stage at each of `instants`."""
    here = visits.stage == stage
    joined, ended = np.sort(visits.joined[here]), np.sort(visits.ended[here])
    return np.searchsorted(joined, instants, side="right") - np.searchsorted(ended, instants, side="right")


def levels_by_day(people: Population, changes: LevelChanges, days: Floats) -> NDArray[np.int64]:
    """The level of each citizen so many `days` after their arrival, one row a citizen; 0 when none or gone."""
    columns = []
    for day in days:
        level = people.level.copy()
        before = changes.day - people.arrival[changes.citizen] <= day
        level[changes.citizen[before]] = changes.to_level[before]  # of several the last stays
        columns.append(level)
    return np.stack(columns, axis=1)


def days_in_need(people: Population, changes: LevelChanges, horizon_days: float) -> Floats:
    """Days above level none within `horizon_days` of arrival, by citizen."""
    ends = changes.to_level == 0
    days = np.full(len(people), horizon_days)
    who = changes.citizen[ends]
    days[who] = np.minimum(changes.day[ends] - people.arrival[who], horizon_days)
    return days
