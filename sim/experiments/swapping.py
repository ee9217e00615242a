"""Folders replaced whole or not at all: written beside, and swapped in when complete."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile

from sim.errors import ResultsError
from sim.experiments.additions import ADDITIONS

TABLES = (
    "summary",
    "comparison",
    "replications",
    "curves",
    "flows",
    "ledger",
    "checks",
    "demand",
    "variants",
    "citizens",
    "visits",
    "stories",
)
PAGES = ("report.html", "briefing.html", "methods.html", "quotes.json")
"""What is made of the tables, for readers."""

FILES = frozenset({*(f"{name}.csv" for name in TABLES), "scenario.resolved.toml", "manifest.json", *PAGES, *ADDITIONS})
"""What a run and other commands write into a folder."""


@contextmanager
def replaced(folder: Path) -> Iterator[Path]:
    """A fresh folder to write in; swapped in for `folder` on success, thrown away on failure.

    Raises
    ------
    ResultsError
        If it cannot be written or swapped in; says which file or folder, and what to do.
    """
    fresh, old = _beside(folder)
    for place in (folder, fresh, old):
        refuse_strangers(place)
    recover(folder)
    try:
        if fresh.exists():
            shutil.rmtree(fresh)
        fresh.mkdir(parents=True)
        yield fresh
    except OSError as error:
        shutil.rmtree(fresh, ignore_errors=True)
        raise ResultsError(told(fresh, error)) from error
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    _swap(folder, fresh, old)


def refuse_unfit(folder: Path) -> None:
    """Refuse, before anything is run, a folder that could not be written to or that holds somebody's own files.

    Raises
    ------
    ResultsError
        Naming what is in the way.
    """
    for place in (folder, *_beside(folder)):
        refuse_strangers(place)
    above = next(place for place in folder.parents if place.exists())  # there it is made, and swapped in
    for place in (above, folder) if folder.exists() else (above,):
        try:
            TemporaryFile(dir=place).close()
        except OSError as error:
            raise ResultsError(f"{place}: {error.strerror}; {_remedy(error)}") from error


def refuse_strangers(folder: Path) -> None:
    """Refuse to replace a file, or a folder that holds anything a run does not write: it is somebody's own.

    Raises
    ------
    ResultsError
        Naming what is in the way.
    """
    if folder.exists() and not folder.is_dir():
        raise ResultsError(
            f"{folder}: is a file, which would be replaced; move it, or choose another folder with --out"
        )
    if not folder.is_dir():
        return
    strangers = sorted(path.name for path in folder.iterdir() if path.name not in FILES)
    if strangers:
        raise ResultsError(
            f"{folder}: holds {', '.join(strangers[:3])}, which no run writes, and would be replaced; "
            "move that elsewhere, or choose another folder with --out"
        )


def recover(folder: Path) -> None:
    """Put right what an interrupted swap left: an old folder with no new one in its place comes back."""
    _, old = _beside(folder)
    if old.exists() and not folder.exists():
        old.rename(folder)
    elif old.exists():
        shutil.rmtree(old, ignore_errors=True)


def _swap(folder: Path, fresh: Path, old: Path) -> None:
    try:
        if folder.exists():
            folder.rename(old)
        fresh.rename(folder)
    except OSError as error:
        if old.exists() and not folder.exists():
            with suppress(OSError):
                old.rename(folder)
        raise ResultsError(
            f"{folder}: another program holds it open ({error.strerror}); the new results are in {fresh}: "
            f"close what has {error.filename or folder} open, then run again or rename the folder yourself"
        ) from error
    shutil.rmtree(old, ignore_errors=True)


def _beside(folder: Path) -> tuple[Path, Path]:
    """Where new results are written before they are swapped in, and where the old ones are meanwhile."""
    return folder.with_name(folder.name + ".new"), folder.with_name(folder.name + ".old")


def told(folder: Path, error: OSError) -> str:
    """What went wrong in a folder, and what to do."""
    return f"{error.filename or folder}: {error.strerror}; {_remedy(error)}"


def _remedy(error: OSError) -> str:
    remedies = {
        errno.ENOSPC: "the disk is full: make room, or choose another with --out",
        errno.EACCES: "no permission to write there: choose another folder with --out",
        errno.EPERM: "no permission to write there: choose another folder with --out",
        errno.EROFS: "that disk is read-only: choose another folder with --out",
        errno.ENOTDIR: "a file stands where a folder is needed: move it, or choose another folder with --out",
        errno.EEXIST: "a file stands where a folder is needed: move it, or choose another folder with --out",
        errno.ENOENT: "nothing can be written there: choose another folder with --out",
    }
    return remedies.get(error.errno or 0, "the last good results are untouched")
