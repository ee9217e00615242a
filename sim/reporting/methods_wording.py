"""The words of the methods page, as templates. The code that fills them stands in `methods_answers` and `methods`."""

from __future__ import annotations

KIND = "Methods"
LEAD = (
    "How this was done, set beside what three guidelines ask. What a run knows is filled in from the scenario and the "
    "run; what only people can say is left open, and says so."
)
TOLD = "{heading}: {filled} of {of} items filled, {partly} filled in part, {open} open."
FILLED, PARTLY, NOT_FILLED = "filled", "in part", "open"
OPEN = "Open: nobody has filled this ({what})."
LOG_HEADING = "Log of assumptions"
LOG = "Every number of grade D, for which no source is given or too weak a one: {assumed} of {numbers}. {shares}"
SHARES_NOT_KNOWN = "What share of the uncertainty each carries is not known until plausible ranges have been run."
SHARES_IN_REPORT = (
    "What share of the uncertainty each carries stands in report.html and drivers.csv, for each headline difference."
)
LOG_HEAD = ("Number", "Meaning", "Value", "Unit", "Range", "Why", "What would replace it")
LOG_CAPTION = "Numbers that are assumptions"
NO_RANGE, NO_WHY = "none stated", "open: no reason is given"
REPLACED_BY = "a published or measured figure"
REPLACED_BY_LOCAL = "a count of the area’s own"
PATHWAYS_HEADING = "The pathways in words"
IN_WORDS = "{name}: every step, team and price"

ANSWERS = {
    "question": "{question}",
    "title": "{title}.",
    "headlines": "Headlines, named before running: {headlines}",
    "measures": "All {measures} measures, each with unit, sentence and formula, stand in report.html.",
    "errors": (
        "95% intervals of differences paired over {replications}, from Student’s t; ratios by a jackknife. They hold "
        "simulation noise only. {adjusted}"
    ),
    "compared": "Compared on the same citizens: {compared}.",
    "bases": "On {bases}: {bases_listed}.",
    "variants": "Variants run: {variants}.",
    "demand": "The headlines were also found at {factors} times the arrivals.",
    "diagram": "The pathways are drawn in report.html, with how many go where.",
    "in_words": "Every step of each pathway stands below, under “The pathways in words”.",
    "orders": "Waiting lines: {orders}.",
    "gates": "Stages that may refuse: {gates}.",
    "factors": "Posts are scaled by one factor a pathway: {factors_listed}.",
    "entities": "Citizens, of {groups}; each with a day of need arising, a need level and a number of needs.",
    "entities_plain": "People, of {groups}, with neither levels nor needs.",
    "activities": "{activities}.",
    "resources": "{resources}.",
    "limits": "Limits on waiting: {limits}.",
    "entry": "People come in at {entries}; they leave {leaving}.",
    "sources": (
        "{sources} sources; the {numbers} numbers by grade: {grades}. Each stands with its source in report.html."
    ),
    "published": "Checked against published figures that nothing was fitted to: {checks}.",
    "unchecked": "No published figure stands beside {unchecked}.",
    "prices": "{priced} of another year brought to the scenario’s by published indices.",
    "fitted": "Numbers were fitted to {targets}; what is fitted to tests nothing.",
    "inputs": (
        "All {numbers} numbers, with value, unit, range and source, stand in report.html; {ranged} have a stated range."
    ),
    "assumptions": "{assumed} of {numbers} numbers are assumptions: the log below has each.",
    "warm_up": "Warm-up {warm_up}.",
    "waiting": "{waiting} people wait when the run begins.",
    "windows": "The cohort’s needs arise within {cohort} weeks; each of them is followed for {follow_up} weeks.",
    "replications": "{replications} of about {citizens}; in two stages where the wanted precision needs it.",
    "software": "Python and libraries: {versions}.",
    "luck": (
        "No generator has a state: each draw is a pure function of seed ({seed}), replication, citizen, stage and "
        "kind, so that the same person meets the same luck with every pathway."
    ),
    "execution": "By events in continuous time, those of one instant in a stated order; engine: {engine}.",
    "machine": "{machine}; {seconds} seconds.",
    "code": "Free software under the licence in its folder; version {version}.",
    "command": "To repeat it: {command}",
    "not_suitable": "{not_suitable}",
    "method": (
        "Discrete-event simulation of individuals: what is asked about is waiting, refusal and coming back, which come "
        "from people competing for limited staff."
    ),
    "verify": "The dossier of tests on this scenario, verify.md: {verify}.",
    "engines": "Two engines, written apart, give the same visits; the command agree shows it on this scenario.",
    "ranges": (
        "{ranges} draws of the inputs from their plausible ranges: what they do to the answer stands in report.html."
    ),
    "hashes": "The scenario’s SHA-256 begins with {hash}; the run is {run}.",
    "changed": "Run with {changed}, and not the plain file.",
    "outputs": "A report, a briefing of one page, these methods, and quotes with codes that can be checked.",
    "sides": "The pathways differ only by what the scenario says; nothing in the program prefers one.",
    "strengths": "Sentences are graded by what they rest on: {strengths}.",
    "notices": "{notices}",
    "briefing": "The briefing beside this page.",
    "plan": "The headlines, what difference matters and the precision wanted stand in the scenario, before any run.",
    "place": "{place}.",
    "perspective": "Public cost, borne by {payers}; the citizens’ own hours stand apart.",
    "discounting": "{rate} a year (HM Treasury’s Green Book has 3.5%); undiscounted figures lead.",
    "valued": "Days in need are not valued, unless at the stated values of a day: {values}.",
    "costs": (
        "Hours of teams on shift and in overtime, fees, contract lines and crises, each with its price; report.html "
        "has a ledger of every line."
    ),
    "overtime": "Every hour worked beyond those on shift is paid as overtime. {overtime}",
    "price_year": "Pounds sterling, in {price_year} prices.",
    "groups": "Results by {by} stand in report.html.",
    "individuals": "Who individually gains or loses is a property of the model, and not told as a finding.",
    "results": "{results}",
    "stands": "{stands}",
}
"""Answers, by name; one whose facts a scenario has not is left out."""

NOT_MONEY = "not applicable: nothing in this scenario has a price"
NOT_LEVELS = "not applicable: a plain queueing network has no need levels"
NOT_VERIFIED = "open: the tests of the program on this scenario, which the command verify runs"
NO_VARIANTS = "No variant of the file was run."
LEAVING = "when a stage routes them out, or when they give up, recover, die or move away"
LEAVING_PLAIN = "when a stage routes them out, or when they give up"
EMPTY_START = "Nobody waits when the run begins."
NO_OVERTIME = "No team worked beyond its hours on shift."
NO_LIMITS = "No line has a limit."
PLAIN_FILE = "Run as the file stands."
NO_RANGES = "open: how far the inputs, over their plausible ranges, move the answer; the ranges have not been run"
NO_QUESTION = "open: the scenario gives no question"
