"""Queueing networks as files of some thirty lines: what they give beside what theory says of them.

`python -m tests.theory.test_files` prints both. Tolerance: 4 standard errors, three seeds; a wrong model fails.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
import pytest

from sim.engine.population import Population
from sim.engine.tables import OUTCOMES, Tables, Visits
from sim.measures.capacity import open_days
from sim.scenario.scenario import Scenario, load
from tests.scenario.files import FOLDER

from .formulas import jackson
from .loss_and_priority import mmc_next_end, priority_waits
from .observing import Floats, Observe, apart, disagreeing, in_cohort, observed
from .retrials import one_line, retrials

Expected = Mapping[str, float]
seeds = pytest.mark.parametrize("seed", [0, 1, 2])
MINUTES_A_DAY = 24 * 60


class Example(NamedTuple):
    """A file, what is observed of it, what theory expects, a change that makes it wrong, and a run that shows it."""

    file: str
    observe: Observe
    expected: Callable[[], Expected]
    wrong: Mapping[str, Any]
    weeks: Mapping[str, int]


def weeks(warm_up: int, cohort: int) -> Mapping[str, int]:
    return {"warm_up": warm_up, "cohort": cohort, "follow_up": 1}


def number(visits: Visits, stage: int, low: float, high: float) -> float:
    """Mean number at a stage from `low` to `high`."""
    here = visits.stage == stage
    ended = np.nan_to_num(visits.ended[here], nan=high)
    return float((np.clip(ended, low, high) - np.clip(visits.joined[here], low, high)).sum() / (high - low))


def numbers(scenario: Scenario, _: Population, tables: Tables) -> dict[str, float]:
    """Mean number at each stage."""
    run = scenario.run.weeks
    (pathway,) = scenario.pathways.values()
    window = (run.cohort_from, run.cohort_to)
    return {f"people at {name}": number(tables.visits, at, *window) for at, name in enumerate(pathway.stages)}


def jackson_expected() -> Expected:
    """Product form (Jackson 1957): 30 a day; a has 2 posts of an hour, b 1 of 45 minutes, c 2 of 1.2 hours."""
    nodes = jackson([30, 0, 0], [[0, 0.6, 0.4], [0, 0, 0.5], [0.2, 0, 0]], [1 / 24, 0.75 / 24, 1.2 / 24], [2, 1, 2])
    return {f"people at {name}": node.mean_present for name, node in zip("abc", nodes, strict=True)}


def open_waits(scenario: Scenario, people: Population, tables: Tables) -> dict[str, float]:
    """Mean wait of each class [open minutes]."""
    visits, team = tables.visits, scenario.pathways["clinic"].teams["doctors"]
    here = in_cohort(scenario, visits)
    waited = open_days(team, visits.started[here]) - open_days(team, visits.joined[here])
    group = people.group[visits.citizen[here]]
    means = {name: waited[group == at].mean() for at, name in enumerate(scenario.groups)}
    return {f"minutes {name} patients wait": float(mean) * MINUTES_A_DAY for name, mean in means.items()}


def clinic_expected() -> Expected:
    """Cobham (1954): in open time 76.8 a day of 24 hours come to 2 doctors, half an hour each."""
    a_day = 160 / 50 * 24
    work = 0.5 / 24
    loads = [a_day * share * work / 2 for share in (0.3, 0.7)]
    waits = priority_waits(loads, mmc_next_end(a_day, work, 2))
    return {
        f"minutes {name} patients wait": wait * MINUTES_A_DAY
        for name, wait in zip(("urgent", "routine"), waits, strict=True)
    }


def calling(scenario: Scenario, _: Population, tables: Tables) -> dict[str, float]:
    """Mean lines in use, mean number who will try again, share of calls that find all lines in use."""
    visits, run = tables.visits, scenario.run.weeks
    stages = list(scenario.pathways["centre"].stages)
    calls = in_cohort(scenario, visits) & (visits.stage == stages.index("call"))
    window = (run.cohort_from, run.cohort_to)
    return {
        "lines in use": number(visits, stages.index("call"), *window),
        "people who will try again": number(visits, stages.index("tries_again"), *window),
        "share of calls engaged": float((visits.outcome[calls] == OUTCOMES.index("full")).mean()),
    }


def centre_expected() -> Expected:
    found = retrials(480, 8 / MINUTES_A_DAY, 3, 10 / MINUTES_A_DAY, 0.8)
    return {
        "lines in use": found.busy,
        "people who will try again": found.trying,
        "share of calls engaged": found.engaged,
    }


EXAMPLES = {
    example.file: example
    for example in (
        Example("jackson", numbers, jackson_expected, {"pathways.network.stages.c.next.a": 0.35}, weeks(2, 13)),
        Example(
            "clinic", open_waits, clinic_expected, {"pathways.clinic.stages.doctor.order": "first come"}, weeks(2, 26)
        ),
        Example(
            "call_centre",
            calling,
            centre_expected,
            {"pathways.centre.stages.engaged.next.tries_again": 0.6},
            weeks(1, 1),
        ),
    )
}
all_files = pytest.mark.parametrize("file", EXAMPLES)


def found(file: str, seed: int, values: Mapping[str, Any] | None = None) -> dict[str, Floats]:
    scenario = load(FOLDER / f"{file}.toml").with_values({"run.weeks": EXAMPLES[file].weeks, **(values or {})})
    (pathway,) = scenario.pathways
    return observed(scenario, EXAMPLES[file].observe, seed=seed, pathway=pathway, number=20)


@seeds
@all_files
def test_a_file_gives_what_theory_says(file: str, seed: int) -> None:
    assert not disagreeing(found(file, seed), EXAMPLES[file].expected())


@seeds
@all_files
def test_a_file_with_a_slip_is_found_out(file: str, seed: int) -> None:
    assert disagreeing(found(file, seed, EXAMPLES[file].wrong), EXAMPLES[file].expected())


@all_files
def test_a_file_is_short(file: str) -> None:
    lines = (FOLDER / f"{file}.toml").read_text(encoding="utf-8").splitlines()
    assert len([line for line in lines if line.strip() and not line.startswith("#")]) <= 30


def test_the_chain_of_retrials_meets_its_closed_form() -> None:
    solved, closed = retrials(9, 1 / 12, 1, 1 / 20, 1.0, most=400), one_line(9, 1 / 12, 1 / 20)
    assert (solved.busy, solved.trying) == pytest.approx((closed.busy, closed.trying), rel=1e-9)


def report() -> Iterator[str]:
    """Theory and simulation side by side, line by line."""
    for file, example in EXAMPLES.items():
        seen = found(file, 0)
        for name, value in example.expected().items():
            mean, off = seen[name].mean(), apart(seen[name], value)
            yield f"{file:12} {name:30} theory {value:8.4f}, simulated {mean:8.4f}: {off:.1f} standard errors apart"


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in report())
