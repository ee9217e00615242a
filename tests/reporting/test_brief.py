"""The short answer is right whichever way the results come out, for one pathway and for several."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from sim.reporting.brief import answer
from sim.reporting.glance import cards
from sim.reporting.wording import NOT_COMPARABLE

from .conftest import Maker
from .folders import FINDINGS, Data, Finding
from .test_sentences import SAME_NEED, one_pathway, plain_network, three_bases

SOONER: Finding = (-41.3, -47.2, -35.4, "sooner_or_less")
LATER: Finding = (41.3, 35.4, 47.2, "later_or_more")
SAME: Finding = (0.4, -2.0, 2.8, "no_difference_that_matters")
UNSTEADY: Finding = (41.3, 35.4, 47.2, "unsteady")
BASES = ("as_specified", "equal_spend")
JUDGED = {
    "as_specified": ("days_to_help", "days_in_need", "public_cost"),
    "equal_spend": ("days_to_help", "days_in_need"),
}


def found(as_specified: Finding, equal_spend: Finding) -> dict[tuple[str, str], Finding]:
    """Every headline that is judged comes out the same way on a basis."""
    of = dict(zip(BASES, (as_specified, equal_spend), strict=True))
    return {**FINDINGS, **{(basis, name): of[basis] for basis, names in JUDGED.items() for name in names}}


def said(made: Maker, **differs: Any) -> list[str]:
    return list(answer(made(**differs)).sentences)


def three_pathways(data: Data) -> None:
    data["pathways"]["other"] = copy.deepcopy(data["pathways"]["local"])
    data["compare"] = ["outsourced", "local", "other"]


def test_the_first_sentence_says_what_was_found_and_that_the_intervals_are_noise_alone(made: Maker) -> None:
    first, *others = said(made)
    assert first.startswith(
        "As specified, with ‘local’ rather than ‘outsourced’: the time in need before right help is 41 days"
    )
    assert (
        first.count(". ") == 0
        and "simulation noise only, as plausible ranges of the inputs have not been run." in first
    )
    assert len(others) == 2 and "simulation noise" not in " ".join(others)


NO_DIFFERENCE = "no difference in time that matters for about the same money"


@pytest.mark.parametrize(
    ("as_specified", "equal_spend", "expected"),
    [
        (SOONER, SOONER, "Every basis favours ‘local’ (as specified, sooner for less money; for the same spend, soo"),
        (LATER, LATER, "Every basis favours ‘outsourced’ (as specified, later for more money; for the same spend, "),
        (SAME, SAME, f"No basis favours either (as specified, {NO_DIFFERENCE}; for the same spend, no difference"),
        (UNSTEADY, UNSTEADY, "No basis gives a steady verdict; "),
        (SOONER, LATER, "Whom it favours depends on basis: as specified ‘local’ (sooner for less money); for the same "
         "spend ‘outsourced’ (later for the same money); "),
        (LATER, SOONER, "Whom it favours depends on basis: as specified ‘outsourced’ (later for more money); for the "
         "same spend ‘local’ (sooner for the same money); "),
        (SAME, UNSTEADY, f"Whom it favours depends on basis: as specified neither ({NO_DIFFERENCE}); for the same "
         "spend there is no steady verdict; "),
    ],
)  # fmt: skip
def test_the_second_sentence_says_whom_each_basis_favours(
    made: Maker, as_specified: Finding, equal_spend: Finding, expected: str
) -> None:
    assert said(made, findings=found(as_specified, equal_spend))[1].startswith(expected)


@pytest.mark.parametrize(
    ("variants", "expected"),
    [
        ({}, "; no sceptic’s, advocate’s or null variant was run."),
        ({"sceptic": found(LATER, LATER), "null": found(SOONER, SOONER)},
         "; whom each basis favours changes with the sceptic’s numbers, and stays the same with the null variant’s."),
        ({"sceptic": found(LATER, SOONER)}, "; whom each basis favours changes with the sceptic’s numbers."),
        ({"sceptic": found(SOONER, SOONER), "advocate": found(SOONER, SOONER)},
         "; whom each basis favours stays the same with the sceptic’s and the advocate’s numbers."),
    ],
)  # fmt: skip
def test_the_second_sentence_says_in_which_variants_that_changes(
    made: Maker, variants: dict[str, dict[tuple[str, str], Finding]], expected: str
) -> None:
    assert said(made, findings=found(SOONER, SOONER), variants=variants)[1].endswith(expected)


def test_a_basis_that_a_variant_does_not_reach_is_named(made: Maker) -> None:
    reached = {place: one for place, one in found(SOONER, SOONER).items() if place[0] == "as_specified"}
    second = said(made, findings=found(SOONER, SOONER), variants={"advocate": reached})[1]
    assert second.endswith("stays the same with the advocate’s (for the same spend out of reach) numbers.")
    lost = {("as_specified", name): LATER for name in JUDGED["equal_spend"]}
    second = said(made, findings=found(SOONER, SOONER), variants={"advocate": lost})[1]
    assert second.endswith("changes with the advocate’s numbers.")


def test_a_basis_that_was_out_of_reach_is_not_counted_among_every_basis(made: Maker) -> None:
    missed = {"pathway": "local", "is_in_reach": False, "target_days": 1.0, "reached_days": 2.0}
    second = said(made, findings=found(SOONER, SOONER), manifest={"equal_help": [missed]})[1]
    assert "sooner for the same money) (for the same time in need out of reach);" in second


def test_a_single_basis_is_called_the_only_one(made: Maker) -> None:
    def one_basis(data: Data) -> None:
        data["bases"] = ["as_specified"]

    second = said(made, edit=one_basis, findings=found(SOONER, SOONER))[1]
    assert second.startswith("As specified, the only basis there is, that favours ‘local’ (sooner for less money);")
    second = said(made, edit=one_basis, findings=found(LATER, LATER), variants={"advocate": found(SOONER, SOONER)})[1]
    assert second.startswith("As specified, the only basis there is, that favours ‘outsourced’ (later for more money);")
    assert second.endswith("; whom it favours changes with the advocate’s numbers.")


def test_for_the_same_time_in_need_only_the_money_favours_anyone(made: Maker) -> None:
    told = {"basis_factors": {"equal_help": {"local": 0.6}}}
    second = said(made, findings=SAME_NEED, edit=three_bases, manifest=told)[1]
    assert "for the same time in need ‘local’ (in need as long for less money, helped later (may not matter))" in second


def test_the_last_sentence_says_what_it_rests_on_and_what_is_not_checked(made: Maker) -> None:
    last = said(made, checks_pass=(True, False))[-1]
    assert "12 replications of about 2,081 citizens, each followed for 3 years; 1 of 2 checks" in last
    assert "failed, and fewer of them stand beside ‘local’ (none) than beside ‘outsourced’ (2)." in last
    assert last.endswith("Until plausible ranges have been run, no verdict or quote may rest on it alone.")
    assert "fewer" not in said(made, checks_pass=())[-1]


def test_several_pathways_are_told_apart_in_one_sentence(made: Maker) -> None:
    variants = {"sceptic": found(LATER, LATER)}
    sentences = said(made, edit=three_pathways, findings=found(SOONER, SOONER), variants=variants)
    assert len(sentences) == 3
    assert sentences[0].startswith(
        "As specified, set against ‘outsourced’: ‘local’, sooner for less money; ‘other’, sooner for less money; the "
    )
    assert "simulation noise only, as plausible ranges of the inputs have not been run." in sentences[0]
    assert sentences[1].startswith(
        "Taking every basis: ‘local’, favours local on every basis; ‘other’, favours other on every basis; for "
        "‘local’, whom each basis favours changes with the sceptic’s numbers; for ‘other’, whom"
    )
    assert "fewer of them stand beside ‘local’ (none) and ‘other’ (none) than beside ‘outsourced’ (2)" in sentences[2]


def test_a_quick_run_says_first_that_it_is_not_comparable(made: Maker) -> None:
    assert said(made, manifest={"quick": True})[0].startswith(NOT_COMPARABLE)
    assert NOT_COMPARABLE not in " ".join(said(made))


def test_an_empty_cohort_has_neither_intervals_nor_a_verdict(made: Maker) -> None:
    sentences = said(made, manifest={"cohort_mean": 0.0})
    assert sentences[0] == "Nobody is in the cohort, so there is nothing to compare." and len(sentences) == 2


def test_one_pathway_and_a_plain_network_have_no_second_sentence_on_bases(made: Maker) -> None:
    assert "favours" not in " ".join(said(made, edit=one_pathway))
    plain = said(made, edit=plain_network, checks_pass=())
    assert plain[0].startswith("This is a plain queueing network: need, help and cost are no part of it; figures")
    assert "favours" not in " ".join(plain) and "in need" not in " ".join(plain)


def test_the_glance_shows_every_pathway_and_says_the_verdict_in_its_own_words(made: Maker) -> None:
    help_, need, cost = cards(made())
    assert [bar.name for bar in help_.bars] == ["outsourced", "local", "no service"]
    assert (help_.gaps[0].large, help_.gaps[0].interval) == ("41 days shorter", "95% interval 35 to 47 days shorter")
    assert (need.gaps[0].large, cost.gaps[0].large) == ("no clear difference", "£310 higher")
    assert max(bar.length for bar in help_.bars) == 100
    turned = {**FINDINGS, ("as_specified", "public_cost"): (-312.0, -374.0, -250.0, "sooner_or_less")}
    assert cards(made(findings=turned))[2].gaps[0].large == "£310 lower"


def test_the_glance_of_an_unsteady_service_gives_no_large_figure(made: Maker) -> None:
    assert cards(made(findings=found(UNSTEADY, SOONER)))[0].gaps[0].large == "no steady verdict"


def test_bars_are_as_long_as_what_they_stand_for(made: Maker) -> None:
    results = made()
    means = [float(results.overall("as_specified", p, "days_in_need")["mean"]) for p in results.pathways]  # type: ignore[index]
    assert [bar.length for bar in cards(results)[1].bars] == [round(100 * mean / max(means), 1) for mean in means]


def test_where_nobody_is_compared_there_is_nothing_to_glance_at(made: Maker) -> None:
    assert not cards(made(manifest={"cohort_mean": 0.0})) and not cards(made(edit=plain_network, checks_pass=()))
    (one, *_) = cards(made(edit=one_pathway))
    assert one.gaps[0].of == "outsourced rather than no service"
