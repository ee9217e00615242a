"""The command line as a user meets it: what it prints, its exit codes, and what it does when stopped."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .conftest import ROOT, Sim

VILLAGE = ROOT / "tests" / "scenarios" / "village.toml"


def in_its_own_process(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """What a command comes to as a user's shell starts it: what is true of a process is asked of one."""
    return subprocess.run(
        [sys.executable, str(ROOT / "run_scenarios.py"), *map(str, words)],
        capture_output=True, text=True, cwd=ROOT, encoding="utf-8", timeout=300, check=False,
    )  # fmt: skip


def short(tmp_path: Path, **run: object) -> Path:
    """The village as a file of its own, in windows of a few weeks."""
    text = VILLAGE.read_text(encoding="utf-8")
    text = text.replace("weeks = { warm_up = 26, cohort = 13, follow_up = 26 }", f"weeks = {run.get('weeks', WEEKS)}")
    path = tmp_path / "village.toml"
    path.write_text(text, encoding="utf-8")
    return path


WEEKS = "{ warm_up = 4, cohort = 2, follow_up = 4 }"
LONG = "{ warm_up = 520, cohort = 52, follow_up = 520 }"
LONG_CHECKED = "{ warm_up = 520, cohort = 520, follow_up = 2080 }"
LITTLE = ("--replications", "2", "--variants", "skip", "--warm-up", "as-given")
Process = subprocess.Popen[str]


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[str], Path]:
    folder = tmp_path_factory.mktemp("ran")
    done = in_its_own_process("run", short(folder), "--replications", "2", "--out", folder / "results")
    return done, folder / "results" / "village"


def test_run_prints_the_comparison_and_says_where_the_report_is(
    ran: tuple[subprocess.CompletedProcess[str], Path],
) -> None:
    done, folder = ran
    assert done.returncode == 0, done.stderr
    assert "Difference from outsourced" in done.stdout
    assert str(folder / "report.html") in done.stdout
    assert (folder / "report.html").is_file()


