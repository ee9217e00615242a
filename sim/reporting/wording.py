"""The sentences that can be said, as templates. The code that fills them stands in `sentences` and `captions`; those of
a citizen's story stand in `story_wording`.
"""

from __future__ import annotations

NOT_COMPARABLE = "NOT COMPARABLE"

QUICK = f"{NOT_COMPARABLE}: this was a quick run, with short windows and {{replications}}. "

NOISE_ONLY = (
    "Figures in brackets are 95% intervals of simulation noise only: plausible ranges of the inputs have not been run, "
    "so no verdict or quote may rest on them alone."
)

BASIS = {
    "as_specified": "As specified",
    "equal_spend": "For the same yearly spend on the service",
    "equal_help": "For the same time in need",
}
BASIS_SHORT = {
    "as_specified": "as specified",
    "equal_spend": "for the same spend",
    "equal_help": "for the same time in need",
}

BASIS_TAG = {
    "as_specified": "as specified",
    "equal_spend": "same spend",
    "equal_help": "same need",
}
"""The same at the end of a line in a chart."""

LEAD = "{basis}, with {pathway} rather than {against}: {clauses}."
LEAD_UNSTEADY = (
    "{basis} there is no steady verdict, because {why}; over the next {years} from this start, with {pathway} rather "
    "than {against}: {clauses}."
)
TIMES_THE_POSTS = "{pathway} at {factor} times its posts"
WHY_BACKLOG = "a backlog was still growing"
WHY_WARM_UP = "the answer still moves with the length of the warm-up"
WHY_UNSTEADY = "the service had not settled"

WARM_UP = {
    "accepted": (
        "{given} weeks: twice as long moves no headline difference as specified (where there is none: no queue) by its "
        "half-width, over {pilots} pilot replications"
    ),
    "doubled": "{used} weeks, doubled from {given}: {why}",
    "too_short": "{used} weeks, doubled from {given}, and not known to be enough: {why}",
    "growing": "{given} weeks as given: {why}",
    "not_checked": "{given} weeks as given, not checked: {why}",
}
"""What came of checking the warm-up."""

ABOUT = {
    "days_to_help": "the time in need before right help",
    "days_in_need": "the time spent in need",
    "public_cost": "the public cost per citizen",
    "service_cost": "the cost of the service per citizen",
    "crisis_cost": "the cost of crises to other public services",
    "wait_days": "the mean wait",
}
"""What a measure is called inside a sentence; a measure not named here goes by its own name."""

LESS_MORE = {"days": ("shorter", "longer"), "hours": ("shorter", "longer")}
"""The words for a smaller and a larger amount, by unit."""
LOWER_HIGHER = ("lower", "higher")

CLAUSES = {
    "sooner_or_less": "{about} is {size} {less} ({span})",
    "later_or_more": "{about} is {size} {more} ({span})",
    "no_clear_difference": "there is no clear difference in {about} ({span})",
    "no_difference_that_matters": "there is no difference that matters in {about} ({span}; {matters} would matter)",
    "unsteady": "{about} comes out {size} {word} ({span})",
    "not_judged": "{about} comes out {size} {word} ({span})",
}
CLAUSE_PERHAPS = "{about} is {size} {word} ({span}), which may or may not be enough to matter ({matters} would)"
"""Where a difference is clear, and only whether it is large enough is not."""
CLAUSE_SAME = "{about} is the same"

VERDICTS = {
    "sooner_or_less": "{less}",
    "later_or_more": "{more}",
    "perhaps_less": "{less} (may not matter)",
    "perhaps_more": "{more} (may not matter)",
    "no_clear_difference": "no clear difference",
    "no_difference_that_matters": "no difference that matters",
    "unsteady": "no steady verdict",
    "not_judged": "not judged",
    "pays_back": "pays back",
    "may_never_pay_back": "may never pay back",
    "never_pays_back": "never pays back",
    "nothing_to_pay_back": "nothing to pay back",
    "": "",
}
"""A verdict in a word or two, for tables."""
OF_UNCLEAR_SIZE = ("perhaps_less", "perhaps_more")
"""How a verdict reads where a difference is clear, and only whether it is large enough is not."""

STRICTLY = "Where only stages with a mean of at least one staff hour count as help, the verdict on {about} {said}."
STANDS = {"stands": "stands{basis}", "does not stand": "does not stand{basis}: {verdict}"}

SPAN_ONE_SIDE = "{near} to {far}"
SPAN_ONE_SIDE_IN_WORDS = "{near} to {far} {word}"
SPAN_BOTH_SIDES = "{low} {less} to {high} {more}"
SPAN_NONE = "no interval"
IN_PRICES = "{span}, {price_year} prices"

