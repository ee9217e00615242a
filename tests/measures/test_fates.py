"""What came first for each citizen: by hand round 28 days and round a relapse, and as a partition of any world."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.measures.fates import FATES, fates
from sim.measures.followed import Followed
from sim.measures.lives import lives

from ..engine.worlds import people
from .small_town import SUPPORT, TOWN
from .test_generated import records, relapses
from .written import changes, record, visit, visits

ONE = people({"arrival": 7, "level": "high"})
END = 7.0 + 420.0
NEVER = np.inf


def fate(*rows: Any, moved: Any = ()) -> list[str]:
    """The fates of one citizen who arrived on day 7 at level high, followed for 420 days: one, if all is well."""
    columns = lives(record(TOWN, ONE, visits(*rows), changes(*moved)))
    return [name for name in FATES if columns[f"fate_{name}"][0]]


def right_help(started: float, ended: float) -> Any:
    return visit(0, SUPPORT, 8, started, due=ended, hours=9, level="high", left_at="none", outcome="helped_fit")


def helped_from(started: float) -> list[str]:
    return fate(right_help(started, started + 20), moved=[(0, started + 20, "high", "none", "helped")])


def test_right_help_begun_on_the_28th_day_is_in_time_and_a_moment_later_is_not() -> None:
    assert helped_from(7 + 28) == ["right_help_by_28_days"]
    assert helped_from(7 + 28 + 1e-6) == ["right_help_later"]


def test_help_still_under_way_at_the_end_is_not_known_to_be_right() -> None:
    begun = visit(0, SUPPORT, 8, 20, due=END + 30, ended=None, hours=9, level="high", outcome="open")
    assert fate(begun) == ["never"]


def test_recovery_before_right_help_stays_recovery_though_the_need_comes_back_and_is_helped() -> None:
    """Well from day 10 to 17, in need again, and right help on day 20, all within 28 days of day 7."""
    moved = [(0, 10, "high", "none", "eased"), (0, 17, "none", "low", "relapsed"), (0, 40, "low", "none", "helped")]
    assert fate(right_help(20, 40), moved=moved) == ["recovered"]


def test_right_help_stays_right_help_though_the_need_comes_back_and_eases_or_its_owner_leaves() -> None:
    helped, back = (0, 40, "high", "none", "helped"), (0, 60, "none", "low", "relapsed")
    for last in ((0, 90, "low", "none", "eased"), (0, 90, "low", "none", "left_area")):
        assert fate(right_help(20, 40), moved=[helped, back, last]) == ["right_help_by_28_days"]


def test_recovery_comes_before_leaving_the_area_where_both_happen_and_the_first_counts() -> None:
    recovered, back = (0, 30, "high", "none", "eased"), (0, 60, "none", "low", "relapsed")
    assert fate(moved=[recovered, back, (0, 90, "low", "none", "left_area")]) == ["recovered"]
    assert fate(moved=[(0, 90, "high", "none", "left_area")]) == ["left"]


def test_what_happens_after_follow_up_is_no_fate() -> None:
    assert fate(moved=[(0, END, "high", "none", "eased")]) == ["recovered"]
    assert fate(moved=[(0, END + 1e-6, "high", "none", "eased")]) == ["never"]


def test_at_one_instant_need_ends_before_help_begins() -> None:
    """Of equal days: recovery, then leaving, then right help, as the engines take them."""
    days = np.array([5.0, 5.0, NEVER]), np.array([5.0, NEVER, NEVER]), np.array([5.0, 5.0, 5.0])
    told = fates(*days)
    assert [told[f"fate_{name}"].tolist() for name in FATES] == [
        [0, 0, 0], [0, 0, 0], [1, 0, 0], [0, 1, 1], [0, 0, 0],
    ]  # fmt: skip


@pytest.mark.parametrize("name", FATES)
def test_every_fate_is_met_in_the_worlds(name: str) -> None:
    assert sum(lives(made)[f"fate_{name}"].sum() for made in records()) > 5


def test_everyone_has_exactly_one_fate() -> None:
    for made in records():
        columns = lives(made)
        assert np.array_equal(sum(columns[f"fate_{name}"] for name in FATES), np.ones(len(made.cohort)))


def test_fates_agree_with_what_was_reached_and_with_the_time_in_need() -> None:
    """Never: in need all through. Without a relapse what was reached first is what was reached at all."""
    for made in records():
        columns = lives(made)
        days = made.scenario.run.weeks.follow_up_days
        in_need = np.isclose(columns["days_in_need"], days, rtol=0, atol=1e-9) & (columns["owed_in_need"] > 0)
        assert np.array_equal(columns["fate_never"] > 0, in_need & (columns["right_helped"] == 0))
        assert np.allclose(columns["days_to_help"][columns["fate_never"] > 0], days)
        right = columns["fate_right_help_by_28_days"] + columns["fate_right_help_later"]
        assert (right <= columns["right_helped"]).all()
        once = ~np.isin(np.arange(len(made.cohort)), Followed(made).changes.citizen[relapses(made)])
        assert np.array_equal(right[once], columns["right_helped"][once])
        in_time = columns["right_help_by_28_days"] if days >= 28 else columns["right_helped"]
        assert np.array_equal(columns["fate_right_help_by_28_days"][once], in_time[once])


def test_a_fate_is_what_stopped_the_days_to_help() -> None:
    stops = {"right_help_by_28_days": "right_help", "right_help_later": "right_help", "recovered": "recovered"}
    for made in records():
        columns = lives(made)
        for name, reached in {**stops, "left": "left"}.items():
            has = columns[f"fate_{name}"] > 0
            assert np.allclose(columns["days_to_help"][has], columns[f"day_{reached}"][has], rtol=0, atol=1e-8)
