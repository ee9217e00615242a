"""The two programs in C of our own, compiled on the spot: one by hand for each workload, and one for any pathway."""

from __future__ import annotations

import json
import shutil
import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.peers import pathway
from benchmarks.work import MEANS, Cpu, Engine, MissingError, Outcome, Run, Workload

SOURCES = Path(__file__).parent
COMPILER = "cc"
OPTIONS = ("-O3", "-march=native")
TUNED, GENERIC = "C, by hand", "C, any pathway"
PACE = 10.0


def tuned() -> Engine:
    """W1 and W2 written out by hand: the limit."""
    runs: dict[Workload, Run] = {name: _run(_program(f"tuned_{name}"), name, "") for name in MEANS}
    return Engine(TUNED, runs, PACE)


def generic() -> Engine:
    """A general program that reads the pathway as numbers and draws by keys, as our engine does."""
    program = _program("generic")
    return Engine(
        GENERIC,
        {"line": _run(program, "line", pathway.line()), "referral": _run(program, "referral", pathway.referral())},
        PACE,
    )


def version() -> str:
    """The compiler and its version."""
    said = subprocess.run([COMPILER, "--version"], capture_output=True, text=True, check=True).stdout
    return said.splitlines()[0]


def outcome(said: str, workload: Workload) -> Outcome:
    """What a program says of its run, from the JSON it prints."""
    found = json.loads(said)
    return Outcome(Cpu(found["user"], found["system"]), {name: found["means"][name] for name in MEANS[workload]})


def _run(program: Path, workload: Workload, given: str) -> Run:
    def run(citizens: int, seed: int) -> Outcome:
        words = [str(program), str(citizens), str(seed)]
        said = subprocess.run(words, input=given, capture_output=True, text=True, check=True).stdout
        return outcome(said, workload)

    return run


def _program(name: str) -> Path:
    """A source compiled, in a folder that goes when this process does."""
    if shutil.which(COMPILER) is None:
        raise MissingError(f"there is no C compiler (`{COMPILER}`)")
    program = Path(_folder().name) / name
    if not program.exists():
        words = [COMPILER, *OPTIONS, str(SOURCES / f"{name}.c"), "-o", str(program), "-lm"]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        if done.returncode:
            raise MissingError(f"`{COMPILER}` does not compile it")
    return program


@cache
def _folder() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="benchmark-")
