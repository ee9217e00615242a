"""What the answer hangs on, as a user of `ranges` and `elements` meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from sim.experiments.additions import ELEMENTS, STUDY

from .conftest import Done, Sim
from .test_commands import short

SHORT = "run.weeks={ warm_up = 4, cohort = 4, follow_up = 8 }"


@pytest.fixture(scope="module")
def studied(sim: Sim, tmp_path_factory: pytest.TempPathFactory) -> tuple[Done, Path]:
    """The village, run, ranged and studied."""
    folder = tmp_path_factory.mktemp("studied")
    done = sim("run", short(folder), "--replications", "2", "--variants", "skip", "--out", folder / "results")
    assert done.returncode == 0, done.stderr
    words = ("--draws", "64", "--replications", "2", "--out", folder / "results")
    return sim("ranges", short(folder), *words), folder / "results" / "village"


def test_ranges_says_what_the_answer_hangs_on_and_writes_it(
    studied: tuple[Done, Path],
) -> None:
    done, folder = studied
    assert done.returncode == 0, done.stderr
    assert "What the answer hangs on" in done.stdout
    assert "What would change the answer" in done.stdout
    assert all((folder / name).is_file() for name in STUDY)
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert 'id="hangs-on"' in page
    assert 'id="turns"' in page
    told = json.loads((folder / "study.json").read_text(encoding="utf-8"))
    assert (told["draws"], told["replications"]) == (64, 2)


def test_grades_add_up_to_1_for_every_difference_and_every_number_has_a_share(
    studied: tuple[Done, Path],
) -> None:
    _, folder = studied
    grades, drivers = (pd.read_csv(folder / f"{name}.csv") for name in ("grades", "drivers"))
    told = grades.groupby(["basis", "pathway", "measure"])["share"].sum()
    assert told.tolist() == pytest.approx([1.0] * len(told))
    assert drivers["share"].between(0, 1).all()
    assert not ((drivers["basis"] == "equal_spend") & (drivers["measure"] == "public_cost")).any()


def test_a_few_draws_are_told_to_be_too_few_and_a_study_can_be_skipped(sim: Sim, tmp_path: Path) -> None:
    few = sim("ranges", short(tmp_path), "--draws", "4", "--out", tmp_path)
    assert few.returncode == 0, few.stderr
    assert "4 draws are too few to tell what the answer hangs on" in few.stderr
    assert not (tmp_path / "village" / "study.json").exists()
    wrong = sim("ranges", short(tmp_path), "--study", "maybe", "--out", tmp_path)
    assert wrong.returncode == 2
    assert "--study maybe: expected one of run, skip" in wrong.stderr


def test_elements_add_up_and_a_file_without_is_refused_with_a_remedy(sim: Sim, tmp_path: Path) -> None:
    none = sim("elements", short(tmp_path), "--out", tmp_path)
    assert none.returncode == 2
    assert "write one that lists the elements in `changes`" in none.stderr
    done = sim("elements", "anytown", "--set", SHORT, "--replications", "2", "--out", tmp_path)
    assert done.returncode == 0, done.stderr
    assert "attributes within the model" in " ".join(done.stdout.split())
    (folder,) = tmp_path.glob("anytown+set-*")
    assert all((folder / name).is_file() for name in ELEMENTS)
    table = pd.read_csv(folder / "elements.csv", keep_default_na=False)
    for _, rows in table.groupby(["basis", "measure"]):
        parts, whole = (
            rows[rows["element"] != ""]["mean"].astype(float),
            rows[rows["element"] == ""]["mean"].astype(float),
        )
        assert parts.sum() == pytest.approx(whole.item(), abs=1e-6)
