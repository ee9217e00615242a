"""What may be said: codes that hang on what they should and nothing finer, and sentences right both ways round."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from sim.errors import ResultsError
from sim.reporting.differences import Difference, clause, difference_of
from sim.reporting.pages import write_pages
from sim.reporting.quote_codes import SHORTEST, digest, shortened, steady
from sim.reporting.quote_draws import DrawsSaid, is_claim
from sim.reporting.quote_strength import Standing, reasons
from sim.reporting.quotes import Quote, quotes, span_of_100
from sim.reporting.quotes_section import may_be_said
from sim.reporting.results import Results, read_results
from sim.reporting.schema import RANGES, STUDY
from sim.scenario.scenario import load

from .conftest import Maker, quickly_run
from .folders import FINDINGS, Made, write_folder

FEW_ASSUMPTIONS = 0.2
JACKSON = Path(__file__).parents[1] / "scenarios" / "jackson.toml"


def of(
    found: list[Quote], measure: str, basis: str = "as_specified", against: str = "outsourced", by: str = "all"
) -> Quote:
    (one,) = [
        each for each in found
        if (each.measure, each.basis, each.against, each.by, each.pathway) == (measure, basis, against, by, "local")
    ]  # fmt: skip
    return one


def moved(results: Results, by: float) -> Results:
    """The results with every figure moved by so much."""

    def nudged(table: pd.DataFrame) -> pd.DataFrame:
        return table.assign(**{name: table[name] + by for name in ("mean", "low", "high")})

    return replace(results, summary=nudged(results.summary), comparison=nudged(results.comparison))


def reckoned(results: Results, measure: str, mean: float) -> Results:
    """The results with another mean of a difference of all citizens as specified."""
    table = results.comparison.copy()
    rows = (table["measure"] == measure) & (table["by"] == "all") & (table["basis"] == "as_specified")
    table.loc[rows & (table["against"] == "outsourced"), "mean"] = mean
    return replace(results, comparison=table)


def codes(found: list[Quote]) -> list[str]:
    return [one.code for one in found]


def test_codes_do_not_hang_on_last_bits(plain: Results) -> None:
    assert codes(quotes(moved(plain, 1e-12))) == codes(quotes(plain))
    assert codes(quotes(moved(plain, -1e-12))) == codes(quotes(plain))


def test_a_code_changes_with_the_rounded_figure_and_with_no_other(plain: Results) -> None:
    before, after = quotes(plain), quotes(reckoned(plain, "days_to_help", -45.0))
    assert of(before, "days_to_help").value == "−41" and of(after, "days_to_help").value == "−45"
    assert of(before, "days_to_help").code != of(after, "days_to_help").code
    changed = [one.subject for one, other in zip(before, after, strict=True) if one.code != other.code]
    assert changed == [of(before, "days_to_help").subject]


def test_below_the_rounding_nothing_changes(plain: Results) -> None:
    assert codes(quotes(reckoned(plain, "days_to_help", -41.26))) == codes(quotes(plain))


def test_every_code_changes_with_the_seed_and_with_an_input(plain: Results) -> None:
    before = set(codes(quotes(plain)))
    seeded = replace(plain, manifest={**plain.manifest, "seed": 7})
    varied = replace(plain, scenario=plain.scenario.with_values({"crisis.gbp_per_day": 41}))
    assert not before & set(codes(quotes(seeded)))
    assert not before & set(codes(quotes(varied)))


def test_codes_name_scenario_pathway_and_measure_and_are_told_apart(plain: Results) -> None:
    found = codes(quotes(plain))
    assert len(set(found)) == len(found)
    assert all(code.startswith(("village.local.", "village.outsourced.")) for code in found)
    assert all(len(code.rpartition(".")[2]) >= SHORTEST for code in found)


def test_a_changed_run_is_named_so_in_its_codes(made: Maker) -> None:
    found = quotes(made(manifest={"applied": ["sceptic"], "settings": {"place.adults": "9000"}}))
    assert all(one.code.startswith("village+sceptic+set-") for one in found)
    assert all("it is of a changed file, run with sceptic, place.adults = 9000" in one.why for one in found)


def test_two_that_begin_alike_are_lengthened_until_they_differ() -> None:
    assert shortened(["abcd1" + "0" * 59, "abcd2" + "0" * 59, "ffff" + "0" * 60]) == ["abcd1", "abcd2", "ffff"]


def test_a_digest_hangs_on_each_part_of_what_it_is_of(plain: Results) -> None:
    assert digest(plain, ("a", "b")) != digest(plain, ("ab",)) != digest(plain, ("b", "a"))
    assert digest(plain, ("a", "b")) == digest(plain, ("a", "b"))


@pytest.mark.parametrize("value", [-41.3, 0.5, 2.5, 1e6 / 3, 0.0])
def test_steady_swallows_noise(value: float) -> None:
    assert steady(value + 1e-12) == steady(value) == steady(value - 1e-12)


def test_a_difference_is_said_with_interval_basis_and_if(plain: Results) -> None:
    one = of(quotes(plain), "days_to_help")
    assert one.sentence == (
        "If the numbers of this model hold, and each service is as described, then with ‘local’ rather than "
        "‘outsourced’, the time in need before right help is 41 days shorter (35 to 47 days)."
    )
    money = of(quotes(plain), "public_cost")
    assert "the public cost per citizen is £310 higher (£250 to £370, 2024-25 prices)" in money.sentence
    assert money.price_year == "2024-25" and one.price_year == ""


def test_the_other_way_round_it_says_the_other(made: Maker) -> None:
    turned = {**FINDINGS, ("as_specified", "days_to_help"): (41.3, 35.4, 47.2, "later_or_more")}
    turned["as_specified", "public_cost"] = (-312.0, -374.0, -250.0, "sooner_or_less")
    found = quotes(made(findings=turned))
    assert "right help is 41 days longer (35 to 47 days)" in of(found, "days_to_help").sentence
    assert "is £310 lower (£250 to £370" in of(found, "public_cost").sentence


def test_of_100_people_as_the_picture_counts_them(plain: Results) -> None:
    one = of(quotes(plain), "fate_right_help_by_28_days")
    assert (
        "of 100 people whose need arose, 34 had right help within 28 days with ‘local’, and 12 with ‘outsourced’"
        in one.sentence
    )
    assert one.value == "34 : 12"


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0.209, 0.231, "21 to 23 more"),
        (-0.231, -0.209, "21 to 23 fewer"),
        (-0.012, 0.021, "1 fewer to 2 more"),
        (0.159, 0.163, "16 more"),
        (0.001, 0.012, "up to 1 more"),
        (-0.004, -0.002, "less than 1 fewer"),
        (0.0, 0.0, "no difference"),
        (-0.001, 0.001, "no difference"),
    ],
)
def test_spans_of_100_people(low: float, high: float, said: str) -> None:
    row = {"measure": "fate_never", "unit": "share", "mean": (low + high) / 2, "low": low, "high": high, "matters": 0.0}
    assert span_of_100(difference_of(pd.Series(row), "")) == said


def test_what_a_basis_made_equal_is_not_to_be_quoted(plain: Results) -> None:
    assert of(quotes(plain), "public_cost", "equal_spend").strength == "do_not_quote"
    assert of(quotes(plain), "days_to_help", "equal_spend").strength == "with_qualification"


def test_who_individually_gains_is_listed_and_never_quotable(plain: Results) -> None:
    for measure in ("helped_sooner", "helped_later"):
        one = of(quotes(plain), measure)
        assert one.strength == "do_not_quote" and "luck is coupled" in one.why[0]


def test_without_plausible_ranges_nothing_is_plain(plain: Results) -> None:
    found = quotes(plain)
    assert {one.strength for one in found} == {"with_qualification", "do_not_quote"}
    assert all(one.share_of_draws is None and "plausible ranges" in one.qualification for one in found)


def test_a_quick_run_gives_nothing_to_quote(made: Maker) -> None:
    assert {one.strength for one in quotes(made(manifest={"quick": True}))} == {"do_not_quote"}


def test_a_flipped_sceptic_is_told(made: Maker) -> None:
    flipped = {key: (-mean, -high, -low, "later_or_more") for key, (mean, low, high, _) in FINDINGS.items()}
    one = of(quotes(made(variants={"sceptic": flipped})), "days_to_help")
    assert "it does not stand with the numbers of the file’s sceptic" in one.why
    assert one.rests_on["variants"] == {"sceptic": "does not stand"}
    held = of(quotes(made(variants={"sceptic": dict(FINDINGS)})), "days_to_help")
    assert not any("numbers of the file" in why for why in held.why)


def test_notices_of_its_own_pathways_and_basis_weaken_a_quote(made: Maker) -> None:
    growing = {"kind": "growing_backlog", "basis": "as_specified", "pathway": "local", "text": "grows"}
    found = quotes(made(manifest={"notices": [growing]}))
    assert any("backlog" in why for why in of(found, "days_to_help").why)
    assert not any("backlog" in why for why in of(found, "days_to_help", "equal_spend").why)
    unsettled = {"kind": "warm_up", "basis": "", "pathway": "", "text": "moves"}
    assert {one.strength for one in quotes(made(manifest={"notices": [unsettled]}))} == {"do_not_quote"}


def sourced(data: dict[str, Any]) -> None:
    """Give every pathway's and group's bare number a source, so that few are assumptions."""
    for table in ("groups", "pathways"):
        data[table] = with_source(data[table])


def with_source(data: Any) -> Any:
    if isinstance(data, dict) and "value" not in data:
        bare = any(isinstance(v, (int, float)) and not isinstance(v, bool) for v in data.values())
        inner = {name: with_source(value) for name, value in data.items()}
        return inner | ({"source": "made-up-costs"} if bare else {})
    return data


def test_with_few_assumptions_it_is_told_of_the_simulation_without_if(made: Maker) -> None:
    results = made(edit=sourced)
    facts = results.scenario.facts
    assert sum(fact.grade == "D" for fact in facts) < FEW_ASSUMPTIONS * len(facts)
    one = of(quotes(results), "days_to_help")
    assert one.sentence.startswith("In this simulation, in which each service is as described, with ‘local’ rather")
    assert not any("assumptions" in why for why in one.why)


def test_of_three_pathways_each_is_set_against_the_first(made: Maker) -> None:
    def third(data: dict[str, Any]) -> None:
        data["pathways"]["third"] = dict(data["pathways"]["local"], title="Another")
        data["compare"].append("third")

    found = quotes(made(edit=third))
    assert {one.pathway for one in found if one.against == "outsourced"} == {"local", "third"}


def test_one_pathway_alone_is_set_against_no_service(made: Maker) -> None:
    def alone(data: dict[str, Any]) -> None:
        data["compare"] = ["outsourced"]
        data["bases"] = ["as_specified"]

    found = quotes(made(edit=alone))
    assert found and {(one.pathway, one.against) for one in found} == {("outsourced", "no_service")}
    assert any("with ‘outsourced’, and none with no service" in one.sentence for one in found)


def test_of_a_plain_network_what_waits_are_is_said_and_no_more(tmp_path: Path) -> None:
    found = quotes(quickly_run(load(JACKSON), tmp_path / "jackson"))
    assert found and {one.measure for one in found} == {"wait_days"}
    assert all("the longest mean wait with" in one.sentence for one in found)
    assert not any("no service" in one.sentence or "need" in one.sentence for one in found)


def test_where_nobody_came_there_is_nothing_to_quote(nobody: Results) -> None:
    assert quotes(nobody) == []
    assert "nothing to quote" in may_be_said(nobody).said[0]


HOSTILE = """<script>alert(1)</script><img src=x onerror=alert(2)>"'&amp; {{ 7*7 }}"""


