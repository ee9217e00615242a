"""Weeks of teams that make no sense are refused by name, with the remedy; what is only inherited gives way."""

from __future__ import annotations

from typing import Any

import pytest

from sim.scenario.scenario import Scenario
from sim.scenario.shifts import Shift, days_named, shifts_of
from tests.scenario.files import LINE, Data, edited, faults, only_fault

DESK = "pathways.line.stages.desk"
CLERKS = "pathways.line.teams.clerks"
OPEN: Data = {"open": {"mon-fri": "08:00-18:00"}}
ROTA: Data = {"rota": {"mon-fri": {"08:00-18:00": 3}}}
PLACE = ("place.households", {"north": 1, "south": 1})
CASELOAD: Data = {"works": "caseload", "posts": 2, "cases_each": 5}

CASES: dict[str, tuple[Data, str]] = {
    "no posts": ({}, ": a team has `posts` or a `rota`, but neither stands here; give one of them"),
    "posts and a rota": ({"posts": 2, **ROTA}, ": a team has `posts` or a `rota`, but both stand here; give one of"),
    "open beside a rota": ({**OPEN, **ROTA}, ": `open` has no effect beside a `rota`, which says when; drop one of"),
    "no such day": (
        {"posts": 2, "open": {"monday": "08:00-18:00"}},
        ".open: 'monday' names no days; expected such as 'mon' or 'mon-fri', of mon, tue, wed, thu, fri, sat, sun",
    ),
    "no such hours": (
        {"posts": 2, "open": {"mon": "8-18"}},
        ".open: '8-18' names no hours of a day; expected such as '08:00-18:00', up to '24:00'",
    ),
    "hours beyond the day": (
        {"posts": 2, "open": {"mon": "08:00-24:30"}},
        ".open: '08:00-24:30' names no hours of a day; expected such as '08:00-18:00', up to '24:00'",
    ),
    "minutes beyond the hour": (
        {"posts": 2, "open": {"mon": "08:60-18:00"}},
        ".open: '08:60-18:00' names no hours of a day; expected",
    ),
    "hours without days": (
        {"posts": 2, "open": "08:00-18:00"},
        ".open: '08:00-18:00' is not allowed; expected days and hours, as in { mon-fri = '08:00-18:00' }",
    ),
    "hours past midnight": (
        {"posts": 2, "open": {"mon": "22:00-06:00"}},
        ".open: the hours '22:00-06:00' do not end after they begin; past midnight write two: to '24:00', and the next",
    ),
    "a day twice": (
        {"posts": 2, "open": {"mon-fri": "08:00-18:00", "fri": "17:00-20:00"}},
        ".open: '08:00-18:00' and '17:00-20:00' overlap on fri; let the second begin where the first ends",
    ),
    "hours twice": (
        {"posts": 2, "open": {"mon": ["08:00-12:00", "08:00-12:00"]}},
        ".open: the hours of mon: 08:00-12:00 stand twice; write them once",
    ),
    "never open": ({"posts": 2, "open": {}}, ".open: the team is never open; give days and hours, such as mon-fri ="),
    "no hours": ({"posts": 2, "open": {"mon": 8}}, ".open.mon: 8 is not allowed; expected hours such as '08:00-18:00'"),
    "nobody on the rota": (
        {"rota": {"mon": {"08:00-18:00": 0}}},
        ".rota: nobody is ever on shift; give heads by hours, such as mon-fri = { '08:00-18:00' = 3 }",
    ),
    "heads below 0": (
        {"rota": {"mon": {"08:00-18:00": -1}}},
        ".rota.mon.08:00-18:00: -1 is not allowed; expected at least 0 [people]",
    ),
    "an end of what never closes": (
        {"posts": 2, "finish": "same day"},
        ": `finish` has no effect where a team never closes; drop it, or give `open` or a `rota`",
    ),
    "an end of what is open day and night": (
        {"posts": 2, "finish": "same day", "open": {"mon-sun": "00:00-24:00"}},
        ": `finish` has no effect where a team never closes; drop it, or leave a time out of its hours",
    ),
    "overtime of those who are not paid": (
        {"posts": 2, **OPEN, "finish": "same day", "gbp_per_overtime_hour": 30},
        ": `gbp_per_overtime_hour` has no effect on a team without `gbp_per_worked_hour`; give it, or drop it",
    ),
    "hours of a post on a rota": (
        {**ROTA, "hours_per_week": 37},
        ": `hours_per_week` has no effect beside a `rota`, which says who is at work and when; drop it",
    ),
    "weeks of a post on a rota": (
        {**ROTA, "weeks_per_year": 42},
        ": `weeks_per_year` has no effect beside a `rota`, which says who is at work and when; drop it",
    ),
    "more work than open hours": (
        {"posts": 2, "open": {"mon": "08:00-18:00"}, "hours_per_week": 40, "share_with_citizens": 0.5},
        ": a post has 20 hours a week with citizens in 10 open hours; open longer, or share_with_citizens at most 0.25",
    ),
    "hours of a caseload": (
        {**CASELOAD, **OPEN},
        ": `open` has no effect on a caseload, which is held day and night; drop it",
    ),
    "cover without neighbourhoods": (
        {"posts": 2, "cover": True},
        ": `cover` has no effect where all share one queue; drop it, or set per_neighbourhood = true",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_week_that_makes_no_sense_is_refused(case: str) -> None:
    team, expected = CASES[case]
    stage = ("pathways.line.stages.desk.weeks", 2) if team.get("works") == "caseload" else ("title", "A line")
    assert f"{CLERKS}{expected}" in only_fault(edited(LINE, PLACE, (CLERKS, team), stage))


def test_patience_has_an_effect_where_unlimited_posts_close() -> None:
    team = {"posts": "unlimited", **OPEN}
    assert not faults(edited(LINE, (CLERKS, team), (f"{DESK}.gives_up_after_days", 1)))


def like(one: Data, two: Data, defaults: Data | None = None) -> Scenario:
    """Two teams, the second like the first but for its own keys."""
    other = {"team": "others", "hours": 1.0}
    data = edited(
        LINE, PLACE, ("price_year", "2024-25"),
        (CLERKS, one), ("pathways.line.teams.others", {"like": "clerks", **two}),
        (f"{DESK}.next", {"more": "rest"}), ("pathways.line.stages.more", other),
    )  # fmt: skip
    return Scenario.from_data("test", {**data, **({"team_defaults": defaults} if defaults else {})})


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ({"posts": 2, **OPEN}, ROTA, {"posts": None, "open": None}),
        (ROTA, {"posts": 2}, {"rota": None, "posts": 2.0}),
        ({"posts": 2, "per_neighbourhood": True, "cover": True}, {"per_neighbourhood": False}, {"cover": False}),
        ({**ROTA, "finish": "same day"}, {"posts": 1}, {"finish": None}),
        ({"posts": 2, "hours_per_week": 37, "weeks_per_year": 42}, ROTA, {"hours_per_week": None}),
    ],
)
def test_what_is_inherited_gives_way_to_what_a_team_says_itself(one: Data, two: Data, expected: Data) -> None:
    team = like(one, two).pathways["line"].teams["others"]
    assert {key: getattr(team, key) for key in expected} == expected


