"""The section that shows one citizen's life in every pathway side by side."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan

from sim.reporting import lanes_wording as words
from sim.reporting import provenance, wording
from sim.reporting.amounts import counted, listed, plain_number
from sim.reporting.colours import Look, look
from sim.reporting.lanes import Lane, lane, waited
from sim.reporting.lanes_cost import CostChart, cost_chart, gbp
from sim.reporting.lanes_labels import Words, beside, inside
from sim.reporting.lives_shown import Citizen, Life, citizens
from sim.reporting.names import plain_name, spoken
from sim.reporting.page import Section
from sim.reporting.results import Results
from sim.reporting.tables import Cell, Table
from sim.scenario.vocabulary import NEEDS, NO_SERVICE

MOST_LINES = 60
"""So many lines of a story stand in the page."""

TICKS_DAYS = (7, 14, 28, 56, 91, 182, 364, 728)
MOST_TICKS = 6
FILLS = 0.75
"""Where nothing happens after this share of follow-up, the picture stops earlier."""


@dataclass(frozen=True)
class DrawnLane:
    """A lane with its name, look, what stands beside it, the words in it, and what a reader without eyes is told."""

    name: str
    look: Look
    at: int
    facts: tuple[str, ...]
    lane: Lane
    band_words: tuple[int | None, ...]
    mark_words: tuple[tuple[str, Words | None], ...]
    told: str
    table: Table


@dataclass(frozen=True)
class Picture:
    """Everything that is shown of one citizen."""

    percentile: int
    choice: str
    title: str
    said: tuple[str, ...]
    ticks: tuple[tuple[str, float], ...]
    lanes: tuple[DrawnLane, ...]
    cost: CostChart
    cost_told: str


def one_citizen(results: Results) -> Section | None:
    """One citizen's life in every pathway; None without need levels, and where nobody is in the cohort."""
    found = citizens(results)
    if not found:
        return None
    pictures = [_picture(results, one) for one in found]
    more: dict[str, object] = {
        "pictures": pictures,
        "caution": words.CAUTION,
        "words": words,
        "looks": [look(results, name) for name in results.pathways],
        "kinds": _kinds(pictures),
        "under": provenance.basis(results.bases[0]),
    }
    return Section("one-citizen", words.HEADING, _said(results, found[0]), template="lanes.html.j2", more=more)


def _said(results: Results, shown: Citizen) -> tuple[str, ...]:
    """How the citizens were chosen, and how to read the picture."""
    basis = results.bases[0]
    on_basis = words.ON_BASIS.format(basis=wording.BASIS_SHORT[basis]) if len(results.bases) > 1 else ""
    second, first = map(spoken, _second_and_first(results))
    chosen = words.CHOSEN_ONE if shown.of == 1 else words.CHOSEN
    of = counted(shown.of, "citizen").capitalize()
    read = words.READ.format(cost=words.READ_COST if results.scenario.has_money else "")
    return chosen.format(of=of, second=second, first=first, basis=on_basis), read


def _kinds(pictures: list[Picture]) -> set[str]:
    """What is drawn anywhere, for the key to explain."""
    lanes = [one.lane for picture in pictures for one in picture.lanes]
    return {one.kind for lane in lanes for one in (*lane.bands, *lane.bars)} | {
        mark.kind for lane in lanes for mark in lane.marks
    }


def _second_and_first(results: Results) -> tuple[str, str]:
    """The pathways whose difference chose the citizens."""
    first, *others = results.compared
    return (others[0], first) if others else (first, NO_SERVICE)


def _picture(results: Results, citizen: Citizen) -> Picture:
    axis = _axis(citizen)
    lanes = tuple(_drawn(results, citizen, life, axis) for life in citizen.lives)
    cost = cost_chart(citizen.lives if results.scenario.has_money else (), axis)
    said = (_right_help(citizen), _cost(citizen) if cost.lines else "", _quiet_after(citizen, axis))
    return Picture(
        percentile=citizen.percentile,
        choice=words.CHOICES[citizen.percentile].format(difference=_difference(results, citizen)),
        title=_title(results, citizen),
        said=tuple(filter(None, said)),
        ticks=tuple((plain_number(day, 0), round(100 * day / axis, 2)) for day in _ticks(axis)),
        lanes=lanes,
        cost=cost,
        cost_told=words.COST_CHART_ALONE.format(said=_cost(citizen)),
    )


