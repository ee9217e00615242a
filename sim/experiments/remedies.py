"""What went wrong on a disk, in words, and what to do about it."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sim.errors import ResultsError

_ELSEWHERE = "choose another folder with --out"
REMEDIES = {
    errno.ENOSPC: "the disk is full: make room, or choose another with --out",
    errno.EDQUOT: "your share of the disk is full: make room, or choose another with --out",
    errno.EFBIG: "no larger file can be written there: choose another disk with --out",
    errno.EACCES: f"no permission to write there: {_ELSEWHERE}",
    errno.EPERM: f"no permission to write there: {_ELSEWHERE}",
    errno.EROFS: f"that disk is read-only: {_ELSEWHERE}",
    errno.ENOTDIR: f"a file stands where a folder is needed: move it, or {_ELSEWHERE}",
    errno.EEXIST: f"a file stands where a folder is needed: move it, or {_ELSEWHERE}",
    errno.ENOENT: f"nothing can be written there: {_ELSEWHERE}",
    errno.ELOOP: f"these links lead round in a circle: mend them, or {_ELSEWHERE}",
    errno.ENAMETOOLONG: "the name is too long: shorten the scenario file's name, or the one after --out",
}


def told(folder: Path, error: OSError, fresh: Path | None = None) -> str:
    """What went wrong in a folder, and what to do; a file in `fresh` is called as if it stood in the folder already."""
    where = Path(error.filename) if isinstance(error.filename, str) else folder
    if fresh and where.is_relative_to(fresh):
        where = folder / where.relative_to(fresh)
    return f"{where}: {error.strerror or error}; {remedy(error)}"


def remedy(error: OSError) -> str:
    """What to do about it."""
    return REMEDIES.get(error.errno or 0, "the last good results are untouched")


@contextmanager
def in_words(folder: Path, fresh: Path | None = None) -> Iterator[None]:
    """Tell what goes wrong on the disk meanwhile as a ResultsError."""
    try:
        yield
    except OSError as error:
        raise ResultsError(told(folder, error, fresh)) from error
