"""Everything for readers in a results folder: the report, the briefing, the methods, and what may be said."""

from __future__ import annotations

from pathlib import Path

from sim.errors import ResultsError
from sim.experiments.swapping import amended, reserved
from sim.reporting import briefing, methods, quotes_file
from sim.reporting.quotes import quotes
from sim.reporting.report import write_report
from sim.reporting.results import Results, read_results, refuse_missing


def remake_pages(folder: Path) -> Path:
    """Make the pages of a results folder anew from what lies in it; the old ones stay until the new ones are whole.

    Returns
    -------
    Path
        The report.

    Raises
    ------
    ResultsError
        If the folder cannot be read, somebody else is writing there, or a page cannot be written.
    """
    refuse_missing(folder)
    with reserved(folder):
        results = read_results(folder)
        with amended(folder) as fresh:
            page = write_pages(fresh, results)
    return folder / page.name


def write_pages(folder: Path, results: Results | None = None) -> Path:
    """Write `report.html`, `briefing.html`, `methods.html` and `quotes.json` into a folder, from what lies in it.

    What lies there may have been read already, and then from elsewhere.

    Returns
    -------
    Path
        The report.

    Raises
    ------
    ResultsError
        If the folder cannot be read, or a page cannot be written.
    """
    results = results or read_results(folder)
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
