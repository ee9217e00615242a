"""What stands round the citizens and the pathways: crisis prices, the run plan, checks and sources."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, PlainValidator, model_validator

from sim.scenario.keys import Detail, NotNegative, Part, Positive, Share, key, shown
from sim.scenario.vocabulary import DAYS_A_WEEK
from sim.scenario.wait_targets import WholeDays

MOST_HEADLINES = 3
MOST_WEEKS = 1_000_000
MOST_REPLICATIONS = 100_000

WeeksOrNone = Annotated[int, Field(ge=0, le=MOST_WEEKS)]
OneWeekOrMore = Annotated[int, Field(ge=1, le=MOST_WEEKS)]
Replications = Annotated[int, Field(ge=2, le=MOST_REPLICATIONS)]

Grade = Literal["A", "B", "C", "D"]
GRADES: tuple[Grade, ...] = ("A", "B", "C", "D")


class Crisis(Part):
    """What a crisis costs other public services."""

    gbp_per_entry: NotNegative = key("public cost of entering crisis", "GBP", default=0.0)
    gbp_per_day: NotNegative = key("public cost of a day in crisis", "GBP", default=0.0)
    payer: str = key("who pays it", default="other public services")
    receiver: str = key("who is paid", default="emergency services")
    cashable: Share = key("share of it that is cashable: could be taken out of a budget", "share", default=0.0)

    @model_validator(mode="after")
    def _has_prices(self) -> Self:
        if "cashable" in self.model_fields_set and not (self.gbp_per_entry or self.gbp_per_day):
            raise ValueError(
                "`cashable` has no effect without a price; give `gbp_per_entry` or `gbp_per_day`, or drop it"
            )
        return self


class Weeks(Detail):
    """The windows of a run, in whole weeks."""

    warm_up: WeeksOrNone = key("before anyone is counted; a run doubles it where it is too short", "weeks", default=156)
    cohort: OneWeekOrMore = key("in which the counted citizens' needs arise", "weeks", default=52)
    follow_up: OneWeekOrMore = key("each of them is followed for", "weeks", default=156)

    @property
    def cohort_from(self) -> float:
        """Day on which the cohort begins."""
        return float(self.warm_up * DAYS_A_WEEK)

    @property
    def cohort_to(self) -> float:
        """Day on which the cohort ends."""
        return float((self.warm_up + self.cohort) * DAYS_A_WEEK)

    @property
    def horizon(self) -> float:
        """Day on which the run ends: the last citizen of the cohort has been followed to the end."""
        return float((self.warm_up + self.cohort + self.follow_up) * DAYS_A_WEEK)

    @property
    def counted(self) -> int:
        """Weeks from the start of the cohort to the end of the run: those in which money is counted."""
        return self.cohort + self.follow_up

    @property
    def follow_up_days(self) -> float:
        """How long each citizen is followed [days]."""
        return float(self.follow_up * DAYS_A_WEEK)


class Quick(Part):
    """The short run of `--quick`: for a first look, never for comparison."""

    warm_up: WeeksOrNone = key("before anyone is counted", "weeks", default=26)
    cohort: OneWeekOrMore = key("in which the counted citizens' needs arise", "weeks", default=6)
    follow_up: OneWeekOrMore = key("each of them is followed for", "weeks", default=26)
    replications: Replications = key("replications", "replications", default=6)


class Run(Part):
    """The run plan."""

    seed: Annotated[int, Field(ge=0, lt=2**63)] = key("the number all chance comes from", default=1)
    weeks: Weeks = key("the windows of a run", "weeks", default_factory=Weeks)
    replications: Replications = key("replications of the first stage", "replications", default=30)
    most_replications: Replications = key("cap on the second stage", "replications", default=120)
    precision: dict[str, Positive] = key(
        "the headlines: wanted half-width of the interval of each difference",
        "as the measure",
        default_factory=dict,
    )
    matters: dict[str, Positive] = key(
        "smaller differences than this do not matter", "as the measure", default_factory=dict
    )
    quick: Quick = key("the short run of --quick", default_factory=Quick)

    @model_validator(mode="after")
    def _headlines_have_thresholds(self) -> Self:
        if set(self.precision) != set(self.matters):
            odd = sorted(set(self.precision) ^ set(self.matters))
            raise ValueError(
                f"only in one of `precision` and `matters`: {', '.join(odd)}; a headline stands in both, or in neither"
            )
        if len(self.precision) > MOST_HEADLINES:
            raise ValueError(f"here stand {len(self.precision)} headlines; keep at most {MOST_HEADLINES}")
        if "most_replications" in self.model_fields_set and not self.precision:
            raise ValueError(
                "`most_replications` has no effect without a wanted `precision`; drop it, or give `precision`"
            )
        if self.precision and self.most_replications < self.replications:
            raise ValueError(
                f"most_replications = {self.most_replications} is below replications = {self.replications}; raise it"
            )
        return self


class Figure(Part):
    """A published figure: what it is, and of which pathway and measure."""

    title: str = key("what the figure is, for readers", default="")
    pathway: str = key("pathway whose figure it is")
    measure: str = key("measure set beside it")
    stage: str | None = key("stage, for a measure of a stage", default=None)
    not_through: str | None = key("for `entries_direct`: the stage that those counted have not been to", default=None)
    team: str | None = key("team, for a measure of a team", default=None)
    ending: str | None = key("for `outcome_share`: how approaches end, as the table of results names it", default=None)
    days: WholeDays | None = key("for `returned_within_days`: how many days", "days", default=None)

    @property
    def part(self) -> str:
        """The part of the pathway that the measure is of, as results name it."""
        if self.stage is not None and self.not_through is not None:
            return direct(self.stage, self.not_through)
        return self.stage or self.team or self.ending or ("" if self.days is None else str(self.days))


def direct(stage: str, not_through: str) -> str:
    """What results call the entries to a stage that did not come through another."""
    return f"{stage}, not through {not_through}"


class Check(Figure):
    """A published figure nothing was fitted to, set beside the model's."""

    published: float = key("the published figure", "as the measure")
    tolerance: Positive = key("how far off still passes", "as the measure")
    source: str = key("key of the source")
    note: str = key("how the figure was reached, and whether it is a flow or a stock", default="")


