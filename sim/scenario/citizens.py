"""Who the citizens are: their groups, levels and needs, the course these take alone, where and how often they arise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import Field, model_validator

from sim.scenario.keys import Detail, Name, NotNegative, Part, Positive, Share, ShareOrRest, filled, key
from sim.scenario.vocabulary import DAYS_A_WEEK, DAYS_A_YEAR, LEVELS, NEEDS


class Mix(Detail):
    """Shares that add up to 1; one of them may be given as the rest."""

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        filled(self.model_dump())
        return self

    @property
    def shares(self) -> tuple[float, ...]:
        """The shares, in the order of the keys."""
        return tuple(filled(self.model_dump()).values())


class LevelShares(Mix):
    """Shares by need level; they add up to 1."""

    low: ShareOrRest = key("share at level low", "share", default=0.0)
    moderate: ShareOrRest = key("share at level moderate", "share", default=0.0)
    high: ShareOrRest = key("share at level high", "share", default=0.0)
    crisis: ShareOrRest = key("share at level crisis", "share", default=0.0)


class NeedShares(Mix):
    """Shares by number of needs; they add up to 1."""

    one: ShareOrRest = key("share with one need", "share", default=0.0)
    two: ShareOrRest = key("share with two needs", "share", default=0.0)
    three: ShareOrRest = key("share with three needs", "share", default=0.0)
    four: ShareOrRest = key("share with four needs", "share", default=0.0)


class LevelDays(Detail):
    """Mean days by need level; a level left out means never."""

    low: Positive | None = key("mean at level low", "days", default=None)
    moderate: Positive | None = key("mean at level moderate", "days", default=None)
    high: Positive | None = key("mean at level high", "days", default=None)
    crisis: Positive | None = key("mean at level crisis", "days", default=None)

    @property
    def days(self) -> tuple[float | None, ...]:
        """Means in the order low, moderate, high, crisis; None is never."""
        return (self.low, self.moderate, self.high, self.crisis)


class WorseningDays(Detail):
    """Mean days until the level worsens by one; crisis, the worst, cannot."""

    low: Positive | None = key("mean at level low", "days", default=None)
    moderate: Positive | None = key("mean at level moderate", "days", default=None)
    high: Positive | None = key("mean at level high", "days", default=None)

    @property
    def days(self) -> tuple[float | None, ...]:
        """Means in the order low, moderate, high, crisis; None is never."""
        return (self.low, self.moderate, self.high, None)


class Group(Part):
    """A kind of citizen, with its own mix of needs and its own course."""

    title: str = key("name for readers", default="")
    share: ShareOrRest = key("share of all arrivals", "share", default="rest")
    level_at_arrival: LevelShares | None = key("need level when the need arises", "share", default=None)
    number_of_needs: NeedShares | None = key(
        "separate problems open when the need arises; left out: one each", "share", default=None
    )
    worsens_after_days: WorseningDays = key(
        "mean time to the next worse level, by level", "days", default_factory=WorseningDays
    )
    eases_after_days: LevelDays = key("mean time to the next milder level, by level", "days", default_factory=LevelDays)
    leaves_after_days: LevelDays = key(
        "mean time to death or moving away while in need, by level", "days", default_factory=LevelDays
    )

    @property
    def mean_needs(self) -> float:
        """Mean number of needs at arrival."""
        shares = self.number_of_needs.shares if self.number_of_needs else (1.0,)
        return sum(count * share for count, share in enumerate(shares, start=1))

    @model_validator(mode="after")
    def _course_needs_levels(self) -> Self:
        course = (self.worsens_after_days, self.eases_after_days, self.leaves_after_days)
        if self.level_at_arrival is None and any(any(part.days) for part in course):
            raise ValueError("a course is given but no `level_at_arrival`; say at which levels needs arise")
        return self


def mean_needs(groups: Mapping[str, Group]) -> float:
    """Mean number of needs at arrival over all groups; 0 where there is no group."""
    shares = filled({name: group.share for name, group in groups.items()}) if groups else {}
    return sum(share * groups[name].mean_needs for name, share in shares.items())


class Course(Part):
    """What is common to the course of every group."""

    pace_during_help: Share = key(
        "speed of worsening during help, as a share of its usual speed (1: help does not slow it)", "share", default=1.0
    )


class Place(Part):
    """The area served."""

    adults: Positive | None = key("adults living in the area", "people", default=None)
    households: dict[Name, Annotated[float, Field(gt=0)]] = key(
        "households in each neighbourhood", "households", default_factory=dict
    )
    band_d_homes: Positive | None = key("council tax base: homes in Band D equivalents", "homes", default=None)
    band_d_bill: Positive | None = key("council tax on a Band D home", "GBP a year", default=None)


class Arrivals(Part):
    """How often needs arise: exactly one of the three ways to say it. Arrivals are Poisson."""

    per_1000_adults_a_year: Positive | None = key(
        "people whose need begins, per 1,000 adults and year of 364 days", "people", default=None
    )
    per_week: NotNegative | None = key("people whose need begins in a week", "people", default=None)
    per_day: NotNegative | None = key("people whose need begins in a day", "people", default=None)

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        given = [name for name in type(self).model_fields if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError(
                (f"here stand {' and '.join(given)}" if given else "nothing stands here")
                + "; give exactly one of per_1000_adults_a_year, per_week and per_day"
            )
        return self

    def a_day(self, adults: float | None) -> float:
        """Mean arrivals a day [people/day]."""
        if self.per_day is not None:
            return self.per_day
        if self.per_week is not None:
            return self.per_week / DAYS_A_WEEK
        return (self.per_1000_adults_a_year or 0.0) * (adults or 0.0) / 1000 / DAYS_A_YEAR


assert tuple(LevelShares.model_fields) == LEVELS[1:]
assert tuple(NeedShares.model_fields) == NEEDS
