"""The answer in plain sentences, filled from a results folder whichever way it comes out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from sim.reporting import cautions, wording
from sim.reporting.amounts import bare, counted, listed, with_unit
from sim.reporting.differences import Difference, clause, difference_of, differences, verdict
from sim.reporting.favour import less_checked_sentences
from sim.reporting.names import about, plain_name, spoken
from sim.reporting.ranges_short import in_short
from sim.reporting.results import Results
from sim.scenario.vocabulary import NO_SERVICE, SCALED_BASES

NO_VERDICT = ("unsteady", "not_judged", "")

Said = Callable[[Results, str, str], list[str]]
"""Sentences on a pathway set against another (or against no service)."""


@dataclass(frozen=True)
class Answer:
    """The question, and what the results say to it, sentence by sentence; the first says what the intervals are."""

    question: str
    sentences: tuple[str, ...]


def answer(results: Results) -> Answer:
    """What the results say to the scenario's question: the caveat, the findings by basis, what they rest on."""
    unchecked = [] if cautions.nobody(results) else less_checked_sentences(results)
    told = (caveat(results), *findings(results, _in_full), *unchecked, rests_on(results))
    return Answer(results.manifest["question"], told)


def findings(results: Results, said: Said) -> list[str]:
    """What was found, `said` telling it of each pathway against what it is set against."""
    plain = _plain_network(results) if not results.scenario.has_levels else []
    return plain + ([wording.NOBODY] if cautions.nobody(results) else _findings(results, said))


def caveat(results: Results) -> str:
    """The first sentence: what the intervals are, and whether the run may be compared at all."""
    ranges = results.ranges
    return quick(results) + (wording.NOISE_ONLY if ranges is None else in_short(ranges, results.scenario))


def quick(results: Results) -> str:
    """That a quick run is not to be compared; of any other run nothing."""
    return wording.QUICK.format(replications=cautions.replications(results)) if results.quick else ""


def years(results: Results) -> str:
    """How long citizens were followed, in words."""
    followed = results.years_followed
    if followed < 1:
        return counted(float(results.manifest["weeks"]["follow_up"]), "week")
    return counted(round(followed, 1), "year")


def verdicts_by_basis(results: Results, pathway: str, against: str) -> list[str]:
    """For each headline judged on more than one basis: the same everywhere, or depends on basis."""
    found = [d for d in differences(results, against=against) if d.pathway == pathway and d.verdict not in NO_VERDICT]
    agreed: list[str] = []
    said: list[str] = []
    for measure in results.headlines:
        of_measure = [d for d in found if d.measure == measure]
        if len({d.reading for d in of_measure}) > 1:
            said.append(wording.DEPENDS_ON_BASIS.format(about=about(measure), verdicts=_basis_by_basis(of_measure)))
        elif len({d.basis for d in of_measure}) > 1:
            agreed.append(about(measure))
    return said + ([wording.SAME_ON_BASES.format(about=listed(agreed))] if agreed else [])


def counted_strictly(results: Results, pathway: str, against: str) -> list[str]:
    """Whether the verdict on the time before right help stands where a chat is no help; nothing without a verdict."""
    found = [d for d in differences(results, against=against) if d.pathway == pathway and d.strict]
    everywhere = len({d.strict for d in found}) == 1 and {d.basis for d in found} == set(results.bases)
    told = [_stands(d, "" if everywhere else f" {wording.BASIS_SHORT[d.basis]}") for d in found]
    said = "; ".join(dict.fromkeys(told))
    return [wording.STRICTLY.format(about=found[0].about, said=said)] if found else []


def _stands(difference: Difference, basis: str) -> str:
    less, more = difference.words
    stands, _, other = difference.strict.partition(": ")
    return wording.STANDS[stands].format(basis=basis, verdict=wording.VERDICTS[other].format(less=less, more=more))


def rests_on(results: Results, template: str = wording.RESTS_ON, **more: str) -> str:
    """How much lies behind the answer: replications, citizens, numbers, assumptions, checks."""
    facts, replications = results.scenario.facts, cautions.replications(results)
    if cautions.nobody(results):
        nobody = wording.NOBODY_HERE if results.scenario.has_levels else wording.NOBODY_HERE_PLAIN
        return nobody.format(replications=replications, checks=checks(results))
    assumed = sum(fact.grade == "D" for fact in facts)
    return template.format(
        replications=replications,
        cohort=counted(round(float(results.manifest["cohort_mean"])), "citizen"),
        years=years(results),
        numbers=counted(len(facts), "number"),
        assumed=wording.ASSUMED_ONE if assumed == 1 else wording.ASSUMED.format(assumed=assumed),
        checks=checks(results),
        **more,
    )


def checks(results: Results) -> str:
    """How many checks against published figures passed, or failed."""
    number, failed = len(results.checks), int((~results.checks["passed"].astype(bool)).sum())
    if not number:
        return wording.CHECKS_NONE
    if cautions.withheld(results):
        return wording.CHECKS_NOT_JUDGED_QUICK if results.quick else wording.CHECKS_NOT_JUDGED
    if number == 1 and not failed:
        return wording.CHECK_PASSED
    template = wording.CHECKS_FAILED if failed else wording.CHECKS_PASSED
    return template.format(failed=failed, of=counted(number, "check"))


