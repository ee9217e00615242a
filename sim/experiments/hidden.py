"""The hidden folder in a results root: locks, journals and what is not finished, where no name a user chooses can be.

`.unfinished/run-<unique>/` is one piece of work: `folder.txt` says of which results folder, `new` is being written, and
`old` is the last good one while the two change places. `locks`, `holders` and `journals` hold a file a results folder.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp

from sim.errors import ResultsError

HIDDEN = ".unfinished"
OVERVIEW = "index.html"
KEPT = (HIDDEN, OVERVIEW)
"""Names in a results root that no results folder may have, whatever case a disk tells apart."""

NEW, OLD, OF = "new", "old", "folder.txt"


def place_of(folder: Path) -> Path:
    """Where a results folder really stands: links are followed, so that two names of one folder are one folder.

    Raises
    ------
    ResultsError
        If it is a link that leads nowhere, or its name is kept for something else.
    """
    if folder.is_symlink() and not folder.exists():
        raise ResultsError(
            f"{folder}: is a link to {folder.readlink()}, which is not there; bring that back, or remove the link"
        )
    place = Path(os.path.realpath(folder))
    if place.name.casefold() in KEPT:
        raise ResultsError(
            f"{folder}: this name is kept for what the program itself writes in {folder.parent}; "
            "give the scenario file another name"
        )
    return place


def hidden_in(root: Path, *parts: str) -> Path:
    """A place in the hidden folder of a results root, whose folder is made where it is missing.

    Raises
    ------
    ResultsError
        If something else stands there.
    OSError
        If it cannot be made.
    """
    hidden = root / HIDDEN
    if hidden.is_symlink() or (hidden.exists() and not hidden.is_dir()):
        raise ResultsError(f"{hidden}: is kept for results that are being written; move what stands there")
    place = hidden.joinpath(*parts)
    place.parent.mkdir(parents=True, exist_ok=True)
    return place


def journal_of(folder: Path) -> Path:
    """Where the draws of a results folder are written down while they are being run."""
    place = place_of(folder)
    return hidden_in(place.parent, "journals", place.name)


def begun(place: Path) -> Path:
    """A piece of work on the results folder at this place, just begun: its own folder, with an empty `new` in it."""
    work = Path(mkdtemp(prefix="run-", dir=hidden_in(place.parent, NEW).parent))
    try:
        (work / OF).write_text(place.name, encoding="utf-8")
        (work / NEW).mkdir()
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise
    return work


def left_behind(place: Path) -> list[Path]:
    """The pieces of work on the results folder at this place that were not finished, the latest first."""
    found = [work for work in (place.parent / HIDDEN).glob("run-*") if _is_of(work, place.name)]
    return sorted(found, key=lambda work: work.stat().st_mtime, reverse=True)


def _is_of(work: Path, name: str) -> bool:
    with suppress(OSError, UnicodeDecodeError):
        return (work / OF).read_text(encoding="utf-8") == name
    return False
