"""Numbers as people type them: a plain number is read, any other way of writing one is refused with the plain one."""

from __future__ import annotations

import re

from sim.scenario.keys import LONGEST_SHOWN, shown

WHOLE = re.compile(r"[+-]?\d+")
PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
SPACES = " \u00a0\u2009\u202f"
IN_GROUPS = re.compile(rf"([+-]?[1-9]\d{{0,2}})((?:[{SPACES},'’_]\d{{3}})+)(\.\d+)?")
DECIMAL_COMMA = re.compile(rf"[+-]?(\d+|\d{{1,3}}(?:[.{SPACES}]\d{{3}})+),\d+")
POINTS = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}")
MONEY = "£$€"


def typed_number(text: str) -> int | float:
    """The number in a text.

    Raises
    ------
    ValueError
        If it is not plainly written; the message says what is wrong and, after `; `, what to write.
    """
    text = text.strip()
    if len(text) <= LONGEST_SHOWN and PLAIN.fullmatch(text):
        return int(text) if WHOLE.fullmatch(text) else float(text)
    raise ValueError(f"{shown(text)} is not a plain number; {_remedy(text)}")


def taken_number(text: str) -> tuple[int | float, str]:
    """The number that a person typed, and what to say where it is not written plainly but is plain in English.

    Commas or spaces between thousands are such (210,000), and zeros in front or none before the point (.65).

    Raises
    ------
    ValueError
        As `typed_number` does.
    """
    text = text.strip()
    groups = IN_GROUPS.fullmatch(text) if len(text) <= LONGEST_SHOWN else None
    plain = _ungrouped(text)[0] if groups else text
    number = typed_number(plain)
    odd = plain != text or text.lstrip("+-").startswith(".") or bool(re.match(r"[+-]?0\d", text))
    return number, f"{text} is read as {number}" if odd else ""


def refuse_thousands(text: str) -> None:
    """Refuse a number whose points may stand between thousands, as where cells are told apart by semicolons.

    Raises
    ------
    ValueError
        As `typed_number` does.
    """
    if POINTS.fullmatch(text):
        whole, plain = text.replace(".", ""), f"{float(text):g}"
        raise ValueError(f"{shown(text)} may be {whole} or {plain}; write {whole} or {plain}")


def looks_typed(text: str) -> bool:
    """Whether a text that TOML does not read as a number is one written in another way."""
    return bool(_meant(text) or PLAIN.fullmatch(text[: LONGEST_SHOWN + 1]))


def has_decimal_comma(text: str) -> bool:
    """Whether a text is surely a number with a decimal comma: three digits after it may be a thousand."""
    return bool(DECIMAL_COMMA.fullmatch(text)) and not IN_GROUPS.fullmatch(text)


def _remedy(text: str) -> str:
    meant = _meant(text)
    return f"write {' or '.join(meant)}" if meant else "expected one such as 12 or 0.68"


def _meant(text: str) -> list[str]:
    """The plain numbers a text may mean; none if it is no number at all."""
    text = text.strip()
    if len(text) > LONGEST_SHOWN:
        return []
    if text.endswith("%"):
        return [f"{float(one) / 100:.12g}" for one in _ungrouped(text[:-1].strip())[:1]]
    if text.strip(MONEY) != text:
        return _ungrouped(text.strip(MONEY + SPACES))
    return [] if PLAIN.fullmatch(text) else _ungrouped(text)


def _ungrouped(text: str) -> list[str]:
    if PLAIN.fullmatch(text):
        return [text]
    groups = IN_GROUPS.fullmatch(text)
    found = []
    if groups:
        found.append(groups[1] + re.sub(r"\D", "", groups[2]) + (groups[3] or ""))
    if DECIMAL_COMMA.fullmatch(text):
        whole, _, part = text.rpartition(",")
        also = " if the comma stands for a decimal point" if found else ""
        found.append(re.sub(r"[^\d+-]", "", whole) + "." + part + also)
    return found
