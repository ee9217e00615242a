"""What can be said of pathways that are drawn, as templates. The code that fills them stands in `drawn`; for
what stands in a drawing itself, in `pathway_cells` and `pathway_sketch`.
"""

from __future__ import annotations

HEADING = "The pathways, drawn"
HOW_TO_READ = (
    "Read from left to right: the wider a band, the more citizens go that way in a year; all drawings are to one "
    "scale. What drops from under a box leaves the pathway there. Numbers are visits a year in the cohort window, "
    "rounded; where there is no room for one, the table has it."
)
KEY = {
    "gate": "gate: the share it refuses, what it calls that, and how many for which reason (the level seen, the number "
    "of needs, the criteria)",
    "delay": "delay that nobody works on",
    "again": "people coming back, or going another way because they gave up, missed it or found it full",
    "clock": "mean delay, or mean wait for the team",
    "team": "team and its posts",
    "cases": "open cases of one worker",
    "keeps": "the same worker to the end",
    "houses": "each neighbourhood has its own part",
    "fork": "the way on depends on who it is",
}
"""What the signs mean; only those that stand in a drawing are told."""
TITLE = "{pathway}, {basis}"
SCROLL = "Wider than this screen: scroll sideways to see it all."
ALTERNATIVE = "Diagram: {title}. {said} {steps}"
SIDEWAYS = "The drawing of {title}, to scroll sideways"

BEGIN = "About {begun} approaches a year begin{again}."
BEGIN_AGAIN = ", {again} of them by people who have come before"
NOBODY = "Nobody came in the cohort window."
NONE_ENDED = "None ended in the cohort window."
OF_100 = "Of 100 approaches that end, {parts}."
MOST_LEAVE = "The stage where most leave is ‘{stage}’: {count} of the 100{chiefly}."
CHIEFLY = ", chiefly {end}"
NO_GATE = "Nobody is refused, because no stage has a gate."

OF_100_END = {
    "refused": "{n} are refused{before_help}",
    "gave_up": "{n} end with giving up the wait",
    "full": "{n} are turned away because the queue is full",
    "missed": "{n} end with a missed appointment",
    "helped_fit": "{n} end with help that fitted",
    "helped_unfit": "{n} end with help that did not fit",
    "routed": "{n} go no further, with nobody refusing them",
    "recovered": "{n} end because the need passed by itself",
    "left_area": "{n} end with death or moving away",
}
BEFORE_ANY_HELP = " before any help"
OTHER_END = "{n} end as ‘{end}’"
OF_ONE = {" are ": " is ", " end ": " ends ", " go ": " goes "}
"""How a verb is put after one."""

CHIEF_END = {
    "refused": "refused",
    "gave_up": "giving up the wait",
    "full": "turned away from a full queue",
    "missed": "after a missed appointment",
    "helped_fit": "with help that fitted",
    "helped_unfit": "with help that did not fit",
    "routed": "with nothing more to come",
    "recovered": "because the need passed by itself",
    "left_area": "by death or moving away",
}
TOLD = " (“{called}”)"

END = {
    "refused": "refused",
    "gave_up": "gave up waiting",
    "full": "turned away, full",
    "missed": "missed it and left",
    "helped_fit": "help fitted",
    "helped_unfit": "help did not fit",
    "routed": "went no further",
    "recovered": "recovered unaided",
    "left_area": "died or moved",
    "other": "left otherwise",
    "staying": "more come than leave",
    "fewer": "more leave than come",
}
"""How an approach ended, after a number."""

AT_THE_GATE = "{share} at the gate"
CALLED = "“{called}”"
REASON = {
    "refused_level": "level {n}",
    "refused_needs": "needs {n}",
    "refused_criteria": "criteria {n}",
}
FEWER_THAN_ONE = "<1"

ASIDE = {"gave_up": "gave up: {n}", "full": "full: {n}", "missed": "missed: {n}", "onward": "{n}"}
"""What stands on a band, by what befell those who go that way."""
AGAIN = "again: {n}"
COMING_BACK = "coming back: {n} approaches a year"
FIRST_TIME = "{n} come for the first time"

TEAM = "{team}: {posts}"
SHARED = "{team}: {posts} for all their stages"
UNLIMITED = "unlimited posts"
PLACES = "{cases} cases each"
KEEPS = "keeps the case"
PER_NEIGHBOURHOOD = "in {n} neighbourhoods"
WAIT = "wait {days}"
AT_MOST_WAIT = "at most {n} wait"
NOBODY_WAITS = "nobody may wait"
BY_GROUP = ", by group"
ONWARD_BY = "goes on by {by}"
BY = {"next_by_level": "level", "next_by_group": "group", "next_by_needs": "number of needs"}

STEP = "{title}: {entering} come{ends}{onward}."
STEP_ENDS = "; {ends}"
STEP_ONWARD = "; on to {onward}"
STEP_ON = "{title} {n}"


def singular(said: str) -> str:
    """What is said of one, whose verb is another: `1 is refused`."""
    for many, one in OF_ONE.items():
        if many in said:
            return said.replace(many, one, 1)
    return said
