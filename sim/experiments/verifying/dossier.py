"""The dossier: every test on one scenario, one after another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from time import perf_counter
from typing import Any, NamedTuple

from sim.errors import RequestError, ScenarioError
from sim.experiments.arms import plan
from sim.experiments.experiment import LEAST_REPLICATIONS, quickened
from sim.experiments.folders import scenario_hash
from sim.experiments.replications import replicate
from sim.experiments.room import refuse_without_room
from sim.experiments.verifying.chance import NEIGHBOURHOODS, SEEDS, order_of_neighbourhoods, other_seeds
from sim.experiments.verifying.findings import FAIL, NOT_BUILT, Finding, Verdict
from sim.experiments.verifying.identical import TEST as IDENTICAL
from sim.experiments.verifying.identical import identical
from sim.experiments.verifying.no_demand import TEST as NO_DEMAND
from sim.experiments.verifying.no_demand import no_demand
from sim.experiments.verifying.one_run import (
    CITIZENS,
    LITTLE,
    POSTS,
    POUNDS,
    conserved,
    littles_law,
    paid,
    posts_kept,
)
from sim.experiments.verifying.pressure import FEWER_ARRIVALS, MORE_STAFF, fewer_arrivals, more_staff
from sim.experiments.verifying.prices import TEST as PRICES
from sim.experiments.verifying.prices import doubled
from sim.experiments.verifying.repetition import AGAIN, ORDER, SHORTER, half_the_run, order_of_pathways, same_again
from sim.experiments.verifying.subject import FIRST, REPLICATIONS, Subject, subject_of
from sim.experiments.verifying.theory import TEST as THEORY
from sim.experiments.verifying.theory import theory
from sim.experiments.verifying.warm_up import TEST as WARM_UP
from sim.experiments.verifying.warm_up import longer
from sim.experiments.workers import crew, default_workers
from sim.scenario.scenario import Scenario
from sim.scenario.vocabulary import DAYS_A_WEEK

Work = Callable[[Subject], float]

GROWTH = 1.25
"""Work grows as this power of a run's length, roughly: citizens who come back gather."""


class Trial(NamedTuple):
    """A test of the dossier, and how much work it is: replications of all arms in the short windows."""

    name: str
    run: Callable[[Subject], Finding]
    work: Work


def _times(number: float) -> Work:
    return lambda _: number


def _counted(number: float) -> Work:
    """So many times all replications, in the windows for statistics."""
    return lambda subject: number * subject.replications * _longer(subject, subject.counted)


def _watched(number: float) -> Work:
    """So many times all replications, in the windows in which chance is looked at."""
    return lambda subject: number * subject.replications * _longer(subject, subject.watched)


def _longer(subject: Subject, scenario: Scenario) -> float:
    return _weeks_of_work(subject, scenario.run.weeks.horizon / DAYS_A_WEEK)


def _weeks_of_work(subject: Subject, weeks: float) -> float:
    """Work of a run of so many weeks, as a multiple of a short one."""
    return float((weeks * DAYS_A_WEEK / subject.short.run.weeks.horizon) ** GROWTH)


def _settled(number: float) -> Work:
    return lambda subject: number * subject.settled_runs * _longer(subject, subject.settled)


def _staffed(subject: Subject) -> float:
    """Each team of a pathway takes a run of that pathway; so does the pathway as it stands."""
    runs = sum(1 + len(subject.scenario.pathways[name].teams) for name in subject.compared)
    return _settled(runs / len(subject.arms))(subject)


def _warmed_up(subject: Subject) -> float:
    weeks = subject.scenario.run.weeks
    short = weeks.warm_up + weeks.cohort + weeks.follow_up
    return subject.long_runs * (_weeks_of_work(subject, short) + _weeks_of_work(subject, short + weeks.warm_up))


TESTS = (
    Trial(IDENTICAL, identical, _times(3)),
    Trial(CITIZENS, conserved, lambda subject: 1.5 * _longer(subject, subject.scenario)),
    Trial(POUNDS, paid, _times(0)),
    Trial(LITTLE, littles_law, _times(0)),
    Trial(POSTS, posts_kept, _times(0)),
    Trial(THEORY, theory, _counted(0.7)),
    Trial(MORE_STAFF, more_staff, _staffed),
    Trial(FEWER_ARRIVALS, fewer_arrivals, _settled(0.6)),
    Trial(NO_DEMAND, no_demand, _times(0.1)),
    Trial(WARM_UP, longer, _warmed_up),
    Trial(SEEDS, other_seeds, _watched(3)),
    Trial(AGAIN, same_again, _times(10)),
    Trial(ORDER, order_of_pathways, _times(4)),
    Trial(NEIGHBOURHOODS, order_of_neighbourhoods, _watched(1)),
    Trial(PRICES, doubled, _times(2)),
    Trial(SHORTER, half_the_run, _times(1.5)),
)
"""Every test, in the order of the dossier."""


