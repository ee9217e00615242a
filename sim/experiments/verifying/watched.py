"""Watched: the few figures whose steadiness is tried, by replication: headline differences, or else queues."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.experiments.arms import Plan
from sim.experiments.comparison import headlines
from sim.experiments.estimates import Estimates, Key, difference, estimates
from sim.experiments.statistics import replications_wanted, t_quantile
from sim.measures.arrays import Floats
from sim.measures.definitions import DEFINITIONS
from sim.measures.reductions import Reduction
from sim.scenario.scenario import Scenario


@dataclass(frozen=True)
class Watched:
    """A figure by replication, and the headline it is a difference of (empty: a queue)."""

    of: str
    unit: str
    values: Floats
    headline: str = ""

    @property
    def error(self) -> float:
        """Standard error of its mean over replications."""
        return float(self.values.std(ddof=1)) / float(np.sqrt(self.values.size))


def watched(agreed: Plan, found: Sequence[tuple[Reduction, ...]]) -> list[Watched]:
    """Each headline's difference from the first pathway (or of an only one from no service); with no headlines, the
    mean number waiting for each team. `found` are the reductions of the arms, replication by replication.
    """
    arms = [estimates(arm.scenario, arm.pathway, [one[at] for one in found]) for at, arm in enumerate(agreed.arms)]
    names = headlines(agreed.scenario)
    return _differences(agreed, arms, names) or _queues(agreed, arms)


def _differences(agreed: Plan, arms: list[Estimates], names: list[str]) -> list[Watched]:
    given = [place for place, arm in enumerate(agreed.arms) if arm.pathway]
    pairs = [(place, given[0]) for place in given[1:]] or [(0, place) for place in range(1, len(arms))]
    return [
        Watched(
            f"{name}, {agreed.arms[one].name} less {agreed.arms[other].name}",
            DEFINITIONS[name].unit,
            difference(arms[one][Key(name)], arms[other][Key(name)]).values,
            name,
        )
        for one, other in pairs
        for name in names
        if Key(name) in arms[one] and Key(name) in arms[other]
    ]


def _queues(agreed: Plan, arms: list[Estimates]) -> list[Watched]:
    found = []
    for place, arm in enumerate(agreed.arms):
        for team in agreed.scenario.pathways[arm.pathway].teams if arm.pathway else ():
            backlog = arms[place].get(Key("backlog", part=team))
            if backlog is not None:
                found.append(Watched(f"waiting for {team}, {arm.name}", "people", backlog.values))
    return found


def planned_half_width(scenario: Scenario, one: Watched) -> tuple[float, int]:
    """The half-width the figure's interval will have with the replications of the file's plan; and how many these are.

    By the spread seen in these replications, and Student's t with the plan's adjustment for several headlines.
    """
    run = scenario.run
    comparisons = max(1, len(headlines(scenario))) if one.headline else 1
    count = run.replications
    if one.headline in run.precision:
        wanted = np.array([run.precision[one.headline]])
        count = replications_wanted(one.values[:, None], wanted, comparisons, run.replications, run.most_replications)
    spread = float(one.values.std(ddof=1))
    return t_quantile(count, comparisons) * spread / float(np.sqrt(count)), count
