"""What the report and the console say of a study, also when it comes out the other way round."""

from __future__ import annotations

import pandas as pd
import pytest

from sim.experiments.additions import ELEMENTS, STUDY
from sim.reporting import elements_shown, hanging, turning
from sim.reporting import study_figures as figures
from sim.reporting.report import write_report
from sim.reporting.results import Results
from sim.reporting.study_console import study_printed
from sim.scenario.scenario import Scenario

from .conftest import Maker
from .study_made import WAGE, WEEKS, WHY, drivers, flips, grades, information, opponents, write_study
from .test_results_readme import README


def test_without_a_study_there_is_no_section(plain: Results) -> None:
    assert [one.section(plain) for one in (hanging, turning, elements_shown)] == [None, None, None]


def test_shares_by_grade_are_told_largest_first(made: Maker) -> None:
    results = made()
    write_study(results.folder)
    section = hanging.section(results)
    assert section is not None
    assert section.said[1].endswith(
        "62% rests on assumptions (grade D), 28% on grey literature or single cases (grade C) and 10% on official "
        "statistics (grade A)."
    )
    assert "40% on peer-reviewed or independent evaluation (grade B)." in section.said[2]
    assert [chart.title for chart in section.charts] == [
        "Share of the spread that rests on each grade of evidence",
        "The time in need before right help by number, as specified",
        "The public cost per citizen by number, as specified",
    ]
    assert "‘local, support: weeks’ moves it most: −50.0 days at 40, −10.0 days at 57." in section.charts[1].sentence


def test_nothing_open_is_said_so(made: Maker) -> None:
    results = made()
    write_study(results.folder, grades=[{**row, "share": 0.0, "explained": 0.0} for row in grades()])
    section = hanging.section(results)
    assert section is not None
    assert section.said[1].startswith("The ranges leave nothing open about the time in need before right help")


def test_what_knowing_is_worth_is_told_by_value_of_a_day_and_nothing_where_it_is_nothing(made: Maker) -> None:
    results = made()
    write_study(results.folder)
    told = list(hanging.worth_said(results))
    assert told[0].startswith(
        "Where a day in need avoided is worth £0, knowing ‘local, workers: £ per worked hour’ before choosing would be "
        "worth up to £12,000 a year"
    )
    assert told[1].startswith("Where a day in need avoided is worth £30, no single number is worth finding out")
    write_study(results.folder, information=information(0.0))
    (told_once,) = hanging.worth_said(results)
    assert "£0 or £30" in told_once


def test_a_flip_names_its_numbers_and_what_came_of_it(made: Maker) -> None:
    results = made()
    write_study(results.folder)
    section = turning.section(results)
    assert section is not None
    assert section.said[0].startswith(
        "As specified, the time in need before right help with ‘local’ would no longer be shorter than with "
        "‘outsourced’ if ‘local, support: weeks’ were 14.2 rather than 9 and ‘local, workers: £ per worked hour’ were "
        "51 rather than 45."
    )
    assert "there it is +2 days (−1 to +5)" in section.said[0]
    assert "not even all at once" in section.said[1]
    assert "would no longer be higher than" in section.said[1]


@pytest.mark.parametrize(
    ("outcome", "mean", "told"),
    [
        ("confirmed", 41.0, "would no longer be longer than with ‘outsourced’ if"),
        ("not_confirmed", -41.0, "this did not hold, even further out"),
        (
            "corner_only",
            41.0,
            "with every number at the worst end of its range for the side that leads it is so, or at",
        ),
        ("none", -41.0, "no three numbers, and not even all at once"),
        (
            "not_run",
            -41.0,
            "foretells that the time in need before right help with ‘local’ would no longer be shorter than with "
            "‘outsourced’ if ‘local, support: weeks’ were 14.2 rather than 9 and ‘local, workers: £ per worked hour’ "
            f"were 51 rather than 45; that could not be run, and so is not known: {WHY}.",
        ),
        ("corner_not_run", 41.0, f"leads it could not be run, and so is not known: {WHY}."),
        (
            "given_not_run",
            float("nan"),
            f"‘local’ could not be run with the numbers as given, and so there is no answer to change: {WHY}.",
        ),
        ("no_lead", 1.0, "there is no clear difference in the time in need before right help between"),
    ],
)
def test_every_outcome_is_told_the_right_way_round(made: Maker, outcome: str, mean: float, told: str) -> None:
    results = made()
    write_study(results.folder, flips=flips(outcome, mean))
    section = turning.section(results)
    assert section is not None
    assert told in section.said[0]


