"""Tables with names instead of codes, for people and for files."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.engine.tables import CAUSES, OUTCOMES
from sim.measures.arrays import Flags, Ints
from sim.measures.fates import FATES
from sim.measures.lives import STATES, Columns
from sim.measures.record import Record
from sim.scenario.vocabulary import LEVELS


def citizens_table(record: Record, columns: Columns) -> pd.DataFrame:
    """The lives of a record's cohort: one row a citizen, with who they are and their state at the end of follow-up."""
    states, fates = [f"state_{state}" for state in STATES], [f"fate_{fate}" for fate in FATES]
    frame = people_table(record).assign(
        **{name: column for name, column in columns.items() if name not in (*states, *fates, "citizens")}
    )
    if set(states) <= set(columns):
        frame["state_at_end"] = np.array(STATES)[np.argmax([columns[state] for state in states], axis=0)]
        frame["fate"] = np.array(FATES)[np.argmax([columns[fate] for fate in fates], axis=0)]
    return frame.replace(np.inf, np.nan)


def people_table(record: Record) -> pd.DataFrame:
    """Who the citizens of a record's cohort are: one row a citizen."""
    citizens, cohort = record.citizens, record.cohort
    return pd.DataFrame(
        {
            "citizen": np.arange(cohort.first, cohort.last),
            "arrival": citizens.arrival[cohort.rows],
            "group": np.array(list(record.scenario.groups))[citizens.group[cohort.rows]],
            "neighbourhood": _neighbourhoods(record)[citizens.neighbourhood[cohort.rows]],
            "level_at_arrival": np.array(LEVELS)[citizens.level[cohort.rows]],
            "needs_at_arrival": citizens.needs[cohort.rows],
        }
    )


def visits_table(record: Record, first: int, last: int) -> pd.DataFrame:
    """Visits of citizens `first` .. `last - 1`: stage, neighbourhood, levels and outcome in words."""
    return visits_of(record, np.arange(first, last))


def visits_of(record: Record, numbers: Ints) -> pd.DataFrame:
    """Visits of the citizens of these numbers, likewise."""
    return visits_where(record, np.isin(record.visits.citizen, numbers))


def visits_where(record: Record, rows: Flags | Ints) -> pd.DataFrame:
    """The visits in these places, or where these flags are: stage, neighbourhood, levels and outcome in words."""
    frame = pd.DataFrame({name: column[rows] for name, column in record.visits._asdict().items()})
    unseen = frame["level_seen"] == 0
    frame["stage"] = np.array([*(record.pathway.stages if record.pathway else ()), ""])[frame["stage"]]
    frame["neighbourhood"] = _neighbourhoods(record)[frame["neighbourhood"]]
    frame["outcome"] = np.array(OUTCOMES)[frame["outcome"]]
    for column in ("level_joined", "level_ended", "level_seen"):
        frame[column] = np.array(LEVELS)[frame[column]]
    frame.loc[unseen, "level_seen"] = ""
    return frame


def changes_table(record: Record, first: int, last: int) -> pd.DataFrame:
    """Level changes of citizens `first` .. `last - 1`: levels and cause in words."""
    changes = record.changes
    rows = (changes.citizen >= first) & (changes.citizen < last)
    frame = pd.DataFrame({name: column[rows] for name, column in changes._asdict().items()})
    frame["cause"] = np.array(CAUSES)[frame["cause"]]
    for column in ("from_level", "to_level"):
        frame[column] = np.array(LEVELS)[frame[column]]
    return frame


def _neighbourhoods(record: Record) -> np.ndarray[tuple[int], np.dtype[np.str_]]:
    return np.array(list(record.scenario.place.households) or ["all"])
