"""Small signs for drawings, 11 px square, as SVG that is stroked in the colour of what they stand in."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from sim.reporting.colours import QUIET
from sim.reporting.shapes import tag

ICONS: Mapping[str, Markup] = {
    "clock": Markup('<circle cx="5.5" cy="5.5" r="4.8"></circle><path d="M5.5 2.6 V5.8 L7.8 7"></path>'),
    "team": Markup('<circle cx="5.5" cy="3" r="2.3"></circle><path d="M1 10.8 C1 5.6 10 5.6 10 10.8"></path>'),
    "cases": Markup('<path d="M1 2 H10 M1 5.5 H10 M1 9 H10"></path>'),
    "keeps": Markup('<path d="M4.6 6.4 L6.4 4.6 M3.6 4 L1.8 5.8 A2.4 2.4 0 0 0 5.2 9.2 L7 7.4 M7.4 7 L9.2 5.2 '
                    'A2.4 2.4 0 0 0 5.8 1.8 L4 3.6"></path>'),
    "houses": Markup('<path d="M0.8 5.8 L5.5 1.2 L10.2 5.8 M2.2 5 V10.2 H8.8 V5"></path>'),
    "fork": Markup('<path d="M0.5 5.5 H3.5 L9.5 1.5 M3.5 5.5 L9.5 9.5 '
                   'M6.8 1.2 L9.8 1.3 L9 4 M6.8 9.8 L9.8 9.7 L9 7"></path>'),
    "gate": Markup('<path d="M0.5 5.5 L5.5 0.5 L10.5 5.5 L5.5 10.5 Z"></path>'),
    "delay": Markup('<rect x="0.7" y="1.7" width="9.6" height="7.6" rx="1.5" stroke-dasharray="2.6 1.6"></rect>'),
    "again": Markup('<path d="M0 2.5 H11 M0 8.5 H11" stroke-dasharray="3 1.5"></path>'),
}  # fmt: skip
"""A clock, a person, a pile of cases, a chain, a house, a fork in the way, a gate,
a box with a dashed edge, a band with dashed edges."""


def icon(name: str, x: float, y: float) -> Markup:
    """A sign with its upper left corner at a point of a drawing."""
    return tag("g", ICONS[name], transform=f"translate({x:.1f},{y:.1f})", fill="none", stroke=QUIET, stroke_width=1.4)


def alone(name: str) -> Markup:
    """A sign as a drawing of its own, for those who see."""
    return tag("svg", icon(name, 0.5, 0.5), viewBox="0 0 12 12", width=16, height=16, aria_hidden="true")
