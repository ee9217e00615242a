"""Power: how surely a comparison would find what it looks for; one that hardly can is no test that was passed."""

from __future__ import annotations

from collections.abc import Callable
from math import isnan, sqrt
from typing import NamedTuple

import numpy as np
from scipy import stats

from sim.experiments.verifying.findings import FAIL, PASS, WEAK, Part, Verdict, said
from sim.measures.arrays import Floats

WANTED = 0.9
"""With less power than this a test is too weak to tell."""

MOST_TIMES = 8
"""A test that is too weak runs twice as often, and twice again, up to so many times as often as it began with."""

SHARE_WAITING, LEAST_WAITING = 0.5, 1.0
"""A change of the number waiting is relevant from this share of it on, or from one person, whichever is more."""


class Comparison(NamedTuple):
    """A difference over replications, and what decides on it: it fails beyond so many standard errors.

    The power is the probability that it does so where the truth is a violation of the size that is relevant. It is
    reckoned with the error found, by the noncentral t distribution. When to stop running depends on the error alone and
    not on the difference, so that running until the power is enough makes no violation appear or go away.
    """

    error: float
    degrees: float
    beyond: float
    relevant: float

    @property
    def allowed(self) -> float:
        """How far chance alone may move the difference."""
        return self.beyond * self.error if self.error else 0.0

    @property
    def power(self) -> float:
        """The probability to find a violation of the relevant size."""
        if not self.error:
            return 1.0
        away = self.relevant / self.error
        found = float(stats.nct.sf(self.beyond, self.degrees, away))
        return float(away > self.beyond) if isnan(found) else min(1.0, max(0.0, found))

    def verdict(self, *, good: bool) -> Verdict:
        """Fail where it fails; pass only where a violation would have been found."""
        return FAIL if not good else PASS if self.power >= WANTED else WEAK

    def part(self, of: str, found: str, what: str, *, good: bool) -> Part:
        """The part that comes of it; `what` names a violation of the relevant size."""
        return Part(of, f"{found}; power {in_words(self.power)} against {what}", self.verdict(good=good), self.power)


def in_words(power: float) -> str:
    """A power as a percentage that is never rounded up to certainty."""
    return "over 99%" if power > 0.99 else f"{power:.0%}"


def error_of_mean(values: Floats) -> float:
    """Standard error of a mean over replications."""
    return float(np.std(values, ddof=1)) / sqrt(values.size)


def relevant_waiting(number: float) -> float:
    """From which change on the number waiting has changed [people]."""
    return max(SHARE_WAITING * abs(number), LEAST_WAITING)


def people_said(number: float) -> str:
    """So many people in words."""
    return said(number, "person" if number == 1 else "people")


def until_sure(look: Callable[[int], list[Part]], least: int) -> list[Part]:
    """The parts that so many replications come to, or twice as many and twice again until none of them is too weak."""
    count, parts = least, look(least)
    while count < MOST_TIMES * least and any(part.verdict == WEAK for part in parts):
        if any(part.verdict == FAIL for part in parts):
            break
        count *= 2
        parts = look(count)
    return parts
