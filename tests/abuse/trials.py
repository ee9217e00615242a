"""A tiny scenario, the program as a shell starts it, and what whole results are."""

from __future__ import annotations

import ctypes
import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from sim.experiments.swapping import PAGES, TABLES

ROOT = Path(__file__).parents[2]
SCENARIO = """\
title = "Seeds"
compare = ["line"]
run = { seed = 1, weeks = { warm_up = 1, cohort = 2, follow_up = 1 }, replications = 2 }
arrivals.per_day = 36
[pathways.line]
starts_at = "desk"
teams.clerks = { posts = 2 }
stages.desk = { team = "clerks", hours = 1 }
"""
WHOLE = {*(f"{name}.csv" for name in TABLES), "scenario.resolved.toml", "manifest.json", "SHA256SUMS", *PAGES}
"""What every run leaves in a folder."""


def seeds(folder: Path, name: str = "seeds") -> Path:
    """The tiny scenario as a file."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.toml"
    file.write_text(SCENARIO, encoding="utf-8")
    return file


def begun(*words: str | Path, **given: Any) -> subprocess.Popen[str]:
    """The program, just started."""
    streams: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "start_new_session": True}
    command = [sys.executable, str(ROOT / "run_scenarios.py"), *map(str, words)]
    return subprocess.Popen(
        command, cwd=ROOT, text=True, encoding="utf-8", errors="replace", **(streams | given), env=environment()
    )


def environment() -> dict[str, str]:
    """A plain one, whatever is set where the tests run."""
    return {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "TERM": "dumb"}


def ended(process: subprocess.Popen[str], seconds: float = 300) -> tuple[int, str, str]:
    """Exit code and what was printed; no traceback in it, ever."""
    out, err = process.communicate(timeout=seconds)
    assert "Traceback" not in f"{out}{err}", err
    assert "Exception ignored" not in f"{out}{err}", err
    return process.returncode, out or "", err or ""


def run(*words: str | Path, **given: Any) -> tuple[int, str, str]:
    """What the program came to."""
    return ended(begun(*words, **given))


def fingerprint(folder: Path) -> str:
    """A hash of the numbers of a run: the same for the same scenario, seed and replications."""
    found = hashlib.sha256()
    for name in ("summary.csv", "comparison.csv", "replications.csv", "visits.csv", "scenario.resolved.toml"):
        found.update((folder / name).read_bytes())
    return found.hexdigest()


def is_whole(folder: Path) -> bool:
    """Whether everything a run leaves is there, complete, and of one run."""
    if {path.name for path in folder.iterdir()} != WHOLE:
        return False
    sums = dict(line.split("  ")[::-1] for line in (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines())
    now = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in WHOLE - {"SHA256SUMS"}}
    return sums == now


def pieces_of_work(root: Path) -> list[Path]:
    """What lies unfinished in a results root."""
    return list((root / ".unfinished").glob("run-*"))


DROP_FROM_BOUNDING_SET, OVERRIDES_MODES, READS_WHAT_IT_MAY_NOT = 24, 1, 2


def with_few_rights() -> None:
    """Have the modes of folders keep a process out, as they do everybody but root."""
    if os.geteuid() == 0:
        control = ctypes.CDLL(None).prctl
        for right in (OVERRIDES_MODES, READS_WHAT_IT_MAY_NOT):
            assert control(DROP_FROM_BOUNDING_SET, right, 0, 0, 0) == 0