class Observer:
    """Told how a dossier goes on; this one says nothing."""

    def begin(self, tests: int, seconds: float) -> None:
        """So many tests begin, and will take about so long."""

    def test(self, name: str) -> None:
        """This test begins."""

    def task(self) -> None:
        """One more run of it is done."""

    def found(self, finding: Finding) -> None:
        """It is done, and this came of it."""


@dataclass(frozen=True)
class Effort:
    """How much to spend: nothing here changes what is true, only how closely it is looked at."""

    replications: int | None = None
    workers: int | None = None
    quick: bool = False


@dataclass(frozen=True)
class Dossier:
    """What came of every test on a scenario, and how."""

    scenario: Scenario
    findings: tuple[Finding, ...]
    replications: int
    counted_weeks: dict[str, int]
    quick: bool
    started: datetime
    seconds: float

    @property
    def failed(self) -> bool:
        """Whether any test failed."""
        return any(finding.verdict == FAIL for finding in self.findings)

    @property
    def verdicts(self) -> Counter[Verdict]:
        """How many tests came out in which way."""
        return Counter(finding.verdict for finding in self.findings)

    def as_dict(self, command: str = "") -> dict[str, Any]:
        """The dossier as plain data."""
        scenario = self.scenario
        return {
            "scenario": scenario.name,
            "title": scenario.title,
            "applied": list(scenario.applied),
            "settings": scenario.settings,
            "quick": self.quick,
            "seed": scenario.run.seed,
            "replications": self.replications,
            "weeks": {"own": scenario.run.weeks.model_dump(), "counted": self.counted_weeks},
            "failed": self.failed,
            "verdicts": dict(self.verdicts),
            "tests": [finding.as_dict() for finding in self.findings],
            "started": self.started.isoformat(timespec="seconds"),
            "seconds": round(self.seconds, 2),
            "command": command,
            "hashes": {"scenario.resolved.toml": scenario_hash(scenario)},
        }


def verify(scenario: Scenario, effort: Effort | None = None, observer: Observer | None = None) -> Dossier:
    """Try every test on a scenario.

    Raises
    ------
    RequestError
        If fewer than two replications are asked for.
    """
    effort, observer = effort or Effort(), observer or Observer()
    count = REPLICATIONS if effort.replications is None else effort.replications
    if count < LEAST_REPLICATIONS:
        raise RequestError(f"--replications {count}: an interval needs at least {LEAST_REPLICATIONS}")
    started, clock = datetime.now(UTC), perf_counter()
    scenario = quickened(scenario) if effort.quick else scenario
    workers = effort.workers or default_workers()
    refuse_without_room(scenario, workers)
    with crew(workers, lambda _: observer.task()) as hands:
        subject = subject_of(scenario, count, hands)
        observer.begin(len(TESTS), estimated_seconds(subject, workers))
        findings = tuple(_tried(test, subject, observer) for test in TESTS)
        weeks = subject.counted.run.weeks.model_dump()
    return Dossier(scenario, findings, count, weeks, effort.quick, started, perf_counter() - clock)


def estimated_seconds(subject: Subject, workers: int) -> float:
    """About how long the whole will take, by how long one short replication does [seconds]."""
    clock = perf_counter()
    replicate(plan(subject.short), FIRST)
    each = perf_counter() - clock
    return each * (1 + sum(test.work(subject) for test in TESTS) / workers)


def _tried(test: Trial, subject: Subject, observer: Observer) -> Finding:
    """One test; where the scenario it would run may not be, that is no pass, nor that there is nothing to test."""
    observer.test(test.name)
    try:
        finding = test.run(subject)
    except ScenarioError as error:
        finding = Finding(test.name, "a changed scenario", f"that scenario may not be: {error.faults[0]}", NOT_BUILT)
    observer.found(finding)
    return finding
