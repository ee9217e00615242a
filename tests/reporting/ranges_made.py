"""Made-up draws from plausible ranges: their numbers mean nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from sim.reporting.ranges_read import RANGES_VERSION, Ranges
from sim.scenario.scenario import Scenario

MEASURES = {"days_to_help": "days", "days_in_need": "days", "public_cost": "GBP"}
QUADRANTS = ("sooner_and_cheaper", "sooner_and_dearer", "later_and_cheaper", "later_and_dearer", "no_difference")
SIGNS = ("less", "more", "no_difference")
MATTERS = ("less_by_what_matters", "no_difference_that_matters", "more_by_what_matters")
COUNT = 40

Row = dict[str, Any]


def made_ranges(scenario: Scenario, *, turned: bool = False, **told: Any) -> Ranges:
    """Draws in which every other pathway is 30 days sooner and £100 dearer in most; or, turned, later and cheaper."""
    sign = -1.0 if turned else 1.0
    bases: list[str] = [basis for basis in scenario.bases if basis != "equal_help"]
    others = [(basis, pathway) for basis in bases for pathway in scenario.compare[1:]]
    return Ranges(
        {**_told(bases), **told},
        ranges=pd.DataFrame([row for one in others for row in _ranges(scenario, *one, sign)]),
        chances=pd.DataFrame([row for one in others for row in _chances(scenario, *one, turned=turned)]),
        acceptability=pd.DataFrame([row for basis in bases for row in _worth(scenario, basis)]),
        draws=_draws(scenario, bases, sign),
    )


def _told(bases: list[str]) -> Row:
    numbers = [{"path": "a", "stated": True}, {"path": "b", "stated": False}, {"path": "c", "stated": False}]
    return {
        "ranges_version": RANGES_VERSION, "draws": 1000, "numbers": numbers, "bases": bases, "left_out": [],
        "share_refused": 0.0, "refused": [], "share_growing": 0.0, "share_eased": 0.0, "spend_off": 0.0,
        "run_again": {"draws": 100, "replications": 4}, "noise_share": {"days_to_help": 0.02},
    }  # fmt: skip


def _ranges(scenario: Scenario, basis: str, pathway: str, sign: float) -> list[Row]:
    where = {"basis": basis, "pathway": pathway, "against": scenario.compare[0]}
    ends = {
        "days_to_help": (-90.0, -30.0, 20.0),
        "days_in_need": (-80.0, -25.0, 15.0),
        "public_cost": (-50.0, 100, 400),
    }
    return [
        {
            **where, "measure": measure, "unit": unit, **dict.fromkeys(("median", "mean"), sign * ends[measure][1]),
            "low": min(sign * ends[measure][0], sign * ends[measure][2]),
            "high": max(sign * ends[measure][0], sign * ends[measure][2]), "range_sd": 40.0, "noise_sd": 3.0,
        }
        for measure, unit in MEASURES.items()
    ]  # fmt: skip


def _chances(scenario: Scenario, basis: str, pathway: str, *, turned: bool) -> list[Row]:
    where = {"basis": basis, "pathway": pathway, "against": scenario.compare[0]}
    corners = [0.2, 0.6, 0.05, 0.15, 0.0]
    few = [0.8, 0.2, 0.0]
    if turned:
        corners, few = [*reversed(corners[:4]), 0.0], [0.2, 0.8, 0.0]
    sets: list[tuple[str, str, tuple[str, ...], list[float]]] = [
        ("quadrant", "days_to_help and public_cost", QUADRANTS, corners)
    ]
    for measure in MEASURES:
        three = few if measure != "public_cost" else [few[1], few[0], 0.0]
        sets += [("sign", measure, SIGNS, three), ("matters", measure, MATTERS, [three[0], 0.0, three[1]])]
    return [
        {**where, "kind": kind, "measure": measure, "chance": name, "raw": share, "corrected": share}
        for kind, measure, names, shares in sets
        for name, share in zip(names, shares, strict=True)
    ]


def _worth(scenario: Scenario, basis: str) -> list[Row]:
    share = 1 / len(scenario.compare)
    return [
        {
            "basis": basis, "pathway": pathway, "gbp_per_day_in_need": value, "is_stated": value in (0.0, 10.0),
            "raw": share, "corrected": share,
        }
        for pathway in scenario.compare
        for value in (0.0, 5.0, 10.0, 15.0)
    ]  # fmt: skip


def _draws(scenario: Scenario, bases: list[str], sign: float) -> pd.DataFrame:
    luck = np.random.default_rng(1)
    columns: dict[str, Any] = {"draw": np.arange(COUNT)}
    for basis in bases:
        for place, pathway in enumerate(scenario.compare):
            for measure in MEASURES:
                size = 100.0 if measure == "public_cost" else -30.0
                columns[f"{basis}|{pathway}|{measure}"] = 300 + sign * size * (place > 0) + luck.normal(0, 40, COUNT)
    return pd.DataFrame(columns)
