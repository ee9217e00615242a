"""A metamodel: a difference as a sparse polynomial of the quantiles at which the uncertain numbers were drawn.

Orthonormal Legendre polynomials on quantiles, so that for numbers drawn independently the square of a weight is the
variance its term brings (Sudret 2008). The straight line of every number is in it, so that many small shares are not
lost; bends and pairs are chosen by orthogonal matching pursuit, as many as cross-validation asks for (Luethen, Marelli
and Sudret 2021 compare it with others): few of them matter.
"""

from __future__ import annotations

from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.polynomial.legendre import legvander
from scipy.stats import rankdata

from sim.measures.arrays import Floats, Ints

HIGHEST_DEGREE = 8
DEGREES_OF_PAIRS = ((1, 1), (1, 2), (2, 1), (2, 2), (3, 1), (1, 3), (3, 2), (2, 3))
NUMBERS_PAIRED = 5
"""Only so many numbers, those that matter most alone, are tried in pairs with all others."""

PAIRS_KEPT = 500
"""Of the terms of two numbers so many are kept: those nearest to what numbers alone leave unexplained."""

FOLDS = 5
MOST_CHOSEN = 50
ROWS_A_TERM = 8
"""There are at least so many draws for each term that is chosen."""

ROWS_A_LINE = 3
"""With fewer draws than this for each number no straight line is taken in unchosen."""

Term = tuple[tuple[int, int], ...]
"""The numbers of a term, by place, each with the degree of its polynomial."""


class Metamodel(NamedTuple):
    """A fitted polynomial: its mean, its terms, the weight of each, and the variance of each weight."""

    mean: float
    terms: tuple[Term, ...]
    weights: Floats
    variances: Floats

    def at(self, quantiles: Floats) -> Floats:
        """The difference at these quantiles (points, numbers)."""
        return np.asarray(self.mean + columns(quantiles, self.terms) @ self.weights)

    @property
    def parts(self) -> Floats:
        """The variance each term brings, less what chance alone makes of its weight: right on average, so some are
        below 0.
        """
        return np.asarray(self.weights**2 - self.variances)

    @property
    def shrunk(self) -> Metamodel:
        """The same with each weight brought in until its square is that variance, or 0: to foretell with."""
        kept = np.sqrt(np.maximum(0.0, self.parts))
        return self._replace(weights=np.sign(self.weights) * kept)

    def of_number(self, place: int) -> Metamodel:
        """The part that hangs on one number alone: what is expected, knowing it, where it is drawn independently."""
        chosen = [at for at, term in enumerate(self.terms) if {number for number, _ in term} == {place}]
        terms = tuple(self.terms[at] for at in chosen)
        return Metamodel(self.mean, terms, self.weights[chosen], self.variances[chosen])


def quantiles_of(values: Floats) -> Floats:
    """The quantile of each value among the draws of its number, (rank - 1/2) / draws; both (draws, numbers).

    Equal values, as of numbers that are whole, share the mean of their ranks.
    """
    return np.asarray((rankdata(values, axis=0) - 0.5) / values.shape[0])


def columns(quantiles: Floats, terms: tuple[Term, ...]) -> Floats:
    """The value of each term at each point (points, terms)."""
    found = np.ones((quantiles.shape[0], len(terms)))
    basis = {place: _polynomials(quantiles[:, place]) for place in {place for term in terms for place, _ in term}}
    for at, term in enumerate(terms):
        for place, degree in term:
            found[:, at] *= basis[place][:, degree]
    return found


def fitted(quantiles: Floats, values: Floats) -> Metamodel:
    """The metamodel of `values` (draws,) drawn at these quantiles (draws, numbers).

    Numbers that matter alone are found first; then pairs are tried of which at least one is among those.
    """
    lines, singles = _lines(quantiles), _terms_alone(quantiles.shape[1])
    alone = _fit(quantiles, values, _chosen(quantiles, values, lines, singles))
    pairs = _nearest(_pairs(alone, quantiles.shape[1]), quantiles, values - alone.at(quantiles))
    return _fit(quantiles, values, _chosen(quantiles, values, lines, singles + pairs))


def _lines(quantiles: Floats) -> tuple[Term, ...]:
    """The straight line of every number, where there are draws enough to tell them apart."""
    draws, numbers = quantiles.shape
    return tuple(((place, 1),) for place in range(numbers)) if draws >= ROWS_A_LINE * numbers else ()


def _polynomials(quantiles: Floats) -> Floats:
    """Legendre polynomials on [0, 1] with mean square 1 (points, degrees)."""
    return np.asarray(legvander(2 * quantiles - 1, HIGHEST_DEGREE) * np.sqrt(2 * np.arange(HIGHEST_DEGREE + 1) + 1))


