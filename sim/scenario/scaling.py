"""Scaling: a scenario with more arrivals or fewer."""

from __future__ import annotations

from typing import Any

from sim.scenario.arrivals import RATES, Arrivals
from sim.scenario.laws import Law
from sim.scenario.scenario import Scenario


def with_arrivals(scenario: Scenario, factor: float) -> Scenario:
    """The scenario with its arrivals, however they are given, times a factor: the same people, nearer or further apart.

    Those who wait when the run begins stay as many as they are.

    Raises
    ------
    ScenarioError
        If there would be more citizens than a machine can hold.
    """
    values: dict[str, Any] = {}
    for path, given in arrivals_given(scenario).items():
        rates = {way: getattr(given, way) for way in RATES if way != "days_between"}
        values |= {f"{path}arrivals.{way}": rate * factor for way, rate in rates.items() if rate is not None}
        if given.days_between is not None:
            values[f"{path}arrivals.days_between"] = _times(given.days_between, 1 / factor)
    return scenario.with_values(values)


def arrivals_given(scenario: Scenario) -> dict[str, Arrivals]:
    """What says how often needs arise, by the path it stands under: of all, or of each group."""
    if scenario.arrivals is not None:
        return {"": scenario.arrivals}
    return {f"groups.{name}.": group.arrivals for name, group in scenario.groups.items() if group.arrivals is not None}


def _times(law: Law, factor: float) -> dict[str, Any]:
    """A law whose every value is `factor` times as long, as a file gives it."""
    given = law.model_dump(exclude_none=True, exclude={"law", "shares", "each_further_need"})
    longer = {
        name: [one * factor for one in value] if isinstance(value, list) else value * factor
        for name, value in given.items()
    }
    return {"law": law.law, **longer, **({"shares": law.shares} if law.shares else {})}
