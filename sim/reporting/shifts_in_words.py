"""When a part-time post is there, and what overtime costs, in sentences about a team of the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from math import ceil

from sim.measures.capacity import WHOLE_AREA, part_posts
from sim.reporting.amounts import counted, exact_number
from sim.reporting.paragraphs import about_in_ratio, named
from sim.scenario.scenario import Scenario
from sim.scenario.teams import Team
from sim.scenario.vocabulary import HOURS_A_DAY

SHOWN = 3
"""So many of the days on which a part-time post is there are named."""
MOST_PARTS = 100
"""A share of days with more parts than these is rounded to hundredths."""

PARTS = {
    Fraction(1, 2): "Half a post",
    Fraction(1, 3): "A third of a post",
    Fraction(2, 3): "Two thirds of a post",
    Fraction(1, 4): "A quarter of a post",
    Fraction(3, 4): "Three quarters of a post",
}
SPELT = {2: "second", 3: "third"}
ENDINGS = {1: "st", 2: "nd", 3: "rd"}
PART = "{part}{where}: on shift {how_often} (the {first} and so on)."
UNEQUAL = "{days} differ in length: each counts here as {hours}, their mean."
OVERTIME = "Hours worked beyond those {beyond} are overtime, at {price} GBP an hour."


def overtime_in_words(team: Team) -> str:
    """What an hour of overtime costs; nothing where the team is not paid by the hour or can work none."""
    if not (team.may_work_overtime and team.gbp_per_worked_hour):
        return ""
    beyond = "paid for" if team.works == "caseload" else "on shift"
    return OVERTIME.format(beyond=beyond, price=exact_number(team.gbp_per_hour_of_overtime))


def part_posts_in_words(scenario: Scenario, team: Team) -> Iterator[str]:
    """When each fraction of a post is there (rule 5): by number on the rota, and by neighbourhood."""
    if team.works == "caseload" or team.is_unlimited:
        return
    heads = {shift.heads for shift in team.shifts} if team.rota is not None else {team.mean_posts}
    for number in sorted(heads):
        day = _day(team, number)
        said = [_part(place, part, day) for place, part in part_posts(scenario, team, number).items() if part]
        yield from said
        if said and not _are_equal(days := _hours_by_day(team, number)):
            hours = counted(sum(days) / len(days), "hour")
            yield UNEQUAL.format(days=_plural(day), hours=hours)


def _day(team: Team, heads: float) -> str:
    """What a day is called on which so many are on the rota, or the team is open."""
    if team.rota is not None:
        return f"day with {exact_number(heads)} on the rota"
    return "open day" if team.closes else "day"


def _plural(day: str) -> str:
    return day.replace("day", "days", 1).capitalize()


def _part(place: str, part: Fraction, day: str) -> str:
    """How often a part of a post is there, and on which days first: the j-th is day j / part, rounded up."""
    first = [_ordinal(ceil(turn / part)) for turn in range(1, SHOWN + 1)]
    return PART.format(
        part=PARTS.get(part, f"{exact_number(round(float(part), 3))} of a post"),
        where="" if place == WHOLE_AREA else f" in {named(place)}",
        how_often=_how_often(part, day),
        first=", ".join(first),
    )


def _how_often(part: Fraction, day: str) -> str:
    top, bottom = part.as_integer_ratio()
    if top == 1:
        return f"every {SPELT.get(bottom) or _ordinal(bottom)} {day}"
    ratio = f"{top} in {bottom}" if bottom <= MOST_PARTS else about_in_ratio(float(part))
    return f"on {ratio} {day.replace('day', 'days', 1)}"


def _ordinal(number: int) -> str:
    """A place in a row: `1st`, `12th`, `22nd`."""
    ending = "th" if number % 100 in (11, 12, 13) else ENDINGS.get(number % 10, "th")
    return f"{number:,}{ending}"


def _hours_by_day(team: Team, heads: float) -> list[float]:
    """Hours of each day of the week on which the team is open, on a rota with so many at work [hours]."""
    by_day: Counter[int] = Counter()
    for shift in team.shifts:
        if team.rota is None or shift.heads == heads:
            by_day[int(shift.begins)] += round(shift.hours * 60)
    return [minutes / 60 for minutes in by_day.values()] or [float(HOURS_A_DAY)]


def _are_equal(hours: list[float]) -> bool:
    return len(set(hours)) == 1
