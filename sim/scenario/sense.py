"""Whether well-formed parts make sense together: levels in all groups or none, enough hours, money counted once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from sim.errors import Fault
from sim.scenario.arrivals import Arrivals
from sim.scenario.caseloads import hours_a_case
from sim.scenario.citizens import Group, Place, WaitingAtStart, group_shares
from sim.scenario.demand import form_faults, rate_faults, relapse_faults, size_faults, waiting_faults
from sim.scenario.paths import PLAIN_PART
from sim.scenario.pathways import ContractLine, OneOff
from sim.scenario.plans import Run
from sim.scenario.stage_sense import stage_faults, unseen_faults
from sim.scenario.stages import BY_NEED_SEEN, BY_TRUE_NEED, Stage
from sim.scenario.teams import Team
from sim.scenario.unused import contract_faults, pace_faults, unused_faults
from sim.scenario.vocabulary import BASES, SCALED_BASES

Kind = TypeVar("Kind", bound=BaseModel)


@dataclass(frozen=True)
class SoundPathway:
    """The parts of a pathway that are well formed by themselves."""

    teams: dict[str, Team] = field(default_factory=dict)
    stages: dict[str, Stage] = field(default_factory=dict)
    contract: dict[str, ContractLine] = field(default_factory=dict)
    one_off: dict[str, OneOff] = field(default_factory=dict)
    whole: bool = True
    """Whether no team had to be left out."""


@dataclass(frozen=True)
class Sound:
    """The parts of a file that are well formed by themselves, whatever is wrong elsewhere; `data` is all of it."""

    data: Mapping[str, Any]
    place: Place | None
    arrivals: Arrivals | None
    run: Run | None
    groups: dict[str, Group]
    waiting_at_start: WaitingAtStart | None
    pathways: dict[str, SoundPathway]

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Sound:
        """The sound parts of a file's plain data."""
        return cls(
            data=data,
            place=_sound(Place, data.get("place", {})),
            arrivals=_sound(Arrivals, data.get("arrivals")),
            run=_sound(Run, data.get("run", {})),
            groups=_sound_named(Group, data.get("groups")),
            waiting_at_start=_sound(WaitingAtStart, data.get("waiting_at_start")),
            pathways={
                name: SoundPathway(
                    teams=_sound_named(Team, pathway.get("teams")),
                    stages=_sound_named(Stage, pathway.get("stages")),
                    contract=_sound_named(ContractLine, pathway.get("contract")),
                    one_off=_sound_named(OneOff, pathway.get("one_off")),
                    whole=len(_sound_named(Team, pathway.get("teams"))) == len(_table(pathway.get("teams"))),
                )
                for name, pathway in _named(data.get("pathways")).items()
            },
        )

    @property
    def mix(self) -> dict[str, tuple[float, float]]:
        """Share of arrivals and mean needs of each group; one of one need, without a name, where they are not sound."""
        try:
            shares = group_shares(self.groups, self.place.adults if self.place else None)
        except ValueError:
            shares = {}
        return {name: (share, self.groups[name].mean_needs) for name, share in shares.items()} or {"": (1.0, 1.0)}

    @property
    def has_levels(self) -> bool:
        """Whether any group has need levels."""
        return any("level_at_arrival" in group for group in _named(self.data.get("groups")).values())


def _sound(kind: type[Kind], given: Any) -> Kind | None:
    try:
        return kind.model_validate(given)
    except ValidationError:
        return None


