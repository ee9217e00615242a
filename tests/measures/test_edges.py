"""Boundaries: the ends of windows, nobody there, nothing to do, and digits lost in adding."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.engine.population import Population
from sim.measures.arrays import hours_within
from sim.measures.followed import Followed
from sim.measures.lives import STATES, lives
from sim.measures.money import account
from sim.measures.named import changes_table, citizens_table, visits_table
from sim.measures.reductions import reduced
from sim.scenario.scenario import Scenario

from ..engine.worlds import people
from .small_town import ASK, DATA, PAUSE, SUPPORT, TOWN
from .written import changes, record, visit, visits

END = 7.0 + 420.0
"""End of follow-up of who arrives on day 7."""

NOBODY = people()
ONE = people({"arrival": 7, "level": "high"})


Life = dict[str, float]


def one_life(*rows: Any, moved: Any = ()) -> Life:
    """The life of one citizen who arrived on day 7 at level high, one number a column."""
    made = record(TOWN, ONE, visits(*rows), changes(*moved))
    return {name: float(column[0]) for name, column in lives(made).items()}


def state(life: Life) -> list[str]:
    return [name for name in STATES if life[f"state_{name}"]]


def test_the_cohort_begins_at_its_first_instant_and_ends_before_its_last() -> None:
    crowd = people(7.0 - 1e-9, 7, 14 - 1e-9, 14)
    cohort = record(TOWN, crowd).cohort
    assert (cohort.first, cohort.last) == (1, 3)


def test_work_that_ends_with_follow_up_leads_on_to_a_queue() -> None:
    life = one_life(
        visit(0, PAUSE, 7, 7, due=END, level="high"), visit(0, SUPPORT, END, END + 5, due=END + 6, level="high")
    )
    assert state(life) == ["waiting_or_deciding"]
    assert life["approaches_ended"] == life["contacts"] == 0


def test_work_that_takes_no_time_counts_at_both_ends_of_a_window() -> None:
    for day, hours in ((7 - 1e-9, 0), (7, 3), (14, 3), (14 + 1e-9, 0)):
        assert hours_within(visits(visit(0, ASK, 5, day, due=day, hours=3)), 7.0, 14.0).tolist() == [hours]


def test_help_begun_at_the_end_of_follow_up_is_help_with_all_hours_owed() -> None:
    life = one_life(visit(0, SUPPORT, 400, END, due=END + 30, ended=None, hours=9, level="high", outcome="open"))
    assert state(life) == ["in_help"]
    assert life["contacts"] == 1
    assert (life["never_helped"], life["day_helped"]) == (0, 420)
    assert (life["owed_hours"], life["citizen_hours"]) == (9, 0)


def test_help_that_fits_at_the_end_of_follow_up_is_right_and_nothing_is_owed() -> None:
    helped = visit(0, SUPPORT, 10, 27, due=END, hours=9, level="high", left_at="none", outcome="helped_fit")
    life = one_life(helped, moved=[(0, END, "high", "none", "helped")])
    assert state(life) == ["resolved"]
    assert (life["days_to_help"], life["right_helped"], life["days_in_need"]) == (20, 1, 420)
    assert life["owed_in_need"] == life["owed_hours"] == life["owed_in_help"] == 0


def test_help_that_fits_a_day_after_follow_up_is_not_yet_right() -> None:
    later = END + 1
    helped = visit(0, SUPPORT, 10, 28, due=later, hours=400, level="high", left_at="none", outcome="helped_fit")
    life = one_life(helped, moved=[(0, later, "high", "none", "helped")])
    assert state(life) == ["in_help"]
    assert (life["days_to_help"], life["right_helped"], life["never_helped"]) == (420, 0, 0)
    assert (life["citizen_hours"], life["owed_hours"]) == (399, 1)


@pytest.mark.parametrize(("cause", "expected"), [("eased", "recovered"), ("left_area", "died_or_moved")])
def test_need_that_ends_with_follow_up_has_ended(cause: str, expected: str) -> None:
    life = one_life(moved=[(0, END, "high", "none", cause)])
    assert state(life) == [expected]
    assert (life["owed_in_need"], life["days_in_need"], life["days_to_help"]) == (0, 420, 420)


def test_need_that_ends_after_follow_up_is_owed() -> None:
    life = one_life(moved=[(0, END + 1e-6, "high", "none", "eased")])
    assert (state(life), life["owed_in_need"]) == (["left_in_need"], 1)
    assert life["recovered_by_364_days"] == 0 and np.isinf(life["day_recovered"])


def test_crisis_that_begins_with_the_end_of_follow_up_is_an_entry_without_days() -> None:
    life = one_life(moved=[(0, END, "high", "crisis", "worsened"), (0, END + 5, "crisis", "high", "eased")])
    assert (life["crises"], life["days_in_crisis"], life["crisis_cost"]) == (1, 0, 700)


def test_an_approach_and_a_refusal_after_follow_up_are_not_counted() -> None:
    late = visit(0, ASK, END + 1, END + 1, due=END + 2, hours=3, level="high", seen="low", outcome="refused_level")
    life = one_life(late)
    assert not any(life[name] for name in ("asked", "approaches", "refusals", "contacts", "citizen_hours", "refusing"))
    assert life["days_before_asking"] == 420


def test_a_refusal_after_follow_up_of_who_asked_before_is_not_yet_one() -> None:
    def life(ended: float) -> Life:
        return one_life(visit(0, ASK, 20, 417, due=ended, hours=3, level="high", seen="low", outcome="refused_level"))

    assert (life(END)["refusals"], life(END + 1)["refusals"]) == (1, 0)
    assert life(END)["refusing_wrongly"] > 0
    assert life(END + 1)["refusing"] == 0 and life(END + 1)["cost_deciding"] > 0


def test_who_was_never_going_to_ask_is_left_in_need_and_who_still_may_is_away() -> None:
    assert state(one_life()) == ["left_in_need"]  # asks_after_days has no mean at high
    assert state(one_life(moved=[(0, 50.0, "high", "moderate", "eased")])) == ["away_in_need"]


def test_who_has_asked_comes_back_by_another_clock_than_who_has_not() -> None:
    asked = visit(0, ASK, 20, 20, due=21, level="high", seen="low", outcome="refused_level")
    assert state(one_life(asked)) == ["away_in_need"]  # comes_back_after_days has a mean at high
    assert state(one_life(asked, moved=[(0, 50.0, "high", "moderate", "eased")])) == ["left_in_need"]


def test_need_that_ends_by_itself_during_help_is_recovery() -> None:
    during = visit(0, SUPPORT, 10, 20, due=END + 9, ended=None, level="high", outcome="open")
    life = one_life(during, moved=[(0, 40.0, "high", "none", "eased")])
    assert state(life) == ["recovered"]
    assert (life["owed_in_help"], life["owed_in_need"]) == (1, 0)


def test_work_cut_short_by_leaving_uses_hours_up_to_then() -> None:
    cut = visit(0, SUPPORT, 10, 20, due=60, ended=30, hours=8, level="high", outcome="left_area")
    life = one_life(cut, moved=[(0, 30.0, "high", "none", "left_area")])
    assert life["hours_helping"] == 2
    assert life["left_with_need"] == life["owed_hours"] == 0


def test_work_that_takes_no_time_uses_its_hours_at_its_start() -> None:
    life = one_life(visit(0, SUPPORT, END, END, due=END, hours=3, level="high", outcome="helped_unfit"))
    assert (life["hours_helping"], life["contacts"], life["owed_hours"]) == (3, 1, 0)


def test_coming_back_after_exactly_364_days_counts_and_a_day_more_does_not() -> None:
    def life(back: float, left: float = 20.0) -> Life:
        first = visit(0, ASK, 8, 9, due=left, level="high", seen="low", outcome="refused_level")
        again = visit(0, ASK, back, back, due=back + 1, approach=2, level="high", seen="high")
        return one_life(first, again)

    assert (life(384)["left_with_need"], life(384)["returned_within_364_days"]) == (1, 1)
    assert (life(385)["left_with_need"], life(385)["returned_within_364_days"]) == (1, 0)
    assert life(400, END - 364)["left_with_need"] == 1
    assert life(400, END - 363)["left_with_need"] == 0


def test_who_comes_again_after_the_need_had_ended_is_no_failure_demand() -> None:
    helped = visit(0, SUPPORT, 8, 9, due=20, level="high", left_at="none", outcome="helped_fit")
    life = one_life(helped, visit(0, ASK, 90, 90, due=91, level="low", approach=2, seen="moderate"))
    assert (life["approaches"], life["failure_approaches"], life["left_with_need"]) == (2, 0, 0)


def test_nobody_comes_back_in_anothers_place() -> None:
    """The first leaves with need open for good; the next row of the visits is somebody else's first approach."""
    first = visit(0, ASK, 8, 9, due=20, seen="low", outcome="refused_level")
    columns = lives(record(TOWN, people(7, 8), visits(first, visit(1, ASK, 30, 30, due=31, seen="moderate"))))
    assert columns["left_with_need"].tolist() == [1, 1]
    assert columns["returned_within_364_days"].tolist() == [0, 0]
    assert columns["failure_approaches"].tolist() == [0, 0]


