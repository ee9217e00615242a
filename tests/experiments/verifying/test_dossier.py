"""The dossier as a whole: on the scenarios of the tests, on Anytown, and on scenarios with little in them."""

from __future__ import annotations

import pytest

from sim.errors import Fault, RequestError, ScenarioError
from sim.experiments.verifying import dossier, repetition
from sim.experiments.verifying.dossier import TESTS, Dossier, Effort, Observer, Trial, verify
from sim.experiments.verifying.findings import (
    FAIL,
    NOT_APPLICABLE,
    NOT_BUILT,
    PASS,
    WEAK,
    Finding,
    Part,
    counted,
    gathered,
    said,
    several,
)
from sim.experiments.verifying.subject import Subject
from sim.experiments.workers import replications
from sim.scenario.scenario import Scenario, load

from .subjects import line, named, village

STATISTICAL = {
    "Queueing theory",
    "More staff",
    "Fewer arrivals",
    "Warm-up doubled",
    "Other seeds",
    "Order of neighbourhoods",
}
"""Tests that compare means over replications; in the few weeks of these files not all have the power to tell."""

FEW_WEEKS = {"warm_up": 2, "cohort": 2, "follow_up": 1}
LITTLE = Effort(replications=3, workers=1)


@pytest.fixture(autouse=True)
def _one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other processes take seconds to start; that they give the same is tried in test_other_runs."""
    monkeypatch.setattr(
        repetition, "replications", lambda agreed, numbers, _, done: replications(agreed, numbers, 1, done)
    )


def found(made: Dossier) -> dict[str, str]:
    return {finding.test: finding.verdict for finding in made.findings}


@pytest.mark.parametrize("name", ["mmc_line", "jackson", "two_class_clinic"])
def test_plain_networks_pass_every_test_that_applies(name: str) -> None:
    made = verify(named(name, run__weeks=FEW_WEEKS, run__quick={**FEW_WEEKS, "replications": 3}), LITTLE)
    assert not made.failed, [finding for finding in made.findings if finding.verdict == FAIL]
    lacking = {name for name, verdict in found(made).items() if verdict == NOT_APPLICABLE}
    assert lacking == {"Pounds in and out", "Order of pathways", "Order of neighbourhoods", "Prices doubled"}


def test_the_village_passes_all_but_that_its_warm_up_is_short() -> None:
    made = verify(village(), LITTLE)
    assert {name for name, verdict in found(made).items() if verdict not in (PASS, WEAK)} <= {"Warm-up doubled"}
    weak = {name for name, verdict in found(made).items() if verdict == WEAK}
    assert weak <= STATISTICAL, "what must hold exactly is never too weak"
    assert len(made.findings) == len(TESTS) == 16


@pytest.mark.parametrize(
    "scenario",
    [
        line(arrivals={"per_day": 0.0}, run={"weeks": FEW_WEEKS}),
        line({}, {"posts": 0}, run={"weeks": {**FEW_WEEKS, "warm_up": 0}}),
        line({}, {"posts": "unlimited"}, run={"weeks": {"warm_up": 0, "cohort": 1, "follow_up": 1}}),
        village(arrivals={"per_day": 0.0}),
    ],
    ids=["nobody comes", "nobody works", "everybody works", "a village where nobody comes"],
)
def test_a_scenario_with_little_in_it_fails_nothing(scenario: Scenario) -> None:
    made = verify(scenario, Effort(replications=2, workers=1))
    assert not made.failed, [finding for finding in made.findings if finding.verdict == FAIL]


@pytest.mark.slow
def test_anytown_passes_in_a_few_minutes() -> None:
    """With the whole effort, its warm-up too."""
    made = verify(load("anytown"), Effort())
    assert not {name for name, verdict in found(made).items() if verdict != PASS}


# -- how it goes on ---------------------------------------------------------------------------------------------------


class Log(Observer):
    def __init__(self) -> None:
        self.said: list[str] = []

    def begin(self, tests: int, seconds: float) -> None:
        assert seconds > 0
        self.said.append(f"{tests} tests")

    def test(self, name: str) -> None:
        self.said.append(name)

    def task(self) -> None:
        self.said.append("run")

    def found(self, finding: Finding) -> None:
        self.said.append(finding.verdict)


def runs_one(subject: Subject) -> Finding:
    subject.crew.each(abs, [-1])
    return Finding("One", "one run", "one", PASS)


def cannot_be(_: Subject) -> Finding:
    raise ScenarioError("x.toml", [Fault("a.b", "may not be", "mend it")])


def test_an_observer_hears_of_every_test_and_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dossier, "TESTS", (Trial("One", runs_one, lambda _: 1.0),))
    log = Log()
    verify(line(), LITTLE, log)
    assert log.said == ["1 tests", "One", "run", "pass"]


def test_a_changed_scenario_that_may_not_be_is_not_built(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(dossier, "TESTS", (Trial("None", cannot_be, lambda _: 1.0),))
    made = verify(line(), LITTLE)
    (finding,) = made.findings
    assert finding.verdict == NOT_BUILT and not made.failed
    assert "a.b: may not be; mend it" in finding.found


def test_one_replication_is_no_interval() -> None:
    with pytest.raises(RequestError, match="needs at least 2"):
        verify(line(), Effort(replications=1))


def test_its_data_holds_all_that_was_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dossier, "TESTS", (Trial("One", runs_one, lambda _: 1.0),))
    data = verify(line(), LITTLE).as_dict("the command")
    assert data["tests"] == [{"test": "One", "tried": "one run", "found": "one", "verdict": "pass", "parts": ()}]
    assert data["command"] == "the command" and data["verdicts"] == {"pass": 1} and not data["failed"]


# -- findings ---------------------------------------------------------------------------------------------------------


def test_a_finding_fails_with_its_worst_part_and_tells_that_one() -> None:
    parts = [Part("a", "good"), Part("b", "bad", FAIL), Part("c", "nothing", NOT_APPLICABLE)]
    assert gathered("x", "y", parts, when_good="all good").found == "b: bad"
    assert gathered("x", "y", [parts[0], parts[2]], when_good="all good").found == "all good"
    assert gathered("x", "y", [parts[2]]).verdict == NOT_APPLICABLE
    weak = gathered("x", "y", [parts[0], Part("d", "a guess", WEAK, 0.2)], when_good="all good")
    assert (weak.verdict, weak.found) == (WEAK, "d: a guess")
    assert gathered("x", "y", [], when_none="nobody is there").found == "nobody is there"
    many = [Part(str(at), "bad", FAIL) for at in range(5)]
    assert gathered("x", "y", many).found == "0: bad; 1: bad; 2: bad; and 2 more"


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (1203.6, "people", "1,204 people"),
        (0.045921, "days", "0.04592 days"),
        (-2.5, "", "−2.5"),
        (1204.5, "GBP", "£1,204.50"),
        (-0.001, "GBP", "£0.00"),
        (0.0, "people", "0 people"),
        (float("inf"), "days", "endless days"),
        (float("nan"), "", "no number"),
    ],
)
def test_figures_have_four_digits_and_a_unit(value: float, unit: str, words: str) -> None:
    assert said(value, unit) == words


def test_several_figures_share_their_unit() -> None:
    assert several([1.0, 2.5], "days") == "1, 2.5 days"
    assert several([1.0, 2.5], "GBP") == "£1.00, £2.50"
    assert (counted(1, "visit"), counted(1200, "visit")) == ("1 visit", "1,200 visits")
