"""The commands that ask what if: plausible ranges of every number at once."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from sim.command_line.commands import app, command_typed
from sim.command_line.preparing import Changes, File, Inputs, Seed, Set, Wanted, prepared, results_name
from sim.command_line.progress import Bar, prepared_engine
from sim.errors import RequestError, StoppedError
from sim.experiments.drivers.finding import LEAST_DRAWS, elements_in, studied_in
from sim.experiments.drivers.finding import Effort as Study
from sim.experiments.elements import elements_of
from sim.experiments.folders import add_files
from sim.experiments.ranges.ranging import Effort, Ranged, is_run_of, ranged
from sim.experiments.swapping import reserved
from sim.scenario.plans import MOST_REPLICATIONS
from sim.scenario.scenario import Scenario

TOO_FEW = "{draws} draws are too few to tell what the answer hangs on: that needs {least}, and says more from 1000"
STUDY_REPLICATIONS = 5
STUDY_CHOICES = ("run", "skip")
MOST_DRAWS = 100_000
Replications = Annotated[
    int, typer.Option(min=2, max=MOST_REPLICATIONS, help="so many of each thing tried, beside the draws")
]


@app.command()
def ranges(
    file: File,
    draws: Annotated[
        int, typer.Option(max=MOST_DRAWS, help="so many; a power of two is spread best, more go on from fewer")
    ] = 1000,
    changes: Changes = None,
    settings: Set = None,
    inputs: Inputs = None,
    seed: Seed = None,
    workers: Annotated[int | None, typer.Option(min=1, help="so many at once; left out: one a processor")] = None,
    out: Annotated[Path, typer.Option(help="folder for results")] = Path("results"),
    study: Annotated[
        str, typer.Option(help="run: what the answer hangs on and what would change it too; skip: the draws alone")
    ] = "run",
    replications: Replications = STUDY_REPLICATIONS,
    as_json: Annotated[bool, typer.Option("--json", help="print how the draws came about as JSON")] = False,
) -> None:
    """Draw every number from its plausible range at once, many times; say what becomes of the answer, and why."""
    if study not in STUDY_CHOICES:
        raise RequestError(f"--study {study}: expected one of {', '.join(STUDY_CHOICES)}")
    from sim.reporting.pages import remake_pages
    from sim.reporting.ranges_console import printed
    from sim.reporting.ranges_read import read_ranges
    from sim.reporting.studied import InFolder
    from sim.reporting.study_console import study_printed

    scenario = prepared(file, Wanted(changes, settings, inputs, seed))
    folder = out / results_name(scenario)
    with reserved(folder):
        found = _drawn(scenario, folder, Effort(draws, workers), quiet=as_json)
        studied = study == "run" and _studied(found, folder, Study(replications, workers), quiet=as_json)
        report = remake_pages(folder) if is_run_of(scenario, folder) else None
    told = read_ranges(folder)
    assert told is not None, "the ranges were written a moment ago"
    said = json.dumps(dict(told.told), ensure_ascii=False, indent=2)
    print(said if as_json else printed(told, scenario, folder, report), end="" if not as_json else "\n")  # noqa: T201
    if studied and not as_json:
        print(study_printed(InFolder(folder, scenario)))  # noqa: T201


def _drawn(scenario: Scenario, folder: Path, effort: Effort, *, quiet: bool) -> Ranged:
    """Add to the folder what draws from the ranges come to."""
    prepared_engine(quiet=quiet)
    try:
        with Bar(folder.name, quiet=quiet) as bar:
            found, journal = ranged(scenario, folder, effort, bar)
    except StoppedError:
        raise StoppedError("Stopped. Draws that were done are kept; the same command goes on from them.") from None
    if found.known_before and not quiet:
        print(f"{found.known_before} runs were known from before", file=sys.stderr)  # noqa: T201
    add_files(folder, found.files(command_typed(), journal.text()))
    journal.close()
    return found


def _studied(found: Ranged, folder: Path, effort: Study, *, quiet: bool) -> bool:
    """Add to the folder what the answer hangs on; whether there were draws enough to learn from."""
    if found.draws.points.size < LEAST_DRAWS:
        print(TOO_FEW.format(draws=found.draws.points.size, least=LEAST_DRAWS), file=sys.stderr)  # noqa: T201
        return False
    scenario = found.given
    with Bar(folder.name, quiet=quiet) as bar:
        add_files(folder, studied_in(scenario, found.draws, effort, bar).files(command_typed()))
        if elements_of(scenario):
            add_files(folder, elements_in(scenario, folder, effort, bar).files(command_typed()))
    return True


@app.command()
def elements(
    file: File,
    changes: Changes = None,
    settings: Set = None,
    inputs: Inputs = None,
    seed: Seed = None,
    replications: Replications = STUDY_REPLICATIONS,
    workers: Annotated[int | None, typer.Option(min=1, help="so many at once; left out: one a processor")] = None,
    out: Annotated[Path, typer.Option(help="folder for results")] = Path("results"),
) -> None:
    """Run every combination of a file's elements; say what each contributes. `ranges` does that too."""
    from sim.reporting.pages import remake_pages
    from sim.reporting.studied import InFolder
    from sim.reporting.study_console import elements_printed

    scenario = prepared(file, Wanted(changes, settings, inputs, seed))
    folder = out / results_name(scenario)
    with reserved(folder):
        prepared_engine()
        with Bar(folder.name) as bar:
            found = elements_in(scenario, folder, Study(replications, workers), bar)
        add_files(folder, found.files(command_typed()))
        if is_run_of(scenario, folder):
            remake_pages(folder)
    print(elements_printed(InFolder(folder, scenario)))  # noqa: T201
