"""Whether a quote still holds: the figure run again beside the one kept, and what moved where it does not."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sim.errors import RequestError, did_you_mean
from sim.measures.definitions import DEFINITIONS
from sim.reporting import quote_check_wording as said
from sim.reporting.quote_codes import NUMBERS_VERSION
from sim.reporting.quotes import FIGURES, Quote
from sim.reporting.quotes_file import subject
from sim.scenario.scenario import Scenario
from sim.scenario.writing import written

MOST_INPUTS = 20
Moved = tuple[str, str, str]
"""A path, and what stood and stands there."""


def taken_apart(code: str) -> tuple[str, str, str, str]:
    """Scenario, pathway, measure and digest that a code names.

    Raises
    ------
    RequestError
        If it is no code.
    """
    parts = code.strip().rsplit(".", 3)
    is_hex = parts[-1] and all(sign in "0123456789abcdef" for sign in parts[-1])
    if len(parts) != 4 or not all(parts) or not is_hex:
        raise RequestError(said.NOT_A_CODE.format(code=code))
    return parts[0], parts[1], parts[2], parts[3]


def refuse_unknown(code: str, scenario: Scenario) -> None:
    """Refuse a code whose pathway or measure the scenario does not have.

    Raises
    ------
    RequestError
        Naming it, with the closest there is.
    """
    name, pathway, measure, _ = taken_apart(code)
    if pathway not in scenario.compare:
        remedy = did_you_mean(pathway, scenario.compare)
        raise RequestError(said.NO_PATHWAY.format(code=code, scenario=name, pathway=pathway, remedy=remedy))
    if measure not in DEFINITIONS:
        raise RequestError(
            said.NO_MEASURE.format(code=code, measure=measure, remedy=did_you_mean(measure, DEFINITIONS))
        )


def kept_quote(code: str, stored: Mapping[str, Any], folder: str) -> Mapping[str, Any]:
    """The quote of a code among those stored.

    Raises
    ------
    RequestError
        If there is none, with the closest code there is.
    """
    found = next((one for one in stored["quotes"] if one["code"] == code), None)
    if found is None:
        remedy = did_you_mean(code, [one["code"] for one in stored["quotes"]])
        raise RequestError(said.UNKNOWN.format(code=code, folder=folder, remedy=remedy))
    return dict(found)


def number_moved(kept: Mapping[str, Any], found: Sequence[Quote]) -> list[str]:
    """What is said where the figure run again is another than the one kept; nothing where it is the same."""
    again = next((one for one in found if one.subject == subject(kept)), None)
    if again is None:
        return [said.NUMBER_GONE]
    now = {name: getattr(again, name) for name in FIGURES}
    if all(kept[name] == now[name] for name in FIGURES):
        return []
    return [said.NUMBER.format(kept=said.FIGURE.format(**kept), now=said.FIGURE.format(**now))]


def versions_moved(stored: Mapping[str, Any], now: Mapping[str, str]) -> list[str]:
    """Which versions are others than those the quote was made with; that of its numbers first."""
    told = []
    if stored.get("numbers_version") != NUMBERS_VERSION:
        told.append(said.NUMBERS_VERSION.format(kept=stored.get("numbers_version"), now=NUMBERS_VERSION))
    return told + [
        said.VERSION.format(name=name, kept=stored["versions"].get(name, said.NOTHING), now=version)
        for name, version in now.items()
        if stored["versions"].get(name) != version
    ]


def inputs_moved(then: Scenario, now: Scenario) -> list[Moved]:
    """The paths at which two scenarios, written out, differ, with what stands there in each; seed and all."""
    old, new = (dict(_leaves(tomllib.loads(written(one)))) for one in (then, now))
    paths = [*old, *(path for path in new if path not in old)]
    return [(path, _shown(old.get(path)), _shown(new.get(path))) for path in paths if old.get(path) != new.get(path)]


def _leaves(data: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value of the data by its path; a number is the same bare or in a table of its own."""
    for name, value in data.items():
        here = f"{path}.{name}" if path else name
        if isinstance(value, Mapping):
            yield from _leaves(value, here)
        else:
            yield here.removesuffix(".value"), value


def _shown(value: Any) -> str:
    return said.NOTHING if value is None else str(value)


def inputs_in_words(moved: Sequence[Moved]) -> list[str]:
    """What is said of inputs that moved: the first of them, and how many more."""
    told = [
        said.SEED.format(kept=kept, now=now) if path == "run.seed" else said.INPUT.format(path=path, kept=kept, now=now)
        for path, kept, now in moved[:MOST_INPUTS]
    ]
    more = len(moved) - MOST_INPUTS
    return told + ([said.INPUTS_MORE.format(more=more)] if more > 0 else [])
