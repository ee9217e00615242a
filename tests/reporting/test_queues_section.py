"""Which team holds people up is said of its numbers, by the rule by which notices are given."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from sim.reporting.loads import in_words, loads, longest_queue
from sim.reporting.queues_section import Crew, queues
from sim.reporting.report import render
from sim.reporting.results import Results

from .conftest import Maker
from .test_sentences import plain_network

Values = tuple[float, float, float]


def told(results: Results, values: dict[tuple[str, str], Values], pathway: str = "outsourced") -> Results:
    """The results with other values, mean and interval, of measures of teams and stages, as specified."""
    table = results.summary.copy()
    rows = (table["basis"] == "as_specified") & (table["pathway"] == pathway)
    for (measure, part), of in values.items():
        table.loc[rows & (table["measure"] == measure) & (table["part"] == part), ["mean", "low", "high"]] = list(of)
    return replace(results, summary=table)


def said(results: Results, pathway: str = "outsourced") -> str:
    return in_words(loads(results, "as_specified", pathway))


def crews(results: Results) -> tuple[Crew, ...]:
    section = queues(results)
    assert section is not None
    return dict(section.more["panes"])["As specified"]  # type: ignore[call-overload,no-any-return]


QUIET: dict[tuple[str, str], Values] = {
    (measure, team): values
    for team in ("call_handlers", "assessors", "package_workers")
    for measure, values in {
        "utilisation": (0.6, 0.59, 0.61), "backlog": (0.1, 0.0, 0.2), "backlog_growth": (0.0, -0.1, 0.1),
    }.items()
}  # fmt: skip


def test_where_nobody_waits_that_is_said_and_no_team_is_a_bottleneck(plain: Results) -> None:
    text = said(told(plain, QUIET))
    assert text.startswith("Practically nobody waits for any team. Comfortably loaded: call handlers (60.0% used)")
    assert "bottleneck" not in text


def growing(results: Results, team: str, basis: str = "as_specified", pathway: str = "outsourced") -> Results:
    """The results of a run that found the queue for a team to grow."""
    notice = {"kind": "growing_backlog", "basis": basis, "pathway": pathway, "text": "it grows", "team": team}
    return replace(results, manifest={**results.manifest, "notices": [notice]})


def test_a_team_whose_queue_the_run_found_to_grow_is_the_bottleneck_before_a_longer_queue(plain: Results) -> None:
    values = QUIET | {
        ("backlog", "assessors"): (30.0, 28.0, 32.0),
        ("backlog_growth", "assessors"): (2.0, 1.0, 3.0),
        ("backlog", "call_handlers"): (90.0, 80.0, 100.0),
        ("wait_days", "assessment"): (41.0, 40.0, 42.0),
    }
    results = growing(told(plain, values), "assessors")
    assert longest_queue(loads(results, "as_specified", "outsourced")).name == "assessors"
    assert said(results).startswith("The bottleneck: assessors, for which 30.0 people wait on average (28.0 to 32.0)")
    assert "Overloaded: assessors, for which 2.0 more people wait every week (1.0 to 3.0)." in said(results)


@pytest.mark.parametrize("elsewhere", [{}, {"basis": "equal_spend"}, {"pathway": "local"}])
def test_a_queue_that_the_run_did_not_find_to_grow_is_no_overload(plain: Results, elsewhere: dict[str, str]) -> None:
    """Whatever the printed slope: a notice of another basis or pathway, or none, is not of this queue."""
    slope: Values = (2.0, 1.0, 3.0)
    results = told(
        plain, QUIET | {("backlog", "assessors"): (30.0, 28.0, 32.0), ("backlog_growth", "assessors"): slope}
    )
    text = said(growing(results, "assessors", **elsewhere) if elsewhere else results)
    assert "Overloaded" not in text and text.startswith("The longest queue: assessors")


@pytest.mark.parametrize(
    ("used", "state"), [(0.99, "Nearly full"), (0.96, "Busy"), (0.86, "Busy"), (0.84, "Comfortably loaded")]
)
def test_how_a_team_stands_goes_by_how_much_of_it_is_used(plain: Results, used: float, state: str) -> None:
    results = told(plain, QUIET | {("utilisation", "assessors"): (used, used - 0.005, used + 0.005)})
    assert re.search(rf"{state}[^.:]*: [^:]*assessors \({100 * used:.1f}% used\)", said(results))


def test_a_team_without_limit_is_said_to_have_none(plain: Results) -> None:
    table = told(plain, QUIET).summary
    keep = (table["measure"] != "utilisation") | (table["part"] != "assessors")
    assert "With a post for everyone who comes: assessors." in said(replace(plain, summary=table[keep]))


def test_bars_reach_as_far_as_the_team_is_used_and_tell_the_hours_there_are(plain: Results) -> None:
    results = told(plain, QUIET)
    (bar,) = (bar for bar in crews(results)[0].bars if bar.team == "assessors")
    team = results.scenario.pathways["outsourced"].teams["assessors"]
    hours = team.mean_posts * team.hours_with_citizens_a_week
    assert bar.width == pytest.approx(60) and bar.share == "60.0%"
    used, there = (float(text) for text in re.findall(r"[\d.]+", bar.of.replace(",", "")))
    assert used == pytest.approx(0.6 * hours, rel=0.01) and there == pytest.approx(hours, rel=0.01)


def test_each_team_has_a_panel_and_short_queues_say_that_their_scale_is_their_own(plain: Results) -> None:
    crew = crews(plain)[0]
    assert [panel.title for panel in crew.panels] == [
        "Waiting for call handlers",
        "Waiting for assessors",
        "Waiting for package workers",
    ]
    assert [bool(panel.note) for panel in crew.panels] == [True, False, False]


def test_teams_are_told_once_per_basis_that_changes_them(plain: Results) -> None:
    section = queues(plain)
    assert section is not None
    shown = [[crew.title for crew in found] for _, found in section.more["panes"]]  # type: ignore[attr-defined]
    assert shown == [["Outsourced, as specified", "Local, as specified"], ["Local, for the same spend"]]


def test_a_plain_network_has_its_queues_and_needs_no_plotly(made: Maker) -> None:
    page = render(made(edit=plain_network))
    assert '<section id="teams"' in page and 'id="packed-plotly"' not in page


def test_where_visits_lead_is_told_once_under_the_pathways_drawn(plain_page: str) -> None:
    page = plain_page
    assert page.count("Where visits lead with ‘local’, as specified: visits a year</caption>") == 1
