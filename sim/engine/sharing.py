"""Sharing out whole things."""

from __future__ import annotations

import math
from fractions import Fraction


def largest_remainder(whole: int, shares: list[Fraction]) -> list[int]:
    """`whole` things shared out by largest remainder, ties to the first; the parts add up to `whole`."""
    parts = [math.floor(whole * share) for share in shares]
    left = whole - sum(parts)
    by_remainder = sorted(range(len(shares)), key=lambda place: (parts[place] - whole * shares[place], place))
    for place in by_remainder[:left]:
        parts[place] += 1
    return parts


def places_of_a_caseload(posts: float, cases_each: float, shares: list[Fraction]) -> list[int]:
    """Places that so many posts hold open cases in, by neighbourhood (rule 15)."""
    return largest_remainder(math.floor(posts * cases_each + 1e-9), shares)
