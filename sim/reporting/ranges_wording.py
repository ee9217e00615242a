"""The sentences about plausible ranges, as templates. `ranges_said` fills them."""

from __future__ import annotations

WHAT = (
    "{draws} draws of {numbers} numbers at once, each from its plausible range: {stated} ranges stand in the file, and "
    "{given} numbers without one were given a wide one, so that leaving a range out does not make a guess look certain."
)
NO_FORECAST = (
    "A share of draws is no forecast. It says how far the answer hangs on numbers that nobody knows exactly, within "
    "the ranges stated; it has been held against nothing that came true."
)

QUADRANTS = "{basis}, with {pathway} rather than {against}: of 100 draws {parts}."
QUADRANT = {
    "sooner_and_cheaper": "right help comes sooner and public cost is lower",
    "sooner_and_dearer": "it comes sooner and costs more",
    "later_and_cheaper": "it comes later and costs less",
    "later_and_dearer": "it comes later and costs more",
    "no_difference": "one of the two does not differ at all",
}
IN = "in {count} {what}"

CORNERS = {
    "sooner_and_cheaper": "sooner, cheaper",
    "sooner_and_dearer": "sooner, dearer",
    "later_and_cheaper": "later, cheaper",
    "later_and_dearer": "later, dearer",
}
"""What a corner of the scatter is called in it."""

SOONER = (
    "{basis}, with {pathway} rather than {against}: in {less} of 100 draws right help comes sooner, in {more} later. "
    "What it costs is not judged on this basis, which makes the yearly spend on the service equal."
)

ACCEPTABILITY = "{basis}, where a day in need avoided is worth {parts}."
WORTH_FIRST = "{value}, {pathway} has the highest net benefit in {count} of 100 draws"
WORTH_NEXT = "{value}, in {count}"

GROWING = (
    "In {count} of 100 draws a queue is still growing in some pathway while the citizens counted arrive; what those "
    "draws say holds for the years simulated from {start} only."
)
EASED = (
    "In {count} of 100 draws the cases drawn take more hours than the posts of some caseload team have. A worker then "
    "holds fewer cases than the file says: as many as there are hours for. It goes this way only, never to more cases, "
    "so that the middle of the draws need not be what the file’s own numbers give."
)
REFUSED = "{share} of the draws could not be and were replaced by the next ones: {why}."
MANY_REFUSED = "So many that the ranges do not stand as stated: what is left of them leans away from these values."
NOISE = (
    "Each draw is one run on citizens and luck of its own, all pathways on the same. The noise of single runs is known "
    "from {again} draws that were run {times} times; it makes up at most {share} of the variance of a difference, and "
    "is taken out of what is said here (both are in chances.csv)."
)
LEFT_OUT = (
    "The basis {bases} is left out: to find the posts that make need equal would take dozens of runs in each draw."
)
SPEND_OFF = (
    "Where work is bought, each draw finds the posts of equal spend by its own runs; it missed by at most {share}."
)

AS_GIVEN = "the file’s own numbers"

NOISE_ONLY = "Figures in brackets are 95% intervals of simulation noise only."
OVER_RANGES = "Over {draws} draws from the plausible ranges of the inputs, {basis}: {parts}; see ‘Plausible ranges’."
RANGES_ELSEWHERE = "What draws from the plausible ranges of the inputs say stands under ‘Plausible ranges’."
UNDER = "{basis} {draws}, noise taken out."
IN_SHORT_OF = {
    "days_to_help": "right help comes sooner with {pathway} than with {against} in {count} of 100",
    "public_cost": "public cost is lower with {pathway} in {count}",
}

KNOW = "What to know of these draws"
MATTERING = "Of 100 draws, noise taken out, so many in which the difference matters"
MATTERING_HEAD = ("Headline", "Pathway", "Basis", "Matters from", "Less", "No difference that matters", "More")

SCATTER_SAID = (
    "Each point is one draw. To the left of the upright line right help comes sooner with {pathway}, below the level "
    "line it costs less; the corners say how many of 100 draws lie there."
)
CURVE_SAID = (
    "In how many of 100 draws each pathway has the highest net benefit: days in need avoided, at the value along the "
    "bottom, less what they cost. Marks stand at the values that the file states."
)
