"""Rule 5: a fraction of a post works its share of open time, however the hours are written.

The right values are worked in minutes from the calendar, without the engine's arrays.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.engine.instants import A_DAY, A_WEEK
from sim.engine.shifts import attendance
from sim.measures.overtime import hours_beside_shifts
from sim.measures.record import Record
from sim.scenario.teams import Team
from sim.scenario.vocabulary import DAYS_A_WEEK

from .worlds import lived, people, plain

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTE = A_DAY // 1440
WEEKS = 20

Spans = list[tuple[int, int, int]]
"""Stretches of the week: day, first and last minute."""


def clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def opening(spans: Spans) -> dict[str, list[str]]:
    """The hours of a team in the order given."""
    week: dict[str, list[str]] = {}
    for day, begin, end in spans:
        week.setdefault(DAYS[day], []).append(f"{clock(begin)}-{clock(end)}")
    return week


@st.composite
def calendars(draw: Any) -> Spans:
    """Up to three stretches a day on some days of the week, in quarters of an hour, some of which touch midnight."""
    spans: Spans = []
    for day in sorted(draw(st.sets(st.integers(0, 6), min_size=1))):
        edges = sorted(draw(st.sets(st.integers(0, 96), min_size=2, max_size=6)))
        spans += [(day, 15 * a, 15 * b) for a, b in zip(edges[::2], edges[1::2], strict=False)]
    return spans


def on_shift(team: Team, until: int) -> tuple[Any, Any]:
    """From each instant on, how many are on shift, by the engine's calendar."""
    (only,) = attendance(team, [Fraction(1)], until)
    return only.since, only.posts


def minutes_on_shift(team: Team, weeks: int) -> Any:
    """Minutes of posts on shift in each week."""
    since, posts = on_shift(team, weeks * A_WEEK)
    edges = np.append(since, weeks * A_WEEK)
    worked = np.concatenate([[0], np.cumsum(np.diff(edges) * posts)])
    at_week = np.interp(np.arange(weeks + 1) * A_WEEK, edges, worked)
    return np.diff(at_week) / MINUTE


def splits(spans: Spans, *, reverse: bool) -> Iterator[tuple[int, int, int]]:
    """Each stretch in two, in another order."""
    for day, begin, end in reversed(spans) if reverse else spans:
        middle = (begin + end) // 2
        if begin < middle < end:
            yield from [(day, middle, end), (day, begin, middle)]
        else:
            yield day, begin, end


fractions = st.sampled_from([0.5, 0.25, 0.1, 0.75, 1 / 3, 0.9, 2.5, 0.01])


@settings(max_examples=200, deadline=None)
@given(calendars(), fractions)
def test_a_part_post_works_its_share_of_open_hours_within_one_quantum(spans: Spans, posts: float) -> None:
    """In any n weeks: posts x open time, to within the mean open time of an open day."""
    team = Team(posts=posts, open=opening(spans))
    open_minutes = sum(end - begin for _, begin, end in spans)
    quantum = open_minutes / len({day for day, _, _ in spans})
    total = np.cumsum(minutes_on_shift(team, WEEKS))
    expected = posts * open_minutes * np.arange(1, WEEKS + 1)
    assert (np.abs(total - expected) <= quantum + 1e-6).all()


@settings(max_examples=200, deadline=None)
@given(calendars(), fractions, st.booleans())
def test_how_hours_are_written_changes_nothing(spans: Spans, posts: float, reverse: bool) -> None:
    once, cut = (Team(posts=posts, open=opening(list(given))) for given in (spans, splits(spans, reverse=reverse)))
    times = np.arange(0, 3 * A_WEEK, 5 * MINUTE)
    for one in (once, cut):
        since, _ = on_shift(one, 3 * A_WEEK)
        assert (np.diff(since) > 0).all()
    first, second = [
        np.append(0, posts)[np.searchsorted(since, times, side="right")]
        for since, posts in (on_shift(one, 3 * A_WEEK) for one in (once, cut))
    ]
    assert np.array_equal(first, second)


def half_night(hours: Any) -> Any:
    """Half a post on nights of eight hours, all week; a visit takes half an hour and there are always more."""
    team = {"posts": 0.5, "open": {"mon-sun": hours}}
    weeks = {"warm_up": 0, "cohort": WEEKS, "follow_up": 1}
    return plain({"desk": {"team": "clerks", "hours": {"fixed": 0.5}}}, {"clerks": team}, run={"weeks": weeks})


@pytest.mark.parametrize("hours", [["00:00-06:00", "22:00-24:00"], ["22:00-24:00", "00:00-03:00", "03:00-06:00"]])
def test_half_a_post_on_nights_works_28_of_56_hours(hours: list[str]) -> None:
    """56 visits a week on average, all of them while on shift: in any four weeks 224, to within a night's 16."""
    world, crowd = half_night(hours), people(*[0.0] * (57 * WEEKS))
    tables = lived(world, crowd)
    by_week = np.bincount((tables.visits.ended[~np.isnan(tables.visits.ended)] // 7).astype(int))[:WEEKS]
    four = np.convolve(by_week, np.ones(4), mode="valid")
    assert (np.abs(four - 4 * 56) <= 16).all()
    late = hours_beside_shifts(Record(world, "p", crowd, tables), 0.0, 28.0)
    assert not late.overtime.any() and not late.unserved.any()


def test_a_part_post_on_a_rota_works_its_share_too() -> None:
    """Half a head in the mornings and one and a half in the afternoons, five days: 15 / 2 and 22.5 hours a week."""
    team = Team(rota={"mon-fri": {"09:00-12:00": 0.5, "13:00-16:00": 1.5}})
    total = np.cumsum(minutes_on_shift(team, WEEKS)) / 60
    expected = (0.5 * 15 + 1.5 * 15) * np.arange(1, WEEKS + 1)
    assert (np.abs(total - expected) <= 6).all()


def test_days_of_the_week_are_those_of_the_calendar() -> None:
    """Round the clock a quantum is a day."""
    since, posts = on_shift(Team(posts=0.5), 2 * A_WEEK)
    assert np.array_equal(since, np.arange(2 * DAYS_A_WEEK) * A_DAY)
    assert posts.tolist() == [0, 1] * DAYS_A_WEEK