SPEND_IS_EQUAL = "there is no verdict on what the service costs, which was made equal"

NEED_IS_EQUAL = "there is no verdict on the time spent in need, which was made equal in the pilots"
HELP_REACHED = "{pathway}: {reached} of the {target} aimed at, over the pilot that found the factor"
SHOWN_APART = "shown apart, {clause}"

NOT_JUDGED = {
    "equal_spend": (
        "Not judged: the money spent on the service is equal a year. A cohort citizen's part of it still differs, "
        "because each pathway spends it on other people and at other times."
    ),
    "equal_help": (
        "Not judged: the time spent in need was made equal in the pilots, which are other replications than these. "
        "What is left of a difference is the pilots' error and, where said, what whole places leave over. Intervals on "
        "this basis hold the pilots' error."
    ),
}
ADJUSTED = "Intervals are adjusted for {headlines} (Bonferroni)."

DEPENDS_ON_BASIS = "The verdict on {about} depends on basis: {verdicts}."
SAME_ON_BASES = "The verdict on {about} is the same on every basis on which it is judged."

RESTS_ON = (
    "This rests on {replications} of about {cohort}, each followed for {years}, and on {numbers}, of which {assumed} "
    "(grade D); {checks}."
)
ASSUMED_ONE = "1 is an assumption"
ASSUMED = "{assumed} are assumptions"
NOBODY = "Nobody is in the cohort, so there is nothing to compare."
NOBODY_HERE = "{replications} were run, and nobody's need arose in the cohort window; {checks}."
NOBODY_HERE_PLAIN = "{replications} were run, and nobody arrived in the cohort window; {checks}."
CHECKS_NOT_JUDGED = "checks against published figures are not judged"
CHECKS_NOT_JUDGED_QUICK = (
    "checks against published figures are not judged, as a quick run's windows are too short for it"
)
CHECKS_NONE = "nothing was checked against published figures"
CHECKS_PASSED = "all of {of} against published figures passed"
CHECK_PASSED = "the one check against a published figure passed"
CHECKS_FAILED = "{failed} of {of} against published figures failed"

ONE_PATHWAY = "There is one pathway, so there is nothing to set it against but no service."
ONE_PATHWAY_ALONE = "There is one pathway, so there is nothing to set it against."
NO_HEADLINES = "The file names no headline measures, so there is no verdict; every difference is in the tables."
LEFT_OUT = (
    "{pathway} is not compared with {against}: with none of the numbers of posts that were tried are its citizens in "
    "need for as long, and that is the only basis the file asks for."
)
PLAIN_NETWORK = "This is a plain queueing network: need, help and cost are no part of it."
NO_WAIT = "With {pathway}, nobody waits."
LONGEST_WAIT = "With {pathway}, the longest mean wait is at {part}: {wait} ({low} to {high})."

