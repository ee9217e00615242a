"""Results folders: whole or not at all, and the last good one survives whatever happens."""

from __future__ import annotations

import errno
import io
import json
import shutil
import sys
import tomllib
from pathlib import Path

import pandas as pd
import pytest

from sim.errors import ResultsError, StoppedError
from sim.experiments import swapping
from sim.experiments.experiment import Experiment, Options, run
from sim.experiments.folders import add_files, scenario_hash, write_results
from sim.experiments.hidden import HIDDEN, begun
from sim.experiments.swapping import TABLES, refuse_unfit, replaced, reserved
from sim.scenario.scenario import Scenario
from tests.experiments.worlds import village


@pytest.fixture(scope="module")
def experiment() -> Experiment:
    return run(village(), Options(replications=2, workers=1))


FILE = "manifest.json"


def write(folder: Path, text: str) -> None:
    with replaced(folder) as kept:
        (kept.fresh / FILE).write_text(text, encoding="utf-8")


def write_half(folder: Path, interruption: type[BaseException]) -> None:
    with replaced(folder) as kept:
        (kept.fresh / FILE).write_text("half", encoding="utf-8")
        raise interruption


def shown(root: Path) -> list[str]:
    """What a person sees in a folder."""
    return sorted(path.name for path in root.iterdir() if not path.name.startswith("."))


def at_work(root: Path) -> list[Path]:
    """The pieces of work that lie in its hidden folder."""
    return list((root / HIDDEN).glob("run-*"))


def cut_short(folder: Path, *, is_new_there: bool = True) -> None:
    """Leave things as a run does that is killed between the two renames of a swap."""
    work = begun(folder)
    folder.rename(work / "old")
    (work / "new" / FILE).write_text("new", encoding="utf-8")
    if not is_new_there:
        shutil.rmtree(work / "new")


def test_everything_the_design_names_is_written(experiment: Experiment, tmp_path: Path) -> None:
    folder = tmp_path / "results" / "village"
    write_results(experiment, folder, command="the command")
    for name in TABLES:
        assert len(pd.read_csv(folder / f"{name}.csv")) > 0, name
    assert shown(folder.parent) == ["village"]
    assert not at_work(folder.parent)


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
    assert shown(folder.parent) == ["village"]
    assert not at_work(folder.parent)


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, RuntimeError, SystemExit])
def test_an_interrupted_run_leaves_the_last_good_results(tmp_path: Path, interruption: type[BaseException]) -> None:
    folder = tmp_path / "village"
    write(folder, "good")
    with pytest.raises(interruption):
        write_half(folder, interruption)
    assert (folder / FILE).read_text(encoding="utf-8") == "good"
    assert shown(tmp_path) == ["village"]
    assert not at_work(tmp_path)


@pytest.mark.parametrize(("is_new_there", "stands"), [(True, "new"), (False, "good")])
def test_a_run_killed_between_the_two_renames_is_put_right_at_the_next_start(
    tmp_path: Path, stands: str, *, is_new_there: bool
) -> None:
    """The old results leave their place only when the new ones are whole."""
    folder = tmp_path / "village"
    write(folder, "good")
    cut_short(folder, is_new_there=is_new_there)
    with reserved(folder):
        assert (folder / FILE).read_text(encoding="utf-8") == stands
    write(folder, "newer")
    assert not at_work(tmp_path)


def test_a_run_killed_after_the_swap_leaves_nothing_lying_about(tmp_path: Path) -> None:
    folder = tmp_path / "village"
    write(folder, "good")
    (begun(folder) / "old").mkdir()
    write(folder, "better")
    assert shown(tmp_path) == ["village"]
    assert not at_work(tmp_path)


def test_what_was_cut_short_of_another_folder_is_left_alone(tmp_path: Path) -> None:
    write(tmp_path / "village", "good")
    cut_short(tmp_path / "village")
    write(tmp_path / "town", "x")
    write(tmp_path / "village", "better")
    assert shown(tmp_path) == ["town", "village"]
    assert (tmp_path / "village" / FILE).read_text(encoding="utf-8") == "better"