def _table(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _named(things: Any) -> dict[str, dict[str, Any]]:
    return {
        name: thing for name, thing in _table(things).items() if isinstance(thing, dict) and PLAIN_PART.fullmatch(name)
    }


def _sound_named(kind: type[Kind], things: Any) -> dict[str, Kind]:
    tried = {name: _sound(kind, thing) for name, thing in _named(things).items()}
    return {name: thing for name, thing in tried.items() if thing is not None}


def sense_faults(data: Mapping[str, Any], *, full_caseloads: bool = True) -> Iterator[Fault]:
    """What makes no sense in a file's plain data, beside parts that are not well formed.

    `full_caseloads`: whether to ask also that a post has the hours its cases need (rule 15).
    """
    sound = Sound.of(data)
    yield from _demand_faults(sound)
    yield from _level_faults(sound)
    for name, pathway in sound.pathways.items():
        path = f"pathways.{name}"
        for stage_name, stage in pathway.stages.items():
            yield from _stage_faults(f"{path}.stages.{stage_name}", stage, pathway.teams, sound)
            if full_caseloads:
                yield from _caseload_faults(path, stage_name, pathway, sound.mix)
        if sound.has_levels:
            yield from unseen_faults(f"{path}.stages", _named(_named(data["pathways"])[name].get("stages")))
        yield from stage_faults(f"{path}.stages", pathway.stages, pathway.teams, list(_named(data.get("groups"))))
        for team_name, team in pathway.teams.items():
            if team.per_neighbourhood and sound.place is not None and not sound.place.households:
                problem = "per_neighbourhood = true, but the place has no neighbourhoods"
                yield Fault(f"{path}.teams.{team_name}", problem, "give place.households, or drop the key")
            elif team.per_neighbourhood and sound.place is not None and len(sound.place.households) == 1:
                problem = "has no effect: the place has one neighbourhood only"
                yield Fault(f"{path}.teams.{team_name}.per_neighbourhood", problem, "drop it, or give place.households")
        yield from _money_faults(path, pathway)
        if pathway.whole:
            yield from contract_faults(f"{path}.contract", pathway.contract, pathway.teams, pathway.stages)
    yield from _basis_faults(sound)
    if not data.get("price_year") and _has_prices(sound):
        remedy = 'say of which year they are, as in price_year = "2024-25"'
        yield Fault("price_year", "is missing, but the file has prices", remedy)
    yield from unused_faults(data, has_prices=_has_prices(sound), has_levels=sound.has_levels)


def _demand_faults(sound: Sound) -> Iterator[Fault]:
    """Who comes, and who waits at the start."""
    pathways = _named(sound.data.get("pathways"))
    yield from form_faults(sound.data, _named(sound.data.get("groups")))
    rates = tuple(rate_faults(sound.arrivals, sound.groups, sound.place))
    yield from rates
    if sound.place is not None and sound.run is not None and not rates:
        yield from size_faults(sound.arrivals, sound.groups, sound.place, sound.waiting_at_start, sound.run)
    yield from relapse_faults(sound.groups, pathways)
    yield from pace_faults(sound.data, sound.groups, pathways)
    yield from waiting_faults(sound.data, pathways)


def _level_faults(sound: Sound) -> Iterator[Fault]:
    """Levels stand in every group or in none; without them a file is a plain queueing network."""
    if sound.has_levels:
        groups = _named(sound.data.get("groups"))
        without = [name for name, group in groups.items() if "level_at_arrival" not in group]
        if without:
            problem = f"levels stand in some groups but not in {', '.join(without)}"
            remedy = "give `level_at_arrival` to all groups, or to none (a plain queueing network)"
            yield Fault(f"groups.{without[0]}.level_at_arrival", problem, remedy)
    elif "groups" in sound.data and not _named(sound.data["groups"]):
        return
    else:
        yield from _no_effect_without_levels(sound.data)


def _no_effect_without_levels(data: Mapping[str, Any]) -> Iterator[Fault]:
    for path in _idle_without_levels(data):
        yield Fault(path, "has no effect without need levels", "give every group a `level_at_arrival`, or drop it")


def _idle_without_levels(data: Mapping[str, Any]) -> Iterator[str]:
    yield from (name for name in ("crisis", "course", "published_remission") if name in data)
    for name, pathway in _named(data.get("pathways")).items():
        yield from (f"pathways.{name}.{key}" for key in ("asks_after_days", "comes_back_after_days") if key in pathway)
        for stage_name, stage in _named(pathway.get("stages")).items():
            here = f"pathways.{name}.stages.{stage_name}"
            yield from (f"{here}.{key}" for key in ("gate", "help", "next_by_level") if key in stage)
            yield from [f"{here}.order"] if stage.get("order") in (BY_NEED_SEEN, BY_TRUE_NEED) else []


def _stage_faults(path: str, stage: Stage, teams: Mapping[str, Team], sound: Sound) -> Iterator[Fault]:
    if sound.has_levels and stage.purpose is None and (stage.team or stage.fee_gbp):
        yield Fault(f"{path}.purpose", "is missing", "say where its hours are filed: deciding, helping or running")
    team = teams.get(stage.team or "")
    if team is None:
        return
    if team.works == "caseload" and stage.weeks is None:
        yield Fault(f"{path}.weeks", "is missing", "a caseload team holds a place for weeks; say how many")
    if team.works == "appointments" and stage.weeks is not None:
        yield Fault(f"{path}.weeks", "has no effect: an appointments team holds no places", "drop it")
    if stage.fee_gbp and team.gbp_per_worked_hour:
        problem = f"is charged beside the hours of `{stage.team}`, which are paid already: the work is counted twice"
        yield Fault(f"{path}.fee_gbp", problem, "drop the fee, or set the team's gbp_per_worked_hour to 0")


def _caseload_faults(
    path: str, name: str, pathway: SoundPathway, mix: Mapping[str, tuple[float, float]]
) -> Iterator[Fault]:
    """Rule 15: a full caseload, of groups mixed as they arrive, may not need more hours than its posts have."""
    stage = pathway.stages[name]
    team = pathway.teams.get(stage.team or "")
    if team is None or team.cases_each is None or stage.weeks is None:
        return
    a_case = hours_a_case(stage, mix)
    available, needed = team.hours_with_citizens_a_week, team.cases_each * a_case
    if needed > available * (1 + 1e-9):
        needing = f"{needed:.1f} needed by {team.cases_each:g} cases each at stage `{name}`"
        problem = f"{available:.1f} hours a week with citizens in a post, {needing}"
        remedy = f"at most {int(available / a_case)} cases each, or fewer hours, or more weeks"
        yield Fault(f"{path}.teams.{stage.team}.cases_each", problem, remedy)


def _money_faults(path: str, pathway: SoundPathway) -> Iterator[Fault]:
    for line in pathway.contract:
        having = [name for name, team in pathway.teams.items() if line in team.includes and team.gbp_per_worked_hour]
        if having:
            problem = f"is already included in what an hour of {', '.join(having)} costs: it would be counted twice"
            yield Fault(f"{path}.contract.{line}", problem, f"drop the line, or take {line!r} out of `includes`")


def _has_prices(sound: Sound) -> bool:
    return "crisis" in sound.data or any(
        pathway.contract
        or pathway.one_off
        or any(team.gbp_per_worked_hour for team in pathway.teams.values())
        or any(stage.fee_gbp for stage in pathway.stages.values())
        for pathway in sound.pathways.values()
    )


def _basis_faults(sound: Sound) -> Iterator[Fault]:
    bases, compare = sound.data.get("bases"), sound.data.get("compare")
    if isinstance(bases, list) and isinstance(compare, list):
        for basis in SCALED_BASES:
            if basis in bases:
                yield from _scaled_basis_faults(sound, basis, compare)


def _scaled_basis_faults(sound: Sound, basis: str, compare: list[Any]) -> Iterator[Fault]:
    """What a basis that makes pathways larger or smaller cannot do without."""
    remedy = f"drop it from `bases` (known: {', '.join(BASES)})"
    if len(compare) == 1:
        yield Fault("bases", f"{basis} needs two pathways to compare", remedy)
    if basis == "equal_help" and not sound.has_levels:
        yield Fault("bases", "equal_help needs citizens with need levels, to make days in need equal", remedy)
    for name in compare[1:]:
        pathway = sound.pathways.get(str(name))
        if pathway is not None and pathway.whole and not any(team.is_paid for team in pathway.teams.values()):
            yield Fault(
                "bases", f"{basis} cannot be reached: `{name}` has no paid team to make larger or smaller", remedy
            )
