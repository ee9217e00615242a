"""The benchmark's page: the same measurements give the same text, and only what stands between the marks changes."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from benchmarks import tables
from benchmarks.anytown import Beside, Part
from benchmarks.engines import GENERIC, SIMPY, TUNED, Absent
from benchmarks.growth import Growth
from benchmarks.measured import Measured
from benchmarks.ours import COMPILED
from benchmarks.rounds import Comparison, Verdict, rows_of
from benchmarks.run import AGAINST, BEGINS, ENDS, README, between_marks
from benchmarks.start_up import Start, StartUp
from benchmarks.targets import targets
from benchmarks.threads import Threads
from benchmarks.whole_run import Share, WholeRun
from benchmarks.work import Cpu, Outcome

SIZES = {COMPILED: 1_000, TUNED: 1_000, GENERIC: 1_000, SIMPY: 100}


def outcome(user: float) -> Outcome:
    return Outcome(Cpu(user, user / 4), {})


ROUNDS = [
    {COMPILED: outcome(0.002), TUNED: outcome(0.001), GENERIC: outcome(0.002), SIMPY: outcome(0.03)},
    {COMPILED: outcome(0.004), TUNED: outcome(0.002), GENERIC: outcome(0.004), SIMPY: outcome(0.06)},
    {COMPILED: outcome(0.020), TUNED: outcome(0.010), GENERIC: outcome(0.016), SIMPY: outcome(0.20)},
]
COMPARISON = Comparison(
    "referral",
    rounds=3,
    rows=tuple(rows_of(SIZES, ROUNDS, AGAINST)),
    verdicts=tuple(Verdict(name, "helped", 0.54, 0.53, 1.0) for name in SIZES),
)
PARTS = (Part("population", Cpu(0.01, 0.0)), Part("engine: local", Cpu(0.1, 0.0), visits=1_234))
SLOWER = (Part("population", Cpu(0.01, 0.0)), Part("engine: local", Cpu(7.0, 0.0), visits=1_234))
WHOLE = Measured(
    "2026-01-31",
    "A processor, 2 cores",
    (COMPARISON,),
    (Absent("R simmer", "R is not here"),),
    Beside(104, PARTS, SLOWER),
    (Growth("W1, a line", (10, 100), (Cpu(1.0, 0.0), Cpu(1.0, 0.25))),),
    (Growth(COMPILED, (10, 100), (Cpu(1.0, 0.0), Cpu(2.0, 0.25))),),
    StartUp(Start(30.0, 28.0), Start(1.4, 1.2), Start(1.1, 1.0)),
    Threads(8, 1_000, one=2.0, two=1.0, ratio=2.0),
    WholeRun(30, 2, 60.0, 90.0, (Share("replications", 15.0), Share("tables and report", 5.0)), 512.0),
)


def test_ratios_are_taken_within_a_round_and_a_millions_worth_of_seconds_is_given() -> None:
    row = COMPARISON.row(COMPILED)
    assert row is not None
    assert (row.user, row.system) == (4.0, 1.0)
    assert row.as_fast_as_simpy == pytest.approx(150)
    assert row.times_tuned == pytest.approx(2.0)
    assert row.times_generic == pytest.approx(1.0)
    assert math.isnan(row.as_fast_as_simmer)


def test_targets_are_met_or_not_or_were_not_measured() -> None:
    assert [(each.what, each.verdict) for each in targets(WHOLE)] == [
        ("W2, as fast as SimPy as people write it", "met"),
        ("W2, as fast as R simmer", "not measured"),
        ("W2, the time of C by hand", "met"),
        ("W2, the time of C for any pathway", "met"),
        ("W3, as fast as our reference engine", "met"),
        ("W3, the same of the engine alone", "met"),
        ("First start on a machine, which compiles", "NOT MET"),
        ("Later starts, imports included", "met"),
        ("W1, a line: dearest citizen over cheapest", "met"),
        ("Giving up from one line: dearest citizen over cheapest", "NOT MET"),
        ("Two threads, as fast as one", "met"),
    ]


def test_the_same_measurements_give_the_same_page() -> None:
    text = tables.written(WHOLE)
    assert text == tables.written(replace(WHOLE))
    assert text.startswith("Measured on 2026-01-31. A processor, 2 cores.\n")
    assert f"| {COMPILED} | 1,000 | 4.00 | 1.00 | 150 | 2.00 | 1.00 |" in text
    assert f"| {SIMPY} | 100 | 600 | 150 | 1.00 | 300 | 150 |" in text
    assert "Not run: R simmer; R is not here." in text
    assert "| W1, a line | 1.00 + 0 | 1.00 + 0.250 | 1.25 |" in text
    assert "| engine: local | 1,234 | 0.100 | 0 | 7.00 | 70.0 |" in text
    assert "nan" not in text


def test_every_row_has_as_many_cells_as_its_head() -> None:
    for block in tables.written(WHOLE).split("\n\n"):
        if block.startswith("|"):
            assert len({line.count("|") for line in block.splitlines()}) == 1, block


def test_what_was_left_out_is_left_out() -> None:
    text = tables.written(Measured("2026-01-31", "A processor"))
    assert [line for line in text.splitlines() if line.startswith("## ")] == ["## What is to be reached"]


def test_a_disagreement_voids_all() -> None:
    other = replace(COMPARISON, verdicts=(*COMPARISON.verdicts, Verdict(SIMPY, "helped", 0.6, 0.53, 9.0)))
    assert WHOLE.agrees
    assert not replace(WHOLE, comparisons=(other,)).agrees
    assert f"| W2 | {SIMPY} | DISAGREES | `helped` | 0.600 | 0.530 | 9.0 |" in tables.written(
        replace(WHOLE, comparisons=(other,))
    )


def test_only_what_stands_between_the_marks_is_written_anew() -> None:
    page = f"# Title\n\nBy hand.\n\n{BEGINS}\nold\n{ENDS}\n\nBy hand too.\n"
    once = between_marks(page, "new\n")
    assert once == f"# Title\n\nBy hand.\n\n{BEGINS}\n\nnew\n\n{ENDS}\n\nBy hand too.\n"
    assert between_marks(once, "new\n") == once


def test_the_page_has_its_marks_once() -> None:
    page = README.read_text(encoding="utf-8")
    assert page.count(BEGINS) == page.count(ENDS) == 1
    assert page.index(BEGINS) < page.index(ENDS)
    assert str(README.parents[1]) not in page
