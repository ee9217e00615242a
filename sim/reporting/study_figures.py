"""Figures of the study: shares by grade, tornadoes, and what each element contributes."""

from __future__ import annotations

from html import escape

import pandas as pd
from plotly import graph_objects as go

from sim.reporting.amounts import printed_unit
from sim.reporting.colours import INK, QUIET, WASH, Fill
from sim.reporting.evidence import GRADES
from sim.reporting.figures import blank_figure
from sim.reporting.names import plain_name
from sim.reporting.number_names import number_name, short
from sim.reporting.studied import Told
from sim.reporting.wording import BASIS_TAG, LESS_MORE, LOWER_HIGHER

BAR, ROOM = 46, 110
ROW = 40
LEAST_LABELLED = 0.06
FIRM, LOOSE = "#44546a", "#c3cad4"
"""Bars towards the high and towards the low end of a number's range."""

GRADE_FILLS = {
    "A": Fill("#332288", "#ffffff", ""),
    "B": Fill("#88ccee", "#1c2026", ""),
    "C": Fill("#ddcc77", "#1c2026", "."),
    "D": Fill("#aa4466", "#ffffff", "/"),
}


def named(results: Told, rows: pd.DataFrame) -> str:
    """A difference in a word or two: its measure and basis, and its pathway where there are several."""
    row = rows.iloc[0]
    told = f"{plain_name(row['measure'])}, {BASIS_TAG[row['basis']]}"
    return f"{told}, {plain_name(row['pathway'])}" if len(results.compared) > 2 else told


def grades(results: Told, found: list[pd.DataFrame]) -> go.Figure:
    """Shares of the range variance by grade of evidence, one bar a difference."""
    figure = blank_figure(height=ROOM + BAR * len(found))
    labels = [escape(named(results, rows)).replace(", ", "<br>", 1) for rows in found]
    for grade, fill in GRADE_FILLS.items():
        shares = [float(rows[rows["grade"] == grade]["share"].sum()) for rows in found]
        if any(shares):
            _stack(figure, labels, shares, grade, fill)
    figure.update_layout(
        barmode="stack", bargap=0.3, showlegend=True, margin={"t": 40, "r": 24, "l": 8, "b": 44},
        legend={"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0, "traceorder": "normal", "font": {"size": 13}},
    )  # fmt: skip
    figure.update_xaxes(range=[0, 1], tickformat=".0%", title_text="share of the spread", tickangle=0)
    figure.update_yaxes(autorange="reversed", automargin=True, showgrid=False)
    return figure


def _stack(figure: go.Figure, labels: list[str], shares: list[float], grade: str, fill: Fill) -> None:
    figure.add_bar(
        x=shares, y=labels, orientation="h", name=f"{grade}: {GRADES[grade]}",
        text=[f"{share:.0%}" if share >= LEAST_LABELLED else "" for share in shares],
        textposition="inside", insidetextanchor="middle", textangle=0, textfont={"color": fill.ink, "size": 13},
        hovertemplate=f"%{{x:.0%}} rests on grade {grade}<extra></extra>",
        marker={
            "color": fill.colour, "line": {"color": "white", "width": 1},
            "pattern": {"shape": fill.pattern, "size": 7, "solidity": 0.2, "fillmode": "overlay", "fgcolor": "white",
                        "fgopacity": 0.35},
        },
    )  # fmt: skip


def tornado(largest: pd.DataFrame, given: float) -> go.Figure:
    """A bar a number, from the difference at the low end of its range to that at the high end."""
    figure = blank_figure(height=ROOM + ROW * len(largest))
    unit = str(largest["unit"].iloc[0])
    labels = [_label(str(path)) for path in largest["path"]]
    for side, colour in (("low", LOOSE), ("high", FIRM)):
        _ends(figure, largest, labels, given, side, colour)
    figure.add_vline(x=given, line={"color": INK, "width": 1})
    ends = [*largest["at_low"].dropna(), *largest["at_high"].dropna(), given]
    if min(ends) <= 0 <= max(ends):
        figure.add_vline(x=0, line={"color": INK, "width": 1, "dash": "dot"})
    reach = 0.12 * (max(ends) - min(ends) or 1.0)
    less, more = LESS_MORE.get(unit, LOWER_HIGHER)
    figure.update_xaxes(range=[min(ends) - reach, max(ends) + reach], tickformat=",~r", nticks=4, tickangle=0,
                        title_text=f"← {less} · {printed_unit(unit, difference=True)} · {more} →")  # fmt: skip
    figure.update_yaxes(autorange="reversed", automargin=True, showgrid=False, tickfont={"size": 12})
    figure.update_layout(
        barmode="overlay", bargap=0.35, showlegend=True, margin={"t": 40, "r": 20, "l": 8, "b": 52},
        legend={"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0, "traceorder": "normal"},
    )  # fmt: skip
    return figure


def _ends(figure: go.Figure, largest: pd.DataFrame, labels: list[str], given: float, side: str, colour: str) -> None:
    at, to = largest[f"at_{side}"], [short(float(value)) for value in largest[f"range_{side}"]]
    shown = ["" if hidden else text for text, hidden in zip(to, _hidden(largest, given, side), strict=True)]
    figure.add_bar(
        x=[None if pd.isna(value) else value - given for value in at],
        base=[given] * len(largest), y=labels, orientation="h",
        name=f"at its {side} end", text=shown, textposition="outside", cliponaxis=False, constraintext="none",
        textfont={"size": 12, "color": QUIET}, customdata=list(zip(at.fillna(given), to, strict=True)),
        hovertemplate="%{customdata[0]:,.1f} at %{customdata[1]}<extra></extra>",
        marker={"color": colour, "line": {"color": INK, "width": 1}},
    )  # fmt: skip


def _hidden(largest: pd.DataFrame, given: float, side: str) -> list[bool]:
    """Whether the label of this end is left out: its bar lies within that of the other one, or it was not run."""
    mine, other = largest[f"at_{side}"] - given, largest[f"at_{'high' if side == 'low' else 'low'}"] - given
    return list(mine.isna() | ((mine * other > 0) & (mine.abs() < other.abs())))


def _label(path: str) -> str:
    """A number's name on two lines, none of them too long for a narrow page."""
    name = number_name(path)
    lines = [line for part in (name.where, name.what) if part for line in _wrapped(part)]
    return "<br>".join(escape(line) for line in lines[:3])


MOST_LETTERS = 26


def _wrapped(text: str) -> list[str]:
    """A text in lines of at most so many letters, words kept whole where they can be."""
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) > MOST_LETTERS and lines[-1]:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word[:MOST_LETTERS]}".strip()
    return lines


