"""The shifts of teams as arrays: how many posts are there, in which stretch of the week (rule 5)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from sim.engine.codes import NO_LIMIT
from sim.scenario.shifts import Shift
from sim.scenario.teams import Team
from sim.scenario.vocabulary import DAYS_A_WEEK

DAYS_OF_THE_WEEK = tuple(float(day) for day in range(DAYS_A_WEEK))


class Row(NamedTuple):
    """A shift of a team; the posts and the fraction of one by neighbourhood.

    A fraction f = top / bottom is there in the k-th count of the shift if floor((k + 1) f + p) > floor(k f + p).
    Opening times of a team's posts are counted through, p = 0. Shifts of a rota are counted by the week, each with a
    phase p of its own, so that fractions do not all come in the same week.
    """

    begins: float
    ends: float
    whole: list[int]
    top: list[int]
    bottom: list[int]
    phase: list[int]
    first: int
    step: int


def shift_arrays(teams: list[Team], splits: list[list[Fraction]], neighbourhoods: int) -> dict[str, Any]:
    """The shifts of all teams, as the fields of a Model."""
    rows = [_rows(team, split) for team, split in zip(teams, splits, strict=True)]
    flat = [row for of_team in rows for row in of_team]
    shape = (len(flat), neighbourhoods)
    return {
        "first_shift": np.cumsum([0, *map(len, rows)], dtype=np.int64),
        "shift_begins": np.array([row.begins for row in flat], dtype=np.float64),
        "shift_ends": np.array([row.ends for row in flat], dtype=np.float64),
        "shift_whole": np.array([row.whole for row in flat], dtype=np.int64).reshape(shape),
        "shift_top": np.array([row.top for row in flat], dtype=np.int64).reshape(shape),
        "shift_bottom": np.array([row.bottom for row in flat], dtype=np.int64).reshape(shape),
        "shift_phase": np.array([row.phase for row in flat], dtype=np.int64).reshape(shape),
        "shift_count": np.array([row.first for row in flat], dtype=np.int64),
        "shift_step": np.array([row.step for row in flat], dtype=np.int64),
    }


def _rows(team: Team, split: list[Fraction]) -> list[Row]:
    shifts = team.shifts or _round_the_clock(team, split)
    return [_row(shift, place, len(shifts), split, by_rota=team.rota is not None) for place, shift in enumerate(shifts)]


def _round_the_clock(team: Team, split: list[Fraction]) -> tuple[Shift, ...]:
    """A shift a day where there are fractions of posts, which change from day to day; else none."""
    posts = team.posts or 0.0
    if team.works == "caseload" or team.is_unlimited or all(_of(posts, share).denominator == 1 for share in split):
        return ()
    return tuple(Shift(day, day + 1, posts) for day in DAYS_OF_THE_WEEK)


def _of(heads: float, share: Fraction) -> Fraction:
    return Fraction(repr(float(heads))) * share


def _row(shift: Shift, place: int, number: int, split: list[Fraction], *, by_rota: bool) -> Row:
    unlimited = shift.heads == float("inf")
    parts = [divmod(_of(0.0 if unlimited else shift.heads, share), 1) for share in split]
    bottoms = [part.denominator for _, part in parts]
    return Row(
        begins=shift.begins,
        ends=shift.ends,
        whole=[NO_LIMIT] * len(split) if unlimited else [int(whole) for whole, _ in parts],
        top=[part.numerator for _, part in parts],
        bottom=bottoms,
        phase=[place * bottom // number if by_rota else 0 for bottom in bottoms],
        first=0 if by_rota else place,
        step=1 if by_rota else number,
    )
