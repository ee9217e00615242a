"""Arrivals: how often needs arise, and when in the week, the day and the year."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, model_validator

from sim.scenario.keys import Mix, NotNegative, Part, Positive, ShareOrRest, filled, key, shown
from sim.scenario.laws import Law
from sim.scenario.shifts import minutes_named
from sim.scenario.vocabulary import DAYS_A_WEEK, DAYS_A_YEAR

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
RATES = ("per_1000_adults_a_year", "per_week", "per_day", "days_between")
"""The ways to say how often needs arise."""


class WeekdayShares(Mix):
    """Shares of a week's arrivals by weekday; they add up to 1."""

    mon: ShareOrRest = key("share on Mondays", "share", default=0.0)
    tue: ShareOrRest = key("share on Tuesdays", "share", default=0.0)
    wed: ShareOrRest = key("share on Wednesdays", "share", default=0.0)
    thu: ShareOrRest = key("share on Thursdays", "share", default=0.0)
    fri: ShareOrRest = key("share on Fridays", "share", default=0.0)
    sat: ShareOrRest = key("share on Saturdays", "share", default=0.0)
    sun: ShareOrRest = key("share on Sundays", "share", default=0.0)


class MonthShares(Mix):
    """Shares of a year's arrivals by month, each a twelfth of the year of 364 days; they add up to 1."""

    jan: ShareOrRest = key("share in January, where a run begins", "share", default=0.0)
    feb: ShareOrRest = key("share in February", "share", default=0.0)
    mar: ShareOrRest = key("share in March", "share", default=0.0)
    apr: ShareOrRest = key("share in April", "share", default=0.0)
    may: ShareOrRest = key("share in May", "share", default=0.0)
    jun: ShareOrRest = key("share in June", "share", default=0.0)
    jul: ShareOrRest = key("share in July", "share", default=0.0)
    aug: ShareOrRest = key("share in August", "share", default=0.0)
    sep: ShareOrRest = key("share in September", "share", default=0.0)
    oct: ShareOrRest = key("share in October", "share", default=0.0)
    nov: ShareOrRest = key("share in November", "share", default=0.0)
    dec: ShareOrRest = key("share in December", "share", default=0.0)


def _in_a_day(shares: dict[str, float | Literal["rest"]]) -> dict[str, float | Literal["rest"]]:
    spans = sorted((minutes_named(span), span) for span in shares)
    for ((_, end), one), ((begin, _), other) in pairwise(spans):
        if begin < end:
            raise ValueError(f"{shown(one)} and {shown(other)} overlap; let the second begin where the first ends")
    filled(shares)
    return shares


def _same_for_all(law: Law) -> Law:
    if law.each_further_need:
        raise ValueError("`each_further_need` has no effect here: it is for work and waits within a pathway; drop it")
    return law


def _above_zero(law: Law) -> Law:
    if law.expected == 0:
        raise ValueError("no time from one arrival to the next would be endlessly many; give a mean above 0")
    return law


DayShares = Annotated[dict[str, ShareOrRest], AfterValidator(_in_a_day)]
SameForAll = Annotated[Law, AfterValidator(_same_for_all)]
Between = Annotated[Law, AfterValidator(_same_for_all), AfterValidator(_above_zero)]


class Arrivals(Part):
    """How often needs arise: exactly one of the four ways to say it. Arrivals are Poisson, unless `days_between` has
    another law. The profiles say when they come: the rate is the product of those given, its mean over a year as said.
    """

    per_1000_adults_a_year: Positive | None = key(
        "people whose need begins, per 1,000 adults and year of 364 days", "people", default=None
    )
    per_week: NotNegative | None = key("people whose need begins in a week", "people", default=None)
    per_day: NotNegative | None = key("people whose need begins in a day", "people", default=None)
    days_between: Between | None = key(
        "time from one need's beginning to the next, by any law (a renewal process)", "days", default=None
    )
    weekly: WeekdayShares | None = key(
        "shares of a week's arrivals by weekday, days left out none; left out: all days alike", "share", default=None
    )
    daily: DayShares | None = key(
        'shares of a day\'s arrivals by hours, such as "08:00-12:00", hours left out none; left out: round the clock',
        "share",
        default=None,
    )
    yearly: MonthShares | None = key(
        "shares of a year's arrivals by month, months left out none; left out: all months alike", "share", default=None
    )

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        given = [name for name in RATES if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError(
                (f"here stand {' and '.join(given)}" if given else "nothing stands here that says how many")
                + f"; give exactly one of {', '.join(RATES[:-1])} and {RATES[-1]}"
            )
        return self

    @property
    def is_poisson(self) -> bool:
        """Whether arrivals are independent of each other, so that shares of them are as well."""
        return self.days_between is None or self.days_between.law == "exponential"

    def a_day(self, adults: float | None) -> float:
        """Mean arrivals a day [people/day]."""
        if self.days_between is not None:
            return 1 / self.days_between.expected
        if self.per_day is not None:
            return self.per_day
        if self.per_week is not None:
            return self.per_week / DAYS_A_WEEK
        return (self.per_1000_adults_a_year or 0.0) * (adults or 0.0) / 1000 / DAYS_A_YEAR


assert tuple(WeekdayShares.model_fields) == WEEKDAYS
assert tuple(MonthShares.model_fields) == MONTHS
