"""A measure: what it is called, its unit, what it means and how it is reckoned."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Literal

Per = Literal[
    "citizen", "share", "return", "ending", "entry", "payer", "pathway", "stage", "team", "difference", "pair"
]


@dataclass(frozen=True)
class Definition:
    """A measure: a sum of one column over a sum of another.

    `per` says what it is a number of: `citizen` (divided by the cohort, the same people in every pathway), `share` (a
    ratio of sums over all replications), `return` (such a ratio for one number of days), `ending` (for one way in which
    approaches end), `entry` (for two stages), `payer` (of what a citizen costs, the part one payer bears), `pathway`
    (as a whole), `stage` or `team` (in the cohort window, everyone counted), `difference` (only between two pathways),
    `pair` (citizen by citizen between two pathways).

    One with `{n}` in its name stands for a family: a measure for every whole number of days n. Its texts may say `{n}`,
    and `{days}` for the number with its unit.
    """

    name: str
    unit: str
    sentence: str
    per: Per
    top: str
    bottom: str = "citizens"
    needs: Literal["", "levels", "money", "crisis"] = ""

    @property
    def formula(self) -> str:
        """How it is reckoned, in the names of the columns it is made of."""
        if self.per in ("citizen", "share", "payer"):
            return f"sum of {self.top} / sum of {self.bottom}"
        return f"{self.top} / {self.bottom}" if self.bottom else self.top

    @property
    def is_family(self) -> bool:
        """Whether it stands for a measure for every number of days."""
        return NUMBER in self.name

    def of_days(self, days: int) -> Definition:
        """The measure of a family for so many days."""
        said = {"n": str(days), "days": "1 day" if days == 1 else f"{days} days"}
        texts = {one.name: str(getattr(self, one.name)).format_map(said) for one in fields(self)}
        return Definition(**texts)  # type: ignore[arg-type]


NUMBER = "{n}"


class Definitions(Mapping[str, Definition]):
    """The measures by name, those of a family for any number of days; gone through, they are in order, and a family
    stands for its measures at the `usual` days.
    """

    def __init__(self, given: tuple[Definition, ...], usual: tuple[int, ...]) -> None:
        self._given, self._usual = given, usual

    def __getitem__(self, name: str) -> Definition:
        if name in self._usually:
            return self._usually[name]
        family, days = self._family(name)
        return family.of_days(days)

    def __iter__(self) -> Iterator[str]:
        return iter(self._usually)

    def __len__(self) -> int:
        return len(self._usually)

    def place(self, name: str) -> tuple[int, int]:
        """Where a measure stands: in the order of the table, those of a family by their days."""
        if name in self._places:
            return self._places[name], 0
        family, days = self._family(name)
        return self._places[family.name], days

    @cached_property
    def _places(self) -> dict[str, int]:
        return {one.name: place for place, one in enumerate(self._given)}

    @cached_property
    def _usually(self) -> dict[str, Definition]:
        found = [[one.of_days(days) for days in self._usual] if one.is_family else [one] for one in self._given]
        return {one.name: one for some in found for one in some}

    def _family(self, name: str) -> tuple[Definition, int]:
        """The family that a measure is of, and for how many days."""
        for family in (one for one in self._given if one.is_family):
            found = re.fullmatch(re.escape(family.name).replace(re.escape(NUMBER), r"(0|[1-9][0-9]{0,5})"), name)
            if found:
                return family, int(found[1])
        raise KeyError(name)


def of_citizen(name: str, unit: str, sentence: str, top: str = "", needs: str = "levels") -> Definition:
    """A measure of a citizen: the sum of a column, by default the one of its name, over the cohort."""
    return Definition(name, unit, sentence, "citizen", top or name, "citizens", needs)  # type: ignore[arg-type]


def share_of(name: str, sentence: str, top: str, bottom: str, needs: str = "levels", unit: str = "share") -> Definition:
    """A measure that is one sum over another."""
    return Definition(name, unit, sentence, "share", top, bottom, needs)  # type: ignore[arg-type]
