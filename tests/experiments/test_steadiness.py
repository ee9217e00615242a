"""Overload is found and said; a queue that copes is not accused."""

from __future__ import annotations

import re

import pytest

from sim.experiments.experiment import Options, run
from sim.scenario.scenario import Scenario
from tests.experiments.worlds import line, village
from tests.scenario.files import edited

WEEKS = {"warm_up": 26, "cohort": 52, "follow_up": 4}


@pytest.mark.parametrize(
    ("posts", "said"),
    [(1, {"growing_backlog", "nearly_full", "warm_up"}), (2, set()), (0, {"nobody_served", "warm_up"})],
)
def test_a_backlog_that_grows_is_said(posts: int, said: set[str]) -> None:
    """1.4 citizens a day, each a day's work: one post falls behind by 0.4 a day, two cope, none serves nobody.

    Where a backlog grows the answer also moves with the length of the warm-up.
    """
    result = run(line(posts=posts, per_day=1.4, weeks=WEEKS), Options(replications=5, workers=1)).comparison
    assert {notice.kind for notice in result.notices} == said
    assert {notice.team for notice in result.notices if notice.kind != "warm_up"} <= {"clerks"}


def test_the_slope_said_is_the_shortfall() -> None:
    """(1.4 - 1) x 7 = 2.8 people a week, within 4 standard errors of 5 replications; half the shortfall is not."""
    from sim.experiments.estimates import Key

    result = run(line(posts=1, per_day=1.4, weeks=WEEKS), Options(replications=5, workers=1)).comparison
    slope = result.estimates[0][Key("backlog_growth", part="clerks")]
    error = slope.values.std(ddof=1) / 5**0.5
    assert abs(slope.point - 2.8) < 4 * error
    assert abs(slope.point - 1.4) > 4 * error


def test_a_growing_backlog_leaves_no_steady_verdict() -> None:
    scenario = village(
        pathways__outsourced__teams__assessors__posts=1, run__weeks={"warm_up": 8, "cohort": 13, "follow_up": 4}
    )
    result = run(scenario, Options(replications=4, workers=1)).comparison
    assert "growing_backlog" in {notice.kind for notice in result.notices}
    verdicts = result.differences[result.differences["headline"] & (result.differences["against"] == "outsourced")]
    assert set(verdicts[verdicts["basis"] == "as_specified"]["verdict"]) == {"unsteady"}


def test_nobody_is_served_where_there_is_no_staff() -> None:
    from sim.experiments.estimates import Key

    result = run(line(posts=0, per_day=1.4, weeks=WEEKS), Options(replications=2, workers=1)).comparison
    assert result.estimates[0][Key("throughput", part="desk")].point == 0
    assert result.notices[0].text.startswith("clerks has no posts")


def test_work_beyond_what_is_paid_for_is_said_and_a_slope_has_no_power_of_ten() -> None:
    """Half a post is there in every other week; who is being seen when it goes is seen to the end, for nothing."""

    def told(per_day: float, patience: float) -> str:
        busy = line(posts=0.5, per_day=per_day, weeks=WEEKS).data
        desk = "pathways.line.stages.desk"
        data = edited(busy, (f"{desk}.hours", 24), (f"{desk}.gives_up_after_days", patience))
        made = run(Scenario.from_data("line", data), Options(replications=3, workers=1))
        return " ".join(notice.text for notice in made.comparison.notices)

    assert re.search(r"still grows by about 2\d\d a week", told(40, 4_000)), "(40 - 0.5) x 7 = 277"
    assert "more than its hours on shift" in told(5, 20)


def test_no_notice_hides_another_and_the_worst_comes_first() -> None:
    """Half a post for forty a day: the line grows, and the team works on after its post has gone. Both are so."""
    busy = line(posts=0.5, per_day=40, weeks=WEEKS).data
    desk = "pathways.line.stages.desk"
    data = edited(busy, (f"{desk}.hours", 24), (f"{desk}.gives_up_after_days", 4_000))
    found = run(Scenario.from_data("line", data), Options(replications=3, workers=1)).comparison.notices
    kinds = [notice.kind for notice in found if notice.team == "clerks"]
    assert kinds == ["growing_backlog", "nearly_full"]
    every = [notice.kind for notice in found]
    assert "warm_up" in every and every.index("growing_backlog") < every.index("warm_up") < every.index("nearly_full")
