"""Two runs at once into one results folder: one of them is done, the other is told, and the folder is whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .trials import begun, ended, fingerprint, is_whole, pieces_of_work, run, seeds


def both(root: Path, pair: int) -> list[int]:
    """The exit codes of two runs started together, the second with another seed."""
    file, out = seeds(root), root / "results"
    processes = [begun("run", file, "--seed", str(2 * pair + one), "--out", out) for one in (0, 1)]
    codes = []
    for process in processes:
        code, _, err = ended(process)
        codes.append(code)
        if code == 2:
            assert "another run is writing there (process " in err and "replications" not in err, err
    return codes


def tried(root: Path, pairs: int) -> int:
    """How many of so many pairs left a folder that is not whole, or were not one done, and one done or refused."""
    spoilt = 0
    for pair in range(pairs):
        codes, folder = both(root, pair), root / "results" / "seeds"
        seed = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["seed"]
        of_this_pair = seed in (2 * pair, 2 * pair + 1)
        spoilt += not (0 in codes and set(codes) <= {0, 2} and of_this_pair and is_whole(folder))
        assert not pieces_of_work(root / "results")
    return spoilt


def test_pairs_of_runs_leave_whole_folders(tmp_path: Path) -> None:
    assert tried(tmp_path, 3) == 0


@pytest.mark.slow
def test_fifty_pairs_of_runs_leave_whole_folders(tmp_path: Path) -> None:
    assert tried(tmp_path, 50) == 0


def test_the_one_that_is_done_is_as_if_it_had_been_alone(tmp_path: Path) -> None:
    both(tmp_path, 0)
    out = tmp_path / "results" / "seeds"
    seed = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["seed"]
    assert run("run", seeds(tmp_path), "--seed", str(seed), "--out", tmp_path / "alone")[0] == 0
    assert fingerprint(out) == fingerprint(tmp_path / "alone" / "seeds")


def test_report_and_run_take_turns(good: Path, tmp_path: Path) -> None:
    """Pages made anew while a run goes on are refused, or the run is: never mixed."""
    file, out = seeds(tmp_path), good
    both_begun = [begun("report", out / "seeds"), begun("run", file, "--seed", "9", "--out", out)]
    codes = [ended(process)[0] for process in both_begun]
    assert 0 in codes and set(codes) <= {0, 2}
    assert is_whole(out / "seeds")


def test_runs_of_other_scenarios_share_a_root(tmp_path: Path) -> None:
    """The overview is written by both, one after the other."""
    files = [seeds(tmp_path, name) for name in ("a", "b", "c", "d")]
    out = tmp_path / "results"
    pairs = [begun("run", *files[:2], "--out", out), begun("run", *files[2:], "--out", out)]
    assert [ended(process)[0] for process in pairs] == [0, 0]
    assert all(is_whole(out / file.stem) for file in files)
    assert (out / "index.html").read_text(encoding="utf-8").rstrip().endswith("</html>")
