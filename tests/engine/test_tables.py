"""Rule 20: what a row of the visits and of the level changes says."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.engine.population import population
from sim.engine.tables import CAUSES, OUTCOMES, LevelChanges, Visits

from .worlds import days, lived, needy, people, plain

ONE = {"clerks": {"posts": 1}}


def row(visits: Visits, at: int) -> dict[str, Any]:
    """One visit by column; nan as None."""
    cells = {name: column[at].item() for name, column in zip(Visits._fields, visits, strict=True)}
    return {name: None if cell != cell else cell for name, cell in cells.items()}


def test_the_columns_are_those_of_rule_20_and_due_and_attended() -> None:
    assert Visits._fields == (
        "citizen", "approach", "seq", "stage", "neighbourhood", "joined", "started", "due", "ended", "staff_hours",
        "needs_joined", "level_joined", "needs_ended", "level_ended", "level_seen", "attended", "outcome",
    )  # fmt: skip
    assert LevelChanges._fields == ("citizen", "day", "from_level", "to_level", "cause")
    assert CAUSES == ("worsened", "eased", "helped", "left_area", "relapsed")


@pytest.mark.usefixtures("average_luck")
def test_every_column_of_a_finished_visit() -> None:
    """Crisis with 3 needs, seen as high; one need is met and the level eased to high, at the second approach.

    The first approach is to day 2; back after a mean of 5 days, at 7; done at 9.
    """
    desk = {
        "team": "clerks",
        "hours": {"fixed": 24, "each_further_need": 12},
        "gate": {"eligible_from": "low", "seen_too_low": 1.0},
        "help": {"fits": {"one": 0, "two": 0, "three": 1, "four": 0}, "eases_levels": 1},
    }
    world = needy({"desk": desk}, ONE, comes_back_after_days={"high": 5.5},
                  place={"households": {"north": 1, "south": 1}})  # fmt: skip
    visits = lived(world, people({"arrival": 0.0, "level": "crisis", "needs": 3, "neighbourhood": 1})).visits
    assert row(visits, 0) == {
        "citizen": 0, "approach": 1, "seq": 1, "stage": 0, "neighbourhood": 1,
        "joined": 0.0, "started": 0.0, "due": 2.0, "ended": 2.0, "staff_hours": 48.0,
        "needs_joined": 3, "level_joined": 4, "needs_ended": 2, "level_ended": 3, "level_seen": 3, "attended": 1,
        "outcome": OUTCOMES.index("helped_fit"),
    }  # fmt: skip
    assert row(visits, 1) == {
        "citizen": 0, "approach": 2, "seq": 2, "stage": 0, "neighbourhood": 1,
        "joined": 7.5, "started": 7.5, "due": 9.0, "ended": 9.0, "staff_hours": 36.0,
        "needs_joined": 2, "level_joined": 3, "needs_ended": 2, "level_ended": 3, "level_seen": 2, "attended": 1,
        "outcome": OUTCOMES.index("helped_unfit"),
    }  # fmt: skip


def test_a_visit_that_did_not_start_has_no_times_and_no_hours() -> None:
    desk = {"team": "clerks", "hours": days(9), "gives_up_after_days": {"fixed": 1}}
    gone = row(lived(plain({"desk": desk}, ONE), people(0.0, 0.0)).visits, 1)
    assert (gone["started"], gone["due"], gone["ended"], gone["staff_hours"]) == (None, None, 1.0, 0.0)


def test_a_visit_under_way_at_the_horizon_is_open_and_says_when_it_was_due() -> None:
    """The horizon is day 364."""
    visits = lived(plain({"desk": {"team": "clerks", "hours": days(9)}}, ONE), people(360.0, 361.0)).visits
    under_way, waiting = row(visits, 0), row(visits, 1)
    assert (under_way["started"], under_way["due"], under_way["ended"]) == (360.0, 369.0, None)
    assert under_way["staff_hours"] == 216.0
    assert (waiting["started"], waiting["due"], waiting["ended"]) == (None, None, None)
    assert [OUTCOMES[each] for each in visits.outcome] == ["open", "open"]


@pytest.mark.usefixtures("average_luck")
def test_who_leaves_the_area_in_the_middle_of_work_keeps_its_planned_hours_and_due_time() -> None:
    """Hours accrue evenly from started to due: of 24 x 8 hours over 8 days, those of 3 days have been worked."""
    world = needy({"desk": {"team": "clerks", "hours": days(8)}}, ONE, group={"leaves_after_days": {"low": 3}})
    left = row(lived(world, people(0.0)).visits, 0)
    assert (left["started"], left["due"], left["ended"], left["staff_hours"]) == (0.0, 8.0, 3.0, 192.0)


@pytest.mark.usefixtures("average_luck")
def test_who_recovers_unaided_has_no_need_left() -> None:
    """In a delay to day 9, and at work to day 8; both lose their two needs on day 3."""
    course = {"eases_after_days": {"low": 3}}
    crowd = people({"arrival": 0.0, "needs": 2})
    for stages in ({"pause": {"delay_days": {"fixed": 9}}}, {"desk": {"team": "clerks", "hours": days(8)}}):
        visit = row(lived(needy(stages, ONE if "desk" in stages else {}, group=course), crowd).visits, 0)
        assert visit["outcome"] == OUTCOMES.index("recovered")
        assert (visit["needs_joined"], visit["needs_ended"], visit["level_joined"], visit["level_ended"]) == (
            2,
            0,
            1,
            0,
        )


def test_visits_stand_in_order_of_citizen_and_seq_and_changes_of_citizen_and_day() -> None:
    course = {"worsens_after_days": {"low": 30}, "eases_after_days": {"moderate": 30}}
    world = needy({"desk": {"team": "clerks", "hours": 9}}, ONE, group=course, comes_back_after_days={"low": 30})
    tables = lived(world, population(world, 0))
    visits, changes = tables.visits, tables.changes
    assert len(visits) > 500 and len(changes) > 500
    assert (np.diff(visits.citizen * 10_000 + visits.seq) > 0).all()
    assert (np.diff(changes.citizen * 10_000 + changes.day) > 0).all()
    assert (visits.seq[np.unique(visits.citizen, return_index=True)[1]] == 1).all()


def test_an_empty_population_gives_empty_tables() -> None:
    tables = lived(plain({"desk": {"team": "clerks", "hours": 1}}, ONE), people())
    assert (len(tables.visits), len(tables.changes)) == (0, 0)