def _axis(citizen: Citizen) -> float:
    """How many days are drawn: all of follow-up, or a little more than anything happens in."""
    last = max(life.last for life in citizen.lives)
    if last > FILLS * citizen.end:
        return citizen.end
    step = _step(1.05 * last)
    return min(citizen.end, step * -(-1.05 * last // step)) or citizen.end


def _step(days: float) -> int:
    return next((step for step in TICKS_DAYS if days / step <= MOST_TICKS), TICKS_DAYS[-1])


def _ticks(axis: float) -> list[float]:
    step = _step(axis)
    return [float(day) for day in range(0, int(axis) + 1, step)]


def _difference(results: Results, citizen: Citizen) -> str:
    days = round(abs(citizen.difference))
    template = words.SAME if not days else words.SOONER if citizen.difference < 0 else words.LATER
    return template.format(days=counted(days, "day"), second=spoken(_second_and_first(results)[0]))


def _title(results: Results, citizen: Citizen) -> str:
    who, scenario = citizen.who, results.scenario
    needs = int(who["needs_at_arrival"])
    return words.TITLE.format(
        number=plain_number(citizen.number, 0),
        group=scenario.groups[who["group"]].title or plain_name(who["group"]),
        where=words.WHERE.format(place=plain_name(who["neighbourhood"])) if scenario.place.households else "",
        level=who["level_at_arrival"],
        needs=f"{NEEDS[needs - 1]} need{'s' if needs > 1 else ''}",
    )


def _right_help(citizen: Citizen) -> str:
    """When right help begins with each pathway."""
    served = [life for life in citizen.lives if life.pathway != NO_SERVICE]
    if all(life.right_help is None for life in served):
        return words.RIGHT_HELP_NOWHERE.format(none=words.NONE_OF.get(len(served), words.NONE_OF_MANY))
    each = [
        words.RIGHT_HELP_NEVER.format(pathway=spoken(life.pathway))
        if life.right_help is None
        else words.RIGHT_HELP_ON.format(day=_day(life.right_help), pathway=spoken(life.pathway))
        for life in served
    ]
    return words.RIGHT_HELP.format(each=listed(each))


def _cost(citizen: Citizen) -> str:
    each = [
        words.COST_WITH.format(gbp=gbp(life.cost_by(life.end)), pathway=spoken(life.pathway)) for life in citizen.lives
    ]
    return words.COST_BY.format(day=_day(citizen.end), each=listed(each))


def _quiet_after(citizen: Citizen, axis: float) -> str:
    return words.QUIET_AFTER.format(day=_day(axis), end=_day(citizen.end)) if axis < citizen.end else ""


def _day(day: float) -> str:
    return plain_number(day, 0)


def _drawn(results: Results, citizen: Citizen, life: Life, axis: float) -> DrawnLane:
    pathway = results.scenario.pathways.get(life.pathway)
    drawn = lane(life, pathway, axis)
    ranked = sorted(drawn.marks, key=lambda mark: list(words.MARKS).index(mark.kind))
    texts = [words.MARKS[mark.kind] for mark in ranked]
    room = dict(zip(ranked, beside(ranked, texts), strict=True))
    return DrawnLane(
        name=plain_name(life.pathway),
        look=look(results, life.pathway),
        at=results.pathways.index(life.pathway),
        facts=_facts(results, life),
        lane=drawn,
        band_words=tuple(inside(band, band.kind) for band in drawn.bands),
        mark_words=tuple((words.MARKS[mark.kind], room[mark]) for mark in drawn.marks),
        told=_told(drawn, _facts(results, life)),
        table=_table(results, citizen, life),
    )


def _facts(results: Results, life: Life) -> tuple[str, ...]:
    """What stands beside a lane: its right help, its waiting and its cost."""
    cost = (gbp(life.cost_by(life.end)),) if results.scenario.has_money else ()
    if life.pathway == NO_SERVICE:
        return (words.FACT_NOBODY, *cost)
    if life.visits.empty:
        return (words.FACT_NEVER_ASKS, *cost)
    days = waited(life, results.scenario.pathways[life.pathway])
    right = words.FACT_NO_RIGHT_HELP
    if life.right_help is not None:
        right = words.FACT_RIGHT_HELP.format(day=_day(life.right_help))
    return (right, words.FACT_WAITED.format(days=counted(round(days), "day")), *cost)


def _told(drawn: Lane, facts: tuple[str, ...]) -> str:
    """The lane in words, for whoever cannot see it."""
    life = drawn.life
    need = [
        words.NEED_THEN.format(level=row["level"], day=_day(row["started"]))
        if row["started"]
        else words.NEED_FIRST.format(level=row["level"])
        for _, row in life.levels.iterrows()
    ]
    events = [words.EVENT.format(what=words.MARKS[mark.kind], day=_day(mark.day)) for mark in drawn.marks]
    said = words.EVENTS.format(events="; ".join(events).capitalize()) if events else ""
    return words.LANE.format(
        pathway=plain_name(life.pathway).capitalize(), facts=", ".join(facts), need=", ".join(need), events=said
    )


def _table(results: Results, citizen: Citizen, life: Life) -> Table:
    """The story, line by line, with what it has cost by then."""
    lines, has_money = life.lines(results.scenario, citizen.who), results.scenario.has_money
    rows = [
        (
            Cell("" if isnan(line.day) else plain_number(line.day, 1)),
            Cell(line.text),
            *((_cost_cell(life, line.day),) if has_money else ()),
        )
        for line in (lines if len(lines) <= MOST_LINES else [*lines[: MOST_LINES - 2], lines[-1]])
    ]
    if len(lines) > MOST_LINES:
        more = words.MORE.format(more=len(lines) - MOST_LINES + 1)
        rows.insert(-1, (Cell(""), Cell(more), *((Cell(""),) if has_money else ())))
    caption = words.TABLE.format(pathway=plain_name(life.pathway).capitalize())
    return Table(caption, words.HEAD if has_money else words.HEAD[:2], tuple(rows), is_open=True)


def _cost_cell(life: Life, day: float) -> Cell:
    return Cell("" if isnan(day) else gbp(life.cost_by(day)).removeprefix("£"), is_number=True)
