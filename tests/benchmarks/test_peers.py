"""All engines of the benchmark do the same work; those that are not there are left out with a word."""

from __future__ import annotations

import math
import shutil
import statistics

import pytest

from benchmarks import engines, ours, rounds
from benchmarks.peers import with_simmer
from benchmarks.peers.installed import imported
from benchmarks.run import AGAINST
from benchmarks.work import MEANS, Cpu, Engine, Means, MissingError, Outcome, Workload

from ..theory.formulas import erlang_c

RUNS = 8
Found = tuple[list[Engine], list[engines.Absent]]


@pytest.fixture(scope="module")
def found() -> Found:
    return engines.found()


@pytest.mark.parametrize("workload", MEANS)
def test_all_engines_do_the_same_work(workload: Workload, found: Found) -> None:
    there, yardstick = found[0], ours.compiled_means(workload)
    comparison = rounds.compare(workload, there, AGAINST, citizens=200, rounds=3, yardstick=yardstick)
    assert [row.engine for row in comparison.rows] == [engine.name for engine in there]
    assert comparison.agrees, [verdict for verdict in comparison.verdicts if not verdict.agrees]


def test_the_fast_engines_wait_as_long_as_erlang_says(found: Found) -> None:
    """In 200,000 citizens the empty beginning, of some hundreds, no longer counts beside chance."""
    delayed = erlang_c(5, 4.5)
    theory = {"waited": delayed, "mean_wait_days": delayed / (30 - 27)}
    fast = [engine for engine in found[0] if engine.pace > 1]
    assert fast
    for engine in fast:
        means = [engine.runs["line"](200_000, seed).means for seed in range(RUNS)]
        for measure, expected in theory.items():
            values = [each[measure] for each in means]
            error = statistics.stdev(values) / math.sqrt(RUNS)
            assert abs(statistics.fmean(values) - expected) < 4 * error, (engine.name, measure)


def test_every_peer_is_there_or_is_said_not_to_be(found: Found) -> None:
    there, absent = found
    named = [engine.name for engine in there] + [each.name for each in absent]
    assert sorted(named) == sorted([ours.COMPILED, ours.REFERENCE, *(name for name, _ in engines.PEERS)])
    assert all(each.why for each in absent)


def test_a_peer_that_is_missing_is_left_out_with_a_word() -> None:
    def engine() -> Engine:
        imported("a_simulator_that_nobody_wrote")
        raise AssertionError

    there, absent = engines.peers_among((("Nobody's", engine),))
    assert there == []
    assert absent == [
        engines.Absent("Nobody's", "a_simulator_that_nobody_wrote is not installed (it comes with the extra `bench`)")
    ]


def test_simmer_is_missing_where_there_is_no_r(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(MissingError, match="Rscript"):
        with_simmer.engine()


def test_a_program_that_does_other_work_is_found_out() -> None:
    yardstick: list[Means] = [{"mean_wait_days": 1 + i / 100, "waited": 0.5 + i / 100} for i in range(5)]
    verdicts = rounds.verdicts_on(
        "line", "other", [Outcome(Cpu(1.0, 0.0), {"mean_wait_days": 1.1, "waited": 0.52})], yardstick
    )
    assert [(verdict.measure, verdict.agrees) for verdict in verdicts] == [("mean_wait_days", False), ("waited", True)]
