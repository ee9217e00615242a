"""Draws: one replication of each point, four of every tenth, all pathways on the same citizens and the same luck."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from sim.engine.engines import DEFAULT, Engine
from sim.errors import RequestError
from sim.experiments.comparison import headlines
from sim.experiments.outcomes import Cell, Outcomes, Refused, Task, cells, evaluate, in_full
from sim.experiments.ranges.compositions import Values
from sim.experiments.ranges.drawing import Drawing
from sim.experiments.ranges.journal import Entries, Place
from sim.experiments.workers import Crew
from sim.measures.arrays import Flags, Floats, Ints

FIRST_NUMBER = 2_000_000
"""Number of the first replication of a draw: far from those of a run and of its pilots, so that its luck is its own."""

REPEATED = 4
"""Replications of every tenth draw, from which the noise of one is known."""

EVERY = 10
MOST_REFUSED = 0.5
"""Where more of the points than this are refused, the ranges do not describe a scenario that can be."""

FEWEST = 2


class Notes(Protocol):
    """Where it is written down what each draw came to."""

    known: Entries

    def add(self, place: Place, found: Outcomes | Refused) -> None:
        """Write down what a replication of a draw came to."""
        ...


@dataclass(frozen=True)
class Draws:
    """What came of the draws that may be: their points of the sequence, the numbers drawn by path, and in one
    replication each of them (draws first) the headlines, whether a backlog grows, and what equal spend is off by.

    `again` are all replications of every tenth draw, each (4, cells, measures); `eased` the draws in which a caseload
    was brought down to the hours its posts have; `refused` says of each point that may not be why.
    """

    drawing: Drawing
    points: Ints
    numbers: Values
    values: Floats
    growing: Flags
    residual: Floats
    eased: Flags
    again: tuple[Floats, ...]
    refused: dict[int, Refused]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """What the rows of the values are, in each draw."""
        return cells(self.drawing.scenario)

    @property
    def measures(self) -> list[str]:
        """What the columns of the values are, in each draw."""
        return headlines(self.drawing.scenario)

    @property
    def share_refused(self) -> float:
        """Share of the points tried that may not be."""
        return len(self.refused) / max(1, len(self.refused) + self.points.size)


def number_of(place: Place) -> int:
    """The number of a replication of a draw: its own, so that no two draws share their luck."""
    return FIRST_NUMBER + REPEATED * place.point + place.replication


def draw(
    deck: Drawing, wanted: int, hands: Crew, notes: Notes, begin: Callable[[int], None], engine: Engine = DEFAULT
) -> Draws:
    """So many draws of a scenario; `notes` hold those known from before, and `begin` is told how many are to be run.

    A point that may not be, or not on every basis, is left out, and the next one of the sequence takes its place.

    Raises
    ------
    RequestError
        If more than half of the points may not be, or fewer than two draws are asked for.
    """
    if wanted < FEWEST:
        raise RequestError(f"--draws {wanted}: a range needs at least {FEWEST}")
    tried = 0
    while (missing := wanted - _valid(notes.known, tried)) > 0:
        _refuse_too_many(notes.known, tried)
        _run(deck, range(tried, tried + missing), hands, notes, begin, engine)
        tried += missing
    return _gathered(deck, notes.known, tried)


def _valid(known: Entries, tried: int) -> int:
    """Points tried that may be."""
    return sum(isinstance(known[Place(point, 0)], Outcomes) for point in range(tried))


def _refuse_too_many(known: Entries, tried: int) -> None:
    refused = [found for place in range(tried) if isinstance(found := known[Place(place, 0)], Refused)]
    if tried and len(refused) > MOST_REFUSED * tried:
        first = refused[0]
        raise RequestError(
            f"{len(refused)} of {tried} draws from the ranges may not be, the first because of {first.path}: "
            f"{first.problem}; narrow the range of what stands there, or of what it hangs on"
        )


def _places(points: range) -> Iterator[Place]:
    for point in points:
        yield from (Place(point, again) for again in range(1 if point % EVERY else REPEATED))


def _run(deck: Drawing, points: range, hands: Crew, notes: Notes, begin: Callable[[int], None], engine: Engine) -> None:
    """Run what is not known yet of these points, and write it down as it becomes known."""
    todo = [place for place in _places(points) if place not in notes.known]
    if not todo:
        return
    begin(len(todo))
    settings = deck.settings(deck.values(deck.chances(points.start, len(points)))) or [{} for _ in points]
    tasks = (Task(deck.scenario, settings[at.point - points.start], number_of(at), engine) for at in todo)
    for place, found in zip(todo, map(in_full, evaluate(tasks, hands)), strict=True):
        notes.add(place, found)


def _gathered(deck: Drawing, known: Entries, tried: int) -> Draws:
    """The draws known of the first so many points."""
    first = {point: known[Place(point, 0)] for point in range(tried)}
    found = {point: one for point, one in first.items() if isinstance(one, Outcomes)}
    points = np.array(list(found), dtype=np.int64)
    numbers = deck.values(deck.chances(0, tried))
    return Draws(
        drawing=deck,
        points=points,
        numbers={path: numbers[path][points] for path in deck.paths if path in numbers},
        values=np.array([one.values for one in found.values()]),
        growing=np.array([one.growing for one in found.values()]),
        residual=np.array([one.residual for one in found.values()]),
        eased=np.array([bool(one.eased) for one in found.values()]),
        again=tuple(_repeated(known, point) for point in found if point % EVERY == 0),
        refused={point: one for point, one in first.items() if isinstance(one, Refused)},
    )


def _repeated(known: Entries, point: int) -> Floats:
    """All replications of a draw, those that may be."""
    entries = (known.get(Place(point, again)) for again in range(REPEATED))
    return np.array([one.values for one in entries if isinstance(one, Outcomes)])
