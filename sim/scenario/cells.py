r"""Cells of a table as text that no spreadsheet takes for a formula and no terminal for a command, and back again.

A text that begins as a formula does has an apostrophe before it. A sign that cannot be seen, such as an escape or one
that turns a line round, is spelt `\u001b`. Texts that look like either are written so that they come back as well.
"""

from __future__ import annotations

import re
import unicodedata

_STARTS = "=+\\-@＝＋－＠"
_NUMBER = r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?"
NUMBERS = re.compile(rf"{_NUMBER}(?: {_NUMBER})*")
"""One plain number, or some with spaces between: no formula, though it may begin with a sign."""

FORMULA = re.compile(f"'*[{_STARTS}]")
SPELT = re.compile(r"\\(?:u([0-9a-f]{4})|U([0-9a-f]{8}))")
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Kinds of signs that cannot be seen: controls, those that turn a line round, lone surrogates, ends of lines."""


def protected(value: object) -> str:
    """A cell as it is written: a text out of harm's way; a number as it is."""
    if not isinstance(value, str):
        return str(value)
    text = SPELT.sub(lambda found: f"{_spelt(found[0][0])}{found[0][1:]}", value)
    text = text if text.isprintable() else "".join(_spelt(sign) if _is_unseen(sign) else sign for sign in text)
    return f"'{text}" if FORMULA.match(text) and not NUMBERS.fullmatch(text) else text


def unprotected(cell: str) -> str:
    """The text that a cell was written from."""
    text = cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell
    return SPELT.sub(_read, text)


def _is_unseen(sign: str) -> bool:
    return unicodedata.category(sign) in UNSEEN


def _spelt(sign: str) -> str:
    return f"\\u{ord(sign):04x}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08x}"


def _read(found: re.Match[str]) -> str:
    code = int(found[1] or found[2], 16)
    return chr(code) if code <= 0x10FFFF else found[0]
