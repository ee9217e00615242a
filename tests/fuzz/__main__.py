"""Spoil scenario files and read them: `python -m tests.fuzz --inputs 1000000 --seed 1`."""

from __future__ import annotations

import argparse
import secrets
import sys
import time
from concurrent.futures import ProcessPoolExecutor

from tests.fuzz.fuzzing import Tally, fuzzed, spoilt

AT_ONCE = 1_000


def _part(seed: int, inputs: int, engines: float) -> Tally:
    return fuzzed(inputs, seed, engines=engines)


def main() -> int:
    """Fuzz, tell how far it has come, and print the counts; 1 if anything failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=10_000, help="how many files to spoil")
    parser.add_argument("--seed", type=int, default=None, help="left out: another each time, and printed")
    parser.add_argument("--workers", type=int, default=1, help="processes at once")
    parser.add_argument("--minutes", type=float, default=None, help="stop after so long")
    parser.add_argument("--engines", type=float, default=0.0, help="share of the sound files run on both engines")
    parser.add_argument("--show", type=int, default=None, metavar="N", help="print input N of the seed, and no more")
    given = parser.parse_args()
    seed = secrets.randbelow(2**31) if given.seed is None else given.seed
    if given.show is not None:
        sys.stdout.buffer.write(spoilt(seed, given.show)[1])
        return 0
    print(f"seed {seed}: its parts of {AT_ONCE} inputs have the seeds {seed}, {seed + 1}, ...", flush=True)
    whole, begun, done = Tally(), time.monotonic(), 0
    sizes = [min(AT_ONCE, given.inputs - start) for start in range(0, given.inputs, AT_ONCE)]
    with ProcessPoolExecutor(given.workers) as pool:
        for first in range(0, len(sizes), given.workers):
            batch = sizes[first : first + given.workers]
            seeds = range(seed + first, seed + first + len(batch))
            for one, size, tally in zip(
                seeds, batch, pool.map(_part, seeds, batch, [given.engines] * len(batch)), strict=True
            ):
                _add(whole, tally, one)
                done += size
            if given.minutes and time.monotonic() - begun > 60 * given.minutes:
                break
    _tell(whole, done, time.monotonic() - begun)
    return 1 if whole.failures else 0


def _add(whole: Tally, part: Tally, seed: int) -> None:
    whole.counts += part.counts
    whole.longest = max(whole.longest, part.longest)
    whole.agreed += part.agreed
    whole.failures += part.failures
    for number, kind, problem in part.failures:
        print(f"--- seed {seed}, input {number} ({kind})\n{problem}", flush=True)


def _tell(tally: Tally, inputs: int, seconds: float) -> None:
    print(f"{inputs:,} inputs in {seconds:,.0f} seconds: {inputs / seconds:,.0f} a second")
    for (kind, answer), count in sorted(tally.counts.items()):
        print(f"{kind:6} {answer:8} {count:9,}")
    print(f"longest {tally.longest:.2f} seconds; {tally.agreed:,} run on both engines; {len(tally.failures)} failures")


if __name__ == "__main__":
    sys.exit(main())
