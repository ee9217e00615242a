"""The parts of the benchmark that measure our own engines run, in small; how long they take does not matter here."""

from __future__ import annotations

from benchmarks import anytown, growth, ours, threads
from benchmarks.work import TITLES


def test_cost_is_measured_by_length_of_run() -> None:
    found = growth.by_length((50, 100))
    assert [each.what for each in found] == list(TITLES.values())
    assert all(each.sizes == (50, 100) and len(each.costs) == 2 and each.spread >= 1 for each in found)


def test_giving_up_is_measured_by_length_of_line() -> None:
    found = growth.by_line((20, 40))
    assert [(each.what, each.sizes) for each in found] == [
        (ours.COMPILED, (20, 40)),
        (ours.REFERENCE, (20, 40)),
        ("SimPy, as people write it", (20,)),
    ]


def test_two_threads_do_what_one_does() -> None:
    found = threads.measured(2, 200)
    assert (found.replications, found.citizens) == (2, 200)
    assert found.ratio > 0


def test_anytown_is_measured_arm_by_arm_on_both_engines() -> None:
    weeks = {"warm_up": 1, "cohort": 1, "follow_up": 4}
    found = anytown.beside(anytown.town(quick=True, short=False).with_values({"run.weeks": weeks}))
    compiled, reference = found.compiled, found.reference
    assert [(part.name, part.visits) for part in compiled] == [(part.name, part.visits) for part in reference]
    assert [part.name for part in compiled if part.is_engine] == [
        "engine: outsourced",
        "engine: local",
        "engine: no_service",
        "engine: local, other posts",
    ]


def test_so_many_citizens_come_and_no_more() -> None:
    for citizens in (2, 7, 1_000):
        people = ours.world_for("referral", citizens).people(seed=1)
        assert len(people) == citizens
