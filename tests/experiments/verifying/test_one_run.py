"""Conservation of citizens and pounds, Little's law and posts: they hold, and find what breaks them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sim.engine.citizens import Citizen
from sim.engine.codes import AWAY
from sim.engine.reference import Reference
from sim.experiments.verifying.findings import FAIL, NOT_APPLICABLE, PASS, Finding
from sim.experiments.verifying.one_run import conserved, littles_law, paid, posts_kept
from sim.measures import lives, money, queues
from sim.measures.arrays import overlap
from sim.measures.costs import costs
from sim.scenario.scenario import Scenario

from . import broken
from .subjects import line, subject, village

FOUR = (conserved, paid, littles_law, posts_kept)


def failed(finding: Finding, words: str) -> bool:
    return finding.verdict == FAIL and words in finding.found


@pytest.mark.parametrize("test", FOUR)
def test_they_hold_in_the_village(test: Any) -> None:
    finding = test(subject(village()))
    assert finding.verdict == PASS, finding.found


@pytest.mark.parametrize("test", [conserved, littles_law, posts_kept])
@pytest.mark.parametrize(
    "scenario",
    [
        line(),
        line({"gives_up_after_days": 0.05, "queue_limit": 3}, {"posts": 1.4}),
        line({"hours": 0.5, "next": {"desk": 0.3, "leave": "rest"}}),
    ],
    ids=["plain", "limited", "looping"],
)
def test_they_hold_in_plain_lines(test: Any, scenario: Scenario) -> None:
    finding = test(subject(scenario))
    assert finding.verdict == PASS, finding.found


def test_without_prices_or_teams_there_is_nothing_to_test() -> None:
    pause = {"pause": {"delay_days": 3}}
    delays = Scenario.from_data(
        "delays", {**line().data, "pathways": {"line": {"starts_at": "pause", "stages": pause}}}
    )
    assert [test(subject(delays)).verdict for test in FOUR] == [PASS, *[NOT_APPLICABLE] * 3]


# -- citizens ---------------------------------------------------------------------------------------------------------


def test_citizens_lost_between_stages_are_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    goes = Reference._go

    def loses(self: Reference, citizen: Citizen, target: int) -> None:
        if target == AWAY or citizen.number % 7:
            goes(self, citizen, target)

    monkeypatch.setattr(Reference, "_go", loses)
    assert failed(conserved(subject(village())), "followed by one that no route leads to, or by none")


def test_citizens_never_seen_are_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    approaches = Reference._approach

    def ignores(self: Reference, citizen: Citizen, stage: int) -> None:
        if citizen.number % 7:
            approaches(self, citizen, stage)

    monkeypatch.setattr(Reference, "_approach", ignores)
    finding = conserved(subject(line()))
    assert failed(finding, "does not add up") and failed(finding, "did not come forward")


def test_being_in_two_places_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def early(columns: dict[str, Any]) -> None:
        row = broken.later_visit(columns)
        columns["joined"][row] = columns["started"][row - 1]

    broken.visits(monkeypatch, early)
    assert failed(conserved(subject(village())), "overlap another of the same citizen")


def test_time_that_runs_backwards_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def backwards(columns: dict[str, Any]) -> None:
        columns["started"][broken.later_visit(columns)] -= 100.0

    broken.visits(monkeypatch, backwards)
    assert failed(conserved(subject(village())), "1 visit with a negative time")


def test_a_gap_between_two_stages_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def late(columns: dict[str, Any]) -> None:
        columns["ended"][broken.later_visit(columns) - 1] -= 1e-6

    broken.visits(monkeypatch, late)
    assert failed(conserved(subject(village())), "not followed at once by the next")


def test_a_level_that_the_level_changes_do_not_know_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def worse(columns: dict[str, Any]) -> None:
        row = broken.later_visit(columns)
        columns["level_joined"][row] = 1 + columns["level_joined"][row] % 4

    broken.visits(monkeypatch, worse)
    assert failed(conserved(subject(village())), "at another level than the level changes say")


# -- pounds -----------------------------------------------------------------------------------------------------------


def test_pay_that_is_not_what_posts_cost_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    broken.pay(monkeypatch, lambda gbp: gbp * 1.001)
    assert failed(paid(subject(village())), "line `workers`")


def test_a_pound_with_no_receiver_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = money._crisis_entries
    monkeypatch.setattr(money, "_crisis_entries", lambda record: [replace(one, receiver="") for one in entries(record)])
    assert failed(paid(subject(village())), "lacks a payer or a receiver")


def test_what_nobody_bears_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = money.contract_lines
    monkeypatch.setattr(money, "contract_lines", lambda *given: honest(*given)[:-1])
    assert failed(paid(subject(village())), "line `margin` £0.00")


@pytest.mark.parametrize("purpose", ["helping", "contract", "crisis", "of its own"])
def test_a_line_that_nobody_reckons_is_found(monkeypatch: pytest.MonkeyPatch, purpose: str) -> None:
    entries, ghost = money._crisis_entries, money.Entry("ghost", purpose, "council", "nobody", 1e6, 0.0)
    monkeypatch.setattr(money, "_crisis_entries", lambda record: [*entries(record), ghost])
    assert failed(paid(subject(village())), "line `ghost` £1,000,000.00, not £0.00")


def test_a_measure_that_leaves_out_a_cost_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = costs

    def cheap(*given: Any) -> lives.Columns:
        columns = honest(*given)
        return {**columns, "public_cost": columns["public_cost"] - 0.001}

    monkeypatch.setattr("sim.measures.lives.costs", cheap)
    assert failed(paid(subject(village())), "the cohort's public_cost")


# -- queues -----------------------------------------------------------------------------------------------------------


def test_a_measure_of_waiting_that_is_off_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queues, "overlap", lambda *given: 1.000001 * overlap(*given))
    assert failed(littles_law(subject(line())), "the measures say L =")


def test_waits_that_are_not_those_of_the_visits_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    from sim.experiments.verifying import littles_law as law

    honest = law.integral
    monkeypatch.setattr(law, "integral", lambda *given: honest(*given) + 0.01)
    assert failed(littles_law(subject(line())), "which makes L =")


def test_littles_law_says_l_lambda_and_w() -> None:
    found = littles_law(subject(line())).found
    assert "L = " in found and "lambda = " in found and "W = " in found


@pytest.mark.parametrize(("more", "words"), [(1, "served at once by"), (-1, "while a post or place was free")])
def test_a_post_too_many_or_too_few_is_found(monkeypatch: pytest.MonkeyPatch, more: int, words: str) -> None:
    broken.model(monkeypatch, lambda made, _: made._replace(places=made.places + more))
    assert failed(posts_kept(subject(line({}, {"posts": 3}))), words)


def test_places_kept_for_nobody_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The village's workers hold a place until the approach ends: one that is not given back is missed."""
    monkeypatch.setattr("sim.engine.teams.Teams.release", lambda self, citizen: None)
    assert failed(posts_kept(subject(village())), "local, workers: somebody waited")


def test_a_balance_by_hand() -> None:
    """Two come, on days 1 and 2, for work of 36 hours by one post: by day 2.75 one has left, one is at work."""
    from sim.experiments.verifying.citizens import balance
    from sim.experiments.verifying.littles_law import queue
    from sim.measures.record import Record
    from tests.engine.worlds import lived, people, plain

    world = plain({"desk": {"team": "t", "hours": {"fixed": 36}}}, {"t": {"posts": 1}})
    crowd = people(1.0, 2.0)
    record = Record(world, "p", crowd, lived(world, crowd))
    struck = balance(record, 2.75)
    assert (struck.arrived, struck.at_a_stage, struck.left, struck.away_in_need) == (2, 1, 1, 0)
    assert struck.holds
    found = queue(record, np.ones(2, np.bool_))
    assert found.number * found.days == pytest.approx(0.5)  # the second waits from 2 to 2.5
    assert found.joined == 2 and found.wait == pytest.approx(0.25)
