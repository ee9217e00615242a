"""A run that this machine has not the memory for is refused before it begins; the same file is still good."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from sim.errors import RequestError
from sim.experiments import room
from sim.experiments.experiment import Options, run
from sim.experiments.room import BYTES_OF_ARRIVAL, BYTES_OF_PROGRAM, BYTES_OF_VISITS, available, room_for
from sim.experiments.verifying.dossier import Effort, verify
from tests.experiments.worlds import line

WEEKS = {"warm_up": 100, "cohort": 50, "follow_up": 50}
A_DAY = 10_000.0
BIG = line(posts=1_000, per_day=A_DAY, weeks=WEEKS)
"""10,000 a day for 200 weeks: 14 million citizens, 7 million of them from the cohort window on."""


def has(monkeypatch: pytest.MonkeyPatch, gigabytes: float) -> None:
    monkeypatch.setattr(room, "available", lambda: int(gigabytes * 1e9))


def test_the_sum_by_hand() -> None:
    found = room_for(BIG, 2)
    assert (found.citizens, found.kept) == (14_000_000, 7_000_000)
    assert found.of_one == 14_000_000 * BYTES_OF_ARRIVAL + 7_000_000 * BYTES_OF_VISITS
    assert found.needed == BYTES_OF_PROGRAM + 2 * found.of_one


def test_what_is_lacking_names_citizens_memory_and_what_to_change() -> None:
    """3.5 GB for all and 13.3 GB for the half whose visits are kept: 16.8 GB each, 33.9 GB for two and the program."""
    two = room_for(BIG, 2)
    assert two.lacking(int(40e9)) == ""
    assert two.lacking(int(20e9)) == (
        "a replication has about 14,000,000 citizens, and 2 at once need about 33.9 GB of memory. This machine has "
        "20.0 GB free. Use --workers 1, lower arrivals or shorten run.weeks."
    )
    assert "Lower arrivals or shorten run.weeks" in two.lacking(int(8e9)), "fewer at once do not help"
    assert "--workers" not in two.lacking(int(8e9))


def test_a_run_without_room_is_refused_before_it_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    has(monkeypatch, 8)
    for begin in (lambda: run(BIG, Options(workers=1)), lambda: verify(BIG, Effort(workers=1))):
        with pytest.raises(RequestError, match=r"about 14,000,000 citizens.*8\.0 GB free"):
            begin()


def test_a_small_run_on_the_same_machine_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    has(monkeypatch, 0.5)
    weeks = {"warm_up": 1, "cohort": 1, "follow_up": 1}
    run(line(posts=2, per_day=1.0, weeks=weeks), Options(replications=2, workers=1, engine="reference"))


def _group(folder: Path, most: str, current: int, cached: int = 0) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "memory.max").write_text(most)
    (folder / "memory.current").write_text(str(current))
    (folder / "memory.stat").write_text(f"anon 1\ninactive_file {cached}\n")


def test_a_container_may_allow_less_than_the_machine_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The smallest limit on the way up counts; what the kernel takes back when asked for is free."""
    monkeypatch.setattr(room, "CGROUPS", tmp_path)
    monkeypatch.setattr(
        "sim.experiments.room.psutil.virtual_memory", lambda: SimpleNamespace(available=9_000, total=10_000)
    )
    assert available() == 9_000
    _group(tmp_path, "max\n", 0)
    assert available() == 9_000
    _group(tmp_path, "8000", 3_000, cached=500)
    assert available() == 5_500
    _group(tmp_path, "2000", 3_000)
    assert available() == 0


@pytest.mark.slow
@pytest.mark.parametrize("length", ["own", "short"])
def test_what_is_reckoned_with_is_what_a_citizen_takes(length: str) -> None:
    """Measured in processes of their own, at two sizes: never less than is reckoned with, nor less than a third."""
    memory = pytest.importorskip("benchmarks.memory", reason="needs `resource`, which Windows has not")
    small, large = (memory._in_a_process("anytown", str(size), length) for size in (2.0, 8.0))
    measured = (large[1] - small[1]) / (large[0] - small[0])
    given = room_for(memory.grown("anytown", 8.0, is_short=length == "short"), 1)
    assert measured < given.of_one / given.citizens < 3 * measured
