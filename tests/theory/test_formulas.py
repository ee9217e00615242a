"""The formulas themselves, held against published tables, worked examples, limits and brute force."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import poisson

from . import formulas
from .formulas import Course, erlang_a, erlang_b, erlang_c, mm1_mean_wait, mmc, mmc_wait_quantile

MOVES = [[0.0, 0.5, 0.0], [0.5, 0.0, 0.5], [0.0, 0.5, 0.0]]
ENDS = [[0.5, 0.0], [0.0, 0.0], [0.0, 0.5]]
"""The drunkard's walk over 0 to 4 of Grinstead and Snell, Introduction to Probability, example 11.13."""

COURSE = Course(
    worsens_after_days={"low": 700, "moderate": 500, "high": 300},
    eases_after_days={"low": 250, "moderate": 400, "high": 900, "crisis": 21},
    leaves_after_days={"low": 4000, "moderate": 3000, "high": 2000, "crisis": 1000},
)
MIX = {"low": 0.3, "moderate": 0.4, "high": 0.25, "crisis": 0.05}


@pytest.mark.parametrize(("servers", "load", "published"), [(10, 10, 0.2146), (1, 1, 0.5), (2, 1, 0.2), (5, 3, 0.1101)])
def test_erlang_b_matches_the_published_table(servers: int, load: float, published: float) -> None:
    assert erlang_b(servers, load) == pytest.approx(published, abs=5e-5)


@pytest.mark.parametrize(("servers", "load", "published"), [(5, 4, 0.5541), (2, 1, 1 / 3), (1, 0.7, 0.7)])
def test_erlang_c_matches_the_published_table(servers: int, load: float, published: float) -> None:
    assert erlang_c(servers, load) == pytest.approx(published, abs=5e-5)


def test_erlang_c_matches_its_sum_over_states() -> None:
    below = math.fsum(7.2**present / math.factorial(present) for present in range(9))
    at_or_above = 7.2**9 / math.factorial(9) / (1 - 7.2 / 9)
    assert erlang_c(9, 7.2) == pytest.approx(at_or_above / (below + at_or_above), rel=1e-12)


def test_one_server_of_mmc_is_mm1() -> None:
    assert mmc(0.8, 1.0, 1).mean_wait_days == pytest.approx(mm1_mean_wait(0.8, 1.0), rel=1e-12)
    assert mm1_mean_wait(0.8, 1.0) == pytest.approx(4.0)


def test_time_of_mmc_scales_with_its_unit() -> None:
    in_days, in_hours = mmc(27, 1 / 6, 5), mmc(27 / 24, 24 / 6, 5)
    assert in_hours.mean_wait_days == pytest.approx(24 * in_days.mean_wait_days, rel=1e-12)
    assert in_hours.mean_waiting == pytest.approx(in_days.mean_waiting, rel=1e-12)


def test_wait_quantiles_of_mmc_integrate_to_its_mean() -> None:
    mean, _ = quad(mmc_wait_quantile, 0, 1, args=(27, 1 / 6, 5), points=[1 - erlang_c(5, 4.5)], limit=200)
    assert mean == pytest.approx(mmc(27, 1 / 6, 5).mean_wait_days, rel=1e-6)


def test_wait_quantile_is_nought_for_those_who_do_not_wait() -> None:
    assert mmc_wait_quantile(0.44, 4, 1, 5) == 0
    assert mmc_wait_quantile(0.45, 4, 1, 5) > 0


def test_pollaczek_khinchine_with_exponential_service_is_mm1() -> None:
    assert formulas.mg1_mean_wait(1.7, 0.5, 0.5) == pytest.approx(mm1_mean_wait(1.7, 0.5), rel=1e-12)


def test_fixed_service_halves_the_wait_of_mm1() -> None:
    assert formulas.mg1_mean_wait(0.85, 1.0, 0.0) == pytest.approx(mm1_mean_wait(0.85, 1.0) / 2, rel=1e-12)


def test_overload_has_no_steady_state() -> None:
    with pytest.raises(ValueError, match="no steady state"):
        mmc(5, 1, 5)
    with pytest.raises(ValueError, match="no steady state"):
        formulas.mg1_mean_wait(1.1, 1, 1)
    with pytest.raises(ValueError, match="no steady state"):
        erlang_a(6, 1, 5, math.inf)


