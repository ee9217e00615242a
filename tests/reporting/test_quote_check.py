"""Whether a quote still holds: what a folder, a file or a version says against it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from sim.errors import RequestError, ResultsError
from sim.reporting import quote_codes, quotes_file
from sim.reporting.pages import write_pages
from sim.reporting.quote_check import (
    inputs_in_words,
    inputs_moved,
    kept_quote,
    number_moved,
    refuse_unknown,
    taken_apart,
    versions_moved,
)
from sim.reporting.quotes import quotes
from sim.reporting.quotes_file import changed_since, read_stored
from sim.reporting.results import Results, read_results
from sim.scenario.scenario import load

from .folders import VILLAGE, write_folder


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with its quotes and its pages."""
    made = write_folder(tmp_path_factory.mktemp("untouched") / "village")
    write_pages(made)
    return made


@pytest.fixture
def folder(untouched: Path, tmp_path: Path) -> Path:
    """A copy of it to spoil."""
    return Path(shutil.copytree(untouched, tmp_path / "village"))


def first_code(folder: Path) -> str:
    return str(read_stored(folder)["quotes"][0]["code"])


def faults(folder: Path, code: str) -> list[str]:
    results = read_results(folder)
    return changed_since(results, read_stored(folder), quotes(results), code).faults


def edit(folder: Path, change: Any) -> None:
    path = folder / "quotes.json"
    stored = json.loads(path.read_text(encoding="utf-8"))
    change(stored)
    path.write_text(json.dumps(stored), encoding="utf-8")


def test_a_folder_left_alone_has_nothing_against_it(folder: Path) -> None:
    stored = read_stored(folder)
    assert stored["quotes"]
    results = read_results(folder)
    made = quotes(results)
    for one in stored["quotes"]:
        assert changed_since(results, stored, made, one["code"]) == ([], [])
        assert number_moved(one, made) == []


@pytest.mark.parametrize("field", ["value", "sentence", "low", "strength"])
def test_a_changed_sign_in_quotes_json_is_found(folder: Path, field: str) -> None:
    code = first_code(folder)
    edit(folder, lambda stored: stored["quotes"][0].update({field: f"{stored['quotes'][0][field]}9"}))
    (said,) = faults(folder, code)
    assert said.startswith(f"quotes.json says {field}") and "the results beside it say" in said


def test_a_qualification_worded_otherwise_is_shown_and_speaks_against_nothing(folder: Path) -> None:
    """What it rests on stands beside it, and is compared."""
    code = first_code(folder)
    edit(folder, lambda stored: stored["quotes"][0].update(qualification="In other words."))
    changed = changed_since(read_results(folder), read_stored(folder), quotes(read_results(folder)), code)
    assert changed.faults == []
    (told,) = changed.wording
    assert told.startswith("quotes.json says qualification 'In other words.', the results beside it say")


def test_a_reason_left_out_is_no_mere_wording(folder: Path) -> None:
    code = first_code(folder)
    edit(folder, lambda stored: stored["quotes"][0].update(why=stored["quotes"][0]["why"][1:]))
    (said,) = faults(folder, code)
    assert said.startswith("quotes.json says why")


def test_a_changed_digit_in_a_table_is_found_even_below_the_rounding(folder: Path) -> None:
    code, path = first_code(folder), folder / "comparison.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("-41.3,", "-41.31,", 1), encoding="utf-8")
    assert faults(folder, code) == [
        "comparison.csv is not the file these quotes were made from: it was changed afterwards"
    ]
    path.write_text(text.replace("-41.3,", "-44.3,", 1), encoding="utf-8")
    assert any("says value '−41', the results beside it say '−44'" in one for one in faults(folder, code))


def test_a_changed_input_in_the_folder_changes_the_code(folder: Path) -> None:
    code, path = first_code(folder), folder / "scenario.resolved.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("gbp_per_day = 40", "gbp_per_day = 41"), encoding="utf-8")
    told = faults(folder, code)
    assert told[0].startswith("scenario.resolved.toml is not the file") and told[1].startswith("quotes.json says code")


def test_a_figure_that_went_is_said(folder: Path) -> None:
    code = first_code(folder)
    edit(folder, lambda stored: stored["quotes"][0].update(pathway="elsewhere"))
    assert "no longer give this quote" in faults(folder, code)[0]
    kept = kept_quote(code, read_stored(folder), str(folder))
    assert "has no such figure any more" in number_moved(kept, quotes(read_results(folder)))[0]


