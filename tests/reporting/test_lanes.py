"""Swim lanes show what happened, when, and what it cost; words never cover one another."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import pairwise

import pandas as pd
import pytest

from sim.reporting import lanes_wording as words
from sim.reporting.lanes import Bar, Lane, Mark, lane, waited
from sim.reporting.lanes_cost import HEIGHT, NEAREST, cost_chart
from sim.reporting.lanes_labels import CHARACTER, GAP, SIGN, WIDTHS, Words, beside, inside
from sim.reporting.lives_shown import Life, citizens
from sim.reporting.results import COLUMNS, Results
from sim.scenario.scenario import Scenario, load
from sim.scenario.vocabulary import LEVELS

from .folders import VILLAGE, Data
from .stories_made import ARRIVAL, level, visit


@pytest.fixture(scope="module")
def village() -> Scenario:
    return load(VILLAGE)


def life(*rows: Data, end: float = 200.0) -> Life:
    table = pd.DataFrame(rows, columns=list(COLUMNS["stories.csv"]))
    for name in ("started", "ended", "joined", "due"):
        table[name] = table[name].astype(float) - ARRIVAL
    kinds = [table[table["kind"] == kind] for kind in ("level", "visit")]
    return Life("outsourced", end, *kinds)


LEVELS_OF_ONE = (
    level("moderate", 0, 60),
    level("high", 60, 150, "worsened"),
    level("none", 150, 200, "eased"),
)


def drawn(scenario: Scenario, one: Life, axis: float = 200.0) -> Lane:
    return lane(one, scenario.pathways["outsourced"], axis)


def bars(made: Lane) -> list[tuple[str, float, float]]:
    return sorted(((bar.kind, bar.x, bar.x + bar.width) for bar in made.bars), key=lambda bar: bar[1:])


def test_bands_are_levels_in_per_cent_of_the_axis_and_none_is_no_band(village: Scenario) -> None:
    made = drawn(village, life(*LEVELS_OF_ONE))
    assert made.bands == (Bar("moderate", 0, 30), Bar("high", 30, 45))


def test_waits_work_help_and_absence_take_turns(village: Scenario) -> None:
    """Asks on day 20, waits 10 days, is seen for 4; booking takes 6; waits, then help to day 120; alone until 150."""
    made = drawn(
        village,
        life(
            *LEVELS_OF_ONE,
            visit("call", 1, 20, 30, 34),
            visit("booking", 2, 34, 34, 40),
            visit("package", 3, 40, 80, 120, outcome="helped_fit"),
        ),
    )
    assert bars(made) == [
        ("away", 0, 10), ("wait", 10, 15), ("work", 15, 17), ("wait", 17, 20), ("wait", 20, 40), ("fit", 40, 60),
        ("away", 60, 75),
    ]  # fmt: skip
    assert [(mark.kind, mark.day) for mark in made.marks] == [("right_help", 80), ("recovered", 150)]
    assert waited(made.life, village.pathways["outsourced"]) == 10 + 6 + 40


def test_need_that_changes_while_away_is_away_all_along(village: Scenario) -> None:
    """Seen on day 20 and again on day 100; in between the level changes on day 60."""
    made = drawn(village, life(*LEVELS_OF_ONE, visit("call", 1, 20, 20, 30), visit("call", 2, 100, 100, 110)))
    away = [(begin, stop) for kind, begin, stop in bars(made) if kind == "away"]
    assert away == [(0, 10), (15, 30), (30, 50), (55, 75)]


@pytest.mark.parametrize(
    ("outcome", "ended", "kind"),
    [("helped_unfit", 120.0, "unfit"), ("open", None, "unfit"), ("helped_fit", 120.0, "fit"), ("missed", 81.0, "wait")],
)
def test_help_is_known_by_how_it_ended(village: Scenario, outcome: str, ended: float | None, kind: str) -> None:
    happened = visit("package", 1, 80, 80, ended, outcome=outcome, due=ARRIVAL + 260)
    made = drawn(village, life(*LEVELS_OF_ONE, happened))
    assert (kind, 40, 100 if ended is None else ended / 2) in bars(made)


def test_help_that_turns_out_to_fit_after_the_end_is_not_right_help_yet(village: Scenario) -> None:
    late = life(*LEVELS_OF_ONE, visit("package", 1, 80, 90, 201, outcome="helped_fit"))
    assert late.right_help is None
    assert "right_help" not in {mark.kind for mark in drawn(village, late).marks}


def test_every_kind_of_event_is_marked(village: Scenario) -> None:
    one = life(
        level("low", 0, 50),
        level("none", 50, 90, "helped"),
        level("low", 90, 180, "relapsed"),
        level("none", 180, 200, "left_area"),
        visit("call", 1, 5, 6, 7, outcome="refused_level"),
        visit("call", 2, 20, None, 25, approach=2, outcome="gave_up"),
        visit("call", 3, 30, None, 30, approach=3, outcome="full"),
    )
    assert [(mark.kind, mark.day) for mark in drawn(village, one).marks] == [
        ("refused", 7), ("came_back", 20), ("gave_up", 25), ("refused", 30), ("came_back", 30), ("resolved", 50),
        ("relapsed", 90), ("left", 180),
    ]  # fmt: skip
    assert set(words.MARKS) == {"right_help", "recovered", *(mark.kind for mark in drawn(village, one).marks)}


def test_nothing_after_the_end_is_drawn(village: Scenario) -> None:
    made = drawn(village, life(*LEVELS_OF_ONE, visit("call", 1, 190, 210, 220, outcome="refused_level")))
    assert ("wait", 95, 100) in bars(made) and all(bar.kind != "work" for bar in made.bars)
    assert {mark.kind for mark in made.marks} == {"recovered"}


def test_where_nobody_helps_only_the_course_is_drawn() -> None:
    made = lane(life(*LEVELS_OF_ONE), None, 200.0)
    assert not made.bars and len(made.bands) == 2 and [mark.kind for mark in made.marks] == ["recovered"]


def test_a_thousand_visits_on_the_same_spot_are_drawn_once(village: Scenario) -> None:
    many = [visit("call", at, 10 + at / 1e4, 10 + at / 1e4, 10 + at / 1e4 + 1e-5) for at in range(1000)]
    assert len(drawn(village, life(*LEVELS_OF_ONE, *many)).bars) < 10


def test_in_a_real_run_being_away_and_being_with_the_service_make_up_all_the_time_in_need(real: Results) -> None:
    for citizen in citizens(real):
        for one in citizen.lives:
            pathway = real.scenario.pathways.get(one.pathway)
            if pathway is None:
                continue
            made = lane(one, pathway, one.end)
            in_need = sum(band.width for band in made.bands)
            away = sum(bar.width for bar in made.bars if bar.kind == "away")
            assert covered([(bar.x, bar.x + bar.width) for bar in made.bars]) >= in_need - 0.1
            assert (
                covered([(bar.x, bar.x + bar.width) for bar in made.bars if bar.kind != "away"]) >= in_need - away - 0.1
            )
            assert away <= in_need + 0.1


def covered(spans: list[tuple[float, float]]) -> float:
    """How much of the axis lies under at least one of them."""
    total, at = 0.0, 0.0
    for low, high in sorted(spans):
        total += max(0.0, high - max(low, at))
        at = max(at, high)
    return total


def test_cost_falls_at_once_and_evenly_up_to_the_end_of_the_work() -> None:
    """A crisis from day 60 to 80 costs 700 at once and 40 a day; 100 of work from day 10 to 20; help is still on."""
    one = life(
        level("moderate", 0, 60),
        level("crisis", 60, 80, "worsened", gbp_at_once=700.0, gbp_evenly=800.0),
        level("high", 80, 200, "eased"),
        visit("call", 1, 5, 10, 20, gbp_evenly=100.0),
        visit("package", 2, 20, 150, None, gbp_evenly=50.0, due=ARRIVAL + 260, outcome="open"),
    )
    assert [one.cost_by(day) for day in (0, 9, 15, 20, 59, 60, 70, 80, 150, 175, 200)] == pytest.approx(
        [0, 0, 50, 100, 100, 800, 1200, 1600, 1600, 1625, 1650]
    )
    assert one.cost_by(60, is_before=True) == 100
    corners = [(0, 0), (10, 0), (20, 100), (60, 100), (60, 800), (80, 1600), (150, 1600), (200, 1650)]
    assert [x for corner in one.cost for x in corner] == pytest.approx([x for corner in corners for x in corner])


def test_costs_of_the_same_amount_have_labels_that_do_not_meet() -> None:
    same = life(level("low", 0, 200, gbp_at_once=100.0))
    for lives in ((same,), (same,) * 3, (same,) * 6, (life(*LEVELS_OF_ONE), same, same)):
        places = sorted(line.y for line in cost_chart(lives, 200.0).lines)
        assert all(after - before >= NEAREST for before, after in pairwise(places))
        assert places[0] >= 12 and places[-1] <= HEIGHT


@pytest.mark.parametrize(
    ("top", "ticks"), [(963, ["0", "500"]), (3_000, ["0", "1,000", "2,000", "3,000"]), (4, ["0", "2", "4"])]
)
def test_the_scale_has_round_amounts(top: float, ticks: Sequence[str]) -> None:
    chart = cost_chart((life(level("low", 0, 200, gbp_at_once=top)),), 200.0)
    assert [text for text, _ in chart.ticks] == [f"£{text}" for text in ticks]


def test_where_nothing_costs_anything_there_is_no_cost_to_draw() -> None:
    assert not cost_chart((life(*LEVELS_OF_ONE),), 200.0).lines


def test_words_stand_in_a_band_from_the_width_on_at_which_they_fit() -> None:
    assert inside(Bar("low", 0, 100), "low") == WIDTHS[0]
    assert inside(Bar("low", 0, 5), "low") == 640  # 3 characters of 6.6 and 10 px of room need 29.8 of 596 px
    assert inside(Bar("low", 0, 0.5), "low") is None


def span(mark: Mark, text: str, where: Words, width: int) -> tuple[float, float]:
    centre, length = mark.x / 100 * width, CHARACTER * len(text)
    if where.is_before:
        return centre - SIGN - GAP - length, centre - SIGN - GAP
    return centre + SIGN + GAP, centre + SIGN + GAP + length


@pytest.mark.parametrize("seed", range(20))
def test_words_beside_marks_never_meet_at_any_width(seed: int) -> None:
    rng = random.Random(seed)
    marks = [Mark(rng.choice(list(words.MARKS)), round(rng.uniform(0, 100), 2), 0.0) for _ in range(rng.randint(1, 9))]
    texts = [words.MARKS[mark.kind] for mark in marks]
    found = beside(marks, texts)
    for width in WIDTHS:
        shown = [span(marks[at], texts[at], one, width) for at, one in enumerate(found) if one and one.least <= width]
        assert all(low >= 0 and high <= width for low, high in shown)
        assert all(one[1] <= other[0] for one, other in pairwise(sorted(shown)))


def test_what_matters_most_keeps_its_words() -> None:
    """At 50% and 56% of 280 px, signs are 17 px apart: the words of the first turn away, those of the second stay."""
    near = [Mark("right_help", 50, 0), Mark("came_back", 56, 0)]
    found = beside(near, ["right help", "came back"])
    assert found[0] == Words(280, is_before=True) and found[1] is not None and not found[1].is_before


def test_every_level_and_bar_has_words() -> None:
    assert set(words.BARS) == {"wait", "work", "fit", "unfit", "away"}
    assert set(LEVELS[1:]) == {"low", "moderate", "high", "crisis"}
