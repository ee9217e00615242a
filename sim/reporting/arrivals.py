"""Who comes, how often and when, and who waits at the start, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sim.reporting.amounts import counted, plain_number
from sim.reporting.paragraphs import bullets, in_ratio, named, paragraph
from sim.scenario.arrivals import MONTHS, WEEKDAYS, Arrivals
from sim.scenario.keys import filled
from sim.scenario.scenario import Scenario
from sim.scenario.vocabulary import DAYS_A_WEEK

WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def arrivals_in_words(scenario: Scenario) -> Iterator[str]:
    """How many come in a week, at what times from each other, and when in the week, the day and the year."""
    yield paragraph(_how_many(scenario, sum(scenario.arrivals_a_day.values()), "", scenario.arrivals))
    if scenario.arrivals is not None:
        yield from bullets(_when(scenario.arrivals))
        return
    for name, a_day in scenario.arrivals_a_day.items():
        who = f" in the group {scenario.groups[name].title or named(name)}"
        arrivals = scenario.arrivals_of(name)
        yield from bullets([_how_many(scenario, a_day, who, arrivals)])
        yield from bullets(_when(arrivals), 4)


def _how_many(scenario: Scenario, a_day: float, who: str, arrivals: Arrivals | None) -> str:
    people = plain_number(a_day * DAYS_A_WEEK, 1).removesuffix(".0")
    people = "1 person" if people == "1" else f"{people} people"
    begins = "arrives" if people == "1 person" else "arrive"
    what = f"the need of {people}{who} begins" if scenario.has_levels else f"{people}{who} {begins}"
    return f"On average {what} each week{_law(arrivals)}."


def _law(arrivals: Arrivals | None) -> str:
    """How they come, where that is said once for all."""
    if arrivals is None:
        return ""
    if arrivals.days_between is None or arrivals.is_poisson:
        return " (Poisson arrivals)"
    return f"; from one to the next it is {arrivals.days_between.in_words('days')}"


def _when(arrivals: Arrivals) -> Iterator[str]:
    """The profiles, one line each."""
    if arrivals.weekly is not None:
        yield f"of a week's arrivals come {_shares(dict(zip(WEEKDAYS, arrivals.weekly.shares, strict=True)), 'on')}."
    if arrivals.daily is not None:
        spans = {f"{span[:5]} to {span[6:]}": share for span, share in filled(arrivals.daily).items()}
        yield f"of a day's arrivals come {_shares(spans, 'from')}."
    if arrivals.yearly is not None:
        months = dict(zip(MONTHS, arrivals.yearly.shares, strict=True))
        yield f"of a year's arrivals come {_shares(months, 'in')} (months of 30⅓ days; a run begins in January)."


_NAMES = dict(zip((*WEEKDAYS, *MONTHS), (*WEEKDAY_NAMES, *MONTH_NAMES), strict=True))


def _shares(shares: Mapping[str, float], when: str) -> str:
    given = [f"{in_ratio(round(share, 9))} {when} {_NAMES.get(name, name)}" for name, share in shares.items() if share]
    return ", ".join(given)


def waiting_in_words(scenario: Scenario) -> Iterator[str]:
    """Who waits when the run begins, and where."""
    given = scenario.waiting_at_start
    if given is None:
        return
    people = counted(given.people, "person").replace("persons", "people")
    yield paragraph(
        f"When the run begins {people} wait already, of the groups as those who arrive; how long each has waited: "
        f"{given.days_waited.in_words('days')}. They are served, but not counted; their patience and the course of "
        "their need begin with the run."
    )
