"""Codes of quotes: short names that change when the scenario, the seed or the rounded figure does, and not else."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence

from sim.reporting.results import Results
from sim.scenario.settings import settings_tag

NUMBERS_VERSION = 2
"""Raised with every **results change** of the change log, and never else: the layout of files has its own version."""

SHORTEST, LONGEST = 4, 64
DIGITS = 9
"""Figures are cut to so many digits and decimals before they are rounded for readers: no last bit tips a rounding."""


def steady(value: float) -> float:
    """The value without its last digits."""
    return float(f"{round(value, DIGITS):.{DIGITS}g}") + 0.0


def scenario_code(results: Results) -> str:
    """What a scenario is called in a code: its name, with what was changed in it for this run."""
    told = results.manifest
    return "+".join(filter(None, (told["scenario"], *told["applied"], settings_tag(told["settings"]))))


def digest(results: Results, figure: Sequence[str]) -> str:
    """SHA-256 of the resolved scenario, the seed, the numbers' version, and what a figure is of and is, rounded."""
    scenario = json.dumps(results.scenario.data, sort_keys=True, default=str, ensure_ascii=True)
    named = (scenario, str(results.manifest["seed"]), str(NUMBERS_VERSION), *figure)
    return hashlib.sha256("\n".join(named).encode()).hexdigest()


def shortened(digests: Sequence[str]) -> list[str]:
    """Each digest cut as short as tells it from the others here: four signs, or more where two begin alike."""
    return [next(cut for cut in _cuts(one) if _alone(cut, digests)) for one in digests]


def _cuts(digest: str) -> list[str]:
    return [digest[:length] for length in range(SHORTEST, LONGEST + 1)]


def _alone(cut: str, digests: Sequence[str]) -> bool:
    return sum(count for one, count in Counter(digests).items() if one.startswith(cut)) == 1 or len(cut) == LONGEST
