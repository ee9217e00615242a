"""Figures: functions from results to a plotly figure. They write no file and keep nothing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from itertools import pairwise
from typing import Any

import pandas as pd
from plotly import graph_objects as go

from sim.measures.definitions import DEFINITIONS
from sim.reporting import demand, wording
from sim.reporting.amounts import bare, printed_unit
from sim.reporting.colours import INK, PURPOSES, QUIET, RULE, WASH, Look, look
from sim.reporting.differences import Difference
from sim.reporting.names import plain_name
from sim.reporting.results import Results
from sim.reporting.spending import Spending, spending

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif"
HEIGHT = 380
NEAREST_LABELS = 18
"""Labels at the ends of lines stand at least so far apart [px]."""
ROUND_THE_PLOT = 72
"""Of a figure's height this much is not the plot's [px]."""
LEAST_LABELLED = 0.07
"""Parts of a bar narrower than this share of the longest bar carry no words."""
BAR, FOREST_ROW, FOREST_ROOM = 64, 44, 130
TICKS_DAYS = (7, 14, 28, 56, 91, 182, 364, 728, 1456)
MOST_TICKS = 5
BENDING_DAYS = 182


def reached_by_day(results: Results, basis: str, curve: str) -> go.Figure:
    """Share of the cohort a curve has reached, by day since the need arose, with bands, per pathway."""
    figure = blank_figure()
    curves = results.curves
    table = curves[(curves["curve"] == curve) & (curves["basis"] == basis) & (curves["by"] == "all")]
    drawn = [pathway for pathway in results.pathways if (table["pathway"] == pathway).any()]
    for pathway in drawn:
        _line(figure, table[table["pathway"] == pathway], look(results, pathway), _name(pathway))
    ends = {pathway: float(table[table["pathway"] == pathway]["mean"].iloc[-1]) for pathway in drawn}
    top = _top(table) if len(table) else 1.0
    _label_ends(figure, results, ends, top)
    _days_axis(figure, float(table["day"].max()) if len(table) else 1.0, "days since the need arose")
    figure.update_yaxes(range=[0, top], tickformat=".0%", title_text="share of the cohort")
    return figure


def money(results: Results) -> go.Figure:
    """Where the money goes: GBP per citizen by purpose, one bar a pathway and basis."""
    spent = spending(results)
    figure = blank_figure(height=110 + BAR * len(spent))
    longest = max((one.total for one in spent), default=1.0)
    for purpose in PURPOSES:
        if any(one.by_purpose[purpose] for one in spent):
            _bars(figure, results, spent, purpose, LEAST_LABELLED * longest)
    for one in spent:
        _name_bar(figure, one, results)
    figure.update_layout(
        barmode="stack", bargap=0.5, showlegend=True, margin={"t": 68, "r": 64, "l": 16, "b": 48},
        uniformtext={"minsize": 12, "mode": "hide"},
        legend={"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0, "traceorder": "normal", "font": {"size": 13}},
    )  # fmt: skip
    figure.update_xaxes(
        range=[0, longest * 1.02], tickprefix="£", tickformat=",", tickangle=0, nticks=4,
        title_text="£ per citizen within follow-up",
    )  # fmt: skip
    figure.update_yaxes(autorange="reversed", showticklabels=False, showgrid=False)
    return figure


def _name_bar(figure: go.Figure, one: Spending, results: Results) -> None:
    """What it comes to behind a bar, and its name above it: beside it, a name would take the room of the bar."""
    style = {"showarrow": False, "xanchor": "left", "y": _bar_name(one, results)}
    figure.add_annotation(x=one.total, text=f"<b>{one.said(one.total)}</b>", xshift=6, font={"color": INK, "size": 14},
                          **style)  # fmt: skip
    figure.add_annotation(x=0, text=_bar_name(one, results), yanchor="bottom", yshift=BAR / 4, **style,
                          font={"color": INK, "size": 13})  # fmt: skip


def _bars(figure: go.Figure, results: Results, spent: Sequence[Spending], purpose: str, least: float) -> None:
    fill = PURPOSES[purpose]
    values = [one.by_purpose[purpose] for one in spent]
    figure.add_bar(
        x=values, y=[_bar_name(one, results) for one in spent], name=purpose, orientation="h",
        hovertemplate=f"£%{{x:,.0f}} on {purpose}<extra></extra>",
        text=[one.said(value) if value >= least else "" for one, value in zip(spent, values, strict=True)],
        textposition="inside", insidetextanchor="middle", textangle=0, textfont={"color": fill.ink, "size": 13},
        marker={
            "color": fill.colour, "line": {"color": "white", "width": 1},
            "pattern": {"shape": fill.pattern, "size": 7, "solidity": 0.2, "fillmode": "overlay", "fgcolor": "white",
                        "fgopacity": 0.35},
        },
    )  # fmt: skip


def by_demand(results: Results, measure: str) -> go.Figure:
    """A headline with its interval by factor on arrivals, a line a pathway."""
    figure, ends = blank_figure(height=300), {}
    scale = 100.0 if DEFINITIONS[measure].unit == "share" else 1.0
    for pathway in results.compared:
        table, style = demand.means(results, pathway, measure), look(results, pathway)
        mean, half = table["mean"] * scale, (table["high"] - table["low"]) / 2 * scale
        figure.add_scatter(
            x=list(table["factor"]), y=list(mean), mode="lines+markers", name=_name(pathway),
            line={"color": style.line, "dash": style.dash, "width": 2.5}, marker={"symbol": style.symbol, "size": 9},
            error_y={"type": "data", "array": list(half), "color": style.line, "thickness": 2, "width": 5},
            hovertemplate=f"%{{y:,.1f}} at %{{x}} times the arrivals<extra>{_name(pathway)}</extra>",
        )  # fmt: skip
        ends[pathway] = float(mean.iloc[-1])
    top = 1.08 * float((results.demand[_means_of(results, measure)]["high"] * scale).max()) or 1.0
    _label_ends(figure, results, ends, top)
    given = demand.factors(results)
    figure.update_xaxes(tickvals=given, ticktext=[f"× {factor:g}" for factor in given], title_text="arrivals",
                        range=[given[0] - 0.04, given[-1] + 0.04])  # fmt: skip
    figure.update_yaxes(range=[0, top], tickformat=",~r", title_text=printed_unit(DEFINITIONS[measure].unit))
    return figure


def _means_of(results: Results, measure: str) -> pd.Series:
    return (results.demand["measure"] == measure) & (results.demand["against"] == "")


def differences(results: Results, found: Sequence[Difference]) -> go.Figure:
    """Differences in one headline with their intervals, and the band too small to matter."""
    figure = blank_figure(height=FOREST_ROOM + FOREST_ROW * len(found))
    unit, (less, more) = found[0].unit, found[0].words
    scale = 100.0 if unit == "share" else 1.0
    matters = max((d.matters for d in found if d.matters == d.matters), default=0.0) * scale
    if matters:
        figure.add_vrect(x0=-matters, x1=matters, fillcolor=WASH, line_width=0, layer="below")
        figure.add_annotation(x=0, y=1, yref="paper", yanchor="bottom", text="too small to matter", showarrow=False,
                              font={"size": 12, "color": QUIET})  # fmt: skip
    figure.add_vline(x=0, line={"color": INK, "width": 1})
    for difference in found:
        _interval(figure, difference, look(results, difference.pathway), scale)
    ends = [abs(v) * scale for d in found for v in (d.low, d.high, d.mean) if math.isfinite(v)]
    reach = 1.3 * max(matters * 1.6, *ends) or 1.0
    title = f"← {less} · {printed_unit(unit, difference=True)} · {more} →"
    figure.update_xaxes(range=[-reach, reach], title_text=title, tickformat=",~r", tickangle=0, nticks=4)
    figure.update_yaxes(range=[len(found) - 0.5, -0.7], automargin=True, showgrid=False)
    figure.update_layout(margin={"t": 28, "r": 24, "l": 8, "b": 52})
    return figure


def _interval(figure: go.Figure, difference: Difference, style: Look, scale: float) -> None:
    label = f"{_name(difference.pathway)}<br>{wording.BASIS_TAG[difference.basis]}"
    said = bare(difference.mean, difference.unit, half_width=difference.half_width, signed=True)
    mean, low, high = (value * scale for value in (difference.mean, difference.low, difference.high))
    figure.add_scatter(
        x=[mean], y=[label], mode="markers+text", text=[f"<b>{said}</b>"], textposition="top center",
        textfont={"color": style.ink, "size": 14}, hovertemplate=f"{said}<extra></extra>",
        cliponaxis=False, marker={"color": style.line, "size": 11, "symbol": style.symbol},
        error_x={"type": "data", "symmetric": False, "array": [high - mean], "arrayminus": [mean - low],
                 "color": style.line, "thickness": 2.5, "width": 6},
    )  # fmt: skip


def blank_figure(height: int = HEIGHT) -> go.Figure:
    """A figure with the look that all of ours have, and nothing in it."""
    axis = {"gridcolor": RULE, "linecolor": QUIET, "tickfont": {"size": 13}, "title": {"font": {"size": 13}},
            "zeroline": False, "fixedrange": True}  # fmt: skip
    return go.Figure(
        layout={
            "template": "none", "height": height, "font": {"family": FONT, "size": 14, "color": INK},
            "showlegend": False, "margin": {"t": 20, "r": 104, "b": 52, "l": 60}, "hovermode": "closest",
            "xaxis": {**axis, "showgrid": False, "showline": True, "ticks": "outside", "ticklen": 4}, "yaxis": axis,
            "paper_bgcolor": "white", "plot_bgcolor": "white",
        }
    )  # fmt: skip


def _line(figure: go.Figure, table: pd.DataFrame, style: Look, name: str) -> None:
    """A line, with its band where every end of an interval is known."""
    shown = _thinned(table)
    days, mean, low, high = (_rounded(shown[column], 4) for column in ("day", "mean", "low", "high"))
    ring = {"x": [*days, *reversed(days)], "y": [*high, *reversed(low)]}
    if all(map(math.isfinite, (*low, *high))):
        figure.add_scatter(
            **ring, fill="toself", fillcolor=style.band, line={"width": 0}, mode="lines", hoverinfo="skip"
        )
    said = "%{y:.1%} by day %{x}"
    figure.add_scatter(x=days, y=mean, mode="lines", name=name, hovertemplate=f"{said}<extra>{name}</extra>",
                       line={"color": style.line, "dash": style.dash, "width": 2.5})  # fmt: skip


def _thinned(table: pd.DataFrame) -> pd.DataFrame:
    """Every row of the first half year, when curves bend; every fourth after it, and the last."""
    place = pd.Series(range(len(table)), index=table.index)
    return table[(table["day"] <= BENDING_DAYS) | (place % 4 == 0) | (place == len(table) - 1)]


def _rounded(values: pd.Series, places: int) -> list[float]:
    return [round(float(value), places) for value in values]


def _label_ends(figure: go.Figure, results: Results, ends: dict[str, float], top: float) -> None:
    labels = {_name(p): (value, look(results, p).ink) for p, value in ends.items()}
    stand_apart(figure, labels, top)


def stand_apart(figure: go.Figure, labels: dict[str, tuple[float, str]], top: float) -> None:
    """Write each line's name at its end, moved so that no two overlap and none leaves the figure."""
    order = sorted(labels, key=lambda name: labels[name][0])
    heights = [max(0.0, min(1.0, labels[name][0] / top)) for name in order]
    nearest = NEAREST_LABELS / (figure.layout.height - ROUND_THE_PLOT)
    for below, above in pairwise(range(len(heights))):
        heights[above] = max(heights[above], heights[below] + nearest)
    ceiling = 1.0
    for place in reversed(range(len(heights))):
        heights[place] = min(heights[place], ceiling)
        ceiling = heights[place] - nearest
    for name, height in zip(order, heights, strict=True):
        figure.add_annotation(
            x=1, xref="paper", y=height, yref="paper", text=f"<b>{name}</b>", xanchor="left", xshift=6, align="left",
            yanchor="middle", showarrow=False, font={"color": labels[name][1], "size": 13},
        )  # fmt: skip
    figure.update_layout(margin_r=104)


def _top(table: pd.DataFrame) -> float:
    return min(1.0, 1.08 * float(table[["mean", "high"]].max().max())) or 1.0


def _days_axis(figure: go.Figure, last: float, title: str) -> None:
    step = next((days for days in TICKS_DAYS if last / days < MOST_TICKS), TICKS_DAYS[-1])
    days = [step * i for i in range(int(last // step) + 1)]
    said = [f"{day:,}" for day in days]
    figure.update_xaxes(range=[0, last], tickvals=days, ticktext=said, tickangle=0, title_text=title)


def _bar_name(one: Spending, results: Results) -> str:
    name = f"<b>{_name(one.pathway)}</b>"
    return name if len(results.bases) == 1 else f"{name}, {wording.BASIS_SHORT[one.basis]}"


def _name(pathway: str) -> str:
    """A name for plotly, which reads its texts as markup of its own."""
    return escape(plain_name(pathway))


def figure_data(figure: go.Figure) -> dict[str, Any]:
    """The figure as plain data: what plotly's script draws."""
    return {key: value for key, value in figure.to_plotly_json().items() if key in ("data", "layout")}
