"""`ranges` as a user meets it: what it prints and writes, and that a run cut short goes on where it was."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from .conftest import ROOT, Done, Sim
from .test_commands import short

DRAWS = "24"
FILES = ("draws.csv", "ranges.csv", "chances.csv", "acceptability.csv")


@pytest.fixture(scope="module")
def ranged(sim: Sim, tmp_path_factory: pytest.TempPathFactory) -> tuple[Done, Path]:
    """The village, run and ranged."""
    folder = tmp_path_factory.mktemp("ranged")
    done = sim("run", short(folder), "--replications", "2", "--variants", "skip", "--out", folder / "results")
    assert done.returncode == 0, done.stderr
    return sim("ranges", short(folder), "--draws", DRAWS, "--out", folder / "results"), folder / "results" / "village"


def test_it_prints_the_ranges_and_writes_its_files_and_the_report(
    ranged: tuple[Done, Path],
) -> None:
    done, folder = ranged
    assert done.returncode == 0, done.stderr
    assert f"over {DRAWS} draws" in done.stdout
    assert "no forecast" in done.stdout
    assert str(folder / "report.html") in done.stdout
    assert 'id="ranges"' in (folder / "report.html").read_text(encoding="utf-8")
    assert all((folder / name).is_file() for name in FILES)
    assert not (folder.parent / ".unfinished" / "journals" / "village").exists()


def test_draws_hold_what_ranges_are_made_of(ranged: tuple[Done, Path]) -> None:
    """The mean of a difference is that of the draws themselves, and each of the first pathway's columns is its own."""
    _, folder = ranged
    draws, ranges = pd.read_csv(folder / "draws.csv"), pd.read_csv(folder / "ranges.csv")
    assert len(draws) == int(DRAWS)
    for _, row in ranges[ranges["against"] == "outsourced"].iterrows():
        one, other = (draws[f"{row['basis']}|{name}|{row['measure']}"] for name in (row["pathway"], "outsourced"))
        assert row["mean"] == pytest.approx((one - other).mean(), rel=1e-6)
        assert row["range_sd"] ** 2 + row["noise_sd"] ** 2 == pytest.approx(
            max((one - other).var(ddof=1), row["noise_sd"] ** 2), rel=1e-6
        )
    told = json.loads((folder / "ranges.json").read_text(encoding="utf-8"))
    assert {number["path"] for number in told["numbers"]} <= set(draws.columns)


def test_every_set_of_chances_adds_up_to_1(ranged: tuple[Done, Path]) -> None:
    _, folder = ranged
    chances = pd.read_csv(folder / "chances.csv", keep_default_na=False, na_values={"corrected": [""]})
    sets = chances.groupby(["basis", "pathway", "kind", "measure"])
    assert np.allclose(sets["raw"].sum(), 1)
    assert np.allclose(sets["corrected"].sum()[sets["corrected"].count() > 0], 1)
    table = pd.read_csv(folder / "acceptability.csv")
    assert set(table["basis"]) == {"as_specified"}, "on equal spend no cost is judged"
    worth = table.groupby(["basis", "gbp_per_day_in_need"])
    assert np.allclose(worth[["raw", "corrected"]].sum(), 1)


def test_more_draws_go_on_from_fewer_and_fewer_are_a_part_of_more(
    sim: Sim, ranged: tuple[Done, Path], tmp_path: Path
) -> None:
    _, folder = ranged
    less = sim("ranges", short(tmp_path), "--draws", "12", "--workers", "1", "--out", tmp_path)
    assert less.returncode == 0, less.stderr
    whole = pd.read_csv(folder / "draws.csv")
    assert pd.read_csv(tmp_path / "village" / "draws.csv").equals(whole.head(12))
    more = sim("ranges", short(tmp_path), "--draws", DRAWS, "--out", tmp_path)
    assert "runs were known from before" in more.stderr
    assert pd.read_csv(tmp_path / "village" / "draws.csv").equals(whole)
    assert "run village first" in more.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="killing is by signal")
def test_a_run_that_was_killed_goes_on_where_it_was_with_the_same_numbers(
    sim: Sim, ranged: tuple[Done, Path], tmp_path: Path
) -> None:
    """Killed outright, with a last line cut off in the middle for good measure."""
    words = ["ranges", str(short(tmp_path)), "--draws", DRAWS, "--out", str(tmp_path)]
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "run_scenarios.py"), *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    journal = tmp_path / ".unfinished" / "journals" / "village"
    until = time.monotonic() + 120
    while time.monotonic() < until and (not journal.exists() or journal.read_text(encoding="utf-8").count("\n") < 6):
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    kept = journal.read_text(encoding="utf-8")
    assert kept.count("\n") >= 6
    journal.write_text(kept + kept.splitlines()[-1][:40], encoding="utf-8")
    assert not (tmp_path / "village").exists()
    again = sim(*words)
    assert again.returncode == 0, again.stderr
    assert f"{kept.count(chr(10)) - 1} runs were known from before" in again.stderr
    for name in FILES:
        assert (tmp_path / "village" / name).read_bytes() == (ranged[1] / name).read_bytes(), name


def test_draws_of_another_seed_are_begun_anew(sim: Sim, ranged: tuple[Done, Path], tmp_path: Path) -> None:
    done = sim("ranges", short(tmp_path), "--draws", "4", "--seed", "5", "--out", ranged[1].parent.parent / "other")
    assert done.returncode == 0, done.stderr
    assert "known from before" not in done.stderr


def test_a_later_run_of_the_same_scenario_keeps_the_ranges_and_of_another_takes_them_away(
    sim: Sim, ranged: tuple[Done, Path], tmp_path: Path
) -> None:
    folder = ranged[1]
    file = short(tmp_path)
    same = sim("run", file, "--replications", "2", "--variants", "skip", "--out", folder.parent)
    assert same.returncode == 0, same.stderr
    assert (folder / "ranges.json").is_file()
    assert 'id="ranges"' in (folder / "report.html").read_text(encoding="utf-8")
    other = sim("run", file, "--replications", "2", "--variants", "skip", "--seed", "9", "--out", folder.parent)
    assert other.returncode == 0, other.stderr
    assert not (folder / "ranges.json").exists()
    assert not (folder / "draws.jsonl").exists()


@pytest.mark.parametrize(
    ("file", "words", "said"),
    [
        ("village", ["--draws", "1"], "--draws 1: a range needs at least 2"),
        ("mmc_line", [], "compares one pathway only"),
    ],
)
def test_what_cannot_be_ranged_is_refused_with_a_remedy(
    sim: Sim, file: str, words: list[str], said: str, tmp_path: Path
) -> None:
    done = sim("ranges", ROOT / "tests" / "scenarios" / f"{file}.toml", *words, "--out", tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
