"""Steadiness: whether queues settle, and what a reader must be told where they do not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial

from sim.experiments.arms import Plan
from sim.experiments.basis import LARGEST_RESIDUAL
from sim.experiments.equal_help import SMALLEST_PART, EqualHelp
from sim.experiments.estimates import Estimates, Key
from sim.experiments.settling import WarmUp
from sim.experiments.statistics import half_width
from sim.measures.rising import RISE
from sim.scenario.pathways import Pathway
from sim.scenario.vocabulary import DAYS_A_WEEK

NEARLY_FULL = 0.97
"""A team used more than this share of its time has hardly any slack: its waits hang on who gives up."""

OVER = 0.005
"""Used by more than this share beyond its time, a team works for nothing; less is a matter of a window's edges."""

GROWING = "growing_backlog"
"""The kind of notice of a team whose backlog grows."""

KINDS = ("nobody_served", GROWING, "warm_up", "out_of_reach", "nearly_full", "residual", "longer_history")
"""The kinds of notice, the worst first."""


@dataclass(frozen=True)
class Notice:
    """Something a reader must know before the numbers; of a team where it is one of a pathway's."""

    kind: str
    basis: str
    pathway: str
    text: str
    team: str = ""

    def as_dict(self) -> dict[str, str]:
        """The notice as plain data."""
        return asdict(self)


def notices(plan: Plan, found: Sequence[Estimates]) -> list[Notice]:
    """All that must be said of each arm, on each basis it stands on, and of the whole; the worst first."""
    of_arms = [
        replace(one, basis=footing.basis)
        for footing in plan.footings
        for place in footing.arms
        for one in _of_arm(plan, place, found[place])
    ]
    found_here = [*of_arms, *_of_warm_up(plan.warm_up), *_of_spend(plan), *_of_help(plan)]
    return sorted(found_here, key=lambda one: KINDS.index(one.kind))


def _of_warm_up(found: WarmUp | None) -> Iterator[Notice]:
    """What the warm-up was made, and whether the answer still hangs on it."""
    only = "there is no steady answer, only one for the years simulated from an empty start"
    if found is None or found.outcome in ("accepted", "not_checked"):
        return
    weeks = f"{found.used:,} weeks of warm-up"
    if found.outcome == "doubled":
        yield Notice("longer_history", "", "", f"{weeks} were used in place of {found.given:,}: {found.why}")
    elif found.outcome == "too_short":
        text = f"even {weeks}, in place of {found.given:,}, are not known to be enough: {found.why}; {only}"
        yield Notice("warm_up", "", "", text)
    else:
        yield Notice("warm_up", "", "", f"the answer moves with the length of the warm-up: {found.why}; {only}")


def _of_spend(plan: Plan) -> Iterator[Notice]:
    for one in plan.equal_spend:
        if abs(one.residual) > LARGEST_RESIDUAL:
            text = f"equal spend was reached only to {one.residual:+.1%}"
            yield Notice("residual", "equal_spend", one.pathway, text)


def _of_help(plan: Plan) -> Iterator[Notice]:
    first = plan.scenario.compare[0].replace("_", " ")
    for one in plan.equal_help:
        days = f"{one.reached_days:,.1f} days in need, against {one.target_days:,.1f} with {first}"
        if not one.is_in_reach:
            yield Notice("out_of_reach", "equal_help", one.pathway, f"{_out_of_reach(one)} {days}; it is left out")
        elif abs(one.residual) > LARGEST_RESIDUAL:
            text = f"equal help was reached only to {one.residual:+.1%}: the nearest that whole places allow is {days}"
            yield Notice("residual", "equal_help", one.pathway, text)


def _out_of_reach(one: EqualHelp) -> str:
    """From the posts as they are to the last tried, need is on one side of its target."""
    if one.factor > 1:
        return f"equal help was not reached, from 1 to {one.factor:g} times the posts: {one.factor:g} times come to"
    return f"equal help was not reached, from all the posts to {SMALLEST_PART} of them: {SMALLEST_PART} comes to"


def growing(plan: Plan, found: Sequence[Estimates]) -> set[int]:
    """Places of the arms in which a backlog grows."""
    return _told(plan, found, (GROWING,))


def unending(plan: Plan, found: Sequence[Estimates], weeks: int) -> set[int]:
    """Places of the arms that so many weeks more would not settle: a backlog grows, or nobody is there to serve it."""
    return _told(plan, found, (GROWING, "nobody_served"), weeks)


def _told(plan: Plan, found: Sequence[Estimates], kinds: Sequence[str], weeks: int = 0) -> set[int]:
    arms = range(len(plan.arms))
    return {place for place in arms if any(one.kind in kinds for one in _of_arm(plan, place, found[place], weeks))}


def _of_arm(plan: Plan, place: int, found: Estimates, weeks: int = 0) -> Iterator[Notice]:
    """Notices of an arm, as yet of no basis; growth is judged over so many weeks, or over the cohort window."""
    arm, weeks = plan.arms[place], weeks or plan.scenario.run.weeks.cohort
    if arm.pathway is None:
        return
    pathway = arm.scenario.pathways[arm.pathway]
    start = "this start" if arm.scenario.waiting_at_start else "an empty start"
    for name, team in pathway.teams.items():
        label = team.title or name.replace("_", " ")
        slope, used = found.get(Key("backlog_growth", part=name)), found.get(Key("utilisation", part=name))
        said = partial(Notice, basis="", pathway=arm.name, team=name)
        if not any(posts for _, posts in team.posts_by_week):
            yield said("nobody_served", text=f"{label} has no posts: nobody who waits for it is served")
            continue
        if slope is not None and grows(pathway, name, found, weeks):
            yield said(
                GROWING,
                text=f"the number waiting for {label} still grows by about {_in_two_figures(slope.point)} a week: the "
                f"service had not settled, and results hold only for the years simulated from {start}",
            )
        if used is not None and used.point > NEARLY_FULL:
            yield said("nearly_full", text=_how_full(label, used.point))


def _how_full(label: str, used: float) -> str:
    if used > 1 + OVER:
        return (
            f"the team {label} works {used - 1:.1%} more than its hours on shift: work begun goes on in overtime after "
            "its post has gone; and waits hang on how many give up"
        )
    return (
        f"the team {label} is used {used:.1%} of its time: waits hang on how many give up, and small changes of demand "
        "move them much"
    )


def _in_two_figures(number: float) -> str:
    """Two figures, and no power of ten."""
    return f"{float(f'{number:.2g}'):,g}"


def grows(pathway: Pathway, team: str, found: Estimates, weeks: int) -> bool:
    """Whether a team's backlog grows: surely, by over 5% in so many weeks, and by more than it deals with in a day.

    The last keeps a line of two or three, whose length hardly matters, from being called a backlog.
    """
    slope, backlog = found[Key("backlog_growth", part=team)], found[Key("backlog", part=team)]
    stages = (name for name, stage in pathway.stages.items() if stage.team == team)
    a_day = sum(found[Key("throughput", part=name)].point for name in stages) / DAYS_A_WEEK
    rise = slope.point * weeks
    surely = slope.point - float(half_width(slope.pseudo)) > 0
    return surely and rise > RISE * backlog.point and rise > a_day
