"""A stage: one piece of work, one decision or one delay."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import AfterValidator, Field, PlainValidator, field_validator, model_validator

from sim.scenario.gates import Gate, LevelName
from sim.scenario.keys import MOST_POSTS, Detail, Name, NotNegative, Part, Share, ShareOrRest, filled, key, shown
from sim.scenario.laws import Law
from sim.scenario.vocabulary import LEAVE, LEVELS, MINUTES_AN_HOUR, NEEDS, REST, Purpose


def _adds_up(routes: dict[str, float | Literal["rest"]]) -> dict[str, float | Literal["rest"]]:
    filled(routes, over="but a citizen is in one place at a time")
    return routes


def _an_order(given: Any) -> str | list[str]:
    if isinstance(given, list) and given and all(isinstance(name, str) for name in given):
        return list(given)
    if isinstance(given, str) and given in ORDERS:
        return given
    words = ", ".join(map(repr, ORDERS))
    raise ValueError(f"{shown(given)} is not allowed; expected {words}, or a list of groups, the first served first")


Routes = Annotated[dict[str, ShareOrRest], AfterValidator(_adds_up)]
Order = Annotated[str | list[str], PlainValidator(_an_order)]
GroupLaws = Annotated[dict[Name, Law], Field(min_length=1)]
PeopleWaiting = Annotated[int, Field(ge=0, le=MOST_POSTS)]
NeedName = Literal["one", "two", "three", "four"]


BY_GROUP = {key: f"{key}_by_group" for key in ("minutes", "hours", "weeks", "delay_days", "gives_up_after_days")}
"""Keys of a time, each with the key that gives some groups a law of their own."""

TEAM_STAGE_KEYS = (
    *("minutes", "minutes_by_group", "hours", "hours_by_group", "weeks", "weeks_by_group"),
    *("gives_up_after_days", "gives_up_after_days_by_group", "on_give_up", "queue_limit", "when_full", "order"),
    *("missed", "travel_hours", "moves_up_after_days"),
)
"""Keys of a stage that say nothing where no team works it."""

WAITING_KEYS = (
    *("gives_up_after_days", "gives_up_after_days_by_group", "on_give_up"),
    *("queue_limit", "when_full", "order", "moves_up_after_days"),
)
"""Keys of a stage that say what befalls those who wait."""

FIRST_COME, BY_NEED_SEEN, BY_TRUE_NEED = ORDERS = ("first come", "most in need first", "most in true need first")
"""Orders of a waiting line, beside a list of groups."""

ONWARD_KEYS = ("on_give_up", "when_full")
"""Keys of a stage that name another, beside its routes."""


class Fits(Detail):
    """Probability that help fits, by the number of needs open."""

    may_be_bare: ClassVar[bool] = True

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


class Missed(Part):
    """Appointments that are not attended: staff time is used all the same, and the citizen is none the further."""

    share: Share = key("share of appointments not attended", "share")
    then: Literal["again", "leave"] = key(
        "`again`: back into the queue of the same stage, as one who has just come; `leave`: the approach ends",
        default="again",
    )

    @model_validator(mode="after")
    def _comes_to_an_end(self) -> Self:
        if self.share == 1 and self.then == "again":
            raise ValueError('all are missed, again and again; give a share below 1, or then = "leave"')
        return self


class Stage(Part):
    """One piece of work, one decision or one delay."""

    title: str = key("name for readers", default="")
    purpose: Purpose | None = key("`deciding`, `helping` or `running`: where hours and money are filed", default=None)
    team: str | None = key("the team that does the work", default=None)
    minutes: Law | None = key("staff work of a visit", "minutes", default=None)
    minutes_by_group: GroupLaws = key(
        "staff work of a visit by one group, in place of that of all", "minutes", default_factory=dict
    )
    hours: Law | None = key("staff work of a visit", "hours", default=None)
    hours_by_group: GroupLaws = key(
        "staff work of a visit by one group, in place of that of all", "hours", default_factory=dict
    )
    weeks: Law | None = key("how long a place on a caseload is held", "weeks", default=None)
    weeks_by_group: GroupLaws = key(
        "how long a place is held by one group, in place of that of all", "weeks", default_factory=dict
    )
    delay_days: Law | None = key("a delay that needs no one's work", "days", default=None)
    delay_days_by_group: GroupLaws = key(
        "the delay for one group, in place of that for all", "days", default_factory=dict
    )
    travel_hours: NotNegative | None = key(
        "the citizen's own travel for a visit they attend, beside the work", "hours", default=None
    )
    missed: Missed | None = key("appointments not attended", default=None)
    order: Order = key(
        "who goes first of those who wait for the team: `first come`; `most in need first`, by the level last seen at "
        "a gate (low if none yet); `most in true need first`; or a list of groups, others after them",
        default=FIRST_COME,
    )
    moves_up_after_days: Annotated[float, Field(gt=0)] | None = key(
        "who has waited so long at this stage counts one rank higher in its order, by level or group, but never above "
        "the highest; left out: never",
        "days",
        default=None,
    )
    gives_up_after_days: Law | None = key("patience while queueing; left out: endless", "days", default=None)
    gives_up_after_days_by_group: GroupLaws = key(
        "patience of one group, in place of that of all; may stand alone: the others' is endless",
        "days",
        default_factory=dict,
    )
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
                if name in self.model_fields_set:
                    raise ValueError(f"`{name}` has no effect on a delay; drop it or name a team")
            if self.purpose is not None and self.fee_gbp is None:
                raise ValueError("`purpose` has no effect on a delay without a fee: nobody works there; drop it")
        elif (self.minutes is None) == (self.hours is None):
            alone = [base for base in ("minutes", "hours") if getattr(self, BY_GROUP[base])]
            if alone and self.hours is None:
                raise ValueError(_without_base(alone[0], BY_GROUP[alone[0]], self))
            stands = "both stand here" if self.hours else "neither stands here"
            raise ValueError(f"work by a team takes `minutes` or `hours`, but {stands}; give one of them")
        return self

    @model_validator(mode="after")
    def _nothing_idle(self) -> Self:
        for base, by_group in BY_GROUP.items():
            if getattr(self, by_group) and getattr(self, base) is None and base != "gives_up_after_days":
                raise ValueError(_without_base(base, by_group, self))
        if self.on_give_up is not None and not self.may_give_up:
            raise ValueError("`on_give_up` has no effect without `gives_up_after_days`; give it, or drop `on_give_up`")
        if self.when_full is not None and self.queue_limit is None:
            raise ValueError("`when_full` has no effect without `queue_limit`; give it, or drop `when_full`")
        if self.moves_up_after_days is not None and self.order == FIRST_COME:
            raise ValueError(
                "`moves_up_after_days` has no effect where who comes first goes first; give another `order`, or drop it"
            )
        if "fee_cashable" in self.model_fields_set and not self.fee_gbp:
            raise ValueError("`fee_cashable` has no effect without `fee_gbp`; give it, or drop `fee_cashable`")
        if "next" in self.model_fields_set and (by := ousting(vars(self))):
            raise ValueError(f"`next` has no effect: all go by `{by}`; drop it, or leave someone out there")
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
    def may_give_up(self) -> bool:
        """Whether the patience of anyone who waits here has an end."""
        return self.gives_up_after_days is not None or bool(self.gives_up_after_days_by_group)

    def law(self, base: str, group: str) -> Law | None:
        """The law of a time of this stage for one group, in the unit of its key; `base` is one of `BY_GROUP`."""
        laws: dict[str, Law] = getattr(self, BY_GROUP[base])
        own: Law | None = getattr(self, base)
        return laws.get(group, own)

    def expected_hours(self, group: str, needs: float = 1.0) -> float:
        """Mean staff work of a visit by citizens of a group with so many needs open, on average [hours]."""
        in_minutes = self.minutes is not None
        law = self.law("minutes" if in_minutes else "hours", group)
        return law.expected_for(needs) / (MINUTES_AN_HOUR if in_minutes else 1) if law is not None else 0.0

    def expected_weeks(self, group: str, needs: float = 1.0) -> float:
        """Mean time a place is held by citizens of a group with so many needs open, on average [weeks]."""
        law = self.law("weeks", group)
        return law.expected_for(needs) if law is not None else 0.0


def ousting(stage: Mapping[str, Any]) -> str:
    """The key, if any, whose routes leave nobody to go by `next`; `stage` are the keys of a stage.

    Routes by group are not among them: a stage does not know the groups.
    """
    every = {"next_by_level": LEVELS[1:], "next_by_needs": NEEDS}
    return next((by for by, names in every.items() if set(names) <= set(stage.get(by) or ())), "")


def _without_base(base: str, by_group: str, stage: Stage) -> str:
    """What to say of laws by group that stand without the law of all other groups."""
    other = {"minutes": "hours", "hours": "minutes"}.get(base, base)
    if getattr(stage, other) is not None:
        return f"`{by_group}` stands here, but the work is given in `{other}`; write `{BY_GROUP[other]}`"
    return (
        f"`{by_group}` needs `{base}` beside it, for the groups it does not name; give it, or drop `{by_group}`. "
        f"Where all groups have their own, one of them has it as `{base}` and is left out of `{by_group}`"
    )
