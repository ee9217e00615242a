"""Spending: what pathways cost by payer, a year and once, and how soon what is paid once is paid back."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Literal

import numpy as np

from sim.experiments.estimates import Estimate, Estimates, Key, Rows, difference, estimates, mean_estimate
from sim.experiments.pilot_error import NO_ERROR, PilotError
from sim.experiments.statistics import half_width
from sim.measures.money import CONTRACT, CRISIS_LINES, Entry, one_off_entries, payers
from sim.measures.reductions import Reduction
from sim.scenario.scenario import Scenario
from sim.scenario.vocabulary import DAYS_A_YEAR

Payback = Literal["pays_back", "may_never_pay_back", "never_pays_back", "nothing_to_pay_back"]


def every_estimate(scenario: Scenario, pathway: str | None, reductions: Sequence[Reduction]) -> Estimates:
    """Every measure that means something for this arm, those of spending among them, over these replications."""
    found = estimates(scenario, pathway, reductions)
    return found | dict(costs_to_payers(scenario, pathway, found)) | dict(spending(scenario, pathway, reductions))


def costs_to_payers(scenario: Scenario, pathway: str | None, found: Estimates) -> Rows:
    """What citizens cost each payer; 0 where a payer bears such a cost only in another pathway."""
    service = {scenario.pathways[name].payer for name in scenario.compare}
    bearing = {"service": service, CONTRACT: service, "crisis": {scenario.crisis.payer} if scenario.crisis else set()}
    here = scenario.pathways[pathway].payer if pathway else None
    for payer in payers(scenario) if scenario.has_money else ():
        kinds = [kind for kind, names in bearing.items() if payer in names]
        borne = [kind for kind in kinds if kind == "crisis" or payer == here]
        for key in [key for key in found if key.measure == "public_cost"]:
            for kind in kinds:
                chosen = [f"{kind}_cost"] if kind in borne else []
                yield key._replace(measure=f"{kind}_cost_to_payer", part=payer), _total(found, key, chosen)
            for whole in ("", "cashable_"):
                chosen = [f"{whole}{kind}_cost" for kind in borne]
                yield key._replace(measure=f"{whole}cost_to_payer", part=payer), _total(found, key, chosen)


def _total(found: Estimates, key: Key, measures: Iterable[str]) -> Estimate:
    """The sum of some costs of the same citizens: all have the same bottom, so sums of ratios are ratios of sums."""
    nothing = np.zeros_like(found[key].values)
    parts = [Estimate(0.0, nothing, nothing), *(found[key._replace(measure=measure)] for measure in measures)]
    return Estimate(
        sum(part.point for part in parts),
        np.sum([part.pseudo for part in parts], axis=0),
        np.sum([part.values for part in parts], axis=0),
    )


def spending(scenario: Scenario, pathway: str | None, reductions: Sequence[Reduction]) -> Rows:
    """What a pathway costs as a whole, a year and once; nothing is spent where nobody helps."""
    if not scenario.has_money:
        return
    households, homes = sum(scenario.place.households.values()), scenario.place.band_d_homes
    spend = _a_year(scenario, reductions, lambda entry: entry.gbp)
    yield Key("spend_a_year"), mean_estimate(spend)
    yield Key("cashable_spend_a_year"), mean_estimate(_a_year(scenario, reductions, lambda entry: entry.cashable_gbp))
    if households:
        yield Key("service_cost_per_household"), mean_estimate(spend / households)
    if homes:
        yield Key("council_tax_equivalent"), mean_estimate(spend / homes)
    if homes and scenario.place.band_d_bill:
        yield Key("share_of_band_d_bill"), mean_estimate(spend / homes / scenario.place.band_d_bill)
    if any(scenario.pathways[name].one_off for name in scenario.compare):
        once = one_off_entries(scenario.pathways[pathway]) if pathway else ()
        gbp = np.full(len(reductions), math.fsum(entry.gbp for entry in once))
        yield Key("one_off_cost"), mean_estimate(gbp)
        cashable = np.full(len(reductions), math.fsum(entry.cashable_gbp for entry in once))
        yield Key("cashable_one_off_cost"), mean_estimate(cashable)
        if households:
            yield Key("one_off_cost_per_household"), mean_estimate(gbp / households)


def _a_year(
    scenario: Scenario, reductions: Sequence[Reduction], what: Callable[[Entry], float]
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Service and contract paid a year in each replication [GBP/year]."""
    weeks = scenario.run.weeks
    span = (weeks.horizon - weeks.cohort_from) / DAYS_A_YEAR
    paid = [sum(what(entry) for entry in one.ledger if entry.purpose != CRISIS_LINES) for one in reductions]
    return np.array(paid) / span


def paybacks(one: Estimates, other: Estimates, error: PilotError = NO_ERROR) -> Iterator[tuple[str, dict[str, Any]]]:
    """How soon what `one` costs once, beyond `other`, is paid back by what it spends less a year; by measure.

    What is paid once has no chance in it, so that the interval is that of the saving turned over: exact, where a
    jackknife of the ratio would not be. `error`: of the pilots that found the posts of `one`. Infinite: never.
    """
    for whole in ("", "cashable_"):
        once, spend = Key(f"{whole}one_off_cost"), Key(f"{whole}spend_a_year")
        if once in one and once in other and (one[once].point or other[once].point):
            extra, saving = one[once].point - other[once].point, difference(other[spend], one[spend])
            half = float(half_width(saving.pseudo, error=error.moves(spend)))
            yield f"{whole}payback_years", payback(extra, saving.point, saving.point - half, saving.point + half)


def payback(extra: float, saving: float, least: float, most: float) -> dict[str, Any]:
    """Years to pay back an extra sum [GBP] from a saving [GBP a year] of so much, between `least` and `most`."""
    verdict: Payback = "pays_back" if least > 0 else "may_never_pay_back" if most > 0 else "never_pays_back"
    if extra <= 0:
        return {"mean": 0.0, "low": 0.0, "high": 0.0, "verdict": "nothing_to_pay_back"}
    mean, low, high = (extra / a_year if a_year > 0 else math.inf for a_year in (saving, most, least))
    return {"mean": mean, "low": low, "high": high, "verdict": verdict}
