"""Whether what is said of who comes makes sense together: how often, of which groups, and who waits at the start."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sim.errors import Fault
from sim.scenario.arrivals import Arrivals
from sim.scenario.citizens import Group, Place, WaitingAtStart
from sim.scenario.plans import Run
from sim.scenario.vocabulary import DAYS_A_WEEK, UNLIMITED

MOST_CITIZENS = 1_000_000_000
"""Citizens of one replication that no machine can hold; how many this one can is found before a run."""

Tables = Mapping[str, Mapping[str, Any]]


def form_faults(data: Mapping[str, Any], groups: Tables) -> Iterator[Fault]:
    """Arrivals said for all and for groups, for some groups only, or nowhere; `groups` are those of the plain data."""
    own = [name for name, group in groups.items() if "arrivals" in group]
    if "arrivals" in data and own:
        problem = f"stands beside `arrivals` of its own in {', '.join(own)}"
        yield Fault("arrivals", problem, "drop it and give every group its own, or drop those of the groups")
    elif own and len(own) < len(groups):
        without = next(name for name in groups if name not in own)
        problem = f"is missing: {', '.join(own)} {'has' if len(own) == 1 else 'have'} `arrivals` of {_whose(own)}"
        remedy = "add it, or give one [arrivals] for all and each group a `share` of them"
        yield Fault(f"groups.{without}.arrivals", problem, remedy)
    elif not own and "arrivals" not in data:
        yield Fault("arrivals", "`arrivals` is missing", "add it: how often needs arise")


def _whose(own: list[str]) -> str:
    return "its own" if len(own) == 1 else "their own"


def rate_faults(arrivals: Arrivals | None, groups: Mapping[str, Group], place: Place | None) -> Iterator[Fault]:
    """Rates that cannot be worked out, and arrivals that cannot be shared out among groups."""
    given = {"arrivals": arrivals, **{f"groups.{name}.arrivals": group.arrivals for name, group in groups.items()}}
    per_adult = any(one is not None and one.per_1000_adults_a_year is not None for one in given.values())
    if per_adult and place is not None and place.adults is None:
        problem = "is missing, but arrivals are per 1,000 adults"
        yield Fault("place.adults", problem, "add it: adults living in the area [people]")
    if arrivals is not None and not arrivals.is_poisson and len(groups) > 1:
        law = arrivals.days_between.law if arrivals.days_between else ""
        problem = f"shares of arrivals with a {law} time between them would have another time between them"
        remedy = "give each group its own as groups.NAME.arrivals, or an exponential time (a bare number)"
        yield Fault("arrivals.days_between", problem, remedy)


def size_faults(
    arrivals: Arrivals | None, groups: Mapping[str, Group], place: Place, waiting: WaitingAtStart | None, run: Run
) -> Iterator[Fault]:
    """More citizens than a machine can hold."""
    given = {"arrivals": arrivals, **{f"groups.{name}.arrivals": group.arrivals for name, group in groups.items()}}
    came = {path: one.a_day(place.adults) * run.weeks.horizon for path, one in given.items() if one is not None}
    came |= {"waiting_at_start.people": float(waiting.people)} if waiting is not None else {}
    total = sum(came.values())
    if total > MOST_CITIZENS:
        problem = f"a run of {run.weeks.horizon / DAYS_A_WEEK:,.0f} weeks would hold {total:,.3g} citizens"
        remedy = f"expected at most {MOST_CITIZENS:,}: fewer arrivals, or shorter run.weeks"
        yield Fault(max(came, key=lambda path: came[path]), problem, remedy)


def relapse_faults(groups: Mapping[str, Group], pathways: Tables) -> Iterator[Fault]:
    """Relapses of needs that never end."""
    stages = [pathway.get("stages") for pathway in pathways.values()]
    helped = any(
        isinstance(stage, dict) and "help" in stage
        for named in stages if isinstance(named, dict) for stage in named.values()
    )  # fmt: skip
    for name, group in groups.items():
        if group.relapses_after_days is not None and group.eases_after_days.low is None and not helped:
            problem = "has no effect: no need ends, for none eases from low and no stage helps"
            yield Fault(f"groups.{name}.relapses_after_days", problem, "give eases_after_days.low, or drop it")


def waiting_faults(data: Mapping[str, Any], pathways: Tables) -> Iterator[Fault]:
    """Stages at which those who wait when the run begins cannot wait."""
    for name, pathway in pathways.items():
        path = f"pathways.{name}.waiting_at"
        if "waiting_at_start" not in data:
            if "waiting_at" in pathway:
                problem = "has no effect: nobody waits when the run begins"
                yield Fault(path, problem, "give [waiting_at_start], or drop it")
            continue
        where = pathway.get("waiting_at", pathway.get("starts_at"))
        stages, teams = pathway.get("stages"), pathway.get("teams")
        stage = stages.get(where) if isinstance(stages, dict) and isinstance(where, str) else None
        if not isinstance(stage, dict):
            continue
        remedy = "name a stage worked by a team with a number of posts"
        if "delay_days" in stage:
            yield Fault(path, f"nobody can wait at `{where}` for a team: it is a delay", remedy)
        team = teams.get(stage.get("team")) if isinstance(teams, dict) and isinstance(stage.get("team"), str) else None
        if isinstance(team, dict) and team.get("posts") == UNLIMITED:
            yield Fault(path, f"nobody waits at `{where}`: `{stage['team']}` has unlimited posts", remedy)
