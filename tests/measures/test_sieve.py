"""What is let go batch by batch is in no measure: those of a sifted run are those of the whole of it."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sim.engine.engines import batches, simulate
from sim.engine.kernel import building
from sim.engine.model import compiled
from sim.engine.population import Population, population
from sim.measures import sieve
from sim.measures.record import Record
from sim.measures.reductions import reduced
from sim.measures.sieve import sifted
from sim.scenario.scenario import Scenario

from ..engine.generated import crowd, world
from .test_generated import priced

WORLDS = 120
SMALLEST_BUFFER = 8
"""Rows of a batch: room for what one event may write, so that approaches straddle many batches."""


def late(seed: int) -> tuple[Scenario, Population] | None:
    """A drawn world with a cohort window that opens when half of its citizens have come, and they."""
    drawn = world(seed)
    if drawn is None:
        return None
    data = priced(drawn).data
    data["run"]["weeks"] = {"warm_up": 3, "cohort": 2, "follow_up": 6}
    return Scenario.from_data("late", data), crowd(seed)


def both(scenario: Scenario, citizens: Population, pathway: str | None) -> tuple[Record, Record]:
    """The record of a whole run, and of the same run sifted."""
    model = compiled(scenario, pathway)
    whole = Record(scenario, pathway, citizens, simulate(model, citizens))
    return whole, sifted(scenario, pathway, citizens, batches(model, citizens))


def differences(one: Any, other: Any, where: str = "") -> list[str]:
    """Where two things made of tuples, arrays and numbers differ by more than rounding."""
    if isinstance(one, (np.ndarray, float)):
        return [] if np.allclose(one, other, rtol=1e-12, atol=1e-9, equal_nan=True) else [where]
    if isinstance(one, tuple) and len(one) == len(other):
        names = getattr(one, "_fields", range(len(one)))
        parts = zip(names, one, other, strict=True)
        return [found for name, a, b in parts for found in differences(a, b, f"{where}.{name}")]
    return [] if one == other else [where]


def ledger(record: Record) -> tuple[tuple[object, ...], ...]:
    """The ledger as plain tuples."""
    return tuple(tuple(vars(entry).values()) for entry in reduced(record)[0].ledger)


@pytest.mark.parametrize("pathway", ["p", None])
def test_a_sifted_run_has_the_measures_of_the_whole(pathway: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "BUFFER_ROWS", SMALLEST_BUFFER)
    monkeypatch.setattr(sieve, "FEWEST_HELD", SMALLEST_BUFFER)
    fewer = straddling = tried = 0
    for made in filter(None, map(late, range(WORLDS))):
        whole, sieved = both(*made, pathway)
        one, other = (reduced(record)[0]._replace(ledger=()) for record in (whole, sieved))
        assert not differences(one, other), f"{differences(one, other)} in {made[0].data}"
        assert not differences(ledger(whole), ledger(sieved))
        since = made[0].run.weeks.cohort_from
        tried += 1
        fewer += len(sieved.visits) + len(sieved.changes) < len(whole.visits) + len(whole.changes)
        straddling += bool((sieved.visits.ended < since).any())
    assert fewer > 0.8 * tried
    assert pathway is None or straddling > 0.5 * tried


def test_without_those_let_go_the_weekly_number_waiting_would_be_another() -> None:
    """The comparison above can fail."""
    found = set()
    for made in filter(None, map(late, range(20))):
        whole, sieved = both(*made, "p")
        forgetful = replace(sieved, steps=None)
        found |= set(differences(reduced(whole)[0].queues, reduced(forgetful)[0].queues))
    assert found == {".waiting"}


def test_a_longer_warm_up_costs_28_bytes_a_citizen() -> None:
    """However many visits each has: here three, which as rows and columns would be 384 bytes."""
    few, many = (_peak(weeks) for weeks in (1000, 4000))
    each = (many[1] - few[1]) / (many[0] - few[0])
    assert 27 < each < 33


def _peak(warm_up: int) -> tuple[int, int]:
    """Citizens of a line of three desks, and the most memory taken while they are served and sifted [bytes]."""
    desk = {"team": "clerks", "hours": 1}
    stages = {"a": {**desk, "next": {"b": "rest"}}, "b": {**desk, "next": {"c": "rest"}}, "c": desk}
    weeks = {"warm_up": warm_up, "cohort": 1, "follow_up": 1}
    scenario = Scenario.from_data("desks", plain(stages, {"clerks": {"posts": 1}}, weeks))
    citizens, model = population(scenario, 0), compiled(scenario, "p")
    tracemalloc.start()
    sifted(scenario, "p", citizens, batches(model, citizens))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return len(citizens), peak


def plain(stages: dict[str, Any], teams: dict[str, Any], weeks: dict[str, int]) -> dict[str, Any]:
    """A network with few enough citizens for its post."""
    pathway = {"starts_at": "a", "teams": teams, "stages": stages}
    return {
        "title": "Desks", "compare": ["p"], "arrivals": {"per_day": 5}, "run": {"weeks": weeks},
        "pathways": {"p": pathway},
    }  # fmt: skip


def test_each_visit_is_looked_at_a_few_times_however_long_the_line_grows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everyone is dealt with at a first desk and then waits for good, so that no visit may be let go."""
    monkeypatch.setattr(building, "BUFFER_ROWS", SMALLEST_BUFFER)
    monkeypatch.setattr(sieve, "FEWEST_HELD", SMALLEST_BUFFER)
    looked: list[int] = []
    honest = sieve._Sieve._is_wanted

    def counting(self: Any, rows: Any, citizen: Any, approach: Any) -> Any:
        looked.append(rows.size + citizen.size)
        return honest(self, rows, citizen, approach)

    monkeypatch.setattr(sieve._Sieve, "_is_wanted", counting)
    stages = {"a": {"team": "clerks", "hours": 1, "next": {"b": "rest"}}, "b": {"team": "nobody", "hours": 1}}
    weeks = {"warm_up": 100, "cohort": 1, "follow_up": 1}
    scenario = Scenario.from_data("grows", plain(stages, {"clerks": {"posts": 1}, "nobody": {"posts": 0}}, weeks))
    citizens = population(scenario, 0)
    made = sifted(scenario, "p", citizens, batches(compiled(scenario, "p"), citizens))
    assert len(made.visits) > 1.9 * len(citizens) > 6000
    assert sum(looked) < 4 * len(made.visits)
