"""How much memory a citizen takes: the peak of a process at two sizes of one area, and their difference a citizen.

`python -m benchmarks.memory` prints it for some scenarios, beside what `sim.experiments.room` reckons with. The area's
posts grow with it, so that its queues stay as they are. A short warm-up tells what a citizen takes whose visits are all
kept from what one takes whose are not.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

from sim.engine.engines import prepare
from sim.engine.population import population
from sim.experiments.arms import plan
from sim.experiments.replications import OWN_LUCK_REPLICATIONS, replicate
from sim.experiments.room import room_for
from sim.scenario.scaling import with_arrivals
from sim.scenario.scenario import Scenario, load

ROOT = Path(__file__).resolve().parents[1]
SCENARIOS = ("anytown", "disability_assessment", "childrens_mental_health", "multiple_needs")
SIZES = (4.0, 16.0)
SHORT = "short"
KILOBYTE = 1 if sys.platform == "darwin" else 1_024
"""What a peak is counted in."""


def grown(name: str, factor: float, *, is_short: bool) -> Scenario:
    """A scenario with so many times the citizens and the posts."""
    scenario = with_arrivals(load(name).with_values({"bases": ["as_specified"]}), factor)
    posts = {
        f"pathways.{pathway}.teams.{name}.posts": team.posts * factor
        for pathway, given in scenario.pathways.items()
        for name, team in given.teams.items()
        if team.rota is None and not team.is_unlimited and team.posts
    }
    weeks = {"run.weeks": {**scenario.run.weeks.model_dump(), "warm_up": 8}} if is_short else {}
    return scenario.with_values({**posts, **weeks})


def peak(scenario: Scenario) -> tuple[int, int]:
    """Citizens of one replication, and the peak of this process once it has run [bytes]."""
    prepare()
    replicate(plan(scenario), OWN_LUCK_REPLICATIONS)
    citizens = len(population(scenario, OWN_LUCK_REPLICATIONS))
    return citizens, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KILOBYTE


def _in_a_process(*words: str) -> tuple[int, int]:
    command = [sys.executable, "-m", "benchmarks.memory", *words]
    said = subprocess.run(command, cwd=ROOT, env=os.environ, check=True, capture_output=True, text=True).stdout.split()
    return int(said[0]), int(said[1])


def main(words: list[str]) -> None:
    """Print a table; or, told a scenario and a size, what that one takes."""
    if words:
        print(*peak(grown(words[0], float(words[1]), is_short=SHORT in words)))
        return
    print("| scenario | warm-up | measured bytes a citizen | reckoned |\n|---|---|--:|--:|")
    for name in SCENARIOS:
        for length in ("own", SHORT):
            small, large = (_in_a_process(name, str(size), length) for size in SIZES)
            measured = (large[1] - small[1]) / (large[0] - small[0])
            room = room_for(grown(name, SIZES[1], is_short=length == SHORT), 1)
            print(f"| `{name}` | {length} | {measured:,.0f} | {room.of_one / room.citizens:,.0f} |")


if __name__ == "__main__":
    main(sys.argv[1:])
