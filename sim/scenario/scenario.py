"""A scenario: place, citizens, pathways, prices, evidence and run plan, named by one file."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import Field, PrivateAttr, ValidationError

from sim.errors import Fault, RequestError, ScenarioError, did_you_mean
from sim.scenario.citizens import Arrivals, Course, Group, Place
from sim.scenario.consistency import reference_faults
from sim.scenario.facts import NOT_EVIDENCE, Fact, fact, number_table, numbers
from sim.scenario.faults import faults_of
from sim.scenario.keys import Name, Part, filled, key
from sim.scenario.pathways import Pathway
from sim.scenario.paths import NAMED, Data, assign, look_up, removed, unit_and_meaning
from sim.scenario.plans import Check, Crisis, Run, Source
from sim.scenario.reading import find, read
from sim.scenario.resolving import apply_change, pruned, resolved
from sim.scenario.sense import sense_faults
from sim.scenario.vocabulary import Basis


class Scenario(Part):
    """A validated, frozen scenario. Read one with `load`; change one with `with_values`."""

    title: str = key("name for readers")
    question: str = key("the question it answers", default="")
    compare: list[str] = key("pathways to compare; the others are set against the first")
    bases: Annotated[list[Basis], Field(min_length=1)] = key(
        "on what footing they are compared: as_specified, equal_spend", default_factory=lambda: ["as_specified"]
    )
    price_year: str = key("price year of all money", default="")
    run: Run = key("the run plan", default_factory=Run)
    place: Place = key("the area", default_factory=Place)
    arrivals: Arrivals = key("how often needs arise")
    crisis: Crisis | None = key("what a crisis costs other public services", default=None)
    course: Course = key("what is common to the course of every group", default_factory=Course)
    groups: dict[Name, Group] = key("kinds of citizen", default_factory=lambda: {"citizens": Group(share=1.0)})
    pathways: dict[Name, Pathway] = key("the pathways")
    checks: dict[Name, Check] = key("published figures nothing was fitted to", default_factory=dict)
    sources: dict[str, Source] = key("where numbers come from", default_factory=dict)

    _name: str = PrivateAttr(default="scenario")
    _data: Data = PrivateAttr(default_factory=dict)
    _facts: tuple[Fact, ...] = PrivateAttr(default=())
    _applied: tuple[str, ...] = PrivateAttr(default=())

    @classmethod
    def from_data(cls, name: str, data: Mapping[str, Any], applied: tuple[str, ...] = ()) -> Self:
        """The scenario that a file's data describes.

        Raises
        ------
        ScenarioError
            Carrying every fault found, if anything in the data may not be so.
        """
        file = f"{name}.toml"
        raw = deepcopy(dict(data))
        plain, faults = resolved(raw)
        faults += [fault for path, given in numbers(raw) if isinstance(given, Mapping)
                   for fault in number_table(path, given)[1]]
        faults += reference_faults(plain)
        scenario = None
        try:
            scenario = cls.model_validate(plain)
        except ValidationError as error:
            faults += faults_of(error, cls)
        if scenario is None or faults:
            raise ScenarioError(file, sorted(faults))
        scenario._name, scenario._data, scenario._applied = name, raw, applied
        faults += _source_faults(raw, scenario.sources)
        faults += _group_faults(scenario)
        faults += sense_faults(scenario)
        if faults:
            raise ScenarioError(file, sorted(faults))
        scenario._facts = _facts_of(raw, scenario.sources)
        return scenario

    @property
    def name(self) -> str:
        """The file's stem: the scenario's name, its results folder, its key in legends."""
        return self._name

    @property
    def data(self) -> Data:
        """A copy of the data as written, `extends` followed."""
        return deepcopy(self._data)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Every number written in the file that is an input, with its evidence."""
        return self._facts

    @property
    def applied(self) -> tuple[str, ...]:
        """Names of the changes applied with `with_change`, in order."""
        return self._applied

    @property
    def changes(self) -> tuple[str, ...]:
        """Names of the changes the file offers."""
        return tuple(self._data.get("changes", {}))

    @property
    def has_levels(self) -> bool:
        """Whether citizens have need levels; without them the file is a plain queueing network."""
        return all(group.level_at_arrival is not None for group in self.groups.values())

    @property
    def has_money(self) -> bool:
        """Whether anything in the file has a price."""
        return self.crisis is not None or any(
            pathway.contract
            or any(team.gbp_per_worked_hour for team in pathway.teams.values())
            or any(stage.fee_gbp for stage in pathway.stages.values())
            for pathway in self.pathways.values()
        )

    @property
    def group_shares(self) -> dict[str, float]:
        """Share of arrivals by group; they add up to 1."""
        return filled({name: group.share for name, group in self.groups.items()})

    @property
    def mean_needs(self) -> float:
        """Mean number of needs at arrival over all groups."""
        shares = self.group_shares
        return sum(
            shares[name] * sum(count * share for count, share in enumerate(group.number_of_needs.shares, start=1))
            if group.number_of_needs
            else shares[name]
            for name, group in self.groups.items()
        )

    def with_values(self, values: Mapping[str, Any]) -> Self:
        """This scenario with other values at the given paths, validated anew.

        Raises
        ------
        ScenarioError
            If there is no such path, or a value may not stand there.
        """
        raw = self.data
        meaning, _ = resolved(raw)
        meaning = {**raw, **meaning}
        faults = [assign(raw, meaning, path, deepcopy(value), NAMED) for path, value in values.items()]
        if any(faults):
            raise ScenarioError(f"{self.name}.toml", [fault for fault in faults if fault])
        return type(self).from_data(self.name, raw, self.applied)

    def with_change(self, change: str) -> Self:
        """This scenario with one of its own `[changes]` applied; stages cut off by it are pruned.

        Raises
        ------
        RequestError
            If the file offers no change of that name.
        ScenarioError
            If the change cannot be applied.
        """
        if change not in self.changes:
            raise RequestError(f"{self.name} offers no change `{change}`; {did_you_mean(change, self.changes)}")
        raw = self.data
        meaning, _ = resolved(raw)
        faults = apply_change(raw, {**raw, **meaning}, raw["changes"][change], NAMED)
        if faults:
            named = [Fault(f"changes.{change}.{fault.path}", fault.problem, fault.remedy) for fault in faults]
            raise ScenarioError(f"{self.name}.toml", named)
        _prune(raw)
        return type(self).from_data(self.name, raw, (*self.applied, change))