def test_a_delay_of_28_days_is_over_by_day_28_whatever_the_day_it_began() -> None:
    """Floats lose digits: (7.1 + 28) - 7.1 is over 28 for some days and under it for others."""
    arrivals = np.sort(7 + 7 * np.random.default_rng(0).random(500))
    rows = [visit(at, SUPPORT, day, day + 28, due=day + 30) for at, day in enumerate(arrivals.tolist())]
    assert {(row["started"] - row["joined"]) > 28 for row in rows} == {True, False}
    made, columns = reduced(record(TOWN, people(*arrivals.tolist()), visits(*rows)))
    assert columns["helped_by_28_days"].sum() == 500
    assert made.curves[0, 3:5].tolist() == [0, 500]


EMPTY = {"no citizens": NOBODY, "no cohort": people(3, 20), "no visits": people(3, 8, 20)}
PATHWAYS = ["p", None]


@pytest.mark.parametrize("crowd", EMPTY.values(), ids=EMPTY)
@pytest.mark.parametrize("pathway", PATHWAYS)
def test_empty_tables_are_measured(crowd: Population, pathway: str | None) -> None:
    made = record(TOWN, crowd, pathway=pathway)
    reduction, columns = reduced(made)
    assert all(np.isfinite(array).all() for array in (reduction.sums, reduction.curves, reduction.flow))
    assert {column.size for column in columns.values()} == {len(made.cohort)}
    assert reduction.sums[0, reduction.columns.index("citizens")] == len(made.cohort)
    assert len(citizens_table(made, columns)) == len(made.cohort)
    assert len(visits_table(made, 0, 9)) == len(changes_table(made, 0, 9)) == 0
    assert len(Followed(made).approaches.citizen) == 0