def test_another_version_of_the_numbers_is_named_not_taken_for_tampering(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, now = first_code(folder), quote_codes.NUMBERS_VERSION
    for module in (quote_codes, quotes_file):
        monkeypatch.setattr(module, "NUMBERS_VERSION", now + 1)
    assert faults(folder, code) == []
    monkeypatch.setattr("sim.reporting.quote_check.NUMBERS_VERSION", now + 1)
    stored = read_stored(folder)
    (said,) = versions_moved(stored, stored["versions"])
    assert said == f"Version: it is of version {now} of the program's numbers; this program has version {now + 1}."


def test_versions_of_libraries_that_moved_are_named(folder: Path) -> None:
    stored = read_stored(folder)
    assert versions_moved(stored, stored["versions"]) == []
    assert versions_moved(stored, {**stored["versions"], "simpy": "9.9"}) == ["Version of simpy: 4.1.1 then, 9.9 now."]


def test_a_number_that_came_out_otherwise_is_named(folder: Path) -> None:
    kept = dict(kept_quote(first_code(folder), read_stored(folder), str(folder)), value="−42")
    (said,) = number_moved(kept, quotes(read_results(folder)))
    assert "−42 (−47 to −35) days was kept" in said and "gives −41 (−47 to −35) days" in said


def test_inputs_that_moved_are_named_with_old_and_new(plain: Results) -> None:
    now = plain.scenario.with_values(
        {"crisis.gbp_per_day": 55, "run.seed": 7, "pathways.local.teams.workers.posts": 27}
    )
    told = inputs_in_words(inputs_moved(plain.scenario, now))
    assert set(told) == {
        "Seed: 20150410 then, 7 now.",
        "Input crisis.gbp_per_day: 40 then, 55 now.",
        "Input pathways.local.teams.workers.posts: 26.0 then, 27 now.",
    }
    assert inputs_moved(plain.scenario, plain.scenario) == []


def test_evidence_and_things_that_came_or_went_are_inputs_too() -> None:
    village = load(VILLAGE)
    data = village.data
    data["crisis"]["gbp_per_day"] = {"value": 40, "source": "made-up-costs"}
    del data["changes"]["sceptic"]
    now = type(village).from_data("village", data)
    told = {path: (then, new) for path, then, new in inputs_moved(village, now)}
    assert told["crisis.gbp_per_day.source"] == ("nothing", "made-up-costs")
    assert "crisis.gbp_per_day" not in told
    assert any(path.startswith("changes.sceptic.") and new == "nothing" for path, (_, new) in told.items())


def test_only_the_first_of_very_many_inputs_are_listed() -> None:
    moved = [(f"place.x{at}", "1", "2") for at in range(30)]
    told = inputs_in_words(moved)
    assert len(told) == 21 and told[-1] == "And 10 inputs more."


@pytest.mark.parametrize("code", ["", "nonsense", "a.b.c", "a.b.c.", "a.b.c.xyz1", "..days.12ab", "anytown.local.x."])
def test_what_is_no_code_is_refused_and_told_how_one_looks(code: str) -> None:
    with pytest.raises(RequestError, match=r"looks like anytown\.local\.days_to_help\.7f3c"):
        taken_apart(code)


def test_a_code_is_taken_apart_from_its_end() -> None:
    assert taken_apart(" my.town+sceptic.local.days_to_help.7f3c ")[0] == "my.town+sceptic"
    assert taken_apart("a.local.days_to_help.7f3c") == ("a", "local", "days_to_help", "7f3c")


def test_unknown_pathways_and_measures_are_answered_with_the_closest(plain: Results) -> None:
    with pytest.raises(RequestError, match="did you mean `local`"):
        refuse_unknown("village.lokal.days_to_help.12ab", plain.scenario)
    with pytest.raises(RequestError, match="did you mean `days_to_help`"):
        refuse_unknown("village.local.days_to_halp.12ab", plain.scenario)
    refuse_unknown("village.local.days_to_help.12ab", plain.scenario)


def test_a_code_that_is_not_in_a_folder_is_answered_with_the_closest(folder: Path) -> None:
    code = first_code(folder)
    with pytest.raises(RequestError, match=f"did you mean `{code}`"):
        kept_quote(code[:-1] + ("0" if code[-1] != "0" else "1"), read_stored(folder), str(folder))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"quotes": [{"code": 1}], "made_from": {}, "versions": {}}'])
def test_a_spoilt_quotes_file_is_told_with_the_remedy(folder: Path, text: str) -> None:
    (folder / "quotes.json").write_text(text, encoding="utf-8")
    with pytest.raises(ResultsError, match="make it anew with: report"):
        read_stored(folder)


def test_a_folder_without_quotes_is_told_the_remedy(folder: Path) -> None:
    (folder / "quotes.json").unlink()
    with pytest.raises(ResultsError, match="is missing; make it with: report"):
        read_stored(folder)
