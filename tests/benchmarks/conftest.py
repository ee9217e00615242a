"""While the benchmark is tested, garbage is not sought among all that is there by then: it would take seconds."""

from __future__ import annotations

import gc

import pytest


@pytest.fixture(autouse=True, scope="module")
def _frozen() -> None:
    """What is there is let be to the end: to thaw it would thaw what was loaded before the first test too."""
    gc.freeze()