def test_erlang_a_matches_the_published_call_centre() -> None:
    """50 agents, 48 calls a minute of one minute, patience two minutes: Mandelbaum and Zeltyn (2007), introduction."""
    patient, impatient = mmc(48, 1, 50), erlang_a(48, 1, 50, 2)
    assert 60 * patient.mean_wait_days == pytest.approx(20.8, abs=0.05)
    assert 60 * impatient.mean_wait_days == pytest.approx(3.7, abs=0.05)
    assert impatient.abandon_probability == pytest.approx(0.031, abs=5e-4)


def test_erlang_a_without_impatience_is_erlang_c() -> None:
    nearly, never, theory = erlang_a(4.5, 1, 5, 1e9), erlang_a(4.5, 1, 5, math.inf), mmc(4.5, 1, 5)
    assert never.mean_waiting == pytest.approx(theory.mean_waiting, rel=1e-10)
    assert never.wait_probability == pytest.approx(theory.wait_probability, rel=1e-10)
    assert nearly.mean_wait_days == pytest.approx(theory.mean_wait_days, rel=1e-6)
    assert never.abandon_probability == 0


def test_erlang_a_with_patience_like_service_is_poisson() -> None:
    """When both means are s the number present dies at n/s in every state: M/M/infinity, overloaded or not."""
    queue, beyond = erlang_a(12, 0.5, 4, 0.5), np.arange(4, 200)
    present = poisson.pmf(beyond, 6.0)
    assert queue.wait_probability == pytest.approx(float(present.sum()), rel=1e-10)
    assert queue.mean_waiting == pytest.approx(float(present @ (beyond - 4)), rel=1e-10)


def test_erlang_a_serves_whom_it_does_not_lose() -> None:
    """Flow in = flow out: what is not abandoned keeps the servers busy; at no patience the loss is Erlang B's."""
    loss = erlang_a(10, 1, 10, 1e-7)
    assert loss.abandon_probability == pytest.approx(erlang_b(10, 10), abs=1e-5)
    assert loss.mean_wait_days == pytest.approx(0, abs=1e-6)


def test_jackson_network_matches_the_textbook() -> None:
    """Two servers feeding one another: Ross, Introduction to Probability Models, section 8.4; L = 7, W = 7/9."""
    first, second = formulas.jackson([4.0, 5.0], [[0.0, 0.5], [0.25, 0.0]], [1 / 8, 1 / 10], [1, 1])
    assert (first.arrivals_per_day, second.arrivals_per_day) == pytest.approx((6, 8))
    assert first.mean_present + second.mean_present == pytest.approx(7)
    assert first.queue.mean_wait_days == pytest.approx(mm1_mean_wait(6, 1 / 8))


def test_jackson_arrivals_follow_feedback() -> None:
    assert formulas.jackson_arrivals([10.0], [[0.2]]).tolist() == pytest.approx([12.5])
    assert formulas.jackson_arrivals([3.0, 0.0], [[0.0, 0.7], [0.0, 0.0]]).tolist() == pytest.approx([3, 2.1])


def test_number_in_mg_infinity_is_the_many_server_limit() -> None:
    count = formulas.mg_infinity(6, 2)
    assert count.mean == pytest.approx(12 * (1 - erlang_b(80, 12)), rel=1e-9)
    assert count.variance == pytest.approx(poisson.var(12))


def test_competing_risks_match_their_integrals() -> None:
    ending = formulas.competing_risks({"served": 0.3, "gave_up": 0.15, "left_area": 0.05})
    gave_up, _ = quad(lambda day: 0.15 * math.exp(-0.5 * day), 0, math.inf)
    mean, _ = quad(lambda day: day * 0.5 * math.exp(-0.5 * day), 0, math.inf)
    assert ending.shares["gave_up"] == pytest.approx(gave_up)
    assert ending.mean_days == pytest.approx(mean)
    assert math.fsum(ending.shares.values()) == pytest.approx(1)


@pytest.mark.parametrize(
    ("start", "visits", "ends"),
    [
        ([1, 0, 0], [1.5, 1, 0.5], [0.75, 0.25]),
        ([0, 1, 0], [1, 2, 1], [0.5, 0.5]),
        ([0, 0, 1], [0.5, 1, 1.5], [0.25, 0.75]),
    ],
)
def test_absorbing_chain_matches_the_drunkards_walk(start: list[float], visits: list[float], ends: list[float]) -> None:
    walk = formulas.absorbing_chain(MOVES, ENDS, start)
    assert walk.visits.tolist() == pytest.approx(visits)
    assert walk.shares.tolist() == pytest.approx(ends)


