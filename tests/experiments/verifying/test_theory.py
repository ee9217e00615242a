"""Stages close to a known queue wait as its formula says; others are told apart, with the reason."""

from __future__ import annotations

from typing import Any

import pytest

from sim.experiments.verifying.closeness import Facts, facts
from sim.experiments.verifying.findings import FAIL, NOT_APPLICABLE, PASS
from sim.experiments.verifying.known import STAGE_KEYS, TEAM_KEYS
from sim.experiments.verifying.theory import mean_wait, theory
from sim.scenario.scenario import Scenario
from sim.scenario.stages import Stage
from sim.scenario.teams import Team

from . import broken
from .subjects import line, named, subject, village

REPLICATIONS = 8

KNOWN: dict[str, tuple[Scenario, str]] = {
    "Erlang C": (line(), "Erlang C gives"),
    "Erlang A": (line({"gives_up_after_days": 0.1}), "Erlang A gives"),
    "Erlang B": (line({"queue_limit": 0, "hours": {"mean": 1, "sd": 0.3}}), "Erlang B gives"),
    "a limited queue": (line({"queue_limit": 4}), "M/M/c/K gives"),
    "one post": (line({"hours": {"mean": 0.5, "sd": 0.25}}, {"posts": 1}), "(exact for one post)"),
    "regular work": (line({"hours": {"fixed": 1}}, {"posts": 2}), "(Allen-Cunneen)"),
    "a fraction of a post": (line({"gives_up_after_days": 0.5}, {"posts": 2.5}), "2 or 3 posts"),
    "a caseload": (
        line({"weeks": 0.05, "hours": 0.1}, {"works": "caseload", "posts": 2, "cases_each": 8}),
        "16 posts or places",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", KNOWN)
def test_a_known_queue_waits_as_its_formula_says(kind: str) -> None:
    scenario, words = KNOWN[kind]
    finding = theory(subject(scenario, REPLICATIONS))
    assert finding.verdict == PASS, finding.found
    assert words in finding.found


@pytest.mark.parametrize("kind", KNOWN)
def test_slower_staff_than_the_file_says_are_found(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    """All service takes a third longer than the file says, be it hours or weeks."""
    broken.service(monkeypatch, 4 / 3)
    finding = theory(subject(KNOWN[kind][0], REPLICATIONS))
    assert finding.verdict == FAIL, finding.found


def test_every_node_of_a_jackson_network_is_a_known_queue() -> None:
    finding = theory(subject(named("jackson"), 4))
    assert finding.verdict == PASS
    assert len(finding.parts) == 3
    assert {part.verdict for part in finding.parts} == {PASS}


UNLIKE: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    ({}, {"posts": "unlimited"}, "posts are unlimited"),
    ({}, {"posts": 0}, "no posts"),
    ({"gives_up_after_days": {"fixed": 3}}, {}, "patience is fixed"),
    ({"queue_limit": 3, "hours": {"fixed": 1}}, {}, "the queue is limited and its work fixed"),
    ({"hours": {"mean": 1, "sd": 1, "each_further_need": 1}}, {}, "number of needs"),
    ({"next": {"desk": 0.45, "leave": "rest"}}, {"posts": 4}, "variance of a day's arrivals"),
    ({}, {"posts": 1.6}, "longer to settle than the warm-up"),
]


@pytest.mark.parametrize(("stage", "team", "why"), UNLIKE, ids=[why for _, _, why in UNLIKE])
def test_what_no_formula_knows_is_said(stage: dict[str, Any], team: dict[str, Any], why: str) -> None:
    finding = theory(subject(line(stage, team), 2))
    assert finding.verdict == NOT_APPLICABLE, finding.found
    assert "not close to any known formula: " in finding.found and why in finding.found


def test_a_team_with_several_stages_or_a_place_kept_is_no_known_queue() -> None:
    town = village()
    assert "2 stages, whose queues mix" in str(facts(town, "outsourced", "assessors"))
    assert isinstance(facts(town, "outsourced", "call_handlers"), Facts)


def test_a_key_of_the_language_the_formulas_do_not_know_makes_them_hold_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys to come are unknown here until somebody has thought about them; each known one is a key of the language."""
    assert set(Stage.model_fields) >= STAGE_KEYS and set(Team.model_fields) >= TEAM_KEYS
    monkeypatch.setattr("sim.experiments.verifying.known.STAGE_KEYS", STAGE_KEYS - {"queue_limit"})
    assert facts(line({"queue_limit": 3}), "line", "clerks") == ("`queue_limit` is set, which the formulas do not know")


def test_the_allowance_for_irregular_work_shrinks_as_the_load_grows() -> None:
    one = facts(line({"hours": {"fixed": 1}}), "line", "clerks")
    assert isinstance(one, Facts)
    widths = []
    for load in (0.5, 0.8, 0.95):
        expected = mean_wait(one, load * 48)
        widths.append((expected.high - expected.low) / expected.low)
    assert widths[0] > widths[1] > widths[2]
