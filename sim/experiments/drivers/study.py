"""The study: what the answer hangs on and what would change it, from draws and from runs on common luck."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from sim.experiments.drivers.asking import Asker, interval
from sim.experiments.drivers.break_even import GRID, BreakEven, break_even, grid
from sim.experiments.drivers.flipping import Corner, Foretold, NearestFlip, all_worst, find_flip
from sim.experiments.drivers.information import worth_of_knowing
from sim.experiments.drivers.metamodel import Metamodel, fitted, quantiles_of
from sim.experiments.drivers.shares import Shares, by_group, shares
from sim.experiments.drivers.tornado import Tornado, tornado
from sim.experiments.experiment import Stage
from sim.experiments.outcomes import Refused
from sim.measures.arrays import Floats
from sim.scenario.uncertain import Uncertain

SCREENED = 20
"""So many numbers a difference are run at their ends: those that move it most in the draws."""

ON_A_GRID = 3
TRIED_IN_FLIPS = 10


class Drawn(NamedTuple):
    """Draws to learn from: the numbers, the quantiles and values they had (draws, numbers), the judged differences
    (draws, differences) in the order of the asker's, the variance of simulation noise in one draw of each, and the
    correlation of the numbers' normal scores.
    """

    numbers: tuple[Uncertain, ...]
    quantiles: Floats
    values: Floats
    results: Floats
    noise: Floats
    together: Floats


class Hanging(NamedTuple):
    """What a difference hangs on, by the draws: its metamodel, each number's share, and that of each grade."""

    model: Metamodel
    shares: Shares
    grades: dict[str, float]


class OnGrid(NamedTuple):
    """A number tried along its range: its place, and the break-even of each difference (None: too few values stand)."""

    place: int
    found: tuple[BreakEven | None, ...]


class Study(NamedTuple):
    """All that was found; `flips` and `corners` by difference, None where the difference as given is not clear."""

    drawn: Drawn
    hanging: tuple[Hanging, ...]
    screened: tuple[int, ...]
    tornado: Tornado
    grids: tuple[OnGrid, ...]
    flips: tuple[NearestFlip | None, ...]
    corners: tuple[Corner | None, ...]


def hanging_of(drawn: Drawn, difference: int) -> Hanging:
    """What a difference hangs on, by regression on its draws; draws without a result are left out."""
    kept = np.isfinite(drawn.results[:, difference])
    values, quantiles = drawn.results[kept, difference], drawn.quantiles[kept]
    model = fitted(quantiles, values)
    found = shares(model, values, float(drawn.noise[difference]), drawn.together)
    grades = by_group(model, [number.grade for number in drawn.numbers], drawn.together)
    return Hanging(model, found, grades)


Begin = Callable[[int | None, Stage], None]
"""Told that so many runs begin (None: nobody knows how many), and what for."""


def unheard(runs: int | None, stage: Stage) -> None:
    """Tell nobody."""


def studied(drawn: Drawn, asker: Asker, replications: int, begin: Begin = unheard) -> Study:
    """Find what the differences hang on and what would change them: shares, tornado, break-even, flips, corners."""
    differences = range(len(asker.judged))
    hanging = tuple(hanging_of(drawn, at) for at in differences)
    screened = screen(drawn, hanging)
    begin((1 + 2 * len(screened)) * replications, "tornado")
    swings = tornado(asker, [drawn.numbers[at] for at in screened], range(replications))
    tried = sorted({at for one in differences for at in swings.largest(one, ON_A_GRID)})
    begin(len(tried) * GRID * replications, "break_even")
    grids = tuple(_on_grid(asker, drawn, screened[at], replications) for at in tried)
    begin(None, "flips")
    turns = [_turned(drawn, hanging[at], asker, at, swings, replications) for at in differences]
    flips, corners = zip(*turns, strict=True)
    return Study(drawn, hanging, screened, swings, grids, flips, corners)


