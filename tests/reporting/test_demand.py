"""At fewer and at more arrivals: whether the verdicts hold is said in one sentence, and the table says the rest."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.reporting import demand, sections
from sim.reporting.console import comparison
from sim.reporting.results import Results

from .conftest import Maker
from .folders import ARRIVALS, demand_means
from .test_sentences import one_pathway, plain_network

OVER = (
    "At 1 times the arrivals it is the run itself, over 12 replications; the others are over its first 10 alone, on "
    "the same luck; intervals of differences are adjusted for three headlines (Bonferroni). The length of the warm-up "
    "was tried at 1 times the arrivals only."
)


def flat(text: str) -> str:
    return " ".join(text.split())


def test_verdicts_that_hold_at_all_three_are_said_to_hold(plain: Results) -> None:
    assert demand.holds(plain) == [
        "With ‘local’ rather than ‘outsourced’, the verdict on the time in need before right help, the time spent in "
        "need and the public cost per citizen is the same at 0.8, 1 and 1.2 times the arrivals.",
        OVER,
    ]


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        (
            ("sooner_or_less", "later_or_more", "later_or_more"),
            "the verdict on the public cost per citizen depends on how many people come: at 0.8 times the arrivals, "
            "lower; at 1 and 1.2 times the arrivals, higher.",
        ),
        (
            ("no_difference_that_matters", "no_clear_difference", "later_or_more"),
            "the verdict on the public cost per citizen depends on how many people come: at 0.8 times the arrivals, no "
            "difference that matters; at 1.2 times the arrivals, higher; and not clear at 1.",
        ),
        (
            ("no_clear_difference", "later_or_more", "later_or_more"),
            "the verdict on the public cost per citizen is ‘higher’ at 1 and 1.2 times the arrivals, and not clear at "
            "0.8.",
        ),
        (
            ("later_or_more", "later_or_more", "unsteady"),
            "the verdict on the public cost per citizen is ‘higher’ at 0.8 and 1 times the arrivals; there is no "
            "steady verdict on the public cost per citizen at 1.2 times the arrivals.",
        ),
        (
            ("no_clear_difference", "no_clear_difference", "unsteady"),
            "the public cost per citizen shows no clear difference at 0.8 and 1 times the arrivals; there is no steady "
            "verdict on the public cost per citizen at 1.2 times the arrivals.",
        ),
    ],
)
def test_only_verdicts_that_exclude_each_other_depend_on_how_many_come(
    made: Maker, verdicts: tuple[str, str, str], expected: str
) -> None:
    told = dict(zip([(factor, "public_cost") for factor in ARRIVALS], verdicts, strict=True))
    said = demand.holds(made(demand=told))[0]
    assert said == (
        "With ‘local’ rather than ‘outsourced’, the verdict on the time in need before right help and the time spent "
        f"in need is the same at 0.8, 1 and 1.2 times the arrivals; {expected}"
    )
    assert ("depends" in said) is ("depends" in expected)


@pytest.mark.parametrize(
    ("verdicts", "means", "expected"),
    [
        (
            ("no_clear_difference", "no_clear_difference", "unsteady"),
            (30, 30, 30),
            "the verdict on the public cost per citizen is ‘higher (may not matter)’ at 0.8 and 1 times the arrivals; "
            "there is no steady verdict on the public cost per citizen at 1.2 times the arrivals.",
        ),
        (
            ("no_clear_difference", "no_clear_difference", "later_or_more"),
            (0, 30, 90),
            "the verdict on the public cost per citizen is ‘higher’ at 1.2 times the arrivals, and ‘higher (may not "
            "matter)’ at 1, and not clear at 0.8.",
        ),
        (
            ("no_clear_difference", "no_clear_difference", "no_clear_difference"),
            (-30, 0, 30),
            "the verdict on the public cost per citizen depends on how many people come: at 0.8 times the arrivals, "
            "lower (may not matter); at 1.2 times the arrivals, higher (may not matter); and not clear at 1.",
        ),
        (
            ("no_clear_difference", "later_or_more", "later_or_more"),
            (-30, 90, 90),
            "the verdict on the public cost per citizen depends on how many people come: at 0.8 times the arrivals, "
            "lower (may not matter); at 1 and 1.2 times the arrivals, higher.",
        ),
    ],
)
def test_what_is_clear_but_for_its_size_is_said_to_be_so_at_other_arrivals_too(
    made: Maker, verdicts: tuple[str, str, str], means: tuple[int, int, int], expected: str
) -> None:
    results = made(demand=dict(zip([(factor, "public_cost") for factor in ARRIVALS], verdicts, strict=True)))
    table = results.demand.copy()
    here = (table["measure"] == "public_cost") & (table["against"] != "")
    for end, more in (("mean", 0), ("low", -10), ("high", 10)):
        table.loc[here, end] = [mean + more for mean in means]
    results = replace(results, demand=table)
    assert demand.holds(results)[0].endswith(expected)
    told = demand.table(results, "public_cost").rows
    assert ("higher (may not matter)" in [row[-1].text for row in told]) is ("higher (may" in expected)
    assert all(one.matters == 50 for one in demand.differences(results, "local", "public_cost"))


def test_where_no_verdict_is_steady_none_is_said_to_hold(made: Maker) -> None:
    told = dict.fromkeys([(factor, "public_cost") for factor in ARRIVALS], "unsteady")
    assert demand.holds(made(demand=told))[0].endswith(
        "is the same at 0.8, 1 and 1.2 times the arrivals; there is no steady verdict on the public cost per citizen "
        "at any of 0.8, 1 and 1.2 times the arrivals."
    )


def test_the_caption_and_the_table_give_each_pathway_at_each_factor(plain: Results) -> None:
    """Half-widths are 10: means are rounded to whole units."""
    pounds = [[f"£{mean:,.0f}" for mean in demand_means(name, "public_cost")] for name in ("outsourced", "local")]
    one, other = (f"{first}, {second} and {third}" for first, second, third in pounds)
    assert demand.caption(plain, "public_cost") == (
        f"At 0.8, 1 and 1.2 times the arrivals, the public cost per citizen is {one} with ‘outsourced’ and {other} "
        "with ‘local’."
    )
    table = demand.table(plain, "days_to_help")
    assert table.head == ("Times the arrivals", "outsourced", "local", "local less outsourced", "Verdict")
    assert [row[0].text for row in table.rows] == ["0.8", "1", "1.2"]
    assert [row[1].text for row in table.rows] == ["88", "110", "132"]
    assert [(row[3].text, row[3].below, row[4].text) for row in table.rows] == [("−30", "−40 to −20", "shorter")] * 3


def test_the_console_and_the_report_show_it(plain: Results) -> None:
    text = flat(comparison(plain))
    assert "Difference from outsourced, as specified, with fewer people and with more" in text
    assert "days to help [days] local × 0.8 −30 −40 to −20 shorter" in text and OVER in text
    section = sections.by_demand(plain)
    assert section is not None and len(section.charts) == 3 and section.said[-1] == OVER


def test_one_pathway_has_its_means_and_no_verdict(made: Maker) -> None:
    results = made(edit=one_pathway)
    section = sections.by_demand(results)
    assert section is not None and len(section.charts) == 3
    assert section.said == (
        f"{OVER.split('; intervals')[0]}. The length of the warm-up was tried at 1 times the arrivals only.",
    )
    assert "with fewer people and with more" not in comparison(results)


def test_where_there_are_no_headlines_nothing_is_shown(made: Maker) -> None:
    results = made(edit=plain_network, checks_pass=())
    assert sections.by_demand(results) is None and "with fewer people" not in comparison(results)


def test_a_real_run_and_one_of_nobody_are_shown(real: Results, nobody: Results) -> None:
    section = sections.by_demand(real)
    assert section is not None and "times the arrivals" in section.said[0]
    assert sections.by_demand(nobody) is None


def test_where_all_are_over_as_many_that_is_said_and_a_warm_up_not_tried_is_not_mentioned(plain: Results) -> None:
    manifest = {**plain.manifest, "warm_up": {"given": 4, "used": 4, "outcome": "not_checked", "why": "", "pilots": 5}}
    results = replace(plain, demand=plain.demand.assign(replications=10), manifest=manifest)
    assert demand.holds(results)[-1] == (
        "Each is over 10 replications, on the same luck as in the run itself; intervals of differences are adjusted "
        "for three headlines (Bonferroni)."
    )
