"""Results as they lie in a folder: the tables, the manifest and the scenario they came from."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from sim.errors import ResultsError, ScenarioError
from sim.experiments.hidden import left_behind, place_of
from sim.experiments.remedies import in_words
from sim.measures.definitions import DEFINITIONS
from sim.reporting.ranges_read import Ranges, read_ranges
from sim.reporting.reading import MADE_BY_ANOTHER, cleaned, held_to, read_json, read_table, read_text
from sim.reporting.schema import RUN, Manifest
from sim.scenario.keys import shown
from sim.scenario.scenario import Scenario
from sim.scenario.vocabulary import NO_SERVICE

COLUMNS = {name: schema.columns for name, schema in RUN.items()}
"""The tables read here, and the columns each must have."""

RESULTS_VERSION = 6


MOST_SET_SHOWN = 4
"""How many values that were set stand beside a title."""


@dataclass(frozen=True)
class Results:
    """A results folder, read. Tables are long: one row a number; texts are never missing, numbers may be NaN."""

    folder: Path
    manifest: Mapping[str, Any]
    scenario: Scenario
    summary: pd.DataFrame
    comparison: pd.DataFrame
    curves: pd.DataFrame
    flows: pd.DataFrame
    ledger: pd.DataFrame
    checks: pd.DataFrame
    demand: pd.DataFrame
    variants: pd.DataFrame
    stories: pd.DataFrame
    ranges: Ranges | None = None
    """What draws from the plausible ranges came to; None where they have not been run."""

    @property
    def quick(self) -> bool:
        """Whether this was a short run, not to be compared with anything."""
        return bool(self.manifest["quick"])

    @property
    def unlike_its_file(self) -> str:
        """The changes applied and the values set, in words; empty where the plain file was run."""
        set_here = settings_in_words(self.manifest["settings"])
        more = len(set_here) - MOST_SET_SHOWN
        told = [*self.manifest["applied"], *set_here[:MOST_SET_SHOWN]]
        return ", ".join(told) + (f", and {more} more values" if more > 0 else "")

    @property
    def run_code(self) -> str:
        """Eight hexadecimal digits that name this run: the same for the same numbers, wherever they were made.

        The first of the SHA-256 of the resolved scenario's hash, the seed, the replications and the results version.
        """
        scenario = self.manifest["hashes"].get("scenario.resolved.toml", "")
        named = (scenario, self.manifest["seed"], self.manifest["replications"], RESULTS_VERSION)
        return hashlib.sha256(" ".join(map(str, named)).encode()).hexdigest()[:8]

    @property
    def bases(self) -> list[str]:
        """The bases asked for, in the file's order."""
        return list(self.manifest["bases"])

    @property
    def headlines(self) -> list[str]:
        """The measures named as headlines before running."""
        return list(self.manifest["headlines"])

    @property
    def compared(self) -> list[str]:
        """The pathways compared, the first of them the one the others are set against."""
        return list(self.scenario.compare)

    @cached_property
    def pathways(self) -> list[str]:
        """The pathways compared, then no_service where it was run."""
        run = set(self.summary["pathway"])
        return [*self.compared, *([NO_SERVICE] if NO_SERVICE in run else [])]

    @cached_property
    def arms(self) -> list[tuple[str, str]]:
        """Each (basis, pathway) that was run, once: the first pathway and no_service are the same on every basis."""
        first, *others = self.bases
        changed = [(basis, pathway) for basis in others for pathway in self.compared[1:]]
        run = set(zip(self.summary["basis"], self.summary["pathway"], strict=True))
        return [arm for arm in (*((first, pathway) for pathway in self.pathways), *changed) if arm in run]

    @property
    def years_followed(self) -> float:
        """How long each citizen was followed [years of 52 weeks]."""
        return float(self.manifest["weeks"]["follow_up"]) / 52

    def overall(self, basis: str, pathway: str, measure: str, part: str = "") -> pd.Series | None:
        """The row of the summary for all citizens; None where there is none."""
        return self._overall.get((basis, pathway, measure, part))

    def difference(self, basis: str, pathway: str, against: str, measure: str) -> pd.Series | None:
        """The row of the comparison for all citizens; None where there is none."""
        return self._differences.get((basis, pathway, against, measure, ""))

    @cached_property
    def _overall(self) -> dict[tuple[str, ...], pd.Series]:
        return _of_everyone(self.summary, ["basis", "pathway", "measure", "part"])

    @cached_property
    def _differences(self) -> dict[tuple[str, ...], pd.Series]:
        return _of_everyone(self.comparison, ["basis", "pathway", "against", "measure", "part"])