def elements(rows: pd.DataFrame, total: float) -> go.Figure:
    """What each element contributes with its interval, and under it what all do together."""
    figure = blank_figure(height=ROOM + ROW * len(rows))
    unit = str(rows["unit"].iloc[0])
    labels = [escape(plain_name(str(name))) if name else "<b>all together</b>" for name in rows["element"]]
    figure.add_bar(
        x=list(rows["mean"]), y=labels, orientation="h", hovertemplate="%{x:,.1f}<extra></extra>",
        marker={"color": [FIRM if name else WASH for name in rows["element"]], "line": {"color": INK, "width": 1}},
        error_x={"type": "data", "symmetric": False, "array": list(rows["high"] - rows["mean"]),
                 "arrayminus": list(rows["mean"] - rows["low"]), "color": INK, "thickness": 1.5, "width": 5},
    )  # fmt: skip
    figure.add_vline(x=0, line={"color": INK, "width": 1})
    ends = [0.0, *rows["low"], *rows["high"], total]
    reach = 0.06 * (max(ends) - min(ends) or 1.0)
    less, more = LESS_MORE.get(unit, LOWER_HIGHER)
    figure.update_xaxes(range=[min(ends) - reach, max(ends) + reach], tickformat=",~r", nticks=4, tickangle=0,
                        title_text=f"← {less} · {printed_unit(unit, difference=True)} · {more} →")  # fmt: skip
    figure.update_yaxes(autorange="reversed", automargin=True, showgrid=False)
    figure.update_layout(bargap=0.35, margin={"t": 16, "r": 20, "l": 8, "b": 52})
    return figure
