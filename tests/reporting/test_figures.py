"""Figures draw the numbers of the results, one look per pathway everywhere."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from sim.reporting import figures
from sim.reporting.colours import NOBODY_HELPS, PATHWAYS, PURPOSES, look
from sim.reporting.differences import differences
from sim.reporting.page import chart
from sim.reporting.results import Results
from sim.reporting.spending import spending
from sim.reporting.tables import Table

from .folders import demand_means


def luminance(colour: str) -> float:
    """Relative luminance of an sRGB colour (WCAG 2.1)."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("style", [*PATHWAYS, NOBODY_HELPS])
def test_words_in_a_pathways_colour_have_contrast_aa_on_white(style: Any) -> None:
    assert contrast(style.ink, "#ffffff") >= 4.5


@pytest.mark.parametrize("purpose", PURPOSES)
def test_words_on_a_bar_have_contrast_aa(purpose: str) -> None:
    assert contrast(PURPOSES[purpose].colour, PURPOSES[purpose].ink) >= 4.5


def test_pathways_differ_by_dash_and_marker_as_well_as_by_colour() -> None:
    looks = [*PATHWAYS, NOBODY_HELPS]
    for part in ("line", "dash", "symbol"):
        assert len({getattr(style, part) for style in looks}) == len(looks)


def lines(figure: Any) -> dict[str, Any]:
    return {trace.name: trace for trace in figure.data if trace.name}


def test_one_colour_per_pathway_in_every_figure(plain: Results) -> None:
    for basis in plain.bases:
        for curve in ("right_help", "recovered"):
            drawn = lines(figures.reached_by_day(plain, basis, curve))
            assert {name: trace.line.color for name, trace in drawn.items()} == {
                name.replace("_", " "): look(plain, name).line for name in plain.pathways
            }
    found = differences(plain, against="outsourced")
    forest = figures.differences(plain, [d for d in found if d.measure == "days_to_help"])
    assert {trace.marker.color for trace in forest.data} == {look(plain, "local").line}


def test_a_curve_passes_through_the_numbers_of_the_results(plain: Results) -> None:
    drawn = lines(figures.reached_by_day(plain, "as_specified", "right_help"))["local"]
    table = plain.curves[(plain.curves["pathway"] == "local") & (plain.curves["curve"] == "right_help")]
    table = table[(table["basis"] == "as_specified") & (table["by"] == "all")]
    means = dict(zip(table["day"], table["mean"], strict=True))
    assert drawn.x[-1] == max(means)
    assert list(drawn.y) == pytest.approx([means[day] for day in drawn.x], abs=1e-4)


def test_bars_add_up_to_the_public_cost_that_they_split(real: Results) -> None:
    for one in spending(real):
        row = real.overall(one.basis, one.pathway, "public_cost")
        assert row is not None and one.total == pytest.approx(row["mean"], rel=1e-6)
    drawn = figures.money(real)
    assert sum(sum(trace.x) for trace in drawn.data) == pytest.approx(sum(one.total for one in spending(real)))


def test_differences_are_drawn_with_their_intervals_and_the_band_that_does_not_matter(plain: Results) -> None:
    found = [d for d in differences(plain, against="outsourced") if d.measure == "public_cost"]
    figure = figures.differences(plain, found)
    trace = figure.data[0]
    assert trace.x[0] == 312 and trace.error_x.array[0] == 62 and trace.error_x.arrayminus[0] == 62
    band = next(shape for shape in figure.layout.shapes if shape.type == "rect")
    assert (band.x0, band.x1) == (-50, 50)
    low, high = figure.layout.xaxis.range
    assert low < -50 and high > 374


def test_names_at_the_ends_of_lines_do_not_overlap(plain: Results, real: Results) -> None:
    for results in (plain, real):
        figure = figures.reached_by_day(results, "as_specified", "recovered")
        heights = sorted(note.y for note in figure.layout.annotations)
        assert len(heights) == 3 and heights[0] >= 0 and heights[-1] <= 1
        gaps = [above - below for below, above in pairwise(heights)]
        assert min(gaps) * (figure.layout.height - figures.ROUND_THE_PLOT) >= figures.NEAREST_LABELS - 1e-6


def test_a_headline_by_arrivals_is_a_line_a_pathway_in_its_colour_through_what_the_table_says(plain: Results) -> None:
    figure = figures.by_demand(plain, "public_cost")
    drawn = lines(figure)
    assert list(drawn) == ["outsourced", "local"]
    for name, trace in drawn.items():
        assert trace.line.color == look(plain, name).line
        assert list(trace.x) == [0.8, 1.0, 1.2] and list(trace.y) == pytest.approx(demand_means(name, "public_cost"))
        assert list(trace.error_y.array) == pytest.approx([10.0] * 3)
    low, high = figure.layout.yaxis.range
    assert low == 0 and high > max(max(trace.y) for trace in drawn.values()) + 10


def test_a_line_whose_intervals_nobody_knows_is_drawn_without_a_band(plain: Results) -> None:
    unknown = replace(plain, curves=plain.curves.assign(low=float("nan"), high=float("nan")))
    drawn = figures.reached_by_day(unknown, "as_specified", "right_help")
    assert [trace.fill for trace in drawn.data] == [None] * 3
    assert "NaN" not in chart("x", "x", drawn, "x", Table("x", (), ())).figure


def test_figures_leave_the_results_as_they_were(plain: Results) -> None:
    before = plain.curves.copy(), plain.summary.copy()
    figures.money(plain)
    figures.reached_by_day(plain, "as_specified", "right_help")
    assert plain.curves.equals(before[0]) and plain.summary.equals(before[1])
