"""Every key of the language has a test, and those an engine reads a test with figures from outside the program."""

from __future__ import annotations

import pytest

from tests.scenario.keys_covered import keys, main, reaches_an_engine, rows, worked
from tests.scenario.test_every_key import TESTED_APART


def test_every_key_has_its_row() -> None:
    assert set(keys()) <= rows().keys() | TESTED_APART


def test_every_key_an_engine_reads_is_worked_by_hand_or_from_theory() -> None:
    assert not [key for key in keys() if reaches_an_engine(key) and not worked(key)]


def test_the_table_has_a_line_for_each_key(capsys: pytest.CaptureFixture[str]) -> None:
    main()
    assert len(capsys.readouterr().out.splitlines()) == 2 + len(keys())


def test_a_key_that_no_test_writes_is_found_out() -> None:
    assert not worked(("Stage", "colour_of_the_door"))
