"""What lives have cost by day, as lines on one scale."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sim.reporting.lives_shown import Life

HEIGHT, TOP, BOTTOM = 168, 20, 8
"""The chart's height, and the room above and below its lines [px]."""

ACROSS, DOWN = 1000, 100
"""The lines' own units: they are stretched to the chart."""

NEAREST = 16
"""Labels stand at least so far apart [px]."""
ABOVE, BELOW = -5.0, 14.0
"""How far below the end of its line a label stands: above it, or below it where another line leaves no room [px]."""
MOST_TICKS = 3


@dataclass(frozen=True)
class CostLine:
    """The cost of a life: its corners in units of the chart, the total in words, and how far down those stand [px]."""

    pathway: str
    corners: str
    total: str
    y: float


@dataclass(frozen=True)
class CostChart:
    """The lines, and the amounts on the scale with how far down they stand [px]."""

    lines: tuple[CostLine, ...]
    ticks: tuple[tuple[str, float], ...]


def cost_chart(lives: tuple[Life, ...], axis: float) -> CostChart:
    """What these lives have cost by day, on an axis so many days long; no lines where none cost anything."""
    ends = [life.cost_by(life.end) for life in lives]
    top = max(ends, default=0.0)
    if top <= 0:
        return CostChart((), ())
    step = _step(top)
    places = _apart(_beside([_y(end, top) for end in ends]))
    lines = [
        CostLine(life.pathway, _corners(life, axis, top), gbp(end), y)
        for life, end, y in zip(lives, ends, places, strict=True)
    ]
    ticks = [(gbp(step * at), _y(step * at, top)) for at in range(int(top / step) + 1)]
    return CostChart(tuple(lines), tuple(ticks))


def gbp(cost: float) -> str:
    """Pounds, whole ones, of one life."""
    return f"£{round(cost):,}"


def _corners(life: Life, axis: float, top: float) -> str:
    places = [(ACROSS * min(day / axis, 1.0), DOWN * (1 - cost / top)) for day, cost in life.cost]
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in places)


def _y(cost: float, top: float) -> float:
    return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - cost / top), 1)


def _step(top: float) -> float:
    """A round amount that goes into the scale a few times, of whole pounds."""
    size = 10.0 ** math.floor(math.log10(top))
    return max(1.0, next(size * part for part in (0.2, 0.5, 1, 2, 5) if top / (size * part) <= MOST_TICKS))


def _beside(ends: list[float]) -> list[float]:
    """Where labels stand by the ends of their lines: below, where a line runs close above and none close below."""
    places = []
    for end in ends:
        is_crowded, is_crowded_below = (
            any(0 < gap < NEAREST + BELOW / 2 for gap in gaps)
            for gaps in ([end - other for other in ends], [other - end for other in (*ends, HEIGHT)])
        )
        places.append(end + (BELOW if is_crowded and not is_crowded_below else ABOVE))
    return places


def _apart(places: list[float]) -> list[float]:
    """The places, moved up, and where the chart ends down, until no two labels meet."""
    order = sorted(range(len(places)), key=lambda at: -places[at])
    moved = dict[int, float]()
    lowest = HEIGHT - 2.0
    for at in order:
        lowest = moved[at] = min(places[at], lowest)
        lowest -= NEAREST
    highest = NEAREST - 3.0
    for at in reversed(order):
        highest = moved[at] = max(moved[at], highest)
        highest += NEAREST
    return [moved[at] for at in range(len(places))]
