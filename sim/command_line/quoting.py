"""The command that checks a quote: whether it still holds, and if not, what moved it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import typer

from sim.command_line.commands import app
from sim.command_line.main import TEST_FAILED
from sim.command_line.progress import Bar, prepared_engine
from sim.engine.engines import Engine
from sim.errors import RequestError, ScenarioError
from sim.experiments.again import Told, Wanted, file_now, run_again, scenario_now, write_tables
from sim.experiments.experiment import Options
from sim.experiments.experiment import run as run_experiment
from sim.experiments.folders import versions, write_results
from sim.experiments.workers import default_workers
from sim.reporting import quote_check as checking
from sim.reporting import quote_check_wording as said
from sim.reporting.pages import blamed_on_changes
from sim.reporting.quote_wording import STRENGTH
from sim.reporting.quotes import Quote, quotes
from sim.reporting.quotes_file import changed_since, read_stored
from sim.reporting.results import Results, read_results, with_tables
from sim.scenario.scenario import Scenario, load

Lines = list[str]


@app.command()
def quote(
    code: Annotated[str, typer.Argument(help="the code beside a quote, such as anytown.local.days_to_help.7f3c")],
    folder: Annotated[Path | None, typer.Option("--from", metavar="DIR", help="the results the quote is of")] = None,
    file: Annotated[
        Path | None, typer.Option(help="the scenario file as it is now; left out: the one of that name")
    ] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="so many at once; left out: one a processor")] = None,
) -> None:
    """Run a quote's figure again: does it still hold, and if not, what moved it? Exit code 3 if it does not."""
    code = code.strip()
    checking.taken_apart(code)
    workers = workers or default_workers()
    told, faults = _of_folder(code, folder, file, workers) if folder else _of_file(code, file, workers)
    print("\n".join([*told, said.DOES_NOT_HOLD if faults else said.HOLDS, *faults]))  # noqa: T201
    if faults:
        raise typer.Exit(TEST_FAILED)


def _of_folder(code: str, folder: Path, file: Path | None, workers: int) -> tuple[Lines, Lines]:
    """What a stored quote says, and what speaks against it: the folder, its inputs as they are now, its figure."""
    with blamed_on_changes(folder):
        results, stored = read_results(folder), read_stored(folder)
        kept = checking.kept_quote(code, stored, str(folder))
        faults, wording = changed_since(results, stored, quotes(results), code)
    notes, inputs = _inputs(results, file)
    notes += [said.WORDED_OTHERWISE.format(told=one, folder=folder) for one in wording]
    found = _again(results, kept, workers)
    number = checking.number_moved(kept, found)
    faults += inputs + number + (checking.versions_moved(stored, versions()) if number else [])
    strength = STRENGTH.get(str(kept["strength"]), str(kept["strength"]))
    told = [f"“{kept['sentence']}”", str(kept["qualification"]), said.STRENGTH.format(strength=strength), *notes]
    return told + ([said.STAYS.format(folder=folder)] if faults and not number else []), faults


def _inputs(results: Results, file: Path | None) -> tuple[Lines, Lines]:
    """What cannot be compared, and which inputs are others in the scenario's file as it is now."""
    told = results.manifest
    place = file_now(told["scenario"], file)
    if place is None:
        return [said.NOT_COMPARED.format(name=told["scenario"])], []
    try:
        now = scenario_now(place, _told(told))
    except (ScenarioError, RequestError) as error:
        return [], [said.UNREADABLE.format(file=place, error=error)]
    moved = checking.inputs_moved(results.scenario, now)
    own_seed = "--seed" in told["command"]
    return [], checking.inputs_in_words([one for one in moved if not (own_seed and one[0] == "run.seed")])


def _told(manifest: Mapping[str, Any]) -> Told:
    warm_up = manifest["warm_up"]
    return Told(
        tuple(manifest["applied"]), manifest["settings"], bool(manifest["quick"]), warm_up["given"], warm_up["used"]
    )


def _again(results: Results, kept: Mapping[str, Any], workers: int) -> Sequence[Quote]:
    """The quotes of the pathways of a kept quote, run again from the inputs in its folder."""
    engine: Engine = "reference" if results.manifest["engine"] == "reference" else "compiled"
    basis, pathway, against = (kept[name] for name in ("basis", "pathway", "against"))
    wanted = Wanted(basis, pathway, against, int(results.manifest["replications"]), engine)
    prepared_engine()
    with Bar(results.manifest["scenario"]) as bar:
        found = run_again(results.scenario, wanted, workers, bar.begin, bar.done)
    with TemporaryDirectory() as place:
        write_tables(found, Path(place), quick=results.quick)
        return quotes(with_tables(results, Path(place)))


def _of_file(code: str, file: Path | None, workers: int) -> tuple[Lines, Lines]:
    """What a scenario's file as it is now says under a code; that no figure has it, and what there is instead."""
    name, pathway, measure, _ = checking.taken_apart(code)
    scenario = _by_name(code, name, file)
    checking.refuse_unknown(code, scenario)
    with _whole_run(scenario, workers) as results:
        of = [one for one in quotes(results) if (one.pathway, one.measure) == (pathway, measure)]
    found = next((one for one in of if one.code == code), None)
    if found is not None:
        return [f"“{found.sentence}”"], []
    now = [said.NOW.format(sentence=one.sentence, code=one.code) for one in of]
    return [], [said.OTHER_CODES.format(pathway=pathway, measure=measure, name=name), *now]


def _by_name(code: str, name: str, file: Path | None) -> Scenario:
    stem, *changes = name.split("+")
    if any(change.startswith("set-") for change in changes):
        raise RequestError(said.OF_SETTINGS.format(code=code))
    scenario = load(file_now(stem, file) or stem)
    for change in changes:
        scenario = scenario.with_change(change)
    return scenario


@contextmanager
def _whole_run(scenario: Scenario, workers: int) -> Iterator[Results]:
    """The results of a run as the file plans it, without its variants; they are gone afterwards."""
    with Bar(scenario.name) as bar:
        experiment = run_experiment(scenario, Options(workers=workers, variants=False), bar)
    with TemporaryDirectory() as place:
        folder = Path(place) / "results"
        write_results(experiment, folder, command="quote")
        yield read_results(folder)
