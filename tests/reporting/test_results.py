"""A results folder is read whole, or refused with a message that says what to do."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pandas as pd
import pytest

from sim.errors import ResultsError
from sim.reporting.results import COLUMNS, Results, read_results
from sim.scenario.scenario import load

from .conftest import Maker
from .folders import FINDINGS, VILLAGE, Made, write_folder


def test_a_folder_is_read_as_it_was_written(plain: Results) -> None:
    assert plain.bases == ["as_specified", "equal_spend"]
    assert plain.pathways == ["outsourced", "local", "no_service"]
    assert plain.years_followed == 3
    row = plain.difference("as_specified", "local", "outsourced", "days_to_help")
    assert row is not None and (row["mean"], row["low"], row["high"]) == FINDINGS["as_specified", "days_to_help"][:3]
    assert bool(row["headline"]) is True


def test_the_first_pathway_and_no_service_are_one_arm_on_every_basis(plain: Results) -> None:
    as_specified = [("as_specified", name) for name in ("outsourced", "local", "no_service")]
    assert plain.arms == [*as_specified, ("equal_spend", "local")]


def test_a_real_run_is_read_with_its_whole_scenario(real: Results) -> None:
    written = {fact.path: fact for fact in load(VILLAGE).facts if not fact.path.startswith("run.")}
    assert {fact.path: fact for fact in real.scenario.facts if not fact.path.startswith("run.")} == written
    assert real.quick


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ResultsError, match=r"there is no such results folder; run the scenario first"):
        read_results(tmp_path / "nowhere")


@pytest.mark.parametrize("name", [*COLUMNS, "manifest.json", "scenario.resolved.toml"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    folder = write_folder(tmp_path / "village")
    (folder / name).unlink()
    with pytest.raises(ResultsError, match=f"{name}: is missing; run the scenario again"):
        read_results(folder)


@pytest.mark.parametrize("name", COLUMNS)
def test_a_missing_column_is_named_as_another_version(tmp_path: Path, name: str) -> None:
    folder = write_folder(tmp_path / "village")
    column = COLUMNS[name][-1]
    pd.read_csv(folder / name).drop(columns=column).to_csv(folder / name, index=False)
    with pytest.raises(ResultsError, match=f"{name}: has no column {column}; .*another version"):
        read_results(folder)


def test_another_version_of_results_is_refused(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "village", Made(FINDINGS, manifest={"results_version": 1}))
    with pytest.raises(ResultsError, match=r"results_version is not 6; .*another version"):
        read_results(folder)


def test_a_manifest_without_a_key_is_refused(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "village")
    told = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    del told["seed"]
    (folder / "manifest.json").write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(ResultsError, match=r"manifest.json: has no seed"):
        read_results(folder)


@pytest.mark.parametrize("text", ["{", "[1]", ""])
def test_a_broken_manifest_is_refused(tmp_path: Path, text: str) -> None:
    folder = write_folder(tmp_path / "village")
    (folder / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(ResultsError, match=r"manifest.json"):
        read_results(folder)


@pytest.mark.parametrize("text", ["", "basis,pathway\n1,2,3,4\n", "\0\1"])
def test_a_broken_table_is_refused(tmp_path: Path, text: str) -> None:
    folder = write_folder(tmp_path / "village")
    (folder / "summary.csv").write_text(text, encoding="utf-8")
    with pytest.raises(ResultsError, match=r"summary.csv"):
        read_results(folder)


def test_a_word_where_a_number_belongs_is_refused(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "village")
    text = (folder / "ledger.csv").read_text(encoding="utf-8")
    (folder / "ledger.csv").write_text(text.replace("1872000.0", "plenty", 1), encoding="utf-8")
    with pytest.raises(ResultsError, match=r"ledger.csv: is not the table expected"):
        read_results(folder)


def test_a_measure_nobody_defined_is_refused(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "village")
    text = (folder / "summary.csv").read_text(encoding="utf-8")
    (folder / "summary.csv").write_text(text.replace(",days_in_need,", ",days_of_need,"), encoding="utf-8")
    with pytest.raises(ResultsError, match=r"summary\.csv: measure in row \d+ is 'days_of_need', which is not a word"):
        read_results(folder)


@pytest.mark.parametrize("text", ["title = ", 'title = "no scenario"'])
def test_a_broken_scenario_is_refused(tmp_path: Path, text: str) -> None:
    folder = write_folder(tmp_path / "village")
    (folder / "scenario.resolved.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ResultsError, match=r"scenario.resolved.toml: does not read as a scenario"):
        read_results(folder)


def test_the_run_code_is_the_start_of_a_hash_of_scenario_seed_replications_and_version(plain: Results) -> None:
    named = f"{'0' * 64} 20150410 12 6"
    assert plain.run_code == hashlib.sha256(named.encode()).hexdigest()[:8]


@pytest.mark.parametrize(
    "differs", [{"seed": 7}, {"replications": 13}, {"hashes": {"scenario.resolved.toml": "1" * 64}}]
)
def test_the_run_code_changes_with_whatever_moves_the_numbers(plain: Results, made: Maker, differs: object) -> None:
    assert made(manifest=differs).run_code != plain.run_code


def test_the_run_code_does_not_change_with_the_machine_or_the_time(plain: Results, made: Maker) -> None:
    assert made(manifest={"machine": "another", "seconds": 99.0, "started": "2027-01-01"}).run_code == plain.run_code
