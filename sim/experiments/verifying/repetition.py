"""Repetition: the same run gives the same numbers, wherever it is done, in whatever order, and however long."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.experiments.arms import plan
from sim.experiments.comparison import Comparison
from sim.experiments.estimates import Estimates, estimates
from sim.experiments.replications import Replication
from sim.experiments.verifying.findings import Finding, Part, counted, gathered, judged, not_applicable
from sim.experiments.verifying.identical import differing
from sim.experiments.verifying.subject import FIRST, Run, Subject, runs
from sim.experiments.workers import replications
from sim.measures.arrays import Flags
from sim.measures.definitions import DEFINITIONS
from sim.measures.record import Record
from sim.scenario.scenario import Scenario

AGAIN = "The same again"
ORDER = "Order of pathways"
SHORTER = "Half the run"

NUMBERS = (FIRST, FIRST + 1)
OF_DIFFERENCES = ("citizen", "share", "pathway")
WHEN_JOINED = frozenset(
    {"citizen", "approach", "seq", "stage", "neighbourhood", "joined", "needs_joined", "level_joined"}
)
"""Columns of a visit known when it is joined; other columns are known when it ends, those of `WHEN_STARTED` before."""
WHEN_STARTED = frozenset({"started", "due", "staff_hours", "attended"})


def same_again(subject: Subject) -> Finding:
    """The same seed twice, and on two workers as on one: the very same numbers."""
    agreed = plan(subject.short)
    tried = f"{len(NUMBERS)} replications three times: twice on one worker, once on two"
    once, twice, shared = (replications(agreed, NUMBERS, workers, _silent) for workers in (1, 1, 2))
    parts = [
        Part(of, "exactly the same numbers" if same else "not the same numbers", judged(same))
        for of, same in (("twice", _same(once, twice)), ("on 1 worker and on 2", _same(once, shared)))
    ]
    return gathered(AGAIN, tried, parts)


def _silent(_: int) -> None:
    """Say nothing of how it goes on: the crew counts other tasks."""


def _same(one: list[Replication], other: list[Replication]) -> bool:
    return alike([found.reductions for found in one], [found.reductions for found in other])


def alike(one: Any, other: Any) -> bool:
    """Whether two things made of arrays, tuples and numbers are the same to the last bit."""
    if isinstance(one, np.ndarray):
        return bool(np.array_equal(one, other, equal_nan=one.dtype.kind == "f"))
    if isinstance(one, (tuple, list)):
        return len(one) == len(other) and all(alike(mine, theirs) for mine, theirs in zip(one, other, strict=True))
    return bool(one == other)


def order_of_pathways(subject: Subject) -> Finding:
    """The pathways compared in the other order: the same figures, and differences with the sign reversed."""
    names = list(subject.compared)
    tried = f"compare = [{', '.join(reversed(names))}], {len(NUMBERS)} replications"
    if len(names) < 2:
        return not_applicable(ORDER, tried, "there is one pathway")
    forward, backward = (_compared(subject, order) for order in (names, names[::-1]))
    odd = sum(len(differing(mine, backward[0][name])) for name, mine in forward[0].items())
    pair = (names[-1], names[0])
    one, other = forward[1], backward[1]
    wrong = sum(value != -other[pair[::-1]].get(key, np.nan) for key, value in one[pair].items())
    found = [f"{odd:,} figures differ"] if odd else []
    found += [f"{wrong:,} of {len(one[pair]):,} differences are not sign-reversed"] if wrong else []
    good = f"{len(one[pair]):,} differences, each exactly the other's with its sign reversed"
    return gathered(
        ORDER, tried, [Part(" and ".join(pair), "; ".join(found) or good, judged(not found))], when_good=good
    )


Differences = dict[tuple[str, str], dict[tuple[Any, ...], float]]


def _compared(subject: Subject, order: list[str]) -> tuple[dict[str, Estimates], Differences]:
    """Figures by pathway, and differences by (pathway, against), with the pathways compared in this order."""
    agreed = plan(subject.short.with_values({"compare": order}))
    found = subject.replicated(agreed, len(NUMBERS))
    figures = {
        arm.name: estimates(arm.scenario, arm.pathway, [one.reductions[at] for one in found])
        for at, arm in enumerate(agreed.arms)
    }
    differences: Differences = {}
    table = Comparison(agreed, tuple(found)).differences
    for row in table[table["measure"].map(_is_differenced)].itertuples():
        key = (row.measure, row.by, row.group, row.part)
        differences.setdefault((str(row.pathway), str(row.against)), {})[key] = float(row.mean)  # type: ignore[arg-type]
    return figures, differences


def _is_differenced(measure: str) -> bool:
    return DEFINITIONS[measure].per in OF_DIFFERENCES


def half_the_run(subject: Subject) -> Finding:
    """Stopped at half its length, a run gives the same visits and level changes up to then."""
    whole, half = subject.short, halved(subject.short)
    tried = f"{counted(_weeks(half), 'week')} against {_weeks(whole)}: the same visits and level changes up to then"
    tasks = list(zip(runs(whole, subject.arms), runs(half, subject.arms), strict=True))
    return gathered(SHORTER, tried, subject.crew.each(_cut_short, tasks))


def _weeks(scenario: Scenario) -> int:
    return scenario.run.weeks.warm_up + scenario.run.weeks.cohort + scenario.run.weeks.follow_up


def halved(scenario: Scenario) -> Scenario:
    """The scenario stopped at half its length, or two weeks after its warm-up if that is more.

    The warm-up stays, for dates of posts and those who wait count from its end.
    """
    warm_up = scenario.run.weeks.warm_up
    weeks = max(2, _weeks(scenario) // 2 - warm_up)
    return scenario.with_values({"run.weeks": {"warm_up": warm_up, "cohort": 1, "follow_up": weeks - 1}})


def _cut_short(task: tuple[Run, Run]) -> Part:
    whole, half = (run.record for run in task)
    day = half.scenario.run.weeks.horizon
    odd = _odd_visits(whole, half, day)
    early = whole.changes.day < day
    before = [column[early] for column in whole.changes]
    wrong = [f"other {odd}"] if odd else []
    wrong += [] if alike(before, list(half.changes)) else ["other level changes"]
    good = f"{counted(len(half.visits), 'visit')} and {counted(len(half.changes), 'level change')}, all the same"
    return Part(task[0].name, "; ".join(wrong) or good, judged(not wrong))


def _odd_visits(whole: Record, half: Record, day: float) -> str:
    """Which columns of the visits up to `day` are not the same; empty if all are."""
    early = whole.visits.joined < day
    if int(early.sum()) != len(half.visits):
        return f"number of visits, {len(half.visits):,} and not {int(early.sum()):,}"
    known = _known(half, day)
    before = {name: column[early] for name, column in whole.visits._asdict().items()}
    after = half.visits._asdict()
    odd = [name for name in after if not alike(before[name][known[name]], after[name][known[name]])]
    over = alike(before["started"] < day, known["started"]) and alike(before["ended"] < day, known["ended"])
    return ", ".join(odd) or ("" if over else "visits begun or over")


def _known(half: Record, day: float) -> dict[str, Flags]:
    """For each column of the visits, in which rows it is known by `day`."""
    visits = half.visits
    started, ended = visits.started < day, visits.ended < day
    everywhere = np.ones(len(visits), np.bool_)
    return {
        name: everywhere if name in WHEN_JOINED else started if name in WHEN_STARTED else ended
        for name in visits._fields
    }
