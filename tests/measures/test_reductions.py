"""Reductions: what they add up to, against the small town worked by hand, and what identical pathways must give."""

from __future__ import annotations

import pickle
from typing import Any

import numpy as np
import pytest

from sim.engine.model import compiled
from sim.engine.population import population
from sim.engine.reference import simulate
from sim.measures.definitions import CURVES, SUBGROUP_CURVES
from sim.measures.histograms import histogram, quantile
from sim.measures.queues import STAGE_SUMS
from sim.measures.reached import subgroup_weeks
from sim.measures.record import Record
from sim.measures.reductions import Flow, Reduction, reduced
from sim.measures.subgroups import membership, subgroups
from sim.scenario.scenario import Scenario

from ..engine.worlds import people
from ..scenario.files import LINE
from .runs import PATHWAYS, crowd, ran, village
from .small_town import ASK, TOWN, small_town
from .written import record, visit, visits

LARGEST = 200_000
"""A reduction sent home by a worker stays under so many bytes."""


def town() -> Reduction:
    return reduced(small_town())[0]


def sums(reduction: Reduction, column: str) -> dict[tuple[str, str], float]:
    """A column's sum by subgroup of the small town."""
    parts = subgroups(small_town().scenario)
    return dict(zip(parts, reduction.sums[:, reduction.columns.index(column)].tolist(), strict=True))


def test_sums_by_subgroup_are_as_worked_by_hand() -> None:
    """Days in need of 1 to 5: 200, 300, 90, 420, 420; groups a b a b a; needs 2 1 1 4 1."""
    assert sums(town(), "days_in_need") == {
        ("all", ""): 1_430,
        ("group", "a"): 200 + 90 + 420,
        ("group", "b"): 300 + 420,
        ("level_at_arrival", "low"): 90,
        ("level_at_arrival", "moderate"): 200 + 300,
        ("level_at_arrival", "high"): 420,
        ("level_at_arrival", "crisis"): 420,
        ("needs", "one"): 300 + 90 + 420,
        ("needs", "two"): 200,
        ("needs", "three"): 0,
        ("needs", "four"): 420,
    }


def test_the_flow_of_the_window_is_as_worked_by_hand() -> None:
    """2, 4 and 5 begin their first approach in it; 1 later, 0 before it, 6 as it ends."""
    assert town().flow.tolist() == [3, 3, 3]


def test_curves_are_as_worked_by_hand() -> None:
    """Helped on days 24, 390, 9; right help on 24; recovered on 200 and 90; gave up on 8; left on 300."""
    curves = dict(zip(CURVES, town().curves, strict=True))
    assert [curves["helped"][week] for week in (0, 1, 2, 3, 4, 55, 56, 60)] == [0, 0, 1, 1, 2, 2, 3, 3]
    assert [curves["right_help"][week] for week in (3, 4, 60)] == [0, 1, 1]
    assert [curves["recovered"][week] for week in (12, 13, 28, 29, 60)] == [0, 1, 1, 2, 2]
    assert [curves["gave_up"][week] for week in (1, 2, 60)] == [0, 1, 1]
    assert [curves["left"][week] for week in (42, 43, 60)] == [0, 1, 1]
    assert {curve.size for curve in curves.values()} == {61}


def curve_of(curve: str, by: str, group: str) -> dict[int, float]:
    """A curve of a subgroup of the small town by week."""
    place = [tuple(part) for part in subgroups(small_town().scenario)[1:]].index((by, group))
    counts = town().subgroup_curves[SUBGROUP_CURVES.index(curve), place]
    return dict(zip(subgroup_weeks(small_town().scenario).tolist(), counts.tolist(), strict=True))


def test_curves_of_subgroups_are_as_worked_by_hand() -> None:
    """Helped: 1 (a, two needs) on day 24, 4 (b, four needs) on 390, 5 (a, one need) on 9; right help: 1 alone."""
    helped = {("group", "a"): 2, ("group", "b"): 1, ("needs", "one"): 1, ("needs", "two"): 1, ("needs", "four"): 1}
    for (by, group), at_end in helped.items():
        assert curve_of("helped", by, group)[60] == at_end
    assert [curve_of("helped", "group", "a")[week] for week in (0, 2, 4, 54)] == [0, 1, 2, 2]
    assert [curve_of("helped", "group", "b")[week] for week in (54, 56)] == [0, 1]
    assert [curve_of("right_help", "needs", "two")[week] for week in (2, 4)] == [0, 1]
    assert not any(curve_of("right_help", "group", "b").values())


@pytest.mark.parametrize("pathway", PATHWAYS)
def test_curves_of_subgroups_add_up_to_that_of_everyone(pathway: str | None) -> None:
    made = ran(pathway)
    reduction, parts = reduced(made)[0], subgroups(made.scenario)[1:]
    for at, curve in enumerate(SUBGROUP_CURVES):
        everyone = reduction.curves[CURVES.index(curve), subgroup_weeks(made.scenario)]
        for by in {part.by for part in parts}:
            rows = [place for place, part in enumerate(parts) if part.by == by]
            assert np.array_equal(reduction.subgroup_curves[at, rows].sum(axis=0), everyone)


@pytest.mark.parametrize("weeks", [1, 2, 40, 41, 52, 156, 520])
def test_weeks_of_subgroup_curves_are_few_and_end_with_follow_up(weeks: int) -> None:
    data = small_town().scenario.data
    data["run"]["weeks"] = {"warm_up": 1, "cohort": 1, "follow_up": weeks}
    kept = subgroup_weeks(Scenario.from_data("long", data)).tolist()
    assert kept[0] == 0 and kept[-1] == weeks and len(kept) <= 41 and kept == sorted(set(kept))


