"""Luck: every draw is one uniform number, a pure function of its key. No generator has a state.

A key is (seed, replication, citizen, name of the draw, count). The mixing is the output function of splitmix64
(Steele, Lea & Flood 2014, Fast splittable pseudorandom number generators, OOPSLA; constants of D. Stafford's
variant 13): integer arithmetic modulo 2^64, so that pure Python, numpy and a compiled kernel give the same number.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

MASK = (1 << 64) - 1
GOLDEN = 0x9E3779B97F4A7C15
FIRST = 0xBF58476D1CE4E5B9
SECOND = 0x94D049BB133111EB
UNIT = 2.0**-52


def name_hash(name: str) -> int:
    """FNV-1a hash of the UTF-8 bytes of `name` [64-bit integer]."""
    value = 0xCBF29CE484222325
    for byte in name.encode():
        value = ((value ^ byte) * 0x100000001B3) & MASK
    return value


def mixed(x: int) -> int:
    """The 64-bit integer `x` with its bits thoroughly mixed; a bijection."""
    x = ((x ^ (x >> 30)) * FIRST) & MASK
    x = ((x ^ (x >> 27)) * SECOND) & MASK
    return x ^ (x >> 31)


def replication_base(seed: int, replication: int) -> int:
    """The part of a key that seed and replication make [64-bit integer]. Seed 0 is a seed like any other."""
    return mixed((mixed((seed + GOLDEN) & MASK) + (replication + 1) * GOLDEN) & MASK)


def uniform(base: int, name: int, count: int) -> float:
    """The uniform number, 0 < u < 1, drawn by the citizen of `base` for the `count`-th time under the hash `name`."""
    x = (base + name + count * GOLDEN) & MASK
    x = ((x ^ (x >> 30)) * FIRST) & MASK
    x = ((x ^ (x >> 27)) * SECOND) & MASK
    return (((x ^ (x >> 31)) >> 12) + 0.5) * UNIT


def mixed_array(x: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """`mixed` of each element."""
    x = (x ^ (x >> np.uint64(30))) * np.uint64(FIRST)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(SECOND)
    return x ^ (x >> np.uint64(31))


def citizen_bases(seed: int, replication: int, stream: str, first: int, count: int) -> NDArray[np.uint64]:
    """The part of a key that a citizen makes, for citizens `first` .. `first + count - 1` of the named group stream.

    Depends on nothing but seed, replication, stream and index: the same person in every pathway.
    """
    start = (replication_base(seed, replication) ^ name_hash(stream)) & MASK
    index = np.arange(first, first + count, dtype=np.uint64)
    return mixed_array(mixed_array(np.uint64(start) + index * np.uint64(GOLDEN)) + np.uint64(GOLDEN))


def uniforms(bases: NDArray[np.uint64], name: int, count: int = 0) -> NDArray[np.float64]:
    """`uniform` of each of `bases`, to the last bit."""
    x = mixed_array(bases + np.uint64((name + count * GOLDEN) & MASK))
    return ((x >> np.uint64(12)).astype(np.float64) + 0.5) * UNIT
