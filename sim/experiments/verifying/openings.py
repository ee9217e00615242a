"""When a team is there in a run, and with how many: read from the file a second time, not from the engine's arrays."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from sim.measures.arrays import Flags, Floats, Ints
from sim.scenario.shifts import Shift
from sim.scenario.teams import Team
from sim.scenario.vocabulary import DAYS_A_WEEK

ENDLESS = 2**62
"""As good as any number of posts."""

MOST_PARTS = 10**9
"""A post has so many parts at most."""

A_DAY = 24 * 60 * 60 * 1_000_000
A_WEEK = DAYS_A_WEEK * A_DAY
"""Microseconds."""


class There(NamedTuple):
    """Posts or places of one queue: from each day of `since` on never fewer than `least`, never more than `most`.

    `is_open` says whether the team is at work then, with anybody or nobody on shift.
    """

    since: Floats
    least: Ints
    most: Ints
    is_open: Flags


class Piece(NamedTuple):
    """A stretch of the week [microseconds], its heads, and the quantum of their time in which it lies, of how many."""

    begins: int
    ends: int
    heads: float
    quantum: int
    quanta: int


def posts_there(team: Team, share: Fraction, horizon: float, warm_up: int = 0) -> There:
    """The posts of a neighbourhood with so large a share of a team, while it is open; none while it is closed.

    By rule 5 a fraction f of a post is there in quantum k of the time that has it if floor((k + 1) f) > floor(k f).
    """
    found: dict[int, tuple[int, bool]] = {0: (0, False)}
    by_heads: dict[float | None, list[tuple[Piece, tuple[int, int, int]]]] = {}
    for week in range(math.ceil(horizon / DAYS_A_WEEK)):
        heads = dated_posts(team, week - warm_up)
        if heads not in by_heads:
            by_heads[heads] = [(piece, _split(piece.heads, share)) for piece in _pieces(team, heads)]
        pieces = by_heads[heads]
        for piece, (whole, top, bottom) in pieces:
            k = week * piece.quanta + piece.quantum
            comes = (k + 1) * top // bottom > k * top // bottom
            found[week * A_WEEK + piece.begins] = (whole + comes, True)
            found.setdefault(week * A_WEEK + piece.ends, (0, False))
    times = sorted(found)
    posts = np.array([found[when][0] for when in times])
    return There(np.array(times) / A_DAY, posts, posts, np.array([found[when][1] for when in times]))


def dated_posts(team: Team, week: int) -> float | None:
    """Posts of the latest date up to a week of the cohort window; None before the first."""
    dates = [int(since) for since in team.posts_from_week if int(since) <= week]
    return team.posts_from_week[str(max(dates))] if dates else None


def _pieces(team: Team, posts: float | None = None) -> list[Piece]:
    """The week in stretches that each lie in one quantum: a day's share of the time with the same heads."""
    shifts = team.shifts or (Shift(0, DAYS_A_WEEK, team.mean_posts),)
    shifts = shifts if posts is None else tuple(shift._replace(heads=posts) for shift in shifts)
    cut: list[Piece] = []
    for heads in {shift.heads for shift in shifts}:
        mine = [(round(one.begins * A_DAY), round(one.ends * A_DAY)) for one in shifts if one.heads == heads]
        days = {
            day for begin, end in mine for day in range(DAYS_A_WEEK) if begin < (day + 1) * A_DAY and end > day * A_DAY
        }
        time, before = sum(end - begin for begin, end in mine), 0
        for begin, end in mine:
            for k in range(len(days)):
                low, high = time * k // len(days), time * (k + 1) // len(days)
                first, last = max(begin, begin + low - before), min(end, begin + high - before)
                if first < last:
                    cut.append(Piece(first, last, heads, k, len(days)))
            before += end - begin
    return sorted(cut)


def _split(heads: float, share: Fraction) -> tuple[int, int, int]:
    """Whole posts, and the fraction of one that is left."""
    if math.isinf(heads):
        return ENDLESS, 0, 1
    whole, rest = divmod((Fraction(repr(float(heads))) * share).limit_denominator(MOST_PARTS), 1)
    return int(whole), rest.numerator, rest.denominator


def together(cells: list[There]) -> There:
    """Queues of one team whose posts serve each other's: all of them, but each never more than it ever has itself.

    Who is at work when posts grow fewer goes on, so that one queue's posts may be over their number and another's not.
    """
    most = np.sum([cell.most for cell in cells], axis=0)
    peak = sum(int(cell.most.max()) for cell in cells)
    least = np.sum([cell.least for cell in cells], axis=0)
    return There(cells[0].since, least, np.where(most > 0, peak, 0), cells[0].is_open)
