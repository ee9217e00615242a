"""One's own numbers without writing TOML: `--set`, `inputs` and `new`, as someone with a budget would try them.

Most commands run in this process, for a start of the program takes longer than what it does.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sim.command_line.asking import answered
from sim.command_line.main import main
from sim.command_line.preparing import Wanted, prepared, results_name
from sim.errors import RequestError
from sim.scenario.drafting import most_telling
from sim.scenario.scenario import load
from tests.command_line.test_commands import VILLAGE, short

Typed = Callable[..., tuple[int, str, str]]
ADULTS, WORKERS = "place.adults", "pathways.local.teams.workers"


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Iterator[Typed]:
    """Type a command in a fresh folder: its exit code, what it prints, and what it says on stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    before = signal.getsignal(signal.SIGINT)

    def type_(*words: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["run_scenarios.py", *map(str, words)])
        try:
            code = main()
        except SystemExit as ended:
            code = int(ended.code or 0)
        return code, *capsys.readouterr()

    yield type_
    signal.signal(signal.SIGINT, before)


def edited_table(folder: Path, path: str, value: str) -> Path:
    """The village's table of inputs with another value, as a spreadsheet with semicolons saves it."""
    rows = list(csv.reader((folder / "mine.csv").read_text(encoding="utf-8-sig").splitlines()))
    next(row for row in rows if row[0] == path)[3] = value
    with (folder / "edited.csv").open("w", encoding="cp1252", newline="") as opened:
        csv.writer(opened, delimiter=";").writerows(rows)
    return folder / "edited.csv"


def test_a_run_with_other_numbers_can_never_be_taken_for_the_plain_one(tmp_path: Path, typed: Typed) -> None:
    path = short(tmp_path)
    assert typed("inputs", path, "--out", tmp_path / "mine.csv")[0] == 0
    table = edited_table(tmp_path, ADULTS, "9000")
    words = ("run", path, "--set", f"{WORKERS}.posts=27", "--inputs", table, "--replications", "2", "--workers", "1")
    code, out, err = typed(*words, "--out", tmp_path / "out")
    assert code == 0, err
    assert "edited.csv: 1 number differs from village" in err
    (folder,) = (tmp_path / "out").glob("[!.]*")
    assert re.fullmatch(r"village\+set-[0-9a-f]{8}", folder.name)
    told = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert told["settings"] == {ADULTS: "9000", f"{WORKERS}.posts": "27"}
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert page.count(f"{ADULTS} = 9000") >= 2 and "Not the plain file" in page
    assert f"# Set: {ADULTS} = 9000" in (folder / "scenario.resolved.toml").read_text(encoding="utf-8")
    assert f"{ADULTS} = 9000" in " ".join(out.split())


def test_the_table_comes_first_then_changes_then_what_is_set(tmp_path: Path, typed: Typed) -> None:
    typed("inputs", VILLAGE, "--out", tmp_path / "mine.csv")
    table = edited_table(tmp_path, "course.pace_during_help", "0.8")
    one = prepared(str(VILLAGE), Wanted(["sceptic"], None, table))
    other = prepared(str(VILLAGE), Wanted(["sceptic"], ["course.pace_during_help=0.9"], table, seed=5))
    assert (one.course.pace_during_help, other.course.pace_during_help) == (0.5, 0.9)
    assert other.run.seed == 5
    assert results_name(one) != results_name(other)
    assert results_name(one).startswith("village+sceptic+set-")
    assert results_name(prepared(str(VILLAGE), Wanted())) == "village"


def test_check_explain_and_trace_take_settings_too(typed: Typed, tmp_path: Path) -> None:
    code, out, _ = typed("check", VILLAGE, "--set", f"{ADULTS}=9000")
    assert code == 0 and "good" in out
    code, out, _ = typed("explain", VILLAGE, "--set", f"{ADULTS}=9000")
    assert code == 0 and "Set for this run" in out and "- place.adults = 9000" in out
    code, out, _ = typed("trace", short(tmp_path), "--set", f"{WORKERS}.posts=27", "--citizen", "20")
    assert code == 0 and f"Run with {WORKERS}.posts = 27" in out


