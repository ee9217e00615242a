"""Who the citizens are: their groups, levels and needs, the course these take alone, where and how often they arise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from sim.scenario.arrivals import Arrivals, SameForAll
from sim.scenario.keys import MOST_POSTS, Detail, Mix, Name, Part, Positive, Share, ShareOrRest, filled, key
from sim.scenario.vocabulary import LEVELS, NEEDS


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
    arrivals: Arrivals | None = key(
        "how often needs arise in this group, instead of a share of all arrivals; in all groups or in none",
        default=None,
    )
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

    relapses_after_days: Positive | None = key(
        "mean time from the end of a need, whatever ended it, to its return: at level low, one need; left out: never",
        "days",
        default=None,
    )

    @property
    def mean_needs(self) -> float:
        """Mean number of needs at arrival."""
        shares = self.number_of_needs.shares if self.number_of_needs else (1.0,)
        return sum(count * share for count, share in enumerate(shares, start=1))

    @model_validator(mode="after")
    def _comes_one_way(self) -> Self:
        if self.arrivals is not None and "share" in self.model_fields_set:
            raise ValueError("`share` has no effect on a group with `arrivals` of its own; drop one of the two")
        return self

    @model_validator(mode="after")
    def _course_needs_levels(self) -> Self:
        course = (self.worsens_after_days, self.eases_after_days, self.leaves_after_days)
        moves = any(any(part.days) for part in course) or self.relapses_after_days is not None
        if self.level_at_arrival is None and moves:
            raise ValueError("a course is given but no `level_at_arrival`; say at which levels needs arise")
        return self


def group_shares(groups: Mapping[str, Group], adults: float | None) -> dict[str, float]:
    """Share of all arrivals by group; they add up to 1. Where nobody arrives at all, the groups are of one size.

    Raises
    ------
    ValueError
        If the shares given cannot add up to 1.
    """
    if not any(group.arrivals for group in groups.values()):
        return filled({name: group.share for name, group in groups.items()})
    rates = {name: group.arrivals.a_day(adults) if group.arrivals else 0.0 for name, group in groups.items()}
    total = sum(rates.values())
    return {name: rate / total if total else 1 / len(rates) for name, rate in rates.items()}


class Course(Part):
    """What is common to the course of every group."""

    pace_during_help: Share = key(
        "speed of worsening during help, as a share of its usual speed (1: help does not slow it)", "share", default=1.0
    )


class WaitingAtStart(Part):
    """Who waits already: of the groups as arrivals are, the same people in every pathway. They are served, but not
    counted: their need arose before.
    """

    people: Annotated[int, Field(ge=0, le=MOST_POSTS)] = key("people who wait already", "people")
    days_waited: SameForAll = key("how long each of them has waited by then", "days")
    at: Literal["start", "cohort"] = key(
        "when they come to the line: `start`: when the run begins; `cohort`: when the cohort window does, into "
        "whatever line the warm-up has left",
        default="start",
    )


class Place(Part):
    """The area served."""

    adults: Positive | None = key("adults living in the area", "people", default=None)
    households: dict[Name, Positive] = key("households in each neighbourhood", "households", default_factory=dict)
    band_d_homes: Positive | None = key("council tax base: homes in Band D equivalents", "homes", default=None)
    band_d_bill: Positive | None = key("council tax on a Band D home", "GBP a year", default=None)


assert tuple(LevelShares.model_fields) == LEVELS[1:]
assert tuple(NeedShares.model_fields) == NEEDS
