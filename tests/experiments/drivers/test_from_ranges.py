"""What moves with a number, and what the study learns from real draws of the village."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from sim.experiments.drivers.from_ranges import correlation_of, spelt
from sim.experiments.ranges.drawing import Drawing, drawing
from sim.scenario.paths import look_up
from sim.scenario.resolving import resolved
from sim.scenario.scenario import load


@cache
def deck() -> Drawing:
    return drawing(load("anytown"))


def test_a_number_with_no_others_beside_it_moves_alone() -> None:
    path = "pathways.local.teams.workers.gbp_per_worked_hour"
    assert spelt(deck(), {path: 57.0}) == {path: 57.0}


def test_the_rest_of_its_law_moves_in_proportion() -> None:
    mean, sd = (f"pathways.outsourced.stages.assessment.hours.{name}" for name in ("mean", "sd"))
    assert spelt(deck(), {mean: 3.4}) == pytest.approx({mean: 3.4, sd: 2.0})


def test_nothing_moved_sets_nothing_and_all_at_their_values_is_the_file() -> None:
    assert spelt(deck(), {}) == {}
    given = {number.path: number.value for number in deck().numbers}
    scenario = deck().scenario.with_values(spelt(deck(), given))
    for path in ("outsourced", "local"):
        assert scenario.pathways[path].teams == deck().scenario.pathways[path].teams
        for name, stage in scenario.pathways[path].stages.items():
            assert stage.next == pytest.approx(deck().scenario.pathways[path].stages[name].next), name


def test_every_end_of_every_number_can_be_set_and_stands_then() -> None:
    for number in deck().numbers:
        for end in (number.low, number.high):
            settings = spelt(deck(), {number.path: end})
            changed = deck().scenario.with_values(settings, full_caseloads=False)
            assert settings
            means = {**changed.data, **resolved(changed.data).data}
            for path, value in settings.items():
                assert look_up(means, path) == value, path


def test_correlations_of_the_file_stand_at_their_numbers() -> None:
    data = load("anytown").data
    pair = ["crisis.gbp_per_entry", "crisis.gbp_per_day"]
    data["correlations"] = {"crises": {"between": pair, "rank": 0.5}}
    found = drawing(type(deck().scenario).from_data("anytown", data, is_tried=True))
    together = correlation_of(found)
    one, other = ([number.path for number in found.numbers].index(path) for path in pair)
    assert together[one, other] == pytest.approx(2 * np.sin(np.pi / 12))
    assert np.count_nonzero(together) == len(together) + 2
