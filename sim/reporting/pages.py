"""Everything for readers in a results folder: the report, the briefing, the methods, and what may be said."""

from __future__ import annotations

from pathlib import Path

from sim.errors import ResultsError
from sim.reporting import briefing, methods, quotes_file
from sim.reporting.quotes import quotes
from sim.reporting.report import write_report
from sim.reporting.results import read_results


def write_pages(folder: Path) -> Path:
    """Write `report.html`, `briefing.html`, `methods.html` and `quotes.json` into a folder, from what lies in it.

    Returns
    -------
    Path
        The report.

    Raises
    ------
    ResultsError
        If the folder cannot be read, or a page cannot be written.
    """
    results = read_results(folder)
    found = quotes(results)
    _write(folder / quotes_file.FILE, quotes_file.as_text(results, found))
    _write(folder / "briefing.html", briefing.render(results, found))
    _write(folder / "methods.html", methods.render(results, found))
    return write_report(folder, results)


def _write(page: Path, text: str) -> None:
    try:
        page.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ResultsError(f"{page}: cannot be written ({error})") from None
