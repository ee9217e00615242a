"""Replications are the same on any number of workers and in any order, and identical pathways differ by exactly 0."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest

from sim.engine.population import population
from sim.experiments import workers
from sim.experiments.arms import plan
from sim.experiments.comparison import Comparison
from sim.experiments.estimates import Key
from sim.experiments.experiment import Options, Stage, Watcher, run
from sim.experiments.replications import OWN_LUCK_REPLICATIONS, Replication, replicate
from sim.measures.definitions import DEFINITIONS
from tests.experiments.worlds import twins, village


def flat(value: Any) -> list[Any]:
    """Everything a replication holds, in one list, arrays as bytes."""
    if isinstance(value, np.ndarray):
        return [value.tobytes()]
    if isinstance(value, (tuple, list)):
        return [one for item in value for one in flat(item)]
    return [value]


def same(one: Replication, other: Replication) -> bool:
    return flat(one._replace(examples=())) == flat(other._replace(examples=()))


def quiet(_: int) -> None:
    pass


def test_two_workers_give_what_one_gives() -> None:
    agreed = plan(village())
    alone = workers.replications(agreed, range(3), 1, quiet)
    together = workers.replications(agreed, range(3), 2, quiet)
    assert [one.number for one in together] == [0, 1, 2]
    assert all(same(one, other) for one, other in zip(alone, together, strict=True))
    assert not same(alone[0], alone[1])


def test_order_does_not_matter() -> None:
    agreed = plan(village())
    forwards = [replicate(agreed, number) for number in (1, 2)]
    backwards = [replicate(agreed, number) for number in (2, 1)]
    assert same(forwards[0], backwards[1])
    assert same(forwards[1], backwards[0])


def test_any_executor_will_do() -> None:
    agreed = plan(village())
    with ThreadPoolExecutor(1, initializer=workers.know, initargs=(agreed,)) as pool:
        found = workers.on_executor(pool, [1], quiet)
    assert same(found[0], replicate(agreed, 1))


@pytest.mark.parametrize("method", ["spawn", None])
def test_processes_give_the_same_with_the_reference_engine(method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    agreed = plan(village(), engine="reference")
    alone = workers.replications(agreed, range(1, 3), 1, quiet)
    monkeypatch.setattr(workers, "START_METHOD", method)
    spawned = workers.replications(agreed, range(1, 3), 2, quiet)
    assert all(same(one, other) for one, other in zip(alone, spawned, strict=True))


def test_seed_0_is_a_seed_and_another_than_1() -> None:
    zero, one = (village(run__seed=seed) for seed in (0, 1))
    assert not np.array_equal(population(zero, 0).arrival[:5], population(one, 0).arrival[:5])
    assert np.array_equal(population(zero, 0).arrival, population(village(run__seed=0), 0).arrival)


def test_identical_pathways_differ_by_exactly_0_in_every_measure() -> None:
    result = run(twins(), Options(replications=2, workers=1)).comparison
    rows = result.differences[result.differences["against"] == "outsourced"]
    rows = rows[rows["measure"].map(lambda name: DEFINITIONS[name].per) != "pair"]
    rows = rows[rows["measure"] != "cost_per_day_in_need_avoided"]
    assert len(rows) > 300
    assert (rows["mean"] == 0).all()
    assert (rows[["low", "high"]].dropna() == 0).all(axis=None)


def test_on_common_luck_identical_pathways_help_everybody_at_the_same_time_and_on_own_luck_they_do_not() -> None:
    estimates = run(twins(), Options(replications=2, workers=1)).comparison
    pairs = estimates.differences.set_index("measure")["mean"]
    assert pairs["helped_same"] == 1
    assert pairs["helped_sooner"] == pairs["helped_later"] == 0
    assert pairs["helped_sooner_own_luck"] > 0.01
    assert pairs["helped_later_own_luck"] > 0.01


def test_own_luck_is_run_in_the_first_replications_only() -> None:
    agreed = plan(twins())
    assert np.isfinite(replicate(agreed, OWN_LUCK_REPLICATIONS - 1).pairs[1, 1]).all()
    assert np.isnan(replicate(agreed, OWN_LUCK_REPLICATIONS).pairs[1, 1]).all()


def test_a_watcher_is_told_of_every_replication() -> None:
    told: list[tuple[str, int | None]] = []

    class Clerk(Watcher):
        def begin(self, replications: int | None, stage: Stage) -> None:
            told.append((f"begin {stage}", replications))

        def done(self, replications: int) -> None:
            told.append(("done", replications))

    run(twins(), Options(replications=2, workers=1, check_warm_up=False), Clerk())
    rest = [("begin first", 2), *[("done", 1)] * 2, ("begin demand", 8), *[("done", 1)] * 8]
    assert told == rest
    told.clear()
    run(twins(), Options(replications=2, workers=1), Clerk())
    assert told == [("begin warm_up", 10), *[("done", 1)] * 10, *rest]


def test_what_a_worker_sends_home_is_small_and_holds_no_visits() -> None:
    """Under 200 kB for each arm (the first replication also brings examples)."""
    import pickle

    found = replicate(plan(village()), 1)
    assert not found.examples
    assert all(len(pickle.dumps(reduction)) < 200_000 for reduction in found.reductions)
    assert sys.getsizeof(found.pairs) < 1000


def test_comparison_of_first_replications_agrees_with_their_own_values() -> None:
    agreed = plan(village())
    found = [replicate(agreed, number) for number in range(2)]
    together = Comparison(agreed, tuple(found)).estimates[0][Key("days_to_help")]
    apart = [Comparison(agreed, (one,)).estimates[0][Key("days_to_help")].point for one in found]
    assert together.values.tolist() == pytest.approx(apart)
    assert together.point == pytest.approx(sum(apart) / 2)


@pytest.mark.parametrize("count", [1, 2])
def test_a_crew_does_tasks_of_any_kind_in_their_order(count: int) -> None:
    done: list[int] = []
    with workers.crew(count, done.append) as hands:
        assert hands.each(abs, [-3, 2, -1]) == [3, 2, 1]
        assert hands.each(len, ["two", ""]) == [3, 0]
    assert done == [1] * 5


def test_a_task_that_fails_is_heard_of() -> None:
    with workers.crew(2, lambda _: None) as hands, pytest.raises(TypeError):
        hands.each(len, [1])  # type: ignore[arg-type]
