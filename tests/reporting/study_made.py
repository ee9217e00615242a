"""A made-up study of the village, written as `ranges` and `elements` write it: its numbers mean nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from sim.experiments.drivers import tables as written
from sim.experiments.elements import ELEMENT_COLUMNS

SOONER = {"basis": "as_specified", "pathway": "local", "measure": "days_to_help", "unit": "days"}
DEARER = {"basis": "as_specified", "pathway": "local", "measure": "public_cost", "unit": "GBP"}
WAGE, WEEKS = "pathways.local.teams.workers.gbp_per_worked_hour", "pathways.local.stages.support.weeks.mean"
SHARES = ({"A": 0.1, "C": 0.28, "D": 0.62}, {"B": 0.4, "D": 0.6})
WHY = "equal_spend cannot be reached: `local` spends 5,000,000 GBP a year without any staff already"
NOT_RUN = ("not_run", "corner_not_run", "given_not_run")
Row = dict[str, Any]


def number(path: str, grade: str = "D") -> Row:
    return {"path": path, "grade": grade, "value": 45.0, "range_low": 40.0, "range_high": 57.0}


def drivers() -> list[Row]:
    ends = {"at_low": -50.0, "at_high": -10.0, "swing": 40.0, "swing_low": 35.0, "swing_high": 45.0}
    return [
        {**of, **number(path), **ends, "rank": rank, "share": 0.3 / rank, "share_error": 0.02, "replications": 5}
        for of in (SOONER, DEARER)
        for rank, path in enumerate((WEEKS, WAGE), start=1)
    ]


def grades() -> list[Row]:
    whole = {"numbers": 9, "explained": 0.9, "range_sd": 20.0, "noise_sd": 3.0, "draws": 1000}
    found = zip((SOONER, DEARER), SHARES, strict=True)
    return [{**of, "grade": grade, "share": share, **whole} for of, shares in found for grade, share in shares.items()]


def information(worth: float = 12_345.0) -> list[Row]:
    what = ({"gbp_per_day_in_need": value, "path": path} for value in (0.0, 30.0) for path in (WEEKS, WAGE))
    worths = (0.0, worth, 0.0, 0.0)
    return [{**one, "grade": "D", "gbp_per_citizen": gbp / 900, "gbp_a_year": gbp}
            for one, gbp in zip(what, worths, strict=True)]  # fmt: skip


def break_even() -> list[Row]:
    common = {"at_low": -50.0, "at_high": 4.0, "replications": 5}
    crossed = {"crossed": "once", "region": 1, "region_low": 54.0, "region_high": 56.0, "points": "55.1"}
    never = {"crossed": "never", "points": ""}
    return [{**SOONER, **number(WEEKS), **crossed, **common}, {**DEARER, **number(WAGE), **never, **common}]


def flips(outcome: str = "confirmed", mean: float = -41.0) -> list[Row]:
    given = {"mean": mean, "low": mean - 4, "high": mean + 4, "outcome": outcome}
    there = {"there": -mean / 20, "there_low": -1.0, "there_high": 5.0}
    moves = [
        {"length": 0.8, "path": WEEKS, "value": 9.0, "to": 14.2, **there},
        {"length": 0.8, "path": WAGE, "value": 45.0, "to": 51.0, **there},
    ]
    shown = moves if outcome in ("confirmed", "not_confirmed", "not_run") else [{"path": ""}]
    if outcome in NOT_RUN:
        shown = [{**{name: each[name] for name in each if name not in there}, "why": WHY} for each in shown]
    lead = {"mean": 300.0, "low": 250.0, "high": 350.0, "outcome": "none", "path": ""}
    return [*({**SOONER, **given, **move} for move in shown), {**DEARER, **lead}]


def opponents(left_out: str = "", *, is_run: bool = True) -> list[Row]:
    told = {"moved": 60, "left_out": left_out}
    sooner = {"mean": -41.0, "low": -45.0, "high": -37.0, "worst": 30.0, "worst_low": 25.0, "worst_high": 35.0}
    dearer = {"mean": 300.0, "low": 250.0, "high": 350.0, "worst": 90.0, "worst_low": 50.0, "worst_high": 130.0}
    if not is_run:
        sooner = {name: value for name, value in sooner.items() if "worst" not in name}
        return [{**SOONER, **sooner, **told, "why": WHY}, {**DEARER, **dearer, "flips": False, **told}]
    return [{**SOONER, **sooner, "flips": True, **told}, {**DEARER, **dearer, "flips": False, **told}]


def elements() -> list[Row]:
    what = {"basis": "as_specified", "measure": "days_to_help", "unit": "days", "replications": 5}
    alone = {f"{one}{end}": -20.0 for one in ("first_in", "last_in") for end in ("", "_low", "_high")}
    parts = {"no_threshold": -30.0, "one_worker": -11.0, "": -41.0}
    return [
        {**what, "element": name, "mean": mean, "low": mean - 2, "high": mean + 2, **(alone if name else {})}
        for name, mean in parts.items()
    ]


def write_study(folder: Path, **differs: list[Row]) -> None:
    """Write the study into a results folder, with other rows of some tables as told."""
    made = {"drivers": drivers, "grades": grades, "information": information, "break_even": break_even,
            "flips": flips, "opponents": opponents}  # fmt: skip
    for name, make in made.items():
        columns = list(getattr(written, f"{name.removesuffix('s').upper()}_COLUMNS"))
        pd.DataFrame(differs.get(name, make()), columns=columns).to_csv(folder / f"{name}.csv", index=False)
    rows = differs.get("elements", elements())
    pd.DataFrame(rows, columns=list(ELEMENT_COLUMNS)).to_csv(folder / "elements.csv", index=False)