def test_visits_none_of_which_ends_in_the_window_make_no_flows() -> None:
    made = record(TOWN, ONE, visits(visit(0, ASK, 20, level="high", outcome="open")))
    assert reduced(made)[0].flows == ()


def delays(**stage: Any) -> Scenario:
    """A pathway without teams: one delay of 5 days that has a fee."""
    pathway = {"starts_at": "shop", "stages": {"shop": {"delay_days": {"fixed": 5}, **stage}}}
    keys = ("title", "price_year", "compare", "arrivals", "run")
    return Scenario.from_data("delays", {**{key: DATA[key] for key in keys}, "pathways": {"p": pathway}})


def test_a_pathway_without_teams_costs_its_fees() -> None:
    shop = delays(fee_gbp=30, purpose="helping")
    rows = [visit(at, 0, day, day, due=day + 5) for at, day in enumerate((6, 7, 13, 433))]
    made, columns = reduced(record(shop, people(6, 7, 13, 433), visits(*rows)))
    assert columns["public_cost"].tolist() == columns["cost_helping"].tolist() == [30, 30]
    assert [entry.gbp for entry in made.ledger] == [90]  # the first lies before the window
    assert made.queues.teams.shape == (0, 5) and made.queues.stages.shape == (1, 7)


def test_without_levels_prices_or_crisis_their_columns_are_absent() -> None:
    columns = lives(record(delays(), people(8), visits(visit(0, 0, 8, 8, due=13))))
    assert set(columns) == {
        "citizens", "contacts", "assessments", "handoffs", "gave_up", "approaches",
        "hours_deciding", "hours_helping", "hours_running", "citizen_hours",
    }  # fmt: skip
    without = {key: value for key, value in DATA.items() if key != "crisis"}
    assert "crisis_cost" not in lives(record(Scenario.from_data("calm", without), ONE))


def test_a_fee_falls_at_the_start_of_the_visit_within_follow_up_or_not_at_all() -> None:
    """Of three who waited for bought work it began for one as follow-up ended, for one later, for one never."""
    data = delays().data
    stage = {"team": "bought", "hours": 2, "fee_gbp": 30, "purpose": "helping"}
    data["pathways"]["p"] |= {"stages": {"shop": stage}, "teams": {"bought": {"posts": 1}}}
    starts = (END, END + 1, None)
    rows = [visit(at, 0, 20, day, due=day and day + 2, hours=2) for at, day in enumerate(starts)]
    made = record(Scenario.from_data("bought", data), people(7, 7, 7), visits(*rows))
    assert lives(made)["public_cost"].tolist() == [30, 0, 0]
    assert [entry.gbp for entry in account(made).ledger] == [60]
