"""Compiled code is kept where it can be, for each version of the engine, and loaded only if it is as we wrote it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from numba.core import serialize

from sim.engine import engines
from sim.engine.kernel import jit, simulating
from sim.keeping import IS_SHARED, Place

NO_PLACE = Place(None, ("`/somewhere` belongs to another user.",))


def one_more(number: int) -> int:
    return number + 1


def one_less(number: int) -> int:
    return number - 1


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where compiled code is kept for this test."""
    found = tmp_path / "engine"
    found.mkdir(mode=0o700)
    monkeypatch.setattr(jit, "kept_at", lambda: Place(found))
    return found


def is_warm(function: Any = one_more, result: int = 2) -> bool:
    """Call the function as a new process would; whether it came from what was kept."""
    made: Any = jit.entry(function)
    assert made(1) == result
    return bool(made.stats.cache_hits)


def code(folder: Path) -> Path:
    (file,) = folder.iterdir()
    return file


def test_without_a_folder_to_keep_it_in_code_is_compiled_and_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jit, "kept_at", lambda: NO_PLACE)
    assert not is_warm() and not is_warm()
    assert not jit.is_kept()


def test_what_was_compiled_is_kept_and_known_to_be(folder: Path) -> None:
    assert not jit.is_kept()
    assert not is_warm()
    assert jit.is_kept()
    assert is_warm()


def cut(length: int) -> Callable[[Path], object]:
    return lambda file: file.write_bytes(file.read_bytes()[:length])


def flipped(at: int) -> Callable[[Path], object]:
    def flip(file: Path) -> None:
        whole = bytearray(file.read_bytes())
        whole[at] ^= 1
        file.write_bytes(whole)

    return flip


def as_numba_has_it(file: Path) -> None:
    """A file that numba would load: the same without our seal."""
    file.write_bytes(file.read_bytes()[32:])


def linked(file: Path) -> None:
    aside = file.parent.parent / file.name
    file.rename(aside)
    file.symlink_to(aside)


DAMAGE: dict[str, Callable[[Path], object]] = {
    "empty": cut(0),
    "cut in the seal": cut(7),
    "nothing but a seal": cut(32),
    "half": cut(2_000),
    "without its end": cut(-1),
    "a bit of the seal": flipped(0),
    "a bit of the code": flipped(-100),
    "no seal": as_numba_has_it,
    "gone": Path.unlink,
    "others may write": lambda file: file.chmod(0o666),
    "a link": linked,
    "of another user": lambda file: os.chown(file, 12_345, 12_345),
}
OF_SHARED_MACHINES = ("others may write", "a link", "of another user")


@pytest.mark.parametrize("what", DAMAGE)
def test_after_any_damage_the_next_run_works_and_the_one_after_is_warm(folder: Path, what: str) -> None:
    if what in OF_SHARED_MACHINES and not IS_SHARED:
        pytest.skip("files have no owner and no mode here")
    if what == "of another user" and os.geteuid() != 0:
        pytest.skip("only root can give a file away")
    assert not is_warm()
    DAMAGE[what](code(folder))
    assert not jit.is_kept()
    assert not is_warm()
    assert is_warm()


def test_code_in_the_place_of_other_code_is_not_run(folder: Path) -> None:
    """Both are whole and ours; the name that is sealed with the content tells them apart."""
    is_warm(one_more, 2)
    first = code(folder)
    is_warm(one_less, 0)
    (second,) = set(folder.iterdir()) - {first}
    first.write_bytes(second.read_bytes())
    assert not is_warm(one_more, 2)
    assert is_warm(one_more, 2) and is_warm(one_less, 0)


def test_what_is_not_believed_is_never_handed_to_numba(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To unpickle is to run: the check comes first."""
    is_warm()
    flipped(-100)(code(folder))

    def opened(content: bytes) -> None:
        raise AssertionError("opened unchecked")

    monkeypatch.setattr(serialize, "loads", opened)
    is_warm()


def test_a_full_disk_leaves_the_run_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.keeping.tempfile.mkstemp", _full)
    assert not is_warm() and not is_warm()
    assert not list(folder.iterdir())


def _full(**_: object) -> None:
    raise OSError(28, "no space left on device")


def test_the_user_is_told_what_is_wrong_and_that_there_is_a_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jit, "kept_at", lambda: NO_PLACE)
    monkeypatch.setattr(jit, "IS_COMPILED", True)
    monkeypatch.setattr(simulating, "prepare", lambda: None)
    said: list[str] = []
    engines.prepare(said.append)
    assert said == [
        "note: `/somewhere` belongs to another user.",
        "preparing the fast engine, each time, as there is no folder to keep it in, about 20 s",
    ]


def test_an_edit_anywhere_in_the_engine_has_a_folder_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jit, "ENGINE", tmp_path)
    monkeypatch.setattr(jit, "place", lambda name: Place(Path(name)))
    (tmp_path / "kernel").mkdir()
    source = tmp_path / "kernel" / "gate.py"
    source.write_text("a = 1\n")
    before = jit.kept_at.__wrapped__()
    assert jit.kept_at.__wrapped__() == before
    source.write_text("a = 2\n")
    assert jit.kept_at.__wrapped__() != before
