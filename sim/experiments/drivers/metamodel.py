"""A metamodel: a difference as a sparse polynomial of the quantiles at which the uncertain numbers were drawn.

Orthonormal Legendre polynomials on quantiles, so that for numbers drawn independently the square of a weight is the
variance its term brings (Sudret 2008). Terms are chosen by orthogonal matching pursuit, as many as cross-validation
asks for (Luethen, Marelli & Sudret 2021 compare it with others): among a hundred numbers few matter.
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
MOST_TERMS = 60
ROWS_A_TERM = 8
"""There are at least so many draws for each term that is tried."""

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
        """The variance each term brings, less what chance alone would make of its weight; never below 0."""
        return np.maximum(0.0, self.weights**2 - self.variances)

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
    singles = _terms_alone(quantiles.shape[1])
    alone = _fit(quantiles, values, _chosen(quantiles, values, singles))
    pairs = _nearest(_pairs(alone, quantiles.shape[1]), quantiles, values - alone.at(quantiles))
    return _fit(quantiles, values, _chosen(quantiles, values, singles + pairs))


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


def _chosen(quantiles: Floats, values: Floats, candidates: tuple[Term, ...]) -> tuple[Term, ...]:
    """The terms that foretell draws left out of the fit best."""
    table = columns(quantiles, candidates)
    most = min(MOST_TERMS, len(candidates), max(1, len(values) // ROWS_A_TERM))
    fold = np.arange(len(values)) % FOLDS
    errors = [_pursuit(table[fold != k], values[fold != k], most, table[fold == k], values[fold == k])[1]
              for k in range(FOLDS)]  # fmt: skip
    wanted = int(np.argmin(np.sum(errors, axis=0)))
    order, _ = _pursuit(table, values, wanted, table[:0], values[:0])
    return tuple(candidates[at] for at in order)


def _pursuit(table: Floats, values: Floats, most: int, left_out: Floats, unseen: Floats) -> tuple[Ints, Floats]:
    """Orthogonal matching pursuit: which columns come in, and the squared error on unseen values after 0, 1, 2 ...

    Each new column is made orthogonal to those before (Gram-Schmidt), in `left_out` by the same combination, so that
    the fit needs no solving.
    """
    middle, centre = table.mean(axis=0), float(values.mean())
    lengths = np.sqrt(((table - middle) ** 2).sum(axis=0)) + 1e-12
    rest, wrong = values - centre, unseen - centre
    seen, foreseen = np.empty((len(values), most)), np.empty((len(unseen), most))
    order, errors = np.empty(most, np.int64), np.empty(most + 1)
    errors[0] = wrong @ wrong
    fresh = np.ones(table.shape[1], bool)
    for step in range(most):
        order[step] = at = int(np.argmax(np.where(fresh, np.abs(rest @ table) / lengths, -1.0)))
        fresh[at] = False
        column, beside = table[:, at] - middle[at], left_out[:, at] - middle[at]
        on_others = seen[:, :step].T @ column
        column, beside = column - seen[:, :step] @ on_others, beside - foreseen[:, :step] @ on_others
        length = float(np.sqrt(column @ column)) or 1.0
        seen[:, step], foreseen[:, step] = column / length, beside / length
        weight = float(seen[:, step] @ rest)
        rest, wrong = rest - weight * seen[:, step], wrong - weight * foreseen[:, step]
        errors[step + 1] = wrong @ wrong
    return order, errors


def _fit(quantiles: Floats, values: Floats, terms: tuple[Term, ...]) -> Metamodel:
    """Least squares on chosen terms, with the variance of each weight."""
    table = np.column_stack([np.ones(len(values)), columns(quantiles, terms)])
    weights, *_ = np.linalg.lstsq(table, values, rcond=None)
    rest = values - table @ weights
    spread = rest @ rest / max(1, len(values) - table.shape[1])
    variances = spread * np.diag(np.linalg.pinv(table.T @ table))
    return Metamodel(float(weights[0]), terms, weights[1:], variances[1:])
