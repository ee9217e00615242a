"""Who gains and who loses: differences of subgroups from the first pathway, and what they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from sim.reporting import gains_wording as said
from sim.reporting.amounts import listed, size
from sim.reporting.differences import Difference, difference_of, span
from sim.reporting.names import spoken
from sim.reporting.results import Results
from sim.reporting.tables import group_name

MOST_NAMED = 4
"""So many kinds of citizen are named in a sentence; more are counted."""


@dataclass(frozen=True)
class Gain:
    """One kind of citizen: the difference in a headline from the first pathway. Less is better, as for verdicts."""

    by: str
    group: str
    name: str
    found: Difference

    @property
    def is_less(self) -> bool:
        """Whether it is clearly less: all of its interval below what is too small to matter."""
        return self.found.high < -self.found.matters

    @property
    def is_more(self) -> bool:
        """Whether it is clearly more."""
        return self.found.low > self.found.matters

    @property
    def whom(self) -> str:
        """Who it is, inside a sentence."""
        return said.WHOM[self.by].format(name=self.name, needs="need" if self.group == "one" else "needs")


def gains(results: Results, basis: str, pathway: str, measure: str) -> list[Gain]:
    """The differences of every kind of citizen, kind by kind, in each the largest fall first."""
    table = results.comparison
    table = table[(table["basis"] == basis) & (table["pathway"] == pathway) & (table["measure"] == measure)]
    table = table[
        (table["against"] == results.compared[0]) & table["by"].isin(list(said.KINDS)) & table["mean"].notna()
    ]
    matters = float(results.scenario.run.matters.get(measure) or 0.0)
    found = [
        Gain(row["by"], row["group"], group_name(results, row["by"], row["group"]),
             difference_of(pd.Series({**row.to_dict(), "matters": matters}), results.scenario.price_year))
        for _, row in table.iterrows()
    ]  # fmt: skip
    kinds = list(said.KINDS)
    return sorted(found, key=lambda gain: (kinds.index(gain.by), gain.found.mean))


def is_same(found: Sequence[Gain]) -> bool:
    """Whether a headline is the same for every kind of citizen, to the last bit: there is then nothing to draw."""
    return all(gain.found.low == gain.found.mean == gain.found.high == 0 for gain in found)


def of_measure(found: Sequence[Gain]) -> str:
    """For how many kinds of citizen a headline is clearly less, for how many clearly more, and for whom most."""
    first = found[0].found
    if is_same(found):
        return _capital(said.SAME.format(about=first.about))
    less, more = first.words
    fewer, longer = [gain for gain in found if gain.is_less], [gain for gain in found if gain.is_more]
    none = said.CLEAR_NONE.format(about=first.about, less=less, of=len(found))
    lead = _clear(said.CLEAR, fewer, len(found)) or none
    then = _clear(said.MORE, longer, len(found)) or said.MORE_NONE.format(more=more)
    return _capital(said.OF_MEASURE.format(first=lead, then=then))


def _clear(template: str, clear: Sequence[Gain], of: int) -> str:
    """For how many kinds it is clearly so, and for whom most; nothing where it is for none."""
    if not clear:
        return ""
    furthest = max(clear, key=lambda gain: abs(gain.found.mean))
    found = furthest.found
    less, more = found.words
    template_of = said.COUNT_ONE if len(clear) == 1 else said.COUNT_ALL if len(clear) == of else said.COUNT
    count = template_of.format(count=len(clear), of=of)
    shown = size(found.mean, found.unit, half_width=found.half_width)
    said_span = span(found, says_way=False)
    named = {"about": found.about, "less": less, "more": more, "whom": furthest.whom}
    return template.format(count=count, size=shown, span=said_span, **named)


def losses(pathway: str, against: str, by_measure: Sequence[Sequence[Gain]]) -> str:
    """Who clearly loses with a pathway, in any headline that is no money; or that nobody does."""
    felt = [found for found in by_measure if found and not found[0].found.unit.startswith("GBP")]
    if not felt:
        return said.MONEY_ALONE
    named = {"pathway": spoken(pathway), "against": spoken(against)}
    told = [_loses(found) for found in felt if any(gain.is_more for gain in found)]
    if told:
        return said.LOSS.format(losses=listed(told), **named)
    abouts = listed([found[0].found.about for found in felt], "or")
    more = listed(list(dict.fromkeys(found[0].found.words[1] for found in felt)), "or")
    return said.NO_LOSS.format(abouts=abouts, more=more, **named)


def _loses(found: Sequence[Gain]) -> str:
    first, losing = found[0].found, [gain for gain in found if gain.is_more]
    those = listed([gain.whom for gain in losing])
    if len(losing) > MOST_NAMED:
        those = said.MANY.format(count=len(losing), of=len(found))
    return said.LOSES.format(about=first.about, more=first.words[1], those=those)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
