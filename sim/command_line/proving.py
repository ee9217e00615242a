"""The commands that prove something: that both engines agree, that fitted numbers stand, that the program is right."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from sim.command_line.commands import app, command_typed
from sim.command_line.main import TEST_FAILED
from sim.command_line.preparing import Changes, File, Inputs, Seed, Set, Wanted, prepared, results_name
from sim.command_line.progress import Bar, TestsBar, prepared_engine
from sim.experiments.agreement import agreements
from sim.experiments.fitting import fit as fit_numbers
from sim.experiments.folders import add_files
from sim.experiments.swapping import reserved
from sim.experiments.verifying.dossier import Effort
from sim.experiments.verifying.dossier import verify as run_tests
from sim.experiments.workers import crew, default_workers
from sim.reporting.agreement import agreement_in_words
from sim.scenario.plans import MOST_REPLICATIONS


@app.command()
def agree(
    file: File,
    changes: Changes = None,
    settings: Set = None,
    inputs: Inputs = None,
    seed: Seed = None,
    replications: Annotated[int, typer.Option(min=1, help="so many")] = 1,
) -> None:
    """Run both engines and compare every visit; exit code 3 if they differ."""
    same = True
    prepared_engine()
    for found in agreements(prepared(file, Wanted(changes, settings, inputs, seed)), replications):
        print("\n".join(agreement_in_words(found)), flush=True)  # noqa: T201
        same = same and found.different is None
    if not same:
        raise typer.Exit(TEST_FAILED)


@app.command()
def fit(
    file: File,
    changes: Changes = None,
    settings: Set = None,
    inputs: Inputs = None,
    seed: Seed = None,
    workers: Annotated[int | None, typer.Option(min=1, help="so many at once; left out: one a processor")] = None,
) -> None:
    """Fit the numbers that the file's [targets] name; print what to write. Exit code 3 if one does not stand."""
    from sim.reporting.fitting import fitted_in_words, stands

    scenario = prepared(file, Wanted(changes, settings, inputs, seed))
    prepared_engine()
    with Bar(scenario.name) as bar, crew(workers or default_workers(), bar.done) as hands:
        found = fit_numbers(scenario, hands=hands, begin=lambda runs: bar.begin(runs, "fit"))
    print(fitted_in_words(scenario.name, found))  # noqa: T201
    if not all(map(stands, found)):
        raise typer.Exit(TEST_FAILED)


@app.command()
def verify(
    file: File,
    changes: Changes = None,
    settings: Set = None,
    inputs: Inputs = None,
    seed: Seed = None,
    replications: Annotated[
        int | None, typer.Option(max=MOST_REPLICATIONS, help="so many where statistics are needed; else 12")
    ] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="so many at once; left out: one a processor")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="in the short windows of the file's run.quick")] = False,
    out: Annotated[Path, typer.Option(help="folder for results")] = Path("results"),
    as_json: Annotated[bool, typer.Option("--json", help="print the dossier as JSON")] = False,
) -> None:
    """Test the program on a scenario of one's own; write a dossier. Exit code 3 if a test fails."""
    from sim.reporting import dossier as telling

    scenario = prepared(file, Wanted(changes, settings, inputs, seed))
    folder = out / results_name(scenario)
    with reserved(folder):
        prepared_engine(quiet=as_json)
        with TestsBar(folder.name, quiet=as_json) as bar:
            made = run_tests(scenario, Effort(replications, workers, quick), bar)
        as_data = json.dumps(made.as_dict(command_typed()), ensure_ascii=False, indent=2)
        add_files(folder, {"verify.md": telling.page(made, command_typed()), "verify.json": as_data + "\n"})
    print(as_data if as_json else telling.printed(made, folder))  # noqa: T201
    if made.failed:
        raise typer.Exit(TEST_FAILED)
