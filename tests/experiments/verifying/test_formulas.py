"""The formulas of the dossier agree with those of the theory tests, which were written without them."""

from __future__ import annotations

import math

import pytest

from sim.experiments.verifying.formulas import Line, allen_cunneen, settling_days, steady
from sim.scenario.laws import Law
from tests.theory import formulas


@pytest.mark.parametrize("servers", [1, 2, 3, 20])
@pytest.mark.parametrize("load", [0.1, 0.8, 0.98])
def test_erlang_c(servers: int, load: float) -> None:
    a_day = load * servers / 0.25
    wanted = formulas.mmc(a_day, 0.25, servers).mean_wait_days
    assert steady(Line(a_day, 0.25, servers)).wait_days == pytest.approx(wanted, rel=1e-9)


@pytest.mark.parametrize("load", [0.5, 1.0, 3.0])
def test_erlang_a(load: float) -> None:
    a_day = load * 3 / 0.25
    mine = steady(Line(a_day, 0.25, 3, patience_days=2.0)).wait_days
    assert mine == pytest.approx(formulas.erlang_a(a_day, 0.25, 3, 2.0).mean_wait_days, rel=1e-9)


def test_erlang_b() -> None:
    assert steady(Line(12.0, 0.25, 3, room=0)).turned_away == pytest.approx(
        formulas.erlang_b(3, 12.0 * 0.25), rel=1e-12
    )
    assert steady(Line(12.0, 0.25, 3, room=0)).wait_days == 0


def test_a_limited_queue_by_hand() -> None:
    """M/M/1/2 at load 1: 0, 1 or 2 present, a third each; of the two thirds who join, one waits a service."""
    found = steady(Line(4.0, 0.25, 1, room=1))
    assert found.turned_away == pytest.approx(1 / 3)
    assert found.wait_days == pytest.approx(0.25 / 2)


def test_who_cannot_keep_up_keeps_people_waiting_for_ever() -> None:
    assert math.isinf(steady(Line(8.0, 0.25, 2)).wait_days)
    assert math.isinf(settling_days(Line(8.0, 0.25, 2)))
    assert math.isinf(steady(Line(8.0, 0.25, 0)).wait_days)


def test_allen_and_cunneen_are_pollaczek_and_khinchine_for_one_server() -> None:
    a_day, mean, sd = 3.0, 0.25, 0.1
    plain = steady(Line(a_day, mean, 1)).wait_days
    assert allen_cunneen(sd / mean) * plain == pytest.approx(formulas.mg1_mean_wait(a_day, mean, sd))


def test_settling_of_one_server_is_as_in_the_textbook() -> None:
    """M/M/1 with s = 1 and rho = 0.25: 1 / (1 - 0.5)^2 = 4; patience of 2 cuts it to 2, a full queue of 1 to 2."""
    assert settling_days(Line(0.25, 1.0, 1)) == pytest.approx(4)
    assert settling_days(Line(0.25, 1.0, 1, patience_days=2.0)) == 2
    assert settling_days(Line(0.25, 1.0, 1, room=1)) == 2


@pytest.mark.parametrize(
    ("law", "spread"),
    [
        (Law(mean=3.0), 3.0),
        (Law(law="lognormal", mean=3.0, sd=2.0), 2.0),
        (Law(law="fixed", fixed=3.0), 0.0),
        (Law(law="uniform", low=1.0, high=7.0), math.sqrt(3.0)),
        (Law(law="triangular", low=0.0, mode=0.0, high=6.0), math.sqrt(2.0)),  # high^2 / 18
        (Law(law="empirical", values=[0.0, 4.0], shares=[0.5, 0.5]), 2.0),
    ],
)
def test_the_spread_of_a_law_is_its_standard_deviation(law: Law, spread: float) -> None:
    assert law.spread == pytest.approx(spread)
