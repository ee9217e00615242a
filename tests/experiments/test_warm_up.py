"""A warm-up too short is doubled, a long one accepted, and where no length is enough that is said."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

import pytest

from sim.experiments.arms import Arm, Plan, plan
from sim.experiments.comparison import Comparison
from sim.experiments.experiment import Options, run
from sim.experiments.folders import manifest
from sim.experiments.pilots import ALONE
from sim.experiments.replications import replicate
from sim.experiments.settling import Outcome, WarmUp
from sim.experiments.warm_up import Histories, growing_in, long_enough, moved, with_warm_up
from sim.reporting import wording
from sim.scenario.scenario import Scenario
from tests.experiments.worlds import line, twins, village


def queue(per_day: float, weeks: int, cohort: int = 8) -> Scenario:
    """One server, exponential work of a day: at load r it forgets its start in about 1 / (1 - sqrt(r))^2 days."""
    return line(per_day=per_day, weeks={"warm_up": weeks, "cohort": cohort, "follow_up": 1})


def checked(scenario: Scenario, replications: int | None = None, begun: list[int] | None = None) -> WarmUp:
    return long_enough(scenario, "compiled", ALONE, ([] if begun is None else begun).append, replications)


def histories(scenario: Scenario) -> Histories:
    return Histories(Plan(scenario, (Arm("line", scenario),), ()), ALONE, lambda _: None)


@pytest.mark.parametrize("load", [0.95, 0.99])
def test_a_queue_slow_to_forget_that_it_began_empty_is_given_longer(load: float) -> None:
    """At 0.95 it takes about 1,600 days, at 0.99 about 40,000; 2 weeks are far from it."""
    found = checked(queue(load, 2), replications=400)
    assert found.outcome == "doubled"
    assert found.used in {2 * 2**times for times in range(1, 9)} and found.given == 2
    assert f"with {found.used // 2} weeks, twice as long moves waiting for clerks, line, by" in found.why


def test_a_queue_that_has_forgotten_its_start_is_left_as_it_is() -> None:
    """At load 0.5 that takes about 12 days: after 104 weeks the two histories are the very same."""
    assert checked(queue(0.5, 104), replications=1_000_000) == WarmUp(104, 104, "accepted")
    past = histories(queue(0.5, 104))
    short, long = past.of(52, 104)
    (one,) = moved(past.agreed, short, long)
    assert one.change == 0.0 and one.is_small


def test_twice_as_long_moves_an_overloaded_queue_by_what_arrives_too_much() -> None:
    """0.4 a day more arrive than are served: 26 weeks more leave 0.4 x 182 = 72.8 more waiting."""
    past = histories(queue(1.4, 52))
    short, long = past.of(26, 52)
    (one,) = moved(past.agreed, short, long)
    error = (one.long.values - one.short.values).std(ddof=1) / 5**0.5
    assert abs(one.change - 72.8) < 4 * error < 60


def test_where_a_backlog_grows_the_start_stays_as_given_and_there_is_no_steady_answer() -> None:
    found = checked(queue(1.4, 26, cohort=52))
    assert (found.outcome, found.used, found.is_settled) == ("growing", 26, False)
    assert found.why.startswith("with 416 weeks, twice as long moves waiting for clerks")
    assert found.why.endswith("; and after 832 weeks a backlog still grows in line")


def test_a_backlog_that_grows_at_first_only_is_not_called_growing() -> None:
    """At load 0.99, from empty: after 8 weeks it surely grows, after 20 years it does not."""
    scenario = queue(0.99, 8, cohort=104)
    past = histories(with_warm_up(scenario, 1024))
    first, last = past.of(8, 1024)
    assert (growing_in(past.agreed, first), growing_in(past.agreed, last)) == (["line"], [])
    found = checked(scenario, replications=1_000_000)
    assert (found.outcome, found.used) == ("too_short", 1024)


@pytest.mark.parametrize("weeks", [156, 312, 1248])
def test_a_backlog_that_grows_evenly_is_called_growing_however_small_a_part_of_it_the_window_is(weeks: int) -> None:
    past = histories(queue(1.4, weeks, cohort=52))
    (long,) = past.of(weeks)
    assert growing_in(past.agreed, long) == ["line"]


def test_where_the_limit_is_reached_the_longest_is_used_and_said_not_to_be_known_enough() -> None:
    """624 weeks are 8,736 / 2 days: twice as long may be tried, four times may not."""
    found = checked(queue(0.99, 624), replications=1_000_000)
    assert (found.outcome, found.used, found.is_settled) == ("too_short", 1248, False)


@pytest.mark.parametrize(
    ("scenario", "why"),
    [
        (queue(0.5, 0), "the file has none"),
        (queue(0.5, 625), "over 8,736 days"),
        (
            Scenario.from_data(
                "line", {**queue(0.5, 4).data, "waiting_at_start": {"people": 3, "days_waited": 10}}
            ),
            "people wait at the start",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_checked_is_not_and_why(scenario: Scenario, why: str) -> None:
    begun: list[int] = []
    found = checked(scenario, begun=begun)
    assert found.outcome == "not_checked" and why in found.why and found.is_settled
    assert found.used == found.given and not begun


def test_no_history_is_run_twice() -> None:
    """5 replications of two lengths on a clock of their own; of two on the longest clock; then of one each time."""
    begun: list[int] = []
    found = checked(queue(0.99, 4), replications=400, begun=begun)
    doublings = (found.used // 4).bit_length() - 1
    assert begun == [10, 10, *[5] * (doublings - 1)]


def slow() -> Scenario:
    """The village, after no more than 4 weeks, planned so finely that twice as long moves it."""
    return village(run__weeks={"warm_up": 4, "cohort": 8, "follow_up": 8})


def test_a_run_uses_the_longer_warm_up_and_says_so() -> None:
    made = run(slow(), Options(replications=12, workers=1))
    used = made.scenario.run.weeks.warm_up
    told: dict[str, Any] = manifest(made, "x")
    assert used > 4 and told["weeks"]["warm_up"] == used
    assert told["warm_up"] == {
        "given": 4,
        "used": used,
        "outcome": "doubled",
        "why": told["warm_up"]["why"],
        "pilots": 5,
    }
    (said,) = [one for one in made.comparison.notices if one.kind == "longer_history"]
    assert said.text.startswith(f"{used} weeks of warm-up were used in place of 4: with {used // 2} weeks, twice as")


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (Options(replications=2, workers=1, quick=True), "a quick run"),
        (Options(replications=2, workers=1, check_warm_up=False), "not asked for"),
    ],
)
def test_a_warm_up_is_not_checked_in_a_quick_run_or_where_nobody_asks(options: Options, why: str) -> None:
    made = run(slow(), options)
    told = manifest(made, "x")["warm_up"]
    assert told["outcome"] == "not_checked" and why in told["why"] and told["used"] == made.scenario.run.weeks.warm_up


@pytest.mark.parametrize(
    ("outcome", "is_steady"),
    [("accepted", True), ("doubled", True), ("not_checked", True), ("too_short", False), ("growing", False)],
)
def test_an_answer_that_hangs_on_the_warm_up_has_no_steady_verdict(outcome: Outcome, is_steady: bool) -> None:
    agreed = replace(plan(twins()), warm_up=WarmUp(8, 8, outcome, "so it was found"))
    result = Comparison(agreed, (replicate(agreed, 0), replicate(agreed, 1)))
    rows = result.differences[result.differences["headline"] & (result.differences["against"] == "outsourced")]
    expected = "no_difference_that_matters" if is_steady else "unsteady"
    assert len(rows) == 3 and set(rows["verdict"]) == {expected}
    assert ("warm_up" in {one.kind for one in result.notices}) is not is_steady


def test_an_accepted_warm_up_is_said_to_be_tried_as_specified_and_over_how_many_pilots() -> None:
    text = wording.WARM_UP["accepted"].format(**asdict(WarmUp(156, 156, "accepted")))
    assert "moves no headline difference as specified" in text and text.endswith("over 5 pilot replications")
