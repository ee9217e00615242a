"""Whom the results favour on each basis, in a few words, and whether that survives the file's variants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sim.reporting import verdict_wording as wording
from sim.reporting.amounts import listed
from sim.reporting.differences import Difference, difference_of, differences
from sim.reporting.names import about, plain_name
from sim.reporting.results import Results
from sim.reporting.wording import BASIS_SHORT

Favour = Literal["pathway", "against", "trade_off", "neither", "unsteady"]
"""Whom a basis favours: of the headlines judged, those that clearly differ all point one way, or both ways, or none.

For the same time in need the answer is the money alone.
"""

WORD = {
    "sooner_or_less": "less",
    "later_or_more": "more",
    "no_difference_that_matters": "same",
    "no_clear_difference": "unclear",
    "perhaps_less": "perhaps_less",
    "perhaps_more": "perhaps_more",
}


@dataclass(frozen=True)
class Verdict:
    """What the headlines of a pathway, set against the first, say on one basis."""

    basis: str
    favours: Favour
    words: str


def verdicts(results: Results, pathway: str) -> list[Verdict]:
    """The verdict on a pathway on each basis, from the file's own numbers."""
    found = differences(results, against=results.compared[0])
    return _by_basis(results, [one for one in found if one.pathway == pathway])


def verdicts_of_variant(results: Results, pathway: str, variant: str) -> list[Verdict]:
    """The verdict on a pathway on each basis, in one of the file's variants; empty where that was not run."""
    table = results.variants
    rows = table[(table["variant"] == variant) & (table["pathway"] == pathway)]
    return _by_basis(results, [difference_of(row, results.scenario.price_year) for _, row in rows.iterrows()])


def _by_basis(results: Results, found: Sequence[Difference]) -> list[Verdict]:
    told = ((basis, [one for one in found if one.basis == basis]) for basis in results.bases)
    return [Verdict(basis, _favours(basis, of_basis), _words(basis, of_basis)) for basis, of_basis in told if of_basis]


def _favours(basis: str, found: Sequence[Difference]) -> Favour:
    if any(one.verdict == "unsteady" for one in found):
        return "unsteady"
    money = [one for one in found if one.measure == "public_cost"]
    found = money if basis == "equal_help" and money else found
    ways = {WORD[one.verdict] for one in found if one.verdict in WORD} & {"less", "more"}
    if len(ways) > 1:
        return "trade_off"
    return "neither" if not ways else "pathway" if ways == {"less"} else "against"


def _words(basis: str, found: Sequence[Difference]) -> str:
    if any(one.verdict == "unsteady" for one in found):
        return wording.UNSTEADY
    judged = {one.measure: WORD[one.reading] for one in found if one.reading in WORD}
    times = {name: word for name, word in judged.items() if name in wording.TIME_EACH}
    rest = [wording.OTHER[word].format(about=about(name)) for name, word in judged.items() if _is_other(name)]
    cost = wording.COST[judged["public_cost"]] if "public_cost" in judged else ""
    if basis == "equal_help":
        said = [" ".join(filter(None, (wording.SAME_NEED, cost))), *(_each(times))]
    else:
        money = wording.SAME_MONEY if basis == "equal_spend" else cost
        said = [" ".join(filter(None, (_time(times), money)))]
    return ", ".join(filter(None, (*said, *rest))) or wording.NO_VERDICT


def _is_other(measure: str) -> bool:
    return measure not in wording.TIME_EACH and measure != "public_cost"


def _time(times: dict[str, str]) -> str:
    """What the headlines of time say together; each by itself where they differ, or none is of help."""
    same = tuple(dict.fromkeys(times.values()))
    if same in wording.TIME and wording.HELP in times:
        return wording.TIME[same]
    return ", ".join(_each(times))


def _each(times: dict[str, str]) -> list[str]:
    return [wording.TIME_EACH[name][word] for name, word in times.items()]


def overall(results: Results, pathway: str) -> str:
    """Whom every basis favours, or that it depends on basis; with what is unchecked."""
    if not verdicts(results, pathway):
        return wording.NO_VERDICT
    missing = [f"{plain_name(pathway)} {_how_checked(results, pathway)}"] if is_less_checked(results, pathway) else []
    return ", ".join([on_all_bases(results, pathway), *missing])


def on_all_bases(results: Results, pathway: str) -> str:
    """Whom every basis favours, or that it depends on basis."""
    found = {one.favours for one in verdicts(results, pathway)}
    if len(found) != 1:
        return wording.DEPENDS if found else wording.NO_VERDICT
    (favours,) = found
    every = wording.ON_NO_BASIS if favours in ("neither", "unsteady") else wording.ON_EVERY_BASIS
    return every.format(favours=favours_in_words(results, pathway, favours))


def favours_in_words(results: Results, pathway: str, favours: Favour) -> str:
    """Whom a basis favours, by name."""
    names = {"pathway": plain_name(pathway), "against": plain_name(results.compared[0])}
    return wording.FAVOURS[favours].format(**names)


def _how_checked(results: Results, pathway: str) -> str:
    """Of a pathway with fewer checks than the first: less checked, or not at all."""
    return wording.LESS_CHECKED if checks_of(results, pathway) else wording.UNCHECKED


def is_less_checked(results: Results, pathway: str) -> bool:
    """Whether fewer published figures stand beside a pathway than beside the first."""
    return checks_of(results, pathway) < checks_of(results, results.compared[0])


def checks_of(results: Results, pathway: str) -> int:
    """How many published figures stand beside a pathway."""
    return int((results.checks["pathway"] == pathway).sum())


def less_checked_sentences(results: Results) -> list[str]:
    """That fewer figures stand beside a pathway than beside the first, for each of which that is so."""
    first = results.compared[0]
    return [
        wording.UNCHECKED_SENTENCE.format(
            pathway=f"‘{plain_name(one)}’",
            against=f"‘{plain_name(first)}’",
            checks=checks_of(results, one) or "none",
            of_first=checks_of(results, first),
            word=_how_checked(results, one),
        )
        for one in results.compared[1:]
        if is_less_checked(results, one)
    ]


def lost_on(results: Results, pathway: str, variant: str) -> list[tuple[Verdict, Verdict]]:
    """The bases on which a variant favours someone else than the file's own numbers do: (then, now)."""
    now = {one.basis: one for one in verdicts_of_variant(results, pathway, variant)}
    then = [one for one in verdicts(results, pathway) if one.basis in now]
    return [(one, now[one.basis]) for one in then if one.favours != now[one.basis].favours]


def survives(results: Results, pathway: str, variant: str) -> str:
    """Whether a variant favours the same as the file's own numbers on every basis: yes, or on which not."""
    if not verdicts_of_variant(results, pathway, variant):
        return wording.SURVIVES["not_run"]
    if all(one.favours in ("neither", "unsteady") for one in verdicts(results, pathway)):
        return wording.SURVIVES["nothing"]
    lost = lost_on(results, pathway, variant)
    said = wording.SURVIVES["yes"]
    if lost:
        said = wording.SURVIVES_NOT.format(bases=listed([BASIS_SHORT[then.basis] for then, _ in lost]))
    missing = missed_by(results, pathway, variant)
    return said + (wording.OUT_OF_REACH.format(bases=listed(missing)) if missing else "")


def missed_by(results: Results, pathway: str, variant: str) -> list[str]:
    """The bases, in words, that the file's own numbers reach and a variant does not."""
    reached = {one.basis for one in verdicts_of_variant(results, pathway, variant)}
    return [BASIS_SHORT[one.basis] for one in verdicts(results, pathway) if one.basis not in reached]
