"""results/README.md describes every file, column and key that a run writes."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sim.experiments.additions import DOSSIER
from sim.experiments.swapping import FILES
from sim.experiments.verifying.dossier import Dossier
from sim.reporting.quotes import quotes
from sim.reporting.quotes_file import as_data
from sim.reporting.results import Results
from sim.scenario.scenario import Scenario

from ..scenario.files import LINE

README = Path(__file__).parents[2] / "results" / "README.md"
DESCRIBED_TOGETHER = "citizens.csv"
"""Its columns are the lives, described as one: only those that say who the citizen is stand by name."""


@pytest.fixture(scope="module")
def readme() -> str:
    return README.read_text(encoding="utf-8")


def test_every_file_is_described(readme: str, real: Results) -> None:
    for path in real.folder.iterdir():
        assert f"| `{path.name}` |" in readme


def test_every_column_is_described(readme: str, real: Results) -> None:
    for path in real.folder.glob("*.csv"):
        columns = path.read_text(encoding="utf-8").split("\n", 1)[0].split(",")
        for column in columns if path.name != DESCRIBED_TOGETHER else columns[:8]:
            assert f"`{column}`" in readme, f"{path.name}: {column}"


def test_every_key_of_the_manifest_is_described(readme: str, real: Results) -> None:
    for key in json.loads((real.folder / "manifest.json").read_text(encoding="utf-8")):
        assert f"`{key}`" in readme, key


def test_every_page_and_every_key_of_the_quotes_is_described(readme: str, real: Results) -> None:
    told = as_data(real, quotes(real))
    for key in (*told, *told["quotes"][0]):
        assert f"`{key}`" in readme, key
    for name in ("quotes.json", "briefing.html", "methods.html"):
        assert name in FILES and f"| `{name}` |" in readme


def test_the_dossier_and_its_keys_are_described(readme: str) -> None:
    scenario = Scenario.from_data("line", LINE)
    for name in DOSSIER:
        assert f"| `{name}` |" in readme
    dossier = Dossier(scenario, (), 2, {}, False, datetime.now(UTC), 1.0)
    for key in dossier.as_dict():
        assert f"`{key}`" in readme, key
