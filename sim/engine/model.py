"""A scenario's pathway compiled to plain arrays: the last place that sees a name or another unit."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.engine.codes import AWAY, NO_LIMIT
from sim.engine.instants import span
from sim.engine.population import waiting_from_day
from sim.engine.quantiles import LawRow
from sim.engine.sharing import places_of_a_caseload
from sim.engine.shifts import shift_arrays
from sim.engine.stage_arrays import Laws, order_arrays, route_arrays, stage_arrays
from sim.scenario.citizens import Group, LevelDays, WorseningDays
from sim.scenario.pathways import Pathway
from sim.scenario.scenario import Scenario
from sim.scenario.teams import SAME_DAY, Team
from sim.scenario.vocabulary import LEVELS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Hashes = NDArray[np.uint64]


class Model(NamedTuple):
    """Everything an engine needs to know of one pathway. No prices, no names.

    Sizes: S stages, T teams, N neighbourhoods, G groups, L laws, R kinds of routes, M targets at most. Levels run
    0 none .. 4 crisis, needs 0 .. 4. Means and laws are in days, the clock in microseconds, work in staff hours.
    """

    start: int
    waiting_at: int  # stage of those who wait already; AWAY where nobody helps
    waiting_from: int  # when they come there, microseconds
    has_levels: bool
    horizon: int  # microseconds
    pace_during_help: float
    # stages
    stage_team: Ints  # (S,) place of the team, AWAY for a delay
    stage_luck: Ints  # (S,) which luck's count the visits add to
    stage_draw: Hashes  # (S, 9) hash of each draw by WHATS
    stage_law: Ints  # (S, G, 4) rows of `laws` for work, weeks, delay, patience; AWAY: none
    missed: Floats  # (S,) chance that an appointment is not attended
    after_missed: Ints  # (S,) the stage itself, or AWAY
    gate_level: Ints  # (S,) lowest level that passes; 0: no gate
    gate_too_low: Floats  # (S,)
    gate_too_high: Floats  # (S,)
    gate_outside: Floats  # (S,)
    gate_most_needs: Ints  # (S,) 4 where any number passes
    has_help: NDArray[np.bool_]  # (S,)
    fits: Floats  # (S, 5) by needs
    meets_all: NDArray[np.bool_]  # (S,)
    eases_levels: Ints  # (S,)
    on_give_up: Ints  # (S,) stage or AWAY
    queue_limit: Ints  # (S,) people who may wait for the team; NO_LIMIT where there is none
    when_full: Ints  # (S,) stage or AWAY
    moves_up: Ints  # (S,) microseconds of waiting after which the rank is one higher; NEVER where it stays
    route_row: Ints  # (S, 5 levels, G, 5 needs) row of the two tables below
    route_edge: Floats  # (R, M) cumulated shares
    route_to: Ints  # (R, M) stage or AWAY
    # laws
    laws: tuple[LawRow, ...]
    law_tables: tuple[Floats, ...]
    # teams
    is_caseload: NDArray[np.bool_]  # (T,)
    keeps: NDArray[np.bool_]  # (T,)
    covers: NDArray[np.bool_]  # (T,) idle posts take who waits in another neighbourhood
    same_day: NDArray[np.bool_]  # (T,) work runs on after closing
    order: Ints  # (T,) what ranks those who wait: COME_FIRST, NEED_SEEN, TRUE_NEED or GROUP_RANK
    group_rank: Ints  # (T, G) rank of each group where that is the order; the lowest is served first
    speed: Floats  # (T,) staff hours a post works in an open day
    cell: Ints  # (T, N) which queue a neighbourhood's citizens join: its own, or 0 where pooled
    places: Ints  # (T, N) posts round the clock, or places of a caseload; NO_LIMIT where unlimited
    # shifts of the week, those of a team together, in order; H in all
    # a team has a calendar of the week for each number of posts it has in the run; C in all
    first_calendar: Ints  # (T + 1,) where a team's calendars begin
    calendar_week: Ints  # (C,) week of the run from which it holds; the first of a team from 0 on
    first_shift: Ints  # (C + 1,) where a calendar's shifts begin; none: round the clock with `places`
    shift_begins: Ints  # (H,) microseconds from Monday 00:00
    shift_ends: Ints  # (H,)
    shift_whole: Ints  # (H, N) whole posts
    shift_top: Ints  # (H, N) numerator of the fraction of a post
    shift_bottom: Ints  # (H, N) its denominator
    shift_quantum: Ints  # (H,) the quantum of open time it lies in, in the first week
    shift_quanta: Ints  # (H,) quanta a week
    # citizens
    worsens: Floats  # (G, 5) mean days, inf: never
    eases: Floats  # (G, 5)
    leaves: Floats  # (G, 5)
    relapses: Floats  # (G,) mean days from the end of a need to its return, inf: never
    asks: Floats  # (5,) mean days before the first contact; 0: at once
    comes_back: Floats  # (5,)


def compiled(scenario: Scenario, pathway: str | None) -> Model:
    """The model of one pathway of a scenario; of `no_service` where `pathway` is None."""
    given = scenario.pathways[pathway] if pathway is not None else _nobody_helps()
    groups = list(scenario.groups)
    laws = Laws()
    return Model(
        start=list(given.stages).index(given.starts_at) if given.stages else AWAY,
        waiting_at=list(given.stages).index(given.waiting_at or given.starts_at) if given.stages else AWAY,
        waiting_from=span(waiting_from_day(scenario)),
        has_levels=scenario.has_levels,
        horizon=span(scenario.run.weeks.horizon),
        pace_during_help=scenario.course.pace_during_help,
        **stage_arrays(given, groups, laws),
        **route_arrays(given, groups),
        laws=tuple(laws.rows),
        law_tables=tuple(laws.tables),
        **_team_arrays(list(given.teams.values()), scenario),
        **order_arrays(given, groups),
        **_course_arrays(list(scenario.groups.values())),
        asks=_asking(given, served=bool(given.stages)),
        comes_back=_means(given.comes_back_after_days),
    )


def _nobody_helps() -> Pathway:
    return Pathway.model_construct(
        starts_at="",
        waiting_at=None,
        stages={},
        teams={},
        contract={},
        asks_after_days=None,
        comes_back_after_days=LevelDays(),
    )


def _asking(pathway: Pathway, *, served: bool) -> Floats:
    if not served:
        return np.full(len(LEVELS), math.inf)
    return np.zeros(len(LEVELS)) if pathway.asks_after_days is None else _means(pathway.asks_after_days)


def _team_arrays(teams: list[Team], scenario: Scenario) -> dict[str, Any]:
    households = scenario.place.households
    count = max(1, len(households))
    pooled = [Fraction(1)] + [Fraction(0)] * (count - 1)
    splits = [_split(households) if team.per_neighbourhood else pooled for team in teams]
    cells = [range(count) if team.per_neighbourhood else [0] * count for team in teams]
    return {
        "is_caseload": np.array([team.works == "caseload" for team in teams], np.bool_),
        "keeps": np.array([team.keeps for team in teams], np.bool_),
        "covers": np.array([team.cover for team in teams], np.bool_),
        "same_day": np.array([team.finish == SAME_DAY for team in teams], np.bool_),
        "speed": _floats([team.hours_an_open_day for team in teams]),
        "cell": _ints([list(row) for row in cells]).reshape(len(teams), count),
        "places": _ints([_places(team, split) for team, split in zip(teams, splits, strict=True)]).reshape(-1, count),
        **shift_arrays(teams, splits, count, scenario.run.weeks.warm_up),
    }


def _places(team: Team, split: list[Fraction]) -> list[int]:
    """Posts round the clock, or places of a caseload, by neighbourhood; 0 where there are shifts, which say."""
    if team.is_unlimited:
        return [NO_LIMIT] * len(split)
    posts = team.posts or 0.0
    if team.works == "caseload":
        return places_of_a_caseload(posts, team.cases_each or 0, split)
    return [math.floor(Fraction(repr(float(posts))) * share) for share in split]


def shares_of_neighbourhoods(scenario: Scenario, team: Team) -> list[Fraction]:
    """What share of a team's posts each neighbourhood has, by households; all of it in one where they are pooled."""
    return _split(scenario.place.households) if team.per_neighbourhood else [Fraction(1)]


def _split(households: dict[str, float]) -> list[Fraction]:
    counts = [Fraction(repr(float(number))) for number in households.values()]
    return [count / sum(counts) for count in counts]


def _course_arrays(groups: list[Group]) -> dict[str, Any]:
    return {
        "worsens": _floats([_means(group.worsens_after_days) for group in groups]),
        "eases": _floats([_means(group.eases_after_days) for group in groups]),
        "leaves": _floats([_means(group.leaves_after_days) for group in groups]),
        "relapses": _floats([group.relapses_after_days or math.inf for group in groups]),
    }


def _means(given: LevelDays | WorseningDays) -> Floats:
    """Mean days by level 0 .. 4, infinite for never."""
    return _floats([math.inf, *(math.inf if mean is None else mean for mean in given.days)])


def _floats(values: object) -> Floats:
    return np.array(values, dtype=np.float64)


def _ints(values: object) -> Ints:
    return np.array(values, dtype=np.int64)
