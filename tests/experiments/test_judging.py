"""What a basis makes equal is judged on it nowhere: not by a run, nor by a study, nor in what is shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from sim.experiments.drivers.asking import judged
from sim.experiments.elements import ELEMENT_COLUMNS
from sim.experiments.judging import MADE_EQUAL, is_judged
from sim.measures.definitions import DEFINITIONS
from sim.reporting.elements_shown import element_tables
from sim.reporting.studied import InFolder
from sim.scenario.scenario import Scenario
from sim.scenario.vocabulary import SCALED_BASES
from tests.experiments.worlds import village


def headed(*measures: str) -> Scenario:
    """The village with these headlines."""
    data = village().data
    data["run"] |= {"precision": dict.fromkeys(measures, 5.0), "matters": dict.fromkeys(measures, 5.0)}
    return Scenario.from_data("village", data)


def test_each_basis_that_is_scaled_makes_something_equal_and_only_known_measures() -> None:
    assert set(MADE_EQUAL) == set(SCALED_BASES)
    assert {name for names in MADE_EQUAL.values() for name in names} <= set(DEFINITIONS)
    assert all(is_judged("as_specified", name) for name in DEFINITIONS)


@pytest.mark.parametrize("measure", ["service_cost", "cashable_cost", "public_cost"])
def test_no_study_is_made_of_what_a_run_gives_no_verdict_on(measure: str) -> None:
    assert not is_judged("equal_spend", measure)
    assert {one.basis for one in judged(headed(measure))} == {"as_specified"}


def test_crisis_and_need_are_studied_on_both_bases() -> None:
    for measure in ("crisis_cost", "days_to_help"):
        assert {one.basis for one in judged(headed(measure))} == {"as_specified", "equal_spend"}


def test_no_element_is_shown_of_what_a_run_gives_no_verdict_on(tmp_path: Path) -> None:
    ends = dict.fromkeys(ELEMENT_COLUMNS[4:], 1.0)
    rows: list[dict[str, Any]] = [
        {"basis": basis, "measure": measure, "unit": "GBP", "element": element, **ends}
        for basis in ("as_specified", "equal_spend")
        for measure in ("service_cost", "crisis_cost")
        for element in ("no_threshold", "")
    ]
    pd.DataFrame(rows, columns=list(ELEMENT_COLUMNS)).to_csv(tmp_path / "elements.csv", index=False)
    shown = [table.caption for table in element_tables(InFolder(tmp_path, village()))]
    assert sum("for the same spend" in caption for caption in shown) == 1
    assert len(shown) == 3