@pytest.mark.parametrize("other", ["town.new", "town.old", "town.unfinished", "town.draws.jsonl", "town.verify.md.new"])
def test_results_of_any_other_name_stay(tmp_path: Path, other: str) -> None:
    """A scenario file may have any of these names, and its results are as good as others."""
    for name in (other, "town", "town"):
        write(tmp_path / name, name)
    add_files(tmp_path / "town", {"verify.md": "one"})
    assert shown(tmp_path) == sorted(["town", other])
    assert (tmp_path / other / FILE).read_text(encoding="utf-8") == other


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_results_folder_that_is_a_link_stays_one_and_its_place_gets_the_results(tmp_path: Path) -> None:
    real, root = tmp_path / "disk" / "far", tmp_path / "results"
    write(real, "good")
    root.mkdir()
    (root / "village").symlink_to(real)
    write(root / "village", "new")
    assert (root / "village").is_symlink()
    assert (real / FILE).read_text(encoding="utf-8") == "new"
    assert shown(real.parent) == ["far"] and not at_work(real.parent)


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
@pytest.mark.parametrize("target", ["gone", "village"], ids=["that leads nowhere", "to itself"])
def test_a_link_that_leads_nowhere_is_told(tmp_path: Path, target: str) -> None:
    (tmp_path / "village").symlink_to(tmp_path / target)
    with pytest.raises(ResultsError, match=r"is a link to .*, which is not there; bring that back, or remove the link"):
        write(tmp_path / "village", "x")


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_in_the_place_of_a_file_is_somebodys_own(tmp_path: Path) -> None:
    folder = tmp_path / "village"
    write(folder, "good")
    (tmp_path / "mine.html").write_text("mine", encoding="utf-8")
    (folder / "report.html").symlink_to(tmp_path / "mine.html")
    with pytest.raises(ResultsError, match=r"holds report\.html \(a link\), which no run writes"):
        write(folder, "new")
    with pytest.raises(ResultsError, match=r"holds report\.html \(a link\), which no run writes"):
        add_files(folder, {"report.html": "new"})
    assert (tmp_path / "mine.html").read_text(encoding="utf-8") == "mine"


def test_a_folder_in_the_place_of_a_file_is_somebodys_own(tmp_path: Path) -> None:
    folder = tmp_path / "village"
    write(folder, "good")
    (folder / "summary.csv").mkdir()
    (folder / "summary.csv" / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ResultsError, match=r"holds summary\.csv \(a folder\), which no run writes"):
        write(folder, "new")
    assert (folder / "summary.csv" / "thesis.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("stranger", ["file", "link"])
def test_something_else_in_the_place_of_the_hidden_folder_is_told(tmp_path: Path, stranger: str) -> None:
    hidden = tmp_path / HIDDEN
    if stranger == "link":
        if sys.platform == "win32":
            pytest.skip("links need rights there")
        (tmp_path / "mine").mkdir()
        hidden.symlink_to(tmp_path / "mine")
    else:
        hidden.write_text("mine", encoding="utf-8")
    with pytest.raises(ResultsError, match="is kept for results that are being written; move what stands there"):
        write(tmp_path / "village", "x")
    assert shown(tmp_path) == (["mine"] if stranger == "link" else [])


@pytest.mark.parametrize("name", ["index.html", "Index.HTML", ".unfinished"])
def test_names_of_what_the_program_itself_writes_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ResultsError, match="this name is kept for what the program itself writes"):
        refuse_unfit(tmp_path / name)
    with pytest.raises(ResultsError, match="give the scenario file another name"):
        write(tmp_path / name, "x")
    assert shown(tmp_path) == []


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
    with pytest.raises(ResultsError, match=said) as caught, replaced(folder) as kept:
        raise OSError(number, "no", str(kept.fresh / "summary.csv"))
    assert str(caught.value).startswith(f"{folder / 'summary.csv'}: no; "), "as if it stood in its place already"
    assert (folder / FILE).read_text(encoding="utf-8") == "good"
    assert not at_work(tmp_path)


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
    assert not shown(tmp_path)
    assert not at_work(tmp_path)


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
    with pytest.raises(ResultsError, match=r"close what has .*summary\.csv open") as caught:
        write(folder, "new")
    assert (folder / FILE).read_text(encoding="utf-8") == "good"
    (work,) = at_work(tmp_path)
    assert f"the new results are in {work / 'new'}" in str(caught.value)
    assert (work / "new" / FILE).read_text(encoding="utf-8") == "new"
    monkeypatch.undo()
    write(folder, "newer")
    assert not at_work(tmp_path), "they are not needed any more"


