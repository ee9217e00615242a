"""The study as tables: what is written to the results folder, one row a number, a grade, a region or a move."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from sim.experiments.comparison import headlines
from sim.experiments.drivers.asking import Difference, Interval, interval
from sim.experiments.drivers.break_even import BreakEven
from sim.experiments.drivers.study import Study, worth_by_value
from sim.experiments.drivers.tornado import HIGH, LOW
from sim.experiments.outcomes import Refused
from sim.measures.definitions import DEFINITIONS
from sim.scenario.scenario import Scenario

OF = ("basis", "pathway", "measure", "unit")
"""What a row is of: a difference of a pathway from the first."""

NUMBER = ("path", "grade", "value", "range_low", "range_high")

DRIVER_COLUMNS = (
    *OF, *NUMBER, "share", "share_error", "rank", "at_low", "at_high", "swing", "swing_low", "swing_high",
    "replications",
)  # fmt: skip
GRADE_COLUMNS = (*OF, "grade", "numbers", "share", "explained", "range_sd", "noise_sd", "draws")
INFORMATION_COLUMNS = ("gbp_per_day_in_need", "path", "grade", "gbp_per_citizen", "gbp_a_year")
BREAK_EVEN_COLUMNS = (
    *OF, *NUMBER, "crossed", "region", "region_low", "region_high", "points", "at_low", "at_high", "replications",
)  # fmt: skip
FLIP_COLUMNS = (
    *OF, "mean", "low", "high", "outcome", "length", "path", "value", "to", "there", "there_low", "there_high",
    "why",
)  # fmt: skip
OPPONENT_COLUMNS = (*OF, "mean", "low", "high", "worst", "worst_low", "worst_high", "flips", "moved", "left_out", "why")

Row = dict[str, Any]
Tables = dict[str, pd.DataFrame]


def study_tables(scenario: Scenario, judged: tuple[Difference, ...], study: Study) -> Tables:
    """The tables of a study, by the name of their file."""
    of = [_of(one) for one in judged]
    made = {
        "drivers": (DRIVER_COLUMNS, _drivers(study, of)),
        "grades": (GRADE_COLUMNS, _grades(study, of)),
        "information": (INFORMATION_COLUMNS, _information(scenario, judged, study)),
        "break_even": (BREAK_EVEN_COLUMNS, _break_even(study, of)),
        "flips": (FLIP_COLUMNS, _flips(study, of)),
        "opponents": (OPPONENT_COLUMNS, _opponents(study, of)),
    }
    return {name: pd.DataFrame(rows, columns=list(columns)) for name, (columns, rows) in made.items()}


def _of(one: Difference) -> Row:
    return {**one._asdict(), "unit": DEFINITIONS[one.measure].unit}


def _number(study: Study, place: int) -> Row:
    number = study.drawn.numbers[place]
    names = (number.path, number.grade, number.value, number.low, number.high)
    return dict(zip(NUMBER, names, strict=True))


def _ends(name: str, told: Interval | None) -> Row:
    return {name: told.mean, f"{name}_low": told.low, f"{name}_high": told.high} if told else {}


def _given(study: Study, at: int) -> Row:
    """The difference as given, with its interval; nothing where that could not be run."""
    found = study.tornado.given(at)
    return {} if isinstance(found, Refused) else interval(found)._asdict()


def _drivers(study: Study, of: list[Row]) -> Iterator[Row]:
    for at, what in enumerate(of):
        told, ranks = study.hanging[at].shares, _ranks(study, at)
        for place in range(len(study.drawn.numbers)):
            share = {"share": told.first_order[place], "share_error": told.errors[place]}
            yield {**what, **_number(study, place), **share, **_tornado(study, at, place, ranks)}


def _ranks(study: Study, at: int) -> dict[int, int]:
    """Rank of each place among the rows of the tornado."""
    return {row: 1 + rank for rank, row in enumerate(study.tornado.largest(at, len(study.tornado.numbers)))}


def _tornado(study: Study, at: int, place: int, ranks: dict[int, int]) -> Row:
    """What the ends of a number's range make of a difference; nothing for a number that was not run."""
    if place not in study.screened:
        return {}
    row, swings = study.screened.index(place), study.tornado
    found = {"at_low": swings.end(row, LOW, at), "at_high": swings.end(row, HIGH, at)}
    ends = {name: None if isinstance(one, Refused) else float(one.mean()) for name, one in found.items()}
    swing = _ends("swing", swings.swing(row, at))
    return {"rank": ranks.get(row), "replications": swings.replications, **ends, **swing}


