"""A pathway: its stages, the teams that work them, and the contract round them."""

from __future__ import annotations

import math
from typing import Annotated, Any, Literal, Self

from pydantic import Field, ValidatorFunctionWrapHandler, WrapValidator, model_validator

from sim.scenario.citizens import LevelDays
from sim.scenario.keys import MOST_POSTS, Name, NotNegative, Part, Share, key, shown
from sim.scenario.stages import Stage
from sim.scenario.vocabulary import HOURS_A_WEEK, UNLIMITED, WEEKS_A_YEAR


def _or_unlimited(given: Any, handler: ValidatorFunctionWrapHandler) -> float:
    if isinstance(given, str) and given != UNLIMITED:
        raise ValueError(f"{shown(given)} is not allowed; expected a number [posts], or {UNLIMITED!r}")
    return math.inf if given == UNLIMITED else float(handler(given))


Posts = Annotated[float, Field(ge=0, le=MOST_POSTS), WrapValidator(_or_unlimited)]
HoursAWeek = Annotated[float, Field(gt=0, le=HOURS_A_WEEK)]
WeeksAYear = Annotated[float, Field(gt=0, le=WEEKS_A_YEAR)]
Cases = Annotated[float, Field(gt=0, le=MOST_POSTS)]


IDLE_WHERE_UNLIMITED = {
    "appointments": ("per_neighbourhood", "cases_each", "keeps"),
    "caseload": (
        *("per_neighbourhood", "cases_each", "keeps"),
        *("hours_per_week", "weeks_per_year", "share_with_citizens"),
    ),
}
"""Keys of a team that say nothing where its posts are unlimited, by how it works."""


class Team(Part):
    """The people who work stages. Staffed: paid whether busy or not."""

    title: str = key("name for readers", default="")
    works: Literal["appointments", "caseload"] = key(
        "`appointments`: busy while they see someone; `caseload`: each post holds open cases for weeks",
        default="appointments",
    )
    posts: Posts = key(
        "full-time posts in the whole area; fractions allowed; `unlimited`: nobody ever waits for the team", "posts"
    )
    per_neighbourhood: bool = key("each neighbourhood has its own posts (by households) and queue", default=False)
    cases_each: Cases | None = key("open cases one post holds (caseload teams)", "cases", default=None)
    keeps: bool = key(
        "a place is held from the team's first visit to the end of the approach: one worker keeps the case",
        default=False,
    )
    hours_per_week: HoursAWeek = key(
        "working hours of one post; left out: round the clock, as in a plain queueing network", "hours", default=168.0
    )
    weeks_per_year: WeeksAYear = key("weeks worked, of 52", "weeks", default=52.0)
    share_with_citizens: Annotated[float, Field(gt=0, le=1)] = key(
        "share of working hours spent with or for citizens", "share", default=1.0
    )
    gbp_per_worked_hour: NotNegative = key("cost of one worked hour", "GBP", default=0.0)
    includes: list[str] = key(
        "what that cost already covers; no contract line may charge it again", default_factory=list
    )
    cashable: Share = key(
        "share of what the team costs that is cashable: could be taken out of a budget", "share", default=1.0
    )

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if self.is_unlimited:
            self._has_no_limits()
        elif self.works == "caseload" and self.cases_each is None:
            raise ValueError("a caseload team needs `cases_each`; say how many open cases a post holds")
        if self.works == "appointments" and self.cases_each is not None:
            raise ValueError('`cases_each` has no effect on an appointments team; drop it or set works = "caseload"')
        if self.works == "appointments" and self.keeps:
            raise ValueError('`keeps` has no effect on an appointments team; drop it or set works = "caseload"')
        if self.gbp_per_worked_hour and "hours_per_week" not in self.model_fields_set:
            raise ValueError("a price is given but no `hours_per_week`; say how many hours a post is paid for")
        if "cashable" in self.model_fields_set and not self.gbp_per_worked_hour:
            raise ValueError("`cashable` has no effect on a team without `gbp_per_worked_hour`; give it, or drop it")
        return self

    def _has_no_limits(self) -> None:
        if self.gbp_per_worked_hour:
            raise ValueError(
                "unlimited posts cannot be paid by the hour, for there is no number of them; "
                "set gbp_per_worked_hour = 0 and give the stages a `fee_gbp`, or give a number of posts"
            )
        idle = IDLE_WHERE_UNLIMITED[self.works]
        for name in self.model_fields_set:
            if name in idle and getattr(self, name) not in (None, False):
                raise ValueError(f"`{name}` has no effect where posts are unlimited; drop it, or give a number")

    @property
    def is_unlimited(self) -> bool:
        """Whether there is always a post, or a place, for one more."""
        return math.isinf(self.posts)

    @property
    def hours_with_citizens_a_week(self) -> float:
        """Hours one post spends with or for citizens in an average week of the year [hours/week]."""
        return self.hours_per_week * self.weeks_per_year / WEEKS_A_YEAR * self.share_with_citizens

    @property
    def paid_gbp_a_year(self) -> float:
        """What the team is paid in a year, busy or not [GBP/year]: posts x hours x weeks x GBP per worked hour."""
        if not self.gbp_per_worked_hour:
            return 0.0
        return self.posts * self.hours_per_week * self.weeks_per_year * self.gbp_per_worked_hour


class ContractLine(Part):
    """One line of the contract, beside teams and fees. A line named `margin` is reckoned last, on everything else."""

    gbp_a_year: NotNegative | None = key("a fixed sum", "GBP a year", default=None)
    share_of_staff: NotNegative | None = key("as a share of what the teams cost", "share", default=None)
    share_of_all: NotNegative | None = key(
        "as a share of staff, fees and the lines that are no share of all (margin: of all else)",
        "share",
        default=None,
    )
    receiver: str = key("who is paid; left out: the provider", default="")
    cashable: Share = key("share of it that is cashable: could be taken out of a budget", "share", default=1.0)

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        given = [name for name in ("gbp_a_year", "share_of_staff", "share_of_all") if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError(
                "a contract line takes one of gbp_a_year, share_of_staff and share_of_all, "
                f"but here stand {len(given)}; give exactly one of them"
            )
        return self


class OneOff(Part):
    """A cost paid once, such as set-up, exit or double running: shown apart from what a citizen or a year costs."""

    gbp: NotNegative = key("the sum", "GBP")
    receiver: str = key("who is paid; left out: the provider", default="")
    cashable: Share = key("share of it that is cashable: has to be found in a budget", "share", default=1.0)


class Pathway(Part):
    """A way of answering: stages, teams, contract."""

    title: str = key("name for readers", default="")
    payer: str = key("who pays for the service", default="public purse")
    provider: str = key("who is paid for the service", default="provider")
    starts_at: str = key("stage where an approach begins")
    asks_after_days: LevelDays | None = key(
        "mean time from the need arising to the first contact, by level; left out: at once", "days", default=None
    )
    comes_back_after_days: LevelDays = key(
        "mean time from leaving with need open to the next approach, by level; left out: never",
        "days",
        default_factory=LevelDays,
    )
    teams: dict[Name, Team] = key("the teams", default_factory=dict)
    stages: dict[Name, Stage] = key("the stages")
    contract: dict[Name, ContractLine] = key("lines of cost beside teams and fees", default_factory=dict)
    one_off: dict[Name, OneOff] = key("costs paid once: set-up, exit, double running", default_factory=dict)
