"""The compiled engine gives what the reference engine gives, to the last bit: visits and level changes.

The hand-worked traces of `tests/engine` run on both too (`worlds.lived`).
"""

from __future__ import annotations

import os
import subprocess
import sys
import tracemalloc
from collections import Counter
from pathlib import Path

import pytest

from sim.engine.kernel import building
from sim.engine.kernel.simulating import simulate
from sim.engine.model import compiled
from sim.engine.population import population
from sim.engine.reference import simulate as read
from sim.scenario.reading import shipped_folder
from sim.scenario.scenario import Scenario, load

from ..engine.generated import POSSIBLE, crowd, features, world
from ..engine.watching import watched
from ..engine.worlds import same
from .slips import sees_too_high

WORLDS, MANY = 300, 5000
LEAST_SHARE = 0.01
TESTS = Path(__file__).resolve().parents[1]
FILES = [*sorted(shipped_folder().glob("*.toml")), *sorted((TESTS / "scenarios").glob("*.toml"))]


def differing(scenario: Scenario, replication: int = 0) -> list[str]:
    """Pathways in which the engines do not agree."""
    people = population(scenario, replication)
    models = {name: compiled(scenario, name) for name in (*scenario.pathways, *([None] if scenario.has_levels else []))}
    return [str(name) for name, model in models.items() if not same(read(model, people), simulate(model, people))]


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_the_engines_agree_on_every_file_there_is(file: Path) -> None:
    weeks = {"warm_up": 8, "cohort": 4, "follow_up": 8}
    assert not differing(load(file).with_values({"run.weeks": weeks}))


def agree_on(number: int) -> Counter[str]:
    """How many of so many generated worlds met each feature of the language; the engines agree on all of them."""
    met: Counter[str] = Counter()
    seed = 0
    while met["worlds"] < number:
        made = world(seed)
        if made is not None:
            people = crowd(seed)
            run = watched(compiled(made, "p"), people)
            assert same(run.tables, simulate(compiled(made, "p"), people)), seed
            assert same(read(compiled(made, None), people), simulate(compiled(made, None), people)), seed
            met.update(features(made, run))
        seed += 1
    return met


@pytest.mark.parametrize("number", [WORLDS, pytest.param(MANY, marks=pytest.mark.slow)])
def test_the_engines_agree_on_generated_worlds_of_the_whole_language(number: int) -> None:
    """Ties abound in them. A feature met in under 1% of them would be as good as untested."""
    met = agree_on(number)
    rare = {name: met[name] for name in sorted(POSSIBLE) if met[name] < LEAST_SHARE * number}
    assert not rare, rare


def test_a_slip_in_one_engine_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The comparison can fail: a gate a little more often wrong in the compiled engine's rows."""
    sees_too_high(monkeypatch)
    village = load(TESTS / "scenarios" / "village.toml")
    assert differing(village) == ["outsourced"]


def test_rows_given_back_and_rows_that_run_out_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A memory of 2 citizens at first, and a buffer of 40 rows."""
    village = load(TESTS / "scenarios" / "village.toml")
    people, model = population(village, 0), compiled(village, "local")
    usual = simulate(model, people)
    monkeypatch.setattr(building, "FIRST_ROWS", 2)
    monkeypatch.setattr(building, "BUFFER_ROWS", 40)
    assert same(usual, simulate(model, people))


def test_nothing_of_a_run_is_kept_when_it_is_over() -> None:
    """Runs one after another need no more memory than one: what each had is given back."""
    village = load(TESTS / "scenarios" / "village.toml")
    people, model = population(village, 0), compiled(village, "local")
    simulate(model, people)
    tracemalloc.start()
    simulate(model, people)
    before, _ = tracemalloc.get_traced_memory()
    for _ in range(5):
        simulate(model, people)
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert after - before < 200_000, "a run keeps some of its rows"


PLAIN = """
from sim.engine.kernel.jit import IS_COMPILED
from sim.engine.kernel.simulating import simulate
from sim.engine.model import Model, compiled
from sim.engine.reference import simulate as read
from tests.engine.generated import crowd, world
from tests.engine.worlds import same
assert not IS_COMPILED
for seed in range(24):
    made = world(seed)
    if made is not None:
        assert same(read(compiled(made, "p"), crowd(seed)), simulate(compiled(made, "p"), crowd(seed))), seed
"""


def test_the_compiled_engine_runs_as_plain_python_too() -> None:
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1"}
    done = subprocess.run([sys.executable, "-c", PLAIN], cwd=TESTS.parent, env=environment, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
