"""Results as they lie in a folder: the tables, the manifest and the scenario they came from."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from sim.errors import ResultsError, ScenarioError
from sim.experiments.hidden import left_behind, place_of
from sim.experiments.remedies import in_words
from sim.measures.definitions import DEFINITIONS
from sim.reporting.paragraphs import one_line
from sim.reporting.ranges_read import Ranges, read_ranges
from sim.scenario.scenario import Scenario
from sim.scenario.vocabulary import NO_SERVICE

_WHOSE = ("measure", "unit", "by", "group", "part", "mean", "low", "high", "interval", "adjusted", "replications")

COLUMNS: dict[str, tuple[str, ...]] = {
    "summary.csv": ("basis", "pathway", *_WHOSE),
    "comparison.csv": ("basis", "pathway", "against", *_WHOSE, "headline", "matters", "verdict", "strict"),
    "curves.csv": ("basis", "pathway", "curve", "by", "group", "part", "day", "mean", "low", "high"),
    "flows.csv": ("basis", "pathway", "from_stage", "to", "outcome", "a_year"),
    "ledger.csv": (
        "basis", "pathway", "line", "purpose", "payer", "receiver", "gbp_a_year", "cashable_gbp_a_year", "gbp_once",
        "cashable_gbp_once",
    ),
    "checks.csv": (
        "name", "title", "pathway", "measure", "part", "unit", "model", "low", "high", "published", "tolerance",
        "passed", "source", "note",
    ),
    "demand.csv": (
        "factor", "pathway", "against", "measure", "unit", "mean", "low", "high", "verdict", "replications",
    ),
    "variants.csv": (
        "variant", "basis", "pathway", "against", "measure", "unit", "mean", "low", "high", "interval", "adjusted",
        "replications", "headline", "matters", "verdict",
    ),
    "stories.csv": (
        "basis", "pathway", "percentile", "difference", "of", "citizen", "arrival", "group", "neighbourhood",
        "level_at_arrival", "needs_at_arrival", "kind", "level", "cause", "started", "ended", "approach", "seq",
        "stage", "joined", "due", "staff_hours", "level_ended", "level_seen", "attended", "outcome", "gbp_at_once",
        "gbp_evenly",
    ),
}  # fmt: skip
"""The tables read here, and the columns each must have."""

_NUMBERS = {
    "mean", "low", "high", "matters", "day", "a_year", "gbp_a_year", "cashable_gbp_a_year", "gbp_once",
    "cashable_gbp_once", "model", "published", "tolerance", "replications",
    "factor", "percentile", "difference", "of", "citizen", "arrival", "needs_at_arrival", "started", "ended",
    "approach", "seq", "joined", "due", "staff_hours", "attended", "gbp_at_once", "gbp_evenly", "day_right_help",
    "day_recovered", "day_left",
}  # fmt: skip
_TRUTHS = {"adjusted", "headline", "passed"}

MANIFEST_KEYS = (
    "scenario", "title", "question", "applied", "settings", "quick", "seed", "replications", "weeks", "warm_up",
    "bases", "headlines", "basis_factors", "equal_help", "notices", "engine", "versions", "machine", "started",
    "seconds", "command", "hashes", "cohort_mean",
)  # fmt: skip

RESULTS_VERSION = 6
MADE_BY_ANOTHER = "these results are of another version of the program; run the scenario again"


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
    tables = {name.removesuffix(".csv"): read_table(folder / name, columns) for name, columns in COLUMNS.items()}
    tables["curves"] = tables["curves"][tables["curves"]["mean"].notna()]
    _measures_known(
        folder, {m for name in ("summary", "comparison", "demand", "variants") for m in tables[name]["measure"]}
    )
    return Results(
        folder=folder, manifest=manifest, scenario=_scenario(folder, manifest), ranges=read_ranges(folder), **tables
    )


def with_tables(results: Results, folder: Path) -> Results:
    """The results with the summary and the comparison that lie in another folder.

    Raises
    ------
    ResultsError
        If one of them cannot be read.
    """
    summary, comparison = (read_table(folder / name, COLUMNS[name]) for name in ("summary.csv", "comparison.csv"))
    return replace(results, summary=summary, comparison=comparison)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ResultsError(f"{path}: is missing; run the scenario again") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ResultsError(f"{path}: cannot be read ({error}); run the scenario again") from None


def _manifest(folder: Path) -> Mapping[str, Any]:
    path = folder / "manifest.json"
    try:
        manifest = _cleaned(json.loads(_text(path)))
    except json.JSONDecodeError as error:
        raise ResultsError(f"{path}: is not JSON ({error}); run the scenario again") from None
    if not isinstance(manifest, dict) or manifest.get("results_version") != RESULTS_VERSION:
        raise ResultsError(f"{path}: results_version is not {RESULTS_VERSION}; {MADE_BY_ANOTHER}")
    missing = [key for key in MANIFEST_KEYS if key not in manifest]
    if missing:
        raise ResultsError(f"{path}: has no {', '.join(missing)}; {MADE_BY_ANOTHER}")
    return dict(manifest)


def read_table(path: Path, columns: tuple[str, ...], numbers: Collection[str] = _NUMBERS) -> pd.DataFrame:
    """These columns of a table: texts are never missing, `numbers` may be NaN.

    Raises
    ------
    ResultsError
        If the file or a column is missing, or it cannot be read.
    """
    kinds = {name: "float64" if name in numbers else "str" for name in columns}
    text = [name for name in columns if name not in numbers]
    _text(path)
    try:
        # Only an empty cell is missing: a group or a team may well be called "none" or "na".
        table = pd.read_csv(
            path,
            usecols=lambda name: name in columns,
            dtype=kinds,
            keep_default_na=False,
            na_values={name: [""] for name in numbers},
        )
    except (ValueError, pd.errors.ParserError) as error:
        raise ResultsError(f"{path}: is not the table expected ({error}); {MADE_BY_ANOTHER}") from None
    missing = [name for name in columns if name not in table.columns]
    if missing:
        raise ResultsError(f"{path}: has no column {', '.join(missing)}; {MADE_BY_ANOTHER}")
    for name in text:
        table[name] = table[name].map({found: one_line(found) for found in table[name].unique()}).astype("object")
    for name in _TRUTHS & set(columns):
        table[name] = table[name] == "True"
    return table


def _cleaned(told: Any) -> Any:
    """What was read, with every text on one line and nothing in it that could move a cursor or turn the line round."""
    if isinstance(told, dict):
        return {one_line(name): _cleaned(inner) for name, inner in told.items()}
    if isinstance(told, list):
        return [_cleaned(inner) for inner in told]
    return one_line(told) if isinstance(told, str) else told


def _measures_known(folder: Path, measures: set[str]) -> None:
    unknown = sorted(measures - set(DEFINITIONS))
    if unknown:
        raise ResultsError(f"{folder}: measures not defined here: {', '.join(unknown)}; {MADE_BY_ANOTHER}")


def _scenario(folder: Path, manifest: Mapping[str, Any]) -> Scenario:
    path = folder / "scenario.resolved.toml"
    try:
        data = _cleaned(tomllib.loads(_text(path)))
        return Scenario.from_data(manifest["scenario"], data, is_tried=True)
    except (tomllib.TOMLDecodeError, ScenarioError) as error:
        raise ResultsError(f"{path}: does not read as a scenario; {MADE_BY_ANOTHER}\n{error}") from None
