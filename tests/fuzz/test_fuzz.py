"""The fuzzer, for a few seconds always and for longer where slow tests are asked for."""

from __future__ import annotations

import pytest

from tests.fuzz import fuzzing
from tests.fuzz.fuzzing import fuzzed, spoilt
from tests.fuzz.mutations import MUTATIONS


def test_spoilt_files_are_answered() -> None:
    tally = fuzzed(300, seed=14)
    assert tally.failures == []
    assert {kind for kind, _ in tally.counts} == set(MUTATIONS)
    assert {answer for _, answer in tally.counts} == {"valid", "refused"}


@pytest.mark.slow
def test_many_spoilt_files_are_answered_and_the_engines_agree_on_the_sound_ones() -> None:
    tally = fuzzed(10_000, seed=15, engines=0.1)
    assert tally.failures == [] and tally.agreed > 50


def test_an_input_is_the_same_again() -> None:
    assert [spoilt(3, number) for number in range(20)] == [spoilt(3, number) for number in range(20)]


def test_a_crash_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr(fuzzing, "load", broken)
    assert len(fuzzed(5, seed=1).failures) == 5
