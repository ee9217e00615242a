"""Results folders that were edited, cut or half copied: every file in a dozen ways, and never a traceback."""

from __future__ import annotations

import io
import json
import random
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import tomlkit

from sim.errors import ResultsError, SimError
from sim.experiments.hidden import HIDDEN
from sim.experiments.sealing import SUMS
from sim.experiments.swapping import amended
from sim.reporting.pages import blamed_on_changes, remake_pages
from sim.reporting.quotes import quotes
from sim.reporting.quotes_file import changed_since, read_stored
from sim.reporting.results import Results, read_results
from sim.reporting.schema import RANGES
from tests.reporting.ranges_made import made_ranges
from tests.reporting.study_made import write_study

Spoilt = tuple[str, bytes | None]
WORDS = ("", "zzz", "nan", "inf", "-1e308", "-1", "=1+1")
WHOLES: tuple[Any, ...] = (None, [], {}, 3, "x")
VALUES: tuple[Any, ...] = (None, [], {}, -3, 1e308, "zzz", [None], {"a": None}, True)


@pytest.fixture(scope="module")
def whole(real: Results, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of a real quick run, with pages, made-up ranges and a made-up study, sealed."""
    folder = tmp_path_factory.mktemp("whole") / "village"
    shutil.copytree(real.folder, folder)
    made = made_ranges(real.scenario)
    drawn = len(made.draws)
    with amended(folder) as fresh:
        for name in (*RANGES, "draws"):
            one = getattr(made, name)
            (one.assign(draws=drawn) if name in RANGES else one).to_csv(fresh / f"{name}.csv", index=False)
        told: dict[str, Any] = {"left_out": [], "refused": [], "correlations": {}}
        told |= {"run_again": {"draws": 7, "replications": 4}, **made.told, "draws": drawn}
        (fresh / "ranges.json").write_text(json.dumps(told), encoding="utf-8")
        write_study(fresh)
    remake_pages(folder)
    return folder


def any_file(data: bytes) -> Iterator[Spoilt]:
    yield "missing", None
    yield "empty", b""
    yield "binary", random.Random(1).randbytes(3000)
    yield "cut in the middle", data[: len(data) * 2 // 3]
    yield "another encoding", data.decode().encode("utf-16")
    yield "holes", data[:200] + bytes(100) + data[200:]


def table(data: bytes, chance: random.Random) -> Iterator[Spoilt]:
    lines = data.decode().splitlines(keepends=True)
    yield "the header alone", lines[0].encode()
    yield "half the rows", "".join(lines[: len(lines) // 2 + 1]).encode()
    yield "every other row", "".join([lines[0], *lines[1::2]]).encode()
    yield "every row twice", (data + "".join(lines[1:]).encode())
    read = pd.read_csv(io.BytesIO(data), dtype=str, keep_default_na=False)
    for name in chance.sample(list(read.columns), min(4, read.shape[1])):
        word, cell = chance.choice(WORDS), chance.choice(WORDS)
        yield f"without {name}", read.drop(columns=name).to_csv(index=False).encode()
        yield f"{name} all {word!r}", read.assign(**{name: word}).to_csv(index=False).encode()
        if len(read):
            spoilt = read.copy()
            spoilt.loc[len(read) // 2, name] = cell
            yield f"{name} once {cell!r}", spoilt.to_csv(index=False).encode()


def keys(data: bytes, chance: random.Random) -> Iterator[Spoilt]:
    for value in WHOLES:
        yield f"all {value!r}", json.dumps(value).encode()
    told = json.loads(data)
    for name in chance.sample(list(told), min(10, len(told))):
        yield f"without {name}", json.dumps({key: value for key, value in told.items() if key != name}).encode()
        other = chance.choice(VALUES)
        yield f"{name} {other!r}", json.dumps(told | {name: other}).encode()
    yield "no number", json.dumps(told | {"seconds": float("nan"), "made_from": float("nan")}).encode()


def scenario(data: bytes) -> Iterator[Spoilt]:
    told = tomllib.loads(data.decode())
    for name in told:
        yield f"without {name}", tomlkit.dumps({key: value for key, value in told.items() if key != name}).encode()
    for old, new in (("local", "lokal"), ("support", "supper"), ("workers", "woorkers"), ("older_people", "elders")):
        yield f"{old} renamed", data.decode().replace(old, new).encode()


def spoilt_files(folder: Path) -> Iterator[tuple[str, str, bytes | None]]:
    chance = random.Random(20150410)
    for file in sorted(folder.iterdir()):
        data = file.read_bytes()
        ways = [*any_file(data)]
        ways += table(data, chance) if file.suffix == ".csv" else ()
        ways += keys(data, chance) if file.suffix == ".json" else ()
        ways += scenario(data) if file.suffix == ".toml" else ()
        yield from ((file.name, how, spoilt) for how, spoilt in ways if not file.name.endswith(".html"))


def used(folder: Path) -> str:
    """Everything that reads a folder, short of running it again; what it says where it cannot be read."""
    try:
        with blamed_on_changes(folder):
            results, stored = read_results(folder), read_stored(folder)
            kept = stored["quotes"][0]["code"] if stored["quotes"] else ""
            if kept:
                changed_since(results, stored, quotes(results), kept)
    except SimError as error:
        return str(error)
    try:
        remake_pages(folder)
    except SimError as error:
        return str(error)
    return ""


def tried(whole: Path, place: Path, part: int, parts: int) -> tuple[int, int]:
    """How many spoilt folders were tried, and of how many something was said."""
    tried = told = 0
    for at, (name, how, data) in enumerate(spoilt_files(whole)):
        if at % parts != part:
            continue
        folder = Path(shutil.copytree(whole, place / "village"))
        (folder / name).unlink() if data is None else (folder / name).write_bytes(data)
        said = used(folder)
        assert not said or (str(folder) in said and ";" in said), f"{name}, {how}: {said}"
        tried, told = tried + 1, told + bool(said)
        shutil.rmtree(folder)
    assert not list((place / HIDDEN).glob("run-*"))
    return tried, told


def test_some_spoilt_folders_are_told_without_a_traceback(whole: Path, tmp_path: Path) -> None:
    number, told = tried(whole, tmp_path, 0, 40)
    assert number >= 10 and told > number / 3


@pytest.mark.slow
def test_every_spoilt_folder_is_told_without_a_traceback(whole: Path, tmp_path: Path) -> None:
    number, told = tried(whole, tmp_path, 0, 1)
    assert number >= 400 and told > number / 3


def test_a_bug_of_ours_in_a_folder_as_it_was_written_shows_itself(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(shutil.copytree(whole, tmp_path / "village"))
    monkeypatch.setattr("sim.reporting.pages.write_report", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        remake_pages(folder)
    (folder / "flows.csv").write_bytes((folder / "flows.csv").read_bytes() + b"\n")
    with pytest.raises(ResultsError, match=r"flows\.csv is not as it was written, and does not go together"):
        remake_pages(folder)
    (folder / SUMS).unlink()
    with pytest.raises(ResultsError, match=f"something, and {SUMS} that would tell what, is not as it was written"):
        remake_pages(folder)


@pytest.mark.parametrize(
    ("name", "column", "cell", "said"),
    [
        ("summary.csv", "mean", "abc", "is not the table expected"),
        (
            "summary.csv",
            "replications",
            "",
            "replications in row 2 is nan, which is not the number",
        ),
        ("summary.csv", "basis", "sideways", "basis in row 2 is 'sideways', which is not a word that stands there"),
        ("summary.csv", "pathway", "nowhere", "pathway 'nowhere' is no pathway of the scenario beside it"),
        ("comparison.csv", "verdict", "maybe", "verdict in row 2 is 'maybe'"),
        ("comparison.csv", "matters", "inf", "matters in row 2 is inf"),
        ("checks.csv", "passed", "perhaps", "passed in row 2 is 'perhaps'"),
        ("visits.csv", "citizen", "", "citizen in row 2 is nan"),
    ],
)
def test_a_cell_that_cannot_be_is_named(
    whole: Path, tmp_path: Path, name: str, column: str, cell: str, said: str
) -> None:
    folder = Path(shutil.copytree(whole, tmp_path / "village"))
    read = pd.read_csv(folder / name, dtype=str, keep_default_na=False)
    read.loc[0, column] = cell
    read.to_csv(folder / name, index=False)
    with pytest.raises(ResultsError) as refused:
        remake_pages(folder)
    assert str(refused.value).startswith(f"{folder / name}: ") and said in str(refused.value)
