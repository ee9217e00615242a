"""The tests that set one run against another hold, and each finds what breaks it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sim.engine.model import Model
from sim.experiments import comparison, replications, workers
from sim.experiments.estimates import difference
from sim.experiments.replications import with_own_luck
from sim.experiments.verifying import power, pressure, repetition
from sim.experiments.verifying.chance import in_other_order, order_of_neighbourhoods, other_seeds
from sim.experiments.verifying.findings import FAIL, NOT_APPLICABLE, PASS, WEAK, Finding
from sim.experiments.verifying.identical import identical, with_copy
from sim.experiments.verifying.no_demand import no_demand
from sim.experiments.verifying.pressure import fewer_arrivals, more_staff
from sim.experiments.verifying.prices import doubled
from sim.experiments.verifying.repetition import half_the_run, order_of_pathways, same_again
from sim.experiments.verifying.subject import rare, unlikely
from sim.experiments.verifying.warm_up import longer
from sim.measures import money
from sim.scenario.scenario import load

from . import broken
from .subjects import line, subject, village

ALL = (
    identical, more_staff, fewer_arrivals, no_demand, other_seeds, same_again, order_of_pathways,
    order_of_neighbourhoods, doubled, half_the_run,
)  # fmt: skip
BY_CHANCE = (more_staff, fewer_arrivals, other_seeds, order_of_neighbourhoods)
OF_A_LINE_ALONE = (order_of_pathways, order_of_neighbourhoods, doubled)


def failed(finding: Finding, words: str = "") -> bool:
    return finding.verdict == FAIL and words in finding.found


@pytest.mark.parametrize("test", ALL)
def test_they_hold_in_the_village(test: Any) -> None:
    """The village is simulated for a few weeks: what chance decides may be too weak to tell there, never more."""
    finding = test(subject(village()))
    assert finding.verdict in ((PASS, WEAK) if test in BY_CHANCE else (PASS,)), finding.found


@pytest.mark.parametrize("test", [*ALL, longer])
def test_they_hold_in_a_line_or_say_that_they_do_not_apply(test: Any) -> None:
    finding = test(subject(line()))
    assert finding.verdict == (NOT_APPLICABLE if test in OF_A_LINE_ALONE else PASS), finding.found


def test_a_copy_is_made_through_the_file_and_has_a_free_name() -> None:
    once, first = with_copy(village(), "local")
    twice, second = with_copy(once, "local")
    assert [first, second] == ["local_2", "local_3"]
    copies = [twice.pathways[name].model_dump(exclude={"title"}) for name in ("local", first, second)]
    assert copies[0] == copies[1] == copies[2]


def test_a_pathway_whose_name_matters_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    broken.model(monkeypatch, lambda made, name: made._replace(speed=made.speed * (1 + 1e-9 * len(name or ""))))
    assert failed(identical(subject(village())), "figures differ")


# -- pressure ---------------------------------------------------------------------------------------------------------


def test_staff_that_get_in_each_others_way_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    broken.model(monkeypatch, lambda made, _: made._replace(speed=made.speed * 4 / made.places.sum() ** 2))
    assert failed(more_staff(subject(line())), "line, clerks: 2 to 3 posts")


def test_more_waiting_with_fewer_arrivals_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = sum(line().arrivals_a_day.values())
    for where in (pressure, replications):
        broken.crowd(
            monkeypatch,
            where,
            lambda one, all_: (sum(one.arrivals_a_day.values()) < usual) | (_numbers(all_) % 2 == 0),
        )
    assert failed(fewer_arrivals(subject(line(), 8)), "line: waiting, from")


def _numbers(everyone: Any) -> Any:
    return np.arange(len(everyone))


def test_a_comparison_that_could_hardly_fail_is_not_passed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two replications of two weeks: chance alone moves the queue by more than half of it."""
    weeks = {"warm_up": 1, "cohort": 2, "follow_up": 1}
    monkeypatch.setattr(power, "MOST_TIMES", 1)
    for test in (more_staff, fewer_arrivals, other_seeds):
        finding = test(subject(line(run={"weeks": weeks, "quick": weeks}), 2))
        assert finding.verdict == WEAK
        assert all(part.power is not None and part.power < power.WANTED for part in finding.parts)
        assert "power" in finding.found and "against" in finding.found


