"""The words of a verdict on a whole basis, and of what it survives. The code that fills them stands in `favour`."""

from __future__ import annotations

TIME = {
    ("less",): "sooner",
    ("more",): "later",
    ("same",): "no difference in time that matters",
    ("unclear",): "no clear difference in time",
    ("perhaps_less",): "sooner (may not matter)",
    ("perhaps_more",): "later (may not matter)",
}
"""Where every headline of time says the same, that of help among them."""

HELP = "days_to_help"

TIME_EACH = {
    "days_to_help": {
        "less": "helped sooner",
        "more": "helped later",
        "same": "helped as soon",
        "unclear": "helped not clearly sooner or later",
        "perhaps_less": "helped sooner (may not matter)",
        "perhaps_more": "helped later (may not matter)",
    },
    "days_in_need": {
        "less": "in need for less time",
        "more": "in need for longer",
        "same": "in need as long",
        "unclear": "in need not clearly longer or shorter",
        "perhaps_less": "in need for less time (may not matter)",
        "perhaps_more": "in need for longer (may not matter)",
    },
}
OTHER = {
    "less": "{about} less",
    "more": "{about} more",
    "same": "{about} the same",
    "unclear": "{about} not clear",
    "perhaps_less": "{about} less (may not matter)",
    "perhaps_more": "{about} more (may not matter)",
}

COST = {
    "less": "for less money",
    "more": "for more money",
    "same": "for about the same money",
    "unclear": "at a cost not clearly different",
    "perhaps_less": "for less money (may not matter)",
    "perhaps_more": "for more money (may not matter)",
}
SAME_MONEY = "for the same money"
SAME_NEED = "in need as long"
UNSTEADY = "no steady verdict"
NO_VERDICT = "no verdict"

FAVOURS = {
    "pathway": "favours {pathway}",
    "against": "favours {against}",
    "trade_off": "a trade-off",
    "neither": "favours neither",
    "unsteady": UNSTEADY,
}
ON_EVERY_BASIS = "{favours} on every basis"
ON_NO_BASIS = "{favours} on any basis"
DEPENDS = "depends on basis"
UNCHECKED, LESS_CHECKED = "unchecked", "less checked"
UNCHECKED_SENTENCE = (
    "Fewer published figures stand beside {pathway} ({checks}) than beside {against} ({of_first}): {pathway} is {word}."
)

SURVIVES = {"yes": "yes", "nothing": "nothing to survive", "not_run": "not run"}
SURVIVES_NOT = "no: {bases}"
OUT_OF_REACH = " ({bases} out of reach)"

VARIANTS = {
    "sceptic": "sceptic: contested numbers at the end of their range that favours {against} over {pathway}",
    "advocate": "advocate: contested numbers at the end of their range that favours {pathway} over {against}",
    "null": "null: help works the same with {pathway} as with {against}, so that process alone is left",
}
VARIANT_SAYS = "{variant}. {verdict}{missed}."
STANDS = "Whom each basis favours stays the same"
NOTHING = "No basis favoured either to begin with"
CHANGES = "Whom it favours changes {bases}"
CHANGED = "{basis} (‘{now}’ in place of ‘{then}’)"
OVER = "Each variant is over {replications}, on the luck of the run itself{adjusted}."
VARIANTS_HEADING = "Does it stand with other numbers?"
