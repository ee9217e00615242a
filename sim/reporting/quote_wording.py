"""The sentences of what may be said, as templates. The code that fills them stands in `quotes` and `quote_standing`."""

from __future__ import annotations

HEADING = "What may be said"

IF = "If the numbers of this model hold, and {basis}, then {said}."
THEN = "In this simulation, in which {basis}, {said}."
BASIS = {
    "as_specified": "each service is as described",
    "equal_spend": "the same is spent on each service a year",
    "equal_help": "each service is sized so that people are in need for as long",
}

DIFFERENCE = "{of}with {pathway} rather than {against}, {clause}"
OF_GROUP = "for {group}, "
OF_100 = "of 100 people whose need arose, {count} {did} with {pathway}, and {other} with {against} ({span})"
DID = {
    "fate_right_help_by_28_days": "had right help within 28 days",
    "fate_never": "were in need for {years} on end without right help",
}
MORE, FEWER, SAME = "more", "fewer", "no difference"
SPAN = "{near} to {far} {way}"
SPAN_ONE = "{far} {way}"
SPAN_FROM_NONE = "up to {far} {way}"
SPAN_UNDER_ONE = "less than 1 {way}"
SPAN_BOTH_SIDES = "{low} fewer to {high} more"
WAIT = "the longest mean wait with {pathway} is at {part}: {wait} ({low} to {high})"
NO_WAIT = "nobody waits with {pathway}"
INDIVIDUALS = "{share} of 100 people would individually be helped {when} with {pathway} than with {against}"
WHEN = {"helped_sooner": "sooner", "helped_later": "later"}

STRENGTH = {
    "may_be_quoted": "may be quoted",
    "with_qualification": "quote with its qualification",
    "do_not_quote": "do not quote",
}
STRENGTH_MEANS = {
    "may_be_quoted": "May be quoted as it stands, with its code.",
    "with_qualification": "Quote only together with its qualification and its code.",
    "do_not_quote": "Listed so that nobody takes it from a table: do not quote.",
}

WHY = {
    "individual": (
        "who individually is better or worse off depends on how luck is coupled between pathways, which nobody can "
        "observe: it is a property of the model"
    ),
    "quick": "this was a quick run, not to be compared with anything",
    "made_equal": "this basis made it equal: what is left of a difference says nothing",
    "unsettled": "the figure still moves with the length of the warm-up",
    "draws_against": "only {draws} of 100 draws from the plausible ranges agree",
    "assumed": "{assumed}",
    "no_draws": "the interval holds simulation noise only, as plausible ranges of the inputs have not been run",
    "not_drawn": "plausible ranges of the inputs have been run, but not of this figure",
    "draws_unsure": "{draws} of 100 draws from the plausible ranges agree",
    "flipped": "it does not stand with the numbers of the file’s {flipped}",
    "no_variants": "no other set of numbers (sceptic, advocate, null) was tried on it",
    "unsteady": "a backlog was still growing, so that it holds only for the {years} simulated from this start",
    "nearly_full": "a team in it has hardly any slack, so that small changes of demand would move it much",
    "warm_up_unchecked": "nobody checked whether a longer warm-up would move it",
    "not_clear": "the interval leaves open whether there is a difference that matters",
    "not_strict": "it does not stand where a chat is not counted as help",
    "checks_failed": "{failed} of {checks} checks against published figures failed",
    "unchecked": "no published figure stands beside {unchecked}",
    "changed_file": "it is of a changed file, run with {changed}",
}
"""Why a quote is not plain: what its qualification must say."""
ASSUMED_OF_NUMBERS = "{assumed} of the {numbers} numbers behind it are assumptions"
ASSUMED_OF_UNCERTAINTY = (
    "{share} of 100 parts of its uncertainty, as far as a regression accounts for it, rest on assumptions"
)
QUALIFIED = "Simulated, not observed: {why}."
PLAIN = "Simulated, not observed; {draws} of 100 draws from the plausible ranges agree."

NO_DRAWS = "plausible ranges have not been run, so that no share of draws stands beside any quote"
DRAWS = "{draws} draws from plausible ranges; a quote that they were not run of has no share"
NO_QUOTES = "There is nothing to quote: nobody was in the cohort, or nothing was compared."
CHECK_IT = (
    "Each sentence has a code. Whoever meets it can check it with",
    "which runs the simulation again and says whether the sentence still holds, and if not, what moved it.",
)
"""Round the command."""
COMMAND = "python run_scenarios.py quote {code}"
TOLD = "Of {sentences}, {counts}."
COMMON = "All of them must carry this qualification: simulated, not observed; {why}."
ALSO = "Also: {why}."
FOLDED = "{sentences} more: on other bases, against no service, or by group"
COUNT = {
    "may_be_quoted": "{number} may be quoted",
    "with_qualification": "{number} only with their qualification",
    "do_not_quote": "{number} not at all",
}
RULE = (
    "A sentence is as strong as the weakest thing it rests on. What rests mostly on assumptions says “if … then” and "
    "is no finding; until plausible ranges have been run, nothing may be quoted plainly; who individually gains or "
    "loses is never to be quoted."
)