def _grades(study: Study, of: list[Row]) -> Iterator[Row]:
    grades: list[str] = [number.grade for number in study.drawn.numbers]
    for at, what in enumerate(of):
        told = study.hanging[at]
        whole = {
            "explained": told.shares.explained,
            "range_sd": np.sqrt(told.shares.range_variance),
            "noise_sd": np.sqrt(study.drawn.noise[at]),
            "draws": int(np.isfinite(study.drawn.results[:, at]).sum()),
        }
        for grade, share in told.grades.items():
            yield {**what, "grade": grade, "numbers": grades.count(grade), "share": share, **whole}


def _information(scenario: Scenario, judged: tuple[Difference, ...], study: Study) -> Iterator[Row]:
    """What knowing each number is worth as specified, at each value of a day; where money and need are headlines."""
    if not {"public_cost", "days_in_need"} <= set(headlines(scenario)):
        return
    own = [(at, one) for at, one in enumerate(judged) if one.basis == "as_specified"]
    costs = [at for at, one in own if one.measure == "public_cost"]
    days = [at for at, one in own if one.measure == "days_in_need"]
    citizens = sum(scenario.arrivals_a_day.values()) * 364
    for value in scenario.gbp_per_day_in_need if costs and days else ():
        worth = worth_by_value(study.drawn, study.hanging, costs, days, value)
        for number, gbp in zip(study.drawn.numbers, worth, strict=True):
            what = {"gbp_per_day_in_need": value, "path": number.path, "grade": number.grade}
            yield {**what, "gbp_per_citizen": gbp, "gbp_a_year": gbp * citizens}


def _break_even(study: Study, of: list[Row]) -> Iterator[Row]:
    for at, what in enumerate(of):
        for grid in study.grids:
            told = grid.found[at]
            if told is not None:
                common = {**what, **_number(study, grid.place), "replications": study.tornado.replications}
                for row in _regions(told):
                    yield {**common, **row}


CROSSED = ("never", "once", "more than once")


def _regions(told: BreakEven) -> Iterator[Row]:
    """One row a region in which the interval holds 0; one without a region where it never does."""
    common = {
        "crossed": CROSSED[min(2, told.crossings)],
        "points": " ".join(f"{point:.6g}" for point in told.points),
        "at_low": told.ends[0],
        "at_high": told.ends[1],
    }
    for number, region in enumerate(told.open, start=1):
        yield {**common, "region": number, "region_low": region.low, "region_high": region.high}
    if not told.open:
        yield common


def _flips(study: Study, of: list[Row]) -> Iterator[Row]:
    """One row a number moved; one without where there is no move."""
    for at, what in enumerate(of):
        flip, common = study.flips[at], {**what, **_given(study, at)}
        if flip is None:
            yield {**common, "outcome": "no_lead"}
            continue
        common |= {"outcome": flip.outcome, "length": flip.length if flip.moves else None, "why": flip.why}
        common |= _ends("there", flip.there)
        for moved in flip.moves:
            yield {**common, "path": moved.number.path, "value": moved.number.value, "to": moved.to}
        if not flip.moves:
            yield common


def _opponents(study: Study, of: list[Row]) -> Iterator[Row]:
    for at, what in enumerate(of):
        corner = study.corners[at]
        if corner is not None:
            flips = corner.flips if corner.there else None
            told = {"flips": flips, "moved": len(corner.values), "left_out": " ".join(corner.left_out)}
            yield {**what, **_given(study, at), **_ends("worst", corner.there), **told, "why": corner.why}
