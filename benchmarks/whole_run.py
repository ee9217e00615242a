"""Where the time and the memory of a whole run go: `python -m benchmarks.whole_run [scenario] [--quick]`.

Runs one replication of every arm in this process, writes results and report, and prints the seconds and shares of each
part and the peak memory. A run of N replications on W workers takes about N / W times the replication's seconds.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import TypeVar

from sim.engine.population import population
from sim.experiments.arms import Plan, plan
from sim.experiments.experiment import Options, quickened, run
from sim.experiments.folders import write_results
from sim.experiments.replications import ran
from sim.measures.record import Record
from sim.measures.reductions import reduced
from sim.reporting.report import write_report
from sim.scenario.scenario import Scenario, load

Made = TypeVar("Made")


def timed(make: Callable[[], Made]) -> tuple[Made, float]:
    """What `make` gives, and the seconds it takes."""
    start = perf_counter()
    return make(), perf_counter() - start


def peak_megabytes() -> float:
    """Peak memory of this process [MB]; NaN where the system does not tell."""
    try:
        import resource
    except ImportError:
        return float("nan")
    scale = 1e6 if sys.platform == "darwin" else 1e3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / scale


def arm_rows(agreed: Plan) -> tuple[list[tuple[str, float]], float]:
    """Engine seconds of each arm in replication 1, and the seconds of measuring them all."""
    citizens, seconds = timed(lambda: population(agreed.scenario, 1))
    rows, measuring = [("population", seconds)], 0.0
    for arm in agreed.arms:
        record, seconds = timed(lambda arm=arm: ran(arm, citizens))  # type: ignore[misc]
        assert isinstance(record, Record)
        visits = record.visits.citizen.size
        rows.append((f"engine: {arm.name} ({visits:,} visits)", seconds))
        measuring += timed(lambda record=record: reduced(record))[1]  # type: ignore[misc]
    return rows, measuring


def outputs(scenario: Scenario) -> list[tuple[str, float]]:
    """Seconds of tables and report, from a short run: they do not grow with the windows."""
    experiment = run(quickened(scenario), Options(replications=2, workers=1))
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / scenario.name
        _, tables = timed(lambda: write_results(experiment, folder, command="benchmark"))
        _, report = timed(lambda: write_report(folder))
    return [("results folder", tables), ("report", report)]


def main(words: list[str]) -> None:
    """Print the table."""
    names = [word for word in words if not word.startswith("-")]
    scenario = load(names[0] if names else "anytown")
    whole = quickened(scenario) if "--quick" in words else scenario
    agreed, planning = timed(lambda: plan(whole))
    engine, measuring = arm_rows(agreed)
    rows = [("plan and bases", planning), *engine, ("measures", measuring)]
    total = sum(seconds for _, seconds in rows)
    for name, seconds in rows:
        print(f"{name:<48}{seconds:9.2f} s {seconds / total:7.1%}")
    print(f"{'one replication':<48}{total:9.2f} s")
    print(f"{'peak memory':<48}{peak_megabytes():9.0f} MB")
    for name, seconds in outputs(scenario):
        print(f"{name + ' (once a run)':<48}{seconds:9.2f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