def test_hours_of_all_teams_give_way_to_a_rota() -> None:
    defaults = {"hours_per_week": 37, "weeks_per_year": 42, "share_with_citizens": 0.5, "gbp_per_worked_hour": 20}
    teams = like({"posts": 2}, ROTA, defaults).pathways["line"].teams
    assert teams["clerks"].paid_gbp_a_year == 2 * 37 * 42 * 20
    assert teams["others"].paid_gbp_a_year == pytest.approx(3 * 50 * 52 * 20)
    assert teams["others"].hours_an_open_day == pytest.approx(12)


def test_days_go_round_the_week() -> None:
    assert days_named("sat-mon") == [5, 6, 0]
    assert days_named("wed") == [2]


def test_shifts_stand_in_order_of_the_week() -> None:
    assert shifts_of({"tue": {"12:00-24:00": 1}, "mon-tue": {"06:00-12:00": 2}}) == (
        Shift(0.25, 0.5, 2), Shift(1.25, 1.5, 2), Shift(1.5, 2.0, 1),
    )  # fmt: skip


def test_a_rota_counts_as_the_mean_number_while_open() -> None:
    team: Any = {"rota": {"mon": {"06:00-12:00": 2, "12:00-24:00": 5}}}
    found = Scenario.from_data("test", edited(LINE, (CLERKS, team))).pathways["line"].teams["clerks"]
    assert found.mean_posts == pytest.approx(4)
    assert found.open_hours_a_week == pytest.approx(18)
