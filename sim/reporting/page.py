"""What a page of results is made of: sections, and in them charts, each with its sentence and its table."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field

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


def chart(name: str, title: str, figure: go.Figure, sentence: str, table: Table) -> Chart:
    """A chart for the page; its data can hold nothing that ends the script it stands in."""
    text = json.dumps(figure_data(figure), allow_nan=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Chart(f"chart-{name}", title, Markup(text), int(figure.layout.height), sentence, table)  # noqa: S704