def test_the_corner_says_who_still_leads_and_what_could_not_stand_in_it(made: Maker) -> None:
    results = made()
    write_study(results.folder, opponents=opponents(f"{WAGE} {WEEKS}"))
    corner = turning.corner_table(results)
    assert corner is not None
    assert [row[-1].text for row in corner.rows] == ["no", "yes"]
    assert any(said.startswith("2 numbers could not stand at that end") for said in turning.corner_said(results))


def test_a_corner_in_which_nobody_clearly_leads_says_so(made: Maker) -> None:
    results = made()
    write_study(results.folder, opponents=[{**row, "worst_low": -1.0, "worst_high": 1.0} for row in opponents("")])
    corner = turning.corner_table(results)
    assert corner is not None
    assert {row[-1].text for row in corner.rows} == {"not clearly"}


@pytest.mark.parametrize("mean", [-41.0, 41.0])
def test_a_corner_that_could_not_be_run_says_so_whichever_side_leads(made: Maker, mean: float) -> None:
    results = made()
    sooner, dearer = opponents(is_run=False)
    write_study(results.folder, opponents=[{**sooner, "mean": mean, "low": mean - 4, "high": mean + 4}, dearer])
    corner = turning.corner_table(results)
    assert corner is not None
    assert [row[-1].text for row in corner.rows] == ["could not be run", "yes"]
    assert corner.rows[0][-2].text == "–"
    (said,) = [one for one in turning.corner_said(results) if "could not be run" in one]
    assert said == (f"As specified, that could not be run for the time in need before right help with ‘local’: {WHY}.")


def test_an_end_that_could_not_be_run_is_no_bar_and_no_figure(made: Maker) -> None:
    results = made()
    swing = ("at_high", "swing", "swing_low", "swing_high")
    write_study(results.folder, drivers=[{**row, **dict.fromkeys(swing)} for row in drivers()])
    section = hanging.section(results)
    assert section is not None
    tornado = section.charts[1]
    assert "−50.0 days at 40, could not be run at 57" in tornado.sentence
    assert [row[6].text for row in tornado.table.rows] == ["could not be run"] * 2
    assert "NaN" not in tornado.figure_json if hasattr(tornado, "figure_json") else True


def test_a_page_with_a_study_names_hostile_paths_as_text(made: Maker) -> None:
    results = made()
    hostile = [{**row, "path": "pathways.<script>alert(1)</script>.stages.x.hours.mean"} for row in flips()]
    write_study(results.folder, flips=hostile)
    page = write_report(results.folder).read_text(encoding="utf-8")
    assert "<script>alert(1)" not in page
    assert 'id="hangs-on"' in page
    assert 'id="turns"' in page


def test_elements_need_a_file_that_has_them(made: Maker) -> None:
    results = made()
    write_study(results.folder)
    assert elements_shown.introduction(results) == "", "the village has none"


def test_the_console_says_it_all_in_plain_lines(made: Maker) -> None:
    results = made()
    write_study(results.folder)
    printed = study_printed(results)
    for told in ("What the answer hangs on", "What would change the answer", "40 to 57", "Still leads"):
        assert told in printed
    assert isinstance(results.scenario, Scenario)


def test_every_file_of_a_study_and_its_columns_are_described(made: Maker) -> None:
    readme, results = README.read_text(encoding="utf-8"), made()
    write_study(results.folder)
    for name in (*STUDY, *ELEMENTS):
        assert f"| `{name}` |" in readme, name
        if name.endswith(".csv"):
            for column in (results.folder / name).read_text(encoding="utf-8").split("\n", 1)[0].split(","):
                assert f"`{column}`" in readme, f"{name}: {column}"


def test_of_two_ends_on_one_side_only_the_further_carries_its_label() -> None:
    row = {**drivers()[0], "at_low": -60.0, "at_high": -50.0, "range_low": 1.0, "range_high": 2.0}
    bars = {bar.name: bar.text for bar in figures.tornado(pd.DataFrame([row]), -41.0).data}
    assert bars == {"at its low end": ("1",), "at its high end": ("",)}