def test_progress_goes_to_stderr_and_results_to_stdout(ran: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    done, _ = ran
    assert "2 of 2 done" in done.stderr
    assert "of 2 done" not in done.stdout
    assert "Traceback" not in done.stderr


def test_report_makes_the_page_anew_from_the_tables(
    sim: Sim, ran: tuple[subprocess.CompletedProcess[str], Path]
) -> None:
    _, folder = ran
    before = (folder / "report.html").read_text(encoding="utf-8")
    (folder / "report.html").unlink()
    done = sim("report", folder)
    assert done.returncode == 0, done.stderr
    assert (folder / "report.html").read_text(encoding="utf-8") == before


def test_json_is_for_machines(sim: Sim, tmp_path: Path) -> None:
    done = sim("run", short(tmp_path), "--replications", "2", "--workers", "1", "--out", tmp_path / "out", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["scenario"] == "village"
    assert told["replications"] == 2


def test_a_change_has_a_folder_of_its_own(sim: Sim, tmp_path: Path) -> None:
    path = short(tmp_path)
    done = sim("run", path, "--with", "sceptic", "--replications", "2", "--workers", "1", "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    manifest = json.loads((tmp_path / "out" / "village+sceptic" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["applied"] == ["sceptic"]


def test_another_seed_gives_another_answer_and_the_same_seed_the_same(sim: Sim, tmp_path: Path) -> None:
    path, answers = short(tmp_path), []
    for name, seed in (("a", "5"), ("b", "5"), ("c", "6")):
        out = tmp_path / name
        assert sim("run", path, *LITTLE, "--seed", seed, "--workers", "1", "--out", out).returncode == 0
        answers.append((out / "village" / "comparison.csv").read_bytes())
    assert answers[0] == answers[1] != answers[2]


@pytest.mark.parametrize("workers", ["1", "3"])
def test_results_are_the_same_on_any_number_of_workers(
    sim: Sim, tmp_path: Path, ran: tuple[subprocess.CompletedProcess[str], Path], workers: str
) -> None:
    words = ("--replications", "2", "--variants", "skip", "--workers", workers)
    done = sim("run", short(tmp_path), *words, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    for name in ("summary", "comparison", "replications", "curves", "flows", "ledger", "citizens", "visits"):
        mine = (tmp_path / "out" / "village" / f"{name}.csv").read_bytes()
        assert mine == (ran[1] / f"{name}.csv").read_bytes(), name


def test_check_says_a_good_file_is_good(sim: Sim) -> None:
    done = sim("check", VILLAGE)
    assert done.returncode == 0
    assert "good" in done.stdout


def test_check_tells_every_fault_of_every_file_at_once(tmp_path: Path) -> None:
    text = VILLAGE.read_text(encoding="utf-8")
    (tmp_path / "one.toml").write_text(text.replace("posts = 10.0", "psots = 10.0"), encoding="utf-8")
    bad = text.replace('package = "rest"', 'pakage = "rest"').replace("{ value = 0.6", "{ value = 1.6")
    (tmp_path / "two.toml").write_text(bad, encoding="utf-8")
    done = in_its_own_process("check", tmp_path / "one.toml", tmp_path / "two.toml", VILLAGE)
    assert done.returncode == 2
    for words in ("one.toml", "psots", "did you mean `posts`?", "two.toml", "pakage", "1.6"):
        assert words in done.stderr, words
    assert "Traceback" not in done.stderr
    assert "good" in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("run", "no_such_town"), "there is no such scenario file"),
        (("run", str(VILLAGE), "--with", "skeptic"), "did you mean `sceptic`?"),
        (("run", str(VILLAGE), "--replications", "1"), "at least 2"),
        (("run", str(VILLAGE), "--visits", "most"), "expected one of some, all"),
        (("run", str(VILLAGE), "--warm-up", "double"), "expected one of check, as-given"),
        (("run", str(VILLAGE), "--seed", "-1"), "--seed"),
        (("run", "--bogus"), "bogus"),
        (("trace", str(VILLAGE), "--citizen", "999999"), "there is no citizen 999999"),
        (("trace", str(VILLAGE), "--citizen", "-1"), "-1"),
        (("report", "no_such_folder"), "no_such_folder"),
        (("check", str(ROOT / "scenarios")), "folder"),
    ],
)
def test_what_is_wrong_with_a_request_is_told_in_one_message(sim: Sim, words: tuple[str, ...], said: str) -> None:
    done = sim(*words)
    assert done.returncode == 2, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_results_that_cannot_be_written_are_told(sim: Sim, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    done = sim("run", short(tmp_path), "--replications", "2", "--workers", "1", "--out", tmp_path / "file")
    assert done.returncode == 2
    assert "a file stands where a folder is needed" in done.stderr
    assert "Traceback" not in done.stderr


def test_nothing_runs_where_results_would_replace_something_else(sim: Sim, tmp_path: Path) -> None:
    (tmp_path / "out" / "village").mkdir(parents=True)
    (tmp_path / "out" / "village" / "thesis.txt").write_text("mine", encoding="utf-8")
    done = sim("run", short(tmp_path), "--out", tmp_path / "out")
    assert done.returncode == 2
    assert "thesis.txt" in done.stderr
    assert "replications" not in done.stderr
    (tmp_path / "other").mkdir()
    done = sim("run", short(tmp_path), short(tmp_path / "other"), "--out", tmp_path / "fresh")
    assert done.returncode == 2
    assert "two of these scenarios" in done.stderr


def test_explain_reads_as_sentences_and_gives_the_remission(sim: Sim) -> None:
    done = sim("explain", VILLAGE)
    assert done.returncode == 0, done.stderr
    for words in ("12 months", "not ill enough", "GBP", "made-up-census"):
        assert words in done.stdout, words


def test_trace_tells_one_citizen_in_every_pathway(sim: Sim, tmp_path: Path) -> None:
    done = sim("trace", short(tmp_path), "--citizen", "20")
    assert done.returncode == 0, done.stderr
    for words in ("One contract", "Neighbourhood teams", "no service"):
        assert words.lower() in done.stdout.lower(), words


def test_alone_it_runs_every_scenario_and_help_says_so() -> None:
    done = in_its_own_process("--help")
    assert done.returncode == 0
    assert "run every scenario" in done.stdout


AS_GIVEN = ("--warm-up", "as-given")


def started(path: Path, out: Path, words: tuple[str, ...] = AS_GIVEN, stage: str = "replications") -> Process:
    """A long run with two workers, under way: it has begun this stage."""
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "run_scenarios.py"), "run", str(path), "--workers", "2", "--out", str(out), *words],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", start_new_session=True,
    )  # fmt: skip
    assert process.stderr is not None
    assert stage in process.stderr.readline()
    time.sleep(2.0)
    return process


