"""What a page of results is made of: sections, and in them charts, each with its sentence and its table."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from markupsafe import Markup
from plotly import graph_objects as go

from sim.reporting.figures import figure_data
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


def chart(name: str, title: str, figure: go.Figure, sentence: str, table: Table) -> Chart:
    """A chart for the page; its data can hold nothing that ends the script it stands in."""
    return Chart(f"chart-{name}", title, embedded(figure_data(figure)), int(figure.layout.height), sentence, table)


def embedded(data: object) -> Markup:
    """Plain data as JSON to stand in a script of the page: nothing in it can end that script."""
    text = json.dumps(data, allow_nan=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704