class Target(Figure):
    """A published figure that a number was fitted to reach, by the command `fit`; it is never also a check."""

    measure: str = key("measure brought to it")
    published: Positive = key("the published figure; above 0, for nearness is told as a share of it", "as the measure")
    fits: str = key("path of the number that is fitted")
    source: str = key("key of the source")
    note: str = key("how the figure was reached", default="")


class PublishedRemission(Part):
    """What a study found of need that ends without help, to be set beside what the course implies."""

    by_3_months: Share | None = key("share recovered by 3 months (91 days)", "share", default=None)
    by_6_months: Share | None = key("share recovered by 6 months (182 days)", "share", default=None)
    by_12_months: Share | None = key("share recovered by 12 months (364 days)", "share", default=None)
    source: str = key("key of the source")
    note: str = key("whom it was found of, and how it was used", default="")


class Source(Part):
    """Where numbers come from."""

    title: str = key("title")
    publisher: str = key("publisher")
    year: int = key("year of publication")
    link: str = key("address", default="")
    grade: Grade = key(
        "A official statistic, B peer-reviewed or independent evaluation, C grey literature, D assumption"
    )
    checked: date | None = key("date the figure was last looked up", default=None)
    licence: str = key("terms of use", default="")
    weakness: str = key("what is weak about it", default="")


def _number(given: object) -> float | int:
    if isinstance(given, bool) or not isinstance(given, (int, float)) or not abs(given) <= 2.0**63:
        raise ValueError(f"{shown(given)} is not allowed; expected a number")
    return given


Number = Annotated[float | int, PlainValidator(_number)]


class NumberTable(Part):
    """How any number may be written when it is more than bare."""

    value: Number = key("the number")
    range: list[Number] | None = key("5th and 95th percentile", "as the number", default=None)
    source: str | None = key("key of its source; left out: an assumption, grade D", default=None)
    note: str = key("how it was reached", default="")
    grade: Grade | None = key("grade where it is lower than the source's, as of a figure from memory", default=None)
    price_year: str | None = key("price year of a price of another year than the file's", default=None)
    index: str | None = key("price index that brings it to the file's price year; left out: gdp_deflator", default=None)
    certain: str | None = key("why it has no range", default=None)

    @model_validator(mode="after")
    def _range_holds(self) -> Self:
        if self.range is None:
            return self
        ends = ", ".join(f"{end:g}" for end in self.range)
        if len(self.range) != 2 or self.range[0] >= self.range[1]:
            raise ValueError(f"the range [{ends}] is not a low and a high end; write range = [low, high]")
        if not self.range[0] <= self.value <= self.range[1]:
            raise ValueError(f"the range [{ends}] does not hold the value {self.value:g}; widen it or mend the value")
        if self.certain is not None:
            raise ValueError(f"a number that is `certain` has no range, but here stands [{ends}]; drop one of the two")
        return self
