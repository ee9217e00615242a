"""Of 100 citizens: whole people that add up, sentences true both ways round, a picture that can be heard."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import ResultsError
from sim.measures.fates import FATES
from sim.reporting.colours import NOBODY_HELPS, PATHWAYS, PURPOSES
from sim.reporting.hundred import hundreds, of_100, section
from sim.reporting.hundred_figures import PEOPLE, hundred_people
from sim.reporting.page import Section
from sim.reporting.report import render
from sim.reporting.results import Results, read_results
from sim.scenario.vocabulary import NO_SERVICE

from . import folders
from .conftest import Maker
from .folders import Data, write_folder
from .test_report import HOSTILE, Page
from .test_sentences import one_pathway, plain_network

ALIKE = "as_specified"


def told(results: Results) -> str:
    made = section(results)
    assert made is not None
    return " ".join(made.said)


def card(page: str, name: str) -> str:
    """The article of one pathway."""
    cards = (text.split("</article>")[0] for text in page.split('<article class="hundred"')[1:])
    return next(text for text in cards if f">{name}</h3>" in text)


def with_shares(results: Results, basis: str, pathway: str, shares: tuple[float, ...]) -> Results:
    """The results with other shares for one pathway, and every difference of it from the rest made to agree."""
    summary, comparison = results.summary.copy(), results.comparison.copy()
    for fate, share in zip(FATES, shares, strict=True):
        mine = (summary["measure"] == f"fate_{fate}") & (summary["pathway"] == pathway) & (summary["basis"] == basis)
        summary.loc[mine, ["mean", "low", "high"]] = [share, share - 0.01, share + 0.01]
        pair = (comparison["measure"] == f"fate_{fate}") & (comparison["pathway"] == pathway)
        for at, row in comparison[pair & (comparison["basis"] == basis)].iterrows():
            other = folders.fates_of(row["against"])[f"fate_{fate}"]
            comparison.loc[at, ["mean", "low", "high"]] = [share - other + d for d in (0, -0.01, 0.01)]
    return replace(results, summary=summary, comparison=comparison)


@pytest.mark.parametrize(
    ("shares", "people"),
    [
        ((0.124, 0.31, 0.28, 0.056, 0.23), [12, 31, 28, 6, 23]),  # of 12.4 and 5.6 the latter goes up
        ((1 / 3, 1 / 3, 1 / 3, 0, 0), [34, 33, 33, 0, 0]),  # equal remainders: the earlier first
        ((0.996, 0.001, 0.001, 0.001, 0.001), [100, 0, 0, 0, 0]),
        ((0, 0, 1, 0, 0), [0, 0, 100, 0, 0]),
        ((0.2, 0.2, 0.2, 0.2, 0.2), [20, 20, 20, 20, 20]),  # no digit lost: 100 x 0.29 is 28.999999999999996
        ((0.29, 0.29, 0.29, 0.13, 0), [29, 29, 29, 13, 0]),
        ((0.005, 0.995, 0, 0, 0), [1, 99, 0, 0, 0]),
    ],
)
def test_people_are_rounded_by_largest_remainder(shares: tuple[float, ...], people: list[int]) -> None:
    assert of_100(shares) == people


@given(st.lists(st.integers(0, 1000), min_size=5, max_size=5).filter(any))
def test_people_add_up_to_100_and_none_is_moved_by_a_whole_person(weights: list[int]) -> None:
    shares = [weight / sum(weights) for weight in weights]
    people = of_100(shares)
    assert sum(people) == 100
    assert all(abs(count - 100 * share) < 1 for count, share in zip(people, shares, strict=True))
    assert all(count == 0 for count, weight in zip(people, weights, strict=True) if weight == 0)


def test_shares_that_are_no_partition_are_refused(plain: Results) -> None:
    with pytest.raises(ResultsError, match=r"adds up to 1\.1, not 1"):
        section(with_shares(plain, ALIKE, "local", (0.2, 0.2, 0.2, 0.2, 0.3)))


def test_the_sentences_count_people_and_say_what_differs_most(plain: Results) -> None:
    """21.9 more helped in time is the most of all; of what is rarer, 13 of 100 fewer never helped."""
    assert told(plain) == (
        "As specified, of 100 people whose need arose, with ‘outsourced’ 12 had right help within 28 days and with "
        "‘local’ 34. With ‘outsourced’ 23 were in need for 3 years on end without right help, with ‘local’ 10 and with "
        "no service 36. What differs most with ‘local’ rather than ‘outsourced’: 22 more of 100 had right help within "
        "28 days (20 to 24) and 13 fewer of 100 were in need for 3 years on end without right help (11 to 15)."
    )


def test_the_other_way_round_the_sentences_say_the_other_way(plain: Results) -> None:
    worse = with_shares(plain, ALIKE, "local", (0.02, 0.31, 0.18, 0.056, 0.434))
    assert "with ‘local’ 2." in told(worse)
    assert told(worse).endswith(
        "20 more of 100 were in need for 3 years on end without right help (19 to 21) and 10 fewer of 100 had right "
        "help within 28 days (9 to 11)."
    )


def test_what_does_not_differ_clearly_is_not_said_to_differ(plain: Results) -> None:
    near = with_shares(plain, ALIKE, "local", (0.128, 0.306, 0.28, 0.056, 0.23))
    said = "Between ‘local’ and ‘outsourced’ none of the five numbers differs clearly: every interval holds 0."
    assert said in told(near) and "What differs most" not in told(near)


def test_pathways_that_are_the_same_are_said_to_be(plain: Results) -> None:
    same = plain.comparison.copy()
    same.loc[same["measure"].str.startswith("fate_"), ["mean", "low", "high"]] = 0.0
    assert "With ‘local’ the five numbers are the same as with ‘outsourced’." in told(replace(plain, comparison=same))


def test_a_difference_of_less_than_a_person_keeps_its_digits(plain: Results) -> None:
    small = plain.comparison.copy()
    fates = small["measure"].str.startswith("fate_")
    small.loc[fates, ["mean", "low", "high"]] = [0.0, -0.001, 0.001]
    small.loc[small["measure"] == "fate_left", ["mean", "low", "high"]] = [0.003, 0.001, 0.005]
    said = told(replace(plain, comparison=small))
    assert "local’ rather than ‘outsourced’: 0.30 more of 100 died or moved away in need (0.10 to 0.50)." in said


def test_without_an_interval_nothing_is_said_of_differences(plain: Results) -> None:
    bare = plain.comparison.copy()
    bare.loc[bare["measure"].str.startswith("fate_"), ["low", "high"]] = float("nan")
    assert "differ" not in told(replace(plain, comparison=bare))


def test_an_unsteady_pair_gets_no_steady_verdict(made: Maker) -> None:
    findings = {key: (*found[:3], "unsteady") for key, found in folders.FINDINGS.items()}
    notice = {"kind": "backlog", "pathway": "local", "basis": ALIKE, "text": "x"}
    said = "There is no steady verdict between ‘local’ and ‘outsourced’, because a backlog was still growing"
    assert said in told(made(findings=findings, manifest={"notices": [notice]}))
    assert "steady" not in told(made())


def three(data: Data) -> None:
    data["pathways"]["third"] = data["pathways"]["local"]
    data["compare"] = ["local", "outsourced", "third"]


def test_of_several_pathways_each_is_set_against_the_first(made: Maker) -> None:
    said = told(made(edit=three))
    assert "with ‘local’ 34 had right help within 28 days, with ‘outsourced’ 12 and with ‘third’ 12." in said
    for name in ("outsourced", "third"):
        assert (
            f"‘{name}’ rather than ‘local’: 13 more of 100 were in need for 3 years on end without right help (11"
            in said
        )
        assert "22 fewer of 100 had right help within 28 days (20 to 24)." in said


def test_one_pathway_is_set_against_no_service(made: Maker) -> None:
    said = told(made(edit=one_pathway))
    assert re.search(r"with ‘\w+’ \d+ had right help within 28 days\. With", said)
    assert "rather than no service:" in said and "more of 100 had" in said


def test_none_and_all_are_exact_and_what_is_rounded_to_them_says_so(plain: Results) -> None:
    results = with_shares(plain, ALIKE, "local", (0.9985, 0.0, 0.0, 0.0, 0.0015))
    page = card(render(results), "local")
    assert re.findall(r"<b>([^<]*)</b>", page) == ["&gt;99", "0", "0", "0", "&lt;1"]
    assert "‘local’ more than 99" in told(results) and "‘local’ fewer than 1 and" in told(results)
    whole = with_shares(plain, ALIKE, "local", (1.0, 0.0, 0.0, 0.0, 0.0))
    assert "‘local’ all." in told(whole) and "‘local’ none and" in told(whole)


def test_the_picture_holds_each_person_once_and_in_the_order_of_the_fates(plain_page: str) -> None:
    page = plain_page
    for name, counts in (("outsourced", [12, 31, 28, 6, 23]), ("no service", [0, 0, 55, 9, 36])):
        picture = card(page, name).split("</svg>")[0]
        drawn = re.findall(r'href="#person-(\w+)" x="(\d+)" y="(\d+)"', picture)
        assert [fate for fate, _, _ in drawn] == [f for f, n in zip(FATES, counts, strict=True) for _ in range(n)]
        assert len({(x, y) for _, x, y in drawn}) == 100
        assert [int(n) for n in re.findall(r"<b>(\d+)</b>", card(page, name))] == counts


def test_the_picture_is_told_in_words(plain_page: str) -> None:
    words = re.search(r'role="img" aria-label="([^"]*)"', card(plain_page, "local"))
    assert words and words[1] == (
        "100 people with ‘local’: 34 right help within 28 days, 29 right help later, 22 recovered without help that "
        "fitted, 5 died or moved away in need and 10 in need for 3 years on end, without right help."
    )


def test_the_table_behind_has_every_basis_with_intervals_in_people(plain: Results) -> None:
    made = section(plain)
    assert made is not None
    (table,) = made.tables
    assert [(row[0].text, row[1].text) for row in table.rows] == [
        ("outsourced", "as specified"), ("local", "as specified"), ("no service", "as specified"),
        ("local", "for the same spend"),
    ]  # fmt: skip
    assert [cell.text for cell in table.rows[0][2:]] == ["12", "31", "28", "6", "23"]
    assert table.rows[0][2].below == "12.4 (11.9 to 12.9)"
    assert "simulation noise only" in table.caption


def test_every_hundred_of_a_real_run_adds_up(real: Results) -> None:
    found = hundreds(real)
    assert [(one.basis, one.pathway) for one in found] == real.arms
    for one in found:
        assert sum(one.counts.values()) == 100
        assert sum(one.share(fate) for fate in FATES) == pytest.approx(1)
    nobody_helps = next(one for one in found if one.pathway == NO_SERVICE)
    assert nobody_helps.counts["right_help_by_28_days"] == nobody_helps.counts["right_help_later"] == 0


def test_the_section_stands_right_after_the_answer(plain_page: str) -> None:
    ids = [given["id"] for given in Page(plain_page).named("section")]
    assert ids[ids.index("hundred") - 1] == "answer"


def test_where_there_is_no_need_or_nobody_the_section_is_absent(made: Maker, nobody: Results) -> None:
    assert section(made(edit=plain_network, checks_pass=())) is None
    assert section(nobody) is None


def test_results_from_before_fates_have_no_such_section(plain: Results) -> None:
    older = plain.summary[~plain.summary["measure"].str.startswith("fate_")]
    assert section(replace(plain, summary=older)) is None


def test_hostile_names_show_as_text(tmp_path: Path) -> None:
    results = read_results(write_folder(tmp_path / "village"))
    name = f"local{HOSTILE}"
    renamed = {
        table: getattr(results, table).replace({"pathway": {"local": name}}) for table in ("summary", "comparison")
    }
    scenario = results.scenario.model_copy(update={"compare": ("outsourced", name)})
    made = section(replace(results, scenario=scenario, **renamed))
    assert isinstance(made, Section)
    cards = made.more["cards"]
    assert isinstance(cards, list)
    page = Page(f"<p>{cards[1]['picture']}</p>")
    assert not page.scripts and not list(page.named("img"))
    assert "<script>alert(1)</script>" in next(page.named("svg"))["aria-label"]


def test_people_are_told_apart_by_shape_or_fill_and_use_no_colour_of_a_pathway() -> None:
    taken = {colour for one in (*PATHWAYS, NOBODY_HELPS) for colour in (one.line, one.ink)}
    taken |= {fill.colour for fill in PURPOSES.values()}
    used = {fate: set(re.findall(r"#[0-9a-f]{6}", drawn)) for fate, drawn in PEOPLE.items()}
    assert all(colours and not colours & taken for colours in used.values())
    bare = [re.sub(r"stroke=\"#[0-9a-f]{6}\"", "", drawn) for drawn in PEOPLE.values()]
    assert len(set(bare)) == len(FATES) == len(PEOPLE)


def lightness(colour: str) -> float:
    """Relative luminance of a colour, as WCAG 2 has it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_outlines_stand_out_from_the_paper() -> None:
    """3 to 1, as WCAG 2.2 asks of graphics; and the fills that only lightness parts differ by as much."""
    for drawn in PEOPLE.values():
        (stroke,) = re.findall(r"stroke=\"(#[0-9a-f]{6})\"", drawn)
        assert 1.05 / (lightness(stroke) + 0.05) >= 3
    dark, light = (lightness(re.findall(r"fill=\"(#[0-9a-f]{6})\"", PEOPLE[one])[0])
                   for one in ("right_help_by_28_days", "recovered"))  # fmt: skip
    assert (light + 0.05) / (dark + 0.05) >= 3


def test_a_hundred_of_one_kind_and_rows_of_ten() -> None:
    picture = hundred_people(dict.fromkeys(FATES, 0) | {"left": 100}, 'a "quoted" <b>')
    assert Counter(re.findall(r'y="(\d+)"', picture)) == {str(24 * row): 10 for row in range(10)}
    assert 'aria-label="a &#34;quoted&#34; &lt;b&gt;"' in picture


def test_the_section_is_small(plain_page: str) -> None:
    text = plain_page.split('<section id="hundred"')[1].split("</section>")[0]
    assert len(text) < 60_000
