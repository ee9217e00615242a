"""How an amount is written: rounded to what its interval supports, with its unit."""

from __future__ import annotations

import math
from collections.abc import Sequence

MINUS = "−"
NOTHING = "–"

_ROUND_DIGITS = 3
_MOST_DECIMALS = 3
_FEW = 3
"""Half-widths whose first digit is below this keep two digits, others one: rounding then moves a number by at most a
sixth of its half-width."""


def decimals(half_width: float) -> int:
    """Decimals that an interval of this half-width supports; negative for tens and hundreds."""
    place = math.floor(math.log10(half_width))
    first = half_width / 10**place
    return min(_MOST_DECIMALS, (1 if round(first, 9) < _FEW else 0) - place)


def decimals_without_interval(value: float) -> int:
    """Decimals that leave three figures, for an amount with no interval."""
    if not math.isfinite(value) or value == 0:
        return 0
    return min(_MOST_DECIMALS, _ROUND_DIGITS - 1 - math.floor(math.log10(abs(value))))


def plain_number(value: float, places: int | None = None) -> str:
    """A number with thousands separated and a true minus sign; at most three figures where no places are given."""
    if not math.isfinite(value):
        return NOTHING
    places = decimals_without_interval(value) if places is None else places
    rounded = round(value, places) + 0.0
    text = f"{abs(rounded):,.{max(places, 0)}f}"
    return (MINUS if rounded < 0 else "") + text


def exact_number(value: float) -> str:
    """A number of the scenario as it was given: no rounding that could hide a digit."""
    if not math.isfinite(value):
        return NOTHING
    text = f"{abs(value):,.9f}".rstrip("0").rstrip(".") if abs(value) < 1e15 else f"{abs(value):g}"
    return (MINUS if value < 0 else "") + text


def stated(value: float, unit: str, *, difference: bool = False) -> str:
    """An amount as somebody stated it, with its unit: nothing is rounded away."""
    return with_unit(exact_number(_as_printed(value, unit)), unit, difference=difference)


def amount(value: float, unit: str, *, half_width: float = math.nan, signed: bool = False) -> str:
    """An amount with its unit, e.g. `41 days`, `£1,240`, `57%`; a difference has its sign when `signed`."""
    if not math.isfinite(value):
        return NOTHING
    return with_unit(bare(value, unit, half_width=half_width, signed=signed), unit, difference=signed)


def size(value: float, unit: str, *, half_width: float = math.nan) -> str:
    """How large a difference is, without its sign."""
    return with_unit(bare(abs(value), unit, half_width=half_width), unit)


def with_unit(number: str, unit: str, *, difference: bool = True) -> str:
    """A written number with its unit: `£` before it, other units after it, a difference of shares in points."""
    if is_share(unit):
        return f"{number} percentage points" if difference else f"{number}%"
    if unit.startswith("GBP"):
        sign = number[:1] if number[:1] in (MINUS, "+") else ""
        return f"{sign}£{number.removeprefix(sign)}{unit.removeprefix('GBP')}"
    if unit in ("", "count"):
        return number
    one = number == "1" and unit.endswith("s")
    return f"{number} {unit[:-1] if one else unit}"


def bare(value: float, unit: str, *, half_width: float = math.nan, signed: bool = False) -> str:
    """The number of an amount alone, for a table whose unit stands elsewhere (shares as per cent)."""
    if not math.isfinite(value):
        return NOTHING
    value, half_width = _as_printed(value, unit), _as_printed(half_width, unit)
    text = _rounded(value, unit, half_width)
    return f"+{text}" if signed and value > 0 and _is_not_zero(text) else text


def years(value: float) -> str:
    """Years until something, to a tenth; infinite: never."""
    if value == math.inf:
        return "never"
    return "under 0.1" if 0 < value < 0.05 else plain_number(value, 1 if value else 0)


def printed_unit(unit: str, *, difference: bool = False) -> str:
    """The unit as a table shows it: shares are printed as per cent, their differences as points."""
    if unit == "share":
        return "percentage points" if difference else "%"
    return unit.replace("GBP", "£") if unit.startswith("GBP") else unit


def is_share(unit: str) -> bool:
    """Whether an amount of this unit is a share, printed as per cent."""
    return unit == "share"


def listed(words: Sequence[str], last: str = "and") -> str:
    """Words as a list in a sentence: `a`, `a and b`, `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def counted(number: float, thing: str) -> str:
    """A whole number of things, in words as a reader expects: `1 year`, `3 years`."""
    text = plain_number(number, 0 if float(number).is_integer() else 1)
    return f"{text} {thing}" if text == "1" else f"{text} {thing}s"


def counted_exactly(number: float, thing: str) -> str:
    """A number of things as the scenario gives it: `1 day`, `0.5 days`."""
    return f"{exact_number(number)} {thing}" + ("" if number == 1 else "s")


def _as_printed(value: float, unit: str) -> float:
    return value * 100 if is_share(unit) else value


def _rounded(value: float, unit: str, half_width: float) -> str:
    places = decimals(half_width) if half_width > 0 else decimals_without_interval(value)
    if unit.startswith("GBP") and places > 0:
        # Pounds have two decimals or none: one alone looks like a slip.
        return plain_number(round(value, places), 2)
    return plain_number(value, places)


def _is_not_zero(text: str) -> bool:
    return any(digit in text for digit in "123456789")
