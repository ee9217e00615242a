"""Small multiples: little charts of lines with bands, alike in size and axes, drawn as SVG that needs no script.

Places along a panel are shares of its width, so that it may be as wide as there is room and its words keep their size.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd
from markupsafe import Markup

from sim.reporting.colours import Look
from sim.reporting.shapes import path, tag, text

HEIGHT = 132
"""Of the plot of a panel [px]."""
UNITS = 1000.0
"""A panel's own units along and up."""
LABEL = 15.0
"""Labels at the ends of lines stand at least so far apart [px]."""
MOST_POINTS = 90
DASHES = {
    "solid": "none", "dash": "7 4", "dashdot": "7 4 2 4", "longdash": "12 5", "longdashdot": "12 4 2 4", "dot": "2 4",
}  # fmt: skip
STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True)
class Line:
    """A line of a panel: its name, how it is drawn, what stands at its end, and `x`, `mean`, `low`, `high`."""

    name: str
    look: Look
    at_end: str
    table: pd.DataFrame


@dataclass(frozen=True)
class Axes:
    """Where the axes of a panel end, and their ticks: values with words."""

    right: float
    top: float
    along: Mapping[float, str]
    up: Mapping[float, str]
    window: tuple[float, float] | None = None
    """From where to where along is shaded."""


@dataclass(frozen=True)
class Label:
    """The end of a line in words: how far down it stands [px], the colour of its words, a number and a name."""

    down: float
    colour: str
    number: str
    name: str


@dataclass(frozen=True)
class Panel:
    """A little chart, drawn: its title, a note, the plot, the scale under it, and the labels at its right."""

    title: str
    note: str
    plot: Markup
    scale: Markup
    labels: tuple[Label, ...]


def panel(title: str, lines: Sequence[Line], axes: Axes, told: str, note: str = "") -> Panel:
    """A panel of these lines; `told` is what it shows, for whoever cannot see it."""
    plot = tag(
        "svg", *_grid(axes), tag("svg", *_window(axes), *(_drawn(line, axes) for line in lines),
                                 viewBox="0 0 1000 1000", preserveAspectRatio="none", width="100%", height="100%"),
        *_ups(axes), class_="panel-svg", height=HEIGHT, role="img", aria_label=told,
    )  # fmt: skip
    return Panel(title, note, plot, _scale(axes), tuple(_labels(lines, axes)))


def _grid(axes: Axes) -> list[Markup]:
    return [
        tag("line", class_="panel-grid" if value else "panel-ground", x1=0, x2="100%", y1=_down(value, axes),
            y2=_down(value, axes))
        for value in axes.up
    ]  # fmt: skip


def _ups(axes: Axes) -> list[Markup]:
    return [text(-5, _down(value, axes) + 4, said, text_anchor="end") for value, said in axes.up.items()]


def _down(value: float, axes: Axes) -> float:
    """How far down a panel a value stands [px]; the ground is drawn inside."""
    return (HEIGHT - 1) * (1 - max(0.0, min(1.0, value / axes.top)))


def _window(axes: Axes) -> list[Markup]:
    if axes.window is None:
        return []
    begin, end = (UNITS * min(day / axes.right, 1.0) for day in axes.window)
    return [tag("rect", class_="panel-window", x=begin, y=0, width=end - begin, height=UNITS)]


def _drawn(line: Line, axes: Axes) -> Markup:
    table = thinned(line.table, MOST_POINTS)
    across = [round(x / axes.right * UNITS) for x in table["x"]]
    mean, low, high = ([_up(value, axes) for value in table[name]] for name in ("mean", "low", "high"))
    drawn = path(["M", *zip(across, mean, strict=True)], class_="panel-line", stroke=line.look.line,
                 stroke_dasharray=DASHES[line.look.dash])  # fmt: skip
    if not all(map(math.isfinite, (*low, *high))):
        return drawn
    ring = [*zip(across, high, strict=True), *zip(reversed(across), reversed(low), strict=True)]
    band = path(["M", *ring, "Z"], fill=line.look.band)
    return Markup().join((band, drawn))


def _up(value: float, axes: Axes) -> float:
    """How far down a value stands, in whole units: finer than can be seen."""
    return round(UNITS * (1 - max(0.0, min(value / axes.top, 1.0)))) if math.isfinite(value) else math.nan


def thinned(table: pd.DataFrame, most: int) -> pd.DataFrame:
    """At most so many rows, evenly, with the last: a little chart shows no more."""
    step = max(1, math.ceil((len(table) - 1) / most))
    keep = [*range(0, len(table), step), *([len(table) - 1] if (len(table) - 1) % step else [])]
    return table.iloc[keep]


def _scale(axes: Axes) -> Markup:
    ticks = [
        tag("text", said, x=f"{100 * value / axes.right:.2f}%", y=13, text_anchor="middle")
        for value, said in axes.along.items()
    ]
    return tag("svg", *ticks, class_="panel-scale", height=17, aria_hidden="true")


def _labels(lines: Sequence[Line], axes: Axes) -> list[Label]:
    """The labels at the ends of lines, moved apart where they would overlap, none beyond the panel."""
    ends = sorted(((_down(float(line.table["mean"].iloc[-1]), axes), line) for line in lines), key=lambda end: end[0])
    downs = apart([down for down, _ in ends], LABEL, HEIGHT - LABEL / 2)
    return [
        Label(round(down, 1), line.look.ink, line.at_end, line.name)
        for down, (_, line) in zip(downs, ends, strict=True)
    ]


def apart(places: Sequence[float], least: float, last: float) -> list[float]:
    """Places in order, moved so that they stand at least so far apart and none beyond the last."""
    moved = list(places)
    for before, after in pairwise(range(len(moved))):
        moved[after] = max(moved[after], moved[before] + least)
    for at in reversed(range(len(moved))):
        moved[at] = min(moved[at], last)
        last = moved[at] - least
    return moved


def round_steps(top: float, most: int = 3) -> list[float]:
    """Round values from 0 to a top, at most so many beside 0.

    Returns
    -------
    list of float
        0 and the multiples of 1, 2, 2.5 or 5 times a power of ten that are not over the top.
    """
    if not top > 0:
        return [0.0]
    power = 10.0 ** math.floor(math.log10(top / most))
    step = next(size * power for size in STEPS if top / (size * power) < most + 1)
    return [step * at for at in range(int(top / step + 1e-9) + 1)]
