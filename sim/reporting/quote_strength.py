"""How strong a quote is: the one place where the rule stands. A pure function of what the quote rests on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Strength = Literal["may_be_quoted", "with_qualification", "do_not_quote"]
STRENGTHS: tuple[Strength, ...] = ("may_be_quoted", "with_qualification", "do_not_quote")
"""From the strongest to the weakest."""

MOSTLY = 0.5
"""What rests on assumptions by more than this share is never called a finding."""
SURE, EVEN = 0.9, 0.5
"""Shares of the draws from plausible ranges that must agree with what is said: to be quoted plainly, and at all."""


@dataclass(frozen=True)
class Standing:
    """What a quote rests on; as it is by default, nothing stands against it."""

    is_individual: bool = False
    is_quick: bool = False
    is_made_equal: bool = False
    is_settled: bool = True
    is_warm_up_checked: bool = True
    is_steady: bool = True
    is_nearly_full: bool = False
    is_clear: bool = True
    is_of_plain_file: bool = True
    is_strict: bool = True
    """Whether it stands where a chat is no help; True where that cannot be asked."""

    assumed: float = 0.0
    """Share that rests on numbers of grade D: of the uncertainty where that was studied, else of the numbers."""

    are_ranges_run: bool = True
    is_claim: bool = True
    """Whether it says something that a draw from plausible ranges can agree with."""

    share_of_draws: float | None = 1.0
    """Share of the draws from plausible ranges that agree with what is said; None: it was not drawn, or is no claim."""

    variants: Mapping[str, bool] = field(default_factory=lambda: {"sceptic": True})
    """Whether each variant that was run says the same; empty: none was run, or of something else."""

    checks_failed: int = 0
    unchecked: tuple[str, ...] = ()
    """Pathways spoken of that stand beside no published figure."""


class Rule(NamedTuple):
    """A reason not to quote plainly: when it holds, and the most that may then be said."""

    reason: str
    holds: Callable[[Standing], bool]
    most: Strength


RULES = (
    Rule("individual", lambda it: it.is_individual, "do_not_quote"),
    Rule("quick", lambda it: it.is_quick, "do_not_quote"),
    Rule("made_equal", lambda it: it.is_made_equal, "do_not_quote"),
    Rule("unsettled", lambda it: not it.is_settled, "do_not_quote"),
    Rule("draws_against", lambda it: _draws(it) < EVEN, "do_not_quote"),
    Rule("assumed", lambda it: it.assumed > MOSTLY, "with_qualification"),
    Rule("no_draws", lambda it: not it.are_ranges_run, "with_qualification"),
    Rule("not_drawn", lambda it: it.are_ranges_run and it.is_claim and it.share_of_draws is None, "with_qualification"),
    Rule("draws_unsure", lambda it: EVEN <= _draws(it) < SURE, "with_qualification"),
    Rule("flipped", lambda it: not all(it.variants.values()), "with_qualification"),
    Rule("no_variants", lambda it: not it.variants, "with_qualification"),
    Rule("unsteady", lambda it: not it.is_steady, "with_qualification"),
    Rule("nearly_full", lambda it: it.is_nearly_full, "with_qualification"),
    Rule("warm_up_unchecked", lambda it: it.is_settled and not it.is_warm_up_checked, "with_qualification"),
    Rule("not_clear", lambda it: not it.is_clear, "with_qualification"),
    Rule("not_strict", lambda it: not it.is_strict, "with_qualification"),
    Rule("checks_failed", lambda it: it.checks_failed > 0, "with_qualification"),
    Rule("unchecked", lambda it: bool(it.unchecked), "with_qualification"),
    Rule("changed_file", lambda it: not it.is_of_plain_file, "with_qualification"),
)


def _draws(standing: Standing) -> float:
    return 1.0 if standing.share_of_draws is None else standing.share_of_draws


def reasons(standing: Standing) -> list[Rule]:
    """The rules that hold, in their order."""
    return [rule for rule in RULES if rule.holds(standing)]


def strength(standing: Standing) -> Strength:
    """How strong a quote is: the weakest that any rule leaves it.

    ===================  ==================================================================  ==================
    rule                 holds when                                                          at most
    ===================  ==================================================================  ==================
    individual           it says who individually gains or loses: that hangs on coupled luck  do not quote
    quick                the run was a quick one                                             do not quote
    made_equal           the basis made equal what it speaks of                              do not quote
    unsettled            the answer moves with the length of the warm-up                     do not quote
    draws_against        under half of the draws from plausible ranges agree                 do not quote
    assumed              over half of it rests on assumptions: it says "if ... then"         with qualification
    no_draws             plausible ranges have not been run                                  with qualification
    not_drawn            plausible ranges have been run, but not of this figure              with qualification
    draws_unsure         under 9 in 10 draws agree                                           with qualification
    flipped              a variant (sceptic, advocate, null) says otherwise                  with qualification
    no_variants          no variant was run of it                                            with qualification
    unsteady             a backlog grows in a pathway it speaks of                           with qualification
    nearly_full          a team of such a pathway has hardly any slack                       with qualification
    warm_up_unchecked    nobody tried a longer warm-up                                       with qualification
    not_clear            its interval holds 0, or what is too small to matter                with qualification
    not_strict           it falls where a chat is not counted as help                        with qualification
    checks_failed        a check against a published figure failed                           with qualification
    unchecked            a pathway it speaks of stands beside no published figure            with qualification
    changed_file         the file was changed for this run                                   with qualification
    none of these                                                                            may be quoted
    ===================  ==================================================================  ==================
    """
    return max((rule.most for rule in reasons(standing)), key=STRENGTHS.index, default="may_be_quoted")


def is_conditional(standing: Standing) -> bool:
    """Whether it rests mostly on assumptions, so that it may only be said as "if ... then"."""
    return standing.assumed > MOSTLY
