"""One citizen's story in one pathway, line by line, for someone who does not code."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

import pandas as pd

from sim.reporting import story_wording as wording
from sim.reporting.amounts import counted, plain_number
from sim.reporting.names import plain_name
from sim.reporting.paragraphs import one_line
from sim.scenario.pathways import Pathway
from sim.scenario.scenario import Scenario
from sim.scenario.vocabulary import HOURS_A_DAY, LEVELS, MINUTES_AN_HOUR, NEEDS, NO_SERVICE

ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
AT_ONCE_DAYS = 1 / HOURS_A_DAY / MINUTES_AN_HOUR
"""Waits of less than a minute are none."""


@dataclass(frozen=True, order=True)
class Line:
    """Something that happened: when [days], its place among things of the same moment, and the words."""

    day: float
    order: int
    text: str


ENDED, HELPED, CHANGED, TURNED_AWAY, JOINED, STARTED = range(6)


def story(
    scenario: Scenario,
    pathway: str,
    citizen_row: pd.Series,
    visits_rows: pd.DataFrame,
    changes_rows: pd.DataFrame,
    *,
    end: float | None = None,
) -> str:
    """What happens to one citizen with one pathway, in order of time; days count from when the need arose.

    `citizen_row` holds citizen, arrival [days], group, neighbourhood, level_at_arrival and needs_at_arrival; the tables
    are the citizen's visits and level changes, with names for stages, levels, outcomes and causes. What happens after
    `end` [days; the end of follow-up where it is left out] is not told.
    """
    lines = told(scenario, pathway, citizen_row, visits_rows, changes_rows, end=end)
    return "\n".join([one_line(_heading(scenario, pathway)), *map(_line, lines)])


def told(
    scenario: Scenario,
    pathway: str,
    citizen_row: pd.Series,
    visits_rows: pd.DataFrame,
    changes_rows: pd.DataFrame,
    *,
    end: float | None = None,
) -> list[Line]:
    """The lines of a story as `story` tells it, days counted from when the need arose; NaN for what has no day."""
    arrival = float(citizen_row["arrival"])
    end = arrival + scenario.run.weeks.follow_up_days if end is None else end
    lines = sorted((*_visits(scenario, pathway, visits_rows, end), *_changes(changes_rows)))
    happened = [Line(line.day - arrival, line.order, one_line(line.text)) for line in lines if line.day <= end]
    if visits_rows.empty and pathway != NO_SERVICE:
        happened.append(Line(math.nan, JOINED, wording.STORY_NEVER_ASKED))
    state = _state(scenario, pathway, citizen_row, (visits_rows, changes_rows), end)
    last = wording.STORY_END.format(state=state)
    first = Line(0, ENDED, one_line(_arises(scenario, citizen_row)))
    return [first, *happened, Line(end - arrival, STARTED, one_line(last))]


def _heading(scenario: Scenario, pathway: str) -> str:
    if pathway == NO_SERVICE:
        return wording.STORY_NO_SERVICE
    title = scenario.pathways[pathway].title
    return f"{plain_name(pathway).capitalize()}: {title}" if title else plain_name(pathway).capitalize()


def _line(line: Line) -> str:
    day = f"Day {line.day:6.1f}" if line.day == line.day else " " * 10
    return f"  {day}  {line.text}"


def _arises(scenario: Scenario, citizen: pd.Series) -> str:
    group = scenario.groups[citizen["group"]].title or plain_name(citizen["group"])
    where = wording.STORY_WHERE.format(place=plain_name(citizen["neighbourhood"])) if scenario.place.households else ""
    needs, arrival = int(citizen["needs_at_arrival"]), float(citizen["arrival"])
    said = f"{NEEDS[needs - 1]} need{'s' if needs > 1 else ''}"
    if arrival < 0:
        need = wording.STORY_WAITED_NEED.format(level=citizen["level_at_arrival"], needs=said)
        need = need if scenario.has_levels else ""
        return wording.STORY_WAITED.format(day=plain_number(-arrival, 1), group=group, where=where, need=need)
    if not scenario.has_levels:
        return wording.STORY_ARRIVES.format(group=group, where=where)
    return wording.STORY_ARISES.format(group=group, where=where, level=citizen["level_at_arrival"], needs=said)


def _changes(changes: pd.DataFrame) -> Iterator[Line]:
    orders = {"helped": HELPED, "left_area": ENDED}
    for _, row in changes.iterrows():
        cause, before, after = (str(row[name]) for name in ("cause", "from_level", "to_level"))
        template = wording.STORY_CHANGES[cause if after != LEVELS[0] else f"{cause}_to_none"]
        yield Line(float(row["day"]), orders.get(cause, CHANGED), template.format(before=before, after=after))


def _visits(scenario: Scenario, name: str, visits: pd.DataFrame, end: float) -> Iterator[Line]:
    if name == NO_SERVICE:
        return
    before, rows = 0, [row for _, row in visits.iterrows()]
    for visit, after in zip_longest(rows, rows[1:]):
        number = int(visit["approach"])
        onward = after["stage"] if after is not None and int(after["approach"]) == number else ""
        yield from _visit(scenario.pathways[name], visit, number if number != before else 0, onward, end)
        before = number


def _visit(pathway: Pathway, visit: pd.Series, approach: int, onward: str, end: float) -> Iterator[Line]:
    """The lines of one visit. `approach` is its number where the visit begins one, else 0; `onward` the stage after."""
    stage = pathway.stages[visit["stage"]]
    joined, started, ended = (float(visit[name]) for name in ("joined", "started", "ended"))
    called, come = _called(pathway, visit["stage"]), _comes(approach)
    if stage.team is None:
        yield Line(joined, JOINED, come + _delay(called, ended - joined if ended <= end else math.nan))
        return
    if visit["outcome"] == "full":
        yield Line(joined, TURNED_AWAY, come + _turned_away(called))
        return
    is_long, at_once = not ended - started < 1, started - joined < AT_ONCE_DAYS
    work = wording.STORY_HOURS.format(hours=_hours(float(visit["staff_hours"])))
    met = wording.STORY_AT_ONCE if visit["outcome"] != "missed" else wording.STORY_APPOINTMENT_AT_ONCE
    wait = started - joined if started <= end else math.nan
    yield Line(joined, JOINED, come + _joining(called, wait, is_long, work, met))
    if started <= end and is_long and not at_once:
        yield Line(started, STARTED, wording.STORY_STARTS.format(stage=called, hours=work))
    if ended <= end:
        what = _what_ended(called, visit, "" if is_long else f" ({work})")
        yield Line(ended, ENDED, what + _outcome(pathway, visit, onward))


def _delay(called: str, days: float) -> str:
    if days < AT_ONCE_DAYS:
        return wording.STORY_NO_DELAY.format(stage=called)
    return wording.STORY_DELAY.format(stage=called, time=_lasts(days))


def _turned_away(called: str) -> str:
    return wording.STORY_TURNED_AWAY.format(stage=called, outcome=wording.STORY_OUTCOMES["full"])


def _joining(called: str, wait: float, is_long: bool, work: str, met: str) -> str:
    if math.isnan(wait):
        return wording.STORY_JOINS.format(stage=called, wait=wording.STORY_QUEUES)
    if wait >= AT_ONCE_DAYS:
        return wording.STORY_JOINS.format(stage=called, wait=wording.STORY_WAITS.format(time=_lasts(wait)))
    if is_long:
        return wording.STORY_BEGINS_AT_ONCE.format(stage=called, hours=work)
    return wording.STORY_JOINS.format(stage=called, wait=met)


def _called(pathway: Pathway, stage: str) -> str:
    name = pathway.stages[stage].title or plain_name(stage)
    return name[0].upper() + name[1:]


def _comes(approach: int) -> str:
    if not approach:
        return ""
    if approach == 1:
        return wording.STORY_ASKS
    return wording.STORY_COMES_BACK.format(time=ORDINALS[approach] if approach < len(ORDINALS) else f"{approach}th")


def _what_ended(called: str, visit: pd.Series, work: str) -> str:
    if math.isnan(visit["started"]):
        return wording.STORY_LEFT_QUEUE.format(stage=called, time=_lasts(visit["ended"] - visit["joined"]))
    return wording.STORY_ENDS.format(stage=called, hours=work)


def _outcome(pathway: Pathway, visit: pd.Series, onward: str) -> str:
    gate = pathway.stages[visit["stage"]].gate
    seen, true = str(visit["level_seen"]), visit["level_ended"]
    seen_as = wording.STORY_SEEN.format(seen=seen, true=true) if seen not in ("", "nan", true) else ""
    called = f" (“{gate.called}”)" if gate and gate.called else ""
    to = wording.STORY_PASSED_ON.format(stage=_called(pathway, onward)) if onward else wording.STORY_NO_FURTHER
    return wording.STORY_OUTCOMES[visit["outcome"]].format(called=called, seen=seen_as, onward=to)


def _lasts(days: float) -> str:
    """A length of time as people say it; unknown where it goes on past the end."""
    if math.isnan(days):
        return wording.STORY_TO_THE_END
    if days >= 2:
        return f"{plain_number(days, 0)} days"
    hours = days * HOURS_A_DAY
    return counted(round(hours), "hour") if hours >= 1 else counted(max(1, round(hours * MINUTES_AN_HOUR)), "minute")


def _hours(hours: float) -> str:
    """Staff time as people say it."""
    return f"{plain_number(hours, 1)} hours" if hours >= 1 else counted(round(hours * MINUTES_AN_HOUR), "minute")


def _state(
    scenario: Scenario, pathway: str, citizen: pd.Series, tables: tuple[pd.DataFrame, pd.DataFrame], end: float
) -> str:
    """Where the citizen, with these visits and level changes, stands at the end, in words."""
    visits, changes = tables
    words = wording.STORY_STATES if scenario.has_levels else wording.STORY_STATES_PLAIN
    past = changes[changes["day"] <= end]
    if len(past) and past["cause"].iloc[-1] == "left_area":
        return words["gone"]
    level = past["to_level"].iloc[-1] if len(past) else citizen["level_at_arrival"]
    if scenario.has_levels and level == LEVELS[0]:
        return words["none"]
    here = visits[(visits["joined"] <= end) & ~(visits["ended"] <= end)]
    if here.empty:
        return words["away"].format(level=level)
    stage = str(here["stage"].iloc[-1])
    is_delay = scenario.pathways[pathway].stages[stage].team is None
    where = "delayed" if is_delay else "busy" if here["started"].iloc[-1] <= end else "waiting"
    return words[where].format(level=level, stage=_called(scenario.pathways[pathway], stage))
