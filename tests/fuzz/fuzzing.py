"""One spoilt file after another: what was asked of the program, and what came of it."""

from __future__ import annotations

import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from sim.errors import MOST_FAULTS, ScenarioError
from sim.experiments.agreement import agreements
from sim.scenario.reading import shipped_folder
from sim.scenario.scenario import Scenario, load
from tests.fuzz.mutations import MUTATIONS
from tests.scenario.test_reading import LINE

VILLAGE = Path(__file__).resolve().parents[1] / "scenarios" / "village.toml"
LARGEST_SHARE = 0.02
"""How often a scenario of the library is spoilt: these take a hundred times as long to read as the small ones."""

MOST_SECONDS = 2.0
"""The processor time in which any file is answered."""

TINY = {"run.weeks": {"warm_up": 0, "cohort": 1, "follow_up": 1}}
MOST_A_DAY = 200.0


@dataclass
class Tally:
    """What came of all inputs: how many by mutation and answer, the failures, and the longest time [seconds]."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    failures: list[tuple[int, str, str]] = field(default_factory=list)
    longest: float = 0.0
    agreed: int = 0


def fuzzed(inputs: int, seed: int, *, engines: float = 0.0) -> Tally:
    """Read so many spoilt files; of those that are sound run the share `engines` on both engines, in tiny windows.

    Input number n is the same whatever the number of inputs: `spoilt(seed, n)`.
    """
    tally = Tally()
    with TemporaryDirectory() as folder:
        file = Path(folder) / "spoilt.toml"
        for number in range(inputs):
            kind, data = spoilt(seed, number)
            file.write_bytes(data)
            begun = time.process_time()
            answer, scenario, problem = read(file)
            took = time.process_time() - begun
            tally.longest = max(tally.longest, took)
            if took > MOST_SECONDS:
                problem = problem or f"took {took:.1f} seconds"
            if scenario is not None and Random(f"{seed} {number} engines").random() < engines:
                ran, differs = _run(scenario)
                tally.agreed += ran
                problem = problem or differs
            tally.counts[kind, "failure" if problem else answer] += 1
            if problem:
                tally.failures.append((number, kind, problem))
    return tally


def spoilt(seed: int, number: int) -> tuple[str, bytes]:
    """Which mutation input `number` has, and its bytes."""
    luck = Random(f"{seed} {number}")
    kind = luck.choice(sorted(MUTATIONS))
    large = luck.random() < LARGEST_SHARE
    text = luck.choice(_library()) if large else luck.choice((LINE, VILLAGE.read_text(encoding="utf-8")))
    new = MUTATIONS[kind](text, luck)
    return kind, new if isinstance(new, bytes) else new.encode(errors="surrogatepass")


def _library() -> list[str]:
    return [file.read_text(encoding="utf-8") for file in sorted(shipped_folder().glob("*.toml"))]


def read(file: Path) -> tuple[str, Scenario | None, str]:
    """`valid` or `refused`, the scenario, and what is wrong with the answer."""
    try:
        return "valid", load(file), ""
    except ScenarioError as error:
        return "refused", None, next(_unclear(str(error)), "")
    except Exception:  # any other is what is looked for
        return "failure", None, traceback.format_exc(limit=-3)


def _unclear(message: str) -> Iterator[str]:
    lines = message.splitlines()
    if not lines or len(lines) > MOST_FAULTS + 1:
        yield f"{len(lines)} lines"
    for line in lines:
        if not line.isprintable() or len(line) > 2_000 or not line.startswith("spoilt.toml: "):
            yield f"unclear: {line[:200]!r}"


def _run(scenario: Scenario) -> tuple[bool, str]:
    """Whether it was small enough to be run, and how the engines differ."""
    small = None
    with suppress(ScenarioError):
        small = scenario.with_values(TINY)
    people = small.waiting_at_start.people if small is not None and small.waiting_at_start else 0
    if small is None or sum(small.arrivals_a_day.values()) > MOST_A_DAY or people > MOST_A_DAY:
        return False, ""
    try:
        differing = [one for one in agreements(small, 1) if one.different]
    except Exception:
        return True, traceback.format_exc(limit=-3)
    return True, f"engines differ: {differing[0]}"[:500] if differing else ""
