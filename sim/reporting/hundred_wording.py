"""The sentences on 100 citizens, as templates. The code that fills them stands in `hundred`."""

from __future__ import annotations

HEADING = "Of 100 citizens"

LABELS = {
    "right_help_by_28_days": "right help within 28 days",
    "right_help_later": "right help later",
    "recovered": "recovered without help that fitted",
    "left": "died or moved away in need",
    "never": "in need for {years} on end, without right help",
}
"""What stands beside a number of people."""

DID = {
    "right_help_by_28_days": "had right help within 28 days",
    "right_help_later": "had right help after more than 28 days",
    "recovered": "recovered without help that fitted",
    "left": "died or moved away in need",
    "never": "were in need for {years} on end without right help",
}
"""The same in a sentence."""

IN_TIME = "{basis}, of 100 people whose need arose, {counts}."
NEVER = "{counts}."
COUNT_FIRST = "with {pathway} {count} {did}"
COUNT_NEXT = "with {pathway} {count}"
NONE, FEW, MOST, ALL = "none", "fewer than 1", "more than 99", "all"
"""What 0 and 100 people are in a sentence: exactly, and rounded."""
FEW_SIGN, MOST_SIGN = "<1", ">99"
"""The same beside a picture."""

DIFFERS = "What differs most with {pathway} rather than {against}: {parts}."
PART = "{size} {way} of 100 {did} ({near} to {far})"
MORE, FEWER = "more", "fewer"
NOT_CLEAR = "Between {pathway} and {against} none of the five numbers differs clearly: every interval holds 0."
SAME = "With {pathway} the five numbers are the same as with {against}."
UNSTEADY = (
    "There is no steady verdict between {pathway} and {against}, because {why}: these numbers are only "
    "of the time simulated, from this start."
)
NOT_ADJUSTED = "No interval of a difference told here is adjusted for there being five to choose from."

COUNTED = (
    "Everyone is counted once, by what came first: right help, recovery, or dying or moving away; what a relapse "
    "brings later changes nothing. Help is right if it ended, and fitted, within follow-up, and counts from the day it "
    "began. The people are the same in every picture, but stand in order of what became of them: the same place in two "
    "pictures is not the same person."
)
PICTURE = "100 people with {pathway}: {counts}."
COUNT = "{count} {label}"

BEHIND = "The numbers behind this picture"
CAPTION = (
    "Of 100 people: whole people, rounded so that they add up to 100; below them the mean and its 95% interval "
    "({interval})"
)
MEAN = "{mean} ({low} to {high})"
