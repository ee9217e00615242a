"""The citizens whose visits are kept stand evenly over the whole cohort."""

from __future__ import annotations

import numpy as np
import pytest

from sim.measures.sample import VISITS_OF_CITIZENS, evenly


@pytest.mark.parametrize("count", [2001, 3999, 5784, 100_000])
def test_steps_between_those_kept_differ_by_one_at_most(count: int) -> None:
    kept = evenly(count)
    assert kept.size == VISITS_OF_CITIZENS and kept[0] == 0
    steps = np.diff([*kept.tolist(), count])
    assert steps.min() >= 1 and steps.max() - steps.min() <= 1


def test_by_hand() -> None:
    """Four of ten: every two and a half, rounded down."""
    assert evenly(10, 4).tolist() == [0, 2, 5, 7]


@pytest.mark.parametrize("count", [0, 1, VISITS_OF_CITIZENS])
def test_no_more_than_there_are(count: int) -> None:
    assert evenly(count).tolist() == list(range(count))
