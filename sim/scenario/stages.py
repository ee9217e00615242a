"""A stage: one piece of work, one decision or one delay."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, field_validator, model_validator

from sim.scenario.keys import MOST_POSTS, Detail, Name, NotNegative, Part, Share, ShareOrRest, filled, key
from sim.scenario.laws import Law
from sim.scenario.vocabulary import LEAVE, LEVELS, MINUTES_AN_HOUR, NEEDS, REST, Purpose


def _adds_up(routes: dict[str, float | Literal["rest"]]) -> dict[str, float | Literal["rest"]]:
    filled(routes)
    return routes


Routes = Annotated[dict[str, ShareOrRest], AfterValidator(_adds_up)]
PeopleWaiting = Annotated[int, Field(ge=0, le=MOST_POSTS)]
LevelName = Literal["low", "moderate", "high", "crisis"]
NeedName = Literal["one", "two", "three", "four"]


TEAM_STAGE_KEYS = (
    *("minutes", "hours", "weeks"),
    *("gives_up_after_days", "on_give_up", "queue_limit", "when_full"),
)
"""Keys of a stage that say nothing where no team works it."""

ONWARD_KEYS = ("on_give_up", "when_full")
"""Keys of a stage that name another, beside its routes."""


class Gate(Part):
    """Who may pass. Tests in the order level, needs, criteria; the first failed is the reason of a refusal."""

    eligible_from: LevelName = key("lowest level seen that passes", default="low")
    seen_too_low: Share = key("chance that the level is seen one lower than it is", "share", default=0.0)
    seen_too_high: Share = key("chance that the level is seen one higher than it is", "share", default=0.0)
    most_needs: Literal[1, 2, 3, 4] | None = key(
        "more needs than this are refused as too complex", "needs", default=None
    )
    outside_criteria: Share = key("share of citizens judged outside the criteria, for life", "share", default=0.0)
    called: str = key("what the refusal is called", default="")

    @model_validator(mode="after")
    def _errors_fit(self) -> Self:
        if self.seen_too_low + self.seen_too_high > 1:
            raise ValueError("seen_too_low and seen_too_high add up to more than 1; lower one of them")
        return self


class Fits(Detail):
    """Probability that help fits, by the number of needs open."""

    one: Share = key("chance with one need open", "share")
    two: Share = key("chance with two needs open", "share")
    three: Share = key("chance with three needs open", "share")
    four: Share = key("chance with four needs open", "share")

    @property
    def shares(self) -> tuple[float, ...]:
        """Chances in the order one, two, three, four."""
        return (self.one, self.two, self.three, self.four)


class Help(Part):
    """What a visit to this stage can do for the citizen."""

    fits: Fits = key("probability that it fits, by number of needs open; a bare number holds for all", "share")
    meets: Literal["one", "all"] = key("needs a fitting episode meets: `one` or `all`", default="one")
    eases_levels: Annotated[int, Field(ge=0, le=3)] = key(
        "levels it brings down where needs stay open", "levels", default=1
    )

    @field_validator("fits", mode="before")
    @classmethod
    def _same_for_all(cls, given: Any) -> Any:
        if isinstance(given, (int, float)) and not isinstance(given, bool):
            return dict.fromkeys(NEEDS, given)
        return given


class Stage(Part):
    """One piece of work, one decision or one delay."""

    title: str = key("name for readers", default="")
    purpose: Purpose | None = key("`deciding`, `helping` or `running`: where hours and money are filed", default=None)
    team: str | None = key("the team that does the work", default=None)
    minutes: Law | None = key("staff work of a visit", "minutes", default=None)
    hours: Law | None = key("staff work of a visit", "hours", default=None)
    weeks: Law | None = key("how long a place on a caseload is held", "weeks", default=None)
    delay_days: Law | None = key("a delay that needs no one's work", "days", default=None)
    gives_up_after_days: Law | None = key("patience while queueing; left out: endless", "days", default=None)
    on_give_up: str | None = key("stage for those who give up; left out: they leave", default=None)
    queue_limit: PeopleWaiting | None = key(
        "who joins while no post is free and this many wait for the team, in their neighbourhood where it has its own "
        "queue, is turned away; 0: nobody waits; left out: no limit",
        "people",
        default=None,
    )
    when_full: str | None = key("stage for those turned away; left out: they leave", default=None)
    gate: Gate | None = key("who may pass on from here", default=None)
    help: Help | None = key("what the visit can do for the citizen", default=None)
    fee_gbp: NotNegative | None = key("price of one visit that is bought", "GBP", default=None)
    fee_cashable: Share = key("share of the fee that is cashable: could be taken out of a budget", "share", default=1.0)
    next: Routes = key("where citizens go next, by share", "share", default_factory=lambda: {LEAVE: REST})
    next_by_level: dict[LevelName, Routes] = key("the same for one need level", "share", default_factory=dict)
    next_by_group: dict[Name, Routes] = key("the same for one group", "share", default_factory=dict)
    next_by_needs: dict[NeedName, Routes] = key("the same for one number of needs", "share", default_factory=dict)
    luck: str | None = key("name under which chance is drawn; left out: the stage's own name", default=None)

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if (self.team is None) == (self.delay_days is None):
            stands = "both stand here" if self.team else "neither stands here"
            raise ValueError(f"a stage is work by a `team` or a `delay_days`, but {stands}; give one of them")
        if self.team is None:
            for name in TEAM_STAGE_KEYS:
                if getattr(self, name) is not None:
                    raise ValueError(f"`{name}` has no effect on a delay; drop it or name a team")
        elif (self.minutes is None) == (self.hours is None):
            stands = "both stand here" if self.hours else "neither stands here"
            raise ValueError(f"work by a team takes `minutes` or `hours`, but {stands}; give one of them")
        if self.on_give_up is not None and self.gives_up_after_days is None:
            raise ValueError("`on_give_up` has no effect without `gives_up_after_days`; give it, or drop `on_give_up`")
        if self.when_full is not None and self.queue_limit is None:
            raise ValueError("`when_full` has no effect without `queue_limit`; give it, or drop `when_full`")
        if "fee_cashable" in self.model_fields_set and not self.fee_gbp:
            raise ValueError("`fee_cashable` has no effect without `fee_gbp`; give it, or drop `fee_cashable`")
        return self

    @model_validator(mode="after")
    def _one_kind_of_routes(self) -> Self:
        if sum(map(bool, (self.next_by_level, self.next_by_group, self.next_by_needs))) > 1:
            raise ValueError(
                "only one of next_by_level, next_by_group and next_by_needs may stand at one stage; drop the others"
            )
        return self

    @property
    def all_routes(self) -> tuple[Routes, ...]:
        """Every table of routes of this stage."""
        tables = (self.next_by_level, self.next_by_group, self.next_by_needs)
        return (self.next, *(routes for table in tables for routes in table.values()))

    def routes_for(self, level: int, group: str, needs: int) -> dict[str, float]:
        """Where a citizen goes from here, as share by target; the shares add up to 1."""
        by_level = {name: routes for name, routes in self.next_by_level.items() if name == LEVELS[level]}
        by_needs = {name: routes for name, routes in self.next_by_needs.items() if name == NEEDS[needs - 1]}
        special = [*by_level.values(), *by_needs.values()]
        special += [self.next_by_group[group]] if group in self.next_by_group else []
        return filled(special[0] if special else self.next)

    @property
    def targets(self) -> set[str]:
        """Stages a citizen may go to from here."""
        routed = {target for routes in self.all_routes for target in routes}
        return (routed | {self.on_give_up or LEAVE, self.when_full or LEAVE}) - {LEAVE}

    @property
    def expected_hours(self) -> float:
        """Mean staff work of a visit by a citizen with one need [hours]."""
        if self.minutes is not None:
            return self.minutes.expected / MINUTES_AN_HOUR
        return self.hours.expected if self.hours is not None else 0.0
