"""Correlations: numbers of a file of which one is likely to be high where another is."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import combinations
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, Field, ValidationError

from sim.errors import Fault, did_you_mean
from sim.scenario.facts import facts_of
from sim.scenario.keys import Part, key
from sim.scenario.origins import origin
from sim.scenario.uncertain import uncertain

SMALLEST_EIGENVALUE = 1e-6
"""A matrix of correlations with one below this is as good as not positive definite."""


MOST_CORRELATED = 500
MOST_TOGETHER = 50


class Correlation(Part):
    """Numbers that are likely to be high, or low, together when plausible ranges are run; each two of them."""

    between: Annotated[list[str], Field(min_length=2, max_length=MOST_TOGETHER)] = key(
        "paths of the numbers, each of which must vary"
    )
    rank: Annotated[float, Field(gt=-1, lt=1)] = key(
        "Spearman's rank correlation of each two of them", "from -1 to 1, both left out"
    )
    note: str = key("why", default="")


Pairs = Mapping[tuple[str, str], float]
"""Rank correlations by two paths, those at which the numbers are written, in order."""


def correlation_faults(data: Mapping[str, Any], root: type[BaseModel]) -> Iterator[Fault]:
    """What is wrong with the correlations of a file, as written, whose numbers are sound."""
    given = data.get("correlations")
    if not isinstance(given, Mapping) or not given:
        return
    named = {name: sound for name, one in given.items() if (sound := _sound(one)) is not None}
    known = dict.fromkeys(one.path for one in uncertain(facts_of(data, {}, root), root))
    faults = [fault for name, one in named.items() for fault in _path_faults(data, name, one, known)]
    numbers = {path for one in named.values() for path in one.between}
    if len(numbers) > MOST_CORRELATED:
        remedy = f"expected at most {MOST_CORRELATED}: leave some of `between` out"
        faults.append(Fault("correlations", f"{len(numbers):,} numbers are correlated", remedy))
    faults = faults or list(_twice(data, named))
    yield from faults
    if not faults and named:
        paths, matrix = normal_matrix(pairs(data, named.values()))
        if len(paths) and float(np.linalg.eigvalsh(matrix)[0]) < SMALLEST_EIGENVALUE:
            problem = f"no {len(paths)} numbers can be correlated so: their matrix is not positive definite"
            yield Fault("correlations", problem, "bring `rank` nearer to 0, or leave some of `between` out")


def _sound(given: Any) -> Correlation | None:
    try:
        return Correlation.model_validate(given)
    except ValidationError:
        return None


def _path_faults(data: Mapping[str, Any], name: str, one: Correlation, known: Collection[str]) -> Iterator[Fault]:
    written = [origin(data, path) for path in one.between]
    for place, (path, at) in enumerate(zip(one.between, written, strict=True)):
        here = f"correlations.{name}.between[{place}]"
        if at is None:
            yield Fault(here, f"there is no number `{path}`", did_you_mean(path, known))
        elif at not in known:
            problem = f"`{path}` does not vary: it has no range, and none is given to it"
            yield Fault(here, problem, "give the number a range, or leave it out")
    if len(set(written)) < len(written):
        yield Fault(f"correlations.{name}.between", "names one number of the file twice", "name each once")


def _twice(data: Mapping[str, Any], named: Mapping[str, Correlation]) -> Iterator[Fault]:
    """Pairs that two tables correlate."""
    first: dict[tuple[str, str], str] = {}
    for name, one in named.items():
        for pair in pairs(data, [one]):
            other = first.setdefault(pair, name)
            if other != name:
                problem = f"`{pair[0]}` and `{pair[1]}` are correlated by `{other}` already"
                yield Fault(f"correlations.{name}.between", problem, "leave one of them out")


def pairs(data: Mapping[str, Any], given: Iterable[Correlation]) -> Pairs:
    """The rank correlation of each two numbers, by the paths at which they are written."""
    found: dict[tuple[str, str], float] = {}
    for one in given:
        written = sorted({origin(data, path) or path for path in one.between})
        found |= dict.fromkeys(combinations(written, 2), one.rank)
    return found


def normal_matrix(given: Pairs) -> tuple[list[str], NDArray[np.float64]]:
    """The paths correlated, and the matrix of correlations of the normal scores behind them.

    Of a Gaussian copula with Spearman's rank correlation s the scores have 2 sin(pi s / 6) (Kruskal 1958, Ordinal
    measures of association, Journal of the American Statistical Association 53, section 6).
    """
    paths = sorted({path for pair in given for path in pair})
    places = {path: place for place, path in enumerate(paths)}
    matrix = np.eye(len(paths))
    for (one, other), rank in given.items():
        a, b = places[one], places[other]
        matrix[a, b] = matrix[b, a] = 2 * math.sin(math.pi * rank / 6)
    return paths, matrix
