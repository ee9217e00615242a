"""What draws from the plausible ranges say, in one sentence for the beginning of an answer."""

from __future__ import annotations

from sim.experiments.judging import COST, is_judged
from sim.reporting import ranges_wording as wording
from sim.reporting.amounts import listed, plain_number
from sim.reporting.names import spoken
from sim.reporting.ranges_read import Ranges
from sim.reporting.wording import BASIS_SHORT
from sim.scenario.scenario import Scenario

DAYS = "days_to_help"


def in_short(found: Ranges, scenario: Scenario) -> str:
    """What the intervals beside an answer are, and what the draws say."""
    return f"{wording.NOISE_ONLY} {over_ranges(found, scenario)}"


def over_ranges(found: Ranges, scenario: Scenario) -> str:
    """In how many of 100 draws right help comes sooner, and in how many the cost is lower, on the first basis."""
    basis, parts = str(found.told["bases"][0]), []
    for pathway in scenario.compare[1:]:
        names = {"pathway": spoken(pathway), "against": spoken(scenario.compare[0])}
        for measure in (DAYS, COST):
            chances = found.chances_of(basis, pathway, "sign", measure)
            if chances and is_judged(basis, measure):
                count = round(100 * chances["less"][1])
                parts.append(wording.IN_SHORT_OF[measure].format(count=count, **names))
    if not parts:
        return wording.RANGES_ELSEWHERE
    draws = plain_number(found.told["draws"], 0)
    return wording.OVER_RANGES.format(draws=draws, basis=BASIS_SHORT[basis], parts=listed(parts))
