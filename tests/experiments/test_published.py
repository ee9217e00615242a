"""Published figures: each names a measure, the part it is of, and a part that there is."""

from __future__ import annotations

from typing import Any

import pytest

from sim.errors import ScenarioError
from sim.experiments.experiment import Options, run
from sim.experiments.outputs import checks_table
from sim.experiments.published import check_measures
from sim.scenario.scenario import Scenario

from ..scenario.files import Data, edited, faults, village

OUT = {"pathway": "outsourced", "published": 0.5, "tolerance": 0.1, "source": "made-up-costs"}
REFUSED = "refused: not enough of a problem"
SOUND: dict[str, dict[str, Any]] = {
    "flow": {"measure": "waits_over_28_days", "stage": "assessment"},
    "stock": {"measure": "waiting_over_182_days", "stage": "assessment"},
    "ending": {"measure": "outcome_share", "ending": REFUSED},
    "back": {"measure": "returned_within_days", "days": 61},
    "past": {"measure": "entries_direct", "stage": "package", "not_through": "assessment"},
}


def with_check(*edits: tuple[str, Any], **figure: Any) -> Data:
    return edited(village(), ("checks.new", {**OUT, **figure}), *edits)


def refused(data: Data) -> list[str]:
    try:
        check_measures(Scenario.from_data("test", data))
    except ScenarioError as error:
        return [str(fault) for fault in error.faults]
    return []


@pytest.mark.parametrize("figure", SOUND.values(), ids=SOUND)
def test_every_new_measure_may_be_a_check(figure: dict[str, Any]) -> None:
    assert refused(with_check(**figure)) == []


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "no ending": (
        {"measure": "outcome_share"},
        "checks.new.ending: is missing; `outcome_share` is a measure of a way of ending: say of which",
    ),
    "an ending there is not": (
        {"measure": "outcome_share", "ending": "refused: not enough of problem"},
        f"checks.new.ending: no approach ends in `refused: not enough of problem`; did you mean `{REFUSED}`?",
    ),
    "days of another measure": (
        {"measure": "waits_over_28_days", "stage": "assessment", "days": 28},
        "checks.new.days: has no effect: `waits_over_28_days` is no measure of a number of days; drop it",
    ),
    "no days": (
        {"measure": "returned_within_days"},
        "checks.new.days: is missing; `returned_within_days` is a measure of a number of days: say of which",
    ),
    "one stage of two": (
        {"measure": "entries_direct", "stage": "package"},
        "checks.new.not_through: is missing; `entries_direct` is a measure of two stages: say of which",
    ),
    "a target the file does not have": (
        {"measure": "waits_over_126_days", "stage": "assessment"},
        "checks.new.measure: `wait_targets_days` does not hold 126, so that this is not measured; "
        "write wait_targets_days = [28, 126, 182] at the top of the file",
    ),
    "a measure there is not": (
        {"measure": "waits_over_28_day", "stage": "assessment"},
        "checks.new.measure: there is no measure `waits_over_28_day`; did you mean `waits_over_28_days`?",
    ),
}


@pytest.mark.parametrize(("figure", "said"), WRONG.values(), ids=WRONG)
def test_what_a_check_may_not_be_is_said_with_the_remedy(figure: dict[str, Any], said: str) -> None:
    assert refused(with_check(**figure)) == [said]


def test_a_change_may_take_a_way_of_ending_away() -> None:
    data = with_check(("changes.gentler", {"pathways.outsourced.stages.call.gate": {"called": "no", "most_needs": 3}}),
                      **SOUND["ending"])  # fmt: skip
    scenario = Scenario.from_data("test", data)
    check_measures(scenario)
    check_measures(scenario.with_change("gentler"))


def test_a_target_that_the_file_has_may_be_checked() -> None:
    data = with_check(("wait_targets_days", [126]), measure="waits_over_126_days", stage="assessment")
    assert refused(data) == []


def test_a_stage_that_is_not_there_is_said_of_either_key() -> None:
    figure = {"measure": "entries_direct", "stage": "package", "not_through": "asessment"}
    (fault,) = faults(with_check(**figure))
    assert str(fault) == "checks.new.not_through: there is no stage `asessment`; did you mean `assessment`?"


def test_targets_for_waits_rise_and_are_whole_days() -> None:
    for given, said in (
        ([28, 28], "[28, 28] does not rise from each target to the next; write [28]"),
        ([182, 28], "[182, 28] does not rise from each target to the next; write [28, 182]"),
        ([], "expected at least 1"),
        ([-1], "wait_targets_days[0]: -1 is not allowed; expected at least 0"),
        ([1.5], "expected a whole number"),
        (28, "expected a list in [ ]"),
        (list(range(13)), "here stand 13 targets; keep at most 12"),
    ):
        (fault,) = faults(edited(village(), ("wait_targets_days", given)))
        assert said in str(fault), str(fault)
        assert fault.remedy


def test_checks_stand_beside_what_the_model_comes_to() -> None:
    """Of the village, in few weeks: each new kind of check finds its number in the summary."""
    named = [(f"checks.{name}", {**OUT, **figure}) for name, figure in SOUND.items() if name != "stock"]
    scenario = Scenario.from_data("test", edited(village(), *named))
    result = run(scenario, Options(replications=2, workers=1, quick=True)).comparison
    table, summary = checks_table(result).set_index("name"), result.summary
    for name, figure in SOUND.items():
        if name == "stock":
            continue
        row = table.loc[name]
        (model,) = summary[
            (summary["measure"] == figure["measure"]) & (summary["part"] == row["part"]) & (summary["by"] == "all")
            & (summary["pathway"] == "outsourced") & (summary["basis"] == "as_specified")
        ]["mean"]  # fmt: skip
        assert row["model"] == model
