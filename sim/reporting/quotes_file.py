"""`quotes.json`: what may be said, for machines; and whether it still says what the tables beside it say."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from sim.errors import ResultsError
from sim.measures.limits_wording import NOT_SUITABLE_FOR
from sim.reporting import quote_check_wording as said
from sim.reporting import quote_wording
from sim.reporting.quote_codes import NUMBERS_VERSION
from sim.reporting.quote_draws import CHANCES, GRADES, read_draws
from sim.reporting.quotes import SUBJECT, Quote
from sim.reporting.results import Results

FILE = "quotes.json"
MADE_FROM = ("scenario.resolved.toml", "summary.csv", "comparison.csv", "variants.csv", "checks.csv", CHANCES, GRADES)
"""The files of a folder that its quotes are made from, as far as they are there."""

WORDED = ("qualification", "why", "strength_said")
"""What only words what a quote rests on, which stands beside it in `rests_on`: another wording is no other finding."""


def as_data(results: Results, found: Sequence[Quote]) -> dict[str, Any]:
    """The quotes as plain data, with what all have in common."""
    told, draws = results.manifest, read_draws(results.folder)
    return {
        "numbers_version": NUMBERS_VERSION,
        "scenario": told["scenario"],
        "place": told["title"],
        "question": told["question"],
        "not_suitable_for": NOT_SUITABLE_FOR,
        "seed": told["seed"],
        "versions": told["versions"],
        "draws": draws.number if draws else None,
        "draws_said": quote_wording.DRAWS.format(draws=draws.number) if draws else quote_wording.NO_DRAWS,
        "made_from": {name: file_hash(results.folder / name) for name in MADE_FROM},
        "quotes": [_quote(one) for one in found],
    }


def _quote(one: Quote) -> dict[str, Any]:
    return {**asdict(one), "why": list(one.why), "strength_said": quote_wording.STRENGTH[one.strength]}


def as_text(results: Results, found: Sequence[Quote]) -> str:
    """The text of `quotes.json`."""
    return json.dumps(as_data(results, found), indent=2, ensure_ascii=False) + "\n"


def file_hash(path: Path) -> str:
    """SHA-256 of a file's bytes; empty where it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def read_stored(folder: Path) -> dict[str, Any]:
    """What `quotes.json` of a folder holds.

    Raises
    ------
    ResultsError
        If it is missing, or is not what a run writes.
    """
    path = folder / FILE
    try:
        text = path.read_text(encoding="utf-8")
        _Stored.model_validate_json(text)
    except FileNotFoundError:
        raise ResultsError(said.NO_FILE.format(path=path, folder=folder)) from None
    except (OSError, ValueError) as error:
        problem = said.NOT_QUOTES if isinstance(error, ValidationError) else error
        raise ResultsError(said.BAD_FILE.format(path=path, error=problem, folder=folder)) from None
    return dict(json.loads(text))


@dataclass(frozen=True)
class _StoredQuote(Quote):
    strength: Any
    """Another word than is known here is a change, and told as one."""


class _Stored(BaseModel):
    """What `quotes.json` must say."""

    model_config = ConfigDict(strict=True)

    quotes: list[_StoredQuote]
    made_from: dict[str, str]
    versions: dict[str, str]


def subject(kept: Mapping[str, Any]) -> tuple[str, ...]:
    """What a stored quote is of, whatever its figure."""
    return tuple(str(kept[name]) for name in SUBJECT)


class Changed(NamedTuple):
    """What in a folder is no longer as when its quotes were written: what speaks against one, and mere wording."""

    faults: list[str]
    wording: list[str]


def changed_since(results: Results, stored: Mapping[str, Any], found: Sequence[Quote], code: str) -> Changed:
    """What in the folder is no longer as it was when its quotes were written: a file, this quote, or its words."""
    files = [
        said.FILE_CHANGED.format(file=name)
        for name in MADE_FROM
        if stored["made_from"].get(name) != file_hash(results.folder / name)
    ]
    kept = next(one for one in stored["quotes"] if one["code"] == code)
    now = next((one for one in found if one.subject == subject(kept)), None)
    if now is None:
        return Changed([*files, said.NO_SUCH_FIGURE.format(sentence=kept["sentence"])], [])
    fresh = json.loads(json.dumps(_quote(now)))
    names = [name for name in fresh if name != "code" or stored.get("numbers_version") == NUMBERS_VERSION]
    odd = [name for name in names if fresh[name] != kept.get(name)]
    told = {name: said.FIELD_CHANGED.format(name=name, kept=kept.get(name), now=fresh[name]) for name in odd}
    worded = WORDED if len(fresh["why"]) == len(kept["why"]) else ()  # a reason more or less is another finding
    faults = [one for name, one in told.items() if name not in worded]
    return Changed([*files, *faults], [one for name, one in told.items() if name in worded])
