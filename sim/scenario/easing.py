"""Easing: a scenario whose workers hold no more cases than they have the hours for."""

from __future__ import annotations

from sim.scenario.caseloads import too_many_cases
from sim.scenario.scenario import Scenario


def with_caseloads_eased(scenario: Scenario) -> tuple[Scenario, tuple[str, ...]]:
    """The scenario with each caseload that needs more hours than its posts have brought down to those that they have.

    Returns
    -------
    tuple
        The scenario, and the paths at which caseloads were eased.

    Raises
    ------
    ScenarioError
        If even so something may not stand.
    """
    mix = {name: (share, scenario.groups[name].mean_needs) for name, share in scenario.group_shares.items()}
    eased = {
        f"pathways.{name}.teams.{team}.cases_each": most
        for name, pathway in scenario.pathways.items()
        for team, most in too_many_cases(pathway, mix)
    }
    return (scenario.with_values(eased) if eased else scenario), tuple(eased)
