"""The words of the briefing, one page of A4, as templates. The code that fills them stands in `briefing`."""

from __future__ import annotations

KIND = "Briefing"
SAID = "What may be said"
PICTURE = "Of 100 citizens, where {basis}"
NOT_SHOWN = "What it does not show"
CHECK = "How to check it"

ASSUMED = (
    "It is a simulation: {assumed} of the {numbers} numbers it rests on are assumptions, or rest on too weak a source "
    "(grade D)."
)
NO_DRAWS = (
    "Intervals hold simulation noise only: what the inputs could plausibly be has not been run, so they are too narrow."
)
DRAWN = "Of 100 draws of the inputs from their plausible ranges, {draws} agree with the first sentence."
NOT_DRAWN = "Intervals hold simulation noise only, and are too narrow: the inputs’ plausible ranges are in the report."
STANDS = "With other numbers, whom it favours {told}."
CHANGES, STAYS = "changes ({variants})", "stays the same ({variants})"
INDIVIDUALS = "It cannot say who in particular would be better or worse off."
CHECKS = "Against published figures: {checks}."
UNCHECKED = "No published figure stands beside {pathways}."
UNSTEADY = "A backlog was still growing, so figures hold only for the {years} simulated from this start."
MORE_PATHWAYS = "The report compares {pathways} more."
ALL_CARRY = "Quote a sentence only with its code and with what stands under “What it does not show”."
NONE_MAY = "Nothing here may be quoted."

CHECK_LINES = (
    "Run it again: {command}",
    "The answer is yes, or names the input, the version or the digit that moved.",
    "Everything behind it is in report.html and methods.html beside this page: every number with its source, the "
    "checks, the log of assumptions.",
)
FOOT = "Scenario {scenario}{changed}; seed {seed}; {replications} of about {citizens}; run {run}; made {started}."
CHANGED = ", changed ({changed})"
CUT = "…"