def test_where_nobody_waits_more_staff_prove_nothing() -> None:
    assert more_staff(subject(line({}, {"posts": 60}))).verdict == NOT_APPLICABLE


def test_an_overcrowded_caseload_is_given_a_whole_post() -> None:
    """Of 12 posts a tenth more is 13.2, of 1.2 one more is 2.2."""
    grown = pressure.more_posts(village(), "outsourced", "package_workers")
    assert grown.pathways["outsourced"].teams["package_workers"].posts == pytest.approx(13.2)
    grown = pressure.more_posts(village(), "outsourced", "call_handlers")
    assert grown.pathways["outsourced"].teams["call_handlers"].posts == pytest.approx(2.2)


# -- money ------------------------------------------------------------------------------------------------------------


def test_spend_that_nobody_asked_for_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    broken.pay(monkeypatch, lambda gbp: gbp + 1)
    assert failed(no_demand(subject(village())), "though posts and contract cost")


def test_a_number_that_is_fitted_does_not_keep_demand_from_being_none() -> None:
    """Anytown's targets name its arrivals: without these there is nothing to fit."""
    assert no_demand(subject(load("anytown"), 2)).verdict == PASS


def test_citizens_out_of_nowhere_are_no_demand_to_test(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.experiments.verifying.subject.population", lambda *_: _one())
    assert no_demand(subject(line())).verdict == NOT_APPLICABLE


def _one() -> Any:
    from tests.engine.worlds import people

    return people(1.0)


def test_a_price_that_does_not_double_its_line_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    broken.pay(monkeypatch, lambda gbp: gbp + 100)
    assert failed(doubled(subject(village())), "gbp_per_worked_hour doubled, line `")


def test_a_price_that_moves_another_line_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = money._crisis_entries

    def entangled(record: Any) -> Any:
        pay = sum(team.gbp_per_worked_hour for team in record.pathway.teams.values()) if record.pathway else 0
        return [replace(one, gbp=one.gbp + pay) for one in honest(record)]

    monkeypatch.setattr(money, "_crisis_entries", entangled)
    assert failed(doubled(subject(village())), "line `crisis entries` goes from")


# -- warm-up ----------------------------------------------------------------------------------------------------------


def test_a_warm_up_too_short_is_found_and_a_longer_one_named() -> None:
    """The village's queues fill for months; they have had four weeks."""
    weeks = {"warm_up": 4, "cohort": 4, "follow_up": 8}
    many = {"run__replications": 900, "run__most_replications": 900}
    assert failed(longer(subject(village(run__weeks=weeks, **many))), "try run.weeks.warm_up =")


def test_a_backlog_that_grows_for_ever_is_named() -> None:
    weeks = {"warm_up": 2, "cohort": 8, "follow_up": 1}
    crowded = line(arrivals={"per_day": 60.0}, run={"weeks": weeks})
    assert failed(longer(subject(crowded)), "a backlog grows in line")


def test_without_a_warm_up_there_is_none_to_double() -> None:
    assert longer(subject(line(run={"weeks": {"warm_up": 0, "cohort": 4, "follow_up": 1}}))).verdict == NOT_APPLICABLE


def test_the_shorter_history_is_the_longer_without_its_first_half() -> None:
    """The same cohort in both: as many citizens, with the same needs."""
    from sim.experiments.arms import plan
    from sim.experiments.warm_up import Task, reductions_since, with_warm_up

    agreed = plan(with_warm_up(village(bases=["as_specified"]), 16))
    long, short = (reductions_since(Task(agreed, 3, since)) for since in (0.0, 56.0))
    at = long[0].columns.index("citizens")
    assert np.array_equal(long[2].sums[:, at], short[2].sums[:, at])
    assert np.array_equal(long[2].sums, short[2].sums)  # with no service nobody meets anybody
    assert not np.array_equal(long[0].sums, short[0].sums)


# -- chance and repetition --------------------------------------------------------------------------------------------


def test_a_seed_that_matters_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    broken.crowd(monkeypatch, replications, lambda one, all_: (one.run.seed == 1) | (_numbers(all_) % 4 > 0))
    assert failed(other_seeds(subject(line(), 8)), "furthest apart")


def test_a_neighbourhood_that_gets_everything_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.engine.sharing.largest_remainder", lambda whole, shares: [whole] + [0] * (len(shares) - 1))
    lopsided = village(place__households={"north": 5000, "south": 100})
    assert failed(order_of_neighbourhoods(subject(lopsided)), "waiting for workers, local")


def test_neighbourhoods_in_the_other_order_are_the_same_neighbourhoods() -> None:
    turned = in_other_order(village()).place.households
    assert list(turned) == ["south", "centre", "north"]
    assert turned == village().place.households


def test_numbers_that_change_from_run_to_run_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []

    def restless(made: Model, _: str | None) -> Model:
        calls.append(1)
        return made._replace(speed=made.speed * (1 + 1e-6 * len(calls)))

    broken.model(monkeypatch, restless)
    assert failed(same_again(subject(line())), "twice: not the same numbers")


def test_numbers_that_depend_on_workers_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = workers.replications

    def counting(agreed: Any, numbers: Any, workers: int, done: Any) -> Any:
        found = honest(agreed, numbers, 1, done)
        return found if workers == 1 else found[::-1]

    monkeypatch.setattr(repetition, "replications", counting)
    finding = same_again(subject(line()))
    assert failed(finding, "on 1 worker and on 2: not the same numbers")
    assert finding.parts[0].verdict == PASS


def test_differences_that_favour_the_first_named_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = difference

    def flattering(one: Any, other: Any) -> Any:
        made = honest(one, other)
        return made._replace(point=made.point + 1e-9)

    monkeypatch.setattr(comparison, "difference", flattering)
    assert failed(order_of_pathways(subject(village())), "are not sign-reversed")


def test_luck_that_depends_on_the_place_in_compare_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    honest, seen = replications.measured, list[str]()

    def placed(arm: Any, citizens: Any, _: str) -> Any:
        seen.append(arm.name)
        return honest(arm, with_own_luck(citizens) if seen[0] != arm.name else citizens)

    monkeypatch.setattr(replications, "measured", placed)
    first = order_of_pathways(subject(village()))
    assert first.verdict == PASS, "the same pathway is on common luck in both orders"
    monkeypatch.setattr(replications, "measured", _first_on_common_luck(honest))
    assert failed(order_of_pathways(subject(village())), "figures differ")


def _first_on_common_luck(honest: Any) -> Any:
    def placed(arm: Any, citizens: Any, _: str) -> Any:
        return honest(arm, citizens if arm.scenario.compare[0] == arm.name else with_own_luck(citizens))

    return placed


def test_a_run_that_knows_its_end_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    broken.model(monkeypatch, lambda made, _: made._replace(speed=made.speed * (1 + 1e-6 * made.horizon / 86_400e6)))
    assert failed(half_the_run(subject(village())), "other ")


# -- what chance allows -----------------------------------------------------------------------------------------------


def test_what_chance_allows_widens_where_the_spread_is_ill_known() -> None:
    assert rare(1e9) == pytest.approx(4.0, abs=1e-4)
    assert rare(11) == pytest.approx(6.24, abs=0.01)
    assert unlikely(1e9) == pytest.approx(3.09, abs=0.01)
    assert unlikely(11) == pytest.approx(4.02, abs=0.01)
    assert np.isinf(rare(0)) and np.isinf(unlikely(0))
