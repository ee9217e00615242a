"""Sections of the report: one function each, from results to what its template needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sim.measures.definitions import DEFINITIONS
from sim.reporting import (
    captions,
    cautions,
    costs,
    demand,
    elements_shown,
    figures,
    hanging,
    hundred,
    provenance,
    ranges_section,
    sentences,
    tables,
    turning,
    variants,
    verdict_wording,
    wording,
)
from sim.reporting.amounts import bare, listed, printed_unit
from sim.reporting.colours import look
from sim.reporting.differences import Difference, verdict
from sim.reporting.differences import differences as headline_differences
from sim.reporting.drawn import drawn
from sim.reporting.evidence_sections import checks, definitions, how_run, ledger, numbers
from sim.reporting.lanes_section import one_citizen
from sim.reporting.names import plain_name
from sim.reporting.page import Chart, Section, chart
from sim.reporting.results import Results
from sim.reporting.spending import spending
from sim.reporting.tables import Cell, Table
from sim.scenario.vocabulary import DAYS_A_WEEK, NO_SERVICE

SHOWN_DAYS = (28, 90, 182, 364, 728, 1092, 1456, 1820)
WEEKS_SHOWN = 12


def answer(results: Results) -> Section:
    """The question, and the answer in plain sentences."""
    found = sentences.answer(results)
    looks = [(look(results, name).line, plain_name(name), _title(results, name)) for name in results.pathways]
    more: dict[str, object] = {"question": found.question, "pathways": looks}
    return Section("answer", "The answer", found.sentences, template="answer.html.j2", more=more)


def _title(results: Results, name: str) -> str:
    if name == NO_SERVICE:
        return "the same citizens, the same course, and nobody helps"
    return results.scenario.pathways[name].title


def notices(results: Results) -> Section | None:
    """What a reader must know before relying on the answer."""
    texts = cautions.notices(results)
    return Section("notices", "Notices", more={"notices": texts}, template="notices.html.j2") if texts else None


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


def helped(results: Results) -> Section | None:
    """Helped by day: right help, and recovery unaided, per pathway and basis."""
    kinds = {
        "right_help": ("Right help begun", captions.helped),
        "recovered": ("Recovered unaided", captions.recovered),
    }
    drawn = results.curves[results.curves["curve"].isin(list(kinds))]
    charts = []
    for basis in results.bases:
        days = drawn[drawn["basis"] == basis]["day"]
        if len(days):
            shown = [float(day) for day in SHOWN_DAYS if day < days.max()] + [float(days.max())]
            charts += [_curve_chart(results, basis, name, shown, *kind) for name, kind in kinds.items()]
    return Section("helped", "Helped by day", (), tuple(charts)) if charts else None


def _curve_chart(
    results: Results, basis: str, name: str, days: list[float], title: str, said: Callable[[Results, str], str]
) -> Chart:
    figure, table = figures.reached_by_day(results, basis, name), tables.curve(results, basis, name, days)
    title, under = f"{title}, {wording.BASIS_SHORT[basis]}", provenance.basis(basis)
    return chart(f"{name}-{basis}", title, figure, said(results, basis), table, under)


def money(results: Results) -> Section | None:
    """Where the money goes, per citizen."""
    spent = spending(results)
    if not spent:
        return None
    title = f"Cost per citizen by purpose{costs.in_prices(results)}"
    behind = costs.by_purpose(results, spent)
    drawn = chart("money", title, figures.money(results), captions.money(results), behind)
    told = captions.costs(results)
    return Section("money", "Where the money goes", told, (drawn,), tuple(costs.cost_tables(results)))


def measures(results: Results) -> Section:
    """Every measure, and every difference, per basis."""
    found = [tables.measures(results, basis) for basis in results.bases]
    found += [tables.comparisons(results, basis) for basis in results.bases]
    found += [table for basis in results.bases if (table := _individuals(results, basis)).rows]
    filled = tuple(table for table in found if table.rows)
    return Section(
        "measures", "Every measure", (cautions.which_adjusted(results), *_individuals_said(results)), tables=filled
    )


def _individuals(results: Results, basis: str) -> Table:
    table = tables.comparisons(results, basis, per=("pair",))
    caption = f"Who individually is helped sooner, {wording.BASIS_SHORT[basis]}: a property of the model, not quotable"
    return Table(caption, table.head, table.rows)


def _individuals_said(results: Results) -> tuple[str, ...]:
    names = [
        name for name, d in DEFINITIONS.items() if d.per == "pair" and (results.comparison["measure"] == name).any()
    ]
    return (wording.INDIVIDUALS.format(measures=listed([plain_name(name) for name in names])),) if names else ()


def by_group(results: Results) -> Section | None:
    """The headlines by group, level at arrival and number of needs."""
    found = [tables.by_group(results, basis, measure) for basis in results.bases for measure in results.headlines]
    filled = tuple(table for table in found if table)
    said = ("The other measures by group are in summary.csv and comparison.csv.",)
    return Section("groups", "By group", said, tables=filled) if filled else None


def teams(results: Results) -> Section | None:
    """Queues and teams: who waits where, how busy teams are, where visits lead."""
    charts = tuple(_waiting_charts(results))
    found: list[Table | None] = []
    for basis, pathway in results.arms:
        found += [tables.parts(results, basis, pathway, per) for per in reversed(tables.PARTS)]
        found.append(tables.flows(results, basis, pathway))
    filled = tuple(table for table in found if table)
    found_any = charts or filled
    return Section("teams", "Queues and teams", (), charts, filled, charts_class="charts narrow") if found_any else None


def _waiting_charts(results: Results) -> Iterator[Chart]:
    waits = results.curves[results.curves["curve"] == "waiting"]
    for pathway, part in dict.fromkeys(zip(waits["pathway"], waits["part"], strict=True)):
        last = float(waits[(waits["pathway"] == pathway) & (waits["part"] == part)]["day"].max())
        step = DAYS_A_WEEK * max(1, round(last / DAYS_A_WEEK / WEEKS_SHOWN))
        days = [float(day) for day in range(0, int(last) + 1, step)]
        figure, table = figures.waiting(results, pathway, part), tables.weekly(results, pathway, part, days)
        said = captions.waiting(results, pathway, part)
        title = f"Waiting for {plain_name(part)} ({plain_name(pathway)})"
        yield chart(f"waiting-{pathway}-{part}", title, figure, said, table)


ORDER: tuple[Callable[[Results], Section | None], ...] = (
    answer,
    notices,
    hundred.section,
    headlines,
    differences,
    from_nobody,
    by_demand,
    by_variant,
    ranges_section.section,
    hanging.section,
    turning.section,
    elements_shown.section,
    helped,
    money,
    drawn,
    one_citizen,
    measures,
    by_group,
    teams,
    numbers,
    checks,
    ledger,
    how_run,
    definitions,
)
"""The sections, as they stand on the page."""
