"""Garbage is not sought among all that was loaded before the first test: each search would go through it anew."""

from __future__ import annotations

import gc


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()
