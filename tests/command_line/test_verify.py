"""`verify` as a user meets it: what it prints and writes, and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sim.experiments.verifying import repetition
from sim.experiments.workers import replications

from .conftest import Sim
from .test_commands import in_its_own_process

LITTLE = ("--replications", "2", "--workers", "1")

LINE = """
title = "A line"
compare = ["line"]
run.seed = 1
run.weeks = { warm_up = WARM_UP, cohort = 3, follow_up = 1 }
run.quick = { warm_up = 1, cohort = 1, follow_up = 1 }
arrivals.per_day = 40
[pathways.line]
starts_at = "desk"
teams.clerks = { posts = POSTS }
stages.desk = { team = "clerks", hours = 1.0 }
"""


@pytest.fixture(autouse=True)
def one_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers of a run take seconds to start."""
    monkeypatch.setattr(
        repetition, "replications", lambda agreed, numbers, _, done: replications(agreed, numbers, 1, done)
    )


def written(folder: Path, *, posts: float = 3, warm_up: int = 2) -> Path:
    path = folder / "line.toml"
    path.write_text(LINE.replace("POSTS", str(posts)).replace("WARM_UP", str(warm_up)), encoding="utf-8")
    return path


def test_it_prints_each_test_and_writes_the_dossier(sim: Sim, tmp_path: Path) -> None:
    done = sim("verify", written(tmp_path), *LITTLE, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert "pass              Little's law" in done.stdout
    assert "16 tests: 11 passed, 0 failed, 1 too weak to tell" in done.stdout
    folder = tmp_path / "out" / "line"
    assert {path.name for path in folder.iterdir()} == {"verify.md", "verify.json", "SHA256SUMS"}
    assert str(folder / "verify.md") in done.stdout
    assert [path.name for path in folder.parent.glob("[!.]*")] == [folder.name]
    assert "## Little's law: pass" in (folder / "verify.md").read_text(encoding="utf-8")


def test_progress_goes_to_stderr_with_the_time_it_will_take(sim: Sim, tmp_path: Path) -> None:
    done = sim("verify", written(tmp_path), *LITTLE, "--out", tmp_path / "out")
    assert "16 tests, about" in done.stderr and "Little's law: pass" in done.stderr
    assert "about" not in done.stdout


def test_a_test_that_fails_ends_with_3(tmp_path: Path) -> None:
    """One post for the work of 1.7, after a week: the backlog grows, and a longer warm-up shows it."""
    done = in_its_own_process("verify", written(tmp_path, posts=1, warm_up=1), *LITTLE, "--out", tmp_path / "out")
    assert done.returncode == 3, done.stdout
    assert "FAIL              Warm-up doubled" in done.stdout and "Failed: Warm-up doubled." in done.stdout
    assert "Traceback" not in done.stderr
    assert json.loads((tmp_path / "out" / "line" / "verify.json").read_text(encoding="utf-8"))["failed"]


def test_json_is_what_is_written(sim: Sim, tmp_path: Path) -> None:
    done = sim("verify", written(tmp_path), *LITTLE, "--quick", "--seed", "5", "--out", tmp_path / "out", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told == json.loads((tmp_path / "out" / "line" / "verify.json").read_text(encoding="utf-8"))
    assert told["quick"] and told["seed"] == 5 and len(told["tests"]) == 16
    assert told["weeks"]["own"] == {"warm_up": 1, "cohort": 1, "follow_up": 1}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--replications", "1"), "needs at least 2"),
        (("--set", "pathways.line.teams.clerks.psots=3"), "did you mean `pathways.line.teams.clerks.posts`?"),
        (("--with", "magic"), "offers no change `magic`"),
    ],
)
def test_something_wrong_with_what_was_given_ends_with_2(
    sim: Sim, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    done = sim("verify", written(tmp_path), *words, "--out", tmp_path / "out")
    assert done.returncode == 2, done.stderr
    assert said in done.stderr
    assert not list((tmp_path / "out").glob("[!.]*"))


def test_a_folder_with_somebodys_own_files_is_refused_before_anything_runs(sim: Sim, tmp_path: Path) -> None:
    folder = tmp_path / "out" / "line"
    folder.mkdir(parents=True)
    (folder / "diary.txt").write_text("mine", encoding="utf-8")
    done = sim("verify", written(tmp_path), *LITTLE, "--out", tmp_path / "out")
    assert done.returncode == 2
    assert "diary.txt" in done.stderr and "16 tests" not in done.stderr
    assert [path.name for path in folder.iterdir()] == ["diary.txt"]


def test_values_set_have_a_dossier_of_their_own(sim: Sim, tmp_path: Path) -> None:
    path = written(tmp_path)
    done = sim("verify", path, *LITTLE, "--set", "pathways.line.teams.clerks.posts=4", "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    (folder,) = (tmp_path / "out").glob("[!.]*")
    assert folder.name.startswith("line+set-")
    assert "posts = 4" in (folder / "verify.md").read_text(encoding="utf-8").splitlines()[0]


def test_a_dossier_and_a_run_share_a_folder(sim: Sim, tmp_path: Path) -> None:
    path, out = written(tmp_path), tmp_path / "out"
    assert sim("run", path, *LITTLE, "--out", out).returncode == 0
    assert sim("verify", path, *LITTLE, "--out", out).returncode == 0
    names = {one.name for one in (out / "line").iterdir()}
    assert {"verify.md", "verify.json", "summary.csv", "report.html"} <= names
    assert sim("run", path, *LITTLE, "--out", out).returncode == 0
    assert {one.name for one in (out / "line").iterdir()} == names, "a run keeps a dossier of the same scenario"
    assert sim("run", written(tmp_path, posts=5), *LITTLE, "--out", out).returncode == 0
    assert {one.name for one in (out / "line").iterdir()} == names - {"verify.md", "verify.json"}
