"""The shifts of teams as arrays: how many posts are there, in which stretch of the week (rule 5).

A fraction of a post is there in some quanta of the team's open time and not in others. A quantum is the mean open time
of a day on which the team is open, so that there are as many in a week as such days. Stretches are put together where
they touch, and cut where a quantum ends: how the hours are written changes nothing.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.engine.calendars import CLOSED, changes_of_shift
from sim.engine.codes import NO_LIMIT
from sim.engine.instants import A_DAY, A_WEEK, Instants, span
from sim.engine.sharing import places_of_a_caseload
from sim.scenario.teams import Team

MOST_PARTS = 10**9
"""A post is divided into so many parts at most: their number times that of quanta must fit into 64 bits."""


class Stretch(NamedTuple):
    """A stretch of the week [microseconds from Monday 00:00], with so many heads at work."""

    begins: int
    ends: int
    heads: float

    @property
    def days(self) -> range:
        """The days of the week that it touches."""
        return range(self.begins // A_DAY, (self.ends - 1) // A_DAY + 1)


class Row(NamedTuple):
    """A shift of a team; the posts and the fraction of one by neighbourhood.

    A fraction top / bottom of a post is there in the k-th quantum if floor((k + 1) top / bottom) > floor(k top /
    bottom); k is `quantum` in the first week, and `quanta` more in each week that follows.
    """

    begins: int
    ends: int
    whole: list[int]
    top: list[int]
    bottom: list[int]
    quantum: int
    quanta: int


class Attendance(NamedTuple):
    """Who is on shift in one queue: so many `posts` from each instant of `since` on, nobody before the first.

    `begins` and `ends` are the shifts of the week; none: round the clock. All in microseconds.
    """

    since: Instants
    posts: NDArray[np.int64]
    begins: Instants
    ends: Instants


class Calendar(NamedTuple):
    """The shifts of a team's week from some week of the run on, and its posts; no rows: those posts round the clock."""

    week: int
    posts: float
    rows: list[Row]