def _of_everyone(table: pd.DataFrame, keys: list[str]) -> dict[tuple[str, ...], pd.Series]:
    """The rows that are of all citizens, by what they are of: a report asks for hundreds."""
    rows = table[table["by"] == "all"]
    return {tuple(row[key] for key in keys): row for _, row in rows.iterrows()}


def settings_in_words(settings: Mapping[str, str]) -> list[str]:
    """What was set beside the file, such as `place.adults = 210000`."""
    return [f"{path} = {value}" for path, value in settings.items()]


def refuse_missing(folder: Path) -> None:
    """Refuse a results folder that is not there, and was not on its way there when a run was cut short.

    Raises
    ------
    ResultsError
        Saying what to do.
    """
    with in_words(folder):
        if not folder.is_dir() and not left_behind(place_of(folder)):
            raise ResultsError(f"{folder}: there is no such results folder; run the scenario first")


def read_results(folder: Path) -> Results:
    """The results that lie in a folder.

    Raises
    ------
    ResultsError
        If the folder or a file in it is missing, cannot be read, or was written by another version of the program.
    """
    refuse_missing(folder)
    manifest = _manifest(folder)
    scenario = _scenario(folder, manifest)
    tables = {name.removesuffix(".csv"): read_table(folder / name, schema) for name, schema in RUN.items()}
    for name, table in tables.items():
        refuse_unknown(folder / f"{name}.csv", table, scenario)
    _refuse_cut_short(folder, manifest, scenario, tables["summary"])
    tables["curves"] = tables["curves"][tables["curves"]["mean"].notna()]
    return Results(folder=folder, manifest=manifest, scenario=scenario, ranges=read_ranges(folder), **tables)


def refuse_unknown(path: Path, table: pd.DataFrame, scenario: Scenario) -> None:
    """Refuse a table with a pathway that the scenario does not know, with a ResultsError."""
    known = {*scenario.pathways, NO_SERVICE}
    for name in {"pathway", "against"} & set(table.columns):
        unknown = sorted(set(table[name]) - known - ({""} if name == "against" else set()))
        if unknown:
            problem = f"{name} {shown(unknown[0])} is no pathway of the scenario beside it"
            raise ResultsError(f"{path}: {problem}; run the scenario again")


def _refuse_cut_short(folder: Path, manifest: Mapping[str, Any], scenario: Scenario, summary: pd.DataFrame) -> None:
    """Refuse a summary without the first pathway, which every run has rows of, and headlines that are no measures."""
    basis, pathway = manifest["bases"][0], scenario.compare[0]
    if not ((summary["basis"] == basis) & (summary["pathway"] == pathway)).any():
        problem = f"has no row of {pathway} on the basis {basis}"
        raise ResultsError(f"{folder / 'summary.csv'}: {problem}; run the scenario again")
    unknown = sorted(set(manifest["headlines"]) - set(DEFINITIONS))
    if unknown:
        problem = f"the headline {shown(unknown[0])} is no measure known here"
        raise ResultsError(f"{folder / 'manifest.json'}: {problem}; {MADE_BY_ANOTHER}")


def with_tables(results: Results, folder: Path) -> Results:
    """The results with the summary and the comparison that lie in another folder.

    Raises
    ------
    ResultsError
        If one of them cannot be read.
    """
    summary, comparison = (read_table(folder / name, RUN[name]) for name in ("summary.csv", "comparison.csv"))
    return replace(results, summary=summary, comparison=comparison)


def _manifest(folder: Path) -> Mapping[str, Any]:
    path = folder / "manifest.json"
    told = read_json(path)
    if not isinstance(told, dict) or told.get("results_version") != RESULTS_VERSION:
        raise ResultsError(f"{path}: results_version is not {RESULTS_VERSION}; {MADE_BY_ANOTHER}")
    missing = [name for name, key in Manifest.model_fields.items() if key.is_required() and name not in told]
    if missing:
        raise ResultsError(f"{path}: has no {', '.join(missing)}; {MADE_BY_ANOTHER}")
    return held_to(Manifest, told, path, "run the scenario again")


def _scenario(folder: Path, manifest: Mapping[str, Any]) -> Scenario:
    path = folder / "scenario.resolved.toml"
    try:
        data = cleaned(tomllib.loads(read_text(path)))
        return Scenario.from_data(manifest["scenario"], data, is_tried=True)
    except RecursionError:
        raise ResultsError(f"{path}: nests too deeply for a scenario; run the scenario again") from None
    except (tomllib.TOMLDecodeError, ScenarioError) as error:
        raise ResultsError(f"{path}: does not read as a scenario; {MADE_BY_ANOTHER}\n{error}") from None
