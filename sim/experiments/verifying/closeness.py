"""Which known formula a stage is close to, by rule, or why to none."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from sim.engine import tables as t
from sim.experiments.verifying.findings import counted
from sim.experiments.verifying.formulas import Line
from sim.experiments.verifying.known import unknown_to_formulas
from sim.measures.arrays import overlap
from sim.measures.record import Record
from sim.measures.waiting import waiting_until
from sim.scenario.laws import Law
from sim.scenario.pathways import Pathway
from sim.scenario.scenario import Scenario
from sim.scenario.stages import Stage
from sim.scenario.teams import Team
from sim.scenario.vocabulary import DAYS_A_WEEK, MINUTES_AN_HOUR

LARGEST_ROOM = 100_000
"""A queue with more room than this is as good as endless."""


@dataclass(frozen=True)
class Facts:
    """What the file says of a stage that is alone with its team."""

    stage: str
    team: str
    fewest: int
    most: int
    """Whole servers there are at any time: with a fraction of a post, one more on some days."""
    service_days: float
    variation: float
    patience_days: float
    room: float

    def line(self, a_day: float, servers: int) -> Line:
        """The line that theory knows, at so many arrivals a day."""
        return Line(a_day, self.service_days, servers, self.patience_days, self.room)


@dataclass(frozen=True)
class Seen:
    """What one replication shows of a stage in its cohort window."""

    days: float
    joined: int
    full: int
    waiting_days: float
    otherwise: int
    """Left the queue neither for service nor for want of patience: recovered, died or moved away."""
    spread: float
    """Variance of the number joining in a day, over its mean."""


def facts(scenario: Scenario, pathway: str, team: str) -> Facts | str:
    """The facts of the one stage a team works, or why no formula is close to it."""
    given = scenario.pathways[pathway]
    stages = {name: stage for name, stage in given.stages.items() if stage.team == team}
    if why := _why_no_team(given.teams[team], stages) or _why_unsteady(scenario, given):
        return why
    (name, stage), workers = next(iter(stages.items())), given.teams[team]
    service = stage.weeks or stage.minutes or stage.hours
    if service is None or (why := _why_no_stage(stage, service)):
        return why if service else "it has no duration"
    servers = workers.mean_posts * (1.0 if workers.works == "appointments" else workers.cases_each or 0.0)
    whole = math.floor(servers + 1e-9)
    fraction = workers.works == "appointments" and servers - whole > 1e-9
    patience, room = stage.gives_up_after_days, stage.queue_limit
    return Facts(
        stage=name,
        team=team,
        fewest=whole,
        most=whole + fraction,
        service_days=service.expected * _days(stage, workers),
        variation=service.spread / service.expected,
        patience_days=patience.expected if patience else math.inf,
        room=room if room is not None and room <= LARGEST_ROOM else math.inf,
    )


def _days(stage: Stage, team: Team) -> float:
    """Days a post or place is taken for each unit of the stage's service law."""
    if stage.weeks is not None:
        return float(DAYS_A_WEEK)
    hours = 1 / MINUTES_AN_HOUR if stage.minutes is not None else 1.0
    return hours * DAYS_A_WEEK / team.hours_with_citizens_a_week


def _why_no_team(team: Team, stages: dict[str, Stage]) -> str:
    if team.is_unlimited:
        return "its posts are unlimited, so that nobody waits"
    if len(stages) != 1:
        return f"the team works {counted(len(stages), 'stage')}, whose queues mix"
    if team.per_neighbourhood:
        return "each neighbourhood has a queue of its own"
    if team.keeps:
        return "a place is kept until the approach ends, longer than a visit"
    if other := unknown_to_formulas(team):
        return f"`{other}` is set, which the formulas do not know"
    return "" if team.posts else "the team has no posts"


def _why_unsteady(scenario: Scenario, pathway: Pathway) -> str:
    """Why citizens of this pathway do not come by chance at one steady rate; empty if they may."""
    given = [scenario.arrivals_of(group) for group in scenario.groups]
    if not all(one.is_poisson for one in given):
        return "needs do not arise by a Poisson process"
    if any(one.weekly or one.daily or one.yearly for one in given):
        return "needs arise more often at some times than at others"
    if scenario.waiting_at_start and scenario.waiting_at_start.people:
        return "people wait when the run begins"
    closed = [name for name, team in pathway.teams.items() if team.shifts]
    return f"the hours of `{closed[0]}` shape who comes when" if closed else ""


def _why_no_stage(stage: Stage, service: Law) -> str:
    patience = stage.gives_up_after_days
    is_exponential = service.law == "exponential"
    if other := unknown_to_formulas(stage):
        return f"`{other}` is set, which the formulas do not know"
    if stage.missed is not None and stage.missed.then == "again":
        return "who misses an appointment waits again"
    if service.each_further_need:
        return "the work depends on the number of needs"
    if not service.expected:
        return "the work takes no time"
    if patience is not None and (patience.law != "exponential" or patience.each_further_need):
        return f"patience is {patience.law}, not exponential"
    limited = stage.queue_limit is not None and 0 < stage.queue_limit <= LARGEST_ROOM
    return f"the queue is limited and its work {service.law}, not exponential" if limited and not is_exponential else ""


def seen(record: Record, facts: Facts) -> Seen:
    """What a record shows of the stage."""
    weeks, visits = record.scenario.run.weeks, record.visits
    low, high = weeks.cohort_from, weeks.cohort_to
    here = visits.stage == list(record.pathway.stages if record.pathway else ()).index(facts.stage)
    inside = here & (visits.joined >= low) & (visits.joined < high)
    unserved = inside & np.isnan(visits.started)
    by_day = np.bincount((visits.joined[inside] - low).astype(np.int64), minlength=round(high - low))
    return Seen(
        days=high - low,
        joined=int(inside.sum()),
        full=int((inside & (visits.outcome == t.FULL)).sum()),
        waiting_days=float(overlap(visits.joined[here], waiting_until(record.visits)[here], low, high).sum()),
        otherwise=int((unserved & np.isin(visits.outcome, (t.RECOVERED, t.LEFT_AREA))).sum()),
        spread=float(by_day.var(ddof=1) / by_day.mean()) if by_day.any() and by_day.size > 1 else math.nan,
    )


def stages_alone(pathway: Pathway) -> list[str]:
    """Teams that work any stage, in file order."""
    return [name for name in pathway.teams if any(stage.team == name for stage in pathway.stages.values())]
