"""The study of what the answer hangs on, as it lies in a results folder, where it was made."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pandas as pd

from sim.reporting.reading import read_table
from sim.reporting.schema import STUDY
from sim.scenario.scenario import Scenario

OF = ["basis", "pathway", "measure"]

SHOWN = 15
"""Numbers of a tornado that are shown."""


class Told(Protocol):
    """What sentences need to know of the results that a study is of."""

    @property
    def folder(self) -> Path:
        """Where the tables lie."""
        ...

    @property
    def compared(self) -> list[str]:
        """The pathways compared, the first of them the one the others are set against."""
        ...

    @property
    def bases(self) -> list[str]:
        """The bases asked for."""
        ...

    @property
    def scenario(self) -> Scenario:
        """The scenario."""
        ...


@dataclass(frozen=True)
class InFolder:
    """A study alone in a folder, without a run beside it."""

    folder: Path
    scenario: Scenario

    @property
    def compared(self) -> list[str]:
        """The pathways compared."""
        return list(self.scenario.compare)

    @property
    def bases(self) -> list[str]:
        """The bases asked for."""
        return list(self.scenario.bases)


def study_table(results: Told, name: str) -> pd.DataFrame:
    """A table of the study; empty where the study was not made."""
    path, schema = results.folder / f"{name}.csv", STUDY[name]
    if not path.exists():
        return pd.DataFrame(columns=list(schema.columns))
    return read_table(path, schema)


def by_difference(table: pd.DataFrame) -> list[pd.DataFrame]:
    """The rows of each difference, in the order of the file."""
    return [rows for _, rows in table.groupby(OF, sort=False)]
