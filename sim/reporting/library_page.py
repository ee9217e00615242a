"""The overview page of several results folders: `index.html` beside them, which links to every report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from markupsafe import Markup

from sim.errors import ResultsError
from sim.experiments.locking import A_MINUTE, lock
from sim.experiments.remedies import in_words
from sim.experiments.swapping import replace_file
from sim.measures.limits_wording import NOT_SUITABLE_FOR
from sim.reporting.amounts import counted
from sim.reporting.library import (
    Entry,
    basis_lines,
    difference_in_words,
    entries,
    headline,
    measure_with_unit,
)
from sim.reporting.library_figures import overview, relatives, row_name
from sim.reporting.library_wording import CAVEAT, CHART_NONE, CHART_SAYS, CHART_TITLE, TABLE_CAPTION
from sim.reporting.names import plain_name
from sim.reporting.packed import packed_plotly
from sim.reporting.page import Chart, chart
from sim.reporting.provenance import stamp_of_many
from sim.reporting.report import CHART_SCRIPTS, environment, own
from sim.reporting.results import Results
from sim.reporting.tables import Cell, Table
from sim.reporting.wording import BASIS, BASIS_SHORT

MARK = "<!-- made by run_scenarios.py: an overview of the results beside it -->"
PAGE = "index.html"


def refuse_stranger(out: Path) -> None:
    """Refuse to replace an `index.html` that is somebody's own.

    Raises
    ------
    ResultsError
        Naming the file, and what to do.
    """
    page = out / PAGE
    with in_words(page):
        if page.is_symlink() or (page.exists() and not _is_ours(page)):
            problem = "is not of this program, and would be replaced"
            raise ResultsError(f"{page}: {problem}; move it, or choose another --out")


def _is_ours(page: Path) -> bool:
    return page.is_file() and MARK in page.read_text(encoding="utf-8", errors="replace")


def write_library(out: Path, found: Sequence[Results]) -> Path:
    """Write the overview of these results, whose folders lie in `out`, beside them.

    Returns
    -------
    Path
        The page.

    Raises
    ------
    ResultsError
        If the page is somebody's own, or cannot be written.
    """
    page, text = out / PAGE, render(found)
    with in_words(page), lock(out, PAGE, page, A_MINUTE):
        refuse_stranger(out)
        replace_file(page, text)
    return page


def render(found: Sequence[Results]) -> str:
    """The whole page as text, with nothing fetched from anywhere."""
    told = entries(found)
    return (
        environment()
        .get_template("index.html.j2")
        .render(
            mark=Markup(MARK),  # noqa: S704
            caveat=CAVEAT.format(scenarios=counted(len(found), "scenario")),
            quick=any(results.quick for results in found),
            table=table(told),
            charts=charts(told),
            questions=[_question(results) for results in found],
            not_for=NOT_SUITABLE_FOR,
            stamp=stamp_of_many(found).data,
            plotly=packed_plotly(),
            style=own("report.css"),
            chart_scripts=[own(name) for name in CHART_SCRIPTS],
        )
    )


def _question(results: Results) -> tuple[str, str, str, list[tuple[str, str]]]:
    """A scenario's title, question, the address of its report and, by name, of the pages beside it."""
    beside = [(name, f"{results.folder.name}/{name}.html") for name in ("briefing", "methods")]
    return results.manifest["title"], results.manifest["question"], report_of(results), beside


def report_of(results: Results) -> str:
    """The address of a report, from the page beside its folder; a folder's name needs no quoting."""
    return f"{results.folder.name}/report.html"


def table(told: Sequence[Entry]) -> Table:
    """A row for each pathway set against the first of its scenario."""
    head = (
        "Scenario", "Headlines", "Set against", "No service", "Difference, by basis", "Overall",
        "Does it stand?", "Checks", "Numbers by grade",
    )  # fmt: skip
    return Table(TABLE_CAPTION, head, tuple(map(_row, told)), is_open=True)


def _row(entry: Entry) -> tuple[Cell, ...]:
    results = entry.results
    nobody = [name for name in results.pathways if name not in results.compared]
    return (
        Cell(row_name(entry), link=report_of(results)),
        Cell(plain_name(entry.pathway), _headlines(entry, entry.pathway)),
        Cell(plain_name(entry.against), _headlines(entry, entry.against)),
        Cell("", _headlines(entry, nobody[0]) if nobody else ""),
        Cell("", "\n".join(basis_lines(entry)), flag="wide"),
        Cell(entry.overall),
        Cell("", "\n".join(f"{case}: {said}" for case, said in entry.survives.items())),
        Cell(entry.checks),
        Cell(entry.grades),
    )


def _headlines(entry: Entry, pathway: str) -> str:
    results = entry.results
    told = ((measure_with_unit(name), headline(results, pathway, name)) for name in results.headlines)
    return "\n".join(f"{name}: {said}" for name, said in told)


def charts(told: Sequence[Entry]) -> list[Chart]:
    """For each headline that any scenario has, all scenarios on one chart."""
    measures = list(dict.fromkeys(name for entry in told for name in entry.results.headlines))
    return [_chart(told, measure) for measure in measures]


def _chart(told: Sequence[Entry], measure: str) -> Chart:
    title = CHART_TITLE.format(measure=plain_name(measure).capitalize())
    found = relatives(told, measure)
    rows = tuple(
        (
            Cell(row_name(one.entry)),
            Cell(BASIS_SHORT[one.difference.basis]),
            Cell(f"{one.mean:+.1%}".replace("-", "−"), is_number=True),
            Cell(difference_in_words(one.difference), is_number=True),
        )
        for one in found
    )
    behind = Table(title, ("Scenario", "Basis", "Share of the first", "Difference (95% interval)"), rows)
    return chart(f"overview-{measure}", title, overview(told, measure), _sentence(told, measure), behind)


def _sentence(told: Sequence[Entry], measure: str) -> str:
    """In how many scenarios the first basis has less, more or neither of a headline."""
    first = [entry.difference(measure, entry.results.bases[0]) for entry in told]
    judged = [one for one in first if one is not None and one.verdict not in ("", "not_judged")]
    if not judged:
        return CHART_NONE
    count = {
        word: sum(one.verdict == verdict for one in judged)
        for word, verdict in (("less", "sooner_or_less"), ("more", "later_or_more"), ("unsteady", "unsteady"))
    }
    neither = len(judged) - sum(count.values())
    basis = BASIS[judged[0].basis]
    return CHART_SAYS.format(basis=basis, of=len(judged), measure=plain_name(measure), neither=neither, **count)
