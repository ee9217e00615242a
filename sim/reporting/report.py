"""The report: one self-contained page that opens without a network."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from sim.errors import ResultsError
from sim.measures.limits_wording import NOT_SUITABLE_FOR
from sim.reporting import tables_wording, wording
from sim.reporting.packed import packed_plotly
from sim.reporting.provenance import stamp
from sim.reporting.results import Results, read_results
from sim.reporting.sections import parts_of

TEMPLATES = Path(__file__).parent / "templates"
SCRIPTS = ("contents.js", "csv.js", "tables.js", "measures.js", "copy.js")
"""The page's own scripts, in the order in which they need each other."""
CHART_SCRIPTS = ("charts.js", "tracing.js", "pictures.js", "downloads.js")
"""Those that draw charts and hand out pictures, in the order in which they stand on a page."""


def write_report(folder: Path, results: Results | None = None) -> Path:
    """Write `report.html` into a results folder, from what lies in it, read already where that is given.

    Returns
    -------
    Path
        The page.

    Raises
    ------
    ResultsError
        If the folder cannot be read, or the page cannot be written.
    """
    page = folder / "report.html"
    text = render(results or read_results(folder))
    try:
        page.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ResultsError(f"{page}: cannot be written ({error})") from None
    return page


def render(results: Results) -> str:
    """The whole page as text: styles, figures and plotly's script in it, and nothing fetched from anywhere."""
    parts = parts_of(results)
    return (
        environment()
        .get_template("report.html.j2")
        .render(
            title=results.manifest["title"],
            changed=results.unlike_its_file,
            quick=wording.NOT_COMPARABLE if results.quick else "",
            parts=parts,
            has_charts=any(section.charts for _, sections in parts for section in sections),
            stamp=stamp(results).data,
            plotly=packed_plotly(),
            style=own("report.css"),
            chart_scripts=[own(name) for name in CHART_SCRIPTS],
            scripts=[own(name) for name in SCRIPTS],
            words=tables_wording.SCRIPT,
            not_for=NOT_SUITABLE_FOR,
            scenario=results.manifest["scenario"],
            run_code=results.run_code,
        )
    )


@cache
def environment() -> Environment:
    """Where templates are found, and how they are filled: every text is escaped. One, for it keeps what it has read."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def own(name: str) -> Markup:
    """A file of ours that is markup already."""
    return Markup((TEMPLATES / name).read_text(encoding="utf-8"))  # noqa: S704
