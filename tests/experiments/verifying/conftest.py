"""What these tests break is the reference engine: it is the one that can be broken a method at a time."""

from __future__ import annotations

from typing import Any

import pytest

from sim.engine import reference
from sim.experiments import replications


@pytest.fixture(autouse=True)
def reference_engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every replication in this process is run by the reference engine, but where that would take too long."""
    if request.node.get_closest_marker("slow"):
        return

    def batches(model: Any, people: Any, _: str = "reference") -> Any:
        return iter([reference.written(model, people)])

    monkeypatch.setattr(replications, "batches", batches)
