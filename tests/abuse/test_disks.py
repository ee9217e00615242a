"""Disks that are full, closed or odd: one message or a quiet end, never a traceback, and the last good results stay."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from .trials import ROOT, begun, ended, environment, fingerprint, is_whole, pieces_of_work, run, seeds, with_few_rights

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="disks are limited otherwise there")
FULL = Path("/dev/full")
needs_full = pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")


@needs_full
def test_a_full_disk_behind_the_output_is_told(good: Path, tmp_path: Path) -> None:
    file = seeds(tmp_path)
    for words in (("explain", file), ("inputs", file), ("report", folder(tmp_path))):
        with FULL.open("w") as full:
            code, _, err = run(*words, stdout=full)
        assert code == 2, words
        assert err.splitlines()[-1].startswith("The output could not be written: No space left on device. "), words
    assert is_whole(good / "seeds")


def folder(tmp_path: Path) -> Path:
    return tmp_path / "results" / "seeds"


@needs_full
def test_a_full_disk_behind_the_messages_stops_nothing(tmp_path: Path) -> None:
    with FULL.open("w") as full:
        code, out, _ = run("run", seeds(tmp_path), "--out", tmp_path / "results", stderr=full)
        assert code == 0 and "report.html" in out
        assert run("run", tmp_path / "nowhere.toml", stderr=full)[0] == 2
        assert run("run", seeds(tmp_path), "--out", tmp_path / "results", stderr=full, stdout=full)[0] == 2
    assert is_whole(folder(tmp_path))


def test_whoever_stops_reading_the_output_ends_it_quietly(tmp_path: Path) -> None:
    process = begun("inputs", "anytown")
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == ""
    process.wait(60)


def limited(most: int) -> Callable[[], None]:
    """Have no file of a process grow over so many bytes, as on a disk with no more room."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


@pytest.mark.parametrize("most", [0, 1_000, 20_000])
def test_a_run_for_which_there_is_no_room_leaves_the_last_good_results(good: Path, tmp_path: Path, most: int) -> None:
    file, out = seeds(tmp_path), good
    before = fingerprint(folder(tmp_path))
    code, _, err = run("run", file, "--seed", "9", "--out", out, preexec_fn=limited(most))
    assert code == 2, err
    assert "no larger file can be written there" in err.splitlines()[-1]
    assert fingerprint(folder(tmp_path)) == before and is_whole(folder(tmp_path))
    assert not pieces_of_work(out)


@pytest.mark.parametrize("command", [("inputs", "anytown"), ("new", "town", "--no-questions", "--from")])
def test_a_new_file_for_which_there_is_no_room_is_not_left_half_written(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    words = [*command, "--out", tmp_path / "numbers.csv"] if command[0] == "inputs" else [*command, seeds(tmp_path)]
    code, _, err = ended(
        subprocess.Popen(
            [sys.executable, str(ROOT / "run_scenarios.py"), *map(str, words)],
            cwd=tmp_path, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(),
            preexec_fn=limited(100),
        )
    )  # fmt: skip
    assert code == 2 and "cannot be written: File too large" in err
    assert {path.name for path in tmp_path.iterdir()} <= {"seeds.toml"}


@pytest.mark.skipif(sys.platform != "linux", reason="root's rights are taken away otherwise there")
@pytest.mark.parametrize("closed", ["results", "results/seeds", "results/.unfinished", "results/seeds/summary.csv"])
@pytest.mark.parametrize("words", ["run", "report"])
def test_what_is_closed_is_told_and_stays(good: Path, tmp_path: Path, closed: str, words: str) -> None:
    file, out, there = seeds(tmp_path), good, good / "seeds"
    before, mode = fingerprint(there), (tmp_path / closed).stat().st_mode
    (tmp_path / closed).chmod(0)
    given = (file, "--out", out) if words == "run" else (there,)
    try:
        code, _, err = run(words, *given, preexec_fn=with_few_rights)
    finally:
        (tmp_path / closed).chmod(mode)
    if (words, closed) == ("run", "results/seeds/summary.csv"):
        assert code == 0, "a file need not be read to be replaced"
        return
    assert code == 2, err
    assert ("ermission" in err or "is not readable" in err) and Path(closed).name in err
    assert "replications" not in err, "it is told before anything is run"
    assert fingerprint(there) == before
