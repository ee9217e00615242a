"""Plain text for a terminal: paragraphs and lists, wrapped; shares and names as a reader says them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping

from sim.errors import printable
from sim.scenario.vocabulary import LEAVE, REST

WIDTH = 100

_TENTHS = 10
_HUNDREDTHS = 100


def one_line(text: str) -> str:
    """A text of the file as one line, all that could move a cursor or turn the line round spelt out."""
    return printable(" ".join(text.split()))


def paragraph(text: str, indent: int = 0, first: str = "") -> str:
    """The text wrapped, indented by `indent`; `first` (a number, a dash) hangs before its first line."""
    return textwrap.fill(
        one_line(text),
        WIDTH,
        initial_indent=" " * indent + first,
        subsequent_indent=" " * (indent + len(first)),
        break_on_hyphens=False,
        break_long_words=len(max(text.split(), key=len, default="")) > WIDTH - indent - len(first),
    )


def heading(text: str) -> str:
    """A heading with room above it."""
    return f"\n{one_line(text).upper()}\n"


def in_ratio(share: float) -> str:
    """A share in words: `1 in 4`, `35 in 100`; `all` and `none` at the ends."""
    if share in (0, 1):
        return "all" if share else "none"
    for bottom in (2, 4, 5, _TENTHS):
        if _is_whole(share * bottom):
            return f"{round(share * bottom)} in {bottom}"
    if _is_whole(1 / share) and 1 / share <= _HUNDREDTHS:
        return f"1 in {1 / share:.0f}"
    bottom = _HUNDREDTHS
    while not _is_whole(share * bottom) and bottom < 1_000_000:
        bottom *= 10
    return f"{share * bottom:,.0f} in {bottom:,}"


def about_in_ratio(share: float) -> str:
    """A share that was reckoned, not given, rounded to whole hundredths."""
    return "fewer than 1 in 100" if 0 < share < 0.005 else f"about {round(share * _HUNDREDTHS)} in {_HUNDREDTHS}"


def _is_whole(number: float) -> bool:
    return abs(number - round(number)) < 1e-9


def named(name: str) -> str:
    """A name of the file as words."""
    return name.replace("_", " ")


def routes_in_words(routes: Mapping[str, float | str], names: Mapping[str, str]) -> str:
    """Where people go, in shares: `1 in 4 go to a second assessment, the rest leave`."""
    given = {target: share for target, share in routes.items() if share != 0}
    if len(given) == 1:
        return f"all {_going(next(iter(given)), names)}"
    shares = [
        (f"{'the rest' if share == REST else in_ratio(float(share))} {_going(target, names)}")
        for target, share in given.items()
    ]
    return ", ".join(shares)


def _going(target: str, names: Mapping[str, str]) -> str:
    return "leave" if target == LEAVE else f"go on to “{names.get(target, named(target))}”"


def bullets(lines: Iterable[str], indent: int = 2) -> list[str]:
    """The lines as a list with dashes."""
    return [paragraph(line, indent, "- ") for line in lines]
