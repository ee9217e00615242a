"""Where citizens were on which day with each pathway: lives of a sample, small enough to be played in a page."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.measures.arrays import Flags, Floats, Ints
from sim.measures.sample import evenly
from sim.reporting.journeys_pools import AWAY, LEFT, RECOVERED, RESOLVED, UNASKED, Pools, folded, pools_of
from sim.reporting.reading import read_table
from sim.reporting.results import Results, refuse_unknown
from sim.reporting.schema import CITIZENS, VISITS
from sim.scenario.vocabulary import DAYS_A_WEEK, LEVELS, NO_SERVICE, NONE

YEAR_AFTER_DAYS = 364
"""So long after the last need arose is shown."""

AT_ONCE = 1e-5
"""Days: two times in a file, one added up and the other not, are the same if they are no further apart than this."""


@dataclass(frozen=True)
class Moves:
    """Who came into which pool on which day, in order of citizen and day: three arrays as long as there are moves.

    `citizen` is the place in the sample; `day` the first whole day of the film by which they had come there.
    """

    citizen: Ints
    day: Ints
    pool: Ints

    def within(self, flags: Flags) -> Moves:
        """The moves where these flags are."""
        return Moves(self.citizen[flags], self.day[flags], self.pool[flags])

    def counts(self, days: int, pools: int) -> Ints:
        """How many are in each pool on each day: (days + 1, pools)."""
        change = np.zeros((days + 1, pools), dtype=np.int64)
        np.add.at(change, (self.day, self.pool), 1)
        onward = np.flatnonzero(self.citizen[1:] == self.citizen[:-1]) + 1
        np.subtract.at(change, (self.day[onward], self.pool[onward - 1]), 1)
        return np.cumsum(change, axis=0)


@dataclass(frozen=True)
class Journey:
    """The sample in one pathway: its pools, the moves, who is where by day, and how many have had right help by day."""

    pathway: str
    pools: Pools
    moves: Moves
    counts: Ints
    helped: Ints


@dataclass(frozen=True)
class Film:
    """The same citizens in every pathway of the first basis, over so many `days` from the start of the cohort's year.

    `people` is one row a citizen shown, `of` how many the cohort has.
    """

    days: int
    year: int
    people: pd.DataFrame
    of: int
    journeys: tuple[Journey, ...]


def film(results: Results) -> Film | None:
    """The film of these results; None without need levels, without kept visits and where nobody's need arose.

    Days run to a year after the cohort's, and no longer than the citizen is followed whose need arose first: up to
    there everything about everyone shown is known.
    """
    if not results.scenario.has_levels or not kept(results):
        return None
    people, visits = (_on_first_basis(results, name) for name in ("citizens", "visits"))
    start, year, followed = (results.manifest["weeks"][key] * DAYS_A_WEEK for key in ("warm_up", "cohort", "follow_up"))
    everyone = people[people["pathway"] == results.compared[0]]
    if everyone.empty:
        return None
    shown = everyone.iloc[evenly(len(everyone))].reset_index(drop=True)
    days = min(year + YEAR_AFTER_DAYS, followed)
    journeys = [
        _journey(results, name, start, days, _of(people, name, shown["citizen"]), _of(visits, name, shown["citizen"]))
        for name in results.pathways
    ]
    return Film(days, min(year, days), shown, len(everyone), tuple(journeys))


def kept(results: Results) -> bool:
    """Whether lives and visits lie in the folder."""
    return all((results.folder / name).exists() for name in ("citizens.csv", "visits.csv"))


def _on_first_basis(results: Results, name: str) -> pd.DataFrame:
    path = results.folder / f"{name}.csv"
    table = read_table(path, CITIZENS if name == "citizens" else VISITS)
    refuse_unknown(path, table, results.scenario)
    return table[table["basis"] == results.bases[0]]


def _of(table: pd.DataFrame, pathway: str, citizens: pd.Series[float]) -> pd.DataFrame:
    """The rows of these citizens with a pathway."""
    return table[(table["pathway"] == pathway) & table["citizen"].isin(citizens)]


def _journey(results: Results, name: str, start: int, days: int, people: pd.DataFrame, visits: pd.DataFrame) -> Journey:
    pathway = None if name == NO_SERVICE else results.scenario.pathways[name]
    pools = pools_of(pathway)
    moves = _by_day(_moves(people, visits, pools), start, days)
    pools, becomes = folded(pools, moves.counts(days, pools.count).max(axis=0, initial=0))
    moves = _without_repeats(Moves(moves.citizen, moves.day, becomes[moves.pool]))
    return Journey(name, pools, moves, moves.counts(days, pools.count), _helped(people, start, days))


@dataclass(frozen=True)
class _Timed:
    """Moves with their time as it stands in the files, and what goes first of two at one time."""

    citizen: Ints
    time: Floats
    turn: Ints
    pool: Ints


def _moves(people: pd.DataFrame, visits: pd.DataFrame, pools: Pools) -> _Timed:
    """All moves: the need arises, visits are waited for, begun and over, the need ends or the citizen leaves."""
    arrival = people["arrival"].to_numpy()
    recovered, left = (arrival + people[name].to_numpy() for name in ("day_recovered", "day_left"))
    place = np.searchsorted(people["citizen"].to_numpy(), visits["citizen"].to_numpy())
    order = np.lexsort((visits["seq"].to_numpy(), place))
    visited = _of_visits(visits.iloc[order], place[order], (recovered, left), pools)
    everyone, last = np.arange(len(people)), 3 * len(visits)
    alone = [
        _Timed(everyone, time, np.full(len(people), turn), np.full(len(people), pool))
        for time, turn, pool in ((arrival, -1, UNASKED), (recovered, last, RECOVERED), (left, last, LEFT))
    ]
    return _together([*alone, *visited])


def _of_visits(visits: pd.DataFrame, place: Ints, ends: tuple[Floats, ...], pools: Pools) -> list[_Timed]:
    """The moves of visits, up to where the need ended or the citizen left while they went on."""
    stage = np.array([pools.stages.index(name) for name in visits["stage"]], dtype=np.int64)
    joined, started, ended = (visits[name].to_numpy() for name in ("joined", "started", "ended"))
    over = np.min([np.where(end[place] >= joined - AT_ONCE, end[place], np.inf) for end in ends], axis=0)
    into = (pools.waiting[stage], pools.in_work[stage], _after(visits))
    return [
        _Timed(place, np.where(time < over - AT_ONCE, time, np.nan), 3 * np.arange(len(visits)) + turn, pool)
        for turn, (time, pool) in enumerate(zip((joined, started, ended), into, strict=True))
    ]


def _after(visits: pd.DataFrame) -> Ints:
    """Where citizens are after a visit, unless the next one joins at once."""
    outcome, is_over = visits["outcome"].to_numpy(), visits["level_ended"].to_numpy() == LEVELS[NONE]
    unaided = np.where(is_over, RECOVERED, np.where(outcome == "left_area", LEFT, AWAY))
    return np.where(is_over & (outcome == "helped_fit"), RESOLVED, unaided)


def _together(parts: list[_Timed]) -> _Timed:
    """The moves that happen, in order of citizen, time and turn."""
    citizen, time, turn, pool = (
        np.concatenate([getattr(part, name) for part in parts]) for name in ("citizen", "time", "turn", "pool")
    )
    happens = np.isfinite(time)
    order = np.flatnonzero(happens)[np.lexsort((turn[happens], time[happens], citizen[happens]))]
    return _Timed(citizen[order], time[order], turn[order], pool[order])


def _by_day(moves: _Timed, start: int, days: int) -> Moves:
    """The moves by whole day of the film; of a citizen's moves on one day the last, which is where they then are."""
    day = _whole_days(moves.time, start)
    last = np.append((moves.citizen[1:] != moves.citizen[:-1]) | (day[1:] != day[:-1]), True)[: day.size]
    return _without_repeats(Moves(moves.citizen, day, moves.pool).within(last & (day <= days)))


def _whole_days(time: Floats, start: int) -> Ints:
    """The first whole day of the film by which each of these times has passed."""
    return np.maximum(np.ceil(np.round(time - start, 6)), 0).astype(np.int64)


def _without_repeats(moves: Moves) -> Moves:
    """Moves that lead to another pool."""
    same = (moves.citizen[1:] == moves.citizen[:-1]) & (moves.pool[1:] == moves.pool[:-1])
    return moves.within(np.append(True, ~same)[: same.size + 1] if moves.day.size else np.zeros(0, np.bool_))


def _helped(people: pd.DataFrame, start: int, days: int) -> Ints:
    """How many have had right help by each day: (days + 1,)."""
    time = (people["arrival"] + people["day_right_help"]).dropna().to_numpy()
    day = _whole_days(time, start)
    return np.cumsum(np.bincount(day[day <= days], minlength=days + 1))
