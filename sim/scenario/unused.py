"""Keys beside the stages and teams that no result would ever read: refused, so that nothing is silently ignored.

What makes a key idle is that another *key* is missing, never that a number happens to be 0: a number may be varied.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sim.errors import Fault
from sim.scenario.citizens import Group
from sim.scenario.pathways import ContractLine
from sim.scenario.stages import Stage
from sim.scenario.teams import Team

NO_PRICE = "has no effect: nothing in the file has a price"


def unused_faults(data: Mapping[str, Any], *, has_prices: bool, has_levels: bool) -> Iterator[Fault]:
    """Keys at the top of a file and of its place that need prices, or levels, or arrivals by adults."""
    for name in ("discount_rate", "gbp_per_day_in_need") if not has_prices else ():
        if name in data:
            yield Fault(name, NO_PRICE, "drop it, or give prices")
    if has_prices and not has_levels and "gbp_per_day_in_need" in data:
        problem = "has no effect without need levels"
        yield Fault("gbp_per_day_in_need", problem, "give every group a `level_at_arrival`, or drop it")
    if "wait_targets_days" in data and not _has_teams(data):
        yield Fault("wait_targets_days", "has no effect: no stage is worked by a team", "drop it, or give teams")
    place = data.get("place")
    if isinstance(place, dict) and has_prices and "band_d_bill" in place and "band_d_homes" not in place:
        problem = "has no effect without `band_d_homes`, over which what is spent is shared out"
        yield Fault("place.band_d_bill", problem, "give `band_d_homes`, or drop it")
    for name in ("band_d_homes", "band_d_bill") if isinstance(place, dict) and not has_prices else ():
        if isinstance(place, dict) and name in place:
            yield Fault(f"place.{name}", NO_PRICE, "drop it, or give prices")


def pace_faults(data: Mapping[str, Any], groups: Mapping[str, Group], pathways: Mapping[str, Any]) -> Iterator[Fault]:
    """A pace during help where nobody helps, or nothing worsens."""
    course = data.get("course")
    if not isinstance(course, dict) or "pace_during_help" not in course or not groups:
        return
    stages = [pathway.get("stages") for pathway in pathways.values() if isinstance(pathway, dict)]
    path = "course.pace_during_help"
    if not any(isinstance(one, dict) and "help" in one for named in stages for one in _values(named)):
        yield Fault(path, "has no effect: no stage helps", "give a stage `help`, or drop it")
    elif not any(any(group.worsens_after_days.days) for group in groups.values()):
        yield Fault(path, "has no effect: nobody's need worsens", "give a group `worsens_after_days`, or drop it")


def _has_teams(data: Mapping[str, Any]) -> bool:
    return any(isinstance(pathway, dict) and pathway.get("teams") for pathway in _values(data.get("pathways")))


def _values(table: Any) -> list[Any]:
    return list(table.values()) if isinstance(table, dict) else []


def contract_faults(
    path: str, contract: Mapping[str, ContractLine], teams: Mapping[str, Team], stages: Mapping[str, Stage]
) -> Iterator[Fault]:
    """Lines of a contract that are a share of what is not there."""
    staffed = any("gbp_per_worked_hour" in team.model_fields_set for team in teams.values())
    priced = staffed or any(stage.fee_gbp is not None for stage in stages.values())
    priced = priced or any(line.gbp_a_year is not None for line in contract.values())
    for name, line in contract.items():
        if line.share_of_staff is not None and not staffed:
            problem = "has no effect: no team is paid by the hour"
            yield Fault(f"{path}.{name}.share_of_staff", problem, "give a team `gbp_per_worked_hour`, or drop the line")
        if line.share_of_all is not None and not priced:
            problem = "has no effect: there is nothing it could be a share of"
            yield Fault(f"{path}.{name}.share_of_all", problem, "give prices to teams or stages, or drop the line")
