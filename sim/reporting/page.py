"""What a page of results is made of: sections, and in them charts, each with its sentence and its table."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup
from plotly import graph_objects as go

from sim.reporting.figures import figure_data
from sim.reporting.results import Results
from sim.reporting.tables import Table


@dataclass(frozen=True)
class Chart:
    """A figure, the sentence beside it and the table behind it."""

    id: str
    title: str
    figure: Markup
    height: int
    sentence: str
    table: Table
    under: str = ""
    """What its picture says under itself, such as its basis; empty where that is the page's."""


@dataclass(frozen=True)
class Section:
    """A section of the page: what it says, draws and lists."""

    id: str
    heading: str
    said: tuple[str, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    charts_class: str = "charts"
    template: str = "section.html.j2"
    more: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """A part of the page: its name in the navigation and what makes its sections, of which the first heads it."""

    name: str
    sections: tuple[Callable[[Results], Section | None], ...]


def chart(name: str, title: str, figure: go.Figure, sentence: str, table: Table, under: str = "") -> Chart:
    """A chart for the page."""
    height = int(figure.layout.height)
    return Chart(f"chart-{name}", title, as_json(figure_data(figure)), height, sentence, table, under)


def as_json(data: Mapping[str, Any]) -> Markup:
    """Data for a script of the page; it can hold nothing that ends the element it stands in."""
    text = json.dumps(data, allow_nan=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704
