"""Results folders: whole or not at all, and the last good one survives whatever happens."""

from __future__ import annotations

import errno
import io
import json
import tomllib
from pathlib import Path

import pandas as pd
import pytest

from sim.errors import ResultsError
from sim.experiments import swapping
from sim.experiments.experiment import Experiment, Options, run
from sim.experiments.folders import add_files, scenario_hash, write_results
from sim.experiments.swapping import TABLES, recover, refuse_unfit, replaced
from sim.scenario.scenario import Scenario
from tests.experiments.worlds import village


@pytest.fixture(scope="module")
def experiment() -> Experiment:
    return run(village(), Options(replications=2, workers=1))


FILE = "manifest.json"


def write(folder: Path, text: str) -> None:
    with replaced(folder) as fresh:
        (fresh / FILE).write_text(text, encoding="utf-8")


def write_half(folder: Path, interruption: type[BaseException]) -> None:
    with replaced(folder) as fresh:
        (fresh / FILE).write_text("half", encoding="utf-8")
        raise interruption


def test_everything_the_design_names_is_written(experiment: Experiment, tmp_path: Path) -> None:
    folder = tmp_path / "results" / "village"
    write_results(experiment, folder, command="the command")
    for name in TABLES:
        assert len(pd.read_csv(folder / f"{name}.csv")) > 0, name
    assert not list(folder.parent.glob("*.new"))
    assert not list(folder.parent.glob("*.old"))


def test_the_resolved_scenario_reads_back_to_the_same_scenario(experiment: Experiment, tmp_path: Path) -> None:
    write_results(experiment, tmp_path / "village", command="x")
    text = (tmp_path / "village" / "scenario.resolved.toml").read_text(encoding="utf-8")
    again = Scenario.from_data("village", tomllib.loads(text))
    assert again == experiment.scenario
    assert again.facts == experiment.scenario.facts


def test_the_manifest_says_how_to_repeat_the_run(experiment: Experiment, tmp_path: Path) -> None:
    write_results(experiment, tmp_path / "village", command="python run_scenarios.py run village")
    manifest = json.loads((tmp_path / "village" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["command"] == "python run_scenarios.py run village"
    assert manifest["seed"] == experiment.scenario.run.seed
    assert manifest["replications"] == 2
    assert len(manifest["hashes"]["scenario.resolved.toml"]) == 64
    assert manifest["basis_factors"]["equal_spend"]["local"] > 0
    assert {"simpy", "numpy", "python"} <= set(manifest["versions"])


def test_every_table_of_a_quick_run_carries_the_warning(tmp_path: Path) -> None:
    scenario = village(run__quick={"warm_up": 4, "cohort": 2, "follow_up": 4, "replications": 2})
    write_results(run(scenario, Options(quick=True, workers=1)), tmp_path / "village", command="x")
    for name in TABLES:
        table = pd.read_csv(tmp_path / "village" / f"{name}.csv")
        assert (table["warning"] == "NOT COMPARABLE").all(), name


def test_the_ledger_balances_with_the_spend_a_year(experiment: Experiment, tmp_path: Path) -> None:
    write_results(experiment, tmp_path / "village", command="x")
    ledger = pd.read_csv(tmp_path / "village" / "ledger.csv")
    summary = pd.read_csv(tmp_path / "village" / "summary.csv")
    for basis in ("as_specified", "equal_spend"):
        for pathway in ("outsourced", "local"):
            mine = ledger[(ledger["basis"] == basis) & (ledger["pathway"] == pathway)]
            paid = mine[mine["purpose"] != "crisis"]["gbp_a_year"].sum()
            chosen = (summary["basis"] == basis) & (summary["pathway"] == pathway)
            spend = summary[chosen & (summary["measure"] == "spend_a_year")]["mean"].iloc[0]
            assert paid == pytest.approx(spend, abs=0.005)
    assert ledger["payer"].notna().all()
    assert ledger["receiver"].notna().all()


def test_new_results_replace_old_ones(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "village"
    write(folder, "old")
    write(folder, "new")
    assert (folder / FILE).read_text(encoding="utf-8") == "new"
    assert [path.name for path in folder.parent.iterdir()] == ["village"]


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, RuntimeError, SystemExit])
def test_an_interrupted_run_leaves_the_last_good_results(tmp_path: Path, interruption: type[BaseException]) -> None:
    folder = tmp_path / "village"
    write(folder, "good")
    with pytest.raises(interruption):
        write_half(folder, interruption)
    assert (folder / FILE).read_text(encoding="utf-8") == "good"
    assert [path.name for path in tmp_path.iterdir()] == ["village"]


def test_a_run_killed_between_the_two_renames_is_put_right_at_the_next_start(tmp_path: Path) -> None:
    folder = tmp_path / "village"
    write(folder, "good")
    folder.rename(tmp_path / "village.old")
    recover(folder)
    assert (folder / FILE).read_text(encoding="utf-8") == "good"


def test_a_run_killed_after_the_swap_leaves_nothing_lying_about(tmp_path: Path) -> None:
    folder = tmp_path / "village"
    write(folder, "good")
    (tmp_path / "village.old").mkdir()
    recover(folder)
    assert [path.name for path in tmp_path.iterdir()] == ["village"]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EACCES, "no permission"),
        (errno.EROFS, "read-only"),
        (errno.EIO, "untouched"),
    ],
)
def test_a_disk_that_will_not_take_it_leaves_the_last_good_results(tmp_path: Path, number: int, said: str) -> None:
    folder = tmp_path / "village"
    write(folder, "good")
    with pytest.raises(ResultsError, match=said), replaced(folder) as fresh:
        raise OSError(number, "no", str(fresh / "summary.csv"))
    assert (folder / FILE).read_text(encoding="utf-8") == "good"
    assert not (tmp_path / "village.new").exists()


