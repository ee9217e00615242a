"""Five citizens of a cohort, one before and one after it, whose every figure is worked in the comments.

Windows: cohort days 7 to 14, follow-up 420 days, end of the run day 434.
Desk: 1 post x 35 h x 52 weeks x GBP 10 = 18,200 a year = 50 a day; 427 days: GBP 21,350.
Workers: 2 posts x 35 h x 52 weeks x GBP 20 = 72,800 a year = 200 a day; 427 days: GBP 85,400.
Hours of the desk in the window: 1 + 5 + 5 + 1 + 1 + 1 = 14, so GBP 1,525 each (of citizens 0, 1, 2, 4, 5, 6).
Hours of the workers in the window: 10 + 6.4 + 8 = 24.4, so GBP 3,500 each (of citizens 1, 4, 5).
"""

from __future__ import annotations

from typing import Any

from sim.measures.record import Record
from sim.scenario.scenario import Scenario

from ..engine.worlds import people
from .written import changes, record, visit, visits

ASK, PAUSE, SUPPORT, GRANT = range(4)
STAGES = ("ask", "pause", "support", "grant")

DATA: dict[str, Any] = {
    "title": "A small town",
    "price_year": "2024-25",
    "compare": ["p"],
    "arrivals": {"per_day": 1},
    "run": {"weeks": {"warm_up": 1, "cohort": 1, "follow_up": 60}},
    "crisis": {"gbp_per_entry": 700, "gbp_per_day": 40, "payer": "nhs", "receiver": "hospitals", "cashable": 0.1},
    "groups": {
        "a": {"share": 0.5, "level_at_arrival": {"low": 0.5, "moderate": "rest"}, "number_of_needs": {"one": 1.0}},
        "b": {"share": "rest", "level_at_arrival": {"low": 0.5, "moderate": "rest"}},
    },
    "pathways": {
        "p": {
            "payer": "council",
            "provider": "charity",
            "starts_at": "ask",
            "asks_after_days": {"low": 20, "moderate": 20},
            "comes_back_after_days": {"high": 30, "crisis": 10},
            "teams": {
                "desk": {"posts": 1, "hours_per_week": 35, "gbp_per_worked_hour": 10, "cashable": 0.5},
                "workers": {
                    "works": "caseload",
                    "keeps": True,
                    "posts": 2,
                    "cases_each": 5,
                    "hours_per_week": 35,
                    "gbp_per_worked_hour": 20,
                },
            },
            "stages": {
                "ask": {
                    "team": "desk",
                    "purpose": "deciding",
                    "hours": 2,
                    "gives_up_after_days": 8,
                    "gate": {"eligible_from": "moderate", "most_needs": 3, "outside_criteria": 0.1},
                    "next": {"pause": 0.8, "grant": "rest"},
                },
                "pause": {"delay_days": {"fixed": 7}, "next": {"support": "rest"}},
                "support": {
                    "team": "workers",
                    "purpose": "helping",
                    "hours": 10,
                    "weeks": 3,
                    "help": {"fits": 0.5},
                },
                "grant": {
                    "delay_days": {"fixed": 10},
                    "purpose": "running",
                    "fee_gbp": 100,
                    "fee_cashable": 0.2,
                    "next": {"support": "rest"},
                },
            },
            "contract": {
                "margin": {"share_of_all": 0.05, "receiver": "owners"},
                "premises": {"share_of_all": 0.2, "receiver": "landlord", "cashable": 0.4},
                "overhead": {"share_of_staff": 0.1, "cashable": 0},
                "bidding": {"gbp_a_year": 3640, "receiver": "lawyers"},
            },
            "one_off": {
                "set_up": {"gbp": 120_000, "receiver": "builders", "cashable": 0.25},
                "exit": {"gbp": 5_000},
            },
        }
    },
}

CITIZENS = people(
    {"arrival": 3, "group": 0, "level": "high"},
    {"arrival": 7, "group": 0, "level": "moderate", "needs": 2},
    {"arrival": 8, "group": 1, "level": "moderate"},
    {"arrival": 10, "group": 0, "level": "low"},
    {"arrival": 12, "group": 1, "level": "crisis", "needs": 4},
    {"arrival": 13, "group": 0, "level": "high"},
    {"arrival": 14, "group": 1, "level": "moderate", "needs": 4},
)

VISITS = visits(
    # before the cohort: half of the 2 hours fall into the window
    visit(0, ASK, 3, 5, due=9, hours=2, level="high", seen="high"),
    # 1: asks after 10 days, gets right help from day 31, comes back 100 days later, is rightly refused
    visit(1, ASK, 17, 19, due=21, hours=4, seen="moderate"),
    visit(1, PAUSE, 21, 21, due=28),
    visit(1, SUPPORT, 28, 31, due=51, hours=10, left_at="low", outcome="helped_fit"),
    visit(1, ASK, 151, 151, due=152, hours=1, level="low", seen="low", approach=2, outcome="refused_level"),
    # 2: wrongly refused for a level seen too low, then for the criteria; leaves the area
    visit(2, ASK, 8, 9, due=10, hours=2, seen="low", outcome="refused_level"),
    visit(2, ASK, 60, 62, due=64, hours=3, level="high", seen="high", approach=2, outcome="refused_criteria"),
    # 3 never asks. 4: gives up, comes back, is in help at the end, 30 of its 60 days to go
    visit(4, ASK, 12, ended=20, level="crisis", outcome="gave_up"),
    visit(4, ASK, 40, 41, due=42, hours=1, level="high", seen="high", approach=2),
    visit(4, GRANT, 42, 42, due=52, level="high", approach=2),
    visit(4, SUPPORT, 52, 402, due=462, ended=None, hours=12, level="high", approach=2, outcome="open"),
    # 5: help that does not fit; away since
    visit(5, ASK, 13, 13, due=14, hours=1, level="high", seen="high"),
    visit(5, PAUSE, 14, 14, due=21, level="high"),
    visit(5, SUPPORT, 21, 22, due=43, hours=8, level="high", outcome="helped_unfit"),
    # after the cohort
    visit(6, ASK, 14, 14, due=15, hours=1, seen="moderate", outcome="refused_needs"),
)

CHANGES = changes(
    (1, 51.0, "moderate", "low", "helped"),
    (1, 207.0, "low", "none", "eased"),
    (2, 38.0, "moderate", "high", "worsened"),
    (2, 100.0, "high", "crisis", "worsened"),
    (2, 110.0, "crisis", "high", "eased"),
    (2, 308.0, "high", "none", "left_area"),
    (3, 100.0, "low", "none", "eased"),
    (4, 33.0, "crisis", "high", "eased"),
)

TOWN = Scenario.from_data("small_town", DATA)


def small_town() -> Record:
    """What happened there."""
    return record(TOWN, CITIZENS, VISITS, CHANGES)
