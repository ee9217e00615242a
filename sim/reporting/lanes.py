"""Swim lanes: one citizen's life in one pathway as bands, bars and marks, in shares of the picture's width."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from sim.reporting.lives_shown import REFUSALS, Life
from sim.scenario.pathways import Pathway
from sim.scenario.vocabulary import LEVELS, NONE

WHOLE = 100.0
"""The width of the picture: places are given in per cent of it."""

ENDS_OF_NEED = {"helped": "resolved", "eased": "recovered", "left_area": "left"}
HELPS = {"helped_fit": "fit", "helped_unfit": "unfit"}

Times = tuple[float, float]


@dataclass(frozen=True)
class Bar:
    """Something that lasts, from `x` on, `width` wide [per cent]; `kind` is a need level, or what is done meanwhile."""

    kind: str
    x: float
    width: float


@dataclass(frozen=True)
class Mark:
    """Something that happens at an instant: at `x` [per cent], on a `day`."""

    kind: str
    x: float
    day: float


@dataclass(frozen=True)
class Lane:
    """What is drawn of one life."""

    life: Life
    bands: tuple[Bar, ...]
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]


def lane(life: Life, pathway: Pathway | None, axis: float) -> Lane:
    """The lane of a life in a pathway (None: nobody helps) on an axis so many days long."""
    bands = [_bar(str(row["level"]), (row["started"], row["ended"]), axis) for _, row in life.levels.iterrows()]
    visited = list(_visits(life, pathway)) if pathway else []
    away = [("away", times) for times in _away(life, [times for _, times in visited])] if pathway else []
    bars = [_bar(kind, times, axis) for kind, times in (*away, *visited)]
    marks = [Mark(kind, _x(day, axis), day) for kind, day in sorted(_events(life), key=lambda one: one[1])]
    return Lane(life, tuple(filter(_is_need, bands)), _seen(bars), _distinct(marks))


def waited(life: Life, pathway: Pathway) -> float:
    """Days the life was spent waiting, in queues and for delays to pass."""
    return sum(stop - begin for kind, (begin, stop) in _visits(life, pathway) if kind == "wait")


def _visits(life: Life, pathway: Pathway) -> Iterator[tuple[str, Times]]:
    """What each visit was, and from when to when: a wait, work, or help that fits or does not."""
    for _, visit in life.visits.iterrows():
        stage = pathway.stages[visit["stage"]]
        joined, begun, over = (min(_known(visit[name]), life.end) for name in ("joined", "started", "ended"))
        begun = min(begun, over)
        if begun > joined:
            yield "wait", (joined, begun)
        if visit["started"] <= life.end:
            yield _doing(visit, has_team=stage.team is not None, helps=stage.help is not None), (begun, over)


def _known(day: float) -> float:
    return math.inf if math.isnan(day) else float(day)


def _doing(visit: pd.Series, *, has_team: bool, helps: bool) -> str:
    if helps and visit["outcome"] != "missed":
        return HELPS.get(str(visit["outcome"]), "unfit")
    return "work" if has_team and visit["outcome"] != "missed" else "wait"


def _away(life: Life, visited: list[Times]) -> Iterator[Times]:
    """From when to when need was open and no visit under way."""
    for _, level in life.levels.iterrows():
        if level["level"] == LEVELS[NONE]:
            continue
        begin = level["started"]
        for start, stop in sorted(visited):
            if start >= level["ended"]:
                break
            if start > begin:
                yield begin, start
            begin = max(begin, min(stop, level["ended"]))
        if begin < level["ended"]:
            yield begin, level["ended"]


def _events(life: Life) -> Iterator[tuple[str, float]]:
    """What happened at an instant, and the day."""
    visits, changes = life.visits[life.visits["joined"] <= life.end], life.changes
    over = visits[visits["ended"] <= life.end]
    if life.right_help is not None:
        yield "right_help", life.right_help
    for day in over[over["outcome"].isin(REFUSALS)]["ended"]:
        yield "refused", float(day)
    for day in over[over["outcome"] == "gave_up"]["ended"]:
        yield "gave_up", float(day)
    for day in visits[visits["approach"] > 1].groupby("approach")["joined"].min():
        yield "came_back", float(day)
    for _, change in changes.iterrows():
        if change["cause"] == "relapsed":
            yield "relapsed", float(change["day"])
        elif change["to_level"] == LEVELS[NONE] or change["cause"] == "left_area":
            yield ENDS_OF_NEED.get(str(change["cause"]), "recovered"), float(change["day"])


def _x(day: float, axis: float) -> float:
    return round(WHOLE * min(max(day / axis, 0.0), 1.0), 2)


def _bar(kind: str, times: Times, axis: float) -> Bar:
    begin, stop = (_x(day, axis) for day in times)
    return Bar(kind, begin, round(stop - begin, 2))


def _is_need(band: Bar) -> bool:
    return band.kind != LEVELS[NONE] and band.width > 0


def _seen(bars: list[Bar]) -> tuple[Bar, ...]:
    """The bars a reader can tell apart: of those that stand in the same tenth of a per cent, one of each kind."""
    return tuple({(bar.kind, round(bar.x, 1), round(bar.width, 1)): bar for bar in bars}.values())


def _distinct(marks: list[Mark]) -> tuple[Mark, ...]:
    return tuple({(mark.kind, round(mark.x, 1)): mark for mark in marks}.values())
