"""What a run prints: everything a reader needs, in plain text that fits the page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sim.reporting import captions
from sim.reporting.brief import answer
from sim.reporting.console import WIDTH, columns, comparison
from sim.reporting.results import Results
from sim.reporting.wording import BASIS, NOT_COMPARABLE

from .conftest import Maker
from .folders import FINDINGS, TRICKS, Data
from .test_sentences import one_pathway, plain_network, three_bases


def test_it_fits_the_page_and_has_no_colour(plain: Results, real: Results) -> None:
    for results in (plain, real):
        text = comparison(results)
        assert max(map(len, text.splitlines())) <= WIDTH
        assert "\x1b" not in text


def test_headlines_differences_verdicts_states_and_checks_are_printed(plain: Results) -> None:
    text = comparison(plain, Path("results/village/report.html"))
    assert all(flat(sentence) in flat(text) for sentence in answer(plain).sentences)
    assert "−41" in text and "−47 to −35" in text and "shorter" in text
    assert "+310" in text and "+250 to +370" in text and "higher" in text
    assert "not judged" in text and "no clear difference" in text
    assert "Not suitable for decisions about a named person" in text
    assert "waiting or deciding" in text and "died or moved" in text
    assert "Published figure 0" in text and "pass" in text
    assert text.endswith("Report: results/village/report.html\n")


def test_a_quick_run_says_not_comparable_first_and_last(made: Maker) -> None:
    text = comparison(made(manifest={"quick": True}))
    assert text.startswith(NOT_COMPARABLE) and text.endswith(f"{NOT_COMPARABLE}\n")
    assert NOT_COMPARABLE not in comparison(made())


def test_a_failed_check_is_printed_as_failed(made: Maker) -> None:
    assert "FAIL" in comparison(made(checks_pass=(True, False)))


def test_notices_are_printed(made: Maker) -> None:
    notice = {"kind": "x", "pathway": "local", "basis": "equal_spend", "text": "the queue grows"}
    assert "! Local, for the same spend: the queue grows." in comparison(made(manifest={"notices": [notice]}))


def test_changes_applied_are_printed_beside_the_title(made: Maker) -> None:
    assert "(with sceptic)" in comparison(made(manifest={"applied": ["sceptic"]})).splitlines()[0]


def test_what_was_set_is_printed_beside_the_title(made: Maker) -> None:
    told = {"applied": ["sceptic"], "settings": {"place.adults": "9000"}}
    assert "(with sceptic, place.adults = 9000)" in comparison(made(manifest=told)).splitlines()[0]
    many = {f"place.p{number}": "1" for number in range(7)}
    assert "and 3 more values" in " ".join(comparison(made(manifest={"settings": many})).split())


def flat(text: str) -> str:
    return " ".join(text.split())


def owing(results: Results, people: float, hours: float) -> Results:
    summary = results.summary.copy()
    for measure, mean in (("owed_in_need", people), ("owed_hours", hours)):
        summary.loc[summary["measure"] == measure, ["mean", "low", "high"]] = [mean, mean - 0.01, mean + 0.01]
    return replace(results, summary=summary)


def test_what_is_owed_at_the_end_stands_right_under_the_cost_and_is_said_in_words(plain: Results) -> None:
    text = comparison(owing(plain, 0.331, 2.5))
    for basis in plain.bases:
        rows = text[text.index(f"{BASIS[basis]}: mean of a citizen") :].splitlines()
        cost = next(at for at, row in enumerate(rows) if row.startswith("public cost"))
        assert rows[cost + 1].startswith("owed in need [%]") and "33" in rows[cost + 1]
        assert rows[cost + 2].startswith("owed hours [staff hours]") and "2.500" in rows[cost + 2]
    said = "with ‘outsourced’ 33 of 100 are still in need and 2.500 staff hours a citizen are still to be worked"
    assert flat(text).count(said) == len(plain.bases)
    assert "with ‘local’ 33 and 2.500 staff hours: whoever keeps people waiting looks cheaper for it." in flat(text)


def test_nobody_or_few_owed_are_said_as_such(plain: Results) -> None:
    assert "‘outsourced’ 0 of 100 are still in need" in captions.owed(owing(plain, 0.0, 0.0), "as_specified")
    assert "‘outsourced’ fewer than 1 of 100" in captions.owed(owing(plain, 0.001, 0.0), "as_specified")


def test_adjusted_intervals_are_said_to_be_adjusted_under_both_tables_of_differences(plain: Results) -> None:
    text = comparison(plain)
    assert text.count("Intervals are adjusted for three headlines (Bonferroni).") == 2
    plainer = replace(plain, comparison=plain.comparison.assign(adjusted=False))
    assert "adjusted" not in comparison(plainer)


def test_not_judged_for_the_same_spend_is_explained_where_it_is_printed(made: Maker) -> None:
    assert "Not judged: the money spent on the service is equal a year." in flat(comparison(made()))
    assert "Not judged: the time spent in need was made equal" not in flat(comparison(made()))
    same_need = {**FINDINGS, ("equal_help", "days_in_need"): (0.3, -0.9, 1.5, "not_judged")}
    told = flat(comparison(made(findings=same_need, edit=three_bases)))
    assert "Not judged: the time spent in need was made equal in the pilots, which are other replications" in told
    assert "is the pilots' error and, where said, what whole places leave over. Intervals on this basis hold" in told
    findings = {place: (*found[:3], "no_clear_difference") for place, found in FINDINGS.items()}
    assert "ot judged" not in comparison(made(findings=findings))


def test_an_interval_without_width_leaves_no_empty_brackets(plain: Results) -> None:
    flat_summary = plain.summary.assign(low=plain.summary["mean"], high=plain.summary["mean"])
    text = comparison(replace(plain, summary=flat_summary))
    assert "public cost [£]" in text and "()" not in text


def test_queues_without_width_leave_no_empty_brackets(made: Maker) -> None:
    results = made(edit=plain_network, checks_pass=())
    text = comparison(replace(results, summary=results.summary.assign(low=0.0, high=0.0, mean=0.0)))
    assert "utilisation" in text and "()" not in text
    assert "With ‘line’, nobody waits." in text


def test_checks_of_a_quick_run_are_neither_passed_nor_failed(made: Maker) -> None:
    text = comparison(made(manifest={"quick": True}, checks_pass=(True, False)))
    assert text.split("Check against published figures")[1].count("not judged") == 2
    assert "FAIL" not in text and "  pass" not in text


def test_hostile_texts_cannot_move_the_cursor_or_turn_a_line_round(made: Maker) -> None:
    def edit(data: Data) -> None:
        data["title"] = data["question"] = f"Safe{TRICKS}\nReport: faked"
        data["pathways"]["local"]["teams"]["workers"]["title"] = TRICKS

    notice = {"kind": "x", "pathway": "local", "basis": "as_specified", "text": TRICKS}
    text = comparison(made(edit=edit, manifest={"notices": [notice]}))
    assert "Safe" in text and "\\u202e" in text and "\\x1b" in text
    assert all(line.isprintable() for line in text.split("\n"))
    assert not any(line.startswith("Report") for line in text.split("\n"))


def test_an_empty_cohort_is_said_to_be_empty(nobody: Results) -> None:
    text = comparison(nobody)
    assert "Nobody is in the cohort" in flat(text)
    assert "nan" not in text.lower() and "FAIL" not in text and "no steady" not in text


def test_delays_alone_are_a_network_without_teams(delays: Results) -> None:
    assert delays.curves.empty
    assert "days at stage" in comparison(delays)


def test_one_pathway_and_a_plain_network_are_printed(made: Maker) -> None:
    assert "Difference from no service" in comparison(made(edit=one_pathway))
    text = comparison(made(edit=plain_network, checks_pass=()))
    assert "wait days" in text and "utilisation" in text and "in need" not in text


def test_a_long_cell_is_wrapped_so_that_the_table_keeps_its_width() -> None:
    text = columns(["what", "number"], [["word " * 40, "1,234"], ["short", "5"]])
    assert max(map(len, text.splitlines())) <= WIDTH
    assert text.splitlines()[-1].startswith("short") and text.splitlines()[-1].endswith("5")