def test_the_table_goes_to_the_screen_or_to_a_new_file(typed: Typed, tmp_path: Path) -> None:
    code, out, _ = typed("inputs", VILLAGE)
    assert code == 0 and out.startswith("path,meaning,unit,value,low,high,source,grade,note\nplace.adults,")
    assert typed("inputs", VILLAGE, "--out", "mine.csv")[0] == 0
    assert (tmp_path / "mine.csv").read_bytes().startswith(b"\xef\xbb\xbfpath,")
    code, _, err = typed("inputs", VILLAGE, "--out", "mine.csv")
    assert code == 2 and "mine.csv: is there already; choose another name" in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("check", VILLAGE, "--set", "place.adlts=5"), "did you mean `place.adults`?"),
        (("check", VILLAGE, "--set", "place.adults"), "expected PATH=VALUE"),
        (("run", VILLAGE, "--set", f"{WORKERS}.cases_each=30"), "at most 11 cases each"),
        (("explain", VILLAGE, "--set", "place.adults=9.000,5"), "write 9000.5"),
        (("check", VILLAGE, "--set", "place.adults=5", "--set", "place.adults=6"), "given twice"),
        (("check", VILLAGE, "--inputs", "none.csv"), "none.csv: cannot be read"),
        (("check", VILLAGE, VILLAGE, "--inputs", "x.csv"), "belongs to one scenario"),
        (("new", "my_town", "--from", VILLAGE), "no terminal to ask at; give --answers PATH=NUMBER, or --no-questions"),
        (("new", "my town", "--from", VILLAGE, "--no-questions"), "cannot name a scenario"),
        (("new", "my_town", "--from", "no_such_town", "--no-questions"), "there is no such scenario file"),
        (("new", "my_town", "--from", VILLAGE, "--answers", "place.adults=1.000,5"), "write 1000.5"),
        (("new", "my_town", "--from", VILLAGE, "--answers", "place.adlts=5"), "did you mean `place.adults`?"),
    ],
)
def test_what_is_wrong_is_told_in_one_message(typed: Typed, tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    code, _, err = typed(*words)
    assert code == 2
    assert said in err
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("copy", [True, False], ids=["extended", "copied"])
def test_a_new_file_is_good_and_runs_on_its_own_numbers(typed: Typed, tmp_path: Path, *, copy: bool) -> None:
    if copy:
        shutil.copy(VILLAGE, tmp_path)
    source = "village.toml" if copy else VILLAGE
    code, out, _ = typed("new", "my_town", "--from", source, "--answers", f"{ADULTS}=9000")
    assert code == 0 and "my_town.toml: written" in out
    assert typed("check", "my_town.toml")[0] == 0
    assert load(tmp_path / "my_town.toml").place.adults == 9000
    assert ("extends" in (tmp_path / "my_town.toml").read_text(encoding="utf-8")) is copy
    code, _, err = typed("new", "my_town", "--from", source, "--no-questions")
    assert code == 2 and "my_town.toml: is there already" in err


def test_a_shipped_scenario_is_extended_by_name(typed: Typed, tmp_path: Path) -> None:
    assert typed("new", "my_town", "--from", "anytown", "--no-questions")[0] == 0
    assert 'extends = "anytown"' in (tmp_path / "my_town.toml").read_text(encoding="utf-8")
    assert typed("check", "my_town.toml")[0] == 0


def test_questions_show_what_is_there_refuse_what_may_not_be_and_keep_what_is_left_empty() -> None:
    scenario = load(VILLAGE)
    asked = [fact.path for fact in most_telling(scenario)]
    given = {ADULTS: ["9.000,5", "-3", "9,000"], "arrivals.per_1000_adults_a_year": [" "]}
    lines: list[str] = []

    def ask(_: str) -> str:
        path = next(line for line in reversed(lines) if " of " in line).splitlines()[1].split(": ")[1]
        return given.get(path, [""]).pop(0)

    assert answered(scenario, ask, lines.append) == {ADULTS: 9000}
    told = "\n".join(lines)
    assert [path for path in asked if path in told] == asked
    assert "adults living in the area" in told and "now 8000 people (made-up-census, grade A)" in told
    assert "write 9000.5" in told and "9,000 is read as 9000" in told
    assert "place.adults: -3 is not allowed; expected above 0 [people]" in told


def test_ending_the_questions_early_writes_nothing() -> None:
    def ask(_: str) -> str:
        raise EOFError

    with pytest.raises(RequestError, match="nothing was written"):
        answered(load(VILLAGE), ask, lambda _: None)
