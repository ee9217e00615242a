"""Waits by group and by level on joining, as a table of the report."""

from __future__ import annotations

from sim.measures.waits import kinds
from sim.reporting.results import Results
from sim.reporting.waits_by_kind import waits_by_kind


def test_there_is_a_row_a_kind_and_measure_and_a_column_a_stage_with_a_team(real: Results) -> None:
    table = waits_by_kind(real, "as_specified", "outsourced")
    assert table is not None
    stages = [name for name, one in real.scenario.pathways["outsourced"].stages.items() if one.team]
    assert table.head == ("Measure", "Citizens", "Unit", *(name.replace("_", " ") for name in stages))
    measures = {row[0].text for row in table.rows}
    assert measures == {"wait days", "waits over 28 days", "waits over 182 days"}
    assert len(table.rows) == len(measures) * (len(kinds(real.scenario)) - 1)


def test_its_numbers_are_those_of_the_summary(real: Results) -> None:
    table = waits_by_kind(real, "as_specified", "outsourced")
    summary = real.summary
    (mean,) = summary[
        (summary["basis"] == "as_specified") & (summary["pathway"] == "outsourced") & (summary["part"] == "assessment")
        & (summary["measure"] == "wait_days") & (summary["by"] == "level_joined") & (summary["group"] == "high")
    ]["mean"]  # fmt: skip
    assert table is not None
    (row,) = [row for row in table.rows if (row[0].text, row[1].text) == ("wait days", "high")]
    printed = float(row[table.head.index("assessment")].text.replace(",", ""))
    assert abs(printed - mean) <= 0.05 * max(1.0, mean)


def test_it_stands_folded_among_the_numbers_behind_the_queues(page_of_real: str) -> None:
    assert "Waits by group and by level on joining, with ‘outsourced’, as specified" in page_of_real


def test_without_teams_there_is_none(delays: Results) -> None:
    assert waits_by_kind(delays, "as_specified", "wait") is None
