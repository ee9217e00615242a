"""Headlines alone: of one pathway in one replication just the numbers that verdicts rest on.

By the formulas of the table of lives, so that both come to the same number to the last bit; a draw of the plausible
ranges and a pilot of equal help need nothing else, and the rest takes most of the time.
"""

from __future__ import annotations

from collections.abc import Collection

from sim.measures.arrays import Floats
from sim.measures.costs import public_cost
from sim.measures.followed import Followed
from sim.measures.money import Account, account
from sim.measures.need import at_levels, days_to_help, turns

HEADLINES = ("days_to_help", "days_in_need", "public_cost")
"""The headlines where a file names none. Less is better for each."""


def headline_columns(
    life: Followed, money: Account | None = None, names: Collection[str] = HEADLINES
) -> dict[str, Floats]:
    """The columns of the table of lives by the names of headlines, as far as they mean anything in this scenario.

    `money`: the account of the record, if it is known already.
    """
    record, level = life.record, at_levels(life)
    columns: dict[str, Floats] = {}
    if "days_to_help" in names and record.scenario.has_levels:
        columns["days_to_help"] = days_to_help(life, turns(life))
    if "days_in_need" in names and record.scenario.has_levels:
        columns["days_in_need"] = level.in_need
    if "public_cost" in names and record.scenario.has_money:
        columns["public_cost"] = public_cost(life, money or account(record), level)
    return columns
