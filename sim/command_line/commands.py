"""The commands. Each reads what it was given, asks the layers below, and prints; nothing is reckoned here."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from sim.command_line.asking import answered
from sim.command_line.preparing import (
    Changes,
    File,
    Files,
    Inputs,
    Seed,
    Set,
    Wanted,
    all_prepared,
    prepared,
    refuse_shared_inputs,
    results_name,
    settings_of,
)
from sim.command_line.progress import Bar
from sim.engine.engines import DEFAULT, ENGINES, Engine
from sim.errors import RequestError, ScenarioError, SimError, quoted
from sim.experiments.experiment import Options, refuse_too_large
from sim.experiments.experiment import run as run_experiment
from sim.experiments.folders import write_results
from sim.experiments.room import available, room_for
from sim.experiments.swapping import reserved
from sim.experiments.tracing import traced
from sim.experiments.workers import default_workers
from sim.reporting import console
from sim.reporting.amounts import counted
from sim.reporting.library_page import refuse_stranger, write_library
from sim.reporting.library_text import library
from sim.reporting.pages import remake_pages, write_pages
from sim.reporting.results import read_results, settings_in_words
from sim.scenario.drafting import drafted, refuse_name
from sim.scenario.inputs import inputs_table, inputs_workbook
from sim.scenario.plans import MOST_REPLICATIONS
from sim.scenario.reading import find, shipped_folder
from sim.scenario.scenario import Scenario, load
from sim.scenario.workbooks import SUFFIX
from sim.scenario.writing import write_new

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"max_content_width": 100},
)

VISITS = ("some", "all")
WARM_UPS = ("check", "as-given")
DONE_WITH_VARIANTS = ("run", "skip")


@app.callback(invoke_without_command=True)
def start(context: typer.Context) -> None:
    """Send the same citizens through service pathways; compare cost and time-to-help. Alone: run every scenario."""
    if context.invoked_subcommand is None:
        run()


@app.command()
def run(
    files: Files = None,
    changes: Changes = None,
    settings: Set = None,
    inputs: Inputs = None,
    replications: Annotated[int | None, typer.Option(max=MOST_REPLICATIONS, help="so many, in one stage")] = None,
    seed: Seed = None,
    workers: Annotated[int | None, typer.Option(min=1, help="so many at once; left out: one a processor")] = None,
    out: Annotated[Path, typer.Option(help="folder for results")] = Path("results"),
    quick: Annotated[bool, typer.Option("--quick", help="a short first look; NOT COMPARABLE")] = False,
    visits: Annotated[str, typer.Option(help="visits kept in visits.csv: some or all")] = "some",
    engine: Annotated[str, typer.Option(help="compiled, or reference: slower, and made to be read")] = DEFAULT,
    warm_up: Annotated[
        str, typer.Option("--warm-up", help="check: doubled where it is too short; as-given: the file's, unchecked")
    ] = "check",
    variants: Annotated[str, typer.Option(help="run: the file's sceptic, advocate and null too; skip: not")] = "run",
    as_json: Annotated[bool, typer.Option("--json", help="print the result as JSON")] = False,
) -> None:
    """Run scenarios, print the comparison, write results/<scenario>/ and its report.html."""
    if visits not in VISITS:
        raise RequestError(f"--visits {visits}: expected one of {', '.join(VISITS)}")
    if engine not in ENGINES:
        raise RequestError(f"--engine {engine}: expected one of {', '.join(ENGINES)}")
    if warm_up not in WARM_UPS:
        raise RequestError(f"--warm-up {warm_up}: expected one of {', '.join(WARM_UPS)}")
    chosen: Engine = "reference" if engine == "reference" else "compiled"
    if variants not in DONE_WITH_VARIANTS:
        raise RequestError(f"--variants {variants}: expected one of {', '.join(DONE_WITH_VARIANTS)}")
    options = Options(replications, workers, quick, visits == "all", chosen, warm_up == "check", variants == "run")
    scenarios = all_prepared(files or _every_scenario(), Wanted(changes, settings, inputs, seed))
    folders = [out / results_name(scenario) for scenario in scenarios]
    _refuse_twice(folders)
    refuse_stranger(out)
    for scenario in scenarios:
        refuse_too_large(scenario, options)
    with reserved(*folders):
        for scenario, folder in zip(scenarios, folders, strict=True):
            _run_one(scenario, options, folder, as_json=as_json)
        if len(folders) > 1:
            found = [read_results(folder) for folder in folders]
            page = write_library(out, found)
            if not as_json:
                print(library(found, page))  # noqa: T201


def _refuse_twice(folders: list[Path]) -> None:
    """Refuse, before anything runs, two results for one folder."""
    twice = next((folder for folder in folders if folders.count(folder) > 1), None)
    if twice is not None:
        raise RequestError(f"two of these scenarios would be written to {twice}: rename one, or run them apart")


def _run_one(scenario: Scenario, options: Options, folder: Path, *, as_json: bool) -> None:
    with Bar(folder.name, quiet=as_json) as bar:
        experiment = run_experiment(scenario, options, bar)
    write_results(experiment, folder, command=command_typed(), finish=write_pages)
    results = read_results(folder)
    if as_json:
        print(json.dumps({**results.manifest, "folder": str(folder)}, ensure_ascii=False, indent=2))  # noqa: T201
    else:
        print(console.comparison(results, folder / "report.html"))  # noqa: T201


def _every_scenario() -> list[str]:
    return [str(file) for file in sorted(shipped_folder().glob("*.toml"))]


def command_typed() -> str:
    """The command typed, as a reader can repeat it."""
    return " ".join(["python run_scenarios.py", *map(quoted, sys.argv[1:])])


@app.command()
def check(
    files: Annotated[list[str], typer.Argument(help="scenario files")],
    changes: Changes = None,
    settings: Set = None,
    inputs: Inputs = None,
) -> None:
    """Read and validate scenario files; run nothing."""
    wanted = Wanted(changes, settings, inputs)
    refuse_shared_inputs(files, wanted)
    problems = []
    for name in files:
        try:
            scenario = prepared(name, wanted)
        except ScenarioError as error:
            problems.append(error)
            continue
        held = {"pathway": scenario.pathways, "number": scenario.facts, "check": scenario.checks}
        counts = ", ".join(counted(len(things), name) for name, things in held.items())
        print(f"{name}: good ({counts})")  # noqa: T201
        if lacking := room_for(scenario, default_workers()).lacking(available()):
            print(f"  remark: {lacking}")  # noqa: T201
    if problems:
        raise SimError("\n".join(map(str, problems)))


@app.command()
def explain(file: File, changes: Changes = None, settings: Set = None, inputs: Inputs = None) -> None:
    """Tell a scenario in words: pathways as steps, every number with unit, source and grade."""
    from sim.reporting.explain import explained

    print(explained(prepared(file, Wanted(changes, settings, inputs))))  # noqa: T201


@app.command()
def trace(
    file: File,
    citizen: Annotated[int | None, typer.Option(help="number; left out: the first of the cohort")] = None,
    changes: Changes = None,
    settings: Set = None,
    inputs: Inputs = None,
    seed: Seed = None,
) -> None:
    """Tell one citizen's story in every pathway, line by line."""
    from sim.reporting.story import story

    scenario = prepared(file, Wanted(changes, settings, inputs, seed))
    if scenario.settings:
        print(f"Run with {', '.join(settings_in_words(scenario.settings))}.\n")  # noqa: T201
    followed = traced(scenario, citizen)
    for life in followed.lives:
        told = story(scenario, life.pathway, followed.citizen, life.visits, life.changes, end=followed.end)
        print(told, end="\n\n")  # noqa: T201