def load(name_or_path: str | Path) -> Scenario:
    """The scenario in a file, or the shipped scenario of that name.

    Raises
    ------
    ScenarioError
        If there is no such file, or anything in it may not be so.
    """
    path = find(name_or_path)
    return Scenario.from_data(path.stem, read(path))


def _prune(raw: Data) -> None:
    """Take out of the data the stages and teams that the changes just made have cut off."""
    meaning, _ = resolved(raw)
    for name, pathway in meaning["pathways"].items():
        kept = pruned(pathway)
        for kind in ("stages", "teams"):
            for gone in set(pathway.get(kind, {})) - set(kept[kind]):
                removed(raw, f"pathways.{name}.{kind}.{gone}")


def _source_faults(raw: Data, sources: Mapping[str, Source]) -> list[Fault]:
    named = [(path, given.get("source")) for path, given in numbers(raw) if isinstance(given, Mapping)]
    return [
        Fault(f"{path}.source", f"there is no source `{source}`", did_you_mean(source, sources))
        for path, source in named
        if source is not None and source not in sources
    ]


def _group_faults(scenario: Scenario) -> list[Fault]:
    try:
        filled({name: group.share for name, group in scenario.groups.items()})
    except ValueError as error:
        problem, _, remedy = str(error).partition("; ")
        return [Fault("groups.*.share", problem, remedy)]
    return []


def _facts_of(raw: Data, sources: Mapping[str, Source]) -> tuple[Fact, ...]:
    inputs = {name: value for name, value in raw.items() if name not in NOT_EVIDENCE}
    found = []
    for path, given in numbers(inputs):
        declared = path.replace("team_defaults.", "pathways.any.teams.any.", 1)
        found.append(fact(path, given, *unit_and_meaning(Scenario, declared), sources))
    return tuple(found)


__all__ = ["Scenario", "load", "look_up"]
