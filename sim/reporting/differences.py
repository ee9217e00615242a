"""Differences between pathways, and what each says: direction, size, interval, verdict."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from sim.reporting import wording
from sim.reporting.amounts import bare, size, stated, with_unit
from sim.reporting.names import about
from sim.reporting.results import Results


@dataclass(frozen=True)
class Difference:
    """A measure of one pathway less that of another, with its interval and verdict."""

    basis: str
    pathway: str
    against: str
    measure: str
    part: str
    unit: str
    mean: float
    low: float
    high: float
    matters: float
    verdict: str
    strict: str
    price_year: str = ""

    @property
    def half_width(self) -> float:
        """Half the width of the interval [the measure's unit]."""
        return (self.high - self.low) / 2

    @property
    def words(self) -> tuple[str, str]:
        """The words for less and for more of this measure."""
        return wording.LESS_MORE.get(self.unit, wording.LOWER_HIGHER)

    @property
    def is_none(self) -> bool:
        """Whether there is none at all, as between two pathways that are the same."""
        return self.mean == self.low == self.high == 0

    @property
    def reading(self) -> str:
        """The verdict as it is said, by `reading`."""
        return reading(self.verdict, self.low, self.high)

    @property
    def about(self) -> str:
        """What the measure is called inside a sentence."""
        return about(self.measure, self.part)


def differences(results: Results, *, against: str | None = None, headlines_only: bool = True) -> list[Difference]:
    """Differences for all citizens, in the file's order; headlines alone unless asked otherwise."""
    table = results.comparison[results.comparison["by"] == "all"]
    if headlines_only:
        table = table[table["measure"].isin(results.headlines)]
    if against is not None:
        table = table[table["against"] == against]
    table = table[(table["part"] == "") & table["mean"].notna()]
    return [difference_of(row, results.scenario.price_year) for _, row in table.iterrows()]


def difference_of(row: pd.Series, price_year: str) -> Difference:
    """The difference in a row of the comparison."""
    known = ("basis", "pathway", "against", "measure", "part", "unit", "verdict", "strict")
    texts = {name: str(row.get(name, "")) for name in known}
    numbers = {name: float(row[name]) for name in ("mean", "low", "high", "matters")}
    money = price_year if texts["unit"].startswith("GBP") else ""
    return Difference(**texts, **numbers, price_year=money)  # type: ignore[arg-type]


def clause(difference: Difference) -> str:
    """What a difference and its verdict say, as a clause: direction, size, interval."""
    if difference.is_none:
        return wording.CLAUSE_SAME.format(about=difference.about)
    less, more = difference.words
    template = wording.CLAUSES[difference.verdict or "not_judged"]
    template = wording.CLAUSE_PERHAPS if is_of_unclear_size(difference) else template
    return template.format(
        about=difference.about,
        size=size(difference.mean, difference.unit, half_width=difference.half_width),
        less=less,
        more=more,
        word=less if difference.mean < 0 else more,
        span=span(difference, says_way="{size}" not in template),
        matters=stated(difference.matters, difference.unit, difference=True),
    )


def is_of_unclear_size(difference: Difference) -> bool:
    """Whether the interval lies on one side of 0, and leaves open only whether the difference is one that matters."""
    return difference.reading in wording.OF_UNCLEAR_SIZE


def reading(verdict: str, low: float, high: float) -> str:
    """A verdict as it is said: where an interval leaves open only whether the difference matters, which way it goes."""
    if verdict == "no_clear_difference" and (high < 0 or low > 0):
        return "perhaps_less" if high < 0 else "perhaps_more"
    return verdict


def span(difference: Difference, *, says_way: bool = True) -> str:
    """The interval of a difference in words, e.g. `35 to 47 days shorter`, with the price year of money.

    Where the sentence has said which way already, an interval on one side of 0 does not say it again.
    """
    low, high = difference.low, difference.high
    if not (low <= high):
        return wording.SPAN_NONE
    less, more = difference.words
    if low < 0 < high:
        lowest, highest = _end(difference, low, alone=True), _end(difference, high, alone=True)
        said = wording.SPAN_BOTH_SIDES.format(low=lowest, less=less, high=highest, more=more)
    else:
        near, far, word = (high, low, less) if high <= 0 else (low, high, more)
        template = wording.SPAN_ONE_SIDE_IN_WORDS if says_way else wording.SPAN_ONE_SIDE
        said = template.format(
            near=_end(difference, near, alone=False), far=_end(difference, far, alone=True), word=word
        )
    return wording.IN_PRICES.format(span=said, price_year=difference.price_year) if difference.price_year else said


def _end(difference: Difference, value: float, *, alone: bool) -> str:
    """An end of an interval; the unit stands with it unless it follows at the other end (`35 to 47 days`)."""
    number = bare(abs(value), difference.unit, half_width=difference.half_width)
    return with_unit(number, difference.unit) if alone or difference.unit.startswith("GBP") else number


def verdict(difference: Difference) -> str:
    """The verdict in a word or two."""
    less, more = difference.words
    return wording.VERDICTS[difference.reading].format(less=less, more=more)
