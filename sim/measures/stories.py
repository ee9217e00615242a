"""Stories: what some citizens lived through, and what each part of it cost, as rows that can be drawn and told."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.engine.tables import CAUSES
from sim.measures.arrays import Floats, Ints
from sim.measures.followed import Followed
from sim.measures.money import Borne, account
from sim.measures.named import people_table, visits_where
from sim.measures.record import Record
from sim.scenario.vocabulary import CRISIS, LEVELS

AROSE = "arose"
"""The cause of a citizen's first level."""

WHO = ("citizen", "arrival", "group", "neighbourhood", "level_at_arrival", "needs_at_arrival")
VISIT_COLUMNS = (
    "approach", "seq", "stage", "joined", "due", "staff_hours", "level_ended", "level_seen", "attended", "outcome",
)  # fmt: skip
COLUMNS = (*WHO, "kind", "level", "cause", "started", "ended", *VISIT_COLUMNS, "gbp_at_once", "gbp_evenly")


def stories_table(record: Record, chosen: Ints) -> pd.DataFrame:
    """The levels and visits of citizens at these places in the cohort within follow-up: a row each, with its cost.

    `gbp_at_once` is borne where the row starts, `gbp_evenly` over its time: a visit's from `started` until the work
    stops or is planned to, a level's from `started` to `ended`. They add up to the citizen's public cost; both are
    missing where the scenario has no prices. Empty without need levels.
    """
    if not record.scenario.has_levels:
        return pd.DataFrame(columns=list(COLUMNS))
    life, money = Followed(record), account(record).whole
    rows = pd.concat([_levels(life, money, chosen), _visits(life, money, chosen)], ignore_index=True)
    table = people_table(record)[list(WHO)].merge(rows, on="citizen", sort=False)
    if not record.scenario.has_money:
        table[["gbp_at_once", "gbp_evenly"]] = np.nan
    return table[list(COLUMNS)]


def _levels(life: Followed, money: Borne, chosen: Ints) -> pd.DataFrame:
    spells = life.spells
    first = np.append(True, spells.citizen[1:] != spells.citizen[:-1])[: spells.citizen.size]
    cause = np.full(first.size, AROSE, dtype=object)
    cause[~first] = np.array(CAUSES)[life.changes.cause]
    at_once, evenly = _of_crises(life)
    columns = {
        "citizen": spells.citizen + life.record.cohort.first,
        "kind": "level",
        "started": spells.begin,
        "ended": spells.end,
        "level": np.array(LEVELS)[spells.level],
        "cause": cause,
        "gbp_at_once": at_once + first * (money.idle * (1 + money.contract_factor) + money.contract_each),
        "gbp_evenly": evenly,
    }
    return pd.DataFrame(columns)[np.isin(spells.citizen, chosen)]


def _of_crises(life: Followed) -> tuple[Floats, Floats]:
    """What each spell costs other services as it begins, and while it lasts [GBP]."""
    spells, crisis = life.spells, life.record.scenario.crisis
    in_crisis = spells.level == CRISIS
    if crisis is None:
        return np.zeros(in_crisis.size), np.zeros(in_crisis.size)
    return in_crisis * crisis.gbp_per_entry, in_crisis * crisis.gbp_per_day * (spells.end - spells.begin)


def _visits(life: Followed, money: Borne, chosen: Ints) -> pd.DataFrame:
    """Their visits; the contract comes down on each pound of them, and what no visit bears on the first level."""
    mine, factor = np.isin(life.visits.citizen, chosen), 1 + money.contract_factor
    frame = visits_where(life.record, np.flatnonzero(life.chosen)[mine])
    hours, fees = life.hours * money.rate[life.chosen], money.fee[life.chosen] * life.started
    at_once = life.visits.due == life.visits.started
    return frame[["citizen", "started", "ended", *VISIT_COLUMNS]].assign(
        kind="visit",
        gbp_at_once=(factor * (fees + hours * at_once))[mine],
        gbp_evenly=(factor * hours * ~at_once)[mine],
    )
