"""When a team is there in a run, and with how many: read from the file a second time, not from the engine's arrays."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from sim.measures.arrays import Floats, Ints
from sim.scenario.shifts import Shift
from sim.scenario.teams import Team
from sim.scenario.vocabulary import DAYS_A_WEEK

ENDLESS = 2**62
"""As good as any number of posts."""


class There(NamedTuple):
    """Posts or places of one queue: from each day of `since` on never fewer than `least`, never more than `most`."""

    since: Floats
    least: Ints
    most: Ints


def always(least: int, most: int) -> There:
    """The same from day 0 on."""
    return There(np.zeros(1), np.array([least]), np.array([most]))


def posts_there(team: Team, share: Fraction, horizon: float) -> There:
    """The posts of a neighbourhood with so large a share of a team, while it is open; none while it is closed.

    By rule 5 a fraction f of a post is there in opening interval k if floor((k + 1) f) > floor(k f). Of a fraction on a
    rota only how often it is there is laid down, not when.
    """
    stretches = team.shifts or tuple(Shift(day, day + 1, team.mean_posts) for day in range(DAYS_A_WEEK))
    parts = [_split(shift.heads, share) for shift in stretches]
    found: dict[float, tuple[int, int]] = {0.0: (0, 0)}
    for week in range(math.ceil(horizon / DAYS_A_WEEK)):
        for place, (shift, (whole, top, bottom)) in enumerate(zip(stretches, parts, strict=True)):
            k = week * len(stretches) + place
            comes = (k + 1) * top // bottom > k * top // bottom
            found[DAYS_A_WEEK * week + shift.begins] = (
                (whole + comes, whole + comes) if team.rota is None else (whole, whole + (top > 0))
            )
            found.setdefault(DAYS_A_WEEK * week + shift.ends, (0, 0))
    days = sorted(found)
    return There(np.array(days), *(np.array([found[day][which] for day in days]) for which in (0, 1)))


def _split(heads: float, share: Fraction) -> tuple[int, int, int]:
    """Whole posts, and the fraction of one that is left."""
    if math.isinf(heads):
        return ENDLESS, 0, 1
    whole, rest = divmod(Fraction(repr(float(heads))) * share, 1)
    return int(whole), rest.numerator, rest.denominator


def together(cells: list[There]) -> There:
    """Queues of one team whose posts serve each other's: all of them, but each never more than it ever has itself.

    Who is at work when posts grow fewer goes on, so that one queue's posts may be over their number and another's not.
    """
    most = np.sum([cell.most for cell in cells], axis=0)
    peak = sum(int(cell.most.max()) for cell in cells)
    return There(cells[0].since, np.sum([cell.least for cell in cells], axis=0), np.where(most > 0, peak, 0))


def overtime_hours(team: Team, started: Floats, ended: Floats, window: tuple[float, float]) -> float:
    """Hours worked after closing, up to the next opening at most, inside the window, by work so begun and ended."""
    begun = ~np.isnan(started)
    began, over = started[begun], ended[begun]
    closed, opened = _closures(team, float(over.max(initial=0.0)))
    if not closed.size:
        return 0.0
    at = np.searchsorted(closed, began, side="right")
    begin, end = np.maximum(closed[at], window[0]), np.minimum(np.minimum(over, opened[at]), window[1])
    return 24.0 * float(np.maximum(end - begin, 0.0).sum())


def _closures(team: Team, until: float) -> tuple[Floats, Floats]:
    """Every time the team closes, to some weeks after a day, and when it then opens again [days]."""
    weeks = DAYS_A_WEEK * np.arange(int(until // DAYS_A_WEEK) + 3)
    opens, closes = (
        np.sort(np.add.outer(weeks, [getattr(shift, end) for shift in team.shifts]).ravel())
        for end in ("begins", "ends")
    )
    closed = closes[~np.isin(closes, opens)]
    after = np.searchsorted(opens, closed, side="right")
    known = after < opens.size
    return closed[known], opens[after[known]]