def _terms_alone(numbers: int) -> tuple[Term, ...]:
    return tuple(((place, degree),) for place in range(numbers) for degree in range(1, HIGHEST_DEGREE + 1))


def _pairs(alone: Metamodel, numbers: int) -> tuple[Term, ...]:
    """Pairs of a number that matters alone with any other."""
    by_number = {place: alone.of_number(place).parts.sum() for place in range(numbers)}
    strong = sorted((place for place in by_number if by_number[place] > 0), key=lambda place: -by_number[place])
    pairs = {
        tuple(sorted((place, other)))
        for place, other in product(strong[:NUMBERS_PAIRED], range(numbers))
        if place != other
    }
    return tuple(((one, of_one), (two, of_two)) for one, two in sorted(pairs) for of_one, of_two in DEGREES_OF_PAIRS)


def _nearest(pairs: tuple[Term, ...], quantiles: Floats, rest: Floats) -> tuple[Term, ...]:
    """The pairs most like what is left unexplained."""
    likeness = np.abs(rest @ columns(quantiles, pairs))
    return tuple(pairs[at] for at in np.sort(np.argsort(-likeness)[:PAIRS_KEPT]))


def _chosen(quantiles: Floats, values: Floats, kept: tuple[Term, ...], offered: tuple[Term, ...]) -> tuple[Term, ...]:
    """The terms `kept`, and those of the offered that foretell draws left out of the fit best."""
    candidates = (*kept, *(term for term in offered if term not in set(kept)))
    table, first = columns(quantiles, candidates), len(kept)
    most = min(len(candidates), first + min(MOST_CHOSEN, max(1, len(values) // ROWS_A_TERM)))
    fold = np.arange(len(values)) % FOLDS
    errors = np.zeros(most + 1)
    for k in range(FOLDS):
        seen, out = fold != k, fold == k
        errors += _pursuit(table[seen], values[seen], first, most, Beside(table[out], values[out])).errors
    wanted = first + int(np.argmin(errors[first:]))
    order = _pursuit(table, values, first, wanted, Beside(table[:0], values[:0])).order
    return tuple(candidates[at] for at in order)


class Beside(NamedTuple):
    """Draws left out of a fit: their columns, and their values."""

    table: Floats
    values: Floats


class Pursued(NamedTuple):
    """Which columns came in, one after another, and the squared error on draws left out after 0, 1, 2 .. of them."""

    order: Ints
    errors: Floats


def _pursuit(table: Floats, values: Floats, first: int, most: int, beside: Beside) -> Pursued:
    """Orthogonal matching pursuit, the `first` columns being in it whatever they bring.

    Each new column is made orthogonal to those before (Gram-Schmidt), in the draws left out by the same combination,
    so that the fit needs no solving.
    """
    middle = table.mean(axis=0)
    lengths = np.sqrt(((table - middle) ** 2).sum(axis=0)) + 1e-12
    rest, wrong = values - values.mean(), beside.values - values.mean()
    seen, foreseen = np.empty((len(values), most)), np.empty((len(wrong), most))
    order, errors, fresh = np.arange(most), np.full(most + 1, wrong @ wrong), np.ones(table.shape[1], bool)
    for step in range(most):
        if step >= first:
            order[step] = int(np.argmax(np.where(fresh, np.abs(rest @ table) / lengths, -1.0)))
        at = order[step]
        fresh[at] = False
        column, unseen = table[:, at] - middle[at], beside.table[:, at] - middle[at]
        on_others = seen[:, :step].T @ column
        column, unseen = column - seen[:, :step] @ on_others, unseen - foreseen[:, :step] @ on_others
        length = float(np.sqrt(column @ column)) or 1.0
        seen[:, step], foreseen[:, step] = column / length, unseen / length
        weight = float(seen[:, step] @ rest)
        rest, wrong = rest - weight * seen[:, step], wrong - weight * foreseen[:, step]
        errors[step + 1] = wrong @ wrong
    return Pursued(order, errors)


def _fit(quantiles: Floats, values: Floats, terms: tuple[Term, ...]) -> Metamodel:
    """Least squares on chosen terms, with the variance of each weight."""
    table = np.column_stack([np.ones(len(values)), columns(quantiles, terms)])
    weights, *_ = np.linalg.lstsq(table, values, rcond=None)
    rest = values - table @ weights
    spread = rest @ rest / max(1, len(values) - table.shape[1])
    variances = np.asarray(spread * np.diag(np.linalg.pinv(table.T @ table)), dtype=np.float64)
    return Metamodel(float(weights[0]), terms, np.asarray(weights[1:], dtype=np.float64), variances[1:])
