"""Every engine that is there, and a word on each that is not."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from benchmarks import ours
from benchmarks.peers import plain, programs, with_ciw, with_salabim, with_simmer
from benchmarks.work import Engine, MissingError

PEERS: tuple[tuple[str, Callable[[], Engine]], ...] = (
    (programs.TUNED, programs.tuned),
    (programs.GENERIC, programs.generic),
    (with_simmer.NAME, with_simmer.engine),
    (plain.NAME, plain.engine),
    (with_ciw.NAME, with_ciw.engine),
    (with_salabim.NAME, with_salabim.engine),
)
SIMPY, TUNED, GENERIC, SIMMER = plain.NAME, programs.TUNED, programs.GENERIC, with_simmer.NAME


class Absent(NamedTuple):
    """An engine that is not there, and why."""

    name: str
    why: str


def found() -> tuple[list[Engine], list[Absent]]:
    """Ours and the peers that are there; and those that are not."""
    peers, absent = peers_among(PEERS)
    return [*ours.engines(), *peers], absent


def peers_among(peers: tuple[tuple[str, Callable[[], Engine]], ...]) -> tuple[list[Engine], list[Absent]]:
    """Those that are there; and those that are not."""
    there: list[Engine] = []
    absent: list[Absent] = []
    for name, engine in peers:
        try:
            there.append(engine())
        except MissingError as missing:
            absent.append(Absent(name, str(missing)))
    return there, absent
