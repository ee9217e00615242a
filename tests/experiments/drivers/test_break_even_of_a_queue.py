"""Break-even through the engine, against algebra: a staffed queue beside bought work that comes after a fixed delay."""

from __future__ import annotations

from functools import cache

import pytest

from sim.experiments.drivers.asking import Asker, Difference
from sim.experiments.drivers.break_even import BreakEven, break_even, grid
from sim.experiments.workers import crew
from sim.scenario.scenario import Scenario
from sim.scenario.vocabulary import DAYS_A_YEAR

PER_DAY = "arrivals.per_day"
DELAY, FEE, GBP_AN_HOUR = 1.0, 100.0, 2.5
HOURS_A_YEAR = 24 * DAYS_A_YEAR

SOONER_BELOW = DELAY / (1 + DELAY)
"""M/M/1 with a mean work of a day waits l / (1 - l) days; that is the delay d at l = d / (1 + d)."""

CHEAPER_ABOVE = HOURS_A_YEAR * GBP_AN_HOUR / DAYS_A_YEAR / FEE
"""The post costs the same however few come; the fee is paid for each: even where fees a day come to the post's pay."""


def scenario() -> Scenario:
    """Everyone is in need of help that always fits; nobody's need moves by itself."""
    help_ = {"fits": 1.0, "meets": "all", "eases_levels": 1}
    work = {"purpose": "helping", "hours": 24.0, "help": help_, "next": {"leave": "rest"}}
    priced = {"gbp_per_worked_hour": GBP_AN_HOUR, "hours_per_week": 168, "weeks_per_year": 52}
    data = {
        "title": "A desk and a dealer",
        "compare": ["dealer", "desk"],
        "price_year": "2024-25",
        "run": {"seed": 3, "weeks": {"warm_up": 10, "cohort": 520, "follow_up": 30}},
        "arrivals": {"per_day": 0.5},
        "groups": {"all": {"share": 1.0, "level_at_arrival": {"low": 1.0}, "number_of_needs": {"one": 1.0}}},
        "pathways": {
            "dealer": {
                "starts_at": "post",
                "payer": "council",
                "provider": "dealer",
                "teams": {"dealers": {"posts": "unlimited"}},
                "stages": {
                    "post": {"delay_days": {"fixed": DELAY}, "next": {"work": "rest"}},
                    "work": {"team": "dealers", "fee_gbp": FEE, **work},
                },
            },
            "desk": {
                "starts_at": "work",
                "payer": "council",
                "provider": "council",
                "teams": {"clerks": {"posts": 1, **priced}},
                "stages": {"work": {"team": "clerks", **work}},
            },
        },
    }
    return Scenario.from_data("desk", data)


@cache
def found() -> dict[str, BreakEven | None]:
    with crew(1, lambda _: None) as hands:
        asker = Asker(scenario(), hands)
        at = grid(0.3, 0.8)
        values = asker.ask([{PER_DAY: float(rate)} for rate in at], range(5)).values
    assert asker.judged == tuple(
        Difference("as_specified", "desk", measure) for measure in ("days_to_help", "days_in_need", "public_cost")
    )
    return {one.measure: break_even(at, values[:, :, place]) for place, one in enumerate(asker.judged)}


@pytest.mark.parametrize(
    ("measure", "truth", "signs"),
    [("days_to_help", SOONER_BELOW, (-1, 1)), ("public_cost", CHEAPER_ABOVE, (1, -1))],
)
def test_the_region_holds_the_break_even_of_algebra(measure: str, truth: float, signs: tuple[int, ...]) -> None:
    told = found()[measure]
    assert told is not None
    assert told.signs == signs
    (region,) = told.open
    assert region.low < truth < region.high
    assert region.high - region.low < 0.15
