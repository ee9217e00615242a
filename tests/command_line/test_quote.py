"""`quote` as a user meets it: a code that holds, one that does not and why, and what it refuses."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from .conftest import Done, Sim
from .test_commands import short

WEEKS = "{ warm_up = 4, cohort = 2, follow_up = 4 }"
ALONE = ("--workers", "1")


@pytest.fixture(scope="module")
def ran(sim: Sim, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the village's file and, beside it, results of it over two replications."""
    folder = tmp_path_factory.mktemp("ran")
    words = ("--replications", "2", "--warm-up", "as-given", "--variants", "skip")
    done = sim("run", short(folder), *words, "--out", folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def folder(ran: Path, tmp_path: Path) -> Path:
    """A copy to spoil."""
    shutil.copytree(ran, tmp_path / "copy")
    return tmp_path / "copy"


def quote_of(folder: Path, **told: str) -> dict[str, Any]:
    """The first stored quote of this kind."""
    stored = json.loads((folder / "village" / "quotes.json").read_text(encoding="utf-8"))["quotes"]
    return next(one for one in stored if all(one[name] == value for name, value in told.items()))


def checked(sim: Sim, folder: Path, code: str) -> Done:
    return sim("quote", code, "--from", folder / "village", "--file", folder / "village.toml", *ALONE)


@pytest.mark.parametrize(
    "told",
    [
        {"measure": "days_to_help", "basis": "as_specified"},
        {"measure": "public_cost", "against": "no_service"},
        {"measure": "fate_right_help_by_28_days", "basis": "equal_spend"},
        {"measure": "days_in_need", "by": "group"},
        {"measure": "helped_sooner"},
    ],
    ids=lambda told: " ".join(told.values()),
)
def test_an_untouched_quote_of_any_kind_holds(sim: Sim, ran: Path, told: dict[str, str]) -> None:
    one = quote_of(ran, **told)
    done = checked(sim, ran, one["code"])
    assert done.returncode == 0, done.stdout + done.stderr
    assert one["sentence"] in done.stdout and "Holds: run again, the simulation gives the same." in done.stdout
    assert "2 of 2 done" in done.stderr and "done" not in done.stdout


def test_a_changed_digit_in_quotes_json_does_not_hold(sim: Sim, folder: Path) -> None:
    one = quote_of(folder, measure="public_cost", basis="as_specified", against="outsourced", by="all")
    path = folder / "village" / "quotes.json"
    stored = json.loads(path.read_text(encoding="utf-8"))
    next(kept for kept in stored["quotes"] if kept["code"] == one["code"])["value"] = "+999,999"
    path.write_text(json.dumps(stored), encoding="utf-8")
    done = checked(sim, folder, one["code"])
    assert done.returncode == 3
    assert "quotes.json says value '+999,999'" in done.stdout
    assert "The number itself: +999,999" in done.stdout and f"gives {one['value']} (" in done.stdout


def test_a_table_changed_and_told_anew_is_caught_by_running_again(sim: Sim, folder: Path) -> None:
    """The folder agrees with itself, and is wrong all the same."""
    one = quote_of(folder, measure="days_in_need", basis="as_specified", against="outsourced", by="all")
    path = folder / "village" / "comparison.csv"
    start = "as_specified,local,outsourced,days_in_need,days,all,,,"
    lines = path.read_text(encoding="utf-8").splitlines()
    at = next(place for place, line in enumerate(lines) if line.startswith(start))
    _, low, high, *rest = lines[at].removeprefix(start).split(",")
    lines[at] = start + ",".join(["-500", low, high, *rest])
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert sim("report", folder / "village").returncode == 0
    forged = quote_of(folder, measure="days_in_need", basis="as_specified", against="outsourced", by="all")
    assert forged["code"] != one["code"]
    done = checked(sim, folder, forged["code"])
    assert done.returncode == 3
    assert "quotes.json says" not in done.stdout and "The number itself: " in done.stdout
    assert f"gives {one['value']} (" in done.stdout


def test_a_changed_input_is_named_with_old_and_new(sim: Sim, folder: Path) -> None:
    code, file = quote_of(folder, measure="days_to_help")["code"], folder / "village.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("gbp_per_day = 40", "gbp_per_day = 45"), encoding="utf-8")
    done = checked(sim, folder, code)
    assert done.returncode == 3
    assert "Input crisis.gbp_per_day: 40 then, 45 now." in done.stdout
    assert "the simulation gives the same figure" in done.stdout and "The number itself" not in done.stdout


def test_a_changed_seed_is_named(sim: Sim, folder: Path) -> None:
    code, file = quote_of(folder, measure="days_to_help")["code"], folder / "village.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("seed = 20150410", "seed = 3"), encoding="utf-8")
    done = checked(sim, folder, code)
    assert done.returncode == 3 and "Seed: 20150410 then, 3 now." in done.stdout


def test_a_file_that_is_no_scenario_any_more_is_told(sim: Sim, folder: Path) -> None:
    code, file = quote_of(folder, measure="days_to_help")["code"], folder / "village.toml"
    file.write_text("title = 1", encoding="utf-8")
    done = checked(sim, folder, code)
    assert done.returncode == 3 and "cannot be read as this scenario" in done.stdout


def test_without_the_file_the_folder_alone_is_checked_and_that_is_said(sim: Sim, ran: Path) -> None:
    done = sim("quote", quote_of(ran, measure="days_to_help")["code"], "--from", ran / "village", *ALONE)
    assert done.returncode == 0
    assert "There is no file village.toml here to set its inputs beside" in done.stdout


def test_by_its_name_alone_the_file_is_run_as_it_plans(sim: Sim, tmp_path: Path) -> None:
    file = short(tmp_path)
    text = file.read_text(encoding="utf-8")
    plan = "replications = 6\nmost_replications = 12"
    assert plan in text
    file.write_text(text.replace(plan, "replications = 2\nmost_replications = 2"), encoding="utf-8")
    unknown = sim("quote", "village.local.days_to_help.0000", "--file", file, *ALONE)
    assert unknown.returncode == 3 and "has this code as the file village is now" in unknown.stdout
    code = unknown.stdout.partition("”) (")[0] or unknown.stdout
    code = next(word.strip("().") for word in unknown.stdout.split() if word.startswith("(village.local.days_to_help."))
    done = sim("quote", code, "--file", file, *ALONE)
    assert done.returncode == 0, done.stdout
    assert done.stdout.startswith("“If the numbers of this model hold")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nonsense",), "is no code of a quote"),
        (("nowhere.local.days_to_help.12ab",), "there is no such scenario file"),
        (("anytown.lokal.days_to_help.12ab",), "did you mean `local`?"),
        (("anytown.local.days_to_halp.12ab",), "did you mean `days_to_help`?"),
        (("anytown+magic.local.days_to_help.12ab",), "offers no change `magic`"),
        (("anytown+set-123456.local.days_to_help.12ab",), "give the folder of its results with --from"),
        (("anytown.local.days_to_help.12ab", "--from", "nowhere"), "there is no such results folder"),
    ],
)
def test_what_is_wrong_with_a_request_ends_with_2(sim: Sim, words: tuple[str, ...], said: str) -> None:
    done = sim("quote", *words)
    assert done.returncode == 2 and said in done.stderr and done.stdout == ""


def test_an_unknown_code_is_answered_with_the_closest(sim: Sim, ran: Path) -> None:
    code = quote_of(ran, measure="days_to_help")["code"]
    done = checked(sim, ran, code[:-1] + ("0" if code[-1] != "0" else "1"))
    assert done.returncode == 2 and f"did you mean `{code}`?" in done.stderr
