"""The fixed words of the language: need levels, numbers of needs, purposes."""

from __future__ import annotations

from typing import Literal, get_args

LEVELS = ("none", "low", "moderate", "high", "crisis")
"""Need levels in order; a level's number is its place here."""

NONE, LOW, MODERATE, HIGH, CRISIS = range(5)

NEEDS = ("one", "two", "three", "four")
"""How many separate problems are open; `one` is 1."""

Purpose = Literal["deciding", "helping", "running"]
PURPOSES: tuple[Purpose, ...] = get_args(Purpose)

Basis = Literal["as_specified", "equal_spend", "equal_help"]
BASES: tuple[Basis, ...] = get_args(Basis)
SCALED_BASES: tuple[Basis, ...] = ("equal_spend", "equal_help")
"""Bases that make the other pathways larger or smaller, by one factor on their paid posts."""

Variant = Literal["sceptic", "advocate", "null"]
"""Changes of a file with a meaning of their own.

`sceptic`: contested numbers at the end of their range that favours the first pathway; `advocate`: at the end that
favours the other; `null`: help works the same in both.
"""

VARIANTS: tuple[Variant, ...] = get_args(Variant)

LEAVE = "leave"
REST = "rest"
UNLIMITED = "unlimited"
NO_SERVICE = "no_service"

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""Days of the week in order; day 0 of a run is a Monday."""

DAYS_A_WEEK = len(DAYS)
WEEKS_A_YEAR = 52
DAYS_A_YEAR = DAYS_A_WEEK * WEEKS_A_YEAR
HOURS_A_DAY = 24
HOURS_A_WEEK = HOURS_A_DAY * DAYS_A_WEEK
MINUTES_AN_HOUR = 60