def test_hostile_text_shows_as_text(tmp_path: Path) -> None:
    def edit(data: dict[str, Any]) -> None:
        data["title"] = data["question"] = HOSTILE
        for group in data["groups"].values():
            group["title"] = HOSTILE
        data["pathways"]["local"]["title"] = HOSTILE

    told = {"title": HOSTILE, "question": HOSTILE, "command": HOSTILE}
    folder = write_folder(tmp_path / "village", Made(FINDINGS, edit=edit, manifest=told))
    write_pages(folder)
    for name in ("briefing.html", "methods.html", "report.html"):
        page = (folder / name).read_text(encoding="utf-8")
        assert "<script>alert(1)" not in page and "<img src=x" not in page, name
        assert "&lt;script&gt;alert(1)" in page and "{{ 7*7 }}" in page, name
    assert json.loads((folder / "quotes.json").read_text(encoding="utf-8"))["place"] == HOSTILE


def test_the_section_shows_every_quote_once_and_common_reasons_once(plain: Results) -> None:
    section = may_be_said(plain)
    groups: Any = section.more["groups"]
    shown = [one["code"] for group in groups for part in ("shown", "folded") for one in group[part]]
    assert sorted(shown) == sorted(codes(quotes(plain)))
    assert "plausible ranges of the inputs have not been run" in str(section.more["common"])
    assert not any("plausible ranges" in one["why"] for group in groups for one in group["shown"])


