"""What draws from the plausible ranges say: right whichever way they come out, and on the page of any scenario."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from sim.experiments.additions import RANGES
from sim.experiments.experiment import Watcher
from sim.experiments.ranges.ranging import Effort, ranged
from sim.experiments.ranges.tables import ACCEPTABILITY_COLUMNS, CHANCE_COLUMNS, RANGE_COLUMNS
from sim.reporting import ranges_said as said
from sim.reporting import sentences
from sim.reporting.ranges_console import printed
from sim.reporting.ranges_read import read_ranges
from sim.reporting.ranges_section import section
from sim.reporting.ranges_short import in_short
from sim.reporting.report import render
from sim.reporting.results import Results
from sim.scenario.scenario import Scenario
from tests.experiments.worlds import village

from .conftest import Maker
from .ranges_made import made_ranges

README = Path(__file__).parents[2] / "results" / "README.md"


def three() -> Scenario:
    """The village with a third pathway to compare."""
    data = village().data
    data["pathways"]["third"] = {"like": "local"}
    return Scenario.from_data("village", {**data, "compare": ["outsourced", "local", "third"]})


def test_corners_are_told_as_whole_draws_of_100_and_turn_round_with_the_result() -> None:
    scenario = village()
    told, turned = (said.answer(made_ranges(scenario, turned=turn), scenario)[0] for turn in (False, True))
    assert "of 100 draws in 20 right help comes sooner and public cost is lower, in 60 it comes sooner and" in told
    assert "of 100 draws in 15 right help comes sooner and public cost is lower, in 5 it comes sooner and" in turned
    for sentence in (told, turned):
        assert sum(map(int, re.findall(r"\bin (\d+)", sentence))) == 100


def test_cost_is_not_judged_where_the_basis_makes_spend_equal() -> None:
    scenario = village(bases=["equal_spend"])
    (first,) = said.answer(made_ranges(scenario), scenario)
    assert "in 80 of 100 draws right help comes sooner, in 20 later" in first
    assert "not judged" in first
    assert "cheaper" not in first
    table = said.matters_table(made_ranges(scenario), scenario)
    assert table is not None
    assert [row[0].text for row in table.rows] == ["days to help", "days in need"]


def test_every_pathway_is_told_of_and_the_worth_of_each_value_stated() -> None:
    scenario = three()
    told = said.answer(made_ranges(scenario), scenario)
    assert sum("‘third’" in one for one in told) == sum("‘local’" in one for one in told) == 3
    assert "£0, ‘local’ has the highest net benefit in 33 of 100 draws; £10, in 33" in " ".join(told)


def test_what_a_reader_must_know_is_said_if_it_is_so_and_only_then() -> None:
    scenario = village()
    quiet = " ".join(said.cautions(made_ranges(scenario), scenario))
    refused = [{"path": "a.path", "problem": "is too high", "draws": 9}]
    loud = made_ranges(
        scenario, share_refused=0.06, refused=refused, share_growing=0.12, share_eased=0.9, left_out=["equal_help"],
        spend_off=0.004,
    )  # fmt: skip
    told = " ".join(said.cautions(loud, scenario))
    for part in ("a.path is too high", "leans away", "In 12 of 100", "In 90 of 100", "same time in need", "under 1%"):
        assert part in told
        assert part not in quiet
    assert "no forecast" in quiet
    few = " ".join(said.cautions(made_ranges(scenario, share_refused=0.04, refused=refused), scenario))
    assert "leans away" not in few


def test_no_word_of_likelihood_is_used() -> None:
    scenario = three()
    found = made_ranges(scenario)
    text = " ".join([said.what(found), *said.answer(found, scenario), *said.cautions(found, scenario)])
    assert not re.search(r"\b(likely|unlikely|probabl\w+|certainty|confiden\w+)\b", text)


def test_the_section_stands_on_the_page_only_where_ranges_have_been_run(plain: Results, plain_page: str) -> None:
    assert section(plain) is None
    with_ranges = replace(plain, ranges=made_ranges(plain.scenario))
    page = render(with_ranges)
    assert 'id="ranges"' in page
    assert 'id="ranges"' not in plain_page
    found = section(with_ranges)
    assert found is not None
    assert found.charts[0].id == "chart-ranges-as_specified-local"
    assert all(one.sentence and one.table.rows for one in found.charts)
    assert [one.id for one in found.charts if "worth" in one.id] == ["chart-worth-as_specified"], "cost is judged there"


def test_the_answer_begins_with_what_the_draws_say_once_they_have_been_run(plain: Results) -> None:
    assert "plausible ranges of the inputs have not been run" in sentences.answer(plain).sentences[0]
    for turned, sooner, cheaper in ((False, 80, 20), (True, 20, 80)):
        found = replace(plain, ranges=made_ranges(plain.scenario, turned=turned))
        first = sentences.answer(found).sentences[0]
        assert "have not been run" not in first
        assert "simulation noise only" in first
        assert f"sooner with ‘local’ than with ‘outsourced’ in {sooner} of 100" in first
        assert f"cost is lower with ‘local’ in {cheaper}" in first


def test_hostile_names_show_as_text(made: Maker) -> None:
    results = made()
    tricky = "<script>alert(1)</script>"
    found = made_ranges(results.scenario, share_refused=0.01, refused=[{"path": tricky, "problem": "x", "draws": 1}])
    page = render(replace(results, ranges=found))
    assert tricky not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_console_says_what_the_page_says() -> None:
    scenario = village()
    text = " ".join(printed(made_ranges(scenario), scenario, Path("results/village"), None).split())
    for sentence in said.answer(made_ranges(scenario), scenario):
        assert sentence in text
    assert max(map(len, printed(made_ranges(scenario), scenario, Path("results/village"), None).splitlines())) <= 100


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what a few real draws wrote."""
    place = tmp_path_factory.mktemp("ranged") / "village"
    place.mkdir()
    found, journal = ranged(village(), place, Effort(3, 1), Watcher())
    for name, text in found.files("ranges", journal.text()).items():
        (place / name).write_text(text, encoding="utf-8")
    return place


