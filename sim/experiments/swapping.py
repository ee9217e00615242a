"""Folders replaced whole or not at all: written in a hidden folder, and swapped in when complete."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryFile

from sim.errors import ResultsError
from sim.experiments.additions import ADDITIONS
from sim.experiments.hidden import HIDDEN, NEW, OLD, begun, hidden_in, left_behind, place_of
from sim.experiments.locking import held
from sim.experiments.remedies import in_words, remedy
from sim.experiments.sealing import SUMS, seal

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

FILES = frozenset(
    {*(f"{name}.csv" for name in TABLES), "scenario.resolved.toml", "manifest.json", SUMS, *PAGES, *ADDITIONS}
)
"""What a run and other commands write into a folder."""


class Kept:
    """Where new results are written; `keep` has them stay there for people to find, should they not be swapped in."""

    def __init__(self, fresh: Path) -> None:
        self.fresh, self.is_kept = fresh, False

    def keep(self) -> Path:
        """Have what was written stay where it is; where that is."""
        self.is_kept = True
        return self.fresh


@contextmanager
def replaced(folder: Path) -> Iterator[Kept]:
    """A fresh folder to write in; swapped in for `folder` on success, thrown away on failure.

    Raises
    ------
    ResultsError
        If somebody else is writing there, or it cannot be written or swapped in; says what to do.
    """
    place = place_of(folder)
    with held([folder]):
        with in_words(folder):
            refuse_strangers(folder)
            recover(place)
            work = begun(place)
        kept = Kept(work / NEW)
        try:
            with in_words(folder, kept.fresh):
                yield kept
                seal(kept.fresh, folder)
            _swap(folder, place, work, kept)
        finally:
            if not kept.is_kept:
                _throw_away(work, place)
        for other in left_behind(place):
            shutil.rmtree(other, ignore_errors=True)


@contextmanager
def amended(folder: Path) -> Iterator[Path]:
    """A copy of what lies in `folder` to add to; swapped in on success, thrown away on failure.

    Raises
    ------
    ResultsError
        As for `replaced`.
    """
    with replaced(folder) as kept:
        for file in folder.iterdir() if folder.is_dir() else ():
            shutil.copy2(file, kept.fresh / file.name)
        yield kept.fresh


@contextmanager
def reserved(*folders: Path) -> Iterator[None]:
    """Have these folders for oneself while what they are to hold is run, put right if a swap was cut short.

    Raises
    ------
    ResultsError
        At once, if one could not be written to, holds somebody's own files, or somebody else is writing there.
    """
    for folder in folders:
        refuse_unfit(folder)
    with held(folders):
        for folder in folders:
            with in_words(folder):
                recover(place_of(folder))
        yield


def refuse_unfit(folder: Path) -> None:
    """Refuse, before anything is run, a folder that could not be written to or that holds somebody's own files.

    Raises
    ------
    ResultsError
        Naming what is in the way.
    """
    place = place_of(folder)
    with in_words(folder):
        refuse_strangers(folder)
        above = next(one for one in place.parents if one.exists())  # there it is made, and swapped in
        tried = [above, *(one for one in (place.parent / HIDDEN, place) if one.exists())]
    for one in tried:
        try:
            TemporaryFile(dir=one).close()
        except OSError as error:
            raise ResultsError(f"{one}: {error.strerror}; {remedy(error)}") from error


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
    strangers = sorted(filter(None, map(_stranger, folder.iterdir())))
    if strangers:
        raise ResultsError(
            f"{folder}: holds {', '.join(strangers[:3])}, which no run writes, and would be replaced; "
            "move that elsewhere, or choose another folder with --out"
        )


def _stranger(path: Path) -> str:
    """What a thing in a results folder is, where no run writes such a thing; empty where one does."""
    if path.name not in FILES:
        return path.name
    if path.is_symlink():
        return f"{path.name} (a link)"
    return "" if path.is_file() else f"{path.name} (a folder)"


def recover(place: Path) -> None:
    """Put right what an interrupted swap left, while holding the folder's lock: one of the two comes to its place.

    The old results are moved away only when the new ones are complete, so that it may be the new ones.
    """
    for work in left_behind(place):
        if (work / OLD).exists() and not place.exists():
            (work / NEW if (work / NEW).exists() else work / OLD).rename(place)


def replace_file(file: Path, text: str) -> None:
    """Replace a file whole or not at all; a link in its place is replaced, and what it leads to is not touched."""
    with NamedTemporaryFile("w", dir=hidden_in(file.parent, NEW).parent, encoding="utf-8", delete=False) as opened:
        fresh = Path(opened.name)
        try:
            opened.write(text)
            opened.close()
            fresh.chmod(file.stat().st_mode if file.exists() else 0o644)
            fresh.replace(file)
        finally:
            fresh.unlink(missing_ok=True)


def _swap(folder: Path, place: Path, work: Path, kept: Kept) -> None:
    try:
        refuse_strangers(folder)
    except ResultsError as error:
        raise ResultsError(f"{error}; the new results are in {kept.keep()}") from None
    try:
        if place.exists():
            place.rename(work / OLD)
        kept.fresh.rename(place)
    except OSError as error:
        raise ResultsError(
            f"{folder}: another program holds it open ({error.strerror}); the new results are in {kept.keep()}: "
            f"close what has {error.filename or folder} open, then run again or move that folder yourself"
        ) from error
    finally:
        if not place.exists():
            with suppress(OSError):
                (work / OLD).rename(place)


def _throw_away(work: Path, place: Path) -> None:
    """Take away a piece of work, unless the last good results still lie in it."""
    if place.exists() or not (work / OLD).exists():
        shutil.rmtree(work, ignore_errors=True)
