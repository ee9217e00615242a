"""Measure the engines' speed and write it into `benchmarks/README.md`: `python -m benchmarks.run`.

Where the means of two engines disagree the comparison is void: the program says DISAGREES and ends with 1. With --quick
or --only nothing is written.
"""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from benchmarks import anytown, engines, growth, machine, ours, rounds, start_up, tables, threads, whole_run
from benchmarks.measured import Measured
from benchmarks.work import Workload

README = Path(__file__).parent / "README.md"
BEGINS, ENDS = "<!-- measured: begins -->", "<!-- measured: ends -->"
AGAINST = rounds.Against(engines.SIMPY, engines.TUNED, engines.GENERIC, engines.SIMMER)


class Sizes(NamedTuple):
    """How much of everything."""

    quick: bool
    citizens: int
    rounds: int
    lengths: tuple[int, ...]
    lines: tuple[int, ...]
    threads: tuple[int, int]
    """Replications, and citizens of each."""
    replications: int


FULL = Sizes(
    quick=False,
    citizens=10_000,
    rounds=7,
    lengths=(10_000, 100_000, 1_000_000),
    lines=(1_000, 10_000, 100_000),
    threads=(8, 100_000),
    replications=30,
)
QUICK = Sizes(
    quick=True,
    citizens=1_000,
    rounds=3,
    lengths=(1_000, 10_000),
    lines=(100, 1_000),
    threads=(4, 10_000),
    replications=2,
)
Part = Callable[[Measured, Sizes], Measured]


def main(words: list[str] | None = None) -> int:
    """Measure, print, and write; 0, or 1 if the engines' means disagree."""
    options = _options(words)
    sizes = QUICK if options.quick else FULL
    sizes = sizes._replace(citizens=options.citizens or sizes.citizens, rounds=options.rounds or sizes.rounds)
    measured = Measured(f"{datetime.now(UTC):%Y-%m-%d}", machine.described())
    for name in options.only or PARTS:
        began = perf_counter()
        measured = PARTS[name](measured, sizes)
        print(f"{name}: {perf_counter() - began:.0f} s", file=sys.stderr)
    text = tables.written(measured)
    print(text)
    if not (options.only or options.quick) and measured.agrees:
        README.write_text(between_marks(README.read_text(encoding="utf-8"), text), encoding="utf-8")
    return 0 if measured.agrees else 1


def between_marks(page: str, text: str) -> str:
    """The page with what stands between its marks replaced; all else stays."""
    before, _, rest = page.partition(BEGINS)
    _, _, after = rest.partition(ENDS)
    return f"{before}{BEGINS}\n\n{text}\n{ENDS}{after}"


def _options(words: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    parser.add_argument("--citizens", type=int, help="citizens of a middling engine in a run (10,000)")
    parser.add_argument("--rounds", type=int, help="rounds, each engine once in each (7)")
    parser.add_argument("--only", nargs="+", choices=PARTS, metavar="PART", help=f"only these: {', '.join(PARTS)}")
    parser.add_argument("--quick", action="store_true", help="a smoke run: small sizes, numbers of no use")
    return parser.parse_args(words)


# -- the parts, each adding what it finds ----------------------------------------------------------------------------


def _workload(workload: Workload) -> Part:
    def part(measured: Measured, sizes: Sizes) -> Measured:
        there, absent = engines.found()
        gc.freeze()  # what has been imported is no engine's garbage
        found = rounds.compare(
            workload,
            there,
            AGAINST,
            citizens=sizes.citizens,
            rounds=sizes.rounds,
            yardstick=ours.compiled_means(workload),
        )
        return replace(measured, comparisons=(*measured.comparisons, found), absent=tuple(absent))

    return part


def _anytown(measured: Measured, sizes: Sizes) -> Measured:
    return replace(measured, anytown=anytown.beside(anytown.town(quick=sizes.quick, short=True)))


def _growth(measured: Measured, sizes: Sizes) -> Measured:
    ours.engines()
    return replace(
        measured, by_length=tuple(growth.by_length(sizes.lengths)), by_line=tuple(growth.by_line(sizes.lines))
    )


def _start_up(measured: Measured, _: Sizes) -> Measured:
    return replace(measured, start_up=start_up.measured())


def _threads(measured: Measured, sizes: Sizes) -> Measured:
    return replace(measured, threads=threads.measured(*sizes.threads))


def _whole_run(measured: Measured, sizes: Sizes) -> Measured:
    return replace(measured, whole_run=whole_run.measured(sizes.replications, quick=sizes.quick))


PARTS: dict[str, Part] = {
    "w1": _workload("line"),
    "w2": _workload("referral"),
    "w3": _anytown,
    "growth": _growth,
    "start-up": _start_up,
    "threads": _threads,
    "whole-run": _whole_run,
}

if __name__ == "__main__":
    sys.exit(main())
