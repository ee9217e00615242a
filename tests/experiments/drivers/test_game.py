"""Shapley values of games worked by hand, and the laws they obey."""

from __future__ import annotations

import numpy as np
import pytest

from sim.experiments.drivers.game import contributions


def test_two_elements_by_hand() -> None:
    """v(a) = 3, v(b) = 1, v(ab) = 10: each has its own and half of the 6 they make together."""
    found = contributions(np.array([0.0, 3.0, 1.0, 10.0]))
    assert found.shapley.tolist() == [6.0, 4.0]
    assert found.first_in.tolist() == [3.0, 1.0]
    assert found.last_in.tolist() == [9.0, 7.0]


def test_three_elements_by_hand() -> None:
    """The glove game: one has a left glove, two a right one each; a pair is worth 1 (2/3, 1/6, 1/6)."""
    left, right, other = 1, 2, 4
    worth = [float(bool(row & left) and bool(row & (right | other))) for row in range(8)]
    assert contributions(np.array(worth)).shapley == pytest.approx([2 / 3, 1 / 6, 1 / 6])


def test_the_parts_add_up_in_every_replication_whatever_the_game() -> None:
    worth = np.random.default_rng(1).normal(size=(64, 7, 3))
    found = contributions(worth)
    np.testing.assert_allclose(found.shapley.sum(axis=0), worth[-1] - worth[0], atol=1e-12)


def test_elements_alike_get_the_same_and_one_that_adds_nothing_gets_nothing() -> None:
    alike, idle = (0, 1), 3
    size = [sum(row >> bit & 1 for bit in alike) for row in range(16)]
    worth = np.array([5.0 * size[row] ** 2 + 2.0 * (row >> 2 & 1) * size[row] for row in range(16)])
    found = contributions(worth).shapley
    assert found[0] == pytest.approx(found[1])
    assert found[idle] == pytest.approx(0.0, abs=1e-12)