def test_a_real_full_disk_is_told_in_one_message(tmp_path: Path, experiment: Experiment) -> None:
    """Linux has a disk that is always full."""
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")

    def fill(_: Path) -> None:
        with full.open("w") as disk:
            disk.write("x")

    with pytest.raises(ResultsError, match="disk is full"):
        write_results(experiment, tmp_path / "village", command="x", finish=fill)
    assert not list(tmp_path.iterdir())


def test_a_file_where_the_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "results").write_text("a file", encoding="utf-8")
    with pytest.raises(ResultsError, match="a file stands where a folder is needed"):
        write(tmp_path / "results" / "village", "x")


def test_where_a_program_holds_a_file_open_the_new_results_are_kept_beside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "village"
    write(folder, "good")
    rename = Path.rename

    def held(self: Path, target: Path) -> Path:
        if self == folder:
            raise PermissionError(errno.EACCES, "The process cannot access the file", str(folder / "summary.csv"))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", held)
    with pytest.raises(ResultsError, match=r"summary\.csv.*"):
        write(folder, "new")
    assert (folder / FILE).read_text(encoding="utf-8") == "good"
    assert (tmp_path / "village.new" / FILE).read_text(encoding="utf-8") == "new"


def test_a_bug_in_the_report_does_not_throw_the_tables_away(tmp_path: Path, experiment: Experiment) -> None:
    def stumble(_: Path) -> None:
        raise ZeroDivisionError

    write(tmp_path / "village", "good")
    with pytest.raises(ZeroDivisionError) as caught:
        write_results(experiment, tmp_path / "village", command="x", finish=stumble)
    assert "were kept in" in caught.value.__notes__[0]
    assert (tmp_path / "village" / FILE).read_text(encoding="utf-8") == "good"
    assert len(pd.read_csv(tmp_path / "village.unfinished" / "summary.csv")) > 0


