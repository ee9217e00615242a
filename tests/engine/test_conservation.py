"""Nobody is lost, nothing is negative, nobody is in two places: at every event, in written and in generated worlds."""

from __future__ import annotations

import gc
from collections import Counter

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sim.engine.citizens import Citizen, Visit
from sim.engine.lines import Line
from sim.engine.model import compiled
from sim.engine.population import population
from sim.engine.reference import Reference
from sim.engine.teams import Teams
from tests.scenario.test_generated_scenarios import met as of_people_and_money
from tests.scenario.test_generated_scenarios import with_people_and_money

from .generated import POSSIBLE, crowd, features, world
from .test_identities import COURSE, STAGES, TEAMS
from .watching import Watched, watched
from .worlds import needy, plain

EXAMPLES = 150
LEAST_SHARE = 0.01


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_nobody_is_lost_at_any_event(seed: int) -> None:
    town = needy(
        STAGES,
        TEAMS,
        group=COURSE,
        comes_back_after_days={"low": 40, "moderate": 20, "high": 10, "crisis": 2},
        asks_after_days={"low": 20, "moderate": 10, "high": 5, "crisis": 1},
        course={"pace_during_help": 0.5},
        run={"seed": seed, "weeks": {"warm_up": 0, "cohort": 10, "follow_up": 20}},
    )
    run = watched(compiled(town, "p"), population(town, 0))
    assert run.events > 1000
    assert run.gone > 20
    assert run.fullest == 12


def test_nobody_is_lost_in_a_plain_network() -> None:
    stages = {
        "a": {
            "team": "t",
            "hours": 9,
            "gives_up_after_days": 2,
            "on_give_up": "b",
            "next": {"b": 0.5, "leave": "rest"},
        },
        "b": {"delay_days": 2, "next": {"a": 0.5, "leave": "rest"}},
    }
    network = plain(stages, {"t": {"posts": 0.6}}, run={"weeks": {"warm_up": 0, "cohort": 10, "follow_up": 20}})
    assert watched(compiled(network, "p"), population(network, 0)).events > 500


def test_the_check_finds_a_citizen_lost_from_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Line, "join", lambda self, visit: None)
    network = plain({"desk": {"team": "t", "hours": 9}}, {"t": {"posts": 1}})
    with pytest.raises(AssertionError):
        Watched(compiled(network, "p"), population(network, 0)).run()


def test_the_check_finds_a_post_not_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Teams, "free", lambda self, visit: None)
    network = plain({"desk": {"team": "t", "hours": 9}}, {"t": {"posts": 1}})
    with pytest.raises(AssertionError):
        Watched(compiled(network, "p"), population(network, 0)).run()


def test_generated_worlds_conserve_citizens_and_meet_every_feature() -> None:
    """Every feature must turn up in at least 1% of the worlds, or the test has a blind spot."""
    met: Counter[str] = Counter()

    @settings(max_examples=EXAMPLES, deadline=None, derandomize=True)
    @given(st.integers(0, 2**32))
    def one(seed: int) -> None:
        scenario = world(seed)
        assume(scenario is not None)
        assert scenario is not None
        met.update(features(scenario, watched(compiled(scenario, "p"), crowd(seed))))
        watched(compiled(scenario, None), crowd(seed))

    one()
    assert met.pop("worlds") >= EXAMPLES
    assert set(met) == POSSIBLE
    assert {name: count for name, count in met.items() if count < LEAST_SHARE * EXAMPLES} == {}


def test_who_is_gone_is_let_go_of_without_the_garbage_collector() -> None:
    """Of 2,000 and more who came, those still present are left in memory, and a few not yet swept from the lines."""
    group = {**COURSE, "eases_after_days": {"low": 9, "moderate": 9, "high": 9, "crisis": 9}}
    weeks = {"warm_up": 0, "cohort": 10, "follow_up": 20}
    town = needy(STAGES, TEAMS, group=group, comes_back_after_days={"low": 40}, asks_after_days={"low": 9, "high": 1},
                 course={"pace_during_help": 0.5}, arrivals={"per_day": 10.0}, run={"weeks": weeks})  # fmt: skip
    gc.collect()
    gc.disable()
    try:
        engine = Reference(compiled(town, "p"), population(town, 0))
        engine.run()
        left = Counter(type(thing) for thing in gc.get_objects())
    finally:
        gc.enable()
    assert len(population(town, 0)) > 2000
    not_yet_swept = sum(len(cell.line._heap) for cell in engine.teams.cells)
    assert left[Citizen] <= len(engine.present) + not_yet_swept < 500
    assert left[Visit] <= len(engine.present) + not_yet_swept


def test_generated_worlds_with_unlimited_posts_and_arrivals_by_profile_conserve_citizens() -> None:
    """The whole language, with the citizens the file itself makes."""
    met: Counter[str] = Counter()
    for seed in range(60):
        scenario = with_people_and_money(seed)
        if scenario is not None:
            short = scenario.with_values({"run.weeks.follow_up": 1})
            run = watched(compiled(short, "p"), population(short, 0))
            met.update(of_people_and_money(short))
            met["busy"] += len(run.tables.visits) > 20
    assert min(met[name] for name in ("unlimited posts", "weekly", "daily", "yearly", "renewal")) >= 2
    assert met["busy"] > 20
