"""Figures of the plausible ranges: draws as points in four corners, and the curve of acceptability."""

from __future__ import annotations

import math
from html import escape

import pandas as pd
from plotly import graph_objects as go

from sim.reporting import ranges_wording as wording
from sim.reporting.colours import INK, QUIET, look
from sim.reporting.figures import blank_figure, stand_apart
from sim.reporting.names import plain_name
from sim.reporting.ranges_read import Ranges
from sim.reporting.ranges_said import counts
from sim.reporting.results import Results

SCATTER_HEIGHT, CURVE_HEIGHT = 440, 340
MOST_POINTS = 1500
INSIDE = 0.99
"""The axes hold this share of the draws; the few beyond are drawn at the edge."""

POINT = {"size": 6, "opacity": 0.4, "line": {"width": 0}}


def scatter(results: Results, found: Ranges, basis: str, pathway: str) -> go.Figure:
    """Each draw as a point: the difference in days to right help, and in public cost, from the first pathway."""
    figure, style = blank_figure(height=SCATTER_HEIGHT), look(results, pathway)
    days, cost = (_difference(results, found, basis, pathway, name) for name in ("days_to_help", "public_cost"))
    wide, tall = _reach(days), _reach(cost)
    figure.add_vline(x=0, line={"color": INK, "width": 1.5})
    figure.add_hline(y=0, line={"color": INK, "width": 1.5})
    figure.add_scatter(
        x=_shown(days, wide), y=_shown(cost, tall), mode="markers",
        marker={**POINT, "color": style.line, "symbol": style.symbol},
        hovertemplate="%{x:+,.0f} days, %{y:+,.0f} £<extra></extra>",
    )  # fmt: skip
    _as_given(figure, results, basis, pathway)
    _corners(figure, counts(found.chances_of(basis, pathway, "quadrant")))
    figure.update_xaxes(range=[-wide, wide], tickformat=",~r", nticks=5, tickangle=0,
                        title_text="← sooner · days to right help · later →")  # fmt: skip
    figure.update_yaxes(range=[-tall, tall], tickformat=",~r", nticks=6, showgrid=False,
                        title_text="← cheaper · £ per citizen · dearer →")  # fmt: skip
    figure.update_layout(margin={"t": 24, "r": 24, "b": 56, "l": 76}, plot_bgcolor="white")
    return figure


def _as_given(figure: go.Figure, results: Results, basis: str, pathway: str) -> None:
    """Where the file's own numbers lie, by the run in the folder."""
    rows = [results.difference(basis, pathway, results.compared[0], name) for name in ("days_to_help", "public_cost")]
    days, cost = (math.nan if row is None else float(row["mean"]) for row in rows)
    if math.isfinite(days) and math.isfinite(cost):
        figure.add_scatter(
            x=[days], y=[cost], mode="markers", cliponaxis=False, hoverinfo="skip",
            marker={"size": 13, "symbol": "x", "color": INK, "line": {"color": "white", "width": 1.5}},
        )  # fmt: skip
        figure.add_annotation(
            x=days, y=cost, text=f"<b>{wording.AS_GIVEN}</b>", yshift=20, showarrow=False,
            font={"size": 13, "color": INK}, bgcolor="rgba(255,255,255,0.82)", borderpad=2,
        )  # fmt: skip


def _difference(results: Results, found: Ranges, basis: str, pathway: str, measure: str) -> pd.Series:
    first = results.compared[0]
    return (found.drawn(basis, pathway, measure) - found.drawn(basis, first, measure)).iloc[:MOST_POINTS]


def _reach(values: pd.Series) -> float:
    """How far an axis goes to either side."""
    return 1.12 * float(values.abs().quantile(INSIDE)) or 1.0


def _shown(values: pd.Series, reach: float) -> list[float]:
    """Values as drawn: to three digits, and those beyond the axis at its edge."""
    return [float(f"{value:.3g}") for value in values.clip(-0.985 * reach, 0.985 * reach)]


def _corners(figure: go.Figure, of_100: dict[str, int]) -> None:
    """In each corner what it means, and how many of 100 draws lie there."""
    for name, said in wording.CORNERS.items():
        left, low = name.startswith("sooner"), name.endswith("cheaper")
        figure.add_annotation(
            x=0.01 if left else 0.99, y=0.01 if low else 0.99, xref="paper", yref="paper", showarrow=False,
            xanchor="left" if left else "right", yanchor="bottom" if low else "top", align="left" if left else "right",
            text=f"<b>{of_100.get(name, 0)} of 100</b><br>{said}", font={"size": 14, "color": INK},
            bgcolor="rgba(255,255,255,0.82)", borderpad=3,
        )  # fmt: skip


def acceptability(results: Results, found: Ranges, basis: str) -> go.Figure:
    """In which share of draws each pathway has the highest net benefit, by the value of a day in need avoided."""
    figure = blank_figure(height=CURVE_HEIGHT)
    table = found.acceptability[found.acceptability["basis"] == basis]
    last = float(table["gbp_per_day_in_need"].max())
    ends: dict[str, tuple[float, str]] = {}
    for pathway in results.compared:
        rows = table[table["pathway"] == pathway].sort_values("gbp_per_day_in_need")
        style, name = look(results, pathway), escape(plain_name(pathway))
        days, shares = list(rows["gbp_per_day_in_need"]), [100 * share for share in rows["corrected"]]
        figure.add_scatter(
            x=days, y=shares, mode="lines", line={"color": style.line, "dash": style.dash, "width": 2.5}, name=name,
            hovertemplate=f"%{{y:.0f}} of 100 at £%{{x:,.0f}} a day<extra>{name}</extra>",
        )  # fmt: skip
        stated = rows[rows["is_stated"].astype(bool)]
        figure.add_scatter(
            x=list(stated["gbp_per_day_in_need"]), y=[100 * share for share in stated["corrected"]], mode="markers",
            marker={"color": style.line, "symbol": style.symbol, "size": 10}, hoverinfo="skip",
        )  # fmt: skip
        ends[name] = (shares[-1], style.ink)
    stand_apart(figure, ends, 100.0)
    figure.add_hline(y=50, line={"color": QUIET, "width": 1, "dash": "dot"}, layer="below")
    figure.update_xaxes(range=[0, last or 1], tickprefix="£", nticks=6, title_text="value of a day in need avoided")
    figure.update_yaxes(range=[0, 100], tickvals=[0, 25, 50, 75, 100], title_text="of 100 draws")
    return figure
