"""R's simmer as a peer: `simmer.R`, run by Rscript."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from benchmarks.peers.programs import outcome
from benchmarks.work import Engine, MissingError, Outcome, Run, Workload

NAME = "R simmer"
SCRIPT = Path(__file__).parent / "simmer.R"


def engine() -> Engine:
    """simmer, if R is there and has it."""
    version()
    return Engine(NAME, {"line": _run("line"), "referral": _run("referral")})


def version() -> str:
    """Versions of R and simmer.

    Raises
    ------
    MissingError
        If either is not there.
    """
    if shutil.which("Rscript") is None:
        raise MissingError("R (`Rscript`) is not installed")
    words = ["Rscript", "-e", "cat(as.character(getRversion()), as.character(packageVersion('simmer')))"]
    said = subprocess.run(words, capture_output=True, text=True, check=False)
    if said.returncode:
        raise MissingError("R is here, its package simmer is not")
    of_r, of_simmer = said.stdout.split()
    return f"simmer {of_simmer} on R {of_r}"


def _run(workload: Workload) -> Run:
    def run(citizens: int, seed: int) -> Outcome:
        words = ["Rscript", str(SCRIPT), workload, str(citizens), str(seed)]
        said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
        return outcome(said, workload)

    return run
