"""Where words find room in a picture whose width is the reader's: each label has a least width it is shown at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sim.reporting.lanes import WHOLE, Bar, Mark

WIDTHS = (280, 340, 420, 520, 640, 760, 880)
"""Widths of the picture at which labels may begin to be shown [px]; the style sheet knows them."""

CHARACTER, SIGN, GAP, PAD = 6.6, 7.0, 3.0, 5.0
"""Room taken by a character, by half a sign, between a sign and its words, and round words [px]."""

Span = tuple[float, float]


@dataclass(frozen=True)
class Words:
    """Where the words of a sign stand: the least width [px] at which they are shown, and whether before the sign."""

    least: int
    is_before: bool


def inside(bar: Bar, text: str) -> int | None:
    """The least width [px] at which words fit into a bar; None where they never do."""
    needed = CHARACTER * len(text) + 2 * PAD
    return next((width for width in WIDTHS if bar.width / WHOLE * width >= needed), None)


def beside(marks: Sequence[Mark], texts: Sequence[str]) -> list[Words | None]:
    """Where each mark has its words; None where there is never room. The first marks come first.

    Words that are shown cover no sign and no other words, at any width.
    """
    shown: list[Words | None] = []
    for mark in range(len(marks)):
        sides = (_least(marks, texts, shown, mark, is_before=is_before) for is_before in (False, True))
        shown.append(min(filter(None, sides), key=lambda words: words.least, default=None))
    return shown


def _least(
    marks: Sequence[Mark], texts: Sequence[str], shown: list[Words | None], mark: int, *, is_before: bool
) -> Words | None:
    """The words of a mark on one side of it, at the least width from which on they fit."""
    fits = [_fits(marks, texts, shown, mark, width, is_before=is_before) for width in WIDTHS]
    least = next((width for at, width in enumerate(WIDTHS) if all(fits[at:])), None)
    return Words(least, is_before) if least else None


def _fits(
    marks: Sequence[Mark], texts: Sequence[str], shown: list[Words | None], mark: int, width: int, *, is_before: bool
) -> bool:
    begin, stop = _span(marks[mark], texts[mark], width, is_before=is_before)
    others = _taken(marks, texts, shown, mark, width)
    return begin >= 0 and stop <= width and not any(low < stop and begin < high for low, high in others)


def _taken(
    marks: Sequence[Mark], texts: Sequence[str], shown: list[Words | None], mark: int, width: int
) -> Iterator[Span]:
    """What other signs, and the words shown so far, take up at this width."""
    for at, other in enumerate(marks):
        if at != mark:
            centre = other.x / WHOLE * width
            yield centre - SIGN, centre + SIGN
    for at, words in enumerate(shown):
        if words and words.least <= width:
            yield _span(marks[at], texts[at], width, is_before=words.is_before)


def _span(mark: Mark, text: str, width: int, *, is_before: bool) -> Span:
    centre, length = mark.x / WHOLE * width, CHARACTER * len(text)
    if is_before:
        return centre - SIGN - GAP - length, centre - SIGN - GAP
    return centre + SIGN + GAP, centre + SIGN + GAP + length