def test_pages_are_made_again_the_same(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "village")
    write_pages(folder)
    first = {name: (folder / name).read_bytes() for name in ("quotes.json", "briefing.html", "methods.html")}
    write_pages(folder)
    assert first == {name: (folder / name).read_bytes() for name in first}
    stored = json.loads(first["quotes.json"])
    assert [one["code"] for one in stored["quotes"]] == codes(quotes(read_results(folder)))
    assert stored["draws"] is None and "have not been run" in stored["draws_said"]
    assert stored["not_suitable_for"].startswith("Not suitable for")


def drawn_at_even(difference: Difference) -> DrawsSaid:
    """Draws of a difference: 55 of 100 are less, 45 more, and most by no more than what matters."""
    where = {name: getattr(difference, name) for name in ("basis", "pathway", "against", "measure")}
    shares = {
        ("sign", "less"): 0.55, ("sign", "more"): 0.45, ("sign", "no_difference"): 0.0,
        ("matters", "less_by_what_matters"): 0.2, ("matters", "no_difference_that_matters"): 0.6,
        ("matters", "more_by_what_matters"): 0.2,
    }  # fmt: skip
    rows = [{**where, "kind": kind, "chance": name, "raw": share, "corrected": share, "draws": 100}
            for (kind, name), share in shares.items()]  # fmt: skip
    chances, grades = RANGES["chances"].columns, STUDY["grades"].columns
    return DrawsSaid(pd.DataFrame(rows, columns=list(chances)), pd.DataFrame(columns=list(grades)))


