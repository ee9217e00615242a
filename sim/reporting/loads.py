"""Loads: how much of each team is used, whether its queue grows, who waits for it and how long, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from sim.experiments.steadiness import GROWING, NEARLY_FULL
from sim.measures.capacity import caseload_places
from sim.measures.rising import RISE
from sim.reporting import queues_wording as said
from sim.reporting.amounts import amount, listed, plain_number, stated
from sim.reporting.captions import NOBODY
from sim.reporting.names import plain_name
from sim.reporting.results import Results
from sim.reporting.tables import estimate, within
from sim.scenario.teams import Team

BUSY = 0.85
STATES = ("unserved", "growing", "nearly_full", "busy", "easy", "unlimited")
"""How a team stands, the worst first."""
TIGHT = ("unserved", "growing", "nearly_full")


@dataclass(frozen=True)
class Load:
    """A team of a pathway on one basis: how it stands, how much of it is used, its queue and the longest wait there."""

    name: str
    state: str
    used: pd.Series | None
    backlog: pd.Series
    growth: pd.Series
    stage: str
    wait: pd.Series | None
    ninetieth: pd.Series | None

    @property
    def title(self) -> str:
        """What the team is called."""
        return plain_name(self.name)

    @property
    def share(self) -> str:
        """The share of it that is used; nothing where it has no limit."""
        return "" if self.used is None else _amount(self.used)


def loads(results: Results, basis: str, pathway: str) -> list[Load]:
    """The load of each team of a pathway, in the file's order."""
    teams = results.scenario.pathways[pathway].teams
    made = (_load(results, basis, pathway, name, team) for name, team in teams.items())
    return [load for load in made if load]


def _load(results: Results, basis: str, pathway: str, name: str, team: Team) -> Load | None:
    used, backlog, growth = (
        results.overall(basis, pathway, measure, name) for measure in ("utilisation", "backlog", "backlog_growth")
    )
    if backlog is None or growth is None:
        return None
    stages = [stage for stage, it in results.scenario.pathways[pathway].stages.items() if it.team == name]
    waits = {stage: row for stage in stages if (row := results.overall(basis, pathway, "wait_days", stage)) is not None}
    stage = max(waits, key=lambda stage: float(waits[stage]["mean"]), default="")
    return Load(
        name=name,
        state=_state(team, used, grows=grows(results, basis, pathway, name)),
        used=used,
        backlog=backlog,
        growth=growth,
        stage=stage,
        wait=waits.get(stage),
        ninetieth=results.overall(basis, pathway, "wait_days_90th", stage),
    )


def grows(results: Results, basis: str, pathway: str, team: str) -> bool:
    """Whether the queue for a team grows, as the run that wrote the results found."""
    told = (one for one in results.manifest["notices"] if one["kind"] == GROWING)
    return any((one["basis"], one["pathway"], one["team"]) == (basis, pathway, team) for one in told)


def _state(team: Team, used: pd.Series | None, *, grows: bool) -> str:
    if not any(posts for _, posts in team.posts_by_week):
        return "unserved"
    if grows:
        return "growing"
    if used is None:
        return "unlimited"
    share = float(used["mean"])
    return "nearly_full" if share > NEARLY_FULL else "busy" if share > BUSY else "easy"


def rule() -> str:
    """When a team is called what."""
    full, busy, rise = (stated(share, "share") for share in (NEARLY_FULL, BUSY, RISE))
    return said.RULE.format(full=full, busy=busy, rise=rise)


def longest_queue(found: Sequence[Load]) -> Load:
    """The team that holds up most: one that is overloaded before any other, then the one with the longest queue."""
    return max(found, key=lambda load: (load.state in ("unserved", "growing"), float(load.backlog["mean"])))


def in_words(found: Sequence[Load]) -> str:
    """Which team is the bottleneck, how many wait for it and how long; then how every team stands."""
    first = longest_queue(found)
    return " ".join(
        [_queue(first), *(_standing(found, state) for state in STATES if any(load.state == state for load in found))]
    )


def _queue(first: Load) -> str:
    if float(first.backlog["mean"]) < NOBODY and first.state not in TIGHT:
        return said.NO_QUEUE
    lead = said.TIGHT if first.state in TIGHT else said.LONGEST
    people, low, high = (_count(first.backlog, name) for name in ("mean", "low", "high"))
    return said.QUEUE.format(
        lead=lead.format(team=first.title), people=people, low=low, high=high, longest=_longest(first)
    )


def _longest(load: Load) -> str:
    if load.wait is None:
        return ""
    cell = estimate(_not_below_nothing(load.wait))
    return said.LONGEST_AT.format(
        stage=plain_name(load.stage),
        wait=_amount(load.wait),
        interval=said.INTERVAL.format(interval=cell.below) if cell.below else "",
        ninetieth=_ninetieth(load.ninetieth),
    )


def _not_below_nothing(row: pd.Series) -> pd.Series:
    """A row whose interval does not reach below 0: nobody waits less than no time."""
    return pd.Series({**row.to_dict(), "low": max(0.0, float(row["low"]))})


def _ninetieth(row: pd.Series | None) -> str:
    """How long one in ten wait at least; nothing where most do not wait at all."""
    return said.NINETIETH.format(days=_amount(row)) if row is not None and row["mean"] > 0 else ""


def _standing(found: Sequence[Load], state: str) -> str:
    """The teams that stand so, each with the share of it that is used, or how fast its queue grows."""
    told = [_told(load) for load in found if load.state == state]
    return said.STANDING[state].format(teams=listed(told))


def _told(load: Load) -> str:
    if load.state == "growing":
        growth, low, high = (_count(load.growth, name) for name in ("mean", "low", "high"))
        return said.GROWING.format(team=load.title, growth=growth, low=low, high=high)
    return said.TEAM_USED.format(team=load.title, used=load.share) if load.share else load.title


def beside(load: Load) -> str:
    """How a team stands, in a word or two beside its bar."""
    return said.SHORT[load.state].format(growth=_count(load.growth))


def of_how_much(results: Results, basis: str, pathway: str, load: Load) -> str:
    """Hours, or places, that are used of those there are; as specified only, since other bases change posts."""
    team = results.scenario.pathways[pathway].teams[load.name]
    if load.used is None or basis != "as_specified":
        return ""
    share = float(load.used["mean"])
    if team.works == "caseload":
        places = sum(caseload_places(results.scenario, pathway, load.name).values())
        return said.PLACES.format(used=plain_number(share * places), all=plain_number(places, 0))
    hours = team.mean_posts_in(results.scenario.run.weeks.cohort) * team.hours_with_citizens_a_week
    return said.HOURS.format(used=plain_number(share * hours), all=plain_number(hours))


def _count(row: pd.Series, name: str = "mean") -> str:
    """A number of people; none waits fewer than nobody."""
    value = float(row[name]) if row["measure"] == "backlog_growth" else max(float(row[name]), 0.0)
    return amount(value, "count", half_width=float(row["high"] - row["low"]) / 2)


def _amount(row: pd.Series) -> str:
    unit, half_width = str(row["unit"]), float(row["high"] - row["low"]) / 2
    value = within(unit, float(row["mean"]), float(row["mean"]))[0]
    return amount(max(value, 0.0), unit, half_width=half_width)
