"""Whether the numbers of a well-formed scenario make sense together: hours that suffice, money counted once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sim.errors import Fault, did_you_mean
from sim.scenario.pathways import Pathway, Stage, Team
from sim.scenario.vocabulary import BASES

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario


def sense_faults(scenario: Scenario) -> Iterator[Fault]:
    """What makes no sense in a scenario whose parts are each well formed."""
    yield from _place_faults(scenario)
    yield from _level_faults(scenario)
    for name, pathway in scenario.pathways.items():
        path = f"pathways.{name}"
        for stage_name, stage in pathway.stages.items():
            yield from _stage_faults(f"{path}.stages.{stage_name}", stage, pathway, scenario)
        for team_name, team in pathway.teams.items():
            if team.per_neighbourhood and not scenario.place.households:
                problem = "per_neighbourhood = true, but the place has no neighbourhoods"
                yield Fault(f"{path}.teams.{team_name}", problem, "give place.households, or drop the key")
        yield from _money_faults(path, pathway)
    yield from _basis_faults(scenario)
    for name, check in scenario.checks.items():
        if check.source not in scenario.sources:
            problem = f"there is no source `{check.source}`"
            yield Fault(f"checks.{name}.source", problem, did_you_mean(check.source, scenario.sources))


def _place_faults(scenario: Scenario) -> Iterator[Fault]:
    if scenario.arrivals.per_1000_adults_a_year is not None and scenario.place.adults is None:
        yield Fault("place.adults", "is missing, but arrivals are per 1,000 adults", "add it: adults in the area [people]")


def _level_faults(scenario: Scenario) -> Iterator[Fault]:
    """Levels stand in every group or in none; without them a file is a plain queueing network."""
    without = [name for name, group in scenario.groups.items() if group.level_at_arrival is None]
    if without and len(without) < len(scenario.groups):
        problem = f"levels stand in some groups but not in {', '.join(without)}"
        yield Fault("groups", problem, "give `level_at_arrival` to all groups, or to none (a plain queueing network)")
    if scenario.has_levels:
        return
    needs_levels = {
        "crisis": scenario.crisis,
        **{f"pathways.{n}.asks_after_days": p.asks_after_days for n, p in scenario.pathways.items()},
        **{
            f"pathways.{n}.comes_back_after_days": p.comes_back_after_days
            for n, p in scenario.pathways.items()
            if any(p.comes_back_after_days.days)
        },
        **{
            f"pathways.{n}.stages.{s}.{key}": getattr(stage, key) or None
            for n, p in scenario.pathways.items()
            for s, stage in p.stages.items()
            for key in ("gate", "help", "next_by_level")
        },
    }
    for path, value in needs_levels.items():
        if value is not None:
            yield Fault(path, "has no effect without need levels", "give groups a `level_at_arrival`, or drop it")


def _stage_faults(path: str, stage: Stage, pathway: Pathway, scenario: Scenario) -> Iterator[Fault]:
    if scenario.has_levels and stage.purpose is None and (stage.team or stage.fee_gbp):
        yield Fault(f"{path}.purpose", "is missing", "say where its hours are filed: deciding, helping or running")
    team = pathway.teams.get(stage.team or "")
    if team is None:
        return
    if team.works == "caseload" and stage.weeks is None:
        yield Fault(f"{path}.weeks", "is missing", "a caseload team holds a place for weeks; say how many")
    if team.works == "appointments" and stage.weeks is not None:
        yield Fault(f"{path}.weeks", "has no effect: an appointments team holds no places", "drop it")
    if stage.fee_gbp and team.gbp_per_worked_hour:
        problem = f"is charged beside the hours of `{stage.team}`, which are paid already: the work is counted twice"
        yield Fault(f"{path}.fee_gbp", problem, "drop the fee, or set the team's gbp_per_worked_hour to 0")
    if team.works == "caseload" and stage.weeks is not None:
        yield from _caseload_faults(path, stage, team, scenario)


def _caseload_faults(path: str, stage: Stage, team: Team, scenario: Scenario) -> Iterator[Fault]:
    """Rule 15: a full caseload may not need more hours than its posts have with citizens."""
    assert stage.weeks is not None and team.cases_each is not None
    hours = stage.expected_hours + _extra(stage) * (scenario.mean_needs - 1)
    weeks = stage.weeks.expected + stage.weeks.each_further_need * (scenario.mean_needs - 1)
    a_case = hours / weeks if weeks > 0 else 0.0
    available, needed = team.hours_with_citizens_a_week, team.cases_each * a_case
    if needed > available * (1 + 1e-9):
        problem = (
            f"a full caseload of `{stage.team}` needs {needed:.1f} hours a week of each post, "
            f"which has {available:.1f} with citizens"
        )
        remedy = f"at most {int(available / a_case)} cases each, or fewer hours, or more weeks"
        yield Fault(path, problem, remedy)


def _extra(stage: Stage) -> float:
    law = stage.hours or stage.minutes
    return law.each_further_need / (1 if stage.hours else 60) if law else 0.0


def _money_faults(path: str, pathway: Pathway) -> Iterator[Fault]:
    for line in pathway.contract:
        for name, team in pathway.teams.items():
            if line in team.includes:
                problem = f"is already included in the hourly cost of team `{name}`: it would be counted twice"
                yield Fault(f"{path}.contract.{line}", problem, f"drop the line, or take {line!r} out of `includes`")


def _basis_faults(scenario: Scenario) -> Iterator[Fault]:
    if "equal_spend" not in scenario.bases:
        return
    remedy = f"drop it from `bases` (known: {', '.join(BASES)})"
    if len(scenario.compare) < 2:
        yield Fault("bases", "equal_spend needs two pathways to compare", remedy)
    for name in scenario.compare[1:]:
        if not any(team.paid_gbp_a_year for team in scenario.pathways[name].teams.values()):
            yield Fault("bases", f"equal_spend cannot be reached: `{name}` has no paid team to make larger or smaller", remedy)
