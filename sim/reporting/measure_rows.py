"""Every measure as rows of one table, packed small: a page holds ten thousand of them and draws a few hundred."""

from __future__ import annotations

import base64
import gzip
import json
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from sim.measures.definitions import DEFINITIONS
from sim.reporting import tables_wording as wording
from sim.reporting.amounts import decimals, decimals_without_interval, is_share, printed_unit, years
from sim.reporting.differences import reading
from sim.reporting.names import plain_name
from sim.reporting.results import Results
from sim.reporting.tables import BY, group_name, prices
from sim.reporting.wording import BASIS_SHORT, LESS_MORE, LOWER_HIGHER, VERDICTS
from sim.scenario.vocabulary import NO_SERVICE

Level = tuple[str, list[str]]
"""What a text is on the page, and what it is in a CSV, column by column."""

EVERY_BASIS = "every_basis"


@dataclass(frozen=True)
class Column:
    """A column of texts: its heading, its columns in a CSV, whether it can be chosen from, and what stands in a row."""

    head: str
    csv: tuple[str, ...]
    of: Callable[[Results, Any], Level]
    is_chosen_from: bool = False


@dataclass(frozen=True)
class Packed:
    """Rows for the page: a name, a caption, and the data as gzipped JSON in base 64."""

    name: str
    caption: str
    data: str


def values(results: Results) -> Packed | None:
    """Every measure of every pathway, of all citizens and of each kind of them, of every stage and team."""
    return _packed(results, "values", wording.VALUES, _summary(results), _VALUES)


def differences(results: Results) -> Packed | None:
    """Every difference between pathways and from no service, without those between single citizens."""
    table = results.comparison
    table = table[~table["measure"].isin([name for name, one in DEFINITIONS.items() if one.per == "pair"])]
    first = results.compared[0]
    as_given = table["pathway"].isin([first, NO_SERVICE]) & table["against"].isin([first, NO_SERVICE])
    return _packed(results, "differences", wording.DIFFERENCES, _once(results, table, as_given), _DIFFERENCES)


def _summary(results: Results) -> pd.DataFrame:
    table = results.summary
    return _once(results, table, table["pathway"].isin([results.compared[0], NO_SERVICE]))


def _once(results: Results, table: pd.DataFrame, as_given: pd.Series) -> pd.DataFrame:
    """What no basis changes stands once, as of every basis; in the order of the definitions; nothing missing."""
    if len(results.bases) > 1:
        table = table[~as_given | (table["basis"] == results.bases[0])]
        table = table.assign(basis=table["basis"].mask(as_given, EVERY_BASIS))
    table = table[table["mean"].notna()]
    place = {name: DEFINITIONS.place(name) for name in table["measure"].unique()}
    return table.assign(at=table["measure"].map(place)).sort_values("at", kind="stable")


def _packed(results: Results, name: str, caption: str, table: pd.DataFrame, columns: Sequence[Column]) -> Packed | None:
    if table.empty:
        return None
    rows: list[Any] = list(table.itertuples(index=False))
    units = list(dict.fromkeys(str(row.unit) for row in rows))
    told = {
        "columns": [_column(results, column, rows) for column in columns],
        "signed": name == "differences",
        "units": [{"share": is_share(unit), "pounds": unit.startswith("GBP")} for unit in units],
        "unit": [units.index(row.unit) for row in rows],
        "places": [_places(row) for row in rows],
        "printed": {at: _years(row) for at, row in enumerate(rows) if row.unit == "years"},
        **{end: [_finite(getattr(row, end)) for row in rows] for end in ("mean", "low", "high")},
    }
    text = json.dumps(told, allow_nan=False, ensure_ascii=False, separators=(",", ":"))
    return Packed(name, caption, base64.b64encode(gzip.compress(text.encode(), 9, mtime=0)).decode())


def _column(results: Results, column: Column, rows: Iterable[Any]) -> dict[str, Any]:
    found = [column.of(results, row) for row in rows]
    levels = {(shown, *csv): at for at, (shown, csv) in enumerate({(s, *c): (s, c) for s, c in found}.values())}
    return {
        "head": column.head,
        "csv": column.csv,
        "choose": column.is_chosen_from,
        "levels": [(shown, csv) for shown, *csv in levels],
        "at": [levels[shown, *csv] for shown, csv in found],
    }


def _places(row: Any) -> int:
    """Decimals to round to, as everywhere on the page: what the interval supports."""
    scale = 100 if is_share(row.unit) else 1
    half_width = scale * (row.high - row.low) / 2
    return decimals(half_width) if 0 < half_width < math.inf else decimals_without_interval(scale * row.mean)


def _years(row: Any) -> list[str]:
    """Years until something, which may be never."""
    return [years(float(end)) for end in (row.mean, row.low, row.high)]


def _finite(value: float) -> float | str | None:
    if math.isnan(value):
        return None
    return value if math.isfinite(value) else str(value)


def _basis(_: Results, row: Any) -> Level:
    return (wording.EVERY_BASIS if row.basis == EVERY_BASIS else BASIS_SHORT[row.basis]), [row.basis]


def _whom(results: Results, row: Any) -> Level:
    if row.by == "all":
        return wording.EVERYONE, ["all", ""]
    return wording.WHOM.format(by=BY[row.by], group=group_name(results, row.by, row.group)), [row.by, row.group]


def _unit_of(*, difference: bool) -> Callable[[Results, Any], Level]:
    def level(results: Results, row: Any) -> Level:
        in_prices = prices(results, row.measure)
        shown = ", ".join(filter(None, (printed_unit(row.unit, difference=difference), in_prices)))
        return shown, [row.unit, results.scenario.price_year if in_prices else ""]

    return level


def _verdict(_: Results, row: Any) -> Level:
    less, more = LESS_MORE.get(row.unit, LOWER_HIGHER)
    return VERDICTS[reading(row.verdict, row.low, row.high)].format(less=less, more=more), [row.verdict]


def _interval(_: Results, row: Any) -> Level:
    return wording.INTERVALS[bool(row.adjusted)], [str(bool(row.adjusted)), row.interval, str(int(row.replications))]


def _kind_of_interval(_: Results, row: Any) -> Level:
    return row.interval, [row.interval, str(int(row.replications))]


def _name(key: str) -> Callable[[Results, Any], Level]:
    return lambda _, row: (plain_name(getattr(row, key)), [getattr(row, key)])


_MEASURE = Column("Measure", ("measure",), _name("measure"))
_PATHWAY = Column("Pathway", ("pathway",), _name("pathway"), is_chosen_from=True)
_WHERE = (
    Column("Basis", ("basis",), _basis, is_chosen_from=True),
    Column("Of whom", ("by", "group"), _whom, is_chosen_from=True),
    Column("Part", ("part",), _name("part")),
)
_VALUES = (
    _MEASURE,
    _PATHWAY,
    Column("Unit", ("unit", "price_year"), _unit_of(difference=False)),
    *_WHERE,
    Column("Interval", ("interval", "replications"), _kind_of_interval),
)
_DIFFERENCES = (
    _MEASURE,
    _PATHWAY,
    Column("Less", ("against",), _name("against"), is_chosen_from=True),
    Column("Unit", ("unit", "price_year"), _unit_of(difference=True)),
    Column("Verdict", ("verdict",), _verdict),
    *_WHERE,
    Column("Interval", ("adjusted", "interval", "replications"), _interval),
)
"""The numbers stand before the unit."""