@pytest.mark.parametrize("name", ["village", "village.new", "village.old"])
def test_what_somebody_keeps_in_a_folder_of_that_name_is_never_deleted(tmp_path: Path, name: str) -> None:
    write(tmp_path / "village", "good")
    (tmp_path / name).mkdir(exist_ok=True)
    (tmp_path / name / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ResultsError, match=r"holds thesis\.txt, which no run writes.*--out"):
        write(tmp_path / "village", "new")
    assert (tmp_path / name / "thesis.txt").read_text(encoding="utf-8") == "mine"
    assert (tmp_path / "village" / FILE).read_text(encoding="utf-8") == "good"


def test_a_dossier_is_added_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "village"
    write(folder, "good")
    add_files(folder, {"verify.md": "one", "verify.json": "{}"})
    assert (folder / FILE).read_text(encoding="utf-8") == "good"

    def full(self: Path, text: str, encoding: str) -> int:
        raise OSError(errno.ENOSPC, "No space left on device", str(self))

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(ResultsError, match="the disk is full"):
        add_files(folder, {"verify.md": "two", "verify.json": "{}"})
    assert (folder / "verify.md").read_text(encoding="utf-8") == "one"
    assert [path.name for path in tmp_path.iterdir()] == ["village"]


def test_a_dossier_that_cannot_be_read_is_not_carried_over(experiment: Experiment, tmp_path: Path) -> None:
    add_files(tmp_path / "village", {"verify.md": "one", "verify.json": "no json"})
    write_results(experiment, tmp_path / "village", command="x")
    assert not (tmp_path / "village" / "verify.md").exists()


def test_a_dossier_of_the_file_is_kept_where_the_run_doubled_its_warm_up(tmp_path: Path) -> None:
    scenario = village(run__weeks={"warm_up": 4, "cohort": 8, "follow_up": 8})
    doubled = run(scenario, Options(replications=12, workers=1))
    assert doubled.scenario != doubled.given == scenario
    folder = tmp_path / "village"
    for tried, is_kept in ((scenario, True), (doubled.scenario, False), (village(), False)):
        told = json.dumps({"hashes": {"scenario.resolved.toml": scenario_hash(tried)}})
        add_files(folder, {"verify.md": "one", "verify.json": told})
        write_results(doubled, folder, command="x")
        assert (folder / "verify.md").exists() is is_kept


@pytest.mark.parametrize("name", ["village", "village.new", "village.old"])
def test_a_file_of_that_name_is_not_moved_away(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("my scenario", encoding="utf-8")
    with pytest.raises(ResultsError, match=f"{name}: is a file, which would be replaced.*--out"):
        write(tmp_path / "village", "new")
    with pytest.raises(ResultsError, match=f"{name}: is a file, which would be replaced.*--out"):
        refuse_unfit(tmp_path / "village")
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text(encoding="utf-8") == "my scenario"


def test_where_nothing_can_be_written_is_told_before_anything_is_run(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(ResultsError, match="a file stands where a folder is needed"):
        refuse_unfit(tmp_path / "file" / "deep" / "village")
    refuse_unfit(tmp_path / "not" / "yet" / "there")
    assert [path.name for path in tmp_path.iterdir()] == ["file"], "nothing is left lying about"


def test_both_the_folder_and_where_it_is_swapped_in_are_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may be allowed to write anywhere, so that no real folder refuses."""
    folder = tmp_path / "village"
    write(folder, "good")
    for closed in (tmp_path, folder):

        def refusing(closed: Path = closed, **given: Path) -> io.BytesIO:
            if given["dir"] == closed:
                raise PermissionError(errno.EACCES, "Permission denied")
            return io.BytesIO()

        monkeypatch.setattr(swapping, "TemporaryFile", refusing)
        with pytest.raises(ResultsError) as refused:
            refuse_unfit(folder)
        assert str(refused.value).startswith(f"{closed}: Permission denied; no permission to write there")
