"""How approaches end: every way worked by hand, and one way for every approach of any world."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.engine.tables import OUTCOMES
from sim.experiments.estimates import Key, estimates
from sim.measures.endings import endings, endings_of_citizens, likely_endings
from sim.measures.followed import Followed
from sim.measures.lives import lives
from sim.measures.record import Record
from sim.measures.reductions import reduced
from sim.measures.subgroups import subgroups
from sim.scenario.scenario import Scenario

from ..engine.worlds import needy, people
from .test_generated import records
from .written import record, visit, visits

CALL, QUEUE, VISIT, PACKAGE, REVIEW = range(5)
CALLED = "not ill enough"


def service(**visit_gate: Any) -> Scenario:
    """A call, a delay, an assessment, a package and a review. The cohort window is days 0 to 7, follow-up 70 days."""
    staff = {"team": "staff", "hours": 1}
    gates = {
        "call": {"eligible_from": "moderate", "called": CALLED},
        "visit": {"outside_criteria": 0.2, **visit_gate},
    }
    stages = {
        "call": {**staff, "gate": gates["call"], "next": {"queue": 0.5, "leave": "rest"}},
        "queue": {"delay_days": 7, "next": {"visit": "rest"}},
        "visit": {**staff, "gate": gates["visit"], "missed": {"share": 0.1, "then": "leave"},
                  "gives_up_after_days": 9, "next": {"package": "rest"}},
        "package": {**staff, "queue_limit": 3, "help": {"fits": 0.5}, "next": {"review": 0.5, "leave": "rest"}},
        "review": {**staff},
    }  # fmt: skip
    group = {"level_at_arrival": {"low": 0.5, "high": 0.5}}
    groups = {"a": {"share": 0.5, **group}, "b": {"share": 0.5, **group}}
    run = {"weeks": {"warm_up": 0, "cohort": 1, "follow_up": 10}}
    return needy(stages, {"staff": {"posts": 2}}, groups=groups, run=run)


def through(citizen: int, *steps: tuple[int, str]) -> list[Any]:
    """A citizen's approach, a stage a day, each with its outcome."""
    return [visit(citizen, stage, day, day, due=day + 1, outcome=outcome) for day, (stage, outcome) in enumerate(steps)]


PATHS = (
    [(CALL, "refused_level")],
    [(CALL, "routed")],
    [(CALL, "routed"), (QUEUE, "routed"), (VISIT, "refused_criteria")],
    [(CALL, "routed"), (QUEUE, "routed"), (VISIT, "missed")],
    [(CALL, "routed"), (QUEUE, "recovered")],
    [(VISIT, "routed"), (PACKAGE, "helped_fit")],
    [(VISIT, "routed"), (PACKAGE, "helped_unfit")],
    [(VISIT, "routed"), (PACKAGE, "helped_unfit"), (REVIEW, "routed")],  # helped, and let go by the review
    [(REVIEW, "routed")],  # the same without help before it
    [(VISIT, "routed"), (PACKAGE, "helped_unfit"), (REVIEW, "left_area")],
)
ROWS = (
    *(row for citizen, steps in enumerate(PATHS) for row in through(citizen, *steps)),
    visit(10, VISIT, 3, ended=9, outcome="gave_up"),
    visit(11, PACKAGE, 3, ended=3, outcome="full"),
    visit(12, CALL, 3, 3, due=4),
    visit(12, QUEUE, 4, 4, due=100, outcome="routed"),  # beyond follow-up, which ends on day 70
    visit(13, CALL, 3, outcome="open"),
    visit(14, CALL, 3, 3, due=4, outcome="refused_level"),
    visit(14, CALL, 40, 40, due=41, outcome="refused_level", approach=2),
    visit(14, CALL, 71, 71, due=72, outcome="refused_level", approach=3),  # after follow-up: not counted
)
WORKED = {
    f"refused: {CALLED}": 1 + 2,
    "nothing, after call": 1,
    "refused at visit": 1,
    "helped: package": 3,
    "nothing, after review": 1,
    "gave up": 1,
    "turned away: full": 1,
    "missed the appointment": 1,
    "recovered": 1,
    "left the area": 1,
    "open": 2,
}


def made(scenario: Scenario) -> Record:
    crowd = people(*({"arrival": 0.0, "group": at % 2} for at in range(15)))
    return record(scenario, crowd, visits(*ROWS))


