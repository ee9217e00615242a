"""A team: who works, when they are there, and what they are paid."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from pydantic import Field, ValidatorFunctionWrapHandler, WrapValidator, model_validator

from sim.scenario.keys import (
    LEAST_SHARE,
    MOST_POSTS,
    OR_TEXT,
    WEEK_PATTERN,
    NotNegative,
    Part,
    Share,
    key,
    not_tiny,
    shown,
)
from sim.scenario.shifts import Open, Rota, Shift, open_week, shifts_of
from sim.scenario.team_sense import idle_keys
from sim.scenario.vocabulary import HOURS_A_DAY, HOURS_A_WEEK, UNLIMITED, WEEKS_A_YEAR


def _or_unlimited(given: Any, handler: ValidatorFunctionWrapHandler) -> float:
    if isinstance(given, str) and given != UNLIMITED:
        raise ValueError(f"{shown(given)} is not allowed; expected a number [posts], or {UNLIMITED!r}")
    return math.inf if given == UNLIMITED else float(handler(given))


Posts = Annotated[float, Field(ge=0, le=MOST_POSTS), not_tiny(LEAST_SHARE), WrapValidator(_or_unlimited), OR_TEXT]
HoursAWeek = Annotated[float, Field(gt=0, le=HOURS_A_WEEK), not_tiny(LEAST_SHARE)]
WeeksAYear = Annotated[float, Field(gt=0, le=WEEKS_A_YEAR), not_tiny(LEAST_SHARE)]
Cases = Annotated[float, Field(gt=0, le=MOST_POSTS), not_tiny(LEAST_SHARE)]
DatedPosts = Annotated[float, Field(ge=0, le=MOST_POSTS), not_tiny(LEAST_SHARE)]
WeekName = Annotated[str, Field(pattern=WEEK_PATTERN)]
WorkingShare = Annotated[float, Field(gt=0, le=1), not_tiny(LEAST_SHARE)]


def _since(by_week: tuple[tuple[int, float], ...], week: int) -> float:
    """What holds in a week."""
    return [value for since, value in by_week if since <= week][-1]


SAME_DAY = "same day"


class Team(Part):
    """The people who work stages. Staffed: paid whether busy or not."""

    title: str = key("name for readers", default="")
    works: Literal["appointments", "caseload"] = key(
        "`appointments`: busy while they see someone; `caseload`: each post holds open cases for weeks",
        default="appointments",
    )
    posts: Posts | None = key(
        "full-time posts in the whole area; fractions allowed; `unlimited`: nobody waits for the team while it is "
        "open; left out where a `rota` says who is at work",
        "posts",
        default=None,
    )
    posts_from_week: dict[WeekName, DatedPosts] = key(
        "posts from some week of the cohort window on, counted from its start, as in { 26 = 12, 52 = 14 }; `posts` are "
        "those before",
        "posts",
        default_factory=dict,
    )
    open: Open | None = key(
        'when it sees citizens (appointments teams), as in { mon-fri = "08:00-18:00" }; left out: round the clock',
        default=None,
    )
    rota: Rota | None = key(
        'how many are at work when, in place of `posts` and `open`, as in { mon-fri = { "08:00-12:00" = 3 } }',
        "people",
        default=None,
    )
    finish: Literal["next day", "same day"] | None = key(
        "what happens to work not done at closing: `next day` (left out: so): it is gone on with first at the next "
        "opening; `same day`: it is brought to its end in overtime",
        default=None,
    )
    per_neighbourhood: bool = key("each neighbourhood has its own posts (by households) and queue", default=False)
    cover: bool = key(
        "an idle post takes who has waited longest in the next neighbourhood, in the order of the file, where anyone "
        "waits",
        default=False,
    )
    cases_each: Cases | None = key("open cases one post holds (caseload teams)", "cases", default=None)
    keeps: bool = key(
        "a place is held from the team's first visit to the end of the approach: one worker keeps the case",
        default=False,
    )
    hours_per_week: HoursAWeek | None = key(
        "working hours of one post; left out: all hours the team is open, as in a plain queueing network",
        "hours",
        default=None,
    )
    weeks_per_year: WeeksAYear = key("weeks worked, of 52", "weeks", default=52.0)
    share_with_citizens: WorkingShare = key("share of working hours spent with or for citizens", "share", default=1.0)
    other_work: Annotated[float, Field(ge=0, lt=1)] = key(
        "share of the team's paid hours that goes on duties outside this pathway: neither capacity nor cost here",
        "share",
        default=0.0,
    )
    gbp_per_worked_hour: NotNegative = key("cost of one worked hour", "GBP", default=0.0)
    gbp_per_worked_hour_from_week: dict[WeekName, NotNegative] = key(
        "that cost from some week of the cohort window on, counted from its start; `gbp_per_worked_hour` holds before",
        "GBP",
        default_factory=dict,
    )
    gbp_per_overtime_hour: NotNegative | None = key(
        "cost of an hour worked beyond those on shift; left out: that of any worked hour", "GBP", default=None
    )
    includes: list[str] = key(
        "what that cost already covers; no contract line may charge it again", default_factory=list
    )
    cashable: Share = key(
        "share of what the team costs that is cashable: could be taken out of a budget", "share", default=1.0
    )

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if (self.posts is None) == (self.rota is None):
            stands = "neither stands here" if self.rota is None else "both stand here"
            raise ValueError(f"a team has `posts` or a `rota`, but {stands}; give one of them")
        if self.rota is not None and self.open is not None:
            raise ValueError("`open` has no effect beside a `rota`, which says when; drop one of the two")
        if self.is_unlimited and self.gbp_per_worked_hour:
            raise ValueError(
                "unlimited posts cannot be paid by the hour, for there is no number of them; "
                "set gbp_per_worked_hour = 0 and give the stages a `fee_gbp`, or give a number of posts"
            )
        if self.works == "caseload" and not self.is_unlimited and self.cases_each is None:
            raise ValueError("a caseload team needs `cases_each`; say how many open cases a post holds")
        self._has_no_idle_keys()
        if self.gbp_per_worked_hour and self.hours_per_week is None and self.rota is None:
            raise ValueError("a price is given but no `hours_per_week`; say how many hours a post is paid for")
        return self

    def _has_no_idle_keys(self) -> None:
        given = {name: getattr(self, name) for name in self.model_fields_set}
        for name, where in idle_keys(given).items():
            if given.get(name) is not None and given[name] is not False and given[name] != {}:
                raise ValueError(f"`{name}` has no effect {where}")

    @model_validator(mode="after")
    def _closes(self) -> Self:
        if self.finish is not None and not self.closes:
            raise ValueError(
                "`finish` has no effect where a team never closes; drop it, or leave a time out of its hours"
            )
        worked, hours = self.hours_with_citizens_a_week, self.open_hours_a_week
        if worked > hours * (1 + 1e-9):
            remedy = f"open longer, or share_with_citizens at most {self.share_with_citizens * hours / worked:.3g}"
            raise ValueError(f"a post has {worked:.4g} hours a week with citizens in {hours:.4g} open hours; {remedy}")
        return self

    @property
    def is_unlimited(self) -> bool:
        """Whether there is always a post, or a place, for one more."""
        return self.posts == math.inf

    @property
    def posts_by_week(self) -> tuple[tuple[int, float], ...]:
        """Posts, each with the week of the cohort window from which there are so many; the first since ever."""
        later = sorted((int(week), posts) for week, posts in self.posts_from_week.items())
        return ((0, self.mean_posts), *later)

    @property
    def price_by_week(self) -> tuple[tuple[int, float], ...]:
        """Costs of a worked hour, each with the week of the cohort window from which it holds; the first since ever."""
        later = sorted((int(week), price) for week, price in self.gbp_per_worked_hour_from_week.items())
        return ((0, self.gbp_per_worked_hour), *later)

    def mean_posts_in(self, weeks: int) -> float:
        """Posts on average over so many weeks from the start of the cohort window."""
        return sum(posts * length for posts, _, length in self.periods(weeks)) / weeks

    def mean_paid_gbp_a_year(self, weeks: int) -> float:
        """What the team is paid in a year, on average over so many weeks from the cohort window's start [GBP/year]."""
        if not (self.posts_from_week or self.gbp_per_worked_hour_from_week):
            return self.paid_gbp_a_year
        a_post = self.hours_a_week * self.weeks_per_year
        return a_post * sum(posts * price * length for posts, price, length in self.periods(weeks)) / weeks

    def periods(self, weeks: int) -> list[tuple[float, float, int]]:
        """Posts, cost of a worked hour [GBP] and length [weeks] of each stretch of these weeks in which both stay."""
        edges = sorted({0, weeks, *(week for week, _ in (*self.posts_by_week, *self.price_by_week) if week < weeks)})
        return [
            (_since(self.posts_by_week, low), _since(self.price_by_week, low), high - low)
            for low, high in pairwise(edges)
        ]

    @property
    def shifts(self) -> tuple[Shift, ...]:
        """When the team is open, with how many at work, through the week; none: round the clock."""
        if self.rota is not None:
            return shifts_of(self.rota)
        return shifts_of(open_week(self.open, self.posts or 0.0)) if self.open is not None else ()

    @property
    def closes(self) -> bool:
        """Whether there is a time of the week when it is not open."""
        return self.open_hours_a_week < HOURS_A_WEEK - 1e-9

    @property
    def open_hours_a_week(self) -> float:
        """Hours in a week at which it is open [hours/week]."""
        return math.fsum(shift.hours for shift in self.shifts) or float(HOURS_A_WEEK)

    @property
    def mean_posts(self) -> float:
        """Posts, or the mean number on the rota while it is open [posts]."""
        if self.posts is not None:
            return self.posts
        return math.fsum(shift.hours * shift.heads for shift in self.shifts) / self.open_hours_a_week

    @property
    def hours_a_week(self) -> float:
        """Hours of one post for this pathway; on a rota, of one who is always on shift [hours/week]."""
        hours = self.open_hours_a_week if self.hours_per_week is None else self.hours_per_week
        return hours * (1 - self.other_work)

    @property
    def paid_hours_an_open_hour(self) -> float:
        """Hours a post is paid for in an hour of being open, in an average week of the year [hours]."""
        return self.hours_a_week * self.weeks_per_year / WEEKS_A_YEAR / self.open_hours_a_week

    @property
    def paid_hours_a_week(self) -> float:
        """Hours the whole team is paid for in an average week of the year, beside overtime [hours/week]."""
        return self.mean_posts * self.hours_a_week * self.weeks_per_year / WEEKS_A_YEAR

    @property
    def hours_with_citizens_a_week(self) -> float:
        """Hours one post spends with or for citizens in an average week of the year [hours/week]."""
        return self.hours_a_week * self.weeks_per_year / WEEKS_A_YEAR * self.share_with_citizens

    @property
    def hours_an_open_day(self) -> float:
        """Staff hours a post works in 24 hours of being open: the speed of rule 6 [hours]."""
        return self.hours_with_citizens_a_week / (self.open_hours_a_week / HOURS_A_DAY)

    @property
    def is_paid(self) -> bool:
        """Whether anybody is paid by the hour, at first or from some date on."""
        return bool(self.gbp_per_worked_hour) and any(posts for _, posts in self.posts_by_week)

    @property
    def paid_gbp_a_year(self) -> float:
        """What the team is paid in a year before any date [GBP/year]: posts x hours x weeks x GBP per worked hour."""
        if not self.gbp_per_worked_hour:
            return 0.0
        return self.paid_hours_a_week * WEEKS_A_YEAR * self.gbp_per_worked_hour

    @property
    def may_work_overtime(self) -> bool:
        """Whether more may be at work than are on shift: on a caseload, after closing, or when posts grow fewer."""
        if self.is_unlimited:
            return False
        heads = {self.posts or 0.0} if self.rota is None else {shift.heads for shift in self.shifts}
        changes = (
            bool(self.posts_from_week)
            or len(heads) > 1
            or any(number % 1 for number in heads)
            or self.per_neighbourhood
        )
        return changes or self.works == "caseload" or self.finish == SAME_DAY

    def spans_of_a_price(self, weeks: int) -> list[tuple[int, int, float]]:
        """First and last week of each stretch of these weeks with one cost of a worked hour, and that cost [GBP]."""
        edges = sorted({0, weeks, *(week for week, _ in self.price_by_week if week < weeks)})
        return [(low, high, _since(self.price_by_week, low)) for low, high in pairwise(edges)]

    @property
    def gbp_per_hour_of_overtime(self) -> float:
        """What an hour worked beyond those on shift costs before any date [GBP]."""
        return self.gbp_per_worked_hour if self.gbp_per_overtime_hour is None else self.gbp_per_overtime_hour
