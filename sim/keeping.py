"""What is kept from one run to the next: believed only if it is ours, ours alone to write, and as it was written.

One rule for every cache. A file holds the hash of its own name and content before the content, and is put in place in
one step, so that a process killed while writing, a full disk, two writers at once, or two files changed for each other
leave nothing that a later run would believe. What was not written by us, or what another user of the machine can write,
is not read: compiled code and the like do what whoever wrote them wants. What is not believed is made again.
"""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import time

from platformdirs import user_cache_path

PROGRAM = "service-pathways"
UNFINISHED = ".unfinished-"
SECONDS_A_DAY = 86_400.0
SEAL_BYTES = hashlib.sha256().digest_size
OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
IS_SHARED = hasattr(os, "getuid")
"""Whether files have an owner and a mode; on Windows a user's own folders are closed to others anyway."""


@dataclass(frozen=True)
class Place:
    """A folder to keep things in, or none; and why folders that come before it are not used, in sentences."""

    folder: Path | None
    refused: tuple[str, ...] = ()


def place(name: str) -> Place:
    """Where things of this name are kept: in the user's cache folder, else in one of our own for temporary files."""
    refused: list[str] = []
    for root in _roots():
        try:
            why = _made(root) or _made(root / name)
        except OSError:
            continue
        if not why:
            return Place(root / name, tuple(refused))
        refused.append(why)
    return Place(None, tuple(refused))


def keep(file: Path, content: bytes) -> bool:
    """Keep `content` under this name, in one step; False if that cannot be done, which harms nothing."""
    _sweep(file.parent)
    try:
        number, unfinished = tempfile.mkstemp(prefix=UNFINISHED, dir=file.parent)  # nobody else may open it
        try:
            with os.fdopen(number, "wb") as target:
                target.write(_seal(file.name, content) + content)
            Path(unfinished).replace(file)
        finally:
            Path(unfinished).unlink(missing_ok=True)
    except OSError:
        return False
    return True


def kept(file: Path) -> bytes | None:
    """What was kept under this name; None if nothing was, or if it is not to be believed."""
    try:
        whole = _read(file)
    except OSError:
        return None
    content = whole[SEAL_BYTES:]
    return content if whole[:SEAL_BYTES] == _seal(file.name, content) else None


def _roots() -> Iterator[Path]:
    """Folders to try, the best first."""
    if (usual := user_cache_path(PROGRAM)).is_absolute():  # where nobody knows the user's home it is not
        yield usual
    with suppress(OSError):  # there may be no such folder at all
        yield Path(tempfile.gettempdir()) / (f"{PROGRAM}-{os.getuid()}" if IS_SHARED else PROGRAM)


def _made(folder: Path) -> str:
    """Why this folder, made if it is missing, is not to be believed; empty if it is."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    seen = folder.lstat()
    if not stat.S_ISDIR(seen.st_mode):
        return f"`{folder}` is a link or a file. What the program keeps must be in a folder. Remove it."
    if not _is_mine(seen):
        return f"`{folder}` belongs to another user, so nothing in it is read. Remove it, or set XDG_CACHE_HOME."
    if not _is_closed(seen):
        return f"Other users can write to `{folder}`, so nothing in it is read. Run `chmod go-w` on it."
    if not os.access(folder, os.W_OK | os.X_OK):
        raise PermissionError(folder)
    return ""


def _read(file: Path) -> bytes:
    """The bytes of a file that is ours alone. What is judged is what is read: the open file, not its name."""
    careful = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(file, os.O_RDONLY | careful), "rb") as source:
        seen = os.fstat(source.fileno())
        if not (stat.S_ISREG(seen.st_mode) and _is_mine(seen) and _is_closed(seen)):
            raise PermissionError(file)
        return source.read()


def _seal(name: str, content: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\0" + content).digest()


def _sweep(folder: Path) -> None:
    """Remove what processes killed while writing have left: nobody writes for a day."""
    with suppress(OSError):
        for left in folder.glob(f"{UNFINISHED}*"):
            if time() - left.lstat().st_mtime > SECONDS_A_DAY:
                left.unlink()


def _is_mine(seen: os.stat_result) -> bool:
    return not IS_SHARED or seen.st_uid == os.getuid()


def _is_closed(seen: os.stat_result) -> bool:
    return not (IS_SHARED and seen.st_mode & OTHERS_WRITE)
