"""The rule of strengths, row by row."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sim.reporting import quote_wording
from sim.reporting.quote_strength import RULES, STRENGTHS, Standing, is_conditional, reasons, strength

NOTHING_AGAINST = Standing()

ROWS: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("individual", {"is_individual": True}, "do_not_quote"),
    ("quick", {"is_quick": True}, "do_not_quote"),
    ("made_equal", {"is_made_equal": True}, "do_not_quote"),
    ("unsettled", {"is_settled": False}, "do_not_quote"),
    ("draws_against", {"share_of_draws": 0.49}, "do_not_quote"),
    ("assumed", {"assumed": 0.51}, "with_qualification"),
    ("no_draws", {"share_of_draws": None, "are_ranges_run": False}, "with_qualification"),
    ("not_drawn", {"share_of_draws": None}, "with_qualification"),
    ("draws_unsure", {"share_of_draws": 0.89}, "with_qualification"),
    ("flipped", {"variants": {"sceptic": False, "null": True}}, "with_qualification"),
    ("no_variants", {"variants": {}}, "with_qualification"),
    ("unsteady", {"is_steady": False}, "with_qualification"),
    ("nearly_full", {"is_nearly_full": True}, "with_qualification"),
    ("warm_up_unchecked", {"is_warm_up_checked": False}, "with_qualification"),
    ("not_clear", {"is_clear": False}, "with_qualification"),
    ("not_strict", {"is_strict": False}, "with_qualification"),
    ("checks_failed", {"checks_failed": 1}, "with_qualification"),
    ("unchecked", {"unchecked": ("local",)}, "with_qualification"),
    ("changed_file", {"is_of_plain_file": False}, "with_qualification"),
)


def test_with_nothing_against_it_a_quote_is_plain() -> None:
    assert reasons(NOTHING_AGAINST) == []
    assert strength(NOTHING_AGAINST) == "may_be_quoted"


@pytest.mark.parametrize(("reason", "differs", "most"), ROWS, ids=[row[0] for row in ROWS])
def test_each_row_alone(reason: str, differs: dict[str, Any], most: str) -> None:
    standing = replace(NOTHING_AGAINST, **differs)
    assert [rule.reason for rule in reasons(standing)] == [reason]
    assert strength(standing) == most


def test_every_rule_has_a_row_here_in_the_docstring_and_in_words() -> None:
    names = [rule.reason for rule in RULES]
    assert names == [reason for reason, _, _ in ROWS]
    table = (strength.__doc__ or "").splitlines()
    for rule in RULES:
        (line,) = [line for line in table if line.split()[:1] == [rule.reason]]
        assert line.rstrip().endswith("do not quote" if rule.most == "do_not_quote" else "with qualification")
    assert set(quote_wording.WHY) == set(names)


def test_the_weakest_of_several_rules_decides() -> None:
    both = replace(NOTHING_AGAINST, is_quick=True, assumed=1.0)
    assert strength(both) == "do_not_quote"
    assert STRENGTHS.index(strength(both)) >= STRENGTHS.index(strength(replace(both, is_quick=False)))


@pytest.mark.parametrize(("share", "is_so"), [(0.0, False), (0.5, False), (0.501, True), (1.0, True)])
def test_what_rests_mostly_on_assumption_is_conditional_and_never_plain(share: float, is_so: bool) -> None:
    standing = replace(NOTHING_AGAINST, assumed=share)
    assert is_conditional(standing) is is_so
    assert (strength(standing) == "may_be_quoted") is not is_so


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.0, "do_not_quote"), (0.5, "with_qualification"), (0.9, "may_be_quoted"), (1.0, "may_be_quoted")],
)
def test_the_share_of_draws_at_its_bounds(share: float, said: str) -> None:
    assert strength(replace(NOTHING_AGAINST, share_of_draws=share)) == said