def screen(drawn: Drawn, hanging: Sequence[Hanging]) -> tuple[int, ...]:
    """Places of the numbers that move any difference most: by all terms they are in, then by rank correlation."""
    chosen: set[int] = set()
    for at, one in enumerate(hanging):
        whole = np.zeros(len(drawn.numbers))
        for term, part in zip(one.model.terms, one.model.parts, strict=True):
            whole[[place for place, _ in term]] += part
        order = np.lexsort((-np.abs(slopes(drawn, at)), -whole))
        chosen |= {int(place) for place in order[:SCREENED]}
    return tuple(sorted(chosen))


def slopes(drawn: Drawn, difference: int) -> Floats:
    """Which way, and how strongly, a difference goes with each number among the draws: the rank correlation."""
    kept = np.isfinite(drawn.results[:, difference])
    ranks = drawn.quantiles[kept] - 0.5
    result = quantiles_of(drawn.results[kept, difference][:, None])[:, 0] - 0.5
    return np.asarray(12 * (ranks.T @ result) / kept.sum())


def _on_grid(asker: Asker, drawn: Drawn, place: int, replications: int) -> OnGrid:
    number = drawn.numbers[place]
    at = grid(number.low, number.high)
    found = asker.ask([{number.path: float(value)} for value in at], range(replications)).values
    return OnGrid(place, tuple(break_even(at, found[:, :, one]) for one in range(found.shape[2])))


class Turned(NamedTuple):
    """How a difference can be turned round; None where no side leads clearly as given."""

    flip: NearestFlip | None
    corner: Corner | None


def _turned(drawn: Drawn, of: Hanging, asker: Asker, at: int, swings: Tornado, replications: int) -> Turned:
    given = swings.given(at)
    if isinstance(given, Refused):
        return Turned(NearestFlip("given_not_run", why=given.problem), None)
    if not interval(given).is_clear:
        return Turned(None, None)
    mean = float(given.mean())
    corner = _corner(drawn, asker, at, swings, mean, replications)
    flip = _flip(drawn, of, asker, at, swings, mean, replications)
    return Turned(_beside(corner, flip), corner)


def _beside(corner: Corner, flip: NearestFlip) -> NearestFlip:
    """Where no three numbers can flip a difference: whether all at their worst ends do."""
    if flip.outcome != "none":
        return flip
    if corner.there is None:
        return flip._replace(outcome="corner_not_run", why=corner.why)
    return flip._replace(outcome="corner_only") if corner.flips else flip


def _flip(
    drawn: Drawn, of: Hanging, asker: Asker, at: int, swings: Tornado, given: float, replications: int
) -> NearestFlip:
    ask = Foretold(of.model.shrunk, drawn.numbers, drawn.values, given)
    tried = [_places(drawn)[swings.numbers[one].path] for one in swings.largest(at, TRIED_IN_FLIPS)]
    return find_flip(ask, drawn.numbers, tried, asker, at, replications)


def _places(drawn: Drawn) -> dict[str, int]:
    return {number.path: place for place, number in enumerate(drawn.numbers)}


def _corner(drawn: Drawn, asker: Asker, at: int, swings: Tornado, given: float, replications: int) -> Corner:
    """Signs from the tornado; for numbers whose ends it did not run, from the draws."""
    signs = slopes(drawn, at) * 1e-6
    for row, number in enumerate(swings.numbers):
        swing = swings.swing(row, at)
        if swing is not None:
            signs[_places(drawn)[number.path]] = swing.mean
    return all_worst(asker, drawn.numbers, signs, float(np.sign(given)), at, replications)


def worth_by_value(
    drawn: Drawn, study: Sequence[Hanging], costs: Sequence[int], days: Sequence[int], value: float
) -> Floats:
    """What knowing each number is worth per citizen [GBP], where a day in need avoided is worth `value` [GBP].

    `costs` and `days` are the places of the differences in public cost and in days in need, pathway by pathway.
    """
    models = [study[at].model for at in costs], [study[at].model for at in days]
    return worth_of_knowing(*models, value, len(drawn.numbers), drawn.together)
