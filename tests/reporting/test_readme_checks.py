"""The tables of checks in the scenarios' README: no number in them is typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.reporting.readme_checks import BLOCK, with_checks
from sim.reporting.results import read_results
from sim.scenario.reading import shipped_folder
from sim.scenario.scenario import load

from .folders import FINDINGS, Made, write_folder

EMPTY = "before\n<!-- checks of {0}: begin -->\nold\n<!-- checks of {0}: end -->\nafter\n"


def test_a_table_is_filled_from_results_and_the_rest_left_alone(tmp_path: Path) -> None:
    results = read_results(write_folder(tmp_path / "village", Made(FINDINGS, checks_pass=(True, False))))
    readme = EMPTY.format("village") + EMPTY.format("elsewhere")
    text = with_checks(readme, [results])
    assert "old" not in text.partition("after")[0]
    assert "| FAIL |" in text and "| pass |" in text
    assert text.partition("after\n")[2] == EMPTY.format("elsewhere")
    assert with_checks(text, [results]) == text


def test_results_without_a_place_are_told(tmp_path: Path) -> None:
    results = read_results(write_folder(tmp_path / "village"))
    with pytest.raises(ValueError, match="no place for the checks of village"):
        with_checks(EMPTY.format("elsewhere"), [results])


def test_the_readme_has_a_table_of_every_check_of_every_shipped_scenario() -> None:
    readme = (shipped_folder() / "README.md").read_text(encoding="utf-8")
    tables = {match.group(1): match.group(0) for match in BLOCK.finditer(readme)}
    for file in sorted(shipped_folder().glob("*.toml")):
        for name, check in load(file).checks.items():
            assert f"| {check.title or name} |" in tables[file.stem], (file.stem, name)