def _findings(results: Results, said: Said) -> list[str]:
    first, *others = results.compared
    if others:
        found = [sentence for pathway in others for sentence in said(results, pathway, first)]
        return found or ([] if results.headlines else [wording.NO_HEADLINES])
    if NO_SERVICE not in results.pathways:
        return [wording.ONE_PATHWAY_ALONE]
    return [wording.ONE_PATHWAY, *said(results, first, NO_SERVICE)]


def _in_full(results: Results, pathway: str, against: str) -> list[str]:
    """Every basis, where they differ, and whether the verdict stands where a chat is no help."""
    return [
        *by_basis(results, pathway, against),
        *verdicts_by_basis(results, pathway, against),
        *counted_strictly(results, pathway, against),
    ]


def by_basis(results: Results, pathway: str, against: str) -> list[str]:
    """What the headlines say on each basis; where there is no basis to say it on, why."""
    found = [basis_sentence(results, basis, pathway, against) for basis in results.bases]
    return list(filter(None, found)) or _left_out(results, pathway, against)


def _left_out(results: Results, pathway: str, against: str) -> list[str]:
    """That a pathway could not be brought to the first one's time in need, and so is not compared at all."""
    out = [one["pathway"] for one in results.manifest["equal_help"] if not one["is_in_reach"]]
    if pathway not in out or len(results.bases) > 1:
        return []
    return [wording.LEFT_OUT.format(pathway=spoken(pathway), against=spoken(against))]


def basis_sentence(results: Results, basis: str, pathway: str, against: str) -> str:
    """What the headlines say on one basis of one pathway set against another; empty where there are none."""
    found = [d for d in differences(results, against=against) if d.pathway == pathway and d.basis == basis]
    clauses = _clauses(results, basis, found)
    if not found or not clauses:
        return ""
    unsteady = any(d.verdict == "unsteady" for d in found)
    return (wording.LEAD_UNSTEADY if unsteady else wording.LEAD).format(
        basis=wording.BASIS[basis],
        why=cautions.why_unsteady(results, basis, {pathway, against}),
        years=years(results),
        pathway=_sized(results, basis, pathway),
        against=spoken(against),
        clauses="; ".join(clauses),
    )


def _sized(results: Results, basis: str, pathway: str) -> str:
    """A pathway's name; where it is as large as the same time in need takes, with the factor on its posts."""
    factor = results.manifest["basis_factors"].get(basis, {}).get(pathway)
    if basis != "equal_help" or factor is None:
        return spoken(pathway)
    return wording.TIMES_THE_POSTS.format(pathway=spoken(pathway), factor=f"{factor:.2f}")


def _clauses(results: Results, basis: str, found: list[Difference]) -> list[str]:
    """What each headline says that the basis did not make equal, then what it did; for equal help the money leads."""
    told = [d for d in found if not _is_set_equal(d)]
    money = [d for d in told if d.unit.startswith("GBP")]
    if basis == "equal_help" and found:
        rest = [d for d in told if d not in money]
        cost = [] if money else _apart(results, found[0], "public_cost")
        return [*map(clause, money), *cost, *map(clause, rest), wording.NEED_IS_EQUAL]
    if basis == "equal_spend" and found and results.scenario.has_money:
        return [*map(clause, told), "; ".join([wording.SPEND_IS_EQUAL, *_apart(results, found[0], "crisis_cost")])]
    return [clause(d) for d in told]


def _is_set_equal(difference: Difference) -> bool:
    """What a basis makes equal has no verdict."""
    return difference.basis in SCALED_BASES and difference.verdict == "not_judged"


def _apart(results: Results, one: Difference, measure: str) -> list[str]:
    """What is said of a cost that is no headline, beside what was made equal; empty where there is none."""
    row = results.difference(one.basis, one.pathway, one.against, measure)
    if row is None or measure in results.headlines:
        return []
    return [wording.SHOWN_APART.format(clause=clause(difference_of(row, results.scenario.price_year)))]


def _basis_by_basis(found: list[Difference]) -> str:
    return "; ".join(f"{wording.BASIS_SHORT[d.basis]}, {verdict(d)}" for d in found)


def _plain_network(results: Results) -> list[str]:
    said = [wording.PLAIN_NETWORK]
    for pathway in results.compared:
        table = results.summary
        rows = table[(table["measure"] == "wait_days") & (table["by"] == "all") & (table["pathway"] == pathway)]
        rows = rows[rows["mean"].notna()]
        if len(rows):
            said.append(_longest_wait(rows.sort_values("mean").iloc[-1]))
    return said


def _longest_wait(row: pd.Series) -> str:
    if row["mean"] == 0:
        return wording.NO_WAIT.format(pathway=spoken(row["pathway"]))
    unit, half_width = str(row["unit"]), (row["high"] - row["low"]) / 2
    mean, low, high = (bare(float(row[name]), unit, half_width=half_width) for name in ("mean", "low", "high"))
    said = {"wait": with_unit(mean, unit), "low": low, "high": with_unit(high, unit)}
    return wording.LONGEST_WAIT.format(pathway=spoken(row["pathway"]), part=plain_name(row["part"]), **said)
