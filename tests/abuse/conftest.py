"""Results of one run of the tiny scenario, copied for each test that spoils them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from .trials import run, seeds


@pytest.fixture(scope="session")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A results root with the results of one run."""
    root = tmp_path_factory.mktemp("ran")
    assert run("run", seeds(root), "--out", root / "results")[0] == 0
    return root / "results"


@pytest.fixture
def good(ran: Path, tmp_path: Path) -> Path:
    """A copy of that root, beside it the scenario's file."""
    seeds(tmp_path)
    return Path(shutil.copytree(ran, tmp_path / "results"))
