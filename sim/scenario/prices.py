"""Prices of other years, brought to the scenario's price year by a stated index."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.errors import Fault, did_you_mean
from sim.scenario.keys import Part, Positive, key, shown

DEFAULT_INDEX = "gdp_deflator"
OF_THE_FILE = ""
"""Stands for the price year at the top of a file, where the others are keys of a number table."""

IN_PRICES = ("price_year", "index")
"""Keys of a number table that say in what prices it stands."""


class PriceIndex(Part):
    """How prices have moved: by it a price of another year is brought to the scenario's price year."""

    title: str = key("what it is, for readers")
    source: str = key("key of the source")
    years: dict[str, Positive] = key('level by financial year, as in { "2013-14" = 40, "2024-25" = 54 }')
    note: str = key("how it was made", default="")


@dataclass(frozen=True)
class Original:
    """A price as it was published: its value and year, and the index and factor that bring it to the scenario's."""

    value: float
    price_year: str
    index: str
    factor: float
    is_interpolated: bool


@dataclass(frozen=True)
class Prices:
    """The price year of a file and the indices it has, read from plain data that may be faulty elsewhere."""

    price_year: str
    indices: Mapping[str, Mapping[str, float]]
    sources: Mapping[str, str]

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Prices:
        """The prices of a file's data; an index that is not well formed is left out, and is a fault elsewhere."""
        given = data.get("price_indices")
        tables = given if isinstance(given, Mapping) else {}
        levels = {name: _levels(index) for name, index in tables.items()}
        sources = {name: str(index.get("source", "")) for name, index in tables.items() if isinstance(index, Mapping)}
        return cls(str(data.get("price_year", "")), {name: years for name, years in levels.items() if years}, sources)

    def source_of(self, index: str) -> str:
        """Key of the source of an index; empty where it has none."""
        return self.sources.get(index, "")

    def original(self, number: Mapping[str, Any]) -> Original | None:
        """A number table's price as published; None if it is of the file's price year, or cannot be brought to it."""
        year, value = number.get("price_year"), number.get("value")
        if year in (None, self.price_year) or self.fault(number) or not isinstance(value, (int, float)):
            return None
        name = number.get("index", DEFAULT_INDEX)
        then, now = (self._level(name, one) for one in (str(year), self.price_year))
        interpolated = {str(year), self.price_year} - self.indices[name].keys()
        return Original(value, str(year), name, now / then, bool(interpolated))

    def fault(self, number: Mapping[str, Any]) -> tuple[str, str, str] | None:
        """Key, problem and remedy of a price that cannot be brought to the file's price year.

        The key is `OF_THE_FILE` where it is that year which is out of reach.
        """
        year, name = number.get("price_year"), number.get("index", DEFAULT_INDEX)
        if year is None or year == self.price_year:
            idle = "index" in number
            return ("index", "has no effect: the price is of the file's own price year", "drop it") if idle else None
        if name not in self.indices:
            return "index", f"there is no price index `{name}`", did_you_mean(str(name), self.indices)
        years = sorted(self.indices[name])
        if not _reaches(years, year):
            return "price_year", *_out_of_reach(year, name, years)
        if not _reaches(years, self.price_year):
            return OF_THE_FILE, *_out_of_reach(self.price_year, name, years)
        return None

    def _level(self, name: str, year: str) -> float:
        """The level of an index in a year; between two known years it grows evenly (log-linear)."""
        years = self.indices[name]
        if year in years:
            return years[year]
        before = max(known for known in years if known < year)
        after = min(known for known in years if known > year)
        passed = (_start(year) - _start(before)) / (_start(after) - _start(before))
        return math.exp((1 - passed) * math.log(years[before]) + passed * math.log(years[after]))


def brought(number: Mapping[str, Any], prices: Prices) -> Any:
    """The value of a number table in the prices of the file."""
    original = prices.original(number)
    return original.value * original.factor if original else number["value"]


def index_faults(data: Mapping[str, Any]) -> Iterator[Fault]:
    """Years of an index that are not written as financial years."""
    given = data.get("price_indices")
    for name, index in given.items() if isinstance(given, Mapping) else ():
        years = index.get("years") if isinstance(index, Mapping) else None
        for year in years if isinstance(years, Mapping) else ():
            if not _is_year(year):
                problem = f"{shown(year)} is not a financial year"
                yield Fault(f"price_indices.{name}.years", problem, "write it as 2013-14")


def _reaches(years: Sequence[str], year: object) -> bool:
    return _is_year(year) and years[0] <= str(year) <= years[-1]


def _out_of_reach(year: object, name: str, years: Sequence[str]) -> tuple[str, str]:
    span = f"`{name}` runs from {years[0]} to {years[-1]}"
    return f"{shown(year)} is no year that `{name}` reaches", f"{span}; write a year as 2013-14"


def _levels(index: Any) -> dict[str, float]:
    years = index.get("years") if isinstance(index, Mapping) else None
    found = years if isinstance(years, Mapping) else {}
    return {
        year: level
        for year, level in found.items()
        if _is_year(year) and isinstance(level, (int, float)) and not isinstance(level, bool) and level > 0
    }


def _is_year(given: object) -> bool:
    """Whether this is a financial year, such as 2013-14."""
    text = str(given)
    if not (len(text) == len("2013-14") and text[:4].isdecimal() and text[4] == "-" and text[5:].isdecimal()):
        return False
    return (int(text[:4]) + 1) % 100 == int(text[5:])


def _start(year: str) -> int:
    return int(year[:4])
