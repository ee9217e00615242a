"""The nearest flip of functions whose nearest flip is known."""

from __future__ import annotations

import numpy as np
import pytest

from sim.experiments.drivers.flips import Flip, nearest_flip
from sim.measures.arrays import Floats

SLOPES = np.array([0.1, 0.9, -0.7, 0.0, 0.5, 0.2])
RAY = 0.02
"""Rays are so far apart that a length found is at most 2% too long."""


def plane(moves: Floats) -> Floats:
    return np.asarray(moves @ SLOPES - 0.8)


def test_the_flip_of_a_plane_is_at_its_distance_along_the_three_steepest_numbers() -> None:
    found = nearest_flip(plane, 6, range(6))
    assert found is not None
    assert set(found.places) == {1, 2, 4}
    steepest = np.linalg.norm(SLOPES[[1, 2, 4]])
    assert 0.8 / steepest <= found.length * (1 + 1e-9)
    assert found.length == pytest.approx(0.8 / steepest, rel=RAY)
    at = np.zeros((1, 6))
    at[0, list(found.places)] = found.moves
    assert plane(at)[0] == pytest.approx(0.0, abs=1e-9)


def test_the_other_way_round_the_same_move_is_found_from_the_other_side() -> None:
    one, other = nearest_flip(plane, 6, range(6)), nearest_flip(lambda moves: -plane(moves), 6, range(6))
    assert one == other


def test_a_flip_that_takes_two_numbers_together_is_found() -> None:
    """Only together: the product of two moves must reach 0.16, nearest at 0.4 each, with the same sign."""
    found = nearest_flip(lambda moves: np.asarray(0.16 - moves[:, 0] * moves[:, 3]), 5, [0, 1, 3])
    assert found is not None
    assert found.length == pytest.approx(0.4 * 2**0.5, rel=RAY)
    assert set(found.places) >= {0, 3}


def test_what_lies_outside_the_ranges_is_no_flip() -> None:
    assert nearest_flip(lambda moves: np.asarray(2.0 - moves[:, 0]), 2, [0, 1]) is None


def test_a_move_that_comes_back_within_the_range_is_seen() -> None:
    """Lost between 0.3 and 0.6 only: the ends of the range alone would not show it."""
    found = nearest_flip(lambda moves: np.asarray((moves[:, 0] - 0.3) * (moves[:, 0] - 0.6)), 1, [0])
    assert found is not None
    assert found.moves[0] == pytest.approx(0.3, abs=0.01)


def test_trifles_are_left_out_of_a_move_unless_nothing_else_is_in_it() -> None:
    assert Flip((3, 1, 2), (0.5, 0.02, -0.3)).without_trifles(0.1) == Flip((3, 2), (0.5, -0.3))
    assert Flip((3,), (0.05,)).without_trifles(0.1) == Flip((3,), (0.05,))
