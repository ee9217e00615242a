"""The overview chart of several scenarios: differences from the first pathway as shares of what that one comes to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from plotly import graph_objects as go

from sim.reporting.colours import INK, QUIET, RULE, look
from sim.reporting.differences import Difference
from sim.reporting.figures import blank_figure
from sim.reporting.library import Entry
from sim.reporting.names import plain_name
from sim.reporting.wording import BASIS_SHORT

ROW, ROOM = 64, 120
BASIS_SYMBOLS = {"as_specified": "circle", "equal_spend": "square-open", "equal_help": "diamond-open"}
LANES = {"as_specified": 0.22, "equal_spend": 0.0, "equal_help": -0.22}
"""Where on its scenario's row a basis stands."""

NEVER_JUDGED = ("not_judged", "")
FAINT = 0.4
"""How plainly a difference without a steady verdict is drawn."""


@dataclass(frozen=True)
class Relative:
    """A headline difference as a share of the first pathway's own figure."""

    entry: Entry
    difference: Difference
    of: float

    @property
    def mean(self) -> float:
        """The difference itself."""
        return self.difference.mean / self.of

    @property
    def ends(self) -> tuple[float, float]:
        """Its interval, the first pathway's figure taken as known."""
        return self.difference.low / self.of, self.difference.high / self.of


def relatives(told: Sequence[Entry], measure: str) -> list[Relative]:
    """A headline of every entry on every basis it is judged on."""
    found: list[Relative] = []
    for entry in told:
        row = entry.results.overall(entry.results.bases[0], entry.against, measure)
        of = float(row["mean"]) if row is not None else 0.0
        judged = (one for one in entry.differences if one.measure == measure and one.verdict not in NEVER_JUDGED)
        found += [Relative(entry, one, of) for one in judged if of]
    return found


def overview(told: Sequence[Entry], measure: str) -> go.Figure:
    """One headline of all scenarios, a row each and a marker a basis, with intervals; left of 0 is less."""
    figure = blank_figure(height=ROOM + ROW * max(1, len(told)))
    names = [row_name(entry) for entry in told]
    for one in relatives(told, measure):
        basis, place = one.difference.basis, names.index(row_name(one.entry))
        low, high = one.ends
        colour = look(one.entry.results, one.entry.pathway).line
        said = f"{escape(row_name(one.entry))}, {BASIS_SHORT[basis]}: %{{x:+.1%}}"
        figure.add_scatter(
            x=[one.mean], y=[LANES[basis] - place], mode="markers", name=BASIS_SHORT[basis], showlegend=False,
            opacity=FAINT if one.difference.verdict == "unsteady" else 1,
            marker={"symbol": BASIS_SYMBOLS[basis], "size": 11, "color": colour, "line": {"width": 2}},
            error_x={"type": "data", "symmetric": False, "array": [high - one.mean], "arrayminus": [one.mean - low],
                     "color": colour, "thickness": 2, "width": 4},
            hovertemplate=f"{said}<extra></extra>",
        )  # fmt: skip
    _key(figure, told)
    figure.add_vline(x=0, line={"color": INK, "width": 1})
    figure.update_xaxes(tickformat="+.0%", title_text="← less than the first · more →", nticks=5)
    labels = [escape(name).replace(": ", "<br>") for name in names]
    figure.update_yaxes(
        tickvals=[-place for place in range(len(names))], ticktext=labels,
        range=[-len(names) + 0.5, 0.5], showgrid=False, automargin=True, tickfont={"size": 13},
    )  # fmt: skip
    for place in range(1, len(names)):
        figure.add_hline(y=0.5 - place, line={"color": RULE, "width": 1})
    return figure


def row_name(entry: Entry) -> str:
    """What a row of the overview is called: the scenario, and the pathway where it sets more than one against."""
    several = len(entry.results.compared) > 2
    return f"{entry.name}: {plain_name(entry.pathway)}" if several else entry.name


def _key(figure: go.Figure, told: Sequence[Entry]) -> None:
    """The markers of the bases there are, explained above the plot."""
    there = list(dict.fromkeys(one.basis for entry in told for one in entry.verdicts))
    for basis in there:
        figure.add_scatter(
            x=[None], y=[None], mode="markers", name=BASIS_SHORT[basis],
            marker={"symbol": BASIS_SYMBOLS[basis], "size": 11, "color": QUIET, "line": {"width": 2}},
        )  # fmt: skip
    figure.update_layout(
        showlegend=True, margin={"t": 64, "r": 16, "l": 8, "b": 52},
        legend={"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0, "font": {"size": 13}},
    )  # fmt: skip
