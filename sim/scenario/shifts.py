"""The week of a team: on which days and hours it is open, and how many are then at work.

In a file days are `mon` or `mon-fri`, hours `08:00-18:00`, up to `24:00`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Annotated, Any, NamedTuple

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator

from sim.scenario.keys import LEAST_SHARE, MOST_POSTS, OR_TEXT, not_tiny, shown
from sim.scenario.vocabulary import DAYS, DAYS_A_WEEK, HOURS_A_DAY, MINUTES_AN_HOUR

MINUTES_A_DAY = HOURS_A_DAY * MINUTES_AN_HOUR
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)-(\d{1,2}):(\d\d)")


class Shift(NamedTuple):
    """A stretch of the week, from `begins` to `ends` [days from Monday 00:00], with so many `heads` at work."""

    begins: float
    ends: float
    heads: float

    @property
    def hours(self) -> float:
        """How long it is [hours]."""
        return (self.ends - self.begins) * HOURS_A_DAY


def days_named(span: str) -> list[int]:
    """Places in the week of the days of a span such as `mon`, `mon-fri` or `sat-mon`.

    Raises
    ------
    ValueError
        If it is no such span.
    """
    names = span.split("-")
    if len(names) > 2 or not set(names) <= set(DAYS):
        raise ValueError(f"{shown(span)} names no days; expected such as 'mon' or 'mon-fri', of {', '.join(DAYS)}")
    first, last = DAYS.index(names[0]), DAYS.index(names[-1])
    return [(first + more) % DAYS_A_WEEK for more in range((last - first) % DAYS_A_WEEK + 1)]


def minutes_named(span: str) -> tuple[int, int]:
    """Begin and end of hours such as `08:00-18:00` [minutes of the day].

    Raises
    ------
    ValueError
        If they are no such hours, or do not end after they begin.
    """
    found = _CLOCK.fullmatch(span)
    hours = [int(part) for part in found.groups()] if found else [99, 0, 0, 0]
    begin, end = hours[0] * MINUTES_AN_HOUR + hours[1], hours[2] * MINUTES_AN_HOUR + hours[3]
    if max(hours[1], hours[3]) >= MINUTES_AN_HOUR or max(begin, end) > MINUTES_A_DAY:
        raise ValueError(f"{shown(span)} names no hours of a day; expected such as '08:00-18:00', up to '24:00'")
    if begin >= end:
        raise ValueError(
            f"the hours {shown(span)} do not end after they begin; "
            "past midnight write two: to '24:00', and the next day from '00:00'"
        )
    return begin, end


def shifts_of(week: Mapping[str, Mapping[str, float]]) -> tuple[Shift, ...]:
    """The shifts of a week given as heads by days and hours, in order.

    Raises
    ------
    ValueError
        If days or hours cannot be read, or two shifts overlap.
    """
    spans = [
        (day, *minutes_named(hours), hours, heads)
        for days, times in week.items()
        for day in days_named(days)
        for hours, heads in times.items()
    ]
    for one, two in pairwise(sorted(spans)):
        if one[0] == two[0] and two[1] < one[2]:
            both = f"{shown(one[3])} and {shown(two[3])}"
            raise ValueError(f"{both} overlap on {DAYS[one[0]]}; let the second begin where the first ends")
    return tuple(
        Shift(day + begin / MINUTES_A_DAY, day + end / MINUTES_A_DAY, heads)
        for day, begin, end, _, heads in sorted(spans)
    )


def _hours(given: Any) -> list[str]:
    spans = given if isinstance(given, list) else [given]
    if not spans or not all(isinstance(span, str) for span in spans):
        raise ValueError(f"{shown(given)} is not allowed; expected hours such as '08:00-18:00', or a list of them")
    return spans


def _by_day(given: Any) -> Any:
    if not isinstance(given, dict):
        raise ValueError(f"{shown(given)} is not allowed; expected days and hours, as in {{ mon-fri = '08:00-18:00' }}")
    return given


def _open_holds(week: dict[str, list[str]]) -> dict[str, list[str]]:
    shifts_of(open_week(week, 1.0))
    if not week:
        raise ValueError("the team is never open; give days and hours, such as mon-fri = '08:00-18:00'")
    return week


def _rota_holds(rota: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    if not any(shift.heads for shift in shifts_of(rota)):
        raise ValueError("nobody is ever on shift; give heads by hours, such as mon-fri = { '08:00-18:00' = 3 }")
    return rota


def open_week(week: Mapping[str, Iterable[str]], posts: float) -> dict[str, dict[str, float]]:
    """Opening hours as a rota with the same number of posts at all of them."""
    twice = [f"{days}: {span}" for days, spans in week.items() for span, times in Counter(spans).items() if times > 1]
    if twice:
        raise ValueError(f"the hours of {twice[0]} stand twice; write them once")
    return {days: dict.fromkeys(spans, posts) for days, spans in week.items()}


Heads = Annotated[float, Field(ge=0, le=MOST_POSTS), not_tiny(LEAST_SHARE)]
Spans = Annotated[list[str], PlainValidator(_hours), OR_TEXT]
Open = Annotated[dict[str, Spans], BeforeValidator(_by_day), AfterValidator(_open_holds)]
Rota = Annotated[dict[str, dict[str, Heads]], AfterValidator(_rota_holds)]
