"""Where equal spend is out of reach that is said of it alone, and what can be run is run."""

from __future__ import annotations

import numpy as np
import pytest

from sim.experiments.drivers.asking import Asker
from sim.experiments.drivers.flipping import all_worst
from sim.experiments.drivers.from_ranges import spelt
from sim.experiments.outcomes import Cell, Outcomes, Refused, Task, in_full, outcome
from sim.experiments.ranges.drawing import drawing
from sim.experiments.workers import crew
from sim.scenario.scenario import Scenario
from tests.experiments.worlds import village

OFFICE = "pathways.local.contract.office.gbp_a_year"


@pytest.fixture(scope="module")
def costly() -> Scenario:
    """The village, whose local pathway may have an office that alone costs more than the other pathway."""
    data = village().data
    office = {"gbp_a_year": {"value": 50_000, "range": [10_000, 5_000_000]}, "receiver": "owner"}
    data["pathways"]["local"]["contract"] = {"office": office}
    data.pop("changes")
    return Scenario.from_data("village", data)


def test_one_pathway_that_cannot_be_brought_to_a_basis_leaves_all_others(costly: Scenario) -> None:
    found = outcome(Task(costly, {OFFICE: 5_000_000}, 1))
    assert isinstance(found, Outcomes)
    ((cell, why),) = found.refused
    assert cell == Cell("equal_spend", "local")
    assert why.problem.startswith("equal_spend cannot be reached: `local` spends 5,000,000 GBP a year")
    assert np.isfinite(found.values).all(axis=1).tolist() == [True, True, True, False]
    assert in_full(found) == why, "draws and elements take a whole task or none of it"
    as_it_is = outcome(Task(costly, {}, 1))
    assert isinstance(as_it_is, Outcomes)
    assert in_full(as_it_is) is as_it_is
    assert np.array_equal(as_it_is.values[0], found.values[0]), "the first pathway has no office"


def test_the_corner_of_one_basis_is_not_run_and_that_of_the_other_is(costly: Scenario) -> None:
    deck = drawing(costly)
    (office,) = [number for number in deck.numbers if number.path == OFFICE]
    with crew(1, lambda _: None) as hands:
        asker = Asker(costly, hands, lambda moved: spelt(deck, moved))
        corners = {
            (one.basis, one.measure): all_worst(asker, [office], np.array([1.0]), -1.0, at, 2)
            for at, one in enumerate(asker.judged)
        }
        answers = asker.ask([{}, {OFFICE: office.high}], range(2))
    for (basis, _), corner in corners.items():
        assert corner.values == {OFFICE: 5_000_000}
        assert (corner.there is None) is (basis == "equal_spend")
        assert bool(corner.why) is (basis == "equal_spend")
    dearer = corners["as_specified", "public_cost"]
    assert dearer.flips
    assert dearer.there is not None
    assert not any(corner.flips for (basis, _), corner in corners.items() if basis == "equal_spend")
    refused = {asker.judged[at].basis for at in range(len(asker.judged)) if isinstance(answers.of(1, at), Refused)}
    assert refused == {"equal_spend"}
    assert not any(isinstance(answers.of(0, at), Refused) for at in range(len(asker.judged)))
