"""Luck held in the hand."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest

from sim.engine import needs, stages
from sim.engine.luck import name_hash

Given = dict[tuple[str, int, int], float]
"""Uniform numbers by name of the draw, citizen and count."""

AVERAGE = 0.6321205588285577
"""The uniform number at which an exponential time is exactly its mean."""


@pytest.fixture
def average_luck(monkeypatch: pytest.MonkeyPatch) -> Callable[[Given], None]:
    """Every draw an engine makes comes out at AVERAGE, except those given to the fixture's value."""
    assert -math.log(1.0 - AVERAGE) == 1.0
    drawn: dict[tuple[int, int, int], float] = {}

    def uniform(base: int, name: int, count: int) -> float:
        return drawn.get((name, base, count), AVERAGE)

    def give(draws: Given) -> None:
        drawn.update({(name_hash(name), citizen, count): u for (name, citizen, count), u in draws.items()})

    monkeypatch.setattr(needs, "uniform", uniform)
    monkeypatch.setattr(stages, "uniform", uniform)
    return give
