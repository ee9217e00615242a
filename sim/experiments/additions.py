"""Additions: what other commands than `run` add to a results folder, and when a run keeps it."""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from pathlib import Path

DOSSIER = ("verify.md", "verify.json")
"""What `verify` adds to a folder."""

RANGES = ("draws.csv", "ranges.csv", "chances.csv", "acceptability.csv", "ranges.json", "draws.jsonl")
"""What `ranges` adds to a folder."""

STUDY = (
    *("drivers.csv", "grades.csv", "information.csv", "break_even.csv", "flips.csv", "opponents.csv"),
    "study.json",
)
"""What `ranges` adds to a folder of what the answer hangs on."""

ELEMENTS = ("elements.csv", "elements.json")
"""What `elements` adds to a folder, and `ranges` where the file has elements."""

ADDED_BY = {"verify.json": DOSSIER, "ranges.json": RANGES, "study.json": STUDY, "elements.json": ELEMENTS}
"""By the file that says of which scenario they are, the files that are added together."""

ADDITIONS = tuple(name for names in ADDED_BY.values() for name in names)


def keep_additions(folder: Path, fresh: Path, scenario: str) -> None:
    """Carry additions over into the fresh folder if they are of the scenario with this hash, for others mislead."""
    for teller, names in ADDED_BY.items():
        for name in names if _of(folder / teller) == scenario else ():
            with suppress(OSError):
                shutil.copyfile(folder / name, fresh / name)


def _of(file: Path) -> str | None:
    """The hash of the scenario that a file says it is of, as it was given."""
    try:
        return str(json.loads(file.read_text(encoding="utf-8"))["hashes"]["scenario.resolved.toml"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