HELPED = "{by_day} after the need arose, right help had reached {shares}; {end} after it, {shares_at_end}."
HELPED_END_ONLY = "{end} after the need arose, right help had reached {shares_at_end}."
SHARE_WITH = "{share} with {pathway} ({low} to {high})"
RECOVERED = (
    "{end} after the need arose, it had ended by itself at some time for {shares}: help that fitted may have begun "
    "before, and the need may be back."
)
MONEY_OF_ONE = "With {pathway}, {total} is spent per citizen{split}.{deciding}"
MONEY_OF_NOBODY = "With {pathway}, nothing is spent."
MONEY_SPLIT = ": {service} on service and contract, {crisis} on crises"
MONEY_SERVICE = ", all of it on service and contract"
MONEY_ALL_DECIDING = " All of what staff and fees cost goes on deciding."
MONEY_DECIDING = " Of what staff and fees cost, {share} goes on deciding ({low} to {high})."
COSTS = {
    "service_cost": "service",
    "cashable_service_cost": "service, cashable",
    "contract_cost": "contract",
    "cashable_contract_cost": "contract, cashable",
    "crisis_cost": "crises",
    "cashable_crisis_cost": "crises, cashable",
    "public_cost": "all",
    "cashable_cost": "all, cashable",
    "public_cost_discounted": "all, discounted",
}
"""Rows of the table of economic and cashable cost."""
COSTS_TO_PAYER = {
    "service_cost_to_payer": "service",
    "contract_cost_to_payer": "contract",
    "crisis_cost_to_payer": "crises",
    "cost_to_payer": "all",
    "cashable_cost_to_payer": "all, cashable",
}
"""Rows of each payer."""
CASHABLE = (
    "Of the public cost per citizen, what could be taken out of a budget, or has to be found in one (its cashable "
    "part), is {shares}{prices}."
)
CASHABLE_WITH = "{gbp} with {pathway}"
DISCOUNTED = "Discounted at {rate} a year from the day the need arose, the public cost per citizen is {shares}{prices}."
BORNE = "Who bears the public cost per citizen: with {pathway}, {shares}{prices}."
BORNE_BY = "{payer} {gbp}"
PRICES = " ({price_year} prices)"
ONCE = "Paid once, and in no other figure here: {shares}{prices}."
PAYBACK = {
    "pays_back": "What {pathway} costs more at once than {against}, its lower cost a year pays back in {years}{cash}.",
    "may_never_pay_back": (
        "What {pathway} costs more at once than {against} may never be paid back: it is not clear that service and "
        "contract cost less a year{cash}."
    ),
    "never_pays_back": (
        "What {pathway} costs more at once than {against} is never paid back: service and contract cost no less a "
        "year{cash}."
    ),
    "nothing_to_pay_back": "With {pathway} there is nothing to pay back: no more is paid at once than with {against}.",
}
PAYBACK_CASH = {
    "pays_back": "; counting only what is cashable, {years}",
    "may_never_pay_back": "; counting only what is cashable, it may never be",
    "never_pays_back": "; counting only what is cashable, never",
    "nothing_to_pay_back": "; counting only what is cashable, there is nothing to pay back",
}
YEARS_TO_PAY_BACK = "{mean} ({low} to {high})"
MONEY_NONE = "Nothing in this scenario has a price."
WAITING = "For {part}, {from_} people were waiting when the cohort began and {to} when it ended."
WAITING_NONE = "For {part}, practically nobody waits."
NOTICE = "{where}: {text}."
DIFFERENCE = "{basis}, with {pathway} rather than {against}, {clause}{verdict}."
SAYS_ITSELF = ("", "sooner_or_less", "later_or_more", "no_clear_difference", "no_difference_that_matters")
"""Verdicts that the clause already states in words."""

NOT_ADJUSTED = "No interval is adjusted for there being several of them."
SOME_ADJUSTED = "Intervals of {measures} are adjusted for {headlines} (Bonferroni); no other interval is adjusted."

OWED = "At the end of follow-up, {each}: whoever keeps people waiting looks cheaper for it."
OWED_FIRST = "with {pathway} {people} of 100 are still in need{hours}"
OWED_NEXT = "with {pathway} {people}{hours}"
OWED_HOURS_FIRST = " and {hours} a citizen are still to be worked"
OWED_HOURS_NEXT = " and {hours}"
OWED_FEW = "fewer than 1"

CHECK_RESULTS = {"pass": "pass", "fail": "FAIL", "not_judged": "not judged"}

ARRIVALS = "With {pathway} rather than {against}, {clauses}."
ARRIVALS_HOLDS = "the verdict on {about} is the same at {factors} times the arrivals"
ARRIVALS_UNSTEADY = "there is no steady verdict on {about} at any of {factors} times the arrivals"
ARRIVALS_DEPENDS = "the verdict on {about} depends on how many people come: {verdicts}"
ARRIVALS_CLEAR = "the verdict on {about} is ‘{verdict}’ at {factors} times the arrivals"
ARRIVALS_NOT_CLEAR = "{about} shows no clear difference at {factors} times the arrivals"
ARRIVALS_NOR_CLEAR = "and not clear at {factors}"
ARRIVALS_NOR_SURE = "and ‘{verdict}’ at {factors}"
ARRIVALS_NOT_STEADY = "there is no steady verdict on {about} at {factors} times the arrivals"
ARRIVALS_AT = "at {factors} times the arrivals, {verdict}"
ARRIVALS_MEANS = "At {factors} times the arrivals, {about} is {means}."
ARRIVALS_OVER = "Each is over {replications}, on the same luck as in the run itself{adjusted}."
ARRIVALS_OVER_FEWER = (
    "At 1 times the arrivals it is the run itself, over {replications}; the others are over its first {fewer} alone, "
    "on the same luck{adjusted}."
)
ARRIVALS_WARM_UP = "The length of the warm-up was tried at 1 times the arrivals only."
ARRIVALS_ADJUSTED = "; intervals of differences are adjusted for {headlines} (Bonferroni)"

FIRM = "The same answer, asked in other ways: {asked}."
ASKED = {
    "differences": "each headline with its interval, on every basis",
    "demand": "with fewer people and with more",
    "variants": "with the numbers a sceptic and an advocate would choose",
}
