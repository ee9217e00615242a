"""The comparison: every measure of every arm, the differences between them, and the verdict on each headline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from sim.errors import Fault, ScenarioError, did_you_mean
from sim.experiments.arms import Footing, Plan
from sim.experiments.estimates import Estimate, Estimates, Key, combined, difference, mean_estimate, meant
from sim.experiments.judging import COST, NEED, is_judged
from sim.experiments.replications import Replication
from sim.experiments.spending import every_estimate, paybacks
from sim.experiments.statistics import divided, half_width, replications_wanted
from sim.experiments.steadiness import Notice, growing, notices
from sim.measures.arrays import Floats
from sim.measures.definitions import DEFINITIONS
from sim.measures.headline_lives import HEADLINES
from sim.scenario.scenario import Scenario

NOISE = "simulation noise only"
NEVER_DIFFERENCED = ("contacts_per_citizen_who_asked", "public_cost_per_citizen_who_asked")

WHOLE = ("citizen", "share", "return", "ending", "payer", "pathway")
"""Measures of a whole pathway: they are differenced."""
STRICTLY = {"days_to_help_strict": "days_to_help"}
"""The headline that a measure counts more strictly, and is judged like."""

Row = dict[str, Any]


class Wanted(NamedTuple):
    """A difference, and the half-width wanted for its interval, in its unit."""

    difference: Estimate
    half_width: float


@dataclass(frozen=True)
class Comparison:
    """What came of a plan over its replications, as tables."""

    plan: Plan
    replications: tuple[Replication, ...]

    @cached_property
    def estimates(self) -> list[Estimates]:
        """Every measure of each arm."""
        return [
            every_estimate(arm.scenario, arm.pathway, [one.reductions[place] for one in self.replications])
            for place, arm in enumerate(self.plan.arms)
        ]

    @cached_property
    def notices(self) -> list[Notice]:
        """What a reader must know before the numbers."""
        return notices(self.plan, self.estimates)

    @cached_property
    def growing(self) -> set[int]:
        """Places of the arms in which a backlog grows."""
        return growing(self.plan, self.estimates)

    @cached_property
    def headlines(self) -> list[str]:
        """The measures a verdict is given on."""
        return headlines(self.plan.scenario)

    @cached_property
    def summary(self) -> pd.DataFrame:
        """Every measure of every pathway on every basis, with its interval."""
        return pd.DataFrame(self._summary_rows(), columns=SUMMARY_COLUMNS)

    @cached_property
    def differences(self) -> pd.DataFrame:
        """Every difference from the first pathway and from no service, with its paired interval."""
        return pd.DataFrame(self._difference_rows(), columns=DIFFERENCE_COLUMNS)

    def differences_wanted(self) -> list[Wanted]:
        """Headline differences from the first pathway on each basis, and how precise they should be."""
        return [
            Wanted(difference(self.estimates[place][Key(name)], self.estimates[footing.arms[0]][Key(name)]), half_width)
            for footing in self.plan.footings
            for place in footing.arms[1:]
            for name, half_width in self.plan.scenario.run.precision.items()
            if self.plan.arms[place].pathway and Key(name) in self.estimates[place]
        ]

    def replications_wanted(self) -> int:
        """Replications that the precision asked for needs, by the spread seen in these."""
        run, wanted = self.plan.scenario.run, self.differences_wanted()
        return replications_wanted(
            np.array([one.difference.pseudo for one in wanted]).T,
            np.array([one.half_width for one in wanted]),
            max(1, len(self.headlines)),
            run.replications,
            run.most_replications,
        )

    def _summary_rows(self) -> Iterator[Row]:
        for footing in self.plan.footings:
            for place in footing.arms:
                arm, error = self.plan.arms[place], self.plan.pilot_error(footing, place)
                for key, estimate in self.estimates[place].items():
                    where = {"basis": footing.basis, "pathway": arm.name}
                    yield {**where, **_described(key), **_interval(estimate, 1, error.moves(key))}

    def _difference_rows(self) -> Iterator[Row]:
        for footing in self.plan.footings:
            for against in (footing.arms[0], *self._nobody(footing)):
                for place in footing.arms:
                    if place != against and self.plan.arms[place].pathway is not None:
                        yield from self._pair_rows(footing, place, against)

    def _nobody(self, footing: Footing) -> tuple[int, ...]:
        return tuple(place for place in footing.arms if self.plan.arms[place].pathway is None)

    def _pair_rows(self, footing: Footing, place: int, against: int) -> Iterator[Row]:
        one, other, error = self.estimates[place], self.estimates[against], self.plan.pilot_error(footing, place)
        where = {
            "basis": footing.basis,
            "pathway": self.plan.arms[place].name,
            "against": self.plan.arms[against].name,
        }
        for key, estimate in one.items():
            kind = DEFINITIONS[key.measure].per
            if key in other and kind in WHOLE and key.measure not in NEVER_DIFFERENCED:
                yield {**where, **_described(key), **self._judged(footing, place, against, key, estimate, other[key])}
        for key, estimate, moves in self._trade_offs(footing, place, against):
            told = _interval(estimate, max(1, len(self.headlines)), moves)
            yield {**where, **_described(key), **told, "headline": False}
        if self.plan.arms[against].pathway is not None:
            for key, estimate in self._pairs(place):
                yield {**where, **_described(key), **_interval(estimate, 1), "headline": False}
            for measure, said in paybacks(one, other, error) if is_judged(footing.basis, COST) else ():
                told = {"interval": NOISE, "adjusted": False, "replications": len(self.replications)}
                yield {**where, **_described(Key(measure)), **told, **said, "headline": False}

    def _judged(self, footing: Footing, place: int, against: int, key: Key, one: Estimate, other: Estimate) -> Row:
        """The difference; where it is a headline, or a headline counted strictly, with its verdict."""
        headline = STRICTLY.get(key.measure, key.measure) if key == Key(key.measure) else ""
        judged = headline in self.headlines
        moves = self.plan.pilot_error(footing, place).moves(key)
        row = _interval(difference(one, other), len(self.headlines) if judged else 1, moves)
        row["headline"] = judged and headline == key.measure
        if judged:
            row["matters"] = self.plan.scenario.run.matters.get(headline)
        if judged and self.plan.arms[against].pathway is not None:
            moving = not self.plan.is_settled or self.growing & {place, against}
            judged_here = is_judged(footing.basis, key.measure)
            row["verdict"] = "not_judged" if not judged_here else "unsteady" if moving else verdict(row)
            row["strict"] = self._strictly(footing, place, against, key, row["verdict"])
        return row

    def _strictly(self, footing: Footing, place: int, against: int, key: Key, said: str) -> str:
        """Whether a verdict stands where help is counted strictly; nothing where that cannot be asked."""
        strict = next((Key(name) for name, headline in STRICTLY.items() if headline == key.measure), None)
        one, other = self.estimates[place], self.estimates[against]
        if strict is None or strict not in one or strict not in other or said == "unsteady":
            return ""
        if not (self._has_long_help(place) or self._has_long_help(against)):
            return ""  # counted strictly, nobody is ever helped in either: that says nothing of the verdict
        counted = self._judged(footing, place, against, strict, one[strict], other[strict])["verdict"]
        return "stands" if counted == said else f"does not stand: {counted}"

    def _has_long_help(self, place: int) -> bool:
        arm = self.plan.arms[place]
        return any(map(arm.scenario.is_long_help, arm.scenario.pathways[arm.name].stages.values()))

    def _trade_offs(self, footing: Footing, place: int, against: int) -> Iterator[tuple[Key, Estimate, float]]:
        """What a day in need avoided costs, or is worth, and how far the pilots' error moves it.

        None between pathways whose cost the basis made equal, and no price of days that it made equal.
        """
        one, other, error = self.estimates[place], self.estimates[against], self.plan.pilot_error(footing, place)
        cost, need = Key(COST), Key(NEED)
        is_free = is_judged(footing.basis, COST) or self.plan.arms[against].pathway is None
        if not is_free or not all(key in side for key in (cost, need) for side in (one, other)):
            return
        dearer, longer = difference(one[cost], other[cost]), difference(one[need], other[need])
        if dearer.point > 0 > longer.point and is_judged(footing.basis, NEED):
            yield Key("cost_per_day_in_need_avoided"), combined(_per_day_avoided, dearer, longer), 0.0
        for value in self.plan.scenario.gbp_per_day_in_need:
            made = mean_estimate(-value * longer.values - dearer.values)
            moves = -value * error.moves(need) - error.moves(cost)
            yield Key("net_benefit", part=f"{value:g} GBP a day"), made, moves

    def _pairs(self, place: int) -> Iterator[tuple[Key, Estimate]]:
        pairs = np.array([one.pairs[place] for one in self.replications])
        for luck, suffix in enumerate(("", "_own_luck")):
            known = pairs[np.isfinite(pairs[:, luck, 0]), luck]
            for at, when in enumerate(("sooner", "later", "same")):
                if known.size:
                    yield Key(f"helped_{when}{suffix}"), mean_estimate(known[:, at])


def _per_day_avoided(dearer: Floats, longer: Floats) -> Floats:
    return divided(-dearer, longer)


_KEY_COLUMNS = ["measure", "unit", "by", "group", "part"]
_INTERVAL_COLUMNS = ["mean", "low", "high", "interval", "adjusted", "replications"]
SUMMARY_COLUMNS = ["basis", "pathway", *_KEY_COLUMNS, *_INTERVAL_COLUMNS]
DIFFERENCE_COLUMNS = [
    "basis", "pathway", "against", *_KEY_COLUMNS, *_INTERVAL_COLUMNS, "headline", "matters", "verdict", "strict",
]  # fmt: skip


def _described(key: Key) -> Row:
    return {**key._asdict(), "unit": DEFINITIONS[key.measure].unit}


def _interval(estimate: Estimate, comparisons: int, error: float = 0.0) -> Row:
    half = float(half_width(estimate.pseudo, comparisons, error))
    return {
        "mean": estimate.point,
        "low": estimate.point - half,
        "high": estimate.point + half,
        "interval": NOISE,
        "adjusted": comparisons > 1,
        "replications": estimate.values.size,
    }


def verdict(row: Row) -> str:
    """The verdict on a headline difference, where less is better: its interval beside what matters.

    Inside the threshold there is no difference that matters; across it, no clear difference; beyond it, a verdict.
    """
    matters = row.get("matters") or 0.0
    if -matters < row["low"] and row["high"] < matters:
        return "no_difference_that_matters"
    if row["high"] < -matters:
        return "sooner_or_less"
    return "later_or_more" if row["low"] > matters else "no_clear_difference"


def headlines(scenario: Scenario) -> list[str]:
    """The headlines the file names in `precision`; else the usual three, as far as they mean something.

    Raises
    ------
    ScenarioError
        If the file names a measure that does not exist, or that is no difference per citizen.
    """
    usual = [name for name in HEADLINES if meant(DEFINITIONS[name], scenario) and scenario.has_levels]
    faults = [
        Fault(f"run.precision.{name}", "is no measure of a citizen", did_you_mean(name, _per_citizen()))
        for name in scenario.run.precision
        if name not in _per_citizen()
    ]
    if faults:
        raise ScenarioError(f"{scenario.name}.toml", faults)
    return list(scenario.run.precision) or usual


def _per_citizen() -> list[str]:
    return [name for name, definition in DEFINITIONS.items() if definition.per == "citizen"]