def attendance(team: Team, splits: list[Fraction], until: int, warm_up: int = 0) -> list[Attendance]:
    """Who is on shift until an instant, by queue: one for each share of the posts, one for all where they cover.

    `warm_up` is the weeks before those from which dates count.
    """
    given = calendars(team, splits, warm_up)
    ends = [*(one.week for one in given[1:]), -(-until // A_WEEK)]
    parts = [_attended(one, splits, end) for one, end in zip(given, ends, strict=True)]
    since = np.concatenate([one.since for one, *_ in parts])
    found = [np.concatenate([part[queue].posts for part in parts]) for queue in range(len(splits))]
    if team.cover:
        found = [np.sum(found, axis=0)]
    return [parts[0][0]._replace(since=since, posts=posts) for posts in found]


def _attended(calendar: Calendar, splits: list[Fraction], end: int) -> list[Attendance]:
    """Who is on shift by queue while a calendar holds, to the start of the week `end`."""
    rows = calendar.rows
    begins, ends = [row.begins for row in rows], [row.ends for row in rows]
    whole = [int(posts) for posts in _exact(calendar.posts, splits)]
    always = Row(0, A_WEEK, whole, [0] * len(splits), [1] * len(splits), 0, 0)
    changes = changes_of_shift(begins, ends) or [(0, CLOSED)]
    week = np.arange(calendar.week, max(end, calendar.week) if rows else calendar.week + 1)[:, np.newaxis]
    since = (week * A_WEEK + np.array([when for when, _ in changes])).ravel()
    shifts = [shift for _, shift in changes]
    found = [_posts(rows or [always], shifts if rows else [0], queue, week).ravel() for queue in range(len(splits))]
    return [Attendance(since, posts, np.array(begins, np.int64), np.array(ends, np.int64)) for posts in found]


def _posts(rows: list[Row], shifts: list[int], queue: int, week: NDArray[np.int64]) -> NDArray[np.int64]:
    """Posts of a queue after each change of shift, week by week (weeks, changes)."""
    made = [rows[shift] for shift in shifts]
    whole = np.array([0 if shift == CLOSED else row.whole[queue] for shift, row in zip(shifts, made, strict=True)])
    top = np.array([0 if shift == CLOSED else row.top[queue] for shift, row in zip(shifts, made, strict=True)])
    bottom = np.array([row.bottom[queue] for row in made])
    quantum = np.array([row.quantum for row in made]) + week * np.array([row.quanta for row in made])
    return np.asarray(whole + ((quantum + 1) * top // bottom > quantum * top // bottom))


def shift_arrays(teams: list[Team], splits: list[list[Fraction]], neighbourhoods: int, warm_up: int) -> dict[str, Any]:
    """The calendars and shifts of all teams, as the fields of a Model."""
    by_team = [calendars(team, split, warm_up) for team, split in zip(teams, splits, strict=True)]
    given = [calendar for of_team in by_team for calendar in of_team]
    flat = [row for calendar in given for row in calendar.rows]
    shape = (len(flat), neighbourhoods)
    return {
        "first_calendar": np.cumsum([0, *map(len, by_team)], dtype=np.int64),
        "calendar_week": np.array([calendar.week for calendar in given], dtype=np.int64),
        "first_shift": np.cumsum([0, *(len(calendar.rows) for calendar in given)], dtype=np.int64),
        "shift_begins": np.array([row.begins for row in flat], dtype=np.int64),
        "shift_ends": np.array([row.ends for row in flat], dtype=np.int64),
        "shift_whole": np.array([row.whole for row in flat], dtype=np.int64).reshape(shape),
        "shift_top": np.array([row.top for row in flat], dtype=np.int64).reshape(shape),
        "shift_bottom": np.array([row.bottom for row in flat], dtype=np.int64).reshape(shape),
        "shift_quantum": np.array([row.quantum for row in flat], dtype=np.int64),
        "shift_quanta": np.array([row.quanta for row in flat], dtype=np.int64),
    }


def calendars(team: Team, split: list[Fraction], warm_up: int) -> list[Calendar]:
    """The calendars of a team in order: one, or one for each date from which it has other posts.

    Dates count from the start of the cohort window, `warm_up` weeks into the run.
    """
    later = [(warm_up + week, posts) for week, posts in team.posts_by_week[1:]]
    every = [(0, team.posts or 0.0), *later]
    return [Calendar(week, posts, _rows(team, split, posts, is_dated=bool(later))) for week, posts in every]


def _rows(team: Team, split: list[Fraction], posts: float, *, is_dated: bool) -> list[Row]:
    """The rows of a team in order; none where the same posts are there round the clock, or a caseload is held."""
    if team.works == "caseload":
        places = places_of_a_caseload(posts, team.cases_each or 0, split) if is_dated else []
        return [Row(0, A_WEEK, places, [0] * len(places), [1] * len(places), 0, 0)] if is_dated else []
    heads = [posts if team.rota is None else one.heads for one in team.shifts]
    given = [Stretch(span(one.begins), span(one.ends), many) for one, many in zip(team.shifts, heads, strict=True)]
    stretches = _joined(given or [Stretch(0, A_WEEK, posts)])
    rows = [row for many in {one.heads for one in stretches} for row in _rows_of(many, stretches, split)]
    return sorted(rows) if given or is_dated or len(rows) > 1 else []


def _joined(stretches: list[Stretch]) -> list[Stretch]:
    """The same time in as few stretches as can be: those that touch and have the same heads are one."""
    joined: list[Stretch] = []
    for one in sorted(stretches):
        last = joined[-1] if joined else None
        if last is not None and last.ends == one.begins and last.heads == one.heads:
            joined[-1] = last._replace(ends=one.ends)
        else:
            joined.append(one)
    return joined


def _rows_of(heads: float, stretches: list[Stretch], split: list[Fraction]) -> list[Row]:
    """The rows of all stretches with so many heads, cut by the quanta of their time where there is a fraction."""
    mine = [one for one in stretches if one.heads == heads]
    if heads == float("inf"):
        return [_row(one, [NO_LIMIT] * len(split), [Fraction(0)] * len(split), (0, 0)) for one in mine]
    posts = _exact(heads, split)
    whole, parts = [int(number) for number in posts], [number % 1 for number in posts]
    if not any(parts):
        return [_row(one, whole, parts, (0, 0)) for one in mine]
    quanta = len({day for one in mine for day in one.days})
    return [_row(piece, whole, parts, (quantum, quanta)) for quantum, piece in _cut(mine, quanta)]


def _exact(heads: float, split: list[Fraction]) -> list[Fraction]:
    """So many heads by neighbourhood, as exact fractions."""
    return [(Fraction(repr(float(heads))) * share).limit_denominator(MOST_PARTS) for share in split]


def _row(stretch: Stretch, whole: list[int], parts: list[Fraction], quantum: tuple[int, int]) -> Row:
    tops, bottoms = [part.numerator for part in parts], [part.denominator for part in parts]
    return Row(stretch.begins, stretch.ends, whole, tops, bottoms, *quantum)


def _cut(stretches: list[Stretch], quanta: int) -> list[tuple[int, Stretch]]:
    """The stretches cut where one of so many equal parts of their time ends, each piece with the part it lies in."""
    time = sum(one.ends - one.begins for one in stretches)
    edges = [time * part // quanta for part in range(quanta + 1)]
    pieces, before = [], 0
    for one in stretches:
        after = before + one.ends - one.begins
        inside = [edge - before + one.begins for edge in edges if before < edge < after]
        for begins, ends in pairwise([one.begins, *inside, one.ends]):
            part = sum(edge <= begins - one.begins + before for edge in edges[1:])
            pieces.append((part, one._replace(begins=begins, ends=ends)))
        before = after
    return pieces