@pytest.fixture
def good_results(ran: tuple[subprocess.CompletedProcess[str], Path], tmp_path: Path) -> tuple[Path, bytes]:
    """Results of an earlier run of the village, and one of its tables."""
    out = Path(shutil.copytree(ran[1].parent, tmp_path / "out"))
    return out, (out / "village" / "summary.csv").read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="signals are another matter on Windows")
@pytest.mark.parametrize(
    ("to_all", "words", "stage"),
    [
        pytest.param(True, AS_GIVEN, "replications", id="as a terminal does"),
        pytest.param(False, AS_GIVEN, "replications", id="to the parent alone"),
        pytest.param(True, (*AS_GIVEN, "--engine", "reference"), "replications", id="with the reference engine"),
        pytest.param(True, (), "runs to check the warm-up", id="while the warm-up is checked"),
    ],
)
def test_ctrl_c_stops_a_run_of_minutes_and_leaves_the_last_good_results(
    tmp_path: Path, good_results: tuple[Path, bytes], words: tuple[str, ...], stage: str, *, to_all: bool
) -> None:
    out, before = good_results
    weeks = LONG if words else LONG_CHECKED
    process = started(short(tmp_path, weeks=weeks), out, words, stage)
    if to_all:
        os.killpg(process.pid, signal.SIGINT)
    else:
        process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=15)  # the run has over half a minute to go; alone it stops in half a second
    assert process.returncode == 130
    assert "last good results are untouched" in told
    assert "Traceback" not in told
    assert (out / "village" / "summary.csv").read_bytes() == before
    assert sorted(path.name for path in out.iterdir()) == [".unfinished", "village"]
    assert not list((out / ".unfinished").glob("run-*"))
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)


@pytest.mark.skipif(sys.platform == "win32", reason="signals are another matter on Windows")
def test_a_run_asked_to_end_takes_its_workers_with_it(tmp_path: Path) -> None:
    process = started(short(tmp_path, weeks=LONG), tmp_path / "out")
    process.terminate()
    _, told = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Traceback" not in told
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)


@pytest.mark.skipif(sys.platform == "win32", reason="signals are another matter on Windows")
def test_a_killed_run_leaves_the_last_good_results(sim: Sim, tmp_path: Path, good_results: tuple[Path, bytes]) -> None:
    out, before = good_results
    process = started(short(tmp_path, weeks=LONG), out)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=30)
    assert (out / "village" / "summary.csv").read_bytes() == before
    assert sim("run", short(tmp_path), *LITTLE, "--workers", "1", "--out", out).returncode == 0


def test_a_file_too_large_for_this_machine_is_good_and_its_run_refused(sim: Sim, tmp_path: Path) -> None:
    """For 800 million citizens no machine has the memory; a file is not wrong because of that."""
    big = ("anytown", "--set", "place.adults=3_000_000_000")
    done = sim("check", *big)
    assert done.returncode == 0, done.stderr
    assert "good" in done.stdout and "remark: a replication has about" in done.stdout
    done = sim("run", *big, "--out", tmp_path / "out")
    assert done.returncode == 2
    assert "GB free" in done.stderr and "shorten run.weeks" in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()
