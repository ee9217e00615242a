"""A slip in one engine, so that what holds the two beside each other has something to find."""

from __future__ import annotations

import pytest

from sim.engine.kernel import building
from sim.engine.model import Model


def sees_too_high(patch: pytest.MonkeyPatch) -> None:
    """The gates of the compiled engine see the level too high a little more often."""
    stages = building._stages

    def slipped(model: Model) -> building.Rows:
        made = stages(model)
        made["too_high"] += 0.05
        return made

    patch.setattr(building, "_stages", slipped)
