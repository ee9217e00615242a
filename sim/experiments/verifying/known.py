"""Which keys of teams and stages the tests know. A key of the language not named here makes them hold back, not err."""

from __future__ import annotations

from pydantic import BaseModel

from sim.scenario.pathways import Team
from sim.scenario.stages import Stage

TEAM_KEYS = frozenset(
    {"title", "works", "posts", "per_neighbourhood", "cases_each", "keeps", "hours_per_week", "weeks_per_year"}
    | {"share_with_citizens", "gbp_per_worked_hour", "includes"}
)
STAGE_KEYS = frozenset(
    {"title", "purpose", "team", "minutes", "hours", "weeks", "gives_up_after_days", "on_give_up", "queue_limit"}
    | {"when_full", "gate", "help", "fee_gbp", "next", "next_by_level", "next_by_group", "next_by_needs", "luck"}
)


def unknown_to_formulas(part: Team | Stage) -> str:
    """The first key of a team or stage that is set and that these tests do not know; empty if there is none."""
    known = TEAM_KEYS if isinstance(part, Team) else STAGE_KEYS
    return next((name for name in _set(part) if name not in known), "")


def _set(part: BaseModel) -> list[str]:
    """Keys with another value than where they are left out."""
    fields = type(part).model_fields
    return [name for name in part.model_fields_set if getattr(part, name) != fields[name].get_default()]
