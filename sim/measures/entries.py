"""Entries: visits to a stage that did not come through another, such as support begun without an assessment."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.measures.arrays import Floats, Ints
from sim.measures.record import Record
from sim.scenario.pathways import Pathway
from sim.scenario.plans import direct
from sim.scenario.scenario import Scenario
from sim.scenario.stages import Stage

ENTRIES = "entries_direct"


class Entry(NamedTuple):
    """Visits to a stage in approaches that had not been to another stage before."""

    stage: str
    not_through: str

    @property
    def part(self) -> str:
        """What results call it."""
        return direct(self.stage, self.not_through)


def entries_asked(scenario: Scenario, pathway: str | None) -> list[Entry]:
    """The entries that are counted: to every stage that helps, past every stage that decides, where there is a way with
    it and a way without; and those of the file's checks and targets.
    """
    if pathway is None:
        return []
    figures = [*scenario.checks.values(), *scenario.targets.values()]
    asked = [
        Entry(figure.stage, figure.not_through)
        for figure in figures
        if figure.measure == ENTRIES and figure.pathway == pathway and figure.stage and figure.not_through
    ]
    return list(dict.fromkeys([*_usual(scenario.pathways[pathway]), *asked]))


def _usual(pathway: Pathway) -> list[Entry]:
    deciding = [name for name, stage in pathway.stages.items() if _decides(stage)]
    past = {name: _reached(pathway, pathway.starts_at, without=name) for name in deciding}
    through = {name: _reached(pathway, name) for name in deciding}
    helping = [name for name, stage in pathway.stages.items() if stage.help]
    return [Entry(to, by) for to in helping for by in deciding if to != by and to in past[by] and to in through[by]]


def _decides(stage: Stage) -> bool:
    return stage.purpose == "deciding" or (stage.gate is not None and stage.gate.may_refuse)


def _reached(pathway: Pathway, start: str, without: str = "") -> set[str]:
    """Stages that can be come to from one, itself among them, without going through another."""
    found, todo = set(), [start]
    while todo:
        name = todo.pop()
        if name not in found and name != without:
            found.add(name)
            todo.extend(pathway.stages[name].targets)
    return found


def direct_entries(record: Record) -> Floats:
    """How many visits of each kind asked for joined in the cohort window."""
    asked = entries_asked(record.scenario, record.pathway_name)
    weeks, visits = record.scenario.run.weeks, record.visits
    if not asked:
        return np.zeros(0)
    names = [*(record.pathway.stages if record.pathway else ())]
    inside = np.flatnonzero((visits.joined >= weeks.cohort_from) & (visits.joined < weeks.cohort_to))
    approach, stage = record.approaches.of_visits(len(visits)), visits.stage[inside]
    first = {name: _first_visits(record, approach, names.index(name)) for name in {one.not_through for one in asked}}
    counts = []
    for one in asked:
        rows = inside[stage == names.index(one.stage)]
        counts.append(np.count_nonzero(first[one.not_through][approach[rows]] >= rows))
    return np.array(counts, dtype=np.float64)


def _first_visits(record: Record, approach: Ints, stage: int) -> Ints:
    """The row of the first visit of each approach to a stage; beyond the last row where there is none."""
    first = np.full(len(record.approaches.first), len(approach), dtype=np.int64)
    rows = np.flatnonzero(record.visits.stage == stage)[::-1]
    first[approach[rows]] = rows  # of several the last written stays: the first visit
    return first
