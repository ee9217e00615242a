"""Results to report on: made-up folders, and one real short run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sim.experiments.experiment import Options, run
from sim.experiments.folders import write_results
from sim.reporting.report import render, write_report
from sim.reporting.results import Results, read_results
from sim.scenario.scenario import Scenario, load

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


def quickly_run(scenario: Scenario, folder: Path) -> Results:
    """Results of a real quick run, with its report written."""
    made = run(scenario, Options(quick=True, workers=1))
    write_results(made, folder, command="run --quick", finish=write_report)
    return read_results(folder)


@pytest.fixture(scope="session")
def nobody(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """Results of a real quick run in which nobody's need arises."""
    scenario = load(VILLAGE)
    data = dict(scenario.data, arrivals={"per_day": 0.0})
    return quickly_run(Scenario.from_data("village", data), tmp_path_factory.mktemp("nobody") / "village")


@pytest.fixture(scope="session")
def delays(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """Results of a real quick run of a network without a team."""
    pause = {"delay_days": 3, "next": {"leave": "rest"}}
    weeks = {"warm_up": 1, "cohort": 2, "follow_up": 2}
    data = {
        "title": "Delays alone", "compare": ["wait"], "arrivals": {"per_day": 2},
        "run": {"weeks": weeks, "quick": {**weeks, "replications": 3}},
        "pathways": {"wait": {"starts_at": "pause", "stages": {"pause": pause}}},
    }  # fmt: skip
    return quickly_run(Scenario.from_data("wait", data), tmp_path_factory.mktemp("delays") / "wait")


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """Results of a real quick run."""
    folder = tmp_path_factory.mktemp("real") / "village"
    write_results(run(load(VILLAGE), Options(quick=True, workers=1)), folder, command="run village.toml --quick")
    return read_results(folder)


@pytest.fixture(scope="session")
def plain_page(plain: Results) -> str:
    """The report on those in which nothing is unusual, as text."""
    return render(plain)


@pytest.fixture(scope="session")
def page_of_real(real: Results) -> str:
    """The report on those of the real quick run, as text."""
    return render(real)