def test_what_was_written_reads_back(folder: Path) -> None:
    found = read_ranges(folder)
    assert found is not None
    assert found.told["draws"] == 3
    row = found.range_of("as_specified", "local", "outsourced", "public_cost")
    assert row is not None
    assert row["low"] <= row["median"] <= row["high"]


def test_every_file_column_and_key_of_ranges_is_described(folder: Path) -> None:
    readme = README.read_text(encoding="utf-8")
    assert {path.name for path in folder.iterdir()} == set(RANGES)
    for name in RANGES:
        assert f"| `{name}` |" in readme
    for column in (*RANGE_COLUMNS, *CHANCE_COLUMNS, *ACCEPTABILITY_COLUMNS):
        assert f"`{column}`" in readme, column
    found = read_ranges(folder)
    assert found is not None
    for key in found.told:
        assert f"`{key}`" in readme, key


def test_a_plain_network_has_neither_corners_nor_worth(tmp_path: Path) -> None:
    """Without levels and money there are no days in need and no cost: they are absent, not zero."""
    stage = {"team": "clerks", "hours": 2.0, "next": {"leave": "rest"}}
    again = {**stage, "next": {"desk": 0.3, "leave": "rest"}}
    teams = {"clerks": {"posts": 4}}
    data = {
        "title": "Desks", "compare": ["once", "again"], "arrivals": {"per_day": 4.0},
        "run": {"weeks": {"warm_up": 2, "cohort": 4, "follow_up": 4}, "precision": {"contacts": 0.1},
                "matters": {"contacts": 0.1}},
        "pathways": {
            name: {"starts_at": "desk", "teams": teams, "stages": {"desk": one}}
            for name, one in (("once", stage), ("again", again))
        },
    }  # fmt: skip
    scenario = Scenario.from_data("desks", data)
    found, journal = ranged(scenario, tmp_path / "desks", Effort(4, 1), Watcher())
    (tmp_path / "desks").mkdir()
    for name, text in found.files("ranges", journal.text()).items():
        (tmp_path / "desks" / name).write_text(text, encoding="utf-8")
    told = read_ranges(tmp_path / "desks")
    assert told is not None
    assert said.answer(told, scenario) == []
    assert in_short(told, scenario).endswith("stands under ‘Plausible ranges’.")
    assert told.acceptability.empty
    row = told.range_of("as_specified", "again", "once", "contacts")
    assert row is not None
    assert row["low"] > 0
    text = printed(told, scenario, tmp_path, None)
    assert "contacts" in text
    assert "cost" not in text
