"""The answer in plain sentences, filled from a results folder whichever way it comes out."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from sim.reporting import cautions, wording
from sim.reporting.amounts import bare, counted, listed, size, stated, with_unit
from sim.reporting.results import Results
from sim.scenario.vocabulary import NO_SERVICE

NO_VERDICT = ("unsteady", "not_judged", "")


@dataclass(frozen=True)
class Answer:
    """The question, and what the results say to it, sentence by sentence; the first says what the intervals are."""

    question: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """A measure of one pathway less that of another, with its interval and verdict."""

    basis: str
    pathway: str
    against: str
    measure: str
    part: str
    unit: str
    mean: float
    low: float
    high: float
    matters: float
    verdict: str
    strict: str
    price_year: str = ""

    @property
    def half_width(self) -> float:
        """Half the width of the interval [the measure's unit]."""
        return (self.high - self.low) / 2

    @property
    def words(self) -> tuple[str, str]:
        """The words for less and for more of this measure."""
        return wording.LESS_MORE.get(self.unit, wording.LOWER_HIGHER)

    @property
    def about(self) -> str:
        """What the measure is called inside a sentence."""
        return about(self.measure, self.part)


def answer(results: Results) -> Answer:
    """What the results say to the scenario's question: the caveat, the findings by basis, what they rest on."""
    findings = _plain_network(results) if not results.scenario.has_levels else []
    findings += [wording.NOBODY] if cautions.nobody(results) else _findings(results)
    return Answer(results.manifest["question"], (caveat(results), *findings, rests_on(results)))


def caveat(results: Results) -> str:
    """The first sentence: what the intervals are, and whether the run may be compared at all."""
    quick = wording.QUICK.format(replications=cautions.replications(results)) if results.quick else ""
    return quick + wording.NOISE_ONLY


def spoken(name: str) -> str:
    """A name of the scenario inside a sentence."""
    return "no service" if name == NO_SERVICE else f"‘{plain_name(name)}’"


def plain_name(name: str) -> str:
    """A name of the scenario as words."""
    return name.replace("_", " ")


def about(measure: str, part: str = "") -> str:
    """What a measure, of a stage or team where one is named, is called inside a sentence."""
    said = wording.ABOUT.get(measure, plain_name(measure))
    return f"{said} at {plain_name(part)}" if part else said


def years(results: Results) -> str:
    """How long citizens were followed, in words."""
    followed = results.years_followed
    if followed < 1:
        return counted(float(results.manifest["weeks"]["follow_up"]), "week")
    return counted(round(followed, 1), "year")


def differences(results: Results, *, against: str | None = None, headlines_only: bool = True) -> list[Difference]:
    """Differences for all citizens, in the file's order; headlines alone unless asked otherwise."""
    table = results.comparison[results.comparison["by"] == "all"]
    if headlines_only:
        table = table[table["measure"].isin(results.headlines)]
    if against is not None:
        table = table[table["against"] == against]
    table = table[(table["part"] == "") & table["mean"].notna()]
    return [_difference(row, results.scenario.price_year) for _, row in table.iterrows()]


def _difference(row: pd.Series, price_year: str) -> Difference:
    texts = {
        name: str(row[name]) for name in ("basis", "pathway", "against", "measure", "part", "unit", "verdict", "strict")
    }
    numbers = {name: float(row[name]) for name in ("mean", "low", "high", "matters")}
    money = price_year if texts["unit"].startswith("GBP") else ""
    return Difference(**texts, **numbers, price_year=money)  # type: ignore[arg-type]


def clause(difference: Difference) -> str:
    """What a difference and its verdict say, as a clause: direction, size, interval."""
    if difference.mean == difference.low == difference.high == 0:
        return wording.CLAUSE_SAME.format(about=difference.about)
    less, more = difference.words
    template = wording.CLAUSES[difference.verdict or "not_judged"]
    return template.format(
        about=difference.about,
        size=size(difference.mean, difference.unit, half_width=difference.half_width),
        less=less,
        more=more,
        word=less if difference.mean < 0 else more,
        span=span(difference, says_way="{size}" not in template),
        matters=stated(difference.matters, difference.unit, difference=True),
    )


def span(difference: Difference, *, says_way: bool = True) -> str:
    """The interval of a difference in words, e.g. `35 to 47 days shorter`, with the price year of money.

    Where the sentence has said which way already, an interval on one side of 0 does not say it again.
    """
    low, high = difference.low, difference.high
    if not (low <= high):
        return wording.SPAN_NONE
    less, more = difference.words
    if low < 0 < high:
        lowest, highest = _end(difference, low, alone=True), _end(difference, high, alone=True)
        said = wording.SPAN_BOTH_SIDES.format(low=lowest, less=less, high=highest, more=more)
    else:
        near, far, word = (high, low, less) if high <= 0 else (low, high, more)
        template = wording.SPAN_ONE_SIDE_IN_WORDS if says_way else wording.SPAN_ONE_SIDE
        said = template.format(
            near=_end(difference, near, alone=False), far=_end(difference, far, alone=True), word=word
        )
    return wording.IN_PRICES.format(span=said, price_year=difference.price_year) if difference.price_year else said


def _end(difference: Difference, value: float, *, alone: bool) -> str:
    """An end of an interval; the unit stands with it unless it follows at the other end (`35 to 47 days`)."""
    number = bare(abs(value), difference.unit, half_width=difference.half_width)
    return with_unit(number, difference.unit) if alone or difference.unit.startswith("GBP") else number


def verdict(difference: Difference) -> str:
    """The verdict in a word or two."""
    less, more = difference.words
    return wording.VERDICTS[difference.verdict].format(less=less, more=more)


def verdicts_by_basis(results: Results, pathway: str, against: str) -> list[str]:
    """For each headline judged on more than one basis: the same everywhere, or depends on basis."""
    found = [d for d in differences(results, against=against) if d.pathway == pathway and d.verdict not in NO_VERDICT]
    agreed: list[str] = []
    said: list[str] = []
    for measure in results.headlines:
        of_measure = [d for d in found if d.measure == measure]
        if len({d.verdict for d in of_measure}) > 1:
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


def rests_on(results: Results) -> str:
    """How much lies behind the answer: replications, citizens, numbers, assumptions, checks."""
    facts, replications = results.scenario.facts, cautions.replications(results)
    if cautions.nobody(results):
        template = wording.NOBODY_HERE if results.scenario.has_levels else wording.NOBODY_HERE_PLAIN
        return template.format(replications=replications, checks=checks(results))
    assumed = sum(fact.grade == "D" for fact in facts)
    return wording.RESTS_ON.format(
        replications=replications,
        cohort=counted(round(float(results.manifest["cohort_mean"])), "citizen"),
        years=years(results),
        numbers=counted(len(facts), "number"),
        assumed=wording.ASSUMED_ONE if assumed == 1 else wording.ASSUMED.format(assumed=assumed),
        checks=checks(results),
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


def _findings(results: Results) -> list[str]:
    first, *others = results.compared
    if others:
        return _against(results, others, first) or [wording.NO_HEADLINES]
    if NO_SERVICE not in results.pathways:
        return [wording.ONE_PATHWAY_ALONE]
    return [wording.ONE_PATHWAY, *_against(results, [first], NO_SERVICE)]


def _against(results: Results, pathways: list[str], against: str) -> list[str]:
    said = []
    for pathway in pathways:
        found = [basis_sentence(results, basis, pathway, against) for basis in results.bases]
        said += [sentence for sentence in found if sentence] + verdicts_by_basis(results, pathway, against)
        said += counted_strictly(results, pathway, against)
    return said


def basis_sentence(results: Results, basis: str, pathway: str, against: str) -> str:
    """What the headlines say on one basis of one pathway set against another; empty where there are none."""
    found = [d for d in differences(results, against=against) if d.pathway == pathway and d.basis == basis]
    clauses = [clause(d) for d in found if not _is_set_equal(d)]
    if basis == "equal_spend" and results.scenario.has_money:
        clauses.append(_spend_is_equal(results, pathway, against))
    if not found or not clauses:
        return ""
    unsteady = any(d.verdict == "unsteady" for d in found)
    return (wording.LEAD_UNSTEADY if unsteady else wording.LEAD).format(
        basis=wording.BASIS[basis],
        why=cautions.why_unsteady(results, basis, {pathway, against}),
        years=years(results),
        pathway=spoken(pathway),
        against=spoken(against),
        clauses="; ".join(clauses),
    )


def _is_set_equal(difference: Difference) -> bool:
    """Service cost is what equal spend makes equal: it has no verdict, and crisis is told apart."""
    return difference.basis == "equal_spend" and difference.verdict == "not_judged"


def _spend_is_equal(results: Results, pathway: str, against: str) -> str:
    row = results.difference("equal_spend", pathway, against, "crisis_cost")
    if row is None or "crisis_cost" in results.headlines:
        return wording.SPEND_IS_EQUAL_ALONE
    return wording.SPEND_IS_EQUAL.format(crisis=clause(_difference(row, results.scenario.price_year)))


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
