"""Overtime and unserved hours in words: hours worked beyond those on shift, and hours on shift with nobody to serve."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from sim.reporting import queues_wording as said
from sim.reporting.amounts import amount, listed
from sim.reporting.names import plain_name
from sim.reporting.results import Results
from sim.reporting.tables import estimate

GBP = "GBP"
LITTLE = 0.1
"""Fewer hours a week than these, six minutes, are not told apart."""


def beside_shifts(results: Results, basis: str, pathway: str) -> list[str]:
    """Paragraphs on the teams of a pathway: on overtime, and on hours with nobody to serve; none without such hours."""
    over, idle = overtime_in_words(results, basis, pathway), unserved_in_words(results, basis, pathway)
    return [one for one in (" ".join(over), idle) if one]


def is_overtime(results: Results) -> bool:
    """Whether any team worked overtime, on any basis."""
    arms = [(basis, pathway) for basis, pathway in results.arms if pathway in results.scenario.pathways]
    return any(overtime_in_words(results, basis, pathway) for basis, pathway in arms)


def overtime_in_words(results: Results, basis: str, pathway: str) -> list[str]:
    """A sentence for each team that worked overtime: how many hours a week, and what is paid for them."""
    teams = results.scenario.pathways[pathway].teams
    return [
        said.OVERTIME.format(
            team=plain_name(name),
            hours=_how_many(row),
            pay=_pay(row, teams[name].gbp_per_hour_of_overtime),
        )
        for name, row in _hours(results, basis, pathway, "overtime_hours")
    ]


def unserved_in_words(results: Results, basis: str, pathway: str) -> str:
    """How many hours of each team find nobody to serve; nothing where all of them are used."""
    found = [
        said.IDLE.format(team=plain_name(name), hours=estimate(row).text, interval=_interval(row))
        for name, row in _hours(results, basis, pathway, "unserved_hours")
    ]
    return said.UNSERVED.format(teams=listed(found)) if found else ""


def _hours(results: Results, basis: str, pathway: str, measure: str) -> Iterator[tuple[str, pd.Series]]:
    """The teams of which there are any such hours [hours a week]."""
    for name in results.scenario.pathways[pathway].teams:
        row = results.overall(basis, pathway, measure, name)
        if row is not None and float(row["mean"]) > 0:
            yield name, pd.Series({**row.to_dict(), "low": max(0.0, float(row["low"]))})


def _half_width(row: pd.Series) -> float:
    return float(row["high"] - row["low"]) / 2


def _interval(row: pd.Series) -> str:
    below = estimate(row).below
    return said.INTERVAL.format(interval=below) if below else ""


def _how_many(row: pd.Series) -> str:
    """Hours a week with their interval; of very few, that they are few."""
    if float(row["mean"]) < LITTLE:
        return said.LITTLE.format(hours=LITTLE)
    return amount(float(row["mean"]), "hours a week", half_width=_half_width(row)) + _interval(row)


def _pay(row: pd.Series, price: float) -> str:
    """What these hours cost a week; nothing for a team that is not paid by the hour."""
    if not price:
        return ""
    gbp = amount(float(row["mean"]) * price, GBP, half_width=_half_width(row) * price)
    return said.PAID.format(gbp=gbp)
