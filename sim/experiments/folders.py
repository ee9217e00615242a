"""Results folders: what a run writes into one, and what others add to it."""

from __future__ import annotations

import hashlib
import json
import platform
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.types import is_numeric_dtype

from sim.errors import StoppedError
from sim.experiments import outputs
from sim.experiments.additions import keep_additions
from sim.experiments.experiment import Experiment
from sim.experiments.swapping import Kept, amended, replaced
from sim.experiments.three_stories import three_stories
from sim.experiments.warm_up import as_given
from sim.measures.limits_wording import NOT_SUITABLE_FOR
from sim.scenario.cells import protected
from sim.scenario.scenario import Scenario
from sim.scenario.writing import written

RESULTS_VERSION = 6
LIBRARIES = ("numpy", "pandas", "plotly", "pydantic", "scipy", "simpy")


def write_results(
    experiment: Experiment,
    folder: Path,
    *,
    command: str,
    finish: Callable[[Path], object] = lambda _: None,
) -> None:
    """Write everything an experiment gave to `folder`; `finish` may add to it (the report) before it is swapped in.

    Raises
    ------
    ResultsError
        If it cannot be written; whatever stood in `folder` is then untouched.
    """
    with replaced(folder) as kept:
        fresh = kept.fresh
        result = experiment.comparison
        tables: dict[str, Callable[[], pd.DataFrame]] = {
            "summary": lambda: result.summary,
            "comparison": lambda: result.differences,
            "replications": lambda: outputs.replications_table(result),
            "curves": lambda: outputs.curves_table(result),
            "flows": lambda: outputs.flows_table(result),
            "ledger": lambda: outputs.ledger_table(result),
            "checks": lambda: outputs.checks_table(result),
            "demand": lambda: experiment.demand,
            "variants": lambda: experiment.variants,
            "citizens": lambda: outputs.examples_table(result, "citizens"),
            "visits": lambda: outputs.examples_table(result, "visits"),
            "stories": lambda: three_stories(result),
        }
        for name, table in tables.items():
            write_csv(table(), fresh / f"{name}.csv", experiment.options.quick)
        (fresh / "scenario.resolved.toml").write_text(written(experiment.scenario), encoding="utf-8")
        (fresh / "manifest.json").write_text(
            json.dumps(manifest(experiment, command), indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
        )
        keep_additions(folder, fresh, scenario_hash(experiment.given))
        _finished(finish, kept)


def add_files(folder: Path, texts: Mapping[str, str]) -> None:
    """Add files to a results folder, whole or not at all; what a run wrote there stays.

    Raises
    ------
    ResultsError
        If the folder holds somebody's own files, or it cannot be written.
    """
    with amended(folder) as fresh:
        for name, text in texts.items():
            (fresh / name).write_text(text, encoding="utf-8")


def scenario_hash(scenario: Scenario) -> str:
    """SHA-256 of the whole scenario, written out: two with the same are the same."""
    return hashlib.sha256(written(scenario).encode()).hexdigest()


def _finished(finish: Callable[[Path], object], kept: Kept) -> None:
    """Let `finish` add to the tables; if a bug of ours stops it, an hour's tables are not thrown away with it."""
    try:
        finish(kept.fresh)
    except (OSError, StoppedError):
        raise
    except Exception as error:
        error.add_note(f"The tables are whole and were kept in {kept.keep()}.")
        raise


def write_csv(table: pd.DataFrame, path: Path, quick: bool) -> None:
    """Write a table; of a quick run each row carries the warning."""
    if quick:
        table = table.assign(warning="NOT COMPARABLE")
    path.write_text(csv_text(table), encoding="utf-8", newline="\n")


def csv_text(table: pd.DataFrame) -> str:
    """A table as text, its numbers with ten digits, its texts out of the way of spreadsheets and terminals."""
    said = {protected(name): _cells(column) for name, column in table.items()}
    return str(pd.DataFrame(said).to_csv(index=False, lineterminator="\n"))


def _cells(column: pd.Series[Any]) -> pd.Series[Any]:
    if column.dtype.kind == "f":
        return _digits(column)
    if is_numeric_dtype(column.dtype):
        return column
    told = {cell: protected(cell) for cell in column.unique() if isinstance(cell, str)}
    return column.astype("object").map(lambda cell: told.get(cell, cell))


def _digits(column: pd.Series[Any]) -> pd.Series[Any]:
    """Numbers as text with ten digits, each that occurs put into digits once; missing ones empty."""
    codes, known = pd.factorize(column)
    texts = np.array([*(f"{number:.10g}" for number in known), ""], dtype=object)
    return pd.Series(texts[codes], index=column.index)


def manifest(experiment: Experiment, command: str) -> dict[str, Any]:
    """How the results came about, as plain data: enough to repeat the run and to see what it was made of."""
    result, scenario = experiment.comparison, experiment.scenario
    cohort = [one.reductions[0].sums[0, one.reductions[0].columns.index("citizens")] for one in result.replications]
    return {
        "results_version": RESULTS_VERSION,
        "scenario": scenario.name,
        "title": scenario.title,
        "question": scenario.question,
        "not_suitable_for": NOT_SUITABLE_FOR,
        "applied": list(scenario.applied),
        "settings": scenario.settings,
        "quick": experiment.options.quick,
        "seed": scenario.run.seed,
        "replications": len(result.replications),
        "first_stage": experiment.first_stage,
        "second_stage_wanted": experiment.second_stage_wanted,
        "weeks": scenario.run.weeks.model_dump(),
        "warm_up": asdict(result.plan.warm_up or as_given(scenario, "not asked for")),
        "bases": [footing.basis for footing in result.plan.footings],
        "headlines": result.headlines,
        "basis_factors": result.plan.factors,
        "equal_help": [one.as_dict() for one in result.plan.equal_help],
        "notices": [notice.as_dict() for notice in result.notices],
        "cohort_mean": sum(cohort) / len(cohort),
        "engine": experiment.options.engine,
        "versions": versions(),
        "machine": machine(),
        "started": experiment.started.isoformat(timespec="seconds"),
        "seconds": round(experiment.seconds, 2),
        "command": command,
        "hashes": {"scenario.resolved.toml": scenario_hash(scenario)},
    }


def machine() -> str:
    """What kind of machine this is."""
    return f"{platform.system()} {platform.machine()}, Python {sys.implementation.name}"


def versions() -> dict[str, str]:
    """The versions of the program, of Python and of the libraries that numbers may hang on."""
    own = {"service-pathways": _version("service-pathways"), "python": platform.python_version()}
    return own | {library: _version(library) for library in LIBRARIES}


def _version(library: str) -> str:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return "unknown"
