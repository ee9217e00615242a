"""The schema of a results folder: which columns and keys its files must have, and what may stand in them."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from sim.experiments.drivers import tables as study
from sim.experiments.elements import ELEMENT_COLUMNS
from sim.measures.definitions import CURVES, DEFINITIONS
from sim.reporting.wording import VERDICTS
from sim.scenario.vocabulary import BASES, Basis

TRUTHS = ("True", "False", "")
WORDS: Mapping[str, Container[str]] = {
    "basis": BASES,
    "measure": DEFINITIONS,
    "by": ("all", "group", "level_at_arrival", "level_joined", "needs", "neighbourhood"),
    "curve": (*CURVES, "waiting"),
    "verdict": tuple(VERDICTS),
    "adjusted": TRUTHS,
    "headline": TRUTHS,
    "passed": TRUTHS,
    "is_stated": TRUTHS,
}
"""The words that may stand in a column, in whatever table."""

INFINITE = frozenset({"mean", "low", "high"})
"""Columns in which a number may be infinite, as the years are in which nothing is paid back."""


@dataclass(frozen=True)
class Schema:
    """The columns of a table: texts, and numbers that may be missing, apart from those that are `needed`."""

    columns: tuple[str, ...]
    numbers: frozenset[str]
    needed: frozenset[str] = frozenset()
    words: Mapping[str, Container[str]] = field(default_factory=lambda: WORDS)
    remedy: str = "run the scenario again"


def _of(columns: str, numbers: str, needed: str = "", **differs: Any) -> Schema:
    """A schema; `needed` are numbers too."""
    always = frozenset(needed.split())
    return Schema(tuple(columns.split()), frozenset(numbers.split()) | always, always, **differs)


_WHOSE = "measure unit by group part mean low high interval adjusted replications"
_SUMS = "gbp_a_year cashable_gbp_a_year gbp_once cashable_gbp_once"
_ENDS = "mean low high"

RUN: Mapping[str, Schema] = {
    "summary.csv": _of(f"basis pathway {_WHOSE}", _ENDS, "replications"),
    "comparison.csv": _of(
        f"basis pathway against {_WHOSE} headline matters verdict strict", f"{_ENDS} matters", "replications"
    ),
    "curves.csv": _of("basis pathway curve by group part day mean low high", _ENDS, "day"),
    "flows.csv": _of("basis pathway from_stage to outcome a_year", "", "a_year"),
    "ledger.csv": _of(f"basis pathway line purpose payer receiver {_SUMS}", "", _SUMS),
    "checks.csv": _of(
        "name title pathway measure part unit model low high published tolerance passed source note",
        "model low high",
        "published tolerance",
    ),
    "demand.csv": _of(
        "factor pathway against measure unit mean low high verdict replications", _ENDS, "factor replications"
    ),
    "variants.csv": _of(
        "variant basis pathway against measure unit mean low high interval adjusted replications headline matters "
        "verdict",
        f"{_ENDS} matters",
        "replications",
    ),
    "stories.csv": _of(
        "basis pathway percentile difference of citizen arrival group neighbourhood level_at_arrival needs_at_arrival "
        "kind level cause started ended approach seq stage joined due staff_hours level_ended level_seen attended "
        "outcome gbp_at_once gbp_evenly",
        "started ended approach seq joined due staff_hours attended gbp_at_once gbp_evenly",
        "percentile difference of citizen arrival needs_at_arrival",
    ),
}
"""The tables that are read of every run."""

CITIZENS = _of(
    "basis pathway citizen arrival group level_at_arrival day_right_help day_recovered day_left",
    "day_right_help day_recovered day_left",
    "citizen arrival",
)
VISITS = _of(
    "basis pathway citizen seq stage joined started ended level_ended outcome",
    "started ended",
    "citizen seq joined",
)

_AGAIN = "run the ranges again"
_CHANCE_WORDS = {name: words for name, words in WORDS.items() if name != "measure"}
RANGES: Mapping[str, Schema] = {
    "ranges": _of(
        "basis pathway against measure unit median low high mean range_sd noise_sd",
        f"{_ENDS} median range_sd noise_sd",
        remedy=_AGAIN,
    ),
    "chances": _of(
        "basis pathway against kind measure chance raw corrected draws",
        "raw corrected",
        "draws",
        words=_CHANCE_WORDS,
        remedy=_AGAIN,
    ),
    "acceptability": _of(
        "basis pathway gbp_per_day_in_need is_stated raw corrected",
        "raw corrected",
        "gbp_per_day_in_need",
        remedy=_AGAIN,
    ),
}

_STUDY_TEXTS = frozenset(
    {"basis", "pathway", "measure", "unit", "path", "grade", "crossed", "points", "outcome", "flips", "left_out"}
    | {"element", "why"}
)
"""Columns of a study that hold texts; all others hold numbers."""


def _study(columns: tuple[str, ...]) -> Schema:
    return Schema(columns, frozenset(columns) - _STUDY_TEXTS, remedy=_AGAIN)


STUDY: Mapping[str, Schema] = {
    "drivers": _study(study.DRIVER_COLUMNS),
    "grades": _study(study.GRADE_COLUMNS),
    "information": _study(study.INFORMATION_COLUMNS),
    "break_even": _study(study.BREAK_EVEN_COLUMNS),
    "flips": _study(study.FLIP_COLUMNS),
    "opponents": _study(study.OPPONENT_COLUMNS),
    "elements": _study(ELEMENT_COLUMNS),
}

Number = Annotated[float, Field(allow_inf_nan=False)]
Share = Annotated[float, Field(ge=0, le=1)]
Whole = Annotated[int, Field(ge=0)]


class _Told(BaseModel):
    """What a file of keys must say; it may say more."""

    model_config = ConfigDict(strict=True, extra="allow")


class _Weeks(_Told):
    warm_up: Whole
    cohort: Annotated[int, Field(ge=1)]
    follow_up: Whole


class _WarmUp(_Told):
    given: Whole
    used: Whole
    outcome: str
    why: str
    pilots: Whole


class _EqualHelp(_Told):
    pathway: str
    is_in_reach: bool
    factor: Number | None = None
    target_days: Number | None = None
    reached_days: Number | None = None
    error_days: Number | None = None


class _Notice(_Told):
    kind: str
    basis: str
    pathway: str
    text: str
    team: str = ""


class Manifest(_Told):
    """What `manifest.json` must say."""

    results_version: int
    scenario: str
    title: str
    question: str
    applied: list[str]
    settings: dict[str, str]
    quick: bool
    seed: Whole
    replications: Annotated[int, Field(ge=1)]
    weeks: _Weeks
    warm_up: _WarmUp
    bases: Annotated[list[Basis], Field(min_length=1)]
    headlines: list[str]
    basis_factors: dict[str, dict[str, Number]]
    equal_help: list[_EqualHelp]
    notices: list[_Notice]
    engine: str
    versions: dict[str, str]
    machine: str
    started: str
    seconds: Number
    command: str
    hashes: dict[str, str]
    cohort_mean: Number


class _Refused(_Told):
    path: str
    draws: Whole
    problem: str


class _Drawn(_Told):
    path: str
    stated: bool


class _RunAgain(_Told):
    draws: Whole
    replications: Whole


class RangesTold(_Told):
    """What `ranges.json` must say."""

    ranges_version: int
    bases: list[Basis]
    left_out: list[Basis]
    draws: Annotated[int, Field(ge=1)]
    run_again: _RunAgain
    share_refused: Share
    refused: list[_Refused]
    share_eased: Share
    share_growing: Share
    noise_share: dict[str, Number]
    spend_off: Number
    numbers: list[_Drawn]
    correlations: dict[str, list[str | Number]]
