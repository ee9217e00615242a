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
    """A figure by replication, the headline it is a difference of (empty: a queue), and how large that is there."""

    of: str
    unit: str
    values: Floats
    headline: str = ""
    level: float = 0.0
    """The figure of the pathway that the other is compared with."""

    @property
    def error(self) -> float:
        """Standard error of its mean over replications."""
        return float(self.values.std(ddof=1)) / float(np.sqrt(self.values.size))


def watched(agreed: Plan, found: Sequence[tuple[Reduction, ...]]) -> list[Watched]:
    """Each headline's difference from the first pathway (or of an only one from no service); with no headlines, the
    queues. `found` are the reductions of the arms, replication by replication.
    """
    return _differences(agreed, _estimates(agreed, found), headlines(agreed.scenario)) or queues(agreed, found)


def _estimates(agreed: Plan, found: Sequence[tuple[Reduction, ...]]) -> list[Estimates]:
    return [estimates(arm.scenario, arm.pathway, [one[at] for one in found]) for at, arm in enumerate(agreed.arms)]


def _differences(agreed: Plan, arms: list[Estimates], names: list[str]) -> list[Watched]:
    given = [place for place, arm in enumerate(agreed.arms) if arm.pathway]
    pairs = [(place, given[0]) for place in given[1:]] or [(0, place) for place in range(1, len(arms))]
    return [
        Watched(
            f"{name}, {agreed.arms[one].name} less {agreed.arms[other].name}",
            DEFINITIONS[name].unit,
            difference(arms[one][Key(name)], arms[other][Key(name)]).values,
            name,
            arms[other][Key(name)].point,
        )
        for one, other in pairs
        for name in names
        if Key(name) in arms[one] and Key(name) in arms[other]
    ]


def queues(agreed: Plan, found: Sequence[tuple[Reduction, ...]]) -> list[Watched]:
    """The mean number waiting for each team of each pathway."""
    arms, made = _estimates(agreed, found), []
    for place, arm in enumerate(agreed.arms):
        for team in agreed.scenario.pathways[arm.pathway].teams if arm.pathway else ():
            backlog = arms[place].get(Key("backlog", part=team))
            if backlog is not None:
                made.append(Watched(f"waiting for {team}, {arm.name}", "people", backlog.values))
    return made


def planned_replications(scenario: Scenario, figures: Sequence[Watched]) -> int:
    """How many replications the file's own plan comes to, by the spread seen in these: its second stage among them."""
    run = scenario.run
    named = [one for one in figures if one.headline in run.precision]
    if not named:
        return run.replications
    return replications_wanted(
        np.array([one.values for one in named]).T,
        np.array([run.precision[one.headline] for one in named]),
        max(1, len(headlines(scenario))),
        run.replications,
        run.most_replications,
    )


def planned_half_width(scenario: Scenario, one: Watched, count: int) -> float:
    """The half-width the figure's interval will have with so many replications, adjusted for several headlines."""
    comparisons = max(1, len(headlines(scenario))) if one.headline else 1
    return t_quantile(count, comparisons) * float(one.values.std(ddof=1)) / float(np.sqrt(count))
