"""A pathway as a graph of flows: who enters each stage, where they go on to and how they leave, a year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sim.reporting.names import plain_name
from sim.reporting.results import Results
from sim.scenario.gates import Gate
from sim.scenario.stages import Stage
from sim.scenario.teams import Team
from sim.scenario.vocabulary import LEAVE, WEEKS_A_YEAR

REFUSALS = ("refused_level", "refused_needs", "refused_criteria")
REFUSED = "refused"
THROUGH_THE_GATE = ("routed", "helped_fit", "helped_unfit")
"""Outcomes of those who met a gate, where there is one, and were not refused."""
ONWARD = "onward"
ASIDE = ("gave_up", "full", "missed")
"""Outcomes that may lead on to a stage of their own; all other ways on are one."""
ENDS = (REFUSED, "gave_up", "full", "missed", "helped_fit", "helped_unfit", "routed", "recovered", "left_area")
"""How an approach may end, in the order in which ends are told."""


@dataclass(frozen=True)
class Link:
    """A way from one stage to another: `onward`, or what befell those who go it; visits a year."""

    source: str
    target: str
    kind: str
    a_year: float


@dataclass(frozen=True)
class Step:
    """A stage with its team, and what leaves the pathway here a year: by end, and of those refused by reason."""

    name: str
    stage: Stage
    team: Team | None
    posts: float
    shares_team: bool
    wait_days: float
    ends: Mapping[str, float]
    reasons: Mapping[str, float]
    met_gate: float

    @property
    def title(self) -> str:
        """What readers know the stage by."""
        return self.stage.title or plain_name(self.name)

    @property
    def gate(self) -> Gate | None:
        """The gate, where it may refuse anyone."""
        return self.stage.gate if self.stage.gate is not None and self.stage.gate.may_refuse else None

    @property
    def refused_share(self) -> float:
        """Of those who met the gate, the share it refused."""
        return self.ends.get(REFUSED, 0.0) / self.met_gate if self.met_gate else 0.0

    @property
    def leaving(self) -> float:
        """Visits a year with which an approach ended here."""
        return sum(self.ends.values())


@dataclass(frozen=True)
class Flows:
    """A pathway's steps in the order of the file, the links between them, and the approaches that begin a year."""

    pathway: str
    start: str
    steps: tuple[Step, ...]
    links: tuple[Link, ...]
    begun: float
    begun_first: float

    @property
    def begun_again(self) -> float:
        """Approaches begun a year by people who had come before."""
        return max(0.0, self.begun - self.begun_first)

    def step(self, name: str) -> Step:
        """The step of this name."""
        return next(step for step in self.steps if step.name == name)

    def entering(self, name: str) -> float:
        """Visits a year that come to a stage, the approaches that begin there among them."""
        linked = sum(link.a_year for link in self.links if link.target == name)
        return linked + (self.begun if name == self.start else 0.0)

    def leaving(self, name: str) -> float:
        """Visits a year that end at a stage, however they end."""
        return sum(link.a_year for link in self.links if link.source == name) + self.step(name).leaving

    def staying(self, name: str) -> float:
        """How many more (or, below 0, fewer) are at a stage at the end of a year than at its beginning."""
        return self.entering(name) - self.leaving(name)

    @property
    def ends(self) -> dict[str, float]:
        """Approaches a year by how they ended; only those that did."""
        total: Counter[str] = Counter()
        for step in self.steps:
            total.update(step.ends)
        return {end: total[end] for end in (*ENDS, *sorted(set(total) - set(ENDS))) if total[end]}


def flows_of(results: Results, basis: str, pathway: str) -> Flows:
    """The flows of a pathway on a basis, over the cohort window."""
    given = results.scenario.pathways[pathway]
    rows = _rows(results, basis, pathway)
    links = _links(rows, given.stages)
    return Flows(
        pathway=pathway,
        start=given.starts_at,
        steps=tuple(_step(results, basis, pathway, name, rows) for name in given.stages),
        links=tuple(links),
        begun=_a_year(results, basis, pathway, "approaches_a_week"),
        begun_first=_a_year(results, basis, pathway, "new_people_asking_a_week"),
    )


Row = tuple[str, str, str, float]
"""From which stage, to where, with which outcome, how many a year."""


def _rows(results: Results, basis: str, pathway: str) -> list[Row]:
    table = results.flows
    table = table[(table["basis"] == basis) & (table["pathway"] == pathway)]
    columns = ("from_stage", "to", "outcome", "a_year")
    return [(str(a), str(b), str(c), float(n)) for a, b, c, n in zip(*(table[c] for c in columns), strict=True)]


def _links(rows: Sequence[Row], stages: Mapping[str, Stage]) -> list[Link]:
    """The ways between stages that were gone, then those the file gives that nobody went."""
    gone: Counter[tuple[str, str, str]] = Counter()
    for source, to, outcome, a_year in rows:
        if to != LEAVE:
            gone[source, to, outcome if outcome in ASIDE else ONWARD] += a_year  # type: ignore[assignment]
    for key in _ways(stages):
        gone.setdefault(key, 0)
    place = {name: at for at, name in enumerate(stages)}
    order = sorted(gone, key=lambda key: (place[key[0]], place[key[1]], key[2]))
    return [Link(*key, float(gone[key])) for key in order]


def _ways(stages: Mapping[str, Stage]) -> list[tuple[str, str, str]]:
    """Every way on that the file gives."""
    ways = []
    for name, stage in stages.items():
        routed = {target for routes in stage.all_routes for target, share in routes.items() if share != 0}
        ways += [(name, target, ONWARD) for target in routed - {LEAVE}]
        ways += [(name, stage.on_give_up, "gave_up")] if stage.on_give_up else []
        ways += [(name, stage.when_full, "full")] if stage.when_full else []
        ways += [(name, name, "missed")] if stage.missed is not None and stage.missed.then == "again" else []
    return [way for way in ways if way[1] in stages]


def _step(results: Results, basis: str, pathway: str, name: str, rows: Sequence[Row]) -> Step:
    given = results.scenario.pathways[pathway]
    stage, ends, reasons = given.stages[name], Counter[str](), Counter[str]()
    mine = [(to, outcome, a_year) for source, to, outcome, a_year in rows if source == name]
    for to, outcome, a_year in mine:
        if outcome in REFUSALS:
            reasons[outcome] += a_year  # type: ignore[assignment]
        if to == LEAVE:
            ends[REFUSED if outcome in REFUSALS else outcome] += a_year  # type: ignore[assignment]
    team = given.teams.get(stage.team or "")
    wait = results.overall(basis, pathway, "wait_days", name)
    return Step(
        name=name,
        stage=stage,
        team=team,
        posts=_posts(results, basis, pathway, team) if team else 0.0,
        shares_team=sum(other.team == stage.team for other in given.stages.values()) > 1,
        wait_days=float(wait["mean"]) if wait is not None else 0.0,
        ends=dict(ends),
        reasons=dict(reasons),
        met_gate=sum(a_year for _, outcome, a_year in mine if outcome in (*REFUSALS, *THROUGH_THE_GATE)),
    )


def _posts(results: Results, basis: str, pathway: str, team: Team) -> float:
    """Posts on this basis: a basis that makes the pathway larger or smaller does so by its paid posts."""
    factor = results.manifest["basis_factors"].get(basis, {}).get(pathway, 1.0)
    return team.mean_posts * (factor if team.gbp_per_worked_hour else 1.0)


def _a_year(results: Results, basis: str, pathway: str, measure: str) -> float:
    row = results.overall(basis, pathway, measure)
    return float(row["mean"]) * WEEKS_A_YEAR if row is not None else 0.0
