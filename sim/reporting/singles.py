"""Single citizens: who is given right help sooner and who later, on common luck and on luck of its own.

A property of the model, of how luck is coupled, and never quotable.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from sim.reporting import gains_wording as said
from sim.reporting.amounts import amount, exact_number, listed
from sim.reporting.colours import look
from sim.reporting.names import plain_name, spoken
from sim.reporting.results import Results
from sim.reporting.tables import Cell, Table, estimate, measure_cell
from sim.reporting.wording import BASIS_SHORT

SAME_COLOUR, SAME_INK = "#d9dce1", "#1c2026"
LEAST_WORDED = 0.14
"""A part of a bar narrower than this carries no words; they stand under it all the same."""


@dataclass(frozen=True)
class Part:
    """A part of a bar: its width [%], its colours and what stands in it."""

    width: float
    colour: str
    ink: str
    words: str


@dataclass(frozen=True)
class Bar:
    """A bar that adds up to everyone."""

    name: str
    told: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Singles:
    """Two bars of a pathway, what they say, and the table behind them."""

    title: str
    sentence: str
    bars: tuple[Bar, ...]
    table: Table


Rows = dict[str, dict[str, pd.Series]]


def singles(results: Results, basis: str, pathway: str) -> Singles | None:
    """Shares of citizens given right help sooner, the same or later than with the first pathway; None without help."""
    first, rows = results.compared[0], _rows(results, basis, pathway)
    if not rows:
        return None
    named = {"pathway": spoken(pathway), "against": spoken(first), "basis": BASIS_SHORT[basis]}
    own = said.SINGLE_OWN.format(**_shares(rows["_own_luck"])) if "_own_luck" in rows else ""
    return Singles(
        title=said.SINGLE.format(**named | {"pathway": plain_name(pathway), "against": plain_name(first)}),
        sentence=said.SINGLE_SAID.format(own=own, **_shares(rows[""]), **named),
        bars=tuple(_bar(results, pathway, luck, found) for luck, found in rows.items()),
        table=Table(said.SINGLE_CAPTION.format(**named), said.SINGLE_HEAD, tuple(_table_rows(rows))),
    )


def _rows(results: Results, basis: str, pathway: str) -> Rows:
    rows: Rows = {}
    for luck in said.LUCK:
        found = {
            when: results.difference(basis, pathway, results.compared[0], f"helped_{when}{luck}") for when in said.WHEN
        }
        known = {when: row for when, row in found.items() if row is not None}
        if len(known) == len(found):
            rows[luck] = known
    return rows if "" in rows else {}


def _shares(rows: dict[str, pd.Series]) -> dict[str, str]:
    return {when: _share(row) for when, row in rows.items()}


def _share(row: pd.Series) -> str:
    return amount(float(row["mean"]), "share", half_width=float(row["high"] - row["low"]) / 2)


def _bar(results: Results, pathway: str, luck: str, rows: dict[str, pd.Series]) -> Bar:
    mine, first = look(results, pathway), look(results, results.compared[0])
    colours = {"sooner": (mine.ink, "#ffffff"), "same": (SAME_COLOUR, SAME_INK), "later": (first.ink, "#ffffff")}
    parts = [Part(100 * float(row["mean"]), *colours[when], _words(when, row)) for when, row in rows.items()]
    shares = listed([said.BAR_SHARE.format(share=_share(row), when=said.WHEN[when]) for when, row in rows.items()])
    return Bar(said.LUCK[luck], said.BAR.format(luck=said.LUCK[luck], shares=shares), tuple(parts))


def _words(when: str, row: pd.Series) -> str:
    if float(row["mean"]) < LEAST_WORDED:
        return ""
    return said.BAR_SHARE.format(share=_share(row), when=said.WHEN[when].split(",")[0])


def _table_rows(rows: Rows) -> Iterator[tuple[Cell, ...]]:
    for luck, found in rows.items():
        for when, row in found.items():
            count = exact_number(float(row["replications"]))
            yield measure_cell(f"helped_{when}{luck}"), estimate(row), Cell(count, is_number=True)
