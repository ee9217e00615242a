"""Rules 3 and 4: keys, and the uniform numbers they give."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import stats

from sim.engine import luck
from sim.engine.luck import GOLDEN, MASK, citizen_bases, mixed, name_hash, replication_base, uniform, uniforms

DRAWS = 200_000
STANDARD_ERRORS = 4.0
Floats = NDArray[np.floating[Any]]
words = st.integers(0, MASK)


def unmixed(y: int) -> int:
    """The integer that `mixed` turns into `y`."""
    y ^= (y >> 31) ^ (y >> 62)
    y = y * pow(luck.SECOND, -1, 1 << 64) & MASK
    y ^= (y >> 27) ^ (y >> 54)
    y = y * pow(luck.FIRST, -1, 1 << 64) & MASK
    return y ^ (y >> 30) ^ (y >> 60)


@given(words)
def test_mixing_is_a_bijection(x: int) -> None:
    assert unmixed(mixed(x)) == x


@pytest.mark.parametrize(
    ("text", "published"), [("", 0xCBF29CE484222325), ("a", 0xAF63DC4C8601EC8C), ("foobar", 0x85944171F73967E8)]
)
def test_names_hash_to_the_published_values_of_fnv_1a(text: str, published: int) -> None:
    assert name_hash(text) == published


@pytest.mark.parametrize(("step", "published"), [(1, 0xE220A8397B1DCDAF), (2, 0x6E789E6AA1B965F4)])
def test_mixing_gives_the_published_stream_of_splitmix64(step: int, published: int) -> None:
    """The first two outputs of splitmix64 seeded with 0, as listed with its reference implementation."""
    assert mixed(step * GOLDEN & MASK) == published


@pytest.mark.parametrize(("replication", "published"), [(0, 0xE220A8397B1DCDAF), (1, 0x6E789E6AA1B965F4)])
def test_replications_are_the_stream_of_splitmix64_from_a_seed_well_mixed(replication: int, published: int) -> None:
    """The seed that mixing makes 0, for 0 stays 0, gives the published stream, from its first output on."""
    assert replication_base(-GOLDEN & MASK, replication) == published


@pytest.mark.parametrize(("word", "expected"), [(0, 2.0**-53), (MASK, 1 - 2.0**-53)])
def test_the_extreme_uniform_numbers_lie_inside_0_and_1(word: int, expected: float) -> None:
    base = unmixed(word)
    assert uniform(base, 0, 0) == expected
    assert 0 < expected < 1
    assert uniforms(np.array([base], dtype=np.uint64), 0)[0] == expected


@given(words, words, st.integers(0, 10_000))
def test_python_and_numpy_give_the_same_uniform_to_the_last_bit(base: int, name: int, count: int) -> None:
    assert uniforms(np.array([base], dtype=np.uint64), name, count)[0] == uniform(base, name, count)


@given(st.integers(0, 2**63 - 1), st.integers(0, 1000), st.integers(0, 10_000))
def test_bases_in_bulk_are_those_of_one_citizen_alone(seed: int, replication: int, index: int) -> None:
    start = (replication_base(seed, replication) ^ name_hash("group/a")) & MASK
    alone = mixed((mixed((start + index * GOLDEN) & MASK) + GOLDEN) & MASK)
    assert int(citizen_bases(seed, replication, "group/a", index, 1)[0]) == alone
    assert int(citizen_bases(seed, replication, "group/a", 0, index + 1)[index]) == alone


PARTS = ("citizens", "counts", "names", "replications", "seeds")


@cache
def streams() -> dict[str, Floats]:
    """Uniform numbers that differ in one part of the key only."""
    many = range(DRAWS)
    bases = citizen_bases(1, 0, "group/a", 0, DRAWS)
    one = int(bases[0])
    replications = np.array([citizen_bases(1, each, "group/a", 0, 1)[0] for each in range(DRAWS // 20)])
    seeds = np.array([citizen_bases(each, 0, "group/a", 0, 1)[0] for each in range(DRAWS // 20)])
    return {
        "citizens": uniforms(bases, name_hash("desk/work")),
        "counts": np.array([uniform(one, name_hash("desk/work"), count) for count in many]),
        "names": np.array([uniform(one, name_hash(f"desk{each}/work"), 0) for each in many]),
        "replications": uniforms(replications, name_hash("desk/work")),
        "seeds": uniforms(seeds, name_hash("desk/work")),
    }


NOT_MIXED: Floats = np.arange(DRAWS) * (GOLDEN / 2**64) % 1.0
"""A Weyl sequence, equally spread but in order: what the key would give unmixed."""


def most_correlated(u: Floats) -> float:
    """Largest correlation of neighbours at lags 1 to 10 [standard errors]; of n pairs it is 1 / sqrt(n)."""
    lags = range(1, 11)
    return max(abs(float(np.corrcoef(u[:-lag], u[lag:])[0, 1])) * math.sqrt(u.size - lag) for lag in lags)


def unevenness(u: Floats, cells: int) -> float:
    """Chi-square of equal cells, as standard normal score."""
    counts = np.bincount((u * cells).astype(np.int64), minlength=cells)
    chi = float(((counts - u.size / cells) ** 2).sum() / (u.size / cells))
    return (chi - (cells - 1)) / math.sqrt(2 * (cells - 1))


def unevenness_of_pairs(u: Floats) -> float:
    """Chi-square of neighbouring pairs on a 20 by 20 square, as standard normal score."""
    pairs = np.floor(u[0 : u.size // 2 * 2 : 2] * 20) * 20 + np.floor(u[1::2] * 20)
    return unevenness((pairs + 0.5) / 400, 400)


@pytest.mark.parametrize("part", PARTS)
def test_draws_are_uniform(part: str) -> None:
    assert abs(unevenness(streams()[part], 100)) < STANDARD_ERRORS
    assert stats.kstest(streams()[part], "uniform").pvalue > 6e-5


@pytest.mark.parametrize("part", PARTS)
def test_neighbouring_draws_are_independent(part: str) -> None:
    assert most_correlated(streams()[part]) < STANDARD_ERRORS
    assert abs(unevenness_of_pairs(streams()[part])) < STANDARD_ERRORS


def test_the_tests_of_independence_find_a_key_that_is_not_mixed() -> None:
    assert most_correlated(NOT_MIXED) > STANDARD_ERRORS
    assert abs(unevenness_of_pairs(NOT_MIXED)) > STANDARD_ERRORS


def test_draws_of_one_citizen_under_two_names_are_independent() -> None:
    bases = citizen_bases(1, 0, "group/a", 0, DRAWS)
    work, fit = (uniforms(bases, name_hash(name)) for name in ("desk/work", "desk/fit"))
    assert abs(np.corrcoef(work, fit)[0, 1]) * math.sqrt(DRAWS) < STANDARD_ERRORS


def test_seed_0_is_a_seed_like_any_other() -> None:
    zero, one = (citizen_bases(seed, 0, "group/a", 0, 1000) for seed in (0, 1))
    assert np.unique(np.concatenate([zero, one])).size == 2000


def test_groups_and_replications_have_bases_of_their_own() -> None:
    keys = [(7, 0, "group/a"), (7, 0, "group/b"), (7, 1, "group/a"), (8, 0, "group/a")]
    bases = np.concatenate([citizen_bases(*key, 0, 1000) for key in keys])
    assert np.unique(bases).size == 4000
