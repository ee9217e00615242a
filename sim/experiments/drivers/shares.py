"""Shares of the range variance: how much of it rests on each number alone, and on each grade of evidence.

The range variance is that of the draws less that of simulation noise, which is no property of any number.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import factorial
from typing import NamedTuple

import numpy as np
from scipy.stats import norm

from sim.experiments.drivers.metamodel import Metamodel
from sim.measures.arrays import Flags, Floats

SAMPLED = 65_536
"""Points at which a metamodel is asked where numbers are drawn together."""

Asked = Callable[[Floats], Floats]
"""A difference at quantiles (points, numbers)."""


class Shares(NamedTuple):
    """What each number alone explains of the range variance, with standard errors (numbers,).

    `range_variance` is that of the draws less noise, in the square of the difference's unit; `explained` the share of
    it that the whole metamodel accounts for.
    """

    first_order: Floats
    errors: Floats
    range_variance: float
    explained: float


def range_variance(values: Floats, noise: float) -> float:
    """The variance of these draws (draws,) that is not simulation noise, whose variance in one draw is `noise`."""
    return max(0.0, float(np.var(values, ddof=1)) - noise)


def shares(model: Metamodel, values: Floats, noise: float, correlation: Floats) -> Shares:
    """First-order shares (Sobol 1993) from a metamodel of the values (draws,).

    Parameters
    ----------
    model : Metamodel
        Fitted to the draws.
    values : Floats
        The difference in each draw.
    noise : float
        Variance of simulation noise in one draw, known from draws run several times.
    correlation : Floats
        Of the normal scores of the numbers (numbers, numbers).

    Returns
    -------
    Shares
        All 0 where there is no range variance.
    """
    numbers = len(correlation)
    whole = range_variance(values, noise)
    if not whole:
        return Shares(np.zeros(numbers), np.zeros(numbers), 0.0, 0.0)
    alone = np.array([_alone(model, place, correlation) for place in range(numbers)])
    found = np.clip(alone / whole, 0.0, 1.0)
    return Shares(found, _errors(model, found, values, whole), whole, min(1.0, _together(model, correlation) / whole))


def _alone(model: Metamodel, place: int, correlation: Floats) -> float:
    """The variance of what is expected, knowing one number."""
    if np.count_nonzero(correlation[place]) == 1:
        return float(model.of_number(place).parts.sum())
    return max(0.0, known_variance(model.shrunk.at, np.arange(len(correlation)) == place, correlation))


def _together(model: Metamodel, correlation: Floats) -> float:
    if is_independent(correlation):
        return float(model.parts.sum())
    return known_variance(model.shrunk.at, np.ones(len(correlation), bool), correlation)


def is_independent(correlation: Floats) -> bool:
    """Whether all numbers are drawn independently."""
    return bool(np.count_nonzero(correlation) == len(correlation))


def _errors(model: Metamodel, found: Floats, values: Floats, whole: float) -> Floats:
    """Standard error of each share: of its weights, var(w^2) = 4 w^2 v + 2 v^2, and of the variance divided by."""
    squares = 4 * model.weights**2 * model.variances + 2 * model.variances**2
    of_weights = np.array([
        sum(square for term, square in zip(model.terms, squares, strict=True) if {n for n, _ in term} == {place})
        for place in range(len(found))
    ])  # fmt: skip
    centred = values - values.mean()
    of_whole = (np.mean(centred**4) - np.mean(centred**2) ** 2) / len(values)
    return np.asarray(np.sqrt(of_weights + found**2 * of_whole) / whole)


def known_variance(ask: Asked, known: Flags, correlation: Floats, seed: int = 1) -> float:
    """Var(E[f | the known numbers]) under a Gaussian copula: the covariance of f at pairs that share those numbers.

    `known` (numbers,) says which they are. Beside the shared ones the others are drawn twice, given them (pick and
    freeze, Sobol 1993, with conditional normals).
    """
    luck = np.random.default_rng(seed)
    scores = luck.standard_normal((SAMPLED, len(correlation))) @ np.linalg.cholesky(correlation).T
    if known.all():
        return float(np.var(ask(norm.cdf(scores))))
    other = luck.standard_normal((SAMPLED, len(correlation))) @ np.linalg.cholesky(correlation).T
    across = correlation[np.ix_(~known, known)] @ np.linalg.pinv(correlation[np.ix_(known, known)])
    twin = scores.copy()
    twin[:, ~known] = other[:, ~known] + (scores[:, known] - other[:, known]) @ across.T
    one, two = ask(norm.cdf(scores)), ask(norm.cdf(twin))
    middle = (one.mean() + two.mean()) / 2
    return float(np.mean((one - middle) * (two - middle)))


def by_group(model: Metamodel, groups: Sequence[str], correlation: Floats) -> dict[str, float]:
    """Shapley effects (Owen 2014) of groups of numbers, such as those of one grade of evidence; they add up to 1.

    For independent numbers they have a closed form: each term's variance in equal parts to the groups in it. Where some
    are drawn together, each group's is its mean gain over all orders in which the groups could become known.

    Returns
    -------
    dict
        By group, in the order of their names; empty where the metamodel has no variance.
    """
    names = sorted(set(groups))
    if is_independent(correlation):
        found = dict.fromkeys(names, 0.0)
        for term, part in zip(model.terms, model.parts, strict=True):
            here = {groups[place] for place, _ in term}
            for name in here:
                found[name] += part / len(here)
    else:
        of = np.array(groups)
        found = group_shapley(
            names, lambda known: known_variance(model.shrunk.at, np.isin(of, list(known)), correlation)
        )
    found = {name: max(0.0, value) for name, value in found.items()}
    whole = sum(found.values())
    return {name: value / whole for name, value in found.items()} if whole > 0 else {}


def group_shapley(names: Sequence[str], worth: Callable[[frozenset[str]], float]) -> dict[str, float]:
    """Shapley values of a few players: the weighted mean of what each adds to every set of the others."""
    every = [frozenset(name for at, name in enumerate(names) if bits >> at & 1) for bits in range(2 ** len(names))]
    known = {chosen: worth(chosen) if chosen else 0.0 for chosen in every}
    return {
        name: sum(
            weight(len(chosen), len(names)) * (known[chosen | {name}] - known[chosen])
            for chosen in every
            if name not in chosen
        )
        for name in names
    }


def weight(before: int, players: int) -> float:
    """How often, of all orders, exactly these `before` players come before one other."""
    return factorial(before) * factorial(players - before - 1) / factorial(players)
