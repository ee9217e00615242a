"""Shapes of a drawing as SVG: every text and attribute escaped, every number short."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

Point = tuple[float, float]

NARROW, WIDE = frozenset("iljtfrI.,:;'|!()[] ‘’“”·"), frozenset("mwMW%@—–")
ROUND = 10.0
"""Radius of the corners of a pipe [px]."""


def tag(name: str, *inside: Markup | str, **attributes: str | float) -> Markup:
    """An element; `stroke_width` becomes `stroke-width`, `class_` becomes `class`."""
    given = "".join(f' {_attribute(key)}="{escape(short(value))}"' for key, value in attributes.items())
    return Markup("<{}{}>{}</{}>").format(Markup(name), Markup(given), Markup().join(inside), Markup(name))  # noqa: S704


def _attribute(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def short(value: str | float) -> str:
    """A number with at most one decimal; a text as it is."""
    return value if isinstance(value, str) else f"{round(value, 1) + 0.0:g}"


def text(x: float, y: float, words: str, **attributes: str | float) -> Markup:
    """A line of text with its baseline at `y`."""
    return tag("text", words, x=x, y=y, **attributes)


def path(parts: Iterable[str | Point], *inside: Markup, **attributes: str | float) -> Markup:
    """A path of letters and points."""
    drawn = " ".join(part if isinstance(part, str) else f"{short(part[0])},{short(part[1])}" for part in parts)
    return tag("path", *inside, d=drawn, **attributes)


def band(points: Sequence[Point], width: float) -> list[str | Point]:
    """The outline of a level band through points, two by two on one height, bending between the pairs."""
    apart = list(dict.fromkeys(points))
    over = [(x, y - width / 2) for x, y in apart]
    under = [(x, y + width / 2) for x, y in reversed(apart)]
    return ["M", over[0], *_bending(over), "L", under[0], *_bending(under), "Z"]


def _bending(points: Sequence[Point]) -> list[str | Point]:
    found: list[str | Point] = []
    for at in range(1, len(points)):
        (x0, y0), (x1, y1) = points[at - 1], points[at]
        middle = (x0 + x1) / 2
        found += ["L", (x1, y1)] if y0 == y1 else ["C", (middle, y0), (middle, y1), (x1, y1)]
    return found


def pipe(points: Sequence[Point], width: float) -> list[str | Point]:
    """A line through points, with round corners, to be stroked `width` wide."""
    drawn: list[str | Point] = ["M", points[0]]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        radius = min(ROUND + width / 2, _apart(before, corner) / 2, _apart(corner, after) / 2)
        drawn += ["L", _towards(corner, before, radius), "Q", corner, _towards(corner, after, radius)]
    return [*drawn, "L", points[-1]]


def _apart(one: Point, other: Point) -> float:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def _towards(start: Point, end: Point, far: float) -> Point:
    share = far / (_apart(start, end) or 1.0)
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def tinted(colour: str, share: float) -> str:
    """A colour thinned with white, so that what lies under it does not show."""
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 + (part - 255) * share):02x}" for part in parts)


def text_width(words: str, size: float) -> float:
    """About how wide a text is in a system font of this size; rather too wide than too narrow [px]."""
    return size * sum(map(_em, words))


def _em(sign: str) -> float:
    if unicodedata.east_asian_width(sign) in "WF":
        return 1.05
    if sign in NARROW:
        return 0.36
    return 0.92 if sign in WIDE else 0.7 if sign.isupper() else 0.6


def wrapped(words: str, width: float, size: float, most: int) -> list[str]:
    """A text in lines no wider than `width`, broken within words that are too long; what does not fit ends in `…`."""
    lines: list[str] = []
    for word in words.split():
        if lines and text_width(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        else:
            lines += _broken(word, width, size)
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], f"{lines[most - 1].rstrip()}…"]


def _broken(word: str, width: float, size: float) -> list[str]:
    pieces = [""]
    for sign in word:
        if pieces[-1] and text_width(pieces[-1] + sign, size) > width:
            pieces.append("")
        pieces[-1] += sign
    return pieces


def along(one: Point, other: Point, share: float) -> Point:
    """The point of a band's bend that lies a share of the way along it, from 0 to 1."""
    t, rest = share, 1 - share
    middle = (one[0] + other[0]) / 2
    x = rest**3 * one[0] + 3 * rest * t * middle + t**3 * other[0]
    return x, one[1] + (other[1] - one[1]) * (3 * t**2 - 2 * t**3)
