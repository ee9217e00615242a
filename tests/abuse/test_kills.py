"""Runs killed at random moments: the last good results, or the new ones, are always whole."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sim.experiments.swapping import replaced, reserved

from .trials import begun, ended, fingerprint, is_whole, pieces_of_work, run, seeds

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="killing is by signal")


def killed(root: Path, kills: int, how: signal.Signals, seed: int) -> tuple[int, int]:
    """How many runs of so many were stopped before their end, and after how many the results were not whole.

    The results are those of one of the two seeds, to the last digit. A run that is killed between the two renames of a
    swap leaves them to the next start to put right; the next start is a `report`.
    """
    chance, file, out = random.Random(seed), seeds(root), root / "results"
    prints, longest = [], 0.0
    for one in ("1", "2"):
        began = time.monotonic()
        assert run("run", file, "--seed", one, "--out", out)[0] == 0
        longest = time.monotonic() - began
        prints.append(fingerprint(out / "seeds"))
    stopped = spoilt = 0
    for kill in range(kills):
        process = begun("run", file, "--seed", str(1 + kill % 2), "--out", out)
        time.sleep(chance.uniform(0.3, 1.05) * longest)
        if process.poll() is None:
            os.killpg(process.pid, how)
        code = ended(process)[0]
        stopped += code != 0
        if not (out / "seeds").exists():
            assert run("report", out / "seeds")[0] == 0
        spoilt += not (is_whole(out / "seeds") and fingerprint(out / "seeds") in prints)
    assert run("run", file, "--out", out)[0] == 0
    assert not pieces_of_work(out), "what was left unfinished is taken away"
    return stopped, spoilt


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_few_kills_leave_whole_results(tmp_path: Path, how: signal.Signals) -> None:
    stopped, spoilt = killed(tmp_path, 3, how, seed=how.value)
    assert stopped, "one falls within the run"
    assert not spoilt


@pytest.mark.slow
def test_a_hundred_kills_leave_whole_results(tmp_path: Path) -> None:
    stopped, spoilt = killed(tmp_path, 100, signal.SIGKILL, seed=1)
    assert stopped >= 50, "most fall within the run"
    assert spoilt == 0


KILLED_WITHIN = """
import os, signal, sys
from pathlib import Path
from sim.experiments.swapping import replaced
rename, at = Path.rename, int(sys.argv[2])
def counted(self, target, count=[0]):
    count[0] += 1
    if count[0] == at:
        os.kill(os.getpid(), signal.SIGKILL)
    return rename(self, target)
Path.rename = counted
with replaced(Path(sys.argv[1])) as kept:
    (kept.fresh / "manifest.json").write_text("new")
"""


@pytest.mark.parametrize(("before_rename", "stands"), [(1, "good"), (2, "new")])
def test_a_kill_at_each_step_of_a_swap_loses_nothing(tmp_path: Path, before_rename: int, stands: str) -> None:
    """Before the old results leave their place they are there; once they have left it, the new ones are whole."""
    folder = tmp_path / "town"
    with replaced(folder) as kept:
        (kept.fresh / "manifest.json").write_text("good", encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", KILLED_WITHIN, str(folder), str(before_rename)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert folder.exists() is (before_rename == 1)
    with reserved(folder):
        assert (folder / "manifest.json").read_text(encoding="utf-8") == stands
