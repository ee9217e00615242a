"""The answer is right whichever way the results come out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from sim.reporting.cautions import notices
from sim.reporting.sentences import answer
from sim.reporting.wording import NOT_COMPARABLE
from sim.scenario.scenario import load

from .conftest import Maker, quickly_run
from .folders import FINDINGS, VILLAGE, Data, Finding


def said(made: Maker, **differs: object) -> str:
    return " ".join(answer(made(**differs)).sentences)


def only(measure: str, finding: Finding) -> dict[tuple[str, str], Finding]:
    return {**FINDINGS, ("as_specified", measure): finding}


@pytest.mark.parametrize(
    ("measure", "finding", "expected"),
    [
        ("days_to_help", (-41.3, -47.2, -35.4, "sooner_or_less"), "right help is 41 days shorter (35 to 47 days)"),
        ("days_to_help", (41.3, 35.4, 47.2, "later_or_more"), "right help is 41 days longer (35 to 47 days)"),
        ("days_in_need", (-0.6, -9.2, 8.0, "no_clear_difference"),
         "no clear difference in the time spent in need (9 days shorter to 8 days longer)"),
        ("days_in_need", (5.0, 1.0, 9.0, "no_clear_difference"),
         "need is 5 days longer (1 to 9 days), which may or may not be enough to matter (7 days would)"),
        ("days_in_need", (-3.0, -5.0, -1.0, "no_difference_that_matters"),
         "no difference that matters in the time spent in need (1.0 to 5.0 days shorter; 7 days would matter)"),
        ("public_cost", (312.0, 250.0, 374.0, "later_or_more"),
         "the public cost per citizen is £310 higher (£250 to £370, 2024-25 prices)"),
        ("public_cost", (-312.0, -374.0, -250.0, "sooner_or_less"),
         "the public cost per citizen is £310 lower (£250 to £370, 2024-25 prices)"),
        ("public_cost", (0.0, 0.0, 0.0, "no_difference_that_matters"), "the public cost per citizen is the same"),
    ],
)  # fmt: skip
def test_each_verdict_is_said_with_its_direction_size_and_interval(
    made: Maker, measure: str, finding: Finding, expected: str
) -> None:
    assert expected in said(made, findings=only(measure, finding))


def test_a_reversed_result_reverses_every_word_of_direction(made: Maker) -> None:
    turned = {"sooner_or_less": "later_or_more", "later_or_more": "sooner_or_less"}
    reversed_findings = {
        place: (-mean, -high, -low, turned.get(verdict, verdict))
        for place, (mean, low, high, verdict) in FINDINGS.items()
    }
    before, after = (answer(made(findings=found)).sentences[1] for found in (FINDINGS, reversed_findings))
    swapped = before
    for one, other in (("shorter", "longer"), ("lower", "higher")):
        swapped = swapped.replace(one, "\0").replace(other, one).replace("\0", other)
    # An interval over 0 is told from its lower end: its two ends change places as well.
    assert after == swapped.replace("9 days longer to 3 days shorter", "3 days shorter to 9 days longer")
    assert after != before


def test_the_first_sentence_says_that_intervals_are_simulation_noise_only(made: Maker) -> None:
    first = answer(made()).sentences[0]
    assert "simulation noise only" in first
    assert "plausible ranges of the inputs have not been run" in first


def test_a_quick_run_starts_with_not_comparable(made: Maker) -> None:
    assert answer(made(manifest={"quick": True})).sentences[0].startswith(NOT_COMPARABLE)
    assert NOT_COMPARABLE not in said(made)


def test_equal_spend_gives_no_verdict_on_cost_and_shows_crisis_apart(made: Maker) -> None:
    sentence = next(one for one in answer(made()).sentences if one.startswith("For the same yearly spend"))
    assert "there is no verdict on what the service costs" in sentence
    assert "shown apart, the cost of crises" in sentence
    assert "the public cost per citizen" not in sentence


def test_a_verdict_that_differs_between_bases_depends_on_basis(made: Maker) -> None:
    findings = {**FINDINGS, ("equal_spend", "days_to_help"): (20.0, 14.0, 26.0, "later_or_more")}
    expected = "right help depends on basis: as specified, shorter; for the same spend, longer."
    assert expected in said(made, findings=findings)


def test_a_verdict_clear_but_for_its_size_is_not_the_same_as_one_not_clear(made: Maker) -> None:
    perhaps, unclear = (5.0, 1.0, 9.0, "no_clear_difference"), (5.0, -1.0, 11.0, "no_clear_difference")
    told = said(made, findings={**only("days_in_need", perhaps), ("equal_spend", "days_in_need"): unclear})
    assert (
        "The verdict on the time spent in need depends on basis: as specified, longer (may not matter); for the same "
        "spend, no clear difference."
    ) in told


def test_verdicts_that_agree_are_said_to_be_the_same_on_every_basis(made: Maker) -> None:
    findings = {**FINDINGS, ("equal_spend", "days_in_need"): (1.0, -9.0, 11.0, "no_clear_difference")}
    sentences = said(made, findings=findings)
    assert "right help and the time spent in need is the same on every basis on which it is judged." in sentences
    assert "depends on basis" not in sentences


def three_bases(data: Data) -> None:
    data["bases"] = ["as_specified", "equal_spend", "equal_help"]


SAME_NEED: Mapping[tuple[str, str], Finding] = {
    **FINDINGS,
    ("equal_help", "days_to_help"): (12.0, 6.0, 18.0, "no_clear_difference"),
    ("equal_help", "days_in_need"): (0.3, -0.9, 1.5, "not_judged"),
    ("equal_help", "public_cost"): (-290.0, -340.0, -240.0, "sooner_or_less"),
}
HALVED = {"basis_factors": {"equal_spend": {"local": 1.04}, "equal_help": {"local": 0.6243}}}


def test_for_the_same_time_in_need_the_answer_is_the_money(made: Maker) -> None:
    sentences = answer(made(findings=SAME_NEED, edit=three_bases, manifest=HALVED)).sentences
    (sentence,) = [one for one in sentences if one.startswith("For the same time in need")]
    assert sentence.startswith(
        "For the same time in need, with ‘local’ at 0.62 times its posts rather than ‘outsourced’: the public cost "
        "per citizen is £290 lower (£240 to £340, 2024-25 prices); "
    )
    assert sentence.endswith("there is no verdict on the time spent in need, which was made equal in the pilots.")
    assert "0.3 days" not in sentence


def test_the_money_that_differs_between_bases_where_it_is_judged_depends_on_basis(made: Maker) -> None:
    """Cost is not judged for the same spend, nor the time in need for the same time in need."""
    sentences = said(made, findings=SAME_NEED, edit=three_bases, manifest=HALVED)
    assert (
        "The verdict on the public cost per citizen depends on basis: as specified, higher; for the same time in need, "
        "lower." in sentences
    )
    assert (
        "time spent in need depends on basis: as specified, no clear difference; for the same spend, no " in sentences
    )


def test_a_cost_that_is_no_headline_is_told_apart_for_the_same_time_in_need(made: Maker) -> None:
    findings = {place: found for place, found in SAME_NEED.items() if place[1] != "public_cost"}
    told = {**HALVED, "headlines": ["days_to_help", "days_in_need"]}
    sentences = answer(made(findings=findings, edit=three_bases, manifest=told)).sentences
    (sentence,) = [one for one in sentences if one.startswith("For the same time in need")]
    assert "rather than ‘outsourced’: shown apart, the public cost per citizen comes out £" in sentence


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        ("growing_backlog", "because a backlog was still growing"),
        ("warm_up", "because the answer still moves"),
        ("other", ""),
    ],
)
def test_an_unsteady_service_gets_no_steady_verdict_but_the_next_years_from_this_start(
    made: Maker, kind: str, why: str
) -> None:
    findings = {place: (*found[:3], "unsteady") for place, found in FINDINGS.items()}
    notice = {"kind": kind, "pathway": "outsourced", "basis": "as_specified", "text": "the queue grows"}
    sentences = answer(made(findings=findings, manifest={"notices": [notice]})).sentences
    assert sentences[1].startswith("As specified there is no steady verdict, because ")
    assert why in sentences[1]
    assert "over the next 3 years from this start" in sentences[1]
    assert "comes out 41 days shorter" in sentences[1]
    assert " is 41 days shorter" not in " ".join(sentences)


def test_a_notice_names_its_pathway_and_a_basis_that_changes_it(made: Maker) -> None:
    told = [
        backlog("outsourced", "as_specified"),
        backlog("local", "as_specified"),
        backlog("outsourced", "equal_spend"),
    ]
    expected = ["Outsourced: the queue grows.", "Local, as specified: the queue grows."]
    assert notices(made(manifest={"notices": told})) == expected


def test_a_backlog_on_one_basis_is_not_told_of_the_other(made: Maker) -> None:
    findings = {place: (*found[:3], "unsteady") for place, found in FINDINGS.items()}
    told = {"notices": [backlog("local", "equal_spend")]}
    one, other = answer(made(findings=findings, manifest=told)).sentences[1:3]
    assert one.startswith("As specified there is no steady verdict, because the service had not settled;")
    assert "no steady verdict, because a backlog was still growing;" in other


def test_nothing_claims_that_there_is_no_steady_state(made: Maker) -> None:
    findings = {place: (*found[:3], "unsteady") for place, found in FINDINGS.items()}
    for told in ([], [backlog("outsourced", basis) for basis in ("as_specified", "equal_spend")]):
        assert "steady state" not in said(made, findings=findings, manifest={"notices": told})


def test_the_checks_of_a_quick_run_are_not_judged(made: Maker) -> None:
    last = answer(made(manifest={"quick": True}, checks_pass=(True, False))).sentences[-1]
    assert "are not judged, as a quick run's windows are too short" in last
    assert "passed" not in last and "failed" not in last


def test_one_of_anything_is_told_in_the_singular(made: Maker) -> None:
    told = {"quick": True, "replications": 1, "cohort_mean": 1.0}
    sentences = said(made, edit=plain_network, manifest=told, checks_pass=())
    assert "with short windows and 1 replication. " in sentences
    assert "rests on 1 replication of about 1 citizen, each" in sentences


def test_an_empty_cohort_is_said_to_be_empty(made: Maker) -> None:
    sentences = answer(made(manifest={"cohort_mean": 0.0})).sentences
    assert sentences[1] == "Nobody is in the cohort, so there is nothing to compare."
    assert len(sentences) == 3 and "are not judged" in sentences[2] and "passed" not in sentences[2]


def backlog(pathway: str, basis: str) -> Data:
    return {"kind": "growing_backlog", "pathway": pathway, "basis": basis, "text": "the queue grows"}


def one_pathway(data: Data) -> None:
    data.update(compare=["outsourced"], bases=["as_specified"])
    del data["pathways"]["local"], data["changes"]


def test_one_pathway_alone_is_set_against_no_service_without_a_verdict(made: Maker) -> None:
    sentences = said(made, edit=one_pathway)
    assert "There is one pathway" in sentences
    assert "with ‘outsourced’ rather than no service" in sentences
    assert "comes out 41 days shorter" in sentences


def plain_network(data: Data) -> None:
    line = {
        "starts_at": "counter",
        "teams": {"clerks": {"posts": 3}},
        "stages": {"counter": {"team": "clerks", "minutes": 20}, "till": {"team": "clerks", "minutes": 5}},
    }
    line["stages"]["counter"]["next"] = {"till": "rest"}  # type: ignore[index]
    weeks = data["run"]["weeks"]
    data.clear()
    data.update(title="A line", compare=["line"], bases=["as_specified"], run={"weeks": weeks, "matters": {}})
    data.update(arrivals={"per_day": 100}, pathways={"line": line})


def test_a_plain_network_is_answered_with_its_longest_wait_and_no_word_of_need(made: Maker) -> None:
    sentences = said(made, edit=plain_network, checks_pass=())
    assert "plain queueing network" in sentences
    assert "the longest mean wait is at till: 12.00 days (11.95 to 12.05 days)" in sentences
    assert "in need" not in sentences
    assert "nothing was checked against published figures" in sentences


@pytest.mark.parametrize(
    ("passed", "expected"),
    [
        ((True, True, True), "all of 3 checks against published figures passed"),
        ((True, False, False), "2 of 3 checks against published figures failed"),
        ((True,), "the one check against a published figure passed"),
        ((False,), "1 of 1 check against published figures failed"),
        ((), "nothing was checked"),
    ],
)
def test_the_last_sentence_counts_checks_and_assumptions(made: Maker, passed: tuple[bool, ...], expected: str) -> None:
    results = made(checks_pass=passed)
    last = answer(results).sentences[-1]
    assumed = sum(fact.grade == "D" for fact in results.scenario.facts)
    assert expected in last
    assert f"of which {assumed} are assumptions (grade D)" in last
    assert "12 replications of about 2,081 citizens, each followed for 3 years" in last


def test_nothing_about_single_citizens_is_in_the_answer(made: Maker) -> None:
    assert "helped sooner" not in said(made)


def test_a_real_run_is_answered(real: object) -> None:
    sentences = answer(real).sentences  # type: ignore[arg-type]
    assert sentences[0].startswith(NOT_COMPARABLE)
    assert any("with ‘local’ rather than ‘outsourced’" in sentence for sentence in sentences)


def test_a_pathway_left_out_of_the_only_basis_is_said_to_be_so(tmp_path: Path) -> None:
    """Help that never fits: no number of posts is enough."""
    never = dict.fromkeys(("one", "two", "three", "four"), 0.0)
    changed = {"bases": ["equal_help"], "pathways.local.stages.support.help.fits": never}
    results = quickly_run(load(VILLAGE).with_values(changed), tmp_path / "village")
    text = " ".join(answer(results).sentences)
    assert "‘local’ is not compared with ‘outsourced’: with none of the numbers of posts that were tried" in text
    assert "The file names no headline measures" not in text
    page = (tmp_path / "village" / "report.html").read_text(encoding="utf-8")
    assert "is not compared with" in page and "equal help was not reached" in page
