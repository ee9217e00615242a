"""The citizens whose stories lie in a results folder: their lives in every pathway, and what those cost by when."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from sim.reporting.results import Results
from sim.reporting.story import Line, told
from sim.scenario.scenario import Scenario
from sim.scenario.vocabulary import DAYS_A_WEEK, LEVELS

AROSE = "arose"
REFUSALS = ("refused_level", "refused_needs", "refused_criteria", "full")


@dataclass(frozen=True)
class Life:
    """One citizen with one pathway: levels and visits with days counted from when the need arose, up to `end`."""

    pathway: str
    end: float
    levels: pd.DataFrame
    visits: pd.DataFrame

    @cached_property
    def changes(self) -> pd.DataFrame:
        """Level changes: day, from_level, to_level and cause."""
        levels = self.levels
        table = pd.DataFrame(
            {
                "day": levels["started"],
                "from_level": levels["level"].shift(),
                "to_level": levels["level"],
                "cause": levels["cause"],
            }
        )
        return table[levels["cause"] != AROSE]

    @cached_property
    def right_help(self) -> float | None:
        """Day right help began; None where none did."""
        fitted = self.visits[(self.visits["outcome"] == "helped_fit") & (self.visits["ended"] <= self.end)]
        return float(fitted["started"].min()) if len(fitted) else None

    @cached_property
    def last(self) -> float:
        """Day of the last thing that happens, or the end where a visit or a crisis goes on."""
        times = self.visits[["joined", "started", "ended"]].to_numpy().ravel()
        under_way = bool((~(self.visits["ended"] <= self.end)).any())
        if under_way or self.levels["level"].iloc[-1] == LEVELS[-1]:
            return self.end
        return float(max(self.levels["started"].max(), np.nanmax(times, initial=0.0)))

    @cached_property
    def cost(self) -> list[tuple[float, float]]:
        """What the life has cost by day [GBP]: the corners of a line, two on a day on which it jumps."""
        begin, stop, _, _ = self._costs
        days = np.unique(np.concatenate([[0.0, self.end], begin, stop]))
        corners = [(float(day), self.cost_by(day, is_before=before)) for day in days for before in (True, False)]
        return [one for at, one in enumerate(corners) if not at or one != corners[at - 1]]

    def cost_by(self, day: float, *, is_before: bool = False) -> float:
        """What the life has cost by a day, or just before what is paid at once on it [GBP]."""
        begin, stop, at_once, evenly = self._costs
        fallen = begin < day if is_before else begin <= day
        length = stop - begin
        gone = np.clip((day - begin) / np.where(length > 0, length, 1.0), 0.0, 1.0)
        return float((at_once * fallen).sum() + (evenly * np.where(length > 0, gone, fallen)).sum())

    @cached_property
    def _costs(self) -> tuple[np.ndarray[tuple[int], np.dtype[np.float64]], ...]:
        """When each part of the cost begins and stops to fall, what falls at once, and what evenly [days, GBP]."""
        columns = ["started", "ended", "gbp_at_once", "gbp_evenly"]
        worked = self.visits.assign(ended=self.visits[["ended", "due"]].min(axis=1))
        rows = pd.concat([self.levels[columns], worked[columns]])
        rows = rows[(rows["started"] <= self.end) & (rows["gbp_at_once"] + rows["gbp_evenly"] > 0)]
        return tuple(rows.assign(ended=rows["ended"].clip(upper=self.end)).to_numpy(dtype=np.float64).T)

    def lines(self, scenario: Scenario, who: pd.Series) -> list[Line]:
        """The life told in words, line by line."""
        return told(scenario, self.pathway, who, self.visits, self.changes, end=self.end)


@dataclass(frozen=True)
class Citizen:
    """A citizen shown: where they stand among `of` citizens by `difference` in days to help, and their lives.

    `who` says who they are, its arrival put to day 0.
    """

    percentile: int
    difference: float
    of: int
    number: int
    who: pd.Series
    lives: tuple[Life, ...]

    @property
    def end(self) -> float:
        """How long they are followed [days]."""
        return self.lives[0].end


def citizens(results: Results) -> list[Citizen]:
    """The citizens whose stories lie in the folder, the middle one first; none without need levels."""
    table = results.stories
    end = float(results.manifest["weeks"]["follow_up"] * DAYS_A_WEEK)
    rows = table[table["pathway"].isin(results.pathways)]
    return [_citizen(mine, end) for _, mine in rows.groupby("percentile", sort=False)]


def _citizen(rows: pd.DataFrame, end: float) -> Citizen:
    first = rows.iloc[0]
    days = ["started", "ended", "joined", "due"]
    rows = rows.assign(**{name: rows[name] - first["arrival"] for name in days})
    return Citizen(
        percentile=int(first["percentile"]),
        difference=float(first["difference"]),
        of=int(first["of"]),
        number=int(first["citizen"]),
        who=pd.Series({**first, "arrival": 0.0}),
        lives=tuple(_life(rows[rows["pathway"] == name], name, end) for name in dict.fromkeys(rows["pathway"])),
    )


def _life(rows: pd.DataFrame, pathway: str, end: float) -> Life:
    levels, visits = (rows[rows["kind"] == kind] for kind in ("level", "visit"))
    return Life(pathway, end, levels.sort_values("started", kind="stable"), visits.sort_values("seq"))
