"""What the swim lanes of one citizen say, as templates. The code that fills them stands in `lanes_section`."""

from __future__ import annotations

HEADING = "One citizen, several pathways"
CAUTION = (
    "A picture of the model, not evidence: made-up lives from one replication. Who in particular is better off depends "
    "on how luck is coupled between pathways, so nothing in this section is to be quoted."
)
STAMP = "A picture of the model, not evidence: not to be quoted"
CHOSEN = (
    "{of} were lined up by how much sooner or later help comes with {second} than with {first}{basis}. The one in the "
    "middle is shown first; those a tenth of the way from either end can be chosen. Help comes, as in days to help, "
    "with right help or else when the need ends without it, the citizen dies or moves away, or follow-up ends."
)
CHOSEN_ONE = (
    "Of one citizen alone are visits kept. Help comes, as in days to help, with right help or else when the need ends "
    "without it, the citizen dies or moves away, or follow-up ends."
)
ON_BASIS = " ({basis})"
READ = (
    "Days run to the right from when the need arose. The grey steps behind show how badly off the citizen is, the bars "
    "in front what the pathway does meanwhile.{cost}"
)
READ_COST = " Underneath runs what the life has cost the public so far, on one scale."

CHOOSE = "Which citizen"
CHOICES = {
    50: "In the middle (median): {difference}",
    10: "At the 10th percentile: {difference}",
    90: "At the 90th percentile: {difference}",
}
SOONER = "{days} sooner with {second}"
LATER = "{days} later with {second}"
SAME = "no sooner and no later with {second}"
TITLE = "Citizen {number} ({group}{where}): need at level {level} at first, {needs}."
WHERE = ", {place}"

RIGHT_HELP = "Right help begins {each}."
RIGHT_HELP_NOWHERE = "Right help begins with {none}."
RIGHT_HELP_ON = "on day {day} with {pathway}"
RIGHT_HELP_NEVER = "never with {pathway}"
NONE_OF = {1: "no pathway", 2: "neither pathway"}
NONE_OF_MANY = "none of the pathways"
COST_BY = "By day {day}, this life has cost {each}."
COST_WITH = "{gbp} with {pathway}"
QUIET_AFTER = "Nothing more happens between day {day}, where the picture stops, and day {end}, where follow-up ends."

FACT_RIGHT_HELP = "right help from day {day}"
FACT_NO_RIGHT_HELP = "no right help"
FACT_NOBODY = "nobody helps"
FACT_NEVER_ASKS = "never asks"
FACT_WAITED = "{days} of waiting"

LANE = "{pathway}: {facts}. Need: {need}.{events}"
NEED_FIRST = "{level} at first"
NEED_THEN = "{level} from day {day}"
EVENTS = " {events}."
EVENT = "{what} on day {day}"
COST_CHART = "Public cost so far"
COST_CHART_ALONE = "Public cost so far, by days since the need arose. {said}"

MARKS = {
    "right_help": "right help",
    "resolved": "need over, thanks to help",
    "recovered": "recovered unaided",
    "left": "died or moved away",
    "refused": "refused",
    "gave_up": "gave up waiting",
    "relapsed": "need is back",
    "came_back": "came back",
}
"""Events by what they are called, those that matter most first: where there is no room, the last lose their words."""

BARS = {
    "wait": "waiting",
    "work": "asked, assessed, decided on",
    "fit": "help that fits",
    "unfit": "help that does not fit, or is not over",
    "away": "in need, and with nobody",
}
LEVELS = "need: {level}"
KEY = "How to read the lanes"
AXIS = "days since the need arose"
BEHIND = "The same in words and numbers"
TABLE = "{pathway}, line by line"
HEAD = ("Day", "What happens", "Cost so far [£]")
MORE = "… and {more} more lines; all visits are in stories.csv."