def test_absorbing_chain_matches_walks_made_one_by_one() -> None:
    moves, ends, costs = [[0.1, 0.6], [0.3, 0.2]], [[0.25, 0.05], [0.1, 0.4]], np.array([5.0, 80.0])
    chain = formulas.absorbing_chain(moves, ends, [1.0, 0.0])
    visits, last = _walks(np.hstack([moves, ends]), number=20_000, seed=8)
    spent = visits @ costs
    assert abs(spent.mean() - chain.cost(costs)) < 4 * spent.std() / math.sqrt(len(spent))
    assert abs((last == 2).mean() - chain.shares[0]) < 4 * (last == 2).std() / math.sqrt(len(last))


def test_absorbing_chain_refuses_rows_that_do_not_add_up() -> None:
    with pytest.raises(ValueError, match="add up to 1"):
        formulas.absorbing_chain([[0.5]], [[0.4]], [1.0])


def test_course_of_one_level_is_a_race_of_exponentials() -> None:
    """From low, easing at 1/200 and leaving at 1/600 a day: gone at 1/150, three in four by easing."""
    course = Course(worsens_after_days={}, eases_after_days={"low": 200}, leaves_after_days={"low": 600})
    gone = 1 - math.exp(-90 / 150)
    shares = formulas.course_shares(course, {"low": 1.0}, 90)
    assert (shares["none"], shares["left_area"]) == pytest.approx((0.75 * gone, 0.25 * gone))
    assert formulas.mean_days_in_need(course, {"low": 1.0}, 90) == pytest.approx(150 * gone)


def test_course_that_only_worsens_is_a_sum_of_exponentials() -> None:
    """Low to moderate to high at 1/100 a day each: by day t at high with the tail of an Erlang law of two steps."""
    course = Course(worsens_after_days={"low": 100, "moderate": 100}, eases_after_days={})
    shares = formulas.course_shares(course, {"low": 1.0}, 150)
    assert shares["high"] == pytest.approx(1 - math.exp(-1.5) * (1 + 1.5))
    assert shares["moderate"] == pytest.approx(1.5 * math.exp(-1.5))


def test_shares_of_the_course_add_up_and_begin_at_the_mix() -> None:
    assert math.fsum(formulas.course_shares(COURSE, MIX, 364).values()) == pytest.approx(1)
    assert formulas.course_shares(COURSE, MIX, 0) == pytest.approx({"none": 0, **MIX, "left_area": 0})


def test_days_of_the_course_match_numeric_integration() -> None:
    in_need, _ = quad(lambda day: _in_need(formulas.course_shares(COURSE, MIX, day)), 0, 1092, epsabs=1e-9, limit=200)
    assert formulas.mean_days_in_need(COURSE, MIX, 1092) == pytest.approx(in_need, rel=1e-8)
    assert math.fsum(formulas.course_days(COURSE, MIX, 1092).values()) == pytest.approx(1092)


def test_days_of_the_course_match_its_embedded_chain() -> None:
    """Over an endless horizon: expected visits to each level times the mean stay there."""
    rates = formulas.course_generator(COURSE)
    stays = -1 / np.diag(rates)[1:5]
    jumps = rates * np.append(np.append(0, stays), 0)[:, None]
    between = jumps[1:5, 1:5] + np.eye(4)
    chain = formulas.absorbing_chain(between, jumps[1:5][:, [0, 5]], list(MIX.values()))
    assert formulas.mean_days_in_need(COURSE, MIX, 200_000) == pytest.approx(chain.cost(stays), rel=1e-8)
    assert formulas.course_shares(COURSE, MIX, 200_000)["none"] == pytest.approx(chain.shares[0], rel=1e-8)


def test_course_refuses_a_mix_that_does_not_add_up() -> None:
    with pytest.raises(ValueError, match="add up to 1"):
        formulas.course_shares(COURSE, {"low": 0.5}, 10)


def _in_need(shares: dict[str, float]) -> float:
    return 1 - shares["none"] - shares["left_area"]


def _walks(chances: formulas.Floats, *, number: int, seed: int) -> tuple[formulas.Floats, formulas.Floats]:
    """Visits to each of two transient states, and the last state, of `number` walks from the first."""
    luck = np.random.default_rng(seed)
    visits, last = np.zeros((number, 2)), np.zeros(number)
    for walk in range(number):
        state = 0
        while state < 2:
            visits[walk, state] += 1
            state = int(np.searchsorted(np.cumsum(chances[state]), luck.random()))
        last[walk] = state
    return visits, last
