"""Who is helped by when: the little charts pass through the results, and the sentences hold the other way round too."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pandas as pd
import pytest

from sim.reporting.helped_section import Multiples, Pane, helped, soonest
from sim.reporting.panels import HEIGHT, LABEL, apart, round_steps, thinned
from sim.reporting.results import Results

from .conftest import Maker
from .test_sentences import plain_network


def panes(results: Results) -> dict[str, Pane]:
    section = helped(results)
    assert section is not None
    return dict(section.more["panes"])  # type: ignore[call-overload,no-any-return]


def multiples(results: Results, by: str) -> Multiples:
    first = next(iter(panes(results).values()))
    return next(one for one in first.multiples if one.id == f"helped-{by}-as_specified")


def of_levels(results: Results) -> pd.DataFrame:
    table = results.curves
    table = table[(table["basis"] == "as_specified") & (table["curve"] == "right_help")]
    return table[(table["by"] == "level_at_arrival") & (table["pathway"] != "no_service")]


def said_where(results: Results, shares: dict[tuple[str, str], float], half: float = 0.01) -> str:
    """What is said where these shares of levels have right help by pathway and level."""
    table = of_levels(results)
    table = table[table["day"] == 84].copy()
    for (pathway, level), share in shares.items():
        rows = (table["pathway"] == pathway) & (table["group"] == level)
        table.loc[rows, ["mean", "low", "high"]] = [share, max(0.0, share - half), share + half]
    return soonest(results, "level_at_arrival", table)


def test_every_level_and_every_group_has_a_panel_on_each_basis(plain: Results) -> None:
    assert list(panes(plain)) == ["As specified", "For the same yearly spend on the service"]
    for pane in panes(plain).values():
        assert [[panel.title for panel in many.panels] for many in pane.multiples] == [
            ["Low", "High"],
            ["Older people", "Working-age adults"],
        ]


def test_a_panel_passes_through_the_results_and_says_where_its_lines_end(plain: Results) -> None:
    high = multiples(plain, "level_at_arrival").panels[1]
    rows = of_levels(plain)
    rows = rows[(rows["group"] == "high") & (rows["pathway"] == "local")]
    assert {label.name: label.number for label in high.labels}["local"] == f"{rows['mean'].iloc[-1]:.0%}"
    drawn = re.findall(r'<path d="M ([^"]*)" class="panel-line" stroke="#d55e00"', str(high.plot))
    points = [tuple(map(float, point.split(","))) for point in drawn[0].split()]
    assert len(points) == len(rows) and points[0] == (0, 1000) and points[-1][0] == 1000
    heights = [1000 - y for _, y in points]
    scale = heights[-1] / rows["mean"].iloc[-1]
    assert heights == pytest.approx([mean * scale for mean in rows["mean"]], abs=1.5)


def test_the_table_behind_has_a_row_a_level_and_week_and_ends_with_follow_up(plain: Results) -> None:
    rows = multiples(plain, "level_at_arrival").table.rows
    assert [(row[0].text, row[1].text) for row in rows] == [
        (level, week) for level in ("Low", "High") for week in ("4", "12", "24", "52", "104", "156")
    ]


def test_who_is_helped_soonest_is_told_from_the_numbers_whichever_way_round(plain: Results) -> None:
    shares = {("outsourced", "high"): 0.5, ("outsourced", "low"): 0.1, ("local", "high"): 0.2, ("local", "low"): 0.6}
    said = said_where(plain, shares)
    assert said.startswith(
        "12 weeks after the need arose: with ‘outsourced’, right help had come soonest to those who "
    )
    assert "‘outsourced’, right help had come soonest to those who arrive at level high (50.0%, 49.0% to 51.0%)" in said
    assert "‘local’, right help had come soonest to those who arrive at level low (60.0%, 59.0% to 61.0%)" in said


def test_levels_whose_intervals_meet_are_not_told_apart(plain: Results) -> None:
    shares = {("outsourced", "high"): 0.5, ("outsourced", "low"): 0.49, ("local", "high"): 0.2, ("local", "low"): 0.2}
    said = said_where(plain, shares)
    assert "with ‘outsourced’, right help had come to no kind of citizen clearly sooner than to another (49.0%" in said
    assert "with ‘local’, right help had come to 20.0% of every kind of citizen" in said


def test_where_nobody_is_helped_that_is_said(plain: Results) -> None:
    said = said_where(plain, {("local", level): 0.0 for level in ("high", "low")}, half=0.0)
    assert said.endswith("with ‘local’, right help had come to nobody.")


def test_a_plain_network_has_no_such_section(made: Maker) -> None:
    assert helped(made(edit=plain_network)) is None


def test_one_group_alone_is_not_drawn_apart(plain: Results) -> None:
    curves = plain.curves[plain.curves["group"] != "working_age"]
    pane = next(iter(panes(replace(plain, curves=curves)).values()))
    assert [many.id for many in pane.multiples] == ["helped-level_at_arrival-as_specified"]


def test_bases_are_chosen_by_radio_buttons_with_names_and_all_are_on_the_page(plain_page: str) -> None:
    page = plain_page
    part = page[page.index('<section id="helped"') :].split("</section>")[0]
    assert part.count('name="helped-basis"') == 2 and part.count(" checked") == 1
    assert "Right help begun, as specified" in part and "Right help begun, for the same spend" in part


def test_labels_stand_apart_and_none_leaves_its_panel() -> None:
    moved = apart([10.0, 12.0, 125.0, 131.0], LABEL, HEIGHT - LABEL / 2)
    assert all(after - before >= LABEL - 1e-9 for before, after in pairwise(moved))
    assert moved[-1] <= HEIGHT - LABEL / 2


@pytest.mark.parametrize(
    ("top", "steps"), [(1.0, [0, 0.5, 1.0]), (0.42, [0, 0.2, 0.4]), (530, [0, 200, 400]), (0.0, [0])]
)
def test_ticks_are_round_and_within_the_top(top: float, steps: list[float]) -> None:
    assert round_steps(top) == pytest.approx(steps)


def test_a_thinned_line_keeps_its_ends() -> None:
    table = pd.DataFrame({"x": range(364)})
    kept = thinned(table, 90)["x"].tolist()
    assert kept[0] == 0 and kept[-1] == 363 and len(kept) <= 92
