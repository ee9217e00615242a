"""Files as a user may give them: odd, broken, huge, hostile."""

from __future__ import annotations

import time
import tracemalloc
from pathlib import Path

import pytest

from sim.errors import ScenarioError
from sim.scenario import reading
from sim.scenario.scenario import load
from tests.scenario.files import FOLDER

LINE = """
title = "A line"
compare = ["line"]
run = { seed = 0, weeks = { warm_up = 1, cohort = 1, follow_up = 1 } }
arrivals.per_day = 10
[pathways.line]
starts_at = "desk"
teams.clerks = { posts = 2 }
stages.desk = { team = "clerks", hours = 1.0 }
"""


def refused(path: Path | str) -> str:
    with pytest.raises(ScenarioError) as raised:
        load(path)
    message = str(raised.value)
    assert len(message.splitlines()) == 1, message
    return message


def file(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    assert refused(file(tmp_path, "a.toml", "")).startswith("a.toml: is empty; copy")
    assert "is empty" in refused(file(tmp_path, "b.toml", "# only a comment\n"))


def test_what_is_not_toml_is_refused_with_the_line(tmp_path: Path) -> None:
    assert "a.toml: is not TOML: " in refused(file(tmp_path, "a.toml", "title: yaml\n"))
    assert "line 2" in refused(file(tmp_path, "b.toml", 'title = "x"\nposts = \n'))
    assert "is not TOML" in refused(file(tmp_path, "c.toml", 'title = "x"\ntitle = "y"\n'))
    assert "is not TOML" in refused(file(tmp_path, "d.toml", "[groups.a]\n[groups.a]\n"))
    assert "is not TOML" in refused(file(tmp_path, "e.toml", "seed = " + "9" * 5000))


def test_what_is_not_utf8_is_refused(tmp_path: Path) -> None:
    assert "is not UTF-8 text (byte 9); save it as UTF-8" in refused(file(tmp_path, "a.toml", b'title = "\xff"'))
    assert "is not UTF-8" in refused(file(tmp_path, "b.toml", LINE.encode("utf-16")))


@pytest.mark.parametrize("text", [LINE.replace("\n", "\r\n"), "\ufeff" + LINE, "\ufeff" + LINE.replace("\n", "\r\n")])
def test_windows_line_ends_and_byte_order_marks_are_read(tmp_path: Path, text: str) -> None:
    assert load(file(tmp_path, "windows.toml", text)).title == "A line"


def test_a_file_of_50_mb_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.toml"
    with path.open("wb") as out:
        out.truncate(50_000_000)
    tracemalloc.start()
    assert (
        refused(path) == "huge.toml: 50.0 MB is too large for a scenario; expected at most 1 MB: parameters, not data"
    )
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert "this is a folder, not a scenario file" in refused(tmp_path)


def test_a_file_that_is_not_there_is_refused_with_a_suggestion(tmp_path: Path) -> None:
    file(tmp_path, "town.toml", LINE)
    assert refused(tmp_path / "town").endswith(
        "there is no such scenario file; did you mean `" + str(tmp_path / "town.toml`?")
    )
    assert "there is no such scenario file" in refused("nowhere")
    assert "there is no such scenario file" in refused("x" * 5000)
    assert "there is no such scenario file" in refused("a\0b")


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    path = file(tmp_path, "closed.toml", LINE)
    monkeypatch.setattr(Path, "read_bytes", closed)
    assert refused(path) == "closed.toml: cannot be read: Permission denied; check its permissions"


def test_a_name_that_cannot_be_a_folder_is_refused(tmp_path: Path) -> None:
    assert "cannot name a folder of results" in refused(file(tmp_path, "..toml", LINE))
    assert "cannot name a folder of results" in refused(file(tmp_path, "-rf.toml", LINE))
    assert load(file(tmp_path, "My town (2).toml", LINE)).name == "My town (2)"


@pytest.mark.parametrize(
    "deep", ["a." * 300 + "a = 1", "a = " + "{b = " * 60 + "1" + "}" * 60, "a = " + "[" * 60 + "]" * 60]
)
def test_tables_nested_beyond_reason_are_refused(tmp_path: Path, deep: str) -> None:
    assert "deep" in refused(file(tmp_path, "deep.toml", deep))


def test_a_key_of_half_a_million_parts_is_refused_at_once(tmp_path: Path) -> None:
    start = time.perf_counter()
    assert "deep" in refused(file(tmp_path, "long.toml", "a." * 490_000 + "a = 1"))
    assert time.perf_counter() - start < 5


def test_tables_nested_beyond_the_parser_are_refused(tmp_path: Path) -> None:
    assert "is not TOML" in refused(file(tmp_path, "deep.toml", "a = " + "[" * 20_000))


# extends


def test_a_file_extends_another_beside_it(tmp_path: Path) -> None:
    file(tmp_path, "base.toml", LINE)
    child = load(
        file(tmp_path, "child.toml", 'extends = "base"\ntitle = "B"\n[pathways.line.teams.clerks]\nposts = 3\n')
    )
    assert (child.name, child.title, child.pathways["line"].teams["clerks"].posts) == ("child", "B", 3)
    assert (
        child.pathways["line"].stages["desk"].hours
        == load(tmp_path / "base.toml").pathways["line"].stages["desk"].hours
    )


def test_extends_follows_a_symbolic_link(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    target = file(elsewhere, "target.toml", LINE)
    try:
        (tmp_path / "base.toml").symlink_to(target)
    except OSError:
        return  # a system without symbolic links has nothing to follow
    assert load(file(tmp_path, "child.toml", 'extends = "base"')).title == "A line"


def test_extends_in_a_circle_is_refused(tmp_path: Path) -> None:
    file(tmp_path, "a.toml", 'extends = "b"')
    file(tmp_path, "b.toml", 'extends = "c"')
    file(tmp_path, "c.toml", 'extends = "a"')
    assert "a.toml: extends: runs in a circle: a -> b -> c -> a; drop one of these" in refused(tmp_path / "a.toml")
    assert "runs in a circle: self -> self" in refused(file(tmp_path, "self.toml", 'extends = "self"'))


def test_extends_without_end_is_refused(tmp_path: Path) -> None:
    for number in range(30):
        file(tmp_path, f"f{number}.toml", f'extends = "f{number + 1}"')
    assert "files extend each other over 20 times" in refused(tmp_path / "f0.toml")


def test_extends_of_nobody_is_refused_with_a_suggestion(tmp_path: Path) -> None:
    file(tmp_path, "base.toml", LINE)
    message = refused(file(tmp_path, "child.toml", 'extends = "bsae"'))
    assert "child.toml: extends: there is no scenario `bsae` beside this file; did you mean `base`?" in message
    assert "there is no scenario" in refused(file(tmp_path, "child.toml", f'extends = "{"x" * 5000}"'))


@pytest.mark.parametrize(
    "outside",
    ['"../x"', '"/etc/passwd"', '"a/b"', r'"a\\b"', '"x.toml"', '""', '"~"', "3", '["a"]', '"C:"', '"a\\u0000"'],
)
def test_extends_may_not_reach_outside(tmp_path: Path, outside: str) -> None:
    message = refused(file(tmp_path, "child.toml", f"extends = {outside}"))
    assert "is not the plain name of a scenario; a file may not reach outside its folder" in message
    assert 'extends = "anytown"' in message


def test_the_files_of_the_tests_are_found_by_path() -> None:
    assert load(str(FOLDER / "village.toml")).name == "village"


def test_shared_sources_stand_under_the_files_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shared = tmp_path / "sources"
    shared.mkdir()
    row = '{{ title = "{}", publisher = "x", year = 2000, grade = "A" }}'
    file(shared, "sources.toml", f"one = {row.format('shared')}\ntwo = {row.format('shared')}\n")
    monkeypatch.setattr(reading, "shipped_folder", lambda: tmp_path)
    scenario = load(file(tmp_path, "own.toml", LINE + f"[sources]\ntwo = {row.format('own')}\n"))
    assert {name: source.title for name, source in scenario.sources.items()} == {"one": "shared", "two": "own"}