@pytest.mark.parametrize(
    ("mean", "low", "high", "verdict", "share"),
    [
        (1.0, -6.0, 8.0, "no_clear_difference", None),
        (5.0, 1.0, 9.0, "no_clear_difference", 0.45),
        (-5.0, -9.0, -1.0, "no_clear_difference", 0.55),
        (9.0, 8.0, 10.0, "later_or_more", 0.2),
        (1.0, -2.0, 3.0, "no_difference_that_matters", 0.6),
        (9.0, 8.0, 10.0, "unsteady", 0.45),
        (0.0, 0.0, 0.0, "no_clear_difference", 0.0),
    ],
)
def test_draws_agree_with_what_is_said_and_with_nothing_where_no_direction_is(
    mean: float, low: float, high: float, verdict: str, share: float | None
) -> None:
    one = Difference(
        "as_specified", "local", "outsourced", "days_to_help", "", "days", mean, low, high, 7.0, verdict, ""
    )
    assert drawn_at_even(one).agreeing(one) == share
    assert is_claim(one) is (share is not None)
    assert ("no clear" in clause(one)) is (share is None)


def test_that_nothing_is_clear_is_not_withdrawn_for_draws_that_cannot_agree_with_it() -> None:
    unclear = Standing(is_clear=False, is_claim=False, share_of_draws=None)
    assert [rule.reason for rule in reasons(unclear)] == ["not_clear"]


def with_draws(folder: Path, less: float, grade_d: float | None = None) -> Results:
    """The results of a folder in which draws from plausible ranges lie too: in so many `local` is sooner by a week."""
    shares = {"less_by_what_matters": less, "no_difference_that_matters": 1 - less, "more_by_what_matters": 0.0}
    where = {"basis": "as_specified", "pathway": "local", "measure": "days_to_help"}
    where_from = where | {"against": "outsourced", "kind": "matters"}
    rows = [
        where_from | {"chance": name, "raw": share, "corrected": min(1, share + 0.02)}
        for name, share in shares.items()
    ]  # fmt: skip
    pd.DataFrame(rows).assign(draws=1000).to_csv(folder / "chances.csv", index=False)
    if grade_d is not None:
        graded = [where | {"grade": "D", "share": grade_d}, where | {"grade": "A", "share": 1 - grade_d}]
        pd.DataFrame(graded).reindex(columns=STUDY["grades"].columns).to_csv(folder / "grades.csv", index=False)
    return read_results(folder)


@pytest.mark.parametrize(
    ("share", "said", "strength"),
    [
        (0.95, "", "with_qualification"),
        (0.8, "80 of 100 draws from the plausible ranges agree", "with_qualification"),
        (0.3, "only 30 of 100 draws from the plausible ranges agree", "do_not_quote"),
    ],
)
def test_with_ranges_run_the_share_of_draws_decides(tmp_path: Path, share: float, said: str, strength: str) -> None:
    made = Made(FINDINGS, edit=sourced, variants={"sceptic": dict(FINDINGS)})
    found = quotes(with_draws(write_folder(tmp_path / "village", made), share))
    one = of(found, "days_to_help")
    beside = "no published figure stands beside ‘local’"
    assert set(one.why) == {beside, *filter(None, [said])}
    assert one.share_of_draws == share
    assert one.strength == strength
    assert "but not of this figure" in of(found, "fate_never").qualification


def test_shares_of_uncertainty_by_grade_take_the_place_of_counts(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "village")
    before = of(quotes(read_results(folder)), "days_to_help")
    assert before.sentence.startswith("If the numbers") and before.rests_on["share_assumed"] > 0.5
    sure = of(quotes(with_draws(folder, 0.95, grade_d=0.2)), "days_to_help")
    assert sure.sentence.startswith("In this simulation") and sure.rests_on["share_assumed"] == 0.2
    unsure = of(quotes(with_draws(folder, 0.95, grade_d=0.7)), "days_to_help")
    assert unsure.sentence.startswith("If the numbers")
    assert (
        "70 of 100 parts of its uncertainty, as far as a regression accounts for it, rest on assumptions" in unsure.why
    )


def test_draws_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "village")
    (folder / "chances.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(ResultsError, match="run the ranges again"):
        quotes(read_results(folder))
