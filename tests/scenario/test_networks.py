"""The plain queueing networks of the tests: they load, need nothing but arrivals, teams and stages, and are stable."""

from __future__ import annotations

import numpy as np
import pytest

from sim.engine.engines import simulate
from sim.engine.model import compiled
from sim.engine.population import population
from sim.scenario.scenario import Scenario, load
from sim.scenario.vocabulary import HOURS_A_DAY
from tests.scenario.files import FOLDER

NETWORKS = ("mmc_line", "two_class_clinic", "jackson")
JOINING_A_DAY = {
    "mmc_line": {"desk": 57.6},
    "two_class_clinic": {"reception": 60, "nurse": 60 * 0.7 * 0.8, "doctor": 60 * (0.3 + 0.7 * (0.2 + 0.8 * 0.1))},
    "jackson": {"a": 300 / 8.6, "b": 180 / 8.6, "c": 210 / 8.6},
}
"""By the traffic equations."""


@pytest.mark.parametrize("name", NETWORKS)
def test_a_plain_network_has_no_levels_and_no_money(name: str) -> None:
    scenario = load(FOLDER / f"{name}.toml")
    assert not scenario.has_levels
    assert not scenario.has_money


def load_of(scenario: Scenario, name: str) -> dict[str, float]:
    """Work arriving at each team over what its posts can do [share]."""
    (pathway,) = scenario.pathways.values()
    work = dict.fromkeys(pathway.teams, 0.0)
    for stage, rate in JOINING_A_DAY[name].items():
        hours = sum(share * pathway.stages[stage].expected_hours(one) for one, share in scenario.group_shares.items())
        work[pathway.stages[stage].team or ""] += rate * hours / HOURS_A_DAY
    return {team: hours / pathway.teams[team].mean_posts for team, hours in work.items()}


@pytest.mark.parametrize("name", NETWORKS)
def test_a_plain_network_is_stable_and_busy(name: str) -> None:
    assert all(0.4 < share < 0.9 for share in load_of(load(FOLDER / f"{name}.toml"), name).values())


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("name", NETWORKS)
def test_as_many_join_each_stage_as_the_traffic_equations_say(name: str, seed: int) -> None:
    weeks = {"warm_up": 2, "cohort": 26, "follow_up": 1}
    scenario = load(FOLDER / f"{name}.toml").with_values({"run.seed": seed, "run.weeks": weeks})
    (pathway,) = scenario.pathways
    visits = simulate(compiled(scenario, pathway), population(scenario, 0)).visits
    start, end = scenario.run.weeks.cohort_from, scenario.run.weeks.cohort_to
    for place, stage in enumerate(scenario.pathways[pathway].stages):
        joined = visits.joined[(visits.stage == place) & (visits.joined >= start) & (visits.joined < end)]
        weekly = np.bincount(((joined - start) // 7).astype(int), minlength=26)
        standard_error = weekly.std(ddof=1) / np.sqrt(26)
        assert abs(weekly.mean() - 7 * JOINING_A_DAY[name][stage]) <= 4 * standard_error
        assert abs(weekly.mean() - 7.9 * JOINING_A_DAY[name][stage]) > 4 * standard_error  # a wrong rate must fail
