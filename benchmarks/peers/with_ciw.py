"""W1 and W2 in Ciw: a network of nodes, routed by shares, read from its records."""

from __future__ import annotations

import importlib
import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from benchmarks.peers.installed import imported
from benchmarks.plain_simpy import HOURS_A_DAY, LINE, REFERRAL, LineResult, ReferralResult
from benchmarks.work import Engine, means_of, timed

NAME = "Ciw"
PACE = 0.5
CONTACT, TURNED_AWAY, ASSESSMENT, ELSEWHERE, HELP, PRESENT_AGAIN = range(1, 7)
DELAYS = (TURNED_AWAY, PRESENT_AGAIN)


def engine() -> Engine:
    """Ciw, if it is installed."""
    imported("ciw")
    return Engine(
        NAME,
        {
            "line": timed(lambda citizens, seed: means_of(run_line(citizens, seed))),
            "referral": timed(lambda citizens, seed: means_of(run_referral(citizens, seed))),
        },
        PACE,
    )


def run_line(citizens: int, seed: int) -> LineResult:
    """W1 from empty until the last of so many citizens has gone."""
    ciw: Any = importlib.import_module("ciw")
    network = ciw.create_network(
        arrival_distributions=[_so_many(ciw, citizens, LINE.arrivals_per_day)],
        service_distributions=[ciw.dists.Exponential(HOURS_A_DAY / LINE.work_mean_hours)],
        number_of_servers=[LINE.posts],
    )
    records = _run(ciw, network, citizens, seed).get_all_records()
    waits = np.array([record.waiting_time for record in records])
    return LineResult(waits.size, float(waits.mean()), float((waits > 0).mean()))


def run_referral(citizens: int, seed: int) -> ReferralResult:
    """W2 from empty until the last of so many citizens has gone."""
    ciw: Any = importlib.import_module("ciw")
    simulation = _run(ciw, _referral_network(ciw, citizens), citizens, seed)
    return _summary([person.data_records for person in simulation.get_all_individuals()])


def _so_many(ciw: Any, citizens: int, per_day: float) -> Any:
    """Times between arrivals, of so many and no more."""

    class Arrivals(ciw.dists.Exponential):  # type: ignore[misc]
        to_come = citizens

        def sample(self, t: Any = None, ind: Any = None) -> float:
            self.to_come -= 1
            return float(super().sample(t, ind)) if self.to_come >= 0 else math.inf

    return Arrivals(per_day)


def _run(ciw: Any, network: Any, citizens: int, seed: int) -> Any:
    """A simulation of a network that has run until so many have gone."""
    ciw.seed(seed)
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_customers(citizens, method="Finish")
    return simulation


def _referral_network(ciw: Any, citizens: int) -> Any:
    """Six nodes in the order of their names above; all in days."""
    f, dists = REFERRAL, ciw.dists
    return ciw.create_network(
        arrival_distributions=[_so_many(ciw, citizens, f.arrivals_per_day), *[None] * 5],
        service_distributions=[
            dists.Exponential(HOURS_A_DAY / f.contact_mean_hours),
            dists.Exponential(1 / f.turned_away_back_mean_days),
            _lognormal(dists, f.assessment_mean_hours, f.assessment_sd_hours),
            _lognormal(dists, f.elsewhere_mean_hours, f.elsewhere_sd_hours),
            dists.Gamma(
                (f.help_mean_hours / f.help_sd_hours) ** 2, f.help_sd_hours**2 / f.help_mean_hours / HOURS_A_DAY
            ),
            dists.Exponential(1 / f.present_again_mean_days),
        ],
        reneging_time_distributions=[None, None, dists.Exponential(1 / f.patience_mean_days), None, None, None],
        number_of_servers=[f.contact_posts, math.inf, f.assessment_posts, f.elsewhere_posts, f.help_posts, math.inf],
        routing=_routes(),
    )


def _lognormal(dists: Any, mean_hours: float, sd_hours: float) -> Any:
    variance = math.log1p((sd_hours / mean_hours) ** 2)
    return dists.Lognormal(math.log(mean_hours / HOURS_A_DAY) - variance / 2, math.sqrt(variance))


def _routes() -> list[list[float]]:
    """Share that goes from each node to each; the rest leaves."""
    f, shares = REFERRAL, np.zeros((6, 6))
    again = (1 - f.not_eligible) * f.assessed_again
    for start, to, share in (
        (CONTACT, TURNED_AWAY, f.turned_away * f.turned_away_back),
        (CONTACT, ASSESSMENT, 1 - f.turned_away),
        (TURNED_AWAY, CONTACT, 1.0),
        (ASSESSMENT, ELSEWHERE, again),
        (ASSESSMENT, HELP, 1 - f.not_eligible - again),
        (ELSEWHERE, HELP, 1.0),
        (HELP, PRESENT_AGAIN, f.present_again),
        (PRESENT_AGAIN, CONTACT, 1.0),
    ):
        shares[start - 1, to - 1] = share
    rows: list[list[float]] = shares.tolist()
    return rows


def _summary(people: Sequence[Sequence[Any]]) -> ReferralResult:
    """What W2 comes to, from the records of each citizen."""
    number = len(people)
    records = [record for each in people for record in each if record.node not in DELAYS]
    work = [record for record in records if record.record_type == "service"]
    to_help = [days for each in people if (days := _days_to_help(each)) is not None]
    hours = {CONTACT: 0.0, ASSESSMENT: 0.0, ELSEWHERE: 0.0, HELP: 0.0}
    for record in work:
        hours[record.node] += record.service_time * HOURS_A_DAY
    f = REFERRAL
    prices = (f.contact_gbp_per_hour, f.assessment_gbp_per_hour, f.elsewhere_gbp_per_hour, f.help_gbp_per_hour)
    return ReferralResult(
        citizens=number,
        mean_wait_days=math.fsum(record.waiting_time for record in records) / number,
        mean_contacts=len(work) / number,
        mean_staff_hours=sum(hours.values()) / number,
        mean_cost_gbp=sum(spent * price for spent, price in zip(hours.values(), prices, strict=True)) / number,
        mean_reentries=sum(record.node in DELAYS for each in people for record in each) / number,
        gave_up=sum(record.record_type == "renege" for record in records) / number,
        helped=len(to_help) / number,
        mean_days_to_help_if_helped=math.fsum(to_help) / len(to_help) if to_help else math.nan,
    )


def _days_to_help(records: Sequence[Any]) -> float | None:
    """From the first arrival to the start of the first help."""
    starts = [float(record.service_start_date) for record in records if record.node == HELP]
    return starts[0] - float(records[0].arrival_date) if starts else None
