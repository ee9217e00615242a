"""Keys of a team that make no sense beside its others: they have no effect, and are refused by name."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from sim.scenario.vocabulary import UNLIMITED

CALENDAR_KEYS = ("open", "rota")


_NO_CASES = 'on an appointments team; drop it or set works = "caseload"'
_NO_LIMIT = "where posts are unlimited; drop it, or give a number"
NO_CLOSING = "where a team never closes; drop it, or give `open` or a `rota`"
_NO_HOURS = "on a caseload, which is held day and night; drop it"
_BY_ROTA = "beside a `rota`, which says who is at work and when; drop it"
_UNPAID = "on a team without `gbp_per_worked_hour`; give it, or drop it"
_NO_PLACES = dict.fromkeys(
    (
        *("per_neighbourhood", "cases_each", "keeps", "cover"),
        *("hours_per_week", "weeks_per_year", "share_with_citizens", "other_work"),
    ),
    _NO_LIMIT,
)


def idle_keys(team: Mapping[str, Any]) -> dict[str, str]:
    """Keys that have no effect on a team that has these keys, with where that is and the remedy."""
    works, unlimited = team.get("works", "appointments"), team.get("posts") in (UNLIMITED, math.inf)
    found: dict[str, str] = {}
    if not team.get("per_neighbourhood"):
        found["cover"] = "where all share one queue; drop it, or set per_neighbourhood = true"
    if team.get("rota"):
        found["posts_from_week"] = _BY_ROTA
    elif unlimited:
        found["posts_from_week"] = _NO_LIMIT
    if not has_price(team.get("gbp_per_worked_hour")):
        found["gbp_per_worked_hour_from_week"] = _UNPAID
        found |= dict.fromkeys(("cashable", "gbp_per_overtime_hour", "includes"), _UNPAID)
    if works == "caseload":
        return found | dict.fromkeys((*CALENDAR_KEYS, "finish"), _NO_HOURS) | (_NO_PLACES if unlimited else {})
    found |= dict.fromkeys(("cases_each", "keeps"), _NO_CASES)
    if not team.get("open") and not team.get("rota"):
        found["finish"] = NO_CLOSING
    if team.get("rota"):
        found |= dict.fromkeys(("hours_per_week", "weeks_per_year"), _BY_ROTA)
    return found | (dict.fromkeys(("per_neighbourhood", "cover"), _NO_LIMIT) if unlimited else {})


def has_price(given: Any) -> bool:
    """Whether a price as a file gives it, with its evidence or without, is one and not nothing."""
    return bool(given.get("value") if isinstance(given, Mapping) else given)
