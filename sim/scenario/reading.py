"""Reading scenario files: found by name, bounded in size, TOML, `extends` followed. A file is data, never code."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from sim.errors import Fault, ScenarioError, did_you_mean, quoted
from sim.scenario.facts import drop_idle_evidence
from sim.scenario.keys import shown
from sim.scenario.parsing import TooMuchError, parsed
from sim.scenario.paths import NAMED, Data, merged, stands

LARGEST_FILE_BYTES = 1_000_000
LONGEST_CHAIN = 20
SHEETS = (".csv", ".tsv", ".xlsx", ".xls", ".ods")

FILE_STEM = re.compile(r"\w(?:[\w .()-]*[\w)])?\Z")
PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*\Z")


def shipped_folder() -> Path:
    """The folder of the scenarios shipped with the program."""
    beside = Path(__file__).resolve().parents[2] / "scenarios"
    return beside if beside.is_dir() else Path(str(resources.files("scenarios")))


def find(name_or_path: str | Path) -> Path:
    """The scenario file meant by a path, or by the name of a shipped scenario.

    Raises
    ------
    ScenarioError
        If there is no such file.
    """
    path = Path(name_or_path)
    for candidate in (path, shipped_folder() / f"{path}.toml" if PLAIN_NAME.match(str(path)) else path):
        if _is_file(candidate):
            return _well_named(candidate)
    known = [file.stem for file in sorted(shipped_folder().glob("*.toml"))]
    problem = "there is no such scenario file"
    remedy = did_you_mean(path.stem, known)
    if path.name and _is_file(path.with_name(f"{path.name}.toml")):
        remedy = f"did you mean `{path}.toml`?"
    if _there(path):
        problem = "this is a folder, not a scenario file"
    raise ScenarioError(shown(str(name_or_path)).strip("'"), [Fault("", problem, remedy)])


def _is_file(path: Path) -> bool:
    """Whether there is such a file; a name too long for any file, or a folder closed to us, means no."""
    try:
        return path.is_file()
    except OSError:
        return False


def _there(path: Path) -> bool:
    """Whether there is anything at the path."""
    try:
        return path.exists()
    except OSError:
        return False


def _well_named(path: Path) -> Path:
    """The path, if its stem can name a results folder."""
    if FILE_STEM.match(path.stem):
        return path
    problem = "the file's name is the scenario's name, and this one cannot name a folder of results"
    raise ScenarioError(path.name, [Fault("", problem, "use letters, digits, spaces, -, _ and dots between them")])


def read(path: Path) -> Data:
    """The data of a scenario file with its `extends` followed, `extends` itself taken out.

    Raises
    ------
    ScenarioError
        If the file is too large, unreadable, not UTF-8 TOML or empty, or if `extends` leads nowhere, in a circle or
        outside its folder.
    """
    chain = [path]
    data = _toml(path)
    while "extends" in data:
        if len(chain) > LONGEST_CHAIN:
            problem = f"files extend each other over {LONGEST_CHAIN} times"
            raise ScenarioError(path.name, [Fault("extends", problem, "extend the first of them")])
        parent = _parent(path, chain, data.pop("extends"))
        chain.append(parent)
        data = _extended(_toml(parent), data)
    return with_shared_sources(data)


def _extended(parent: Data, own: Data) -> Data:
    """The parent's data with the file's own laid on it."""
    data = merged(parent, own, NAMED)
    drop_idle_evidence(data, lambda path: stands(own, path))
    return data


SHARED = ("sources", "price_indices")
"""Tables that all files share: each is a file of `scenarios/sources`."""


def with_shared_sources(data: Data) -> Data:
    """The data with the shared sources and price indices of `scenarios/sources` under the file's own."""
    for name in SHARED:
        shared = shipped_folder() / "sources" / f"{name}.toml"
        if shared.is_file() and isinstance(data.get(name, {}), dict):
            data = {**data, name: {**_kept(shared, shared.stat().st_mtime_ns), **data.get(name, {})}}
    return data


@lru_cache(maxsize=len(SHARED))
def _kept(shared: Path, changed: int) -> Data:  # noqa: ARG001 - a file changed since is another
    """The data of a file that all scenarios share, read once. Nobody may change it."""
    return _toml(shared)


def _parent(path: Path, chain: list[Path], name: Any) -> Path:
    if not isinstance(name, str) or not PLAIN_NAME.match(name):
        problem = f"{shown(name)} is not the plain name of a scenario; a file may not reach outside its folder"
        raise ScenarioError(path.name, [Fault("extends", problem, 'write the name alone, as in extends = "anytown"')])
    for folder in (path.parent, shipped_folder()):
        candidate = folder / f"{name}.toml"
        if _is_file(candidate):
            if any(candidate.samefile(file) for file in chain):
                circle = " -> ".join([*(file.stem for file in chain), name])
                raise ScenarioError(path.name, [Fault("extends", f"runs in a circle: {circle}", "drop one of these")])
            return candidate
    known = sorted({file.stem for folder in (path.parent, shipped_folder()) for file in folder.glob("*.toml")})
    raise ScenarioError(
        path.name, [Fault("extends", f"there is no scenario `{name}` beside this file", did_you_mean(name, known))]
    )


def _toml(path: Path) -> Data:
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE_BYTES:
            problem = f"{size / 1e6:,.1f} MB is too large for a scenario"
            raise ScenarioError(path.name, [Fault("", problem, "expected at most 1 MB: parameters, not data")])
        if path.suffix.lower() in SHEETS:
            problem = "is a table of numbers, not a scenario"
            raise ScenarioError(
                path.name, [Fault("", problem, f"give it beside one: run anytown --inputs {quoted(path)}")]
            )
        text = path.read_bytes().decode("utf-8-sig")
        data = parsed(text)
    except OSError as error:
        raise ScenarioError(
            path.name, [Fault("", f"cannot be read: {error.strerror}", "check its permissions")]
        ) from None
    except UnicodeDecodeError as error:
        problem = f"is not UTF-8 text (byte {error.start:,})"
        raise ScenarioError(path.name, [Fault("", problem, "save it as UTF-8, not as a spreadsheet")]) from None
    except TooMuchError as error:
        problem, _, remedy = str(error).partition("; ")
        raise ScenarioError(path.name, [Fault("", problem, remedy)]) from None
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise ScenarioError(path.name, [Fault("", f"is not TOML: {error}", "mend the line named")]) from None
    if not data:
        raise ScenarioError(path.name, [Fault("", "is empty", "copy scenarios/anytown.toml and change its numbers")])
    return data
