"""A forest plot as a table: a row a kind of citizen, its difference drawn in a cell and written beside it.

Places along are per cent of the cell, so that it may be as wide as the page allows.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from sim.reporting.amounts import MINUS
from sim.reporting.colours import Look
from sim.reporting.panels import round_steps
from sim.reporting.shapes import path, tag

HEIGHT = 24
"""Of a row's drawing [px]."""
LEAST_APART = 0.34
"""Ticks stand at least so far apart, as a share of the width."""
MARKS = {
    "circle": "M-5,0A5,5 0 1 1 5,0A5,5 0 1 1 -5,0Z", "diamond": "M0,-6.5L6.5,0L0,6.5L-6.5,0Z",
    "square": "M-5,-5H5V5H-5Z", "triangle-up": "M0,-6L6,5H-6Z", "cross": "M-2,-6H2V-2H6V2H2V6H-2V2H-6V-2H-2Z",
}  # fmt: skip
"""By the symbol of a look."""


@dataclass(frozen=True)
class Span:
    """From where to where a forest reaches, in the unit printed, and the band too small to matter."""

    left: float
    right: float
    matters: float

    def along(self, value: float) -> float:
        """How far along a value stands, from 0 to 100; what lies beyond stands at the end."""
        return 100 * max(0.0, min(1.0, (value - self.left) / (self.right - self.left)))


def span_of(ends: Sequence[float], matters: float) -> Span:
    """The span that holds 0, the band too small to matter, and all of these ends."""
    known = [end for end in ends if math.isfinite(end)]
    left, right = min([0.0, -1.3 * matters, *known]), max([0.0, 1.3 * matters, *known])
    room = 0.06 * (right - left) or 1.0
    return Span(left - room, right + room, matters)


def strip(span: Span, mean: float, low: float, high: float, look: Look, *, is_clear: bool, told: str) -> Markup:
    """One difference drawn: the band, the line of no difference, the interval and the mark."""
    middle = HEIGHT / 2
    drawn = [*_ground(span, HEIGHT)]
    if math.isfinite(low) and math.isfinite(high):
        drawn.append(
            tag("line", x1=_per_cent(span.along(low)), x2=_per_cent(span.along(high)), y1=middle, y2=middle,
                stroke=look.line, stroke_width=2.5)
        )  # fmt: skip
    fill = look.line if is_clear else "#ffffff"
    mark = path([MARKS[look.symbol]], fill=fill, stroke=look.line, stroke_width=2)
    drawn.append(tag("svg", mark, x=_per_cent(span.along(mean)), y=middle, class_="forest-mark"))
    return tag("svg", *drawn, class_="forest-strip", height=HEIGHT, role="img", aria_label=told)


def scale(span: Span) -> Markup:
    """The ticks over the rows: 0 and a few round values to either side."""
    steps = _steps(max(-span.left, span.right), LEAST_APART * (span.right - span.left))
    values = [value for value in (*(-step for step in steps), 0.0, *steps) if span.left <= value <= span.right]
    ticks = [
        tag("text", _signed(value), x=_per_cent(span.along(value)), y=12, text_anchor="middle") for value in values
    ]
    return tag("svg", *ticks, class_="forest-scale", height=16, aria_hidden="true")


def _steps(reach: float, least: float) -> list[float]:
    """Round values to one side of 0, as many as stand far enough apart; one at least."""
    for most in (3, 2):
        steps = round_steps(reach, most)[1:]
        if steps and steps[0] >= least:
            return steps
    return round_steps(reach, 1)[1:2]


def _ground(span: Span, height: float) -> list[Markup]:
    zero = tag("line", class_="panel-ground", x1=_per_cent(span.along(0)), x2=_per_cent(span.along(0)), y1=0, y2=height)
    if not span.matters:
        return [zero]
    left, right = span.along(-span.matters), span.along(span.matters)
    band = tag("rect", class_="panel-window", x=_per_cent(left), width=_per_cent(right - left), y=0, height=height)
    return [band, zero]


def _signed(value: float) -> str:
    sign = MINUS if value < 0 else "+" if value > 0 else ""
    return f"{sign}{abs(value):,g}"


def _per_cent(value: float) -> str:
    return f"{value:.2f}%"
