"""Errors that are somebody's to mend; anything else is our own bug and shows its traceback.

SimError
├── ScenarioError   a scenario file says something it may not
├── RequestError    a command or a call asks for something that cannot be done
├── ResultsError    a results folder cannot be written or read
└── StoppedError    somebody pressed Ctrl-C, or asked the process to end
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


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

MOST_COMPARED = 2_000
LONGEST_WORD = 80


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong in a file: where, what, and what to do about it."""

    path: str
    problem: str
    remedy: str = ""

    def __str__(self) -> str:
        where = f"{self.path}: " if self.path else ""
        return printable(f"{where}{self.problem}" + (f"; {self.remedy}" if self.remedy else ""))


class ScenarioError(SimError):
    """A scenario file says something it may not; carries every fault found in it."""

    def __init__(self, file: str, faults: Iterable[Fault]) -> None:
        self.file = file
        self.faults = tuple(dict.fromkeys(faults))
        super().__init__("\n".join(f"{file}: {fault}" for fault in self.faults))

    def __reduce__(self) -> tuple[type[ScenarioError], tuple[str, tuple[Fault, ...]]]:
        return ScenarioError, (self.file, self.faults)


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """A remedy naming the closest choice, or the choices when none is close."""
    choices = [str(choice) for choice in choices]
    close = get_close_matches(word[:LONGEST_WORD], choices[:MOST_COMPARED], n=1, cutoff=0.6)
    if close:
        return f"did you mean `{close[0]}`?"
    if not choices:
        return "there is none to choose from"
    more = f" and {len(choices) - MOST_CHOICES} more" if len(choices) > MOST_CHOICES else ""
    return "expected one of: " + ", ".join(choices[:MOST_CHOICES]) + more


def printable(text: str) -> str:
    """The text with control characters spelt out, so that no file can move a terminal's cursor or fake a line."""
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in text)
