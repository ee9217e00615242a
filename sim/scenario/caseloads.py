"""Caseloads: how many open cases a post has the hours for (rule 15)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from sim.scenario.pathways import Pathway
from sim.scenario.stages import Stage

DECIMALS = 4
"""Cases each are rounded down to so many decimals."""

Mix = Mapping[str, tuple[float, float]]
"""By group its share of arrivals and its mean number of needs."""


def hours_a_case(stage: Stage, mix: Mix) -> float:
    """Staff hours a week that a case at a caseload stage takes, of groups mixed as they arrive; 0 if it takes none."""
    hours = sum(share * stage.expected_hours(group, needs) for group, (share, needs) in mix.items())
    weeks = sum(share * stage.expected_weeks(group, needs) for group, (share, needs) in mix.items())
    return hours / weeks if weeks > 0 else 0.0


def too_many_cases(pathway: Pathway, mix: Mix) -> Iterator[tuple[str, float]]:
    """Teams of a pathway whose posts hold more cases than their hours allow, with as many as these allow."""
    for name, team in pathway.teams.items():
        stages = [stage for stage in pathway.stages.values() if stage.team == name and stage.weeks is not None]
        most = max((hours_a_case(stage, mix) for stage in stages), default=0.0)
        if team.cases_each is not None and team.cases_each * most > team.hours_with_citizens_a_week:
            yield name, math.floor(team.hours_with_citizens_a_week / most * 10**DECIMALS) / 10**DECIMALS
