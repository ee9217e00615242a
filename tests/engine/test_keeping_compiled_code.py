"""Compiled code is kept where it can be, anew for each version of the engine; where it cannot, it is compiled anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.engine.kernel import jit


def one_more(number: int) -> int:
    return number + 1


def no_folder(tmp_path: Path) -> Path:
    """A place in which nothing can be kept, for whoever runs this."""
    (tmp_path / "file").write_text("no folder")
    return tmp_path / "file" / "engine"


def test_without_a_folder_to_keep_it_in_code_is_compiled_and_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jit, "cache_folder", lambda: no_folder(tmp_path))
    assert jit.entry(one_more)(1) == 2
    assert not jit.is_kept()


def test_what_was_compiled_is_kept_and_known_to_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jit, "cache_folder", lambda: tmp_path / "engine")
    made = jit.entry(one_more)
    assert not jit.is_kept()
    assert made(1) == 2
    assert jit.is_kept()


def test_numba_keeps_the_functions_of_others_where_it_did(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jit.numba.config, "CACHE_DIR", "elsewhere")
    monkeypatch.setattr(jit, "cache_folder", lambda: tmp_path / "engine")
    jit.entry(one_more)
    assert jit.numba.config.CACHE_DIR == "elsewhere"


def test_an_edit_anywhere_in_the_engine_has_a_folder_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jit, "ENGINE", tmp_path)
    (tmp_path / "kernel").mkdir()
    source = tmp_path / "kernel" / "gate.py"
    source.write_text("a = 1\n")
    before = jit.cache_folder.__wrapped__()
    assert jit.cache_folder.__wrapped__() == before
    source.write_text("a = 2\n")
    assert jit.cache_folder.__wrapped__() != before
