"""Which keys of teams and stages the tests know. A key of the language not named here makes them hold back, not err."""

from __future__ import annotations

from pydantic import BaseModel

from sim.scenario.stages import Stage
from sim.scenario.teams import Team

OF_MONEY = frozenset(
    {"gbp_per_worked_hour", "gbp_per_worked_hour_from_week", "gbp_per_overtime_hour", "includes", "cashable"}
)
"""Keys of a team that change nobody's time."""

TEAM_KEYS = OF_MONEY | {
    *("title", "works", "posts", "per_neighbourhood", "cases_each", "keeps"),
    *("hours_per_week", "weeks_per_year", "share_with_citizens", "other_work"),
}
"""Keys of a team that the formulas know."""

POSTS_KEYS = TEAM_KEYS | {"open", "rota", "finish", "cover", "posts_from_week"}
"""Keys of a team of which it is known what they do to the number of its posts."""

STAGE_KEYS = frozenset(
    {"title", "purpose", "team", "minutes", "hours", "weeks", "gives_up_after_days", "on_give_up", "queue_limit"}
    | {
        "when_full",
        "gate",
        "help",
        "fee_gbp",
        "fee_cashable",
        "travel_hours",
        "missed",
        "order",
        "luck",
        "moves_up_after_days",
    }
    | {"next", "next_by_level", "next_by_group", "next_by_needs"}
)
"""Keys of a stage that the formulas know. The order of a line is one of them: where work and patience have the same
laws for all, it changes who waits, and not how many.
"""


def unknown_to_formulas(part: Team | Stage) -> str:
    """The first key of a team or stage that is set and that the formulas do not know; empty if there is none."""
    known = TEAM_KEYS if isinstance(part, Team) else STAGE_KEYS
    return next((name for name in _set(part) if name not in known), "")


def unknown_to_posts(team: Team) -> str:
    """The first key of a team that is set and of which it is not known what it does to the number of posts."""
    return next((name for name in _set(team) if name not in POSTS_KEYS), "")


def _set(part: BaseModel) -> list[str]:
    """Keys with another value than where they are left out."""
    left_out = {name: field.get_default(call_default_factory=True) for name, field in type(part).model_fields.items()}
    return [name for name in part.model_fields_set if getattr(part, name) != left_out[name]]
