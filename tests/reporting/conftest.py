"""Results to report on: made-up folders, and one real short run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sim.experiments.experiment import Options, run
from sim.experiments.folders import write_results
from sim.reporting.results import Results, read_results
from sim.scenario.scenario import load

from .folders import FINDINGS, VILLAGE, Made, write_folder

Maker = Callable[..., Results]


@pytest.fixture
def made(tmp_path: Path) -> Maker:
    """Results read from a made-up folder, differing from plain as told."""

    def make(**differs: object) -> Results:
        return read_results(write_folder(tmp_path / "village", Made(**{"findings": FINDINGS, **differs})))  # type: ignore[arg-type]

    return make


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """Results of a made-up folder in which nothing is unusual."""
    return read_results(write_folder(tmp_path_factory.mktemp("results") / "village"))


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """Results of a real quick run."""
    folder = tmp_path_factory.mktemp("real") / "village"
    write_results(run(load(VILLAGE), Options(quick=True, workers=1)), folder, command="run village.toml --quick")
    return read_results(folder)
