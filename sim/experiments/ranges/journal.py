"""Journal: what each draw came to, written down as soon as it is known, so that a run cut short goes on where it was.

One line a replication of a draw, in JSON, whose numbers read back to the last bit. The first line says of what the
draws are; a journal of anything else is begun anew. A last line cut off in the middle is as if it were not there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from sim.errors import ResultsError
from sim.experiments.outcomes import Outcomes, Refused

Entries = dict["Place", Outcomes | Refused]


class Place(NamedTuple):
    """Which draw, by its point of the sequence, and which replication of it."""

    point: int
    replication: int


class Journal:
    """A journal in a file, opened for more; `known` is what stands in it."""

    def __init__(self, file: Path, of: Mapping[str, Any]) -> None:
        self._file, self._head = file, json.dumps(dict(of), sort_keys=True)
        self.known: Entries = {}
        lines = _whole_lines(file)
        if lines[:1] == [self._head]:
            self.known = dict(map(_read, lines[1:]))
        else:
            lines = [self._head]
        self._write("".join(f"{line}\n" for line in lines), "w")

    def add(self, place: Place, found: Outcomes | Refused) -> None:
        """Write down what a replication of a draw came to."""
        self.known[place] = found
        self._write(_line(place, found) + "\n", "a")

    def text(self) -> str:
        """All that stands in it."""
        return self._file.read_text(encoding="utf-8")

    def close(self) -> None:
        """Take the file away: what is in it is kept elsewhere."""
        self._file.unlink(missing_ok=True)

    def _write(self, text: str, mode: str) -> None:
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with self._file.open(mode, encoding="utf-8", newline="\n") as opened:
                opened.write(text)
        except OSError as error:
            raise ResultsError(
                f"{self._file}: cannot be written ({error.strerror}); make room, or choose another folder with --out"
            ) from error


def _whole_lines(file: Path) -> list[str]:
    """The lines of a file that were written to their end, and that can be read."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return []
    kept = text[: text.rfind("\n") + 1].splitlines()
    for place, line in enumerate(kept[1:], start=1):
        try:
            _read(line)
        except (ValueError, KeyError, TypeError):
            return kept[:place]
    return kept


def _line(place: Place, found: Outcomes | Refused) -> str:
    told: dict[str, Any] = {"point": place.point, "replication": place.replication}
    if isinstance(found, Refused):
        return json.dumps({**told, "refused": list(found)})
    arrays = {"values": found.values, "growing": found.growing, "residual": found.residual}
    told |= {name: array.tolist() for name, array in arrays.items()}
    return json.dumps({**told, "eased": list(found.eased)})


def _read(line: str) -> tuple[Place, Outcomes | Refused]:
    told = json.loads(line)
    place = Place(told["point"], told["replication"])
    if "refused" in told:
        return place, Refused(*told["refused"])
    return place, Outcomes(
        np.array(told["values"], dtype=np.float64),
        np.array(told["growing"], dtype=np.bool_),
        np.array(told["residual"], dtype=np.float64),
        tuple(told["eased"]),
    )
