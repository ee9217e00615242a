"""The answer in two or three plain sentences: what was found, whether it stands otherwise, what it rests on."""

from __future__ import annotations

from sim.reporting import brief_wording as wording
from sim.reporting import cautions, favour, sentences
from sim.reporting.amounts import listed
from sim.reporting.favour import Verdict
from sim.reporting.names import spoken
from sim.reporting.ranges_short import over_ranges
from sim.reporting.results import Results
from sim.reporting.sentences import Answer
from sim.reporting.variants import run_here
from sim.reporting.verdict_wording import OUT_OF_REACH
from sim.reporting.wording import BASIS, BASIS_SHORT


def answer(results: Results) -> Answer:
    """The question, and the answer as short as it can be told without saying what is not so.

    Until plausible ranges have been run, the first of the sentences says that the intervals are of simulation noise.
    """
    found = _several(results) or _one(results)
    found[0] = sentences.quick(results) + found[0]
    return Answer(results.manifest["question"], (*found, *stands(results), rests_on(results)))


def _one(results: Results) -> list[str]:
    """What was found, with every interval, and what these intervals are."""
    found = sentences.findings(results, _on_the_first_basis)
    if not cautions.nobody(results):
        found[0] = _with_intervals(results, wording.NOISE, finding=found[0].removesuffix("."))
    return found


def _several(results: Results) -> list[str]:
    """The verdict on each of several pathways; nothing where there is one to be told, or none."""
    basis, judged = results.bases[0], _judged(results)
    found = [(p, one.words) for p in judged for one in favour.verdicts(results, p) if one.basis == basis]
    if len(judged) < 2 or len(found) < len(judged):
        return []
    each = [wording.OF_ONE.format(pathway=spoken(pathway), said=words) for pathway, words in found]
    against = spoken(results.compared[0])
    names = {"basis": BASIS[basis], "against": against, "each": "; ".join(each)}
    return [_with_intervals(results, wording.SEVERAL_FOUND, **names)]


def _with_intervals(results: Results, template: str, **told: str) -> str:
    """A finding with what its intervals are, and what draws from the plausible ranges say once they have been run."""
    if results.ranges is None:
        return template.format(intervals=wording.NOT_RUN, **told)
    return f"{template.format(intervals='', **told)} {over_ranges(results.ranges, results.scenario)}"


def _judged(results: Results) -> list[str]:
    """The pathways on which there is any verdict."""
    others = [] if cautions.nobody(results) else results.compared[1:]
    return [pathway for pathway in others if favour.verdicts(results, pathway)]


def _on_the_first_basis(results: Results, pathway: str, against: str) -> list[str]:
    return sentences.by_basis(results, pathway, against)[:1]


def stands(results: Results) -> list[str]:
    """Whether the other bases and the file's variants favour the same; nothing where there is no verdict at all."""
    judged = _judged(results)
    if not judged:
        return []
    if len(judged) == 1:
        (pathway,) = judged
        return [wording.BOTH.format(bases=_bases(results, pathway), variants=_variants(results, pathway))]
    each = [wording.OF_ONE.format(pathway=spoken(p), said=favour.on_all_bases(results, p)) for p in judged]
    of_variants = [wording.OF_ONE_CHANGES.format(pathway=spoken(p), said=_variants(results, p)) for p in judged]
    told = "; ".join(of_variants) if run_here(results) else wording.NO_VARIANT
    return [wording.SEVERAL.format(each="; ".join(each), variants=told)]


def _bases(results: Results, pathway: str) -> str:
    """Whom the bases favour, and what each says in a few words."""
    missed = [one["pathway"] for one in results.manifest["equal_help"] if not one["is_in_reach"]]
    reach = OUT_OF_REACH.format(bases=BASIS_SHORT["equal_help"]) if pathway in missed else ""
    return _said(results, pathway) + reach


def _said(results: Results, pathway: str) -> str:
    found = favour.verdicts(results, pathway)
    favours = {one.favours for one in found}
    if len(favours) > 1:
        each = "; ".join(_in_words(results, pathway, one, wording.ON_A_BASIS) for one in found)
        return wording.LISTED_AFTER.format(said=wording.DEPENDS, each=each)
    told = wording.EVERY_BASIS if len(found) > 1 else wording.ONE_BASIS
    said = _in_words(results, pathway, found[0], told, BASIS)
    if favours == {"unsteady"}:
        return said
    words = [wording.WORDS_OF.format(basis=BASIS_SHORT[one.basis], words=one.words) for one in found]
    return wording.IN_WORDS.format(said=said, each="; ".join(words) if len(found) > 1 else found[0].words)


def _in_words(
    results: Results, pathway: str, one: Verdict, told: dict[str, str], bases: dict[str, str] = BASIS_SHORT
) -> str:
    names = {"pathway": spoken(pathway), "against": spoken(results.compared[0])}
    return told[one.favours].format(basis=bases[one.basis], words=one.words, **names)


def _variants(results: Results, pathway: str) -> str:
    """In which of the file's variants whom a basis favours changes, and in which it stays the same."""
    there = [name for name in run_here(results) if favour.verdicts_of_variant(results, pathway, name)]
    if not there:
        return wording.NO_VARIANT
    lost = [name for name in there if favour.lost_on(results, pathway, name)]
    changed = listed([wording.VARIANTS[name] for name in lost])
    same = listed([_named(results, pathway, name) for name in there if name not in lost])
    template = wording.CHANGES_AND_STAYS if changed and same else wording.CHANGES if changed else wording.STAYS
    is_one = len(favour.verdicts(results, pathway)) == 1
    return template.format(whom=wording.WHOM[is_one], changed=changed, same=same)


def _named(results: Results, pathway: str, variant: str) -> str:
    """A variant, with the bases that it does not reach: of these nobody knows whether they stay the same."""
    missing = favour.missed_by(results, pathway, variant)
    return wording.VARIANTS[variant] + (OUT_OF_REACH.format(bases=listed(missing)) if missing else "")


def rests_on(results: Results) -> str:
    """What lies behind the answer: numbers and how many are assumptions, replications, checks and whose they are."""
    alone = wording.ALONE if results.ranges is None else ""
    return sentences.rests_on(results, wording.RESTS_ON + alone, unchecked=_unchecked(results))


def _unchecked(results: Results) -> str:
    """Beside which pathways fewer published figures stand than beside the first."""
    first, *others = results.compared
    each = [
        wording.CHECKS_OF.format(pathway=spoken(one), checks=favour.checks_of(results, one) or "none")
        for one in others
        if favour.is_less_checked(results, one)
    ]
    of_first = favour.checks_of(results, first)
    return wording.UNCHECKED.format(each=listed(each), against=spoken(first), of_first=of_first) if each else ""
