"""What a person gives beside a file's name, brought together into one scenario."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from sim.errors import RequestError
from sim.scenario.inputs import with_inputs
from sim.scenario.scenario import Scenario, load
from sim.scenario.settings import setting, settings_tag

Files = Annotated[list[str] | None, typer.Argument(help="scenario files, or names of shipped scenarios")]
File = Annotated[str, typer.Argument(help="a scenario file, or the name of a shipped scenario")]
Changes = Annotated[
    list[str] | None, typer.Option("--with", metavar="CHANGE", help="apply one of the file's [changes]")
]
Set = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="PATH=VALUE", help="another value at a path, such as place.adults=210000; repeatable"
    ),
]
Inputs = Annotated[
    Path | None,
    typer.Option("--inputs", metavar="TABLE", help="numbers edited in a table (CSV or .xlsx) that `inputs` wrote"),
]
Seed = Annotated[int | None, typer.Option(min=0, help="another seed than the file's")]


@dataclass(frozen=True)
class Wanted:
    """How a file is to be changed before anything is done with it."""

    changes: Sequence[str] | None = None
    settings: Sequence[str] | None = None
    inputs: Path | None = None
    seed: int | None = None


def prepared(name: str, wanted: Wanted) -> Scenario:
    """The scenario in a file, with the table of inputs read, then changes applied, values set, perhaps another seed.

    Raises
    ------
    ScenarioError, RequestError
        If anything given may not be so.
    """
    scenario = load(name)
    if wanted.inputs is not None:
        scenario = _with_inputs(scenario, wanted.inputs)
    for change in wanted.changes or ():
        scenario = scenario.with_change(change)
    scenario = scenario.with_settings(settings_of(wanted.settings or (), "--set"))
    return scenario if wanted.seed is None else scenario.with_values({"run.seed": wanted.seed})


def all_prepared(names: Sequence[str], wanted: Wanted) -> list[Scenario]:
    """The scenarios in some files.

    Raises
    ------
    RequestError
        If a table of inputs is given for more than one file.
    """
    refuse_shared_inputs(names, wanted)
    return [prepared(name, wanted) for name in names]


def refuse_shared_inputs(names: Sequence[str], wanted: Wanted) -> None:
    """Refuse a table of inputs given for more than one file, with a RequestError."""
    if wanted.inputs is not None and len(names) != 1:
        raise RequestError(f"--inputs {wanted.inputs}: belongs to one scenario; name one file, not {len(names)}")


def _with_inputs(scenario: Scenario, file: Path) -> Scenario:
    changed = with_inputs(scenario, file)
    number = len(changed.settings)
    said = {0: "nothing differs", 1: "1 number differs"}.get(number, f"{number} numbers differ")
    print(f"{file.name}: {said} from {scenario.name}", file=sys.stderr)  # noqa: T201
    return changed


def _tell(said: str) -> None:
    print(said, file=sys.stderr)  # noqa: T201


def settings_of(given: Sequence[str], option: str) -> dict[str, Any]:
    """What was typed after an option as PATH=VALUE, by path.

    Raises
    ------
    RequestError
        If it cannot be read, or a path stands twice.
    """
    found: dict[str, Any] = {}
    for text in given:
        path, value = setting(text, option, _tell)
        if path in found:
            raise RequestError(f"{option} {path}: given twice; give it once")
        found[path] = value
    return found


def results_name(scenario: Scenario) -> str:
    """Name of the scenario's results folder: of a changed run never that of the plain one."""
    return "+".join(filter(None, (scenario.name, *scenario.applied, settings_tag(scenario.settings))))
