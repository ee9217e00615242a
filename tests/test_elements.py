"""Going local in six elements: every combination is a pathway, and each element alone moves only what it should."""

from __future__ import annotations

from functools import cache
from itertools import combinations

import numpy as np
import pytest

from sim.experiments.estimates import Estimates, Key
from sim.experiments.experiment import Options, run
from sim.scenario.changes import dropped_by, lines_of
from sim.scenario.scenario import Scenario, load

ELEMENTS = ("no_threshold", "one_assessment", "whole_person", "one_worker", "contract_terms", "neighbourhood_teams")
SHORT = {"warm_up": 26, "cohort": 13, "follow_up": 52}


@cache
def anytown() -> Scenario:
    return load("anytown")


@cache
def keys(change: str) -> set[str]:
    given = anytown().data["changes"][change]
    return {*lines_of(given), *dropped_by(given)}


def test_the_elements_stand_on_disjoint_keys() -> None:
    for one, other in combinations(ELEMENTS, 2):
        for mine in keys(one):
            for theirs in keys(other):
                apart = mine != theirs and not mine.startswith(f"{theirs}.") and not theirs.startswith(f"{mine}.")
                assert apart, (one, mine, other, theirs)


def combined(*subsets: tuple[str, ...]) -> Scenario:
    """Anytown comparing the contract with the contract and these sets of elements, as specified."""
    data = anytown().data
    data["changes"] = {name: data["changes"][name] for name in (*ELEMENTS, "no_contract", "one_team")}
    for place, subset in enumerate(subsets):
        changed = {"changes": list(subset)} if subset else {}
        data["pathways"][f"set_{place}"] = {"like": "outsourced", "title": "a set", **changed}
    data["compare"] = ["outsourced", "local", *(f"set_{place}" for place in range(len(subsets)))]
    return Scenario.from_data("anytown", data | {"bases": ["as_specified"]}, is_tried=True)


def test_all_64_combinations_are_valid_pathways() -> None:
    subsets = [subset for size in range(len(ELEMENTS) + 1) for subset in combinations(ELEMENTS, size)]
    assert len(subsets) == 64
    scenario = combined(*subsets)
    pathways = [scenario.pathways[f"set_{place}"].model_dump(exclude={"title"}) for place in range(64)]
    assert len({repr(pathway) for pathway in pathways}) == 64
    assert pathways[0] == scenario.pathways["outsourced"].model_dump(exclude={"title"})


@cache
def found() -> dict[str, Estimates]:
    """Each element alone, all six, the contract and local, on common luck over a short run."""
    scenario = combined(*((element,) for element in ELEMENTS), ELEMENTS).with_values({"run.weeks": SHORT})
    result = run(scenario, Options(replications=3, check_warm_up=False)).comparison
    names = ["outsourced", "local", *ELEMENTS, "all_six"]
    return dict(zip(names, result.estimates, strict=False))


def values(pathway: str, measure: str) -> list[float]:
    return list(found()[pathway][Key(measure)].values)


def moved(element: str, measure: str) -> bool:
    return not np.allclose(values(element, measure), values("outsourced", measure), rtol=1e-9, atol=1e-9)


def test_all_six_together_are_the_local_pathway() -> None:
    for measure in ("days_to_help", "days_in_need", "approaches", "handoffs", "hours_helping", "public_cost"):
        assert values("all_six", measure) == pytest.approx(values("local", measure), rel=1e-9), measure


NOTHING_BUT_MONEY = ("days_to_help", "days_in_need", "approaches", "refusals", "hours_deciding", "hours_helping")


def test_contract_terms_move_what_is_paid_and_nothing_that_happens() -> None:
    assert not any(moved("contract_terms", measure) for measure in NOTHING_BUT_MONEY)
    assert moved("contract_terms", "contract_cost")
    assert moved("contract_terms", "public_cost")
    assert not moved("contract_terms", "crisis_cost")


def test_without_a_threshold_nobody_is_refused() -> None:
    assert max(values("no_threshold", "refusals")) == 0 < min(values("outsourced", "refusals"))


def test_one_assessment_takes_out_the_others_and_leaves_the_helping_stages_as_they_are() -> None:
    stages = {key.part for key in found()["one_assessment"] if key.measure == "throughput"}
    assert stages == {"assessment", "low_level", "short_term", "long_term"}
    assert max(values("one_assessment", "assessments")) < min(values("outsourced", "assessments"))
    assert min(values("one_assessment", "refusals")) > 0, "the threshold still stands"


def test_the_whole_person_moves_what_a_visit_of_help_does_and_no_gate() -> None:
    scenario = combined(("whole_person",))
    changed, before = scenario.pathways["set_0"].stages, scenario.pathways["outsourced"].stages
    for name, stage in before.items():
        if stage.help is None:
            assert changed[name] == stage, name
        else:
            assert changed[name].help is not None
            assert changed[name].gate == stage.gate
    assert scenario.pathways["set_0"].teams == scenario.pathways["outsourced"].teams
    assert moved("whole_person", "hours_helping")


def test_one_worker_ends_handing_over_and_changes_no_gate_and_no_help() -> None:
    scenario = combined(("one_worker",))
    changed, before = scenario.pathways["set_0"].stages, scenario.pathways["outsourced"].stages
    assert {name: (stage.gate, stage.help) for name, stage in changed.items()} == {
        name: (stage.gate, stage.help) for name, stage in before.items()
    }
    assert max(values("one_worker", "handoffs")) < min(values("outsourced", "handoffs"))
    assert min(values("one_worker", "refusals")) > 0


def test_neighbourhood_teams_change_pooling_and_coming_forward_alone() -> None:
    scenario = combined(("neighbourhood_teams",))
    changed, before = scenario.pathways["set_0"], scenario.pathways["outsourced"]
    assert changed.stages == before.stages
    assert changed.contract == before.contract
    assert changed.comes_back_after_days == before.comes_back_after_days
    pooled = {name: team.model_copy(update={"per_neighbourhood": False}) for name, team in changed.teams.items()}
    assert pooled == dict(before.teams)
    assert changed.asks_after_days != before.asks_after_days
    assert max(values("neighbourhood_teams", "days_before_asking")) < min(values("outsourced", "days_before_asking"))
