"""Uncertain numbers: which numbers of a file vary when plausible ranges are run, and from where to where.

A number with a range varies over it, whatever it is. One without is given a range if it is a fact about people or
prices that nobody can be sure of: a time, a rate or a price from half to double, a share by 1 either way on the logit.
What a commissioner decides, and what the place simply is, stays as it is unless the file gives it a range: posts, cases
each, limits, hours and weeks of a full-time post, households, the values a day in need is given, the discount rate.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from pydantic import BaseModel

from sim.scenario.arrivals import RATES
from sim.scenario.facts import Fact
from sim.scenario.laws import Law
from sim.scenario.paths import Data, look_up, model_at, parts_of
from sim.scenario.plans import Grade
from sim.scenario.vocabulary import REST

FACTOR = 2.0
"""A time, a rate or a price without a range lies between its value over and times this."""

LOGITS = 1.0
"""A share without a range lies this far either side of its value, on the scale of log odds."""

TIMES = ("days", "hours", "minutes", "weeks")
NOT_OF_ITSELF = ("place", "run", "waiting_at_start", "discount_rate", "gbp_per_day_in_need")
"""First words of paths at which nothing varies but by a stated range."""

DECIDED = frozenset({"hours_per_week", "weeks_per_year", "cashable", "fee_cashable", "weekly", "daily", "yearly"})
"""Words in paths at which nothing varies but by a stated range: terms of employment, profiles, and what of a cost could
be taken out of a budget, which moves no headline.
"""

FIRST_OF_LAW = ("mean", "fixed", "mode", "high")
"""The number that speaks for a law none of whose numbers has a range, in the order in which it is looked for."""

WITH_LAW = (*FIRST_OF_LAW, "low", "sd")


class Uncertain(NamedTuple):
    """A number that varies: where it stands, and its 5th and 95th percentile.

    `moves` are the other numbers of its law, without ranges of their own: they move in proportion, so that the law
    keeps its shape.
    """

    path: str
    value: float
    low: float
    high: float
    unit: str
    is_stated: bool
    grade: Grade
    is_whole: bool = False
    moves: tuple[tuple[str, float], ...] = ()

    @property
    def is_share(self) -> bool:
        """Whether it is a share, from 0 to 1."""
        return self.unit == "share"


def varies(fact: Fact) -> bool:
    """Whether a number varies, by its own range or by one that is given to it."""
    if fact.range is not None:
        return True
    words = fact.path.split(".")
    if fact.certain or words[0] in NOT_OF_ITSELF or DECIDED & set(words) or "one_off" in words:
        return False
    if fact.unit == "share":
        return 0 < fact.value < 1
    return fact.value > 0 and (fact.unit in TIMES or fact.unit.startswith("GBP") or words[-1] in RATES)


def uncertain(facts: Iterable[Fact], root: type[BaseModel]) -> tuple[Uncertain, ...]:
    """The numbers that vary, in the order of the file, each once however many pathways inherit it.

    `root` is the type at the top of a file. Of a law whose numbers have no ranges one speaks for all.
    """
    kept = list(facts)
    laws: dict[str, list[Fact]] = {}
    for fact in kept:
        above, _, last = fact.path.rpartition(".")
        if last in WITH_LAW and _is_law(above, root):
            laws.setdefault(above, []).append(fact)
    moved = {fact.path: speaker for law in laws.values() for speaker, fact in _followers(law)}
    found = []
    for fact in kept:
        if varies(fact) and fact.path not in moved:
            with_it = tuple((path, _value(kept, path)) for path, speaker in moved.items() if speaker == fact.path)
            found.append(_ranged(fact, is_whole=_is_whole(fact.path, root))._replace(moves=with_it))
    return tuple(found)


def _table_at(path: str, root: type[BaseModel]) -> type[BaseModel] | None:
    return model_at(root, path.replace("team_defaults", "pathways.any.teams.any", 1).split("."))


def _is_law(path: str, root: type[BaseModel]) -> bool:
    model = _table_at(path, root)
    return model is not None and issubclass(model, Law)


def _is_whole(path: str, root: type[BaseModel]) -> bool:
    """Whether only whole numbers may stand at a path."""
    above, _, last = path.rpartition(".")
    model = _table_at(above, root) if above else root
    field = model.model_fields.get(last) if model else None
    kinds = set(parts_of(field.annotation)) if field else set()
    return int in kinds and float not in kinds


def _followers(law: list[Fact]) -> Iterator[tuple[str, Fact]]:
    """Of a law each number without a range of its own that follows another, with the path of that one."""
    by_name = {fact.path.rpartition(".")[2]: fact for fact in law}
    stated = [fact for fact in law if fact.range is not None]
    first = next((by_name[name] for name in FIRST_OF_LAW if name in by_name), None)
    speaker = stated[0] if stated else first
    if speaker is None or not varies(speaker):
        return
    for fact in law:
        if fact is not speaker and fact.range is None and not fact.certain:
            yield speaker.path, fact


def _value(facts: list[Fact], path: str) -> float:
    return next(fact.value for fact in facts if fact.path == path)


def _ranged(fact: Fact, *, is_whole: bool) -> Uncertain:
    low, high = fact.range or given_range(fact.value, is_share=fact.unit == "share")
    stated = fact.range is not None
    return Uncertain(fact.path, fact.value, float(low), float(high), fact.unit, stated, fact.grade, is_whole)


def given_range(value: float, *, is_share: bool) -> tuple[float, float]:
    """The range of a number that states none: a share by 1 on the logit, anything else from half to double."""
    if not is_share:
        return value / FACTOR, value * FACTOR
    logit = math.log(value / (1 - value))
    low, high = (1 / (1 + math.exp(-(logit + step))) for step in (-LOGITS, LOGITS))
    return low, high


class Mix(NamedTuple):
    """Shares that add up to 1, by path; `rest` is the path of the one that gives way, None if every share is a number.

    The share of the rest stands among the others.
    """

    shares: Mapping[str, float]
    rest: str | None


def mixes(data: Data, facts: Iterable[Fact]) -> tuple[Mix, ...]:
    """The tables of shares in data as written whose shares add up to 1, as far as they hold numbers."""
    values = {fact.path: fact.value for fact in facts if fact.unit == "share"}
    tables: dict[str, list[str]] = {}
    for path in values:
        whole = _mix_of(path)
        if whole:
            tables.setdefault(whole, []).append(path)
    return tuple(_mix(data, whole, {path: values[path] for path in paths}) for whole, paths in tables.items())


def _mix(data: Data, whole: str, shares: Mapping[str, float]) -> Mix:
    rest = _rest_of(data, whole)
    left = max(0.0, 1 - math.fsum(shares.values()))
    return Mix({**shares, **({rest: left} if rest else {})}, rest)


def _mix_of(path: str) -> str:
    """The table of shares that a share belongs to; empty if it stands alone."""
    words = path.split(".")
    if words[0] == "groups" and words[2:] == ["share"]:
        return "groups"
    if words[0] == "groups" and words[2] in ("level_at_arrival", "number_of_needs"):
        return ".".join(words[:-1])
    if len(words) > 2 and (words[-2] == "next" or words[-3].startswith("next_by_")):
        return ".".join(words[:-1])
    return ""


def _rest_of(data: Data, whole: str) -> str | None:
    """The path at which `rest` stands in a table of shares."""
    table: Any = look_up(data, whole)
    if whole == "groups":
        return next((f"groups.{name}.share" for name, group in table.items() if group.get("share", REST) == REST), None)
    return next((f"{whole}.{name}" for name, share in table.items() if share == REST), None)
