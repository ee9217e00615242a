"""What is kept is believed only if it is ours, ours alone to write, and as it was written; the rest is made again."""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import subprocess
import sys
from io import BufferedWriter
from pathlib import Path
from time import time

import pytest

from sim import keeping
from sim.keeping import keep, kept, place

from .abuse.trials import with_few_rights

CONTENT = bytes(range(256)) * 4
posix = pytest.mark.skipif(not keeping.IS_SHARED, reason="files have no owner and no mode here")
as_root = pytest.mark.skipif(not keeping.IS_SHARED or os.geteuid() != 0, reason="only root can give a file away")

ANOTHER = 12_345
"""A user who is not the one of the tests."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    folder = tmp_path / "ours"
    folder.mkdir(mode=0o700)
    kept_file = folder / "one"
    assert keep(kept_file, CONTENT)
    return kept_file


@pytest.fixture
def roots(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """The two places to try, neither made as yet."""
    found = (tmp_path / "usual" / "sim", tmp_path / "spare")
    monkeypatch.setattr(keeping, "_roots", lambda: iter(found))
    return found


def test_what_was_kept_comes_back_as_it_was(file: Path) -> None:
    assert kept(file) == CONTENT
    assert keep(file, b"") and kept(file) == b""
    assert kept(file.with_name("another")) is None


@pytest.mark.parametrize("length", [0, 1, keeping.SEAL_BYTES - 1, keeping.SEAL_BYTES, keeping.SEAL_BYTES + 1, -1])
def test_a_file_that_is_cut_is_not_believed(file: Path, length: int) -> None:
    file.write_bytes(file.read_bytes()[:length])
    assert kept(file) is None


@pytest.mark.parametrize("at", [0, keeping.SEAL_BYTES, 500, -1])
def test_a_file_with_one_bit_changed_is_not_believed(file: Path, at: int) -> None:
    whole = bytearray(file.read_bytes())
    whole[at] ^= 1
    file.write_bytes(whole)
    assert kept(file) is None


def test_a_file_with_more_than_was_written_is_not_believed(file: Path) -> None:
    file.write_bytes(file.read_bytes() + b"\0")
    assert kept(file) is None


def test_two_files_in_each_others_place_are_not_believed(file: Path) -> None:
    other = file.with_name("two")
    keep(other, b"two")
    spare = file.rename(file.with_name("spare"))
    other.rename(file)
    spare.rename(other)
    assert kept(file) is None and kept(other) is None


@posix
@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_a_file_that_others_can_write_is_not_believed(file: Path, mode: int) -> None:
    file.chmod(mode)
    assert kept(file) is None


@posix
def test_a_link_is_not_followed(file: Path) -> None:
    """Even to a file that would be believed under this name."""
    aside = file.parent / "aside"
    aside.mkdir()
    file.rename(aside / "one")
    file.symlink_to(aside / "one")
    assert kept(file) is None
    assert keep(file, b"new") and kept(file) == b"new"
    assert kept(aside / "one") == CONTENT, "what the link pointed at is left alone"


@posix
def test_a_pipe_keeps_nobody_waiting(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)
    assert kept(file) is None
    assert keep(file, b"new") and kept(file) == b"new"


@as_root
def test_a_file_of_another_user_is_not_believed(file: Path) -> None:
    os.chown(file, ANOTHER, ANOTHER)
    assert kept(file) is None
    assert keep(file, b"new") and kept(file) == b"new"


def test_a_full_disk_leaves_what_was_kept_before(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(number: int, mode: str) -> BufferedWriter:
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr("sim.keeping.os.fdopen", full)
    assert not keep(file, b"new")
    monkeypatch.undo()
    assert kept(file) == CONTENT
    assert [one.name for one in file.parent.iterdir()] == ["one"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device here that is always full")
def test_a_disk_that_fills_up_while_writing(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.fdopen

    def full(number: int, mode: str) -> object:
        os.dup2(os.open("/dev/full", os.O_WRONLY), number)
        return real(number, mode)

    monkeypatch.setattr("sim.keeping.os.fdopen", full)
    assert not keep(file, CONTENT * 1_000)
    monkeypatch.undo()
    assert kept(file) == CONTENT
    assert [one.name for one in file.parent.iterdir()] == ["one"]


def _write_for_ever(file: Path, number: int) -> None:
    while True:
        keep(file, bytes([number]) * 200_000)


@posix
def test_writers_that_are_killed_and_race_leave_one_whole_file(file: Path) -> None:
    """Three write the same file over and over, are killed, and others begin: what is read is always one of theirs."""
    whole = {bytes([number]) * 200_000 for number in range(3)} | {CONTENT}
    seen = set()
    for _ in range(4):
        writers = [multiprocessing.Process(target=_write_for_ever, args=(file, number)) for number in range(3)]
        for writer in writers:
            writer.start()
        seen |= {kept(file) for _ in range(200)}
        for writer in writers:
            os.kill(writer.pid or 0, signal.SIGKILL)
            writer.join()
        seen.add(kept(file))
    assert seen <= whole, "something else was believed, or nothing"
    assert len(seen) > 1, "nobody wrote"


def test_what_a_killed_writer_left_is_cleared_away_after_a_day(file: Path) -> None:
    old, new = (file.with_name(f"{keeping.UNFINISHED}{name}") for name in ("old", "new"))
    old.touch()
    new.touch()
    os.utime(old, (0.0, time() - 1.1 * keeping.SECONDS_A_DAY))
    keep(file, CONTENT)
    assert not old.exists() and new.exists()


# -- folders ----------------------------------------------------------------------------------------------------------


def test_the_usual_place_is_made_for_its_owner_alone(roots: tuple[Path, Path]) -> None:
    found = place("engine")
    assert found == keeping.Place(roots[0] / "engine")
    if keeping.IS_SHARED:
        assert [(roots[0] / name).stat().st_mode & 0o777 for name in ("", "engine")] == [0o700, 0o700]
    assert place("engine") == found


@posix
@pytest.mark.parametrize("level", ["", "engine"])
@pytest.mark.parametrize("mode", [0o770, 0o707, 0o777])
def test_a_folder_that_others_can_write_to_is_said_and_another_is_used(
    roots: tuple[Path, Path], level: str, mode: int
) -> None:
    place("engine")
    (roots[0] / level).chmod(mode)
    found = place("engine")
    assert found.folder == roots[1] / "engine"
    (said,) = found.refused
    assert str(roots[0] / level) in said and "Other users can write to" in said and "chmod go-w" in said


@as_root
def test_a_folder_of_another_user_is_said_and_another_is_used(roots: tuple[Path, Path]) -> None:
    place("engine")
    os.chown(roots[0], ANOTHER, ANOTHER)
    found = place("engine")
    assert found.folder == roots[1] / "engine" and "belongs to another user" in found.refused[0]


@posix
def test_a_folder_that_is_a_link_is_said_and_another_is_used(roots: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    roots[0].parent.mkdir()
    roots[0].symlink_to(tmp_path / "elsewhere")
    found = place("engine")
    assert found.folder == roots[1] / "engine" and "is a link" in found.refused[0]
    assert not list((tmp_path / "elsewhere").iterdir())


def _a_file(root: Path) -> None:
    root.parent.parent.mkdir(exist_ok=True)
    root.parent.write_text("no folder")


def test_where_there_is_a_file_in_the_way_the_other_place_is_used(roots: tuple[Path, Path]) -> None:
    _a_file(roots[0])
    assert place("engine") == keeping.Place(roots[1] / "engine")


@posix
def test_where_nothing_may_be_written_the_other_place_is_used(tmp_path: Path) -> None:
    """In a process of its own, in which root has no more rights than anybody."""
    closed, spare = tmp_path / "usual", tmp_path / "spare"
    closed.mkdir(mode=0o500)
    spare.mkdir()
    told = subprocess.run(
        [sys.executable, "-c", "from sim.keeping import place; print(place('engine').folder)"],
        env={**os.environ, "XDG_CACHE_HOME": str(closed), "TMPDIR": str(spare)},
        cwd=Path(__file__).parents[1], preexec_fn=with_few_rights, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert Path(told.stdout.strip()).is_relative_to(spare)
    assert not list(closed.iterdir())


def test_there_may_be_no_place_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setattr(keeping, "_roots", lambda: iter([tmp_path / "file" / "one", tmp_path / "file" / "two"]))
    assert place("engine") == keeping.Place(None)
    assert not keep(tmp_path / "file" / "one", CONTENT)


def test_where_nobody_knows_the_home_no_folder_is_made_in_the_one_at_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "user_cache_path", lambda _: Path("~/.cache/sim"))
    assert all(root.is_absolute() for root in keeping._roots())
