"""Errors that are somebody's to mend; anything else is our own bug and shows its traceback.

SimError
├── ScenarioError   a scenario file says something it may not
├── RequestError    a command or a call asks for something that cannot be done
├── ResultsError    a results folder cannot be written or read
└── StoppedError    somebody pressed Ctrl-C, or asked the process to end
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice


class SimError(Exception):
    """Base of every error a user can mend."""


class RequestError(SimError):
    """What was asked for cannot be done."""


class ResultsError(SimError):
    """A results folder cannot be written or read."""


class StoppedError(SimError):
    """Somebody pressed Ctrl-C, or asked the process to end."""


MOST_CHOICES = 20
"""How many choices a remedy lists before it says how many more there are."""

MOST_COMPARED = 500
LONGEST_WORD = 80
NEARLY = 0.6
MOST_SLIPS = 0.45
"""Nearness of a suggestion: letters in common, and slips of the fingers for each letter."""

MOST_FAULTS = 200
"""How many faults of a file are told at once."""

LONGEST_PATH = 200
LONGEST_TOLD = 600


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong in a file: where, what, and what to do about it."""

    path: str
    problem: str
    remedy: str = ""

    def __str__(self) -> str:
        where = f"{_short(self.path, LONGEST_PATH)}: " if self.path else ""
        remedy = f"; {_short(self.remedy, LONGEST_TOLD)}" if self.remedy else ""
        return printable(f"{where}{_short(self.problem, LONGEST_TOLD)}{remedy}")


class ScenarioError(SimError):
    """A scenario file says something it may not; carries every fault found in it, up to `MOST_FAULTS`."""

    def __init__(self, file: str, faults: Iterable[Fault]) -> None:
        self.file = file
        found = tuple(islice(dict.fromkeys(faults), MOST_FAULTS + 1))
        self.faults = found[:MOST_FAULTS]
        lines = [f"{printable(file)}: {fault}" for fault in self.faults]
        if len(found) > MOST_FAULTS:
            lines.append(f"{printable(file)}: more than {MOST_FAULTS} faults; mend these first, then check it again")
        super().__init__("\n".join(lines))

    def __reduce__(self) -> tuple[type[ScenarioError], tuple[str, tuple[Fault, ...]]]:
        return ScenarioError, (self.file, self.faults)


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """A remedy naming the closest choice, or the choices when none is close."""
    choices = list(choices)
    close = closest(word, choices)
    if close is not None:
        return f"did you mean `{close}`?"
    if not choices:
        return "there is none to choose from"
    more = f" and {len(choices) - MOST_CHOICES} more" if len(choices) > MOST_CHOICES else ""
    return "expected one of: " + ", ".join(_short(choice, LONGEST_WORD) for choice in choices[:MOST_CHOICES]) + more


def closest(word: str, choices: Sequence[str]) -> str | None:
    """The choice that a slip of the fingers would make of the word; None if none is so near."""
    if len(word) > LONGEST_WORD:
        return None
    alike = [choice for choice in choices if choice[:1] == word[:1]] if len(choices) > MOST_COMPARED else choices
    short = [choice for choice in alike[:MOST_COMPARED] if len(choice) <= LONGEST_WORD]
    return next((one for one in get_close_matches(word, short, n=3, cutoff=NEARLY) if _is_near(word, one)), None)


def _is_near(word: str, choice: str) -> bool:
    """Whether few slips, or the end left out, make one of the other."""
    shorter, longer = sorted((word, choice), key=len)
    return longer.startswith(shorter) or _slips(word, choice) <= max(1, MOST_SLIPS * len(longer))


def _slips(one: str, other: str) -> int:
    """How many letters must be put in, left out, changed or exchanged with their neighbour to make one of the other.

    The restricted Damerau-Levenshtein distance. Words that only have letters in common are far by it.
    """
    before, last = [0] * (len(other) + 1), list(range(len(other) + 1))
    for row, left in enumerate(one, start=1):
        line = [row]
        for column, right in enumerate(other, start=1):
            least = min(last[column] + 1, line[-1] + 1, last[column - 1] + (left != right))
            if row > 1 and column > 1 and left == other[column - 2] and right == one[row - 2]:
                least = min(least, before[column - 2] + 1)
            line.append(least)
        before, last = last, line
    return last[-1]


def _short(text: str, longest: int) -> str:
    """The text, its end left out where it is longer than that."""
    return text if len(text) <= longest else f"{text[: longest - 3]}..."


def quoted(word: object) -> str:
    """A word of a command as a shell takes it for one, whatever stands in it."""
    return shlex.quote(str(word))


def printable(text: str) -> str:
    """The text with control characters spelt out, so that no file can move a terminal's cursor or fake a line."""
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in text)
