"""What the film of citizens says, as templates. The code that fills them stands in `journeys_section`."""

from __future__ import annotations

HEADING = "The year, citizen by citizen"
CAUTION = (
    "A picture of the model, not evidence: one replication, one luck. Those in need since before the year began are "
    "not drawn, though they stand in the same queues: so every heap starts empty and fills at first, even where no "
    "queue grows."
)
NOT_KEPT = "The visits of citizens are not in this folder, so their year cannot be shown here."
SHOWN_ALL = "Each dot is a citizen: all {of} whose need arose {when}, the same in every panel{basis}."
SHOWN_SOME = (
    "Each dot is a citizen: {shown} of the {of} whose need arose {when}, evenly spread over it, the same in every "
    "panel{basis}."
)
IN_THE_YEAR = "in the cohort’s {days} days"
IN_PART = "in the first {days} days"
ON_BASIS = " ({basis})"
READ = (
    "The darker the dot, the worse off the citizen was when the need arose. Those who wait for a step stand to the "
    "left of a bar, the longest waiting next to it; a frame holds those with staff or in help. At the bottom the need "
    "is over, or the citizen has died or moved away. Press play, or move along the days; choose a dot to follow that "
    "citizen in every panel."
)
RELAPSE = (
    "A citizen whose need comes back stays at the bottom of the picture until they ask again: when it came back is not "
    "in the files."
)
TOLD = "On day {day}{when}, right help has begun for {helped}. Still in need are {need}."
YEAR_ENDS = ", when the year ends"
HELPED_WITH = "{n} with {pathway}"
NEED_WITH = "{n} with {pathway} ({parts})"
NEED_ALONE = "{n} with {pathway}"
PARTS = {
    "unasked": "{n} not yet asked",
    "inside": "{n} waiting, with staff or in help",
    "away": "{n} asked before and now with nobody",
}

CONTROLS = "Play the year"
PLAY, PAUSE = "Play", "Pause"
DAY = "Day"
DAY_OF = "day {day} of {days}"
SPEED = "Speed"
SPEEDS = {7: "1 week a second", 14: "2 weeks a second", 28: "4 weeks a second"}
FOLLOW, UNFOLLOW = "Follow a citizen", "Stop following"
WHO = "Citizen {number}: {group}, need at level {level} when it arose, on day {day}."
NOT_YET = "need not yet arisen"
LEVELS = "Need when it arose"
NO_SCRIPT = "The moving picture needs JavaScript; the table behind it does not."

HELPED = "Right help begun for"
UNASKED = "In need, not yet asked"
NOBODY = "In need, and nobody helps"
AWAY = "Asked before, still in need, with nobody"
ENDS = ("Need over, thanks to help", "Recovered unaided", "Died or moved away")
OTHER_STEPS = "all other steps"
BESIDE = {"wait": "wait", "work": "with staff", "help": "in help", "mixed": "with staff or in help"}
SAID = {
    "wait": "waiting for ‘{stage}’",
    "work": "with staff, ‘{stage}’",
    "help": "in help, ‘{stage}’",
    "mixed": "with staff or in help, ‘{stage}’",
    "delay": "in ‘{stage}’",
}

ALTERNATIVE = "{pathway} on day {day}: {parts}."
BETWEEN = "; "
BEHIND = "The numbers behind this picture"
CAPTION = "{pathway}: citizens in each place by day"
PLACE = "Place"
ON_DAY = "Day {day}"
RIGHT_HELP = "Right help begun by then"
ARISEN = "Citizens whose need had arisen"
