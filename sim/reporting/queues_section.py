"""The section on queues and teams: who waits where over time, how much of each team is used, and what that comes to."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from sim.reporting import provenance, tables, wording
from sim.reporting import queues_wording as said
from sim.reporting.amounts import exact_number
from sim.reporting.beyond_shifts import beside_shifts, is_overtime
from sim.reporting.captions import waiting
from sim.reporting.colours import Look, look
from sim.reporting.loads import Load, beside, in_words, loads, of_how_much, rule
from sim.reporting.names import plain_name, spoken
from sim.reporting.page import Section
from sim.reporting.panels import Axes, Line, Panel, panel, round_steps
from sim.reporting.results import Results
from sim.reporting.tables import Cell, Table, estimate
from sim.reporting.waits_by_kind import waits_by_kind
from sim.scenario.vocabulary import DAYS_A_WEEK

WEEKS_SHOWN = 12
TICKS_WEEKS = (1, 2, 4, 13, 26, 52, 104, 208, 520)
MOST_TICKS = 5
MUCH_LESS = 0.1
"""A queue that never comes to this share of the longest is drawn on a scale of its own."""


@dataclass(frozen=True)
class Used:
    """A bar of how much of a team is used: its width [%], and the words beside it."""

    team: str
    width: float
    share: str
    of: str
    state: str
    told: str


@dataclass(frozen=True)
class Crew:
    """The teams of one pathway: what is said of them and of hours beside their shifts, their queues and their bars."""

    id: str
    title: str
    sentence: str
    beyond: tuple[str, ...]
    look: Look
    panels: tuple[Panel, ...]
    bars: tuple[Used, ...]
    under: str
    tables: tuple[Table, ...]


def queues(results: Results) -> Section | None:
    """Queues and teams of every pathway, on each basis that changes it."""
    panes = []
    for basis in results.bases:
        crews = [_crew(results, basis, pathway) for on, pathway in results.arms if on == basis]
        shown = tuple(crew for crew in crews if crew)
        if shown:
            panes.append((wording.BASIS[basis], shown))
    if not panes:
        return None
    more: dict[str, object] = {
        "panes": panes, "legend": said.BASIS, "behind": said.BEHIND, "axis": said.AXIS, "loads": said.LOADS,
    }  # fmt: skip
    over = (said.OVERTIME_RULE,) if is_overtime(results) else ()
    return Section("teams", said.HEADING, (said.HOW_TO_READ, rule(), *over), template="queues.html.j2", more=more)


def _crew(results: Results, basis: str, pathway: str) -> Crew | None:
    behind = [tables.parts(results, basis, pathway, per) for per in reversed(tables.PARTS)]
    filled = tuple(table for table in (*behind, waits_by_kind(results, basis, pathway)) if table)
    if pathway not in results.scenario.pathways or not filled:
        return None
    found = loads(results, basis, pathway)
    title = said.PATHWAY.format(pathway=plain_name(pathway), basis=wording.BASIS_SHORT[basis])
    waits = _waits(results, basis, pathway)
    return Crew(
        id=f"teams-{pathway}-{basis}",
        title=title[:1].upper() + title[1:],
        sentence=in_words(found) if found else "",
        beyond=tuple(beside_shifts(results, basis, pathway)),
        look=look(results, pathway),
        panels=tuple(_panel(results, basis, pathway, team, rows) for team, rows in waits.items()),
        bars=tuple(_used(results, basis, pathway, load) for load in found),
        under=f"{provenance.basis(basis)} {said.AXES}",
        tables=(*((_weekly(waits, basis, pathway),) if waits else ()), *filled),
    )


def _waits(results: Results, basis: str, pathway: str) -> dict[str, pd.DataFrame]:
    """Who waits, by team and day."""
    table = results.curves
    table = table[(table["curve"] == "waiting") & (table["basis"] == basis) & (table["pathway"] == pathway)]
    return {team: table[table["part"] == team] for team in dict.fromkeys(table["part"])}


def _panel(results: Results, basis: str, pathway: str, team: str, rows: pd.DataFrame) -> Panel:
    waits = results.curves[(results.curves["curve"] == "waiting") & (results.curves["basis"] == basis)]
    longest, own = _longest(waits), _longest(rows)
    is_small = own < MUCH_LESS * longest
    axes = _axes(results, rows, own if is_small else longest)
    at_end = f"{max(float(rows['mean'].iloc[-1]), 0.0):,.0f}"
    line = Line("", look(results, pathway), at_end, rows.rename(columns={"day": "x"}))
    title = said.WAITING.format(team=plain_name(team))
    return panel(title, [line], axes, waiting(results, basis, pathway, team), said.OWN_SCALE if is_small else "")


def _longest(rows: pd.DataFrame) -> float:
    """The longest queue drawn, with its band; one person at least, so that nobody's queue fills a panel."""
    return max(1.0, 1.06 * float(rows[["mean", "high"]].max().max()))


def _axes(results: Results, rows: pd.DataFrame, top: float) -> Axes:
    last = float(rows["day"].max()) or 1.0
    step = next((weeks for weeks in TICKS_WEEKS if last / DAYS_A_WEEK / weeks < MOST_TICKS), TICKS_WEEKS[-1])
    along = {float(week * DAYS_A_WEEK): f"{week:,}" for week in range(0, int(last / DAYS_A_WEEK) + 1, step)}
    weeks = results.manifest["weeks"]
    begin, end = (DAYS_A_WEEK * w for w in (weeks["warm_up"], weeks["warm_up"] + weeks["cohort"]))
    return Axes(last, top, along, {value: f"{value:,g}" for value in round_steps(top)}, (begin, end))


def _used(results: Results, basis: str, pathway: str, load: Load) -> Used:
    width = 0.0 if load.used is None else 100 * min(1.0, float(load.used["mean"]))
    of, state = of_how_much(results, basis, pathway, load), beside(load)
    told = said.USED.format(team=load.title, used=load.share or "–", of=f" ({of})" if of else "", state=state)
    return Used(load.title, width, load.share, of, state, told)


def _weekly(waits: dict[str, pd.DataFrame], basis: str, pathway: str) -> Table:
    """People waiting for each team at about a dozen weeks."""
    last = max(float(rows["day"].max()) for rows in waits.values())
    step = DAYS_A_WEEK * max(1, round(last / DAYS_A_WEEK / WEEKS_SHOWN))
    rows = tuple(
        (Cell(exact_number(day / DAYS_A_WEEK)), *(_at(of_team, day) for of_team in waits.values()))
        for day in range(0, int(last) + 1, step)
    )
    caption = said.CAPTION.format(pathway=spoken(pathway), basis=wording.BASIS_SHORT[basis])
    return Table(caption, (said.WEEK, *map(plain_name, waits)), rows)


def _at(rows: pd.DataFrame, day: float) -> Cell:
    found = rows[rows["day"] <= day]
    return estimate(None if found.empty else pd.Series({**found.iloc[-1].to_dict(), "unit": "people"}))
