"""Locks: one writer at a time, the others hear who it is, and none outlives its holder."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from sim.errors import ResultsError
from sim.experiments.hidden import HIDDEN
from sim.experiments.locking import held, lock
from sim.experiments.swapping import replaced

HOLD = """
import sys, time
from pathlib import Path
from sim.experiments.locking import held
with held([Path(sys.argv[1])]):
    print("held", flush=True)
    time.sleep(120)
"""


@contextmanager
def held_elsewhere(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock of a folder, and is killed at the end."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(folder)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()


def refused(*folders: Path) -> str:
    """What is said to whoever wants these folders now."""
    with pytest.raises(ResultsError) as caught, held(folders):
        pass
    return str(caught.value)


def test_the_second_hears_who_writes_there_and_since_when(tmp_path: Path) -> None:
    folder = tmp_path / "village"
    with held_elsewhere(folder) as process:
        said = refused(folder)
    who = f"process {process.pid} on {platform.node()}, since "
    assert said.startswith(f"{folder}: another run is writing there ({who}")
    assert f"{datetime.now():%B %Y}" in said
    assert said.endswith("wait until it has ended, or choose another folder with --out")


def test_a_lock_is_free_as_soon_as_its_holder_is_killed(tmp_path: Path) -> None:
    folder, notes = tmp_path / "village", tmp_path / HIDDEN / "holders"
    with held_elsewhere(folder):
        pass
    assert list(notes.iterdir()), "its note outlived it"
    with held([folder]):
        pass
    assert not list(notes.iterdir())


def test_a_note_without_a_lock_is_no_lock(tmp_path: Path) -> None:
    """As after a machine was switched off; whatever process has that number now."""
    (tmp_path / HIDDEN / "holders").mkdir(parents=True)
    note = tmp_path / HIDDEN / "holders" / "village"
    told = {"process": os.getpid(), "host": platform.node(), "since": "2026-01-01", "command": "x"}
    note.write_text(json.dumps(told), encoding="utf-8")
    with held([tmp_path / "village"]):
        pass


@pytest.mark.parametrize("note", ["", "{", "[]", "null", '{"process": 1}', '{"since": "x"}', "\x00\xff"])
def test_a_note_that_cannot_be_read_only_leaves_out_who(tmp_path: Path, note: str) -> None:
    with held_elsewhere(tmp_path / "village"):
        (tmp_path / HIDDEN / "holders" / "village").write_text(note, encoding="latin-1")
        assert "another run is writing there; wait until" in refused(tmp_path / "village")


def test_who_holds_a_lock_may_write_and_another_thread_may_not(tmp_path: Path) -> None:
    folder = tmp_path / "village"
    told: list[str] = []

    def other() -> None:
        try:
            with replaced(folder):
                pass
        except ResultsError as error:
            told.append(str(error))

    with held([folder]):
        with replaced(folder) as kept:
            (kept.fresh / "manifest.json").write_text("{}", encoding="utf-8")
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert len(told) == 1 and "another run is writing there" in told[0]
    assert (folder / "manifest.json").read_text(encoding="utf-8") == "{}"


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_two_names_of_one_folder_have_one_lock(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    (tmp_path / "near").symlink_to(tmp_path / "far")
    with held_elsewhere(tmp_path / "near"):
        assert "far: another run" in refused(tmp_path / "far")


def test_whoever_waits_gets_the_lock_when_it_is_free(tmp_path: Path) -> None:
    with held_elsewhere(tmp_path / "index") as process:
        threading.Timer(0.5, process.kill).start()
        with lock(tmp_path, "index", tmp_path, wait=60):
            assert process.wait() != 0


def test_one_that_is_taken_leaves_the_others_free(tmp_path: Path) -> None:
    with held_elsewhere(tmp_path / "b"):
        assert "b: another run" in refused(tmp_path / "a", tmp_path / "b")
        with held_elsewhere(tmp_path / "a"):
            assert "a: another run" in refused(tmp_path / "a")
