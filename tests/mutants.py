"""Mutation testing: how many small faults put into `sim/engine` and `sim/measures` their tests find.

    .venv/bin/python -m tests.mutants engine --each 24 --seed 1

puts up to 24 faults, drawn with this seed, into each module of `sim/engine`, one at a time, runs the quick tests that
reach it, and prints the score of each module and the faults that no test found. It is no part of CI; tests/mutation.md
has the scores and what was done about them. Needs the extra `mutation`, and a system that forks (not Windows).
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SMALL = "sim.measures.record"
"""A module with hardly a fault to put in: running it makes all mutants and times all tests."""

SURVIVED, NOT_REACHED = 0, 33
"""Exit codes of mutmut: the tests passed; no test calls the function. None: not run since the function changed."""

Codes = dict[str, int | None]


def main() -> None:
    """Draw, run, and print the score by module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("layer", choices=["engine", "measures"])
    parser.add_argument("--each", type=int, default=24, help="faults to draw in each module")
    parser.add_argument("--seed", type=int, default=1, help="of the drawing")
    parser.add_argument("--again", action="store_true", help="run only those of them that no test has found so far")
    given = parser.parse_args()
    _mutmut(f"{SMALL}.*")
    modules = _modules(given.layer)
    drawn = {module: sample(codes, given.each, given.seed) for module, codes in modules.items()}
    left = {name for codes in modules.values() for name, code in codes.items() if not given.again or not _found(code)}
    _mutmut(*(name for names in drawn.values() for name in names if name in left))
    sys.stdout.write(table(_modules(given.layer), drawn) + "\n")


def sample(names: Iterable[str], size: int, seed: int) -> list[str]:
    """`size` of the names, or all if there are no more; the same for the same seed, and a larger sample holds them."""
    ordered = sorted(names)
    return random.Random(seed).sample(ordered, len(ordered))[:size]


def table(modules: dict[str, Codes], drawn: dict[str, list[str]]) -> str:
    """The score of each module as lines of a Markdown table, then the names of the survivors."""
    lines = ["| module | faults | drawn | found | score |", "|---|---|---|---|---|"]
    lines += [_line(module, len(codes), [codes[name] for name in drawn[module]]) for module, codes in modules.items()]
    everything = [codes[name] for module, codes in modules.items() for name in drawn[module]]
    lines.append(_line("together", sum(map(len, modules.values())), everything))
    survivors = [name for module, codes in modules.items() for name in drawn[module] if not _found(codes[name])]
    return "\n".join([*lines, "", *survivors])


def _line(module: str, faults: int, codes: list[int | None]) -> str:
    found = sum(map(_found, codes))
    return f"| {module} | {faults} | {len(codes)} | {found} | {found / max(len(codes), 1):.0%} |"


def _found(code: int | None) -> bool:
    return code not in (SURVIVED, NOT_REACHED, None)


def _modules(layer: str) -> dict[str, Codes]:
    """By module, each mutant's exit code; None if it has not been run."""
    files = sorted((ROOT / "mutants" / "sim" / layer).glob("*.py.meta"))
    codes = {file.name.split(".")[0]: json.loads(file.read_text(encoding="utf-8")) for file in files}
    return {module: meta["exit_code_by_key"] for module, meta in codes.items() if meta["exit_code_by_key"]}


def _mutmut(*names: str) -> None:
    subprocess.run([sys.executable, "-m", "mutmut", "run", "--max-children", "1", *names], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
