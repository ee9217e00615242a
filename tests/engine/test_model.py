"""A scenario as arrays: exact fractions of posts, places by largest remainder, speeds, routes (rules 5, 6, 15, 16)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, get_type_hints

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from sim.engine.codes import AWAY
from sim.engine.model import Floats, Hashes, Ints, Model, compiled
from sim.engine.sharing import largest_remainder
from sim.engine.teams import Week
from sim.scenario.scenario import Scenario

from .worlds import needy, plain

HOUSEHOLDS = {"north": 1, "centre": 1, "south": 1}


def model(team: dict[str, Any], households: Mapping[str, float] | None = None) -> Model:
    stage: dict[str, Any] = {"team": "t", "hours": 1}
    if team.get("works") == "caseload":
        stage["weeks"] = {"fixed": 10}
    place = {"households": dict(households)} if households else {}
    return compiled(plain({"desk": stage}, {"t": team}, place=place), "p")


def posts(made: Model) -> list[Fraction]:
    """Posts of the first team by neighbourhood: whole and part."""
    if not made.first_shift[1]:
        return [Fraction(int(places)) for places in made.places[0]]
    parts = zip(made.shift_whole[0], made.shift_top[0], made.shift_bottom[0], strict=True)
    return [int(whole) + Fraction(int(top), int(bottom)) for whole, top, bottom in parts]


def test_posts_are_split_by_households_in_exact_fractions() -> None:
    """2.5 posts over 5 : 3 : 2 households are 1.25, 0.75 and 0.5; a third of 0.1 is a thirtieth, not a float."""
    split = posts(model({"posts": 2.5, "per_neighbourhood": True}, {"a": 5, "b": 3, "c": 2}))
    assert split == [Fraction(5, 4), Fraction(3, 4), Fraction(1, 2)]
    assert posts(model({"posts": 0.1, "per_neighbourhood": True}, HOUSEHOLDS)) == [Fraction(1, 30)] * 3


def test_a_pooled_team_has_all_its_posts_in_one_queue() -> None:
    made = model({"posts": 2.5}, HOUSEHOLDS)
    assert posts(made) == [Fraction(5, 2), 0, 0]
    assert made.cell.tolist() == [[0, 0, 0]]


def test_each_neighbourhood_has_its_own_queue() -> None:
    assert model({"posts": 3, "per_neighbourhood": True}, HOUSEHOLDS).cell.tolist() == [[0, 1, 2]]


@pytest.mark.parametrize(
    ("whole", "shares", "expected"),
    [
        (10, [5, 3, 2], [5, 3, 2]),
        (10, [1, 1, 1], [4, 3, 3]),  # 3.33 each: the tie goes to the first
        (11, [1, 1, 1], [4, 4, 3]),
        (7, [46, 34, 20], [3, 2, 2]),  # 3.22, 2.38, 1.40: the one left over goes to 1.40
        (0, [1, 2], [0, 0]),
    ],
)
def test_largest_remainder(whole: int, shares: list[int], expected: list[int]) -> None:
    fractions = [Fraction(share, sum(shares)) for share in shares]
    assert largest_remainder(whole, fractions) == expected


@given(st.integers(0, 200), st.lists(st.integers(1, 50), min_size=1, max_size=8))
def test_largest_remainder_gives_out_everything_and_nobody_is_a_whole_place_off(whole: int, given: list[int]) -> None:
    shares = [Fraction(share, sum(given)) for share in given]
    parts = largest_remainder(whole, shares)
    assert sum(parts) == whole
    assert all(abs(part - whole * share) < 1 for part, share in zip(parts, shares, strict=True))


def test_places_of_a_caseload_are_posts_by_cases_rounded_down() -> None:
    """2.5 posts of 3 cases are 7 places; 2.3 of 10 are 23, though 2.3 x 10 is 22.999.. in floats."""
    assert posts(model({"works": "caseload", "posts": 2.5, "cases_each": 3})) == [7]
    assert posts(model({"works": "caseload", "posts": 2.3, "cases_each": 10})) == [23]


def test_places_of_a_caseload_are_shared_by_largest_remainder() -> None:
    """11 places over 5 : 3 : 2 are 5.5, 3.3 and 2.2: the odd one goes to 5.5."""
    team = {"works": "caseload", "posts": 1.1, "cases_each": 10, "per_neighbourhood": True}
    assert posts(model(team, {"a": 5, "b": 3, "c": 2})) == [6, 3, 2]


@given(st.fractions(0, 1, max_denominator=60).filter(lambda part: part < 1), st.integers(0, 5))
def test_a_fraction_of_a_post_is_there_on_its_share_of_days(part: Fraction, whole: int) -> None:
    """Day k has one post more if floor((k+1)f) > floor(kf); in any n days that is floor(nf) in all."""
    week = Week(model({"posts": float(whole + part), "open": {"mon-sun": "00:00-24:00"}}), 0)
    seen = []
    for day in range(150):
        seen.append(week.posts(0) - whole)
        extra = (day + 1) * part.numerator // part.denominator - day * part.numerator // part.denominator
        assert seen[-1] == extra
        assert sum(seen) == (day + 1) * part.numerator // part.denominator
        week.change()


def test_speed_is_the_hours_with_citizens_in_an_average_day() -> None:
    """42 hours a week, 26 weeks of 52, half of it with citizens: 10.5 hours a week, 1.5 a day."""
    assert model({"posts": 1, "hours_per_week": 42, "weeks_per_year": 26, "share_with_citizens": 0.5}).speed == [1.5]
    assert model({"posts": 1}).speed == [24.0]


def test_routes_add_up_and_the_last_takes_the_rest() -> None:
    made = compiled(
        plain({"a": {"delay_days": 1, "next": {"b": 0.1, "c": 0.2, "leave": "rest"}},
               "b": {"delay_days": 1}, "c": {"delay_days": 1}}), "p"
    )  # fmt: skip
    row = made.route_row[0, 1, 0, 1]
    assert made.route_to[row].tolist() == [1, 2, AWAY]
    assert made.route_edge[row] == pytest.approx([0.1, 0.3, 1.0])
    assert made.route_edge[row][-1] == 1.0


def test_routes_by_level_group_and_needs_reach_their_rows() -> None:
    stages = {
        "by_level": {"delay_days": 1, "next_by_level": {"high": {"by_needs": "rest"}}},
        "by_needs": {"delay_days": 1, "next_by_needs": {"two": {"by_group": "rest"}}},
        "by_group": {"delay_days": 1, "next_by_group": {"b": {"by_level": 0.5, "leave": "rest"}}},
    }
    made = compiled(needy(stages, groups={"a": {"share": 0.5}, "b": {"share": 0.5}}), "p")

    def first(stage: int, level: int, group: int, needs: int) -> int:
        return int(made.route_to[made.route_row[stage, level, group, needs], 0])

    assert [first(0, level, 0, 1) for level in range(1, 5)] == [AWAY, AWAY, 1, AWAY]
    assert [first(1, 1, 0, needs) for needs in range(1, 5)] == [AWAY, 2, AWAY, AWAY]
    assert [first(2, 1, group, 1) for group in range(2)] == [AWAY, 0]


def test_no_service_has_no_stages_and_nobody_asks() -> None:
    made = compiled(needy({"desk": {"team": "t", "hours": 1}}, {"t": {"posts": 1}}), None)
    assert made.start == AWAY
    assert made.stage_team.size == 0
    assert np.isinf(made.asks).all()


SIZES = {
    "S": "stage_team stage_luck missed after_missed gate_level gate_too_low gate_too_high gate_outside gate_most_needs "
    "has_help meets_all eases_levels on_give_up queue_limit when_full moves_up",
    "SW": "stage_draw",
    "SGK": "stage_law",
    "SE": "fits",
    "SLGE": "route_row",
    "RM": "route_edge route_to",
    "T": "is_caseload keeps covers same_day order speed calendar_week",
    "TG": "group_rank",
    "TN": "cell places",
    "F": "first_shift first_calendar",
    "H": "shift_begins shift_ends shift_quantum shift_quanta",
    "HN": "shift_whole shift_top shift_bottom",
    "GL": "worsens eases leaves",
    "G": "relapses",
    "L": "asks comes_back",
}
"""Names of the arrays by the letters of their sizes: those of `Model`, and W draws, K times, E needs, F = T + 1."""

KINDS = {Floats: np.float64, Ints: np.int64, Hashes: np.uint64, NDArray[np.bool_]: np.bool_}


def of_two_groups(stages: dict[str, Any], teams: dict[str, Any]) -> Scenario:
    groups = {"a": {"share": 0.5}, "b": {"share": 0.5}}
    return needy(stages, teams, groups=groups, place={"households": HOUSEHOLDS})


PAUSE = {"pause": {"delay_days": 1}}
DESK = {"desk": {"team": "t", "hours": 1, "next": {"pause": "rest"}}, **PAUSE}
OPEN = {"t": {"posts": 2.5, "per_neighbourhood": True, "open": {"mon": "08:00-18:00", "wed": "08:00-18:00"}}}


@pytest.mark.parametrize(
    ("scenario", "pathway", "counts"),
    [
        (of_two_groups(DESK, OPEN), "p", {"S": 2, "T": 1, "H": 2, "R": 2, "M": 1}),
        (of_two_groups(DESK, {"t": {"posts": 2}}), "p", {"S": 2, "T": 1, "H": 0, "R": 2, "M": 1}),
        (of_two_groups(PAUSE, {}), "p", {"S": 1, "T": 0, "H": 0, "R": 1, "M": 1}),
        (of_two_groups(PAUSE, {}), None, {"S": 0, "T": 0, "H": 0, "R": 0, "M": 1}),
    ],
    ids=["open by day", "round the clock", "no teams", "no service"],
)
def test_every_array_has_the_size_and_kind_the_model_says(
    scenario: Scenario, pathway: str | None, counts: dict[str, int]
) -> None:
    """An engine that is compiled reads them unasked: one that is empty must not be of another kind or shape."""
    made = compiled(scenario, pathway)
    sizes = {"N": 3, "G": 2, "L": 5, "E": 5, "W": 9, "K": 4, "F": counts["T"] + 1, **counts}
    kinds = get_type_hints(Model)
    names = {name: letters for letters, written in SIZES.items() for name in written.split()}
    assert {name for name, value in made._asdict().items() if isinstance(value, np.ndarray)} == set(names)
    for name, letters in names.items():
        array = getattr(made, name)
        assert (name, array.shape) == (name, tuple(sizes[letter] for letter in letters))
        assert (name, array.dtype) == (name, KINDS[kinds[name]])
