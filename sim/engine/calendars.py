"""Calendars: when a team is open in the week, and what open time means for the end of work.

A calendar is the team's shifts in order: `begins` and `ends`, in microseconds from Monday 00:00; no shift: round the
clock. Both engines find the end of work by the arithmetic of `add_open_time`, step by step.
"""

from __future__ import annotations

import numpy as np

from sim.engine.instants import A_WEEK, LONGEST, Instants

CLOSED = -1
"""The shift of a team that is closed."""


def changes_of_shift(begins: list[int], ends: list[int]) -> list[tuple[int, int]]:
    """When in the week the shift changes, and to which (CLOSED: to none), in order.

    Where one shift ends and the next begins at one time, the team does not close.
    """
    opening = {begin % A_WEEK for begin in begins}
    closing = [(end % A_WEEK, CLOSED) for end in ends if end % A_WEEK not in opening]
    return sorted([*((begin, shift) for shift, begin in enumerate(begins)), *closing])


def open_time_a_week(begins: list[int], ends: list[int]) -> int:
    """Length of the shifts of a week [microseconds]."""
    return sum(ends) - sum(begins)


def add_open_time(begins: list[int], ends: list[int], in_a_week: int, shift: int, now: int, needed: int) -> int:
    """When work is done that needs so much open time, starts `now`, in `shift`, and waits while the team is closed.

    `in_a_week` is what `open_time_a_week` gives; all in microseconds.

    Work that is done just as the team closes is done then, not at the next opening.
    """
    week = A_WEEK * (now // A_WEEK)
    close = week + ends[shift]
    if now + needed <= close:
        return now + needed
    left = needed - (close - now)
    weeks = (left - 1) // in_a_week
    if weeks >= LONGEST // A_WEEK:
        return now + LONGEST
    left -= weeks * in_a_week
    week += A_WEEK * weeks
    shift, week = next_shift(len(begins), shift, week)
    while left > ends[shift] - begins[shift]:
        left -= ends[shift] - begins[shift]
        shift, week = next_shift(len(begins), shift, week)
    return week + begins[shift] + left


def next_shift(number: int, shift: int, week: int) -> tuple[int, int]:
    """The shift after this one, of so many in a week, and when its week begins."""
    return (shift + 1, week) if shift + 1 < number else (0, week + A_WEEK)


def open_time(begins: Instants, ends: Instants, times: Instants) -> Instants:
    """Open time from the start to each of `times`, from 0 on; all of it where there are no shifts [microseconds]."""
    if not begins.size:
        return times
    weeks, within = np.divmod(times, A_WEEK)
    edges = np.concatenate([[0], np.column_stack([begins, ends]).ravel()])
    elapsed = np.concatenate([[0], np.cumsum(ends - begins)])
    place = np.searchsorted(edges, within, side="right") - 1  # odd: within a shift; even: closed
    return np.asarray(weeks * elapsed[-1] + elapsed[place // 2] + place % 2 * (within - edges[place]))
