"""Calendars: when a team is open in the week, and what open time means for the end of work.

A calendar is the team's shifts in order: `begins` and `ends` [days from Monday 00:00]; no shift: round the clock. Both
engines find the end of work by the arithmetic of `add_open_time`, step by step.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from sim.scenario.vocabulary import DAYS_A_WEEK

Floats = NDArray[np.float64]

CLOSED = -1
"""The shift of a team that is closed."""


def changes_of_shift(begins: list[float], ends: list[float]) -> list[tuple[float, int]]:
    """When in the week the shift changes, and to which (CLOSED: to none), in order.

    Where one shift ends and the next begins at one time, the team does not close.
    """
    opening = {begin % DAYS_A_WEEK for begin in begins}
    closing = [(end % DAYS_A_WEEK, CLOSED) for end in ends if end % DAYS_A_WEEK not in opening]
    return sorted([*((begin, shift) for shift, begin in enumerate(begins)), *closing])


def open_days_a_week(begins: list[float], ends: list[float]) -> float:
    """Length of the shifts of a week [days]."""
    return math.fsum(end - begin for begin, end in zip(begins, ends, strict=True))


def add_open_time(
    begins: list[float], ends: list[float], in_a_week: float, shift: int, now: float, days: float
) -> float:
    """When work of `days` open days is done that starts `now`, in `shift`, and waits while the team is closed [days].

    `in_a_week` is what `open_days_a_week` gives.

    Work that is done just as the team closes is done then, not at the next opening.
    """
    week = DAYS_A_WEEK * math.floor(now / DAYS_A_WEEK)
    close = week + ends[shift]
    if now + days <= close:
        return now + days
    left = days - (close - now)
    weeks = max(0, math.ceil(left / in_a_week) - 1)
    left -= weeks * in_a_week
    week += DAYS_A_WEEK * weeks
    shift, week = next_shift(len(begins), shift, week)
    while left > ends[shift] - begins[shift]:
        left -= ends[shift] - begins[shift]
        shift, week = next_shift(len(begins), shift, week)
    return week + begins[shift] + left


def next_shift(number: int, shift: int, week: int) -> tuple[int, int]:
    """The shift after this one, of so many in a week, and the day its week begins."""
    return (shift + 1, week) if shift + 1 < number else (0, week + DAYS_A_WEEK)


def open_time(begins: Floats, ends: Floats, days: Floats) -> Floats:
    """Open time from day 0 to each of `days` [days]; all of it where there are no shifts. NaN stays NaN."""
    if not begins.size:
        return days
    weeks = np.floor(days / DAYS_A_WEEK)
    edges = np.concatenate([[0.0], np.column_stack([begins, ends]).ravel(), [DAYS_A_WEEK]])
    elapsed = np.concatenate([[0.0], np.repeat(np.cumsum(ends - begins), 2), [0.0]])
    elapsed[1:-1:2] -= ends - begins
    elapsed[-1] = (ends - begins).sum()
    return np.asarray(weeks * elapsed[-1] + np.interp(days - weeks * DAYS_A_WEEK, edges, elapsed))


def overtime(begins: Floats, ends: Floats, started: Floats, ended: Floats) -> Floats:
    """How long each piece of work went on after the team closed, up to its next opening at most [days].

    0 where it was done by closing, where it has not started, and where the team never closes.
    """
    changes = changes_of_shift(begins.tolist(), ends.tolist())
    closings = np.array([when for when, shift in changes if shift == CLOSED])
    if not closings.size:
        return np.zeros_like(started)
    openings = np.array([when for when, shift in changes if shift != CLOSED])
    closing = _next(closings, started)
    after = np.minimum(ended, _next(openings, closing)) - closing
    return np.where(after > 0, after, 0.0)


def _next(times: Floats, days: Floats) -> Floats:
    """The first of these times of the week after each of `days`."""
    weeks = np.floor(days / DAYS_A_WEEK)
    row = np.concatenate([times, times[:1] + DAYS_A_WEEK])
    place = np.searchsorted(times, days - weeks * DAYS_A_WEEK, side="right")
    return np.asarray(weeks * DAYS_A_WEEK + row[place])
