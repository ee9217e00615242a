"""The house stands as drawn: imports run one way, files and functions stay small, and nothing dangerous is used."""

from __future__ import annotations

import ast
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FILES = sorted((ROOT / "sim").rglob("*.py"))

LAYERS = ["errors", "keeping", "scenario", "engine", "measures", "experiments", "reporting", "answer", "command_line"]
MAY_IMPORT = {
    layer: set(LAYERS[: place + 1]) - ({"engine"} if layer == "reporting" else set())
    for place, layer in enumerate(LAYERS)
}
ONLY_IN = {
    "simpy": "engine",
    "numba": "engine",
    "plotly": "reporting",
    "jinja2": "reporting",
    "typer": "command_line",
    "openpyxl": "scenario",
}
FORBIDDEN_MODULES = {
    "pickle",
    "marshal",
    "shelve",
    "yaml",
    "socket",
    "urllib",
    "http",
    "requests",
    "subprocess",
    "random",
}
FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__"}
FORBIDDEN_NAMES = {"utils", "helpers", "common", "misc", "base", "core"}


def layer_of(file: Path) -> str:
    inside = file.relative_to(ROOT / "sim").parts
    return inside[0].removesuffix(".py")


def imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def functions(file: Path) -> Iterator[tuple[str, int]]:
    """Each function's name and the lines of its body without its docstring."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            body = node.body[1:] if ast.get_docstring(node) is not None else node.body
            yield node.name, (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_there_are_files_to_check() -> None:
    assert {layer_of(file) for file in FILES} >= set(LAYERS)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_imports_run_one_way(file: Path) -> None:
    layer = layer_of(file)
    if layer == "__init__":
        return
    for module in imported(file):
        if module.startswith("sim."):
            assert module.split(".")[1] in MAY_IMPORT[layer], f"{layer} may not import {module}"


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_libraries_stay_in_their_layer(file: Path) -> None:
    for module in imported(file):
        top = module.split(".")[0]
        assert top not in FORBIDDEN_MODULES, f"{file.name} imports {module}"
        if top in ONLY_IN:
            assert layer_of(file) == ONLY_IN[top], f"only {ONLY_IN[top]} may import {top}"


def test_nothing_in_a_file_is_run_as_code() -> None:
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in FORBIDDEN_CALLS, f"{file.name}:{node.lineno} calls {node.func.id}"


def test_files_and_functions_stay_small() -> None:
    bodies = []
    for file in FILES:
        lines = len(file.read_text(encoding="utf-8").splitlines())
        assert lines <= 300, f"{file.relative_to(ROOT)} has {lines} lines"
        for name, length in functions(file):
            assert length <= 40, f"{file.relative_to(ROOT)}: {name} has {length} lines"
            bodies.append(length)
    assert statistics.median(bodies) <= 6


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    assert not {file.stem for file in FILES} & FORBIDDEN_NAMES


def test_every_public_function_and_class_says_what_it_is() -> None:
    for file in FILES:
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for node in tree.body:
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_"):
                assert ast.get_docstring(node), f"{file.relative_to(ROOT)}: {node.name} has no docstring"


def test_the_public_face_is_what_it_says() -> None:
    import sim

    assert sim.__all__ == sorted(sim.__all__, key=lambda name: (name.islower(), name))
    for name in sim.__all__:
        assert getattr(sim, name) is not None
    with pytest.raises(AttributeError, match="no_such_thing"):
        _ = sim.no_such_thing
