"""A budget of work: a file is answered in time and memory that grow with its size, and not with the square of it."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from sim.errors import MOST_FAULTS, ScenarioError
from sim.scenario.parsing import TooMuchError, parsed
from sim.scenario.reading import shipped_folder
from sim.scenario.scenario import load
from tests.scenario.test_reading import LINE

MOST_SECONDS = 8.0
"""Four times the budget of processor time: a file of 1 MB is answered in 2 seconds on the machine it is set for."""

MOST_BYTES = 400_000_000
SIZE = 950_000


def filled(part: str) -> str:
    """As much of a part as a file may hold."""
    return part * (SIZE // len(part))


HOSTILE = {
    "comments": "# " + filled("a.") + "\n",
    "lines of comments": filled("# aaa.bbb.ccc\n"),
    "dotted key": filled("a.") + "a = 1",
    "quoted dotted key": filled('"!".') + "a = 1",
    "spaced dotted key": filled("a . ") + "a = 1",
    "quotation marks": filled('"'),
    "escaped quotation marks": filled('\\"""'),
    "a text without an end": '"""' + filled('a"" '),
    "apostrophes": filled("'\\"),
    "lists in a list": "a = [" + filled("[],") + "]",
    "tables in a list": "a = [" + filled("{a=1},") + "]",
    "lists in lists": "a = " + "[" * (SIZE // 2) + "]" * (SIZE // 2),
    "headers": filled("[[a.b]]\n"),
    "wrong names": LINE.replace("[pathways", "".join(f"x{n} = 1\n" for n in range(60_000)) + "[pathways", 1),
    "dotted names": "".join(f"a{n}.b.c.d.e.f.g.h.i = 1\n" for n in range(30_000)),
    "a huge number": "a = 0x" + filled("f"),
    "long name": filled("a") + " = 1",
    "quoted long name": '"' + filled("a.") + '" = 1',
    "long text": LINE + f'question = "{filled("x")}"\n',
}


def answered(file: Path, text: str) -> tuple[str, float]:
    """What is said of a file, nothing if it is sound, and in what processor time [seconds]."""
    file.write_text(text, encoding="utf-8")
    begun = time.process_time()
    try:
        load(file)
        said = ""
    except ScenarioError as error:
        said = str(error)
    return said, time.process_time() - begun


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_answered_at_once(name: str, tmp_path: Path) -> None:
    said, seconds = answered(tmp_path / "x.toml", HOSTILE[name])
    assert said and len(said) < 200_000 and seconds < MOST_SECONDS


@pytest.mark.parametrize("name", ["quoted dotted key", "lists in a list", "wrong names"])
def test_a_hostile_file_takes_no_memory(name: str, tmp_path: Path) -> None:
    tracemalloc.start()
    try:
        answered(tmp_path / "x.toml", HOSTILE[name][: SIZE // 4])
        assert tracemalloc.get_traced_memory()[1] < MOST_BYTES / 4
    finally:
        tracemalloc.stop()


def test_no_more_faults_are_told_than_can_be_read(tmp_path: Path) -> None:
    said, _ = answered(tmp_path / "x.toml", LINE + "".join(f"[sources.s{n}]\n" for n in range(5_000)))
    lines = said.splitlines()
    assert len(lines) == MOST_FAULTS + 1
    assert lines[-1] == "x.toml: more than 200 faults; mend these first, then check it again"


def groups(count: int) -> str:
    own = [
        'share = "rest"' if n == 0 else f"share = {{ value = {0.5 / count}, range = [{0.4 / count}, {0.6 / count}] }}"
        for n in range(count)
    ]
    course = "level_at_arrival = { low = 1 }\neases_after_days = { low = { value = 150, range = [100, 250] } }\n"
    return LINE.replace("hours = 1.0", 'hours = 1.0, purpose = "helping"') + "".join(
        f"[groups.g{n}]\n{share}\n{course}" for n, share in enumerate(own)
    )


def changes(count: int) -> str:
    return LINE + "".join(f'[changes.c{n}]\n"pathways.line.teams.clerks.posts" = {n + 1}\n' for n in range(count))


def neighbourhoods(count: int) -> str:
    return LINE + "[place.households]\n" + "".join(f"h{n} = {{ value = 3, range = [2, 5] }}\n" for n in range(count))


def pathways(count: int) -> str:
    return LINE + "".join(f'[pathways.p{n}]\nlike = "line"\nteams.clerks.posts = {n + 1}\n' for n in range(count))


@pytest.mark.parametrize(
    ("made", "count"),
    [
        pytest.param(groups, 100, id="groups"),
        pytest.param(changes, 100, id="changes"),
        pytest.param(neighbourhoods, 200, id="neighbourhoods"),
        pytest.param(pathways, 100, id="pathways"),
    ],
)
def test_the_time_for_a_sound_file_grows_with_its_size(made: Callable[[int], str], count: int, tmp_path: Path) -> None:
    answered(tmp_path / "x.toml", made(count))
    times = []
    for size in (count, 4 * count):
        tried = [answered(tmp_path / "x.toml", made(size)) for _ in range(2)]
        assert tried[0][0] == ""
        times.append(min(seconds for _, seconds in tried))
    assert times[1] < 8 * times[0] + 0.1  # four times as large; the square would be sixteen


def test_more_changes_than_can_be_tried_are_refused_with_how_many_can(tmp_path: Path) -> None:
    said, seconds = answered(tmp_path / "x.toml", changes(5_000))
    assert "x.toml: changes: trying its ranges and changes takes 5,000 readings" in said and "expected at most" in said
    assert seconds < MOST_SECONDS


def test_what_a_few_words_make_too_large_is_refused_before_it_is_made(tmp_path: Path) -> None:
    stages = "".join(f"stages.s{n} = {{ delay_days = 1, next = {{ s{n + 1} = 1 }} }}\n" for n in range(1_000))
    text = LINE + '[pathways.a]\nstarts_at = "s0"\n' + stages + "stages.s1000 = { delay_days = 1 }\n"
    said, seconds = answered(
        tmp_path / "x.toml", text + "".join(f'[pathways.b{n}]\nlike = "a"\n' for n in range(5_000))
    )
    assert "what its `like` and `changes` make holds some" in said and seconds < MOST_SECONDS


def test_where_a_fault_is_written_is_found_without_going_every_way(tmp_path: Path) -> None:
    text = (shipped_folder() / "disability_assessment.toml").read_text(encoding="utf-8")
    head = "[pathways.outsourced.stages.payment]"
    text = text.replace(head, f'{head}\n"" = 1', 1)
    said, seconds = answered(tmp_path / "x.toml", text)
    assert 'stages.payment."": unknown key' in said and seconds < MOST_SECONDS / 4


def test_dots_in_comments_and_texts_are_no_keys() -> None:
    dots = ".".join("a" * 500)
    text = f'# {dots}\na = "{dots}" # {dots}\nb = \'{dots}\'\nc = """\n{dots}\\""" "\n"""\n"{dots}" = 1\n'
    assert parsed(text)["a"] == dots and parsed(text)[dots] == 1
    with pytest.raises(TooMuchError):
        parsed(text + f"{dots} = 1\n")


@pytest.mark.parametrize("file", sorted(shipped_folder().glob("*.toml")), ids=lambda file: file.stem)
def test_the_library_stays_far_below_the_limits(file: Path) -> None:
    begun = time.process_time()
    load(file)
    assert time.process_time() - begun < MOST_SECONDS / 2
