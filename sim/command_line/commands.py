"""The commands. Each reads what it was given, asks the layers below, and prints; nothing is reckoned here."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from sim.command_line.progress import Bar
from sim.errors import RequestError, ScenarioError, SimError
from sim.experiments.experiment import Options
from sim.experiments.experiment import run as run_experiment
from sim.experiments.folders import write_results
from sim.experiments.tracing import traced
from sim.reporting import console
from sim.reporting.report import write_report
from sim.reporting.results import read_results
from sim.scenario.reading import shipped_folder
from sim.scenario.scenario import Scenario, load

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"max_content_width": 100},
)

Files = Annotated[list[str] | None, typer.Argument(help="scenario files, or names of shipped scenarios")]
File = Annotated[str, typer.Argument(help="a scenario file, or the name of a shipped scenario")]
Changes = Annotated[
    list[str] | None, typer.Option("--with", metavar="CHANGE", help="apply one of the file's [changes]")
]
Seed = Annotated[int | None, typer.Option(min=0, help="another seed than the file's")]
VISITS = ("some", "all")


@app.callback(invoke_without_command=True)
def start(context: typer.Context) -> None:
    """Send the same citizens through service pathways; compare cost and time-to-help. Alone: run every scenario."""
    if context.invoked_subcommand is None:
        run()


@app.command()
def run(
    files: Files = None,
    changes: Changes = None,
    replications: Annotated[int | None, typer.Option(help="so many, in one stage")] = None,
    seed: Seed = None,
    workers: Annotated[int | None, typer.Option(min=1, help="processes; left out: one a processor")] = None,
    out: Annotated[Path, typer.Option(help="folder for results")] = Path("results"),
    quick: Annotated[bool, typer.Option("--quick", help="a short first look; NOT COMPARABLE")] = False,
    visits: Annotated[str, typer.Option(help="visits kept in visits.csv: some or all")] = "some",
    as_json: Annotated[bool, typer.Option("--json", help="print the result as JSON")] = False,
) -> None:
    """Run scenarios, print the comparison, write results/<scenario>/ and its report.html."""
    if visits not in VISITS:
        raise RequestError(f"--visits {visits}: expected one of {', '.join(VISITS)}")
    options = Options(replications, workers, quick, visits == "all")
    scenarios = [prepared(name, changes, seed) for name in files or _every_scenario()]
    for scenario in scenarios:
        folder = out / "+".join((scenario.name, *scenario.applied))
        _run_one(scenario, options, folder, as_json=as_json)


def _run_one(scenario: Scenario, options: Options, folder: Path, *, as_json: bool) -> None:
    with Bar(folder.name, quiet=as_json) as bar:
        experiment = run_experiment(scenario, options, bar)
    write_results(experiment, folder, command=_command(), finish=write_report)
    results = read_results(folder)
    if as_json:
        print(json.dumps({**results.manifest, "folder": str(folder)}, ensure_ascii=False, indent=2))  # noqa: T201
    else:
        print(console.comparison(results, folder / "report.html"))  # noqa: T201


def prepared(name: str, changes: list[str] | None = None, seed: int | None = None) -> Scenario:
    """The scenario in a file, with changes applied and perhaps another seed."""
    scenario = load(name)
    for change in changes or ():
        scenario = scenario.with_change(change)
    return scenario if seed is None else scenario.with_values({"run.seed": seed})


def _every_scenario() -> list[str]:
    return [str(file) for file in sorted(shipped_folder().glob("*.toml"))]


def _command() -> str:
    """The command typed, as a reader can repeat it."""
    words = [word if word and " " not in word else f'"{word}"' for word in sys.argv[1:]]
    return " ".join(["python run_scenarios.py", *words])


@app.command()
def check(files: Annotated[list[str], typer.Argument(help="scenario files")], changes: Changes = None) -> None:
    """Read and validate scenario files; run nothing."""
    problems = []
    for name in files:
        try:
            scenario = prepared(name, changes)
        except ScenarioError as error:
            problems.append(error)
            continue
        counts = f"{len(scenario.pathways)} pathways, {len(scenario.facts)} numbers, {len(scenario.checks)} checks"
        print(f"{name}: good ({counts})")  # noqa: T201
    if problems:
        raise SimError("\n".join(map(str, problems)))


@app.command()
def explain(file: File, changes: Changes = None) -> None:
    """Tell a scenario in words: pathways as steps, every number with unit, source and grade."""
    from sim.reporting.explain import explained

    print(explained(prepared(file, changes)))  # noqa: T201


@app.command()
def trace(
    file: File,
    citizen: Annotated[
        int | None, typer.Option(help="number; left out: the first of the cohort")
    ] = None,
    changes: Changes = None,
    seed: Seed = None,
) -> None:
    """Tell one citizen's story in every pathway, line by line."""
    from sim.reporting.story import story

    scenario = prepared(file, changes, seed)
    followed = traced(scenario, citizen)
    for life in followed.lives:
        told = story(scenario, life.pathway, followed.citizen, life.visits, life.changes, end=followed.end)
        print(told, end="\n\n")  # noqa: T201


@app.command()
def report(folder: Annotated[Path, typer.Argument(help="a results folder")]) -> None:
    """Make a results folder's report.html anew from what lies in it; no engine runs."""
    print(write_report(folder))  # noqa: T201
