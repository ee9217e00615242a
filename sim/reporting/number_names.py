"""What a number of the scenario is called in a chart or a sentence, from its path."""

from __future__ import annotations

from typing import NamedTuple

from sim.reporting.amounts import exact_number
from sim.reporting.names import plain_name

KINDS = ("teams", "stages", "contract", "one_off")
"""Words of a path that say nothing beside the name that follows."""

LAWS = {"mean": "", "fixed": ""}
"""Last words that go without saying."""


class NumberName(NamedTuple):
    """Where a number stands (pathway and stage, group, ...) and what it is there."""

    where: str
    what: str

    @property
    def in_full(self) -> str:
        """Both on one line."""
        return f"{self.where}: {self.what}" if self.where else self.what


def number_name(path: str) -> NumberName:
    """The name of the number at a path, such as `outsourced, assessment: hours`."""
    words = [word for word in path.split(".") if word not in KINDS]
    if words[0] == "team_defaults":
        return NumberName("all teams", _what(words[1:]))
    if words[0] == "groups" and len(words) > 2:
        return NumberName(plain_name(words[1]), _what(words[2:]))
    if words[0] == "pathways" and len(words) > 2:
        place = 3 if len(words) > 3 and _names_a_part(path) else 2
        return NumberName(", ".join(map(plain_name, words[1:place])), _what(words[place:]))
    return NumberName("", _what(words))


def _names_a_part(path: str) -> bool:
    """Whether the path goes through a stage, a team or a line of the contract."""
    return path.split(".")[2] in KINDS


def _what(words: list[str]) -> str:
    said = ", ".join(plain_name(word) for word in words if LAWS.get(word, word)) or plain_name(words[-1])
    return said.replace("gbp ", "£ ")


def short(value: float) -> str:
    """A value of a number to three figures, with no zeros that say nothing."""
    return exact_number(float(f"{value:.3g}"))
