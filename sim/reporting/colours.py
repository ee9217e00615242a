"""Colours, dashes and patterns: one look per pathway everywhere, told apart by the colour-blind and in grey."""

from __future__ import annotations

from dataclasses import dataclass

from sim.reporting.results import Results
from sim.scenario.vocabulary import NO_SERVICE

INK = "#1c2026"
QUIET = "#575e68"
RULE = "#d9dce1"
WASH = "#eceef1"


@dataclass(frozen=True)
class Look:
    """How a pathway is drawn: the line's colour, a darker one for its words, the line's dash and the marker."""

    line: str
    ink: str
    dash: str
    symbol: str

    @property
    def band(self) -> str:
        """The line's colour, thin enough to lie under lines."""
        red, green, blue = (int(self.line[i : i + 2], 16) for i in (1, 3, 5))
        return f"rgba({red},{green},{blue},0.18)"


PATHWAYS = (
    Look("#0072b2", "#005a8d", "solid", "circle"),
    Look("#d55e00", "#a34800", "dash", "diamond"),
    Look("#009e73", "#006b4e", "dashdot", "square"),
    Look("#cc79a7", "#94436f", "longdash", "triangle-up"),
    Look("#e69f00", "#855c00", "longdashdot", "cross"),
)
"""The palette of Okabe and Ito (2008), by place in `compare`; a sixth pathway begins again."""

NOBODY_HELPS = Look("#7d7d7d", "#575757", "dot", "x")


@dataclass(frozen=True)
class Fill:
    """How a purpose of money is filled: its colour, the colour of words on it, and a pattern for grey."""

    colour: str
    ink: str
    pattern: str


PURPOSES = {
    "deciding": Fill("#332288", "#ffffff", ""),
    "helping": Fill("#88ccee", "#1c2026", ""),
    "running": Fill("#ddcc77", "#1c2026", "."),
    "contract": Fill("#aa4499", "#ffffff", "/"),
    "crisis": Fill("#882255", "#ffffff", "x"),
}
"""From the muted palette of Tol (2021), apart from that of the pathways."""


def look(results: Results, pathway: str) -> Look:
    """How this pathway is drawn, in every figure of these results."""
    if pathway == NO_SERVICE:
        return NOBODY_HELPS
    return PATHWAYS[results.compared.index(pathway) % len(PATHWAYS)]
