"""Everything for readers in a results folder: the report, the briefing, the methods, and what may be said."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sim.errors import ResultsError, SimError
from sim.experiments.sealing import SUMS, changed
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
    with reserved(folder), blamed_on_changes(folder):
        results = read_results(folder)
        with amended(folder) as fresh:
            page = write_pages(fresh, results)
    return folder / page.name


@contextmanager
def blamed_on_changes(folder: Path) -> Iterator[None]:
    """Tell what goes wrong meanwhile as the fault of files that were changed after they were written, if any were.

    Each file is held to its schema when it is read; this is for what only several together show to be wrong.

    Raises
    ------
    ResultsError
        Naming these files. Where none was changed, whatever went wrong is a bug of ours, and goes on its way.
    """
    try:
        yield
    except (SimError, OSError):
        raise
    except Exception as error:
        odd = changed(folder)
        if odd == []:
            raise
        which = " and ".join(odd[:3]) if odd else f"something, and {SUMS} that would tell what,"
        raise ResultsError(
            f"{folder}: {which} is not as it was written, and does not go together with the rest; "
            "run the scenario again"
        ) from error


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
