"""A scenario's pathway compiled to plain arrays in days and staff hours: the last place that sees a name or a unit."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.engine import luck
from sim.engine.quantiles import LawRow, compiled_law
from sim.scenario.citizens import Group, LevelDays, WorseningDays
from sim.scenario.laws import Law
from sim.scenario.pathways import Pathway, Team
from sim.scenario.scenario import Scenario
from sim.scenario.stages import Stage
from sim.scenario.vocabulary import DAYS_A_WEEK, LEAVE, LEVELS, MINUTES_AN_HOUR, NEEDS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Hashes = NDArray[np.uint64]

AWAY = -1
"""Target of a route that leaves the pathway; also the team of a stage that is a delay, and a law that is not there."""

NO_LIMIT = 2**62
"""Posts, places or people in a line where they are unlimited: more than there will ever be."""

WORK, WEEKS, DELAY, PATIENCE, SEEN, CRITERIA, FIT, ROUTE = range(8)
WHATS = ("work", "weeks", "delay", "patience", "seen", "criteria", "fit", "route")
"""What a stage draws for; with the stage's luck it names the draw."""


class Model(NamedTuple):
    """Everything an engine needs to know of one pathway. No prices, no names.

    Sizes: S stages, T teams, N neighbourhoods, G groups, L laws, R kinds of routes, M targets at most. Levels run
    0 none .. 4 crisis, needs 0 .. 4. Times are days, work is staff hours.
    """

    start: int
    waiting_at: int  # stage of those who wait when the run begins; AWAY where nobody helps
    has_levels: bool
    horizon: float
    pace_during_help: float
    # stages
    stage_team: Ints  # (S,) place of the team, AWAY for a delay
    stage_luck: Ints  # (S,) which luck's count the visits add to
    stage_draw: Hashes  # (S, 8) hash of each draw by WHATS
    stage_law: Ints  # (S, 4) rows of `laws` for work, weeks, delay, patience; AWAY: none
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
    route_row: Ints  # (S, 5 levels, G, 5 needs) row of the two tables below
    route_edge: Floats  # (R, M) cumulated shares
    route_to: Ints  # (R, M) stage or AWAY
    # laws
    laws: tuple[LawRow, ...]
    law_tables: tuple[Floats, ...]
    # teams
    is_caseload: NDArray[np.bool_]  # (T,)
    keeps: NDArray[np.bool_]  # (T,)
    speed: Floats  # (T,) staff hours a post works in a day round the clock
    cell: Ints  # (T, N) which queue a neighbourhood's citizens join: its own, or 0 where pooled
    places: Ints  # (T, N) whole posts, or places of a caseload; NO_LIMIT where unlimited
    part_top: Ints  # (T, N) numerator of the fraction of a post
    part_bottom: Ints  # (T, N) its denominator
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
    stages, teams, groups = list(given.stages.values()), list(given.teams.values()), list(scenario.groups)
    laws = _Laws()
    return Model(
        start=list(given.stages).index(given.starts_at) if stages else AWAY,
        waiting_at=list(given.stages).index(given.waiting_at or given.starts_at) if stages else AWAY,
        has_levels=scenario.has_levels,
        horizon=scenario.run.weeks.horizon,
        pace_during_help=scenario.course.pace_during_help,
        **_stage_arrays(given, stages, laws),
        **_route_arrays(given, stages, groups),
        laws=tuple(laws.rows),
        law_tables=tuple(laws.tables),
        **_team_arrays(teams, scenario.place.households),
        **_course_arrays(list(scenario.groups.values())),
        asks=_asking(given, served=bool(stages)),
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


class _Laws:
    """Collects the laws of a pathway as rows, and the tables some of them need."""

    def __init__(self) -> None:
        self.rows: list[LawRow] = []
        self.tables: list[Floats] = []

    def add(self, law: Law | None, scale: float) -> int:
        if law is None:
            return AWAY
        self.rows.append(compiled_law(law, scale, self.tables))
        return len(self.rows) - 1


def _stage_arrays(pathway: Pathway, stages: list[Stage], laws: _Laws) -> dict[str, Any]:
    names, teams = list(pathway.stages), list(pathway.teams)
    lucks = [stage.luck or name for name, stage in pathway.stages.items()]
    return {
        "stage_team": _ints([AWAY if stage.team is None else teams.index(stage.team) for stage in stages]),
        "stage_luck": _ints([sorted(set(lucks)).index(name) for name in lucks]),
        "stage_draw": np.array([[luck.name_hash(f"{name}/{what}") for what in WHATS] for name in lucks], np.uint64),
        "stage_law": _ints([_law_rows(stage, laws) for stage in stages]).reshape(len(stages), 4),
        "gate_level": _ints([LEVELS.index(stage.gate.eligible_from) if stage.gate else 0 for stage in stages]),
        "gate_too_low": _floats([stage.gate.seen_too_low if stage.gate else 0.0 for stage in stages]),
        "gate_too_high": _floats([stage.gate.seen_too_high if stage.gate else 0.0 for stage in stages]),
        "gate_outside": _floats([stage.gate.outside_criteria if stage.gate else 0.0 for stage in stages]),
        "gate_most_needs": _ints([stage.gate.most_needs or 4 if stage.gate else 4 for stage in stages]),
        "has_help": np.array([stage.help is not None for stage in stages], np.bool_),
        "fits": _floats([(0.0, *(stage.help.fits.shares if stage.help else (0.0,) * 4)) for stage in stages]),
        "meets_all": np.array([bool(stage.help and stage.help.meets == "all") for stage in stages], np.bool_),
        "eases_levels": _ints([stage.help.eases_levels if stage.help else 0 for stage in stages]),
        "on_give_up": _ints([_place(names, stage.on_give_up or LEAVE) for stage in stages]),
        "queue_limit": _ints([NO_LIMIT if stage.queue_limit is None else stage.queue_limit for stage in stages]),
        "when_full": _ints([_place(names, stage.when_full or LEAVE) for stage in stages]),
    }


def _place(names: list[str], target: str) -> int:
    return AWAY if target == LEAVE else names.index(target)


def _law_rows(stage: Stage, laws: _Laws) -> tuple[int, int, int, int]:
    work = laws.add(stage.minutes, 1 / MINUTES_AN_HOUR) if stage.minutes else laws.add(stage.hours, 1.0)
    return (
        work,
        laws.add(stage.weeks, float(DAYS_A_WEEK)),
        laws.add(stage.delay_days, 1.0),
        laws.add(stage.gives_up_after_days, 1.0),
    )


def _route_arrays(pathway: Pathway, stages: list[Stage], groups: list[str]) -> dict[str, Any]:
    names = list(pathway.stages)
    rows: dict[tuple[tuple[int, float], ...], int] = {}
    row_of = np.zeros((len(stages), len(LEVELS), len(groups), len(NEEDS) + 1), np.int64)
    for place, level, group, needs in np.ndindex(row_of.shape):
        shares = stages[place].routes_for(level, groups[group], max(needs, 1))
        row = tuple((_place(names, to), share) for to, share in shares.items())
        row_of[place, level, group, needs] = rows.setdefault(row, len(rows))
    width = max(map(len, rows), default=1)
    edges, targets = np.ones((len(rows), width)), np.full((len(rows), width), AWAY, np.int64)
    for row, at in rows.items():
        edges[at, : len(row)] = np.cumsum([share for _, share in row])
        targets[at] = [to for to, _ in row] + [row[-1][0]] * (width - len(row))
        edges[at, len(row) - 1 :] = 1.0
    return {"route_row": row_of, "route_edge": edges, "route_to": targets}


def _team_arrays(teams: list[Team], households: dict[str, float]) -> dict[str, Any]:
    count = max(1, len(households))
    shape = (len(teams), count)
    cell, places = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    top, bottom = np.zeros(shape, np.int64), np.ones(shape, np.int64)
    for at, team in enumerate(teams):
        split = _split(households) if team.per_neighbourhood else [Fraction(1)] + [Fraction(0)] * (count - 1)
        cell[at] = range(count) if team.per_neighbourhood else 0
        if team.is_unlimited:
            places[at] = NO_LIMIT
            continue
        posts = Fraction(repr(float(team.posts)))
        if team.works == "caseload":
            places[at] = largest_remainder(math.floor(team.posts * (team.cases_each or 0) + 1e-9), split)
            continue
        for place, share in enumerate(split):
            places[at, place], part = divmod(posts * share, 1)
            top[at, place], bottom[at, place] = part.numerator, part.denominator
    return {
        "is_caseload": np.array([team.works == "caseload" for team in teams], np.bool_),
        "keeps": np.array([team.keeps for team in teams], np.bool_),
        "speed": _floats([team.hours_with_citizens_a_week / DAYS_A_WEEK for team in teams]),
        "cell": cell,
        "places": places,
        "part_top": top,
        "part_bottom": bottom,
    }


def _split(households: dict[str, float]) -> list[Fraction]:
    counts = [Fraction(repr(float(number))) for number in households.values()]
    return [count / sum(counts) for count in counts]


def largest_remainder(whole: int, shares: list[Fraction]) -> list[int]:
    """`whole` things shared out by largest remainder, ties to the first; the parts add up to `whole`."""
    parts = [math.floor(whole * share) for share in shares]
    left = whole - sum(parts)
    by_remainder = sorted(range(len(shares)), key=lambda place: (parts[place] - whole * shares[place], place))
    for place in by_remainder[:left]:
        parts[place] += 1
    return parts


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
