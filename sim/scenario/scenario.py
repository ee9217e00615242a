"""A scenario: place, citizens, pathways, prices, evidence and run plan, named by one file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import Field, PrivateAttr, ValidationError

from sim.errors import MOST_FAULTS, Fault, RequestError, ScenarioError, did_you_mean
from sim.scenario.arrivals import Arrivals
from sim.scenario.changes import apply_change, is_for_a_pathway, laid_last, unlisted_faults
from sim.scenario.citizens import Course, Group, Place, WaitingAtStart, group_shares
from sim.scenario.correlations import Correlation, correlation_faults
from sim.scenario.facts import Fact, drop_idle_evidence, facts_of
from sim.scenario.faults import faults_of
from sim.scenario.judging import judged
from sim.scenario.keys import Name, NotNegative, Part, Share, SourceName, key
from sim.scenario.origins import without_echoes
from sim.scenario.paths import Data, assign, look_up, same, unshared
from sim.scenario.pathways import Pathway
from sim.scenario.plans import Check, Crisis, PublishedRemission, Run, Source, Target
from sim.scenario.prices import PriceIndex
from sim.scenario.reading import find, read
from sim.scenario.resolving import pruned_from, resolved
from sim.scenario.settings import as_text, noted, unknown_paths
from sim.scenario.stages import Stage
from sim.scenario.trials import trial_faults
from sim.scenario.vocabulary import Basis
from sim.scenario.wait_targets import WAIT_TARGETS, WaitTargets


class Scenario(Part):
    """A validated, frozen scenario. Read one with `load`; change one with `with_values`."""

    title: str = key("name for readers")
    question: str = key("the question it answers", default="")
    compare: list[str] = key("pathways to compare; the others are set against the first")
    bases: Annotated[list[Basis], Field(min_length=1)] = key(
        "on what footing they are compared: as_specified, equal_spend, equal_help",
        default_factory=lambda: ["as_specified"],
    )
    price_year: str = key("price year of all money", default="")
    gbp_per_day_in_need: list[NotNegative] = key(
        "values of a day in need avoided for which the net benefit is shown", "GBP", default_factory=lambda: [0.0]
    )
    discount_rate: Share = key(
        "rate a year at which later costs count for less; HM Treasury's Green Book has 0.035", "share", default=0.035
    )
    wait_targets_days: WaitTargets = WAIT_TARGETS
    run: Run = key("the run plan", default_factory=Run)
    place: Place = key("the area", default_factory=Place)
    arrivals: Arrivals | None = key(
        "how often needs arise; left out where every group has arrivals of its own", default=None
    )
    waiting_at_start: WaitingAtStart | None = key("who waits when the run begins; left out: nobody", default=None)
    crisis: Crisis | None = key("what a crisis costs other public services", default=None)
    course: Course = key("what is common to the course of every group", default_factory=Course)
    groups: dict[Name, Group] = key("kinds of citizen", default_factory=lambda: {"citizens": Group(share=1.0)})
    pathways: dict[Name, Pathway] = key("the pathways")
    published_remission: dict[Name, PublishedRemission] = key(
        "published shares of need that ends without help, shown beside what the course implies", default_factory=dict
    )
    correlations: dict[Name, Correlation] = key(
        "numbers likely to be high together when plausible ranges are run", default_factory=dict
    )
    checks: dict[Name, Check] = key("published figures nothing was fitted to", default_factory=dict)
    targets: dict[Name, Target] = key("published figures that numbers were fitted to reach", default_factory=dict)
    price_indices: dict[Name, PriceIndex] = key("how prices moved from year to year", default_factory=dict)
    sources: dict[SourceName, Source] = key("where numbers come from", default_factory=dict)

    _name: str = PrivateAttr(default="scenario")
    _data: Data = PrivateAttr(default_factory=dict)
    _pruned: tuple[str, ...] = PrivateAttr(default=())
    _applied: tuple[str, ...] = PrivateAttr(default=())
    _settings: dict[str, str] = PrivateAttr(default_factory=dict)

    @classmethod
    def from_data(cls, name: str, data: Mapping[str, Any], *, is_tried: bool = False) -> Self:
        """The scenario that a file's data describes, its ranges checked at both ends and its changes tried.

        They have been where `is_tried` says so, as of a scenario that a run has written down.

        Raises
        ------
        ScenarioError
            Carrying every fault found, if anything in the data may not be so.
        """
        scenario = cls._made(name, unshared(data))
        if is_tried:
            return scenario
        faults = [*scenario._trial_faults(), *unlisted_faults(scenario._data)]
        if faults:
            raise ScenarioError(f"{name}.toml", sorted(faults))
        return scenario

    @classmethod
    def _made(
        cls, name: str, raw: Data, applied: tuple[str, ...] = (), *, full_caseloads: bool = True, is_fit: bool = False
    ) -> Self:
        """The scenario of data as written; `is_fit`: whether all of it is known to be of the kinds declared."""
        plain, faults, misfits, pruned = judged(
            raw, cls, is_changed=bool(applied), full_caseloads=full_caseloads, is_fit=is_fit
        )
        if plain is None:
            raise ScenarioError(f"{name}.toml", faults)
        try:
            scenario = cls.model_validate(plain)
        except ValidationError as error:
            faults += islice(faults_of(error, cls), MOST_FAULTS + 1)
        faults = faults or list(correlation_faults(raw, cls))
        if faults:
            raise ScenarioError(f"{name}.toml", without_echoes(faults, raw, misfits))
        scenario._name, scenario._data, scenario._applied, scenario._pruned = name, raw, applied, pruned
        return scenario

    def _trial_faults(self) -> Iterator[Fault]:
        """Ends of ranges and changes that may not stand; a caseload too full at an end is a strain, no slip."""

        def attempt(raw: Data) -> Scenario:
            return self._made(self.name, raw, self.applied, full_caseloads=False, is_fit=True)

        def apply(raw: Data, change: str) -> Scenario:
            alone = self.model_copy()
            alone._data = raw
            return alone.with_change(change)

        return trial_faults(self._data, lambda: self.data, attempt, apply)

    @property
    def name(self) -> str:
        """The file's stem: the scenario's name, its results folder, its key in legends."""
        return self._name

    @property
    def data(self) -> Data:
        """A copy of the data as written, `extends` followed."""
        copy: Data = unshared(self._data)
        return copy

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Every number written in the file that is an input, with its evidence."""
        return tuple(facts_of(self._data, self.sources, type(self)))

    @property
    def applied(self) -> tuple[str, ...]:
        """Names of the changes applied with `with_change`, in order."""
        return self._applied

    @property
    def settings(self) -> dict[str, str]:
        """What was set with `with_settings`: the values as text, by path."""
        return dict(self._settings)

    @property
    def changes(self) -> tuple[str, ...]:
        """Names of the changes the file offers for the whole of it; those that pathways list are not among them."""
        offered = self._data.get("changes", {})
        return tuple(name for name, change in offered.items() if not is_for_a_pathway(change))

    @property
    def pruned(self) -> tuple[str, ...]:
        """Paths of the stages and teams that changes have cut off."""
        return self._pruned

    @property
    def has_levels(self) -> bool:
        """Whether citizens have need levels; without them the file is a plain queueing network."""
        return all(group.level_at_arrival is not None for group in self.groups.values())

    @property
    def has_money(self) -> bool:
        """Whether anything in the file has a price."""
        return self.crisis is not None or any(
            pathway.contract
            or pathway.one_off
            or any(team.gbp_per_worked_hour for team in pathway.teams.values())
            or any(stage.fee_gbp for stage in pathway.stages.values())
            for pathway in self.pathways.values()
        )

    def arrivals_of(self, group: str) -> Arrivals:
        """What says how often, and when, needs arise in a group: its own arrivals, or those it has a share of."""
        arrivals = self.groups[group].arrivals or self.arrivals
        assert arrivals is not None
        return arrivals

    @property
    def arrivals_a_day(self) -> dict[str, float]:
        """Mean arrivals a day by group [people/day]."""
        if self.arrivals is None:
            return {name: self.arrivals_of(name).a_day(self.place.adults) for name in self.groups}
        a_day = self.arrivals.a_day(self.place.adults)
        return {name: a_day * share for name, share in self.group_shares.items()}

    @property
    def group_shares(self) -> dict[str, float]:
        """Share of arrivals by group; they add up to 1."""
        return group_shares(self.groups, self.place.adults)

    def mean_hours(self, stage: Stage) -> float:
        """Mean staff work of a visit to a stage by those whose need arises, with the needs they then have [hours]."""
        needs = {name: group.mean_needs for name, group in self.groups.items()}
        return sum(share * stage.expected_hours(name, needs[name]) for name, share in self.group_shares.items())

    def is_long_help(self, stage: Stage) -> bool:
        """Whether a stage helps and takes a mean of at least one staff hour: a chat is none."""
        return stage.help is not None and self.mean_hours(stage) >= 1 - 1e-9

    def with_values(self, values: Mapping[str, Any], *, full_caseloads: bool = True) -> Self:
        """This scenario with other values at the given paths, validated anew.

        `full_caseloads`: whether a caseload may not need more hours than its posts have (rule 15), as in a file.

        Raises
        ------
        ScenarioError
            If there is no such path, or a value may not stand there.
        """
        raw = self.data
        meaning = {**raw, **resolved(raw).data}
        if all(same(look_up(meaning, path), value) for path, value in values.items()):
            return self
        over = {path: unshared(value) for path, value in values.items()}
        over = {path: value for path, value in over.items() if not laid_last(raw, path, value)}
        faults = [assign(raw, meaning, path, value, type(self)) for path, value in over.items()]
        if any(faults):
            raise ScenarioError(f"{self.name}.toml", [fault for fault in faults if fault])
        drop_idle_evidence(raw, lambda idle: any(idle.startswith(f"{path}.") for path in values))
        return self._made(self.name, raw, self.applied, full_caseloads=full_caseloads)._after(self)

    def with_settings(self, values: Mapping[str, Any]) -> Self:
        """This scenario with other values, given by a person: those that differ are kept in `settings`.

        A bare number so given has no source. A number table says itself what stands behind it.

        Raises
        ------
        ScenarioError
            If there is no such path, which is answered with the closest, or a value may not stand there.
        """
        raw = self.data
        meaning = {**raw, **resolved(raw).data}
        if faults := tuple(unknown_paths(meaning, values, type(self))):
            raise ScenarioError(f"{self.name}.toml", faults)
        other = {path: value for path, value in values.items() if not same(look_up(meaning, path), value)}
        if not other:
            return self
        changed = self.with_values({path: noted(path, value) for path, value in other.items()})
        changed._settings |= {path: as_text(value) for path, value in other.items()}
        return changed

    def _after(self, before: Self) -> Self:
        """This scenario, made from another: what was set and cut off there holds here."""
        self._settings = before.settings
        self._pruned = tuple(dict.fromkeys((*before.pruned, *self._pruned)))
        return self

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
        faults = apply_change(raw, {**raw, **resolved(raw).data}, raw["changes"][change], type(self))
        if faults:
            named = [Fault(f"changes.{change}.{fault.path}", fault.problem, fault.remedy) for fault in faults]
            raise ScenarioError(f"{self.name}.toml", named)
        gone = pruned_from(raw)
        changed = self._made(self.name, raw, (*self.applied, change), is_fit=True)._after(self)
        changed._pruned = tuple(dict.fromkeys((*changed._pruned, *gone)))
        return changed


def load(name_or_path: str | Path) -> Scenario:
    """The scenario in a file, or the shipped scenario of that name.

    Raises
    ------
    ScenarioError
        If there is no such file, or anything in it may not be so.
    """
    path = find(name_or_path)
    return Scenario.from_data(path.stem, read(path))
