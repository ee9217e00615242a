"""Made-up lives and visits to lie in a made-up results folder: 120 citizens, a line that grows, help that ends need."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from sim.scenario.vocabulary import NO_SERVICE

PEOPLE = 120
ROUTES = {"outsourced": ("call", "assessment", "package"), "local": ("conversation", "support")}

Row = dict[str, Any]


def write_lives(folder: Path) -> None:
    """Write `citizens.csv` and `visits.csv` beside the tables of a made-up folder."""
    start = 7 * json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["weeks"]["warm_up"]
    visits = {name: [list(_visits(name, one, start)) for one in range(PEOPLE)] for name in ROUTES}
    rows = [_life(name, one, start, visits) for name in (*ROUTES, NO_SERVICE) for one in range(PEOPLE)]
    pd.DataFrame(rows).to_csv(folder / "citizens.csv", index=False)
    pd.DataFrame([row for of in visits.values() for mine in of for row in mine]).to_csv(
        folder / "visits.csv", index=False
    )


def _arrival(one: int, start: int) -> float:
    return start + 3 * one + 0.4


def _life(pathway: str, one: int, start: int, visits: dict[str, list[list[Row]]]) -> Row:
    mine = visits[pathway][one] if pathway in visits else []
    helped = [row["started"] for row in mine if row["outcome"] == "helped_fit"]
    arrival, is_helped = _arrival(one, start), bool(helped)
    return {
        "basis": "as_specified", "pathway": pathway, "citizen": 900 + one, "arrival": arrival,
        "group": "older_people", "level_at_arrival": ("low", "moderate", "high", "crisis")[one % 4],
        "day_right_help": helped[0] - arrival if is_helped else math.nan,
        "day_recovered": 200.5 if one % 5 == 0 and not is_helped else math.nan,
        "day_left": 300.25 if one % 11 == 3 and not is_helped else math.nan,
    }  # fmt: skip


def _visits(pathway: str, one: int, start: int) -> Iterator[Row]:
    """Asks after ten days and goes from stage to stage, waiting longer the later they come; some are refused."""
    day, route = _arrival(one, start) + 10, ROUTES[pathway]
    for seq, stage in enumerate(route, start=1):
        is_refused, is_last = seq == 1 and one % 3 == 0, seq == len(route)
        begun = day + (one / 4 if seq == 2 else 0.1)
        over = begun + (30 if is_last else 0.2)
        outcome = "refused_level" if is_refused else "helped_fit" if is_last else "routed"
        yield {
            "basis": "as_specified", "pathway": pathway, "citizen": 900 + one, "seq": seq, "stage": stage,
            "joined": day, "started": begun, "ended": over, "level_ended": "none" if is_last else "high",
            "outcome": outcome,
        }  # fmt: skip
        if is_refused:
            return
        day = over
