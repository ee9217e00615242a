"""Links in and around a results folder: what they lead to is not written to, unless it is the results folder itself."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from .trials import fingerprint, is_whole, run, seeds

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")


def test_results_that_lie_elsewhere_are_written_there(tmp_path: Path) -> None:
    (tmp_path / "results").mkdir()
    (tmp_path / "disk" / "far").mkdir(parents=True)
    (tmp_path / "results" / "seeds").symlink_to(tmp_path / "disk" / "far")
    assert run("run", seeds(tmp_path), "--out", tmp_path / "results")[0] == 0
    assert run("report", tmp_path / "results" / "seeds")[0] == 0
    assert (tmp_path / "results" / "seeds").is_symlink()
    assert is_whole(tmp_path / "disk" / "far")


@pytest.mark.parametrize("name", ["report.html", "summary.csv"])
def test_nothing_is_written_through_a_link_in_the_place_of_a_file(good: Path, tmp_path: Path, name: str) -> None:
    out = good
    mine = tmp_path / "mine"
    mine.write_bytes((out / "seeds" / name).read_bytes())
    (out / "seeds" / name).unlink()
    (out / "seeds" / name).symlink_to(mine)
    before, numbers = mine.read_bytes(), fingerprint(out / "seeds")
    for words in (("report", out / "seeds"), ("run", seeds(tmp_path), "--seed", "3", "--out", out)):
        code, _, err = run(*words)
        assert code == 2 and f"{name} (a link), which no run writes" in err
    assert mine.read_bytes() == before and fingerprint(out / "seeds") == numbers


def test_nor_through_a_second_name_of_a_page(good: Path, tmp_path: Path) -> None:
    out = good
    (tmp_path / "kept.html").hardlink_to(out / "seeds" / "report.html")
    before = (tmp_path / "kept.html").read_bytes()
    assert run("run", seeds(tmp_path), "--seed", "3", "--out", out)[0] == 0
    assert run("report", out / "seeds")[0] == 0
    assert (tmp_path / "kept.html").read_bytes() == before != (out / "seeds" / "report.html").read_bytes()


def test_an_overview_that_is_a_link_or_a_folder_is_somebodys_own(tmp_path: Path) -> None:
    files, out = [seeds(tmp_path, "a"), seeds(tmp_path, "b")], tmp_path / "results"
    out.mkdir()
    (tmp_path / "mine.html").write_text("mine", encoding="utf-8")
    (out / "index.html").symlink_to(tmp_path / "mine.html")
    assert run("run", *files, "--out", out)[0] == 2
    assert (tmp_path / "mine.html").read_text(encoding="utf-8") == "mine"
    (out / "index.html").unlink()
    (out / "index.html").mkdir()
    code, _, err = run("run", *files, "--out", out)
    assert code == 2 and "is not of this program" in err and "replications" not in err


def test_a_scenario_called_like_the_overview_is_refused(tmp_path: Path) -> None:
    out = tmp_path / "results"
    code, _, err = run("run", seeds(tmp_path, "index.html"), "--out", out)
    assert code == 2 and "give the scenario file another name" in err and "replications" not in err
