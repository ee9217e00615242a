"""The section of the report on what may be said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sim.reporting import quote_wording as said
from sim.reporting.amounts import counted, listed
from sim.reporting.page import Section
from sim.reporting.quote_strength import STRENGTHS
from sim.reporting.quotes import Quote, quotes
from sim.reporting.results import Results
from sim.scenario.vocabulary import NO_SERVICE


def may_be_said(results: Results) -> Section:
    """Every quote with its code, the strongest first; what all of them must say stands once."""
    found = quotes(results)
    if not found:
        return Section("quotes", said.HEADING, (said.NO_QUOTES,), template="quotes.html.j2", more={"groups": []})
    common = shared(found)
    more: dict[str, Any] = {
        "common": said.COMMON.format(why="; ".join(common)) if common else "",
        "check_it": said.CHECK_IT,
        "command": said.COMMAND.format(code=found[0].code),
        "groups": [_group(results, strength, found, common) for strength in STRENGTHS],
    }
    return Section("quotes", said.HEADING, (_counted(found), said.RULE), template="quotes.html.j2", more=more)


def shared(found: Sequence[Quote]) -> tuple[str, ...]:
    """The reasons that every quote has in common."""
    return tuple(why for why in found[0].why if all(why in one.why for one in found))


def _counted(found: Sequence[Quote]) -> str:
    count = {strength: sum(one.strength == strength for one in found) for strength in STRENGTHS}
    told = [said.COUNT[name].format(number=number) for name, number in count.items() if number]
    return said.TOLD.format(sentences=counted(len(found), "sentence"), counts=listed(told))


def _group(results: Results, strength: Any, found: Sequence[Quote], common: tuple[str, ...]) -> dict[str, Any]:
    """The quotes of one strength: those on the first basis in sight, the others folded."""
    of = [one for one in found if one.strength == strength]
    first = [one for one in of if is_main(results, one)]
    shown = {
        True: [_shown(one, common) for one in first],
        False: [_shown(one, common) for one in of if one not in first],
    }
    heading = said.STRENGTH[strength]
    return {
        "id": strength.replace("_", "-"), "heading": heading[0].upper() + heading[1:], "shown": shown[True],
        "folded": shown[False], "means": said.STRENGTH_MEANS[strength],
        "more": said.FOLDED.format(sentences=counted(len(shown[False]), "sentence")),
    }  # fmt: skip


def is_main(results: Results, one: Quote) -> bool:
    """Whether a quote is of everyone, on the first basis, and against the first pathway where there are several."""
    against_first = one.against != NO_SERVICE or len(results.compared) == 1
    return one.by == "all" and one.basis == results.bases[0] and against_first


def _shown(one: Quote, common: tuple[str, ...]) -> dict[str, str]:
    own = [why for why in one.why if why not in common]
    return {"sentence": one.sentence, "code": one.code, "why": said.ALSO.format(why="; ".join(own)) if own else ""}
