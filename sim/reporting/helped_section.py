"""The section on who is helped by when: all citizens first, then one little chart a level and a group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from sim.reporting import captions, figures, provenance, tables, wording
from sim.reporting import helped_wording as said
from sim.reporting.amounts import amount, counted, exact_number, listed
from sim.reporting.colours import Look, look
from sim.reporting.names import plain_name, spoken
from sim.reporting.page import Chart, Section, chart
from sim.reporting.panels import DASHES, Axes, Line, Panel, panel, round_steps
from sim.reporting.results import Results
from sim.reporting.tables import Cell, Table, estimate, group_name, within
from sim.scenario.vocabulary import DAYS_A_WEEK, NO_SERVICE

SHOWN_DAYS = (28, 90, 182, 364, 728, 1092, 1456, 1820)
SHOWN_WEEKS = (4, 12, 24, 52, 104, 156)
EARLY_WEEKS, SOME = (12, 26, 52), 0.1
"""Who is helped soonest is told by the shares after so many weeks, the first at which one of them is so large."""
TICKS_WEEKS = (1, 2, 4, 8, 13, 26, 52, 104, 208)
MOST_TICKS = 4
FEW = 0.005
"""A share under this would be written as none."""


@dataclass(frozen=True)
class Multiples:
    """Little charts of one kind, with what they say, the key of their lines and the table behind them."""

    id: str
    title: str
    sentence: str
    key: tuple[tuple[Look, str, str], ...]
    panels: tuple[Panel, ...]
    table: Table
    under: str
    """What its picture says under itself."""


@dataclass(frozen=True)
class Pane:
    """What is shown on one basis."""

    charts: tuple[Chart, ...]
    multiples: tuple[Multiples, ...]


def helped(results: Results) -> Section | None:
    """Helped by day: right help, any help, and recovery unaided, per basis; then right help by level and group."""
    curves = results.curves[results.curves["curve"] != "waiting"]
    bases = [basis for basis in results.bases if (curves["basis"] == basis).any()]
    if not bases:
        return None
    panes = [(wording.BASIS[basis], _pane(results, basis)) for basis in bases]
    more: dict[str, object] = {"panes": panes, "legend": said.BASIS, "behind": said.BEHIND, "axis": said.AXIS}
    charts = tuple(chart for _, pane in panes for chart in pane.charts)
    told = (said.HOW_TO_READ, *([said.NOT_ADJUSTED] if any(pane.multiples for _, pane in panes) else []))
    return Section("helped", said.HEADING, told, charts, template="helped.html.j2", more=more)


def _pane(results: Results, basis: str) -> Pane:
    found = (_multiples(results, basis, by) for by in ("level_at_arrival", "group"))
    return Pane(tuple(_charts(results, basis)), tuple(one for one in found if one))


def _charts(results: Results, basis: str) -> list[Chart]:
    told = {"right_help": captions.helped, "helped": captions.any_helped, "recovered": captions.recovered}
    last = float(_curve(results, basis, "right_help")["day"].max())
    days = [*(float(day) for day in SHOWN_DAYS if day < last), last]
    return [
        chart(
            f"{name}-{basis}",
            f"{title}, {wording.BASIS_SHORT[basis]}",
            figures.reached_by_day(results, basis, name),
            told[name](results, basis),
            tables.curve(results, basis, name, days),
            provenance.basis(basis),
        )
        for name, title in said.KINDS.items()
    ]


def _curve(results: Results, basis: str, curve: str, by: str = "all") -> pd.DataFrame:
    table = results.curves
    return table[(table["basis"] == basis) & (table["curve"] == curve) & (table["by"] == by)]


def _multiples(results: Results, basis: str, by: str) -> Multiples | None:
    """A panel for each level, or each group, of right help begun with every pathway; none where they are not told."""
    table = _curve(results, basis, "right_help", by)
    table = table[table["pathway"] != NO_SERVICE]
    groups = list(dict.fromkeys(table["group"]))
    if len(groups) < 2:
        return None
    axes = _axes(table)
    shown = {group: table[table["group"] == group] for group in groups}
    named = {"by": said.BY[by], "basis": wording.BASIS_SHORT[basis]}
    return Multiples(
        id=f"helped-{by}-{basis}",
        title=said.MULTIPLES.format(**named),
        sentence=soonest(results, by, table),
        key=tuple(
            (look(results, name), DASHES[look(results, name).dash], plain_name(name)) for name in _run(results, table)
        ),
        panels=tuple(_panel(results, by, group, rows, axes) for group, rows in shown.items()),
        table=_table(results, by, shown, said.CAPTION.format(**named)),
        under=provenance.basis(basis),
    )


def _key(results: Results, pathway: str) -> tuple[Look, str, str]:
    style = look(results, pathway)
    return style, DASHES[style.dash], plain_name(pathway)


def _run(results: Results, table: pd.DataFrame) -> list[str]:
    return [name for name in results.compared if (table["pathway"] == name).any()]


def _axes(table: pd.DataFrame) -> Axes:
    last = float(table["day"].max())
    top = min(1.0, 1.06 * float(table[["mean", "high"]].max().max())) or 1.0
    step = next((weeks for weeks in TICKS_WEEKS if last / DAYS_A_WEEK / weeks < MOST_TICKS), TICKS_WEEKS[-1])
    along = {float(week * DAYS_A_WEEK): f"{week:,}" for week in range(0, int(last / DAYS_A_WEEK) + 1, step)}
    return Axes(last, top, along, {value: f"{100 * value:g}%" for value in round_steps(top)})


def _panel(results: Results, by: str, group: str, rows: pd.DataFrame, axes: Axes) -> Panel:
    name = group_name(results, by, group)
    lines, shares = [], []
    for pathway in _run(results, rows):
        mine = rows[rows["pathway"] == pathway].rename(columns={"day": "x"})
        share = _whole(float(mine["mean"].iloc[-1]))
        lines.append(Line(plain_name(pathway), look(results, pathway), share, mine))
        shares.append(said.PANEL_SHARE.format(pathway=spoken(pathway), share=share))
    when = said.WHEN.format(weeks=counted(axes.right / DAYS_A_WEEK, "week"))
    title = _titled(by, name)
    return panel(title, lines, axes, said.PANEL.format(name=title, shares=listed(shares), when=when))


def _whole(share: float) -> str:
    """A share as it stands at the end of a little line; the table has the digits and the interval."""
    return said.FEW if 0 < share < FEW else f"{share:.0%}"


def _titled(by: str, name: str) -> str:
    shown = f"{name} {'need' if name == 'one' else 'needs'}" if by == "needs" else name
    return shown[:1].upper() + shown[1:]


def soonest(results: Results, by: str, table: pd.DataFrame) -> str:
    """To whom right help had come soonest, and to whom slowest, with each pathway."""
    day = _early(table)
    when = said.WHEN.format(weeks=counted(day / DAYS_A_WEEK, "week"))
    parts = [
        _soonest(results, by, pathway, table[(table["day"] == day) & (table["pathway"] == pathway)])
        for pathway in _run(results, table)
    ]
    return f"{when[0].upper()}{when[1:]}: {'; '.join(parts)}."


def _early(table: pd.DataFrame) -> float:
    """The first of a few days by which right help had come to some number of any kind of citizen; else the last."""
    days = sorted(set(table["day"]))
    shares = table.groupby("day")["mean"].max()
    for weeks in EARLY_WEEKS:
        day = max(day for day in days if day <= weeks * DAYS_A_WEEK)
        if shares[day] >= SOME:
            return float(day)
    return float(days[-1])


def _soonest(results: Results, by: str, pathway: str, rows: pd.DataFrame) -> str:
    rows = rows.sort_values("mean", kind="stable", ascending=False)
    most, least = rows.iloc[0], rows.iloc[-1]
    if not most["mean"]:
        return said.NONE_YET.format(pathway=spoken(pathway))
    if least["mean"] == most["mean"]:
        return said.SAME.format(pathway=spoken(pathway), share=_share(most)["share"])
    if not least["high"] < most["low"]:
        return said.ALIKE.format(pathway=spoken(pathway), low=_share(least)["share"], high=_share(most)["share"])
    return said.SOONEST.format(
        pathway=spoken(pathway),
        most=_those(results, by, most, rows[rows["high"] >= most["low"]]),
        least=_those(results, by, least, rows[rows["low"] <= least["high"]]),
    )


def _those(results: Results, by: str, first: pd.Series, alike: pd.DataFrame) -> str:
    """Citizens of a kind with their share, and the kinds whose intervals meet theirs."""
    others = [_whom(results, by, str(group)) for group in alike["group"] if group != first["group"]]
    told = said.NOT_APART.format(others=listed(others, "or")) if others else ""
    return said.THOSE.format(whom=_whom(results, by, str(first["group"])), alike=told, **_share(first))


def _whom(results: Results, by: str, group: str) -> str:
    name = group_name(results, by, group)
    return said.WHOM[by].format(name=name, needs="need" if group == "one" else "needs")


def _share(row: pd.Series) -> dict[str, str]:
    half_width = float(row["high"] - row["low"]) / 2
    values = (float(row["mean"]), *within("share", float(row["low"]), float(row["high"])))
    texts = [amount(value, "share", half_width=half_width) for value in values]
    return dict(zip(("share", "low", "high"), texts, strict=True))


def _table(results: Results, by: str, shown: Mapping[str, pd.DataFrame], caption: str) -> Table:
    """Shares at a few weeks: a row a group and week."""
    days = sorted({day for rows in shown.values() for day in rows["day"]})
    kept = [day for day in days if day / DAYS_A_WEEK in SHOWN_WEEKS or day == days[-1]]
    names = _run(results, pd.concat(list(shown.values())))
    rows = [
        (
            Cell(_titled(by, group_name(results, by, group))),
            Cell(exact_number(day / DAYS_A_WEEK), is_number=True),
            *(_estimate(rows[(rows["pathway"] == name) & (rows["day"] == day)]) for name in names),
        )
        for group, rows in shown.items()
        for day in kept
    ]
    return Table(caption, (*said.ROWS, *map(plain_name, names)), tuple(rows))


def _estimate(rows: pd.DataFrame) -> Cell:
    return estimate(None if rows.empty else pd.Series({**rows.iloc[0].to_dict(), "unit": "share"}))