def test_every_way_of_ending_is_as_worked_by_hand() -> None:
    one = made(service())
    counts = endings_of_citizens(Followed(one)).sum(axis=0)
    found = dict(zip(endings(one.pathway), counts.tolist(), strict=True))
    assert {name: count for name, count in found.items() if count} == WORKED
    assert set(likely_endings(one.pathway)) == set(WORKED)


def test_shares_are_those_of_all_approaches_and_add_up_to_1() -> None:
    one = made(service())
    found = {key: each.point for key, each in estimates(one.scenario, "p", [reduced(one)[0]]).items()}
    shares = {key.part: share for key, share in found.items() if key.measure == "outcome_share" and key.by == "all"}
    assert shares == {name: pytest.approx(count / sum(WORKED.values())) for name, count in WORKED.items()}
    for whom in subgroups(one.scenario):
        of = [share for key, share in found.items() if key[:3] == ("outcome_share", whom.by, whom.group)]
        assert not of or sum(of) == pytest.approx(1, abs=1e-12)
    # 8 of 15 are of group a; 14 is one of them, with 2 approaches: refused are 0, and 14 twice, of 9
    assert found[Key("outcome_share", "group", "a", f"refused: {CALLED}")] == pytest.approx(3 / 9)


def test_refusals_go_by_what_the_file_calls_them_and_one_name_is_one_way() -> None:
    one = made(service(called=CALLED))
    counts = endings_of_citizens(Followed(one)).sum(axis=0)
    found = dict(zip(endings(one.pathway), counts.tolist(), strict=True))
    assert found[f"refused: {CALLED}"] == 4 and "refused at visit" not in found


def test_without_service_there_is_no_approach_to_end() -> None:
    nobody = Record(service(), None, people(*[0.0] * 3), record(service(), people(0.0)).tables)
    assert not endings_of_citizens(Followed(nobody)).any()
    assert not {key for key in estimates(service(), None, [reduced(nobody)[0]]) if key.measure == "outcome_share"}


def test_in_any_world_every_approach_ends_in_exactly_one_way() -> None:
    """A conservation law, over 60 generated worlds and the village: by citizen, to the last approach."""
    for one in records():
        counted = endings_of_citizens(Followed(one))
        assert np.array_equal(counted.sum(axis=1), lives(one)["approaches"])
        assert (counted >= 0).all()
        came = {name for name, count in zip(endings(one.pathway), counted.sum(axis=0), strict=True) if count}
        assert came <= set(likely_endings(one.pathway))


def test_in_any_world_the_ways_are_those_of_a_slow_count() -> None:
    seen: set[str] = set()
    for one in records():
        counts = endings_of_citizens(Followed(one)).sum(axis=0)
        fast = {name: int(count) for name, count in zip(endings(one.pathway), counts, strict=True) if count}
        assert fast == slow(one)
        seen |= {name.split(":")[0].split(" at ")[0].split(",")[0] for name in fast}
    assert seen >= {"refused", "nothing", "helped", "gave up", "turned away", "missed the appointment", "recovered",
                    "left the area", "open"}  # fmt: skip


def slow(one: Record) -> dict[str, int]:
    """Ways of ending, approach by approach in plain Python, by the wording of the definitions."""
    stages = list(one.pathway.stages.items()) if one.pathway else []
    found: dict[str, int] = {}
    for citizen in range(one.cohort.first, one.cohort.last):
        end = one.citizens.arrival[citizen] + one.scenario.run.weeks.follow_up_days
        mine = np.flatnonzero((one.visits.citizen == citizen) & (one.visits.joined <= end))
        for approach in dict.fromkeys(one.visits.approach[mine].tolist()):
            rows = [row for row in mine if one.visits.approach[row] == approach]
            told = [(stages[one.visits.stage[row]], OUTCOMES[one.visits.outcome[row]]) for row in rows]
            way = _way(told) if one.visits.ended[rows[-1]] <= end else "open"
            found[way] = found.get(way, 0) + 1
    return found


def _way(told: list[Any]) -> str:
    (name, stage), outcome = told[-1]
    helped = [name for (name, _), outcome in told if outcome.startswith("helped")]
    if outcome.startswith("refused"):
        return f"refused: {stage.gate.called}" if stage.gate.called else f"refused at {name}"
    if outcome in ("routed", "helped_fit", "helped_unfit"):
        return f"helped: {helped[-1]}" if helped else f"nothing, after {name}"
    return {"gave_up": "gave up", "full": "turned away: full", "missed": "missed the appointment",
            "recovered": "recovered", "left_area": "left the area"}[outcome]  # fmt: skip
