"""Waits by group and by level on joining: worked by hand, reckoned again from the table of visits, and by theory."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.engine.engines import simulate
from sim.engine.model import compiled
from sim.engine.population import population
from sim.experiments.estimates import Estimates, Key, estimates
from sim.measures.named import visits_where
from sim.measures.queues import queues
from sim.measures.record import Record
from sim.measures.reductions import reduced
from sim.measures.waits import SUMS, kinds, wait_sums
from sim.scenario.scenario import Scenario

from ..engine.worlds import needy, people
from ..scenario.files import village
from ..theory.loss_and_priority import mg1_next_end, priority_waits
from ..theory.observing import STANDARD_ERRORS, apart
from .written import record, visit, visits

DESK, PAUSE = range(2)
MIXED = {"level_at_arrival": {"moderate": 0.5, "high": 0.5}}


def office(targets: list[int]) -> Scenario:
    """A desk and two groups. The cohort window is days 7 to 77, the run ends on day 147."""
    return needy(
        {"desk": {"team": "clerks", "hours": 1, "next": {"pause": 0.5, "leave": "rest"}}, "pause": {"delay_days": 5}},
        {"clerks": {"posts": 2}},
        groups={"a": {"share": 0.5, **MIXED}, "b": {"share": 0.5, **MIXED}},
        run={"weeks": {"warm_up": 1, "cohort": 10, "follow_up": 10}},
        wait_targets_days=targets,
    )


CROWD = people(*({"arrival": 0.0, "group": group} for group in (0, 0, 1, 1, 1)))
ROWS = visits(
    visit(0, DESK, 5, 20, due=21, level="moderate"),  # a: joined before the window, waits in it for 13 days
    visit(1, DESK, 10, 18, due=19, level="high"),  # a: 8 days
    visit(1, DESK, 30, 30, due=31, level="moderate", approach=2),  # a: none
    visit(2, DESK, 10, 41, due=42, level="high"),  # b: 31 days
    visit(2, PAUSE, 42, 42, due=47, level="high"),
    visit(3, DESK, 50, ended=90, level="moderate", outcome="gave_up"),  # b: 27 days in the window, never started
    visit(4, DESK, 70, 99, due=100, level="high"),  # b: 29 days, 7 of them in the window
)


def test_sums_by_group_and_level_are_as_worked_by_hand() -> None:
    scenario = office([7, 28])
    found = queues(record(scenario, CROWD, ROWS)).wait_sums[DESK]
    names = ("wait_days", "started", "waiting_days", "waiting_days_7", "waiting_days_28", "started_7", "started_28")
    assert wait_sums(scenario) == names
    assert dict(zip(kinds(scenario), found.tolist(), strict=True)) == {
        # beyond the 7th day: 8 (from day 12), 1, 24, 20 and none; beyond the 28th: 3 of the 31
        ("all", ""): [8 + 0 + 31 + 29, 4, 13 + 8 + 31 + 27 + 7, 8 + 1 + 24 + 20, 3, 3, 2],
        ("group", "a"): [8, 2, 13 + 8, 8 + 1, 0, 1, 0],
        ("group", "b"): [31 + 29, 2, 31 + 27 + 7, 24 + 20, 3, 2, 2],
        ("level_joined", "low"): [0] * 7,
        ("level_joined", "moderate"): [0, 1, 13 + 27, 8 + 20, 0, 0, 0],
        ("level_joined", "high"): [8 + 31 + 29, 3, 8 + 31 + 7, 1 + 24, 3, 3, 2],
        ("level_joined", "crisis"): [0] * 7,
    }


def measured(scenario: Scenario) -> Estimates:
    return estimates(scenario, "p", [reduced(record(scenario, CROWD, ROWS))[0]])


def test_shares_over_the_targets_of_the_file_are_of_flow_and_of_stock() -> None:
    found = {key: one.point for key, one in measured(office([7, 28])).items()}
    of_b, of_all = Key("waits_over_28_days", "group", "b", "desk"), Key("waits_over_28_days", part="desk")
    assert (found[of_b], found[of_all]) == (1.0, 2 / 4)
    assert found[of_all._replace(measure="waits_over_7_days")] == 3 / 4
    assert found[of_all._replace(measure="waiting_over_28_days")] == 3 / 86
    assert found[of_b._replace(measure="waiting_over_28_days")] == 3 / 65
    assert found[Key("waiting", "level_joined", "high", "desk")] == 46 / 70
    at_pause = {key for key in found if key.part == "pause" and key.measure.startswith("wait")}
    assert {key.measure for key in at_pause} == {"wait_days", "wait_days_median", "wait_days_90th", "waiting"}
    assert {key.by for key in at_pause} == {"all"}


def test_other_targets_give_other_measures_and_leave_the_rest_alone() -> None:
    one, other = measured(office([7, 28])), measured(office([14, 28]))
    assert {key.measure for key in one.keys() ^ other.keys()} == {
        "waits_over_7_days", "waiting_over_7_days", "waits_over_14_days", "waiting_over_14_days",
    }  # fmt: skip
    assert other[Key("waits_over_14_days", part="desk")].point == 2 / 4
    assert all(one[key].point == other[key].point for key in one.keys() & other.keys())


def test_a_wait_of_28_days_is_not_over_28_whatever_the_day_it_began() -> None:
    """Floats lose digits: (7.1 + 28) - 7.1 is over 28 for some days and under it for others."""
    joined = np.sort(7 + 20 * np.random.default_rng(0).random(500)).tolist()
    rows = [visit(at, DESK, day, day + 28, due=day + 29) for at, day in enumerate(joined)]
    assert {row["started"] - row["joined"] > 28 for row in rows} == {True, False}
    scenario = office([0, 27, 28])
    found = queues(record(scenario, people(*joined), visits(*rows))).wait_sums[DESK, 0]
    at = wait_sums(scenario).index
    assert [found[at(f"started_{days}")] for days in (0, 27, 28)] == [500, 500, 0]


# -- reckoned again from the table of visits --------------------------------------------------------------------------

TARGETS = (2, 7, 28)


@cache
def lived(number: int) -> Record:
    """A replication of the village, whose lines are busier than they were."""
    data = village()
    data["run"]["weeks"] = {"warm_up": 8, "cohort": 20, "follow_up": 20}
    data["wait_targets_days"] = list(TARGETS)
    scenario = Scenario.from_data("village", data)
    crowd = population(scenario, number)
    return Record(scenario, "outsourced", crowd, simulate(compiled(scenario, "outsourced"), crowd))


def table(made: Record) -> pd.DataFrame:
    """The visits in words, and when each stopped waiting."""
    frame = visits_where(made, np.ones(len(made.visits), np.bool_))
    groups = np.array(list(made.scenario.groups))
    frame["group"] = groups[made.citizens.group[frame["citizen"]]]
    frame["until"] = frame["started"].fillna(frame["ended"]).fillna(np.inf)
    return frame


def kept(made: Record, by: str, group: str) -> pd.DataFrame:
    frame = table(made)
    return frame if by == "all" else frame[frame[by] == group]


@pytest.mark.parametrize("stage", ["call", "assessment", "package"])
def test_waits_are_those_that_the_table_of_visits_gives(stage: str) -> None:
    """Over two replications; the stock is looked at 97 times a day, in place of being integrated."""
    both = [lived(0), lived(1)]
    weeks, scenario = both[0].scenario.run.weeks, both[0].scenario
    found = estimates(scenario, "outsourced", [reduced(one)[0] for one in both])
    instants = np.arange(weeks.cohort_from + 0.0051, weeks.cohort_to, 1 / 97)
    for by, group in kinds(scenario):
        frames = [kept(made, by, group) for made in both]
        rows = pd.concat([frame[frame["stage"] == stage] for frame in frames])
        joined = rows[(rows["joined"] >= weeks.cohort_from) & (rows["joined"] < weeks.cohort_to)]
        waited = (joined["started"] - joined["joined"]).dropna()
        key = Key("wait_days", by, group, stage)
        assert found[key].point == pytest.approx(waited.mean(), rel=1e-9)
        for target in TARGETS:
            over = found[key._replace(measure=f"waits_over_{target}_days")].point
            assert over == pytest.approx((waited > target).mean(), abs=1e-12)
            stock = found.get(key._replace(measure=f"waiting_over_{target}_days"))
            present, long = (_present(rows, instants, days) for days in (0, target))
            if stock is not None and present > 200:
                assert stock.point == pytest.approx(long / present, abs=0.01)
        for name, share in (("median", 0.5), ("90th", 0.9)):
            exact = float(np.quantile(waited, share, method="inverted_cdf"))
            assert found[key._replace(measure=f"wait_days_{name}")].point == pytest.approx(exact, rel=0.03, abs=0.001)


def _present(rows: pd.DataFrame, instants: Any, days: float) -> int:
    """How many have waited over so many days, at all instants together."""
    came, left = rows["joined"].to_numpy() + days, rows["until"].to_numpy()
    both = came[came < left], left[came < left]
    begun, gone = (np.searchsorted(np.sort(column), instants) for column in both)
    return int((begun - gone).sum())


def test_the_village_has_waits_to_look_at() -> None:
    rows = table(lived(0))
    assert (rows["until"] - rows["joined"] > 7).sum() > 50


# -- theory -----------------------------------------------------------------------------------------------------------

A_DAY, WORK, REPLICATIONS = 10.0, 0.08, 20
PART = {"crisis": 0.2, "high": 0.3, "moderate": 0.5}


@cache
def by_level(order: str) -> dict[str, Any]:
    """The mean wait of each level on joining in M/M/1, replication by replication."""
    desk = {"team": "t", "hours": WORK * 24, "order": order}
    run = {"seed": 3, "weeks": {"warm_up": 10, "cohort": 60, "follow_up": 2}}
    group = {"level_at_arrival": {**PART, "low": 0.0}}
    scenario = needy({"desk": desk}, {"t": {"posts": 1}}, group=group, arrivals={"per_day": A_DAY}, run=run)
    rows = []
    for number in range(REPLICATIONS):
        crowd = population(scenario, number)
        found = queues(Record(scenario, "p", crowd, simulate(compiled(scenario, "p"), crowd))).wait_sums[DESK]
        rows.append(found[:, SUMS.index("wait_days")] / np.maximum(found[:, SUMS.index("started")], 1))
    return {kind.group: row for kind, row in zip(kinds(scenario), np.array(rows).T, strict=True)}


def test_waits_by_level_are_those_of_cobham() -> None:
    """Most in need first, never interrupted: W_0 / ((1 - s before) (1 - s after)); by first come all wait alike."""
    expected = priority_waits([A_DAY * WORK * share for share in PART.values()], mg1_next_end(A_DAY, WORK, WORK))
    found, alike = by_level("most in true need first"), by_level("first come")
    for level, wait in zip(PART, expected, strict=True):
        assert apart(found[level], wait) < STANDARD_ERRORS
        assert apart(alike[level], wait) > STANDARD_ERRORS
