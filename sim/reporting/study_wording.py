"""Sentences about what the answer hangs on, what would change it, and what each element contributes."""

from __future__ import annotations

HANGS_HEADING = "What the answer hangs on"
HANGS = (
    "Every number with a range was drawn at once, many times; this is how much of the spread of the answer comes from "
    "each. It holds for these ranges: a number given a wider range would take a larger share. Simulation noise is "
    "taken out."
)
GRADES = (
    "Of what the ranges leave open about {about}, with {pathway} rather than {against} ({basis}), a regression on the "
    "draws accounts for {explained}; of that {parts}."
)
GRADE = {
    "A": "{share} on official statistics (grade A)",
    "B": "{share} on peer-reviewed or independent evaluation (grade B)",
    "C": "{share} on grey literature or single cases (grade C)",
    "D": "{share} on assumptions (grade D)",
}
FIRST_GRADE = {**GRADE, **{grade: said.replace("} on ", "} rests on ") for grade, said in GRADE.items()}}
NOTHING_OPEN = "The ranges leave nothing open about {about}, with {pathway} rather than {against} ({basis})."
GRADES_TITLE = "Share of the spread that rests on each grade of evidence"
GRADES_SENTENCE = (
    "Each bar is one difference; its parts add up to 100% of what a regression on the draws accounts for, which is at "
    "least {least} of the spread in each row."
)

UNDER_GRADES = "{basis} Over {draws} draws from the ranges; simulation noise is taken out."
UNDER_RUNS = "{basis} Over {replications}, on common luck."

TORNADO_TITLE = "{about} by number, {basis}"
TORNADO = (
    "{number} moves it most: {low} at {at_low}, {high} at {at_high}. The line marks the numbers as given, {given}."
)
TORNADO_TABLE = "Each number at the ends of its range, the others as given, on common luck"

LARGEST = "{name}: the numbers that move it most"
LARGEST_HEAD = ("Number", "Range", "Low to high changes it by", "Share of the spread")

WORTH_HEADING = "What it is worth to know one number before choosing"
WORTH = (
    "Where a day in need avoided is worth {value}, knowing {number} before choosing would be worth up to {gbp} a year "
    "to this area; that is the most that it can be worth to find it out."
)
WORTH_NOTHING = (
    "Where a day in need avoided is worth {value}, no single number is worth finding out before choosing: whatever it "
    "turned out to be within its range, the choice would stay the same."
)

TURNS_HEADING = "What would change the answer"
FLIP_IF = "{about} with {pathway} would no longer be {word} than with {against}"
FLIP = {
    "confirmed": (
        "{basis}, {what} if {moves}. Of the moves of at most three numbers within their ranges this is the smallest "
        "found ({length} half-widths of a range); run again on fresh luck it holds: there it is {there}."
    ),
    "not_confirmed": (
        "{basis}, a regression on the draws foretells that {what} if {moves}; run on fresh luck this did not hold, "
        "even further out: there it is {there}."
    ),
    "not_run": (
        "{basis}, a regression on the draws foretells that {what} if {moves}; that could not be run, and so is not "
        "known: {why}."
    ),
    "corner_only": (
        "{basis}, no move of at most three numbers within their ranges was found after which {what}; with every "
        "number at the worst end of its range for the side that leads it is so, or at least no longer clear."
    ),
    "corner_not_run": (
        "{basis}, no move of at most three numbers within their ranges was found after which {what}; with every number "
        "at the worst end of its range for the side that leads it could not be run, and so is not known: {why}."
    ),
    "none": (
        "{basis}, nothing within the ranges was found after which {what}: no three numbers, and not even all at once "
        "at the end of their ranges that is worst for the side that leads."
    ),
    "given_not_run": (
        "{basis}, {pathway} could not be run with the numbers as given, and so there is no answer to change: {why}."
    ),
    "no_lead": "{basis}, there is no clear difference in {about} between {pathway} and {against}, and so none to lose.",
}
MOVE = "{number} were {to} rather than {value}"

CORNER_TITLE = "Every number at its worst end for the side that leads"
CORNER_HEAD = ("Basis", "Pathway", "Difference", "As given", "Every number at its worst", "Still leads")
CORNER = (
    "The hardest opponent: each number with a range, at once, at the end that is worst for the side that leads. Nobody "
    "believes all of that together; what stands there stands against any choice of numbers within the ranges, as far "
    "as each moves the answer one way."
)
NOT_CLEARLY = "not clearly"
NOT_RUN = "could not be run"
CORNER_NOT_RUN = "{basis}, that could not be run for {about} with {pathway}: {why}."
LEFT_OUT = "{count} could not stand at that end beside the others and stayed as given: {numbers}."

BREAK_EVEN_TITLE = "Break-even: where along its range each number leaves no clear difference"
BREAK_EVEN_HEAD = (
    "Number",
    "Basis",
    "Pathway",
    "Difference",
    "As given",
    "Range tried",
    "Crossed",
    "No clear difference from .. to",
)
BREAK_EVEN = (
    "The numbers that move the answer most, each taken along its range with the others as given: over the stretch "
    "named the interval of the difference holds 0."
)
NOWHERE = "nowhere"

ELEMENTS_HEADING = "What each element contributes"
ELEMENTS = (
    "From {first} to {last} in {count} elements. Every combination of them was run{rebased}; what an element "
    "contributes is the mean of what it adds over all orders in which they could come (Shapley), so that the parts add "
    "up. It attributes within the model: it says what follows from this file’s numbers, not what each element does "
    "elsewhere."
)
REBASED = ", as specified and brought anew to the first pathway’s spend"
ELEMENT_SAYS = (
    "{element} contributes most to {about}: {amount} of {whole}; as the first to come in {first}, as the last {last}."
)
ELEMENT_TITLE = "{about} by element, {basis}"
ELEMENT_HEAD = ("Element", "Contributes", "As the first to come in", "As the last")
ALL_ELEMENTS = "all together"
