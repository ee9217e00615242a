"""Findings: what a test of the dossier tried, what it found, and whether that is as it must be."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

Verdict = Literal["pass", "fail", "too_weak", "not_built", "not_applicable"]
PASS: Verdict = "pass"  # noqa: S105
FAIL: Verdict = "fail"
WEAK: Verdict = "too_weak"
"""The test found no fault, but would hardly have found one that is there."""
NOT_BUILT: Verdict = "not_built"
"""The scenario that the test would run may not be."""
NOT_APPLICABLE: Verdict = "not_applicable"

FAULTS_TOLD = 3
"""So many parts that failed are told in the one line of a finding; the others stand in the dossier's file."""

DIGITS = 4


@dataclass(frozen=True)
class Part:
    """What was found of one thing a test looked at: a pathway, a queue, a headline."""

    of: str
    found: str
    verdict: Verdict = PASS
    power: float | None = None
    """How surely a violation of the relevant size would be found; None where what must hold is exact."""


@dataclass(frozen=True)
class Finding:
    """What came of one test, in words with figures, units and tolerance."""

    test: str
    tried: str
    found: str
    verdict: Verdict
    parts: tuple[Part, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The finding as plain data."""
        return asdict(self)


def judged(good: bool) -> Verdict:
    """Pass if what must hold holds, else fail."""
    return PASS if good else FAIL


def gathered(test: str, tried: str, parts: Sequence[Part], *, when_good: str = "", when_none: str = "") -> Finding:
    """The finding that parts come to: it fails if one does, is too weak if one is, and does not apply if none does.

    `when_good` tells what was found where nothing failed; left out, the parts tell it. `when_none` tells why there is
    no part at all.
    """
    failed = [part for part in parts if part.verdict == FAIL]
    weak = [part for part in parts if part.verdict == WEAK]
    passed = [part for part in parts if part.verdict == PASS]
    if failed:
        return Finding(test, tried, _told(failed), FAIL, tuple(parts))
    if weak:
        return Finding(test, tried, _told(weak), WEAK, tuple(parts))
    if passed:
        return Finding(test, tried, when_good or _told(passed), PASS, tuple(parts))
    return Finding(test, tried, _told(parts) or when_none, NOT_APPLICABLE, tuple(parts))


def not_applicable(test: str, tried: str, why: str) -> Finding:
    """The finding of a test that has nothing to test here."""
    return Finding(test, tried, why, NOT_APPLICABLE)


def _told(parts: Sequence[Part]) -> str:
    more = f"; and {len(parts) - FAULTS_TOLD} more" if len(parts) > FAULTS_TOLD else ""
    return "; ".join(f"{part.of}: {part.found}" for part in parts[:FAULTS_TOLD]) + more


def said(value: float, unit: str = "") -> str:
    """A number with its unit, to four figures, such as `1,204 people`; money as `£1,204.50`."""
    return several([value], unit)


def several(values: Iterable[float], unit: str = "") -> str:
    """Numbers with their unit, such as `12.5, 13.1 days`."""
    is_money = unit == "GBP"
    texts = [_written(value, is_money=is_money) for value in values]
    return ", ".join(texts) if is_money else f"{', '.join(texts)} {unit}".rstrip()


def _written(value: float, *, is_money: bool) -> str:
    if not math.isfinite(value):
        return "endless" if value > 0 else "no number"
    text = f"{abs(value):,.{2 if is_money else _places(value)}f}"
    text = text if is_money or "." not in text else text.rstrip("0").rstrip(".")
    sign = "−" if value < 0 and any(digit in text for digit in "123456789") else ""
    return f"{sign}£{text}" if is_money else f"{sign}{text}"


def _places(value: float) -> int:
    """Decimals that leave four figures, at most nine."""
    if value == 0 or abs(value) < 1e-9:
        return 0
    return max(0, min(9, DIGITS - 1 - math.floor(math.log10(abs(value)))))


def counted(number: int, thing: str, things: str = "") -> str:
    """A number of things in words: `1 visit`, `3 visits`."""
    return f"{number:,} {thing if number == 1 else things or f'{thing}s'}"