def test_a_bug_in_the_report_does_not_throw_the_tables_away(tmp_path: Path, experiment: Experiment) -> None:
    def stumble(_: Path) -> None:
        raise ZeroDivisionError

    write(tmp_path / "village", "good")
    with pytest.raises(ZeroDivisionError) as caught:
        write_results(experiment, tmp_path / "village", command="x", finish=stumble)
    (work,) = at_work(tmp_path)
    assert caught.value.__notes__ == [f"The tables are whole and were kept in {work / 'new'}."]
    assert (tmp_path / "village" / FILE).read_text(encoding="utf-8") == "good"
    assert len(pd.read_csv(work / "new" / "summary.csv")) > 0


def test_who_stops_a_run_while_its_pages_are_made_finds_nothing_left(tmp_path: Path, experiment: Experiment) -> None:
    def stop(_: Path) -> None:
        raise StoppedError

    write(tmp_path / "village", "good")
    with pytest.raises(StoppedError):
        write_results(experiment, tmp_path / "village", command="x", finish=stop)
    assert shown(tmp_path) == ["village"]
    assert not at_work(tmp_path)


def test_what_somebody_keeps_in_a_results_folder_is_never_deleted(tmp_path: Path) -> None:
    folder = tmp_path / "village"
    write(folder, "good")
    (folder / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ResultsError, match=r"holds thesis\.txt, which no run writes.*--out"):
        write(folder, "new")
    assert (folder / "thesis.txt").read_text(encoding="utf-8") == "mine"
    assert (folder / FILE).read_text(encoding="utf-8") == "good"


def test_what_somebody_puts_there_during_a_run_is_not_deleted_either(tmp_path: Path) -> None:
    folder = tmp_path / "village"
    write(folder, "good")

    def meanwhile() -> None:
        with replaced(folder) as kept:
            (kept.fresh / FILE).write_text("new", encoding="utf-8")
            (folder / "thesis.txt").write_text("mine", encoding="utf-8")

    with pytest.raises(ResultsError, match=r"thesis\.txt.*the new results are in ") as caught:
        meanwhile()
    assert (folder / "thesis.txt").read_text(encoding="utf-8") == "mine"
    assert (folder / FILE).read_text(encoding="utf-8") == "good"
    left = Path(str(caught.value).rpartition("the new results are in ")[2])
    assert (left / FILE).read_text(encoding="utf-8") == "new"


def test_a_dossier_is_added_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "village"
    write(folder, "good")
    add_files(folder, {"verify.md": "one", "verify.json": "{}"})
    assert (folder / FILE).read_text(encoding="utf-8") == "good"

    write_text = Path.write_text

    def full(self: Path, text: str, encoding: str) -> int:
        if self.name == "folder.txt":
            return write_text(self, text, encoding=encoding)
        raise OSError(errno.ENOSPC, "No space left on device", str(self))

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(ResultsError, match="the disk is full"):
        add_files(folder, {"verify.md": "two", "verify.json": "{}"})
    assert (folder / "verify.md").read_text(encoding="utf-8") == "one"
    assert shown(tmp_path) == ["village"]
    assert not at_work(tmp_path)


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


def test_a_file_of_that_name_is_not_moved_away(tmp_path: Path) -> None:
    (tmp_path / "village").write_text("my scenario", encoding="utf-8")
    with pytest.raises(ResultsError, match=r"village: is a file, which would be replaced.*--out"):
        write(tmp_path / "village", "new")
    with pytest.raises(ResultsError, match=r"village: is a file, which would be replaced.*--out"):
        refuse_unfit(tmp_path / "village")
    assert shown(tmp_path) == ["village"]
    assert (tmp_path / "village").read_text(encoding="utf-8") == "my scenario"


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
