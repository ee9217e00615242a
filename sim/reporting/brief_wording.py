"""The words of the answer in two or three sentences. The code that fills them stands in `brief`."""

from __future__ import annotations

NOISE = "{finding}; figures in brackets are 95% intervals of simulation noise only{intervals}."
NOT_RUN = ", as plausible ranges of the inputs have not been run"

EVERY_BASIS = {
    "pathway": "Every basis favours {pathway}",
    "against": "Every basis favours {against}",
    "trade_off": "Every basis shows a trade-off",
    "neither": "No basis favours either",
    "unsteady": "No basis gives a steady verdict",
}
ONE_BASIS = {
    "pathway": "{basis}, the only basis there is, that favours {pathway}",
    "against": "{basis}, the only basis there is, that favours {against}",
    "trade_off": "{basis}, the only basis there is, that is a trade-off",
    "neither": "{basis}, the only basis there is, that favours neither",
    "unsteady": "{basis}, the only basis there is, there is no steady verdict",
}
DEPENDS = "Whom it favours depends on basis"
ON_A_BASIS = {
    "pathway": "{basis} {pathway} ({words})",
    "against": "{basis} {against} ({words})",
    "trade_off": "{basis} it is a trade-off ({words})",
    "neither": "{basis} neither ({words})",
    "unsteady": "{basis} there is no steady verdict",
}
IN_WORDS = "{said} ({each})"
LISTED_AFTER = "{said}: {each}"
WORDS_OF = "{basis}, {words}"

BOTH = "{bases}; {variants}."
NO_VARIANT = "no sceptic’s, advocate’s or null variant was run"
WHOM = {True: "whom it favours", False: "whom each basis favours"}
CHANGES_AND_STAYS = "{whom} changes with {changed} numbers, and stays the same with {same}"
CHANGES = "{whom} changes with {changed} numbers"
STAYS = "{whom} stays the same with {same} numbers"
VARIANTS = {"sceptic": "the sceptic’s", "advocate": "the advocate’s", "null": "the null variant’s"}

SEVERAL_FOUND = (
    "{basis}, set against {against}: {each}; the differences stand beside this, with 95% intervals of simulation noise "
    "only{intervals}."
)
SEVERAL = "Taking every basis: {each}; {variants}."
OF_ONE = "{pathway}, {said}"
OF_ONE_CHANGES = "for {pathway}, {said}"

RESTS_ON = (
    "This rests on {numbers}, of which {assumed} (grade D), and on {replications} of about {cohort}, each followed for "
    "{years}; {checks}{unchecked}."
)
ALONE = " Until plausible ranges have been run, no verdict or quote may rest on it alone."
UNCHECKED = ", and fewer of them stand beside {each} than beside {against} ({of_first})"
CHECKS_OF = "{pathway} ({checks})"

IN_FULL = "The answer in full"
GLANCE = "{basis}, mean of a citizen"
GLANCE_HEADING = "{measure} [{unit}]"
LESS = "{pathway} rather than {against}"
CLEAR = "{size} {word}"
SAME = "the same"
INTERVAL = "95% interval {span}"
PERHAPS = "; may or may not matter ({matters} would)"
