"""What is said of part-time posts and overtime is said exactly where it is so, against the engine's own shifts."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from sim.engine.instants import A_DAY, A_WEEK
from sim.engine.model import shares_of_neighbourhoods
from sim.engine.shifts import attendance
from sim.reporting import methods
from sim.reporting.beyond_shifts import beside_shifts, overtime_in_words, unserved_in_words
from sim.reporting.console import comparison
from sim.reporting.queues_section import queues
from sim.reporting.results import Results
from sim.reporting.shifts_in_words import overtime_in_words as price_in_words
from sim.reporting.shifts_in_words import part_posts_in_words
from sim.reporting.steps import pathway_in_words
from sim.scenario.scenario import Scenario
from sim.scenario.teams import Team
from tests.engine.worlds import plain as plain_world

from .test_queues_section import told

OPEN = {"mon-fri": "09:00-17:00"}
RULE = "Overtime is every hour worked beyond those on shift"


def world(team: dict[str, Any], **place: Any) -> Scenario:
    return plain_world({"desk": {"team": "clerks", "hours": {"fixed": 1}}}, {"clerks": team}, **place)


def of_part_posts(scenario: Scenario) -> list[str]:
    return list(part_posts_in_words(scenario, scenario.pathways["p"].teams["clerks"]))


def days_there(scenario: Scenario, weeks: int) -> list[list[int]]:
    """By queue: which of the open days have a post more than others, by the engine's shifts."""
    team = scenario.pathways["p"].teams["clerks"]
    found = []
    for cell in attendance(team, shares_of_neighbourhoods(scenario, team), weeks * A_WEEK):
        open_days = sorted({int(when // A_DAY) for when in cell.since if _is_open(team, int(when))})
        most = [max(n for when, n in zip(cell.since, cell.posts, strict=True) if when // A_DAY == d) for d in open_days]
        found.append([place for place, posts in enumerate(most, start=1) if posts > min(most)])
    return found


def _is_open(team: Team, when: int) -> bool:
    days = when % A_WEEK / A_DAY
    return not team.shifts or any(shift.begins <= days < shift.ends for shift in team.shifts)


@pytest.mark.parametrize(
    ("posts", "opening", "sentence"),
    [
        (0.5, OPEN, "Half a post: on shift every second open day (the 2nd, 4th, 6th and so on)."),
        (2.3, OPEN, "0.3 of a post: on shift on 3 in 10 open days (the 4th, 7th, 10th and so on)."),
        (1.1, OPEN, "0.1 of a post: on shift every 10th open day (the 10th, 20th, 30th and so on)."),
        (0.75, None, "Three quarters of a post: on shift on 3 in 4 days (the 2nd, 3rd, 4th and so on)."),
    ],
)
def test_a_part_post_is_said_to_be_there_on_the_days_on_which_the_engine_has_it(
    posts: float, opening: dict[str, str] | None, sentence: str
) -> None:
    scenario = world({"posts": posts} | ({"open": opening} if opening else {}))
    assert of_part_posts(scenario) == [sentence]
    (days,) = days_there(scenario, 40)
    assert [int(day) for day in re.findall(r"(\d+)(?:st|nd|rd|th)\b", sentence.partition("(")[2])] == days[:3]
    assert len([day for day in days if day <= 200]) == pytest.approx(200 * (posts % 1), abs=1)


@pytest.mark.parametrize(
    "team",
    [
        {"posts": 2, "open": OPEN},
        {"posts": "unlimited", "open": OPEN},
        {"posts": 2},
        {"rota": {"mon": {"09:00-17:00": 3}}},
    ],
)
def test_where_no_part_of_a_post_comes_and_goes_nothing_is_said(team: dict[str, Any]) -> None:
    assert of_part_posts(world(team)) == []


def test_a_caseload_has_places_and_no_part_posts() -> None:
    stage = {"desk": {"team": "clerks", "hours": {"fixed": 1}, "weeks": {"fixed": 1}}}
    team = {"posts": 1.5, "works": "caseload", "cases_each": 4, "hours_per_week": 30}
    assert of_part_posts(plain_world(stage, {"clerks": team})) == []


def test_days_that_differ_count_as_their_mean() -> None:
    team = {"posts": 0.5, "open": {"mon": "09:00-12:00", "tue": "09:00-18:00"}}
    assert of_part_posts(world(team))[1:] == ["Open days differ in length: each counts here as 6 hours, their mean."]


def test_each_neighbourhood_has_its_own_part() -> None:
    """Five and a half posts at two to one: 3 2/3 and 1 5/6."""
    team = {"posts": 5.5, "open": OPEN, "per_neighbourhood": True}
    scenario = world(team, place={"households": {"old_town": 2_000, "south": 1_000}})
    assert of_part_posts(scenario) == [
        "Two thirds of a post in old town: on shift on 2 in 3 open days (the 2nd, 3rd, 5th and so on).",
        "0.833 of a post in south: on shift on 5 in 6 open days (the 2nd, 3rd, 4th and so on).",
    ]
    assert [days[:3] for days in days_there(scenario, 6)] == [[2, 3, 5], [2, 3, 4]]


def test_a_rota_says_it_of_each_number_with_a_part() -> None:
    scenario = world({"rota": {"mon-fri": {"09:00-12:00": 0.5, "12:00-13:00": 2}, "sat": {"09:00-12:00": 1.25}}})
    assert of_part_posts(scenario) == [
        "Half a post: on shift every second day with 0.5 on the rota (the 2nd, 4th, 6th and so on).",
        "A quarter of a post: on shift every 4th day with 1.25 on the rota (the 4th, 8th, 12th and so on).",
    ]


@pytest.mark.parametrize(
    ("team", "said"),
    [
        ({"posts": 2}, ""),
        ({"posts": 2, "open": OPEN}, ""),
        (
            {"posts": 2, "open": OPEN, "finish": "same day"},
            "Hours worked beyond those on shift are overtime, at 20 GBP",
        ),
        ({"posts": 2.5}, "Hours worked beyond those on shift are overtime, at 20 GBP an hour."),
        ({"posts": 2.5, "gbp_per_overtime_hour": 31}, "beyond those on shift are overtime, at 31 GBP an hour."),
        (
            {"posts": 2, "works": "caseload", "cases_each": 4},
            "Hours worked beyond those paid for are overtime, at 20 GBP",
        ),
    ],
)
def test_the_price_of_overtime_stands_wherever_a_team_may_work_it(team: dict[str, Any], said: str) -> None:
    given = Team(**{"hours_per_week": 30, "gbp_per_worked_hour": 20, **team})
    assert said in price_in_words(given) and bool(said) == bool(price_in_words(given))
    assert not price_in_words(Team(posts=2.5))


def test_explain_says_both_of_the_team() -> None:
    scenario = world({"posts": 2.5, "hours_per_week": 30, "gbp_per_worked_hour": 20})
    text = " ".join(" ".join(pathway_in_words(scenario, "p")).split())
    assert "are overtime, at 20 GBP an hour. Half a post: on shift every second day (the 2nd, 4th" in text


def beside(results: Results, overtime: float, idle: float, half: float = 1.0) -> Results:
    """The results with so many hours of overtime and of idleness of the assessors, and none of other teams."""
    values = {
        (measure, team): (mean, mean - half, mean + half) if mean and team == "assessors" else (0.0, 0.0, 0.0)
        for measure, mean in {"overtime_hours": overtime, "unserved_hours": idle}.items()
        for team in ("call_handlers", "assessors", "package_workers")
    }
    return told(results, values)


def everywhere(results: Results) -> tuple[str, str, str]:
    """The report's section, the console and the methods page."""
    section = queues(results)
    assert section is not None
    crews = dict(section.more["panes"])["As specified"]  # type: ignore[call-overload]
    report = " ".join([*section.said, *crews[0].beyond])
    return report, " ".join(comparison(results).split()), unescape(methods.render(results, []))


def test_overtime_is_told_with_its_range_and_what_is_paid_for_it(plain: Results) -> None:
    price = plain.scenario.pathways["outsourced"].teams["assessors"].gbp_per_hour_of_overtime
    results = beside(plain, 20.0, 0.0)
    (sentence,) = overtime_in_words(results, "as_specified", "outsourced")
    assert sentence.startswith("Overtime of assessors comes to 20.0 hours a week (19.0 to 21.0), for which £")
    paid = float(re.search(r"£([\d,]+)", sentence)[1].replace(",", ""))  # type: ignore[index]
    assert paid == pytest.approx(20 * price, rel=0.05) and price > 0
    report, console, page = everywhere(results)
    assert all(sentence in text for text in (report, console, page))


def test_without_overtime_none_is_told_and_the_methods_say_so(plain: Results) -> None:
    results = beside(plain, 0.0, 0.0)
    table = results.summary
    table.loc[table["measure"] == "overtime_hours", ["mean", "low", "high"]] = 0.0
    report, console, page = everywhere(results)
    assert not any("Overtime of" in text for text in (report, console, page)) and RULE not in report
    assert "No team worked beyond its hours on shift." in page
    assert beside_shifts(results, "as_specified", "outsourced") == []


def test_what_overtime_is_stands_where_there_is_any(plain: Results) -> None:
    report, _, page = everywhere(beside(plain, 3.0, 0.0))
    assert RULE in report and "No team worked beyond" not in page


def test_very_little_overtime_is_said_to_be_little(plain: Results) -> None:
    (sentence,) = overtime_in_words(beside(plain, 0.02, 0.0, 0.03), "as_specified", "outsourced")
    assert "comes to under 0.1 hours a week, for which £" in sentence


def test_hours_with_nobody_to_serve_are_told_where_there_are_any(plain: Results) -> None:
    said = "Hours on shift with nobody to serve, a week: assessors 40.0 (39.0 to 41.0)."
    results = beside(plain, 0.0, 40.0)
    assert unserved_in_words(results, "as_specified", "outsourced") == said
    report, console, _ = everywhere(results)
    assert said in report and said in console
    assert unserved_in_words(beside(plain, 3.0, 0.0), "as_specified", "outsourced") == ""
