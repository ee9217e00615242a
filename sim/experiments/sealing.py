"""Sealing: the SHA-256 of every file of a results folder, as it was when the program wrote it.

In the format of `sha256sum`: `sha256sum --check SHA256SUMS` tells without this program whether all is as it was.
"""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress
from pathlib import Path

SUMS = "SHA256SUMS"
LINE = re.compile(r"([0-9a-f]{64})  ([^/\n]+)")


def seal(fresh: Path, before: Path) -> None:
    """Write the sums of a fresh folder. A file taken over from `before` keeps the sum it had there, changed or not."""
    known, sums = sums_in(before) or {}, {}
    for file in sorted(fresh.iterdir()):
        now = _sum(file)
        was = known.get(file.name, now)
        sums[file.name] = was if was != now and _sum(before / file.name) == now else now
    sums.pop(SUMS, None)
    text = "".join(f"{found}  {name}\n" for name, found in sums.items())
    (fresh / SUMS).write_text(text, encoding="utf-8", newline="\n")


def changed(folder: Path) -> list[str] | None:
    """The files of a folder that are missing or not as they were written; None where nothing tells."""
    sums = sums_in(folder)
    return None if sums is None else [name for name, found in sums.items() if _sum(folder / name) != found]


def sums_in(folder: Path) -> dict[str, str] | None:
    """The sums that a folder holds, by file; None where it holds none that can be read."""
    with suppress(OSError, UnicodeDecodeError):
        lines = [LINE.fullmatch(line) for line in (folder / SUMS).read_text(encoding="utf-8").splitlines()]
        if lines and all(lines):
            return {line[2]: line[1] for line in lines if line}
    return None


def _sum(file: Path) -> str:
    """The sum of a file; empty where it cannot be read."""
    with suppress(OSError), file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
    return ""
