"""Flips tried on the engine: the nearest on fresh luck, and the corner where every number favours the other side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np

from sim.experiments.drivers.asking import Asker, Interval, interval
from sim.experiments.drivers.flips import Asked, Flip, nearest_flip
from sim.experiments.drivers.metamodel import Metamodel, quantiles_of
from sim.experiments.outcomes import Refused
from sim.measures.arrays import Floats
from sim.scenario.uncertain import Uncertain

FRESH = 3_000_000
"""Number of the first replication that confirms: its luck has played no part in finding a flip."""

FURTHER = 1.15
MOST_STEPS = 8
"""A flip that does not hold is moved out along its ray by this factor, at most so often."""

HALVINGS = 4
"""One that holds is moved in: so often the stretch in which it begins to hold is halved."""

TRIFLE = 0.1
"""A number that would move by less than this part of its range is left where it is, before the move is confirmed."""

Outcome = Literal["confirmed", "not_confirmed", "not_run", "corner_only", "corner_not_run", "none", "given_not_run"]


class Moved(NamedTuple):
    """A number taken from its value to another."""

    number: Uncertain
    to: float


class NearestFlip(NamedTuple):
    """What came of the search: the smallest move found that the engine confirmed, and the difference there.

    `corner_only`: no three numbers can, but all at their worst ends together do. `not_confirmed`: the metamodel knew a
    move, and the engine did not follow it to the end of the ranges. What could not be run, and `why`: the move
    (`not_run`), all numbers at their worst ends where no three can (`corner_not_run`), or the numbers as given.
    """

    outcome: Outcome
    moves: tuple[Moved, ...] = ()
    length: float = np.inf
    there: Interval | None = None
    why: str = ""


class Corner(NamedTuple):
    """Every number at the end of its range that is worst for the side that leads, and the difference there.

    `left_out`: numbers whose end may not stand together with the others' and which stay as given. `there` is None where
    that could not be run, and `why` says why not.
    """

    values: dict[str, float]
    left_out: tuple[str, ...]
    side: float
    there: Interval | None
    why: str = ""

    @property
    def flips(self) -> bool:
        """Whether the side that led, as run there, no longer clearly does."""
        return self.there is not None and not (self.there.is_clear and self.side * self.there.mean > 0)


class Foretold:
    """A metamodel asked by moves: -1 is the low end of a number's range, 0 its value, 1 its high end."""

    def __init__(self, model: Metamodel, numbers: Sequence[Uncertain], drawn: Floats, given: float) -> None:
        """Of draws (draws, numbers); put right so that it is `given` where nothing moves."""
        self._model, self._numbers = model, tuple(numbers)
        self._known = [_distribution(column) for column in drawn.T]
        self._shift = given - float(model.at(self._quantiles(np.zeros((1, len(numbers)))))[0])

    def __call__(self, moves: Floats) -> Floats:
        """The difference at each of some moves (points, numbers)."""
        return np.asarray(self._model.at(self._quantiles(moves)) + self._shift)

    def _quantiles(self, moves: Floats) -> Floats:
        columns = [
            np.interp(at(number, move), *known)
            for number, move, known in zip(self._numbers, moves.T, self._known, strict=True)
        ]
        return np.column_stack(columns)


def _distribution(values: Floats) -> tuple[Floats, Floats]:
    """The different values that were drawn, rising, and the quantile of each."""
    found, first = np.unique(values, return_index=True)
    return found, quantiles_of(values[:, None])[first, 0]


def at(number: Uncertain, move: Floats) -> Floats:
    """The value of a number at a move."""
    return np.where(
        move < 0, number.value + move * (number.value - number.low), number.value + move * (number.high - number.value)
    )


def find_flip(
    ask: Asked, numbers: Sequence[Uncertain], tried: Sequence[int], asker: Asker, difference: int, replications: int
) -> NearestFlip:
    """The nearest flip of a difference that a metamodel knows, set right along its ray on fresh luck.

    Where it does not hold it is moved out, and where it does it is moved in, until it just holds. It holds where the
    mean over fresh replications, twice as many, lies on the other side of 0.
    """
    side = float(np.sign(ask(np.zeros((1, len(numbers))))[0]))
    flip = nearest_flip(ask, len(numbers), tried)
    if flip is None:
        return NearestFlip("none")
    ray = _Ray(flip.without_trifles(TRIFLE), numbers, asker, difference, range(FRESH, FRESH + 2 * replications))
    short, reached = 0.0, np.nan
    for reached in _factors(ray.flip):
        there = ray.at(reached)
        if isinstance(there, Refused):
            return ray.not_run(reached, there)
        found = there
        if side * found.mean() < 0:
            break
        short = reached
    else:
        return ray.told("not_confirmed", reached, found)
    for _ in range(HALVINGS):
        between = ray.at((short + reached) / 2)
        if isinstance(between, Refused):
            break
        if side * between.mean() < 0:
            reached, found = (short + reached) / 2, between
        else:
            short = (short + reached) / 2
    return ray.told("confirmed", reached, found)


class _Ray(NamedTuple):
    """A flip to be tried along its ray, on fresh luck."""

    flip: Flip
    numbers: Sequence[Uncertain]
    asker: Asker
    difference: int
    fresh: range

    def at(self, factor: float) -> Floats | Refused:
        """The difference so many times as far, by replication; or why that could not be run."""
        moved = {one.number.path: one.to for one in self._moved(factor)}
        return self.asker.ask([moved], self.fresh).of(0, self.difference)

    def told(self, outcome: Outcome, factor: float, found: Floats) -> NearestFlip:
        """What came of the move so many times as far."""
        return NearestFlip(outcome, self._moved(factor), self.flip.length * factor, interval(found))

    def not_run(self, factor: float, why: Refused) -> NearestFlip:
        """That the move so many times as far could not be run."""
        return NearestFlip("not_run", self._moved(factor), self.flip.length * factor, why=why.problem)

    def _moved(self, factor: float) -> tuple[Moved, ...]:
        return _moved(self.flip.times(factor), self.numbers)


def _factors(flip: Flip) -> list[float]:
    """How far along the ray to try, one after another, up to the end of the ranges."""
    tried = [FURTHER**step for step in range(MOST_STEPS)]
    return [factor for factor in tried if factor < flip.furthest] + [max(1.0, flip.furthest)]


def _moved(flip: Flip, numbers: Sequence[Uncertain]) -> tuple[Moved, ...]:
    pairs = sorted(zip(flip.places, flip.moves, strict=True), key=lambda pair: -abs(pair[1]))
    return tuple(Moved(numbers[place], float(at(numbers[place], np.array(move)))) for place, move in pairs)


def all_worst(
    asker: Asker, numbers: Sequence[Uncertain], slopes: Floats, side: float, difference: int, replications: int
) -> Corner:
    """Every number at its worst end for the side that leads; what may not stand beside the others stays as given.

    `slopes` (numbers,) say by their sign which way each number moves the difference, the strongest first to be moved;
    `side` is the sign of the difference as given.
    """
    values: dict[str, float] = {}
    left_out: list[str] = []
    for place in np.argsort(-np.abs(slopes), kind="stable"):
        number = numbers[int(place)]
        end = number.low if slopes[place] * side > 0 else number.high
        if not slopes[place]:
            continue
        tried = {**values, number.path: end}
        if asker.may_stand(tried):
            values = tried
        else:
            left_out.append(number.path)
    there = asker.ask([values], range(FRESH, FRESH + replications)).of(0, difference)
    if isinstance(there, Refused):
        return Corner(values, tuple(left_out), side, None, there.problem)
    return Corner(values, tuple(left_out), side, interval(there))
