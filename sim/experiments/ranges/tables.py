"""Tables of the plausible ranges: what came of the draws, as the files of a results folder have it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from sim.experiments.judging import COST, NEED, is_judged
from sim.experiments.outcomes import differences
from sim.experiments.ranges.chances import Chance, best, mattering, quadrants, signs
from sim.experiments.ranges.draws import EVERY, Draws
from sim.experiments.ranges.noise import Denoised, denoised, noise_variance, percentiles
from sim.measures.arrays import Floats
from sim.measures.definitions import DEFINITIONS
from sim.scenario.scenario import Scenario

Row = dict[str, Any]

DAYS = "days_to_help"
VALUES_DRAWN = 31
"""So many values of a day in need make the curve of acceptability, from 0 to 1.5 times the largest stated."""

RANGE_COLUMNS = (
    "basis", "pathway", "against", "measure", "unit", "draws", "median", "low", "high", "mean", "mean_low", "mean_high",
    "range_sd", "noise_sd", "raw_low", "raw_high", "matters",
)  # fmt: skip
CHANCE_COLUMNS = ("basis", "pathway", "against", "kind", "measure", "chance", "raw", "corrected", "draws")
ACCEPTABILITY_COLUMNS = ("basis", "pathway", "gbp_per_day_in_need", "is_stated", "raw", "corrected", "draws")


class Difference(NamedTuple):
    """A pathway on a basis, set against the first: places among the cells."""

    place: int
    first: int


class Tables:
    """The tables that draws make."""

    def __init__(self, draws: Draws) -> None:
        self._draws, self._scenario = draws, draws.drawing.scenario
        self._against = differences(self._scenario, draws.values)
        self._noise = noise_variance([differences(self._scenario, one) for one in draws.again])
        self._own_noise = noise_variance(draws.again)

    @cached_property
    def ranges(self) -> pd.DataFrame:
        """Each headline of each pathway, and each difference from the first: where draws from the ranges put it."""
        return pd.DataFrame(self._range_rows(), columns=list(RANGE_COLUMNS))

    @cached_property
    def chances(self) -> pd.DataFrame:
        """In which share of draws a pathway is sooner, cheaper, both or neither, and in which a backlog grows."""
        return pd.DataFrame(self._chance_rows(), columns=list(CHANCE_COLUMNS))

    @cached_property
    def acceptability(self) -> pd.DataFrame:
        """In which share of draws each pathway has the highest net benefit, by the value put on a day in need, on the
        bases on which cost is judged.
        """
        return pd.DataFrame(self._acceptability_rows(), columns=list(ACCEPTABILITY_COLUMNS))

    @cached_property
    def draws(self) -> pd.DataFrame:
        """A row a draw: the numbers drawn by path, then each headline by basis and pathway, and what befell it."""
        drawn = self._draws
        columns: dict[str, Any] = {"draw": drawn.points, **drawn.numbers}
        for at, cell in enumerate(drawn.cells):
            for place, measure in enumerate(drawn.measures):
                columns[f"{cell.basis}|{cell.pathway}|{measure}"] = drawn.values[:, at, place]
            columns[f"{cell.basis}|{cell.pathway}|backlog_grows"] = drawn.growing[:, at]
            if cell.basis == "equal_spend":
                columns[f"{cell.basis}|{cell.pathway}|spend_off"] = drawn.residual[:, at]
        return pd.DataFrame({**columns, "caseload_eased": drawn.eased})

    def without_noise(self, place: int, measure: str, *, own: bool = False) -> Denoised:
        """What came of a pathway's headline, or of its difference from the first pathway's."""
        at = self._draws.measures.index(measure)
        values, noise = (self._draws.values, self._own_noise) if own else (self._against, self._noise)
        return denoised(values[:, place, at], float(noise[place, at]))

    def _others(self) -> Iterator[Difference]:
        """Every pathway but the first, on each basis."""
        per_basis = len(self._scenario.compare)
        for place in range(len(self._draws.cells)):
            if place % per_basis:
                yield Difference(place, place - place % per_basis)

    def _where(self, place: int, first: int | None = None) -> Row:
        cell = self._draws.cells[place]
        against = "" if first is None else self._draws.cells[first].pathway
        return {"basis": cell.basis, "pathway": cell.pathway, "against": against}

    def _range_rows(self) -> Iterator[Row]:
        for measure in self._draws.measures:
            for place in range(len(self._draws.cells)):
                yield {**self._where(place), **self._ranged(place, measure, own=True)}
            for place, first in self._others():
                row = self._ranged(place, measure, own=False)
                yield {**self._where(place, first), **row, "matters": self._scenario.run.matters.get(measure)}

    def _ranged(self, place: int, measure: str, *, own: bool) -> Row:
        found = self.without_noise(place, measure, own=own)
        values = (self._draws.values if own else self._against)[:, place, self._draws.measures.index(measure)]
        low, median, high = percentiles(found.values)
        raw_low, _, raw_high = percentiles(values)
        told = found._asdict()
        told.pop("values")
        ends = {"median": median, "low": low, "high": high, "raw_low": raw_low, "raw_high": raw_high}
        return {"measure": measure, "unit": DEFINITIONS[measure].unit, "draws": values.size, **ends, **told}

    def _chance_rows(self) -> Iterator[Row]:
        count = self._draws.points.size
        for place, first in self._others():
            for kind, measure, found in self._chances(place):
                for one in found:
                    yield {
                        **self._where(place, first), "kind": kind, "measure": measure, **one._asdict(), "draws": count,
                    }  # fmt: skip
        for place in range(len(self._draws.cells)):
            grows = float(self._draws.growing[:, place].mean())
            for chance, share in (("backlog_grows", grows), ("backlog_steady", 1 - grows)):
                told = {"kind": "backlog", "measure": "", "chance": chance, "raw": share, "corrected": None}
                yield {**self._where(place), **told, "draws": count}

    def _chances(self, place: int) -> Iterator[tuple[str, str, list[Chance]]]:
        values, quiet = {}, {}
        for at, measure in enumerate(self._draws.measures):
            values[measure], quiet[measure] = self._against[:, place, at], self.without_noise(place, measure).values
        if {DAYS, COST} <= values.keys():
            yield "quadrant", f"{DAYS} and {COST}", quadrants(values[DAYS], values[COST], quiet[DAYS], quiet[COST])
        for measure in values:
            yield "sign", measure, signs(values[measure], quiet[measure])
            matters = self._scenario.run.matters.get(measure)
            if matters is not None:
                yield "matters", measure, mattering(values[measure], quiet[measure], matters)

    def _acceptability_rows(self) -> Iterator[Row]:
        if not {NEED, COST} <= set(self._draws.measures):
            return
        per_basis = len(self._scenario.compare)
        firsts = range(0, len(self._draws.cells), per_basis)
        for first in (at for at in firsts if is_judged(self._draws.cells[at].basis, COST)):
            for value in values_of_a_day(self._scenario):
                raw, quiet = self._benefits(range(first, first + per_basis), value)
                for at, (share, corrected) in enumerate(zip(best(raw), best(quiet), strict=True)):
                    where = self._where(first + at)
                    where.pop("against")
                    stated = value in self._scenario.gbp_per_day_in_need
                    told = {"gbp_per_day_in_need": value, "is_stated": stated, "raw": share, "corrected": corrected}
                    yield {**where, **told, "draws": len(raw)}

    def _benefits(self, places: range, value: float) -> tuple[Floats, Floats]:
        """Net benefit beside the first pathway in every draw, as it is and without noise [GBP per citizen]."""
        worth = self._worth(self._against, value)
        noise = noise_variance([self._worth(differences(self._scenario, one), value) for one in self._draws.again])
        quiet = [denoised(worth[:, place], float(noise[place])).values for place in places]
        return worth[:, list(places)], np.column_stack(quiet)

    def _worth(self, values: Floats, value: float) -> Floats:
        """Net benefit of differences (.., measures): what days in need avoided are worth, less what they cost."""
        need, cost = (self._draws.measures.index(name) for name in (NEED, COST))
        return np.asarray(-value * values[..., need] - values[..., cost])


def values_of_a_day(scenario: Scenario) -> list[float]:
    """Values of a day in need to look at: those the file states, and between them enough for a curve [GBP]."""
    stated = scenario.gbp_per_day_in_need
    largest = max(stated)
    grid = np.linspace(0, 1.5 * largest, VALUES_DRAWN).tolist() if largest else []
    return sorted({round(value, 6) for value in (*stated, *grid)})


def repeated(draws: Draws) -> int:
    """Draws run several times, from which the noise is known."""
    return sum(point % EVERY == 0 for point in draws.points.tolist())