@app.command("inputs")
def write_inputs(
    file: File,
    out: Annotated[Path | None, typer.Option(help="CSV or .xlsx file to write; left out: to the screen")] = None,
) -> None:
    """Write every number of a scenario as CSV or .xlsx, to edit in a spreadsheet and give back with --inputs."""
    scenario = load(file)
    if out is None:
        print(inputs_table(scenario), end="")  # noqa: T201
    else:
        as_workbook = out.suffix.lower() == SUFFIX
        write_new(out, inputs_workbook(scenario) if as_workbook else inputs_table(scenario), encoding="utf-8-sig")
        print(f"{out}: edit its values, then: run {quoted(file)} --inputs {quoted(out)}")  # noqa: T201


@app.command()
def new(
    name: Annotated[str, typer.Argument(help="name of the new scenario; NAME.toml is written in this folder")],
    source: Annotated[str, typer.Option("--from", metavar="FILE", help="the scenario it is made from")] = "anytown",
    answers: Annotated[
        list[str] | None,
        typer.Option(metavar="PATH=NUMBER", help="a number of one's own, in place of questions; repeatable"),
    ] = None,
    no_questions: Annotated[bool, typer.Option("--no-questions", help="keep every number for now")] = False,
) -> None:
    """Write a commented scenario of one's own, asking for the ten numbers that matter most."""
    file, made_from = Path(f"{name}.toml"), find(source)
    refuse_name(name, made_from)
    if file.exists():
        raise RequestError(f"{file}: is there already; choose another name, or move it")
    given = settings_of(answers or (), "--answers")
    if not (answers or no_questions):
        if not sys.stdin.isatty():
            raise RequestError("there is no terminal to ask at; give --answers PATH=NUMBER, or --no-questions")
        given = answered(load(made_from))
    write_new(file, drafted(name, made_from, given, Path.cwd()))
    load(file)
    print(f"{file}: written. Edit it, then: check {file}, explain {file}, run {file}")  # noqa: T201


@app.command()
def report(folder: Annotated[Path, typer.Argument(help="a results folder")]) -> None:
    """Make a results folder's report.html anew from what lies in it; no engine runs."""
    print(remake_pages(folder))  # noqa: T201
