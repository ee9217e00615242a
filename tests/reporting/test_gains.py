"""Who gains and who loses is said of intervals, the same way round as the numbers, and nobody loses only where true."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from sim.reporting.forest import span_of
from sim.reporting.gains import Gain, gains, losses, of_measure
from sim.reporting.gains_section import Pane, who_gains
from sim.reporting.report import render
from sim.reporting.results import Results
from sim.reporting.singles import singles

from .conftest import Maker
from .test_sentences import one_pathway, plain_network


def moved(results: Results, measure: str, means: dict[str, float], half: float = 2.0) -> Results:
    """The results with these differences of groups in a headline, as specified; of the other kinds none at all."""
    table = results.comparison.copy()
    rows = (table["measure"] == measure) & (table["by"] != "all") & (table["against"] == "outsourced")
    table.loc[rows, ["mean", "low", "high"]] = [0.0, -1.0, 1.0]
    for group, mean in means.items():
        table.loc[rows & (table["group"] == group), ["mean", "low", "high"]] = [mean, mean - half, mean + half]
    return replace(results, comparison=table)


def found(results: Results, measure: str = "days_in_need") -> list[Gain]:
    return gains(results, "as_specified", "local", measure)


def pane(results: Results) -> Pane:
    section = who_gains(results)
    assert section is not None
    return dict(section.more["panes"])["As specified"]  # type: ignore[call-overload,no-any-return]


def test_rows_stand_kind_by_kind_with_the_largest_fall_first(plain: Results) -> None:
    shown = found(plain)
    kinds = ["level_at_arrival", "needs", "group", "neighbourhood"]
    assert list(dict.fromkeys(gain.by for gain in shown)) == kinds
    for by in kinds:
        means = [gain.found.mean for gain in shown if gain.by == by]
        assert means == sorted(means) and len(means) >= 2


@pytest.mark.parametrize(
    ("mean", "half", "is_less", "is_more"),
    [
        (-10, 2, True, False),
        (-10, 3.5, False, False),
        (10, 2, False, True),
        (8, 1, False, False),
        (0, 20, False, False),
    ],
)
def test_clear_is_all_of_the_interval_beyond_what_matters(
    plain: Results, mean: float, half: float, is_less: bool, is_more: bool
) -> None:
    one = next(gain for gain in found(moved(plain, "days_in_need", {"high": mean}, half)) if gain.group == "high")
    assert one.found.matters == 7.0 and (one.is_less, one.is_more) == (is_less, is_more)


def test_nobody_clearly_loses_only_where_nobody_does(plain: Results) -> None:
    better = [found(moved(plain, name, {"high": -30.0}), name) for name in ("days_to_help", "days_in_need")]
    said = losses("local", "outsourced", better)
    assert said.startswith("Nobody clearly loses with ‘local’ rather than ‘outsourced’")
    worse = [better[0], found(moved(plain, "days_in_need", {"high": -30.0, "north": 20.0}))]
    said = losses("local", "outsourced", worse)
    assert "Nobody" not in said
    assert said == (
        "With ‘local’ rather than ‘outsourced’, the time spent in need is clearly longer for those who live in north."
    )


def test_money_is_no_loss_of_the_citizens(plain: Results) -> None:
    dearer = found(moved(plain, "public_cost", {"high": 900.0}), "public_cost")
    assert "no loss or gain of the citizens" in losses("local", "outsourced", [dearer])
    better = found(moved(plain, "days_in_need", {"high": -30.0}))
    assert losses("local", "outsourced", [better, dearer]).startswith("Nobody clearly loses")


def test_who_gains_most_is_named_with_the_interval_and_the_other_way_round(plain: Results) -> None:
    count = len(found(plain))
    less = of_measure(found(moved(plain, "days_in_need", {"high": -30.0, "low": -12.0})))
    assert less == (
        f"The time spent in need is clearly shorter for 2 of the {count} kinds, most for those who arrive at level "
        "high (30.0 days, 28.0 to 32.0 days); it is clearly longer for none."
    )
    more = of_measure(found(moved(plain, "days_in_need", {"high": 30.0})))
    assert more == (
        f"The time spent in need is clearly shorter for none of the {count} kinds; it is clearly longer for 1 of the "
        f"{count} kinds, those who arrive at level high (30.0 days, 28.0 to 32.0 days)."
    )


def test_pathways_alike_are_the_same_for_everyone(plain: Results) -> None:
    table = plain.comparison.copy()
    table.loc[table["by"] != "all", ["mean", "low", "high"]] = 0.0
    said = of_measure(found(replace(plain, comparison=table)))
    assert said == "The time spent in need is the same for every kind of citizen."


def test_a_forest_a_headline_has_a_row_a_kind_and_a_full_mark_only_where_it_is_clear(plain: Results) -> None:
    (pair,) = pane(moved(plain, "days_in_need", {"high": -30.0})).pairs
    assert len(pair.forests) == 3
    rows = {row.name: row for _, kind in pair.forests[1].kinds for row in kind}
    assert len(rows) == len(found(plain))
    assert 'fill="#d55e00"' in rows["High"].strip and 'fill="#ffffff"' in rows["Low"].strip
    assert (rows["High"].mean, rows["High"].interval) == ("−30.0", "−32.0 to −28.0")


def test_a_span_holds_nothing_the_band_and_every_interval() -> None:
    span = span_of([-40.0, 5.0, float("nan")], 7.0)
    places = [span.along(value) for value in (-40.0, -7.0, 0.0, 7.0)]
    assert places == sorted(places) and places[0] > 0 and places[-1] < 100
    assert 0 < span_of([0.0, 0.0], 0.0).along(0.0) < 100


def test_single_citizens_are_two_bars_that_add_up_to_everyone_and_are_never_quotable(plain: Results) -> None:
    table = plain.comparison.copy()
    shares = {"helped_sooner": 0.5, "helped_same": 0.3, "helped_later": 0.2}
    for name, share in shares.items():
        for luck in ("", "_own_luck"):
            table.loc[table["measure"] == name + luck, ["mean", "low", "high"]] = [share, share - 0.01, share + 0.01]
    results = replace(plain, comparison=table)
    found = singles(results, "as_specified", "local")
    assert found is not None and len(found.bars) == 2
    assert [[part.width for part in bar.parts] for bar in found.bars] == [pytest.approx([50, 30, 20])] * 2
    assert "50.0% are given right help over a day sooner with ‘local’ and 20.0% over a day later" in found.sentence
    assert "a property of the model, never to be quoted" in found.sentence
    page = render(results)
    assert page.count("Not quotable") == 2 and "not quotable" in found.table.caption


def test_intervals_of_subgroups_are_said_not_to_be_adjusted(plain: Results) -> None:
    section = who_gains(plain)
    assert section is not None and "not adjusted for there being many of them" in " ".join(section.said)


def test_no_steady_verdict_is_said_beside_the_groups(plain: Results) -> None:
    table = plain.comparison.copy()
    table.loc[(table["measure"] == "days_in_need") & (table["by"] == "all"), "verdict"] = "unsteady"
    (pair,) = pane(replace(plain, comparison=table)).pairs
    assert "There is no steady verdict, because the service had not settled" in " ".join(pair.said)


def test_one_pathway_has_no_differences_and_a_plain_network_no_kinds(made: Maker) -> None:
    alone = who_gains(made(edit=one_pathway))
    assert alone is not None and not pane(made(edit=one_pathway)).pairs
    assert who_gains(made(edit=plain_network)) is None


def test_a_row_of_the_forest_has_its_number_beside_it_on_the_page(plain: Results) -> None:
    page = render(moved(plain, "days_in_need", {"high": -30.0}))
    part = page[page.index('<section id="groups"') :].split("</section>")[0]
    row = re.search(r'<tr><th scope="row">High</th><td class="forest-cell">.*?−30\.0<small>−32\.0 to −28\.0', part)
    assert row is not None
