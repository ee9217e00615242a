"""The study of a known world: what it hangs on, where it breaks even, and how it can be flipped."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from sim.experiments.drivers.asking import Moved
from sim.experiments.drivers.flipping import FRESH, find_flip
from sim.experiments.drivers.study import Study, studied
from sim.experiments.drivers.tables import study_tables
from sim.experiments.drivers.tornado import HIGH
from sim.measures.arrays import Floats
from tests.experiments.drivers.made import REFUSED, MadeAsker, drawn, ranged
from tests.experiments.worlds import village

NUMBERS = ranged(12)


def world(values: Floats) -> Floats:
    """10 days later, less 6 for each unit of number 0 above 1, 4 of number 1; more with number 2; others do nothing."""
    moved = values - 1
    return np.asarray(10 - 6 * moved[:, 0] - 5 * moved[:, 1] + 3 * moved[:, 2])[:, None]


def lower_world(values: Floats) -> Floats:
    """The same, and 5 days sooner."""
    return world(values) - 5


def even(values: Floats) -> Floats:
    """Neither side leads as given."""
    return world(values) - 10


def safe(values: Floats) -> Floats:
    """Nothing within the ranges brings this to 0."""
    return world(values) + 20


def once_only(values: Floats) -> Floats:
    """Flipped only by more than three numbers together: each of twelve takes at most 1 off 5.5."""
    return np.asarray(5.5 - (values - 1).sum(axis=1))[:, None]


@cache
def study() -> Study:
    return studied(drawn(world, NUMBERS, 0.5), MadeAsker(world, NUMBERS, 0.5), 4)


def test_the_tornado_is_that_of_the_world_whatever_the_luck() -> None:
    swings = study().tornado
    assert [swings.numbers[at].path for at in swings.largest(0, 3)] == ["n.0", "n.1", "n.2"]
    at = {number.path: place for place, number in enumerate(swings.numbers)}
    first, third = (swings.swing(at[name], 0) for name in ("n.0", "n.2"))
    assert first is not None
    assert third is not None
    assert first.mean == pytest.approx(-9.0)
    assert third.mean == pytest.approx(4.5)
    assert first.high - first.low == pytest.approx(0.0, abs=1e-9), "common luck"


def test_shares_and_grades_are_those_of_the_world() -> None:
    whole = 36 + 25 + 9
    told = study().hanging[0]
    assert told.shares.first_order[:3] == pytest.approx([36 / whole, 25 / whole, 9 / whole], abs=0.03)
    assert told.grades == pytest.approx({"A": 36 / whole, "B": 25 / whole, "C": 9 / whole, "D": 0}, abs=0.03)


def test_the_nearest_flip_is_found_and_confirmed_on_luck_of_its_own() -> None:
    """In half-widths: 1 up on number 0 takes off 6, on number 1 takes off 5, and 1 down on number 2 takes off 1.5."""
    flip = study().flips[0]
    assert flip is not None
    assert flip.there is not None
    assert flip.outcome == "confirmed"
    assert flip.length == pytest.approx(10 / np.sqrt(36 + 25 + 2.25), rel=0.2)
    assert abs(flip.there.mean) < 10 / 16 + 0.05, "it just holds: the ray is halved four times"
    assert {moved.number.path for moved in flip.moves} >= {"n.0", "n.1"}
    assert flip.there.mean < 0


def test_the_corner_takes_every_number_to_the_end_that_hurts() -> None:
    corner = study().corners[0]
    assert corner is not None
    assert corner.flips
    assert [corner.values[f"n.{at}"] for at in range(3)] == [2.0, 2.0, 0.5]


def test_break_even_of_the_largest_number_is_where_the_world_has_it() -> None:
    """At 10 - 6 (x - 1) = 0 x is 2.67, outside the range: never; of a world 5 lower it is 1.83."""
    told = next(one for one in study().grids if one.place == 0).found[0]
    assert told is not None
    assert told.crossings == 0
    lower = studied(drawn(lower_world, NUMBERS, 0.1), MadeAsker(lower_world, NUMBERS, 0.1), 4)
    told = next(one for one in lower.grids if one.place == 0).found[0]
    assert told is not None
    assert told.crossings == 1
    luck = np.mean([np.random.default_rng(number).normal(0, 0.1) for number in range(4)])
    assert told.points == pytest.approx((1 + (5 + luck) / 6,), abs=1e-6)


def test_where_nothing_flips_it_none_is_said_and_the_corner_agrees() -> None:
    none = studied(drawn(safe, NUMBERS, 0.5), MadeAsker(safe, NUMBERS, 0.5), 4)
    assert none.flips[0] is not None
    assert none.flips[0].outcome == "none"
    assert none.corners[0] is not None
    assert not none.corners[0].flips


def test_a_world_that_many_numbers_flip_together_is_not_said_to_have_no_flip() -> None:
    many = studied(drawn(once_only, NUMBERS, 0.5), MadeAsker(once_only, NUMBERS, 0.5), 4)
    assert many.flips[0] is not None
    assert many.flips[0].outcome == "corner_only"


def test_where_no_side_leads_there_is_nothing_to_flip() -> None:
    level = studied(drawn(even, NUMBERS, 0.5), MadeAsker(even, NUMBERS, 0.5), 4)
    assert level.flips == (None,)
    assert level.corners == (None,)


def test_what_may_not_stand_together_stays_out_of_the_corner() -> None:
    asker = MadeAsker(world, NUMBERS, 0.5, standing=13.0)
    corner = studied(drawn(world, NUMBERS, 0.5), asker, 3).corners[0]
    assert corner is not None
    assert corner.values["n.0"] == 2.0
    assert "n.1" in corner.left_out
    assert FRESH > 1_000_000


class OutOfReach(MadeAsker):
    """Answers as far as the sum of all numbers, which always may stand, is no more than can be run."""

    def may_stand(self, values: Moved) -> bool:
        """Whether the scenario may be asked: it does not know what can be run."""
        return True


def test_a_corner_that_cannot_be_run_is_said_to_be_so_and_is_no_flip() -> None:
    asker = OutOfReach(safe, NUMBERS, 0.5, standing=13.0)
    turned = studied(drawn(safe, NUMBERS, 0.5), asker, 3)
    (corner,), (flip,) = turned.corners, turned.flips
    assert corner is not None
    assert flip is not None
    assert (corner.there, corner.flips, corner.why) == (None, False, REFUSED.problem)
    assert (flip.outcome, flip.why) == ("corner_not_run", REFUSED.problem)
    tables = study_tables(village(), asker.judged, turned)
    (told,) = tables["opponents"].to_dict("records")
    assert (told["flips"], told["why"]) == (None, REFUSED.problem)
    assert np.isnan(told["worst"])


def test_a_move_that_cannot_be_run_is_said_to_be_so_and_not_that_it_does_not_hold() -> None:
    asker = MadeAsker(lambda values: values[:, :1] - 1.6, NUMBERS, 0.01, standing=12.5)
    flip = find_flip(lambda moves: moves[:, 0] - 0.55, NUMBERS, [0], asker, 0, 4)
    assert (flip.outcome, flip.there, flip.why) == ("not_run", None, REFUSED.problem)
    assert flip.moves[0].to == pytest.approx(1.55, abs=0.02)


def test_where_the_numbers_as_given_cannot_be_run_there_is_no_verdict_to_turn() -> None:
    asker = MadeAsker(world, NUMBERS, 0.5, standing=11.9)
    turned = studied(drawn(world, NUMBERS, 0.5), asker, 3)
    (flip,) = turned.flips
    assert flip is not None
    assert (flip.outcome, flip.why, turned.corners) == ("given_not_run", REFUSED.problem, (None,))
    assert study_tables(village(), asker.judged, turned)["flips"]["mean"].isna().all()


def test_an_end_that_cannot_be_run_leaves_its_number_the_size_of_the_other_end() -> None:
    """With 12 at most, number 0 can go down to 0.5 and add 3, and not up, where it takes off 6; number 2 adds less."""
    swings = studied(drawn(world, NUMBERS, 0.5), MadeAsker(world, NUMBERS, 0.5, standing=12.0), 3).tornado
    at = {number.path: place for place, number in enumerate(swings.numbers)}
    assert swings.swing(at["n.0"], 0) is None
    assert swings.end(at["n.0"], HIGH, 0) == REFUSED
    assert swings.sizes(0)[at["n.0"]] == pytest.approx(3.0)
    assert [swings.numbers[one].path for one in swings.largest(0, 2)] == ["n.0", "n.1"]


@pytest.mark.parametrize("believed", [0.4, 0.9])
def test_a_metamodel_that_is_wrong_about_how_far_is_put_right_along_its_ray(believed: float) -> None:
    """The world flips with number 0 at 1.6, 0.6 of the way to its high end; the metamodel believes another place."""
    asker = MadeAsker(lambda values: values[:, :1] - 1.6, NUMBERS, 0.01)
    flip = find_flip(lambda moves: moves[:, 0] - believed, NUMBERS, [0], asker, 0, 4)
    assert flip.outcome == "confirmed"
    assert flip.moves[0].to == pytest.approx(1.6, abs=1 / 16 + 0.02)
    assert flip.moves[0].to > 1.58
