"""Sections of the report: one function each, from results to what its template needs."""

from __future__ import annotations

from sim.reporting import (
    captions,
    cautions,
    demand,
    elements_shown,
    figures,
    hanging,
    hundred,
    provenance,
    ranges_section,
    tables,
    turning,
    variants,
    verdict_wording,
    wording,
)
from sim.reporting.amounts import bare, listed, printed_unit
from sim.reporting.answer_section import answer
from sim.reporting.differences import Difference, verdict
from sim.reporting.differences import differences as headline_differences
from sim.reporting.drawn import drawn
from sim.reporting.evidence_sections import checks, definitions, how_run, ledger, numbers
from sim.reporting.gains_section import who_gains
from sim.reporting.helped_section import helped
from sim.reporting.journeys_section import journeys
from sim.reporting.lanes_section import one_citizen
from sim.reporting.measures_section import measures
from sim.reporting.money_section import money
from sim.reporting.names import plain_name
from sim.reporting.page import Chart, Part, Section, chart
from sim.reporting.queues_section import queues
from sim.reporting.quotes_section import may_be_said
from sim.reporting.results import Results
from sim.reporting.tables import Cell, Table
from sim.scenario.vocabulary import NO_SERVICE


def notices(results: Results) -> Section | None:
    """What a reader must know before relying on the answer."""
    texts = cautions.notices(results)
    return Section("notices", "Notices", more={"notices": texts}, template="notices.html.j2") if texts else None


def how_firm(results: Results) -> Section | None:
    """What the sections that follow ask of the answer."""
    asked = [words for name, words in wording.ASKED.items() if _is_asked(results, name)]
    return Section("firm", "How firm the answer is", (wording.FIRM.format(asked=listed(asked)),)) if asked else None


def _is_asked(results: Results, name: str) -> bool:
    if cautions.nobody(results) or not results.headlines:
        return False
    others = bool(results.compared[1:])
    return {
        "differences": others or NO_SERVICE in results.pathways,
        "demand": bool(demand.measures(results)),
        "variants": others and bool(variants.run_here(results)),
    }[name]


def headlines(results: Results) -> Section | None:
    """The headlines of each pathway, and what is owed at the end beside the cost."""
    if cautions.nobody(results):
        return None
    filled = tuple(table for basis in results.bases if (table := tables.headlines(results, basis)))
    owed = [(basis, said) for basis in results.bases if (said := captions.owed(results, basis))]
    told = tuple(f"{wording.BASIS[basis]}: {said[0].lower()}{said[1:]}" for basis, said in owed)
    return Section("headlines", "The headlines", told, tables=filled) if filled else None


def differences(results: Results) -> Section | None:
    """The headlines as differences from the first pathway."""
    return _differences(results, results.compared[0], "differences", "The headline differences")


def from_nobody(results: Results) -> Section | None:
    """The headlines as differences from no service: recovery is not credited to anyone."""
    return _differences(results, NO_SERVICE, "no-service", "Compared with no service")


def _differences(results: Results, against: str, name: str, heading: str) -> Section | None:
    found = [d for d in headline_differences(results, against=against) if (d.basis, d.pathway) in results.arms]
    by_measure = [[d for d in found if d.measure == measure] for measure in results.headlines]
    charts = tuple(_difference_chart(results, of_measure) for of_measure in by_measure if of_measure)
    why = cautions.not_judged((d.basis, d.verdict) for d in found)
    said = tuple(filter(None, (cautions.adjusted(results, against), *why)))
    return Section(name, heading, said, charts, charts_class="charts narrow") if charts else None


def _difference_chart(results: Results, found: list[Difference]) -> Chart:
    first = found[0]
    unit = printed_unit(first.unit, difference=True)
    against = "no service" if first.against == NO_SERVICE else plain_name(first.against)
    title = f"{plain_name(first.measure).capitalize()}, compared with {against} [{unit}]"
    table = Table(title, ("Pathway", "Basis", "Mean", "Low", "High", "Verdict"), tuple(map(_difference_row, found)))
    told = [d for d in found if d.against != NO_SERVICE or d.basis == results.bases[0]]
    said = " ".join(captions.difference(d) for d in told)
    under = provenance.of_differences(results, first.against)
    return chart(f"{first.measure}-{first.against}", title, figures.differences(results, found), said, table, under)


def _difference_row(found: Difference) -> tuple[Cell, ...]:
    numbers = (
        bare(value, found.unit, half_width=found.half_width, signed=True)
        for value in (found.mean, found.low, found.high)
    )
    where = (Cell(plain_name(found.pathway)), Cell(wording.BASIS_SHORT[found.basis]))
    return (*where, *(Cell(number, is_number=True) for number in numbers), Cell(verdict(found) or "–"))


def by_demand(results: Results) -> Section | None:
    """The headlines at fewer and at more arrivals, and whether the verdicts hold."""
    charts, said = tuple(_demand_chart(results, name) for name in demand.measures(results)), demand.holds(results)
    return Section("demand", "Fewer people, and more", tuple(said), charts, (), "charts narrow") if charts else None


def by_variant(results: Results) -> Section | None:
    """What the file's variants make of the verdict."""
    table = variants.table(results)
    heading = verdict_wording.VARIANTS_HEADING
    return Section("variants", heading, tuple(variants.said(results)), tables=(table,)) if table else None


def _demand_chart(results: Results, measure: str) -> Chart:
    title = f"{plain_name(measure).capitalize()} by arrivals"
    figure, table = figures.by_demand(results, measure), demand.table(results, measure)
    under = f"{provenance.basis(demand.BASIS)} {demand.over(results)}"
    return chart(f"demand-{measure}", title, figure, demand.caption(results, measure), table, under)


ASKED_APART = (ranges_section.section, hanging.section, turning.section, elements_shown.section)
"""Sections of what `ranges` and `elements` find, where they have been run."""

ORDER: tuple[Part, ...] = (
    Part("Answer", (answer, notices)),
    Part("Of 100", (hundred.section,)),
    Part("By day", (helped,)),
    Part("Money", (money, ledger)),
    Part("Pathways", (drawn,)),
    Part("The year", (journeys,)),
    Part("One citizen", (one_citizen,)),
    Part("Who gains", (who_gains,)),
    Part("Queues", (queues,)),
    Part("How firm", (how_firm, headlines, differences, from_nobody, by_demand, by_variant, *ASKED_APART)),
    Part("May be said", (may_be_said,)),
    Part("Measures", (measures, definitions)),
    Part("Numbers", (numbers, checks)),
    Part("How run", (how_run,)),
)
"""The parts of the page as they stand on it, each with its name in the navigation and its sections."""


def parts_of(results: Results) -> list[tuple[str, list[Section]]]:
    """The parts of the page there is anything to say in: each one's name, and its sections, the first its heading."""
    made = ((part.name, [section for make in part.sections if (section := make(results))]) for part in ORDER)
    return [(name, sections) for name, sections in made if sections]
