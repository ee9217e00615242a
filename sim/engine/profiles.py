"""Profiles: when in the week, the day and the year people come, as a rate that repeats every year of 364 days.

Arrivals with a rate that varies are made of arrivals with a steady rate by stretching time: those of the steady
process fall due in operational time, and the inverse of the cumulative rate says at what clock time that is.
Cinlar, E. (1975), Introduction to Stochastic Processes, Prentice-Hall, section 4.7; for renewal processes Gerhardt, I.
and Nelson, B. L. (2009), Transforming renewal processes for simulation of nonstationary arrival processes, INFORMS
Journal on Computing 21(4), 630-640.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.scenario.arrivals import MONTHS, Arrivals
from sim.scenario.keys import filled
from sim.scenario.shifts import MINUTES_A_DAY, minutes_named
from sim.scenario.vocabulary import DAYS_A_WEEK, DAYS_A_YEAR

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MINUTES_A_YEAR = DAYS_A_YEAR * MINUTES_A_DAY
MINUTES_A_MONTH = MINUTES_A_YEAR // len(MONTHS)


class Profile(NamedTuple):
    """The pieces of a year in which anybody comes, in order; `rate` has mean 1 over the year, `before` is its integral
    up to `begin`. All in days.
    """

    begin: Floats
    end: Floats
    before: Floats
    rate: Floats


def profile(arrivals: Arrivals) -> Profile | None:
    """The profile of arrivals; None where they come at a steady rate."""
    if arrivals.weekly is None and arrivals.daily is None and arrivals.yearly is None:
        return None
    edges = _edges(arrivals)
    begin, width = edges[:-1], np.diff(edges)
    rate = _weekly(arrivals, begin) * _daily(arrivals, begin) * _yearly(arrivals, begin)
    rate *= MINUTES_A_YEAR / (rate * width).sum()
    before = np.concatenate([[0.0], np.cumsum(rate * width)])[:-1]
    busy = rate > 0
    columns = (begin / MINUTES_A_DAY, edges[1:] / MINUTES_A_DAY, before / MINUTES_A_DAY, rate)
    return Profile(*(column[busy] for column in columns))


def clock_time(pieces: Profile, operational: Floats) -> Floats:
    """When on the clock the cumulative rate reaches these amounts, at least 0 [days].

    The year is found first and the time within it from the pieces, so that a late year is as exact as the first. Where
    nobody comes the cumulative rate stands still: who falls due just then comes when people begin to come again.
    """
    year = np.floor(operational / DAYS_A_YEAR) * DAYS_A_YEAR
    within = operational - year
    at = np.searchsorted(pieces.before, within, side="right") - 1
    day = pieces.begin[at] + (within - pieces.before[at]) / pieces.rate[at]
    return np.asarray(year + np.minimum(day, pieces.end[at]), dtype=np.float64)


def _edges(arrivals: Arrivals) -> Ints:
    """Minutes of the year at which the rate may change; whole numbers, so that none stands twice."""
    midnights = np.arange(0, MINUTES_A_YEAR + 1, MINUTES_A_DAY)
    months = np.arange(0, MINUTES_A_YEAR + 1, MINUTES_A_MONTH)
    hours = [minutes_named(span) for span in arrivals.daily or ()]
    spans = [midnights[:-1] + minute for ends in hours for minute in ends]
    return np.unique(np.concatenate([midnights, months, *spans]).astype(np.int64))


def _weekly(arrivals: Arrivals, minute: Ints) -> Floats:
    if arrivals.weekly is None:
        return np.ones(minute.size)
    return DAYS_A_WEEK * np.array(arrivals.weekly.shares)[minute // MINUTES_A_DAY % DAYS_A_WEEK]


def _daily(arrivals: Arrivals, minute: Ints) -> Floats:
    if arrivals.daily is None:
        return np.ones(minute.size)
    rate, of_day = np.zeros(minute.size), minute % MINUTES_A_DAY
    for span, share in filled(arrivals.daily).items():
        begin, end = minutes_named(span)
        rate[(of_day >= begin) & (of_day < end)] = share * MINUTES_A_DAY / (end - begin)
    return rate


def _yearly(arrivals: Arrivals, minute: Ints) -> Floats:
    if arrivals.yearly is None:
        return np.ones(minute.size)
    return len(MONTHS) * np.array(arrivals.yearly.shares)[minute // MINUTES_A_MONTH]