def test_days_to_right_help_are_those_of_who_got_it() -> None:
    assert np.array_equal(town().to_right_help, histogram(np.array([24.0])))
    reduction, columns = reduced(ran("local"))
    days = columns["days_to_right_help"][columns["right_helped"] > 0]
    assert reduction.to_right_help.sum() == days.size > 50
    assert quantile(reduction.to_right_help, 0.5) == pytest.approx(float(np.median(days)), rel=0.022)


def test_flows_say_where_visits_of_the_window_went() -> None:
    """Ended from day 7 to 14: 0 leaves on day 9, 2 is refused on day 10; what ends on day 14 does not count."""
    assert town().flows == (Flow("ask", "leave", "routed", 52.0), Flow("ask", "leave", "refused_level", 52.0))


def test_a_visit_that_ends_as_the_window_begins_is_in_it() -> None:
    """Of windows one after another each visit falls into just one: day 7 is in, day 14 is left to the next."""
    for ended, count in ((7 - 1e-9, 0), (7, 1), (14 - 1e-9, 1), (14, 0)):
        made = reduced(record(TOWN, people(0.0), visits(visit(0, ASK, 1, 5, due=ended))))[0]
        assert len(made.flows) == count
        assert made.queues.stages[ASK, STAGE_SUMS.index("ended")] == count


def year_long_town() -> Reduction:
    """The small town with a cohort window from day 7 to day 371."""
    data = small_town().scenario.data
    data["run"]["weeks"] = {"warm_up": 1, "cohort": 52, "follow_up": 9}
    made = small_town()
    return reduced(Record(Scenario.from_data("longer", data), "p", made.citizens, made.tables))[0]


def test_the_flow_of_a_long_window_tells_approaches_from_people() -> None:
    """1, 2 and 4 begin two approaches each, 5 and 6 one; 0 began before the window."""
    assert year_long_town().flow.tolist() == [8, 5, 5]


def test_flows_of_a_long_window_follow_citizens_within_an_approach() -> None:
    assert set(year_long_town().flows) == {
        Flow("ask", "pause", "routed", 2.0),  # 1, 5
        Flow("ask", "grant", "routed", 1.0),  # 4
        Flow("ask", "leave", "routed", 1.0),  # 0
        Flow("ask", "leave", "refused_level", 2.0),  # 1, 2
        Flow("ask", "leave", "refused_criteria", 1.0),  # 2
        Flow("ask", "leave", "refused_needs", 1.0),  # 6
        Flow("ask", "leave", "gave_up", 1.0),  # 4
        Flow("pause", "support", "routed", 2.0),  # 1, 5
        Flow("grant", "support", "routed", 1.0),  # 4
        Flow("support", "leave", "helped_fit", 1.0),  # 1
        Flow("support", "leave", "helped_unfit", 1.0),  # 5
    }


@pytest.mark.parametrize("pathway", PATHWAYS)
def test_subgroups_add_up_to_everyone(pathway: str | None) -> None:
    made = ran(pathway)
    reduction, columns = reduced(made)
    parts = subgroups(made.scenario)
    for by in ("group", "level_at_arrival", "needs", "neighbourhood"):
        rows = [place for place, part in enumerate(parts) if part.by == by]
        assert np.array_equal(membership(made)[rows].sum(axis=0), np.ones(len(made.cohort)))
        assert reduction.sums[rows].sum(axis=0) == pytest.approx(reduction.sums[0])
    for name, total in zip(reduction.columns, reduction.sums[0], strict=True):
        assert total == pytest.approx(columns[name].sum())


def test_a_reduction_has_no_visits_and_is_small() -> None:
    for pathway in PATHWAYS:
        assert len(pickle.dumps(reduced(ran(pathway))[0])) < LARGEST


def test_a_plain_line_is_reduced_without_subgroups_or_curves() -> None:
    line = Scenario.from_data("line", LINE)
    citizens = population(line, 0)
    made = Record(line, "line", citizens, simulate(compiled(line, "line"), citizens))
    reduction = reduced(made)[0]
    assert reduction.sums.shape == (1, len(reduction.columns))
    assert not reduction.curves.any() and not reduction.subgroup_curves.size
    assert reduction.ledger == ()


# -- identical pathways -----------------------------------------------------------------------------------------------


def twin(**other: Any) -> Record:
    """The record of a pathway just like `outsourced`, but for what is given."""
    data = village().data
    data["pathways"]["b"] = {"like": "outsourced", **other}
    data["compare"] = ["outsourced", "b"]
    twins = Scenario.from_data("twins", data)
    return Record(twins, "b", crowd(), simulate(compiled(twins, "b"), crowd()))


def differing(one: Reduction, other: Reduction) -> set[str]:
    """Fields of two reductions that are not the same to the last bit."""
    found = {name for name in ("columns", "ledger", "flows") if getattr(one, name) != getattr(other, name)}
    found |= {
        name
        for name in ("sums", "flow", "curves", "subgroup_curves", "to_right_help", "endings", "returns", "entries")
        if not np.array_equal(getattr(one, name), getattr(other, name))
    }
    queues = one.queues, other.queues
    return found | {name for name in queues[0]._fields if not np.array_equal(*(getattr(one, name) for one in queues))}


def test_identical_pathways_give_the_same_reduction_to_the_last_bit() -> None:
    one, other = reduced(ran("outsourced")), reduced(twin())
    assert differing(one[0], other[0]) == set()
    assert all(np.array_equal(one[1][name], other[1][name]) for name in one[1])


def test_pathways_that_differ_by_one_price_give_other_sums() -> None:
    """The check above must be able to fail."""
    dearer = reduced(twin(contract={"margin": {"share_of_all": 0.0500001}}))[0]
    assert differing(reduced(ran("outsourced"))[0], dearer) == {"sums", "ledger"}
